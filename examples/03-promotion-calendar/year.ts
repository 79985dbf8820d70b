// The year's promotions, as a data base keeps them: plain JSON, checked at the door.

import { compilePromotions, type Instant, type Promotion } from "ordercycle";
import { parsePromotion, parsePromotionPolicy } from "ordercycle/schema";
import { must } from "./shop.js";
import { across, category, every, gift, items, percent, runs, spent } from "./terms.js";

const ALL_YEAR = ["2026-01-01", "2027-01-01"] as const;
const first = { combination: { priority: 1, exclusive: "order" } };

const YEAR: readonly object[] = [
  runs(
    "CLEARANCE",
    "Planners at half price",
    ["2026-01-02", "2026-02-01"],
    percent({ kind: "tags", in: ["clearance"] }, "50"),
    { limits: { units: "40" } },
  ),
  runs("VALENTINE", "Chocolates from 30.00", ["2026-02-07", "2026-02-15"], gift("CHOC", "4.80", "30.00")),
  runs("SPRING", "Paper by the sheet", ["2026-03-02", "2026-05-01"], {
    kind: "tiers",
    which: category("paper"),
    measure: "quantity",
    per: "group",
    mode: "incremental",
    reward: "percent",
    steps: [
      { from: "20", value: "10" },
      { from: "50", value: "20" },
    ],
  }),
  runs("EASTER", "4.00 off from 25.00", ["2026-04-03", "2026-04-07"], across(every, "4.00"), {
    // After the tiers, so that it looks at what they left.
    combination: { priority: 20 },
    condition: spent("25.00"),
  }),
  runs(
    "HAPPY-HOUR",
    "Fridays 16 to 18: 15 % off writing",
    ["2026-06-05", "2026-09-01"],
    percent(category("writing"), "15"),
    {
      condition: { kind: "time", weekdays: [5], fromTime: "16:00", toTime: "18:00" },
    },
  ),
  runs("SCHOOL", "Three notebooks, the fourth free", ["2026-08-17", "2026-09-14"], {
    kind: "buyGet",
    buy: { which: items("NOTEBOOK"), units: 3 },
    get: { which: items("NOTEBOOK"), units: 1 },
    reward: { kind: "percent", percent: "100" },
    buyFirst: { by: "unitPrice", first: "dearest" },
    getFirst: { by: "unitPrice", first: "cheapest" },
    repeat: "everyTime",
    partly: "refused",
  }),
  runs("LANTERNS", "Lanterns at 7.00", ["2026-10-19", "2026-11-02"], {
    kind: "fixedPrice",
    which: items("LANTERN"),
    unitPrice: "7.00",
  }),
  runs("SINGLES", "11 % off everything", ["2026-11-11", "2026-11-12"], percent(every, "11"), {
    limits: { budget: "25.00" },
  }),
  runs("BLACK", "25 % off everything, alone", ["2026-11-27", "2026-11-30"], percent(every, "25"), first),
  runs(
    "ADVENT-1",
    "Three candles for two",
    ["2026-11-29", "2026-12-06"],
    {
      kind: "groups",
      which: category("candles"),
      size: 3,
      per: "group",
      pick: { by: "unitPrice", first: "dearest" },
      reward: { kind: "payFor", units: 2 },
    },
    { combination: { priority: 5, exclusive: "lines" } },
  ),
  runs("ADVENT-2", "Cards 20 % off", ["2026-12-06", "2026-12-13"], percent(category("cards"), "20")),
  runs("ADVENT-3", "Ribbon from 40.00", ["2026-12-13", "2026-12-20"], gift("RIBBON", "2.90", "40.00")),
  runs("ADVENT-4", "5.00 off each album", ["2026-12-20", "2026-12-24"], {
    kind: "amountOff",
    which: items("ALBUM"),
    amount: "5.00",
    per: "unit",
  }),
  runs(
    "FREIGHT-0",
    "Freight free from 40.00",
    ["2026-12-01", "2026-12-24"],
    { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: "100" } },
    { combination: { lane: "freight" }, condition: spent("40.00") },
  ),
  runs("WELCOME", "HELLO-26: 5.00 off, once", ALL_YEAR, across(every, "5.00"), {
    combination: { lane: "customer", priority: 20 },
    condition: spent("20.00"),
    coupons: { kind: "codes", codes: ["HELLO-26"] },
    limits: { usesPerCustomer: 1 },
  }),
  runs("CLASS-A", "3 % for class A", ALL_YEAR, percent(every, "3"), {
    combination: { lane: "customer" },
    condition: { kind: "customer", fact: "customerClass", in: ["A"] },
  }),
];

/** Offers first, then what the customer brings along, then freight, which looks at what is left. */
const POLICY = {
  rounding: "halfUp",
  remainder: "largestRemainder",
  prices: "taxInclusive",
  ties: "content",
  search: { kind: "inOrder" },
  lanes: ["offers", "customer", "freight"].map((lane) => ({ lane, mode: "stack" })),
};

export const promotions: readonly Promotion[] = YEAR.map((one) => must(parsePromotion(one)));
export const compiled = must(compilePromotions(promotions, must(parsePromotionPolicy(POLICY))));

/** The first instant of a promotion, and the first at which it is over. */
export function windowOf(promotionId: string): { readonly from: Instant; readonly to: Instant } {
  const validity = promotions.find((one) => one.promotionId === promotionId)?.validity;
  if (validity?.to === undefined) throw new Error(`${promotionId} is not in the calendar.`);
  return { from: validity.from, to: validity.to };
}
