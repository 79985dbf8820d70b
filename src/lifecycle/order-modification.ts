import { compare } from "../core/decimal.js";
import { isSameData } from "../core/same-data.js";
import { orderedInBaseUnit } from "../model/apply-changes.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { OrderModification } from "./hold-rule.js";

/**
 * Says whether an order, or one of some lines, was modified in a way that a rule looks at.
 *
 * @param before the order before
 * @param after the order after
 * @param pairs lines as they were before, where they were there, and as they are
 */
export function isModified(
  modification: OrderModification,
  before: Order,
  after: Order,
  pairs: readonly (readonly [before: OrderLine | undefined, after: OrderLine])[],
): boolean {
  if (modification.kind === "header") {
    return modification.fields.some((field) => !isSameData(before.header[field], after.header[field]));
  }
  const { kind } = modification;
  return pairs.some(([was, is]) => {
    if (kind === "lineAdded" || was === undefined) return kind === "lineAdded" && was === undefined;
    switch (kind) {
      case "quantityAdded":
        return compare(orderedInBaseUnit(is), orderedInBaseUnit(was)) > 0;
      case "quantityCancelled":
        return compare(is.quantities.cancelled, was.quantities.cancelled) > 0;
      case "repriced":
        return was.unitPrice !== undefined && was.unitPrice !== is.unitPrice;
      case "promiseMoved":
        return was.promises.length > 0 && was.promises.at(-1)?.day !== is.promises.at(-1)?.day;
    }
  });
}
