import { toSafeUnits, ZERO } from "../../../core/decimal.js";
import { splitUnitsWithin } from "../../../core/split-within.js";
import type { OrderCharge } from "../../../model/order.js";
import { openProposal, type CompileEffect, type EffectRun } from "../proposal.js";
import { exactNumber, percentOfUnits } from "../unit-amounts.js";

/** Something off charges of the order; see `ChargeOff`. */
export const chargeOff: CompileEffect<"chargeOff"> = ({ charges: kinds, reward }, { decimals }) => {
  const percent = exactNumber(reward.kind === "percent" ? reward.percent : ZERO);
  const money = reward.kind === "percent" ? 0 : (toSafeUnits(reward.amount, decimals) ?? 0);
  return (run) => {
    const { state, tell } = run;
    const left = state.charges.map((units, place) => (kinds.includes(kindAt(run, place)) ? units : 0));
    const sum = left.reduce((total, units) => total + units, 0);
    const charges =
      reward.kind === "percent"
        ? left.map((units) => percentOfUnits(state, units, percent))
        : Array.from(splitUnitsWithin(reward.kind === "amount" ? money : sum - money, left, left, state.remainder));
    if (charges.some((units) => units > 0)) return { ...openProposal(), charges };
    if (sum === 0) tell?.({ code: "no_charge", params: { charges: kinds } });
    else tell?.({ code: "nothing_left", params: {} });
    return undefined;
  };
};

function kindAt({ state }: EffectRun, place: number): OrderCharge["kind"] {
  return state.cart.charges?.[place]?.kind ?? "other";
}
