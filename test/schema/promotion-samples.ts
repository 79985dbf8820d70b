import { anyPromotion } from "../../src/testing/index.js";

const tea = { kind: "items", in: ["TEA"] };
const every = { kind: "every" };
const cheapest = { by: "unitPrice", first: "cheapest" };
const base = { ...anyPromotion(), currency: "EUR" };
const money = (kind: string): object => ({ kind, amount: "1.50" });

const EFFECTS: readonly object[] = [
  { kind: "percentOff", which: tea, percent: "12.5", spread: "across", cap: "50" },
  { kind: "amountOff", which: every, amount: 5, per: "once", pick: cheapest, stated: "taxInclusive" },
  { kind: "fixedPrice", which: tea, unitPrice: "1.9995" },
  { kind: "chargeOff", charges: ["freight", "handling"], reward: { kind: "percent", percent: "100" } },
  { kind: "chargeOff", charges: ["freight"], reward: money("downTo") },
  { kind: "chargeOff", charges: ["tax"], reward: money("amount") },
  {
    kind: "tiers",
    which: every,
    measure: "quantity",
    per: "item",
    mode: "incremental",
    reward: "percent",
    steps: [
      { from: "10", value: "2" },
      { from: "50", value: "5" },
    ],
  },
  { kind: "groups", which: every, size: 3, per: "group", pick: cheapest, reward: { kind: "payFor", units: 2 } },
  { kind: "groups", which: every, size: 3, per: "line", pick: cheapest, reward: money("fixedSum"), maxGroups: 2 },
  { kind: "groups", which: every, size: 2, per: "item", pick: cheapest, reward: { kind: "percent", percent: "50" } },
  { kind: "groups", which: every, size: 1, per: "item", pick: cheapest, reward: money("amount") },
  {
    kind: "buyGet",
    buy: { which: tea, units: 2 },
    get: { which: every, units: 1 },
    reward: { kind: "percent", percent: "100" },
    buyFirst: cheapest,
    getFirst: { by: "lineAmount", first: "dearest" },
    maxUnits: 4,
    repeat: "everyTime",
    partly: "allowed",
    blocked: "sameRole",
  },
  ...["unitPrice", "amount"].map((kind) => ({
    kind: "buyGet",
    buy: { which: tea, amount: "20" },
    get: { which: tea, units: 1 },
    reward: money(kind),
    buyFirst: cheapest,
    getFirst: cheapest,
    repeat: "once",
    partly: "refused",
  })),
  {
    kind: "gift",
    buy: { which: tea, units: 5 },
    items: [{ itemCode: "CUP", uom: "EA", value: "3" }, { itemCode: "BAG" }],
    units: "1",
    maxUnits: "3",
    repeat: "everyTime",
    choose: "customer",
    category: "exchange",
    whenShort: "replace",
  },
];

const CONDITION = {
  kind: "all",
  of: [
    { kind: "customer", fact: "customerClass", in: ["A", "B"] },
    { kind: "not", of: { kind: "order", fact: "channel", in: ["fax"] } },
    {
      kind: "any",
      of: [
        { kind: "nthOrder", from: 1, to: 9, every: 3 },
        {
          kind: "time",
          weekdays: [6, 7],
          fromDay: "2026-03-01",
          toDay: "2026-04-01",
          fromTime: "22:00",
          toTime: "02:00:00",
        },
      ],
    },
    {
      kind: "lines",
      which: {
        kind: "all",
        of: [
          {
            kind: "any",
            of: [
              { kind: "categories", in: ["food"] },
              { kind: "tags", in: ["new"] },
            ],
          },
          { kind: "not", of: { kind: "attribute", name: "brand", in: ["Lee"] } },
          { kind: "quantity", atLeast: "1", atMost: 99.5 },
          { kind: "unitPrice", atLeast: "0.5" },
        ],
      },
      measure: "discountedAmount",
      atLeast: "20",
      atMost: "1000",
    },
  ],
};

/** Valid promotions of every kind of effect, and one with every field. */
export const PROMOTION_SAMPLES: readonly unknown[] = [
  anyPromotion(),
  ...EFFECTS.map((effect) => ({ ...base, effect })),
  {
    ...base,
    validity: { from: "2026-01-01T00:00:00+01:00", to: "2027-01-01T00:00:00Z" },
    coupons: { kind: "batch", batchId: "B-1" },
    condition: CONDITION,
    effect: { kind: "percentOff", which: { kind: "couponItems" }, percent: "100", spread: "eachLine" },
    limits: {
      uses: 100,
      usesPerCustomer: 1,
      usesPerCode: 1,
      budget: "500",
      units: "80.5",
      amountPerOrder: "20",
      beyondBudget: "refused",
    },
    combination: {
      priority: -1,
      lane: "till",
      bestOf: "spring",
      exclusive: "lines",
      stop: true,
      classes: { own: "coupon", combinesWith: ["shelf"] },
      base: "initial",
      discountedLines: "skip",
    },
    revision: {
      cancel: "keep",
      short: "proRate",
      return: "clawBack",
      amend: "reEvaluate",
      unearnedGifts: "charge",
      uses: "spent",
    },
  },
  { ...base, coupons: { kind: "codes", codes: ["SPRING", "春天"] } },
];
