import type { CalendarDay } from "../core/calendar-day.js";

/** Position of the last step at or before a day; -1 where there is none. @internal */
export function indexOn(steps: readonly { readonly day: CalendarDay }[], day: CalendarDay): number {
  return firstIndex(steps.length, (index) => (steps[index] as { readonly day: CalendarDay }).day > day) - 1;
}

/** The first position for which something holds that holds for all positions after it, too. @internal */
export function firstIndex(length: number, holdsFor: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holdsFor(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
