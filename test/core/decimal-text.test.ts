import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ONE, ZERO, decimal, isDecimal, parseDecimal, toFixedText } from "../../src/core/decimal.js";
import { Exact, anyDecimal, expectedText, oracleText } from "./arbitrary-decimal.js";

const CANONICAL = /^(0|-?[1-9]\d*|-?([1-9]\d*|0)\.\d*[1-9])$/;

describe("isDecimal", () => {
  test.each([
    "0",
    "1",
    "-1",
    "12.5",
    "-0.03",
    "0.00000000000000000001",
    "9".repeat(30),
    `-${"9".repeat(30)}.${"9".repeat(10)}`,
  ])("rule 1: accepts %s", (text) => {
    expect(isDecimal(text)).toBe(true);
  });

  test.each(
    [
      [
        "",
        "-",
        ".",
        "-.",
        ".5",
        "5.",
        "-.5",
        "+1",
        "-0",
        "-0.0",
        "0.0",
        "00",
        "01",
        "-01",
        "12.50",
        "1.2.3",
        "1..2",
        "1e3",
        "1E3",
      ],
      ["0x1F", " 1", "1 ", "1\n", "1,5", "1_000", "--1", "1-", "٣", "１", "NaN", "Infinity", "null"],
      [5, 5n, null, undefined, true, {}, [], ["1"], Symbol("1"), new String("1")],
    ]
      .flat()
      .map((value) => [value]),
  )("rule 1: refuses %s", (value) => {
    expect(isDecimal(value)).toBe(false);
  });

  it("rule 2: ends where the domain ends", () => {
    expect(isDecimal(`1${"0".repeat(29)}`)).toBe(true);
    expect(isDecimal(`1${"0".repeat(30)}`)).toBe(false);
    expect(isDecimal(`0.${"0".repeat(19)}1`)).toBe(true);
    expect(isDecimal(`0.${"0".repeat(20)}1`)).toBe(false);
    expect(isDecimal(`${"1".repeat(20)}.${"1".repeat(20)}`)).toBe(true);
    expect(isDecimal(`${"1".repeat(21)}.${"1".repeat(20)}`)).toBe(false);
  });

  it("agrees with an independent description of the form", () => {
    const text = fc.string({ unit: fc.constantFrom("0", "1", "9", ".", "-"), maxLength: 8 });
    fc.assert(
      fc.property(text, (candidate) => isDecimal(candidate) === CANONICAL.test(candidate)),
      { numRuns: 2000 },
    );
  });
});

describe("parseDecimal", () => {
  test.each([
    ["12.50", "12.5"],
    ["007", "7"],
    ["-007.10", "-7.1"],
    ["-0", "0"],
    ["-0.000", "0"],
    ["000", "0"],
    ["0.10", "0.1"],
    ["100", "100"],
    ["100.00", "100"],
    [`${"0".repeat(60)}1.${"0".repeat(60)}`, "1"],
  ])("rule 1: reads the text %s as %s", (input, expected) => {
    expect(parseDecimal(input)).toBe(expected);
  });

  test.each([
    "+5",
    " 5",
    "5 ",
    "5\n",
    "1e3",
    "0x10",
    "12,5",
    "1,000.00",
    "١٢",
    "",
    ".5",
    "5.",
    "-",
    "−5",
    "5%",
    "\u00005",
    "\ud800",
  ])("rule 1: refuses the text %j", (input) => {
    expect(parseDecimal(input)).toBeUndefined();
  });

  test.each([
    [0.1, "0.1"],
    [-0, "0"],
    [1e-7, "0.0000001"],
    [-1.25e-10, "-0.000000000125"],
    [1e21, "1000000000000000000000"],
    [1.5e21, "1500000000000000000000"],
    [1.234567890123456e25, "12345678901234560000000000"],
    [123.456, "123.456"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    [0.1 + 0.2, "0.30000000000000004"],
  ])("rule 2: reads the number %d as %s", (input, expected) => {
    expect(parseDecimal(input)).toBe(expected);
  });

  test.each([Number.NaN, Infinity, -Infinity, 1e400, 1e30, 5e-324, Number.MAX_VALUE, 1.5e-20])(
    "refuses the number %d",
    (input) => {
      expect(parseDecimal(input)).toBeUndefined();
    },
  );

  it("rule 3: reads bigint exactly, within the domain", () => {
    expect(parseDecimal(10n ** 30n - 1n)).toBe("9".repeat(30));
    expect(parseDecimal(-12n)).toBe("-12");
    expect(parseDecimal(10n ** 30n)).toBeUndefined();
    expect(parseDecimal(2n ** 500_000n)).toBeUndefined();
  });

  it("rule 4: refuses what lies outside the domain, and long text unread", () => {
    expect(parseDecimal("1".repeat(31))).toBeUndefined();
    expect(parseDecimal(`0.${"0".repeat(20)}1`)).toBeUndefined();
    expect(parseDecimal("0".repeat(129))).toBeUndefined();
    expect(parseDecimal("1".repeat(1_000_000))).toBeUndefined();
    expect(parseDecimal(`${"0".repeat(1_000_000)}x`)).toBeUndefined();
  });

  test.each([
    [null],
    [undefined],
    [true],
    [{}],
    [[]],
    [["1"]],
    [new Date(0)],
    [() => 1],
    [Symbol("1")],
    [{ toString: () => "1" }],
  ])("refuses %s, which is no number", (input) => {
    expect(parseDecimal(input)).toBeUndefined();
  });

  it("gives canonical text of the same value for any padded text", () => {
    const zeros = fc.nat(5).map((count) => "0".repeat(count));
    fc.assert(
      fc.property(anyDecimal, zeros, zeros, (value, front, back) => {
        const sign = value.startsWith("-") ? "-" : "";
        const unsigned = value.slice(sign.length);
        const padded = sign + front + (unsigned.includes(".") ? unsigned + back : `${unsigned}.0${back}`);
        expect(parseDecimal(padded)).toBe(value);
      }),
    );
  });

  it("reads every finite number like decimal.js reads its text", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
        (value) => {
          const exact = new Exact(value);
          const expected = exact.abs().greaterThan("1e30") ? "RangeError" : expectedText(exact);
          expect(parseDecimal(value) ?? "RangeError").toBe(expected);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("decimal", () => {
  it("is the identity on canonical text", () => {
    fc.assert(fc.property(anyDecimal, (value) => decimal(value) === value && isDecimal(value)));
    expect([ZERO, ONE]).toEqual([decimal(0), decimal(1)]);
  });

  it("throws RangeError on what is no decimal", () => {
    expect(() => decimal("12,5")).toThrow(RangeError);
    expect(() => decimal(Number.NaN)).toThrow(RangeError);
    expect(() => decimal("9".repeat(1_000_000))).toThrow(RangeError);
  });
});

describe("toFixedText", () => {
  test.each([
    ["12.5", 2, "12.50"],
    ["12", 2, "12.00"],
    ["-0.5", 1, "-0.5"],
    ["7", 0, "7"],
    ["0", 3, "0.000"],
  ])("writes %s with %d decimals as %s", (value, decimals, expected) => {
    expect(toFixedText(decimal(value), decimals)).toBe(expected);
  });

  it("rule 1: never drops a digit", () => {
    expect(() => toFixedText(decimal("12.345"), 2)).toThrow(RangeError);
    fc.assert(fc.property(anyDecimal, (value) => parseDecimal(toFixedText(value, 20)) === value));
  });

  test.each([-1, 21, 1.5, Number.NaN, Infinity])("refuses %d decimals", (decimals) => {
    expect(() => toFixedText(decimal(1), decimals)).toThrow(RangeError);
  });
});

test("the text oracle itself knows the domain", () => {
  expect(oracleText(-1250n, 2)).toBe("-12.5");
  expect(oracleText(10n ** 50n, 20)).toBeUndefined();
});
