import type * as z from "zod";

/** A type without read-only marks and without the names of ids, to compare what a schema gives with an interface. */
type Bare<T> = unknown extends T
  ? T
  : T extends string
    ? string extends T
      ? string
      : T
    : T extends number | boolean | null | undefined
      ? T
      : T extends readonly (infer Member)[]
        ? Bare<Member>[]
        : { -readonly [Name in keyof T]: Bare<T[Name]> };

/** Whether two types are the same, optional fields included; mutual assignability would not see those. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- T defers the comparison until A and B are known
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Proof<Output, T> = Same<Bare<Output>, Bare<T>> extends true ? unknown : { readonly differsFrom: T };

/**
 * Ties a schema to the interface that it stands for: they must agree in every field, or the program does not compile.
 *
 * @returns a function that takes the schema and gives it back under the type of the interface
 */
export function exactly<T>(): <Schema extends z.ZodType>(schema: Schema & Proof<z.output<Schema>, T>) => z.ZodType<T> {
  return (schema) => schema as unknown as z.ZodType<T>;
}
