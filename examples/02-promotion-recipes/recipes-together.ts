// How promotions go together.

import { decimal } from "ordercycle";
import { cart, category, COMBINATION, every, items, promotion, type Recipe } from "./shop.js";

const percent = (value: string, which: object = every): object => ({
  kind: "percentOff",
  which,
  percent: value,
  spread: "eachLine",
});
const amount = (value: string): object => ({ kind: "amountOff", which: every, amount: value, per: "across" });
const combined = (more: object): object => ({ combination: { ...COMBINATION, ...more } });

export const TOGETHER: readonly Recipe[] = [
  {
    title: "One after the other: 10 % and then 10 % of what is left, or of the price at the begin",
    promotions: [
      promotion("FIRST-10", percent("10"), combined({ priority: 1 })),
      promotion("OF-THE-REST", percent("10", category("tea")), combined({ priority: 2 })),
      promotion("OF-THE-PRICE", percent("10", category("crockery")), combined({ priority: 2, base: "initial" })),
    ],
    carts: [{ label: "tea and a pot", cart: cart(["5 TEA", "1 POT"]) }],
  },
  {
    title: "Ten percent, but not on what is reduced already",
    promotions: [
      promotion("TEA-5", { kind: "fixedPrice", which: items("TEA"), unitPrice: "5.00" }, combined({ priority: 1 })),
      promotion("TEN-REST", percent("10"), combined({ priority: 2, discountedLines: "skip" })),
    ],
    carts: [{ label: "tea and a pot", cart: cart(["2 TEA", "1 POT"]) }],
  },
  {
    title: "An exclusive sale: where it applies, nothing else does",
    promotions: [
      promotion("SALE-30", percent("30", category("clothes")), combined({ priority: 1, exclusive: "order" })),
      promotion("TEN", percent("10"), combined({ priority: 2 })),
    ],
    carts: [
      { label: "a shirt and a pot", cart: cart(["1 SHIRT", "1 POT"]) },
      { label: "the pot alone", cart: cart(["1 POT"]) },
    ],
  },
  {
    title: "Exclusive on its lines: the others are free for the next",
    promotions: [
      promotion("SALE-LINES", percent("30", category("clothes")), combined({ priority: 1, exclusive: "lines" })),
      promotion("TEN", percent("10"), combined({ priority: 2 })),
    ],
    carts: [{ label: "a shirt and a pot", cart: cart(["1 SHIRT", "1 POT"]) }],
  },
  {
    title: "The best of a group: 10 %, or 5.00 off",
    promotions: [
      promotion("TEN-OR", percent("10"), combined({ bestOf: "spring" })),
      promotion("FIVE-OR", amount("5.00"), combined({ bestOf: "spring" })),
    ],
    carts: [
      { label: "a small cart", cart: cart(["1 SHIRT"]) },
      { label: "a larger one", cart: cart(["2 SHIRT", "1 POT"]) },
    ],
  },
  {
    title: "Two lanes: the best price for each line first, then codes on top",
    policy: {
      lanes: [
        { lane: "prices", mode: "bestPerLine" },
        { lane: "codes", mode: "stack" },
      ],
    },
    promotions: [
      promotion("ALL-10", percent("10"), combined({ lane: "prices" })),
      promotion("TEA-20", percent("20", category("tea")), combined({ lane: "prices" })),
      promotion("CODE-5", amount("5.00"), {
        ...combined({ lane: "codes" }),
        coupons: { kind: "codes", codes: ["PLUS5"] },
      }),
    ],
    carts: [{ label: "tea and a pot, with the code", cart: cart(["2 TEA", "1 POT"], { couponCodes: ["PLUS5"] }) }],
  },
  {
    title: "Classes: a club offer goes with freight, and with nothing else",
    promotions: [
      promotion(
        "CLUB-15",
        percent("15"),
        combined({ priority: 1, classes: { own: "club", combinesWith: ["freight"] } }),
      ),
      promotion("WEEK-5", percent("5"), combined({ priority: 2, classes: { own: "week", combinesWith: ["freight"] } })),
      promotion(
        "FREIGHT-0",
        { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: "100" } },
        combined({ priority: 3, classes: { own: "freight", combinesWith: ["club", "week"] } }),
      ),
    ],
    carts: [{ label: "a shirt", cart: cart(["1 SHIRT"], { charges: [{ kind: "freight", amount: decimal("5.90") }] }) }],
  },
  {
    title: "Whatever is best for the customer: the exclusive 12 %, or 10 % and 2.00 together",
    policy: { search: { kind: "bestForCustomer", steps: 100 } },
    promotions: [
      promotion("ALONE-12", percent("12"), combined({ priority: 1, exclusive: "order" })),
      promotion("BOTH-10", percent("10"), combined({ priority: 2 })),
      promotion("BOTH-2", amount("2.00"), combined({ priority: 3 })),
    ],
    carts: [
      { label: "a shirt: together is better", cart: cart(["1 SHIRT"]) },
      { label: "six shirts: alone is better", cart: cart(["6 SHIRT"]) },
    ],
  },
];
