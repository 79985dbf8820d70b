import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type CalendarDay,
  addDays,
  calendarDay,
  compareDays,
  dayOfWeek,
  daysBetween,
  isCalendarDay,
  parseCalendarDay,
} from "../../src/core/calendar-day.js";
import { addMonths, firstDayOfMonth, lastDayOfMonth, weekOf } from "../../src/core/calendar-period.js";

const DAY = 86_400_000;
const anyNumber = fc.oneof(fc.integer({ min: -719_162, max: 2_932_896 }), fc.integer({ min: 0, max: 40_000 }));
const dayOf = (number: number): CalendarDay => calendarDay(new Date(number * DAY).toISOString().slice(0, 10));

describe("parseCalendarDay, calendarDay and isCalendarDay", () => {
  test.each(["2026-11-24", "2028-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])(
    "rules 1 and 2: accept %s",
    (text) => {
      expect(parseCalendarDay(text)).toBe(text);
      expect(calendarDay(text)).toBe(text);
    },
  );

  test.each(
    [
      [
        "",
        "2026-02-30",
        "2026-02-29",
        "1900-02-29",
        "2026-04-31",
        "2026-00-01",
        "2026-13-01",
        "2026-01-00",
        "2026-01-32",
      ],
      [
        "0000-01-01",
        "10000-01-01",
        "26-01-01",
        "2026-1-1",
        "20260101",
        "01.01.2026",
        "2026/01/01",
        "2026-01-01T00:00:00Z",
      ],
      [" 2026-01-01", "2026-01-01\n", "٢٠٢٦-٠١-٠١", 20260101, null, undefined, {}, new Date(0)],
    ]
      .flat()
      .map((value) => [value]),
  )("rules 1 and 2: refuse %s", (input) => {
    expect(parseCalendarDay(input)).toBeUndefined();
    expect(isCalendarDay(input)).toBe(false);
    expect(() => calendarDay(input as string)).toThrow(RangeError);
  });

  it("know every day of the calendar of the language and no other", () => {
    const parts = fc.tuple(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
    );
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        expect(isCalendarDay(text)).toBe(date.getUTCDate() === day);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("arithmetic of days", () => {
  it("counts days like the numbers behind them", () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, (a, b) => {
        const [left, right] = [dayOf(a), dayOf(b)];
        expect(daysBetween(left, right)).toBe(b - a);
        expect(addDays(left, b - a)).toBe(right);
        expect(compareDays(left, right)).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(dayOfWeek(left)).toBe(new Date(a * DAY).getUTCDay() || 7);
      }),
    );
  });

  test.each([
    ["2026-11-23", 1],
    ["2026-11-24", 2],
    ["2026-11-29", 7],
    ["0001-01-01", 1],
  ])("%s is day %d of the week", (day, expected) => {
    expect(dayOfWeek(calendarDay(day))).toBe(expected);
  });

  test.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2028-01-31", 1, "2028-02-29"],
    ["2026-03-31", -1, "2026-02-28"],
    ["2026-12-15", 1, "2027-01-15"],
    ["2026-05-15", -17, "2024-12-15"],
    ["2028-02-29", 12, "2029-02-28"],
    ["0050-01-31", 1, "0050-02-28"],
  ])("addMonths, rule 1: %s plus %d months is %s", (day, months, expected) => {
    expect(addMonths(calendarDay(day), months)).toBe(expected);
  });

  it("keeps the month in step whatever the day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: -300, max: 300 }), (number, months) => {
        const day = dayOf(number);
        const moved = addMonths(day, months);
        const monthOf = (value: string): number => Number(value.slice(0, 4)) * 12 + Number(value.slice(5, 7));
        expect(monthOf(moved) - monthOf(day)).toBe(months);
        const wanted = day.slice(8);
        expect(moved.slice(8)).toBe(wanted < lastDayOfMonth(moved).slice(8) ? wanted : moved.slice(8));
        expect(addDays(lastDayOfMonth(day), 1)).toBe(addMonths(firstDayOfMonth(day), 1));
        expect(firstDayOfMonth(day).slice(7)).toBe("-01");
      }),
    );
  });

  test.each([0.5, Number.NaN, Infinity, 1e7])("refuses to add %d days or months", (count) => {
    expect(() => addDays(calendarDay("2026-01-01"), count)).toThrow(RangeError);
    expect(() => addMonths(calendarDay("2026-01-01"), count)).toThrow(RangeError);
  });

  it("throws RangeError for a text smuggled in", () => {
    expect(() => addDays("24.11.2026" as CalendarDay, 1)).toThrow(RangeError);
  });
});

describe("weekOf", () => {
  test.each([
    ["2026-11-24", "2026-W48"],
    ["2027-01-01", "2026-W53"],
    ["2027-01-04", "2027-W01"],
    ["2024-12-30", "2025-W01"],
    ["2025-12-29", "2026-W01"],
  ])("%s lies in %s", (day, week) => {
    expect(weekOf(calendarDay(day))).toBe(week);
  });

  it("changes on Mondays only, and never goes back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (number) => {
        const [today, tomorrow] = [dayOf(number), dayOf(number + 1)];
        expect(weekOf(today) === weekOf(tomorrow)).toBe(dayOfWeek(tomorrow) !== 1);
        expect(weekOf(today) <= weekOf(tomorrow)).toBe(true);
      }),
    );
  });
});
