import { finestScale } from "../../core/decimal-arithmetic.js";
import { fromUnits, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import type { ItemCode, LineId } from "../../model/ids.js";
import { consumeFor, groupLimit, keptForOthers, supplyStanding } from "../../model/supply-standing.js";
import { freeStockOf } from "../usable-stock.js";
import { supplyLimitIssue, type RuleFacts, type SupplyLimitIssue } from "./transfer-rules.js";

/** Goods that go back to a line. */
export interface GivenBack {
  /** Line that gets them. */
  readonly lineId: LineId;
  /** Its customer group; undefined for a customer of none. */
  readonly group: string | undefined;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/**
 * What the rules of customer groups have against goods of an item that go back from one line to others.
 *
 * **Rules**
 * 1. What goes back within a group changes nothing. Of the others each group gets no more than is left of its cap.
 * 2. The group that gives them back keeps its minimum: it gives what it has used beyond it, and more as far as free stock
 *    covers all minimums that are then not used up; where it does not cover them as they are, nothing.
 * 3. All that goes back is looked at together, so the order of the lines changes nothing.
 *
 * @param giver customer group that has the goods now
 * @internal
 */
export function givingBackLimits(
  itemCode: ItemCode,
  giver: string | undefined,
  given: readonly GivenBack[],
  { protection = [], stock = [], today }: RuleFacts,
): SupplyLimitIssue[] {
  const rules = protection.filter((rule) => rule.itemCode === itemCode);
  const others = given.filter(({ group }) => group !== giver).sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
  if (rules.length === 0 || others.length === 0) return [];
  const free = freeStockOf(itemCode, stock, today);
  const figures = rules.flatMap(({ quantity, consumed = ZERO }) => [quantity, consumed]);
  const scale = finestScale([free, ...figures, ...others.map(({ quantity }) => quantity)]);
  const standing = supplyStanding(rules, scale);
  const unitsOf = (own: readonly GivenBack[]): bigint =>
    own.reduce((total, { quantity }) => total + toUnits(quantity, scale), 0n);
  const over = (limit: "group_cap" | "protected_for_others", { lineId, group }: GivenBack, held: bigint) =>
    supplyLimitIssue(limit, ["orders"], { lineId, group, held: fromUnits(held, scale) });

  const issues: SupplyLimitIssue[] = [];
  const spare = toUnits(free, scale) - standing.minimumTotal;
  const lacks = (group: string | undefined): bigint =>
    keptForOthers(standing, undefined).find((kept) => kept.group === group)?.units ?? 0n;
  const lackedBefore = lacks(giver);
  const total = standing.minimumTotal;
  for (const [group, own] of groupedBy(others, (one) => one.group)) {
    const { capLeft } = groupLimit(standing, group);
    const units = unitsOf(own);
    if (capLeft !== undefined && units > capLeft) issues.push(over("group_cap", own[0], units - capLeft));
    consumeFor(standing, group, units);
  }
  const eased = total - standing.minimumTotal;
  consumeFor(standing, giver, -unitsOf(others));
  const raised = lacks(giver) - lackedBefore;
  const room = spare < 0n ? 0n : spare + eased;
  if (raised > room) issues.push(over("protected_for_others", others[0]!, raised - room));
  return issues;
}
