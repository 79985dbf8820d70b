import { describe, expect, it } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";
import { rational } from "../../src/core/unit-conversion.js";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { planCancellation } from "../../src/exceptions/plan-cancellation.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { indexMasters } from "../../src/model/masters.js";
import { anyContext, anyItem, anyOrder } from "../../src/testing/index.js";
import { reasonsOf } from "../lifecycle/answers.js";
import { orderIn } from "../lifecycle/order-in.js";

const d = decimal;
const context = anyContext();
const north = { warehouseId: "NORTH" };
const closed = anyOrder({ stage: "closed", lines: [{}, {}, {}] });
const IN_WORK = ["confirmed", "allocated", "picked", "shipped", "collected"];

/** A reason as code, place and facts. */
type Told = readonly [code: string, path: string, params: Issue["params"]];
const told = (issues: readonly Issue[]): Told[] =>
  issues.map(({ code, path, params }) => [code, path.join("."), params]);
const notNow = (operation: string, allowedFrom: readonly string[]): Told => [
  "status.operation_not_allowed",
  "status",
  { operation, status: "closed", allowedFrom },
];
const noName = (field: string, path = field): Told => ["command.not_a_name", path, { field }];

describe("refusals name every reason with its place and its facts (mission 11.3, 14.1–14.7)", () => {
  it("cancelOrder and planCancellation", () => {
    const lines = [
      { lineId: "SO-1-1", quantity: d("1") },
      { lineId: "SO-1-1", quantity: d("2") },
      { lineId: "SO-1-9" },
      { lineId: "SO-1-2", quantity: d("0") },
      { lineId: "SO-1-3", quantity: d("11") },
    ];
    const ofLines: Told[] = [
      ["cancel.listed_twice", "lines.1", { lineId: "SO-1-1" }],
      ["cancel.unknown_line", "lines.2", { lineId: "SO-1-9" }],
      ["cancel.quantity_not_positive", "lines.3", { lineId: "SO-1-2", quantity: "0" }],
      ["cancel.more_than_left", "lines.4", { lineId: "SO-1-3", quantity: "11", left: "10" }],
    ];
    const forbidden = notNow("cancel", ["entered", "returnedForCorrection", ...IN_WORK]);
    expect(told(reasonsOf(cancelOrder(closed, { reason: " ", consent: "", lines }, context)))).toEqual([
      forbidden,
      noName("reason"),
      noName("consent"),
      ...ofLines,
    ]);
    expect(told(reasonsOf(planCancellation(closed, { reason: " ", lines }, {})))).toEqual([forbidden, ...ofLines]);
    const nothing: Told[] = [["cancel.nothing_left", "lines", { orderNo: "SO-1" }]];
    expect(told(reasonsOf(cancelOrder(orderIn("shipped"), { reason: "x" }, context)))).toEqual(nothing);
    expect(told(reasonsOf(planCancellation(orderIn("shipped"), { reason: "x" }, {})))).toEqual(nothing);
    const none: Told[] = [["cancel.no_lines", "lines", { orderNo: "SO-1" }]];
    expect(told(reasonsOf(planCancellation(orderIn("picked"), { reason: "x", lines: [] }, {})))).toEqual(none);
  });

  it("cancelOrder for want of consent: each line and bucket with its sum over all places", () => {
    const at = (binId: string, allocated: string, picked: string) => ({
      warehouseId: "NORTH",
      binId,
      quantities: { allocated, picked },
    });
    const order = anyOrder({
      stage: "confirmed",
      lines: [
        { orderedQty: "10", reservations: [at("A-1", "1", "2"), at("B-2", "3", "4")] },
        { orderedQty: "3", reservations: [at("C-3", "1", "2")] },
      ],
    });
    const asked = (consentFrom: "allocated" | "picked") =>
      told(reasonsOf(cancelOrder(order, { reason: "x" }, { ...context, consentFrom })));
    const part = (lineId: string, bucket: string, quantity: string): Told => [
      "cancel.consent_needed",
      "consent",
      { lineId, bucket, quantity },
    ];
    expect(asked("picked")).toEqual([part("SO-1-2", "picked", "2"), part("SO-1-1", "picked", "6")]);
    expect(asked("allocated")).toEqual([
      part("SO-1-2", "allocated", "1"),
      part("SO-1-2", "picked", "2"),
      part("SO-1-1", "allocated", "4"),
      part("SO-1-1", "picked", "6"),
    ]);
  });

  it("recordTransitLoss", () => {
    const lines = [
      { lineId: "SO-1-1", quantity: d("1"), reason: "" },
      { lineId: "SO-1-1", quantity: d("0"), reason: "x" },
      { lineId: "SO-1-9", quantity: d("1"), reason: "x" },
    ];
    expect(told(reasonsOf(recordTransitLoss(closed, { carrier: "", lines }, context)))).toEqual([
      notNow("loseInTransit", IN_WORK.slice(0, -1)),
      noName("carrier"),
      noName("reason", "lines.0.reason"),
      ["loss.more_than_shipped", "lines.0", { lineId: "SO-1-1", quantity: "1", shipped: "0" }],
      ["loss.listed_twice", "lines.1", { lineId: "SO-1-1" }],
      ["loss.quantity_not_positive", "lines.1", { lineId: "SO-1-1", quantity: "0" }],
      ["loss.unknown_line", "lines.2", { lineId: "SO-1-9" }],
    ]);
    expect(told(reasonsOf(recordTransitLoss(orderIn("shipped"), { lines: [] }, context)))).toEqual([
      ["loss.no_lines", "lines", { orderNo: "SO-1" }],
    ]);
  });

  it("recordDeliveryFailure", () => {
    const out = { quantities: { shipped: "10" } };
    const order = anyOrder({ stage: "confirmed", lines: [out, {}, out] });
    const today = calendarDay("2026-03-02");
    const lines = [
      { lineId: "SO-1-1", quantity: d("11") },
      { lineId: "SO-1-1", quantity: d("0") },
      { lineId: "SO-1-2" },
      { lineId: "SO-1-9" },
    ];
    const failure = { reason: "", attempt: 0, goods: "onVehicle", nextOn: calendarDay("2026-03-01"), lines } as const;
    expect(told(reasonsOf(recordDeliveryFailure(order, failure, { ...context, today, maxAttempts: 0 })))).toEqual([
      noName("reason"),
      ["failure.more_than_shipped", "lines.0", { lineId: "SO-1-1", quantity: "11", shipped: "10" }],
      ["failure.listed_twice", "lines.1", { lineId: "SO-1-1" }],
      ["failure.quantity_not_positive", "lines.1", { lineId: "SO-1-1", quantity: "0" }],
      ["failure.line_not_shipped", "lines.2", { lineId: "SO-1-2" }],
      ["failure.unknown_line", "lines.3", { lineId: "SO-1-9" }],
      ["failure.not_a_count", "attempt", { attempt: 0 }],
      ["failure.limit_not_a_count", "maxAttempts", { maxAttempts: 0 }],
      ["failure.next_day_past", "nextOn", { nextOn: "2026-03-01", today: "2026-03-02" }],
    ]);
    const undated = { reason: "x", attempt: 1, goods: "inDepot", lines: [] } as const;
    expect(told(reasonsOf(recordDeliveryFailure(order, undated, { ...context, today, maxAttempts: 2 })))).toEqual([
      ["failure.no_lines", "lines", { orderNo: "SO-1" }],
      ["failure.no_next_day", "nextOn", { attempt: 1, maxAttempts: 2 }],
    ]);
  });

  it("recordWrongItem", () => {
    const command = { foundAt: "load", lineId: "SO-1-1", source: north, quantity: d("0"), reason: "" } as const;
    const wrong = { itemCode: "TEA", source: north, quantity: d("-1"), goods: "bill" as const };
    const whole = { ...context, stock: [] };
    expect(told(reasonsOf(recordWrongItem(closed, { ...command, consent: "", wrong }, whole)))).toEqual([
      notNow("findWrongItem", IN_WORK),
      noName("reason"),
      noName("consent"),
      ["wrong.quantity_not_positive", "wrong.quantity", { itemCode: "TEA", quantity: "-1" }],
      ["wrong.not_at_customer", "wrong.goods", { lineId: "SO-1-1" }],
      ["wrong.quantity_not_positive", "quantity", { itemCode: "TEA", quantity: "0" }],
      ["wrong.same_goods", "wrong", { lineId: "SO-1-1" }],
    ]);
    const strange = { ...wrong, itemCode: "", source: { warehouseId: "" }, quantity: d("2") };
    const unknown = { ...command, foundAt: "afterSigning", lineId: "X", reason: "x", wrong: strange } as const;
    expect(told(reasonsOf(recordWrongItem(orderIn("shipped"), unknown, whole)))).toEqual([
      noName("itemCode", "wrong.itemCode"),
      noName("warehouseId", "wrong.source.warehouseId"),
      ["wrong.consent_needed", "consent", { itemCode: "", quantity: "2" }],
      ["wrong.not_free", "wrong.quantity", { itemCode: "", warehouseId: "", quantity: "2", free: "0" }],
      ["wrong.unknown_line", "lineId", { lineId: "X" }],
    ]);
  });

  it("addToOrder and amendOrder", () => {
    const units = [{ uom: "CS", factor: rational(3) }];
    const masters = indexMasters({ items: [{ ...anyItem(), units }] });
    const adding = { ...context, masters, addOn: { pickMinutes: 45 }, pricing: { rounding: "halfUp" as const } };
    const gift = { giftOf: { promotionId: "P", version: 1, triggers: [] } };
    const added = [
      { lineId: "SO-1-9", quantity: d("1") },
      { lineId: "SO-1-1", quantity: d("-1") },
      { lineId: "SO-1-1", quantity: d("1") },
      { lineId: "SO-1-2", quantity: d("1") },
      { itemCode: "NONE", quantity: d("1"), unitPrice: d("-1") },
      { itemCode: "TEA", quantity: d("0") },
      { itemCode: "TEA", quantity: d("1"), uom: "PAL", discount: { kind: "amount" as const, amount: d("-2") } },
      { itemCode: "TEA", quantity: d("9999999999999") },
    ];
    expect(told(reasonsOf(addToOrder(anyOrder({ lines: [{}, gift] }), { lines: added }, adding)))).toEqual([
      ["add.unknown_line", "lines.0", { lineId: "SO-1-9" }],
      ["enter.quantity_not_positive", "lines.1", { itemCode: "TEA", quantity: "-1" }],
      ["add.listed_twice", "lines.2", { lineId: "SO-1-1" }],
      ["add.gift_line", "lines.3", { lineId: "SO-1-2" }],
      ["add.negative", "lines.4.unitPrice", { field: "unitPrice", amount: "-1" }],
      ["enter.unknown_item", "lines.4", { itemCode: "NONE" }],
      ["enter.quantity_not_positive", "lines.5", { itemCode: "TEA", quantity: "0" }],
      ["add.negative", "lines.6.discount", { field: "discount", amount: "-2" }],
      ["enter.unknown_unit", "lines.6", { itemCode: "TEA", uom: "PAL", known: ["EA", "CS"] }],
      ["enter.quantity_out_of_range", "lines.7", { itemCode: "TEA", quantity: "9999999999999", baseUom: "EA" }],
    ]);
    expect(told(reasonsOf(addToOrder(anyOrder(), { lines: [] }, adding)))).toEqual([
      ["add.no_lines", "lines", { orderNo: "SO-1" }],
    ]);
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { delivered: "6", open: "4" } }, { transactionCategory: "sample" }],
    });
    const amended = [
      { lineId: "SO-1-1", quantity: d("5") },
      { lineId: "SO-1-1", quantity: d("-5") },
      { lineId: "SO-1-2", unitPrice: d("-3"), discount: { kind: "percent" as const, percent: d("-3") } },
      { lineId: "SO-1-9" },
    ];
    expect(told(reasonsOf(amendOrder(order, { reason: "", consent: "", lines: amended }, adding)))).toEqual([
      noName("reason"),
      noName("consent"),
      ["amend.below_least", "lines.0", { lineId: "SO-1-1", quantity: "5", least: "6" }],
      ["amend.listed_twice", "lines.1", { lineId: "SO-1-1" }],
      ["amend.quantity_negative", "lines.1.quantity", { lineId: "SO-1-1", quantity: "-5" }],
      ["amend.negative", "lines.2.unitPrice", { lineId: "SO-1-2", field: "unitPrice", amount: "-3" }],
      ["amend.negative", "lines.2.discount", { lineId: "SO-1-2", field: "discount", amount: "-3" }],
      ["amend.free_line", "lines.2", { lineId: "SO-1-2" }],
      ["amend.unknown_line", "lines.3", { lineId: "SO-1-9" }],
    ]);
    expect(told(reasonsOf(amendOrder(order, { reason: "x", lines: [] }, adding)))).toEqual([
      ["amend.nothing_changes", "", { orderNo: "SO-1" }],
    ]);
  });
});
