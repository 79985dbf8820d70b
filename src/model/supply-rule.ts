import { isDecimal, isNegative, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { isWithinDigits, QUANTITY_DIGITS } from "./digit-limit.js";
import type { ItemCode } from "./ids.js";

/**
 * How the supply of an item is shared among customer groups. `cap` is the most that a group may get; `protect` is the
 * least that is kept for it, so that nobody else may have that part as long as the group has not used it. Promises and
 * allocation hold to the same rules.
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
  /** The cap or the protected minimum, in the base unit, over all warehouses. */
  readonly quantity: Decimal;
  /** What the group has used of it: promised or given in the time that the rule is for. Default none. */
  readonly consumed?: Decimal;
}

/** Why a group may not have all that is there. */
export type SupplyLimit = "protected_for_others" | "group_cap";

/** Why rules cannot be used. */
export type SupplyRuleFault = IssueOf<{
  "supply.rule_twice": {
    readonly kind: SupplyRule["kind"];
    readonly group: string;
    readonly itemCode: ItemCode;
  };
  "supply.unknown_kind": { readonly kind: string };
  "supply.not_a_quantity": { readonly quantity: string };
}>;

/**
 * Looks for rules that cannot be used.
 *
 * @param rules caps and minimums
 * @param path where the list stands
 * @returns every fault, with its path; none for rules that can be used. Linear.
 * @internal
 */
export function supplyRuleFaults(rules: readonly SupplyRule[], path: readonly (string | number)[]): SupplyRuleFault[] {
  const seen = new Set<string>();
  return rules.flatMap(({ kind, group, itemCode, quantity, consumed }, index): SupplyRuleFault[] => {
    const own = [...path, index];
    const name = JSON.stringify([kind, group, itemCode]);
    const isTwice = seen.has(name);
    seen.add(name);
    return [
      ...(KINDS.has(kind) ? [] : [issue("supply.unknown_kind", [...own, "kind"], { kind: shown(kind) })]),
      ...(isTwice ? [issue("supply.rule_twice", own, { kind, group, itemCode })] : []),
      ...quantityFault(quantity, [...own, "quantity"]),
      ...(consumed === undefined ? [] : quantityFault(consumed, [...own, "consumed"])),
    ];
  });
}

const KINDS: ReadonlySet<string> = new Set<SupplyRule["kind"]>(["cap", "protect"]);

function quantityFault(quantity: Decimal, path: readonly (string | number)[]): SupplyRuleFault[] {
  const isUsable = isDecimal(quantity) && !isNegative(quantity) && isWithinDigits(quantity, QUANTITY_DIGITS);
  return isUsable ? [] : [issue("supply.not_a_quantity", path, { quantity: shown(quantity) })];
}

/** What was given, as text: what is none at all still has to fit into a sentence. */
function shown(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 50) : typeof value;
}
