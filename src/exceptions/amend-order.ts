import type { Decimal } from "../core/decimal.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { Change } from "../model/change.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { LineId } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import type { HeaderTerms, OptionalAmendableField, Order } from "../model/order.js";
import type { LineDiscount } from "../model/order-line.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { issue, type IssueOf } from "../core/issue.js";
import { addOnObstacles, type AddOnObstacle, type AddOnPolicy } from "./add-on-obstacles.js";
import { reviewedAgain } from "./add-to-order.js";
import { amendHeader, type AmendHeaderIssue } from "./amend-header.js";
import { amendLines, type AmendLinesIssue } from "./amend-lines.js";
import { consentNeeded, type CancelOrderContext, type CancelOrderIssue } from "./cancel-order.js";
import { priceAmendment, type AmendmentPricing, type PriceAmendmentIssue } from "./price-amendment.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { amendmentShape } from "./command-shapes.js";

/** What is agreed anew for a line. */
export interface LineAmendment {
  /** Line. */
  readonly lineId: LineId;
  /** What the customer is to have of it in all, in the base unit; absent when that stays. */
  readonly quantity?: Decimal;
  /** Money for one unit of the order; absent when that stays. */
  readonly unitPrice?: Decimal;
  /** Discount, or that there is none any more; absent when that stays. */
  readonly discount?: LineDiscount | "none";
}

/** Command: what seller and customer agree on anew. */
export interface AmendOrder {
  /** Why, in the site's own code. */
  readonly reason: string;
  /** The customer's consent where the policy asks for it, as a reference to what was agreed. */
  readonly consent?: string;
  /** Header fields, each whole. */
  readonly header?: HeaderTerms;
  /** Header fields that the order is to be without. */
  readonly cleared?: readonly OptionalAmendableField[];
  /** Lines, each once. */
  readonly lines?: readonly LineAmendment[];
}

/** What amending needs to know. */
export interface AmendOrderContext
  extends DecisionContext, Pick<CancelOrderContext, "consentFrom">, Pick<AmendmentPricing, "pricing"> {
  /** Prices and delivery waves. */
  readonly masters: Pick<Masters, "prices" | "deliveryWaves">;
  /** How long it takes to get more goods onto a vehicle. */
  readonly addOn: AddOnPolicy;
}

/** Why nothing is amended. */
export type AmendOrderIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | AmendHeaderIssue
  | AmendLinesIssue
  | AddOnObstacle
  | PriceAmendmentIssue
  | Extract<CancelOrderIssue, { readonly code: "cancel.consent_needed" }>
  | IssueOf<{ "amend.nothing_changes": { readonly orderNo: string } }>;

/**
 * Amends an order: quantities up and down, where and when it goes, terms of payment, price and discount of a line.
 *
 * **Rules**
 * 1. More of a line is added as by `addToOrder` and has the same obstacles; less of it is cancelled as by `cancelOrder`,
 *    the quantity with the least work behind it first, and with the customer's consent where the policy asks for it.
 * 2. Where and when goods go can change while some are still in the house and none are loaded or on their way: one order
 *    has one address.
 * 3. Terms of payment, prices and discounts can change until something was invoiced; goods that cost nothing have none.
 * 4. What stays as it is counts as no amendment; at least one thing must change.
 * 5. Lines are priced as agreed; promotions stay as they were until they are asked to be worked out again.
 * 6. Papers that name what changed are to be printed anew, deliveries to be planned anew, and the customer is told. An
 *    order that was reviewed but is not confirmed is to be reviewed again.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 14.3, 14.4, 14.5; definition B19
 * @example
 * ```ts
 * import { amendOrder, decimal, indexMasters } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { open: "4", allocated: "6" } }] });
 * const context = { ...anyContext(), masters: indexMasters({}), addOn: { pickMinutes: 45 }, pricing: { rounding: "halfUp" as const } };
 * const command = { reason: "less_needed", header: { remark: "ring twice" }, lines: [{ lineId: "SO-1-1", quantity: decimal("5") }] };
 * const result = amendOrder(order, command, context);
 * result.ok && result.value.movements.map(({ kind, quantity }) => [kind, quantity]); // => [["release", "1"]]
 * result.ok && result.value.requests.map(({ type }) => type); // => ["reprint", "notify_customer"]
 * ```
 */
export function amendOrder(
  order: Order,
  command: AmendOrder,
  context: AmendOrderContext,
): Result<Outcome, AmendOrderIssue> {
  const misshapen = commandFaults(command, amendmentShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { orderNo, totals } = order;
  const { reason, consent } = command;
  const forbidden = checkTransition(order, "amend");
  const header = amendHeader(order, command, context.masters);
  const lines = amendLines(order, command.lines ?? []);
  const issues: AmendOrderIssue[] = [
    ...forbidden,
    ...checkNames({ reason, ...(consent === undefined ? {} : { consent }) }),
    ...header.issues,
    ...lines.issues,
  ];
  const { added, cancelled, terms, lineIds } = lines;
  // What may not be amended at all may not grow either; that need not be said twice.
  if (added.length > 0 && forbidden.length === 0) {
    const agreedHeader = { ...order, header: { ...order.header, ...header.set } };
    issues.push(...addOnObstacles(agreedHeader, context.at, context));
  }
  if (consent === undefined) {
    issues.push(
      ...(consentNeeded(cancelled, context) as Extract<AmendOrderIssue, { code: "cancel.consent_needed" }>[]),
    );
  }
  const isEmpty = header.fields.length === 0 && lineIds.length === 0;
  if (isEmpty && issues.length === 0) issues.push(issue("amend.nothing_changes", [], { orderNo }));
  if (issues.length > 0) return refuse(issues);

  const agreed: Change[] =
    header.fields.length + terms.length === 0
      ? []
      : [
          {
            kind: "terms_set",
            ...(Object.keys(header.set).length === 0 ? {} : { header: header.set }),
            ...(header.cleared.length === 0 ? {} : { cleared: header.cleared }),
            ...(terms.length === 0 ? {} : { lines: terms }),
          },
        ];
  const changes: Change[] = [...agreed, ...cancelled, ...added];
  const dearer = [...new Set([...added, ...terms].map(({ lineId }) => lineId))];
  const prices = priceAmendment(order, changes, dearer, context);
  if (!prices.ok) return refuse(prices.issues);
  changes.push(...prices.value, ...reviewedAgain(order));

  const mayCostElse = header.fields.includes("paymentTerm")
    ? order.lines.map(({ lineId }) => lineId)
    : added.map(({ lineId }) => lineId);
  const day = { ...order.header, ...header.set }.requestedDeliveryDate;
  const requests: HostRequest[] = [
    ...(header.isDelivery && !header.cleared.includes("requestedDeliveryDate") && day !== undefined
      ? [{ type: "plan_delivery", orderNo, cause: "amendment", day } as const]
      : header.isDelivery
        ? [{ type: "plan_delivery", orderNo, cause: "amendment" } as const]
        : []),
    ...(totals === undefined || mayCostElse.length === 0
      ? []
      : [{ type: "reprice", orderNo, lineIds: mayCostElse } as const]),
    { type: "notify_customer", orderNo, template: "order_amended" },
  ];
  const details = { reason, ...(consent === undefined ? {} : { consent }), fields: header.fields, lineIds };
  return ok(recordEvent(order, { type: "order_amended", details, changes, requests }, context));
}
