import * as z from "zod";
import { add, sum, type Decimal } from "../core/decimal.js";
import type { Invoice, InvoiceLine } from "../model/invoice.js";
import { currencySchema } from "./currency-schema.js";
import { moneySchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { transactionCategorySchema } from "./order-terms-schema.js";
import { report } from "./schema-check.js";
import { shortened } from "./schema-issue.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema } from "./time-schema.js";

const invoiceLineSchema: z.ZodType<InvoiceLine> = /* @__PURE__ */ (() =>
  exactly<InvoiceLine>()(
    z.strictObject({
      lineId: nameSchema,
      itemCode: nameSchema,
      itemName: remarkSchema,
      transactionCategory: transactionCategorySchema,
      quantity: quantitySchema,
      baseUom: nameSchema,
      unitPrice: moneySchema,
      priceUom: nameSchema,
      amount: moneySchema,
    }),
  ))();

/**
 * An invoice.
 *
 * **Rules**
 * 1. Net is the sum of the lines, and payable is net and charges.
 *
 * **Source:** mission 15.1, 15.3
 */
export const invoiceSchema: z.ZodType<Invoice> = /* @__PURE__ */ (() =>
  exactly<Invoice>()(
    z
      .strictObject({
        invoiceNo: nameSchema,
        orderNo: nameSchema,
        customerCode: nameSchema,
        customerPoNo: z.exactOptional(nameSchema),
        currency: currencySchema,
        issuedOn: calendarDaySchema,
        dueOn: calendarDaySchema,
        lines: z.array(invoiceLineSchema),
        net: moneySchema,
        charges: moneySchema,
        payable: moneySchema,
      })
      .check((context) => reportSums(context)),
  ))();

function reportSums(context: z.core.ParsePayload<Invoice>): void {
  const { lines, net, charges, payable } = context.value;
  const differ = (expected: Decimal, actual: Decimal, field: string): void => {
    if (expected === actual) return;
    const params = {
      rule: "totals",
      expected: shortened(expected),
      actual: shortened(actual),
    } as const;
    report(context, actual, "schema.inconsistent", params, [field]);
  };
  differ(sum(lines.map(({ amount }) => amount)), net, "net");
  differ(add(net, charges), payable, "payable");
}
