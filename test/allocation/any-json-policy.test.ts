import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { checkAllocationPolicy } from "../../src/allocation/check-allocation-policy.js";
import { checkReconfirmPolicy } from "../../src/allocation/reconfirm/check-reconfirm-policy.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import { checkReleasePolicy } from "../../src/allocation/release/check-release-policy.js";
import { releaseReservations } from "../../src/allocation/release/release-reservations.js";
import { checkReallocationPolicy } from "../../src/allocation/shortage/check-reallocation-policy.js";
import { decideShortages } from "../../src/allocation/shortage/decide-shortages.js";
import { proposeReallocation } from "../../src/allocation/shortage/propose-reallocation.js";
import type { ReallocationPolicy } from "../../src/allocation/shortage/reallocation-proposal.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import {
  parseAllocationPolicy,
  parseReallocationPolicy,
  parseReconfirmOrdersPolicy,
  parseReleasePolicy,
  type SchemaIssue,
} from "../../src/schema/index.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";
import { POLICY_SAMPLES } from "../schema/policy-samples.js";

// Mission 9.7, 9.8, 9.10, 9.18, 4.13: whatever a data base holds in the place of a policy, it is refused or used.

type Json = Record<string, unknown> | unknown[];
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** A policy with one value replaced or left out, anywhere. */
const damaged = (samples: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(fc.nat(99), { minLength: 1, maxLength: 7 }),
      fc.option(fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom("", "0", "-1", "1", 1, [], {})), {
        nil: undefined,
      }),
    )
    .map(([sample, steps, value]) => {
      const copy = structuredClone(sample) as Json;
      let owner = copy;
      for (const [turn, step] of steps.entries()) {
        const names = Object.keys(owner);
        const name = names[step % Math.max(1, names.length)];
        if (name === undefined) return copy;
        const next = (owner as Record<string, unknown>)[name];
        if (turn + 1 < steps.length && isJson(next)) owner = next;
        else {
          (owner as Record<string, unknown>)[name] = value;
          break;
        }
      }
      return JSON.parse(JSON.stringify(copy)) as unknown;
    });

const stock = anyStock({ onHand: "12" });
const orders = [
  anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { customerClass: "A", channel: "edi" } }),
  anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [{ orderedQty: "7" }] }),
];
const context = {
  ...anyContext(),
  today: calendarDay("2026-03-02"),
  hostKeys: { tour: () => 1 },
  hostRanks: { tour: () => 1 },
};

/** What a run answers; undefined where it stops since the policy names a function that the host does not have, as it should. */
function answerOf<Answer>(run: () => Answer): Answer | undefined {
  try {
    return run();
  } catch (error) {
    const isMissing =
      error instanceof RangeError && /^There is no (key|rule|function) .* of the host\.$/su.test(error.message);
    if (isMissing) return undefined;
    throw error;
  }
}

describe("a policy of whatever JSON", () => {
  const parsedSamples = POLICY_SAMPLES.allocationPolicy.map((sample) => {
    const parsed = parseAllocationPolicy(sample);
    return parsed.ok ? parsed.value : expect.fail("a sample must be a policy");
  });

  it("without damage has no faults", () => {
    expect(parsedSamples.flatMap((policy) => checkAllocationPolicy(policy))).toEqual([]);
  });

  it("law: is found faulty or is used, and nothing throws but for a function that the host does not have", () => {
    const seen = { faulty: 0, used: 0 };
    fc.assert(
      fc.property(damaged(parsedSamples), (input) => {
        const policy = input as never;
        const faults = checkAllocationPolicy(policy);
        const answer = answerOf(() => allocateBatch(orders, stock, { ...context, policy }));
        if (faults.length > 0)
          expect(answer?.refused.map(({ issues }) => issues.length)).toEqual([faults.length, faults.length]);
        seen[faults.length > 0 ? "faulty" : "used"] += 1;
      }),
      { numRuns: 600 },
    );
    expect(Math.min(seen.faulty, seen.used)).toBeGreaterThan(50);
  });
});

interface Door {
  readonly name: string;
  readonly samples: readonly unknown[];
  readonly parse: (input: unknown) => Result<unknown, SchemaIssue>;
  readonly faultsOf: (policy: never) => readonly Issue[];
}

const DOORS: readonly Door[] = [
  {
    name: "allocation",
    samples: POLICY_SAMPLES.allocationPolicy,
    parse: parseAllocationPolicy,
    faultsOf: checkAllocationPolicy,
  },
  {
    name: "re-confirmation",
    samples: POLICY_SAMPLES.reconfirmOrdersPolicy,
    parse: parseReconfirmOrdersPolicy,
    faultsOf: checkReconfirmPolicy,
  },
  {
    name: "re-allocation",
    samples: POLICY_SAMPLES.reallocationPolicy,
    parse: parseReallocationPolicy,
    faultsOf: checkReallocationPolicy,
  },
  { name: "release", samples: POLICY_SAMPLES.releasePolicy, parse: parseReleasePolicy, faultsOf: checkReleasePolicy },
];

/** What the engine leaves to the parser, or says under codes of its own: names, ranges of figures, fields nobody knows. */
const LEFT_TO_PARSER =
  /^(schema\.(unknown_field|empty|too_|not_positive|negative|out_of_range|not_an_integer|control_character).*|.* redistribute\.policy.*)$/u;

describe("the two doors of a stored policy", () => {
  it.each(DOORS)(
    "law: what the parser of $name takes has no fault of shape or word",
    ({ samples, parse, faultsOf }) => {
      let tried = 0;
      fc.assert(
        fc.property(damaged(samples), (input) => {
          const parsed = parse(input);
          if (!parsed.ok) return;
          tried += 1;
          expect(faultsOf(parsed.value as never).filter(({ code }) => code.startsWith("policy."))).toEqual([]);
        }),
        { numRuns: 400 },
      );
      expect(tried).toBeGreaterThan(20);
    },
  );

  it.each(DOORS)("law: what the engine takes, the parser of $name reads too, but for names and figures", (door) => {
    const { samples, parse, faultsOf } = door;
    const parsed = samples.map((sample) => {
      const result = parse(sample);
      return result.ok ? result.value : expect.fail("a sample must be a policy");
    });
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(damaged(parsed), (input) => {
        if (faultsOf(input as never).length > 0) {
          seen.refused += 1;
          return;
        }
        seen.taken += 1;
        const result = parse(input);
        const others = result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`);
        expect(others.filter((fault) => !LEFT_TO_PARSER.test(fault))).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(20);
  });
});

describe("policies of re-allocation and release of whatever JSON", () => {
  const taken = (samples: readonly unknown[], parse: Door["parse"]): unknown[] =>
    samples.map((sample) => {
      const result = parse(sample);
      return result.ok ? result.value : expect.fail("a sample must be a policy");
    });

  it("law: proposes or refuses, and nothing throws", () => {
    let refused = 0;
    const short = anyOrder({ orderNo: "SO-3", stage: "confirmed", lines: [{ shortageOffers: ["reallocate"] }] });
    const holder = anyOrder({ orderNo: "SO-4", stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });
    const ask = { proposalId: "RP-1", orderNo: "SO-3", lineId: "SO-3-1" };
    const run = { runId: "R-1", reason: "short", price: "keep" as const };
    fc.assert(
      fc.property(damaged(taken(POLICY_SAMPLES.reallocationPolicy, parseReallocationPolicy)), (input) => {
        const facts = { ...context, stock, policy: input as never };
        const proposed = answerOf(() => proposeReallocation([short, holder], ask, facts));
        const decided = answerOf(() => decideShortages([short, holder], run, facts));
        const faults = checkReallocationPolicy(input as never).length;
        if (faults === 0) return;
        refused += 1;
        expect(proposed?.ok === false && proposed.issues.length).toBe(faults);
        expect(decided?.refused.map(({ issues }) => issues.length)).toEqual([faults, faults]);
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(50);
  });

  it("law: frees or refuses, and nothing throws", () => {
    let refused = 0;
    const command = { reason: "shop_window", wanted: [{ itemCode: "TEA", quantity: decimal("20") }] };
    fc.assert(
      fc.property(damaged(taken(POLICY_SAMPLES.releasePolicy, parseReleasePolicy)), (input) => {
        const outcome = answerOf(() =>
          releaseReservations(orders, stock, command, { ...context, policy: input as never }),
        );
        if ((outcome?.refused ?? []).length > 0) refused += 1;
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(50);
  });

  const [usual] = taken(POLICY_SAMPLES.reallocationPolicy, parseReallocationPolicy) as ReallocationPolicy[];
  it.each<[string, unknown, readonly string[]]>([
    ["no policy", undefined, ["policy.wrong_shape "]],
    ["harm below zero", { ...usual!.harm, perUnit: decimal("-1") }, ["reallocate.negative_harm harm.perUnit"]],
    [
      "a factor below zero and half a day",
      { ...usual!.harm, classFactors: { A: decimal("-2") }, unknownDelayDays: 0.5 },
      ["reallocate.negative_harm harm.classFactors.A", "reallocate.bad_delay harm.unknownDelayDays"],
    ],
    ["no delay", { ...usual!.harm, unknownDelayDays: Number.NaN }, ["policy.wrong_shape harm.unknownDelayDays"]],
  ])("a policy of re-allocation is refused with %s", (_case, harm, faults) => {
    const policy = harm === undefined ? undefined : { ...usual!, harm };
    const found = checkReallocationPolicy(policy as never);
    expect(found.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual(faults);
  });

  it("a policy of re-allocation is refused with steps that are none", () => {
    for (const steps of [0, -1, 0.5])
      expect(checkReallocationPolicy({ ...usual!, steps })).toEqual([
        { code: "sourcing.bad_steps", path: ["steps"], params: { steps } },
      ]);
    expect(checkReallocationPolicy({ ...usual!, steps: Number.POSITIVE_INFINITY })[0]?.code).toBe("policy.wrong_shape");
  });
});

describe("a policy of re-confirmation of whatever JSON", () => {
  const samples = POLICY_SAMPLES.reconfirmOrdersPolicy.map((sample) => {
    const parsed = parseReconfirmOrdersPolicy(sample);
    return parsed.ok ? parsed.value : expect.fail("a sample must be a policy");
  });

  it("law: re-confirms or refuses, and nothing throws", () => {
    let refused = 0;
    fc.assert(
      fc.property(damaged(samples), (input) => {
        const outcome = answerOf(() => reconfirmOrders(orders, stock, { ...context, policy: input as never }));
        if ((outcome?.refused ?? []).length > 0) refused += 1;
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(50);
  });

  const [usual] = samples;
  it.each<[string, unknown, readonly string[]]>([
    ["no policy", undefined, ["policy.wrong_shape policy"]],
    ["no policy of allocation", { ...usual, allocation: undefined }, ["policy.wrong_shape policy.allocation"]],
    ["strategies that there are not", { ...usual, otherwise: "loose" }, ["policy.unknown_word policy.otherwise"]],
    ["no way to share", { ...usual, redistribute: undefined }, ["policy.wrong_shape policy.redistribute"]],
    ["no such exception", { ...usual, onException: "stop" }, ["policy.unknown_word policy.onException"]],
    [
      "a fault in a rule and one in the allocation",
      {
        ...usual,
        allocation: { ...usual!.allocation, lots: "fife" },
        strategies: [{ strategy: "win", consent: "no" }],
      },
      ["policy.unknown_word policy.allocation.lots", "policy.unknown_word policy.strategies.0.consent"],
    ],
  ])("refuses every order for %s", (_case, policy, faults) => {
    const { refused, events } = reconfirmOrders(orders, stock, { ...context, policy: policy as never });
    expect(events).toEqual([]);
    expect(refused.map(({ issues }) => issues.map(({ code, path }) => `${code} ${path.join(".")}`))).toEqual([
      faults,
      faults,
    ]);
  });
});
