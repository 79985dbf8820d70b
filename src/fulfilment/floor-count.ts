import { compare, subtract, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import type { SourcedBucket } from "../model/bucket.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { LineReservation, OrderLine } from "../model/order-line.js";
import { stockKey, stockSource, type StockSource } from "../model/stock.js";
import type { FloorShortage } from "./shortage-on-floor.js";

/** What was counted of a line at one place: at picking, or on the vehicle. */
export interface FloorCount {
  /** Line. */
  readonly lineId: LineId;
  /** Place. */
  readonly source: StockSource;
  /** Quantity that is there, in the base unit; zero when nothing is. */
  readonly quantity: Decimal;
  /** Given when what is missing will not be found: the rest goes short. Without it the rest may still come. */
  readonly shortage?: FloorShortage | undefined;
}

/** Why counts are refused. */
export type FloorCountIssue =
  | NameIssue
  | IssueOf<{
      "count.no_lines": { readonly orderNo: OrderNo };
      "count.unknown_line": { readonly lineId: LineId };
      "count.listed_twice": { readonly lineId: LineId; readonly warehouseId: string };
      "count.negative": { readonly lineId: LineId; readonly quantity: Decimal };
      "count.nothing_expected": {
        readonly lineId: LineId;
        readonly warehouseId: string;
        readonly bucket: SourcedBucket;
      };
      "count.exceeds_expected": { readonly lineId: LineId; readonly expected: Decimal; readonly quantity: Decimal };
    }>;

/** A count held against what the line has at the place. */
export interface CheckedCount extends FloorCount {
  /** The line. */
  readonly line: OrderLine;
  /** What the line has there in the bucket. */
  readonly expected: Decimal;
  /** What goes short: the difference, where the count says that it will not be found. */
  readonly short: Decimal;
}

/**
 * Holds counts against the reservations of an order.
 *
 * **Rules**
 * 1. There is at least one count; each names a line of the order and a place where the line has quantity in the bucket.
 * 2. No place of a line is counted twice, nothing below zero, nothing above what is expected.
 *
 * @returns the counts with what was expected, or every reason against them
 */
export function checkCounts(
  order: Order,
  counts: readonly FloorCount[],
  bucket: SourcedBucket,
): { readonly checked: readonly CheckedCount[]; readonly issues: readonly FloorCountIssue[] } {
  const lines = new Map(order.lines.map((line) => [line.lineId, line]));
  const places = new Map<string, LineReservation>(
    order.lines.flatMap(({ lineId, itemCode, reservations }) =>
      reservations.map((reservation) => [`${lineId}\n${stockKey(itemCode, reservation)}`, reservation] as const),
    ),
  );
  const seen = new Set<string>();
  const issues: FloorCountIssue[] = [];
  const checked: CheckedCount[] = [];
  if (counts.length === 0) issues.push(issue("count.no_lines", ["counts"], { orderNo: order.orderNo }));
  for (const [position, count] of counts.entries()) {
    const { lineId, quantity } = count;
    const { warehouseId } = count.source;
    const path = ["counts", position];
    const line = lines.get(lineId);
    if (line === undefined) {
      issues.push(issue("count.unknown_line", [...path, "lineId"], { lineId }));
      continue;
    }
    const key = `${lineId}\n${stockKey(line.itemCode, count.source)}`;
    if (seen.has(key)) issues.push(issue("count.listed_twice", path, { lineId, warehouseId }));
    seen.add(key);
    const expected = places.get(key)?.quantities[bucket];
    if (expected === undefined) {
      issues.push(issue("count.nothing_expected", [...path, "source"], { lineId, warehouseId, bucket }));
      continue;
    }
    if (count.shortage !== undefined) {
      const { reason } = count.shortage;
      issues.push(...checkNames({ reason }).map((found) => ({ ...found, path: [...path, "shortage", "reason"] })));
    }
    if (compare(quantity, ZERO) < 0) issues.push(issue("count.negative", [...path, "quantity"], { lineId, quantity }));
    if (compare(quantity, expected) > 0) {
      issues.push(issue("count.exceeds_expected", [...path, "quantity"], { lineId, expected, quantity }));
    }
    const short = count.shortage === undefined ? ZERO : subtract(expected, quantity);
    checked.push({ ...count, source: stockSource(count.source), line, expected, short });
  }
  return { checked, issues };
}

/**
 * Lists counts for everything that an order has in a bucket, as if all of it were there: what a pick or load that goes
 * well reports.
 *
 * @param bucket `allocated` for a pick, `picked` for a load
 * @returns one count for each line and place
 * @example
 * ```ts
 * import { fullCounts } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { allocated: "10" } }] });
 * fullCounts(order, "allocated").map(({ quantity }) => quantity); // => ["10"]
 * ```
 */
export function fullCounts(order: Order, bucket: "allocated" | "picked"): FloorCount[] {
  return order.lines.flatMap(({ lineId, reservations }) =>
    reservations.flatMap((reservation) => {
      const quantity = reservation.quantities[bucket];
      return quantity === undefined ? [] : [{ lineId, source: stockSource(reservation), quantity }];
    }),
  );
}
