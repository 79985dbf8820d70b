import { describe, expect, it } from "vitest";
import { fairShare } from "../../../src/allocation/fair-share/fair-share.js";
import type { FairSharePolicy, ShareClaim, ShareQuota } from "../../../src/allocation/fair-share/fair-share-policy.js";
import type { FairShareRule } from "../../../src/allocation/fair-share/fair-share-rules.js";
import { decimal, ONE, toUnits, type Decimal } from "../../../src/core/decimal.js";

// Mission 9.13; definitions B1, B7.

type Part = Partial<Omit<ShareClaim, "requested" | "claimId">>;

function claimsOf(requested: readonly (number | string)[], parts: readonly Part[] = []): ShareClaim[] {
  return requested.map((quantity, place) => ({
    claimId: `C-${place + 1}`,
    requested: decimal(quantity),
    ...parts[place],
  }));
}

function sharesOf(available: number | string, claims: readonly ShareClaim[], policy: FairSharePolicy) {
  const result = fairShare(claims, decimal(available), policy);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

function quantitiesOf(available: number | string, claims: readonly ShareClaim[], rule: FairShareRule, quantum = "1") {
  return sharesOf(available, claims, { rule, quantum: decimal(quantum) }).shares.map(({ quantity }) => quantity);
}

const [PROPORTIONAL, AWARDS, LOSSES, TALMUD] = ["proportional", "equalAwards", "equalLosses", "talmud"] as const;

describe("the vectors of the definition", () => {
  it.each<[available: number, requested: number[], rule: FairShareRule, shares: number[]]>([
    [100, [50, 80, 120], PROPORTIONAL, [20, 32, 48]],
    [100, [50, 80, 120], AWARDS, [34, 33, 33]],
    [100, [50, 80, 120], LOSSES, [0, 30, 70]],
    [100, [50, 80, 120], TALMUD, [25, 38, 37]],
    [100, [10, 60, 60, 90], PROPORTIONAL, [5, 27, 27, 41]],
    [100, [10, 60, 60, 90], AWARDS, [10, 30, 30, 30]],
    [100, [10, 60, 60, 90], LOSSES, [0, 24, 23, 53]],
    [100, [10, 60, 60, 90], TALMUD, [5, 30, 30, 35]],
    [200, [100, 200, 300], TALMUD, [50, 75, 75]],
    [300, [100, 200, 300], TALMUD, [50, 100, 150]],
  ])("%d for %j, %s: %j", (available, requested, rule, shares) => {
    expect(quantitiesOf(available, claimsOf(requested), rule).map(Number)).toEqual(shares);
  });

  it("Talmud's third of a hundred is exact before it is rounded", () => {
    const { shares } = sharesOf(100, claimsOf([100, 200, 300]), { rule: TALMUD, quantum: ONE });
    expect(shares.map(({ exact }) => exact)).toEqual(new Array(3).fill({ numerator: "100", denominator: "3" }));
    expect(shares.map(({ quantity }) => quantity)).toEqual(["34", "33", "33"]);
  });

  it("cartons of twelve leave four", () => {
    const result = sharesOf(100, claimsOf([24, 36, 60]), { rule: PROPORTIONAL, quantum: decimal("12") });
    expect(result.shares.map(({ quantity }) => quantity)).toEqual(["24", "24", "48"]);
    expect(result.left).toBe("4");
  });

  // The other system rounds each line to its own decimals and hands the last step to the last line; here the first line
  // of the order of service has it, and nothing stays unused.
  it.each<[available: string, requested: string[], quantum: string, shares: string[]]>([
    ["2.5", ["3"], "1", ["2"]],
    ["7", ["6.3", "7.4", "8.5"], "0.1", ["2.4", "2.3", "2.3"]],
    ["4", ["1.98", "1.876", "1.7654"], "0.0001", ["1.3334", "1.3333", "1.3333"]],
  ])("%s for %j in steps of %s: %j", (available, requested, quantum, shares) => {
    expect(quantitiesOf(available, claimsOf(requested), AWARDS, quantum)).toEqual(shares);
  });
});

// docs/decisions/0011: ties go by the order of service, whatever the order of the figures.
it("who comes first in the order of service has the step that a tie leaves over", () => {
  for (const requested of [
    ["6.3", "7.4", "8.5"],
    ["8.5", "7.4", "6.3"],
  ]) {
    expect(quantitiesOf("7", claimsOf(requested), AWARDS, "0.1")).toEqual(["2.4", "2.3", "2.3"]);
    expect(quantitiesOf("7.1", claimsOf(requested), AWARDS, "0.1")).toEqual(["2.4", "2.4", "2.3"]);
  }
  expect(quantitiesOf(2, claimsOf([1, 1, 1]), PROPORTIONAL)).toEqual(["1", "1", "0"]);
});

describe("weights (rule 3)", () => {
  const weights = [{ weight: decimal("3") }, { weight: decimal("1.5") }, {}];

  it.each<[FairShareRule, string[]]>([
    [PROPORTIONAL, ["30", "15", "10"]],
    [AWARDS, ["30", "15", "10"]],
    [LOSSES, ["38", "17", "0"]],
    [TALMUD, ["30", "15", "10"]],
  ])("tilt %s", (rule, shares) => {
    expect(quantitiesOf(55, claimsOf([60, 60, 60], weights), rule)).toEqual(shares);
  });

  it("halve the loss of whoever weighs double", () => {
    const claims = claimsOf([60, 60], [{ weight: decimal("2") }]);
    expect(quantitiesOf(90, claims, LOSSES)).toEqual(["50", "40"]);
    expect(quantitiesOf(90, claims, TALMUD)).toEqual(["50", "40"]);
  });

  it("count in proportion only: tenfold weights change nothing", () => {
    const tenfold = [{ weight: decimal("30") }, { weight: decimal("15") }, { weight: decimal("10") }];
    for (const rule of [PROPORTIONAL, AWARDS, LOSSES, TALMUD]) {
      expect(quantitiesOf(77, claimsOf([60, 60, 60], tenfold), rule)).toEqual(
        quantitiesOf(77, claimsOf([60, 60, 60], weights), rule),
      );
    }
  });
});

describe("classes (rule 3)", () => {
  it("are served in full one after the other, and share inside", () => {
    const claims = claimsOf([40, 30, 50, 20], [{ tier: 2 }, { tier: 1 }, { tier: 2 }, { tier: 3 }]);
    expect(quantitiesOf(75, claims, PROPORTIONAL)).toEqual(["20", "30", "25", "0"]);
    expect(quantitiesOf(30, claims, PROPORTIONAL)).toEqual(["0", "30", "0", "0"]);
    expect(quantitiesOf(20, claims, PROPORTIONAL)).toEqual(["0", "20", "0", "0"]);
  });

  it("come first for what rounding leaves over too", () => {
    const claims = claimsOf(
      [5, 24],
      [
        { tier: 1, quantum: decimal("2") },
        { quantum: decimal("12"), tier: 0 },
      ],
    );
    expect(quantitiesOf(23, claims, PROPORTIONAL)).toEqual(["4", "12"]);
  });
});

describe("quotas (rule 2)", () => {
  const amount = (figure: string): Part => ({ quota: { kind: "amount", figure: decimal(figure) } });
  const percent = (figure: string): Part => ({ quota: { kind: "percent", figure: decimal(figure) } });
  const ratio = (figure: string): Part => ({ quota: { kind: "ratio", figure: decimal(figure) } });

  it.each<[name: string, available: number, requested: number[], parts: Part[], shares: string[]]>([
    ["an amount is set aside", 100, [80, 80, 80], [amount("60")], ["74", "13", "13"]],
    ["a percentage is one of what there is", 100, [80, 80], [percent("70")], ["80", "20"]],
    ["with decimals too", 1000, [900, 900], [percent("12.5"), percent("87.5")], ["125", "875"]],
    [
      "ratios divide what amounts and percentages leave",
      100,
      [90, 90, 90],
      [amount("40"), ratio("1"), ratio("2")],
      ["40", "20", "40"],
    ],
    ["ratios get nothing where amounts take all", 100, [90, 90], [amount("100"), ratio("1")], ["90", "10"]],
    ["unused quota spills by ratio", 100, [10, 90, 90], [amount("40"), amount("20"), amount("40")], ["10", "30", "60"]],
    ["and then to those without", 100, [10, 20, 90], [amount("60"), amount("40")], ["10", "20", "70"]],
    [
      "too many quotas: the rule decides among them",
      100,
      [90, 90, 90],
      [amount("90"), amount("60")],
      ["50", "50", "0"],
    ],
    ["quotas come before classes", 50, [40, 40], [{ tier: 0 }, { ...amount("30"), tier: 1 }], ["20", "30"]],
  ])("%s", (_name, available, requested, parts, shares) => {
    expect(quantitiesOf(available, claimsOf(requested, parts), AWARDS)).toEqual(shares);
  });
});

describe("steps and minimums (rules 4, 5, 6)", () => {
  const least = (minimum: string): Part => ({ minimum: decimal(minimum) });

  it.each<[name: string, available: number, requested: number[], parts: Part[], shares: string[]]>([
    ["what is below its minimum goes to the others", 17, [10, 10, 10], new Array(3).fill(least("6")), ["9", "8", "0"]],
    ["when all are below, the first get theirs", 10, [10, 10], [least("6"), least("6")], ["10", "0"]],
    [
      "and share what is left beyond their least",
      16,
      [10, 10, 10, 10],
      new Array(4).fill(least("6")),
      ["8", "8", "0", "0"],
    ],
    [
      "in full steps",
      16,
      [30, 30],
      [
        { ...least("7"), quantum: decimal("5") },
        { ...least("9"), quantum: decimal("5") },
      ],
      ["15", "0"],
    ],
    ["a minimum above the wish gets nothing", 10, [5, 9], [least("6")], ["0", "9"]],
    ["what a large step cannot take goes to small ones", 30, [24, 24], [{ quantum: decimal("20") }], ["0", "24"]],
    ["what is not a whole step is not given", 100, [25, 7], [{ quantum: decimal("10") }], ["20", "7"]],
    [
      "the greatest loss in terms of a step comes first",
      56,
      [40, 40, 40, 40],
      [{ quantum: decimal("10") }, ...new Array<Part>(3).fill({ quantum: decimal("3") })],
      ["10", "15", "15", "15"],
    ],
  ])("%s", (_name, available, requested, parts, shares) => {
    expect(quantitiesOf(available, claimsOf(requested, parts), AWARDS)).toEqual(shares);
  });

  it("say why (rules 1 and 5)", () => {
    const parts = [{}, least("9"), { quantum: decimal("4") }, {}];
    const { shares, left } = sharesOf(20, claimsOf([3, 10, 6, 30], parts), { rule: AWARDS, quantum: ONE });
    expect(shares.map(({ quantity, short, code }) => [quantity, short, code])).toEqual([
      ["3", "0", "served_in_full"],
      ["0", "10", "below_minimum"],
      ["4", "2", "below_quantum"],
      ["13", "17", "fair_share"],
    ]);
    expect(left).toBe("0");
  });

  it("keep what nobody can take", () => {
    expect(sharesOf(50, claimsOf([10, 20]), { rule: TALMUD, quantum: ONE })).toMatchObject({
      left: "20",
      warnings: [],
    });
    expect(sharesOf(50, [], { rule: TALMUD, quantum: ONE })).toEqual({ shares: [], left: "50", warnings: [] });
  });
});

describe("the warning (rule 7)", () => {
  it.each<[FairShareRule, number, number]>([
    [PROPORTIONAL, 100, 1],
    [LOSSES, 100, 1],
    [TALMUD, 100, 1],
    [AWARDS, 100, 0],
    [PROPORTIONAL, 150, 0],
    [PROPORTIONAL, 149, 1],
  ])("%s with %d for 150: %d", (rule, available, count) => {
    const { warnings } = sharesOf(available, claimsOf([50, 100]), { rule, quantum: ONE });
    expect(warnings).toHaveLength(count);
    if (count === 1) expect(warnings[0]).toMatchObject({ code: "share.rewards_inflated_orders", params: { rule } });
  });

  it("is true: who asks for more gets more under those rules, and not under equal awards", () => {
    const gain = (rule: FairShareRule, available: number): number => {
      const [honest, inflated] = [60, 90].map((asked) =>
        Number(quantitiesOf(available, claimsOf([60, asked]), rule)[1]),
      );
      return (inflated ?? 0) - (honest ?? 0);
    };
    expect(gain(PROPORTIONAL, 100)).toBeGreaterThan(0);
    expect(gain(LOSSES, 100)).toBeGreaterThan(0);
    expect(gain(TALMUD, 100)).toBeGreaterThan(0);
    expect(gain(AWARDS, 100)).toBe(0);
  });
});

describe("figures that are none", () => {
  it("a quota of a kind that there is not is named", () => {
    const quota = { kind: "share", figure: ONE } as unknown as ShareQuota;
    const result = fairShare([{ claimId: "A", requested: ONE, quota }], ONE, { rule: AWARDS, quantum: ONE });
    expect(result).toMatchObject({
      ok: false,
      issues: [{ code: "share.unknown_quota", path: ["claims", 0, "quota", "kind"], params: { kind: "share" } }],
    });
  });

  it("a rule that there is not is named", () => {
    const unknown = { rule: "byMood", quantum: ONE } as unknown as FairSharePolicy;
    expect(fairShare([{ claimId: "A", requested: ONE }], ONE, unknown)).toMatchObject({
      ok: false,
      issues: [{ code: "share.unknown_rule", path: ["policy", "rule"], params: { rule: "byMood" } }],
    });
  });

  const policy: FairSharePolicy = { rule: AWARDS, quantum: ONE };
  const codesOf = (claims: readonly ShareClaim[], available: unknown = ONE, given: unknown = policy): string[] => {
    const result = fairShare(claims, available as Decimal, given as FairSharePolicy);
    return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`);
  };

  it("are refused all at once, each with its place", () => {
    const hostile = [
      { claimId: "A", requested: "1e400", quantum: "0", weight: "0", tier: 1.5 },
      { claimId: "A", requested: Number.NaN, minimum: "-1", quota: { kind: "percent", figure: "100.000001" } },
      { claimId: "B", requested: "1000000000000", quota: { kind: "amount", figure: "0.0000001" }, quantum: {} },
    ] as unknown as ShareClaim[];
    expect(codesOf(hostile, "-5", { rule: "__proto__", quantum: "-1" })).toEqual([
      "share.unknown_rule policy.rule",
      "share.not_above_zero policy.quantum",
      "share.negative available",
      "share.not_a_figure claims.0.requested",
      "share.not_above_zero claims.0.quantum",
      "share.not_above_zero claims.0.weight",
      "share.bad_tier claims.0.tier",
      "share.listed_twice claims.1",
      "share.not_a_figure claims.1.requested",
      "share.negative claims.1.minimum",
      "share.above_hundred claims.1.quota.figure",
      "share.out_of_range claims.2.requested",
      "share.not_a_figure claims.2.quantum",
      "share.out_of_range claims.2.quota.figure",
    ]);
  });

  it("name weights of which no common measure is short enough", () => {
    const primes = [
      999_999_999_989, 999_999_999_961, 999_999_999_959, 999_999_999_937, 999_999_999_899, 999_999_999_863,
    ];
    const more = [999_999_999_847, 999_999_999_767, 999_999_999_799];
    const claims = claimsOf(
      [...primes, ...more],
      [...primes, ...more].map((weight) => ({ weight: decimal(weight) })),
    );
    expect(codesOf(claims, ONE, { rule: LOSSES, quantum: ONE })).toEqual(["share.weights_too_uneven claims"]);
    expect(codesOf(claims, ONE, { rule: AWARDS, quantum: ONE })).toEqual([]);
  });

  it("a hundred thousand claims of the longest figures take bounded time", () => {
    const claims = Array.from({ length: 100_000 }, (_, place): ShareClaim => ({
      claimId: `${place}`,
      requested: decimal(`${999_999_999_999 - place}.${100_000 + (place % 899_999)}`),
      weight: decimal(`${1 + (place % 24)}`),
    }));
    const begin = performance.now();
    const { shares, left } = sharesOf("999999999999", claims, { rule: TALMUD, quantum: decimal("0.000001") });
    expect(performance.now() - begin).toBeLessThan(20_000);
    expect(shares).toHaveLength(100_000);
    expect(left).toBe("0");
  });
});

it("exact parts stay exact among very many claims with many decimals (mission 9.13)", () => {
  // Denominators beyond what a number of the machine holds.
  const count = 46_000;
  const claims = Array.from({ length: count }, (_, place) => ({
    claimId: `C-${place}`,
    requested: decimal(place === 0 ? "0.100001" : "0.200001"),
  }));
  const result = fairShare(claims, decimal("1"), { rule: "proportional", quantum: decimal("0.000001") });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  const { shares } = result.value;
  const sum = 100_001n + BigInt(count - 1) * 200_001n;
  for (const [place, units] of [
    [0, 100_001n],
    [1, 200_001n],
    [count - 1, 200_001n],
  ] as const) {
    const { numerator, denominator } = shares[place]!.exact!;
    expect(BigInt(numerator) * sum).toBe(units * BigInt(denominator));
  }
  expect(shares.reduce((total, { quantity }) => total + toUnits(quantity, 6), 0n)).toBe(1_000_000n);
});
