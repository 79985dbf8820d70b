import type * as z from "zod";
import { parseCalendarDay, type CalendarDay } from "../core/calendar-day.js";
import { parseInstant, type Instant } from "../core/instant.js";
import { isLocalTime, isTimeZone, type LocalTime } from "../core/time-zone.js";
import { readText } from "./read-text.js";

/** A day of the calendar, written YYYY-MM-DD; days that do not exist are refused. */
export const calendarDaySchema: z.ZodType<CalendarDay> = /* @__PURE__ */ (() =>
  readText("schema.not_a_calendar_day", parseCalendarDay))();

/** An instant in ISO 8601 with `Z` or its offset, normalised to UTC with milliseconds. */
export const instantSchema: z.ZodType<Instant> = /* @__PURE__ */ (() =>
  readText("schema.not_an_instant", parseInstant))();

/** A local time of the day, written HH:mm or HH:mm:ss. */
export const localTimeSchema: z.ZodType<LocalTime> = /* @__PURE__ */ (() =>
  readText("schema.not_a_local_time", (text) => (isLocalTime(text) ? text : undefined)))();

/** The name of a time zone in the IANA data base. */
export const timeZoneSchema: z.ZodType<string> = /* @__PURE__ */ (() =>
  readText("schema.unknown_time_zone", (text) => (isTimeZone(text) ? text : undefined)))();
