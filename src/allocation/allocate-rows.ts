import { ok, refuse, type Result } from "../core/result.js";
import { isCalendarDay } from "../core/calendar-day.js";
import { allocateColumns } from "./allocate-columns.js";
import { nearnessTable } from "./nearness-table.js";
import type { AllocateRowsIssue, AllocationRows, RowAllocation, RowPolicy } from "./rows/allocation-rows.js";
import { rowPolicyFaults } from "./rows/check-row-policy.js";
import { readLotRows } from "./rows/read-lot-rows.js";
import { readOrderRows, type OrdersRead } from "./rows/read-order-rows.js";
import { rowAnswer } from "./rows/row-answer.js";
import { rowColumns } from "./rows/row-columns.js";
import { foundText, isMixed, listOf, rowReport } from "./rows/row-report.js";
import { rowsInService } from "./rows/row-service.js";

/**
 * Gives stock to orders that are plain rows – of SQL, of JSON – and answers with takes and shortages alone: for hosts that
 * keep orders their own way and want the goods given out fast. Who wants the reasons too plans with `planAllocation`.
 *
 * **Rules**
 * 1. Orders are served as the keys of `priority` rank them, and then by order number; the lines of an order by `lineNo`,
 *    or as they stand. The order of the orders and of the lots changes nothing.
 * 2. Each line asks the warehouses of its order's area from the nearest on, and in each the lots as the rule has them:
 *    `fifo`, `fefo` or `lifo`, and then by their ids. A lot that expires on `mustOutlive` or earlier is not given.
 * 3. A line never gets more than it wants, a lot never gives more than it has; what a line wants and does not get is a
 *    shortage.
 * 4. A line with a `quantum` gets multiples of it; one that is not `partialAllowed` is served in full, as far as its
 *    step allows, or not at all.
 * 5. Quantities are counted exactly, each item in its finest decimals, and answered as canonical decimal text.
 * 6. Faulty rows are refused, all with the place of each fault, up to a thousand; then nothing is given. A key that
 *    compares a field which no order has is a fault. A policy with words that there are not is refused before the rows
 *    are read.
 *
 * @param rows orders with their lines, and lots; the fields are those of `AllocationRows`, or as `policy.names` calls them
 * @param policy the order of service, the warehouses of each area and the rule for lots
 * @returns takes and shortages in the order of service. n log n in orders, lines and lots.
 *
 * **Source:** mission 9.2, 9.7, 9.9, 9.10, 9.11, 9.12; definitions B4, B5
 * @example
 * ```ts
 * import { allocateRows, calendarDay } from "ordercycle";
 * const orders = [
 *   { orderNo: 1, class: "B", area: "HH", lines: [{ lineId: 1, sku: "TEA", quantity: 30 }] },
 *   { orderNo: 2, class: "A", area: "HH", lines: [{ lineId: 1, sku: "TEA", quantity: "30.5" }] },
 * ];
 * const lots = [{ lotId: "L1", sku: "TEA", warehouseId: "NORTH", quantity: "40.00", receivedOn: "2026-02-01", expiresOn: null }];
 * const answer = allocateRows({ orders, lots }, {
 *   priority: [{ column: "class", direction: "ascending" }],
 *   nearest: { HH: ["NORTH"] }, lots: "fifo", mustOutlive: calendarDay("2026-03-02"),
 *   names: { line: { itemCode: "sku" }, lot: { itemCode: "sku" } },
 * });
 * if (!answer.ok) throw new Error("refused");
 * answer.value.takes; // => [{"orderNo":2,"lineId":1,"lotId":"L1","quantity":"30.5"},{"orderNo":1,"lineId":1,"lotId":"L1","quantity":"9.5"}]
 * answer.value.shortages; // => [{"orderNo":1,"lineId":1,"quantity":"20.5"}]
 * ```
 */
export function allocateRows(rows: AllocationRows, policy: RowPolicy): Result<RowAllocation, AllocateRowsIssue> {
  const faults = rowPolicyFaults(policy);
  if (faults.length > 0) return refuse(faults);
  const { priority, nearest, otherwise, mustOutlive } = policy;
  const report = rowReport();
  const orderRows = listOf(rows.orders, "orders", report);
  const lotRows = listOf(rows.lots, "lots", report);
  if (!isCalendarDay(mustOutlive)) {
    const found = foundText(mustOutlive);
    report.add("rows.bad_day", ["mustOutlive"], { column: "mustOutlive", found });
  }
  const named = Object.entries(nearest);
  const areas = named.map(([area, warehouseIds]) => ({ areaPath: [area], warehouseIds }));
  const near = nearnessTable({ areas, otherwise: otherwise ?? [] });
  const areaNumbers = new Map(named.map(([area], row) => [area, row]));
  const kinds = { hasText: false, hasNumber: false };
  const lots = readLotRows(lotRows, policy, near.warehouseNumbers, kinds, report);
  const others = otherwise === undefined ? -1 : named.length;
  const orders = readOrderRows(orderRows, policy, areaNumbers, others, lots, kinds, report);
  if (isMixed(kinds)) report.add("rows.mixed_ids", [], { column: policy.names?.line?.itemCode ?? "itemCode" });
  const service = rowsInService(orderRows, priority, orders.orderNos, report);
  const columns = rowColumns(orders, lots, linesInService(orders, service), near, report);
  if (report.issues.length > 0) return refuse(report.issues);
  return ok(rowAnswer(columns, allocateColumns(columns), orders, lots, service));
}

/** Lines in the order of service. */
function linesInService({ firstLine, servedLines, lineIds }: OrdersRead, service: readonly number[]): Int32Array {
  const sequence = new Int32Array(lineIds.length);
  let place = 0;
  for (const order of service) {
    const begin = firstLine[order] as number;
    const end = firstLine[order + 1] as number;
    const sorted = servedLines.get(order);
    if (sorted === undefined) for (let line = begin; line < end; line++) sequence[place++] = line;
    else for (const line of sorted) sequence[place++] = line;
  }
  return sequence;
}
