import { compareText } from "../core/compare-text.js";
import { add, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { OrderEvent } from "../model/event.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { MergeRecord } from "../model/merge-record.js";
import type { Order } from "../model/order.js";
import { ordersOnce } from "../model/orders-once.js";
import { groupRows, sumColumns } from "./group-rows.js";
import type { Table } from "./table.js";

/** A row of the merged-order file. */
export interface MergedOrderRow {
  /** Order that the quantity left. */
  readonly fromOrderNo: OrderNo;
  /** Its line. */
  readonly fromLineId: LineId;
  /** Order that it came to. */
  readonly toOrderNo: OrderNo;
  /** Its line. */
  readonly toLineId: LineId;
  /** Item. */
  readonly itemCode: string;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
  /** When it went over. */
  readonly at: Instant;
  /** Why, in the site's own code. */
  readonly reason: string;
  /** What was agreed with the customer; empty where nothing had to be. */
  readonly consent: string;
  /** Which events tell it. */
  readonly ends: "both" | "leaving_only" | "joining_only";
}

/** A line whose merged quantity is not what its rows say. */
export interface MergedOrderGap {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Line. */
  readonly lineId: LineId;
  /** Whether quantity left it or came to it. */
  readonly end: "leaving" | "joining";
  /** What the line has. */
  readonly onLine: Decimal;
  /** What the rows say. */
  readonly inFile: Decimal;
  /** On the line less in the file. */
  readonly difference: Decimal;
}

/** The merged-order file and what does not reconcile in it. */
export interface MergedOrderFile extends Table<MergedOrderRow> {
  /** Lines that differ from the file, by order and line; empty when both ends reconcile. */
  readonly gaps: readonly MergedOrderGap[];
}

/**
 * The file of quantity that went from one order to the customer's next, held against the orders at both ends.
 *
 * **Rules**
 * 1. A row is a record that the events of the two orders carry; it stands once, though two events tell it. A record that
 *    only one of them tells is marked.
 * 2. What a line has in the bucket `merged` is the sum of the rows that leave it; what a line that remembers its origin was
 *    ordered with is the sum of the rows that came to it. Where not, the line is a gap. Only the given orders are looked at.
 * 3. Rows stand by the instant, then by the line that was left; totals by item.
 *
 * @param events whole histories of the orders, mixed as they were stored
 * @param orders as stored, each once
 * @returns the file. n log n.
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 12.2b, 9.17
 * @example
 * ```ts
 * import { mergeIntoNextOrder } from "ordercycle";
 * import { mergedOrderFile } from "ordercycle/reports";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const line = { orderedQty: "10", quantities: { open: "4", delivered: "6" }, shortagePolicy: "mergeIntoNextOrder" as const };
 * const from = anyOrder({ stage: "confirmed", lines: [line] });
 * const { orders, events } = mergeIntoNextOrder(from, anyOrder({ orderNo: "SO-2", stage: "confirmed" }), { reason: "short", price: "keep" }, anyContext());
 * const file = mergedOrderFile(events, orders);
 * file.rows.map(({ fromLineId, toLineId, quantity, ends }) => [fromLineId, toLineId, quantity, ends]); // => [["SO-1-1","SO-2-2","4","both"]]
 * file.gaps; // => []
 * ```
 */
export function mergedOrderFile(events: readonly OrderEvent[], orders: readonly Order[]): MergedOrderFile {
  const told = new Map<string, { readonly record: MergeRecord; readonly at: Instant; left: number; joined: number }>();
  for (const event of events) {
    if (event.type !== "quantity_merged" && event.type !== "lines_joined") continue;
    for (const record of event.details.records) {
      const key = JSON.stringify([record.from, record.to]);
      const entry = told.get(key) ?? { record, at: event.at, left: 0, joined: 0 };
      entry[event.type === "quantity_merged" ? "left" : "joined"]++;
      told.set(key, entry);
    }
  }
  const rows = [...told.values()]
    .map(({ record, at, left, joined }): MergedOrderRow => {
      const { from, to, itemCode, quantity, reason, consent = "" } = record;
      return {
        fromOrderNo: from.orderNo,
        fromLineId: from.lineId,
        toOrderNo: to.orderNo,
        toLineId: to.lineId,
        itemCode,
        quantity,
        at,
        reason,
        consent,
        ends: left > 0 && joined > 0 ? "both" : left > 0 ? "leaving_only" : "joining_only",
      };
    })
    .sort(
      (a, b) =>
        compareText(a.at, b.at) || compareText(a.fromLineId, b.fromLineId) || compareText(a.toLineId, b.toLineId),
    );
  return {
    title: "Merged orders",
    columns: [
      { key: "fromLineId", heading: "From", align: "left" },
      { key: "toLineId", heading: "To", align: "left" },
      { key: "itemCode", heading: "Item", align: "left" },
      { key: "quantity", heading: "Quantity", align: "right" },
      { key: "at", heading: "At", align: "left" },
      { key: "reason", heading: "Reason", align: "left" },
      { key: "consent", heading: "Consent", align: "left" },
      { key: "ends", heading: "Told by", align: "left" },
    ],
    rows,
    totals: groupRows(rows, ({ itemCode }) => itemCode)
      .map(([itemCode, group]) => ({ itemCode, ...sumColumns(group, ["quantity"]) }))
      .sort((a, b) => compareText(a.itemCode, b.itemCode)),
    gaps: gapsOf(rows, orders, grownSince(events)),
  };
}

/** What lines grew by after they had begun. */
function grownSince(events: readonly OrderEvent[]): ReadonlyMap<LineId, Decimal> {
  const grown = new Map<LineId, Decimal>();
  for (const change of events.flatMap(({ changes }) => changes)) {
    if (change.kind !== "quantity_added") continue;
    grown.set(change.lineId, add(grown.get(change.lineId) ?? ZERO, change.quantity));
  }
  return grown;
}

/** Holds the lines of the orders against the rows. */
function gapsOf(
  rows: readonly MergedOrderRow[],
  orders: readonly Order[],
  grown: ReadonlyMap<LineId, Decimal>,
): MergedOrderGap[] {
  const left = sumsBy(rows, ({ fromLineId }) => fromLineId);
  const joined = sumsBy(rows, ({ toLineId }) => toLineId);
  return ordersOnce(orders).flatMap(({ orderNo, lines }) =>
    lines.flatMap((line): MergedOrderGap[] => {
      const { lineId, quantities, mergedFrom } = line;
      const ordered = sum(Object.values(quantities));
      // What the customer ordered more of a line after it had joined did not come from another order.
      const began = subtract(ordered, grown.get(lineId) ?? ZERO);
      const ends = [
        { end: "leaving", onLine: quantities.merged, inFile: left.get(lineId) ?? ZERO },
        { end: "joining", onLine: mergedFrom === undefined ? ZERO : began, inFile: joined.get(lineId) ?? ZERO },
      ] as const;
      return ends.flatMap(({ end, onLine, inFile }) =>
        onLine === inFile ? [] : [{ orderNo, lineId, end, onLine, inFile, difference: subtract(onLine, inFile) }],
      );
    }),
  );
}

function sumsBy(rows: readonly MergedOrderRow[], keyOf: (row: MergedOrderRow) => LineId): Map<LineId, Decimal> {
  const sums = new Map<LineId, Decimal>();
  for (const row of rows) sums.set(keyOf(row), add(sums.get(keyOf(row)) ?? ZERO, row.quantity));
  return sums;
}
