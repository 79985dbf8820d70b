import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { inTurn } from "../../../src/allocation/reconfirm/in-turn.js";
import { reconfirm } from "../../../src/allocation/reconfirm/reconfirm.js";
import type {
  Reconfirmation,
  ReconfirmDemand,
  ReconfirmPolicy,
  ReconfirmPool,
} from "../../../src/allocation/reconfirm/reconfirm-policy.js";
import { RECONFIRM_STRATEGIES, type ReconfirmStrategy } from "../../../src/model/reconfirm-strategy.js";
import { FAIR_SHARE_RULES } from "../../../src/allocation/fair-share/fair-share-rules.js";
import { decimal, ONE } from "../../../src/core/decimal.js";
import { groupedBy } from "../../../src/core/grouped-by.js";
import { describeIssue } from "../../../src/messages/describe-issue.js";

// Mission 9.18, 8.7; definition B8.

type Row = readonly [id: string, strategy: ReconfirmStrategy, requested: number | string, confirmed: number | string];

const demandsOf = (...rows: readonly Row[]): ReconfirmDemand[] =>
  rows.map(([demandId, strategy, requested, confirmed], rank) => ({
    demandId,
    itemCode: "TEA",
    strategy,
    requested: decimal(requested),
    confirmed: decimal(confirmed),
    rank,
  }));
const poolOf = (quantity: number | string): ReconfirmPool[] => [{ itemCode: "TEA", quantity: decimal(quantity) }];
const BEST: ReconfirmPolicy = {
  onException: "bestEffort",
  redistribute: { kind: "inOrder" },
};
const ABORT: ReconfirmPolicy = { ...BEST, onException: "abort" };

function valueOf(demands: readonly ReconfirmDemand[], pools: readonly ReconfirmPool[], policy = BEST): Reconfirmation {
  const result = reconfirm(demands, pools, policy);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

function afterOf({ demands }: Reconfirmation): Record<string, string> {
  return Object.fromEntries(demands.map(({ demandId, after }) => [demandId, after]));
}

const VECTOR = demandsOf(
  ["A", "win", 50, 0],
  ["B", "gain", 40, 20],
  ["C", "redistribute", 30, 10],
  ["D", "redistribute", 30, 30],
  ["E", "fill", 40, 30],
  ["F", "lose", 20, 10],
);

describe("whose turn it is", () => {
  it.each([
    ["by rank", ["C", "A", "B"].map((id, place) => [id, "win", place] as const), ["C", "A", "B"]],
    [
      "of one rank by id, whatever the order of the input",
      [
        ["C", "win", 1],
        ["A", "win", 1],
        ["B", "win", 1],
      ] as const,
      ["A", "B", "C"],
    ],
    [
      "of one rank by id, the other way round",
      [
        ["A", "win", 1],
        ["C", "win", 1],
        ["B", "win", 1],
      ] as const,
      ["A", "B", "C"],
    ],
    [
      "strategies before ranks",
      [
        ["A", "fill", 1],
        ["B", "win", 9],
      ] as const,
      ["B", "A"],
    ],
  ])("goes %s", (_case, rows, expected) => {
    const demands = rows.map(([demandId, strategy, rank]) => ({ ...demandsOf([demandId, strategy, 5, 0])[0]!, rank }));
    expect(inTurn(demands).map(({ demandId }) => demandId)).toEqual(expected);
    expect(inTurn([...demands].reverse()).map(({ demandId }) => demandId)).toEqual(expected);
  });
});

describe("the vectors of the definition", () => {
  it("with a pool of 100", () => {
    const answer = valueOf(VECTOR, poolOf(100));
    expect(afterOf(answer)).toEqual({
      A: "50",
      B: "40",
      C: "10",
      D: "0",
      E: "0",
      F: "0",
    });
    expect(answer.exceptions).toEqual([]);
    expect(answer.result).toBe("done");
    // Nothing was free: A takes 10 of F, 30 of E and 10 of D; B the other 20 of D.
    expect(
      answer.displacements.map(({ winnerId, victimId, quantity, ruleId }) => [winnerId, victimId, quantity, ruleId]),
    ).toEqual([
      ["A", "F", "10", "reconfirm_win"],
      ["A", "E", "30", "reconfirm_win"],
      ["A", "D", "10", "reconfirm_win"],
      ["B", "D", "20", "reconfirm_gain"],
    ]);
  });

  it("with a pool of 60: B cannot keep 10 of its 20", () => {
    const answer = valueOf(VECTOR, poolOf(60));
    expect(afterOf(answer)).toEqual({
      A: "50",
      B: "10",
      C: "0",
      D: "0",
      E: "0",
      F: "0",
    });
    expect(answer.exceptions).toEqual([{ demandId: "B", itemCode: "TEA", code: "gain_unmet", missing: "10" }]);
  });

  it("with a pool of 60 and the policy to abort, nothing changes and the exception stands", () => {
    const answer = valueOf(VECTOR, poolOf(60), ABORT);
    expect(answer.result).toBe("aborted");
    expect(answer.demands.every(({ before, after }) => before === after)).toBe(true);
    expect(answer.displacements).toEqual([]);
    expect(answer.exceptions).toHaveLength(1);
  });

  it("with a pool of 100 nothing is an exception, and the policy to abort changes nothing about the answer", () => {
    const answer = valueOf(VECTOR, poolOf(100), ABORT);
    expect(answer).toEqual(valueOf(VECTOR, poolOf(100), BEST));
    expect([answer.result, answer.exceptions, answer.displacements.length > 0]).toEqual(["done", [], true]);
  });
});

describe("the steps", () => {
  it.each<[name: string, pool: number | string, rows: Row[], after: Record<string, string>]>([
    [
      "0: skip keeps what it has, before all",
      40,
      [
        ["A", "win", 50, 0],
        ["B", "skip", 30, 20],
      ],
      { A: "20", B: "20" },
    ],
    ["0: lose gives up all, needed or not", 99, [["A", "lose", 50, 50]], { A: "0" }],
    [
      "1: win in the order of service",
      70,
      [
        ["A", "win", 50, 0],
        ["B", "win", 50, 50],
      ],
      { A: "50", B: "20" },
    ],
    [
      "2: gain keeps before any gain gets more",
      30,
      [
        ["A", "gain", 50, 10],
        ["B", "gain", 20, 15],
      ],
      { A: "15", B: "15" },
    ],
    [
      "3: gain comes before improve keeps",
      50,
      [
        ["A", "improve", 20, 20],
        ["B", "gain", 40, 10],
      ],
      { A: "10", B: "40" },
    ],
    [
      "4: improve keeps before any improve gets more",
      30,
      [
        ["A", "improve", 50, 10],
        ["B", "improve", 20, 15],
      ],
      { A: "15", B: "15" },
    ],
    [
      "5: redistribute forgets what was",
      40,
      [
        ["A", "redistribute", 30, 0],
        ["B", "redistribute", 40, 40],
      ],
      { A: "30", B: "10" },
    ],
    [
      "6: fill never gets more",
      90,
      [
        ["A", "fill", 50, 20],
        ["B", "fill", 50, 30],
      ],
      { A: "20", B: "30" },
    ],
    [
      "6: fill keeps in order",
      40,
      [
        ["A", "fill", 50, 20],
        ["B", "fill", 50, 30],
      ],
      { A: "20", B: "20" },
    ],
    [
      "decimals stay exact",
      "1.5",
      [
        ["A", "win", "0.3", 0],
        ["B", "redistribute", "1.3", 0],
      ],
      { A: "0.3", B: "1.2" },
    ],
  ])("%s", (_name, pool, rows, after) => {
    expect(afterOf(valueOf(demandsOf(...rows), poolOf(pool)))).toEqual(after);
  });

  it("5: redistribute shares by a rule where the policy says so", () => {
    const redistribute = {
      kind: "fairShare",
      policy: { rule: "equalAwards", quantum: ONE },
    } as const;
    const demands = demandsOf(
      ["A", "redistribute", 50, 0],
      ["B", "redistribute", 80, 80],
      ["C", "redistribute", 120, 20],
    );
    expect(afterOf(valueOf(demands, poolOf(100), { ...BEST, redistribute }))).toEqual({ A: "34", B: "33", C: "33" });
  });

  it("5: a rule counts in its own steps for whoever has none", () => {
    const redistribute = { kind: "fairShare", policy: { rule: "equalAwards", quantum: decimal("5") } } as const;
    const [a, b] = demandsOf(["A", "redistribute", 80, 0], ["B", "redistribute", 80, 0]);
    const demands = [{ ...a!, quantum: decimal("4") }, b!];
    expect(afterOf(valueOf(demands, poolOf(100), { ...BEST, redistribute }))).toEqual({ A: "48", B: "50" });
  });

  it("7: nobody gets a part of a step, and who takes all or nothing gets that", () => {
    const [a, b, c, d] = demandsOf(
      ["A", "win", 25, 0],
      ["B", "redistribute", 20, 0],
      ["C", "improve", 30, 20],
      ["D", "fill", 9, 9],
    );
    const demands = [
      { ...a!, quantum: decimal("10") },
      { ...b!, delivery: "whole" as const },
      { ...c!, quantum: decimal("4"), delivery: "whole" as const },
      { ...d!, quantum: decimal("2") },
    ];
    const withPool = (pool: number) => afterOf(valueOf(demands, poolOf(pool)));
    expect(withPool(100)).toEqual({ A: "20", B: "20", C: "28", D: "9" });
    expect(withPool(47)).toEqual({ A: "20", B: "0", C: "20", D: "6" });
    expect(withPool(39)).toEqual({ A: "20", B: "0", C: "0", D: "9" });
    expect(valueOf(demands, poolOf(100)).exceptions).toEqual([]);
    expect(valueOf(demands, poolOf(19)).exceptions).toMatchObject([{ code: "win_unmet", missing: "15" }]);
  });

  it("7: members of a group come together, of whatever items, at the turn of the first", () => {
    const [a, b, c, d] = demandsOf(
      ["A", "win", 10, 0],
      ["B", "redistribute", 20, 20],
      ["C", "redistribute", 5, 5],
      ["D", "redistribute", 30, 0],
    );
    const group = "G";
    const demands = [a!, { ...b!, group }, { ...c!, itemCode: "SALT", group }, { ...d!, itemCode: "SALT" }];
    const withPools = (tea: number, salt: number, policy = BEST) =>
      afterOf(valueOf(demands, [...poolOf(tea), { itemCode: "SALT", quantity: decimal(salt) }], policy));
    expect(withPools(30, 5)).toEqual({ A: "10", B: "20", C: "5", D: "0" });
    expect(withPools(29, 5)).toEqual({ A: "10", B: "0", C: "0", D: "5" });
    expect(withPools(30, 4)).toEqual({ A: "10", B: "0", C: "0", D: "4" });
    const redistribute = { kind: "fairShare", policy: { rule: "equalAwards", quantum: ONE } } as const;
    expect(withPools(30, 8, { ...BEST, redistribute })).toEqual({ A: "10", B: "0", C: "0", D: "8" });
    expect(withPools(30, 10, { ...BEST, redistribute })).toEqual({ A: "10", B: "20", C: "5", D: "5" });
    expect(withPools(30, 35, { ...BEST, redistribute })).toEqual({ A: "10", B: "20", C: "5", D: "30" });
    const kept = demands.map((demand) => (demand === a ? demand : { ...demand, strategy: "fill" as const }));
    const pools = [...poolOf(29), { itemCode: "SALT", quantity: decimal(9) }];
    expect(afterOf(valueOf(kept, pools))).toEqual({ A: "10", B: "0", C: "0", D: "0" });
    const gaining = demands.map((demand) => ({ ...demand, requested: decimal("40"), strategy: "gain" as const }));
    const answer = valueOf(gaining, [...poolOf(60), { itemCode: "SALT", quantity: decimal(20) }]);
    expect(afterOf(answer)).toEqual({ A: "40", B: "20", C: "5", D: "15" });
    expect(answer.exceptions).toEqual([]);
  });

  it("5: a group that gave up its shares gets all it asks for after all where others gave up theirs too", () => {
    const demands = demandsOf(
      ["A", "redistribute", 6, 0],
      ["B", "redistribute", 6, 0],
      ["C", "redistribute", 6, 0],
      ["D", "redistribute", 6, 0],
      ["E", "redistribute", 6, 0],
    ).map((demand, place) => ({
      ...demand,
      itemCode: ["TEA", "SALT", "SALT", "OIL", "TEA"][place]!,
      // The first group would need the tea of the last demand, the second only what the first one leaves of the salt.
      ...(place === 4 ? {} : { group: place < 2 ? "G" : "H" }),
    }));
    const redistribute = { kind: "fairShare", policy: { rule: "equalAwards", quantum: ONE } } as const;
    const withSalt = (salt: number) => {
      const quantities = { TEA: 8, SALT: salt, OIL: 6 };
      const pools = Object.entries(quantities).map(([itemCode, quantity]) => ({
        itemCode,
        quantity: decimal(quantity),
      }));
      return afterOf(valueOf(demands, pools, { ...BEST, redistribute }));
    };
    expect(withSalt(8)).toEqual({ A: "0", B: "0", C: "6", D: "6", E: "6" });
    expect(withSalt(6)).toEqual({ A: "0", B: "0", C: "6", D: "6", E: "6" });
    expect(withSalt(5)).toEqual({ A: "0", B: "0", C: "0", D: "0", E: "6" });
  });

  it("0: what is firm stays, whatever the strategy, and comes off the pool first", () => {
    const rows = demandsOf(
      ["A", "win", 50, 10],
      ["B", "lose", 20, 10],
      ["C", "redistribute", 30, 20],
      ["D", "fill", 9, 9],
    );
    const firm = ["0", "4", "20", "5"].map(decimal);
    const demands = rows.map((row, place) => ({ ...row, firm: firm[place]! }));
    expect(afterOf(valueOf(demands, poolOf(60)))).toEqual({ A: "31", B: "4", C: "20", D: "5" });
    expect(afterOf(valueOf(demands, poolOf(29)))).toEqual({ A: "0", B: "4", C: "20", D: "5" });
    const short = reconfirm(demands, poolOf(28), BEST);
    expect(short).toMatchObject({ issues: [{ code: "reconfirm.skips_exceed_pool", params: { skipped: "29" } }] });
    const redistribute = { kind: "fairShare", policy: { rule: "equalAwards", quantum: ONE } } as const;
    const sharers = demandsOf(["A", "redistribute", 50, 10], ["B", "redistribute", 50, 40]).map((row) => ({
      ...row,
      firm: row.confirmed,
    }));
    // Who has more than its share keeps that, and gets nothing of what the others share.
    expect(afterOf(valueOf(sharers, poolOf(60), { ...BEST, redistribute }))).toEqual({ A: "20", B: "40" });
    expect(afterOf(valueOf(sharers, poolOf(90), { ...BEST, redistribute }))).toEqual({ A: "45", B: "45" });
  });

  it("7: items do not touch each other, and an item without a pool has nothing", () => {
    const [tea, salt] = demandsOf(["A", "win", 50, 0], ["B", "fill", 50, 30]);
    const answer = valueOf([{ ...salt!, itemCode: "SALT" }, tea!], [{ itemCode: "SALT", quantity: decimal("30") }]);
    expect(answer.demands.map(({ itemCode, after }) => [itemCode, after])).toEqual([
      ["SALT", "30"],
      ["TEA", "0"],
    ]);
    expect(answer.exceptions).toMatchObject([{ demandId: "A", code: "win_unmet", missing: "50" }]);
  });

  it("8: who was served first took what was free", () => {
    const demands = demandsOf(["A", "win", 30, 0], ["B", "win", 30, 0], ["C", "fill", 40, 40]);
    expect(valueOf(demands, poolOf(70)).displacements).toMatchObject([
      { winnerId: "B", victimId: "C", quantity: "30" },
    ]);
    expect(valueOf(demands, poolOf(60)).displacements.map(({ winnerId, quantity }) => [winnerId, quantity])).toEqual([
      ["A", "10"],
      ["B", "30"],
    ]);
  });
});

describe("a demand that has a part of a step, since the rest of it was picked (rule 7)", () => {
  const stepped = (strategy: ReconfirmStrategy, requested: number, confirmed: number): ReconfirmDemand[] => [
    { ...demandsOf(["A", strategy, requested, confirmed])[0]!, quantum: decimal("5") },
    ...demandsOf(["B", "redistribute", 30, 0]).map((demand) => ({ ...demand, rank: 1 })),
  ];

  it.each<[strategy: ReconfirmStrategy, requested: number, pool: number, after: [string, string], missing: string[]]>([
    ["win", 17, 20, ["17", "3"], []],
    ["win", 21, 20, ["17", "3"], []],
    ["win", 22, 30, ["22", "8"], []],
    ["win", 28, 30, ["27", "3"], []],
    ["win", 28, 24, ["22", "2"], ["6"]],
    ["win", 17, 17, ["17", "0"], []],
    ["win", 20, 17, ["17", "0"], []],
    ["gain", 28, 30, ["27", "3"], []],
    ["improve", 17, 20, ["17", "3"], []],
    ["redistribute", 21, 20, ["17", "3"], []],
  ])("%s, %i wanted of %i: it keeps that and gets whole steps more", (strategy, requested, pool, [a, b], missing) => {
    const first = valueOf(stepped(strategy, requested, 17), poolOf(pool));
    expect(afterOf(first)).toEqual({ A: a, B: b });
    expect(first.exceptions.map((exception) => exception.missing)).toEqual(missing);
    const again = stepped(strategy, requested, Number(a)).map((demand) =>
      demand.demandId === "B" ? { ...demand, confirmed: decimal(b) } : demand,
    );
    expect(afterOf(valueOf(again, poolOf(pool)))).toEqual({ A: a, B: b });
  });

  it("whoever cannot keep it has whole steps, and a winner that loses so is an exception", () => {
    const firm = { ...demandsOf(["S", "skip", 4, 4])[0]!, rank: 9 };
    const { demands, exceptions } = valueOf([...stepped("win", 17, 17), firm], poolOf(20));
    expect(afterOf({ demands } as Reconfirmation)).toEqual({ A: "15", B: "1", S: "4" });
    expect(exceptions).toEqual([{ demandId: "A", itemCode: "TEA", code: "win_unmet", missing: "2" }]);
  });
});

describe("figures that are none", () => {
  it("are refused all at once, each with its place", () => {
    const [a, b] = demandsOf(["A", "win", 50, 0], ["A", "fill", 10, 20]);
    const wrong = [
      { ...a!, strategy: "toString", rank: 0.5, quantum: "0" },
      b!,
      { ...a!, demandId: "C", requested: "1e400", confirmed: "-1" },
      { ...a!, demandId: "D", requested: "0.0000001" },
      { ...a!, demandId: "E", group: "G", firm: decimal("1") },
      { ...a!, demandId: "F", group: "G", strategy: "fill", firm: decimal("-1") },
    ] as unknown as ReconfirmDemand[];
    const fairShare = {
      kind: "fairShare",
      policy: { rule: "talmud", quantum: decimal("0") },
    } as const;
    const result = reconfirm(wrong, [...poolOf(5), ...poolOf(6), { itemCode: "SALT", quantity: decimal("-6") }], {
      ...BEST,
      redistribute: fairShare,
    });
    expect(result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
      "share.not_above_zero policy.quantum",
      "reconfirm.unknown_strategy demands.0.strategy",
      "reconfirm.bad_rank demands.0.rank",
      "reconfirm.not_a_quantity demands.0.quantum",
      "reconfirm.listed_twice demands.1",
      "reconfirm.more_than_requested demands.1",
      "reconfirm.not_a_quantity demands.2.requested",
      "reconfirm.not_a_quantity demands.2.confirmed",
      "reconfirm.not_a_quantity demands.3.requested",
      "reconfirm.more_firm_than_confirmed demands.4",
      "reconfirm.mixed_group demands.5.group",
      "reconfirm.not_a_quantity demands.5.firm",
      "reconfirm.listed_twice pools.1",
      "reconfirm.not_a_quantity pools.2.quantity",
    ]);
    // Each says what was found.
    const said = result.ok ? [] : result.issues.map((issue) => describeIssue(issue, "en"));
    expect(said.filter((sentence) => /[{}]/u.test(sentence))).toEqual([]);
    expect(said[2]).toContain("0.5");
  });

  it("demands that are to stay cannot have more than there is", () => {
    const result = reconfirm(demandsOf(["A", "skip", 50, 30], ["B", "skip", 10, 10]), poolOf(39), BEST);
    expect(result).toMatchObject({
      issues: [
        {
          code: "reconfirm.skips_exceed_pool",
          params: { itemCode: "TEA", skipped: "40", pool: "39" },
        },
      ],
    });
  });
});

describe("laws", () => {
  const figure = fc
    .tuple(fc.nat({ max: 40 }), fc.constantFrom("", "", ".5"))
    .map(([whole, part]) => Number(`${whole}${part}`));
  const demands: Arbitrary<ReconfirmDemand[]> = fc
    .array(
      fc.record(
        {
          itemCode: fc.constantFrom("TEA", "TEA", "SALT"),
          strategy: fc.constantFrom(...RECONFIRM_STRATEGIES),
          figures: fc.tuple(figure, figure),
          rank: fc.nat({ max: 5 }),
          quantum: fc.constantFrom(undefined, undefined, "1", "4", "2.5"),
          delivery: fc.constantFrom(undefined, undefined, "whole" as const, "parts" as const),
          group: fc.constantFrom(undefined, undefined, "G", "H"),
          firm: fc.constantFrom(0, 0, 0, 0.5, 1),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 7 },
    )
    .map((parts) =>
      parts.map(({ figures: [one, other], quantum, delivery, group, firm, ...rest }, place) => ({
        ...rest,
        demandId: `D-${place}`,
        ...(group === undefined ? {} : { group: `${group} ${rest.strategy}` }),
        ...(firm === 0 ? {} : { firm: decimal(Math.floor(Math.min(one, other) * firm)) }),
        requested: decimal(Math.max(one, other)),
        confirmed: decimal(Math.min(one, other)),
        ...(quantum === undefined ? {} : { quantum: decimal(quantum) }),
        ...(delivery === undefined ? {} : { delivery }),
      })),
    );
  const policies: Arbitrary<ReconfirmPolicy> = fc.record(
    {
      onException: fc.constantFrom("abort" as const, "bestEffort" as const, "bestEffort" as const),
      redistribute: fc.oneof(
        fc.constant({ kind: "inOrder" as const }),
        fc.constantFrom(...FAIR_SHARE_RULES).map((rule) => ({
          kind: "fairShare" as const,
          policy: { rule, quantum: ONE },
        })),
      ),
    },
    { noNullPrototype: true },
  );
  const pools = fc.tuple(figure, figure).map(([tea, salt]): ReconfirmPool[] => [
    { itemCode: "TEA", quantity: decimal(tea * 3) },
    { itemCode: "SALT", quantity: decimal(salt) },
  ]);
  const numbersOf = (list: Reconfirmation["demands"]) =>
    list.map(({ before, after, requested, ...rest }) => ({
      ...rest,
      before: Number(before),
      after: Number(after),
      requested: Number(requested),
    }));

  it("nothing is given that is not there; fill never rises; lose has nothing; skip stays; the pairs add up", () => {
    fc.assert(
      fc.property(demands, pools, policies, (list, pool, policy) => {
        const result = reconfirm(list, pool, policy);
        if (!result.ok) return;
        const rows = numbersOf(result.value.demands);
        const firmOf = (id: string): number => Number(list.find(({ demandId }) => demandId === id)!.firm ?? 0);
        const had = new Map(list.map(({ demandId, confirmed }) => [demandId, Number(confirmed)]));
        expect(rows.every(({ demandId, before }) => had.get(demandId) === before)).toBe(true);
        if (result.value.result === "aborted") {
          expect(rows.every(({ before, after }) => before === after)).toBe(true);
          return;
        }
        for (const { itemCode, quantity } of pool) {
          const own = rows.filter((row) => row.itemCode === itemCode);
          const sum = (of: (row: (typeof rows)[number]) => number): number =>
            own.reduce((all, row) => all + of(row), 0);
          expect(sum(({ after }) => after)).toBeLessThanOrEqual(Number(quantity));
          const free = Math.max(0, Number(quantity) - sum(({ before }) => before));
          const gained = sum(({ before, after }) => Math.max(0, after - before));
          const pairs = result.value.displacements.filter((pair) => pair.itemCode === itemCode);
          expect(pairs.reduce((all, pair) => all + Number(pair.quantity), 0)).toBe(Math.max(0, gained - free));
        }
        for (const { demandId, strategy, before, after, requested } of rows) {
          expect(after).toBeLessThanOrEqual(requested);
          if (strategy === "fill") expect(after).toBeLessThanOrEqual(before);
          if (strategy === "lose") expect(after).toBe(firmOf(demandId));
          expect(after).toBeGreaterThanOrEqual(firmOf(demandId));
          if (strategy === "skip") expect(after).toBe(before);
          const of = (end: "victimId" | "winnerId"): number =>
            result.value.displacements.reduce(
              (all, pair) => all + (pair[end] === demandId ? Number(pair.quantity) : 0),
              0,
            );
          expect(of("victimId")).toBeLessThanOrEqual(Math.max(0, before - after));
          expect(of("winnerId")).toBeLessThanOrEqual(Math.max(0, after - before));
        }
      }),
      { numRuns: 400 },
    );
  });

  it("members of a group keep all or lose all, and get all or no more", () => {
    fc.assert(
      fc.property(demands, pools, policies, (list, pool, policy) => {
        const result = reconfirm(list, pool, policy);
        if (!result.ok || result.value.result === "aborted") return;
        const rows = new Map(numbersOf(result.value.demands).map((row) => [row.demandId, row]));
        for (const name of new Set(list.map(({ group }) => group))) {
          if (name === undefined) continue;
          const own = list
            .filter(({ group }) => group === name)
            .map((demand) => ({ ...demand, ...rows.get(demand.demandId)! }));
          if (own[0]!.strategy === "skip") continue;
          // A rule for sharing has a step for those that have none of their own.
          const isByRule = policy.redistribute.kind === "fairShare" && own[0]!.strategy === "redistribute";
          const usual = isByRule ? "1" : "0.000001";
          const isFull = own.every(({ after, requested, quantum = usual }) => requested - after < Number(quantum));
          const isSame = own.every(({ before, after }) => before === after);
          const isNone = own.every(({ after, firm = "0" }) => after === Number(firm));
          expect(isFull || isSame || isNone).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ["18", "1"],
    ["18.4", "1"],
    ["18.5", "18.5"],
    ["19", "18.5"],
  ])(
    "what takes all or nothing gets of %s, with 1 that is firm, %s: whole steps beyond that, all of them",
    (pool, after) => {
      const demand: ReconfirmDemand = {
        demandId: "D-1",
        itemCode: "TEA",
        strategy: "redistribute",
        rank: 0,
        group: "G",
        firm: decimal("1"),
        confirmed: decimal("2"),
        requested: decimal("18.5"),
        quantum: decimal("2.5"),
      };
      const policy = { rule: "proportional" as const, quantum: decimal("1") };
      const result = reconfirm([demand], [{ itemCode: "TEA", quantity: decimal(pool) }], {
        onException: "bestEffort",
        redistribute: { kind: "fairShare", policy },
      });
      expect(result.ok && result.value.demands[0]!.after).toBe(after);
    },
  );

  it("groups that share by a rule get no more than there is, and none goes without where all it asks for is left", () => {
    const sharing = fc
      .array(
        fc.record({
          itemCode: fc.constantFrom("TEA", "SALT", "OIL"),
          requested: fc.integer({ min: 1, max: 4 }),
          group: fc.constantFrom(undefined, "G", "H", "I"),
        }),
        { minLength: 4, maxLength: 9 },
      )
      .map((list) =>
        list.map(({ itemCode, requested, group }, rank): ReconfirmDemand => ({
          demandId: `D-${rank}`,
          itemCode,
          requested: decimal(requested),
          confirmed: decimal(0),
          strategy: "redistribute",
          rank,
          ...(group === undefined ? {} : { group }),
        })),
      );
    const amounts = fc.record({ TEA: fc.nat(9), SALT: fc.nat(9), OIL: fc.nat(9) });
    fc.assert(
      fc.property(sharing, amounts, fc.constantFrom(...FAIR_SHARE_RULES), (list, amount, rule) => {
        const stock = Object.entries(amount).map(([itemCode, quantity]) => ({ itemCode, quantity: decimal(quantity) }));
        const redistribute = { kind: "fairShare", policy: { rule, quantum: ONE } } as const;
        const after = afterOf(valueOf(list, stock, { ...BEST, redistribute }));
        const given = (itemCode: string): number =>
          list.reduce((sum, one) => (one.itemCode === itemCode ? sum + Number(after[one.demandId]) : sum), 0);
        const left = new Map(Object.entries(amount).map(([itemCode, there]) => [itemCode, there - given(itemCode)]));
        for (const units of left.values()) expect(units).toBeGreaterThanOrEqual(0);
        for (const [group, own] of groupedBy(list, (demand) => demand.group)) {
          if (group === undefined || own.every(({ demandId, requested }) => after[demandId] === requested)) continue;
          expect(own.map(({ demandId }) => after[demandId])).toEqual(own.map(() => "0"));
          const needs = [...groupedBy(own, ({ itemCode }) => itemCode)];
          const isThere = needs.every(
            ([itemCode, some]) =>
              some.reduce((sum, { requested }) => sum + Number(requested), 0) <= left.get(itemCode)!,
          );
          expect(isThere).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("a second run changes nothing", () => {
    fc.assert(
      fc.property(demands, pools, policies, (list, pool, policy) => {
        const first = reconfirm(list, pool, policy);
        if (!first.ok) return;
        const after = new Map(first.value.demands.map((demand) => [demand.demandId, demand.after]));
        const again = reconfirm(
          list.map((demand) => ({
            ...demand,
            confirmed: after.get(demand.demandId)!,
          })),
          pool,
          policy,
        );
        expect(again.ok && again.value.demands.map(({ demandId, after: now }) => [demandId, now])).toEqual(
          first.value.demands.map(({ demandId, after: now }) => [demandId, now]),
        );
      }),
      { numRuns: Number(process.env.RECONFIRM_RUNS ?? 500) },
    );
  });

  it("the order of the input changes nothing", () => {
    fc.assert(
      fc.property(
        demands.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        pools,
        policies,
        ([list, other], pool, policy) => {
          const [one, two] = [reconfirm(list, pool, policy), reconfirm(other, [...pool].reverse(), policy)];
          expect(one.ok).toBe(two.ok);
          if (one.ok) expect(two).toEqual(one);
        },
      ),
    );
  });
});
