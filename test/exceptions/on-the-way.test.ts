import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import {
  countDeliveryFailures,
  recordDeliveryFailure,
  type RecordDeliveryFailure,
} from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem, type RecordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { ORDER_STATUSES } from "../../src/model/order.js";
import { anyContext, anyOrder, anyStock, given } from "../../src/testing/index.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";
import { orderIn } from "../lifecycle/order-in.js";
import { SHORTAGE_TARGETS } from "../fulfilment/shortage-targets.js";

const d = decimal;
const context = { ...anyContext(), maxAttempts: 2 };
const nextOn = calendarDay("2026-03-05");
const failure: RecordDeliveryFailure = { reason: "nobody_home", attempt: 1, goods: "inDepot", nextOn };
const shipped = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
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
    expect(back.order.lines[0]?.promises.map(({ day }) => day)).toEqual([nextOn]);
    const again = granted(recordShipment(back.order, { shipmentNo: "SH-2", what: "picked" }, context));
    const signed = granted(recordDelivery(again.order, {}, context));
    const events = [...back.events, ...again.events];
    expect(countDeliveryFailures(events)).toBe(1);
    expect(countDeliveryFailures([...events, ...signed.events])).toBe(0);
  });

  it("rule 2: goods that stay on the vehicle do not move, but the next day is promised", () => {
    const stay = granted(recordDeliveryFailure(shipped, { ...failure, goods: "onVehicle" }, context));
    expect([stay.order.status, stay.movements]).toEqual(["shipped", []]);
    expect(stay.events[0]?.details).toEqual({ reason: "nobody_home", attempt: 1, goods: "onVehicle", nextOn });
  });

  test.each([2, 3])("rule 3: after attempt %i of 2 the goods are taken back", (attempt) => {
    given(shipped, inTransit)
      .when((order) => recordDeliveryFailure(order, { ...failure, attempt }, context))
      .then({ quantities: { returned: "10" }, requests: ["notify_customer"], stock: [["100", "0"]] });
    const { events } = granted(recordDeliveryFailure(shipped, { ...failure, attempt }, context));
    expect(events[0]?.details).toEqual({ reason: "nobody_home", attempt, goods: "returned" });
  });

  it("rule 1: only lines that are named", () => {
    const two = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { shipped: "10" } }, { quantities: { shipped: "10" } }],
    });
    const { order } = granted(recordDeliveryFailure(two, { ...failure, lineIds: ["SO-1-2"] }, context));
    expect(order.lines.map(({ quantities }) => [quantities.shipped, quantities.picked])).toEqual([
      ["10", "0"],
      ["0", "10"],
    ]);
  });

  it("tells of everything that is wrong at once", () => {
    const { nextOn: _day, ...undated } = failure;
    expect(
      whereOf(
        recordDeliveryFailure(anyOrder(), { ...undated, reason: "", lineIds: ["SO-1-1", "SO-1-1", "X"] }, context),
      ),
    ).toEqual([
      "status.operation_not_allowed at status",
      "command.not_a_name at reason",
      "failure.nothing_shipped at lines",
      "failure.line_not_shipped at lineIds.0",
      "failure.line_not_shipped at lineIds.1",
      "failure.listed_twice at lineIds.1",
      "failure.unknown_line at lineIds.2",
      "failure.no_next_day at nextOn",
    ]);
    for (const attempt of [0, 1.5, Number.NaN]) {
      expect(whereOf(recordDeliveryFailure(shipped, { ...failure, attempt }, context))).toEqual([
        "failure.not_a_count at attempt",
      ]);
    }
    expect(whereOf(recordDeliveryFailure(shipped, { ...failure, lineIds: [] }, context))).toEqual([
      "failure.nothing_shipped at lines",
    ]);
  });
});

describe("recordTransitLoss (mission 14.7, 12.4; definition B6)", () => {
  test.each(SHORTAGE_TARGETS)(
    "rule 2: with $policy, lost goods go $bucket",
    ({ policy: shortagePolicy, bucket, mode }) => {
      const order = anyOrder({ stage: "confirmed", lines: [{ shortagePolicy, quantities: { shipped: "10" } }] });
      given(order, inTransit)
        .when((before) =>
          recordTransitLoss(before, { lines: [{ lineId: "SO-1-1", quantity: d("4"), reason: "lost" }] }, context),
        )
        .then({
          quantities: { shipped: "6", [bucket]: "4" },
          requests: ["claim_from_carrier", "notify_customer"],
          stock: [["90", "0"]],
        });
      const { order: after } = granted(
        recordTransitLoss(order, { lines: [{ lineId: "SO-1-1", quantity: d("4"), reason: "lost" }] }, context),
      );
      expect(after.lines[0]?.shortages.map(({ cause, reason, mode: when }) => [cause, reason, when])).toEqual(
        mode === undefined ? [] : [["delivery", "lost", mode]],
      );
    },
  );

  it("rule 3: the claim names carrier, item, quantity and reason", () => {
    const lines = [{ lineId: "SO-1-1", quantity: d("10"), reason: "stolen" }];
    const { requests, events } = granted(recordTransitLoss(shipped, { carrier: "NORTHWAY", lines }, context));
    expect(requests[0]).toEqual({
      type: "claim_from_carrier",
      orderNo: "SO-1",
      carrier: "NORTHWAY",
      lines: [{ lineId: "SO-1-1", itemCode: "TEA", quantity: "10", reason: "stolen" }],
    });
    expect(events[0]?.details).toEqual({
      carrier: "NORTHWAY",
      discrepancies: [{ lineId: "SO-1-1", expected: "10", actual: "0", reason: "stolen" }],
    });
  });

  it("rule 1: tells of everything that is wrong at once", () => {
    const lost = (lineId: string, quantity: string, reason = "lost") => ({ lineId, quantity: d(quantity), reason });
    const lines = [lost("SO-1-1", "10.1"), lost("SO-1-1", "0", ""), lost("X", "1")];
    expect(whereOf(recordTransitLoss(shipped, { carrier: "", lines }, context))).toEqual([
      "command.not_a_name at carrier",
      "loss.more_than_shipped at lines.0",
      "command.not_a_name at lines.1.reason",
      "loss.listed_twice at lines.1",
      "loss.quantity_not_positive at lines.1",
      "loss.unknown_line at lines.2",
    ]);
    expect(whereOf(recordTransitLoss(shipped, { lines: [] }, context))).toEqual(["loss.no_lines at lines"]);
  });
});

describe("recordWrongItem (mission 14.6, 14.7; definitions B6, B17)", () => {
  const north = { warehouseId: "NORTH" };
  const wrong = { itemCode: "COFFEE", source: north, quantity: d("3"), goods: "putBack" as const };
  const atLoad: RecordWrongItem = {
    foundAt: "load",
    lineId: "SO-1-1",
    source: north,
    quantity: d("4"),
    reason: "mix_up",
    wrong,
  };
  const picked = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] });
  const both = (tea: object) => anyStock({ ...tea }, { itemCode: "COFFEE", onHand: "5" });

  it("rule 1: at the vehicle, the line's own goods are free where they lie, and the line is short", () => {
    given(picked, both({ onHand: "10", reserved: "10", picked: "10" }))
      .when((order, stock) => recordWrongItem(order, atLoad, { ...context, stock }))
      .then({
        quantities: { open: "4", picked: "6" },
        requests: ["count_stock", "count_stock", "reprint", "notify_customer"],
        stock: [
          ["10", "6"],
          ["5", "0"],
        ],
      });
  });

  it("rule 1: at the customer, they are found again where the books had let go of them", () => {
    given(shipped, both({ onHand: "90", inTransit: "10" }))
      .when((order, stock) => recordWrongItem(order, { ...atLoad, foundAt: "delivery" }, { ...context, stock }))
      .then({
        quantities: { open: "4", shipped: "6" },
        stock: [
          ["94", "0"],
          ["5", "0"],
        ],
      });
  });

  test.each(["writeOff", "leave"] as const)("rule 2: goods to %s go off the books where they came from", (goods) => {
    given(shipped, both({ onHand: "90", inTransit: "10" }))
      .when((order, stock) =>
        recordWrongItem(order, { ...atLoad, foundAt: "delivery", wrong: { ...wrong, goods } }, { ...context, stock }),
      )
      .then({
        quantities: { open: "4", shipped: "6" },
        stock: [
          ["94", "0"],
          ["2", "0"],
        ],
      });
  });

  it("rule 2: only what is free there can go off the books", () => {
    const stock = anyStock({ itemCode: "COFFEE", onHand: "5", reserved: "3" });
    const command = { ...atLoad, wrong: { ...wrong, goods: "writeOff" as const } };
    expect(reasonsOf(recordWrongItem(picked, command, { ...context, stock }))[0]?.params).toEqual({
      itemCode: "COFFEE",
      warehouseId: "NORTH",
      quantity: "3",
      free: "2",
    });
    expect(whereOf(recordWrongItem(picked, command, { ...context, stock: [] }))).toEqual([
      "wrong.not_free at wrong.quantity",
    ]);
  });

  it("tells of everything that is wrong at once", () => {
    const command = {
      ...atLoad,
      reason: "",
      quantity: d("0"),
      wrong: { ...wrong, itemCode: "TEA", quantity: d("-1"), goods: "leave" as const },
    };
    expect(whereOf(recordWrongItem(picked, command, { ...context, stock: [] }))).toEqual([
      "command.not_a_name at reason",
      "wrong.quantity_not_positive at wrong.quantity",
      "wrong.not_at_customer at wrong.goods",
      "wrong.quantity_not_positive at quantity",
      "wrong.same_goods at wrong",
    ]);
    expect(reasonsOf(recordWrongItem(shipped, atLoad, { ...context, stock: [] }))[0]).toEqual({
      code: "wrong.more_than_there",
      path: ["quantity"],
      params: { lineId: "SO-1-1", bucket: "picked", quantity: "4", there: "0" },
    });
    expect(whereOf(recordWrongItem(picked, { ...atLoad, lineId: "X" }, { ...context, stock: [] }))).toEqual([
      "wrong.unknown_line at lineId",
    ]);
  });
});

describe("the exceptions on ended orders and others that they do not fit (mission 14.1–14.7, 11.3)", () => {
  const MAY: Readonly<Record<string, readonly string[]>> = {
    failure: ["shipped"],
    loss: ["shipped"],
    wrong: ["shipped"],
  };
  test.each(ORDER_STATUSES)("an order that is %s", (status) => {
    const order = orderIn(status);
    const wrong = { itemCode: "COFFEE", source: { warehouseId: "NORTH" }, quantity: d("1"), goods: "putBack" as const };
    const found = {
      foundAt: "delivery" as const,
      lineId: "SO-1-1",
      source: { warehouseId: "NORTH" },
      quantity: d("1"),
      reason: "x",
      wrong,
    };
    const answers = {
      failure: recordDeliveryFailure(order, failure, context).ok,
      loss: recordTransitLoss(order, { lines: [{ lineId: "SO-1-1", quantity: d("1"), reason: "x" }] }, context).ok,
      wrong: recordWrongItem(order, found, { ...context, stock: [] }).ok,
    };
    for (const [name, isGranted] of Object.entries(answers))
      expect([name, isGranted]).toEqual([name, MAY[name]?.includes(status)]);
  });
});
