import { groupedBy } from "../../core/grouped-by.js";
import type { Order } from "../../model/order.js";
import type { BatchColumns } from "../batch-columns.js";
import { togetherIn } from "../../lifecycle/together-in.js";

/** Which lines of a batch come together, all in full or none. @internal */
export interface UnitsOfLines {
  /** Lines of each unit, the unit that is served first in front. */
  readonly units: readonly (readonly number[])[];
  /** Unit of each line; -1 for lines that take what they can get. */
  readonly unitOf: Int32Array;
}

/**
 * Finds the lines that come in full or not at all: those of orders shipped complete or deferred as a whole, those of one
 * delivery group, and single lines that may not come in parts.
 *
 * @param orders in the order of service
 * @param batch columns built from them
 * @returns the units. Linear.
 * @internal
 */
export function unitsOfLines(orders: readonly Order[], { lines, lineOrder }: BatchColumns): UnitsOfLines {
  const nameOf = orders.map(togetherIn);
  const named = groupedBy([...lines.keys()], (place) => nameOf[lineOrder[place]!]!(lines[place]!));
  named.delete(undefined);
  const units = [...named.values()];
  const unitOf = new Int32Array(lines.length).fill(-1);
  for (const [unit, own] of units.entries()) for (const place of own) unitOf[place] = unit;
  return { units, unitOf };
}
