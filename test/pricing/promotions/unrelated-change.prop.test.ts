import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import type { Order } from "../../../src/model/order.js";
import type { Promotion, RevisionPolicy } from "../../../src/model/promotion/promotion.js";
import type { PromotionCondition } from "../../../src/model/promotion/promotion-condition.js";
import type { PromotionEffect } from "../../../src/model/promotion/promotion-effect.js";
import type { PromotionPolicy } from "../../../src/model/promotion/promotion-policy.js";
import { confirmOrder } from "../../../src/intake/confirm-order.js";
import { priceOrder } from "../../../src/pricing/price-order.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import { anyContext, anyOrder } from "../../../src/testing/index.js";
import { granted } from "../../lifecycle/answers.js";
import { cheapest, compiledUnder, items, moved, percentOff, pricing, promotion, revision } from "../promoted.js";

const d = decimal;
const rice = items("RICE");
type Combination = Promotion["combination"];

/** What each promotion gave the rice, before and after some of the tea on the same order was cancelled. */
function riceBeforeAndAfter(promotions: readonly Promotion[], policy: Partial<PromotionPolicy> = {}) {
  const facts = { compiled: compiledUnder(policy, ...promotions) };
  const entered = anyOrder({ stage: "reviewed", totals: null, lines: [{}, { itemCode: "RICE" }] });
  const priced = granted(priceOrder(entered, pricing(facts))).order;
  const order = granted(confirmOrder(priced, anyContext())).order;
  const less = moved(order, "SO-1-1", "4", "open", "cancelled");
  const revised = granted(revisePromotions(less, { cause: "cancel" }, { ...pricing(facts), promotions: facts }));
  const given = ({ lines }: Order): string[] =>
    (lines[1]?.adjustments ?? []).map(({ promotionId, amount }) => `${promotionId} ${amount}`).sort();
  return [given(order), given(revised.order)] as const;
}

const named = (
  promotionId: string,
  percent: string,
  own: RevisionPolicy,
  combination: Partial<Combination>,
  part: Partial<Promotion> = {},
): Promotion =>
  promotion(percentOff(percent, rice), {
    promotionId,
    revision: revision(own),
    combination: { priority: 1, base: "running", discountedLines: "include", ...combination },
    ...part,
  });

describe("a change of one line leaves the others as they are (mission 6.8)", () => {
  const left = (bound: { atLeast?: string; atMost?: string }): PromotionCondition => ({
    kind: "lines",
    which: rice,
    measure: "discountedAmount",
    ...(bound.atLeast === undefined ? {} : { atLeast: d(bound.atLeast) }),
    ...(bound.atMost === undefined ? {} : { atMost: d(bound.atMost) }),
  });
  const shelf = { lanes: [{ lane: "shelf", mode: "bestPerLine" }] } as const;
  const shelfAndTill = {
    lanes: [
      { lane: "shelf", mode: "bestPerLine" },
      { lane: "till", mode: "stack" },
    ],
  } as const;
  const firstAndTill = {
    lanes: [
      { lane: "first", mode: "stack" },
      { lane: "till", mode: "stack" },
    ],
  } as const;
  const later = named("B", "10", "proRate", { priority: 2 });

  test.each<[what: string, promotions: Promotion[], expected: string[], policy?: Partial<PromotionPolicy>]>([
    ["worked out anew, and before what stands", [named("A", "20", "reEvaluate", {}), later], ["A 5", "B 2"]],
    [
      "worked out anew, and after what stands",
      [named("A", "20", "reEvaluate", { priority: 3 }), later],
      ["A 4.5", "B 2.5"],
    ],
    [
      "worked out anew from the amounts before promotions",
      [named("A", "20", "reEvaluate", { priority: 3, base: "initial" }), later],
      ["A 5", "B 2.5"],
    ],
    [
      "for lines that nothing was taken off when its turn came",
      [named("A", "20", "reEvaluate", { discountedLines: "skip" }), later],
      ["A 5", "B 2"],
    ],
    [
      "what stands stops what comes after it, not what came before",
      [named("A", "20", "reEvaluate", {}), { ...later, combination: { ...later.combination, stop: true } }],
      ["A 5", "B 2"],
    ],
    [
      "what stands stops what comes after it",
      [
        named("A", "20", "reEvaluate", { priority: 3 }),
        { ...later, combination: { ...later.combination, stop: true } },
      ],
      ["B 2.5"],
    ],
    [
      "a condition on what was left when its turn came",
      [named("A", "20", "reEvaluate", {}, { condition: left({ atLeast: "25" }) }), later],
      ["A 5", "B 2"],
    ],
    [
      "a condition on what is left after what stands",
      [named("A", "20", "reEvaluate", { priority: 3 }, { condition: left({ atMost: "22.5" }) }), later],
      ["A 4.5", "B 2.5"],
    ],
    [
      "of a group only the one that gives most",
      [
        named("A", "20", "reEvaluate", { bestOf: "SALE" }),
        named("B", "30", "proRate", { bestOf: "SALE", priority: 2 }),
      ],
      ["B 7.5"],
    ],
    [
      "of a lane the best for each line",
      [named("A", "20", "reEvaluate", {}), named("B", "30", "proRate", { priority: 2 })],
      ["B 7.5"],
      shelf,
    ],
    [
      "a group has its turn at the place of its first member",
      [
        { ...named("A", "5", "reEvaluate", { bestOf: "SALE" }), effect: percentOff("5", items("SOAP")) },
        named("B", "20", "reEvaluate", { priority: 2 }),
        named("C", "10", "proRate", { priority: 3 }),
        named("D", "30", "proRate", { priority: 4, bestOf: "SALE" }),
      ],
      ["B 3.5", "C 1.4", "D 7.5"],
    ],
    [
      "what stands in one lane takes no line of another",
      [named("A", "20", "reEvaluate", { lane: "shelf" }), named("B", "10", "proRate", { lane: "till" })],
      ["A 5", "B 2"],
      shelfAndTill,
    ],
    [
      "a group is of one lane",
      [
        named("A", "20", "reEvaluate", { lane: "first", bestOf: "SALE" }),
        named("B", "10", "proRate", { lane: "till", bestOf: "SALE" }),
      ],
      ["A 5", "B 2"],
      firstAndTill,
    ],
    [
      "in a lane of the best what stands stops only what comes after it",
      [
        named("A", "20", "reEvaluate", {}),
        { ...named("B", "10", "proRate", { priority: 2, stop: true }), effect: percentOff("10", items("TEA")) },
      ],
      ["A 5"],
      shelf,
    ],
    [
      "another version of what stands says nothing",
      [
        named("A", "20", "reEvaluate", {}),
        { ...later, validity: { from: later.validity.from, to: instant("2026-04-01T00:00:00Z") } },
        {
          ...later,
          version: 2,
          combination: { ...later.combination, exclusive: "order" },
          validity: { from: instant("2026-04-01T00:00:00Z") },
        },
      ],
      ["A 5", "B 2"],
    ],
    [
      "one that holds only now, and wants its lines for itself, gets none on which something stands",
      [
        named(
          "A",
          "20",
          "reEvaluate",
          { exclusive: "lines" },
          {
            condition: { kind: "lines", which: items("TEA"), measure: "quantity", atMost: d("6") },
          },
        ),
        later,
      ],
      ["B 2.5"],
    ],
  ])("%s", (_what, promotions, expected, policy = {}) => {
    expect(riceBeforeAndAfter(promotions, policy)).toEqual([expected, expected]);
  });

  it("whatever each promotion says of later changes, of others and of what it starts from", () => {
    const effects = (itemCode: string): readonly PromotionEffect[] => [
      percentOff("15", items(itemCode)),
      { kind: "amountOff", which: items(itemCode), amount: d("3"), per: "line" },
      { kind: "amountOff", which: items(itemCode), amount: d("0.3"), per: "unit" },
      { kind: "fixedPrice", which: items(itemCode), unitPrice: d("2.2") },
      { kind: "percentOff", which: items(itemCode), percent: d("30"), spread: "across", cap: d("4") },
    ];
    const one = fc
      .record({
        effect: fc.constantFrom(...effects("TEA"), ...effects("RICE"), ...effects("RICE")),
        own: fc.constantFrom<RevisionPolicy>("keep", "proRate", "reEvaluate", "clawBack"),
        base: fc.constantFrom("initial" as const, "running" as const),
        discountedLines: fc.constantFrom("include" as const, "include" as const, "skip" as const),
        bestOf: fc.option(fc.constantFrom("SPRING", "SUMMER"), { nil: undefined, freq: 3 }),
        isAlone: fc.nat({ max: 5 }),
        isLast: fc.nat({ max: 9 }),
        priority: fc.nat({ max: 3 }),
      })
      .map(({ effect, own, base, discountedLines, bestOf, isAlone, isLast, priority }) => ({
        effect,
        own,
        combination: {
          priority,
          base,
          discountedLines,
          ...(bestOf === undefined || JSON.stringify(effect).includes("TEA") ? {} : { bestOf }),
          ...(isAlone === 0 ? { exclusive: "lines" as const } : {}),
          ...(isLast === 0 ? { stop: true as const } : { stop: undefined }),
        },
      }));
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 1, maxLength: 4 }),
        fc.constantFrom<Partial<PromotionPolicy>>({}, {}, shelf),
        (drawn, policy) => {
          const promotions = drawn.map(({ effect, own, combination: { stop, ...rest } }, place) =>
            promotion(effect, {
              promotionId: `P-${place}`,
              // In a lane of the best, who stops others depends on who gives the tea most; those are drawn below.
              combination: stop === true && policy.lanes === undefined ? { ...rest, stop } : rest,
              revision: revision(own),
            }),
          );
          const [before, after] = riceBeforeAndAfter(promotions, policy);
          expect(after).toEqual(before);
        },
      ),
      { numRuns: process.env.FC_RUNS === undefined ? 300 : Number(process.env.FC_RUNS) },
    );
  });

  it("whoever stops others in a lane of the best, and whoever lost there", () => {
    const one = fc.record({
      itemCodes: fc.constantFrom(["RICE"], ["RICE"], ["TEA"], ["TEA", "RICE"]),
      percent: fc.integer({ min: 1, max: 6 }),
      own: fc.constantFrom<RevisionPolicy>("keep", "proRate", "reEvaluate", "reEvaluate"),
      priority: fc.nat({ max: 3 }),
      isLast: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 7 }), (drawn) => {
        const promotions = drawn.map(({ itemCodes, percent, own, priority, isLast }, place) =>
          named(
            `P-${place}`,
            `${percent}0`,
            own,
            { priority, ...(isLast ? { stop: true as const } : {}) },
            {
              effect: percentOff(`${percent}0`, items(...itemCodes)),
            },
          ),
        );
        const [before, after] = riceBeforeAndAfter(promotions, shelf);
        expect(after).toEqual(before);
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 300 : Number(process.env.FC_RUNS) },
    );
  });

  it("units that an offer which stands is for earn nothing else", () => {
    const offer = (promotionId: string, priority: number, own: RevisionPolicy, percent: string): Promotion =>
      named(
        promotionId,
        "1",
        own,
        { priority },
        {
          effect: {
            kind: "buyGet",
            buy: { which: rice, units: 6 },
            get: { which: rice, units: 3 },
            reward: { kind: "percent", percent: d(percent) },
            buyFirst: cheapest,
            getFirst: cheapest,
            repeat: "everyTime",
            partly: "refused",
          },
        },
      );
    for (const own of ["keep", "proRate", "clawBack"] as const) {
      const [before, after] = riceBeforeAndAfter([offer("A", 1, own, "50"), offer("B", 2, "reEvaluate", "40")]);
      expect([own, before, after]).toEqual([own, ["A 3.75"], ["A 3.75"]]);
    }
  });
});
