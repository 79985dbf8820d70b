import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import type { FloorCount } from "../../src/fulfilment/floor-count.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { anyContext, anyOrder, anyStock, given } from "../../src/testing/index.js";
import { granted, whereOf } from "../lifecycle/answers.js";
import { SHORTAGE_TARGETS } from "./shortage-targets.js";

const NORTH = { warehouseId: "NORTH" };
const LOT = { warehouseId: "SOUTH", lotNo: "L-1" };
const picked = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] });
const stock = anyStock({ onHand: "100", reserved: "10", picked: "10" });
const count = (quantity: string, part: Partial<FloorCount> = {}): FloorCount => ({
  lineId: "SO-1-1",
  source: NORTH,
  quantity: decimal(quantity),
  ...part,
});
const missing = (effect: "writeOff" | "keep") => ({ shortage: { reason: "broken", stock: effect } });
const load = (order = picked, ...counts: readonly FloorCount[]) => recordLoad(order, { counts }, anyContext());
const loadedOf = (order: typeof picked) =>
  order.lines.map(({ reservations }) => reservations.map(({ loaded }) => loaded));

describe("recordLoad (mission 10.4a, 14.6)", () => {
  it("rule 2: what is loaded stays picked and is noted", () => {
    given(picked, stock)
      .when((order) => load(order, count("10")))
      .then({
        status: "picked",
        quantities: { picked: "10" },
        events: ["order_loaded"],
        requests: [],
        stock: [["100", "10"]],
      });
    expect(loadedOf(granted(load(picked, count("10"))).order)).toEqual([["10"]]);
  });

  it("names the vehicle in the event, when there is one", () => {
    const details = (vehicleId?: string) =>
      granted(
        recordLoad(picked, { counts: [count("10")], ...(vehicleId === undefined ? {} : { vehicleId }) }, anyContext()),
      ).events[0]?.details;
    expect(details("V-7")).toEqual({ vehicleId: "V-7", discrepancies: [] });
    expect(details()).toEqual({ discrepancies: [] });
  });

  it("rule 2: what is not there yet may still come: a later count says what is loaded in all", () => {
    const first = granted(load(picked, count("4"))).order;
    expect(loadedOf(first)).toEqual([["4"]]);
    const second = granted(load(first, count("7"))).order;
    expect(loadedOf(second)).toEqual([["7"]]);
    expect(loadedOf(granted(load(second, count("2"))).order)).toEqual([["2"]]);
  });

  it("rule 2: a count of nothing takes all of it off the vehicle", () => {
    const { order } = granted(load(picked, count("10")));
    const unloaded = granted(load(order, count("0"))).order;
    expect(loadedOf(unloaded)).toEqual([[undefined]]);
    expect(whereOf(recordShipment(unloaded, { shipmentNo: "SH-1", what: "loaded" }, anyContext()))).toEqual([
      "ship.nothing_to_ship at lines",
    ]);
  });

  it("rule 1: places that are not named are left as they are", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [
        {
          reservations: [
            { ...NORTH, quantities: { picked: "6" }, loaded: "5" },
            { ...LOT, quantities: { picked: "4" } },
          ],
        },
      ],
    });
    given(order, anyStock({ reserved: "6", picked: "6" }, { ...LOT, reserved: "4", picked: "4" }))
      .when((before) => load(before, count("4", { source: LOT })))
      .then({ quantities: { picked: "10" } });
    expect(loadedOf(granted(load(order, count("4", { source: LOT }))).order)).toEqual([["5", "4"]]);
  });

  it("rule 1: counts that do not fit are refused, all at once", () => {
    expect(whereOf(load())).toEqual(["count.no_lines at counts"]);
    expect(
      whereOf(load(picked, count("11"), count("1"), count("1", { lineId: "X" }), count("-1", { source: LOT }))),
    ).toEqual([
      "count.exceeds_expected at counts.0.quantity",
      "count.listed_twice at counts.1",
      "count.unknown_line at counts.2.lineId",
      "count.nothing_expected at counts.3.source",
    ]);
    expect(whereOf(load(picked, count("-1")))).toEqual(["count.negative at counts.0.quantity"]);
    const allocated = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });
    given(allocated)
      .when((order) => load(order, count("1")))
      .then({ issues: ["count.nothing_expected"] });
    given(anyOrder())
      .when((order) => load(order, count("1")))
      .then({ issues: ["status.operation_not_allowed", "count.nothing_expected"] });
  });

  for (const { policy, bucket, mode } of SHORTAGE_TARGETS) {
    const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" }, shortagePolicy: policy }] });
    test.each([
      ["writeOff", "97"],
      ["keep", "100"],
    ] as const)(`rules 2, 3: under ${policy} what is missing goes ${bucket} (%s)`, (effect, onHand) => {
      given(order, stock)
        .when((before) => load(before, count("7", missing(effect))))
        .then({
          quantities: { picked: "7", [bucket]: "3" },
          requests: ["reprint", "reprint", "count_stock", "notify_customer"],
          stock: [[onHand, "7"]],
        });
      const outcome = granted(load(order, count("7", missing(effect))));
      expect(loadedOf(outcome.order)).toEqual([["7"]]);
      expect(outcome.movements.map(({ kind, quantity }) => [kind, quantity])).toEqual([
        ["put_back", "3"],
        ...(effect === "writeOff" ? [["write_off", "3"]] : []),
      ]);
      expect(outcome.order.lines[0]?.shortages).toEqual(
        mode === undefined
          ? []
          : [{ bucket, cause: "load", quantity: "3", since: anyContext().at, mode, reason: "broken" }],
      );
    });

    test(`rule 2: under ${policy} a line of which nothing is there`, () => {
      given(order, stock)
        .when((before) => load(before, count("0", missing("writeOff"))))
        .then({
          status: policy === "cancelRemainder" ? "cancelled" : "confirmed",
          quantities: { [bucket]: "10" },
          stock: [["90", "0"]],
        });
    });
  }

  it("rule 3: the place is to be counted, packing list and delivery note printed anew, and the customer told", () => {
    expect(granted(load(picked, count("9", missing("keep")))).requests).toEqual([
      { type: "reprint", orderNo: "SO-1", document: "packing_list", cause: "load", lineIds: ["SO-1-1"] },
      { type: "reprint", orderNo: "SO-1", document: "delivery_note", cause: "load", lineIds: ["SO-1-1"] },
      { type: "count_stock", orderNo: "SO-1", itemCode: "TEA", source: NORTH },
      { type: "notify_customer", orderNo: "SO-1", template: "shortage_recorded" },
    ]);
  });

  it("a hold on a line forbids to load it", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { picked: "10" } }],
      holds: [{ lineId: "SO-1-1", blocks: ["load"] }],
    });
    expect(whereOf(load(order, count("10")))).toEqual(["status.on_hold at holds.0"]);
  });
});
