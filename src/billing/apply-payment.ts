import { compare, isPositive, minimum, scaleOf, subtract, ZERO, type Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import { issue, type IssueOf } from "../core/issue.js";
import { minorUnitOf } from "../core/money.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { Currency, OrderNo } from "../model/ids.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import { amountDue } from "../model/kept-totals.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { paymentShape } from "./command-shapes.js";

/** Command: money came in for an order. */
export interface ApplyPayment {
  /** Id from the bank or the till, new on the order. */
  readonly paymentId: string;
  /** Money received. */
  readonly amount: Decimal;
  /** Its currency. */
  readonly currency: Currency;
  /** When it was received. */
  readonly receivedAt: Instant;
  /** What becomes of money beyond what is due: `refuse` the payment, or apply what is due and `refund` the rest. */
  readonly overpayment: "refuse" | "refund";
}

/** Why a payment is refused. */
export type ApplyPaymentIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | IssueOf<{
      "payment.not_priced": { readonly orderNo: OrderNo };
      "payment.id_taken": { readonly paymentId: string };
      "payment.not_positive": { readonly amount: Decimal };
      "payment.finer_than_currency": {
        readonly amount: Decimal;
        readonly currency: Currency;
        readonly decimals: number;
      };
      "payment.other_currency": { readonly currency: Currency; readonly expected: Currency };
      "payment.exceeds_due": { readonly amount: Decimal; readonly due: Decimal };
    }>;

/**
 * Applies a payment to an order, before or after its invoices.
 *
 * **Rules**
 * 1. A payment is positive, in the order's currency and not finer than its minor unit, and its id is new on the order.
 * 2. No more is applied than is due: what the order costs as it stands (`keptTotals`, without what was cancelled, merged or
 *    came back), or what was billed if that is more, less what was paid before. The rest is refunded or the payment refused.
 * 3. Before the first invoice its rounding is not known: shares of lines that are kept in part count rounded up.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 15.1, 7.2, 11.1
 * @example
 * ```ts
 * import { applyPayment, decimal, instant } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", unitPrice: "2.5" }] });
 * const payment = { paymentId: "P-1", amount: decimal("30"), currency: "EUR", receivedAt: instant("2026-03-09T10:00:00Z"), overpayment: "refund" as const };
 * const result = applyPayment(order, payment, anyContext());
 * result.ok && result.value.order.billing.collectedAmount; // => "25"
 * result.ok && result.value.requests; // => [{"type":"refund","orderNo":"SO-1","amount":"5"}]
 * ```
 */
export function applyPayment(
  order: Order,
  command: ApplyPayment,
  context: DecisionContext,
): Result<Outcome, ApplyPaymentIssue> {
  const misshapen = commandFaults(command, paymentShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { paymentId, amount, currency, receivedAt, overpayment } = command;
  const { orderNo, totals, billing, header } = order;
  const issues: ApplyPaymentIssue[] = checkTransition(order, "pay");
  if (billing.payments.some((payment) => payment.paymentId === paymentId)) {
    issues.push(issue("payment.id_taken", ["paymentId"], { paymentId }));
  }
  issues.push(...checkNames({ paymentId }));
  if (!isPositive(amount)) issues.push(issue("payment.not_positive", ["amount"], { amount }));
  const decimals = minorUnitOf(currency);
  if (currency !== header.currency) {
    issues.push(issue("payment.other_currency", ["currency"], { currency, expected: header.currency }));
  } else if (decimals !== undefined && scaleOf(amount) > decimals) {
    issues.push(issue("payment.finer_than_currency", ["amount"], { amount, currency, decimals }));
  }
  if (totals === undefined) issues.push(issue("payment.not_priced", ["totals"], { orderNo }));
  const due = amountDue(order);
  const isTooMuch = totals !== undefined && compare(amount, due) > 0;
  // Money for an order that owes nothing cannot be applied at all, whatever becomes of the rest.
  if (isTooMuch && (overpayment === "refuse" || !isPositive(due))) {
    issues.push(issue("payment.exceeds_due", ["amount"], { amount, due }));
  }
  if (issues.length > 0) return refuse(issues);

  const applied = minimum(amount, due);
  const rest = subtract(amount, applied);
  const requests: HostRequest[] = rest === ZERO ? [] : [{ type: "refund", orderNo, amount: rest }];
  const payment = { paymentId, amount: applied, receivedAt };
  const changes = [{ kind: "billing_set", payment } as const];
  return ok(
    recordEvent(
      order,
      { type: "payment_applied", details: { paymentId, amount: applied }, changes, requests },
      context,
    ),
  );
}
