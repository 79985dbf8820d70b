import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, compare, decimal, ZERO } from "../../src/core/decimal.js";
import type { Order } from "../../src/model/order.js";
import type { Promotion, PromotionLimits } from "../../src/model/promotion/promotion.js";
import { priceOrders } from "../../src/pricing/price-orders.js";
import type { BatchPromotionFacts } from "../../src/pricing/share-limits.js";
import { sumPromotionUsage } from "../../src/pricing/promotions/promotion-usage-totals.js";
import { anyOrder, checkBatchOutcome, deepFreeze, type AnyOrder } from "../../src/testing/index.js";
import { compiled, confirmed, cups, delivered, moneyOff, moved, percentOff, pricing, promotion } from "./promoted.js";

const bare = (orderNo: string, part: AnyOrder = {}) => anyOrder({ stage: "reviewed", totals: null, orderNo, ...part });
const at = (orderNo: string, receivedAt: string, customerCode = "C-100") =>
  bare(orderNo, { header: { receivedAt: `2026-03-02T${receivedAt}:00.000Z`, customerCode } });

/** Prices a batch; every law is held against the outcome. */
function priceAll(orders: readonly Order[], facts: BatchPromotionFacts) {
  const { promotions: _none, ...context } = pricing(undefined);
  const batch = priceOrders(deepFreeze(orders), { ...context, promotions: facts });
  expect(checkBatchOutcome(orders, batch)).toEqual([]);
  return batch;
}

/** What each order was given, by its number. */
function givenTo(orders: readonly Order[], promotions: readonly Promotion[], facts: Partial<BatchPromotionFacts> = {}) {
  const batch = priceAll(orders, { compiled: compiled(...promotions), ...facts });
  return batch.orders.map(({ orderNo, totals }) => `${orderNo} ${totals?.allowances ?? "-"}`);
}

const limited = (limits: PromotionLimits) => promotion(percentOff("10"), { limits });

describe("priceOrders (mission 6.4, 6.6, 6.7)", () => {
  const [first, second, third] = [at("SO-1", "08:00"), at("SO-2", "08:01"), at("SO-3", "08:02")] as const;

  it("rule 2: what one takes of a budget is no longer there for the next", () => {
    expect(givenTo([first, second, third], [limited({ budget: decimal("4") })])).toEqual([
      "SO-1 2.5",
      "SO-2 1.5",
      "SO-3 0",
    ]);
  });

  it("rule 2: nor are uses, units set aside, and uses of one customer", () => {
    expect(givenTo([first, second, third], [limited({ uses: 2 })])).toEqual(["SO-1 2.5", "SO-2 2.5", "SO-3 0"]);
    expect(givenTo([first, second, third], [limited({ units: decimal("15") })])).toEqual([
      "SO-1 2.5",
      "SO-2 1.25",
      "SO-3 0",
    ]);
    const other = at("SO-2", "08:01", "C-200");
    expect(givenTo([first, other, third], [limited({ usesPerCustomer: 1 })])).toEqual([
      "SO-1 2.5",
      "SO-2 2.5",
      "SO-3 0",
    ]);
  });

  it("rule 2: uses of one code", () => {
    const coupons = { kind: "codes", codes: ["A", "B"] } as const;
    const one = promotion(moneyOff("1"), { coupons, limits: { usesPerCode: 1 } });
    const withCode = (orderNo: string, code: string) => bare(orderNo, { header: { couponCodes: [code] } });
    expect(givenTo([withCode("SO-1", "A"), withCode("SO-2", "A"), withCode("SO-3", "B")], [one])).toEqual([
      "SO-1 1",
      "SO-2 0",
      "SO-3 1",
    ]);
  });

  it("rule 2: what was used before the batch counts, and what an order gives back is there for the next", () => {
    const budget = limited({ budget: decimal("4") });
    const before = priceAll([first], { compiled: compiled(budget) });
    const requests = before.requests.flatMap((one) => (one.type === "post_promotion_usage" ? one.entries : []));
    const usage = sumPromotionUsage(requests);
    expect(givenTo([second], [budget], { usage })).toEqual(["SO-2 1.5"]);
    // The first order is smaller now: what it needs no longer is the second one's.
    const line = before.orders[0]!.lines[0]!;
    const orderedQty = decimal("4");
    const smaller = {
      ...before.orders[0]!,
      lines: [{ ...line, orderedQty, quantities: { ...line.quantities, open: orderedQty } }],
    };
    expect(givenTo([second, smaller], [budget], { usage })).toEqual(["SO-2 2.5", "SO-1 1"]);
  });

  it("rule 3: of two first orders of a customer only the first is the first", () => {
    const welcome = promotion(percentOff("10"), { condition: { kind: "nthOrder", to: 1 } });
    const other = at("SO-2", "08:01", "C-200");
    const earlierOrders = new Map([
      ["C-100", 0],
      ["C-200", 0],
    ]);
    expect(givenTo([first, other, third], [welcome], { earlierOrders })).toEqual(["SO-1 2.5", "SO-2 2.5", "SO-3 0"]);
    expect(givenTo([first, third], [welcome])).toEqual(["SO-1 0", "SO-3 0"]);
    expect(earlierOrders.get("C-100")).toBe(0);
  });

  it("rule 1: the earlier is served first, at the same instant the lower number; the input keeps its order", () => {
    const late = at("SO-0", "09:00");
    expect(givenTo([late, second, first], [limited({ uses: 2 })])).toEqual(["SO-0 0", "SO-2 2.5", "SO-1 2.5"]);
    expect(givenTo([bare("SO-2"), bare("SO-1")], [limited({ uses: 1 })])).toEqual(["SO-2 0", "SO-1 2.5"]);
  });

  it("rule 4: an order that cannot be priced is refused and takes nothing", () => {
    const unpriced = bare("SO-1", { lines: [{ itemCode: "SALT", unitPrice: null }] });
    const noGift = promotion(cups({ items: [{ itemCode: "SOAP" }] }), { promotionId: "GIFT" });
    const earlierOrders = new Map([["C-100", 0]]);
    const welcome = promotion(percentOff("10"), { limits: { uses: 1 }, condition: { kind: "nthOrder", to: 1 } });
    const batch = priceAll([unpriced, bare("SO-2")], { compiled: compiled(welcome), earlierOrders });
    expect(batch.refused.map(({ orderNo, issues }) => [orderNo, issues[0]?.code])).toEqual([
      ["SO-1", "price.no_price"],
    ]);
    expect(batch.orders.map(({ totals }) => totals?.allowances)).toEqual([undefined, "2.5"]);
    expect(batch.orders[0]).toBe(unpriced);
    const refused = priceAll([bare("SO-1"), bare("SO-2", { lines: [{ orderedQty: "4" }] })], {
      compiled: compiled(noGift, limited({ uses: 1 })),
    });
    expect(refused.refused.map(({ orderNo }) => orderNo)).toEqual(["SO-1"]);
    expect(refused.orders[1]?.totals?.allowances).toBe("1");
  });

  it("rule 2: an order that also has a gift to come back leaves the next one what it does not use", () => {
    const gifts = promotion(cups(), { promotionId: "CUPS" });
    const few = promotion(percentOff("10"), { promotionId: "TEN", limits: { budget: decimal("3") } });
    const order = delivered(confirmed({ orderNo: "SO-1" }, gifts, few), "SO-1-2", "2");
    const less = moved(order, "SO-1-1", "5", "open", "cancelled");
    const byCustomer = new Map([["C-100", 1]]);
    const usage = new Map([
      ["TEN", { uses: 1, amount: decimal("2.5"), units: decimal("10"), byCustomer, byCode: new Map() }],
    ]);
    const batch = priceAll([less, second], { compiled: compiled(gifts, few), usage });
    expect(batch.requests.map(({ type }) => type)).toContain("take_back_gift");
    expect(batch.orders.map(({ totals }) => totals?.allowances)).toEqual(["1.25", "1.75"]);
  });

  it("prices without promotions too, and nothing of nothing", () => {
    const { promotions: _none, ...context } = pricing(undefined);
    expect(priceOrders([first], context).orders[0]?.totals?.payable).toBe("25");
    expect(priceOrders([], context)).toEqual({ orders: [], events: [], movements: [], requests: [], refused: [] });
  });
});

describe("priceOrders on any batch (mission 6.6, 6.7)", () => {
  const anyBatch = fc
    .array(
      fc.record({
        minute: fc.nat({ max: 3 }),
        customer: fc.nat({ max: 2 }),
        quantity: fc.integer({ min: 1, max: 30 }),
        isPriced: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((orders) =>
      orders.map(({ minute, customer, quantity, isPriced }, place) =>
        bare(`SO-${place}`, {
          header: { receivedAt: `2026-03-02T08:0${minute}:00.000Z`, customerCode: `C-${customer}` },
          lines: [{ orderedQty: `${quantity}`, unitPrice: isPriced || quantity < 25 ? "2.5" : null }],
        }),
      ),
    );
  const anyLimits = fc.record(
    {
      uses: fc.integer({ min: 1, max: 4 }),
      usesPerCustomer: fc.integer({ min: 1, max: 2 }),
      budget: fc.integer({ min: 1, max: 20 }).map((value) => decimal(`${value}`)),
      units: fc.integer({ min: 1, max: 60 }).map((value) => decimal(`${value}`)),
      beyondBudget: fc.constantFrom("capped" as const, "refused" as const),
    },
    { requiredKeys: [] },
  );
  const customers = new Map([
    ["C-0", 0],
    ["C-1", 3],
  ]);
  const facts = (limits: PromotionLimits): BatchPromotionFacts => ({
    compiled: compiled(
      limited(limits),
      promotion(cups(), { promotionId: "CUPS", limits: { units: decimal("7") } }),
      promotion(moneyOff("3"), { promotionId: "NTH", condition: { kind: "nthOrder", from: 1, every: 2 } }),
    ),
    earlierOrders: customers,
  });

  it("rule 1: the order of the input changes nothing", () => {
    fc.assert(
      fc.property(
        anyBatch.chain((orders) =>
          fc.tuple(fc.constant(orders), fc.shuffledSubarray(orders, { minLength: orders.length })),
        ),
        anyLimits,
        ([orders, shuffled], limits) => {
          const there = priceAll(orders, facts(limits));
          const back = priceAll(shuffled, facts(limits));
          const byNumber = (batch: typeof there) => new Map(batch.orders.map((order) => [order.orderNo, order]));
          expect(byNumber(back)).toEqual(byNumber(there));
        },
      ),
    );
  });

  it("rule 2, budget within a batch: no limit is exceeded by all orders together", () => {
    fc.assert(
      fc.property(anyBatch, anyLimits, (orders, limits) => {
        const { orders: priced } = priceAll(orders, facts(limits));
        const applied = priced.flatMap(({ promotions, header }) =>
          (promotions?.applied ?? []).map((one) => ({ ...one, customer: header.customerCode })),
        );
        const own = applied.filter(({ promotionId }) => promotionId === "P-1");
        const total = (field: "amount" | "units") => own.reduce((all, one) => add(all, one[field]), ZERO);
        expect(own.length).toBeLessThanOrEqual(limits.uses ?? Infinity);
        if (limits.budget !== undefined) expect(compare(total("amount"), limits.budget)).toBeLessThanOrEqual(0);
        if (limits.units !== undefined) expect(compare(total("units"), limits.units)).toBeLessThanOrEqual(0);
        for (const customer of ["C-0", "C-1", "C-2"]) {
          const uses = own.filter((one) => one.customer === customer).length;
          expect(uses).toBeLessThanOrEqual(limits.usesPerCustomer ?? Infinity);
        }
        const cupsGiven = applied
          .filter(({ promotionId }) => promotionId === "CUPS")
          .reduce((all, one) => add(all, one.units), ZERO);
        expect(compare(cupsGiven, decimal("7"))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
