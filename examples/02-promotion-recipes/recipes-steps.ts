// Tiers, and groups of units.

import { cart, category, cheapest, dearest, every, items, promotion, type Recipe } from "./shop.js";

const tier = (which: object, more: object): object => ({
  kind: "tiers",
  which,
  measure: "quantity",
  per: "line",
  mode: "allUnits",
  reward: "percent",
  steps: [
    { from: "10", value: "5" },
    { from: "20", value: "10" },
  ],
  ...more,
});

export const STEPS: readonly Recipe[] = [
  {
    title: "Tiers by quantity, for all units: from 10 on 5 %, from 20 on 10 % (20 cost less than 19!)",
    promotions: [promotion("RICE-ALL", tier(items("RICE"), {}))],
    carts: [
      { label: "nineteen", cart: cart(["19 RICE"]) },
      { label: "twenty", cart: cart(["20 RICE"]) },
    ],
  },
  {
    title: "The same steps, each for what lies beyond it: no dip",
    promotions: [promotion("RICE-STEP", tier(items("RICE"), { mode: "incremental" }))],
    carts: [
      { label: "nineteen", cart: cart(["19 RICE"]) },
      { label: "twenty-five", cart: cart(["25 RICE"]) },
    ],
  },
  {
    title: "Tiers by item: lines of the same item count together",
    promotions: [promotion("BY-ITEM", tier(category("larder"), { per: "item" }))],
    carts: [{ label: "rice on two lines, and a little jam", cart: cart(["6 RICE", "5 RICE", "6 JAM"]) }],
  },
  {
    title: "Tiers by mixed group: everything from the larder counts together",
    promotions: [promotion("MIXED", tier(category("larder"), { per: "group" }))],
    carts: [{ label: "six jars and six bags", cart: cart(["6 JAM", "6 RICE"]) }],
  },
  {
    title: "Tiers by order amount: 5.00 off from 50.00, 15.00 off from 100.00",
    promotions: [
      promotion(
        "BY-AMOUNT",
        tier(every, {
          measure: "amount",
          per: "group",
          reward: "amount",
          steps: [
            { from: "50", value: "5" },
            { from: "100", value: "15" },
          ],
        }),
      ),
    ],
    carts: [
      { label: "the first step", cart: cart(["2 SHIRT"]) },
      { label: "the second", cart: cart(["2 SHIRT", "2 POT"]) },
    ],
  },
  {
    title: "A price that falls with quantity: 2.99 each, from 6 on 2.60, from 12 on 2.30",
    promotions: [
      promotion(
        "JAM-BOX",
        tier(items("JAM"), {
          reward: "unitPrice",
          steps: [
            { from: "6", value: "2.60" },
            { from: "12", value: "2.30" },
          ],
        }),
      ),
    ],
    carts: [{ label: "a dozen", cart: cart(["12 JAM"]) }],
  },
  {
    title: "Three for the price of two: in each group the cheapest is free, dearest goods form groups first",
    promotions: [
      promotion("3-FOR-2", {
        kind: "groups",
        which: category("tea", "larder"),
        size: 3,
        per: "group",
        pick: dearest,
        reward: { kind: "payFor", units: 2 },
      }),
    ],
    carts: [
      { label: "seven mixed: two groups, one left over", cart: cart(["2 TEA", "3 JAM", "2 HONEY"]) },
      { label: "two: no group", cart: cart(["2 TEA"]) },
    ],
  },
  {
    title: "Three cups for 20.00, at most twice on one order",
    promotions: [
      promotion("CUPS-20", {
        kind: "groups",
        which: items("CUP"),
        size: 3,
        per: "line",
        pick: cheapest,
        reward: { kind: "fixedSum", amount: "20.00" },
        maxGroups: 2,
      }),
    ],
    carts: [
      { label: "four", cart: cart(["4 CUP"]) },
      { label: "ten", cart: cart(["10 CUP"]) },
    ],
  },
  {
    title: "Mix and match: any three of cup and plate for 22.00",
    promotions: [
      promotion("TABLE-22", {
        kind: "groups",
        which: items("CUP", "PLATE"),
        size: 3,
        per: "group",
        pick: dearest,
        reward: { kind: "fixedSum", amount: "22.00" },
      }),
    ],
    carts: [{ label: "two plates and two cups", cart: cart(["2 CUP", "2 PLATE"]) }],
  },
  {
    title: "The second at half price",
    promotions: [
      promotion("SECOND-HALF", {
        kind: "buyGet",
        buy: { which: category("clothes"), units: 1 },
        get: { which: category("clothes"), units: 1 },
        reward: { kind: "percent", percent: "50" },
        buyFirst: dearest,
        getFirst: cheapest,
        repeat: "everyTime",
        partly: "refused",
      }),
    ],
    carts: [{ label: "two shirts and a scarf: the cheapest is the second", cart: cart(["2 SHIRT", "1 SCARF"]) }],
  },
];
