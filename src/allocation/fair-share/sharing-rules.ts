import { finestScale } from "../../core/decimal-arithmetic.js";
import { ZERO } from "../../core/decimal.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import { groupLimit, keptForOthers, supplyStanding } from "../../model/supply-standing.js";

/** What caps and protected minimums of customer groups say about an item that is shared out, in its units. @internal */
export interface SharingRules {
  /** What there is of the item, also where none of the lines may take it. */
  readonly free: bigint;
  /** Unused minimums, by group. */
  readonly minimums: ReadonlyMap<string, bigint>;
  /** The most that a group may get, whatever the others get: its cap, and what the minimums of the others leave. */
  readonly mostOf: (group: string | undefined) => bigint;
}

/**
 * Reads the rules of an item that is shared out.
 *
 * @param rules of the item
 * @param free units of the item, wherever they are
 * @param lineScale decimals of a unit
 * @returns what they say; undefined where there is none
 * @internal
 */
export function sharingRules(rules: readonly SupplyRule[], free: bigint, lineScale: number): SharingRules | undefined {
  if (rules.length === 0) return undefined;
  const figures = rules.flatMap(({ quantity, consumed = ZERO }) => [quantity, consumed]);
  const scale = Math.max(lineScale, finestScale(figures));
  const finer = 10n ** BigInt(scale - lineScale);
  const standing = supplyStanding(rules, scale);
  const minimums = new Map(
    keptForOthers(standing, undefined).map(({ group, units }) => [group, (units + finer - 1n) / finer] as const),
  );
  const kept = [...minimums.values()].reduce((total, units) => total + units, 0n);
  return {
    free,
    minimums,
    mostOf: (group) => {
      const own = group === undefined ? 0n : (minimums.get(group) ?? 0n);
      const left = free > kept - own ? free - (kept - own) : 0n;
      const { capLeft } = groupLimit(standing, group);
      return capLeft !== undefined && capLeft / finer < left ? capLeft / finer : left;
    },
  };
}
