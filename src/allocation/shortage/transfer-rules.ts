import type { CalendarDay } from "../../core/calendar-day.js";
import { finestScale } from "../../core/decimal-arithmetic.js";
import { fromUnits, sum, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import type { LineId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { NoDonorReason } from "../../model/reallocation-proposal.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import type { StockPosition } from "../../model/stock.js";
import type { SupplyLimit, SupplyRule } from "../../model/supply-rule.js";
import { groupLimit, supplyStanding } from "../../model/supply-standing.js";
import { givingRoom, type GivingLimits } from "./giving-limits.js";
import type { Donor } from "./least-harm.js";
import { mostCovered } from "./most-covered.js";
import type { ShortLine } from "./usable-lots.js";

/** What caps and protected minimums of customer groups say about goods that go over to a line. */
export interface TransferRules {
  /** Decimals of all figures. */
  readonly scale: number;
  /** Customer group of the line; absent for a customer of none. */
  readonly group?: string;
  /** What is left of its cap; absent without one. */
  readonly capLeft?: Decimal;
  /** Number of the group that an order would give for; undefined where it is the group of the line. */
  readonly groupOf: (order: Order) => number | undefined;
  /** What the groups may give, counted in so many decimals and in steps of so many units. */
  readonly limits: (scale: number, step: bigint) => GivingLimits;
}

/** What the rules rest on. */
export interface RuleFacts {
  /** Caps and minimums. */
  readonly protection: readonly SupplyRule[] | undefined;
  /** Positions of which the free stock is counted; nothing is free when undefined. */
  readonly stock: readonly StockPosition[] | undefined;
  /** Day on which stock must be usable. */
  readonly today: CalendarDay;
}

/** Why rules of customer groups forbid that goods go over. */
export type SupplyLimitIssue = IssueOf<{
  "reallocate.group_cap": { readonly lineId: LineId; readonly group: string; readonly held: Decimal };
  "reallocate.minimum_protected": { readonly lineId: LineId; readonly held: Decimal };
}>;

/** The rules of an item, and what lies free of it. */
export interface ItemRules {
  /** Caps and minimums of the item. */
  readonly rules: readonly SupplyRule[];
  /** What lies free; asked where there are rules. */
  readonly freeInAll: () => Decimal;
}

/**
 * Reads what the rules of an item leave to be moved to a line that is short.
 *
 * **Rules**
 * 1. Within a group goods go over freely: what the group has used stays the same.
 * 2. From all others together comes no more than is left of the cap of the line's group.
 * 3. A group with a minimum gives what it has used beyond it. It gives more as far as the free stock of the item covers
 *    all minimums that are not used up, as they are then: where it does not cover them as they are, nothing.
 *
 * @param short line that would get goods
 * @param givers orders that could give
 * @returns undefined where no rule binds it: goods in store for a customer are under none
 */
export function transferRules(
  { order: winner, line }: ShortLine,
  givers: readonly Order[],
  { rules, freeInAll }: ItemRules,
): TransferRules | undefined {
  if (rules.length === 0 || isDepositDraw(line)) return undefined;
  const free = freeInAll();
  const scale = finestScale([free, ...rules.flatMap(({ quantity, consumed = ZERO }) => [quantity, consumed])]);
  const standing = supplyStanding(rules, scale);
  const group = winner.header.customerClass;
  const { kept, capLeft } = groupLimit(standing, group);
  const spare = toUnits(free, scale) - standing.minimumTotal;
  const beyond = spare < 0n ? 0n : spare + (standing.minimumTotal - kept);
  const others = [...new Set(givers.map(({ header }) => header.customerClass))].filter((other) => other !== group);
  const numberOf = new Map(others.map((other, number) => [other, number]));
  const own = others.map((other): bigint | undefined => {
    if (other === undefined) return undefined;
    const minimum = standing.minimums.get(other);
    if (minimum === undefined) return undefined;
    const over = standing.usedOfMinimum.get(other)! - minimum;
    return over > 0n ? over : 0n;
  });
  return {
    scale,
    ...(group === undefined ? {} : { group }),
    ...(capLeft === undefined ? {} : { capLeft: fromUnits(capLeft, scale) }),
    groupOf: ({ header }) => (header.customerClass === group ? undefined : numberOf.get(header.customerClass)),
    limits: (digits, step) => {
      const counted = (units: bigint): bigint => {
        const finer = units * 10n ** BigInt(digits - scale);
        return finer - (finer % step);
      };
      return {
        ...(capLeft === undefined ? {} : { most: counted(capLeft) }),
        own: own.map((units) => (units === undefined ? undefined : counted(units))),
        beyond: counted(beyond),
      };
    },
  };
}

/** Why a donor alone may give nothing, or not everything where it gives no less; undefined when it may. */
export function limitOf({ group, units, isWhole }: Donor, limits: GivingLimits): SupplyBar | undefined {
  const mayGive = (some: GivingLimits): boolean => {
    const most = givingRoom(some).most(group, units);
    return most > 0n && (isWhole !== true || most === units);
  };
  if (mayGive(limits)) return undefined;
  return mayGive(withoutMinimums(limits)) ? "minimum_protected" : "group_cap";
}

/** Which rules make it less than it would be without them. */
export function bindingLimits(
  limits: GivingLimits,
  withoutRules: bigint,
  coveredBy: (some: GivingLimits) => bigint,
): SupplyLimit[] {
  const { own, beyond } = limits;
  const binding: SupplyLimit[] = [];
  if (coveredBy(withoutMinimums(limits)) < withoutRules) binding.push("group_cap");
  if (coveredBy({ own, beyond }) < withoutRules) binding.push("protected_for_others");
  return binding.length > 0 ? binding : ["group_cap", "protected_for_others"];
}

/** What an order gives. */
export interface Given {
  /** Order that gives. */
  readonly order: Order;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/** What the rules have against it that a line gets what others give: how much of it may not go over. */
export function transferLimitIssues(short: ShortLine, given: readonly Given[], facts: ItemRules): SupplyLimitIssue[] {
  const givers = given.map(({ order }) => order);
  const rules = transferRules(short, givers, facts);
  if (rules === undefined) return [];
  const quantities = given.map(({ quantity }) => quantity);
  const digits = Math.max(rules.scale, finestScale(quantities));
  const parts = given.map(({ order, quantity }): Donor => {
    const group = rules.groupOf(order);
    const units = toUnits(quantity, digits);
    return { units, fixed: 0n, perUnit: 0n, ...(group === undefined ? {} : { group }) };
  });
  const wanted = toUnits(sum(quantities), digits);
  const coveredBy = (some: GivingLimits): bigint => mostCovered(parts, wanted, 0, some).covered;
  const limits = rules.limits(digits, 1n);
  const held = fromUnits(wanted - coveredBy(limits), digits);
  if (held === ZERO) return [];
  const { group } = rules;
  const { lineId } = short.line;
  return bindingLimits(limits, wanted, coveredBy).map((limit) =>
    supplyLimitIssue(limit, ["quantity"], { lineId, group, held }),
  );
}

/** Says that a rule keeps so much from a line. */
export function supplyLimitIssue(
  limit: SupplyLimit,
  path: readonly (string | number)[],
  { lineId, group, held }: { readonly lineId: LineId; readonly group: string | undefined; readonly held: Decimal },
): SupplyLimitIssue {
  return limit === "group_cap"
    ? issue("reallocate.group_cap", path, { lineId, group: group!, held })
    : issue("reallocate.minimum_protected", path, { lineId, held });
}

type SupplyBar = Extract<NoDonorReason, "group_cap" | "minimum_protected">;

/** The same groups, none of them bound. */
export function unbound({ own }: GivingLimits): GivingLimits {
  return { own: own.map(() => undefined), beyond: 0n };
}

function withoutMinimums(limits: GivingLimits): GivingLimits {
  return { ...limits, ...unbound(limits) };
}
