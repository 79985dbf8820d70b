import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parseAllocationPolicy,
  parseBatchRule,
  parseParticipantPolicy,
  parseReallocationPolicy,
  parseReconfirmOrdersPolicy,
  parseReleasePolicy,
} from "../../src/schema/index.js";
import { someAllocationPolicy, someReconfirmPolicy } from "../laws/commands.js";
import {
  CHOSEN_POLICY,
  FULL_POLICY,
  PARTICIPANTS,
  RANKED_POLICY,
  REALLOCATION_POLICY,
  RECONFIRM_POLICY,
  SLOTS,
} from "./policy-samples.js";
import { refusalOf } from "./samples.js";

// Mission 9.3, 9.6, 9.7, 9.8, 9.10, 9.18, 4.13, 4.15: a policy is data that a host stores, and comes back from there.

const stored = (policy: unknown): unknown => JSON.parse(JSON.stringify(policy));

/** A copy with another value at a path; the dots part its steps. */
function changed(record: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(record) as Record<string, unknown>;
  const steps = path.split(".");
  const last = steps.pop()!;
  const owner = steps.reduce<Record<string, unknown>>((at, step) => at[step] as Record<string, unknown>, copy);
  owner[last] = value;
  return copy;
}

/** Every text of a record with its path. */
function textsOf(record: unknown, path: readonly string[] = []): readonly string[] {
  if (typeof record === "string") return [path.join(".")];
  if (typeof record !== "object" || record === null) return [];
  return Object.entries(record).flatMap(([step, value]) => textsOf(value, [...path, step]));
}

const WORDS =
  /(^|\.)(key|direction|nulls|kind|rule|lots|strength|factor|field|per|ifNone|strategy|consent|otherwise|promise|preBooked|onException|reservation|by|together|promises|keepsUnusable\.\d)$/;

describe("a stored policy", () => {
  it("law: comes back as it was made", () => {
    fc.assert(
      fc.property(someAllocationPolicy, (policy) => {
        expect(parseAllocationPolicy(stored(policy))).toStrictEqual({ ok: true, value: policy });
      }),
    );
    fc.assert(
      fc.property(someReconfirmPolicy, (policy) => {
        expect(parseReconfirmOrdersPolicy(stored(policy))).toStrictEqual({ ok: true, value: policy });
      }),
    );
  });

  const wholeOrder = changed(FULL_POLICY, "sourcing", {
    kind: "wholeOrderFromOne",
    areas: [],
    otherwise: ["N"],
    ifNone: "nothing",
  });
  const release = { priority: FULL_POLICY.priority, together: "keep", keeps: [{ promise: "none", preBooked: "no" }] };
  const typos = (
    [
      ["allocation", parseAllocationPolicy, FULL_POLICY, 16],
      ["chosen warehouses", parseAllocationPolicy, CHOSEN_POLICY, 17],
      ["ranked warehouses", parseAllocationPolicy, RANKED_POLICY, 9],
      ["one warehouse", parseAllocationPolicy, wholeOrder, 17],
      ["re-confirmation", parseReconfirmOrdersPolicy, RECONFIRM_POLICY, 28],
      ["release", parseReleasePolicy, release, 12],
      ["re-allocation", parseReallocationPolicy, REALLOCATION_POLICY, 12],
      ["participants", parseParticipantPolicy, PARTICIPANTS, 1],
      ["slots", parseBatchRule, SLOTS, 1],
      ["route", parseBatchRule, { kind: "route", by: "channel" }, 2],
    ] as const
  ).flatMap(([name, parse, policy, count]) => {
    const paths = textsOf(policy).filter((path) => WORDS.test(path));
    it(`of ${name} has ${count} words`, () => {
      expect(paths).toHaveLength(count);
    });
    return paths.map((path) => [`${name}: ${path}`, parse, policy, path] as const);
  });
  it.each(typos)("is refused for a mistyped word, with code and path: %s", (_name, parse, policy, path) => {
    expect(parse(policy).ok).toBe(true);
    expect(refusalOf(parse(changed(policy, path, "fife")))).toEqual([`schema.not_allowed ${path}`]);
  });

  it.each<[string, unknown, string, readonly string[]]>([
    ["none at all", undefined, "sourcing", ["schema.required sourcing"]],
    ["sourcing of a kind that there is not", { kind: "nearst" }, "sourcing", ["schema.not_allowed sourcing.kind"]],
    ["an unknown field", 1, "note", ["schema.unknown_field note"]],
    ["an unknown field of a key", 1, "priority.0.descending", ["schema.unknown_field priority.0.descending"]],
    ["limits that are not kept", [], "sourcing.limits", ["schema.unknown_field sourcing.limits"]],
    [
      "an area path too long",
      ["a", "b", "c", "d"],
      "warehouses.0.servedAreas.0",
      ["schema.too_many warehouses.0.servedAreas.0"],
    ],
    ["a handling unit of nothing", "0", "bins.0.handlingUnit", ["schema.not_positive bins.0.handlingUnit"]],
    ["a weight of nothing", "0", "sharing.0.weights.0.weight", ["schema.not_positive sharing.0.weights.0.weight"]],
    ["a cap below zero", "-1", "protection.0.quantity", ["schema.negative protection.0.quantity"]],
    ["no list of keys", {}, "priority", ["schema.wrong_type priority"]],
    [
      "a day and a half of displacement",
      1.5,
      "priority.1.afterDisplacements",
      ["schema.not_an_integer priority.1.afterDisplacements"],
    ],
  ])("is refused with %s", (_case, value, path, refusals) => {
    expect(refusalOf(parseAllocationPolicy(changed(FULL_POLICY, path, value)))).toEqual(refusals);
  });

  it("may list the bins of a large warehouse and the warehouses of many customers", () => {
    const bins = Array.from({ length: 20_000 }, (_, place) => ({ warehouseId: "N", binId: `B-${place}` }));
    const warehouseIds = Object.fromEntries(Array.from({ length: 2_000 }, (_, place) => [`C-${place}`, ["N"]]));
    const sourcing = {
      kind: "ranked",
      warehouseIds: ["N"],
      rules: [{ rule: "byField", field: "customerCode", warehouseIds }],
    };
    const policy = { priority: [], lots: "fifo", sourcing, bins };
    expect(parseAllocationPolicy(policy)).toStrictEqual({ ok: true, value: policy });
    expect(refusalOf(parseAllocationPolicy(policy, { limits: { maxItems: 19_999 } }))).toEqual([
      "schema.too_many bins",
    ]);
  });
});
