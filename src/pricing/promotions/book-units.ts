import type { CartState } from "./cart-state.js";
import type { Proposal, UsedUnits } from "./proposal.js";

/** Notes the units that an offer uses, or gives them back. */
export function bookUnits(state: CartState, { used }: Proposal, sign: 1 | -1): void {
  if (used === undefined) return;
  const { bought, got } = (state.used ??= { bought: noUnits(state), got: noUnits(state) });
  for (let place = 0; place < used.length; place += 1) {
    const { k, bought: asBought, got: asGot } = used[place] as UsedUnits;
    bought[k] = (bought[k] ?? 0) + sign * asBought;
    got[k] = (got[k] ?? 0) + sign * asGot;
  }
}

function noUnits({ count }: CartState): number[] {
  return new Array<number>(count).fill(0);
}
