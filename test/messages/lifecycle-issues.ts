import { decimal } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { issue } from "../../src/core/issue.js";
import { checkGuards, defineGuards } from "../../src/lifecycle/host-guards.js";
import { reopenRefusal } from "../../src/lifecycle/reopen-refusal.js";
import type { ArchivedOrder } from "../../src/model/archived-order.js";
import { fromArchive, toArchive } from "../../src/reports/archived-order.js";
import { planRetention } from "../../src/reports/plan-retention.js";
import { instant } from "../../src/core/instant.js";
import type { Result } from "../../src/core/result.js";
import { checkEventLog } from "../../src/lifecycle/check-event-log.js";
import { defineHoldRules } from "../../src/lifecycle/define-hold-rules.js";
import { releaseHold } from "../../src/lifecycle/release-hold.js";
import type { Change } from "../../src/model/change.js";
import type { OrderEvent } from "../../src/model/event.js";
import { anyContext, anyOrder, anyOrderHistory } from "../../src/testing/index.js";

/** Real issues of the life of an order seen as a whole, one of every code at least. */
export function lifecycleIssues(): Issue[] {
  return [
    ...brokenLogs().flatMap((log) => checkEventLog(log, { orders: [anyOrder({ orderNo: "SO-9" })] })),
    ...decisions(),
    ...results().flatMap((result) => (result.ok ? [] : result.issues)),
  ];
}

function decisions(): Issue[] {
  const { order } = anyOrderHistory();
  const young = { order, lastEventOn: calendarDay("2026-03-02"), place: "online" } as const;
  const billing = { invoicedAmount: "25", collectedAmount: "20" };
  const open = anyOrder({ orderNo: "SO-2", billing });
  const candidates = [young, { ...young, openCases: ["CASE-1"] }, { ...young, order: open }];
  const guard = { name: "counting", operations: ["pick" as const], check: () => [issue("shop.counting", [], {})] };
  return [
    reopenRefusal(order),
    reopenRefusal(anyOrder()),
    ...planRetention(candidates, { closed: { keepDays: 365 } }, calendarDay("2026-04-02")).flatMap(
      ({ reasons }) => reasons,
    ),
    ...planRetention(candidates, { closed: { keepDays: 10 } }, calendarDay("2026-04-02")).flatMap(
      ({ reasons }) => reasons,
    ),
    ...planRetention(candidates, {}, calendarDay("2026-04-02")).flatMap(({ reasons }) => reasons),
    ...checkGuards(order, "pick", [guard]),
  ];
}

function results(): Result<unknown>[] {
  const rejected = anyOrder({ stage: "confirmed", holds: [{ holdId: "H-1", state: "rejected" }] });
  const base = { scope: "line", blocks: [], reason: "to be looked at" } as const;
  const when = { kind: "payable", atLeast: decimal("9"), atMost: decimal("5") } as const;
  return [
    releaseHold(rejected, { holdId: "H-1", state: "rejected" }, anyContext()),
    defineGuards([
      { name: "counting", operations: ["pick"], check: () => [] },
      { name: "counting", operations: ["fly" as "pick"], check: () => [] },
    ]),
    toArchive(anyOrder(), [], anyContext().at),
    fromArchive({ format: "ordercycle.archived-order", formatVersion: 2 } as unknown as ArchivedOrder),
    defineHoldRules([
      { ...base, type: "credit", triggers: [{ kind: "release", of: "address", state: "resolved" }] },
      { ...base, type: "address", triggers: [{ kind: "release", of: "credit", state: "rejected" }] },
      { ...base, type: "credit", blocks: ["invoice"], triggers: [{ kind: "condition", when }] },
      { ...base, type: "late", triggers: [{ kind: "release", of: "none", state: "resolved" }] },
    ]),
  ];
}

function brokenLogs(): OrderEvent[][] {
  const { events } = anyOrderHistory();
  const altered = (place: number, part: object): OrderEvent[] =>
    events.map((event, each) => (each === place ? { ...event, ...part } : event));
  const moved: Change = {
    kind: "quantity_moved",
    lineId: "SO-1-1",
    from: "open",
    to: "cancelled",
    quantity: "99" as never,
  };
  return [
    [...events],
    [null as unknown as OrderEvent],
    altered(0, { changes: [] }),
    events.slice(1),
    [...events, ...events],
    [...events].reverse(),
    altered(2, { eventId: "SO-1" }),
    altered(2, { at: instant("2026-01-01T00:00:00Z") }),
    altered(3, { changes: [moved] }),
    altered(2, { changes: [{ kind: "stage_set", stage: "closed" }] }),
    // A stored order that the whole history does not lead to.
    altered(0, { orderNo: "SO-9" }).map(
      (event) => JSON.parse(JSON.stringify(event).replaceAll("SO-1", "SO-9")) as OrderEvent,
    ),
  ];
}
