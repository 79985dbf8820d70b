import { decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import type { PromotionIssue } from "../../../src/model/promotion/promotion-issue.js";
import { anyPromotion } from "../../../src/testing/index.js";

const every = { kind: "every" };
export const tea = { kind: "items", in: ["TEA"] };
const cheapest = { by: "unitPrice", first: "cheapest" };

/** A promotion in euro with parts that the compiler need not believe. */
export function made(part: Readonly<Record<string, unknown>>): Promotion {
  return { ...anyPromotion(), currency: "EUR", ...part };
}
export const effect = (part: object): Promotion => made({ effect: part });
export const condition = (part: object): Promotion => made({ condition: part });
export const limits = (part: object): Promotion => made({ limits: part });
export const percentOff = (part: object): Promotion =>
  effect({ kind: "percentOff", which: every, percent: "10", spread: "eachLine", ...part });
export const amountOff = (part: object): Promotion =>
  effect({ kind: "amountOff", which: every, amount: "5", per: "across", ...part });
export const chargeOff = (part: object): Promotion =>
  effect({ kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: "50" }, ...part });
const tiers = (part: object): Promotion =>
  effect({
    kind: "tiers",
    which: every,
    measure: "quantity",
    per: "line",
    mode: "allUnits",
    reward: "percent",
    steps: [
      { from: "10", value: "5" },
      { from: "20", value: "8" },
    ],
    ...part,
  });
export const groups = (part: object): Promotion =>
  effect({
    kind: "groups",
    which: every,
    size: 3,
    per: "group",
    pick: cheapest,
    reward: { kind: "payFor", units: 2 },
    ...part,
  });
const buyGet = (part: object): Promotion =>
  effect({
    kind: "buyGet",
    buy: { which: tea, units: 2 },
    get: { which: tea, units: 1 },
    reward: { kind: "percent", percent: "100" },
    buyFirst: cheapest,
    getFirst: cheapest,
    repeat: "everyTime",
    partly: "refused",
    ...part,
  });
export const gift = (part: object): Promotion =>
  effect({
    kind: "gift",
    buy: { which: tea, units: 2 },
    items: [{ itemCode: "CUP", value: "3" }],
    units: "1",
    repeat: "everyTime",
    choose: "firstAvailable",
    category: "gift",
    whenShort: "drop",
    ...part,
  });
export const time = (part: object): Promotion => condition({ kind: "time", ...part });
export const lines = (part: object): Promotion =>
  condition({ kind: "lines", which: every, measure: "quantity", ...part });

/** A tree of `not` around a leaf, made without recursion. */
export function nested(leaf: object, levels: number): object {
  let tree = leaf;
  for (let level = 1; level < levels; level += 1) tree = { kind: "not", of: tree };
  return tree;
}
const pathOf = (levels: number): string[] => new Array<string>(levels).fill("of");

type Told = readonly [code: PromotionIssue["code"], path: readonly (string | number)[], facts?: object];

/** One fault and all that is to be told of it. */
export const FAULTS: readonly (readonly [name: string, promotion: Promotion, told: Told])[] = [
  ["an id without a letter", made({ promotionId: " " }), ["promotion.not_a_name", ["promotionId"]]],
  ["an id with a line feed", made({ promotionId: "P\n1" }), ["promotion.not_a_name", ["promotionId"]]],
  ["a name that says nothing", made({ name: " " }), ["promotion.not_a_name", ["name"]]],
  [
    "a code that cannot be printed",
    made({ coupons: { kind: "codes", codes: ["A", "B\u0000"] } }),
    ["promotion.not_a_name", ["coupons", "codes", 1]],
  ],
  [
    "a batch without a name",
    made({ coupons: { kind: "batch", batchId: "" } }),
    ["promotion.not_a_name", ["coupons", "batchId"]],
  ],
  [
    "a lane without a name",
    made({ combination: { ...anyPromotion().combination, lane: "" } }),
    ["promotion.not_a_name", ["combination", "lane"]],
  ],
  [
    "a group without a name",
    made({ combination: { ...anyPromotion().combination, bestOf: "\u0007" } }),
    ["promotion.not_a_name", ["combination", "bestOf"]],
  ],
  ["no version", made({ version: 0 }), ["promotion.version_not_positive", ["version"], { version: 0 }]],
  ["half a version", made({ version: 1.5 }), ["promotion.version_not_positive", ["version"], { version: 1.5 }]],
  ["nobody who answers for it", made({ owner: "  " }), ["promotion.no_owner", ["owner"]]],
  ["no reason", made({ reason: "" }), ["promotion.no_reason", ["reason"]]],
  [
    "an end that is its begin",
    made({ validity: { from: instant("2026-03-02T09:00:00Z"), to: instant("2026-03-02T10:00:00+01:00") } }),
    [
      "promotion.contradictory_window",
      ["validity", "to"],
      { from: "2026-03-02T09:00:00.000Z", to: "2026-03-02T09:00:00.000Z" },
    ],
  ],
  [
    "a place that nobody knows",
    made({ timeZone: "Mars/Olympus" }),
    ["promotion.unknown_time_zone", ["timeZone"], { timeZone: "Mars/Olympus" }],
  ],
  [
    "a currency that nobody knows",
    made({ currency: "XXQ" }),
    ["promotion.unknown_currency", ["currency"], { currency: "XXQ" }],
  ],
  ["money without a currency", { ...withoutCurrency(amountOff({})) }, ["promotion.currency_missing", ["currency"]]],
  [
    "a bound of money without a currency",
    { ...withoutCurrency(lines({ measure: "amount", atLeast: "20" })) },
    ["promotion.currency_missing", ["currency"]],
  ],
  [
    "a priority between two",
    made({ combination: { ...anyPromotion().combination, priority: 0.5 } }),
    ["promotion.priority_not_whole", ["combination", "priority"], { priority: 0.5 }],
  ],
  [
    "a priority beyond counting",
    made({ combination: { ...anyPromotion().combination, priority: 2 ** 53 } }),
    ["promotion.priority_not_whole", ["combination", "priority"], { priority: 2 ** 53 }],
  ],
  ["codes, but none", made({ coupons: { kind: "codes", codes: [] } }), ["promotion.no_codes", ["coupons", "codes"]]],
  [
    "a code that stands twice",
    made({ coupons: { kind: "codes", codes: ["A", "B", "A"] } }),
    ["promotion.code_twice", ["coupons", "codes", 2], { couponCode: "A" }],
  ],
  [
    "more than everything",
    percentOff({ percent: "100.01" }),
    ["promotion.percent_over_100", ["effect", "percent"], { value: "100.01" }],
  ],
  [
    "more than everything of a step",
    tiers({ steps: [{ from: "10", value: "101" }] }),
    ["promotion.percent_over_100", ["effect", "steps", 0, "value"], { value: "101" }],
  ],
  ["nothing off", percentOff({ percent: "0" }), ["promotion.percent_zero", ["effect", "percent"]]],
  [
    "nothing off a group",
    groups({ reward: { kind: "percent", percent: "0" } }),
    ["promotion.percent_zero", ["effect", "reward", "percent"]],
  ],
  [
    "nothing off charges",
    chargeOff({ reward: { kind: "percent", percent: "0" } }),
    ["promotion.percent_zero", ["effect", "reward", "percent"]],
  ],
  [
    "nothing off what is got",
    buyGet({ reward: { kind: "percent", percent: "0" } }),
    ["promotion.percent_zero", ["effect", "reward", "percent"]],
  ],
  ...["unit", "line", "once", "across"].flatMap((per) =>
    ["0", "-1"].map((value): (typeof FAULTS)[number] => [
      `${value} off, per ${per}`,
      amountOff({ per, amount: value }),
      ["promotion.amount_not_positive", ["effect", "amount"], { value }],
    ]),
  ),
  [
    "no money off what is got",
    buyGet({ reward: { kind: "amount", amount: "0" } }),
    ["promotion.amount_not_positive", ["effect", "reward", "amount"], { value: "0" }],
  ],
  [
    "no money off each unit of a step",
    tiers({ reward: "amountPerUnit", steps: [{ from: "10", value: "0" }] }),
    ["promotion.amount_not_positive", ["effect", "steps", 0, "value"], { value: "0" }],
  ],
  [
    "a price below nothing",
    effect({ kind: "fixedPrice", which: tea, unitPrice: "-0.5" }),
    ["promotion.amount_not_positive", ["effect", "unitPrice"], { value: "-0.5" }],
  ],
  ["a cap of nothing", percentOff({ cap: "0" }), ["promotion.amount_not_positive", ["effect", "cap"], { value: "0" }]],
  [
    "nothing to be spent",
    buyGet({ buy: { which: tea, amount: "0" } }),
    ["promotion.amount_not_positive", ["effect", "buy", "amount"], { value: "0" }],
  ],
  [
    "half a cent",
    amountOff({ amount: "0.005" }),
    ["promotion.amount_too_fine", ["effect", "amount"], { value: "0.005", decimals: 2 }],
  ],
  [
    "a fraction of a yen",
    { ...amountOff({ amount: "0.5" }), currency: "JPY" },
    ["promotion.amount_too_fine", ["effect", "amount"], { value: "0.5", decimals: 0 }],
  ],
  [
    "a cap in parts of a cent",
    percentOff({ cap: "9.999" }),
    ["promotion.amount_too_fine", ["effect", "cap"], { value: "9.999", decimals: 2 }],
  ],
  [
    "a budget in parts of a cent",
    limits({ budget: "9.999" }),
    ["promotion.amount_too_fine", ["limits", "budget"], { value: "9.999", decimals: 2 }],
  ],
  [
    "a threshold in parts of a cent",
    lines({ measure: "amount", atLeast: "9.999" }),
    ["promotion.amount_too_fine", ["condition", "atLeast"], { value: "9.999", decimals: 2 }],
  ],
  [
    "a step in parts of a cent",
    tiers({ measure: "amount", steps: [{ from: "9.999", value: "5" }] }),
    ["promotion.amount_too_fine", ["effect", "steps", 0, "from"], { value: "9.999", decimals: 2 }],
  ],
  [
    "more digits than can be counted with",
    percentOff({ percent: "1.000000000000001" }),
    ["promotion.too_many_digits", ["effect", "percent"], { value: "1.000000000000001" }],
  ],
  [
    "a group of groups that is none",
    groups({ maxGroups: 0 }),
    ["promotion.not_a_count", ["effect", "maxGroups"], { value: 0 }],
  ],
  [
    "no units to buy",
    buyGet({ buy: { which: tea, units: 0 } }),
    ["promotion.not_a_count", ["effect", "buy", "units"], { value: 0 }],
  ],
  [
    "half a unit to get",
    buyGet({ get: { which: tea, units: 0.5 } }),
    ["promotion.not_a_count", ["effect", "get", "units"], { value: 0.5 }],
  ],
  ["no more units than none", buyGet({ maxUnits: 0 }), ["promotion.not_a_count", ["effect", "maxUnits"], { value: 0 }]],
  ...["uses", "usesPerCustomer", "usesPerCode"].map((field): (typeof FAULTS)[number] => [
    `no ${field}`,
    limits({ [field]: 0 }),
    ["promotion.not_a_count", ["limits", field], { value: 0 }],
  ]),
  [
    "an order before the first",
    condition({ kind: "nthOrder", from: 0 }),
    ["promotion.not_a_count", ["condition", "from"], { value: 0 }],
  ],
  ...["budget", "amountPerOrder", "units"].map((field): (typeof FAULTS)[number] => [
    `a limit of nothing: ${field}`,
    limits({ [field]: "0" }),
    ["promotion.limit_not_positive", ["limits", field], { value: "0" }],
  ]),
  ["goods that nobody names", gift({ items: [] }), ["promotion.gift_without_item", ["effect", "items"]]],
  [
    "goods that stand twice",
    gift({ items: [{ itemCode: "CUP" }, { itemCode: "BAG" }, { itemCode: "CUP", uom: "CS" }] }),
    ["promotion.gift_item_twice", ["effect", "items", 2], { itemCode: "CUP" }],
  ],
  ...["budget", "amountPerOrder"].map((field): (typeof FAULTS)[number] => [
    `goods whose worth nobody knows, with ${field}`,
    { ...gift({ items: [{ itemCode: "CUP", value: "4" }, { itemCode: "BAG" }] }), limits: { [field]: decimal("20") } },
    ["promotion.gift_without_value", ["effect", "items", 1, "value"], { itemCode: "BAG" }],
  ]),
  [
    "no units of a gift",
    gift({ units: "0" }),
    ["promotion.gift_units_not_positive", ["effect", "units"], { value: "0" }],
  ],
  [
    "at most no units of a gift",
    gift({ maxUnits: "0" }),
    ["promotion.gift_units_not_positive", ["effect", "maxUnits"], { value: "0" }],
  ],
  ["charges that nobody names", chargeOff({ charges: [] }), ["promotion.no_charges", ["effect", "charges"]]],
  ["tiers without a step", tiers({ steps: [] }), ["promotion.no_steps", ["effect", "steps"]]],
  [
    "a step that does not rise",
    tiers({
      steps: [
        { from: "10", value: "5" },
        { from: "10", value: "8" },
      ],
    }),
    ["promotion.steps_not_rising", ["effect", "steps", 1, "from"], { value: "10" }],
  ],
  [
    "a first step at nothing",
    tiers({ steps: [{ from: "0", value: "5" }] }),
    ["promotion.steps_not_rising", ["effect", "steps", 0, "from"], { value: "0" }],
  ],
  [
    "a sum for each part of a scale",
    tiers({ mode: "incremental", reward: "amount" }),
    ["promotion.tier_reward_not_possible", ["effect", "reward"], { reward: "amount" }],
  ],
  ...["amountPerUnit", "unitPrice"].map((reward): (typeof FAULTS)[number] => [
    `units on a scale of money: ${reward}`,
    tiers({ mode: "incremental", measure: "amount", reward }),
    ["promotion.tier_reward_not_possible", ["effect", "reward"], { reward }],
  ]),
  [
    "a group of nothing",
    groups({ size: 0, reward: { kind: "amount", amount: "1" } }),
    ["promotion.group_too_small", ["effect", "size"], { size: 0 }],
  ],
  [
    "a group of two and a half",
    groups({ size: 2.5 }),
    ["promotion.group_too_small", ["effect", "size"], { size: 2.5 }],
  ],
  [
    "three for the price of three",
    groups({ reward: { kind: "payFor", units: 3 } }),
    ["promotion.nothing_free", ["effect", "reward", "units"], { size: 3, payFor: 3 }],
  ],
  [
    "three for the price of minus one",
    groups({ reward: { kind: "payFor", units: -1 } }),
    ["promotion.nothing_free", ["effect", "reward", "units"], { size: 3, payFor: -1 }],
  ],
  [
    "a trigger that asks for nothing",
    gift({ buy: { which: tea } }),
    ["promotion.trigger_incomplete", ["effect", "buy"]],
  ],
  [
    "a trigger in units and in money",
    buyGet({ buy: { which: tea, units: 1, amount: "5" } }),
    ["promotion.trigger_ambiguous", ["effect", "buy"]],
  ],
  [
    "items of a coupon, with no coupons",
    percentOff({ which: { kind: "any", of: [tea, { kind: "couponItems" }] } }),
    ["promotion.coupon_items_without_coupon", ["effect", "which", "of", 1]],
  ],
  [
    "items of a coupon, with codes that have none",
    { ...percentOff({ which: { kind: "couponItems" } }), coupons: { kind: "codes", codes: ["A"] } },
    ["promotion.coupon_items_without_coupon", ["effect", "which"]],
  ],
  ...["items", "categories", "tags"].map((kind): (typeof FAULTS)[number] => [
    `no ${kind}`,
    percentOff({ which: { kind, in: [] } }),
    ["promotion.empty_condition", ["effect", "which", "in"], { kind }],
  ]),
  [
    "no value of an attribute",
    percentOff({ which: { kind: "attribute", name: "brand", in: [] } }),
    ["promotion.empty_condition", ["effect", "which", "in"], { kind: "attribute" }],
  ],
  ...["all", "any"].flatMap((kind): (typeof FAULTS)[number][] => [
    [
      `lines for which nothing must hold: ${kind}`,
      percentOff({ which: { kind: "not", of: { kind, of: [] } } }),
      ["promotion.empty_condition", ["effect", "which", "of", "of"], { kind }],
    ],
    [
      `nothing must hold: ${kind}`,
      condition({ kind: "all", of: [{ kind, of: [] }] }),
      ["promotion.empty_condition", ["condition", "of", 0, "of"], { kind }],
    ],
  ]),
  ...["customer", "order"].map((kind): (typeof FAULTS)[number] => [
    `no ${kind}`,
    condition({ kind, fact: "paymentTerm", in: [] }),
    ["promotion.empty_condition", ["condition", "in"], { kind }],
  ]),
  ...["quantity", "unitPrice"].map((kind): (typeof FAULTS)[number] => [
    `any ${kind}`,
    percentOff({ which: { kind } }),
    ["promotion.empty_condition", ["effect", "which"], { kind }],
  ]),
  ["any sum of lines", lines({}), ["promotion.empty_condition", ["condition"], { kind: "lines" }]],
  [
    "any order of the customer",
    condition({ kind: "nthOrder" }),
    ["promotion.empty_condition", ["condition"], { kind: "nthOrder" }],
  ],
  ["any time", time({}), ["promotion.empty_condition", ["condition"], { kind: "time" }]],
  ["no day of the week", time({ weekdays: [] }), ["promotion.empty_condition", ["condition"], { kind: "time" }]],
  [
    "more than it may be",
    lines({ atLeast: "10.5", atMost: "10" }),
    ["promotion.contradictory_bounds", ["condition", "atMost"], { from: "10.5", to: "10" }],
  ],
  [
    "a line of more than it may be",
    percentOff({ which: { kind: "unitPrice", atLeast: "9", atMost: "8.99" } }),
    ["promotion.contradictory_bounds", ["effect", "which", "atMost"], { from: "9", to: "8.99" }],
  ],
  [
    "an order after the last",
    condition({ kind: "nthOrder", from: 3, to: 2 }),
    ["promotion.contradictory_bounds", ["condition", "to"], { from: "3", to: "2" }],
  ],
  [
    "days that end as they begin",
    time({ fromDay: "2026-03-02", toDay: "2026-03-02" }),
    ["promotion.contradictory_bounds", ["condition", "toDay"], { from: "2026-03-02", to: "2026-03-02" }],
  ],
  [
    "hours that end as they begin",
    time({ fromTime: "18:00", toTime: "18:00" }),
    ["promotion.contradictory_bounds", ["condition", "toTime"], { from: "18:00", to: "18:00" }],
  ],
  ...[0, 8, 1.5].map((weekday): (typeof FAULTS)[number] => [
    `day ${weekday} of the week`,
    time({ weekdays: [1, weekday] }),
    ["promotion.weekday_out_of_range", ["condition", "weekdays", 1], { weekday }],
  ]),
  [
    "conditions that are too deep",
    condition(nested({ kind: "time", weekdays: [1] }, 31)),
    ["promotion.too_deep", ["condition", ...pathOf(30)], { limit: 30 }],
  ],
  [
    "conditions with too many parts",
    condition({ kind: "all", of: Array.from({ length: 10_000 }, () => ({ kind: "time", weekdays: [1] })) }),
    ["promotion.too_many_conditions", ["condition", "of", 9_999], { limit: 10_000 }],
  ],
  [
    "selectors that are too deep",
    percentOff({ which: nested(tea, 31) }),
    ["promotion.too_deep", ["effect", "which", ...pathOf(30)], { limit: 30 }],
  ],
  [
    "a selector that is too deep inside a condition",
    lines({ atLeast: "1", which: nested(tea, 30) }),
    ["promotion.too_deep", ["condition", "which", ...pathOf(29)], { limit: 30 }],
  ],
];

export function withoutCurrency({ currency: _left, ...rest }: Promotion): Promotion {
  return rest;
}
