import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastHarm, type Donor } from "../../../src/allocation/shortage/least-harm.js";
import { mostCovered } from "../../../src/allocation/shortage/most-covered.js";

/** Every way of giving the need, unit by unit. */
function byHand(donors: readonly Donor[], need: bigint): bigint {
  const [first, ...rest] = donors;
  if (first === undefined) return need === 0n ? 0n : 10n ** 9n;
  let best = 10n ** 9n;
  for (let given = 0n; given <= first.units && given <= need; given++) {
    if (first.isWhole === true && given !== 0n && given !== first.units) continue;
    const own = given === 0n ? 0n : first.fixed + first.perUnit * given;
    const all = own + byHand(rest, need - given);
    if (all < best) best = all;
  }
  return best;
}

const small = (max: number) => fc.nat({ max }).map(BigInt);
const donor = fc.record<Donor>({ units: small(5).map((units) => units + 1n), fixed: small(12), perUnit: small(4) });
const scene = fc.array(donor, { minLength: 1, maxLength: 5 }).chain((donors) => {
  const all = donors.reduce((total, { units }) => total + units, 0n);
  return fc.tuple(fc.constant(donors), fc.bigInt({ min: 1n, max: all }));
});

const mixed = fc
  .tuple(fc.array(fc.tuple(donor, fc.boolean()), { minLength: 1, maxLength: 5 }), small(24))
  .map(([donors, wanted]) => [donors.map(([one, isWhole]) => ({ ...one, isWhole })), wanted + 1n] as const);

/** The most of a need that donors can give, by trying every smaller one. */
function coveredByHand(donors: readonly Donor[], wanted: bigint): bigint {
  for (let need = wanted; need > 0n; need--) if (byHand(donors, need) < 10n ** 9n) return need;
  return 0n;
}

describe("donors of least harm (mission 9.14, 8.7)", () => {
  it("does the least harm that can be done, as trying every way shows, and says so", () => {
    fc.assert(
      fc.property(scene, ([donors, need]) => {
        const { harm, taken, optimal } = leastHarm(donors, need, 1_000_000);
        expect([optimal, harm]).toEqual([true, byHand(donors, need)]);
        expect(taken.reduce((total, units) => total + units, 0n)).toBe(need);
        const parts = donors.map(({ fixed, perUnit }, place) =>
          taken[place] === 0n ? 0n : fixed + perUnit * taken[place]!,
        );
        expect(parts.reduce((total, part) => total + part, 0n)).toBe(harm);
        for (const [place, units] of taken.entries()) expect(units >= 0n && units <= donors[place]!.units).toBe(true);
      }),
    );
  });

  it("covers the most that donors can give, some of them everything or nothing, with the least harm", () => {
    let firm = 0;
    fc.assert(
      fc.property(mixed, ([donors, wanted]) => {
        const { covered, harm, taken, optimal } = leastHarm(donors, wanted, 1_000_000);
        const most = coveredByHand(donors, wanted);
        expect([optimal, covered, harm]).toEqual([true, most, byHand(donors, most)]);
        expect(taken.reduce((total, units) => total + units, 0n)).toBe(covered);
        for (const [place, { units, isWhole }] of donors.entries()) {
          if (isWhole && taken[place] !== 0n) {
            firm++;
            expect(taken[place]).toBe(units);
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(firm).toBeGreaterThan(50);
  });

  it("never claims what its steps do not prove where some give everything or nothing", () => {
    fc.assert(
      fc.property(mixed, small(30), ([donors, wanted], budget) => {
        const { covered, harm, taken, optimal } = leastHarm(donors, wanted, Number(budget));
        expect(taken.reduce((total, units) => total + units, 0n)).toBe(covered);
        const most = coveredByHand(donors, wanted);
        expect(covered <= most).toBe(true);
        if (optimal) expect([covered, harm]).toEqual([most, byHand(donors, most)]);
        else expect(harm >= byHand(donors, covered)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("covers the need when the steps end too early, and never claims to be the best when it is not", () => {
    fc.assert(
      fc.property(scene, ([donors, need]) => {
        const { harm, taken, optimal } = leastHarm(donors, need, 1);
        expect(taken.reduce((total, units) => total + units, 0n)).toBe(need);
        expect(harm >= byHand(donors, need)).toBe(true);
        if (optimal) expect(harm).toBe(byHand(donors, need));
      }),
    );
  });

  it("rather asks one who has all than two who have half each, and rather the cheaper by unit", () => {
    const [half, all] = [
      { units: 5n, fixed: 10n, perUnit: 1n },
      { units: 10n, fixed: 15n, perUnit: 1n },
    ];
    expect(leastHarm([half, half, all], 10n, 1000).taken).toEqual([0n, 0n, 10n]);
    expect(leastHarm([half, half, all], 5n, 1000).taken).toEqual([5n, 0n, 0n]);
  });

  // Who gives everything, who gives a part; what is wanted; the places of those that must give everything.
  it.each<[string, number[], number, number, number[], bigint]>([
    ["nobody where parts suffice", [6, 4], 10, 10, [], 10n],
    ["the least that suffices", [6, 4], 6, 10, [1], 10n],
    ["the least that suffices, whoever comes first", [4, 6], 6, 10, [0], 10n],
    ["the least, though more of it would suffice too", [9, 3, 5], 6, 9, [1], 9n],
    ["two where one is not enough", [3, 4, 9], 3, 10, [1, 0], 10n],
    ["the most where nothing suffices", [3, 5], 1, 10, [1, 0], 9n],
    ["nobody who has more than is wanted", [12], 3, 10, [], 3n],
  ])("of donors that give everything, asks %s", (_case, firm, parts, wanted, chosen, covered) => {
    const harmless = { fixed: 0n, perUnit: 0n };
    const donors: Donor[] = [
      ...firm.map((units) => ({ ...harmless, units: BigInt(units), isWhole: true })),
      { ...harmless, units: BigInt(parts) },
    ];
    expect(mostCovered(donors, BigInt(wanted), 1000)).toEqual({ covered, chosen, isMost: true });
  });

  it("is quick where many could give", () => {
    const donors = Array.from({ length: 5000 }, (_, place) => ({ units: 3n, fixed: BigInt(place % 7), perUnit: 1n }));
    const { taken, optimal } = leastHarm(donors, 9000n, 10_000);
    expect([taken.reduce((total, units) => total + units, 0n), optimal]).toEqual([9000n, false]);
  });
});
