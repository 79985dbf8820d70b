// Percentages, amounts and prices.

import { decimal, sumPromotionUsage, instant } from "ordercycle";
import { cart, category, every, items, promotion, type Recipe } from "./shop.js";

/** Ninety-eight of the hundred scarves set aside are gone. */
const scarvesSold = sumPromotionUsage([
  {
    entryId: "SO-7@3/1",
    kind: "use",
    promotionId: "SCARVES",
    customerCode: "C-9",
    orderNo: "SO-7",
    uses: 1,
    amount: decimal("882"),
    units: decimal("98"),
    at: instant("2026-03-10T09:00:00Z"),
  },
]);

export const AMOUNTS: readonly Recipe[] = [
  {
    title: "Ten percent off everything in a category",
    promotions: [
      promotion("TEA-10", { kind: "percentOff", which: category("tea"), percent: "10", spread: "eachLine" }),
    ],
    carts: [{ label: "tea and a pot", cart: cart(["3 TEA", "1 POT"]) }],
  },
  {
    title: "Ten percent, up to 5.00 in all",
    promotions: [
      promotion("TEN-CAPPED", { kind: "percentOff", which: every, percent: "10", spread: "across", cap: "5.00" }),
    ],
    carts: [
      { label: "below the cap", cart: cart(["1 POT", "1 CUP"]) },
      { label: "above it: the cap is shared out", cart: cart(["2 POT", "2 SHIRT"]) },
    ],
  },
  {
    title: "20.00 off an order from 100.00 on, shared out over its lines",
    promotions: [
      promotion(
        "TWENTY",
        { kind: "amountOff", which: every, amount: "20.00", per: "across" },
        { condition: { kind: "lines", which: every, measure: "amount", atLeast: "100.00" } },
      ),
    ],
    carts: [
      { label: "enough", cart: cart(["2 SHIRT", "2 POT"]) },
      { label: "not enough", cart: cart(["2 SHIRT", "1 POT"]) },
    ],
  },
  {
    title: "50 cents off each jar",
    promotions: [promotion("JAR-50", { kind: "amountOff", which: items("JAM"), amount: "0.50", per: "unit" })],
    carts: [{ label: "four jars", cart: cart(["4 JAM", "1 RICE"]) }],
  },
  {
    title: "8.00 off once: a single piece of the dearest goods bears it",
    promotions: [promotion("EIGHT-ONCE", { kind: "amountOff", which: every, amount: "8.00", per: "once" })],
    carts: [{ label: "two shirts and a pot", cart: cart(["1 POT", "2 SHIRT"]) }],
  },
  {
    title: "A fixed price; what is cheaper already keeps its price",
    promotions: [promotion("LARDER-250", { kind: "fixedPrice", which: category("larder"), unitPrice: "2.50" })],
    carts: [{ label: "from the larder", cart: cart(["2 JAM", "3 RICE", "1 HONEY"]) }],
  },
  {
    title: "Clearance at half price while stock set aside lasts: 98 of 100 are gone",
    promotions: [
      promotion(
        "SCARVES",
        { kind: "percentOff", which: { kind: "tags", in: ["clearance"] }, percent: "50", spread: "eachLine" },
        { limits: { units: "100" } },
      ),
    ],
    carts: [{ label: "three scarves", cart: cart(["3 SCARF"]), facts: { usage: scarvesSold } }],
  },
  {
    title: "A floor price: matcha never goes below 18.00, others take over what it cannot bear",
    promotions: [promotion("EIGHT-TEA", { kind: "amountOff", which: category("tea"), amount: "8.00", per: "across" })],
    carts: [{ label: "matcha and tea", cart: cart(["1 MATCHA", "3 TEA"]) }],
  },
];
