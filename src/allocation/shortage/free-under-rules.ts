import { finestScale } from "../../core/decimal-arithmetic.js";
import { fromUnits, subtract, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import type { SupplyLimit, SupplyRule } from "../../model/supply-rule.js";
import { groupLimit, limitsOf, supplyStanding, within } from "../../model/supply-standing.js";

/** What rules of customer groups leave of free goods. */
export interface FreeUnderRules {
  /** What the group may have, in the base unit. */
  readonly available: Decimal;
  /** What is free besides and kept from it. */
  readonly held: Decimal;
  /** What keeps it. */
  readonly limits: readonly SupplyLimit[];
}

/**
 * Says what a customer group may have of the free goods of an item: no more than is left of its cap, and nothing of what
 * the other groups have not used of their minimums.
 *
 * @param free what is free, in the base unit
 * @param rules caps and minimums of the item
 * @param group customer group; undefined for customers of none, who leave all minimums
 * @internal
 */
export function freeUnderRules(free: Decimal, rules: readonly SupplyRule[], group: string | undefined): FreeUnderRules {
  if (rules.length === 0) return { available: free, held: ZERO, limits: [] };
  const scale = finestScale([free, ...rules.flatMap(({ quantity, consumed = ZERO }) => [quantity, consumed])]);
  const units = toUnits(free, scale);
  const limit = groupLimit(supplyStanding(rules, scale), group);
  const available = fromUnits(within(limit, units), scale);
  return { available, held: subtract(free, available), limits: limitsOf(limit, units) };
}
