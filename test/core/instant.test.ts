import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type Instant,
  addMilliseconds,
  compareInstants,
  fromEpochMilliseconds,
  instant,
  isInstant,
  millisecondsBetween,
  parseInstant,
  toEpochMilliseconds,
} from "../../src/core/instant.js";

const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_799_999;
const anyMilliseconds = fc.oneof(fc.integer({ min: FIRST, max: LAST }), fc.integer({ min: 0, max: 4_000_000_000_000 }));

describe("parseInstant", () => {
  test.each([
    ["2026-11-24T06:46:19Z", "2026-11-24T06:46:19.000Z"],
    ["2026-11-24T06:46Z", "2026-11-24T06:46:00.000Z"],
    ["2026-11-24T06:46:19.5Z", "2026-11-24T06:46:19.500Z"],
    ["2026-11-24T06:46:59.999999999Z", "2026-11-24T06:46:59.999Z"],
    ["1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999Z"],
    ["2026-11-24T00:30:00+01:00", "2026-11-23T23:30:00.000Z"],
    ["2026-11-24T23:30:00-05:30", "2026-11-25T05:00:00.000Z"],
    ["2026-11-24T06:46:19-00:00", "2026-11-24T06:46:19.000Z"],
    ["2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["0099-03-01T00:00:00Z", "0099-03-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ])("rules 1 and 2: reads %s as %s", (input, expected) => {
    expect(parseInstant(input)).toBe(expected);
  });

  test.each(
    [
      ["", "2026-11-24", "2026-11-24T06:46:19", "2026-11-24 06:46:19Z", "2026-11-24t06:46:19z", "20261124T064619Z"],
      [
        "2026-02-30T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-13-01T00:00:00Z",
      ],
      [
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T23:60:00Z",
        "2016-12-31T23:59:60Z",
      ],
      [
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "+002026-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
      ],
      [
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+01:60",
        "2026-01-01T00:00:00+0100",
        "2026-01-01T00:00:00.1234567890Z",
      ],
      [
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00Z\n",
        " 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z".repeat(50_000),
      ],
      [0, 1_700_000_000_000, null, undefined, {}, [], new Date(0)],
    ]
      .flat()
      .map((value) => [value]),
  )("rules 1, 3 and 4: refuses %s", (input) => {
    expect(parseInstant(input)).toBeUndefined();
  });

  it("agrees with the Date of the language on every existing moment, with any offset", () => {
    fc.assert(
      fc.property(anyMilliseconds, fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }), (milliseconds, offset) => {
        const local = milliseconds + offset * 60_000;
        fc.pre(local >= FIRST && local <= LAST);
        const minutes = Math.abs(offset);
        const two = (value: number): string => String(value).padStart(2, "0");
        const suffix = `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
        const text = new Date(local).toISOString().replace("Z", suffix);
        expect(parseInstant(text)).toBe(new Date(milliseconds).toISOString());
      }),
      { numRuns: 1000 },
    );
  });
});

describe("instant and isInstant", () => {
  it("accept the canonical form alone as an instant", () => {
    expect(isInstant("2026-11-24T06:46:19.000Z")).toBe(true);
    for (const value of [
      "2026-11-24T06:46:19Z",
      "2026-11-24T06:46:19.000+00:00",
      "2026-02-30T00:00:00.000Z",
      0,
      null,
    ]) {
      expect(isInstant(value)).toBe(false);
    }
    fc.assert(fc.property(anyMilliseconds, (value) => isInstant(fromEpochMilliseconds(value))));
  });

  it("throw RangeError for a text that is none", () => {
    expect(() => instant("2026-11-24T06:46:19")).toThrow(RangeError);
    expect(() => toEpochMilliseconds("yesterday" as Instant)).toThrow(RangeError);
    expect(() => toEpochMilliseconds("2026-11-24" as Instant)).toThrow(RangeError);
  });
});

describe("arithmetic of instants", () => {
  it("keeps text order and time order the same", () => {
    fc.assert(
      fc.property(anyMilliseconds, anyMilliseconds, (a, b) => {
        const [left, right] = [fromEpochMilliseconds(a), fromEpochMilliseconds(b)];
        expect(compareInstants(left, right)).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(millisecondsBetween(left, right)).toBe(b - a);
        expect(addMilliseconds(left, b - a)).toBe(right);
        expect(toEpochMilliseconds(left)).toBe(a);
      }),
    );
  });

  test.each([0.5, Number.NaN, Infinity, 1e15])("refuses to add %d milliseconds", (milliseconds) => {
    expect(() => addMilliseconds(instant("2026-11-24T06:46:19Z"), milliseconds)).toThrow(RangeError);
  });

  it("ends at the years 0001 and 9999", () => {
    expect(() => fromEpochMilliseconds(FIRST - 1)).toThrow(RangeError);
    expect(() => fromEpochMilliseconds(LAST + 1)).toThrow(RangeError);
    expect(fromEpochMilliseconds(FIRST)).toBe("0001-01-01T00:00:00.000Z");
  });
});
