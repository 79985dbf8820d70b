import { describe, expect, it } from "vitest";
import { allocateOrder } from "../../../src/allocation/allocate-order.js";
import { postInvoice } from "../../../src/billing/post-invoice.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import { fullCounts } from "../../../src/fulfilment/floor-count.js";
import { recordDelivery } from "../../../src/fulfilment/record-delivery.js";
import { recordPick } from "../../../src/fulfilment/record-pick.js";
import { recordShipment } from "../../../src/fulfilment/record-shipment.js";
import { confirmOrder } from "../../../src/intake/confirm-order.js";
import { applyChanges } from "../../../src/model/apply-changes.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import { indexMasters } from "../../../src/model/masters.js";
import type { Order } from "../../../src/model/order.js";
import type { Outcome } from "../../../src/model/outcome.js";
import type { Gift } from "../../../src/model/promotion/promotion-effect.js";
import type { StockPosition } from "../../../src/model/stock.js";
import { priceOrder } from "../../../src/pricing/price-order.js";
import { compilePromotions } from "../../../src/pricing/promotions/compile-promotions.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import {
  anyContext,
  anyItem,
  anyOrder,
  anyPromotion,
  anyStock,
  checkOutcome,
  checkReservationsMatch,
} from "../../../src/testing/index.js";
import { granted } from "../../lifecycle/answers.js";

const CUPS: Gift = {
  kind: "gift",
  buy: { which: { kind: "items", in: ["TEA"] }, units: 5 },
  items: [
    { itemCode: "CUP", value: decimal("3") },
    { itemCode: "BAG", value: decimal("1") },
  ],
  units: decimal("1"),
  repeat: "everyTime",
  choose: "firstAvailable",
  category: "gift",
  whenShort: "backfill",
};
const today = calendarDay("2026-03-02");
const context = anyContext();
const masters = indexMasters({ items: ["TEA", "CUP", "BAG"].map((itemCode) => anyItem({ itemCode, name: itemCode })) });

/** A shop: orders of tea go out with a cup for every five packets. */
function shop(effect: Gift, cups: string) {
  const compiled = compilePromotions([anyPromotion({ currency: "EUR", effect })]);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  const pricing = {
    ...context,
    masters,
    policy: { rounding: "halfUp", givenPrice: "honour" } as const,
    promotions: { compiled: compiled.value },
  };
  let stock: readonly StockPosition[] = [
    ...anyStock({ itemCode: "TEA", onHand: "100" }),
    ...anyStock({ itemCode: "CUP", onHand: cups }),
    ...anyStock({ itemCode: "BAG", onHand: "50" }),
  ];
  let order: Order = anyOrder({ stage: "reviewed", lines: [{ orderedQty: "12" }] });
  const take = (outcome: Outcome): Order => {
    expect(checkOutcome(order, outcome)).toEqual([]);
    order = outcome.order;
    stock = applyMovements(stock, outcome.movements);
    expect(checkReservationsMatch([order], stock)).toEqual([]);
    return order;
  };
  const allocation = {
    ...context,
    today,
    policy: {
      priority: [],
      sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
      lots: "fifo" as const,
    },
  };
  take(granted(priceOrder(order, pricing)));
  take(granted(confirmOrder(order, context)));
  return { pricing, take, now: () => order, allocate: () => take(granted(allocateOrder(order, stock, allocation))) };
}

const giftOf = ({ lines }: Order, place = 1) => lines[place]!;

describe("a gift line lives like any other (mission 6.1, 6.8)", () => {
  it("is reserved, picked, shipped, delivered and billed at nothing", () => {
    const { allocate, take, now } = shop(CUPS, "9");
    expect(giftOf(allocate()).quantities).toMatchObject({ allocated: "2", open: "0" });
    take(granted(recordPick(now(), { counts: fullCounts(now(), "allocated") }, context)));
    take(granted(recordShipment(now(), { shipmentNo: "SH-1", what: "picked" }, context)));
    take(granted(recordDelivery(now(), {}, context)));
    const terms = { invoiceNo: "I-1", issuedOn: today, dueOn: today, rounding: "halfUp" as const };
    const billed = granted(postInvoice(now(), terms, context));
    expect(billed.invoice.lines.map(({ itemCode, quantity, amount }) => [itemCode, quantity, amount])).toEqual([
      ["TEA", "12", "30"],
      ["CUP", "2", "0"],
    ]);
  });

  it.each([
    ["backfill", { allocated: "1", backfill: "1", cancelled: "0" }],
    ["drop", { allocated: "1", backfill: "0", cancelled: "1" }],
    ["replace", { allocated: "1", open: "1", cancelled: "0" }],
  ] as const)("that is short follows its promotion: %s", (whenShort, expected) => {
    const { allocate } = shop({ ...CUPS, whenShort }, "1");
    expect(giftOf(allocate()).quantities).toMatchObject(expected);
  });

  it("is replaced by the next of the list when it cannot be had", () => {
    const { allocate, take, now, pricing } = shop({ ...CUPS, whenShort: "replace" }, "0");
    allocate();
    const promotions = { ...pricing.promotions, unavailableItems: new Set(["CUP"]) };
    const revised = take(granted(revisePromotions(now(), { cause: "short" }, { ...pricing, promotions })));
    expect(giftOf(revised).quantities).toMatchObject({ open: "0", cancelled: "2" });
    expect(giftOf(revised, 2)).toMatchObject({ itemCode: "BAG", orderedQty: "2", transactionCategory: "gift" });
  });

  it("goes with what earned it: reserved cups are released when the tea is cancelled", () => {
    const { allocate, take, now, pricing } = shop(CUPS, "9");
    allocate();
    const tea = now().lines[0]!;
    const [place] = tea.reservations;
    const gone = applyChanges(now(), [
      {
        kind: "quantity_moved",
        lineId: tea.lineId,
        from: "allocated",
        to: "cancelled",
        quantity: decimal("5"),
        source: { warehouseId: place!.warehouseId },
      },
    ]);
    const outcome = granted(revisePromotions(gone, { cause: "cancel" }, pricing));
    expect(checkOutcome(gone, outcome)).toEqual([]);
    expect(giftOf(outcome.order).quantities).toMatchObject({ allocated: "1", cancelled: "1" });
    expect(outcome.movements.map(({ kind, itemCode, quantity }) => [kind, itemCode, quantity])).toEqual([
      ["release", "CUP", "1"],
    ]);
    expect(take).toBeDefined();
  });
});
