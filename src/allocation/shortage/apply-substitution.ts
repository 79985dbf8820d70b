import { calendarDay, type CalendarDay } from "../../core/calendar-day.js";
import { compare, minimum, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { recordEvent } from "../../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import { isFree } from "../../model/agreed-amount.js";
import type { Change, QuantityMoved } from "../../model/change.js";
import { checkNames, type NameIssue } from "../../model/check-names.js";
import { consentFor, foreignConsents, type Consent, type ConsentIssue } from "../../model/consent.js";
import { isWithinDigits, MONEY_DIGITS } from "../../model/digit-limit.js";
import type { ItemCode, LineId } from "../../model/ids.js";
import { isInForce } from "../../model/is-in-force.js";
import type { Item } from "../../model/item.js";
import { newOrderLine } from "../../model/new-order-line.js";
import { nextLineNo } from "../../model/next-line-no.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { Outcome } from "../../model/outcome.js";
import type { HostRequest } from "../../model/request.js";
import type { StockPosition } from "../../model/stock.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";
import { supplyRuleFaults, type SupplyRule, type SupplyRuleFault } from "../../model/supply-rule.js";
import { freeStockOf } from "../usable-stock.js";
import { exchangeOf, isProposalFor, type ExchangeIssue } from "./checked-exchange.js";
import { freeUnderRules } from "./free-under-rules.js";
import { joinLines } from "./join-line.js";
import { proposalDisagreements, type DisagreementFacts, type DisagreementIssue } from "./proposal-disagreements.js";
import { replaceableIssues, type ReplaceableIssue } from "./propose-substitutes.js";
import type { Exchange } from "./substitute-quantity.js";
import { differenceInAll, termsOfPart } from "./substitute-terms.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { substitutionShape } from "../command-shapes.js";

/** Command: which proposal is carried out, and how much of it. */
export interface ApplySubstitution {
  /** The proposal, as it was made. */
  readonly proposal: SubstituteProposal;
  /** Why, in the site's own code. */
  readonly reason: string;
  /** What of the line is replaced, in its base unit; absent for all that the proposal replaces. */
  readonly quantity?: Decimal;
  /** What was agreed to, with the id of the proposal as its subject. */
  readonly consents?: readonly Consent[];
}

/** What a substitution needs to know. */
export interface ApplySubstitutionContext extends DecisionContext, DisagreementFacts {
  /** Caps and protected minimums of customer groups as they stand now; none when absent. */
  readonly protection?: readonly SupplyRule[];
  /**
   * Positions as they are now, of which the free stock is counted. When absent, nobody looks whether the substitute is still
   * there, nor at minimums of other groups.
   */
  readonly stock?: readonly StockPosition[];
  /** Today in the seller's calendar: stock that has expired is not free. The day of `at` in UTC when absent. */
  readonly today?: CalendarDay;
}

/** Why nothing is replaced. */
export type ApplySubstitutionIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | ConsentIssue
  | ReplaceableIssue
  | ExchangeIssue
  | DisagreementIssue
  | SupplyRuleFault
  | IssueOf<{
      "substitute.unknown_item": { readonly itemCode: ItemCode; readonly substitute: ItemCode };
      "substitute.not_a_proposal": { readonly proposalId: string };
      "substitute.line_on_hold": { readonly lineId: LineId; readonly holdId: string };
      "substitute.group_cap": { readonly itemCode: ItemCode; readonly group: string; readonly held: Decimal };
      "substitute.minimum_protected": { readonly itemCode: ItemCode; readonly held: Decimal };
      "substitute.stock_gone": { readonly itemCode: ItemCode; readonly quantity: Decimal; readonly free: Decimal };
      "substitute.price_unknown": { readonly itemCode: ItemCode };
      "substitute.amount_out_of_range": { readonly amount: Decimal };
    }>;

/**
 * Puts another item on the order in place of what a line lacks: the short quantity is given up, and a new line of the
 * substitute waits to be allocated like anything new.
 *
 * **Rules**
 * 1. The proposal is one for this order, and its figures agree with each other. Way, ratio, need of consent and price are
 *    still what order and item master lead to, as far as they tell: an item's own price only with `unitPriceOf`. A consent is
 *    needed where the proposal says so, of this customer and to this proposal, and must not have expired; a consent of
 *    somebody else, or to something else, is refused.
 * 2. What is replaced leaves the line as cancelled, open quantity first, then back-fill, the oldest record first. It must
 *    still be short. A line that takes all or nothing is replaced in all that it lacks.
 * 3. The new line has the exact quantity by the ratio, a multiple of the substitute's step and order multiple, and remembers
 *    what it stands in for. It is served on the terms of the line: policy, offers, group, life; a lot that was named is not
 *    asked of another item.
 * 4. The new line has the price of the proposal, and its share of it where a part is chosen; the totals follow, and
 *    pricing leaves that price as it is. The host is asked to price the order for what else depends on it. A line that nobody knows a price of cannot join an order of which something is invoiced,
 *    since that is not priced again.
 * 5. A line on hold, whatever the hold blocks, is not replaced: the new line would not be under the hold.
 * 6. The customer is told. Where promotions were given they are to be worked out again.
 * 7. Caps and protected minimums are kept as they stand now, as {@link proposeSubstitutes} has them: others may have used
 *    them up since. The new line takes its part of them when it is allocated.
 * 8. Where stock is given, what joins must still lie free: what was sold since the proposal is not put on the order.
 * 9. It is taken back like anything else that is not wanted: `cancelOrder` gives the new line up and releases what it holds.
 *    What it replaced stays cancelled, since nobody promised it anew; `addToOrder` orders it again.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 8.3, 8.9, 5.9; definition B6
 * @example
 * ```ts
 * import { applySubstitution, calendarDay, decimal, indexMasters, proposeSubstitutes, rational } from "ordercycle";
 * import { anyContext, anyItem, anyOrder, anyStock } from "ordercycle/testing";
 * const substitutes = [{ itemCode: "CHAI", ratio: rational(3, 2), priority: 1, consentRequired: true, priceRule: { kind: "original" as const } }];
 * const { items } = indexMasters({ items: [anyItem({ substitutes }), anyItem({ itemCode: "CHAI" })] });
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", unitPrice: "3", quantities: { allocated: "6", backfill: "4" } }] });
 * const facts = { items, stock: anyStock({ itemCode: "CHAI", onHand: "20" }), today: calendarDay("2026-03-02") };
 * const found = proposeSubstitutes(order, { proposalId: "SP-1", lineId: "SO-1-1" }, facts);
 * if (!found.ok) throw new Error("not short");
 * const command = { proposal: found.value.proposals[0]!, reason: "short" };
 * const refused = applySubstitution(order, command, { ...anyContext(), items });
 * refused.ok ? [] : refused.issues.map(({ code }) => code); // => ["consent.missing"]
 * const consent = { customerCode: "C-100", subject: "SP-1-1", agreedBy: "Ms Wu", agreedAt: anyContext().at, reference: "MAIL-7" };
 * const result = applySubstitution(order, { ...command, consents: [consent] }, { ...anyContext(), items });
 * const [tea, chai] = result.ok ? result.value.order.lines : [];
 * [tea!.quantities.allocated, tea!.quantities.cancelled, chai!.itemCode, chai!.quantities.open, chai!.unitPrice]; // => ["6", "4", "CHAI", "6", "2"]
 * ```
 */
export function applySubstitution(
  order: Order,
  command: ApplySubstitution,
  context: ApplySubstitutionContext,
): Result<Outcome, ApplySubstitutionIssue> {
  const misshapen = commandFaults(command, substitutionShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { proposal, reason, consents = [] } = command;
  const { proposalId, itemCode } = proposal;
  const { lineId } = proposal.line;
  const line = order.lines.find((one) => one.lineId === lineId);
  const item = context.items.get(itemCode);
  const consent = consentTo(order, proposal, consents, context);
  const issues: ApplySubstitutionIssue[] = [
    ...checkTransition(order, "substitute"),
    ...checkNames({ reason }),
    ...replaceableIssues(order, line, lineId),
    ...heldBy(order, lineId),
    ...consent.issues,
    ...supplyRuleFaults(context.protection ?? [], ["protection"]),
  ];
  if (item === undefined)
    issues.push(
      issue("substitute.unknown_item", ["proposal"], { itemCode: proposal.way[0] ?? itemCode, substitute: itemCode }),
    );
  if (line === undefined || item === undefined) return refuse(issues);
  if (!isProposalFor(order, line, item, proposal)) {
    issues.push(issue("substitute.not_a_proposal", ["proposal"], { proposalId }));
    return refuse(issues);
  }
  issues.push(...proposalDisagreements(order, line, item, proposal, context));
  const exchange = exchangeOf(line, item, proposal, command.quantity);
  if (!exchange.ok) return refuse([...issues, ...exchange.issues]);
  const joining = substituteLine(order, line, item, proposal, exchange.value);
  const joined = joinLines(order, [joining]);
  issues.push(...moneyIssues(order, joining, joined));
  if (issues.length === 0) issues.push(...limitIssues(order, proposal, exchange.value.quantity, context));
  if (issues.length > 0) return refuse(issues);

  const { replaces, quantity } = exchange.value;
  const { orderNo, header } = order;
  const difference = differenceInAll(line, replaces, joining, header.currency);
  const requests: HostRequest[] = [
    { type: "reprice", orderNo, lineIds: [joining.lineId] },
    { type: "notify_customer", orderNo, template: "goods_substituted" },
  ];
  const details = {
    reason,
    proposalId,
    replaced: { lineId, itemCode: line.itemCode, quantity: replaces },
    by: { lineId: joining.lineId, itemCode, quantity },
    ...(consent.consent === undefined ? {} : { consent: consent.consent }),
    ...(difference === undefined ? {} : { priceDifference: difference }),
  };
  const changes = [...givenUp(line, replaces), ...joined];
  return ok(recordEvent(order, { type: "quantity_substituted", details, changes, requests }, context));
}

function consentTo(
  { header }: Order,
  { proposalId, consentRequired }: SubstituteProposal,
  consents: readonly Consent[],
  { at }: DecisionContext,
): ReturnType<typeof consentFor> {
  const { customerCode } = header;
  const foreign = foreignConsents(consents, new Set([customerCode]), proposalId);
  if (!consentRequired && foreign.length === consents.length) return { issues: foreign };
  const found = consentFor(consents, { customerCode, subject: proposalId, at });
  return { ...found, issues: [...found.issues, ...foreign] };
}

/** The holds in force that keep a line from being replaced. */
export function heldBy({ holds }: Pick<Order, "holds">, lineId: LineId): ApplySubstitutionIssue[] {
  return holds
    .filter((hold) => hold.lineId === lineId && isInForce(hold))
    .map(({ holdId }) => issue("substitute.line_on_hold", ["holds"], { lineId, holdId }));
}

function substituteLine(
  order: Order,
  line: OrderLine,
  item: Item,
  proposal: SubstituteProposal,
  exchange: Exchange,
): OrderLine {
  const { transactionCategory, partialAllowed, shortagePolicy, shortageOffers } = line;
  const { minimumRemainingLifeDays, deliveryGroup, oneLotOnly, lineId, itemCode } = line;
  const { unitFactor, ...terms } = termsOfPart(proposal, item, exchange, order.header.currency);
  const lineNo = nextLineNo(order);
  const base = { kind: "exact", factor: unitFactor, quantity: exchange.quantity } as const;
  const made = newOrderLine(item, base, {
    lineId: `${order.orderNo}-${lineNo}`,
    lineNo,
    transactionCategory,
    ...terms,
    ...(terms.unitPrice === undefined ? {} : { priceAgreed: true }),
    partialAllowed,
    shortagePolicy,
    ...(shortageOffers === undefined ? {} : { shortageOffers }),
    ...(minimumRemainingLifeDays === undefined ? {} : { minimumRemainingLifeDays }),
    ...(deliveryGroup === undefined ? {} : { deliveryGroup }),
    ...(oneLotOnly === undefined ? {} : { oneLotOnly }),
  });
  return { ...made, substituteFor: { lineId, itemCode, quantity: exchange.replaces } };
}

/** What the rules of customer groups keep of what is free for the new line. */
function limitIssues(
  { header }: Order,
  { itemCode }: SubstituteProposal,
  quantity: Decimal,
  { protection = [], stock, at, today = calendarDay(at.slice(0, 10)) }: ApplySubstitutionContext,
): ApplySubstitutionIssue[] {
  const { customerClass: group } = header;
  const rules = protection.filter((rule) => rule.itemCode === itemCode);
  const free = stock === undefined ? quantity : freeStockOf(itemCode, stock, today);
  const isGone = compare(free, quantity) < 0;
  const wanted = minimum(quantity, free);
  const keptBy = (kind: SupplyRule["kind"]): Decimal => {
    const own = rules.filter((rule) => rule.kind === kind);
    return subtract(wanted, minimum(wanted, freeUnderRules(free, own, group).available));
  };
  const [overCap, kept] = [keptBy("cap"), stock === undefined ? ZERO : keptBy("protect")];
  const path = ["proposal", "quantity"];
  return [
    ...(isGone ? [issue("substitute.stock_gone", path, { itemCode, quantity, free })] : []),
    ...(overCap === ZERO ? [] : [issue("substitute.group_cap", path, { itemCode, group: group!, held: overCap })]),
    ...(kept === ZERO ? [] : [issue("substitute.minimum_protected", path, { itemCode, held: kept })]),
  ];
}

/** Goods must not come for nothing because nobody can price them any more, nor cost more than an order can hold. */
function moneyIssues({ billing }: Order, joining: OrderLine, joined: readonly Change[]): ApplySubstitutionIssue[] {
  const { itemCode, unitPrice } = joining;
  const isUnknown = unitPrice === undefined && !isFree(joining) && billing.invoices.length > 0;
  const amounts = joined.flatMap((change) =>
    change.kind === "price_set" ? [change.totals.gross, change.totals.payable] : [],
  );
  return [
    ...(isUnknown ? [issue("substitute.price_unknown", ["proposal", "unitPrice"], { itemCode })] : []),
    ...amounts
      .filter((amount) => !isWithinDigits(amount, MONEY_DIGITS))
      .map((amount) => issue("substitute.amount_out_of_range", ["totals"], { amount })),
  ];
}

function givenUp({ lineId, quantities }: OrderLine, quantity: Decimal): QuantityMoved[] {
  const moves: QuantityMoved[] = [];
  let rest = quantity;
  for (const from of ["open", "backfill"] as const) {
    const own = minimum(rest, quantities[from]);
    rest = subtract(rest, own);
    if (own !== ZERO) moves.push({ kind: "quantity_moved", lineId, from, to: "cancelled", quantity: own });
  }
  return moves;
}
