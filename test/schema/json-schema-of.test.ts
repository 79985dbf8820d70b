import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonSchemaOf, SCHEMA_NAMES, type SchemaName } from "../../src/schema/index.js";
import { corrupted } from "./corrupted.js";
import { PARSERS, SAMPLES } from "./samples.js";

const compile = (name: SchemaName): ValidateFunction => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile(jsonSchemaOf(name));
};
const DRAFT = { orderNo: "1", customerCode: "2", receivedAt: "2026-03-02T09:00Z", orderDate: "2026-03-02" };

describe("JSON Schema (mission 4.2, 4.13)", () => {
  it.each(SCHEMA_NAMES)("of %s is valid, complete in itself and plain data", (name) => {
    const schema = jsonSchemaOf(name);
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `urn:ordercycle:${name}`,
    });
    expect(schema).toMatchObject({ title: expect.any(String), description: expect.any(String) });
    expect(JSON.parse(JSON.stringify(schema))).toStrictEqual(schema);
    expect(compile(name)).toBeTypeOf("function");
  });

  it.each(SCHEMA_NAMES)("of %s accepts every sample", (name) => {
    const validate = compile(name);
    for (const sample of SAMPLES[name]) {
      validate(sample);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it.each(SCHEMA_NAMES)("of %s accepts whatever the parser accepts (rule 2)", (name) => {
    const validate = compile(name);
    let accepted = 0;
    fc.assert(
      fc.property(corrupted(SAMPLES[name]), (input) => {
        if (!PARSERS[name](input).ok) return;
        accepted += 1;
        validate(JSON.parse(JSON.stringify(input)));
        expect(validate.errors ?? []).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it("describes numbers as text or JSON numbers (rule 1)", () => {
    const { $defs: _defs, ...schema } = jsonSchemaOf("salesRecord") as {
      $defs?: unknown;
      properties: Record<string, unknown>;
    };
    expect(schema.properties.quantity).toStrictEqual({
      type: ["string", "number"],
      pattern: "^-?0*[0-9]{1,12}(\\.[0-9]{1,6}0*)?$",
    });
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ["no lines", { ...DRAFT, lines: [] }],
    ["a zero quantity", { ...DRAFT, lines: [{ itemCode: "A", quantity: "0.00" }] }],
    ["a zero number", { ...DRAFT, lines: [{ itemCode: "A", quantity: 0 }] }],
    ["a negative price", { ...DRAFT, lines: [{ itemCode: "A", quantity: 1, unitPrice: "-1" }] }],
    ["a negative number as price", { ...DRAFT, lines: [{ itemCode: "A", quantity: 1, unitPrice: -1 }] }],
    ["a quantity with too many digits", { ...DRAFT, lines: [{ itemCode: "A", quantity: "0.0000001" }] }],
    ["a price with too many digits", { ...DRAFT, lines: [{ itemCode: "A", quantity: 1, unitPrice: "1000000000000" }] }],
    ["a decimal comma", { ...DRAFT, lines: [{ itemCode: "A", quantity: "1,5" }] }],
    ["a day that is none", { ...DRAFT, orderDate: "2026-02-30", lines: [{ itemCode: "A", quantity: 1 }] }],
    ["a time without offset", { ...DRAFT, receivedAt: "2026-03-02T09:00", lines: [{ itemCode: "A", quantity: 1 }] }],
    ["an empty code", { ...DRAFT, orderNo: "", lines: [{ itemCode: "A", quantity: 1 }] }],
    ["a line feed in a code", { ...DRAFT, orderNo: "a\n", lines: [{ itemCode: "A", quantity: 1 }] }],
    ["an unknown currency", { ...DRAFT, currency: "XXQ", lines: [{ itemCode: "A", quantity: 1 }] }],
    ["an unknown field", { ...DRAFT, colour: "red", lines: [{ itemCode: "A", quantity: 1 }] }],
    [
      "a percentage beyond 100",
      { ...DRAFT, lines: [{ itemCode: "A", quantity: 1, discount: { kind: "percent", percent: 101 } }] },
    ],
    ["a missing field", { ...DRAFT, lines: [{ itemCode: "A" }] }],
  ];
  it.each(wrong)("refuses %s as the parser does", (_what, input) => {
    expect(compile("orderDraft")(input)).toBe(false);
    expect(PARSERS.orderDraft(input).ok).toBe(false);
  });
});
