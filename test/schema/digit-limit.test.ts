import { describe, expect, it } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { acceptOrderDraft } from "../../src/schema/accept-order-draft.js";
import { isWithinDigits } from "../../src/model/digit-limit.js";
import {
  decimalSchema,
  jsonSchemaOf,
  moneySchema,
  nonNegativeSchema,
  orderDraftSchema,
  parseOrderDraft,
  type SchemaName,
} from "../../src/schema/index.js";
import { parseWith } from "../../src/schema/parse-with.js";
import { PARSERS, refusalOf, SAMPLES } from "./samples.js";

const NINES = "9".repeat(12);
const QUANTITY = { integerDigits: 12, decimals: 6 };
const MONEY = { integerDigits: 12, decimals: 8 };

/** Every field that holds a quantity, a figure of stock or a measure, and every one that holds money. */
const QUANTITY_FIELDS = [
  ...["quantity", "orderedQty", "invoicedQty", "quantum", "loaded", "expected", "actual", "requested", "allocated"],
  ...["short", "open", "picked", "shipped", "delivered", "returned", "backfill", "deferred", "merged", "cancelled"],
  ...["orderMultiple", "minOrderQty", "unitVolume", "unitWeight", "reorderLevel", "minQuantity", "onHand", "reserved"],
  ...["inTransit", "inbound", "onOrder", "maxLengthMetres", "maxHeightMetres", "maxWeightKilograms"],
  ...["clearHeightMetres", "extraMinutes"],
];
const MONEY_FIELDS = [
  ...["unitPrice", "allowance", "lineAmount", "amount", "gross", "allowances", "net", "charges", "payable", "limit"],
  ...["invoicedAmount", "collectedAmount", "receivableExpected", "collected"],
];

/** Places of the numbers in a record: the fields of these names that hold a number or its text. */
function placesOf(value: unknown, names: readonly string[], path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) {
    const isNumber = typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/u.test(value));
    return isNumber && names.includes(path.at(-1) ?? "") ? [path] : [];
  }
  // The parameters of a finding are whatever its code brings.
  return Object.entries(value).flatMap(([name, member]) =>
    name === "params" ? [] : placesOf(member, names, [...path, name]),
  );
}

function withNumber(record: unknown, [name = "", ...rest]: readonly string[], number: unknown): unknown {
  const copy = structuredClone(record) as Record<string, unknown>;
  copy[name] = rest.length === 0 ? number : withNumber(copy[name], rest, number);
  return copy;
}

/** Refusals for too many digits alone: what else a great number breaks is another matter. */
function tooMany(name: SchemaName, record: unknown): unknown[] {
  const result = PARSERS[name](record);
  return (result.ok ? [] : result.issues).filter(({ code }) => code === "schema.too_many_digits");
}

describe("digits at the door (mission 4.2)", () => {
  it.each([
    ["quantity", QUANTITY_FIELDS, QUANTITY],
    ["money", MONEY_FIELDS, MONEY],
  ] as const)("bounds every %s of every record, at its place", (_kind, names, limit) => {
    const seen = new Set<string>();
    for (const [name, samples] of Object.entries(SAMPLES) as [SchemaName, readonly unknown[]][]) {
      for (const sample of samples) {
        for (const place of placesOf(sample, names)) {
          seen.add(place.at(-1)!);
          const path = place.map((step) => (/^\d+$/u.test(step) ? Number(step) : step));
          const refused = (received: string) => [
            { code: "schema.too_many_digits", path, params: { received, ...limit } },
          ];
          const longest = `${NINES}.${"9".repeat(limit.decimals)}`;
          expect(tooMany(name, withNumber(sample, place, longest))).toEqual([]);
          expect(tooMany(name, withNumber(sample, place, `1.5${"0".repeat(20)}`))).toEqual([]);
          expect(tooMany(name, withNumber(sample, place, `${longest}1`))).toEqual(refused(`${longest}1`));
          expect(tooMany(name, withNumber(sample, place, `1${NINES}`))).toEqual(refused(`1${NINES}`));
        }
      }
    }
    expect(names.filter((name) => !seen.has(name))).toEqual([]);
  });

  it("bounds the figures of the sales history on either side of zero", () => {
    const [record] = SAMPLES.salesRecord as readonly Record<string, unknown>[];
    const parse = (quantity: string, unitPrice: string) =>
      refusalOf(PARSERS.salesRecord({ ...record, quantity, unitPrice }));
    expect(parse(`-${NINES}.999999`, `-${NINES}.99999999`)).toEqual([]);
    expect(parse("-0.0000001", "-0.000000001")).toEqual([
      "schema.too_many_digits quantity",
      "schema.too_many_digits unitPrice",
    ]);
    expect(parse(`-1${NINES}`, `-1${NINES}`)).toHaveLength(2);
  });

  it("bounds percentages, and tells of their range first", () => {
    const parse = (percent: unknown) =>
      parseOrderDraft({
        ...(SAMPLES.orderDraft[0] as object),
        lines: [{ itemCode: "TEA", quantity: 1, discount: { kind: "percent", percent } }],
      });
    for (const percent of ["100.0000000", "99.999999", "0.000001", 1e-6]) expect(parse(percent).ok).toBe(true);
    const result = parse("0.0000001");
    expect(result.ok ? [] : result.issues).toStrictEqual([
      {
        code: "schema.too_many_digits",
        path: ["lines", 0, "discount", "percent"],
        params: { received: "0.0000001", integerDigits: 3, decimals: 6 },
      },
    ]);
    expect(refusalOf(parse("100.0000001"))).toEqual(["schema.out_of_range lines.0.discount.percent"]);
  });

  it("bounds the terms of a fraction once it is in lowest terms", () => {
    const parse = (numerator: unknown, denominator: unknown) => {
      const [, item] = SAMPLES.item as readonly Record<string, unknown>[];
      return PARSERS.item({ ...item, units: [{ uom: "PAL", factor: { numerator, denominator } }] });
    };
    for (const [numerator, denominator] of [
      [NINES, 1],
      [1, NINES],
      [`${NINES}0`, "10.000"],
      ["0.00000000001", 1],
    ]) {
      expect(parse(numerator, denominator).ok).toBe(true);
    }
    for (const [numerator, denominator] of [
      [`1${NINES}`, "1"],
      ["1", `1${NINES}`],
      ["0.000000000001", "1"],
    ] as const) {
      const result = parse(numerator, denominator);
      expect(result.ok ? [] : result.issues).toStrictEqual([
        {
          code: "schema.too_many_digits",
          path: ["units", 0, "factor"],
          params: { received: `${numerator}/${denominator}`, integerDigits: 12, decimals: 0 },
        },
      ]);
    }
  });

  it("is the same by the quick way and by the schema", () => {
    const draft = { ...(SAMPLES.orderDraft[1] as object) };
    const line = { itemCode: "TEA", quantity: 1 };
    const withLine = (change: object) => ({ ...draft, lines: [{ ...line, ...change }] });
    const inputs: readonly (readonly [fits: unknown, doesNot: unknown])[] = [
      [withLine({ quantity: "0.000001" }), withLine({ quantity: 1e-7 })],
      [withLine({ quantity: NINES }), withLine({ quantity: 1e12 })],
      [withLine({ unitPrice: 1e-8 }), withLine({ unitPrice: "0.000000001" })],
      [withLine({ unitPrice: NINES }), withLine({ unitPrice: `1${NINES}` })],
      [
        withLine({ discount: { kind: "amount", amount: 1e-8 } }),
        withLine({ discount: { kind: "amount", amount: 1e-9 } }),
      ],
      [
        withLine({ discount: { kind: "percent", percent: 1e-6 } }),
        withLine({ discount: { kind: "percent", percent: 1e-7 } }),
      ],
      [
        { ...withLine({}), charges: [{ kind: "tax", amount: 1e-8 }] },
        { ...withLine({}), charges: [{ kind: "tax", amount: 1e-9 }] },
      ],
    ];
    for (const [fits, doesNot] of inputs) {
      expect(acceptOrderDraft(fits)).toBeDefined();
      expect(parseWith(orderDraftSchema, fits, {}).ok).toBe(true);
      expect(acceptOrderDraft(doesNot)).toBeUndefined();
      expect(refusalOf(parseOrderDraft(doesNot))).toEqual(refusalOf(parseWith(orderDraftSchema, doesNot, {})));
      expect(parseOrderDraft(doesNot).ok).toBe(false);
    }
  });

  it("counts the digits on each side of the point, the sign left aside", () => {
    const limit = { integerDigits: 2, decimals: 1 };
    for (const value of ["0", "99", "-99", "99.9", "-99.9", "-0.1"])
      expect(isWithinDigits(decimal(value), limit)).toBe(true);
    for (const value of ["100", "-100", "100.1", "0.01", "-0.01"])
      expect(isWithinDigits(decimal(value), limit)).toBe(false);
  });

  it("leaves a plain decimal its 40 digits, and gives a host schemas for figures of its own", () => {
    const longest = `${"9".repeat(20)}.${"9".repeat(20)}`;
    expect(decimalSchema.parse(longest)).toBe(longest);
    expect(nonNegativeSchema.safeParse("0.0000001").success).toBe(false);
    expect(moneySchema.parse("0.0000001")).toBe("0.0000001");
  });

  it("stands in the JSON Schema, for numbers given as text, zeros left aside", () => {
    const patternOf = (name: SchemaName, field: string): RegExp => {
      const { properties } = jsonSchemaOf(name) as { properties: Record<string, { pattern: string }> };
      return new RegExp(properties[field]!.pattern, "u");
    };
    const onHand = patternOf("stockPosition", "onHand");
    const quantity = patternOf("stockMovement", "quantity");
    const price = patternOf("priceEntry", "unitPrice");
    const cases: readonly (readonly [RegExp, fits: readonly string[], doNot: readonly string[]])[] = [
      [onHand, ["0", "-0.00", `00${NINES}.9999990`], [`1${NINES}`, "0.0000001", "-1"]],
      [quantity, ["0.0000010", `00${NINES}.9999990`, "1.0000000"], [`1${NINES}`, "0.0000001", "0.00"]],
      [price, ["0", "0.000000010", `${NINES}.99999999`], [`1${NINES}`, "0.000000001"]],
    ];
    for (const [pattern, fits, doNot] of cases) {
      expect(fits.filter((text) => !pattern.test(text))).toEqual([]);
      expect(doNot.filter((text) => pattern.test(text))).toEqual([]);
    }
  });
});
