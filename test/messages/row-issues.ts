import { allocateRows } from "../../src/allocation/allocate-rows.js";
import type { RowPolicy } from "../../src/allocation/rows/allocation-rows.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import type { Issue } from "../../src/core/issue.js";

/** Real issues of rows that want stock, one of every code at least. */
export function rowIssues(): Issue[] {
  const policy: RowPolicy = {
    priority: [
      { column: "class", direction: "ascending" },
      { column: "vip", direction: "ascending" },
    ],
    nearest: { HH: ["NORTH"] },
    lots: "fifo",
    mustOutlive: calendarDay("2026-03-02"),
  };
  const lot = { lotId: "L1", itemCode: "TEA", warehouseId: "NORTH", quantity: 1 };
  const line = { lineId: "1", itemCode: "TEA", quantity: "1" };
  const answer = allocateRows(
    {
      orders: [
        { orderNo: "SO-1", area: "HH", class: "A", vip: true, lines: [line, { ...line, quantity: "-1" }] },
        { orderNo: 2, area: "MARS", class: 7, lines: [{ ...line, itemCode: 7, partialAllowed: "no" }] },
      ],
      lots: [
        lot,
        { ...lot, lotId: "L2", expiresOn: "soon" },
        { ...lot, lotId: {} },
        { ...lot, lotId: "L4", quantity: "99999999999999999999" },
        5 as unknown as object,
      ],
    },
    policy,
  );
  const unknown = allocateRows(
    { orders: [{ orderNo: 1, area: "HH", lines: [line] }], lots: [lot] },
    { ...policy, priority: [{ column: "clas", direction: "ascending" }] },
  );
  return [answer, unknown].flatMap((one) => (one.ok ? [] : [...one.issues]));
}
