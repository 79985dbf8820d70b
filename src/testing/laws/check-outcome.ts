import type { Order } from "../../model/order.js";
import type { Outcome } from "../../model/outcome.js";
import { checkMoney } from "./check-money.js";
import { checkMovementsMatchOrder } from "./check-movements-match-order.js";
import { checkOrderConservation } from "./check-order-conservation.js";
import { checkOrderRecords } from "./check-order-records.js";
import { checkPlainData } from "./check-plain-data.js";
import { checkPromotionUsage } from "./check-promotion-usage.js";
import { checkPromotionMoney } from "./check-promotion-money.js";
import { checkReplay } from "./check-replay.js";
import type { LawViolation } from "./law-violation.js";

/**
 * Checks every law that a decision on one order must keep: conservation, records, money, promotions and their ledger,
 * replay, movements and plain data. Purity is for the caller to see to: freeze the input with `deepFreeze` before the decision.
 *
 * @param before the order that was decided on; undefined for an order that begins
 * @param outcome of the decision
 * @returns every violation; empty when all laws hold
 *
 * **Source:** mission 11.1, 11.3
 * @example
 * ```ts
 * import { anyOrderHistory, checkOutcome } from "ordercycle/testing";
 * const { order, events, movements } = anyOrderHistory();
 * checkOutcome(undefined, { order, events, movements, requests: [] }); // => []
 * ```
 */
export function checkOutcome(before: Order | undefined, outcome: Outcome): LawViolation[] {
  const { order, events, movements } = outcome;
  const changes = events.flatMap((event) => event.changes);
  return [
    ...checkOrderConservation(before ?? order, order, before === undefined ? [] : changes),
    ...checkOrderRecords(order),
    ...checkMoney(order),
    ...checkPromotionMoney(order),
    ...checkPromotionUsage(before, order, outcome.requests),
    ...checkReplay(before, outcome),
    ...checkMovementsMatchOrder(before, order, movements),
    ...checkPlainData(outcome),
  ];
}
