import { beforeAll, describe, expect, it } from "vitest";
import { equals, parseDecimal, sum } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import type { OrderEvent } from "../../src/model/event.js";
import { cycleSegments } from "../../src/reports/cycle-segments.js";
import { orderFiles, ORDER_FILES, type OrderFile } from "../../src/reports/order-files.js";
import { orderStatusList } from "../../src/reports/order-status-list.js";
import { replayOrders } from "../../src/lifecycle/replay-orders.js";
import { traceOrder } from "../../src/reports/trace-order.js";
import { traceSummary } from "../../src/reports/trace-summary.js";
import { uncollectedList } from "../../src/reports/uncollected-list.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { checkReservationsMatch, checkStockLaws } from "../../src/testing/index.js";
import { checkBooks } from "../laws/books.js";
import { dataSet } from "./data-folder.js";
import { closedAll, throughTheHouse, type HouseDay, type Verdict } from "./ocel-house.js";
import { readOcelLog, type LogEvent } from "./ocel-log.js";

const set = dataSet("ocel-order-management");

/** How many of a list fall to each text. */
function counted(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

/** What became of the events, by activity and reasons; no reason for those that were carried out. */
function byReason(verdicts: readonly Verdict[]): Record<string, Record<string, number>> {
  const activities = [...new Set(verdicts.map(({ event }) => event.activity))];
  return Object.fromEntries(
    activities.map((activity) => {
      const own = verdicts.filter(({ event }) => event.activity === activity);
      return [activity, counted(own.map(({ codes }) => (codes.length === 0 ? "carried out" : codes.join(" + "))))];
    }),
  );
}

function perOrder(events: readonly OrderEvent[]): ReadonlyMap<string, readonly OrderEvent[]> {
  const histories = new Map<string, OrderEvent[]>();
  for (const event of events) {
    const history = histories.get(event.orderNo);
    if (history === undefined) histories.set(event.orderNo, [event]);
    else history.push(event);
  }
  return histories;
}

describe.skipIf(set.isAbsent)(set.title("22,367 events of 2,000 orders (mission 11.1, 11.3, 12.1, 20.1)"), () => {
  let log: readonly LogEvent[];

  beforeAll(() => {
    log = readOcelLog(set.folder);
  });

  it("is read without a bad row: eleven activities, in the order of their times", () => {
    expect(log.length).toBe(22_367);
    expect(counted(log.map(({ activity }) => activity))).toEqual({
      "place order": 2000,
      "confirm order": 2000,
      "pick item": 8159,
      "item out of stock": 1664,
      "reorder item": 1664,
      "create package": 1325,
      "send package": 1325,
      "failed delivery": 391,
      "package delivered": 1325,
      "payment reminder": 514,
      "pay order": 2000,
    });
    expect(log.every(({ at }, place) => place === 0 || (log[place - 1]?.at ?? "") <= at)).toBe(true);
  });

  describe("where work for an unconfirmed order is refused, and recorded when it is confirmed (mission 11.3, 14.1)", () => {
    let day: HouseDay;

    beforeAll(() => {
      day = throughTheHouse(log, "wait");
    });

    it("carries every event out or says why not, and the two are all events", () => {
      const outOfTurn = "status.operation_not_allowed";
      expect(byReason(day.verdicts)).toEqual({
        "place order": { "carried out": 2000 },
        "confirm order": { "carried out": 2000 },
        // Picked before the order was confirmed: such a house picks for orders that nobody has accepted yet. A host that
        // wants to may confirm on the first pick, as below; one that does not has the goods put back.
        "pick item": { "carried out": 5983, [`count.nothing_expected + ${outOfTurn}`]: 2176 },
        // Found missing before anybody has promised them to the order: a count of the bin, not a shortage of the order.
        "item out of stock": { "carried out": 1086, [`count.nothing_expected + ${outOfTurn}`]: 578 },
        "reorder item": { "carried out": 1664 },
        // Packages that hold goods of several orders wait for the last confirmation among them.
        "create package": { "carried out": 1068, [`count.nothing_expected + ${outOfTurn}`]: 257 },
        "send package": { "carried out": 1197, [`ship.nothing_to_ship + ${outOfTurn}`]: 128 },
        "failed delivery": {
          "carried out": 370,
          [`failure.line_not_shipped + ${outOfTurn}`]: 21,
        },
        "package delivered": { "carried out": 1264, [`deliver.does_not_add_up + ${outOfTurn}`]: 61 },
        // Reminded before anything was shipped: nothing was owed.
        "payment reminder": { "carried out": 509, "host.nothing_owed": 5 },
        "pay order": { "carried out": 2000 },
      });
      const refused = day.verdicts.filter(({ codes }) => codes.length > 0).length;
      expect([day.verdicts.length - refused, refused]).toEqual([19_141, 3226]);
    });

    it("has every piece in the file where the event leaves it (mission 12.1, 12.2, 12.3, 12.4)", () => {
      const carriedOut = day.verdicts.filter(({ codes }) => codes.length === 0);
      const filesAfter = (activity: string) =>
        counted(carriedOut.flatMap(({ event, files }) => (event.activity === activity ? [...files] : [])));
      expect(filesAfter("place order")).toEqual({ unconfirmed: 8159 });
      expect(filesAfter("item out of stock")).toEqual({ shortage: 1086 });
      expect(filesAfter("pick item")).toEqual({ pickedNotShipped: 5983 });
      expect(filesAfter("create package")).toEqual({ pickedNotShipped: 6190 });
      expect(filesAfter("send package")).toEqual({ inTransit: 7198 });
      expect(filesAfter("package delivered")).toEqual({ sales: 7666 });
    });

    it("records 2,683 steps late, and time travel still sees each order whole at every instant (mission 13.1)", () => {
      expect(day.madeUpFor).toBe(2683);
      const asOf = instant("2019-08-31T23:59:59.999Z");
      const then = replayOrders(day.events, { until: asOf });
      const placed = log.filter(({ activity, at }) => activity === "place order" && at <= asOf);
      expect(then.length).toBe(placed.length);
      const files = orderFiles(then);
      const rows = ORDER_FILES.reduce((total, file: OrderFile) => total + files[file].length, 0);
      expect(rows).toBe(placed.reduce((total, { items }) => total + items.length, 0));
      expect(replayOrders(day.events, { until: log.at(-1)!.at })).toEqual(day.orders);
    });

    it("ends with every order delivered, billed, paid and closed, and an empty house (mission 12.4b, 13.3)", () => {
      expect(counted(orderStatusList(day.orders, { asOf: log.at(-1)!.at }).rows.map(({ status }) => status))).toEqual({
        collected: 2000,
      });
      expect(
        day.stock.filter(({ onHand, inTransit, onOrder }) => [onHand, inTransit, onOrder].some((q) => q !== "0")),
      ).toEqual([]);
      const closed = closedAll(day.orders, log.at(-1)!.at).flatMap((result) => (result.ok ? [result.value.order] : []));
      expect(orderFiles(closed).history.length).toBe(8159);
      expect(uncollectedList(day.orders, { today: calendarDay("2020-08-31") }).rows).toEqual([]);
    });
  });

  describe("where the first hand that works for an order accepts it (mission 7.3, 11.3)", () => {
    let day: HouseDay;
    let histories: ReadonlyMap<string, readonly OrderEvent[]>;

    beforeAll(() => {
      day = throughTheHouse(log, "accept");
      histories = perOrder(day.events);
    });

    it("refuses only the first work for 1,244 orders, and the confirmation that comes too late", () => {
      const outOfTurn = "status.operation_not_allowed";
      expect(byReason(day.verdicts)).toEqual({
        "place order": { "carried out": 2000 },
        "confirm order": { "carried out": 756, [outOfTurn]: 1244 },
        "pick item": { "carried out": 7155, [`count.nothing_expected + ${outOfTurn}`]: 1004 },
        "item out of stock": { "carried out": 1424, [`count.nothing_expected + ${outOfTurn}`]: 240 },
        "reorder item": { "carried out": 1664 },
        "create package": { "carried out": 1325 },
        "send package": { "carried out": 1325 },
        "failed delivery": { "carried out": 391 },
        "package delivered": { "carried out": 1325 },
        "payment reminder": { "carried out": 509, "host.nothing_owed": 5 },
        "pay order": { "carried out": 2000 },
      });
      expect(day.madeUpFor).toBe(0);
    });

    it("comes to the stated price on every order, and to 4631233.45 in all (mission 5.2)", () => {
      const stated = new Map(log.map(({ orders: [orderNo = ""], price }) => [orderNo, price]));
      const differing = day.orders.filter(
        ({ orderNo, totals }) => !equals(totals!.payable, parseDecimal(stated.get(orderNo))!),
      );
      expect(differing).toEqual([]);
      expect(sum(day.orders.map(({ totals }) => totals!.payable))).toBe("4631233.45");
      expect(sum(day.orders.map(({ billing }) => billing.invoicedAmount))).toBe("4631233.45");
      expect(sum(day.orders.map(({ billing }) => billing.collectedAmount))).toBe("4631233.45");
    });

    it("has 2,000 orders of 8,159 pieces in 1,325 packages, most orders in two (mission 10.4a, 12.4)", () => {
      const shipments = day.events.flatMap((event) => (event.type === "order_shipped" ? [event] : []));
      expect(day.orders.flatMap(({ lines }) => lines).length).toBe(8159);
      expect(new Set(shipments.map(({ details }) => details.shipmentNo)).size).toBe(1325);
      const packages = day.orders.map(
        ({ orderNo }) =>
          new Set(
            (histories.get(orderNo) ?? []).flatMap((event) =>
              event.type === "order_shipped" ? [event.details.shipmentNo] : [],
            ),
          ).size,
      );
      expect(counted(packages.map(String))).toEqual({ 1: 471, 2: 869, 3: 482, 4: 150, 5: 27, 6: 1 });
    });

    it("has 1,664 pieces of 1,133 orders out of stock, each waiting in the shortage file (mission 12.2, 12.2a)", () => {
      const found = day.verdicts.filter(({ event }) => event.activity === "item out of stock");
      expect(counted(found.flatMap(({ files }) => [...files]))).toEqual({ shortage: 1664 });
      const short = day.events.filter(
        (event) => event.type === "order_picked" && event.details.discrepancies.length > 0,
      );
      expect([short.length, new Set(short.map(({ orderNo }) => orderNo)).size]).toEqual([1664, 1133]);
      const reorders = day.verdicts.filter(({ event }) => event.activity === "reorder item");
      expect(counted(reorders.flatMap(({ files }) => [...files]))).toEqual({ shortage: 1664 });
    });

    it("fails to deliver 391 times, with 261 packages, and brings every one of them at last (mission 14.7)", () => {
      const failed = day.verdicts.filter(({ event }) => event.activity === "failed delivery");
      expect(failed.length).toBe(391);
      expect(new Set(failed.flatMap(({ event }) => event.packages)).size).toBe(261);
      expect(counted(failed.flatMap(({ files }) => [...files]))).toEqual({ inTransit: 2326 });
      const told = day.events.filter(({ type }) => type === "delivery_failed");
      expect(told.flatMap(({ changes }) => changes).every(({ kind }) => kind === "promise_set")).toBe(true);
    });

    it("takes 1,291 payments before the last delivery, and none of these orders can be closed then (mission 11.1, 15.1)", () => {
      // Money is taken whenever it comes, and waits as a credit; a host that wants it first would hold the shipment.
      const paid = day.verdicts.flatMap(({ event, order }) => (event.activity === "pay order" ? [order!] : []));
      const closable = closedAll(paid, log.at(-1)!.at);
      expect(closable.filter(({ ok }) => ok).length).toBe(709);
      const reasons = closable.flatMap((result) => (result.ok ? [] : result.issues.map(({ code }) => code)));
      expect([...new Set(reasons)].sort()).toEqual(["close.shortage_waiting", "status.operation_not_allowed"]);
    });

    it("reminds 414 orders 514 times, and only unpaid ones (mission 13.4)", () => {
      const reminded = day.verdicts.filter(({ event }) => event.activity === "payment reminder");
      expect(reminded.length).toBe(514);
      expect(new Set(reminded.flatMap(({ event }) => event.orders)).size).toBe(414);
      expect(reminded.filter(({ order }) => order!.status === "collected")).toEqual([]);
    });

    it("takes 14.94 days from order to last delivery, s 11.52, median 11.76, 95 of 100 within 36.8 (mission 19.1)", () => {
      const days = [...histories.values()]
        .map((history) => cycleSegments(history)!.ms / 86_400_000)
        .sort((one, other) => one - other);
      const mean = days.reduce((total, each) => total + each, 0) / days.length;
      const variance = days.reduce((total, each) => total + (each - mean) ** 2, 0) / (days.length - 1);
      const median = (days[999]! + days[1000]!) / 2;
      expect([mean, Math.sqrt(variance), median].map((value) => value.toFixed(2))).toEqual(["14.94", "11.52", "11.76"]);
      expect(days[1900]!.toFixed(1)).toBe("36.8");
    });

    it("can be followed order by order through 10.42 hand-offs; all is waiting, since the log knows no work (mission 20.1, 20.2)", () => {
      const traces = [...histories.values()].map((history) => traceOrder(history));
      expect(traces.filter(({ waitingMs, touchMs, cycleMs }) => touchMs !== 0 || waitingMs !== cycleMs)).toEqual([]);
      const { orders, handOffsPerOrder, byFunction } = traceSummary(traces);
      expect([orders, handOffsPerOrder]).toEqual([2000, "10.42"]);
      expect(byFunction.map(({ function: name, count }) => [name, count])).toEqual([
        ["allocation", 2000 + 1664],
        ["finance", 2000],
        ["orderDesk", 4 * 2000],
        ["packing", 4396],
        ["transport", 3 * 4396 + 1258],
        ["warehouse", 8159 + 1664],
      ]);
    });

    it("leaves stock and orders in agreement (mission 5.11)", () => {
      expect(checkReservationsMatch(day.orders, day.stock)).toEqual([]);
      expect(checkStockLaws(day.stock)).toEqual([]);
    });

    it("files every unit once and reconciles all lists with the files, in the end and half-way (mission 12.1–12.4b, 13.1–13.5)", () => {
      expect(checkBooks(day.orders, day.events)).toEqual([]);
      const half = day.events.slice(0, day.events.length / 2);
      expect(checkBooks(replayOrders(half), half)).toEqual([]);
    });
  });
});
