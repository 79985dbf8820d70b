import * as z from "zod";
import { report } from "./schema-check.js";
import { shortened } from "./schema-issue.js";

/** Characters that a code or an id must not hold: stock keys join ids with line feeds, labels and messages lose them. */
const CONTROL_CHARACTER = /\p{Cc}/u;

/** Free text may be broken into lines and tabulated; no other control character survives XML or EDI. */
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

/**
 * Text of one line that names something: a code, an id, a number of a document.
 *
 * **Rules**
 * 1. It is not empty.
 * 2. It holds no control character, line feeds and tabs included.
 *
 * **Source:** mission 4.2
 */
export const nameSchema: z.ZodType<string> = /* @__PURE__ */ (() =>
  z.string().check((context) => {
    if (context.value === "") report(context, context.value, "schema.empty", {});
    reportCharacter(context, CONTROL_CHARACTER);
  }))();

/**
 * Free text for people, of one line or more.
 *
 * **Rules**
 * 1. It may be empty.
 * 2. Of the control characters, only tab, line feed and carriage return may stand in it.
 */
export const remarkSchema: z.ZodType<string> = /* @__PURE__ */ (() =>
  z.string().check((context) => reportCharacter(context, UNPRINTABLE)))();

/** Digits 0 to 9 alone, as in a global trade item number; at least one, leading zeros kept. */
export const digitsSchema: z.ZodType<string> = /* @__PURE__ */ (() =>
  z.string().check((context) => {
    if (!/^[0-9]+$/.test(context.value))
      report(context, context.value, "schema.not_digits", { received: shortened(context.value) });
  }))();

function reportCharacter(context: z.core.ParsePayload<string>, forbidden: RegExp): void {
  const found = forbidden.exec(context.value)?.[0];
  if (found === undefined) return;
  const character = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  report(context, context.value, "schema.control_character", { character });
}
