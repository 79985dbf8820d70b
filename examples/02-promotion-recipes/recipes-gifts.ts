// Buy this, get that; gifts.

import { cart, category, cheapest, dearest, every, items, promotion, type Recipe } from "./shop.js";

const buyGet = (buy: object, get: object, more: object = {}): object => ({
  kind: "buyGet",
  buy,
  get,
  reward: { kind: "percent", percent: "100" },
  buyFirst: dearest,
  getFirst: cheapest,
  repeat: "everyTime",
  partly: "refused",
  ...more,
});

const gift = (items: readonly object[], more: object = {}): object => ({
  kind: "gift",
  items,
  units: "1",
  repeat: "everyTime",
  choose: "firstAvailable",
  category: "gift",
  whenShort: "backfill",
  ...more,
});

export const GIFTS: readonly Recipe[] = [
  {
    title: "Buy a pot, get a cup free, when both are on the order",
    promotions: [promotion("POT-CUP", buyGet({ which: items("POT"), units: 1 }, { which: items("CUP"), units: 1 }))],
    carts: [
      { label: "two pots, three cups: two are free", cart: cart(["2 POT", "3 CUP"]) },
      { label: "no cup", cart: cart(["1 POT"]) },
    ],
  },
  {
    title: "Buy two, get one free of the same item",
    promotions: [promotion("TEA-2-1", buyGet({ which: items("TEA"), units: 2 }, { which: items("TEA"), units: 1 }))],
    carts: [
      { label: "five: one time, two left over", cart: cart(["5 TEA"]) },
      { label: "six: two times", cart: cart(["6 TEA"]) },
    ],
  },
  {
    title: "Buy ten bags, get twenty small ones: they come on top, by themselves",
    promotions: [
      promotion(
        "TEN-TWENTY",
        gift([{ itemCode: "SAMPLE", value: "0.20" }], { buy: { which: items("RICE"), units: 10 }, units: "20" }),
      ),
    ],
    carts: [{ label: "twenty-five bags: two times", cart: cart(["25 RICE"]) }],
  },
  {
    title: "A gift that scales: a spoon with every two jars, at most three",
    promotions: [
      promotion(
        "SPOON",
        gift([{ itemCode: "SPOON", value: "1.50" }], {
          buy: { which: items("JAM", "HONEY"), units: 2 },
          maxUnits: "3",
        }),
      ),
    ],
    carts: [
      { label: "five jars", cart: cart(["3 JAM", "2 HONEY"]) },
      { label: "nine jars", cart: cart(["9 JAM"]) },
    ],
  },
  {
    title: "A gift from 50.00 on, of the customer's choice",
    promotions: [
      promotion(
        "CHOOSE",
        gift(
          [
            { itemCode: "TIN", value: "3.90" },
            { itemCode: "TOWEL", value: "4.50" },
          ],
          { repeat: "once", choose: "customer", buy: { which: every, amount: "50.00" } },
        ),
      ),
    ],
    carts: [
      { label: "the towel, please", cart: cart(["2 SHIRT"], { giftChoices: { CHOOSE: "TOWEL" } }) },
      { label: "not chosen yet", cart: cart(["2 SHIRT"]) },
      { label: "not enough", cart: cart(["1 SHIRT"]) },
    ],
  },
  {
    title: "Spend 30.00 on crockery, take a jar for 1.00",
    promotions: [
      promotion(
        "JAR-1",
        buyGet(
          { which: category("crockery"), amount: "30.00" },
          { which: items("JAM", "HONEY"), units: 1 },
          { reward: { kind: "unitPrice", amount: "1.00" }, getFirst: dearest },
        ),
      ),
    ],
    carts: [{ label: "a pot, a plate and jars", cart: cart(["1 POT", "1 PLATE", "1 JAM", "1 HONEY"]) }],
  },
];
