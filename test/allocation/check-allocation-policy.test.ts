import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { checkAllocationPolicy } from "../../src/allocation/check-allocation-policy.js";
import type { ChosenSourcing } from "../../src/allocation/sourcing-policy.js";
import { decimal } from "../../src/core/decimal.js";

const NEAREST = { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] };
const RANKED = { kind: "ranked" as const, warehouseIds: [], rules: [] };
const CHOSEN: ChosenSourcing = {
  kind: "chosen",
  strategy: { kind: "leastCost" },
  limits: [],
  steps: 100,
  areas: [],
  otherwise: [{ warehouseId: "NORTH" }],
};
const USUAL: AllocationPolicy = { priority: [], sourcing: NEAREST, lots: "fifo" };
const faults = (part: Partial<AllocationPolicy>): string[] =>
  checkAllocationPolicy({ ...USUAL, ...part }).map(({ code, path }) => `${code} ${path.join(".")}`);
const areaOf = (areaPath: readonly string[]) => ({ areaPath, warehouseIds: ["NORTH"] });
const area = areaOf(["hamburg"]);
const below = decimal("-1");

const UNKNOWN = "policy.unknown_word sourcing";

describe("checkAllocationPolicy (mission 9.7, 9.8; definition B5)", () => {
  it.each<[string, Partial<AllocationPolicy>, string[]]>([
    ["nothing in a policy that can be used", { sourcing: CHOSEN }, []],
    [
      "rule 1: an area twice",
      { sourcing: { ...NEAREST, areas: [area, area] } },
      ["sourcing.listed_twice sourcing.areas.1"],
    ],
    [
      "rule 1: an area twice in a rule",
      { sourcing: { kind: "ranked", warehouseIds: [], rules: [{ rule: "areas", areas: [area, area] }] } },
      ["sourcing.listed_twice sourcing.rules.0.areas.1"],
    ],
    [
      "rule 1: a warehouse of a choice twice",
      { sourcing: { ...CHOSEN, otherwise: [{ warehouseId: "NORTH" }, { warehouseId: "NORTH" }] } },
      ["sourcing.listed_twice sourcing.otherwise.1"],
    ],
    [
      "rule 1: a bin twice, and a zone of a chain twice",
      {
        bins: [
          { warehouseId: "N", binId: "1" },
          { warehouseId: "N", binId: "1" },
        ],
        picking: [{ warehouseId: "N", chain: [{ rule: "lots" }, { rule: "lots" }] }],
      },
      ["picking.listed_twice picking.0.chain.1", "picking.listed_twice bins.1"],
    ],
    [
      "rule 1: facts of a warehouse twice",
      { warehouses: [{ warehouseId: "N" }, { warehouseId: "S" }, { warehouseId: "N", servedAreas: [] }] },
      ["sourcing.listed_twice warehouses.2"],
    ],
    [
      "rule 1: restrictions of a lot twice, not of one number of two items",
      {
        lotRestrictions: [
          { itemCode: "TEA", lotNo: "L-1" },
          { itemCode: "SALT", lotNo: "L-1" },
          { itemCode: "TEA", lotNo: "L-2" },
          { itemCode: "TEA", lotNo: "L-1", onlyAreas: [] },
        ],
      },
      ["sourcing.listed_twice lotRestrictions.3"],
    ],
    [
      "rule 2: figures that cannot be meant, all at once",
      {
        sourcing: {
          ...CHOSEN,
          steps: 0.5,
          limits: [{ kind: "maxWarehouses", strength: "hard", count: 0 }],
          areas: [{ areaPath: ["x"], warehouses: [{ warehouseId: "N", fixedCost: below }] }],
          unitCosts: [{ itemCode: "TEA", warehouseId: "N", unitCost: below }],
        },
      },
      [
        "sourcing.bad_steps sourcing.steps",
        "sourcing.bad_count sourcing.limits.0.count",
        "sourcing.negative sourcing.unitCosts.0.unitCost",
        "sourcing.negative sourcing.areas.0.warehouses.0.fixedCost",
      ],
    ],
    ...([NEAREST, { ...NEAREST, kind: "wholeOrderFromOne", ifNone: "nothing" }, RANKED] as const).map(
      (sourcing): [string, Partial<AllocationPolicy>, string[]] => [
        `rule 2: limits that ${sourcing.kind} does not keep`,
        { sourcing: { ...sourcing, ...{ limits: [] } } },
        ["sourcing.limits_need_choice sourcing.limits"],
      ],
    ),
    [
      "rule 3: a handling unit of nothing",
      { bins: [{ warehouseId: "N", binId: "1", handlingUnit: decimal("0") }] },
      ["picking.unit_not_positive bins.0.handlingUnit"],
    ],
    [
      "rule 6: words that no rule answers to",
      {
        lots: "oldest" as never,
        priority: [
          { key: "colour" as "channel", direction: "ascending" },
          { key: "channel", direction: "up" as "ascending", nulls: "middle" as "last" },
          { key: "aged", afterDays: 3 },
          { key: "__proto__" as "channel", direction: "descending" },
        ],
        picking: [{ warehouseId: "N", chain: [{ rule: "lots" }, { zone: "Z", rule: "nearest" as "lots" }] }],
        sourcing: {
          ...CHOSEN,
          strategy: { kind: "best" as "leastCost" },
          limits: [
            { kind: "maxWarehouses", strength: "medium" as "soft", count: 1 },
            { kind: "maxPallets" as "maxWarehouses", strength: "hard", count: 1 },
          ],
        },
      },
      [
        "policy.unknown_word priority.0.key",
        "policy.unknown_word priority.1.direction",
        "policy.unknown_word priority.1.nulls",
        "policy.unknown_word priority.3.key",
        "policy.unknown_word lots",
        "policy.unknown_word sourcing.strategy.kind",
        "policy.unknown_word sourcing.limits.0.strength",
        "policy.unknown_word sourcing.limits.1.kind",
        "policy.unknown_word picking.0.chain.1.rule",
      ],
    ],
    ["rule 6: no such sourcing", { sourcing: { ...NEAREST, kind: "farthest" as "nearest" } }, [`${UNKNOWN}.kind`]],
    [
      "rule 6: no such way out",
      { sourcing: { ...NEAREST, kind: "wholeOrderFromOne", ifNone: "perhaps" as "nothing" } },
      [`${UNKNOWN}.ifNone`],
    ],
    [
      "rule 6: no such ranking",
      {
        sourcing: {
          ...RANKED,
          per: "item" as "line",
          rules: [
            { rule: "fewestLines" as "mostStock" },
            { rule: "byField", field: "shoeSize" as "channel", warehouseIds: {} },
          ],
        },
      },
      [`${UNKNOWN}.per`, `${UNKNOWN}.rules.0.rule`, `${UNKNOWN}.rules.1.field`],
    ],
    [
      "rule 6: no such factor",
      {
        sourcing: {
          ...CHOSEN,
          strategy: {
            kind: "weighted",
            weights: [{ factor: "luck" as "cost", weight: decimal("1"), worst: decimal("0"), best: decimal("1") }],
          },
        },
      },
      [`${UNKNOWN}.strategy.weights.0.factor`],
    ],
  ])("finds %s", (_case, part, expected) => {
    expect(faults(part)).toEqual(expected);
  });

  it.each<[string, unknown, object, string]>([
    ["lots", "fife", { word: "fife", allowed: ["fifo", "fefo", "lifo"] }, "policy.unknown_word lots"],
    [
      "priority",
      [{ key: "channel", direction: "desc" }],
      { word: "desc", allowed: ["ascending", "descending"] },
      "policy.unknown_word priority.0.direction",
    ],
    [
      "sourcing",
      { ...NEAREST, kind: "nearst" },
      { word: "nearst", allowed: ["nearest", "wholeOrderFromOne", "chosen", "ranked"] },
      `${UNKNOWN}.kind`,
    ],
    ["sourcing", undefined, { shape: "object", found: "nothing" }, "policy.wrong_shape sourcing"],
    ["priority", "amount", { shape: "list", found: "amount" }, "policy.wrong_shape priority"],
    ["priority", [null], { shape: "object", found: "null" }, "policy.wrong_shape priority.0"],
    ["priority", [{ key: "aged" }], { shape: "number", found: "nothing" }, "policy.wrong_shape priority.0.afterDays"],
    ["bins", { 1: "N" }, { shape: "list", found: "object" }, "policy.wrong_shape bins"],
    ["oneLotPerLine", "yes", { shape: "flag", found: "yes" }, "policy.wrong_shape oneLotPerLine"],
    [
      "bins",
      [{ warehouseId: "N", binId: "1", handlingUnit: 48 }],
      { shape: "decimal", found: "48" },
      "policy.wrong_shape bins.0.handlingUnit",
    ],
    ["identity", { policyId: 7 }, { shape: "text", found: "7" }, "policy.wrong_shape identity.policyId"],
    [
      "sourcing",
      {
        ...CHOSEN,
        limits: [
          {
            kind: "cutOff",
            strength: "hard",
            cutOffs: [{ warehouseId: "N", cutOff: "14:00", timeZone: "UTC", closedDays: ["2026-02-30"] }],
          },
        ],
      },
      { shape: "day", found: "2026-02-30" },
      "policy.wrong_shape sourcing.limits.0.cutOffs.0.closedDays.0",
    ],
    [
      "sourcing",
      { ...RANKED, rules: [{ rule: "byField", field: "channel", warehouseIds: { phone: "N" } }] },
      { shape: "list", found: "N" },
      "policy.wrong_shape sourcing.rules.0.warehouseIds.phone",
    ],
  ])("rules 6, 7: says what %s must hold: %j", (field, value, params, fault) => {
    const found = checkAllocationPolicy({ ...USUAL, [field]: value });
    expect(found.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([fault]);
    expect(found[0]?.params).toEqual(params);
  });

  it.each([[undefined], [null], ["fifo"], [[]]])("rule 7: %j is no policy", (policy) => {
    expect(checkAllocationPolicy(policy as never).map(({ code, path }) => [code, path])).toEqual([
      ["policy.wrong_shape", []],
    ]);
  });

  it("rule 7: tells the faults of the other parts as well", () => {
    expect(faults({ bins: 7 as never, protection: [{}] as never, sharing: [{ rule: "fair" }] as never })).toEqual([
      "policy.wrong_shape bins",
      "policy.wrong_shape protection.0.group",
      "policy.wrong_shape protection.0.itemCode",
      "share.unknown_rule sharing.0.rule",
    ]);
  });

  it.each<[string, Partial<AllocationPolicy>]>([
    [
      "bins",
      {
        bins: [
          { warehouseId: "NORTH 1", binId: "2" },
          { warehouseId: "NORTH", binId: "1 2" },
        ],
      },
    ],
    ["areas", { sourcing: { ...NEAREST, areas: [["bad homburg"], ["bad", "homburg"]].map(areaOf) } }],
    [
      "areas of a rule",
      {
        sourcing: {
          ...RANKED,
          rules: [{ rule: "areas", areas: [["bad homburg"], ["bad", "homburg"]].map(areaOf) }],
        },
      },
    ],
    [
      "areas of two rules",
      {
        sourcing: {
          ...RANKED,
          rules: [
            { rule: "areas", areas: [area] },
            { rule: "areas", areas: [area] },
          ],
        },
      },
    ],
    [
      "zones of two chains",
      {
        picking: ["N", "S"].map((warehouseId) => ({
          warehouseId,
          chain: [{ rule: "lots" as const, zone: "Z" }, { rule: "lots" as const }],
        })),
      },
    ],
  ])("rule 1: does not take for one what is only written alike: %s", (_case, part) => {
    expect(faults(part)).toEqual([]);
  });

  it.each<[string, Partial<AllocationPolicy>, object]>([
    [
      "the area",
      {
        sourcing: {
          ...NEAREST,
          areas: [
            ["de", "hamburg"],
            ["de", "hamburg"],
          ].map(areaOf),
        },
      },
      { id: "de hamburg" },
    ],
    [
      "the bin",
      {
        bins: [
          { warehouseId: "N", binId: "1" },
          { warehouseId: "N", binId: "1" },
        ],
      },
      { id: "N 1" },
    ],
    ["any zone", { picking: [{ warehouseId: "N", chain: [{ rule: "lots" }, { rule: "lots" }] }] }, { id: "*" }],
    [
      "the zone",
      {
        picking: [
          {
            warehouseId: "N",
            chain: [
              { rule: "lots", zone: "Z" },
              { rule: "lots", zone: "Z" },
            ],
          },
        ],
      },
      { id: "Z" },
    ],
    ["the warehouse", { picking: [0, 1].map(() => ({ warehouseId: "N", chain: [] })) }, { id: "N" }],
    ["the warehouse with facts", { warehouses: [{ warehouseId: "N" }, { warehouseId: "N" }] }, { id: "N" }],
    [
      "the lot",
      {
        lotRestrictions: [
          { itemCode: "TEA", lotNo: "L-1" },
          { itemCode: "TEA", lotNo: "L-1" },
        ],
      },
      { id: "L-1" },
    ],
    ["the steps", { sourcing: { ...CHOSEN, steps: 0 } }, { steps: 0 }],
    ["the kind of sourcing", { sourcing: { ...NEAREST, ...{ limits: [] } } }, { kind: "nearest" }],
    ["the handling unit", { bins: [{ warehouseId: "N", binId: "1", handlingUnit: below }] }, { unit: "-1" }],
  ])("tells with a fault %s", (_case, part, params) => {
    expect(checkAllocationPolicy({ ...USUAL, ...part }).map((fault) => fault.params)).toEqual([params]);
  });
});
