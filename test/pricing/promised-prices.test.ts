import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { applySubstitution } from "../../src/allocation/shortage/apply-substitution.js";
import { mergeIntoNextOrder } from "../../src/allocation/shortage/merge-into-next-order.js";
import { proposeSubstitutes } from "../../src/allocation/shortage/propose-substitutes.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal, type Decimal } from "../../src/core/decimal.js";
import { rational } from "../../src/core/unit-conversion.js";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import type { SubstitutePriceRule } from "../../src/model/item.js";
import { indexMasters } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import type { PricePolicy } from "../../src/pricing/price-lines.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { parseOrder } from "../../src/schema/index.js";
import {
  anyContext,
  anyItem,
  anyOrder,
  anyPriceEntry,
  anyStock,
  checkMoney,
  deepFreeze,
  type AnyOrderLine,
} from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";

const CONTEXT = anyContext();
const LIST = { TEA: "3", CHAI: "2.8", MATE: "9" };
const WAYS: readonly PricePolicy["givenPrice"][] = ["replace", "honour"];

const mastersWith = (priceRule: SubstitutePriceRule = { kind: "lower" }) =>
  indexMasters({
    items: [
      anyItem({
        substitutes: [{ itemCode: "CHAI", ratio: rational(1, 1), priority: 1, consentRequired: false, priceRule }],
      }),
      anyItem({ itemCode: "CHAI" }),
      anyItem({ itemCode: "MATE" }),
    ],
    prices: Object.entries(LIST).map(([itemCode, unitPrice]) => anyPriceEntry({ itemCode, unitPrice })),
  });
const reprice = (order: Order, givenPrice: PricePolicy["givenPrice"] = "replace"): Order =>
  granted(
    priceOrder(deepFreeze(order), { ...CONTEXT, masters: mastersWith(), policy: { rounding: "halfUp", givenPrice } }),
  ).order;
const line = (more: AnyOrderLine = {}): AnyOrderLine => ({ unitPrice: "2", quantities: { open: "10" }, ...more });
const confirmed = (more: AnyOrderLine = {}, orderNo = "SO-1"): Order =>
  anyOrder({ orderNo, stage: "confirmed", lines: [line(more)] });
const merged = (price: "keep" | "renew", more: AnyOrderLine = {}): Order =>
  mergeIntoNextOrder(
    confirmed({ shortagePolicy: "mergeIntoNextOrder", ...more }),
    confirmed({}, "SO-2"),
    { reason: "short", price },
    CONTEXT,
  ).orders[1]!;
const substituted = (more: AnyOrderLine = {}, priceRule?: SubstitutePriceRule, own?: Decimal): Order => {
  const { items } = mastersWith(priceRule);
  const order = confirmed(more);
  const found = granted(
    proposeSubstitutes(
      order,
      { proposalId: "SP", lineId: "SO-1-1" },
      {
        items,
        stock: anyStock({ itemCode: "CHAI", onHand: "50" }),
        today: calendarDay("2026-03-02"),
        ...(own === undefined ? {} : { unitPriceOf: () => own }),
      },
    ),
  );
  const command = { proposal: found.proposals[0]!, reason: "short" };
  return granted(applySubstitution(order, command, { ...CONTEXT, items })).order;
};
const pricesOf = ({ lines }: Order) => lines.map(({ itemCode, unitPrice }) => `${itemCode} ${unitPrice ?? "–"}`);

describe("a price that the customer was promised stands (mission 3.6, 8.3, 9.17)", () => {
  test.each<[string, Order, string[]]>([
    ["goods that came over with their price", merged("keep"), ["TEA 3", "TEA 2"]],
    ["goods that came over to be priced anew", merged("renew"), ["TEA 3", "TEA 3"]],
    ["a substitute at the price of what it replaces", substituted(), ["TEA 3", "CHAI 2"]],
    ["a substitute at its own price as told", substituted({}, { kind: "own" }, decimal("2.4")), ["TEA 3", "CHAI 2.4"]],
    ["a substitute that nobody knew a price of", substituted({}, { kind: "own" }), ["TEA 3", "CHAI 2.8"]],
  ])("%s, where given prices give way", (_case, order, expected) => {
    const after = reprice(order);
    expect(pricesOf(after)).toEqual(expected);
    expect(checkMoney(after)).toEqual([]);
    expect(parseOrder(after).ok).toBe(true);
  });

  test("goods that came over twice keep their price, and lose it where it is agreed so", () => {
    const once = merged("keep");
    const next = confirmed({}, "SO-3");
    const over = (price: "keep" | "renew") =>
      mergeIntoNextOrder(
        { ...once, lines: once.lines.map((one) => ({ ...one, shortagePolicy: "mergeIntoNextOrder" as const })) },
        next,
        { reason: "short", price, lines: [{ lineId: "SO-2-2" }] },
        CONTEXT,
      ).orders[1]!;
    expect(pricesOf(reprice(over("keep")))).toEqual(["TEA 3", "TEA 2"]);
    expect(pricesOf(reprice(over("renew")))).toEqual(["TEA 3", "TEA 3"]);
    expect(over("renew").lines[1]).not.toHaveProperty("priceAgreed");
  });

  const context = { ...CONTEXT, masters: mastersWith(), addOn: { pickMinutes: 0 }, pricing: { rounding: "halfUp" } };
  it("what was amended at a price stands, also when a discount is agreed later", () => {
    const amended = granted(
      amendOrder(
        confirmed(),
        { reason: "agreed", lines: [{ lineId: "SO-1-1", unitPrice: decimal("2.2") }] },
        { ...context, pricing: { rounding: "halfUp" } },
      ),
    ).order;
    expect(pricesOf(reprice(amended))).toEqual(["TEA 2.2"]);
    const discount = { kind: "percent", percent: decimal("10") } as const;
    const once = granted(
      amendOrder(
        amended,
        { reason: "agreed", lines: [{ lineId: "SO-1-1", discount }] },
        { ...context, pricing: { rounding: "halfUp" } },
      ),
    ).order;
    expect(reprice(once).lines[0]).toMatchObject({ unitPrice: "2.2", lineAmount: "19.8" });
    const onlyDiscount = granted(
      amendOrder(
        confirmed(),
        { reason: "agreed", lines: [{ lineId: "SO-1-1", discount }] },
        { ...context, pricing: { rounding: "halfUp" } },
      ),
    ).order;
    expect(reprice(onlyDiscount).lines[0]).toMatchObject({ unitPrice: "3", lineAmount: "27" });
  });

  it("what was added at a price stands; what was added without one has the list's", () => {
    const added = granted(
      addToOrder(
        confirmed(),
        {
          lines: [
            { itemCode: "MATE", quantity: decimal("1"), unitPrice: decimal("8") },
            { itemCode: "MATE", quantity: decimal("1") },
          ],
        },
        { ...context, pricing: { rounding: "halfUp" } },
      ),
    ).order;
    expect(pricesOf(reprice(added))).toEqual(["TEA 3", "MATE 8", "MATE 9"]);
  });

  it("whatever the policy: no promised unit price changes, and pricing twice changes nothing more", () => {
    const cents = fc.integer({ min: 0, max: 2000 }).map((amount) => String(amount / 100));
    fc.assert(
      fc.property(
        cents,
        cents,
        fc.constantFrom(...WAYS),
        fc.constantFrom<SubstitutePriceRule>({ kind: "own" }, { kind: "original" }, { kind: "lower" }),
        fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
        (unitPrice, own, givenPrice, rule, percent) => {
          const more = {
            unitPrice,
            ...(percent === undefined ? {} : { discount: { kind: "percent" as const, percent: String(percent) } }),
          };
          for (const order of [merged("keep", more), substituted(more, rule, decimal(own))]) {
            const joined = order.lines[1]!;
            const after = reprice(order, givenPrice);
            expect(after.lines[1]).toMatchObject({
              unitPrice: joined.unitPrice,
              lineAmount: joined.lineAmount,
              priceAgreed: true,
            });
            expect(reprice(after, givenPrice).totals).toEqual(after.totals);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
