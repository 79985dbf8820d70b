import { isZero, subtract, ZERO } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { placedTotal } from "../../model/reserved-places.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import type { HeldQuantity, LineDemand } from "./order-demands.js";

/** Rules as they stand when what lines give up is not counted as used; below zero where it never was. @internal */
export function withoutGivenUp(
  rules: readonly SupplyRule[],
  demands: readonly LineDemand[],
  givenUp: (demand: LineDemand) => readonly HeldQuantity[],
): readonly SupplyRule[] {
  if (rules.length === 0) return rules;
  const byGroup = groupedBy(demands, ({ itemCode, customerGroup }) => JSON.stringify([itemCode, customerGroup]));
  return rules.map((rule) => {
    const own = byGroup.get(JSON.stringify([rule.itemCode, rule.group])) ?? [];
    const back = placedTotal(own.flatMap(givenUp));
    return isZero(back) ? rule : { ...rule, consumed: subtract(rule.consumed ?? ZERO, back) };
  });
}
