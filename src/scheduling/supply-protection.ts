import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { ItemCode } from "../model/ids.js";
import type { LotRule } from "../model/lot-order.js";
import type { LotRestriction } from "../model/lot-restrictions.js";
import type { WarehouseFacts } from "../model/warehouse-facts.js";
import type { WarehousesByArea } from "../model/warehouses-by-area.js";
import {
  quantityIssue,
  quantityIssues,
  quantityOf,
  unitsOf,
  type DatedQuantity,
  type DatedQuantityIssue,
  type DatedItemQuantity,
} from "./available-to-promise.js";
import type { DatedSupply } from "./dated-supply.js";

/**
 * How the supply of an item is shared among customer groups. `cap` is the most that a group may get; `protect` is the
 * least that is kept for it, so that nobody else may have that part as long as the group has not used it.
 *
 * **Source:** mission 8.9; definition B9
 */
export interface SupplyRule {
  /** A most or a least. */
  readonly kind: "cap" | "protect";
  /** Customer group. */
  readonly group: string;
  /** Item. */
  readonly itemCode: ItemCode;
  /** The cap or the protected minimum, in the base unit. */
  readonly quantity: Decimal;
  /** What the group has used of it: promised or given in the time that the rule is for. Default none. */
  readonly consumed?: Decimal;
}

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

/** Why a group may not have all that is there. */
export type SupplyLimit = "protected_for_others" | "group_cap";

/** Why rules cannot be used. */
export type SupplyRuleIssue =
  | DatedQuantityIssue
  | IssueOf<{
      "promise.rule_twice": {
        readonly kind: SupplyRule["kind"];
        readonly group: string;
        readonly itemCode: ItemCode;
      };
    }>;

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
  const issues = [...quantityIssues(steps, "steps"), ...supplyRuleIssues(rules)];
  if (issues.length > 0) return refuse(issues);
  const standing = groupStanding(rules.filter((rule) => rule.itemCode === itemCode));
  const limit = groupLimit(standing, group);
  const available = steps.map(({ day, quantity }) => ({ day, units: unitsOf(quantity) }));
  const allowed = available.map(({ day, units }) => ({ day, units: within(limit, units) }));
  const { capLeft } = limit;
  return ok({
    steps: allowed
      .filter(({ units }, index) => index === 0 || units !== allowed[index - 1]?.units)
      .map(({ day, units }) => ({ day, quantity: quantityOf(units) })),
    keptFor: keptForOthers(standing, group),
    ...(capLeft === undefined ? {} : { capLeft: quantityOf(capLeft) }),
    limits: limitsOf(limit, available.at(-1)?.units ?? 0n),
  });
}

/** How far the groups have used their caps and minimums of one item; changes as promises are given. @internal */
export interface GroupStanding {
  /** Left of each cap, by group. */
  readonly capsLeft: Map<string, bigint>;
  /** Left of each minimum, by group. */
  readonly minimumsLeft: Map<string, bigint>;
  /** Sum of `minimumsLeft`. */
  minimumTotal: bigint;
}

/** What holds one group back. @internal */
export interface GroupLimit {
  /** Units that are kept for other groups. */
  readonly kept: bigint;
  /** Units left of the group's cap; undefined without one. */
  readonly capLeft: bigint | undefined;
}

/** Begins the standing of the groups from the rules of one item. @internal */
export function groupStanding(rules: readonly SupplyRule[]): GroupStanding {
  const standing: GroupStanding = { capsLeft: new Map(), minimumsLeft: new Map(), minimumTotal: 0n };
  for (const { kind, group, quantity, consumed } of rules) {
    const left = notBelowZero(unitsOf(quantity) - (consumed === undefined ? 0n : unitsOf(consumed)));
    if (kind === "cap") standing.capsLeft.set(group, left);
    else {
      standing.minimumsLeft.set(group, left);
      standing.minimumTotal += left;
    }
  }
  return standing;
}

/** What holds a group back at present. @internal */
export function groupLimit({ capsLeft, minimumsLeft, minimumTotal }: GroupStanding, group?: string): GroupLimit {
  if (group === undefined) return { kept: minimumTotal, capLeft: undefined };
  return { kept: minimumTotal - (minimumsLeft.get(group) ?? 0n), capLeft: capsLeft.get(group) };
}

/** What a group may have of available units. @internal */
export function within({ kept, capLeft }: GroupLimit, units: bigint): bigint {
  const free = notBelowZero(units - kept);
  return capLeft !== undefined && capLeft < free ? capLeft : free;
}

/** Books units that a group takes against its cap and its minimum. @internal */
export function consumeFor(standing: GroupStanding, group: string | undefined, units: bigint): void {
  if (group === undefined) return;
  const { capsLeft, minimumsLeft } = standing;
  const cap = capsLeft.get(group);
  if (cap !== undefined) capsLeft.set(group, notBelowZero(cap - units));
  const minimum = minimumsLeft.get(group);
  if (minimum === undefined) return;
  const left = notBelowZero(minimum - units);
  minimumsLeft.set(group, left);
  standing.minimumTotal -= minimum - left;
}

/** Reasons why rules cannot be used. @internal */
export function supplyRuleIssues(rules: readonly SupplyRule[]): SupplyRuleIssue[] {
  const seen = new Set<string>();
  return rules.flatMap(({ kind, group, itemCode, quantity, consumed }, index): SupplyRuleIssue[] => {
    const name = JSON.stringify([kind, group, itemCode]);
    const isTwice = seen.has(name);
    seen.add(name);
    return [
      ...(isTwice ? [issue("promise.rule_twice", ["rules", index], { kind, group, itemCode })] : []),
      ...quantityIssue(quantity, ["rules", index, "quantity"]),
      ...(consumed === undefined ? [] : quantityIssue(consumed, ["rules", index, "consumed"])),
    ];
  });
}

function keptForOthers({ minimumsLeft }: GroupStanding, own: string | undefined): ProtectedSupply["keptFor"] {
  return [...minimumsLeft]
    .filter(([group, units]) => group !== own && units > 0n)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([group, units]) => ({ group, quantity: quantityOf(units) }));
}

/** What makes a group's share of available units less than all of them. */
function limitsOf({ kept, capLeft }: GroupLimit, units: bigint): SupplyLimit[] {
  const free = notBelowZero(units - kept);
  const limits: SupplyLimit[] = free < units ? ["protected_for_others"] : [];
  if (capLeft !== undefined && capLeft < free) limits.push("group_cap");
  return limits;
}

function notBelowZero(units: bigint): bigint {
  return units > 0n ? units : 0n;
}
