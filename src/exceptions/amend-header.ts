import { issue, type IssueOf } from "../core/issue.js";
import { BUCKETS } from "../model/bucket.js";
import { checkDays, type DayIssue } from "../model/check-days.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { DeliveryWaveId, LineId } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import {
  AMENDABLE_FIELDS,
  type AmendableField,
  type HeaderTerms,
  type OptionalAmendableField,
  type Order,
} from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { DELIVERY_FIELDS } from "../model/papers.js";
import { isSame } from "./is-same.js";

/** Why header fields cannot be agreed anew. */
export type AmendHeaderIssue =
  | NameIssue
  | DayIssue
  | IssueOf<{
      "enter.unknown_wave": { readonly deliveryWaveId: DeliveryWaveId };
      "amend.set_and_cleared": { readonly field: AmendableField };
      "amend.goods_on_their_way": { readonly fields: readonly AmendableField[]; readonly lineIds: readonly LineId[] };
      "amend.nothing_to_deliver": { readonly fields: readonly AmendableField[] };
      "amend.already_invoiced": { readonly fields: readonly string[]; readonly invoices: number };
    }>;

/** What changes on the header. */
export interface HeaderAmendment {
  /** Every reason against it. */
  readonly issues: readonly AmendHeaderIssue[];
  /** Fields that get another value. */
  readonly set: HeaderTerms;
  /** Fields that are gone. */
  readonly cleared: readonly OptionalAmendableField[];
  /** All fields that change, in the order of the header's list. */
  readonly fields: readonly AmendableField[];
  /** Whether where or when goods go changes. */
  readonly isDelivery: boolean;
}

/** Fields that say how the customer pays. */
const PAYMENT: readonly AmendableField[] = ["paymentMeans", "paymentTerm"];

/** Fields that are codes or names. */
const NAMES = ["deliveryWaveId", "paymentMeans", "salespersonCode", "customerPoNo"] as const;

/** Finds out what of the header changes and whether it may. */
export function amendHeader(
  order: Order,
  given: { readonly header?: HeaderTerms; readonly cleared?: readonly OptionalAmendableField[] },
  { deliveryWaves }: Pick<Masters, "deliveryWaves">,
): HeaderAmendment {
  const { header: wanted = {}, cleared: wantedGone = [] } = given;
  const set: Partial<Record<AmendableField, unknown>> = {};
  const cleared: OptionalAmendableField[] = [];
  const issues: AmendHeaderIssue[] = [];
  for (const field of AMENDABLE_FIELDS) {
    const isGone = (wantedGone as readonly AmendableField[]).includes(field);
    const value = wanted[field];
    if (isGone && value !== undefined) issues.push(issue("amend.set_and_cleared", ["cleared"], { field }));
    if (isGone && order.header[field] !== undefined) cleared.push(field as OptionalAmendableField);
    if (!isGone && value !== undefined && !isSame(value, order.header[field])) set[field] = value;
  }
  const fields = AMENDABLE_FIELDS.filter((field) => field in set || (cleared as readonly string[]).includes(field));
  const terms = set as HeaderTerms;
  issues.push(...namesOf(terms));
  const { deliveryWaveId } = terms;
  if (deliveryWaveId !== undefined && !deliveryWaves.has(deliveryWaveId)) {
    issues.push(issue("enter.unknown_wave", ["header", "deliveryWaveId"], { deliveryWaveId }));
  }
  const delivery = fields.filter((field) => DELIVERY_FIELDS.includes(field));
  if (delivery.length > 0) {
    const lineIds = order.lines.filter(isOnItsWay).map(({ lineId }) => lineId);
    if (lineIds.length > 0) issues.push(issue("amend.goods_on_their_way", ["header"], { fields: delivery, lineIds }));
    else if (!order.lines.some(isInHouse)) {
      issues.push(issue("amend.nothing_to_deliver", ["header"], { fields: delivery }));
    }
  }
  const payment = fields.filter((field) => PAYMENT.includes(field));
  const invoices = order.billing.invoices.length;
  if (payment.length > 0 && invoices > 0) {
    issues.push(issue("amend.already_invoiced", ["header"], { fields: payment, invoices }));
  }
  const isDelivery = delivery.length > 0;
  return { issues, set: terms, cleared, fields, isDelivery };
}

function namesOf(terms: HeaderTerms): AmendHeaderIssue[] {
  const named = NAMES.flatMap((field) => (terms[field] === undefined ? [] : [[field, terms[field]] as const]));
  const areas = (terms.deliveryAreaPath ?? []).map((area, level) => [`deliveryAreaPath ${level + 1}`, area] as const);
  const { requestedDeliveryDate } = terms;
  const found = [...checkNames(Object.fromEntries([...named, ...areas])), ...checkDays({ requestedDeliveryDate })];
  return found.map((one) => ({ ...one, path: ["header", ...one.path] }));
}

function isOnItsWay({ quantities, reservations }: OrderLine): boolean {
  return quantities.shipped !== "0" || reservations.some(({ loaded }) => loaded !== undefined);
}

/** Whether something of a line is still to leave the house. */
function isInHouse({ quantities }: OrderLine): boolean {
  const left = BUCKETS.filter(
    (bucket) => !["shipped", "delivered", "returned", "merged", "cancelled"].includes(bucket),
  );
  return left.some((bucket) => quantities[bucket] !== "0");
}
