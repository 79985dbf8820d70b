import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import { ok, refuse, type Result } from "../core/result.js";
import { QUANTITY_DIGITS } from "../model/digit-limit.js";
import type { ItemCode } from "../model/ids.js";
import type { LotRule } from "../model/lot-order.js";
import type { LotRestriction } from "../model/lot-restrictions.js";
import { supplyRuleFaults, type SupplyLimit, type SupplyRule, type SupplyRuleFault } from "../model/supply-rule.js";
import { groupLimit, keptForOthers, limitsOf, supplyStanding, within } from "../model/supply-standing.js";
import type { WarehouseFacts } from "../model/warehouse-facts.js";
import type { WarehousesByArea } from "../model/warehouses-by-area.js";
import {
  quantityIssues,
  quantityOf,
  unitsOf,
  type DatedQuantity,
  type DatedQuantityIssue,
  type DatedItemQuantity,
} from "./available-to-promise.js";
import type { DatedSupply } from "./dated-supply.js";

/** What promises rest on. */
export interface PromiseContext {
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** Usable stock that is not reserved, dated today, and what is expected; several entries for an item add up. */
  readonly supplies: readonly DatedSupply[];
  /** What is committed besides the orders and not reserved in stock. */
  readonly demands?: readonly DatedItemQuantity[];
  /** Caps and protected minimums of customer groups. */
  readonly rules?: readonly SupplyRule[];
  /** Warehouses that serve each area, nearest first; others serve it nothing. Every warehouse serves everybody when absent. */
  readonly sourcing?: WarehousesByArea;
  /** What warehouses may serve, as the master has it. One that is not listed may serve all. */
  readonly warehouses?: readonly WarehouseFacts[];
  /** Lots that are for some areas or customers only. */
  readonly lotRestrictions?: readonly LotRestriction[];
  /** Which lot goes first inside a warehouse. Default `fifo`. */
  readonly lots?: LotRule;
}

/** Who asks for what. */
export interface SupplyRequest {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Group of the customer; absent for a customer of no group. */
  readonly group?: string;
}

/** What a group may have of a supply. */
export interface ProtectedSupply {
  /** What the group can have from each day on, in all; the first day, then each day on which it rises. */
  readonly steps: readonly DatedQuantity[];
  /** What is kept back for each other group that has not used up its minimum, by name of the group. */
  readonly keptFor: readonly { readonly group: string; readonly quantity: Decimal }[];
  /** What is left of the group's cap; absent without a cap. */
  readonly capLeft?: Decimal;
  /** What makes the last step less than the supply: none, one or both. */
  readonly limits: readonly SupplyLimit[];
}

/** Why promises cannot be worked out. */
export type SupplyRuleIssue = DatedQuantityIssue | SupplyRuleFault;

/**
 * Holds what is available against the caps and the protected minimums of customer groups, both in one check.
 *
 * **Rules**
 * 1. First the minimums: from every step, what the other groups have not used of theirs is taken away. A group's own
 *    minimum never stands in its way, and it may have more than that from the free part.
 * 2. Then the cap: a group gets no more than is left of its own. A group without a cap, and a customer without a group,
 *    has none.
 * 3. What has been used beyond a minimum or a cap counts as all of it: nothing falls below zero.
 * 4. Rules for other items change nothing. For one group and item there is at most one cap and one minimum.
 *
 * @param steps as `availableToPromise` gives them
 * @param request item, and the group of the customer who asks
 * @param rules caps and minimums, in any order
 * @returns what the group may have, and what limits it. n log n in the rules.
 *
 * **Source:** mission 8.9; definition B9
 * @example
 * ```ts
 * import { calendarDay, decimal, protectSupply } from "ordercycle";
 * const steps = [{ day: calendarDay("2026-03-02"), quantity: decimal("100") }];
 * const rules = [
 *   { kind: "cap", group: "B", itemCode: "TEA", quantity: decimal("80") } as const,
 *   { kind: "protect", group: "A", itemCode: "TEA", quantity: decimal("50"), consumed: decimal("20") } as const,
 * ];
 * const found = protectSupply(steps, { itemCode: "TEA", group: "B" }, rules);
 * found.ok && [found.value.steps[0]!.quantity, found.value.limits]; // => ["70", ["protected_for_others"]]
 * ```
 */
export function protectSupply(
  steps: readonly DatedQuantity[],
  { itemCode, group }: SupplyRequest,
  rules: readonly SupplyRule[],
): Result<ProtectedSupply, SupplyRuleIssue> {
  const issues = [...quantityIssues(steps, "steps"), ...supplyRuleFaults(rules, ["rules"])];
  if (issues.length > 0) return refuse(issues);
  const own = rules.filter((rule) => rule.itemCode === itemCode);
  const standing = supplyStanding(own, QUANTITY_DIGITS.decimals);
  const limit = groupLimit(standing, group);
  const available = steps.map(({ day, quantity }) => ({ day, units: unitsOf(quantity) }));
  const allowed = available.map(({ day, units }) => ({ day, units: within(limit, units) }));
  const { capLeft } = limit;
  return ok({
    steps: allowed
      .filter(({ units }, index) => index === 0 || units !== allowed[index - 1]?.units)
      .map(({ day, units }) => ({ day, quantity: quantityOf(units) })),
    keptFor: keptForOthers(standing, group).map(({ group: other, units }) => ({
      group: other,
      quantity: quantityOf(units),
    })),
    ...(capLeft === undefined ? {} : { capLeft: quantityOf(capLeft) }),
    limits: limitsOf(limit, available.at(-1)?.units ?? 0n),
  });
}
