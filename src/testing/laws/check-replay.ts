import { applyEvent } from "../../model/apply-event.js";
import type { Order } from "../../model/order.js";
import type { Outcome } from "../../model/outcome.js";
import { mustEqual, type LawViolation } from "./law-violation.js";

/**
 * Checks that the events of an outcome tell the whole story: applied to the order as it was, they give the order as it
 * is now.
 *
 * @param before the order that was decided on; undefined for an order that begins
 * @param outcome of the decision
 * @returns every violation; empty when the law holds
 *
 * **Source:** mission 11.3
 * @example
 * ```ts
 * import { anyOrderHistory, checkReplay } from "ordercycle/testing";
 * const { order, events } = anyOrderHistory();
 * checkReplay(undefined, { order, events }); // => []
 * ```
 */
export function checkReplay(before: Order | undefined, outcome: Pick<Outcome, "order" | "events">): LawViolation[] {
  const { order, events } = outcome;
  const law = "the events rebuild the order";
  try {
    const rebuilt = events.reduce<Order | undefined>(applyEvent, before);
    // The same events mostly write the same fields in the same order.
    if (JSON.stringify(rebuilt) === JSON.stringify(order)) return [];
    return mustEqual(law, order.orderNo, sortedText(order), sortedText(rebuilt));
  } catch (cause) {
    return mustEqual(law, order.orderNo, "an order", cause instanceof RangeError ? cause.message : String(cause));
  }
}

/** JSON with the fields of every record in the order of their names, so that equal data gives equal text. */
function sortedText(value: unknown): string {
  const sorted: unknown = JSON.stringify(value, (_key, field: unknown) =>
    typeof field === "object" && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
  return typeof sorted === "string" ? sorted : "nothing";
}
