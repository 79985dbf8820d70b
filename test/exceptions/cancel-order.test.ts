import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal, sum } from "../../src/core/decimal.js";
import { cancelOrder, type CancelOrder } from "../../src/exceptions/cancel-order.js";
import { planCancellation } from "../../src/exceptions/plan-cancellation.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import { indexMasters } from "../../src/model/masters.js";
import { ORDER_STATUSES } from "../../src/model/order.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import {
  anyContext,
  anyItem,
  anyOrder,
  anyPromotion,
  anyStock,
  arbitraryOrder,
  given,
  type AnyOrder,
} from "../../src/testing/index.js";
import { someCancellation } from "../laws/commands.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";
import { orderIn } from "../lifecycle/order-in.js";
import { compiled } from "../pricing/promoted.js";

const context = anyContext();
const d = decimal;
const all: CancelOrder = { reason: "no_longer_needed" };
const of = (quantity: string, lineId = "SO-1-1"): CancelOrder => ({
  ...all,
  lines: [{ lineId, quantity: d(quantity) }],
});
const spread: AnyOrder = {
  stage: "confirmed",
  lines: [
    {
      orderedQty: "21",
      quantities: { open: "1", deferred: "2", backfill: "3", allocated: "4", picked: "5", shipped: "6" },
    },
  ],
};

describe("cancelOrder (mission 14.1, 14.2, 14.3; definition B19)", () => {
  const CANCELLABLE = ["entered", "returnedForCorrection", "confirmed", "allocated", "picked"] as const;
  test.each(CANCELLABLE)("an order that is %s is cancelled whole, and every law holds", (status) => {
    const order = orderIn(status);
    const stock = {
      entered: {},
      returnedForCorrection: {},
      confirmed: {},
      allocated: { reserved: "10" },
      picked: { reserved: "10", picked: "10" },
    };
    given(order, anyStock(stock[status]))
      .when((before) => cancelOrder(before, all, context))
      .then({ status: "cancelled", quantities: { cancelled: "10" }, events: ["quantity_cancelled"] });
  });

  it("an order whose customer does not answer is cancelled, in part or whole, and what was paid is to be refunded", () => {
    const payments = [{ paymentId: "P-1", amount: "5", receivedAt: "2026-03-02T10:00:00.000Z" }];
    const order = anyOrder({ stage: "returnedForCorrection", billing: { payments } });
    const less = granted(cancelOrder(order, of("4"), context)).order;
    expect([less.status, less.lines[0]?.quantities.open]).toEqual(["returnedForCorrection", "6"]);
    const { order: none, requests } = granted(cancelOrder(less, all, context));
    expect(none.status).toBe("cancelled");
    expect(requests).toContainEqual({ type: "refund", orderNo: "SO-1", amount: "5" });
  });

  test.each(ORDER_STATUSES.filter((status) => !(CANCELLABLE as readonly string[]).includes(status)))(
    "an order that is %s has nothing to cancel, or may not be",
    (status) => {
      const codes = reasonsOf(cancelOrder(orderIn(status), all, context)).map(({ code }) => code);
      if (status === "shipped" || status === "collected") expect(codes).toEqual(["cancel.nothing_left"]);
      else expect(codes).toContain("status.operation_not_allowed");
    },
  );

  test.each([
    ["1", { deferred: "2", backfill: "3", allocated: "4", picked: "5" }],
    ["2", { deferred: "1", backfill: "3", allocated: "4", picked: "5" }],
    ["4", { backfill: "2", allocated: "4", picked: "5" }],
    ["7", { allocated: "3", picked: "5" }],
    ["10.5", { picked: "4.5" }],
    ["15", {}],
  ])("rule 2: %s of it go where there is least work behind them", (quantity, left) => {
    given(anyOrder(spread), anyStock({ onHand: "100", reserved: "9", picked: "5", inTransit: "6" }))
      .when((before) => cancelOrder(before, of(quantity), context))
      .then({ quantities: { ...left, shipped: "6", cancelled: quantity } });
  });

  it("rule 1: what has left the house stays; the open rest of a partly shipped order is given up in one command", () => {
    given(anyOrder(spread), anyStock({ onHand: "100", reserved: "9", picked: "5", inTransit: "6" }))
      .when((before) => cancelOrder(before, all, context))
      .then({ status: "shipped", quantities: { shipped: "6", cancelled: "15" } });
    expect(reasonsOf(cancelOrder(anyOrder(spread), of("15.01"), context))).toEqual([
      {
        code: "cancel.more_than_left",
        path: ["lines", 0],
        params: { lineId: "SO-1-1", quantity: "15.01", left: "15" },
      },
    ]);
  });

  it("rule 3: goods are put back in the reverse of the order in which they were picked", () => {
    const at = (binId: string, lotNo: string, picked: string) => ({
      warehouseId: "NORTH",
      binId,
      lotNo,
      quantities: { picked },
    });
    const order = anyOrder({
      stage: "confirmed",
      lines: [
        { orderedQty: "5", quantities: { picked: "5" }, reservations: [at("A-1", "L1", "2"), at("A-2", "L2", "3")] },
        { orderedQty: "4", itemCode: "RICE", quantities: { picked: "4" }, reservations: [at("B-1", "L3", "4")] },
      ],
    });
    const putAway = (command: CancelOrder) =>
      granted(cancelOrder(order, command, context)).movements.map(({ kind, binId, quantity }) => [
        kind,
        binId,
        quantity,
      ]);
    expect(putAway(all)).toEqual([
      ["put_back", "B-1", "4"],
      ["put_back", "A-2", "3"],
      ["put_back", "A-1", "2"],
    ]);
    // Of a part, what was picked last goes back.
    expect(putAway(of("4"))).toEqual([
      ["put_back", "A-2", "3"],
      ["put_back", "A-1", "1"],
    ]);
  });

  it("rule 4: goods that work was done for need consent, each line and bucket by itself", () => {
    const order = anyOrder(spread);
    const refused = (consentFrom: "allocated" | "picked") =>
      reasonsOf(cancelOrder(order, all, { ...context, consentFrom })).map(({ code, params }) => [code, params]);
    expect(refused("picked")).toEqual([
      ["cancel.consent_needed", { lineId: "SO-1-1", bucket: "picked", quantity: "5" }],
    ]);
    expect(refused("allocated")).toEqual([
      ["cancel.consent_needed", { lineId: "SO-1-1", bucket: "allocated", quantity: "4" }],
      ["cancel.consent_needed", { lineId: "SO-1-1", bucket: "picked", quantity: "5" }],
    ]);
    expect(cancelOrder(order, of("6"), { ...context, consentFrom: "allocated" }).ok).toBe(true);
    const agreed = granted(cancelOrder(order, { ...all, consent: "MAIL-7" }, { ...context, consentFrom: "allocated" }));
    expect(agreed.events[0]?.details).toEqual({ reason: "no_longer_needed", consent: "MAIL-7" });
  });

  it("rule 5: papers are printed anew for the lines concerned, and the customer is told", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { open: "10" } }, { quantities: { allocated: "10" } }, { quantities: { picked: "10" } }],
    });
    expect(granted(cancelOrder(order, all, context)).requests).toEqual([
      { type: "reprint", orderNo: "SO-1", document: "pick_list", cause: "cancellation", lineIds: ["SO-1-2"] },
      { type: "reprint", orderNo: "SO-1", document: "packing_list", cause: "cancellation", lineIds: ["SO-1-3"] },
      { type: "reprint", orderNo: "SO-1", document: "delivery_note", cause: "cancellation", lineIds: ["SO-1-3"] },
      { type: "notify_customer", orderNo: "SO-1", template: "quantity_cancelled" },
    ]);
    expect(granted(cancelOrder(order, of("3"), context)).requests.map(({ type }) => type)).toEqual(["notify_customer"]);
  });

  it("rule 5: money that was paid ahead comes back when nothing is left", () => {
    const paid = anyOrder({
      stage: "confirmed",
      billing: { payments: [{ paymentId: "P-1", amount: "25", receivedAt: "2026-03-01T10:00:00.000Z" }] },
    });
    expect(granted(cancelOrder(paid, all, context)).requests).toContainEqual({
      type: "refund",
      orderNo: "SO-1",
      amount: "25",
    });
    const half = granted(cancelOrder(paid, of("5"), context)).requests.map(({ type }) => type);
    expect(half).not.toContain("refund");
  });

  it("rule 5: promotions are to be worked out again, unless nothing is left", () => {
    const promotions = { compiled: compiled(anyPromotion()) };
    const masters = indexMasters({ items: [anyItem()] });
    const policy = { rounding: "halfUp", givenPrice: "honour" } as const;
    const order = granted(priceOrder(anyOrder(), { ...context, masters, policy, promotions })).order;
    const asked = (command: CancelOrder) =>
      granted(cancelOrder(order, command, context)).requests.filter(({ type }) => type === "revise_promotions");
    expect(asked(of("4"))).toEqual([{ type: "revise_promotions", orderNo: "SO-1", cause: "cancel" }]);
    expect(asked(all)).toEqual([]);
  });

  it("tells of everything that is wrong at once", () => {
    const line = (lineId: string, quantity: string) => ({ lineId, quantity: d(quantity) });
    const lines = [
      line("SO-1-1", "1"),
      line("SO-1-1", "2"),
      line("SO-1-9", "1"),
      line("SO-1-2", "0"),
      line("SO-1-3", "11"),
    ];
    const order = anyOrder({ stage: "closed", lines: [{}, {}, {}] });
    expect(
      reasonsOf(cancelOrder(order, { reason: " ", lines }, context)).map(({ code, path }) => [code, ...path]),
    ).toEqual([
      ["status.operation_not_allowed", "status"],
      ["command.not_a_name", "reason"],
      ["cancel.listed_twice", "lines", 1],
      ["cancel.unknown_line", "lines", 2],
      ["cancel.quantity_not_positive", "lines", 3],
      ["cancel.more_than_left", "lines", 4],
    ]);
    expect(reasonsOf(cancelOrder(anyOrder(), { ...all, lines: [] }, context))).toEqual([
      { code: "cancel.no_lines", path: ["lines"], params: { orderNo: "SO-1" } },
    ]);
  });

  it("undoes an allocation and a pick exactly: stock is what it was (compensation)", () => {
    const amount = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(amount, amount, amount, fc.boolean(), (ordered, first, second, isPicked) => {
        const stock = [
          ...anyStock({ warehouseId: "NORTH", binId: "A", onHand: String(first) }),
          ...anyStock({ warehouseId: "NORTH", binId: "B", onHand: String(second) }),
        ];
        const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: String(ordered) }] });
        const policy = {
          priority: [],
          sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
          lots: "fifo" as const,
        };
        const allocated = granted(
          allocateOrder(order, stock, { ...context, policy, today: calendarDay("2026-03-02") }),
        );
        const picked = isPicked
          ? granted(recordPick(allocated.order, { counts: fullCounts(allocated.order, "allocated") }, context))
          : undefined;
        const before = picked?.order ?? allocated.order;
        const cancelled = granted(cancelOrder(before, all, context));
        const movements = [...allocated.movements, ...(picked?.movements ?? []), ...cancelled.movements];
        expect(applyMovements(stock, movements)).toEqual(stock);
        expect(cancelled.order.status).toBe("cancelled");
      }),
    );
  });
});

describe("planCancellation (mission 14.3)", () => {
  const costs = {
    open: { perLine: d("0.50") },
    allocated: { perUnit: d("0.125") },
    picked: { perLine: d("1.50"), perUnit: d("0.12") },
  };

  it("says what work is lost, part by part, and whether anything is left", () => {
    const plan = granted(planCancellation(anyOrder(spread), of("13"), costs));
    expect(plan).toEqual({
      parts: [
        { lineId: "SO-1-1", bucket: "open", quantity: "1", sunkCost: "0.5" },
        { lineId: "SO-1-1", bucket: "deferred", quantity: "2", sunkCost: "0" },
        { lineId: "SO-1-1", bucket: "backfill", quantity: "3", sunkCost: "0" },
        { lineId: "SO-1-1", bucket: "allocated", quantity: "4", sunkCost: "0.5" },
        { lineId: "SO-1-1", bucket: "picked", quantity: "3", sunkCost: "1.86" },
      ],
      sunkCost: "2.86",
      isWhole: false,
    });
    // Half a cent is rounded up.
    expect(
      granted(
        planCancellation(
          anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] }),
          of("1"),
          costs,
        ),
      ).sunkCost,
    ).toBe("0.13");
  });

  it("is whole when nothing is left: not while something is on its way or has come", () => {
    const whole = (order: AnyOrder) =>
      granted(planCancellation(anyOrder({ stage: "confirmed", ...order }), all, {})).isWhole;
    expect(whole({ lines: [{ quantities: { picked: "10" } }, { quantities: { open: "10" } }] })).toBe(true);
    expect(whole({ lines: [{ quantities: { open: "4", cancelled: "6" } }] })).toBe(true);
    expect(whole({ lines: [{ quantities: { open: "4", delivered: "6" } }] })).toBe(false);
    expect(whole(spread)).toBe(false);
  });

  it("rule 3: says of each part whose consent is needed, by the bucket that it stands in", () => {
    const asked = (consentFrom?: "allocated" | "picked") =>
      granted(planCancellation(anyOrder(spread), of("13"), {}, consentFrom === undefined ? {} : { consentFrom }))
        .parts.filter(({ consentOf }) => consentOf !== undefined)
        .map(({ bucket, quantity, consentOf }) => [bucket, quantity, consentOf]);
    expect(asked()).toEqual([]);
    expect(asked("picked")).toEqual([["picked", "3", "C-100"]]);
    expect(asked("allocated")).toEqual([
      ["allocated", "4", "C-100"],
      ["picked", "3", "C-100"],
    ]);
  });

  it("rules 1 and 3: takes what cancelOrder takes, and names exactly the parts for which that asks for consent", () => {
    let needed = 0;
    const world = arbitraryOrder().chain((order) => fc.tuple(fc.constant(order), someCancellation(order)));
    fc.assert(
      fc.property(world, ([order, [command, policy]]) => {
        const { consent: _consent, ...bare } = command;
        const plan = planCancellation(order, command, {}, policy);
        const agreed = cancelOrder(order, { ...command, consent: "MAIL-7" }, { ...context, ...policy });
        expect(plan.ok).toBe(agreed.ok);
        if (!plan.ok || !agreed.ok) return;
        const quantityAt = (parts: readonly { lineId: string; bucket: string; quantity: string }[]) =>
          parts.map(({ lineId, bucket, quantity }) => `${lineId} ${bucket} ${quantity}`);
        const refused = cancelOrder(order, bare, { ...context, ...policy });
        const asked = refused.ok ? [] : refused.issues.map(({ params }) => params as never);
        const named = plan.value.parts.filter(({ consentOf }) => consentOf !== undefined);
        expect(quantityAt(named)).toEqual(quantityAt(asked));
        expect(named.every(({ consentOf }) => consentOf === order.header.customerCode)).toBe(true);
        needed += named.length;
        const moved = agreed.value.events[0]!.changes.flatMap((change) =>
          change.kind === "quantity_moved" ? [change.quantity] : [],
        );
        expect(sum(plan.value.parts.map(({ quantity }) => quantity))).toBe(sum(moved));
      }),
      { numRuns: 300 },
    );
    expect(needed).toBeGreaterThan(20);
  });

  it("is refused where the cancellation would be", () => {
    expect(reasonsOf(planCancellation(orderIn("closed"), of("1"), {})).map(({ code }) => code)).toEqual([
      "status.operation_not_allowed",
      "cancel.more_than_left",
    ]);
    expect(reasonsOf(planCancellation(orderIn("shipped"), all, {})).map(({ code }) => code)).toEqual([
      "cancel.nothing_left",
    ]);
  });
});
