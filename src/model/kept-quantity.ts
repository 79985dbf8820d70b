import { add, multiplyDivide, subtract, type Decimal } from "../core/decimal.js";
import { orderedInBaseUnit } from "./apply-changes.js";
import { QUANTITY_DIGITS } from "./digit-limit.js";
import type { OrderLine } from "./order-line.js";

/**
 * What of a line the customer has or will have: ordered less cancelled, merged into another order and returned.
 *
 * @returns quantity in the base unit
 */
export function keptInBaseUnit(line: OrderLine): Decimal {
  const { cancelled, merged, returned } = line.quantities;
  return subtract(orderedInBaseUnit(line), add(add(cancelled, merged), returned));
}

/**
 * A quantity of a line in the unit of the order.
 *
 * @param base quantity in the base unit, at most what was ordered
 * @returns the quantity, rounded down at the sixth decimal where a third of a case cannot be written exactly
 */
export function inUnitOfOrder(line: OrderLine, base: Decimal): Decimal {
  const ordered = orderedInBaseUnit(line);
  if (base === ordered) return line.orderedQty;
  return multiplyDivide(line.orderedQty, base, ordered, QUANTITY_DIGITS.decimals, "down");
}
