import { decimal } from "../core/decimal.js";

/**
 * Brings the named fields of a plain object into canonical decimal text, where they are present.
 *
 * @param plain object whose named fields are decimal text such as `"12.50"`
 * @param fields names of the fields
 * @returns a new object; absent fields stay absent
 * @throws RangeError when a named field is not a decimal
 */
export function withDecimals<Shape extends object>(plain: Shape, fields: readonly (keyof Shape & string)[]): Shape {
  const canonical = fields.flatMap((field) => {
    const text: unknown = plain[field];
    return typeof text === "string" ? [[field, decimal(text)] as const] : [];
  });
  return { ...plain, ...Object.fromEntries(canonical) };
}
