import { applyAllocationPlan } from "../../src/allocation/apply-allocation-plan.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import type { Issue } from "../../src/core/issue.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";

const policy = {
  priority: [],
  sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
  lots: "fifo" as const,
};

/** Real issues of plans that have grown old: one of every code. */
export function planIssues(): Issue[] {
  const [gone, changed, other, late, joined] = ["SO-1", "SO-2", "SO-3", "SO-4", "SO-5"].map((orderNo) =>
    anyOrder({ orderNo, stage: "confirmed", lines: [{ orderedQty: "10" }] }),
  ) as [
    ReturnType<typeof anyOrder>,
    ReturnType<typeof anyOrder>,
    ReturnType<typeof anyOrder>,
    ReturnType<typeof anyOrder>,
    ReturnType<typeof anyOrder>,
  ];
  const orders = [gone, changed, other, late, joined];
  const plan = planAllocation(orders, anyStock({ onHand: "100" }), {
    ...anyContext(),
    policy,
    today: calendarDay("2026-03-05"),
  });
  const now = [
    { ...changed, version: changed.version + 1 },
    { ...other, lines: other.lines.map((line) => ({ ...line, itemCode: "SALT" })) },
    late,
    {
      ...joined,
      header: { ...joined.header, shipComplete: true },
      lines: [...joined.lines, { ...joined.lines[0]!, lineId: "SO-5-2" }],
    },
  ];
  const outcome = applyAllocationPlan(now, plan, { ...anyContext(), stock: anyStock({ onHand: "9" }) });
  return outcome.refused.flatMap(({ issues }) => issues);
}
