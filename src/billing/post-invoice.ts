import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { Invoice } from "../model/invoice.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { buildInvoice, type BuildInvoiceIssue, type InvoiceTerms } from "./build-invoice.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { invoiceTermsShape } from "./command-shapes.js";

/** Command: bill what was delivered. */
export type PostInvoice = InvoiceTerms;

/** Why an invoice cannot be posted. */
export type PostInvoiceIssue = CommandShapeIssue | TransitionIssue | BuildInvoiceIssue;

/** The outcome of posting an invoice, and the invoice. */
export interface InvoiceOutcome extends Outcome {
  /** The invoice, to be sent to the customer. */
  readonly invoice: Invoice;
}

/**
 * Builds the invoice for what was delivered and posts it: the order remembers what was billed, and the customer owes it.
 *
 * **Rules**
 * 1. The invoice is what `buildInvoice` builds from the order at this moment, so it cannot differ from the order.
 * 2. No active hold may block invoicing, on the order or on a line that the invoice bills.
 *
 * @param order as last stored
 * @returns the outcome with the invoice, or every reason against it
 *
 * **Source:** mission 15.1, 7.3
 * @example
 * ```ts
 * import { calendarDay, postInvoice } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", unitPrice: "2.5", quantities: { delivered: "10" } }] });
 * const terms = { invoiceNo: "INV-1", issuedOn: calendarDay("2026-03-05"), dueOn: calendarDay("2026-04-04"), rounding: "halfUp" as const };
 * const result = postInvoice(order, terms, anyContext());
 * result.ok && result.value.order.billing.invoicedAmount; // => "25"
 * ```
 */
export function postInvoice(
  order: Order,
  command: PostInvoice,
  context: DecisionContext,
): Result<InvoiceOutcome, PostInvoiceIssue> {
  const misshapen = commandFaults(command, invoiceTermsShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const built = buildInvoice(order, command);
  const lineIds = built.ok ? built.value.lines.map(({ lineId }) => lineId) : [];
  const forbidden = checkTransition(order, "invoice", lineIds);
  if (!built.ok) return refuse([...forbidden, ...built.issues]);
  if (forbidden.length > 0) return refuse(forbidden);

  const invoice = built.value;
  const { invoiceNo, issuedOn, dueOn, charges, payable } = invoice;
  const outcome = recordEvent(
    order,
    {
      type: "invoice_posted",
      details: { invoiceNo, payable },
      changes: [
        {
          kind: "billing_set",
          invoice: { invoiceNo, issuedOn, dueOn, charges, rounding: command.rounding, payable },
          invoicedLines: invoice.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
        },
      ],
    },
    context,
  );
  return ok({ ...outcome, invoice });
}
