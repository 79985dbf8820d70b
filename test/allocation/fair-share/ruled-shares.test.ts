import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAIR_SHARE_RULES, type FairShareRule } from "../../../src/allocation/fair-share/fair-share-rules.js";
import { isShort, ruledShares, type GroupClaim } from "../../../src/allocation/fair-share/ruled-shares.js";
import { shareUnits } from "../../../src/allocation/fair-share/share-units.js";
import { sharingRules } from "../../../src/allocation/fair-share/sharing-rules.js";
import { decimal } from "../../../src/core/decimal.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";

// Mission 8.9, 9.13; definitions B7, B9: shares under caps and protected minimums of customer groups.

const PLAIN = { quantum: 1n, minimum: 0n, weight: 1n, tier: 0, quota: undefined };
const claim = (requested: number, customerGroup?: string, more: Partial<GroupClaim> = {}): GroupClaim => ({
  ...PLAIN,
  ...more,
  requested: BigInt(requested),
  customerGroup,
});
const rule = (kind: SupplyRule["kind"], group: string, quantity: number | string, consumed = 0): SupplyRule => ({
  kind,
  group,
  itemCode: "TEA",
  quantity: decimal(`${quantity}`),
  consumed: decimal(`${consumed}`),
});

interface Case {
  readonly claims: readonly GroupClaim[];
  readonly available: number;
  /** What lies where nobody may take it. */
  readonly elsewhere: number;
  readonly protection: readonly SupplyRule[];
}

const sharesOf = ({ claims, available, elsewhere, protection }: Case, by: FairShareRule): number[] => {
  const rules = sharingRules(protection, BigInt(available + elsewhere), 0);
  return ruledShares(claims, BigInt(available), by, rules).map(Number);
};

/** What is left of a rule for a group; undefined where it has none. */
function leftOf(protection: readonly SupplyRule[], kind: SupplyRule["kind"], group: string): number | undefined {
  const found = protection.find((one) => one.kind === kind && one.group === group);
  return found === undefined ? undefined : Math.max(0, Number(found.quantity) - Number(found.consumed));
}

const GROUPS = ["A", "B", "C"];

/** Whether the rules allow that the claims have so much. */
function isAllowed({ claims, available, elsewhere, protection }: Case, way: readonly number[]): boolean {
  const total = way.reduce((sum, units) => sum + units, 0);
  if (total > available) return false;
  const usedBy = (group: string | undefined): number =>
    way.reduce((sum, units, place) => sum + (claims[place]!.customerGroup === group ? units : 0), 0);
  const left = available + elsewhere - total;
  return [...GROUPS, undefined].every((group) => {
    if (usedBy(group) === 0) return true;
    if (group !== undefined && usedBy(group) > (leftOf(protection, "cap", group) ?? Infinity)) return false;
    const kept = GROUPS.filter((other) => other !== group)
      .map((other) => Math.max(0, (leftOf(protection, "protect", other) ?? 0) - usedBy(other)))
      .reduce((sum, units) => sum + units, 0);
    return kept <= left;
  });
}

/** Every way to give the claims something. */
function waysOf([first, ...rest]: readonly GroupClaim[]): number[][] {
  if (first === undefined) return [[]];
  const others = waysOf(rest);
  return Array.from({ length: Number(first.requested) + 1 }, (_, units) => others.map((way) => [units, ...way])).flat();
}

/** The way that gives those with the least the most. */
function mostEven(ways: readonly (readonly number[])[]): number[] {
  const sorted = ways.map((way) => [...way].sort((a, b) => a - b));
  return sorted.reduce((best, way) => {
    const place = way.findIndex((units, at) => units !== best[at]);
    return place >= 0 && way[place]! > best[place]! ? way : best;
  });
}

const cases = fc
  .record({
    claims: fc.array(fc.tuple(fc.nat(4), fc.constantFrom("A", "A", "B", "C", undefined)), {
      minLength: 1,
      maxLength: 4,
    }),
    available: fc.nat(10),
    elsewhere: fc.constantFrom(0, 0, 0, 2),
    figures: fc.array(fc.tuple(fc.constantFrom("cap", "protect"), fc.constantFrom(...GROUPS), fc.nat(6), fc.nat(3)), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ claims, figures, ...rest }): Case => {
    const rules = figures.map(([kind, group, quantity, consumed]) => rule(kind, group, quantity, consumed));
    const protection = [...new Map(rules.map((one) => [`${one.kind} ${one.group}`, one])).values()];
    return { ...rest, protection, claims: claims.map(([requested, group]) => claim(requested, group)) };
  });

describe("shares under rules of customer groups", () => {
  it.each<[string, Case, number[]]>([
    [
      "rule 1: a group has no more than its cap, and shares it; the others share what it leaves",
      {
        claims: [claim(8, "A"), claim(6, "A"), claim(9, "B")],
        available: 12,
        elsewhere: 0,
        protection: [rule("cap", "A", 5, 1)],
      },
      [2, 2, 8],
    ],
    [
      "rule 2: who has a minimum gets it where the rule alone would give less",
      {
        claims: [claim(9, "A"), claim(9, "B"), claim(9)],
        available: 12,
        elsewhere: 0,
        protection: [rule("protect", "A", 8)],
      },
      [8, 2, 2],
    ],
    [
      "rule 2: what is kept for a group that asks for nothing is shared by nobody",
      { claims: [claim(9, "B"), claim(9)], available: 12, elsewhere: 0, protection: [rule("protect", "A", 8)] },
      [2, 2],
    ],
    [
      "rule 2: goods that nobody may take count for minimums",
      { claims: [claim(9, "B"), claim(9)], available: 12, elsewhere: 6, protection: [rule("protect", "A", 8)] },
      [5, 5],
    ],
    [
      "rule 2: where there is less than all minimums, each group has what those of the others leave",
      {
        claims: [claim(9, "A"), claim(9, "B"), claim(9)],
        available: 12,
        elsewhere: 0,
        protection: [rule("protect", "A", 10), rule("protect", "B", 10)],
      },
      [2, 2, 0],
    ],
    [
      "rule 2: a minimum that others reach by their own claims costs them nothing",
      {
        claims: [claim(4, "A"), claim(9, "B"), claim(9)],
        available: 12,
        elsewhere: 0,
        protection: [rule("protect", "A", 4)],
      },
      [4, 4, 4],
    ],
  ])("%s", (_name, one, expected) => {
    expect(sharesOf(one, "equalAwards")).toEqual(expected);
  });

  it("rule 3: quotas stay parts of the whole when a minimum is kept", () => {
    const quota = (group: number, kind: "percent" | "ratio" | "amount", units: bigint) => ({
      quota: { group, kind, units },
    });
    const half = quota(0, "percent", 50n * 10n ** 6n);
    const claims = [claim(20, "B", half), claim(20), claim(20, "A")];
    const protection = [rule("protect", "A", 10)];
    const percent = sharingRules(protection, 20n, 0);
    const shares = ruledShares(claims, 20n, "equalAwards", percent);
    // Half of all twenty, which is all that the minimum leaves.
    expect(shares).toEqual([10n, 0n, 10n]);
  });

  it("law: no cap is exceeded, no minimum broken, nothing left that a claim might have; no rule, no difference", () => {
    let bound = 0;
    fc.assert(
      fc.property(cases, fc.constantFrom(...FAIR_SHARE_RULES), (one, by) => {
        const shares = sharesOf(one, by);
        expect(isAllowed(one, shares)).toBe(true);
        for (const [place, { requested }] of one.claims.entries()) {
          expect(shares[place]! >= 0 && shares[place]! <= Number(requested)).toBe(true);
          const more = shares.map((units, at) => (at === place ? units + 1 : units));
          if (shares[place]! < Number(requested)) expect(isAllowed(one, more)).toBe(false);
        }
        const free = shareUnits(one.claims, BigInt(one.available), by).parts.map(Number);
        if (isAllowed(one, free)) expect(shares).toEqual(free);
        else bound++;
        expect(sharesOf({ ...one, protection: [] }, by)).toEqual(free);
      }),
      { numRuns: 500 },
    );
    expect(bound).toBeGreaterThan(100);
  });

  it("law: equal awards give those with the least the most that any way would, as trying every way shows", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const best = mostEven(waysOf(one.claims).filter((way) => isAllowed(one, way)));
        expect(sharesOf(one, "equalAwards").sort((a, b) => a - b)).toEqual(best);
      }),
      { numRuns: 400 },
    );
  });

  it("says that there is not enough exactly where not all may have all", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { claims, available, elsewhere, protection } = one;
        const rules = sharingRules(protection, BigInt(available + elsewhere), 0);
        const all = claims.map(({ requested }) => Number(requested));
        expect(isShort(claims, BigInt(available), rules)).toBe(!isAllowed(one, all));
      }),
      { numRuns: 400 },
    );
  });

  it("counts a cap down and a minimum up to whole units", () => {
    const rules = sharingRules([rule("cap", "A", "2.5"), rule("protect", "B", "2.5")], 10n, 0)!;
    expect([rules.mostOf("A"), rules.mostOf("B"), rules.mostOf(undefined)]).toEqual([2n, 10n, 7n]);
    expect(sharingRules([], 10n, 0)).toBe(undefined);
  });
});
