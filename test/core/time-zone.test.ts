import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type CalendarDay, addDays, calendarDay } from "../../src/core/calendar-day.js";
import { addMilliseconds, fromEpochMilliseconds, instant } from "../../src/core/instant.js";
import { isLocalTime, isTimeZone, localDay, localTime, timeOfDay, zonedInstant } from "../../src/core/time-zone.js";

const at = (day: string, time: string, zone: string): string => zonedInstant(calendarDay(day), time, zone);

describe("isTimeZone", () => {
  test.each([
    "Europe/Berlin",
    "America/New_York",
    "America/Argentina/Buenos_Aires",
    "Asia/Kolkata",
    "Asia/Calcutta",
    "UTC",
    "Etc/GMT+12",
    "Etc/GMT-14",
    "Etc/GMT+5",
  ])("rule 1: knows %s", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  test.each(
    [
      [
        "",
        " ",
        "Mars/Olympus",
        "Europe/Berlin ",
        "Europe/",
        "/Berlin",
        "Europe//Berlin",
        "../etc/passwd",
        "Europe/Berlin\n",
      ],
      ["+02:00", "-0500", "+02", "Z", "GMT+02", "Nowhere/X+05", "Etc/GMT+99", "Etc/GMT-15", "Foo-0500"],
      ["constructor", "toString", "hasOwnProperty", "__proto__", "valueOf", "undefined", "null", "E".repeat(1_000_000)],
      [null, undefined, 1, {}, []],
    ]
      .flat()
      .map((value) => [value]),
  )("rules 1 and 2: refuses %s", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });

  it("rule 1: knows every zone of the engine", () => {
    expect(Intl.supportedValuesOf("timeZone").filter((name) => !isTimeZone(name))).toEqual([]);
  });
});

describe("isLocalTime", () => {
  it("accepts hours and minutes, with or without seconds, of one day", () => {
    expect(["00:00", "23:59", "09:05:07", "23:59:59"].filter(isLocalTime).length).toBe(4);
    expect(
      ["24:00", "9:00", "09:60", "09:00:60", "09:00:00.5", " 09:00", "09:00\n", "", "0900", 900, null].some(
        isLocalTime,
      ),
    ).toBe(false);
  });
});

describe("timeOfDay", () => {
  it("is the text itself, and nothing else", () => {
    expect(timeOfDay("09:05")).toBe("09:05");
    expect(() => timeOfDay("9:05")).toThrow(new RangeError("Not a time of the form HH:mm or HH:mm:ss: 9:05"));
    expect(() => timeOfDay("x".repeat(99))).toThrow(
      new RangeError(`Not a time of the form HH:mm or HH:mm:ss: ${"x".repeat(60)}`),
    );
  });
});

describe("zonedInstant", () => {
  test.each([
    ["2026-01-15", "16:00", "Europe/Berlin", "2026-01-15T15:00:00.000Z"],
    ["2026-07-15", "16:00", "Europe/Berlin", "2026-07-15T14:00:00.000Z"],
    ["2026-07-15", "16:00:30", "America/New_York", "2026-07-15T20:00:30.000Z"],
    ["2026-07-15", "00:00", "Asia/Kolkata", "2026-07-14T18:30:00.000Z"],
    ["2026-07-15", "00:00", "Asia/Kathmandu", "2026-07-14T18:15:00.000Z"],
    ["2026-07-15", "12:00", "UTC", "2026-07-15T12:00:00.000Z"],
    ["2026-01-01", "00:00", "Pacific/Kiritimati", "2025-12-31T10:00:00.000Z"],
    ["2026-07-15", "12:00", "Australia/Lord_Howe", "2026-07-15T01:30:00.000Z"],
  ])("%s %s in %s is %s", (day, time, zone, expected) => {
    expect(at(day, time, zone)).toBe(expected);
  });

  test.each([
    ["2026-03-29", "01:59:59", "Europe/Berlin", "2026-03-29T00:59:59.000Z"],
    ["2026-03-29", "02:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-03-29", "03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["2026-03-08", "02:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
    ["2011-12-30", "12:00", "Pacific/Apia", "2011-12-30T22:00:00.000Z"],
  ])("rule 1: %s %s, skipped or next to it in %s, is %s", (day, time, zone, expected) => {
    expect(at(day, time, zone)).toBe(expected);
  });

  it("rule 1: 02:30 becomes 03:30 on the clock", () => {
    expect(localTime(zonedInstant(calendarDay("2026-03-29"), "02:30", "Europe/Berlin"), "Europe/Berlin")).toBe(
      "03:30:00",
    );
    expect(localTime(zonedInstant(calendarDay("2026-03-08"), "02:30", "America/New_York"), "America/New_York")).toBe(
      "03:30:00",
    );
  });

  test.each([
    ["2026-10-25", "01:59:59", "Europe/Berlin", "2026-10-24T23:59:59.000Z"],
    ["2026-10-25", "02:00", "Europe/Berlin", "2026-10-25T01:00:00.000Z"],
    ["2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T01:30:00.000Z"],
    ["2026-10-25", "03:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"],
    ["2026-11-01", "01:30", "America/New_York", "2026-11-01T06:30:00.000Z"],
  ])("rule 2: %s %s, shown twice or next to it in %s, is %s", (day, time, zone, expected) => {
    expect(at(day, time, zone)).toBe(expected);
  });

  it("comes back as the same day and time, except where the clocks skip it", () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    const anyDay = fc.integer({ min: 0, max: 22_000 }).map((days) => addDays(calendarDay("1975-01-01"), days));
    const anyMinute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(zones, anyDay, anyMinute, (zone, day, minute) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
        const moment = zonedInstant(day, time, zone);
        const shown = `${localDay(moment, zone)} ${localTime(moment, zone).slice(0, 5)}`;
        if (shown === `${day} ${time}`) {
          for (const hours of [0.5, 1, 2]) {
            const later = addMilliseconds(moment, hours * 3_600_000);
            expect(`${localDay(later, zone)} ${localTime(later, zone).slice(0, 5)}`).not.toBe(shown);
          }
          return;
        }
        expect(shown > `${day} ${time}`).toBe(true);
        const earlier = addMilliseconds(moment, -24 * 3_600_000);
        expect(localDay(earlier, zone) <= day).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("throws RangeError for unknown zones and malformed days and times", () => {
    const day = calendarDay("2026-01-01");
    expect(() => zonedInstant(day, "12:00", "Mars/Olympus")).toThrow(RangeError);
    expect(() => zonedInstant(day, "12:00", "constructor")).toThrow(RangeError);
    expect(() => zonedInstant(day, "24:00", "UTC")).toThrow(RangeError);
    expect(() => zonedInstant("2026-02-30" as CalendarDay, "12:00", "UTC")).toThrow(RangeError);
    expect(() => zonedInstant(calendarDay("0001-01-01"), "00:00", "Asia/Tokyo")).toThrow(RangeError);
  });
});

describe("localDay and localTime", () => {
  it("agree with the formatter of the language in every zone", () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    fc.assert(
      fc.property(zones, fc.integer({ min: 157_766_400_000, max: 2_524_608_000_000 }), (zone, milliseconds) => {
        const moment = fromEpochMilliseconds(milliseconds);
        const parts = new Intl.DateTimeFormat("sv-SE", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(milliseconds);
        expect(`${localDay(moment, zone)} ${localTime(moment, zone)}`).toBe(parts);
      }),
      { numRuns: 500 },
    );
  });

  it("throw RangeError for an unknown zone", () => {
    expect(() => localDay(instant("2026-01-01T00:00:00Z"), "+02:00")).toThrow(RangeError);
    expect(() => localTime(instant("2026-01-01T00:00:00Z"), "")).toThrow(RangeError);
  });
});

describe("the time zone of the machine", () => {
  it("zonedInstant, rule 3: changes nothing", () => {
    const file = fileURLToPath(new URL("../../src/core/", import.meta.url));
    const script = `
      import { addDays, calendarDay, dayOfWeek } from ${JSON.stringify(`${file}calendar-day.ts`)};
      import { addMonths, weekOf } from ${JSON.stringify(`${file}calendar-period.ts`)};
      import { localDay, localTime, timeOfDay, zonedInstant } from ${JSON.stringify(`${file}time-zone.ts`)};
      import { instant } from ${JSON.stringify(`${file}instant.ts`)};
      const out = [];
      for (const zone of ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"])
        for (const day of ["2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2011-12-30"].map(calendarDay))
          for (const time of ["00:00", "01:30", "02:30", "23:59:59"]) {
            const moment = zonedInstant(day, time, zone);
            out.push(moment, localDay(moment, zone), localTime(moment, zone), addMonths(day, 1), addDays(day, 1), dayOfWeek(day), weekOf(day));
          }
      out.push(instant("2026-11-24T06:46:19+05:30"));
      process.stdout.write(JSON.stringify([process.env.TZ, new Date(0).getTimezoneOffset(), out]));`;
    const outputs = ["UTC", "Pacific/Apia", "America/St_Johns"].map((TZ) => {
      const text = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
        env: { ...process.env, TZ },
        encoding: "utf8",
      });
      return JSON.parse(text) as [string, number, unknown[]];
    });
    expect(new Set(outputs.map(([, offset]) => offset)).size).toBe(3);
    for (const [, , out] of outputs) expect(out).toEqual(outputs[0]?.[2]);
    expect(outputs[0]?.[2].length).toBe(701);
  }, 60_000);
});
