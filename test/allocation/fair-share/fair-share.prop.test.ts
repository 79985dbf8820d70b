import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { fairShare } from "../../../src/allocation/fair-share/fair-share.js";
import type { FairSharePolicy, ShareClaim } from "../../../src/allocation/fair-share/fair-share-policy.js";
import {
  FAIR_SHARE_RULES,
  leastCommonMultiple,
  sharesByRule,
  totalOf,
  type ExactParts,
  type FairShareRule,
} from "../../../src/allocation/fair-share/fair-share-rules.js";
import { decimal, ONE, toUnits } from "../../../src/core/decimal.js";
import { allocations, allOnes, bestOf } from "./sharing-oracle.js";

// Mission 9.13; definition B7: the axioms of rationing, on exact shares and on rounded ones.

const rules = fc.constantFrom(...FAIR_SHARE_RULES);
const wishes = fc.array(fc.bigInt(0n, 40n), { minLength: 1, maxLength: 6 });

/** Claims, and no more than they ask for in all. */
const scarce: Arbitrary<{ claims: bigint[]; total: bigint }> = wishes.chain((claims) =>
  fc.bigInt(0n, totalOf(claims)).map((total) => ({ claims, total })),
);

const share = (rule: FairShareRule, claims: readonly bigint[], total: bigint): ExactParts =>
  sharesByRule(rule, claims, allOnes(claims), total);

function expectSame(one: ExactParts, other: ExactParts): void {
  expect(one.parts.map((part) => part * other.over)).toEqual(other.parts.map((part) => part * one.over));
}

describe("the least common multiple of weights", () => {
  it.each<[bigint[], bigint | undefined]>([
    [[], 1n],
    [[4n, 6n, 4n], 12n],
    [[10n ** 100n], 10n ** 100n],
    [[10n ** 50n, 3n], 3n * 10n ** 50n],
    [[10n ** 100n + 1n], undefined],
    [[10n ** 100n, 3n], undefined],
  ])("%#: ends where single comparisons would take too long", (weights, multiple) => {
    expect(leastCommonMultiple(weights)).toBe(multiple);
  });
});

describe("exact shares", () => {
  it("never exceed a claim, and sum to what there is", () => {
    fc.assert(
      fc.property(rules, scarce, (rule, { claims, total }) => {
        const { parts, over } = share(rule, claims, total);
        expect(totalOf(parts)).toBe(total * over);
        for (const [place, part] of parts.entries()) expect(part >= 0n && part <= claims[place]! * over).toBe(true);
      }),
    );
  });

  it("are equal for equals, and preserve the order of claims: of awards and of losses", () => {
    fc.assert(
      fc.property(rules, scarce, (rule, { claims, total }) => {
        const { parts, over } = share(rule, claims, total);
        for (const [a, claim] of claims.entries()) {
          for (const [b, other] of claims.entries()) {
            if (claim > other) continue;
            expect(parts[a]! <= parts[b]!).toBe(true);
            expect(claim * over - parts[a]! <= other * over - parts[b]!).toBe(true);
          }
        }
      }),
    );
  });

  it("never fall when there is more", () => {
    fc.assert(
      fc.property(rules, scarce, fc.bigInt(0n, 9n), (rule, { claims, total }, more) => {
        const [less, greater] = [share(rule, claims, total), share(rule, claims, total + more)];
        for (const place of claims.keys()) {
          expect(less.parts[place]! * greater.over <= greater.parts[place]! * less.over).toBe(true);
        }
      }),
    );
  });

  it("are consistent: those who share what they got among themselves get the same", () => {
    fc.assert(
      fc.property(rules, scarce, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (rule, scene, chosen) => {
        const { parts, over } = share(rule, scene.claims, scene.total);
        const some = [...scene.claims.keys()].filter((place) => chosen[place]);
        const own = some.map((place) => parts[place]!);
        const again = share(
          rule,
          some.map((place) => scene.claims[place]! * over),
          totalOf(own),
        );
        expectSame(again, { parts: own, over: 1n });
      }),
    );
  });

  it.each<[FairShareRule, FairShareRule]>([
    ["equalAwards", "equalLosses"],
    ["equalLosses", "equalAwards"],
    ["proportional", "proportional"],
    ["talmud", "talmud"],
  ])("%s of what there is are claims less %s of what is missing", (rule, dual) => {
    fc.assert(
      fc.property(scarce, ({ claims, total }) => {
        const missing = share(dual, claims, totalOf(claims) - total);
        const parts = claims.map((claim, place) => claim * missing.over - missing.parts[place]!);
        expectSame(share(rule, claims, total), { parts, over: missing.over });
      }),
    );
  });

  it("do not depend on the order of claims", () => {
    fc.assert(
      fc.property(rules, scarce, (rule, { claims, total }) => {
        const { parts, over } = share(rule, claims, total);
        const backwards = share(rule, [...claims].reverse(), total);
        expectSame(backwards, { parts: [...parts].reverse(), over });
      }),
    );
  });

  it("of equal awards are not raised by asking for more than was given", () => {
    fc.assert(
      fc.property(scarce, fc.bigInt(1n, 50n), ({ claims, total }, more) => {
        const honest = share("equalAwards", claims, total);
        if (claims[0]! * honest.over === honest.parts[0]) return;
        const inflated = share("equalAwards", [claims[0]! + more, ...claims.slice(1)], total);
        expect(inflated.parts[0]! * honest.over).toBe(honest.parts[0]! * inflated.over);
      }),
    );
  });

  it("of Talmud divide between any two what the two got as the garment is divided that two hold", () => {
    fc.assert(
      fc.property(scarce, ({ claims, total }) => {
        const { parts, over } = share("talmud", claims, total);
        for (const a of claims.keys()) {
          for (const b of claims.keys()) {
            if (a === b) continue;
            const [one, other] = [claims[a]! * over, claims[b]! * over];
            const both = parts[a]! + parts[b]!;
            // What the other does not claim of it is conceded; the rest is divided in halves.
            const concededToOne = both > other ? both - other : 0n;
            const concededToOther = both > one ? both - one : 0n;
            expect(2n * parts[a]!).toBe(both + concededToOne - concededToOther);
          }
        }
      }),
    );
  });
});

describe("whole shares of small cases", () => {
  const small = fc
    .array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 })
    .chain((claims) =>
      fc.nat({ max: claims.reduce((sum, claim) => sum + claim, 0) }).map((total) => ({ claims, total })),
    );
  const whole = (rule: FairShareRule, claims: readonly number[], total: number): number[] => {
    const named = claims.map((claim, place) => ({ claimId: `${place}`, requested: decimal(claim) }));
    const result = fairShare(named, decimal(total), { rule, quantum: ONE });
    return result.ok ? result.value.shares.map(({ quantity }) => Number(quantity)) : [];
  };

  it("are, for equal awards, the best for whoever gets least among all that there are", () => {
    fc.assert(
      fc.property(small, ({ claims, total }) => {
        const best = bestOf(allocations(claims, total), (parts) => [...parts].sort((a, b) => a - b));
        expect(whole("equalAwards", claims, total)).toEqual(best);
      }),
    );
  });

  it("are, for equal losses, the best for whoever loses most", () => {
    fc.assert(
      fc.property(small, ({ claims, total }) => {
        const best = bestOf(allocations(claims, total), (parts) =>
          parts.map((part, place) => part - claims[place]!).sort((a, b) => a - b),
        );
        expect(whole("equalLosses", claims, total)).toEqual(best);
      }),
    );
  });

  it("are, for proportional shares, those with the least sum of squared distances from the exact ones", () => {
    fc.assert(
      fc.property(small, ({ claims, total }) => {
        const sum = claims.reduce((all, claim) => all + claim, 0);
        const best = bestOf(allocations(claims, total), (parts) => [
          -parts.reduce((all, part, place) => all + (part * sum - total * claims[place]!) ** 2, 0),
        ]);
        expect(whole("proportional", claims, total)).toEqual(best);
      }),
    );
  });
});

describe("rounded shares", () => {
  const figure = (least: number, most: number): Arbitrary<string> =>
    fc
      .tuple(fc.integer({ min: least, max: most }), fc.constantFrom("", "", ".5", ".25"))
      .map(([whole, part]) => `${whole}${part}`);
  const quota = fc.record(
    {
      kind: fc.constantFrom("amount" as const, "percent" as const, "ratio" as const),
      figure: figure(0, 40).map(decimal),
    },
    { noNullPrototype: true },
  );
  const optional = fc.record(
    {
      quantum: fc.constantFrom("1", "2", "5", "2.5", "12").map(decimal),
      minimum: figure(0, 9).map(decimal),
      weight: fc.constantFrom("1", "2", "0.5", "3").map(decimal),
      tier: fc.constantFrom(0, 1, 2),
      quota,
    },
    { noNullPrototype: true, requiredKeys: [] },
  );
  const claims = fc
    .array(fc.tuple(figure(0, 30).map(decimal), optional), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.map(([requested, rest], place): ShareClaim => ({ claimId: `${place}`, requested, ...rest })));
  const policies = fc.record(
    { rule: rules, quantum: fc.constantFrom("1", "0.5", "3").map(decimal) },
    { noNullPrototype: true },
  );
  const units = (text: Parameters<typeof toUnits>[0]): number => Number(toUnits(text, 2));
  const valueOf = (list: readonly ShareClaim[], available: string, policy: FairSharePolicy) => {
    const result = fairShare(list, decimal(available), policy);
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    return result.value;
  };

  it("are whole steps, none above its claim or below its minimum, and nothing is wasted", () => {
    fc.assert(
      fc.property(claims, figure(0, 90), policies, (list, available, policy) => {
        const { shares, left } = valueOf(list, available, policy);
        const given = shares.reduce((sum, { quantity }) => sum + units(quantity), 0);
        expect(given + units(left)).toBe(units(decimal(available)));
        for (const [place, { requested, quantum = policy.quantum, minimum = decimal("0") }] of list.entries()) {
          const [got, wish, step, least] = [shares[place]!.quantity, requested, quantum, minimum].map(units);
          expect(got! % step!).toBe(0);
          expect(got === 0 || got! >= least!).toBe(true);
          expect(got).toBeLessThanOrEqual(wish!);
          const more = got === 0 ? Math.max(1, Math.ceil(least! / step!)) * step! : step!;
          expect(more <= units(left) && got! + more <= wish!).toBe(false);
          expect(units(shares[place]!.short)).toBe(wish! - got!);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("differ by at most a step for equals, and never prefer the smaller claim by more", () => {
    fc.assert(
      fc.property(wishes, fc.nat({ max: 120 }), policies, (list, available, policy) => {
        const named = list.map((claim, place) => ({ claimId: `${place}`, requested: decimal(`${claim}`) }));
        const { shares } = valueOf(named, `${available}`, policy);
        for (const [a, one] of shares.entries()) {
          for (const [b, other] of shares.entries()) {
            if (list[a]! > list[b]!) continue;
            expect(units(one.quantity) - units(other.quantity)).toBeLessThanOrEqual(units(policy.quantum));
          }
        }
      }),
    );
  });

  it("are within a step of the exact ones where nothing but the rule decides", () => {
    fc.assert(
      fc.property(scarce, rules, ({ claims: list, total }, rule) => {
        const named = list.map((claim, place) => ({ claimId: `${place}`, requested: decimal(`${claim}`) }));
        for (const { exact, quantity } of valueOf(named, `${total}`, { rule, quantum: ONE }).shares) {
          const distance = Number(quantity) - Number(exact!.numerator) / Number(exact!.denominator);
          expect(Math.abs(distance)).toBeLessThan(1);
        }
      }),
    );
  });
});

describe("claims that say nothing but what they ask for", () => {
  it("get the same, with the same reasons and fractions, as where one of them says what is usual", () => {
    const requested = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.constantFrom("", "", ".5", ".25")), { maxLength: 7 });
    const available = fc.tuple(fc.nat({ max: 60 }), fc.constantFrom("", ".5"));
    const quanta = fc.constantFrom("0.25", "0.5", "1", "0.01");
    fc.assert(
      fc.property(rules, requested, available, quanta, (rule, list, free, quantum) => {
        const claims = list.map((parts, place): ShareClaim => ({
          claimId: `${place}`,
          requested: decimal(parts.join("")),
        }));
        const policy = { rule, quantum: decimal(quantum) };
        const usual = claims.map((claim) => ({ ...claim, tier: 0 }));
        expect(fairShare(claims, decimal(free.join("")), policy)).toEqual(
          fairShare(usual, decimal(free.join("")), policy),
        );
      }),
      { numRuns: 500 },
    );
  });
});
