import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { add, decimal, fromUnits, sum } from "../../../src/core/decimal.js";
import type { BuyGet } from "../../../src/model/promotion/promotion-effect.js";
import { explained, priced } from "../carts.js";
import { cheapest, every, items, promotion } from "../promoted.js";

const d = decimal;
const offer = (part: Partial<BuyGet>): BuyGet => ({
  kind: "buyGet",
  buy: { which: items("TEA"), units: 2 },
  get: { which: items("TEA"), units: 1 },
  reward: { kind: "percent", percent: d("50") },
  buyFirst: { by: "unitPrice", first: "dearest" },
  getFirst: cheapest,
  repeat: "everyTime",
  partly: "allowed",
  ...part,
});
const nextOf = (effect: BuyGet, lines: readonly string[]) =>
  explained({ promotions: [promotion(effect)], lines }).promotions[0]?.next;

describe("what is lacking for more of an offer (mission 2.5, 6.1)", () => {
  const cup = { which: items("CUP"), units: 1 };
  const fromAmount = (part: Partial<BuyGet>): BuyGet =>
    offer({ buy: { which: items("TEA"), amount: d("30") }, get: cup, ...part });
  test.each<[what: string, part: Partial<BuyGet>, lines: string[], missing?: string, lineIds?: string[]]>([
    ["of the same goods, the one that is got counts too", {}, ["TEA 1 9"], "2", ["1"]],
    ["two are bought, the third is got", {}, ["TEA 2 9"], "1", ["1"]],
    ["a second time takes three", {}, ["TEA 3 9"], "3", ["1"]],
    ["on any of the lines that count", {}, ["TEA 2 9", "TEA 2 4"], "2", ["1", "2"]],
    ["more must be bought", { get: cup }, ["TEA 1 9", "CUP 1 3"], "1", ["1"]],
    ["enough is bought, and more can be got", { get: cup }, ["TEA 4 9", "CUP 1 3"], "1", ["2"]],
    ["both are lacking: what must be bought is told", { get: cup }, ["TEA 3 9", "CUP 1 3"], "1", ["1"]],
    ["what is lacking is not on the order", { get: cup }, ["TEA 2 9"]],
    ["more must be bought of what is there", { get: cup }, ["TEA 1 9"], "1", ["1"]],
    ["once is once", { repeat: "once" }, ["TEA 3 9"]],
    ["once is still to come", { repeat: "once" }, ["TEA 2 9"], "1", ["1"]],
    ["there are no more than two", { maxUnits: 2 }, ["TEA 6 9"]],
    ["there are no more than two, and one is there", { maxUnits: 2 }, ["TEA 5 9"], "1", ["1"]],
    [
      "a part of a time is refused",
      { get: { ...cup, units: 2 }, partly: "refused" },
      ["TEA 2 9", "CUP 1 3"],
      "1",
      ["2"],
    ],
    ["a part of a time is allowed", { get: { ...cup, units: 2 } }, ["TEA 2 9", "CUP 1 3"], "1", ["2"]],
    ["a piece that is cut does not count", {}, ["TEA 2.5 9"], "1", ["1"]],
    ["goods of either kind are got", { get: { which: every, units: 1 } }, ["TEA 2 9", "CUP 1 3"], "3", ["1"]],
  ])("%s", (_what, part, lines, missing, lineIds) => {
    const next = nextOf(offer(part), lines);
    expect(next === undefined ? [] : [next.measure, next.missing, next.lineIds]).toEqual(
      missing === undefined ? [] : ["quantity", missing, lineIds],
    );
  });

  test.each<[what: string, part: Partial<BuyGet>, lines: string[], expected?: readonly unknown[]]>([
    ["money that is lacking for the first time", {}, ["TEA 3 9", "CUP 1 3"], ["amount", "3", ["1"]]],
    ["money that is lacking for the next time", {}, ["TEA 4 9", "CUP 1 3"], ["amount", "24", ["1"]]],
    ["goods that are earned and not there", {}, ["TEA 7 9", "CUP 1 3"], ["quantity", "1", ["2"]]],
    ["goods that are earned and not on the order", {}, ["TEA 7 9"]],
    ["once is once", { repeat: "once" }, ["TEA 4 9", "CUP 1 3"]],
    ["no more than one", { maxUnits: 1 }, ["TEA 4 9", "CUP 2 3"]],
  ])("from an amount on: %s", (_what, part, lines, expected) => {
    const next = nextOf(fromAmount(part), lines);
    expect(next === undefined ? undefined : [next.measure, next.missing, next.lineIds]).toEqual(expected);
  });

  it("so many units more bring more, fewer do not, and where nothing is told no line alone does", () => {
    const some = fc.subarray(["TEA", "CUP", "OIL"], { minLength: 1 }).map((names) => items(...names));
    const few = fc.integer({ min: 1, max: 3 });
    const scene = fc.record({
      buy: fc.record({ which: some, units: few }),
      get: fc.record({ which: some, units: few }),
      maxUnits: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      repeat: fc.constantFrom("everyTime" as const, "everyTime" as const, "once" as const),
      partly: fc.constantFrom("allowed" as const, "refused" as const),
      lines: fc.array(fc.tuple(fc.constantFrom("TEA", "CUP", "OIL"), fc.integer({ min: 1, max: 7 }), few), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(scene, ({ lines: drawn, maxUnits, ...part }) => {
        const effect = offer({ ...part, ...(maxUnits === undefined ? {} : { maxUnits }) });
        const lines = drawn.map(([item, quantity, price]) => `${item} ${quantity} ${price}`);
        const got = (k: number, more: number): string => {
          const bought = drawn.map(([item, quantity, price], place) => {
            const units = add(fromUnits(quantity, 0), fromUnits(place === k ? more : 0, 0));
            return `${item} ${units} ${price}`;
          });
          return sum(priced({ promotions: [promotion(effect)], lines: bought }).adjustments.map(({ units }) => units));
        };
        const now = got(-1, 0);
        const next = nextOf(effect, lines);
        const missing = Number(next?.missing ?? 6);
        const isEnough = next?.lineIds.some((lineId) => got(Number(lineId) - 1, missing) !== now) ?? false;
        // Where none alone is enough, what must be bought is told; what is got must come besides.
        const most = isEnough ? missing - 1 : part.buy.units + part.get.units;
        const tried = isPartly(drawn, part) ? (next?.lineIds ?? []) : drawn.map((_line, k) => `${k + 1}`);
        for (const lineId of tried) {
          for (let more = 1; more <= most; more += 1) expect(got(Number(lineId) - 1, more)).toBe(now);
        }
        if (isEnough) for (const lineId of next?.lineIds ?? []) expect(got(Number(lineId) - 1, missing)).not.toBe(now);
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 300 : Number(process.env.FC_RUNS) },
    );
  });
});

type Selected = Pick<BuyGet["buy"], "which">;

/** Whether some goods of the cart are both bought and got, and others only one of it. */
function isPartly(
  drawn: readonly (readonly [item: string, ...rest: unknown[]])[],
  part: { buy: Selected; get: Selected },
) {
  const kinds = new Set(
    drawn.map(([item]) => [part.buy, part.get].map(({ which }) => which.kind === "items" && which.in.includes(item))),
  );
  const names = new Set([...kinds].map(String));
  return names.has("true,true") && (names.has("true,false") || names.has("false,true"));
}
