import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { checkAllocationPolicy } from "../../src/allocation/check-allocation-policy.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { parseAllocationPolicy, parseReconfirmOrdersPolicy } from "../../src/schema/index.js";
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

  it("law: what the parser takes has no fault of shape or word", () => {
    let tried = 0;
    fc.assert(
      fc.property(damaged(POLICY_SAMPLES.allocationPolicy), (input) => {
        const parsed = parseAllocationPolicy(input);
        if (!parsed.ok) return;
        tried += 1;
        expect(checkAllocationPolicy(parsed.value).filter(({ code }) => code.startsWith("policy."))).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(tried).toBeGreaterThan(50);
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
