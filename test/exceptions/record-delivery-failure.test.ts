import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import {
  countDeliveryFailures,
  recordDeliveryFailure,
  type RecordDeliveryFailure,
} from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { ORDER_STATUSES } from "../../src/model/order.js";
import { anyContext, anyOrder, anyStock, given } from "../../src/testing/index.js";
import { granted, whereOf } from "../lifecycle/answers.js";
import { orderIn } from "../lifecycle/order-in.js";

const d = decimal;
const context = { ...anyContext(), maxAttempts: 2, today: calendarDay("2026-03-02") };
const nextOn = calendarDay("2026-03-05");
const failure: RecordDeliveryFailure = { reason: "nobody_home", attempt: 1, goods: "inDepot", nextOn };
const shipped = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
const two = anyOrder({
  stage: "confirmed",
  lines: [{ quantities: { shipped: "10" } }, { quantities: { shipped: "10" } }],
});
const inTransit = anyStock({ onHand: "90", inTransit: "10" });

describe("recordDeliveryFailure (mission 14.7; definition B19)", () => {
  it("rule 2: goods come back to the depot and leave again; attempts are counted until the customer signs", () => {
    given(shipped, inTransit)
      .when((order) => recordDeliveryFailure(order, failure, context))
      .then({
        status: "picked",
        quantities: { picked: "10" },
        events: ["delivery_failed"],
        requests: ["plan_delivery", "notify_customer"],
        stock: [["100", "10"]],
      });
    const back = granted(recordDeliveryFailure(shipped, failure, context));
    expect(back.order.lines[0]?.promises).toEqual([{ day: nextOn, kind: "scheduled", promisedAt: context.at }]);
    expect(back.requests).toEqual([
      { type: "plan_delivery", orderNo: "SO-1", cause: "failedDelivery", day: nextOn },
      { type: "notify_customer", orderNo: "SO-1", template: "delivery_failed" },
    ]);
    const again = granted(recordShipment(back.order, { shipmentNo: "SH-2", what: "picked" }, context));
    const signed = granted(recordDelivery(again.order, {}, context));
    const events = [...back.events, ...again.events];
    expect(countDeliveryFailures(events)).toBe(1);
    expect(countDeliveryFailures([...events, ...signed.events])).toBe(0);
  });

  it("rule 2: goods that stay on the vehicle do not move, but the next day is promised", () => {
    const stay = granted(recordDeliveryFailure(shipped, { ...failure, goods: "onVehicle" }, context));
    expect([stay.order.status, stay.movements]).toEqual(["shipped", []]);
    expect(stay.order.lines[0]?.promises.map(({ day }) => day)).toEqual([nextOn]);
    expect(stay.events[0]?.details).toEqual({
      reason: "nobody_home",
      attempt: 1,
      goods: "onVehicle",
      nextOn,
      lines: [{ lineId: "SO-1-1", quantity: "10" }],
    });
  });

  test.each([2, 3])("rule 3: after attempt %i of 2 the goods are taken back, whatever day was named", (attempt) => {
    given(shipped, inTransit)
      .when((order) => recordDeliveryFailure(order, { ...failure, attempt }, context))
      .then({ quantities: { returned: "10" }, requests: ["reprint", "notify_customer"], stock: [["100", "0"]] });
    const last = granted(recordDeliveryFailure(shipped, { ...failure, attempt }, context));
    expect(last.order.lines[0]?.promises).toEqual([]);
    const lines = [{ lineId: "SO-1-1", quantity: "10" }];
    expect(last.events[0]?.details).toEqual({ reason: "nobody_home", attempt, goods: "returned", lines });
    const { nextOn: _day, ...undated } = failure;
    expect(recordDeliveryFailure(shipped, { ...undated, attempt }, context).ok).toBe(true);
  });

  it("rule 1: only lines that are named, and of each as much as is named", () => {
    const lines = [{ lineId: "SO-1-2", quantity: d("4") }];
    const { order, events } = granted(recordDeliveryFailure(two, { ...failure, lines }, context));
    expect(order.lines.map(({ quantities }) => [quantities.shipped, quantities.picked])).toEqual([
      ["10", "0"],
      ["6", "4"],
    ]);
    expect(order.lines.map(({ promises }) => promises.length)).toEqual([0, 1]);
    expect(events[0]?.details).toMatchObject({ lines });
    const whole = granted(recordDeliveryFailure(two, { ...failure, lines: [{ lineId: "SO-1-2" }] }, context));
    expect(whole.order.lines[1]?.quantities.picked).toBe("10");
  });

  it("rule 1: of ten, four fail, three are signed for, one is lost and two still travel", () => {
    const failed = granted(
      recordDeliveryFailure(shipped, { ...failure, lines: [{ lineId: "SO-1-1", quantity: d("4") }] }, context),
    );
    const lost = granted(
      recordTransitLoss(failed.order, { lines: [{ lineId: "SO-1-1", quantity: d("1"), reason: "lost" }] }, context),
    );
    const again = granted(
      recordDeliveryFailure(
        lost.order,
        { ...failure, goods: "onVehicle", lines: [{ lineId: "SO-1-1", quantity: d("2") }] },
        context,
      ),
    );
    const signed = granted(recordDelivery(again.order, { lines: [{ lineId: "SO-1-1", accepted: d("5") }] }, context));
    expect(signed.order.lines[0]?.quantities).toMatchObject({ picked: "4", open: "1", delivered: "5", shipped: "0" });
  });

  it("rule 1: goods leave the places first that were reserved first", () => {
    const at = (binId: string, quantity: string) => ({
      warehouseId: "NORTH",
      binId,
      quantities: { shipped: quantity },
    });
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ orderedQty: "10", reservations: [at("A-1", "3"), at("B-2", "7")] }],
    });
    const lines = [{ lineId: "SO-1-1", quantity: d("5") }];
    expect(
      granted(recordDeliveryFailure(order, { ...failure, lines }, context)).movements.map(
        ({ kind, binId, quantity }) => [kind, binId, quantity],
      ),
    ).toEqual([
      ["bring_back", "A-1", "3"],
      ["bring_back", "B-2", "2"],
    ]);
  });

  it("rule 1: parts come back in the order of the lines, whatever the order of the command", () => {
    const lines = [{ lineId: "SO-1-2" }, { lineId: "SO-1-1" }];
    const { events } = granted(recordDeliveryFailure(two, { ...failure, lines }, context));
    expect(events[0]?.changes.flatMap((change) => ("lineId" in change ? [change.lineId] : []))).toEqual([
      "SO-1-1",
      "SO-1-1",
      "SO-1-2",
      "SO-1-2",
    ]);
  });

  it("rule 2: the next attempt may be later on the same day, not on a day before", () => {
    expect(recordDeliveryFailure(shipped, { ...failure, nextOn: context.today }, context).ok).toBe(true);
    expect(whereOf(recordDeliveryFailure(shipped, { ...failure, nextOn: calendarDay("2026-03-01") }, context))).toEqual(
      ["failure.next_day_past at nextOn"],
    );
  });

  test.each(ORDER_STATUSES)("an order that is %s", (status) => {
    expect(recordDeliveryFailure(orderIn(status), failure, context).ok).toBe(status === "shipped");
  });

  test.each([
    [1, 2, false],
    [2, 2, true],
    [3, 2, true],
  ])("attempt %s of %s goes without a next day: %s", (attempt, maxAttempts, goes) => {
    const { nextOn: _day, ...undated } = failure;
    const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
    expect(recordDeliveryFailure(order, { ...undated, attempt }, { ...context, maxAttempts }).ok).toBe(goes);
  });

  it("tells of everything that is wrong at once", () => {
    const { nextOn: _day, ...undated } = failure;
    const lines = ["SO-1-1", "SO-1-1", "X"].map((lineId) => ({ lineId }));
    expect(whereOf(recordDeliveryFailure(anyOrder(), { ...undated, reason: "", lines }, context))).toEqual([
      "status.operation_not_allowed at status",
      "command.not_a_name at reason",
      "failure.line_not_shipped at lines.0",
      "failure.listed_twice at lines.1",
      "failure.line_not_shipped at lines.1",
      "failure.unknown_line at lines.2",
      "failure.no_next_day at nextOn",
    ]);
  });

  test.each([
    ["0", "failure.quantity_not_positive"],
    ["-1", "failure.quantity_not_positive"],
    ["10.5", "failure.more_than_shipped"],
  ])("refuses %s of ten", (quantity, code) => {
    const lines = [{ lineId: "SO-1-1", quantity: d(quantity) }];
    expect(whereOf(recordDeliveryFailure(shipped, { ...failure, lines }, context))).toEqual([`${code} at lines.0`]);
  });

  it("refuses a list without lines, apart from an order of which nothing is on its way", () => {
    expect(whereOf(recordDeliveryFailure(shipped, { ...failure, lines: [] }, context))).toEqual([
      "failure.no_lines at lines",
    ]);
    const confirmed = anyOrder({ stage: "confirmed" });
    expect(whereOf(recordDeliveryFailure(confirmed, failure, context))).toEqual(["failure.nothing_shipped at lines"]);
  });

  test.each([0, -1, 1.5, Number.NaN, Infinity])("refuses %d as the number or the limit of attempts", (number) => {
    expect(whereOf(recordDeliveryFailure(shipped, { ...failure, attempt: number }, context))).toEqual([
      "failure.not_a_count at attempt",
    ]);
    expect(whereOf(recordDeliveryFailure(shipped, failure, { ...context, maxAttempts: number }))).toEqual([
      "failure.limit_not_a_count at maxAttempts",
    ]);
  });
});

describe("countDeliveryFailures (mission 14.7)", () => {
  it("counts by line what goes separate ways", () => {
    const first = granted(recordDeliveryFailure(two, { ...failure, goods: "onVehicle" }, context));
    const second = granted(
      recordDeliveryFailure(first.order, { ...failure, goods: "onVehicle", lines: [{ lineId: "SO-1-2" }] }, context),
    );
    const signed = granted(recordDelivery(second.order, { lines: [{ lineId: "SO-1-1", accepted: d("10") }] }, context));
    const failures = [...first.events, ...second.events];
    const counted = (events: typeof failures) => [
      countDeliveryFailures(events),
      countDeliveryFailures(events, "SO-1-1"),
      countDeliveryFailures(events, "SO-1-2"),
      countDeliveryFailures(events, "NO-LINE"),
    ];
    expect(counted(failures)).toEqual([2, 1, 2, 0]);
    expect(counted([...failures, ...signed.events])).toEqual([0, 0, 2, 0]);
  });
});
