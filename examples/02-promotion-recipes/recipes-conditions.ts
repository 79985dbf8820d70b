// Codes, customers, days and hours, freight.

import { decimal, instant, sumPromotionUsage, type Coupon } from "ordercycle";
import { cart, category, every, promotion, type Recipe } from "./shop.js";

const tenPercent = { kind: "percentOff", which: every, percent: "10", spread: "eachLine" };
const at = (text: string): { readonly at: ReturnType<typeof instant> } => ({ at: instant(text) });
const freight = { charges: [{ kind: "freight", amount: decimal("5.90") }] } as const;

/** Customer C-7 has used the welcome code already. */
const usedByC7 = sumPromotionUsage([
  {
    entryId: "SO-3@3/1",
    kind: "use",
    promotionId: "WELCOME",
    code: "HELLO",
    customerCode: "C-7",
    orderNo: "SO-3",
    uses: 1,
    amount: decimal("4"),
    units: decimal("2"),
    at: instant("2026-03-05T10:00:00Z"),
  },
]);

/** Two coupons as they lie in tins of tea; one of them was withdrawn. */
const tins = new Map<string, Coupon>([
  ["TIN-A2", { code: "TIN-A2", batchId: "TINS" }],
  ["TIN-B7", { code: "TIN-B7", batchId: "TINS", blocked: true }],
]);

export const CONDITIONS: readonly Recipe[] = [
  {
    title: "A code, once for each customer",
    promotions: [
      promotion("WELCOME", tenPercent, {
        coupons: { kind: "codes", codes: ["HELLO"] },
        limits: { usesPerCustomer: 1 },
      }),
    ],
    carts: [
      {
        label: "a new customer",
        cart: cart(["1 SHIRT"], { couponCodes: ["HELLO"], customer: { customerCode: "C-8" } }),
        facts: { usage: usedByC7 },
      },
      {
        label: "one who has had it",
        cart: cart(["1 SHIRT"], { couponCodes: ["HELLO"], customer: { customerCode: "C-7" } }),
        facts: { usage: usedByC7 },
      },
      { label: "without the code", cart: cart(["1 SHIRT"], { customer: { customerCode: "C-8" } }) },
    ],
  },
  {
    title: "A coupon packed with goods, exchanged for goods, each once",
    promotions: [
      promotion(
        "TIN-COUPON",
        {
          kind: "gift",
          items: [{ itemCode: "TIN", value: "3.90" }],
          units: "1",
          repeat: "once",
          choose: "firstAvailable",
          category: "exchange",
          whenShort: "backfill",
        },
        { coupons: { kind: "batch", batchId: "TINS" }, limits: { usesPerCode: 1 } },
      ),
    ],
    carts: [
      { label: "a good one", cart: cart(["1 TEA"], { couponCodes: ["TIN-A2"] }), facts: { coupons: tins } },
      { label: "a withdrawn one", cart: cart(["1 TEA"], { couponCodes: ["TIN-B7"] }), facts: { coupons: tins } },
    ],
  },
  {
    title: "Ten percent on the first order",
    promotions: [promotion("FIRST", tenPercent, { condition: { kind: "nthOrder", to: 1 } })],
    carts: [
      { label: "the first", cart: cart(["1 POT"], { customer: { earlierOrders: 0 } }) },
      { label: "the fourth", cart: cart(["1 POT"], { customer: { earlierOrders: 3 } }) },
    ],
  },
  {
    title: "Happy hour: from 17:00 until before 19:00, by the clock of the shop",
    promotions: [promotion("HAPPY", tenPercent, { condition: { kind: "time", fromTime: "17:00", toTime: "19:00" } })],
    carts: [
      { label: "18:59 in Berlin, in summer time", cart: cart(["1 POT"], at("2026-04-01T16:59:00Z")) },
      { label: "19:00", cart: cart(["1 POT"], at("2026-04-01T17:00:00Z")) },
    ],
  },
  {
    title: "Tea on Tuesdays",
    promotions: [
      promotion(
        "TUESDAY",
        { kind: "percentOff", which: category("tea"), percent: "15", spread: "eachLine" },
        { condition: { kind: "time", weekdays: [2] } },
      ),
    ],
    carts: [
      { label: "Tuesday", cart: cart(["2 TEA", "1 CUP"], at("2026-03-17T09:00:00Z")) },
      { label: "Wednesday", cart: cart(["2 TEA"], at("2026-03-18T09:00:00Z")) },
    ],
  },
  {
    title: "Five percent for class A, and for whoever has the tag “friend”",
    promotions: [
      promotion(
        "VIP",
        { kind: "percentOff", which: every, percent: "5", spread: "eachLine" },
        {
          condition: {
            kind: "any",
            of: [
              { kind: "customer", fact: "customerClass", in: ["A"] },
              { kind: "customer", fact: "tag", in: ["friend"] },
            ],
          },
        },
      ),
    ],
    carts: [
      { label: "class A", cart: cart(["1 SHIRT"], { customer: { customerClass: "A" } }) },
      { label: "class C", cart: cart(["1 SHIRT"], { customer: { customerClass: "C", tags: ["club"] } }) },
    ],
  },
  {
    title: "Freight free from 50.00 on",
    promotions: [
      promotion(
        "FREE-FREIGHT",
        { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: "100" } },
        { condition: { kind: "lines", which: every, measure: "discountedAmount", atLeast: "50.00" } },
      ),
    ],
    carts: [
      { label: "two shirts", cart: cart(["2 SHIRT"], freight) },
      { label: "one", cart: cart(["1 SHIRT"], freight) },
    ],
  },
  {
    title: "Freight down to 2.90",
    promotions: [
      promotion("FREIGHT-290", {
        kind: "chargeOff",
        charges: ["freight"],
        reward: { kind: "downTo", amount: "2.90" },
      }),
    ],
    carts: [{ label: "a shirt", cart: cart(["1 SHIRT"], freight) }],
  },
];
