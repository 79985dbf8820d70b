import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { USUAL_PROMOTION_POLICY } from "../../src/model/promotion/promotion-policy.js";
import {
  parseCoupon,
  parseCoupons,
  parsePromotion,
  parsePromotionPolicy,
  parsePromotions,
  parsePromotionUsage,
  parsePromotionUsageEntry,
} from "../../src/schema/index.js";
import { anyCoupon, anyPromotion, arbitraryPromotion } from "../../src/testing/index.js";
import { PROMOTION_SAMPLES } from "./promotion-samples.js";
import { SAMPLES } from "./samples.js";

type Parsed = ReturnType<typeof parsePromotion> | ReturnType<typeof parsePromotions>;
/** Code and place of each issue. */
const told = (result: Parsed | ReturnType<typeof parseCoupons>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`);
const with10 = (part: object): object => ({ ...anyPromotion(), currency: "EUR", ...part });
const percentOff = (part: object): object =>
  with10({ effect: { kind: "percentOff", which: { kind: "every" }, percent: 10, spread: "eachLine", ...part } });

/** A condition under so many others; each `all` takes two levels of JSON, each `not` one. */
function nested(kind: "all" | "not", levels: number): object {
  let tree: object = { kind: "time", weekdays: [1] };
  for (let level = 1; level < levels; level += 1) tree = { kind, of: kind === "all" ? [tree] : tree };
  return tree;
}

describe("parsing a promotion (mission 6.2)", () => {
  it("gives any promotion back as it was stored", () => {
    fc.assert(
      fc.property(arbitraryPromotion(), (promotion) => {
        const result = parsePromotion(JSON.parse(JSON.stringify(promotion)));
        expect(result.ok ? result.value : result.issues).toEqual(promotion);
      }),
    );
  });

  it("brings numbers and instants into their canonical text", () => {
    const result = parsePromotion({
      ...percentOff({ percent: 12.5, cap: "50.00" }),
      validity: { from: "2026-01-01T00:00:00+01:00" },
    });
    expect(result.ok && result.value).toMatchObject({
      validity: { from: "2025-12-31T23:00:00.000Z" },
      effect: { percent: "12.5", cap: "50" },
    });
  });

  it("tells what the fields say together once each of them is well formed (rule 1)", () => {
    const wrong = { owner: " ", validity: { from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z" } };
    expect(told(parsePromotion({ ...percentOff({ percent: "101" }), ...wrong }))).toEqual([
      "promotion.no_owner owner",
      "promotion.contradictory_window validity.to",
      "promotion.percent_over_100 effect.percent",
    ]);
    expect(told(parsePromotion({ ...percentOff({ percent: "much" }), ...wrong }))).toEqual([
      "schema.not_a_decimal effect.percent",
    ]);
  });

  it("takes money as fine as the policy has it, where the host says so (rule 1)", () => {
    const effect = { kind: "amountOff", which: { kind: "every" }, amount: "0.125", per: "across" };
    const fine = { ...anyPromotion({ currency: "EUR" }), effect };
    for (const parse of [parsePromotion, (input: unknown, options = {}) => parsePromotions([input], options)]) {
      expect(parse(fine, { decimals: 3 }).ok).toBe(true);
      const cents = parse(fine);
      expect(cents.ok ? [] : cents.issues.map(({ code }) => code)).toEqual(["promotion.amount_too_fine"]);
    }
  });

  it("refuses what no promotion has: fields, kinds, names that cannot be printed, negative money", () => {
    expect(told(parsePromotion(undefined))).toEqual(["schema.required "]);
    expect(told(parsePromotion({ ...percentOff({ colour: "red" }), promotionId: "P\n1" }))).toEqual([
      "schema.control_character promotionId",
      "schema.unknown_field effect.colour",
    ]);
    expect(told(parsePromotion(with10({ effect: { kind: "present" } })))).toEqual(["schema.not_allowed effect.kind"]);
    expect(told(parsePromotion(with10({ condition: { kind: "any" } })))).toEqual(["schema.required condition.of"]);
    expect(told(parsePromotion(with10({ limits: { budget: "-1", uses: 1.5 } })))).toEqual([
      "schema.not_an_integer limits.uses",
      "schema.negative limits.budget",
    ]);
    expect(told(parsePromotion(with10({ timeZone: "Mars/Olympus", currency: "XXQ" })))).toEqual([
      "schema.unknown_time_zone timeZone",
      "schema.unknown_currency currency",
    ]);
  });

  it("leaves out what it does not know when the host wants that, however deep it stands", () => {
    const effect = { kind: "percentOff", which: { kind: "not", of: { kind: "every", note: "x" } }, percent: 10 };
    const result = parsePromotion(
      with10({ effect: { ...effect, spread: "across" }, condition: { ...nested("all", 3), colour: "red" } }),
      { unknownFields: "drop" },
    );
    expect(result.ok && [result.value.effect, result.value.condition]).toEqual([
      { kind: "percentOff", which: { kind: "not", of: { kind: "every" } }, percent: "10", spread: "across" },
      nested("all", 3),
    ]);
  });

  it("reads trees deeper than other records, and tells of those that are too deep (rule 2)", () => {
    for (const kind of ["all", "not"] as const) {
      expect(told(parsePromotion(with10({ condition: nested(kind, 30) })))).toEqual([]);
    }
    expect(told(parsePromotion(with10({ condition: nested("not", 40) })))).toEqual([
      `promotion.too_deep condition${".of".repeat(30)}`,
    ]);
    expect(told(parsePromotion(with10({ condition: nested("not", 1_000) })))).toEqual([
      `schema.too_deep condition${".of".repeat(63)}`,
    ]);
    expect(told(parsePromotion(with10({ condition: nested("all", 10) }), { limits: { maxDepth: 6 } }))).toEqual([
      "schema.too_deep condition.of.0.of.0.of",
    ]);
  });

  it("lists no more issues than the host wants", () => {
    const which = { kind: "any", of: new Array(9).fill({ kind: "items", in: [] }) };
    expect(told(parsePromotion(percentOff({ which }), { limits: { maxIssues: 2 } }))).toEqual([
      "promotion.empty_condition effect.which.of.0.in",
      "promotion.empty_condition effect.which.of.1.in",
      "schema.more_issues ",
    ]);
    const list = new Array(5).fill(anyPromotion({ owner: "" }));
    expect(told(parsePromotions(list, { limits: { maxIssues: 1 } }))).toEqual([
      "promotion.no_owner 0.owner",
      "schema.more_issues ",
    ]);
  });

  it("throws for limits that are none, and for nothing else", () => {
    expect(() => parsePromotion({}, { limits: { maxDepth: 65 } })).toThrow(RangeError);
    expect(() => parsePromotions([], { limits: { maxIssues: 0 } })).toThrow(RangeError);
  });
});

describe("parsing promotions (mission 6.2)", () => {
  it("takes a list, each by itself and beside the others (rule 1)", () => {
    const list = PROMOTION_SAMPLES.map((sample, place) => ({ ...(sample as object), promotionId: `P-${place}` }));
    const result = parsePromotions(JSON.parse(JSON.stringify(list)));
    expect(result.ok && result.value.length).toBe(PROMOTION_SAMPLES.length);
    expect(told(parsePromotions([anyPromotion(), anyPromotion({ version: 2 })]))).toEqual([
      "promotion.versions_overlap 1.validity",
    ]);
    expect(told(parsePromotions([anyPromotion(), { ...anyPromotion(), version: "2" }, 7]))).toEqual([
      "schema.wrong_type 1.version",
      "schema.wrong_type 2",
    ]);
  });

  it("takes no list for one", () => {
    expect(told(parsePromotions(anyPromotion()))).toEqual(["schema.wrong_type "]);
    expect(parsePromotions([])).toStrictEqual({ ok: true, value: [] });
  });
});

describe("parsing coupons (mission 6.3)", () => {
  it("wants a code's time to begin before it ends (rule 1)", () => {
    const result = parseCoupon({
      ...anyCoupon(),
      validFrom: "2026-03-02T00:00:00Z",
      validTo: "2026-03-02T01:00:00+01:00",
    });
    expect(result.ok ? [] : result.issues).toEqual([
      {
        code: "schema.inconsistent",
        path: ["validTo"],
        params: { rule: "validity", expected: "after 2026-03-02T00:00:00.000Z", actual: "2026-03-02T00:00:00.000Z" },
      },
    ]);
    expect(parseCoupon({ ...anyCoupon(), validTo: "2026-01-01T00:00:00Z" }).ok).toBe(true);
  });

  it("takes a coupon for a whole assortment, and no longer list than the limit", () => {
    const itemCodes = Array.from({ length: 14_477 }, (_, place) => `I-${place}`);
    expect(parseCoupon({ ...anyCoupon(), itemCodes }).ok).toBe(true);
    expect(parseCoupons([{ ...anyCoupon(), itemCodes }]).ok).toBe(true);
    expect(told(parseCoupons([{ ...anyCoupon(), itemCodes }], { limits: { maxItems: 14_476 } }))).toEqual([
      "schema.too_many 0.itemCodes",
    ]);
  });

  it("refuses a code that stands twice, and one that is none", () => {
    expect(told(parseCoupons([anyCoupon(), anyCoupon({ code: "TEA-8" }), anyCoupon()]))).toEqual([
      "schema.duplicate 2",
    ]);
    expect(told(parseCoupons([anyCoupon({ code: "" })]))).toEqual(["schema.empty 0.code"]);
    expect(told(parseCoupons([{ ...anyCoupon(), blocked: false }]))).toEqual(["schema.not_allowed 0.blocked"]);
  });
});

describe("parsing the policy of promotions (mission 6.7)", () => {
  it("takes the usual one, and refuses a lane that stands twice (rule 1) and no lane at all", () => {
    expect(parsePromotionPolicy(USUAL_PROMOTION_POLICY)).toStrictEqual({ ok: true, value: USUAL_PROMOTION_POLICY });
    const lanes = ["shelf", "till", "shelf"].map((lane) => ({ lane, mode: "stack" }));
    const result = parsePromotionPolicy({ ...USUAL_PROMOTION_POLICY, lanes });
    expect(result.ok ? [] : result.issues).toEqual([
      { code: "schema.duplicate", path: ["lanes", 2, "lane"], params: { of: "lane", received: "shelf", first: 0 } },
    ]);
    const none = parsePromotionPolicy({
      ...USUAL_PROMOTION_POLICY,
      lanes: [],
      search: { kind: "bestForCustomer", steps: 0 },
    });
    expect(none.ok ? [] : none.issues.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
      "schema.too_few lanes",
      "schema.out_of_range search.steps",
    ]);
  });
});

describe("parsing the ledger of promotions (mission 6.3, 6.7, 6.8)", () => {
  const [entry] = SAMPLES.promotionUsageEntry as readonly Record<string, unknown>[];

  it("takes entries that only give back, and refuses one that stands twice", () => {
    const giveBack = { ...entry, entryId: "SO-1@3/1", kind: "giveBack", uses: 0, amount: "0", units: "0" };
    expect(parsePromotionUsage([entry, giveBack]).ok).toBe(true);
    const result = parsePromotionUsage([entry, giveBack, entry]);
    expect(result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path])).toEqual([["schema.duplicate", 2]]);
  });

  it("refuses entries that take less than nothing", () => {
    const result = parsePromotionUsageEntry({ ...entry, uses: -1, amount: "-1", units: "-0.5" });
    expect(result.ok ? [] : result.issues.map(({ code, path }) => [code, ...path])).toEqual([
      ["schema.out_of_range", "uses"],
      ["schema.negative", "amount"],
      ["schema.negative", "units"],
    ]);
  });
});
