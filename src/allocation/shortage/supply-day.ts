import type { CalendarDay } from "../../core/calendar-day.js";
import { compare, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { ItemCode } from "../../model/ids.js";
import {
  laterOf,
  leastBalances,
  quantityIssue,
  quantityOf,
  type DatedItemQuantity,
  type DatedQuantityIssue,
  type DayBalance,
} from "../../scheduling/available-to-promise.js";
import { firstIndex } from "../../scheduling/first-index.js";

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
 * @param needs quantity by item, in the base unit, each above zero
 * @param given what comes back today by item, in the base unit; nothing when absent
 * @returns the day; undefined when supply does not suffice for one of them, or none is known
 */
export type SupplyDays = (
  needs: ReadonlyMap<ItemCode, Decimal>,
  given?: ReadonlyMap<ItemCode, Decimal>,
) => Result<CalendarDay | undefined, DatedQuantityIssue>;

/** Reads what is known of supply, once for all that ask: each item is looked at when it is first asked for. */
export function supplyDays({ today, supplies, demands = [] }: SupplyFacts): SupplyDays {
  if (supplies === undefined) return () => ok(undefined);
  const [suppliesOf, demandsOf] = [byItem(supplies), byItem(demands)];
  const known = new Map<ItemCode, Result<readonly DayBalance[], DatedQuantityIssue>>();
  const balancesOf = (item: ItemCode): Result<readonly DayBalance[], DatedQuantityIssue> => {
    const [coming, going] = [suppliesOf.get(item) ?? [], demandsOf.get(item) ?? []];
    const issues = [...faultsIn(coming, "supplies"), ...faultsIn(going, "demands")];
    return issues.length > 0 ? refuse(issues) : ok(leastBalances(coming.map(entryOf), going.map(entryOf), today));
  };
  return (needs, given) => {
    const issues: DatedQuantityIssue[] = [];
    let latest: CalendarDay | undefined = today;
    for (const [item, quantity] of needs) {
      const balances = known.get(item) ?? balancesOf(item);
      known.set(item, balances);
      if (!balances.ok) {
        issues.push(...balances.issues);
        continue;
      }
      const wanted = subtract(quantity, given?.get(item) ?? ZERO);
      const { value: days } = balances;
      const enough = firstIndex(days.length, (place) => compare(quantityOf(days[place]!.units), wanted) >= 0);
      const day = days[enough]?.day;
      latest = day === undefined || latest === undefined ? undefined : laterOf(day, latest);
    }
    return issues.length > 0 ? refuse(issues) : ok(latest);
  };
}

type Numbered = readonly [number, DatedItemQuantity];

/** Our own goods by item, each with its place in the list. */
function byItem(list: readonly DatedItemQuantity[]): ReadonlyMap<ItemCode, readonly Numbered[]> {
  const own = [...list.entries()].filter(([, { owner }]) => owner === undefined);
  return groupedBy(own, ([, { itemCode }]) => itemCode);
}

const entryOf = ([, entry]: Numbered): DatedItemQuantity => entry;

function faultsIn(list: readonly Numbered[], name: string): DatedQuantityIssue[] {
  return list.flatMap(([place, { quantity }]) => quantityIssue(quantity, [name, place, "quantity"]));
}
