import type { PromotionReasonParams } from "../pricing/promotions/promotion-reason.js";
import type { Locale } from "./message-code.js";

const WEEKDAYS: Readonly<Record<Locale, readonly string[]>> = {
  en: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  zh: ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
};

/** How the ends of periods are said. */
interface Ends {
  readonly from: (begin: string) => string;
  readonly before: (end: string) => string;
  readonly between: (begin: string, end: string) => string;
  readonly on: (days: string) => string;
  readonly and: string;
}

const ENDS: Readonly<Record<Locale, Ends>> = {
  en: {
    from: (begin) => `from ${begin}`,
    before: (end) => `before ${end}`,
    between: (begin, end) => `from ${begin} to ${end}`,
    on: (days) => `on ${days}`,
    and: ", ",
  },
  zh: {
    from: (begin) => `${begin} 起`,
    before: (end) => `${end} 前`,
    between: (begin, end) => `${begin} 至 ${end}`,
    on: (days) => days,
    and: ",",
  },
};

/** Days and hours that a condition asks for. */
export function sayPeriod(
  { weekdays, fromDay, toDay, fromTime, toTime }: PromotionReasonParams["wrong_time"]["meant"],
  locale: Locale,
): string {
  const { from, before, between, on, and } = ENDS[locale];
  const ends = (begin: string | undefined, end: string | undefined): string[] =>
    begin !== undefined && end !== undefined
      ? [between(begin, end)]
      : [...(begin === undefined ? [] : [from(begin)]), ...(end === undefined ? [] : [before(end)])];
  const days = (weekdays ?? []).map((day) => WEEKDAYS[locale][day - 1] ?? String(day));
  const onDays = days.length === 0 ? [] : [on(days.join(and))];
  return [...onDays, ...ends(fromDay, toDay), ...ends(fromTime, toTime)].join(and);
}

const ORDERS: Readonly<Record<Locale, (from: number, to: number | undefined, every: number | undefined) => string>> = {
  en: (from, to, every) => {
    const range = to === undefined ? `${from} and later` : to === from ? `${from}` : `${from} to ${to}`;
    return every === undefined ? range : `${range}, each ${every} after the one before`;
  },
  zh: (from, to, every) => {
    const range = to === undefined ? `${from} 及以后` : to === from ? `${from}` : `${from} 至 ${to}`;
    return every === undefined ? range : `${range}、每隔 ${every} 张`;
  },
};

/** Orders of a customer that a condition asks for. */
export function sayOrders({ from, to, every }: PromotionReasonParams["order_not_counted"], locale: Locale): string {
  return ORDERS[locale](from, to, every);
}
