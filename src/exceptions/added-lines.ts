import { add, divideExactly, isNegative, isPositive, multiply, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { orderedInBaseUnit } from "../model/apply-changes.js";
import type { LineAdded, QuantityAdded } from "../model/change.js";
import { isWithinDigits, QUANTITY_DIGITS } from "../model/digit-limit.js";
import type { ItemCode, LineId, OrderNo, Uom } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import { baseQuantityOf, newOrderLine } from "../model/new-order-line.js";
import { nextLineNo } from "../model/next-line-no.js";
import type { Order } from "../model/order.js";
import type { LineDiscount, OrderLine, TransactionCategory } from "../model/order-line.js";

/** More of a line that the order has. */
export interface MoreOfLine {
  /** Line. */
  readonly lineId: LineId;
  /** How much more, in the unit of the line. */
  readonly quantity: Decimal;
}

/** A line that the order has not yet. */
export interface NewLine {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity in `uom`. */
  readonly quantity: Decimal;
  /** Unit; the item's base unit when absent. */
  readonly uom?: Uom;
  /** What the line is for; `sale` when absent. */
  readonly transactionCategory?: TransactionCategory;
  /** Agreed price for one `uom`; from the price structure when absent. */
  readonly unitPrice?: Decimal;
  /** Agreed discount. */
  readonly discount?: LineDiscount;
}

/** What joins an order: more of a line, or a new line. */
export type AddedLine = MoreOfLine | NewLine;

/** Why lines cannot be added. */
export type AddedLineIssue = IssueOf<{
  "add.no_lines": { readonly orderNo: OrderNo };
  "add.unknown_line": { readonly lineId: LineId };
  "add.listed_twice": { readonly lineId: LineId };
  "add.gift_line": { readonly lineId: LineId };
  "add.negative": { readonly field: PriceField; readonly amount: Decimal };
  "enter.unknown_item": { readonly itemCode: ItemCode };
  "enter.unknown_unit": { readonly itemCode: ItemCode; readonly uom: Uom; readonly known: readonly Uom[] };
  "enter.quantity_not_positive": { readonly itemCode: ItemCode; readonly quantity: Decimal };
  "enter.quantity_out_of_range": { readonly itemCode: ItemCode; readonly quantity: Decimal; readonly baseUom: Uom };
  "enter.quantity_not_exact": { readonly itemCode: ItemCode; readonly quantity: Decimal; readonly uom: Uom };
}>;

/** A change by which an order grows. */
export type GrowthChange = QuantityAdded | LineAdded;

/**
 * Works out the changes by which lines join an order.
 *
 * @param masters items
 * @returns one change for each of them, in their order, or every reason why there is none
 */
export function addedLines(
  order: Pick<Order, "orderNo" | "lines" | "lastLineNo">,
  added: readonly AddedLine[],
  masters: Pick<Masters, "items">,
): Result<readonly GrowthChange[], AddedLineIssue> {
  const { orderNo, lines } = order;
  const issues: AddedLineIssue[] = [];
  const changes: GrowthChange[] = [];
  const lineOf = new Map(lines.map((line) => [line.lineId, line]));
  const seen = new Set<LineId>();
  let lineNo = nextLineNo(order);
  if (added.length === 0) issues.push(issue("add.no_lines", ["lines"], { orderNo }));
  for (const [place, one] of added.entries()) {
    const path = ["lines", place];
    if ("itemCode" in one) {
      const line = newLine(order, one, lineNo, masters, path);
      lineNo += 1;
      if (line.ok) changes.push({ kind: "line_added", line: line.value });
      else issues.push(...line.issues);
      continue;
    }
    const { lineId, quantity } = one;
    const line = lineOf.get(lineId);
    if (line === undefined) {
      issues.push(issue("add.unknown_line", path, { lineId }));
      continue;
    }
    if (seen.has(lineId)) issues.push(issue("add.listed_twice", path, { lineId }));
    seen.add(lineId);
    const { unitFactor, itemCode, uom } = line;
    const base = divideExactly(multiply(quantity, unitFactor.numerator), unitFactor.denominator);
    if (base === undefined) issues.push(issue("enter.quantity_not_exact", path, { itemCode, quantity, uom }));
    else {
      const grown = moreOfLine(line, base, path);
      if (grown.ok) changes.push(grown.value);
      else issues.push(...grown.issues);
    }
  }
  return issues.length > 0 ? refuse(issues) : ok(changes);
}

/**
 * The change by which a line grows.
 *
 * @param quantity how much more, in the base unit
 */
export function moreOfLine(
  line: OrderLine,
  quantity: Decimal,
  path: readonly (string | number)[],
): Result<QuantityAdded, AddedLineIssue> {
  const { lineId, itemCode, uom, baseUom, unitFactor, giftOf } = line;
  if (!isPositive(quantity)) return refuse([issue("enter.quantity_not_positive", path, { itemCode, quantity })]);
  const issues: AddedLineIssue[] = [];
  if (giftOf !== undefined) issues.push(issue("add.gift_line", path, { lineId }));
  const total = add(orderedInBaseUnit(line), quantity);
  const ordered = divideExactly(multiply(total, unitFactor.denominator), unitFactor.numerator);
  if (ordered === undefined) issues.push(issue("enter.quantity_not_exact", path, { itemCode, quantity, uom }));
  else if (![quantity, total, ordered].every((figure) => isWithinDigits(figure, QUANTITY_DIGITS))) {
    issues.push(issue("enter.quantity_out_of_range", path, { itemCode, quantity: total, baseUom }));
  }
  return issues.length > 0 ? refuse(issues) : ok({ kind: "quantity_added", lineId, quantity });
}

function newLine(
  { orderNo, lines }: Pick<Order, "orderNo" | "lines">,
  given: NewLine,
  lineNo: number,
  { items }: Pick<Masters, "items">,
  path: readonly (string | number)[],
): Result<OrderLine, AddedLineIssue> {
  const { itemCode, quantity, unitPrice, discount } = given;
  const issues: AddedLineIssue[] = negativeAmounts(given).map(([field, amount]) =>
    issue("add.negative", [...path, field], { field, amount }),
  );
  const item = items.get(itemCode);
  if (item === undefined) return refuse([...issues, issue("enter.unknown_item", path, { itemCode })]);
  if (!isPositive(quantity)) {
    return refuse([...issues, issue("enter.quantity_not_positive", path, { itemCode, quantity })]);
  }
  const uom = given.uom ?? item.baseUom;
  const base = baseQuantityOf(item, quantity, uom);
  if (base.kind === "unknown_unit")
    issues.push(issue("enter.unknown_unit", path, { itemCode, uom, known: base.known }));
  if (base.kind === "not_exact") issues.push(issue("enter.quantity_not_exact", path, { itemCode, quantity, uom }));
  const tooLong = base.kind === "out_of_range" ? base.quantity : quantity;
  if (base.kind === "out_of_range" || !isWithinDigits(quantity, QUANTITY_DIGITS)) {
    issues.push(issue("enter.quantity_out_of_range", path, { itemCode, quantity: tooLong, baseUom: item.baseUom }));
  }
  if (base.kind !== "exact" || issues.length > 0) return refuse(issues);
  // A new line is served on the terms of the order that it joins.
  const [first] = lines;
  const life = first?.minimumRemainingLifeDays;
  return ok(
    newOrderLine(item, base, {
      lineId: `${orderNo}-${lineNo}`,
      lineNo,
      transactionCategory: given.transactionCategory ?? "sale",
      orderedQty: quantity,
      uom,
      ...(unitPrice === undefined ? {} : { unitPrice, priceAgreed: true }),
      ...(discount === undefined ? {} : { discount }),
      partialAllowed: first?.partialAllowed ?? true,
      shortagePolicy: first?.shortagePolicy ?? "leaveOpen",
      ...(life === undefined ? {} : { minimumRemainingLifeDays: life }),
    }),
  );
}

/** A field in which money of a line is agreed. */
export type PriceField = "unitPrice" | "discount";

/** Prices and discounts below zero, by field. */
export function negativeAmounts({
  unitPrice,
  discount,
}: {
  readonly unitPrice?: Decimal;
  readonly discount?: LineDiscount;
}): (readonly [field: PriceField, amount: Decimal])[] {
  const amounts = [
    ["unitPrice", unitPrice ?? ZERO],
    ["discount", (discount?.kind === "percent" ? discount.percent : discount?.amount) ?? ZERO],
  ] as const;
  return amounts.filter(([, amount]) => isNegative(amount));
}
