import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { instant } from "../../src/core/instant.js";
import type { LocalTime } from "../../src/core/time-zone.js";
import { addToOrder, type AddToOrder } from "../../src/exceptions/add-to-order.js";
import { planAddOn, type AddOnRequest } from "../../src/exceptions/plan-add-on.js";
import { indexMasters } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import {
  anyContext,
  anyCustomer,
  anyItem,
  anyOrder,
  anyPriceEntry,
  anyPromotion,
  anyStock,
  given,
  type AnyOrder,
} from "../../src/testing/index.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";
import { orderIn } from "../lifecycle/order-in.js";
import { compiled } from "../pricing/promoted.js";

const d = decimal;
const masters = indexMasters({
  customers: [anyCustomer()],
  items: [
    anyItem(),
    anyItem({
      itemCode: "COFFEE",
      name: "Coffee",
      units: [{ uom: "CS", factor: { numerator: "12", denominator: "1" } }],
    }),
  ],
  prices: [anyPriceEntry(), anyPriceEntry({ itemCode: "COFFEE", uom: "CS", unitPrice: "30" })],
  deliveryWaves: [
    {
      deliveryWaveId: "AM",
      name: "Morning",
      cutOff: "10:00" as LocalTime,
      departure: "13:00" as LocalTime,
      timeZone: "Europe/Berlin",
    },
  ],
});
// 10:00 in Berlin is 09:00 in winter.
const at = (text: string) => ({
  ...anyContext({ at: instant(text) }),
  masters,
  addOn: { pickMinutes: 45 },
  pricing: { rounding: "halfUp" as const },
});
const context = at("2026-03-02T08:30:00Z");
const four: AddToOrder = { lines: [{ lineId: "SO-1-1", quantity: d("4") }] };
const order = (quantities: Record<string, string>, rest: AnyOrder = {}): Order =>
  anyOrder({ stage: "confirmed", header: { deliveryWaveId: "AM" }, lines: [{ quantities }], ...rest });

describe("addToOrder (mission 14.4; definition B19)", () => {
  it("rule 2: what is added is open, what was done stays done", () => {
    given(order({ allocated: "10" }), anyStock({ onHand: "10", reserved: "10" }))
      .when((before) => addToOrder(before, four, context))
      .then({
        status: "confirmed",
        quantities: { open: "4", allocated: "10" },
        events: ["add_on_joined"],
        requests: ["reprice", "notify_customer"],
      });
  });

  it("rule 3: more of a line at its own price and discount, a new line at the list price or the agreed one", () => {
    const before = anyOrder({
      stage: "confirmed",
      lines: [{ unitPrice: "2", discount: { kind: "percent", percent: "10" }, allowance: "2", lineAmount: "18" }],
    });
    const lines = [
      ...four.lines,
      { itemCode: "COFFEE", quantity: d("2"), uom: "CS" },
      {
        itemCode: "COFFEE",
        quantity: d("3"),
        unitPrice: d("1.11"),
        discount: { kind: "amount" as const, amount: d("0.33") },
      },
    ];
    const { order: after, events } = granted(addToOrder(before, { lines }, context));
    expect(
      after.lines.map(({ lineId, orderedQty, unitPrice, allowance, lineAmount }) => [
        lineId,
        orderedQty,
        unitPrice,
        allowance,
        lineAmount,
      ]),
    ).toEqual([
      ["SO-1-1", "14", "2", "2.8", "25.2"],
      ["SO-1-2", "2", "30", "0", "60"],
      ["SO-1-3", "3", "1.11", "0.33", "3"],
    ]);
    expect(after.totals).toEqual({ gross: "91.33", allowances: "3.13", net: "88.2", charges: "0", payable: "88.2" });
    expect(after.lines[1]?.quantities.open).toBe("24");
    expect(events[0]?.details).toEqual({ lineIds: ["SO-1-1", "SO-1-2", "SO-1-3"] });
  });

  it("rule 3: promotions stay what they were; the units that were added bear none, and the host is asked", () => {
    const promotions = { compiled: compiled(anyPromotion()) };
    const policy = { rounding: "halfUp", givenPrice: "honour" } as const;
    const before = granted(priceOrder(anyOrder(), { ...context, policy, promotions })).order;
    const { order: after, requests } = granted(addToOrder(before, four, context));
    const [was] = before.lines[0]?.adjustments ?? [];
    expect(was).toBeDefined();
    expect(after.promotions).toEqual(before.promotions);
    expect(after.lines[0]?.adjustments).toEqual([
      { ...was, shares: [...(was?.shares ?? []), { quantity: "4", amount: "0" }] },
    ]);
    expect(after.lines[0]?.lineAmount).toBe(String(Number(before.lines[0]?.lineAmount) + 10));
    expect(requests.map(({ type }) => type)).toEqual(["reprice", "notify_customer", "revise_promotions"]);
  });

  it("rule 3: an order that has no price yet waits for its first pricing", () => {
    const { order: after, requests } = granted(addToOrder(anyOrder({ totals: null }), four, context));
    expect(after.totals).toBeUndefined();
    expect(requests.map(({ type }) => type)).toEqual(["notify_customer"]);
    const unknown = addToOrder(
      anyOrder(),
      { lines: [{ itemCode: "COFFEE", quantity: d("1"), uom: "EA" }] },
      at("2026-03-02T08:00:00Z"),
    );
    expect(unknown.ok || unknown.issues.length).toBeTruthy();
  });

  it("rule 4: new lines are served on the terms of the first", () => {
    const before = anyOrder({
      lines: [{ partialAllowed: false, shortagePolicy: "backfillOnArrival", minimumRemainingLifeDays: 9 }],
    });
    const { order: after } = granted(addToOrder(before, { lines: [{ itemCode: "TEA", quantity: d("1") }] }, context));
    expect(after.lines[1]).toMatchObject({
      lineNo: 2,
      partialAllowed: false,
      shortagePolicy: "backfillOnArrival",
      minimumRemainingLifeDays: 9,
      transactionCategory: "sale",
    });
  });

  it("rule 5: a reviewed order is reviewed again, a confirmed one is not", () => {
    expect(granted(addToOrder(anyOrder({ stage: "reviewed" }), four, context)).order.stage).toBe("entered");
    expect(granted(addToOrder(order({}), four, context)).order.stage).toBe("confirmed");
  });

  test.each(["returnedForCorrection", "rejected", "shipped", "collected", "closed", "cancelled"] as const)(
    "rule 1: an order that is %s takes no more",
    (status) => {
      expect(whereOf(addToOrder(orderIn(status), four, context))).toContain("status.operation_not_allowed at status");
    },
  );

  test.each([
    ["2026-03-02T11:15:00Z", { allocated: "10" }, []],
    ["2026-03-02T11:15:01Z", { allocated: "10" }, ["add.no_time_to_pick"]],
    ["2026-03-02T08:59:59Z", { picked: "10" }, []],
    ["2026-03-02T09:00:00Z", { picked: "10" }, ["add.past_cut_off"]],
    ["2026-03-02T11:30:00Z", { open: "4", picked: "6" }, ["add.past_cut_off", "add.no_time_to_pick"]],
  ] as const)("is in time at %s with %j: %j", (time, quantities, codes) => {
    const result = addToOrder(order(quantities), four, at(time));
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(codes);
  });

  it("tells when the wave leaves, and how many minutes are left and needed", () => {
    const [reason] = reasonsOf(addToOrder(order({}), four, at("2026-03-02T11:30:30Z")));
    expect(reason?.params).toEqual({
      deliveryWaveId: "AM",
      departure: "2026-03-02T12:00:00.000Z",
      minutesLeft: 29,
      minutesNeeded: 45,
    });
  });

  test.each([
    [{ receivedAt: "2026-03-02T08:59:59.000Z" }, "2026-03-02T12:00:00.000Z"],
    [{ receivedAt: "2026-03-02T09:00:00.000Z" }, "2026-03-03T12:00:00.000Z"],
    [{ requestedDeliveryDate: "2026-03-06" }, "2026-03-04T12:00:00.000Z"],
  ])("knows the run that an order of %j leaves with", (header, departure) => {
    const before = order({}, { header: { deliveryWaveId: "AM", ...header } });
    const late = { ...at("2026-03-09T00:00:00Z"), addOn: { pickMinutes: 45, transitDays: 2 } };
    expect(reasonsOf(addToOrder(before, four, late))[0]?.params).toMatchObject({ departure });
  });

  it("without a wave there is time until goods are picked; an unknown wave has no time", () => {
    expect(addToOrder(order({ allocated: "10" }, { header: {} }), four, context).ok).toBe(true);
    expect(whereOf(addToOrder(order({ picked: "10" }, { header: {} }), four, context))).toEqual([
      "add.no_cut_off at header.deliveryWaveId",
    ]);
    expect(whereOf(addToOrder(order({}, { header: { deliveryWaveId: "PM" } }), four, context))).toEqual([
      "add.unknown_wave at header.deliveryWaveId",
    ]);
  });

  it("rule 1: holds on what lies ahead count, ended ones and holds on money do not", () => {
    const held = (state: "active" | "resolved", blocks: readonly ("pick" | "invoice")[]) =>
      addToOrder(order({}, { holds: [{ state, blocks }] }), four, context);
    expect(whereOf(held("active", ["pick"]))).toEqual(["add.on_hold at holds.0"]);
    expect(held("resolved", ["pick"]).ok).toBe(true);
    expect(held("active", ["invoice"]).ok).toBe(true);
  });

  it("tells of everything that is wrong at once, with its place", () => {
    const lines = [
      { lineId: "NO-LINE", quantity: d("1") },
      { lineId: "SO-1-1", quantity: d("-1") },
      { lineId: "SO-1-1", quantity: d("999999999999") },
      { itemCode: "NO-ITEM", quantity: d("1"), unitPrice: d("-1") },
      { itemCode: "TEA", quantity: d("0") },
      { itemCode: "TEA", quantity: d("1"), uom: "PAL", discount: { kind: "percent" as const, percent: d("-5") } },
    ];
    expect(whereOf(addToOrder(anyOrder({ stage: "closed" }), { lines }, context))).toEqual([
      "status.operation_not_allowed at status",
      "add.unknown_line at lines.0",
      "enter.quantity_not_positive at lines.1",
      "add.listed_twice at lines.2",
      "enter.quantity_out_of_range at lines.2",
      "add.negative at lines.3.unitPrice",
      "enter.unknown_item at lines.3",
      "enter.quantity_not_positive at lines.4",
      "add.negative at lines.5.discount",
      "enter.unknown_unit at lines.5",
    ]);
    expect(whereOf(addToOrder(anyOrder(), { lines: [] }, context))).toEqual(["add.no_lines at lines"]);
  });
});

describe("planAddOn (mission 14.4; definition B19)", () => {
  const request: AddOnRequest = { customerCode: "C-100", lines: [{ itemCode: "TEA", quantity: d("4") }] };
  const numbered = (orderNo: string, quantities: Record<string, string>, rest: AnyOrder = {}) =>
    order(quantities, { orderNo, ...rest });

  it("rule 3: the order with the least work takes it, and its command is granted", () => {
    const orders = [numbered("SO-1", { picked: "10" }), numbered("SO-2", { allocated: "10" }), numbered("SO-3", {})];
    const decided = (some: readonly Order[]) => {
      const plan = planAddOn(some, request, context);
      return plan.decision === "join" ? [plan.orderNo, plan.work] : [plan.decision];
    };
    expect(decided(orders)).toEqual(["SO-3", "amend"]);
    expect(decided(orders.slice(0, 2))).toEqual(["SO-2", "reallocate"]);
    expect(decided(orders.slice(0, 1))).toEqual(["SO-1", "pickAgain"]);
    expect(planAddOn([...orders].reverse(), request, context)).toEqual(planAddOn(orders, request, context));
    for (const taker of orders) {
      const plan = planAddOn([taker], request, context);
      expect(plan.decision === "join" && addToOrder(taker, plan.command, context).ok).toBe(true);
    }
  });

  it("rule 3: among equals, the one that was received first, then the smaller number", () => {
    const early = numbered("SO-9", {}, { header: { receivedAt: "2026-03-02T07:00:00.000Z" } });
    const plan = planAddOn([numbered("SO-2", {}), early, numbered("SO-1", {})], request, context);
    expect(plan).toMatchObject({
      orderNo: "SO-9",
      considered: [{ orderNo: "SO-9" }, { orderNo: "SO-1" }, { orderNo: "SO-2" }],
    });
  });

  it("rule 4: it adds to a line of the same item, unit and price, else it is a new line", () => {
    const lines = [
      { itemCode: "TEA", quantity: d("4") },
      { itemCode: "TEA", quantity: d("5") },
      { itemCode: "COFFEE", quantity: d("1"), uom: "CS" },
    ];
    const command = (one: AddOnRequest["lines"], before = anyOrder()) => {
      const plan = planAddOn([before], { ...request, lines: one }, context);
      return plan.decision === "join" ? plan.command.lines : plan;
    };
    expect(command(lines)).toEqual([{ lineId: "SO-1-1", quantity: "4" }, lines[1], lines[2]]);
    const [tea] = request.lines;
    expect(command([{ itemCode: "TEA", quantity: d("4"), unitPrice: d("2.5") }])).toEqual([
      { lineId: "SO-1-1", quantity: "4" },
    ]);
    expect(command([{ itemCode: "TEA", quantity: d("4"), unitPrice: d("2.4") }])).toHaveLength(1);
    expect(command([{ itemCode: "TEA", quantity: d("4"), unitPrice: d("2.4") }])).not.toEqual([
      { lineId: "SO-1-1", quantity: "4" },
    ]);
    expect(command(request.lines, anyOrder({ lines: [{ transactionCategory: "sample" }] }))).toEqual([tea]);
    expect(command(request.lines, anyOrder({ lines: [{ discount: { kind: "percent", percent: "5" } }] }))).toEqual([
      tea,
    ]);
  });

  it("rule 5: when none can take it, it is an order of its own, and each order's reasons are told", () => {
    const elsewhere = { street: "7 Quay", city: "Bremen", country: "DE" };
    const wanted = { ...request, shipToAddress: elsewhere, requestedDeliveryDate: calendarDay("2026-03-09") };
    const orders = [numbered("SO-1", { shipped: "10" }), numbered("SO-2", {}, { header: { customerCode: "C-7" } })];
    const plan = planAddOn(orders, wanted, context);
    expect(
      plan.decision === "newOrder" &&
        plan.considered.map(({ orderNo, obstacles }) => [orderNo, obstacles.map(({ code }) => code)]),
    ).toEqual([
      ["SO-1", ["add.other_address", "add.other_date", "status.operation_not_allowed"]],
      ["SO-2", ["add.other_customer", "add.other_address", "add.other_date"]],
    ]);
    expect(planAddOn([], request, context)).toEqual({ decision: "newOrder", considered: [] });
    const full = numbered("SO-1", {}, { lines: [{ orderedQty: "999999999998" }] });
    expect(planAddOn([full], request, context)).toMatchObject({
      decision: "newOrder",
      considered: [{ obstacles: [{ code: "enter.quantity_out_of_range" }] }],
    });
  });

  it("rule 2: address and date are the order's where the request is silent, whatever the order of fields", () => {
    const { street, city, postalCode, country } = {
      street: "1 Harbour Road",
      city: "Hamburg",
      postalCode: "20457",
      country: "DE",
    };
    const same = { ...request, shipToAddress: { country, city, postalCode, street } };
    expect(planAddOn([order({})], same, context).decision).toBe("join");
    const dated = order({}, { header: { requestedDeliveryDate: "2026-03-09" } });
    expect(planAddOn([dated], same, context).decision).toBe("join");
    expect(planAddOn([dated], { ...same, requestedDeliveryDate: calendarDay("2026-03-09") }, context).decision).toBe(
      "join",
    );
  });

  it("rule 1: what no order could hold is refused with every reason", () => {
    const plan = planAddOn([order({})], { customerCode: "NOBODY", lines: [] }, context);
    expect(plan).toMatchObject({
      decision: "refuse",
      issues: [{ code: "enter.unknown_customer" }, { code: "add.no_lines" }],
    });
  });
});
