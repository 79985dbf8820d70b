import { checkAllocationPolicy } from "../../src/allocation/check-allocation-policy.js";
import { decimal } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";

/** Real issues of an allocation policy, one of every code of its own at least. */
export function allocationPolicyIssues(): Issue[] {
  const bin = { warehouseId: "NORTH", binId: "A-1" };
  return checkAllocationPolicy({
    priority: [],
    sourcing: { kind: "chosen", strategy: { kind: "leastCost" }, limits: [], steps: 0, areas: [], otherwise: [] },
    lots: "fifo",
    bins: [bin, { ...bin, handlingUnit: decimal("0") }],
  });
}
