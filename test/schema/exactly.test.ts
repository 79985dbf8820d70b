import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import type { Decimal } from "../../src/core/decimal.js";
import type { LineId } from "../../src/model/ids.js";
import type { Order } from "../../src/model/order.js";
import { exactly } from "../../src/schema/exactly.js";
import { decimalSchema, orderSchema, parseOrder } from "../../src/schema/index.js";

interface Parcel {
  readonly lineId: LineId;
  readonly weight: Decimal;
  readonly marks?: readonly string[];
}
const fields = { lineId: z.string(), weight: decimalSchema };
const marks = z.exactOptional(z.array(z.string()));

describe("schemas and interfaces, held together by the compiler (mission 4.2)", () => {
  it("agree when every field does", () => {
    const schema = exactly<Parcel>()(z.strictObject({ ...fields, marks }));
    expectTypeOf(schema).toEqualTypeOf<z.ZodType<Parcel>>();
    expect(schema.parse({ lineId: "L", weight: 1 })).toEqual({ lineId: "L", weight: "1" });
  });

  it("do not compile when they differ, in an optional field even", () => {
    // @ts-expect-error -- the schema lacks an optional field
    exactly<Parcel>()(z.strictObject(fields));
    // @ts-expect-error -- the schema lacks a field
    exactly<Parcel>()(z.strictObject({ lineId: z.string(), marks }));
    // @ts-expect-error -- the interface lacks a field
    exactly<Parcel>()(z.strictObject({ ...fields, marks, colour: z.string() }));
    // @ts-expect-error -- the interface lacks an optional field
    exactly<Parcel>()(z.strictObject({ ...fields, marks, colour: z.exactOptional(z.string()) }));
    // @ts-expect-error -- the schema would give fields with the value undefined
    exactly<Parcel>()(z.strictObject({ ...fields, marks: marks.optional() }));
    // @ts-expect-error -- the schema demands what the interface leaves open
    exactly<Parcel>()(z.strictObject({ ...fields, marks: z.array(z.string()) }));
    // @ts-expect-error -- plain text is no decimal
    exactly<Parcel>()(z.strictObject({ lineId: z.string(), weight: z.string(), marks }));
    // @ts-expect-error -- the interface knows fewer values
    exactly<"a" | "b">()(z.enum(["a", "b", "c"]));
    // @ts-expect-error -- the interface knows more values
    exactly<"a" | "b" | "c">()(z.enum(["a", "b"]));
    expect(exactly<"a" | "b">()(z.enum(["b", "a"])).safeParse("a").success).toBe(true);
  });

  it("give a host the types of the model", () => {
    expectTypeOf(orderSchema).toEqualTypeOf<z.ZodType<Order>>();
    const result = parseOrder({});
    if (result.ok) expectTypeOf(result.value).toEqualTypeOf<Order>();
    else {
      const [issue] = result.issues;
      if (issue?.code === "schema.too_long")
        expectTypeOf(issue.params).toEqualTypeOf<{ readonly limit: number; readonly length: number }>();
    }
    expect(result.ok).toBe(false);
  });
});
