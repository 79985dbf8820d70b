import { ROUNDING_MODES } from "../core/decimal.js";
import { anything, day, decimalText, fields, moment, oneOf, oneOfAll, text, type Shape } from "../model/value-shape.js";
import type { ApplyPayment } from "./apply-payment.js";
import type { InvoiceTerms } from "./build-invoice.js";

/** Terms of an invoice; its number is looked at by `checkNames`. */
export const invoiceTermsShape: Shape = /* @__PURE__ */ (() =>
  fields<InvoiceTerms>({ invoiceNo: anything, issuedOn: day, dueOn: day, rounding: oneOfAll(ROUNDING_MODES) }))();

/** Command of a payment. */
export const paymentShape: Shape = /* @__PURE__ */ (() =>
  fields<ApplyPayment>({
    paymentId: anything,
    amount: decimalText,
    currency: text,
    receivedAt: moment,
    overpayment: oneOf<ApplyPayment["overpayment"]>({ refuse: true, refund: true }),
  }))();
