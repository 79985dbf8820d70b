import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { applyChanges } from "../../src/model/apply-changes.js";
import { decimal, fromUnits, ROUNDING_MODES, sum } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { confirmOrder } from "../../src/intake/confirm-order.js";
import type { Order } from "../../src/model/order.js";
import type { Promotion } from "../../src/model/promotion/promotion.js";
import { explainOrderPromotions } from "../../src/pricing/explain-order-promotions.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { sumPromotionUsage } from "../../src/pricing/promotions/promotion-usage-totals.js";
import {
  anyContext,
  anyCoupon,
  anyOrder,
  anyPriceEntry,
  anyStock,
  checkOutcome,
  deepFreeze,
  given,
  type AnyOrder,
} from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";
import {
  compiled,
  compiledUnder,
  confirmed,
  cups,
  delivered,
  items,
  moneyOff,
  percentOff,
  pricing,
  promoted,
  promotion,
  revision,
  THREE_FOR_TWO,
} from "./promoted.js";

const bare = (part: AnyOrder = {}) => anyOrder({ stage: "reviewed", totals: null, ...part });
const TEN = promotion(percentOff("10"));
const CUPS = promotion(cups(), { promotionId: "CUPS", name: "A cup for five" });

/** Prices an order with promotions; every law is held against the outcome. */
function price(order: Order, promotions: readonly Promotion[], part: Parameters<typeof pricing>[1] = {}) {
  const outcome = granted(priceOrder(deepFreeze(order), pricing(compiled(...promotions), part)));
  expect(checkOutcome(order, outcome)).toEqual([]);
  return outcome;
}

describe("priceOrder with promotions, rule 8: money (mission 6.1, 6.6)", () => {
  it("writes what each took off, by line and by unit, and what the order remembers", () => {
    const order = bare({
      lines: [
        { orderedQty: "3", unitPrice: "10" },
        { itemCode: "RICE", orderedQty: "2" },
      ],
    });
    const { order: after, events } = price(order, [
      promotion(THREE_FOR_TWO, { effect: { ...THREE_FOR_TWO, which: items("TEA") } }),
      promotion(moneyOff("1"), {
        promotionId: "P-2",
        version: 3,
        name: "One off",
        combination: { priority: 20, base: "running", discountedLines: "include" },
      }),
    ]);
    expect(after.lines.map(({ lineAmount, allowance }) => [lineAmount, allowance])).toEqual([
      ["19.2", "10.8"],
      ["4.8", "0.2"],
    ]);
    expect(after.lines[0]?.adjustments).toEqual([
      {
        promotionId: "P-1",
        version: 1,
        amount: "10",
        shares: [
          { quantity: "2", amount: "0" },
          { quantity: "1", amount: "10" },
        ],
      },
      {
        promotionId: "P-2",
        version: 3,
        amount: "0.8",
        shares: [
          { quantity: "2", amount: "0.8" },
          { quantity: "1", amount: "0" },
        ],
      },
    ]);
    expect(after.promotions).toEqual({
      asOf: "2026-03-02T09:00:00.000Z",
      applied: [
        { promotionId: "P-1", version: 1, name: "Ten percent", amount: "10", units: "1", uses: "giveBack" },
        { promotionId: "P-2", version: 3, name: "One off", amount: "1", units: "5", uses: "giveBack" },
      ],
      charges: [],
    });
    expect(after.totals).toEqual({ gross: "35", allowances: "11", net: "24", charges: "0", payable: "24" });
    expect(events[0]?.details).toEqual({ payable: "24" });
  });

  it("takes off what is left after the agreed discounts", () => {
    const line = { unitPrice: "2.5", discount: { kind: "percent", percent: "20" } as const };
    const { lines, totals } = price(bare({ lines: [line] }), [TEN]).order;
    expect([lines[0]?.lineAmount, lines[0]?.allowance, totals?.payable]).toEqual(["18", "7", "18"]);
  });

  it("leaves an agreed discount alone where the promotion wants undiscounted lines", () => {
    const line = { discount: { kind: "amount", amount: "5" } as const };
    const skip = { ...TEN, combination: { ...TEN.combination, discountedLines: "skip" as const } };
    const { lines } = price(bare({ lines: [line, {}] }), [skip]).order;
    expect(lines.map(({ lineAmount }) => lineAmount)).toEqual(["20", "22.5"]);
  });

  test.each([
    ["no floor", {}, "12.5"],
    ["a floor for each piece", { floorPrice: decimal("2") }, "20"],
    ["a floor above the price", { floorPrice: decimal("3") }, "25"],
  ])("no line falls below the floor of the price structure: %s (mission 6.6)", (_what, floor, amount) => {
    const masters = { prices: [{ ...anyPriceEntry(), ...floor }] };
    for (const policy of [{ givenPrice: "honour" }, { givenPrice: "replace" }] as const) {
      const { lines } = price(bare(), [promotion(percentOff("50"))], { masters, policy }).order;
      expect(lines[0]?.lineAmount).toBe(amount);
    }
  });

  it("a floor in the base unit counts for the unit of the order (mission 6.6)", () => {
    const masters = { prices: [{ ...anyPriceEntry(), floorPrice: decimal("2.25") }] };
    const line = {
      orderedQty: "2",
      uom: "CS",
      unitFactor: { numerator: "12", denominator: "1" },
      unitPrice: null,
    };
    const { lines } = price(bare({ lines: [line] }), [promotion(percentOff("50"))], { masters }).order;
    expect([lines[0]?.unitPrice, lines[0]?.lineAmount]).toEqual(["30", "54"]);
  });

  it("takes something off charges, and never below zero (mission 6.6)", () => {
    const header = {
      charges: [
        { kind: "handling", amount: "1" },
        { kind: "freight", amount: "4.9" },
      ],
    } as const;
    const freight = (amount: string, promotionId: string) =>
      promotion(
        { kind: "chargeOff", charges: ["freight"], reward: { kind: "amount", amount: decimal(amount) } },
        { promotionId },
      );
    const { totals, promotions } = price(bare({ header }), [freight("3", "A"), freight("3", "B")]).order;
    expect(totals).toEqual({ gross: "25", allowances: "0", net: "25", charges: "1", payable: "26" });
    expect(promotions?.charges).toEqual([
      { promotionId: "A", version: 1, charge: 1, amount: "3" },
      { promotionId: "B", version: 1, charge: 1, amount: "1.9" },
    ]);
  });

  test.each([
    ["JPY", "33", "33"],
    ["EUR", "0.33", "0.33"],
    ["KWD", "0.333", "0.333"],
  ])("in %s shares are whole minor units", (currency, amount, expected) => {
    const order = bare({ header: { currency }, lines: [{ orderedQty: "1", unitPrice: "100" }] });
    const off = promotion(
      { kind: "amountOff", which: items("TEA"), amount: decimal(amount), per: "line" },
      { currency },
    );
    expect(price(order, [off]).order.lines[0]?.adjustments?.[0]?.amount).toBe(expected);
  });

  it("rounds percentages to the minor unit of the currency", () => {
    const of = (currency: string) => {
      const order = bare({ header: { currency }, lines: [{ orderedQty: "1", unitPrice: "101" }] });
      return price(order, [{ ...promotion(percentOff("12.345")), currency }]).order.lines[0]?.lineAmount;
    };
    expect(["JPY", "EUR", "KWD"].map(of)).toEqual(["89", "88.53", "88.532"]);
  });

  it("throws where prices and promotions are rounded in two ways: the caller's fault", () => {
    const other = [
      compiledUnder({ rounding: "down" }, TEN),
      compiledUnder({ decimals: 3 }, TEN),
      compiledUnder({ decimals: 0 }, { ...TEN }),
    ];
    for (const promotions of other) expect(() => priceOrder(bare(), pricing(promotions))).toThrow(RangeError);
    const alike = compiledUnder({ decimals: 3 }, TEN);
    expect(priceOrder(bare(), pricing(alike, { policy: { decimals: 3 } })).ok).toBe(true);
  });

  it("refuses an order that promotions cannot be worked out for", () => {
    const order = bare({ lines: [{ orderedQty: "9007199254740992", unitPrice: "0" }] });
    expect(reasonsOf(priceOrder(order, pricing(compiled(TEN))))).toEqual([
      { code: "cart.out_of_range", path: ["lines", 0], params: { lineId: "SO-1-1" } },
    ]);
  });

  it("asks items and customers for what promotions ask of them (mission 6.2)", () => {
    const drinks = promotion(percentOff("10", { kind: "categories", in: ["drinks"] }));
    expect(price(bare({ lines: [{}, { itemCode: "RICE" }] }), [drinks]).order.totals?.allowances).toBe("2.5");
    const first = promotion(percentOff("10"), { condition: { kind: "nthOrder", to: 1 } });
    const allowed = (earlierOrders: number | undefined) => {
      const facts = { compiled: compiled(first), ...(earlierOrders === undefined ? {} : { earlierOrders }) };
      return granted(priceOrder(bare(), pricing(facts))).order.totals?.allowances;
    };
    expect([allowed(undefined), allowed(0), allowed(1)]).toEqual(["0", "2.5", "0"]);
  });

  it("counts the codes that come with the order (mission 6.3)", () => {
    const batch = promotion(moneyOff("2"), { coupons: { kind: "batch", batchId: "B-1" } });
    const order = bare({ header: { couponCodes: ["TEA-7"] } });
    const facts = { compiled: compiled(batch), coupons: new Map([["TEA-7", anyCoupon()]]) };
    const { promotions, lines } = granted(priceOrder(order, pricing(facts))).order;
    expect([promotions?.applied[0]?.code, lines[0]?.adjustments?.[0]?.code]).toEqual(["TEA-7", "TEA-7"]);
    expect(price(order, [batch]).order.totals?.allowances).toBe("0");
  });
});

describe("priceOrder with promotions, rule 8: gifts (mission 6.1, 6.8)", () => {
  const giftOf = ({ lines }: Order) => lines.find((line) => line.giftOf !== undefined);

  it("adds a line of its own, open, at no price, that says where it comes from", () => {
    given(bare())
      .when((order) => priceOrder(order, pricing(compiled(CUPS))))
      .then({
        status: "entered",
        quantities: [{ open: "10" }, { open: "2" }],
        events: ["order_priced"],
        requests: ["post_promotion_usage"],
      });
    const { order } = price(bare(), [CUPS]);
    expect(giftOf(order)).toMatchObject({
      lineId: "SO-1-2",
      lineNo: 2,
      itemCode: "CUP",
      itemName: "Cup",
      transactionCategory: "gift",
      orderedQty: "2",
      uom: "EA",
      unitPrice: "0",
      lineAmount: "0",
      shortagePolicy: "backfillOnArrival",
      giftOf: { promotionId: "CUPS", version: 1, triggers: ["SO-1-1"] },
    });
    expect(order.promotions?.applied[0]).toMatchObject({ amount: "0", units: "2" });
    expect(order.totals?.payable).toBe("25");
  });

  test.each([
    ["drop", "cancelRemainder"],
    ["replace", "leaveOpen"],
  ] as const)("a gift that is short is treated as the promotion says: %s", (whenShort, shortagePolicy) => {
    const { order } = price(bare(), [promotion(cups({ whenShort }))]);
    expect(giftOf(order)?.shortagePolicy).toBe(shortagePolicy);
  });

  it("an exchange is a line of its own category (mission 6.3)", () => {
    const { buy: _buy, ...swap } = cups({ category: "exchange" });
    const { order } = price(bare({ header: { couponCodes: ["SWAP"] } }), [
      promotion(swap, { coupons: { kind: "codes", codes: ["SWAP"] } }),
    ]);
    expect(giftOf(order)).toMatchObject({ transactionCategory: "exchange", giftOf: { triggers: [] } });
  });

  it("grows with what is bought, on the line that is there", () => {
    const { order } = price(bare(), [CUPS]);
    const more = { ...order, lines: order.lines.map((line) => grown(line, "10")) };
    const { order: after } = price(more, [CUPS]);
    expect(after.lines.map(({ orderedQty }) => orderedQty)).toEqual(["20", "4"]);
    const again = price(after, [CUPS]).order;
    expect(again.lines.map(({ quantities }) => quantities.open)).toEqual(["20", "4"]);
  });

  it("is cancelled when it is no longer earned, what is furthest from leaving first", () => {
    const order = price(bare(), [CUPS]).order;
    const line = {
      ...giftOf(order)!,
      quantities: { ...giftOf(order)!.quantities, open: decimal("1"), allocated: decimal("1") },
      reservations: [{ warehouseId: "NORTH", quantities: { allocated: decimal("1") } }],
    };
    const held = { ...order, lines: [order.lines[0]!, line] };
    const once = promotion(cups({ maxUnits: decimal("1") }), { promotionId: "CUPS" });
    given(held)
      .when((now) => priceOrder(now, pricing(compiled(once))))
      .then({ quantities: [{ open: "10" }, { allocated: "1", cancelled: "1" }] });
  });

  it("gives allocated stock free when it is cancelled, at the place where it was (mission 6.8)", () => {
    const order = price(bare(), [CUPS]).order;
    const gift = giftOf(order)!;
    const places = [
      { warehouseId: "NORTH", lotNo: "L1", quantities: { allocated: decimal("1") } },
      { warehouseId: "SOUTH", quantities: { picked: decimal("1") } },
    ];
    const line = {
      ...gift,
      quantities: { ...gift.quantities, open: decimal("0"), allocated: decimal("1"), picked: decimal("1") },
      reservations: places,
    };
    const held: Order = { ...order, lines: [order.lines[0]!, line] };
    const stock = anyStock(
      { itemCode: "CUP", warehouseId: "NORTH", lotNo: "L1", onHand: "5", reserved: "1" },
      { itemCode: "CUP", warehouseId: "SOUTH", onHand: "5", reserved: "1", picked: "1" },
    );
    given(held, stock)
      .when((now) => priceOrder(now, pricing(compiled(TEN))))
      .then({
        quantities: [{ open: "10" }, { cancelled: "2" }],
        stock: [
          ["5", "0"],
          ["5", "0"],
        ],
      });
  });

  it("comes in the unit that the promotion names, exactly or not at all", () => {
    const of = (itemCode: string, uom: string, units = "2") =>
      promotion(cups({ items: [{ itemCode, uom }], units: decimal(units) }));
    const { order } = price(bare(), [of("BAG", "CS")]);
    expect(giftOf(order)).toMatchObject({ uom: "CS", orderedQty: "4", quantities: { open: "48" } });
    expect(reasonsOf(priceOrder(bare(), pricing(compiled(of("CUP", "THIRD", "1")))))).toEqual([
      {
        code: "gift.unit_not_possible",
        path: ["gifts", 0],
        params: { promotionId: "P-1", itemCode: "CUP", quantity: "2", uom: "THIRD" },
      },
    ]);
    expect(reasonsOf(priceOrder(bare(), pricing(compiled(of("CUP", "PAL"))))).map(({ code }) => code)).toEqual([
      "gift.unit_not_possible",
    ]);
  });

  it("grows on the line that is there only to what its unit can hold exactly", () => {
    const thirds = promotion(
      cups({ items: [{ itemCode: "CUP", uom: "THIRD" }], units: decimal("3"), maxUnits: decimal("4") }),
    );
    const { order } = price(bare({ lines: [{ orderedQty: "5" }] }), [thirds]);
    expect(giftOf(order)).toMatchObject({ uom: "THIRD", orderedQty: "3", quantities: { open: "1" } });
    const more = applyChanges(order, [{ kind: "quantity_added", lineId: "SO-1-1", quantity: decimal("5") }]);
    expect(reasonsOf(priceOrder({ ...more, version: 3 }, pricing(compiled(thirds))))).toEqual([
      {
        code: "gift.unit_not_possible",
        path: ["gifts", 0],
        params: { promotionId: "P-1", itemCode: "CUP", quantity: "4", uom: "THIRD" },
      },
    ]);
  });

  it("is refused where there is no file of items at all", () => {
    const { masters, ...context } = pricing(compiled(promotion(cups())));
    const { items: _none, ...rest } = masters;
    expect(reasonsOf(priceOrder(bare(), { ...context, masters: rest })).map(({ code }) => code)).toEqual([
      "gift.unknown_item",
    ]);
  });

  it("is refused when nobody knows the item, and the order stays as it was", () => {
    const soap = promotion(cups({ items: [{ itemCode: "SOAP" }] }));
    expect(reasonsOf(priceOrder(deepFreeze(bare()), pricing(compiled(soap))))).toEqual([
      { code: "gift.unknown_item", path: ["gifts", 0], params: { promotionId: "P-1", itemCode: "SOAP" } },
    ]);
  });

  it("is the customer's choice, or the next that can be had (mission 6.1)", () => {
    const both = [{ itemCode: "CUP" }, { itemCode: "BAG" }];
    const chosen = bare({ header: { giftChoices: { "P-1": "BAG" } } });
    const of = (order: Order, choose: "customer" | "firstAvailable", unavailable: readonly string[] = []) => {
      const facts = {
        compiled: compiled(promotion(cups({ items: both, choose }))),
        unavailableItems: new Set(unavailable),
      };
      return giftOf(granted(priceOrder(order, pricing(facts))).order)?.itemCode;
    };
    expect([of(chosen, "customer"), of(bare(), "customer"), of(chosen, "customer", ["BAG"])]).toEqual([
      "BAG",
      undefined,
      undefined,
    ]);
    expect([of(bare(), "firstAvailable"), of(bare(), "firstAvailable", ["CUP"])]).toEqual(["CUP", "BAG"]);
  });

  it("of two promotions are two lines, of one promotion one line", () => {
    const { lines } = price(bare(), [CUPS, promotion(cups(), { promotionId: "MORE" })]).order;
    // Five pieces of tea each: what the first used as bought, the second cannot use again.
    expect(lines.map(({ itemCode, orderedQty, giftOf: from }) => [itemCode, orderedQty, from?.promotionId])).toEqual([
      ["TEA", "10", undefined],
      ["CUP", "2", "CUPS"],
    ]);
    const { buy: _buy, ...free } = cups();
    const two = price(bare(), [promotion(free, { promotionId: "A" }), promotion(free, { promotionId: "B" })]).order;
    expect(two.lines.map(({ lineId }) => lineId)).toEqual(["SO-1-1", "SO-1-2", "SO-1-3"]);
  });

  test.each([
    ["takeBack", [{ type: "take_back_gift", orderNo: "SO-1", lineId: "SO-1-2", quantity: "2" }]],
    ["keep", []],
    ["charge", [{ type: "correct_billing", orderNo: "SO-1", credit: "0", charge: "6" }]],
  ] as const)(
    "that has left and is not earned any more is asked for once: %s (mission 6.8)",
    (unearnedGifts, expected) => {
      const own = promotion(cups(), {
        revision: revision("keep", { unearnedGifts }),
        validity: { from: instant("2026-01-01T00:00:00Z"), to: instant("2026-04-01T00:00:00Z") },
      });
      const order = delivered(confirmed({}, own), "SO-1-2", "2");
      const later = pricing({ compiled: compiled(own), asOf: "now" }, { at: "2026-05-01T00:00:00.000Z" });
      const asked = ({ requests }: ReturnType<typeof price>) =>
        requests.filter(({ type }) => type !== "post_promotion_usage");
      const outcome = granted(priceOrder(order, later));
      expect(checkOutcome(order, outcome)).toEqual([]);
      expect(asked(outcome)).toEqual(expected);
      expect(asked(granted(priceOrder(outcome.order, later)))).toEqual([]);
    },
  );

  it("of no stated value comes back, since nobody knows what to charge", () => {
    const own = promotion(cups({ items: [{ itemCode: "CUP" }] }), {
      revision: revision("keep", { unearnedGifts: "charge" }),
      validity: { from: instant("2026-01-01T00:00:00Z"), to: instant("2026-04-01T00:00:00Z") },
    });
    const order = delivered(confirmed({}, own), "SO-1-2", "1");
    const later = pricing({ compiled: compiled(own), asOf: "now" }, { at: "2026-05-01T00:00:00.000Z" });
    const { requests } = granted(priceOrder(order, later));
    expect(requests.filter(({ type }) => type !== "post_promotion_usage")).toEqual([
      { type: "take_back_gift", orderNo: "SO-1", lineId: "SO-1-2", quantity: "1" },
    ]);
  });

  it("earns nothing itself: gifts and other free lines are no goods", () => {
    const lines = [{ orderedQty: "4" }, { transactionCategory: "sample" as const, orderedQty: "20" }];
    expect(price(bare({ lines }), [CUPS, TEN]).order.lines).toHaveLength(2);
  });
});

describe("priceOrder with promotions, rule 8: whose instant counts (mission 6.8)", () => {
  const spring: Promotion = { ...TEN, validity: { ...TEN.validity, to: "2026-04-01T00:00:00.000Z" as never } };
  const summer: Promotion = {
    ...promotion(percentOff("50")),
    version: 2,
    validity: { from: "2026-06-01T00:00:00.000Z" as never },
  };
  const june = { at: "2026-06-15T09:00:00.000Z" };

  it("an order that is not confirmed gets the promotions of now", () => {
    const order = price(bare(), [spring, summer]).order;
    expect(order.totals?.allowances).toBe("2.5");
    const later = price(order, [spring, summer], june).order;
    expect([later.totals?.allowances, later.promotions?.asOf]).toEqual(["12.5", june.at]);
  });

  it("a confirmed order keeps the promotions of then, whenever it is priced again", () => {
    const order = granted(confirmOrder(price(bare(), [spring, summer]).order, anyContext())).order;
    const later = price(order, [spring, summer], june).order;
    expect([later.totals?.allowances, later.promotions?.asOf]).toEqual(["2.5", "2026-03-02T09:00:00.000Z"]);
  });

  it("unless it is asked for those of now", () => {
    const order = granted(confirmOrder(price(bare(), [spring, summer]).order, anyContext())).order;
    const facts = { compiled: compiled(spring, summer), asOf: "now" } as const;
    const later = granted(priceOrder(order, pricing(facts, june))).order;
    expect([later.totals?.allowances, later.promotions?.asOf]).toEqual(["12.5", june.at]);
  });

  it("a confirmed order that was priced without promotions never gets today's by itself", () => {
    const plain = granted(priceOrder(bare(), pricing(undefined))).order;
    const order = granted(confirmOrder(plain, anyContext())).order;
    const later = price(order, [spring, summer], june).order;
    expect([later.totals?.allowances, later.promotions]).toEqual(["0", undefined]);
    const facts = { compiled: compiled(summer), asOf: "now" } as const;
    expect(granted(priceOrder(order, pricing(facts, june))).order.totals?.allowances).toBe("12.5");
  });

  it("an order that has promotions is not priced without any", () => {
    const order = promoted({}, TEN);
    expect(reasonsOf(priceOrder(order, pricing(undefined)))).toEqual([
      { code: "price.promotions_missing", path: ["promotions"], params: { orderNo: "SO-1", applied: 1 } },
    ]);
    // One that got nothing of them loses nothing.
    const untouched = promoted({}, promotion(percentOff("10", items("SOAP"))));
    expect(granted(priceOrder(untouched, pricing(undefined))).order.promotions).toBeUndefined();
  });

  it("what the order has of a limit does not stand in its own way", () => {
    const once = promotion(percentOff("10"), {
      limits: { uses: 1, usesPerCustomer: 1, budget: decimal("2.5"), units: decimal("10") },
    });
    const order = promoted({}, once);
    const totals = {
      uses: 1,
      amount: decimal("2.5"),
      units: decimal("10"),
      byCustomer: new Map([["C-100", 1]]),
      byCode: new Map(),
    };
    const usage = new Map([["P-1", totals]]);
    const again = granted(priceOrder(order, pricing({ compiled: compiled(once), usage }))).order;
    expect(again.totals?.allowances).toBe("2.5");
    const other = granted(priceOrder(bare(), pricing({ compiled: compiled(once), usage }))).order;
    expect(other.totals?.allowances).toBe("0");
  });
});

describe("priceOrder with promotions on any order (mission 6.6, 11.3)", () => {
  const anyLine = fc.record({
    itemCode: fc.constantFrom("TEA", "RICE", "BAG"),
    orderedQty: fc.integer({ min: 1, max: 9_999 }).map((steps) => fromUnits(steps, 2)),
    unitPrice: fc.integer({ min: 0, max: 99_999 }).map((units) => fromUnits(units, 3)),
    transactionCategory: fc.constantFrom("sale" as const, "sale" as const, "sample" as const),
    percent: fc.option(fc.nat({ max: 100 })),
  });
  const anyLines = fc.array(anyLine, { minLength: 1, maxLength: 5 });
  const promotionsOf = (currency: string): Promotion[] =>
    [
      promotion(THREE_FOR_TWO, { promotionId: "A" }),
      promotion(percentOff("12.5", items("TEA")), { promotionId: "B" }),
      promotion(moneyOff("7"), { promotionId: "C", limits: { budget: decimal("5") } }),
      promotion(cups(), { promotionId: "D" }),
      promotion(
        { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: decimal("33") } },
        { promotionId: "E" },
      ),
    ].map((one) => ({ ...one, currency }));

  it("keeps every law, and pricing it again changes nothing", () => {
    fc.assert(
      fc.property(
        anyLines,
        fc.constantFrom("EUR", "JPY", "KWD"),
        fc.constantFrom(...ROUNDING_MODES),
        (lines, currency, rounding) => {
          const order = bare({
            header: { currency, charges: [{ kind: "freight", amount: "7" }] },
            lines: lines.map(({ percent, ...line }) => ({
              ...line,
              ...(percent === null ? {} : { discount: { kind: "percent" as const, percent: `${percent}` } }),
            })),
          });
          const promotions = compiledUnder({ rounding }, ...promotionsOf(currency));
          const context = pricing(promotions, { policy: { rounding } });
          const outcome = granted(priceOrder(deepFreeze(order), context));
          expect(checkOutcome(order, outcome)).toEqual([]);
          const again = granted(priceOrder(deepFreeze(outcome.order), context));
          expect(checkOutcome(outcome.order, again)).toEqual([]);
          expect({ ...again.order, version: 2 }).toEqual(outcome.order);
          expect(again.requests).toEqual([]);
          // What is explained is what was given.
          const { pricing: explained } = granted(
            explainOrderPromotions(outcome.order, { ...context, promotions: { compiled: promotions } }),
          );
          const onLines = outcome.order.lines.flatMap(({ adjustments = [] }) => adjustments);
          const onCharges = outcome.order.promotions?.charges ?? [];
          expect(explained.discount).toBe(sum([...onLines, ...onCharges].map(({ amount }) => amount)));
        },
      ),
    );
  });

  it("is explained by the promotions of the instant at which it was priced, or by today's where asked (rules 1, 2)", () => {
    const once = promotion(percentOff("10"), {
      validity: { from: instant("2026-01-01T00:00:00Z"), to: instant("2026-04-01T00:00:00Z") },
      limits: { uses: 1 },
    });
    const order = promoted({}, once);
    const usage = sumPromotionUsage([
      {
        ...(order.promotions?.applied[0] ?? expect.fail("gave nothing")),
        entryId: "E-1",
        kind: "reserve",
        customerCode: "C-100",
        orderNo: order.orderNo,
        uses: 1,
        at: instant("2026-03-02T09:00:00Z"),
      },
    ]);
    const later = pricing({ compiled: compiled(once), usage }, { at: "2026-05-01T00:00:00.000Z" });
    const reasons = (of: Order, asOf?: "now") =>
      granted(
        explainOrderPromotions(of, {
          ...later,
          promotions: { compiled: compiled(once), usage, ...(asOf === undefined ? {} : { asOf }) },
        }),
      ).promotions[0]?.reasons.map(({ code }) => code);
    expect([reasons(order), reasons(order, "now"), reasons(bare())]).toEqual([
      [],
      ["ended"],
      ["ended", "uses_exhausted"],
    ]);
  });

  it("is explained with the earlier orders of the customer, or refused as pricing refuses it", () => {
    const first = promotion(percentOff("10"), { condition: { kind: "nthOrder", to: 1 } });
    const explain = (facts: object, order = bare()) =>
      explainOrderPromotions(order, { ...pricing(undefined), promotions: { compiled: compiled(first), ...facts } });
    expect(granted(explain({ earlierOrders: 0 })).promotions[0]?.applied).toBe(true);
    expect(granted(explain({ earlierOrders: 1 })).promotions[0]?.applied).toBe(false);
    const unpriced = explain({}, bare({ lines: [{ unitPrice: null }] }));
    expect(unpriced.ok ? [] : unpriced.issues.map(({ code }) => code)).toEqual(["price.no_price"]);
    const odd = { ...pricing(undefined, { policy: { rounding: "down" } }), promotions: { compiled: compiled(first) } };
    expect(() => explainOrderPromotions(bare(), odd)).toThrow(RangeError);
  });

  it("a confirmed order costs the same whenever it is priced again", () => {
    const order = confirmed({}, ...promotionsOf("EUR"));
    const context = pricing(compiled(...promotionsOf("EUR")), { at: "2030-01-01T00:00:00.000Z" });
    expect(granted(priceOrder(order, context)).order.totals).toEqual(order.totals);
  });
});

/** The line with more of it ordered. */
function grown(line: Order["lines"][number], more: string): Order["lines"][number] {
  if (line.giftOf !== undefined) return line;
  const quantity = fromUnits(BigInt(line.orderedQty) + BigInt(more), 0);
  return { ...line, orderedQty: quantity, quantities: { ...line.quantities, open: quantity } };
}
