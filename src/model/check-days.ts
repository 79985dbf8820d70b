import { isCalendarDay, type CalendarDay } from "../core/calendar-day.js";
import { issue, type IssueOf } from "../core/issue.js";

/** A day of a command that is none. */
export type DayIssue = IssueOf<{
  "command.not_a_day": {
    /** Field of the command. */ readonly field: string;
    /** What came. */ readonly found: string;
  };
}>;

/** Holds the days of a command against the calendar; those that are not there are left out. */
export function checkDays(fields: Readonly<Record<string, CalendarDay | undefined>>): DayIssue[] {
  return Object.entries<unknown>(fields)
    .filter(([, day]) => day !== undefined && !isCalendarDay(day))
    .map(([field, day]) => {
      const found = typeof day === "string" || typeof day === "number" ? String(day).slice(0, 60) : typeof day;
      return issue("command.not_a_day", [field], { field, found });
    });
}
