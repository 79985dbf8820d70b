import { compare, isNegative, isPositive, subtract, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { isFree } from "../model/agreed-amount.js";
import type { QuantityAdded, QuantityMoved, TermsSet } from "../model/change.js";
import { isWithinDigits, MONEY_DIGITS } from "../model/digit-limit.js";
import type { LineId } from "../model/ids.js";
import { keptInBaseUnit } from "../model/kept-quantity.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { moreOfLine, negativeAmounts, type AddedLineIssue, type PriceField } from "./added-lines.js";
import type { AmendHeaderIssue } from "./amend-header.js";
import type { LineAmendment } from "./amend-order.js";
import { cancellable, cancellingMoves } from "./cancel-order.js";
import { isSame } from "./is-same.js";

/** Why lines cannot be agreed anew. */
export type AmendLinesIssue =
  | AddedLineIssue
  | Extract<AmendHeaderIssue, { readonly code: "amend.already_invoiced" }>
  | IssueOf<{
      "amend.unknown_line": { readonly lineId: LineId };
      "amend.listed_twice": { readonly lineId: LineId };
      "amend.below_least": { readonly lineId: LineId; readonly quantity: Decimal; readonly least: Decimal };
      "amend.quantity_negative": { readonly lineId: LineId; readonly quantity: Decimal };
      "amend.negative": { readonly lineId: LineId; readonly field: PriceField; readonly amount: Decimal };
      "amend.free_line": { readonly lineId: LineId };
      "price.amount_out_of_range": { readonly amount: Decimal };
    }>;

type LineTerms = NonNullable<TermsSet["lines"]>[number];

/** What changes on the lines. */
export interface LinesAmendment {
  /** Every reason against it. */
  readonly issues: readonly AmendLinesIssue[];
  /** Growing lines, in the order of the command. */
  readonly added: readonly QuantityAdded[];
  /** What is cancelled, in the order in which goods are put back. */
  readonly cancelled: readonly QuantityMoved[];
  /** Prices and discounts. */
  readonly terms: readonly LineTerms[];
  /** Lines that change, in the order of the order. */
  readonly lineIds: readonly LineId[];
}

/** Finds out what of the lines changes and whether it may. */
export function amendLines(order: Order, amendments: readonly LineAmendment[]): LinesAmendment {
  const lineOf = new Map(order.lines.map((line) => [line.lineId, line]));
  const issues: AmendLinesIssue[] = [];
  const added: QuantityAdded[] = [];
  const terms: LineTerms[] = [];
  const less = new Map<LineId, readonly QuantityMoved[]>();
  const seen = new Set<LineId>();
  for (const [place, amendment] of amendments.entries()) {
    const { lineId } = amendment;
    const path = ["lines", place];
    const line = lineOf.get(lineId);
    if (line === undefined) {
      issues.push(issue("amend.unknown_line", path, { lineId }));
      continue;
    }
    if (seen.has(lineId)) issues.push(issue("amend.listed_twice", path, { lineId }));
    seen.add(lineId);
    const quantity = quantityOf(line, amendment, path);
    issues.push(...quantity.issues);
    added.push(...quantity.added);
    less.set(lineId, quantity.cancelled);
    const agreed = termsOf(order, line, amendment, path);
    issues.push(...agreed.issues);
    terms.push(...agreed.terms);
  }
  const cancelled = [...order.lines].reverse().flatMap(({ lineId }) => less.get(lineId) ?? []);
  const touched = new Set([...added, ...cancelled, ...terms].map(({ lineId }) => lineId));
  const lineIds = order.lines.flatMap(({ lineId }) => (touched.has(lineId) ? [lineId] : []));
  return { issues, added, cancelled, terms, lineIds };
}

function quantityOf(
  line: OrderLine,
  { quantity }: LineAmendment,
  path: readonly (string | number)[],
): Pick<LinesAmendment, "issues" | "added" | "cancelled"> {
  const { lineId } = line;
  const nothing = { issues: [], added: [], cancelled: [] };
  if (quantity === undefined) return nothing;
  if (isNegative(quantity)) {
    return { ...nothing, issues: [issue("amend.quantity_negative", [...path, "quantity"], { lineId, quantity })] };
  }
  const kept = keptInBaseUnit(line);
  const more = subtract(quantity, kept);
  if (isPositive(more)) {
    const grown = moreOfLine(line, more, path);
    return grown.ok ? { ...nothing, added: [grown.value] } : { ...nothing, issues: grown.issues };
  }
  const least = subtract(kept, cancellable(line));
  if (compare(quantity, least) < 0) {
    return { ...nothing, issues: [issue("amend.below_least", path, { lineId, quantity, least })] };
  }
  return { ...nothing, cancelled: isNegative(more) ? cancellingMoves(line, subtract(kept, quantity)) : [] };
}

function termsOf(
  { billing }: Order,
  line: OrderLine,
  amendment: LineAmendment,
  path: readonly (string | number)[],
): Pick<LinesAmendment, "terms"> & { readonly issues: readonly AmendLinesIssue[] } {
  const { lineId } = line;
  const unitPrice = amendment.unitPrice ?? line.unitPrice;
  const discount = amendment.discount === "none" ? undefined : (amendment.discount ?? line.discount);
  const fields = [
    ...(unitPrice === line.unitPrice ? [] : ["unitPrice"]),
    ...(isSame(discount, line.discount) ? [] : ["discount"]),
  ];
  if (fields.length === 0) return { terms: [], issues: [] };
  const priceAgreed = amendment.unitPrice === undefined ? line.priceAgreed : true;
  const agreed = {
    ...(unitPrice === undefined ? {} : { unitPrice }),
    ...(priceAgreed === undefined ? {} : { priceAgreed }),
    ...(discount === undefined ? {} : { discount }),
  };
  const issues: AmendLinesIssue[] = negativeAmounts(agreed).map(([field, amount]) =>
    issue("amend.negative", [...path, field], { lineId, field, amount }),
  );
  if (isFree(line)) issues.push(issue("amend.free_line", path, { lineId }));
  const invoices = billing.invoices.length;
  if (invoices > 0) issues.push(issue("amend.already_invoiced", path, { fields, invoices }));
  if (unitPrice !== undefined && !isWithinDigits(unitPrice, MONEY_DIGITS)) {
    issues.push(issue("price.amount_out_of_range", [...path, "unitPrice"], { amount: unitPrice }));
  }
  return { terms: [{ lineId, ...agreed }], issues };
}
