// The calendar as a chart by week, as a list, and what one should know before the year begins.

import {
  addDays,
  calendarDay,
  daysBetween,
  localDay,
  millisecondsBetween,
  zonedInstant,
  type Instant,
  type Promotion,
} from "ordercycle";
import { dayText, justBefore, momentText, MONTHS, ZONE } from "./shop.js";
import { promotions, windowOf } from "./year.js";

/** Monday of the first week of 2026; the year has 53 of them. */
const FIRST_MONDAY = calendarDay("2025-12-29");
const WEEKS = Array.from({ length: 53 }, (_, week) => addDays(FIRST_MONDAY, 7 * week));
const HOUR = 3_600_000;

const startOf = (day: ReturnType<typeof calendarDay>): Instant => zonedInstant(day, "00:00", ZONE);

/** What two promotions have in common of the year; undefined when they never meet. */
function common(one: Promotion, other: Promotion): { readonly from: Instant; readonly to: Instant } | undefined {
  const [a, b] = [windowOf(one.promotionId), windowOf(other.promotionId)];
  const from = a.from > b.from ? a.from : b.from;
  const to = a.to < b.to ? a.to : b.to;
  return from < to ? { from, to } : undefined;
}

function markOf({ combination, condition }: Promotion): string {
  if (combination.exclusive !== undefined) return "#";
  return condition?.kind === "time" ? "-" : "=";
}

function bar(promotion: Promotion): string {
  const { from, to } = windowOf(promotion.promotionId);
  const weeks = WEEKS.map((monday) => from < startOf(addDays(monday, 7)) && to > startOf(monday));
  return weeks.map((runs) => (runs ? markOf(promotion) : ".")).join("");
}

/** The name of each month stands over the week in which it begins. */
function monthRow(): string {
  return MONTHS.reduce((row, month, place) => {
    const begin = calendarDay(`2026-${String(place + 1).padStart(2, "0")}-01`);
    return row.padEnd(Math.floor(daysBetween(FIRST_MONDAY, begin) / 7)) + month;
  }, "");
}

/** From the first day to the last one, which is the day before the end; a single day stands alone. */
function daysText({ from, to }: { readonly from: Instant; readonly to: Instant }): string {
  const [first, last] = [dayText(from), dayText(justBefore(to))];
  return first === last ? first : `${first} – ${last}`;
}

export function printCalendar(): void {
  console.log(`The calendar of 2026, by week (${ZONE})\n`);
  console.log(`${" ".repeat(12)}${monthRow()}`);
  for (const promotion of promotions) {
    const { promotionId } = promotion;
    console.log(`${promotionId.padEnd(12)}${bar(promotion)}  ${daysText(windowOf(promotionId))}`);
  }
  console.log("\n= runs   # runs alone, on the order or on its lines   - some hours of the week\n");
  for (const { promotionId, name } of promotions) {
    const { from, to } = windowOf(promotionId);
    const until = `until before ${momentText(to)}`;
    console.log(`${promotionId.padEnd(12)}${name.padEnd(36)}${momentText(from)} ${until}`);
  }
}

/** Two that apply alone and run at the same time: which of them is looked at first is no accident. */
function exclusivePairs(): string[] {
  const alone = promotions.filter(({ combination }) => combination.exclusive !== undefined);
  return alone.flatMap((one, place) =>
    alone.slice(place + 1).flatMap((other) => {
      const shared = common(one, other);
      if (shared === undefined) return [];
      const isFirst = one.combination.priority < other.combination.priority;
      const winner = (isFirst ? one : other).promotionId;
      const names = `${one.promotionId} and ${other.promotionId}`;
      return [`${names} both apply alone, and meet on ${daysText(shared)}: ${winner} is looked at first.`];
    }),
  );
}

/** What has to wait while a promotion runs that allows none beside it. */
function waiting(): string[] {
  const alone = promotions.filter(({ combination }) => combination.exclusive === "order");
  return alone.map((one) => {
    const others = promotions.filter((other) => other !== one && common(one, other) !== undefined);
    const names = others.map(({ promotionId }) => promotionId).join(", ");
    return `While ${one.promotionId} runs (${daysText(windowOf(one.promotionId))}), nothing goes beside it: not ${names}.`;
  });
}

/** Where the clocks change on the way, so many days are not 24 times as many hours. */
function changesOfClocks(): string[] {
  return promotions.flatMap(({ promotionId }) => {
    const { from, to } = windowOf(promotionId);
    const days = daysBetween(localDay(from, ZONE), localDay(to, ZONE));
    const hours = millisecondsBetween(from, to) / HOUR;
    if (hours === 24 * days) return [];
    return [`${promotionId} runs ${days} days, which are ${hours} hours and not ${24 * days}: the clocks change.`];
  });
}

export function printWarnings(): void {
  console.log("\nTo know before the year begins\n");
  for (const text of [...exclusivePairs(), ...waiting(), ...changesOfClocks()]) console.log(`- ${text}`);
}
