import { describe, expect, it } from "vitest";
import { addDays, calendarDay } from "../../src/core/calendar-day.js";
import { instant } from "../../src/core/instant.js";
import { fromArchive, toArchive } from "../../src/reports/archived-order.js";
import { planRetention, type RetentionCandidate } from "../../src/reports/plan-retention.js";
import { parseArchivedOrder } from "../../src/schema/parse-archived-order.js";
import { anyOrder, anyOrderHistory, deepFreeze } from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";
import { orderIn } from "../lifecycle/order-in.js";

const ended = calendarDay("2026-03-02");
const closed: RetentionCandidate = { order: orderIn("closed"), lastEventOn: ended, place: "online" };
const policy = { closed: { keepDays: 90, purgeAfterDays: 3650 }, cancelled: { keepDays: 0 } };

/** Action and codes for one order after some days. */
function after(days: number, candidate: Partial<RetentionCandidate> = {}): unknown[] {
  const [decision] = planRetention([{ ...closed, ...candidate }], policy, addDays(ended, days));
  return [decision?.action, ...decision!.reasons.map(({ code }) => code.slice("retention.".length))];
}

describe("planRetention (mission 12.5)", () => {
  it("rule 1: what has not ended, has money or a case open stays, however old, with every reason", () => {
    expect(after(9999, { order: orderIn("collected") })).toEqual(["keep", "not_ended"]);
    expect(after(9999, { openCases: ["CASE-1"] })).toEqual(["keep", "case_open"]);
    const owed = anyOrder({ stage: "closed", billing: { invoicedAmount: "25", collectedAmount: "24.5" } });
    expect(after(9999, { order: owed })).toEqual(["keep", "money_open"]);
    expect(after(1, { order: owed, openCases: ["CASE-1"] })).toEqual(["keep", "money_open", "case_open", "too_young"]);
    const [{ reasons } = { reasons: [] }] = planRetention([{ ...closed, order: owed }], policy, ended);
    expect(reasons[0]?.params).toEqual({ orderNo: "SO-1", amount: "0.5" });
  });

  it("rule 2: an order is archived on the day on which its days have passed", () => {
    expect(after(89)).toEqual(["keep", "too_young"]);
    expect(after(90)).toEqual(["archive", "old_enough"]);
    expect(after(0, { order: orderIn("cancelled") })).toEqual(["archive", "old_enough"]);
    expect(after(9999, { order: orderIn("rejected") })).toEqual(["keep", "no_period"]);
  });

  it("rule 3: only what is archived is destroyed, and only where the policy says when", () => {
    expect(after(9999)).toEqual(["archive", "old_enough"]);
    expect(after(3649, { place: "archive" })).toEqual(["keep", "too_young"]);
    expect(after(3650, { place: "archive" })).toEqual(["purge", "old_enough"]);
    expect(after(9999, { place: "archive", order: orderIn("cancelled") })).toEqual(["keep", "no_period"]);
    const [decision] = planRetention([{ ...closed, place: "archive" }], policy, addDays(ended, 3651));
    expect(decision?.reasons[0]?.params).toEqual({ orderNo: "SO-1", days: 3651, since: addDays(ended, 3650) });
  });

  it("rule 4: answers every order in its place; periods must make sense", () => {
    const orders = ["SO-2", "SO-1"].map((orderNo) => ({ ...closed, order: anyOrder({ orderNo }) }));
    expect(planRetention(orders, {}, ended).map(({ orderNo }) => orderNo)).toEqual(["SO-2", "SO-1"]);
    for (const period of [{ keepDays: -1 }, { keepDays: 1.5 }, { keepDays: 9, purgeAfterDays: 8 }]) {
      expect(() => planRetention([], { closed: period }, ended)).toThrow(RangeError);
    }
  });
});

describe("toArchive and fromArchive (mission 12.5, 12.4b)", () => {
  const { order, events } = deepFreeze(anyOrderHistory());
  const at = instant("2027-03-02T00:00:00Z");
  const archived = granted(toArchive(order, events, at));

  it("gives back exactly what was packed, through JSON", () => {
    const read = granted(fromArchive(granted(parseArchivedOrder(JSON.parse(JSON.stringify(archived))))));
    expect(read).toEqual({ order, events });
    expect(archived).toMatchObject({ format: "ordercycle.archived-order", formatVersion: 1, archivedAt: at });
  });

  it("packs only what has ended, with its whole history", () => {
    const { order: open, events: some } = anyOrderHistory("payment_applied");
    expect(reasonsOf(toArchive(open, some, at)).map(({ code }) => code)).toEqual(["archive.not_ended"]);
    expect(reasonsOf(toArchive(order, events.slice(1), at)).map(({ code }) => code)).toEqual([
      "event_log.version_missing",
    ]);
    expect(reasonsOf(toArchive(order, [], at)).map(({ code }) => code)).toEqual(["event_log.order_without_events"]);
  });

  it("reads nothing that was lost, altered or written in another form", () => {
    const told = (part: object): string[] => reasonsOf(fromArchive({ ...archived, ...part })).map(({ code }) => code);
    expect(told({ formatVersion: 2 })).toEqual(["archive.unknown_format"]);
    expect(told({ format: "other" })).toEqual(["archive.unknown_format"]);
    expect(told({ events: events.slice(0, -1) })).toEqual(["event_log.order_differs"]);
    expect(told({ order: { ...order, version: 12 } })).toEqual(["event_log.order_differs"]);
    expect(told({ order: { ...order, header: { ...order.header, remark: "x" } } })).toEqual([
      "event_log.order_differs",
    ]);
  });
});
