import {
  compare,
  divideExactly,
  isMultipleOf,
  isNegative,
  isPositive,
  multiply,
  ONE,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { Rational } from "../../core/unit-conversion.js";
import { isWithinDigits, MONEY_DIGITS, QUANTITY_DIGITS, TERM_DIGITS } from "../../model/digit-limit.js";
import type { ItemCode, LineId } from "../../model/ids.js";
import type { Item } from "../../model/item.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";
import { shortOf } from "./propose-substitutes.js";
import type { Exchange } from "./substitute-quantity.js";

/** Why a quantity cannot be replaced by way of a proposal. */
export type ExchangeIssue = IssueOf<{
  "substitute.quantity_not_positive": { readonly lineId: LineId; readonly quantity: Decimal };
  "substitute.more_than_proposed": { readonly quantity: Decimal; readonly proposed: Decimal };
  "substitute.more_than_short": { readonly lineId: LineId; readonly quantity: Decimal; readonly short: Decimal };
  "substitute.all_or_nothing": { readonly lineId: LineId; readonly quantity: Decimal; readonly short: Decimal };
  "substitute.not_exact": { readonly quantity: Decimal; readonly substitute: ItemCode };
  "substitute.not_a_multiple": {
    readonly itemCode: ItemCode;
    readonly quantity: Decimal;
    readonly multiple: Decimal;
  };
}>;

/** Whether the figures of a proposal agree with each other and with order and item, wherever it was kept meanwhile. */
export function isProposalFor(
  { orderNo, header }: Order,
  line: OrderLine,
  item: Item,
  proposal: SubstituteProposal,
): boolean {
  const { way, replaces, quantity, ratio, orderedQty, uom, unitFactor, unitPrice, discount } = proposal;
  const unit = [{ uom: item.baseUom, factor: WHOLE }, ...(item.units ?? [])].find((one) => one.uom === uom);
  const figures = [replaces, quantity, orderedQty];
  const terms = [ratio.numerator, ratio.denominator, unitFactor.numerator, unitFactor.denominator];
  const off = discount === undefined ? ZERO : discount.kind === "percent" ? discount.percent : discount.amount;
  return (
    proposal.line.orderNo === orderNo &&
    proposal.customerCode === header.customerCode &&
    way.length > 1 &&
    way[0] === line.itemCode &&
    way.at(-1) === item.itemCode &&
    figures.every((figure) => isPositive(figure) && isWithinDigits(figure, QUANTITY_DIGITS)) &&
    terms.every((term) => isPositive(term) && isWithinDigits(term, TERM_DIGITS)) &&
    multiply(quantity, ratio.denominator) === multiply(replaces, ratio.numerator) &&
    unit?.factor.numerator === unitFactor.numerator &&
    unit.factor.denominator === unitFactor.denominator &&
    multiply(orderedQty, unitFactor.numerator) === multiply(quantity, unitFactor.denominator) &&
    [unitPrice ?? ZERO, off].every((amount) => !isNegative(amount) && isWithinDigits(amount, MONEY_DIGITS))
  );
}

const WHOLE: Rational = { numerator: ONE, denominator: ONE };

/**
 * What of a line is replaced by how much, when a proposal or a part of it is carried out.
 *
 * @param chosen what of the line, in its base unit; absent for all that the proposal replaces
 * @returns the exchange, or every reason why it cannot be
 */
export function exchangeOf(
  line: OrderLine,
  { itemCode, quantum, orderMultiple }: Item,
  proposal: SubstituteProposal,
  chosen: Decimal | undefined,
): Result<Exchange, ExchangeIssue> {
  const { lineId } = line;
  const replaces = chosen ?? proposal.replaces;
  const path = chosen === undefined ? ["proposal"] : ["quantity"];
  if (!isPositive(replaces))
    return refuse([issue("substitute.quantity_not_positive", path, { lineId, quantity: replaces })]);
  const issues: ExchangeIssue[] = [];
  const [proposed, short] = [proposal.replaces, shortOf(line)];
  if (compare(replaces, proposed) > 0)
    issues.push(issue("substitute.more_than_proposed", path, { quantity: replaces, proposed }));
  if (compare(replaces, short) > 0)
    issues.push(issue("substitute.more_than_short", path, { lineId, quantity: replaces, short }));
  if (!line.partialAllowed && compare(replaces, short) < 0)
    issues.push(issue("substitute.all_or_nothing", path, { lineId, quantity: replaces, short }));
  if (issues.length > 0) return refuse(issues);
  const { numerator, denominator } = proposal.ratio;
  const quantity = divideExactly(multiply(replaces, numerator), denominator);
  if (quantity === undefined || !isWithinDigits(quantity, QUANTITY_DIGITS))
    return refuse([issue("substitute.not_exact", path, { quantity: replaces, substitute: itemCode })]);
  // What is left of the line must still be given in its own steps.
  if (line.quantum !== undefined && replaces !== short && !isMultipleOf(replaces, line.quantum)) {
    const params = { itemCode: line.itemCode, quantity: replaces, multiple: line.quantum };
    issues.push(issue("substitute.not_a_multiple", path, params));
  }
  for (const multiple of [quantum, orderMultiple]) {
    if (multiple !== undefined && !isMultipleOf(quantity, multiple))
      issues.push(issue("substitute.not_a_multiple", path, { itemCode, quantity, multiple }));
  }
  return issues.length > 0 ? refuse(issues) : ok({ replaces, quantity });
}
