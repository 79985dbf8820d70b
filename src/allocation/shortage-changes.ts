import { ZERO, type Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { AllocationReasonCode } from "../model/allocation-reason.js";
import type { QuantityMoved } from "../model/change.js";
import type { OrderLine } from "../model/order-line.js";
import { shortageTarget } from "../model/shortage-target.js";

/**
 * Where the open quantity of a line goes that an allocation could not serve, as the line's shortage policy says. A line
 * that offers something before its rest is given up stays open, so that `decideShortages` can try that first.
 *
 * @param quantity in the base unit; nothing moves for zero
 * @param code why it stays short
 * @param at when that was found
 *
 * **Source:** mission 9.15, 12.2a; definition B6
 */
export function shortageChanges(
  line: OrderLine,
  quantity: Decimal,
  code: AllocationReasonCode,
  at: Instant,
): QuantityMoved[] {
  if (quantity === ZERO) return [];
  const target = shortageTarget(line.shortagePolicy, { cause: "allocation", reason: code, since: at });
  const isTriedFirst = target.to === "cancelled" && (line.shortageOffers?.length ?? 0) > 0;
  return target.to === "open" || isTriedFirst
    ? []
    : [{ kind: "quantity_moved", lineId: line.lineId, from: "open", quantity, ...target }];
}
