import { toUnits, ZERO } from "../core/decimal.js";
import type { SupplyLimit, SupplyRule } from "./supply-rule.js";

/** How far the groups have used their caps and minimums of one item; changes as goods are promised or given. @internal */
export interface SupplyStanding {
  /** Units of each cap, by group. */
  readonly caps: ReadonlyMap<string, bigint>;
  /** Units of each minimum, by group. */
  readonly minimums: ReadonlyMap<string, bigint>;
  /** What each group has used of its cap; below zero when more went back than was counted. */
  readonly usedOfCap: Map<string, bigint>;
  /** What each group has used of its minimum; below zero when more went back than was counted. */
  readonly usedOfMinimum: Map<string, bigint>;
  /** What is left of all minimums together. */
  minimumTotal: bigint;
}

/** What holds one group back. @internal */
export interface GroupLimit {
  /** Units that are kept for other groups. */
  readonly kept: bigint;
  /** Units left of the group's cap; undefined without one. */
  readonly capLeft: bigint | undefined;
}

/**
 * Begins the standing of the groups.
 *
 * @param rules caps and minimums of one item
 * @param scale decimals in which units are counted; no figure of the rules has more
 * @returns the standing, as what was consumed leaves it
 * @internal
 */
export function supplyStanding(rules: readonly SupplyRule[], scale: number): SupplyStanding {
  const caps = new Map<string, bigint>();
  const minimums = new Map<string, bigint>();
  const usedOfCap = new Map<string, bigint>();
  const usedOfMinimum = new Map<string, bigint>();
  for (const { kind, group, quantity, consumed = ZERO } of rules) {
    const [most, used] = kind === "cap" ? [caps, usedOfCap] : [minimums, usedOfMinimum];
    most.set(group, toUnits(quantity, scale));
    used.set(group, toUnits(consumed, scale));
  }
  const standing = { caps, minimums, usedOfCap, usedOfMinimum, minimumTotal: 0n };
  for (const group of minimums.keys()) standing.minimumTotal += minimumLeft(standing, group);
  return standing;
}

/** What is left of a group's minimum: never more than the minimum, and never less than nothing. @internal */
export function minimumLeft({ minimums, usedOfMinimum }: SupplyStanding, group: string): bigint {
  return leftOf(minimums.get(group) ?? 0n, usedOfMinimum.get(group) ?? 0n);
}

/** What holds a group back at present; undefined for customers of no group. @internal */
export function groupLimit(standing: SupplyStanding, group: string | undefined): GroupLimit {
  if (group === undefined) return { kept: standing.minimumTotal, capLeft: undefined };
  const cap = standing.caps.get(group);
  return {
    kept: standing.minimumTotal - minimumLeft(standing, group),
    capLeft: cap === undefined ? undefined : leftOf(cap, standing.usedOfCap.get(group) ?? 0n),
  };
}

/** What a group may have of available units. @internal */
export function within({ kept, capLeft }: GroupLimit, units: bigint): bigint {
  const free = units > kept ? units - kept : 0n;
  return capLeft !== undefined && capLeft < free ? capLeft : free;
}

/** Counts units that a group takes against its cap and its minimum; below zero when they go back. @internal */
export function consumeFor(standing: SupplyStanding, group: string | undefined, units: bigint): void {
  if (group === undefined) return;
  const { caps, minimums, usedOfCap, usedOfMinimum } = standing;
  if (caps.has(group)) usedOfCap.set(group, (usedOfCap.get(group) ?? 0n) + units);
  if (!minimums.has(group)) return;
  const before = minimumLeft(standing, group);
  usedOfMinimum.set(group, (usedOfMinimum.get(group) ?? 0n) + units);
  standing.minimumTotal += minimumLeft(standing, group) - before;
}

/** Groups besides one whose minimum is not used up, by name. @internal */
export function keptForOthers(
  standing: SupplyStanding,
  own: string | undefined,
): { readonly group: string; readonly units: bigint }[] {
  return [...standing.minimums.keys()]
    .filter((group) => group !== own)
    .map((group) => ({ group, units: minimumLeft(standing, group) }))
    .filter(({ units }) => units > 0n)
    .sort((a, b) => (a.group < b.group ? -1 : 1));
}

/** What makes a group's share of available units less than all of them. @internal */
export function limitsOf({ kept, capLeft }: GroupLimit, units: bigint): SupplyLimit[] {
  const free = units > kept ? units - kept : 0n;
  const limits: SupplyLimit[] = free < units ? ["protected_for_others"] : [];
  if (capLeft !== undefined && capLeft < free) limits.push("group_cap");
  return limits;
}

function leftOf(most: bigint, used: bigint): bigint {
  if (used <= 0n) return most;
  return used < most ? most - used : 0n;
}
