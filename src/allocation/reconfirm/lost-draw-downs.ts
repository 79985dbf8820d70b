import { add, sum } from "../../core/decimal.js";
import { togetherIn } from "../../lifecycle/together-in.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import { placesOf, ruleFor, type LineDemand } from "./order-demands.js";
import type { ReconfirmOrdersContext } from "./reconfirm-orders-policy.js";
import type { SoundReservations } from "./sound-reservations.js";

/**
 * Draw-downs that lose what the store does not carry of the goods that their customer left there. They give that up and take
 * nothing for it: goods of others are not theirs, and what else the customer has in store the next allocation gives.
 *
 * @param sound orders in the order of service, without what is not there
 * @param context policy
 * @returns the lines, by order. Linear.
 * @internal
 */
export function lostDrawDowns(
  { orders, lost, missingOf }: SoundReservations,
  { policy }: Pick<ReconfirmOrdersContext, "policy">,
): LineDemand[] {
  if (lost.size === 0) return [];
  return orders.flatMap((order, place) => {
    const draws = order.lines.filter((line) => isDepositDraw(line) && lost.has(line.lineId));
    if (draws.length === 0) return [];
    const { strategy } = ruleFor(order, policy);
    const togetherOf = togetherIn(order);
    return draws.map((line): LineDemand => {
      const gone = lost.get(line.lineId)!;
      const held = placesOf(line, () => true);
      const confirmed = sum(held.map(({ quantity }) => quantity));
      const had = add(confirmed, sum(gone.map(({ quantity }) => quantity)));
      return {
        demandId: line.lineId,
        itemCode: line.itemCode,
        // A draw-down asks for no more than it had: what it waits for besides is not decided here.
        requested: had,
        asked: had,
        awaitsDraw: true,
        confirmed,
        had,
        lost: gone,
        missing: missingOf(line.lineId),
        strategy,
        rank: 0,
        together: togetherOf(line),
        order: place,
        line,
        parts: [],
        held,
        stuck: [],
      };
    });
  });
}
