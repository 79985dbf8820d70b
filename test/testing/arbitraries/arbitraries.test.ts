import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compare, decimal, isDecimal, isPositive, scaleOf } from "../../../src/core/decimal.js";
import { isCalendarDay } from "../../../src/core/calendar-day.js";
import { isInstant } from "../../../src/core/instant.js";
import { applyChanges } from "../../../src/model/apply-changes.js";
import { BUCKET_EDGES, BUCKETS } from "../../../src/model/bucket.js";
import { ORDER_STATUSES } from "../../../src/model/order.js";
import { checkPromotion } from "../../../src/model/promotion/check-promotion.js";
import { checkPromotions } from "../../../src/model/promotion/check-promotions.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import {
  anyOrder,
  anyStock,
  arbitraryCalendarDay,
  arbitraryChangeChoice,
  arbitraryChanges,
  arbitraryCustomer,
  arbitraryDecimal,
  arbitraryInstant,
  arbitraryItem,
  arbitraryMoney,
  arbitraryOrder,
  arbitraryOrderDraft,
  arbitraryPromotion,
  arbitraryQuantity,
  arbitrarySource,
  arbitraryStock,
  arbitraryWorld,
  checkMoney,
  checkOrderConservation,
  checkOrderRecords,
  checkPlainData,
  checkReservationsMatch,
  checkStockLaws,
  legalChange,
} from "../../../src/testing/index.js";

describe("arbitrary values", () => {
  const values: readonly (readonly [string, fc.Arbitrary<unknown>, (value: unknown) => boolean])[] = [
    ["decimal", arbitraryDecimal(), isDecimal],
    [
      "decimal of a range",
      arbitraryDecimal({ min: "-0.5", max: "0.25", decimals: 4 }),
      (value) => isDecimal(value) && compare(value, decimal("-0.5")) >= 0 && compare(value, decimal("0.25")) <= 0,
    ],
    ["quantity", arbitraryQuantity(), (value) => isDecimal(value) && isPositive(value) && scaleOf(value) === 0],
    [
      "quantity with decimals",
      arbitraryQuantity({ max: "2", decimals: 3 }),
      (value) => isDecimal(value) && isPositive(value) && compare(value, decimal(2)) <= 0,
    ],
    [
      "money",
      arbitraryMoney({ currency: "KWD" }),
      (value) => isDecimal(value) && scaleOf(value) <= 3 && !value.startsWith("-"),
    ],
    ["instant", arbitraryInstant(), isInstant],
    ["calendar day", arbitraryCalendarDay(), isCalendarDay],
  ];
  test.each(values)("%s", (_name, arbitrary, isRight) => {
    fc.assert(fc.property(arbitrary, (value) => isRight(value)));
  });

  it("refuse an unknown currency and a bound with too many decimals", () => {
    expect(() => arbitraryMoney({ currency: "XYZ?" })).toThrow(RangeError);
    expect(() => arbitraryDecimal({ max: "0.001", decimals: 2 })).toThrow(RangeError);
  });
});

describe("arbitrary records are plain data", () => {
  test.each([
    ["customer", arbitraryCustomer()],
    ["item", arbitraryItem()],
    ["draft", arbitraryOrderDraft()],
    ["source", arbitrarySource()],
    ["stock", arbitraryStock()],
    ["order", arbitraryOrder()],
    ["world", arbitraryWorld()],
    ["promotion", arbitraryPromotion()],
    ["choice", arbitraryChangeChoice()],
  ] as readonly (readonly [string, fc.Arbitrary<unknown>])[])("%s", (_name, arbitrary) => {
    fc.assert(fc.property(arbitrary, (value) => checkPlainData(value).length === 0));
  });
});

describe("arbitrary orders and stock keep the laws", () => {
  it("orders", () => {
    fc.assert(
      fc.property(arbitraryOrder(), (order) => {
        expect([...checkOrderConservation(order), ...checkOrderRecords(order), ...checkMoney(order)]).toEqual([]);
      }),
    );
  });

  it("stock, and stock with orders", () => {
    fc.assert(
      fc.property(arbitraryStock(), arbitraryWorld(), (alone, { orders, stock }) => {
        expect([...checkStockLaws(alone), ...checkStockLaws(stock), ...checkReservationsMatch(orders, stock)]).toEqual(
          [],
        );
        expect(new Set(orders.map(({ orderNo }) => orderNo)).size).toBe(orders.length);
      }),
    );
  });

  it("keep to their bounds", () => {
    fc.assert(
      fc.property(arbitraryWorld({ maxOrders: 2, maxLines: 1, maxPositions: 0, maxSteps: 3 }), ({ orders, stock }) => {
        expect(orders.length).toBeLessThanOrEqual(2);
        expect(orders.every(({ lines }) => lines.length === 1)).toBe(true);
        expect(stock.length).toBeLessThanOrEqual(
          orders.reduce((all, { lines }) => all + (lines[0]?.reservations.length ?? 0), 0),
        );
      }),
    );
  });
});

describe("arbitrary promotions (mission 6.2)", () => {
  const kindsIn = (value: unknown): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([field, part]) =>
          field === "kind"
            ? [part as string]
            : kindsIn(part).map((kind) => (field === "of" ? kind : `${field} ${kind}`)),
        )
      : [];

  it("are sound by themselves, and beside each other where their ids differ", () => {
    const lists = fc.uniqueArray(arbitraryPromotion(), { selector: ({ promotionId }) => promotionId });
    fc.assert(fc.property(lists, (promotions) => checkPromotions(promotions).length === 0));
  });

  it("name what the test lets them name", () => {
    const bounds = {
      itemCodes: ["CUP"],
      categories: [],
      tags: ["own"],
      kinds: ["gift", "percentOff"] as const,
      currency: "JPY",
      lanes: ["till"],
    };
    fc.assert(
      fc.property(arbitraryPromotion(bounds), (promotion) => {
        expect(checkPromotion(promotion)).toEqual([]);
        expect(["gift", "percentOff"]).toContain(promotion.effect.kind);
        expect(["JPY", undefined]).toContain(promotion.currency);
        expect(["till", undefined]).toContain(promotion.combination.lane);
        expect(JSON.stringify(promotion)).not.toMatch(/TEA|categories|season/u);
      }),
    );
    expect(() => arbitraryPromotion({ currency: "XYZ?" })).toThrow(RangeError);
  });

  it("reach every kind of effect, reward, condition and selector, every limit and every combination", () => {
    const promotions = fc.sample(arbitraryPromotion({ lanes: ["till"] }), { seed: 11, numRuns: 3_000 });
    const effects = ["percentOff", "amountOff", "fixedPrice", "chargeOff", "tiers", "groups", "buyGet", "gift"];
    const rewards = ["payFor", "fixedSum", "percent", "amount", "downTo", "unitPrice"];
    const selectors = [
      ...["every", "items", "categories", "tags", "attribute", "quantity", "unitPrice", "couponItems"],
      ...["all", "any", "not"],
    ];
    const conditions = ["customer", "order", "lines", "nthOrder", "time", "all", "any", "not"];
    const reached = new Set(promotions.flatMap(kindsIn).map((kind) => kind.replace(/ \d+/gu, "")));
    const wanted = [
      ...effects.map((kind) => `effect ${kind}`),
      ...rewards.map((kind) => `effect reward ${kind}`),
      ...selectors.map((kind) => `effect which ${kind}`),
      ...conditions.map((kind) => `condition ${kind}`),
      ...["coupons codes", "coupons batch"],
    ];
    expect(wanted.filter((kind) => !reached.has(kind))).toEqual([]);
    const fields = (pick: (promotion: Promotion) => object | undefined): string[] =>
      [...new Set(promotions.flatMap((promotion) => Object.keys(pick(promotion) ?? {})))].sort();
    expect(fields(({ limits }) => limits)).toHaveLength(7);
    expect(fields(({ combination }) => combination)).toHaveLength(8);
    expect(fields(({ validity }) => validity)).toEqual(["from", "to"]);
    expect(promotions.some(({ currency }) => currency === undefined)).toBe(true);
  });
});

describe("arbitrary orders and changes reach everything", () => {
  // One seed for these, since they ask what turns up among many.
  const seed = { seed: 11, numRuns: 2_000 };

  it("every status, every bucket, loads, lots, shortages, holds and bills", () => {
    const orders = fc.sample(arbitraryOrder(), seed);
    const lines = orders.flatMap((order) => order.lines);
    expect(ORDER_STATUSES.filter((status) => !orders.some((order) => order.status === status))).toEqual([]);
    expect(BUCKETS.filter((bucket) => !lines.some(({ quantities }) => quantities[bucket] !== "0"))).toEqual([]);
    expect(lines.some(({ reservations }) => reservations.length > 1)).toBe(true);
    expect(
      lines.some(({ reservations }) =>
        reservations.some(({ loaded, lotNo }) => loaded !== undefined && lotNo !== undefined),
      ),
    ).toBe(true);
    expect(lines.some(({ shortages }) => shortages.length > 1)).toBe(true);
    expect(lines.some(({ orderedQty }) => orderedQty.includes("."))).toBe(true);
    expect(orders.some(({ holds }) => holds.some(({ lineId }) => lineId !== undefined))).toBe(true);
    expect(orders.some(({ billing }) => billing.payments.length > 0)).toBe(true);
  });

  it("every edge of the table and every other kind of change", () => {
    const lists = arbitraryOrder().chain((order) => arbitraryChanges(order, 30));
    const changes = fc.sample(lists, seed).flat();
    const edges = new Set(
      changes.flatMap((change) => (change.kind === "quantity_moved" ? [`${change.from} ${change.to}`] : [])),
    );
    expect(BUCKET_EDGES.filter(({ from, to }) => !edges.has(`${from} ${to}`))).toEqual([]);
    expect([...new Set(changes.map(({ kind }) => kind))].sort()).toEqual([
      "billing_set",
      "hold_set",
      "line_added",
      "promise_set",
      "quantity_added",
      "quantity_moved",
      "reservation_set",
    ]);
  });
});

describe("legalChange", () => {
  const choice = { kind: 0, line: 0, move: 0, place: 0, portion: 1000 };

  it("takes no more than bucket and place hold (rule 1)", () => {
    const order = anyOrder({
      lines: [
        {
          reservations: [
            { warehouseId: "NORTH", quantities: { shipped: "3" } },
            { warehouseId: "SOUTH", quantities: { shipped: "7" } },
          ],
        },
      ],
    });
    fc.assert(
      fc.property(arbitraryChangeChoice(), (any) => {
        expect(() => applyChanges(order, [legalChange(order, any)])).not.toThrow();
      }),
    );
  });

  it("takes from stock what is free there and nothing else (rule 2)", () => {
    const stock = anyStock({ onHand: "5", reserved: "3" }, { itemCode: "SALT" }, { warehouseId: "SOUTH", onHand: "0" });
    expect(legalChange(anyOrder(), choice, stock)).toMatchObject({
      to: "allocated",
      quantity: "2",
      source: { warehouseId: "NORTH" },
    });
    const reserved = Array.from({ length: 20 }, (_none, move) =>
      legalChange(anyOrder(), { ...choice, move }, stock),
    ).filter((change) => change.kind === "quantity_moved" && change.to === "allocated");
    expect(new Set(reserved.map((change) => JSON.stringify(change))).size).toBe(1);
  });

  it("orders more where nothing can move, and a line where there is none (rule 3)", () => {
    expect(legalChange(anyOrder({ lines: [{ quantities: { merged: "10" } }] }), choice).kind).toBe("quantity_added");
    expect(legalChange(anyOrder({ lines: [] }), choice).kind).toBe("line_added");
  });
});
