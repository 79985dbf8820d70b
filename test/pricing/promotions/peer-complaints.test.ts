import { describe, expect, it } from "vitest";
import { decimal, sum } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import { REMAINDER_RULES } from "../../../src/core/split-amount.js";
import type { Order } from "../../../src/model/order.js";
import type { LineSelector } from "../../../src/model/promotion/line-selector.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import type { BuyGet } from "../../../src/model/promotion/promotion-effect.js";
import type { PromotionPolicy } from "../../../src/model/promotion/promotion-policy.js";
import { priceOrder } from "../../../src/pricing/price-order.js";
import { priceOrders } from "../../../src/pricing/price-orders.js";
import type { CartLine } from "../../../src/pricing/promotions/promotion-cart.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import { cancelOrder } from "../../../src/exceptions/cancel-order.js";
import { anyContext, anyCoupon, anyOrder } from "../../../src/testing/index.js";
import { granted } from "../../lifecycle/answers.js";
import { byLine, explained, off, priced } from "../carts.js";
import {
  billed,
  cheapest,
  compiled,
  confirmed,
  cups,
  delivered,
  every,
  items,
  moneyOff,
  moved,
  percentOff,
  pricing,
  promoted,
  promotion,
  returned,
  revision,
} from "../promoted.js";

const d = decimal;
const usual = promotion(percentOff("10")).combination;

/** Buy so many, get so many free. */
function buyGet(buy: number, get: number, part: Partial<BuyGet> = {}, which: LineSelector = every): BuyGet {
  return {
    kind: "buyGet",
    buy: { which, units: buy },
    get: { which, units: get },
    reward: { kind: "percent", percent: d("100") },
    buyFirst: { by: "unitPrice", first: "dearest" },
    getFirst: cheapest,
    repeat: "everyTime",
    partly: "allowed",
    ...part,
  };
}

describe("buy this, get that: what users of other systems complained of (mission 6.1)", () => {
  it("“buy 10 get 20 should add the free units, and the discount went negative”", () => {
    // medusa#8829
    const gift = promotion(cups({ buy: { which: items("TEA"), units: 10 }, units: d("20") }));
    const { gifts, discount } = priced({ promotions: [gift], lines: ["TEA 10 2.50"] });
    expect([gifts.map(({ quantity, itemCode }) => `${quantity} ${itemCode}`), discount]).toEqual([["20 CUP"], "0"]);
    // Out of what is on the order, no more is free than is there.
    expect(off({ promotions: [promotion(buyGet(10, 20))], lines: ["TEA 15 2.50"] })).toBe("12.5");
  });

  it("“it must repeat for multiples and respect a maximum”", () => {
    // medusa#13265
    const two = promotion(buyGet(2, 1));
    expect([3, 5, 6, 9, 30].map((units) => off({ promotions: [two], lines: [`TEA ${units} 1`] }))).toEqual([
      "1",
      "1",
      "2",
      "3",
      "10",
    ]);
    expect(off({ promotions: [promotion(buyGet(2, 1, { maxUnits: 4 }))], lines: ["TEA 30 1"] })).toBe("4");
  });

  it("“it fails depending on the order in which items were added”", () => {
    // medusa#13431
    const offer = promotion(
      buyGet(1, 1, { buy: { which: items("POT"), units: 1 }, get: { which: items("CUP"), units: 1 } }),
    );
    expect(off({ promotions: [offer], lines: ["CUP 1 3", "POT 1 20"] })).toBe("3");
    expect(off({ promotions: [offer], lines: ["POT 1 20", "CUP 1 3"] })).toBe("3");
  });

  it("“two buy-get promotions on one product use the same units”", () => {
    // medusa#11258
    const both = ["A", "B"].map((promotionId) => promotion(buyGet(1, 1), { promotionId, currency: "EUR" }));
    expect(off({ promotions: both, lines: ["TEA 2 5"] })).toBe("5");
    expect(off({ promotions: both, lines: ["TEA 4 5"] })).toBe("10");
  });

  it("“it ignores the percentage”, and “a fixed amount was read as a percentage”", () => {
    // medusa#11259, medusa#14934
    const half = promotion(buyGet(1, 1, { reward: { kind: "percent", percent: d("50") } }));
    expect(off({ promotions: [half], lines: ["TEA 2 5"] })).toBe("2.5");
    const money = promotion(buyGet(1, 1, { reward: { kind: "amount", amount: d("50000") } }), { currency: "VND" });
    const cart = { currency: "VND" };
    expect(off({ promotions: [money], lines: ["TEA 2 70000"], cart })).toBe("50000");
    expect(off({ promotions: [money], lines: ["TEA 2 30000"], cart })).toBe("30000");
  });

  it("“it over-applies when the quantity is added at once”", () => {
    // medusa#14432
    const once = promotion(buyGet(2, 1, { repeat: "once" }));
    expect(off({ promotions: [once], lines: ["TEA 12 1"] })).toBe("1");
    expect(off({ promotions: [once], lines: Array.from({ length: 12 }, () => "TEA 1 1") })).toBe("1");
  });

  it("“one and a half free pieces”", () => {
    // frappe/erpnext#40768
    const gift = promotion(cups({ buy: { which: items("TEA"), units: 2 } }));
    expect(priced({ promotions: [gift], lines: ["TEA 3 2.50"] }).gifts[0]?.quantity).toBe("1");
  });

  it("“free gifts: lines that come by themselves, and go, in the right number”", () => {
    // vendure#1798, vendure#2944
    const gift = promotion(cups());
    const ofGifts = (order: Order) =>
      order.lines.slice(1).map(({ orderedQty, quantities }) => [orderedQty, quantities.cancelled]);
    const order = promoted({ lines: [{ orderedQty: "10" }] }, gift);
    expect(ofGifts(order)).toEqual([["2", "0"]]);
    const less = moved(order, "SO-1-1", "6", "open", "cancelled");
    expect(ofGifts(granted(priceOrder(less, pricing(compiled(gift)))).order)).toEqual([["2", "2"]]);
  });
});

describe("cents: what users of other systems complained of (mission 6.6)", () => {
  it("“100 % off leaves 0.01, or -1.6e-14, with tax in the price”", () => {
    // medusa#12226, odoo#237624
    const all = promotion(percentOff("100"));
    for (const prices of ["taxInclusive", "taxExclusive"] as const) {
      for (const spread of ["eachLine", "across"] as const) {
        const free = { ...all, effect: { ...percentOff("100"), spread } };
        expect(off({ promotions: [free], lines: ["TEA 3 9.99", "CUP 7 0.07"], policy: { prices } })).toBe("30.46");
      }
    }
  });

  it("“a fixed discount is off by the tax”, and “shares are skewed by tax rates”", () => {
    // medusa#12429, vendure#653
    const ten = promotion({ ...moneyOff("10"), per: "across" });
    const lines: CartLine[] = [
      { lineId: "1", itemCode: "BOOK", quantity: d("1"), unitPrice: d("50"), taxRate: d("7") },
      { lineId: "2", itemCode: "WINE", quantity: d("1"), unitPrice: d("50"), taxRate: d("19") },
    ];
    expect(byLine({ promotions: [ten], lines: [], cart: { lines }, policy: { prices: "taxInclusive" } })).toEqual([
      "P-1 1 5",
      "P-1 2 5",
    ]);
    const stated = promotion({
      kind: "amountOff",
      which: items("WINE"),
      amount: d("11.90"),
      per: "line",
      stated: "taxInclusive",
    });
    expect(off({ promotions: [stated], lines: [], cart: { lines } })).toBe("10");
  });

  it("“the allocation is not precise at high quantities”", () => {
    // medusa#13129
    const asked = {
      promotions: [promotion(moneyOff("99.99"))],
      lines: ["TEA 999983 0.01", "CUP 1 0.01", "OIL 777777 3.33"],
    };
    const { adjustments, discount } = priced(asked);
    expect([sum(adjustments.map(({ amount }) => amount)), discount]).toEqual(["99.99", "99.99"]);
  });

  it("“a fixed amount is divided by the quantity and rounded for each unit”", () => {
    // vendure#1237, vendure#2662, vendure#2995, vendure#3003
    const order = promoted({ lines: [{ orderedQty: "7", unitPrice: "10" }] }, promotion(moneyOff("10")));
    const [line] = order.lines;
    expect([line?.lineAmount, line?.adjustments?.[0]?.amount]).toEqual(["60", "10"]);
    expect(sum((line?.adjustments?.[0]?.shares ?? []).map(({ amount }) => amount))).toBe("10");
  });

  it("“8.92 or 8.93”: the mode is said, and it is one cent either way", () => {
    // Sylius#14522, Sylius#10204
    const half = [promotion(percentOff("50"))];
    const under = (rounding: PromotionPolicy["rounding"]) =>
      off({ promotions: half, lines: ["TEA 1 17.85"], policy: { rounding } });
    expect((["halfUp", "halfDown", "halfEven", "down", "up"] as const).map((mode) => under(mode))).toEqual([
      "8.93",
      "8.92",
      "8.92",
      "8.92",
      "8.93",
    ]);
  });

  it("“19.99 less 25 % is rounded down here and half up there”", () => {
    // saleor#12040
    const quarter = [promotion(percentOff("25"))];
    expect(off({ promotions: quarter, lines: ["TEA 1 19.99"] })).toBe("5");
    expect(off({ promotions: quarter, lines: ["TEA 1 19.99"], policy: { rounding: "down" } })).toBe("4.99");
  });

  it("“one cent is missing with two promotions on the order”", () => {
    // Sylius#17862
    const two = [
      promotion(moneyOff("5"), { promotionId: "A", combination: { ...usual, priority: 1 } }),
      promotion(
        { ...percentOff("10"), spread: "across" },
        { promotionId: "B", combination: { ...usual, priority: 2 } },
      ),
    ];
    const { adjustments, discount } = priced({ promotions: two, lines: ["TEA 1 9.99", "CUP 1 9.99", "OIL 1 9.99"] });
    const of = (id: string) =>
      sum(adjustments.filter(({ promotionId }) => promotionId === id).map(({ amount }) => amount));
    expect([of("A"), of("B"), discount]).toEqual(["5", "2.5", "7.5"]);
  });

  it("“one cent over three lines comes to nothing”, and “15 % of 150 is 22”", () => {
    // Sylius' ProportionalIntegerDistributor, Spree's tiered percent
    expect(off({ promotions: [promotion(moneyOff("0.01"))], lines: ["TEA 1 1", "CUP 1 1", "OIL 1 1"] })).toBe("0.01");
    expect(off({ promotions: [promotion(percentOff("15"))], lines: ["TEA 1 150"] })).toBe("22.5");
  });

  it("“spare cents go to the first line whatever its part is”", () => {
    // Solidus' distributed amounts
    expect(byLine({ promotions: [promotion(moneyOff("50"))], lines: ["A 1 120", "B 1 230", "C 1 300"] })).toEqual([
      "P-1 1 9.23",
      "P-1 2 17.69",
      "P-1 3 23.08",
    ]);
  });

  it("“spare cents land on lines of no weight”", () => {
    // Sylius' distributor, and Saleor's last line that takes the rest
    for (const remainder of REMAINDER_RULES) {
      const two = [promotion(moneyOff("0.02"))];
      const given = byLine({
        promotions: two,
        lines: ["FREE 1 0", "A 1 1", "B 1 1", "FREE 1 0"],
        policy: { remainder },
      });
      expect(given).toEqual(["P-1 2 0.01", "P-1 3 0.01"]);
      const spare = byLine({
        promotions: two,
        lines: ["FREE 1 0", "A 1 1", "B 1 1", "C 1 1", "FREE 1 0"],
        policy: { remainder },
      });
      expect(spare.filter((text) => /^P-1 [15] /u.test(text))).toEqual([]);
      expect(spare).toHaveLength(2);
    }
  });

  it("“percentages with decimals”", () => {
    // medusa#11988
    expect(off({ promotions: [promotion(percentOff("12.5"))], lines: ["TEA 1 80"] })).toBe("10");
    expect(off({ promotions: [promotion(percentOff("0.125"))], lines: ["TEA 1 1000"] })).toBe("1.25");
  });
});

describe("what goes together: what users of other systems complained of (mission 6.7)", () => {
  const ten = promotion(percentOff("10"), { promotionId: "TEN", combination: { ...usual, priority: 1 } });
  const five = promotion(percentOff("5"), { promotionId: "FIVE", combination: { ...usual, priority: 2 } });

  it("“stacking, exclusion and priority cannot be said”", () => {
    // vendure#3585, vendure#1450, solidus#1429, solidus#2959
    const lines = ["TEA 1 100"];
    expect(off({ promotions: [ten, five], lines })).toBe("14.5");
    const alone = { ...ten, combination: { ...ten.combination, exclusive: "order" as const } };
    expect(off({ promotions: [alone, five], lines })).toBe("10");
    const last = { ...ten, combination: { ...ten.combination, stop: true as const } };
    expect(off({ promotions: [last, five], lines })).toBe("10");
    const first = { ...five, combination: { ...five.combination, priority: 0, stop: true as const } };
    expect(off({ promotions: [ten, first], lines })).toBe("5");
  });

  it("“stacked promotions are computed from another base than I expect”", () => {
    // odoo#241043
    const from = (base: "initial" | "running") => ({ ...five, combination: { ...five.combination, base } });
    expect(off({ promotions: [ten, from("initial")], lines: ["TEA 1 100"] })).toBe("15");
    expect(off({ promotions: [ten, from("running")], lines: ["TEA 1 100"] })).toBe("14.5");
  });

  it("“the rules inside one promotion must not stack”", () => {
    // saleor#14920
    const grouped = [ten, five].map((one) => ({ ...one, combination: { ...one.combination, bestOf: "SALE" } }));
    expect(byLine({ promotions: grouped, lines: ["TEA 1 100"] })).toEqual(["TEN 1 10"]);
  });

  it("“reductions of the catalogue, and codes that are not for reduced goods”", () => {
    // vendure#3575, and Sylius' setting for reduced goods
    const policy = {
      lanes: [
        { lane: "catalogue", mode: "bestPerLine" },
        { lane: "till", mode: "stack" },
      ],
    } as const;
    const spring = promotion(percentOff("20", { kind: "items", in: ["TEA"] }), {
      promotionId: "SPRING",
      combination: { ...usual, lane: "catalogue" },
    });
    const code = (discountedLines: "include" | "skip") =>
      promotion(percentOff("10"), {
        promotionId: "CODE",
        combination: { ...usual, lane: "till", discountedLines },
        coupons: { kind: "codes", codes: ["TEN"] },
      });
    const asked = { lines: ["TEA 1 100", "CUP 1 50"], cart: { couponCodes: ["TEN"] }, policy };
    expect(byLine({ ...asked, promotions: [spring, code("include")] })).toEqual([
      "SPRING 1 20",
      "CODE 1 8",
      "CODE 2 5",
    ]);
    expect(byLine({ ...asked, promotions: [spring, code("skip")] })).toEqual(["SPRING 1 20", "CODE 2 5"]);
  });

  it("“an order promotion that does not hold distorts which line promotion is chosen”", () => {
    // spree#10120
    const never = promotion(moneyOff("50"), {
      promotionId: "NEVER",
      condition: { kind: "lines", which: every, measure: "amount", atLeast: d("1000") },
      combination: { ...usual, priority: 0, bestOf: "SALE" },
    });
    const grouped = [ten, five].map((one) => ({ ...one, combination: { ...one.combination, bestOf: "SALE" } }));
    expect(byLine({ promotions: [never, ...grouped], lines: ["TEA 1 100"] })).toEqual(["TEN 1 10"]);
  });

  it("“the least amount of the order ignores other discounts”", () => {
    // solidus#2452
    const least = (measure: "amount" | "discountedAmount") =>
      promotion(moneyOff("5"), {
        promotionId: "FROM-95",
        condition: { kind: "lines", which: every, measure, atLeast: d("95") },
        combination: { ...usual, priority: 3 },
      });
    expect(off({ promotions: [ten, least("amount")], lines: ["TEA 1 100"] })).toBe("15");
    expect(off({ promotions: [ten, least("discountedAmount")], lines: ["TEA 1 100"] })).toBe("10");
  });

  it("“10 % on everything when there are three of a product cannot be said”", () => {
    // medusa#10539, medusa#11215
    const condition = { kind: "lines", which: items("TEA"), measure: "quantity", atLeast: d("3") } as const;
    const asked = { promotions: [{ ...ten, condition }] };
    expect(off({ ...asked, lines: ["TEA 3 10", "POT 1 70"] })).toBe("10");
    expect(off({ ...asked, lines: ["TEA 2 10", "POT 1 70"] })).toBe("0");
  });

  it("“a least purchase, and 10 % up to 50”", () => {
    // medusa#16121
    const condition = { kind: "lines", which: every, measure: "amount", atLeast: d("200") } as const;
    const capped = promotion({ ...percentOff("10"), cap: d("50") }, { condition });
    expect(["199.99", "200", "500", "900"].map((of) => off({ promotions: [capped], lines: [`TEA 1 ${of}`] }))).toEqual([
      "0",
      "20",
      "50",
      "50",
    ]);
  });

  it("“a fixed discount drives an order to zero, and there is no floor”", () => {
    // medusa#13810
    const lines: CartLine[] = [
      { lineId: "1", itemCode: "TEA", quantity: d("1"), unitPrice: d("30"), floorPrice: d("25") },
      { lineId: "2", itemCode: "CUP", quantity: d("1"), unitPrice: d("10") },
    ];
    expect(byLine({ promotions: [promotion(moneyOff("12"))], lines: [], cart: { lines } })).toEqual([
      "P-1 1 5",
      "P-1 2 7",
    ]);
    expect(off({ promotions: [promotion(moneyOff("1000"))], lines: [], cart: { lines } })).toBe("15");
  });

  it("“nobody says why a code did nothing”", () => {
    // medusa#15396
    const code = { ...ten, coupons: { kind: "codes" as const, codes: ["TEN"] } };
    const later = { ...code, validity: { from: instant("2026-04-01T00:00:00Z") } };
    const cart = { couponCodes: ["TEN", "TNE"] };
    const { codes } = explained({ promotions: [later], lines: ["TEA 1 100"], cart });
    expect(codes.map(({ reasons }) => reasons.map((reason) => reason.code))).toEqual([
      ["not_started"],
      ["code_unknown"],
    ]);
  });
});

describe("codes and limits: what users of other systems complained of (mission 6.3, 6.7)", () => {
  const coded = promotion(moneyOff("5"), { coupons: { kind: "codes", codes: ["FIVE"] } });

  it("“promotions are wrong after the cart was changed, until the codes are sent again”", () => {
    // medusa#12690
    const order = promoted({ header: { couponCodes: ["FIVE"] } }, coded);
    const less = moved(order, "SO-1-1", "4", "open", "cancelled");
    const again = granted(priceOrder(less, pricing(compiled(coded)))).order;
    expect(again.promotions?.applied.map(({ code, amount }) => [code, amount])).toEqual([["FIVE", "5"]]);
  });

  it("“a coupon must be limited for each customer”", () => {
    // Sylius#13745
    const limited = { ...coded, limits: { usesPerCustomer: 1 } };
    const used = (byCustomer: readonly (readonly [string, number])[]) => ({
      usage: new Map([
        [
          "P-1",
          { uses: 1, amount: d("5"), units: d("1"), byCustomer: new Map(byCustomer), byCode: new Map([["FIVE", 1]]) },
        ],
      ]),
    });
    const cart = { couponCodes: ["FIVE"], customer: { customerCode: "C-1" } };
    expect(off({ promotions: [limited], lines: ["TEA 1 9"], cart, facts: used([["C-1", 1]]) })).toBe("0");
    expect(off({ promotions: [limited], lines: ["TEA 1 9"], cart, facts: used([["C-2", 1]]) })).toBe("5");
  });

  it("“two orders at once use the last use of a coupon”", () => {
    // Sylius#18960, vendure#4660
    const limited = { ...coded, limits: { usesPerCode: 1 } };
    const orders = ["SO-1", "SO-2"].map((orderNo) =>
      anyOrder({ orderNo, stage: "reviewed", totals: null, header: { couponCodes: ["FIVE"] } }),
    );
    const { promotions: _none, ...context } = pricing(undefined);
    const { orders: priced } = priceOrders(orders, { ...context, promotions: { compiled: compiled(limited) } });
    expect(priced.map(({ promotions }) => promotions?.applied.length)).toEqual([1, 0]);
  });

  it("“a cancelled order must give the coupon back”", () => {
    // vendure#1466
    const batch = promotion(moneyOff("5"), { coupons: { kind: "batch", batchId: "B-1" } });
    const facts = { compiled: compiled(batch), coupons: new Map([["TEA-7", anyCoupon()]]) };
    const order = confirmed({ header: { couponCodes: ["TEA-7"] } }, batch);
    const priced = granted(revisePromotions(order, { cause: "amend" }, { ...pricing(facts), promotions: facts })).order;
    const { requests } = granted(cancelOrder(priced, { reason: "changed mind" }, anyContext()));
    const entries = requests.flatMap((one) => (one.type === "post_promotion_usage" ? one.entries : []));
    expect(entries.map(({ kind, code, uses, amount }) => [kind, code, uses, amount])).toEqual([
      ["giveBack", "TEA-7", 1, "5"],
    ]);
  });
});

describe("after the order: what users of other systems complained of (mission 6.8)", () => {
  const condition = { kind: "lines", which: every, measure: "amount", atLeast: d("20") } as const;
  const ten = promotion(percentOff("10"), { condition });
  const revised = (order: Order, cause: "cancel" | "return", ...promotions: readonly Promotion[]) => {
    const facts = { compiled: compiled(...promotions) };
    return granted(
      revisePromotions(order, { cause }, { ...pricing(facts, { at: "2026-05-01T00:00:00.000Z" }), promotions: facts }),
    );
  };

  it("“the discount is not undone when the quantity is edited”", () => {
    // spree#7226, spree#7362
    const order = moved(confirmed({}, ten), "SO-1-1", "4", "open", "cancelled");
    expect(revised(order, "cancel", ten).order.promotions?.applied).toEqual([]);
  });

  it("“what is outstanding is wrong after the order was edited”", () => {
    // medusa#10232, medusa#10686, medusa#13068, medusa#11429
    const half = promotion(percentOff("50"), { condition, revision: revision("reEvaluate") });
    const part = billed(delivered(confirmed({}, half), "SO-1-1", "4"));
    expect(part.billing.invoicedAmount).toBe("5");
    const { order, plan, requests } = revised(moved(part, "SO-1-1", "6", "open", "cancelled"), "cancel", half);
    // Four of ten are left, for which there is no discount: they cost 10.00, and 5.00 of that is not billed yet.
    expect([plan.charge, plan.credit, plan.discountAfter]).toEqual(["5", "0", "0"]);
    expect(requests).toContainEqual({ type: "correct_billing", orderNo: "SO-1", credit: "0", charge: "5" });
    expect(revised(order, "cancel", half).plan.charge).toBe("0");
  });

  it("“an edited order gets today's promotions”", () => {
    // Sylius#12437, shopware#3737, shopware#7489
    const today = promotion(percentOff("50"), {
      promotionId: "TODAY",
      validity: { from: instant("2026-04-01T00:00:00Z") },
    });
    const order = moved(confirmed({}, ten), "SO-1-1", "1", "open", "cancelled");
    expect(
      revised(order, "cancel", ten, today).order.promotions?.applied.map(({ promotionId }) => promotionId),
    ).toEqual(["P-1"]);
    const over = promotion(percentOff("10"), {
      condition,
      validity: { from: ten.validity.from, to: instant("2026-04-01T00:00:00Z") },
    });
    expect(revised(order, "cancel", over).plan.discountAfter).toBe("2.25");
  });

  it("“the refund ignores the discount on the whole order”", () => {
    // solidus#512, vendure#890, vendure#1865
    const share = promotion(moneyOff("10"), { revision: revision("proRate") });
    const lines = [
      { orderedQty: "2", unitPrice: "30" },
      { itemCode: "RICE", orderedQty: "1", unitPrice: "40" },
    ];
    const order = billed(delivered(delivered(confirmed({ lines }, share), "SO-1-1", "2"), "SO-1-2", "1"));
    expect(order.billing.invoicedAmount).toBe("90");
    const { order: after, plan } = revised(returned(order, "SO-1-1", "1"), "return", share);
    // One of two came back with its 3.00 of the discount: its return credits 27.00, and nothing else is corrected.
    expect([plan.credit, plan.charge, plan.discountAfter]).toEqual(["0", "0", "7"]);
    expect(after.promotions?.applied[0]?.amount).toBe("7");
  });
});
