import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { buildCouponCodes, isCouponCode } from "../../../src/pricing/promotions/build-coupon-codes.js";

/** Chance that is the same every time. */
function chance(seed: number): (n: number) => number {
  let state = seed;
  return (n) => (state = (state * 48_271) % 2_147_483_647) % n;
}
const FORMAT = { prefix: "TEA-", length: 6 };
const READABLE = "23456789ABCDEFGHJKLMNPQRSTVWXYZ";

describe("buildCouponCodes and isCouponCode (mission 6.3)", () => {
  it("writes codes with prefix, body and check character, the same from the same chance", () => {
    const codes = buildCouponCodes(3, FORMAT, chance(7));
    expect(codes).toHaveLength(3);
    expect(buildCouponCodes(3, FORMAT, chance(7))).toEqual(codes);
    for (const code of codes) {
      expect(code).toMatch(/^TEA-[2-9A-HJ-NP-TV-Z]{7}$/u);
      expect(isCouponCode(code, FORMAT)).toBe(true);
    }
    expect(buildCouponCodes(0, FORMAT, chance(7))).toEqual([]);
  });

  it("rule 2: no code comes twice, though chance repeats itself", () => {
    let draws = 0;
    const stubborn = (n: number) => Math.floor(draws++ / 12) % n;
    const codes = buildCouponCodes(20, { prefix: "", length: 4 }, stubborn);
    expect(new Set(codes).size).toBe(20);
  });

  test.each([
    ["too short", { ...FORMAT, length: 3 }],
    ["too long", { ...FORMAT, length: 33 }],
    ["no whole length", { ...FORMAT, length: 4.5 }],
    ["one character", { ...FORMAT, alphabet: "A" }],
    ["a character twice", { ...FORMAT, alphabet: "ABA" }],
    [
      "more than 64 characters",
      { ...FORMAT, alphabet: String.fromCharCode(...Array.from({ length: 65 }, (_c, i) => 48 + i)) },
    ],
    ["characters of two units", { ...FORMAT, alphabet: "😀😁" }],
  ])("throws for a format that cannot be: %s", (_what, format) => {
    expect(() => buildCouponCodes(1, format, chance(1))).toThrow(RangeError);
    expect(() => isCouponCode("TEA-234567", format)).toThrow(RangeError);
  });

  test.each([-1, 1.5, Number.NaN, 100_000])("throws for %d codes of four characters out of ten", (count) => {
    expect(() => buildCouponCodes(count, { prefix: "", length: 4, alphabet: "0123456789" }, chance(1))).toThrow(
      RangeError,
    );
  });

  it("writes up to a hundredth of those that could be written", () => {
    const format = { prefix: "", length: 4, alphabet: "0123456789" };
    expect(new Set(buildCouponCodes(100, format, chance(1))).size).toBe(100);
    expect(() => buildCouponCodes(101, format, chance(1))).toThrow(RangeError);
  });

  test.each([31, -1, 0.5, Number.NaN])("throws when chance answers %d for 31", (drawn) => {
    expect(() => buildCouponCodes(1, FORMAT, () => drawn)).toThrow(`from 0 to 30 was needed, not ${drawn}.`);
  });

  it("waits for chance to change its mind, but not for ever", () => {
    const from = (other: number) => {
      let drawn = 0;
      return () => ((drawn += 1) > other * FORMAT.length ? 1 : 0);
    };
    expect(buildCouponCodes(2, FORMAT, from(120))).toHaveLength(2);
    expect(() => buildCouponCodes(2, FORMAT, from(121))).toThrow("Chance draws the same codes again and again.");
  });

  test.each([
    ["", false],
    ["TEA-", false],
    ["TEE-2222222", false],
    ["TEA-222222", false],
    ["TEA-22222222", false],
    ["tea-2222222", false],
    ["TEA-2222222", true],
    ["TEA-222222?", false],
    ["TEA-22222I2", false],
    ["TEA-😀22222", false],
  ])("isCouponCode(%j) is %s", (code, expected) => {
    expect(isCouponCode(code, FORMAT)).toBe(expected);
  });

  const anyCode = fc
    .tuple(fc.integer({ min: 4, max: 32 }), fc.integer({ min: 1, max: 2_147_483_646 }))
    .map(([length, seed]) => {
      const format = { prefix: "P", length };
      return { format, code: buildCouponCodes(1, format, chance(seed))[0] ?? "" };
    });

  it("rule 2: every single wrong character is caught", () => {
    fc.assert(
      fc.property(anyCode, fc.nat(), fc.integer({ min: 1, max: 30 }), ({ code, format }, at, by) => {
        const place = 1 + (at % format.length);
        const wrong = READABLE[(READABLE.indexOf(code.charAt(place)) + by) % READABLE.length] ?? "";
        expect(isCouponCode(code.slice(0, place) + wrong + code.slice(place + 1), format)).toBe(false);
      }),
    );
  });

  it("rule 2: every exchange of neighbours is caught", () => {
    fc.assert(
      fc.property(anyCode, fc.nat(), ({ code, format }, at) => {
        const place = 1 + (at % (format.length - 1));
        const [first, second] = [code.charAt(place), code.charAt(place + 1)];
        fc.pre(first !== second);
        const turned = `${code.slice(0, place)}${second}${first}${code.slice(place + 2)}`;
        expect(isCouponCode(turned, format)).toBe(false);
      }),
    );
  });

  it("rule 2: of an alphabet that is no prime number every single wrong character is caught all the same", () => {
    const format = { prefix: "", length: 8, alphabet: "0123456789" };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_147_483_646 }),
        fc.nat({ max: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (seed, place, by) => {
          const [code = ""] = buildCouponCodes(1, format, chance(seed));
          const wrong = String((Number(code.charAt(place)) + by) % 10);
          expect(isCouponCode(code.slice(0, place) + wrong + code.slice(place + 1), format)).toBe(false);
        },
      ),
    );
  });
});
