import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordShipment, type RecordShipment } from "../../src/fulfilment/record-shipment.js";
import type { Consent } from "../../src/model/consent.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, anyOrder, anyStock, given, type AnyOrder } from "../../src/testing/index.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";

const NORTH = { warehouseId: "NORTH" };
const LOT = { warehouseId: "NORTH", lotNo: "L-1" };
const picked = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] });
const ship = (order = picked, what: RecordShipment["what"] = "picked", lineIds?: RecordShipment["lineIds"]) =>
  recordShipment(order, { shipmentNo: "SH-1", what, ...(lineIds === undefined ? {} : { lineIds }) }, anyContext());
const half = anyOrder({
  stage: "confirmed",
  lines: [
    {
      reservations: [
        { ...NORTH, quantities: { picked: "6" }, loaded: "5" },
        { ...LOT, quantities: { picked: "3", shipped: "1" } },
      ],
    },
    { orderedQty: "2", quantities: { picked: "2" } },
  ],
});
const halfStock = anyStock(
  { reserved: "8", picked: "8" },
  { ...LOT, onHand: "3", reserved: "3", picked: "3", inTransit: "1" },
);

describe("recordShipment (mission 10.4a, 12.4)", () => {
  it("rule 2: what leaves is issued from stock and in transit", () => {
    given(picked, anyStock({ onHand: "100", reserved: "10", picked: "10" }))
      .when((order) => ship(order))
      .then({
        status: "shipped",
        quantities: { shipped: "10" },
        events: ["order_shipped"],
        requests: ["notify_customer"],
        stock: [["90", "0"]],
      });
    const { events, requests } = granted(ship());
    expect(events[0]?.details).toEqual({ shipmentNo: "SH-1" });
    expect(requests).toEqual([{ type: "notify_customer", orderNo: "SO-1", template: "order_shipped" }]);
  });

  it("rule 1: all that is picked leaves, from every place and line", () => {
    given(half, halfStock)
      .when((order) => ship(order))
      .then({
        status: "shipped",
        quantities: [{ shipped: "10" }, { shipped: "2" }],
        stock: [
          ["92", "0"],
          ["0", "0"],
        ],
      });
  });

  it("rule 1: or only what was loaded; the rest stays picked and unloaded", () => {
    given(half, halfStock)
      .when((order) => ship(order, "loaded"))
      .then({ status: "picked", quantities: [{ picked: "4", shipped: "6" }, { picked: "2" }] });
    const { order } = granted(ship(half, "loaded"));
    expect(order.lines[0]?.reservations.map(({ loaded }) => loaded)).toEqual([undefined, undefined]);
    given(order)
      .when((before) => ship(before, "loaded"))
      .then({ issues: ["ship.nothing_to_ship"] });
  });

  it("rule 1: or only the lines that are named; the others stay picked and loaded", () => {
    given(half, halfStock)
      .when((order) => ship(order, "picked", ["SO-1-2"]))
      .then({
        status: "picked",
        quantities: [{ picked: "9", shipped: "1" }, { shipped: "2" }],
        stock: [
          ["98", "6"],
          ["3", "3"],
        ],
      });
    const { order } = granted(ship(half, "picked", ["SO-1-2"]));
    expect(order.lines[0]?.reservations).toEqual(half.lines[0]?.reservations);
    given(order)
      .when((before) => ship(before, "picked", ["SO-1-1"]))
      .then({ status: "shipped", quantities: [{ shipped: "10" }, { shipped: "2" }] });
  });

  it("rule 1: of the lines that are named, only what was loaded when that is asked for", () => {
    given(half, halfStock)
      .when((order) => ship(order, "loaded", ["SO-1-1"]))
      .then({ quantities: [{ picked: "4", shipped: "6" }, { picked: "2" }] });
    expect(whereOf(ship(half, "loaded", ["SO-1-2"]))).toEqual(["ship.nothing_to_ship at lines"]);
  });

  it("rule 1: naming no line, or one with nothing picked, ships nothing and is refused", () => {
    const lines = [{ quantities: { picked: "10" } }, { quantities: { allocated: "10" } }];
    const order = anyOrder({ stage: "confirmed", lines });
    expect(reasonsOf(ship(order, "picked", []))).toEqual([
      { code: "ship.no_lines", path: ["lineIds"], params: { orderNo: "SO-1" } },
    ]);
    expect(reasonsOf(ship(order, "picked", ["SO-1-2"]))).toEqual([
      { code: "ship.nothing_to_ship", path: ["lines"], params: { orderNo: "SO-1", what: "picked" } },
    ]);
  });

  it("rule 1: a line of another order is refused, and nothing else leaves without it", () => {
    const foreign = { code: "ship.unknown_line", path: ["lineIds", 1], params: { lineId: "SO-9-1" } };
    expect(reasonsOf(ship(picked, "picked", ["SO-1-1", "SO-9-1"]))).toEqual([foreign]);
  });

  test.each(["", " ", "SH\n1"])("a shipment that is named by nothing is refused: %j", (shipmentNo) => {
    expect(reasonsOf(recordShipment(picked, { shipmentNo, what: "picked" }, anyContext()))).toEqual([
      { code: "command.not_a_name", path: ["shipmentNo"], params: { field: "shipmentNo" } },
    ]);
  });

  it("rule 1: something must leave", () => {
    expect(reasonsOf(ship(picked, "loaded"))).toEqual([
      { code: "ship.nothing_to_ship", path: ["lines"], params: { orderNo: "SO-1", what: "loaded" } },
    ]);
    const allocated = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });
    expect(whereOf(ship(allocated))).toEqual(["ship.nothing_to_ship at lines"]);
  });

  it("ships a part while another is still open, and the order stays confirmed", () => {
    given(
      anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "4" } }] }),
      anyStock({ reserved: "4", picked: "4" }),
    )
      .when((order) => ship(order))
      .then({ status: "confirmed", quantities: { open: "6", shipped: "4" } });
  });

  it("a hold on a line that would leave forbids it; one on a line that would not does not", () => {
    const lines = [{ quantities: { picked: "10" } }, { quantities: { allocated: "10" } }];
    const held = (lineId: string) => anyOrder({ stage: "confirmed", lines, holds: [{ lineId, blocks: ["ship"] }] });
    expect(whereOf(ship(held("SO-1-1")))).toEqual(["status.on_hold at holds.0"]);
    expect(ship(held("SO-1-2")).ok).toBe(true);
  });

  it("a hold on a picked line that is not named does not keep the others from leaving", () => {
    const lines = [{ quantities: { picked: "10" } }, { quantities: { picked: "10" } }];
    const order = anyOrder({ stage: "confirmed", lines, holds: [{ lineId: "SO-1-2", blocks: ["ship"] }] });
    expect(whereOf(ship(order))).toEqual(["status.on_hold at holds.0"]);
    expect(ship(order, "picked", ["SO-1-1"]).ok).toBe(true);
    expect(whereOf(ship(order, "picked", ["SO-1-2"]))).toEqual(["status.on_hold at holds.0"]);
  });

  const part = { orderedQty: "10", quantities: { picked: "8", backfill: "2" } };
  const full = { orderedQty: "5", quantities: { picked: "5" } };
  const agreed: Consent = {
    customerCode: "C-100",
    subject: "SO-1",
    agreedBy: "Ms Wu",
    agreedAt: anyContext().at,
    reference: "MAIL-7",
  };
  const sending = (order: Order, command: Partial<RecordShipment> = {}) =>
    recordShipment(order, { shipmentNo: "SH-1", what: "picked", ...command }, anyContext());
  const torn = (lineId: string, missing: string) => ({
    code: "ship.incomplete",
    path: ["lines"],
    params: { lineId, missing },
  });
  const confirmed = (lines: AnyOrder["lines"], header: AnyOrder["header"] = {}) =>
    anyOrder({ stage: "confirmed", lines: lines ?? [], header });
  const whole = { shipComplete: true };

  test.each<[string, Order, Partial<RecordShipment>, readonly (readonly [string, string])[]]>([
    ["short at the bin, order shipped complete", confirmed([part, full], whole), {}, [["SO-1-1", "2"]]],
    [
      "what was short stays open",
      confirmed([{ orderedQty: "10", quantities: { picked: "8", open: "2" } }], whole),
      {},
      [["SO-1-1", "2"]],
    ],
    [
      "a line is only reserved, another one deferred",
      confirmed([full, { quantities: { allocated: "10" } }, { quantities: { deferred: "10" } }], whole),
      {},
      [
        ["SO-1-2", "10"],
        ["SO-1-3", "10"],
      ],
    ],
    ["only one line is named", confirmed([full, full], whole), { lineIds: ["SO-1-1"] }, [["SO-1-2", "5"]]],
    [
      "not all of it stands on the vehicle",
      confirmed(
        [
          { orderedQty: "5", reservations: [{ ...NORTH, quantities: { picked: "5" }, loaded: "3" }] },
          { ...full, quantities: { picked: "5" } },
        ],
        whole,
      ),
      { what: "loaded" },
      [
        ["SO-1-1", "2"],
        ["SO-1-2", "5"],
      ],
    ],
    [
      "of a delivery group",
      confirmed([{ ...full, deliveryGroup: "G" }, { ...part, deliveryGroup: "G" }, part]),
      {},
      [["SO-1-2", "2"]],
    ],
    [
      "of a line that takes all or nothing",
      confirmed([part, { ...part, partialAllowed: false }]),
      {},
      [["SO-1-2", "2"]],
    ],
    [
      "a rest comes in parts again",
      confirmed([{ orderedQty: "10", quantities: { delivered: "6", picked: "2", open: "2" } }], whole),
      {},
      [["SO-1-1", "2"]],
    ],
  ])("rule 3: what comes together does not leave in part without consent: %s", (_case, order, command, missing) => {
    const expected = missing.map(([lineId, quantity]) => torn(lineId, quantity));
    expect(reasonsOf(sending(order, command))).toEqual(expected);
    const { events, movements } = granted(sending(order, { ...command, consent: agreed }));
    expect(events[0]!.details).toEqual({ shipmentNo: "SH-1", consent: agreed });
    expect(movements.every(({ kind }) => kind === "issue")).toBe(true);
  });

  test.each<[string, Order, Partial<RecordShipment>]>([
    ["all of it leaves", confirmed([full, full], whole), {}],
    [
      "the rest was cancelled",
      confirmed([{ orderedQty: "10", quantities: { picked: "8", cancelled: "2" } }], whole),
      {},
    ],
    ["the rest went into the next order", confirmed([{ quantities: { picked: "8", merged: "2" } }], whole), {}],
    ["the rest comes later, when it is there", confirmed([{ quantities: { delivered: "8", picked: "2" } }], whole), {}],
    ["other lines of the order wait", confirmed([full, { quantities: { open: "3" } }]), {}],
    [
      "the other group waits",
      confirmed([
        { ...full, deliveryGroup: "G" },
        { ...part, deliveryGroup: "H" },
      ]),
      { lineIds: ["SO-1-1"] },
    ],
  ])(
    "rule 3: leaves without consent when %s; a consent that is not needed is not written down",
    (_case, order, command) => {
      expect(granted(sending(order, command)).events[0]!.details).toEqual({ shipmentNo: "SH-1" });
      expect(granted(sending(order, { ...command, consent: agreed })).events[0]!.details).toEqual({
        shipmentNo: "SH-1",
      });
    },
  );

  it("rules 3 and 4: a consent that has expired, or is another's, does not serve", () => {
    const order = confirmed([part], whole);
    const codes = (consent: Partial<Consent>, which = order) =>
      reasonsOf(sending(which, { consent: { ...agreed, ...consent } })).map(({ code }) => code);
    expect(codes({ expiresAt: anyContext().at })).toEqual(["ship.incomplete", "consent.expired"]);
    expect(codes({ customerCode: "C-9" })).toEqual(["ship.incomplete", "consent.foreign"]);
    expect(codes({ subject: "SO-9" })).toEqual(["ship.incomplete", "consent.foreign"]);
    expect(codes({ subject: "SO-9" }, confirmed([full], whole))).toEqual(["consent.foreign"]);
    const late = { ...agreed, expiresAt: anyContext().at };
    expect(granted(sending(confirmed([full], whole), { consent: late })).events[0]!.details).toEqual({
      shipmentNo: "SH-1",
    });
  });

  it("rule 3: what was found short at the bin holds back the rest until the customer agrees (definition B6)", () => {
    const order = confirmed([{ quantities: { allocated: "10" }, shortagePolicy: "backfillOnArrival" }], whole);
    const counts = fullCounts(order, "allocated").map((count) => ({
      ...count,
      quantity: decimal("7"),
      shortage: { reason: "not_found", stock: "writeOff" as const },
    }));
    const found = granted(recordPick(order, { counts }, anyContext())).order;
    expect(reasonsOf(sending(found))).toEqual([torn("SO-1-1", "3")]);
    const given = granted(
      cancelOrder(
        found,
        { reason: "rest_not_wanted", lines: [{ lineId: "SO-1-1", quantity: decimal("3") }] },
        anyContext(),
      ),
    );
    expect(granted(sending(given.order)).order.status).toBe("shipped");
    expect(granted(sending(found, { consent: agreed })).order.lines[0]!.quantities).toMatchObject({
      shipped: "7",
      backfill: "3",
    });
  });

  it("tells all reasons at once", () => {
    given(anyOrder({ holds: [{ blocks: ["ship"] }] }))
      .when((order) => ship(order))
      .then({ issues: ["status.operation_not_allowed", "status.on_hold", "ship.nothing_to_ship"] });
  });
});
