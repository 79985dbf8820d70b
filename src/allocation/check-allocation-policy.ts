import { isPositive, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { supplyRuleFaults, type SupplyRuleFault } from "../model/supply-rule.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import { policyShapeFaults } from "./allocation-policy-shape.js";
import { checkSharing } from "./fair-share/check-sharing.js";
import type { FairShareIssue } from "./fair-share/fair-share-policy.js";
import type { PolicyShapeIssue } from "./policy-shape.js";
import type { Sourcing } from "./sourcing-policy.js";
import { checkWarehousePolicy } from "./sourcing/check-warehouse-policy.js";
import type { ChooseWarehousesIssue } from "./sourcing/warehouse-policy.js";

/** What is wrong with a policy. */
export type AllocationPolicyIssue =
  | ChooseWarehousesIssue
  | FairShareIssue
  | SupplyRuleFault
  | PolicyShapeIssue
  | IssueOf<{
      "sourcing.bad_steps": { readonly steps: number };
      "sourcing.limits_need_choice": { readonly kind: string };
      "picking.listed_twice": { readonly id: string };
      "picking.unit_not_positive": { readonly unit: Decimal };
    }>;

/**
 * Checks a policy before it is stored: what could not be meant is refused here – and by `planAllocation` and all that
 * plans with it, for every order.
 *
 * **Rules**
 * 1. Areas, warehouses of a choice, facts of a warehouse, restrictions of a lot, unit costs, bins, and zones of a chain are
 *    listed once each.
 * 2. Figures of a choice are not negative, counts and steps are positive whole numbers, counts of lines whole numbers,
 *    cut-offs times of day in a known time zone; weights sum to 1. A warehouse is not closed on all days of the week.
 *    Limits go with a choice: no other kind of sourcing keeps them.
 * 3. A handling unit is more than nothing.
 * 4. Items are shared out by rules that there are; a customer class has one weight above zero, one tier and one quota, and
 *    no percentage exceeds a hundred.
 * 5. A customer group has one cap and one protected minimum of an item, each a quantity that a record may state.
 * 6. Keys, directions, kinds of sourcing, strategies, limits and rules are words that there are: a limit that nobody knows
 *    would be kept by nobody. The fault names those that there are.
 * 7. Every field holds what it must: lists, texts, numbers, decimal text. A part that is not written as it must be is not
 *    looked at further. Whatever JSON a data base holds, this answers and does not throw; fields that nobody knows
 *    are left to `parseAllocationPolicy`.
 *
 * @returns every fault, with its path; none for a policy that can be used
 *
 * **Source:** mission 8.9, 9.7, 9.8; definitions B5, B9
 * @example
 * ```ts
 * import { checkAllocationPolicy } from "ordercycle";
 * const sourcing = { kind: "chosen" as const, strategy: { kind: "leastCost" as const }, limits: [], steps: 0, areas: [], otherwise: [] };
 * checkAllocationPolicy({ priority: [], sourcing, lots: "fifo" }).map(({ code, path }) => [code, path]); // => [["sourcing.bad_steps",["sourcing","steps"]]]
 * ```
 */
export function checkAllocationPolicy(policy: AllocationPolicy): AllocationPolicyIssue[] {
  const misshapen = policyShapeFaults(policy);
  const faulty = new Set(misshapen.map(({ path }) => path[0]));
  if (faulty.has(undefined)) return misshapen;
  const sound = <Part extends keyof AllocationPolicy>(part: Part): AllocationPolicy[Part] | undefined =>
    faulty.has(part) ? undefined : policy[part];
  const sourcing = sound("sourcing");
  const issues: AllocationPolicyIssue[] = [
    ...misshapen,
    ...(sourcing === undefined ? [] : sourcingFaults(sourcing)),
    ...checkSharing(sound("sharing") ?? []),
    ...supplyRuleFaults(sound("protection") ?? [], ["protection"]),
  ];
  const onceNamed = onceEach((path, id) => issues.push(issue("sourcing.listed_twice", path, { id })));
  for (const [place, { warehouseId }] of (sound("warehouses") ?? []).entries())
    onceNamed("facts", ["warehouses", place], warehouseId);
  for (const [place, { itemCode, lotNo }] of (sound("lotRestrictions") ?? []).entries())
    onceNamed(`lot of ${itemCode}`, ["lotRestrictions", place], lotNo);
  const once = onceEach((path, id) => issues.push(issue("picking.listed_twice", path, { id })));
  for (const [place, { warehouseId, chain }] of (sound("picking") ?? []).entries()) {
    once("warehouse", ["picking", place], warehouseId);
    for (const [entry, { zone }] of chain.entries())
      once(`zone of ${place}`, ["picking", place, "chain", entry], zone ?? "*");
  }
  for (const [place, { warehouseId, binId, handlingUnit: unit }] of (sound("bins") ?? []).entries()) {
    once("bin", ["bins", place], warehouseId, binId);
    if (unit !== undefined && !isPositive(unit))
      issues.push(issue("picking.unit_not_positive", ["bins", place, "handlingUnit"], { unit }));
  }
  return issues;
}

function sourcingFaults(sourcing: Sourcing): AllocationPolicyIssue[] {
  const issues: AllocationPolicyIssue[] = [];
  const once = onceEach((path, id) => issues.push(issue("sourcing.listed_twice", path, { id })));
  const { kind } = sourcing;
  // A stored policy may say what its type does not allow: better refused than not kept.
  if (kind !== "chosen" && "limits" in sourcing)
    issues.push(issue("sourcing.limits_need_choice", ["sourcing", "limits"], { kind }));
  if (sourcing.kind === "ranked") {
    for (const [place, rule] of sourcing.rules.entries()) {
      if (rule.rule !== "areas") continue;
      for (const [area, { areaPath }] of rule.areas.entries())
        once(`area of ${place}`, ["sourcing", "rules", place, "areas", area], ...areaPath);
    }
    return issues;
  }
  for (const [place, { areaPath }] of sourcing.areas.entries()) once("area", ["sourcing", "areas", place], ...areaPath);
  if (sourcing.kind !== "chosen") return issues;
  const { areas, otherwise, unitCosts = [], steps } = sourcing;
  if (!Number.isSafeInteger(steps) || steps < 1)
    issues.push(issue("sourcing.bad_steps", ["sourcing", "steps"], { steps }));
  const take = (
    path: readonly (string | number)[],
    found: readonly ChooseWarehousesIssue[],
    from: readonly (string | number)[] = [],
  ): void => {
    for (const fault of found) issues.push({ ...fault, path: [...path, ...fault.path.slice(from.length)] });
  };
  const { strategy, limits } = sourcing;
  take(["sourcing"], checkWarehousePolicy({ strategy, limits }, {}));
  take(["sourcing", "unitCosts"], checkWarehousePolicy(undefined, { stock: unitCosts }), ["stock"]);
  const sites = ["warehouses"];
  for (const [place, { warehouses }] of areas.entries())
    take(["sourcing", "areas", place, ...sites], checkWarehousePolicy(undefined, { warehouses }), sites);
  take(["sourcing", "otherwise"], checkWarehousePolicy(undefined, { warehouses: otherwise }), sites);
  return issues;
}

/** Reports what was named before: of one kind, in the same words. */
function onceEach(report: (path: readonly (string | number)[], id: string) => void) {
  const seen = new Set<string>();
  return (kind: string, path: readonly (string | number)[], ...names: readonly string[]): void => {
    const key = JSON.stringify([kind, ...names]);
    if (seen.has(key)) report(path, names.join(" "));
    seen.add(key);
  };
}
