import * as z from "zod";

/** A counter from 1 on: the number of a line, the place of a stop. */
export const counterSchema: z.ZodType<number> = /* @__PURE__ */ (() => z.int().min(1))();

/** A count that may be nothing: days, versions. */
export const countSchema: z.ZodType<number> = /* @__PURE__ */ (() => z.int().min(0))();

/** A whole number of either sign: a floor, cellars below zero. */
export const wholeNumberSchema: z.ZodType<number> = /* @__PURE__ */ (() => z.int())();
