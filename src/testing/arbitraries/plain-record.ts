import { record, type Arbitrary } from "fast-check";

/** The arbitrary value of each field. */
export type Fields<Shape> = { [Field in keyof Shape]: Arbitrary<Shape[Field]> };

/**
 * Plain records with all of the given fields.
 *
 * @param fields the arbitrary value of each field
 */
export function plainRecord<Shape>(fields: Fields<Shape>): Arbitrary<Shape> {
  return record<Shape>(fields, { noNullPrototype: true });
}

/**
 * Plain records in which each of the given fields may be absent, but never present and undefined.
 *
 * @param fields the arbitrary value of each field
 */
export function optionalFields<Shape>(fields: Fields<Shape>): Arbitrary<Partial<Shape>> {
  return record<Shape, never>(fields, { noNullPrototype: true, requiredKeys: [] }) as Arbitrary<Partial<Shape>>;
}
