import { describe, expect, it } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { confirmOrder } from "../../src/intake/confirm-order.js";
import { instant } from "../../src/core/instant.js";
import { explainPrice, type ExplainPriceOptions } from "../../src/messages/explain-price.js";
import type { MasterLists } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import type { Coupon, Promotion } from "../../src/model/promotion/promotion.js";
import { USUAL_PROMOTION_POLICY, type PromotionPolicy } from "../../src/model/promotion/promotion-policy.js";
import { explainOrderPromotions } from "../../src/pricing/explain-order-promotions.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import type { OrderPromotionFacts } from "../../src/pricing/promotions/give-promotions.js";
import { sumPromotionUsage } from "../../src/pricing/promotions/promotion-usage-totals.js";
import { revisePromotions } from "../../src/pricing/promotions/revise-promotions.js";
import { anyContext, anyCoupon, anyOrder, type AnyOrder } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";
import {
  cheapest,
  compiledUnder,
  cups,
  every,
  items,
  moneyOff,
  moved,
  percentOff,
  pricing,
  promotion,
  THREE_FOR_TWO,
} from "../pricing/promoted.js";
import { EXPLAINED } from "./explained-orders.js";

const d = decimal;
const usual = promotion(percentOff("10")).combination;
const at = (priority: number, part: Partial<Promotion["combination"]> = {}) => ({ ...usual, priority, ...part });
const rice = { itemCode: "RICE", itemName: "Rice", orderedQty: "4" };
const pot = { itemCode: "POT", itemName: "Pot", orderedQty: "1", unitPrice: "24" };

interface Sale {
  readonly order: AnyOrder;
  readonly promotions: readonly Promotion[];
  readonly policy?: Partial<PromotionPolicy>;
  readonly facts?: Partial<OrderPromotionFacts>;
  readonly masters?: MasterLists;
}

function sold({ order, promotions, policy = {}, facts = {}, masters = {} }: Sale) {
  const compiled = compiledUnder(policy, ...promotions);
  const { rounding } = { ...USUAL_PROMOTION_POLICY, ...policy };
  const context = pricing({ compiled, ...facts }, { masters, policy: { rounding } });
  const priced = granted(priceOrder(anyOrder({ stage: "reviewed", totals: null, ...order }), context)).order;
  return { priced, context: { ...context, promotions: { compiled, ...facts } } };
}

/** The whole text of an order, as a person reads it. */
function textOf(
  sale: Sale,
  change: (order: Order, context: ReturnType<typeof sold>["context"]) => Order = (order) => order,
  options: ExplainPriceOptions = {},
) {
  const { priced, context } = sold(sale);
  const order = change(priced, context);
  const { usage = new Map() } = context.promotions;
  // The ledger knows by then what the order itself has.
  const posted = (order.promotions?.applied ?? []).map((one, place) => ({
    ...one,
    entryId: `${place}`,
    kind: "reserve" as const,
    orderNo: order.orderNo,
    customerCode: order.header.customerCode,
    uses: 1,
    at: context.at,
  }));
  const promotions = { ...context.promotions, usage: sumPromotionUsage(posted, usage) };
  const explanation = granted(explainOrderPromotions(order, { ...context, promotions }));
  return explainPrice(order, { explanation, ...options }).split("\n");
}

export const ROUNDED =
  "Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.";
const floors = (itemCode: string, unitPrice: string, floorPrice: string): MasterLists => ({
  prices: [{ itemCode, uom: "EA", currency: "EUR", unitPrice: d(unitPrice), floorPrice: d(floorPrice) }],
});
const used = (uses: number, amount: string, units: string) =>
  new Map([["P-1", { uses, amount: d(amount), units: d(units), byCustomer: new Map(), byCode: new Map() }]]);

const SALES: Readonly<Record<string, Sale>> = {
  "a floor price that cuts a part": {
    order: { lines: [{}, rice] },
    promotions: [promotion(percentOff("30"), { name: "Thirty off" })],
    masters: floors("RICE", "2.5", "2.2"),
  },
  "an amount that some lines cannot bear": {
    order: { lines: [{ orderedQty: "2" }, { ...rice, orderedQty: "2" }, pot] },
    promotions: [
      promotion(moneyOff("25"), { name: "Twenty-five off" }),
      promotion(moneyOff("9", items("RICE")), { promotionId: "R", name: "Nine off rice", combination: at(20) }),
    ],
    masters: floors("POT", "24", "10"),
  },
  "a cap and a limit by order": {
    order: { lines: [{}, rice, pot] },
    promotions: [
      promotion({ ...percentOff("20", items("TEA", "RICE")), cap: d("5") }, { name: "A fifth, up to five" }),
      promotion(percentOff("50", items("POT")), {
        promotionId: "H",
        name: "Half the pot",
        combination: at(20),
        limits: { amountPerOrder: d("10") },
      }),
    ],
  },
  "the end of a budget and of a clearance": {
    order: { lines: [{}, rice] },
    promotions: [
      promotion(percentOff("40", items("TEA")), { name: "Clearance", limits: { units: d("30"), budget: d("100") } }),
      promotion(percentOff("10", items("RICE")), {
        promotionId: "B",
        name: "Rice week",
        limits: { budget: d("50"), beyondBudget: "refused" },
      }),
    ],
    facts: { usage: new Map([...used(3, "96", "22"), ["B", used(9, "49.5", "0").get("P-1")!]]) },
  },
  "the best choice for the customer": {
    order: { lines: [{}, rice] },
    promotions: [
      promotion(percentOff("10"), {
        promotionId: "ALONE",
        name: "Ten alone",
        combination: at(1, { exclusive: "order" }),
      }),
      promotion(percentOff("8"), { promotionId: "EIGHT", name: "Eight", combination: at(2) }),
      promotion(moneyOff("3"), { promotionId: "THREE", name: "Three off", combination: at(3) }),
    ],
    policy: { search: { kind: "bestForCustomer", steps: 100 } },
  },
  "lanes and a group": {
    order: { lines: [{}, rice, pot] },
    promotions: [
      promotion(percentOff("10"), { promotionId: "ALL", name: "Ten off all", combination: at(1, { lane: "shelf" }) }),
      promotion(percentOff("20", items("TEA")), {
        promotionId: "TEA",
        name: "Tea time",
        combination: at(2, { lane: "shelf" }),
      }),
      promotion(percentOff("5", items("RICE")), {
        promotionId: "RICE",
        name: "Rice time",
        combination: at(3, { lane: "shelf" }),
      }),
      promotion(moneyOff("4"), {
        promotionId: "M",
        name: "Four off",
        combination: at(1, { lane: "till", bestOf: "one" }),
      }),
      promotion(moneyOff("2"), {
        promotionId: "N",
        name: "Two off",
        combination: at(2, { lane: "till", bestOf: "one" }),
      }),
    ],
    policy: {
      lanes: [
        { lane: "shelf", mode: "bestPerLine" },
        { lane: "till", mode: "stack" },
      ],
    },
  },
  "offers with a most, and what more would bring": {
    order: { lines: [{ orderedQty: "9" }, rice] },
    promotions: [
      promotion(
        {
          kind: "buyGet",
          buy: { which: items("TEA"), units: 2 },
          get: { which: items("TEA"), units: 1 },
          reward: { kind: "percent", percent: d("50") },
          buyFirst: cheapest,
          getFirst: cheapest,
          maxUnits: 2,
          repeat: "everyTime",
          partly: "refused",
        },
        { name: "The third at half price" },
      ),
      promotion(
        { ...THREE_FOR_TWO, which: items("RICE") },
        { promotionId: "3", name: "Three for two", combination: at(20) },
      ),
      promotion(cups({ choose: "customer", maxUnits: d("1") }), {
        promotionId: "C",
        name: "A cup",
        combination: at(30),
      }),
    ],
  },
  "tax in the price, and yen": {
    order: {
      header: { currency: "JPY", charges: [{ kind: "freight", amount: "500" }] },
      lines: [
        { orderedQty: "3", unitPrice: "333" },
        { ...rice, unitPrice: "105" },
      ],
    },
    promotions: [
      promotion({ ...percentOff("7"), spread: "across" }, { currency: "JPY", name: "Seven off" }),
      promotion(
        { kind: "chargeOff", charges: ["freight"], reward: { kind: "downTo", amount: d("200") } },
        { promotionId: "F", currency: "JPY", name: "Freight at 200", combination: at(20) },
      ),
      promotion(
        {
          kind: "tiers",
          which: every,
          measure: "amount",
          per: "group",
          mode: "allUnits",
          reward: "amount",
          steps: [{ from: d("2000"), value: d("200") }],
        },
        { promotionId: "T", currency: "JPY", name: "From 2000", combination: at(30) },
      ),
    ],
    policy: { rounding: "down", remainder: "lastLine", prices: "taxInclusive" },
  },
  "codes that are not good, and all else that stands against them": {
    order: { header: { couponCodes: ["TEA-7", "SPRING", "SPRNG", "SPRING"] } },
    promotions: [
      promotion(moneyOff("5"), {
        name: "Five with a coupon",
        coupons: { kind: "batch", batchId: "B-1" },
        condition: { kind: "lines", which: every, measure: "amount", atLeast: d("30") },
        limits: { uses: 3 },
      }),
      promotion(
        { ...THREE_FOR_TWO, size: 12, reward: { kind: "percent", percent: d("20") } },
        {
          promotionId: "S",
          name: "Spring",
          coupons: { kind: "codes", codes: ["SPRING"] },
          validity: { from: instant("2026-01-01T00:00:00Z"), to: instant("2026-02-01T00:00:00Z") },
          condition: {
            kind: "all",
            of: [
              { kind: "customer", fact: "customerClass", in: ["gold"] },
              { kind: "time", weekdays: [6, 7] },
            ],
          },
        },
      ),
    ],
    facts: {
      usage: used(3, "15", "0"),
      coupons: new Map<string, Coupon>([["TEA-7", anyCoupon({ validTo: instant("2026-02-15T00:00:00Z") })]]),
    },
  },
};

/** Tea for which two cups came, of which a part is cancelled before it leaves. */
const CANCELLED: Sale = {
  order: { lines: [{ orderedQty: "12" }] },
  promotions: [promotion(cups(), { name: "A cup for five" })],
};

describe("explainPrice of very different orders, read as a whole (mission 2.5, 4.15, 6.6, 6.7)", () => {
  it.each(Object.entries(SALES))("%s", (name, sale) => {
    expect(textOf(sale)).toEqual(EXPLAINED[name]?.split("\n"));
  });

  it("an order of which a part was cancelled, and its gift with it (mission 6.8)", () => {
    const text = textOf(CANCELLED, (order, context) => {
      const confirmed = granted(confirmOrder(order, anyContext())).order;
      const less = moved(confirmed, "SO-1-1", "8", "open", "cancelled");
      return granted(revisePromotions(less, { cause: "cancel" }, context)).order;
    });
    expect(text).toEqual(EXPLAINED["cancelled in part"]?.split("\n"));
  });

  it("in Chinese, with promotions about something else counted only", () => {
    const sale = SALES["the end of a budget and of a clearance"]!;
    const soap = promotion(percentOff("5", items("SOAP")), { promotionId: "SOAP", name: "Soap" });
    const coded = promotion(percentOff("5"), {
      promotionId: "CODE",
      name: "Code",
      coupons: { kind: "codes", codes: ["A"] },
    });
    const text = textOf({ ...sale, promotions: [...sale.promotions, soap, coded] }, undefined, {
      others: "counted",
      locale: "zh",
    });
    expect(text.slice(text.indexOf("促销:"))).toEqual([
      "促销:",
      "  Rice week: 未适用",
      "    预算 50.00 的余额不足，仅剩 0.50。",
      "  Clearance: 已适用, −4.00",
      "    为此促销预留 30 件，仅剩 8，本应为 10。",
      "    预算 100.00 仅剩 4.00，本应为 8.00。",
      "  另有 2 项促销适用于其他商品、时间、兑换码或币种",
      "金额按 0.01 舍入,四舍五入;分摊余额归舍入损失最大的行。",
      "价格不含税。",
    ]);
  });

  it("says where the choice is not proved to be the best", () => {
    const sale = SALES["the best choice for the customer"]!;
    const text = textOf({ ...sale, policy: { search: { kind: "bestForCustomer", steps: 2 } } });
    expect(text).toContain("  Not every choice of promotions was tried; another one may give the customer more.");
  });
});
