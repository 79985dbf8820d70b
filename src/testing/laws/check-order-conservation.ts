import { add, divideExactly, isNegative, multiply, ZERO, type Decimal } from "../../core/decimal.js";
import { orderedInBaseUnit } from "../../model/apply-changes.js";
import { BUCKETS } from "../../model/bucket.js";
import type { Change } from "../../model/change.js";
import type { LineId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { mustEqual, mustHold, type LawViolation } from "./law-violation.js";

/**
 * Checks that nothing of an order appears or vanishes.
 *
 * **Rules**
 * 1. On every line, ordered quantity × unit factor = Σ buckets, and no bucket is negative.
 * 2. From before to after, no line is lost, and none appears but by `line_added`.
 * 3. From before to after, the sum of a line's buckets grows by what `quantity_added` adds, and by nothing else.
 *
 * @param before the order before the changes
 * @param after the order after them; when absent, `before` alone is checked
 * @param changes what was applied between the two; with `order_opened` among them, `after` alone is checked
 * @returns every violation; empty when the laws hold
 *
 * **Source:** mission 11.1, 11.3
 * @example
 * ```ts
 * import { anyOrder, checkOrderConservation } from "ordercycle/testing";
 * const order = anyOrder();
 * const forged = { ...order, lines: order.lines.map((line) => ({ ...line, orderedQty: "11" as never })) };
 * checkOrderConservation(forged).map(({ at, expected, found }) => [at, expected, found]); // => [["SO-1-1","11","10"]]
 * ```
 */
export function checkOrderConservation(
  before: Order,
  after: Order = before,
  changes: readonly Change[] = [],
): LawViolation[] {
  const partition = [...new Set([before, after])].flatMap((order) => order.lines.flatMap(checkPartition));
  if (changes.some(({ kind }) => kind === "order_opened")) return after.lines.flatMap(checkPartition);
  const expected = new Map<LineId, Decimal>(before.lines.map((line) => [line.lineId, orderedInBaseUnit(line)]));
  for (const change of changes) {
    if (change.kind === "line_added") expected.set(change.line.lineId, orderedInBaseUnit(change.line));
    if (change.kind === "quantity_added") {
      expected.set(change.lineId, add(expected.get(change.lineId) ?? ZERO, change.quantity));
    }
  }
  const found = new Map<LineId, Decimal>(after.lines.map((line) => [line.lineId, orderedInBaseUnit(line)]));
  const lineIds = new Set([...expected.keys(), ...found.keys()]);
  return [
    ...partition,
    ...[...lineIds].flatMap((lineId) =>
      mustEqual(
        "the sum of a line's buckets is kept",
        lineId,
        expected.get(lineId) ?? "no line",
        found.get(lineId) ?? "no line",
      ),
    ),
  ];
}

function checkPartition(line: OrderLine): LawViolation[] {
  const { lineId, orderedQty, unitFactor, quantities } = line;
  const base = divideExactly(multiply(orderedQty, unitFactor.numerator), unitFactor.denominator);
  return [
    ...mustEqual("ordered quantity × factor = Σ buckets", lineId, base ?? "exact", orderedInBaseUnit(line)),
    ...BUCKETS.flatMap((bucket) =>
      mustHold({
        law: "no bucket is negative",
        at: `${lineId} ${bucket}`,
        found: quantities[bucket],
        holds: !isNegative(quantities[bucket]),
      }),
    ),
  ];
}
