import type * as z from "zod";
import { isCurrency } from "../core/money.js";
import type { Currency } from "../model/ids.js";
import { readText } from "./read-text.js";

/** A currency code of ISO 4217, in capitals. */
export const currencySchema: z.ZodType<Currency> = /* @__PURE__ */ (() =>
  readText<Currency>("schema.unknown_currency", (text) => (isCurrency(text) ? text : undefined)))();
