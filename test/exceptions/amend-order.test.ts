import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { amendOrder, type AmendOrder, type LineAmendment } from "../../src/exceptions/amend-order.js";
import { indexMasters } from "../../src/model/masters.js";
import type { LocalTime } from "../../src/core/time-zone.js";
import { anyContext, anyOrder, anyPriceEntry, anyStock, given, type AnyOrder } from "../../src/testing/index.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";
import { orderIn } from "../lifecycle/order-in.js";

const d = decimal;
const wave = {
  deliveryWaveId: "AM",
  name: "Morning",
  cutOff: "10:00" as LocalTime,
  departure: "13:00" as LocalTime,
  timeZone: "UTC",
};
const masters = indexMasters({ prices: [anyPriceEntry()], deliveryWaves: [wave] });
const context = { ...anyContext(), masters, addOn: { pickMinutes: 45 }, pricing: { rounding: "halfUp" as const } };
const bremen = { street: "7 Quay", city: "Bremen", country: "DE" };
const amend = (order: Parameters<typeof amendOrder>[0], command: Omit<AmendOrder, "reason">) =>
  amendOrder(order, { reason: "asked", ...command }, context);
const line = (part: Omit<LineAmendment, "lineId">): Omit<AmendOrder, "reason"> => ({
  lines: [{ lineId: "SO-1-1", ...part }],
});
const spread: AnyOrder = {
  stage: "confirmed",
  lines: [{ orderedQty: "20", quantities: { open: "3", allocated: "4", picked: "5", delivered: "6", returned: "2" } }],
};
const invoice = { invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "25" };

describe("amendOrder (mission 14.3, 14.4, 14.5; definition B19)", () => {
  test.each([
    ["18", { open: "3", allocated: "4", picked: "5" }],
    ["16", { open: "1", allocated: "4", picked: "5", cancelled: "2" }],
    ["13", { allocated: "2", picked: "5", cancelled: "5" }],
    ["7", { picked: "1", cancelled: "11" }],
    ["6", { cancelled: "12" }],
  ])("rule 1: down to %s, where there is least work behind it", (quantity, house) => {
    given(anyOrder(spread), anyStock({ onHand: "100", reserved: "9", picked: "5" }))
      .when((before) => amend(before, { ...line({ quantity: d(quantity) }), header: { remark: "less" } }))
      .then({ quantities: { ...house, delivered: "6", returned: "2" } });
  });

  it("rule 1: not below what has left the house, nor below nothing", () => {
    for (const quantity of ["5.9", "0"]) {
      expect(reasonsOf(amend(anyOrder(spread), line({ quantity: d(quantity) })))).toEqual([
        { code: "amend.below_least", path: ["lines", 0], params: { lineId: "SO-1-1", quantity, least: "6" } },
      ]);
    }
    expect(whereOf(amend(anyOrder(spread), line({ quantity: d("-1") })))).toEqual([
      "amend.quantity_negative at lines.0.quantity",
    ]);
  });

  it("rule 1: up is added open and priced at the line's price; the obstacles are those of an add-on", () => {
    const half = anyOrder({ stage: "confirmed", lines: [{ quantities: { open: "3", allocated: "7" } }] });
    const { order, requests } = granted(amend(half, line({ quantity: d("10.5") })));
    expect([order.lines[0]?.quantities.open, order.totals?.payable]).toEqual(["3.5", "26.25"]);
    expect(requests.map(({ type }) => type)).toEqual(["reprice", "notify_customer"]);
    expect(whereOf(amend(anyOrder(spread), line({ quantity: d("18.5") })))).toEqual([
      "add.no_cut_off at header.deliveryWaveId",
    ]);
    expect(whereOf(amend(orderIn("shipped"), line({ quantity: d("11") })))).toEqual([
      "status.operation_not_allowed at status",
    ]);
    const gift = { transactionCategory: "gift", giftOf: { promotionId: "P", version: 1, triggers: [] } } as const;
    expect(whereOf(amend(anyOrder({ lines: [gift] }), line({ quantity: d("11") })))).toEqual([
      "add.gift_line at lines.0",
    ]);
  });

  it("rule 1: goods that work was done for need consent", () => {
    const command = { reason: "asked", ...line({ quantity: d("7") }) };
    const policy = { ...context, consentFrom: "picked" as const };
    expect(reasonsOf(amendOrder(anyOrder(spread), command, policy)).map(({ code }) => code)).toEqual([
      "cancel.consent_needed",
    ]);
    const agreed = granted(amendOrder(anyOrder(spread), { ...command, consent: "MAIL-7" }, policy));
    expect(agreed.events[0]?.details).toEqual({ reason: "asked", consent: "MAIL-7", fields: [], lineIds: ["SO-1-1"] });
  });

  it("rule 2: where and when, with papers and deliveries that follow", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { allocated: "10" } }, { quantities: { picked: "10" } }, {}],
    });
    const header = {
      shipToAddress: bremen,
      deliveryAreaPath: ["bremen"],
      requestedDeliveryDate: calendarDay("2026-03-09"),
    };
    const after = granted(amend(order, { header }));
    expect(after.order.header).toEqual({ ...order.header, ...header });
    expect(after.order.provenance).toEqual({
      shipToAddress: "given",
      deliveryAreaPath: "given",
      requestedDeliveryDate: "given",
    });
    expect(after.requests).toEqual([
      { type: "reprint", orderNo: "SO-1", document: "pick_list", cause: "amendment", lineIds: ["SO-1-1"] },
      { type: "reprint", orderNo: "SO-1", document: "packing_list", cause: "amendment", lineIds: ["SO-1-2"] },
      { type: "reprint", orderNo: "SO-1", document: "delivery_note", cause: "amendment", lineIds: ["SO-1-2"] },
      { type: "plan_delivery", orderNo: "SO-1", cause: "amendment", day: "2026-03-09" },
      { type: "notify_customer", orderNo: "SO-1", template: "order_amended" },
    ]);
    const narrow = { vehicleRestriction: { maxHeightMetres: decimal("2.5") } };
    const restricted = granted(amend(anyOrder(), { header: narrow }));
    expect(restricted.order.header.vehicleRestriction).toEqual(narrow.vehicleRestriction);
    expect(restricted.requests[0]).toEqual({ type: "plan_delivery", orderNo: "SO-1", cause: "amendment" });
    const open = granted(amend(restricted.order, { cleared: ["vehicleRestriction"] }));
    expect("vehicleRestriction" in open.order.header).toBe(false);
    const dated = anyOrder({ header: { requestedDeliveryDate: "2026-03-09" } });
    const undated = granted(amend(dated, { cleared: ["requestedDeliveryDate"] }));
    expect("requestedDeliveryDate" in undated.order.header).toBe(false);
    expect(undated.requests[0]).toEqual({ type: "plan_delivery", orderNo: "SO-1", cause: "amendment" });
  });

  test.each([
    [{ shipped: "10" }, "amend.goods_on_their_way"],
    [{ open: "4", shipped: "6" }, "amend.goods_on_their_way"],
    [{ open: "4", delivered: "6" }, undefined],
    [{ backfill: "4", delivered: "6" }, undefined],
    [{ delivered: "10" }, "amend.nothing_to_deliver"],
    [{ returned: "6", delivered: "4" }, "amend.nothing_to_deliver"],
  ])("rule 2: with %j, another address is answered %s", (quantities, code) => {
    const result = amend(anyOrder({ stage: "confirmed", lines: [{ quantities }] }), {
      header: { shipToAddress: bremen },
    });
    expect(result.ok ? undefined : result.issues[0]?.code).toBe(code);
  });

  it("rule 2: goods on the vehicle keep their address; a remark can change at any time", () => {
    const reservations = [{ warehouseId: "NORTH", quantities: { picked: "10" }, loaded: "1" }];
    const loaded = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" }, reservations }] });
    expect(reasonsOf(amend(loaded, { header: { deliveryWaveId: "AM", remark: "x" } }))[0]?.params).toEqual({
      fields: ["deliveryWaveId"],
      lineIds: ["SO-1-1"],
    });
    expect(amend(loaded, { header: { remark: "x" } }).ok).toBe(true);
    expect(amend(orderIn("collected"), { header: { remark: "x" } }).ok).toBe(true);
  });

  it("rule 3: price and discount of a line, priced as agreed", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ discount: { kind: "percent", percent: "10" }, allowance: "2.5", lineAmount: "22.5" }],
    });
    const totals = (part: Omit<LineAmendment, "lineId">) => granted(amend(order, line(part))).order.totals?.payable;
    expect(totals({ unitPrice: d("3") })).toBe("27");
    expect(totals({ discount: "none" })).toBe("25");
    expect(totals({ discount: { kind: "amount", amount: d("4.5") } })).toBe("20.5");
    expect(totals({ quantity: d("12"), unitPrice: d("3") })).toBe("32.4");
    expect(whereOf(amend(order, line({ discount: { kind: "amount", amount: d("26") } })))).toEqual([
      "price.discount_exceeds_amount at lines.0.discount",
    ]);
    const negative = line({ quantity: d("-3"), unitPrice: d("-1"), discount: { kind: "amount", amount: d("-2") } });
    expect(reasonsOf(amend(order, negative))).toEqual([
      {
        code: "amend.quantity_negative",
        path: ["lines", 0, "quantity"],
        params: { lineId: "SO-1-1", quantity: "-3" },
      },
      {
        code: "amend.negative",
        path: ["lines", 0, "unitPrice"],
        params: { lineId: "SO-1-1", field: "unitPrice", amount: "-1" },
      },
      {
        code: "amend.negative",
        path: ["lines", 0, "discount"],
        params: { lineId: "SO-1-1", field: "discount", amount: "-2" },
      },
    ]);
    expect(totals({ unitPrice: d("0"), discount: { kind: "percent", percent: d("0") } })).toBe("0");
    expect(whereOf(amend(order, line({ discount: { kind: "percent", percent: d("-0.1") } })))).toEqual([
      "amend.negative at lines.0.discount",
    ]);
    expect(
      whereOf(amend(anyOrder({ lines: [{ transactionCategory: "sample" }] }), line({ unitPrice: d("1") }))),
    ).toEqual(["amend.free_line at lines.0"]);
  });

  it("rule 3: a term of payment asks for prices; after an invoice, terms and prices stay", () => {
    const changed = granted(amend(anyOrder({ lines: [{}, {}] }), { header: { paymentTerm: "cash" } }));
    expect(changed.requests).toContainEqual({ type: "reprice", orderNo: "SO-1", lineIds: ["SO-1-1", "SO-1-2"] });
    const billed = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { open: "4", delivered: "6" } }],
      billing: { invoices: [invoice] },
    });
    expect(whereOf(amend(billed, { header: { paymentTerm: "cash" }, ...line({ unitPrice: d("3") }) }))).toEqual([
      "amend.already_invoiced at header",
      "amend.already_invoiced at lines.0",
    ]);
  });

  it("rule 4: what stays as it is is no amendment", () => {
    const order = anyOrder({ header: { remark: "x" } });
    const same = {
      header: { remark: "x", shipToAddress: { ...order.header.shipToAddress } },
      ...line({ quantity: d("10"), unitPrice: d("2.5"), discount: "none" }),
    };
    expect(whereOf(amend(order, same))).toEqual(["amend.nothing_changes at "]);
    expect(whereOf(amend(order, { cleared: ["paymentTerm"] }))).toEqual(["amend.nothing_changes at "]);
    expect(granted(amend(order, { ...same, header: { remark: "y" } })).events[0]?.changes).toEqual([
      { kind: "terms_set", header: { remark: "y" } },
    ]);
  });

  it("rule 5: a price below what promotions took is refused", () => {
    const adjustments = [
      { promotionId: "P", version: 1, amount: d("5"), shares: [{ quantity: d("10"), amount: d("5") }] },
    ];
    const promoted = anyOrder({ lines: [{ adjustments, allowance: "5", lineAmount: "20" }] });
    expect(reasonsOf(amend(promoted, line({ unitPrice: d("0.49") })))[0]).toEqual({
      code: "amend.promotions_exceed_amount",
      path: ["lines", 0],
      params: { lineId: "SO-1-1", amount: "4.9", taken: "5" },
    });
    expect(granted(amend(promoted, line({ unitPrice: d("0.5") }))).order.lines[0]?.lineAmount).toBe("0");
  });

  it("rule 6: a reviewed order is reviewed again", () => {
    expect(granted(amend(anyOrder({ stage: "reviewed" }), { header: { remark: "x" } })).order.stage).toBe("entered");
  });

  it("tells of everything that is wrong at once, with its place", () => {
    const command = {
      reason: "",
      header: { deliveryWaveId: "PM", customerPoNo: "\n", deliveryAreaPath: [""], remark: "x" },
      cleared: ["remark" as const],
      lines: [{ lineId: "NO-LINE" }, { lineId: "SO-1-1" }, { lineId: "SO-1-1" }],
    };
    expect(whereOf(amendOrder(anyOrder({ stage: "closed" }), command, context))).toEqual([
      "status.operation_not_allowed at status",
      "command.not_a_name at reason",
      "amend.set_and_cleared at cleared",
      "command.not_a_name at header.customerPoNo",
      "command.not_a_name at header.deliveryAreaPath 1",
      "enter.unknown_wave at header.deliveryWaveId",
      "amend.unknown_line at lines.0",
      "amend.listed_twice at lines.2",
    ]);
  });
});
