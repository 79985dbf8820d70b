import { ZERO } from "../core/decimal.js";
import { groupedBy } from "../core/grouped-by.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";

/**
 * Names what lines of an order come together with, all in full or nothing: the order, where that is shipped complete or was
 * deferred as a whole; their delivery group; or themselves, where they may not come in parts.
 *
 * @param order the order, which is looked at once
 * @returns for each line a name that all lines of one unit share and no others; undefined for a line that takes what it can
 *   get
 * @internal
 */
export function togetherIn(order: Order): (line: OrderLine) => string | undefined {
  const { orderNo } = order;
  if (comesAsWhole(order)) return () => orderNo;
  return ({ deliveryGroup, partialAllowed, lineId }) => {
    if (deliveryGroup !== undefined) return `${orderNo}\n${deliveryGroup}`;
    return partialAllowed ? undefined : lineId;
  };
}

/**
 * Lines of an order in units, in the order in which they come: by name those that come together, by themselves all others.
 *
 * @returns lines by the name of their unit, or by the line that is alone. Linear.
 * @internal
 */
export function unitsTogether(
  order: Order,
  lines: readonly OrderLine[],
): Map<string | OrderLine, [OrderLine, ...OrderLine[]]> {
  const nameOf = togetherIn(order);
  return groupedBy(lines, (line) => nameOf(line) ?? line);
}

/** Units of lines that come together, without lines that take what they can get. Linear. @internal */
export function wholeUnits(order: Order): readonly (readonly OrderLine[])[] {
  const nameOf = togetherIn(order);
  const together = order.lines.filter((line) => nameOf(line) !== undefined);
  return [...groupedBy(together, nameOf).values()];
}

/** Says whether an order comes all at once or not at all. @internal */
export function comesAsWhole(order: Order): boolean {
  return order.header.shipComplete === true || waitsAsWhole(order);
}

/** Says whether quantity of a line was deferred until the customer's next order. @internal */
export function awaitsNextOrder({ quantities, shortages }: Pick<OrderLine, "quantities" | "shortages">): boolean {
  return (
    quantities.deferred !== ZERO &&
    shortages.some(({ bucket, mode }) => bucket === "deferred" && mode === "withNextOrder")
  );
}

/**
 * Says whether an order waits to be merged into the next one, with all that is added to it: no allocation serves it.
 * @internal
 */
export function waitsForNextOrder({ lines }: Order): boolean {
  return lines.some(awaitsNextOrder);
}

/** Says whether an order was deferred as a whole. */
export function waitsAsWhole({ lines }: Order): boolean {
  return lines.some(({ shortages }) =>
    shortages.some(({ bucket, mode }) => bucket === "deferred" && mode === "wholeOrder"),
  );
}
