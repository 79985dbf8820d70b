import { releaseReservation, type ReleaseReservation } from "../../src/allocation/release/release-reservation.js";
import { releaseReservations } from "../../src/allocation/release/release-reservations.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";
import { anyContext, anyOrder } from "../../src/testing/index.js";

/** Real issues of giving reserved goods back, one of every code at least. */
export function releaseIssues(): Issue[] {
  const line = { orderedQty: "10", quantities: { allocated: "10" }, partialAllowed: false };
  const order = anyOrder({ stage: "confirmed", lines: [line, { ...line, quantum: "3", partialAllowed: true }, {}] });
  const own = { lineId: "SO-1-1" };
  const calls: readonly ReleaseReservation["lines"][] = [
    [],
    [own, own, { lineId: "X" }, { lineId: "SO-1-3" }],
    [{ ...own, quantity: decimal("0") }],
    [{ ...own, quantity: decimal("11") }],
    [{ ...own, quantity: decimal("4") }],
    [{ lineId: "SO-1-2", quantity: decimal("4") }],
  ];
  const asked = calls.flatMap((lines) => {
    const result = releaseReservation(order, { reason: "r", ...(lines === undefined ? {} : { lines }) }, anyContext());
    return result.ok ? [] : result.issues;
  });
  const none = releaseReservation(anyOrder({ stage: "confirmed" }), { reason: "r" }, anyContext());
  const context = { ...anyContext(), policy: { priority: [] }, today: calendarDay("2026-03-02") };
  const tea = { itemCode: "TEA", quantity: decimal("0") };
  const wanted = [[], [tea, tea]].flatMap((goods) =>
    releaseReservations([order], [], { reason: "r", wanted: goods }, context).refused.flatMap(({ issues }) => issues),
  );
  return [...asked, ...(none.ok ? [] : none.issues), ...wanted];
}
