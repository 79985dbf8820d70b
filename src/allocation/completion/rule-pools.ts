import { finestScale } from "../../core/decimal-arithmetic.js";
import { fromUnits, sum, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { issue } from "../../core/issue.js";
import type { ItemCode } from "../../model/ids.js";
import { supplyRuleFaults, type SupplyLimit, type SupplyRule } from "../../model/supply-rule.js";
import { groupLimit, keptForOthers, supplyStanding } from "../../model/supply-standing.js";
import type { CompleteOrdersIssue, CompleteOrderWish, PooledQuantity } from "./completion-policy.js";

/** A part of a pool: of goods, or of what a rule of customer groups leaves. */
export interface PoolPart extends PooledQuantity {
  /** Name of the rule among those of the item, and its kind; absent for goods. */
  readonly rule?: { readonly name: string; readonly limit: SupplyLimit };
}

/** A wish for parts of pools. */
export interface PoolWish extends Pick<CompleteOrderWish, "orderNo" | "value"> {
  /** What it needs of each. */
  readonly needs: readonly PoolPart[];
}

/** Name of the pool of all stock of an item, which nothing is kept of. */
export const ALL_STOCK: string = JSON.stringify([]);

/** How many groups may have an unused minimum of one item: their pools double with each. */
const MOST_MINIMUMS = 8;

/** Rules that orders cannot be chosen under. */
export function ruleFaults(protection: readonly SupplyRule[]): CompleteOrdersIssue[] {
  const path = ["policy", "protection"];
  const faults: CompleteOrdersIssue[] = supplyRuleFaults(protection, path);
  if (faults.length > 0) return faults;
  for (const [itemCode, rules] of groupedBy(protection, (rule) => rule.itemCode)) {
    const groups = keptForOthers(supplyStanding(rules, scaleOfRules(rules)), undefined).length;
    if (groups > MOST_MINIMUMS)
      faults.push(issue("complete.too_many_minimums", path, { itemCode, groups, limit: MOST_MINIMUMS }));
  }
  return faults;
}

/**
 * Turns caps and protected minimums into pools of which orders need a part, so that a choice of orders keeps the rules where
 * it exceeds no pool.
 *
 * **Rules**
 * 1. A cap is a pool for the orders of its group.
 * 2. Minimums are kept where, for each set of groups that have one, all others together get no more than the stock less
 *    those minimums: one pool for each set.
 * 3. Where stock does not cover the minimums, each group gets what those of the others leave, and nobody else anything.
 * 4. One pool more is all stock of the item, for the set of no group: what is lacking of that no minimum keeps back.
 *
 * @param wishes what orders need
 * @param offers stock; what there is of an item is all of it, in whatever warehouse
 * @param protection rules without faults
 * @returns wishes and offers with the parts and the pools of the rules
 */
export function withRulePools<Wish extends CompleteOrderWish>(
  wishes: readonly Wish[],
  offers: readonly PooledQuantity[],
  protection: readonly SupplyRule[],
): { readonly wishes: readonly (Omit<Wish, "needs"> & PoolWish)[]; readonly offers: readonly PoolPart[] } {
  if (protection.length === 0) return { wishes, offers };
  const offersOf = groupedBy(offers, ({ itemCode }) => itemCode);
  const poolsOf = new Map<ItemCode, readonly RulePool[]>();
  for (const [itemCode, rules] of groupedBy(protection, (rule) => rule.itemCode)) {
    const stock = sum((offersOf.get(itemCode) ?? []).map(({ quantity }) => quantity));
    poolsOf.set(itemCode, [...capPools(rules), ...minimumPools(rules, stock)]);
  }
  const partsOf = ({ customerGroup, needs }: Wish): PoolPart[] =>
    [...groupedBy(needs, ({ itemCode }) => itemCode)].flatMap(([itemCode, own]) => {
      const pools = (poolsOf.get(itemCode) ?? []).filter(({ isFor }) => isFor(customerGroup));
      const quantity = sum(own.map((need) => need.quantity));
      return pools.map(({ rule }): PoolPart => ({ itemCode, quantity, rule }));
    });
  return {
    wishes: wishes.map((wish) => ({ ...wish, needs: [...wish.needs, ...partsOf(wish)] })),
    offers: [
      ...offers,
      ...[...poolsOf].flatMap(([itemCode, pools]) =>
        pools.map(({ rule, quantity }): PoolPart => ({ itemCode, quantity, rule })),
      ),
    ],
  };
}

interface RulePool {
  readonly rule: NonNullable<PoolPart["rule"]>;
  readonly quantity: Decimal;
  /** Whether orders of a group draw on it. */
  readonly isFor: (group: string | undefined) => boolean;
}

function capPools(rules: readonly SupplyRule[]): RulePool[] {
  const scale = scaleOfRules(rules);
  const standing = supplyStanding(rules, scale);
  return [...standing.caps.keys()].map((group) => ({
    rule: { name: JSON.stringify([group]), limit: "group_cap" },
    quantity: fromUnits(groupLimit(standing, group).capLeft!, scale),
    isFor: (own) => own === group,
  }));
}

function minimumPools(rules: readonly SupplyRule[], stock: Decimal): RulePool[] {
  const scale = Math.max(scaleOfRules(rules), finestScale([stock]));
  const kept = keptForOthers(supplyStanding(rules, scale), undefined);
  const total = kept.reduce((all, { units }) => all + units, 0n);
  const free = toUnits(stock, scale);
  if (kept.length === 0) return [];
  const pool = (name: string, units: bigint, isFor: RulePool["isFor"]): RulePool => ({
    rule: { name, limit: "protected_for_others" },
    quantity: fromUnits(units > 0n ? units : 0n, scale),
    isFor,
  });
  if (total > free) {
    const own = kept.map(({ group, units }) =>
      pool(JSON.stringify(group), free - (total - units), (other) => other === group),
    );
    const groups = new Set<string | undefined>(kept.map(({ group }) => group));
    return [...own, pool("others", 0n, (other) => !groups.has(other)), pool(ALL_STOCK, free, () => true)];
  }
  return Array.from({ length: 2 ** kept.length }, (_, set) => {
    const some = kept.filter((__, index) => ((set >> index) & 1) === 1);
    const groups = new Set<string | undefined>(some.map(({ group }) => group));
    const units = some.reduce((rest, one) => rest - one.units, free);
    return pool(JSON.stringify(some.map(({ group }) => group)), units, (other) => !groups.has(other));
  });
}

function scaleOfRules(rules: readonly SupplyRule[]): number {
  return finestScale(rules.flatMap(({ quantity, consumed = ZERO }) => [quantity, consumed]));
}
