import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { ItemCode } from "../../model/ids.js";
import {
  availableToPromise,
  earliestDate,
  type DatedItemQuantity,
  type DatedQuantityIssue,
} from "../../scheduling/available-to-promise.js";

/** What is known of supply. */
export interface SupplyFacts {
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** Own stock that is free now, under today, and what is expected; no day is proposed when absent. */
  readonly supplies?: readonly DatedItemQuantity[];
  /** What is committed to others and not reserved yet. */
  readonly demands?: readonly DatedItemQuantity[];
}

/**
 * Finds the first day on which several items can be had together, without breaking a promise that was given before.
 *
 * @param needs quantity by item, in the base unit
 * @returns the day; undefined when supply does not suffice for one of them, or none is known
 */
export function supplyDay(
  needs: ReadonlyMap<ItemCode, Decimal>,
  { today, supplies, demands = [] }: SupplyFacts,
): Result<CalendarDay | undefined, DatedQuantityIssue> {
  if (supplies === undefined) return ok(undefined);
  const own = (list: readonly DatedItemQuantity[], item: ItemCode): readonly DatedItemQuantity[] =>
    list.filter(({ itemCode, owner }) => itemCode === item && owner === undefined);
  const issues: DatedQuantityIssue[] = [];
  let latest: CalendarDay | undefined = today;
  for (const [item, quantity] of needs) {
    const steps = availableToPromise(own(supplies, item), own(demands, item), { today });
    if (!steps.ok) {
      issues.push(...steps.issues);
      continue;
    }
    const day = earliestDate(steps.value, quantity);
    latest = day === undefined || latest === undefined ? undefined : day > latest ? day : latest;
  }
  return issues.length > 0 ? refuse(issues) : ok(latest);
}
