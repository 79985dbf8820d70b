import { isNegative, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { checkAllocationPolicy, type AllocationPolicyIssue } from "../check-allocation-policy.js";
import {
  anything,
  decimalText,
  fields,
  listOf,
  mapOf,
  number,
  oneOf,
  optional,
  text,
  type Shape,
} from "../../model/value-shape.js";
import { policyFaults } from "../policy-shape.js";
import type { HarmRates, ReallocationPolicy } from "./reallocation-proposal.js";

/** What is wrong with a policy of re-allocation. */
export type ReallocationPolicyIssue =
  | AllocationPolicyIssue
  | IssueOf<{
      "reallocate.negative_harm": { readonly rate: string; readonly amount: Decimal };
      "reallocate.bad_delay": { readonly days: number };
    }>;

const reallocationPolicyShape: Shape = /* @__PURE__ */ (() =>
  fields<ReallocationPolicy>({
    // What stands in every policy of allocation is looked at as there.
    priority: anything,
    sourcing: anything,
    warehouses: anything,
    bins: anything,
    lotRestrictions: anything,
    oneLotPerLine: anything,
    protection: anything,
    promises: oneOf<ReallocationPolicy["promises"]>({ keep: true, mayBreak: true }),
    firmHolds: optional(listOf(text)),
    maxTimesDisplaced: optional(number),
    harm: fields<HarmRates>({
      perLine: decimalText,
      perUnit: decimalText,
      perUnitAndDay: decimalText,
      classFactors: optional(mapOf(decimalText)),
      unknownDelayDays: number,
    }),
    steps: number,
  }))();

/**
 * Finds what cannot be meant in a policy of re-allocation, whatever is stored in its place.
 *
 * **Rules**
 * 1. Order of service, warehouses, bins, lots, caps and minimums are checked as in every policy of allocation.
 * 2. No rate of harm and no factor is negative; days and steps are whole numbers, steps above zero.
 *
 * @returns every fault, with its path in the policy; linear
 * @internal
 */
export function checkReallocationPolicy(policy: ReallocationPolicy): ReallocationPolicyIssue[] {
  const misshapen = policyFaults(policy, reallocationPolicyShape);
  if (misshapen.some(({ path }) => path.length === 0)) return misshapen;
  const { priority, sourcing, warehouses, bins, lotRestrictions, oneLotPerLine, protection, harm, steps } = policy;
  const given = Object.entries({ warehouses, bins, lotRestrictions, oneLotPerLine, protection });
  const issues: ReallocationPolicyIssue[] = [
    ...checkAllocationPolicy({
      priority,
      sourcing,
      lots: "fifo",
      ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    }),
    ...misshapen,
  ];
  const faulty = new Set(misshapen.map(({ path }) => path[0]));
  if (!faulty.has("steps") && !(Number.isSafeInteger(steps) && steps > 0))
    issues.push(issue("sourcing.bad_steps", ["steps"], { steps }));
  return faulty.has("harm") ? issues : [...issues, ...harmFaults(harm)];
}

/** The same, with their paths in what a call is given. @internal */
export function faultsInPolicy(policy: ReallocationPolicy): ReallocationPolicyIssue[] {
  return checkReallocationPolicy(policy).map((fault) => ({ ...fault, path: ["policy", ...fault.path] }));
}

function harmFaults({
  perLine,
  perUnit,
  perUnitAndDay,
  classFactors = {},
  unknownDelayDays: days,
}: HarmRates): ReallocationPolicyIssue[] {
  const rates = Object.entries({ perLine, perUnit, perUnitAndDay }).map(([rate, amount]) => [[rate], amount] as const);
  const factors = Object.entries(classFactors).map(([name, amount]) => [["classFactors", name], amount] as const);
  const issues = [...rates, ...factors].flatMap(([path, amount]): ReallocationPolicyIssue[] => {
    if (!isNegative(amount)) return [];
    return [issue("reallocate.negative_harm", ["harm", ...path], { rate: path.at(-1)!, amount })];
  });
  if (Number.isSafeInteger(days) && days >= 0) return issues;
  return [...issues, issue("reallocate.bad_delay", ["harm", "unknownDelayDays"], { days })];
}
