// What a promotion says, in short: what it gives, on what, and when; and what all of this shop's have in common.

import { calendarDay, zonedInstant } from "ordercycle";
import { ZONE } from "./shop.js";

export const every = { kind: "every" };
export const items = (...codes: readonly string[]): object => ({ kind: "items", in: codes });
export const category = (...names: readonly string[]): object => ({ kind: "categories", in: names });
export const percent = (which: object, value: string): object => ({
  kind: "percentOff",
  which,
  percent: value,
  spread: "eachLine",
});
export const across = (which: object, amount: string): object => ({ kind: "amountOff", which, amount, per: "across" });
export const spent = (amount: string): object => ({
  kind: "lines",
  which: every,
  measure: "discountedAmount",
  atLeast: amount,
});
export const gift = (itemCode: string, value: string, amount: string): object => ({
  kind: "gift",
  buy: { which: every, amount },
  items: [{ itemCode, value }],
  units: "1",
  repeat: "once",
  choose: "firstAvailable",
  category: "gift",
  whenShort: "backfill",
});

/** Days are written, not hours: midnight of the shop is at another hour of UTC in summer. */
const midnight = (day: string): string => zonedInstant(calendarDay(day), "00:00", ZONE);

/** What an entry says besides: condition, limits, codes, and how it goes together with others. */
type Terms = Readonly<Record<string, unknown>> & { readonly combination?: object };

/** One line of the calendar: from the first day on, until before the second. */
export function runs(
  promotionId: string,
  name: string,
  days: readonly [string, string],
  effect: object,
  more: Terms = {},
): object {
  const { combination, ...rest } = more;
  return {
    promotionId,
    version: 1,
    name,
    reason: "promotion calendar 2026",
    owner: "shop manager",
    validity: { from: midnight(days[0]), to: midnight(days[1]) },
    timeZone: ZONE,
    currency: "EUR",
    effect,
    combination: { priority: 10, lane: "offers", base: "running", discountedLines: "include", ...combination },
    revision: {
      // Who sends something back keeps no discount that the rest would not have earned.
      cancel: "reEvaluate",
      return: "reEvaluate",
      // Where the shop itself is short, the customer loses nothing.
      short: "keep",
      // What is added to an order later costs what it costs: the offer was for what was ordered then.
      amend: "keep",
      unearnedGifts: "charge",
      uses: "giveBack",
    },
    ...rest,
  };
}
