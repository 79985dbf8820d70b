import { describe, expect, it } from "vitest";
import { parseOrderDraft, SCHEMA_NAMES, type SchemaIssue } from "../../src/schema/index.js";
import { FULL_DRAFT, PARSERS, refusalOf, SAMPLES } from "./samples.js";

const parsed = (input: unknown): unknown => {
  const result = parseOrderDraft(input);
  return result.ok ? result.value : result.issues;
};
const issuesOf = (change: Record<string, unknown>): readonly SchemaIssue[] => {
  const result = parseOrderDraft({ ...FULL_DRAFT, ...change });
  return result.ok ? [] : result.issues;
};
const lineWith = (change: Record<string, unknown>): Record<string, unknown> => ({
  lines: [{ itemCode: "TEA", quantity: "1", ...change }],
});

describe("parsing valid records (mission 4.2, 4.13)", () => {
  it.each(SCHEMA_NAMES)("takes every sample of %s", (name) => {
    for (const sample of SAMPLES[name]) expect(PARSERS[name](sample)).toMatchObject({ ok: true });
  });

  it.each(SCHEMA_NAMES)("gives back of %s what it would take again, unchanged", (name) => {
    for (const sample of SAMPLES[name]) {
      const first = PARSERS[name](sample);
      const stored: unknown = JSON.parse(JSON.stringify(first.ok ? first.value : null));
      expect(PARSERS[name](stored)).toStrictEqual(first);
    }
  });

  it("normalises decimals and instants", () => {
    expect(
      parsed({
        orderNo: "1",
        customerCode: "C",
        receivedAt: "2026-03-02T10:00+01:00",
        orderDate: "2026-03-02",
        lines: [{ itemCode: "TEA", quantity: 12.5, unitPrice: "2.50" }],
      }),
    ).toStrictEqual({
      orderNo: "1",
      customerCode: "C",
      receivedAt: "2026-03-02T09:00:00.000Z",
      orderDate: "2026-03-02",
      lines: [{ itemCode: "TEA", quantity: "12.5", unitPrice: "2.5" }],
    });
  });

  it("takes a field with the value undefined as absent and leaves it out", () => {
    const { remark: _remark, ...rest } = FULL_DRAFT;
    expect(parsed({ ...rest, remark: undefined })).toStrictEqual(parsed(rest));
    expect(Object.keys(parsed({ ...rest, remark: undefined }) as object)).not.toContain("remark");
    expect(refusalOf(parseOrderDraft({ ...rest, orderNo: undefined }))).toEqual(["schema.required orderNo"]);
  });

  it("shares nothing with the input and does not touch it (rule 2)", () => {
    const input = structuredClone(FULL_DRAFT);
    const value = parsed(input) as typeof FULL_DRAFT;
    expect(value.lines).not.toBe(input.lines);
    expect(value.lines[0]).not.toBe(input.lines[0]);
    expect(value.shipToAddress).not.toBe(input.shipToAddress);
    expect(value.deliveryRequirement.services).not.toBe(input.deliveryRequirement.services);
    expect(input).toStrictEqual(FULL_DRAFT);
  });

  it("takes objects without prototype and from other realms", () => {
    expect(parseOrderDraft(Object.assign(Object.create(null), FULL_DRAFT)).ok).toBe(true);
  });
});

describe("refusing a record (mission 4.2, 4.13)", () => {
  const received = (text: string) => ({ received: text });
  const cases: readonly (readonly [
    what: string,
    change: Record<string, unknown>,
    code: string,
    path: string,
    params: unknown,
  ])[] = [
    ["a missing field", { orderNo: undefined }, "schema.required", "orderNo", {}],
    ["null for a field", { remark: null }, "schema.wrong_type", "remark", { expected: "text", received: "null" }],
    ["a number for a code", { orderNo: 7 }, "schema.wrong_type", "orderNo", { expected: "text", received: "number" }],
    ["text for a list", { lines: "x" }, "schema.wrong_type", "lines", { expected: "array", received: "text" }],
    [
      "a list for a record",
      { shipToAddress: [] },
      "schema.wrong_type",
      "shipToAddress",
      { expected: "object", received: "array" },
    ],
    [
      "text for yes or no",
      { preBooked: "yes" },
      "schema.wrong_type",
      "preBooked",
      { expected: "boolean", received: "text" },
    ],
    [
      "an object for a decimal",
      lineWith({ quantity: {} }),
      "schema.wrong_type",
      "lines.0.quantity",
      { expected: "decimal number", received: "object" },
    ],
    [
      "a number for an instant",
      { receivedAt: 0 },
      "schema.wrong_type",
      "receivedAt",
      { expected: "text", received: "number" },
    ],
    ["a number for a choice", { channel: 1 }, "schema.wrong_type", "channel", { expected: "text", received: "number" }],
    [
      "a number for a kind",
      lineWith({ discount: { kind: 1 } }),
      "schema.wrong_type",
      "lines.0.discount.kind",
      { expected: "text", received: "number" },
    ],
    [
      "a big integer",
      lineWith({ quantity: 10n }),
      "schema.wrong_type",
      "lines.0.quantity",
      { expected: "plain data", received: "bigint" },
    ],
    [
      "a function",
      { remark: () => "x" },
      "schema.wrong_type",
      "remark",
      { expected: "plain data", received: "function" },
    ],
    [
      "a date object",
      { receivedAt: new Date(0) },
      "schema.wrong_type",
      "receivedAt",
      { expected: "plain data", received: "instance of a class" },
    ],
    ["NaN", lineWith({ quantity: NaN }), "schema.not_finite", "lines.0.quantity", received("NaN")],
    [
      "1e400",
      lineWith({ quantity: JSON.parse("1e400") }),
      "schema.not_finite",
      "lines.0.quantity",
      received("Infinity"),
    ],
    ["a decimal comma", lineWith({ quantity: "12,5" }), "schema.not_a_decimal", "lines.0.quantity", received("12,5")],
    [
      "digits of another script",
      lineWith({ quantity: "١٢" }),
      "schema.not_a_decimal",
      "lines.0.quantity",
      received("١٢"),
    ],
    ["an exponent in text", lineWith({ quantity: "1e3" }), "schema.not_a_decimal", "lines.0.quantity", received("1e3")],
    ["a blank decimal", lineWith({ quantity: "" }), "schema.not_a_decimal", "lines.0.quantity", received("")],
    [
      "more digits than a decimal has",
      lineWith({ quantity: "1".repeat(50) }),
      "schema.not_a_decimal",
      "lines.0.quantity",
      received(`${"1".repeat(39)}…`),
    ],
    ["a zero quantity", lineWith({ quantity: "0.00" }), "schema.not_positive", "lines.0.quantity", received("0.00")],
    ["a negative quantity", lineWith({ quantity: -3 }), "schema.not_positive", "lines.0.quantity", received("-3")],
    ["a negative price", lineWith({ unitPrice: "-0.01" }), "schema.negative", "lines.0.unitPrice", received("-0.01")],
    [
      "more than all of it",
      lineWith({ discount: { kind: "percent", percent: "100.1" } }),
      "schema.out_of_range",
      "lines.0.discount.percent",
      { received: "100.1", minimum: "0", maximum: "100" },
    ],
    [
      "a negative percentage",
      lineWith({ discount: { kind: "percent", percent: -1 } }),
      "schema.out_of_range",
      "lines.0.discount.percent",
      { received: "-1", minimum: "0", maximum: "100" },
    ],
    ["half a line number", lineWith({ lineNo: 1.5 }), "schema.not_an_integer", "lines.0.lineNo", received("1.5")],
    [
      "line number 0",
      lineWith({ lineNo: 0 }),
      "schema.out_of_range",
      "lines.0.lineNo",
      { received: "0", minimum: "1" },
    ],
    [
      "a line number beyond whole numbers",
      lineWith({ lineNo: 2 ** 60 }),
      "schema.out_of_range",
      "lines.0.lineNo",
      { received: "1152921504606847000", maximum: "9007199254740991" },
    ],
    ["30 February", { orderDate: "2026-02-30" }, "schema.not_a_calendar_day", "orderDate", received("2026-02-30")],
    [
      "a time without offset",
      { receivedAt: "2026-03-02T09:00:00" },
      "schema.not_an_instant",
      "receivedAt",
      received("2026-03-02T09:00:00"),
    ],
    [
      "24:00",
      { deliveryRequirement: { windowFrom: "24:00" } },
      "schema.not_a_local_time",
      "deliveryRequirement.windowFrom",
      received("24:00"),
    ],
    ["an unknown currency", { currency: "XXQ" }, "schema.unknown_currency", "currency", received("XXQ")],
    [
      "a currency that is a key of objects",
      { currency: "constructor" },
      "schema.unknown_currency",
      "currency",
      received("constructor"),
    ],
    [
      "a value outside a choice",
      { paymentTerm: "later" },
      "schema.not_allowed",
      "paymentTerm",
      { received: "later", allowed: ["prepaid", "cash", "credit"] },
    ],
    [
      "an unknown kind",
      lineWith({ discount: { kind: "gift" } }),
      "schema.not_allowed",
      "lines.0.discount.kind",
      { received: "gift", allowed: ["percent", "amount"] },
    ],
    ["a missing kind", lineWith({ discount: {} }), "schema.required", "lines.0.discount.kind", {}],
    ["an unknown field", { colour: "red" }, "schema.unknown_field", "colour", { field: "colour" }],
    ["an unknown field of a line", lineWith({ qty: 1 }), "schema.unknown_field", "lines.0.qty", { field: "qty" }],
    ["an empty code", { customerCode: "" }, "schema.empty", "customerCode", {}],
    [
      "a line feed in a code",
      { customerCode: "C\n1" },
      "schema.control_character",
      "customerCode",
      { character: "U+000A" },
    ],
    [
      "a control character of the upper set in a code",
      { customerCode: "C\u0085" },
      "schema.control_character",
      "customerCode",
      { character: "U+0085" },
    ],
    [
      "a null character in a remark",
      { remark: "a\u0000" },
      "schema.control_character",
      "remark",
      { character: "U+0000" },
    ],
    ["half a surrogate pair", { remark: "a\uD83D" }, "schema.lone_surrogate", "remark", {}],
    [
      "text of a megabyte",
      { remark: "x".repeat(1_000_000) },
      "schema.too_long",
      "remark",
      { limit: 4_000, length: 1_000_000 },
    ],
    [
      "a million lines",
      { lines: new Array(1_000_000).fill({}) },
      "schema.too_many",
      "lines",
      { limit: 10_000, count: 1_000_000 },
    ],
    [
      "a huge list that is hardly filled",
      { charges: Object.assign([], { length: 2 ** 32 - 1 }) },
      "schema.too_many",
      "charges",
      { limit: 10_000, count: 2 ** 32 - 1 },
    ],
    ["no line", { lines: [] }, "schema.too_few", "lines", { limit: 1, count: 0 }],
    ["a hole in a list", { charges: new Array(1) }, "schema.required", "charges.0", {}],
    [
      "two lines of a number",
      {
        lines: [
          { itemCode: "A", quantity: 1, lineNo: 4 },
          { itemCode: "B", quantity: 1, lineNo: 4 },
        ],
      },
      "schema.duplicate",
      "lines.1.lineNo",
      { of: "lineNo", received: "4", first: 0 },
    ],
    [
      "numbers on some lines only",
      {
        lines: [
          { itemCode: "A", quantity: 1, lineNo: 4 },
          { itemCode: "B", quantity: 1 },
        ],
      },
      "schema.inconsistent",
      "lines",
      { rule: "line_numbers", expected: "2", actual: "1" },
    ],
  ];
  it.each(cases)("tells %s by its code", (_what, change, code, path, params) => {
    const issues = issuesOf(change);
    expect(issues.map((issue) => ({ ...issue, path: issue.path.join(".") }))).toStrictEqual([{ code, path, params }]);
  });

  it("tells all that is wrong at once, whoever finds it (rule 1)", () => {
    const input = {
      ...FULL_DRAFT,
      colour: 1,
      orderDate: "x",
      remark: "\uDC00",
      lines: [{ itemCode: "", quantity: NaN, q: 1 }],
    };
    expect([...refusalOf(parseOrderDraft(input))].sort()).toEqual([
      "schema.empty lines.0.itemCode",
      "schema.lone_surrogate remark",
      "schema.not_a_calendar_day orderDate",
      "schema.not_finite lines.0.quantity",
      "schema.unknown_field colour",
      "schema.unknown_field lines.0.q",
    ]);
  });

  it("tells a missing record from one of the wrong kind", () => {
    expect(parseOrderDraft(undefined)).toStrictEqual({
      ok: false,
      issues: [{ code: "schema.required", path: [], params: {} }],
    });
    for (const [input, kind] of [
      [null, "null"],
      ["{}", "text"],
      [3, "number"],
      [true, "boolean"],
      [[], "array"],
    ] as const) {
      const params = { expected: "object", received: kind };
      expect(parseOrderDraft(input)).toStrictEqual({
        ok: false,
        issues: [{ code: "schema.wrong_type", path: [], params }],
      });
    }
  });

  it("repeats no more than 40 characters of what came", () => {
    const [issue] = issuesOf({ paymentTerm: `😀${"y".repeat(3_000)}` });
    expect(issue?.params).toMatchObject({ received: `😀${"y".repeat(37)}…` });
    const [field] = issuesOf({ ["z".repeat(150)]: 1 });
    expect(field?.params).toStrictEqual({ field: `${"z".repeat(39)}…` });
  });
});
