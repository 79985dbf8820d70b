import { checkAllocationPolicy } from "../../src/allocation/check-allocation-policy.js";
import type { Sourcing } from "../../src/allocation/sourcing-policy.js";
import { decimal } from "../../src/core/decimal.js";
import type { LocalTime } from "../../src/core/time-zone.js";
import type { Issue } from "../../src/core/issue.js";

/** Real issues of an allocation policy, one of every code of its own at least. */
export function allocationPolicyIssues(): Issue[] {
  const bin = { warehouseId: "NORTH", binId: "A-1" };
  const cutOff = { warehouseId: "NORTH", cutOff: "14:00" as LocalTime, timeZone: "UTC" };
  const cutOffs = [{ ...cutOff, closedWeekdays: [0, 1, 2, 3, 4, 5, 6, 7] }];
  const chosen: Sourcing = {
    kind: "chosen",
    strategy: { kind: "leastCost" },
    limits: [{ kind: "cutOff", strength: "hard", cutOffs }],
    steps: 0,
    areas: [],
    otherwise: [],
  };
  const nearest = { kind: "nearest" as const, areas: [], otherwise: [], limits: [] };
  return [
    ...checkAllocationPolicy({
      priority: [],
      sourcing: chosen,
      lots: "fifo",
      protection: [
        { kind: "cap", group: "A", itemCode: "TEA", quantity: decimal("-1") },
        { kind: "cap", group: "A", itemCode: "TEA", quantity: decimal("5") },
        { kind: "least" as "protect", group: "A", itemCode: "TEA", quantity: decimal("5") },
      ],
      bins: [bin, { ...bin, handlingUnit: decimal("0") }],
    }),
    ...checkAllocationPolicy({ priority: [], sourcing: nearest, lots: "fifo" }),
    ...checkAllocationPolicy({ priority: [], sourcing: nearest, lots: "oldest" as never }),
    ...checkAllocationPolicy(undefined as never),
    ...checkAllocationPolicy({
      priority: [],
      sourcing: { kind: "nearest", areas: [], otherwise: [] },
      lots: "fifo",
      sharing: [{ rule: "proportional", quotas: [{ customerClass: "A", kind: "percent", figure: decimal("120") }] }],
    }),
  ];
}
