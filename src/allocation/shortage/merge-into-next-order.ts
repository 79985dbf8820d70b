import { compare, isPositive, minimum, subtract, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { recordEvent } from "../../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { QuantityMoved } from "../../model/change.js";
import { checkNames, type NameIssue } from "../../model/check-names.js";
import { consentFor, foreignConsents, type Consent, type ConsentIssue } from "../../model/consent.js";
import { isWithinDigits, MONEY_DIGITS } from "../../model/digit-limit.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import { differingMergeFields, type MergeField } from "../../model/merge-fields.js";
import type { MergeRecord } from "../../model/merge-record.js";
import { nextLineNo } from "../../model/next-line-no.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { BatchOutcome } from "../../model/outcome.js";
import { reservedPlaces } from "../../model/reserved-places.js";
import type { HostRequest } from "../../model/request.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { mergeShape } from "../command-shapes.js";
import { refusedTogether } from "./apply-reallocation.js";
import { joinLines } from "./join-line.js";
import { mergedLine } from "./merged-line.js";

/** Buckets whose quantity can go over to another order, the one with the least work behind it first. */
const MERGEABLE_BUCKETS = ["open", "deferred", "backfill", "allocated"] as const;

/** Command: what goes over. */
export interface MergeIntoNextOrder {
  /** Why, in the site's own code. */
  readonly reason: string;
  /** Lines; absent for all of the order that has not been picked. */
  readonly lines?: readonly {
    /** Line. */
    readonly lineId: LineId;
    /** Quantity in the base unit; absent for all of the line that has not been picked. */
    readonly quantity?: Decimal;
  }[];
  /** Whether the goods keep price and agreed discount of the order that they leave, or are priced with the next order. */
  readonly price: "keep" | "renew";
  /** The customer's consent to it, with the number of the order that the goods leave as its subject. */
  readonly consent?: Consent;
}

/** Why quantity cannot go over to the next order. */
export type MergeIntoNextOrderIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | ConsentIssue
  | IssueOf<{
      "merge.same_order": { readonly orderNo: OrderNo };
      "merge.differs": { readonly orderNo: OrderNo; readonly field: MergeField };
      "merge.earlier_order": { readonly orderNo: OrderNo };
      "merge.no_lines": { readonly orderNo: OrderNo };
      "merge.nothing_left": { readonly orderNo: OrderNo };
      "merge.unknown_line": { readonly lineId: LineId };
      "merge.listed_twice": { readonly lineId: LineId };
      "merge.gift_line": { readonly lineId: LineId };
      "merge.quantity_not_positive": { readonly lineId: LineId; readonly quantity: Decimal };
      "merge.more_than_left": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
      "merge.amount_out_of_range": { readonly amount: Decimal };
    }>;

/** The answer of a merge: both orders, or both as they were. */
export interface MergeOutcome extends BatchOutcome {
  /** What went where: rows of the merged-order file. */
  readonly records: readonly MergeRecord[];
}

/**
 * Takes quantity of an order over into the customer's next order. Both orders change, or neither.
 *
 * **Rules**
 * 1. The next order is another one of the same customer, address and currency, received no earlier, of which nothing has
 *    left the house.
 * 2. Of each line goes what is open, deferred, back-filled or allocated, in this order; what was reserved is free again.
 *    What promotions gave stays behind and is worked out again on both orders.
 * 3. Each line joins as a line of its own that remembers where it came from, with item, unit, policy and dates of life as
 *    it had them; a quantity that cannot be written in the unit of the order joins in the base unit.
 * 4. `keep`: price and agreed discount come along, a discount in money by its share, and pricing leaves the price as it is.
 *    `renew`, or a price that cannot be carried over exactly: the line joins without one. Either way the host is asked to
 *    price the next order.
 * 5. A line whose policy is not to be merged needs the customer's consent.
 * 6. Both events carry the same records, so that the ends can be reconciled.
 *
 * @param from the order that is short
 * @param to the customer's next order
 * @returns both orders with the records, in the order `from`, `to`; or both refused with every reason
 *
 * **Source:** mission 9.17, 12.2b; definition B6
 * @example
 * ```ts
 * import { mergeIntoNextOrder } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const line = { orderedQty: "10", quantities: { open: "4", delivered: "6" }, shortagePolicy: "mergeIntoNextOrder" as const };
 * const from = anyOrder({ stage: "confirmed", lines: [line] });
 * const to = anyOrder({ orderNo: "SO-2", stage: "confirmed" });
 * const { orders, records } = mergeIntoNextOrder(from, to, { reason: "short", price: "keep" }, anyContext());
 * orders.map(({ lines }) => lines.map(({ quantities }) => [quantities.merged, quantities.open])); // => [[["4","0"]],[["0","10"],["0","4"]]]
 * records[0]!.to; // => { orderNo: "SO-2", lineId: "SO-2-2" }
 * ```
 */
export function mergeIntoNextOrder(
  from: Order,
  to: Order,
  command: MergeIntoNextOrder,
  context: DecisionContext,
): MergeOutcome {
  const misshapen = commandFaults(command, mergeShape);
  if (misshapen.length > 0) return { ...refusedTogether([from, to], misshapen), records: [] };
  const { reason, consent, price } = command;
  const merge = mergesOf(from, command);
  const issues: MergeIntoNextOrderIssue[] = [
    ...checkTransition(from, "merge"),
    ...checkNames({ reason }),
    ...pairIssues(from, to),
    ...merge.issues,
    ...consentIssues(from, merge.parts, consent, context),
  ];
  const first = nextLineNo(to);
  const joining = merge.parts.map(({ line, quantity }, place) =>
    mergedLine({ from, to }, line, quantity, { lineNo: first + place, price }),
  );
  const joined = joinLines(to, joining);
  for (const change of joined) {
    if (change.kind !== "price_set") continue;
    const { gross, payable } = change.totals;
    for (const amount of [gross, payable])
      if (!isWithinDigits(amount, MONEY_DIGITS))
        issues.push(issue("merge.amount_out_of_range", ["totals"], { amount }));
  }
  const joinIssues = checkTransition(to, "join");
  if (issues.length + joinIssues.length > 0) {
    const refused = [
      { orderNo: from.orderNo, issues },
      { orderNo: to.orderNo, issues: joinIssues },
    ].filter((refusal) => refusal.issues.length > 0);
    return { orders: [from, to], events: [], movements: [], requests: [], refused, records: [] };
  }
  const records = joining.map((line, place): MergeRecord => ({
    from: { orderNo: from.orderNo, lineId: merge.parts[place]!.line.lineId },
    to: { orderNo: to.orderNo, lineId: line.lineId },
    itemCode: line.itemCode,
    quantity: line.quantities.open,
    reason,
    ...(consent === undefined ? {} : { consent: consent.reference }),
  }));
  const changes = merge.parts.flatMap(({ line, quantity }) => movesOf(line, quantity));
  const told: HostRequest = { type: "notify_customer", orderNo: from.orderNo, template: "order_merged" };
  const reprice: HostRequest = { type: "reprice", orderNo: to.orderNo, lineIds: joining.map(({ lineId }) => lineId) };
  const left = recordEvent(from, { type: "quantity_merged", details: { records }, changes, requests: [told] }, context);
  const come = recordEvent(
    to,
    { type: "lines_joined", details: { records }, changes: joined, requests: [reprice] },
    context,
  );
  return {
    orders: [left.order, come.order],
    events: [...left.events, ...come.events],
    movements: [...left.movements, ...come.movements],
    requests: [...left.requests, ...come.requests],
    refused: [],
    records,
  };
}

/** Says whether an order can be the next one after another: customer, address, currency, and when it came. */
function pairIssues(from: Order, to: Order): MergeIntoNextOrderIssue[] {
  const issues: MergeIntoNextOrderIssue[] = [];
  const { orderNo } = to;
  if (orderNo === from.orderNo) issues.push(issue("merge.same_order", ["to"], { orderNo }));
  for (const field of differingMergeFields(from.header, to.header))
    issues.push(issue("merge.differs", ["to", "header", field], { orderNo, field }));
  if (to.header.receivedAt < from.header.receivedAt)
    issues.push(issue("merge.earlier_order", ["to", "header", "receivedAt"], { orderNo }));
  return issues;
}

/** Orders of one key can go over into each other: customer, currency and address. */
export function mergeKeyOf({ header }: Order): string {
  // Addresses are the same when every field is, in whatever order they were written.
  const address = Object.entries(header.shipToAddress).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([header.customerCode, header.currency, address]);
}

interface MergedPart {
  readonly line: OrderLine;
  readonly quantity: Decimal;
}

function mergesOf(
  { orderNo, lines }: Order,
  command: MergeIntoNextOrder,
): { readonly parts: readonly MergedPart[]; readonly issues: readonly MergeIntoNextOrderIssue[] } {
  const issues: MergeIntoNextOrderIssue[] = [];
  const lineOf = new Map(lines.map((line) => [line.lineId, line]));
  const wanted = new Map<LineId, Decimal>();
  if (command.lines?.length === 0) issues.push(issue("merge.no_lines", ["lines"], { orderNo }));
  const named: NonNullable<MergeIntoNextOrder["lines"]> =
    command.lines ?? lines.filter(({ giftOf }) => giftOf === undefined).map(({ lineId }) => ({ lineId }));
  for (const [place, { lineId, quantity }] of named.entries()) {
    const path = ["lines", place];
    const line = lineOf.get(lineId);
    if (line === undefined) {
      issues.push(issue("merge.unknown_line", path, { lineId }));
      continue;
    }
    if (line.giftOf !== undefined) issues.push(issue("merge.gift_line", path, { lineId }));
    if (wanted.has(lineId)) issues.push(issue("merge.listed_twice", path, { lineId }));
    const left = sum(MERGEABLE_BUCKETS.map((bucket) => line.quantities[bucket]));
    wanted.set(lineId, quantity ?? left);
    if (quantity === undefined) continue;
    if (!isPositive(quantity)) issues.push(issue("merge.quantity_not_positive", path, { lineId, quantity }));
    else if (compare(quantity, left) > 0) issues.push(issue("merge.more_than_left", path, { lineId, quantity, left }));
  }
  if (issues.length > 0) return { parts: [], issues };
  const parts = lines.flatMap((line): MergedPart[] => {
    const quantity = wanted.get(line.lineId) ?? ZERO;
    return isPositive(quantity) ? [{ line, quantity }] : [];
  });
  return { parts, issues: parts.length > 0 ? [] : [issue("merge.nothing_left", ["lines"], { orderNo })] };
}

function movesOf(line: OrderLine, quantity: Decimal): QuantityMoved[] {
  const moves: QuantityMoved[] = [];
  let rest = quantity;
  for (const from of MERGEABLE_BUCKETS) {
    const own = minimum(rest, line.quantities[from]);
    rest = subtract(rest, own);
    if (own === ZERO) continue;
    const move = { kind: "quantity_moved", lineId: line.lineId, from, to: "merged" } as const;
    if (from === "allocated")
      moves.push(...reservedPlaces(line, from, own, "last").map((part) => ({ ...move, ...part })));
    else moves.push({ ...move, quantity: own });
  }
  return moves;
}

function consentIssues(
  { orderNo, header }: Order,
  parts: readonly MergedPart[],
  consent: Consent | undefined,
  { at }: DecisionContext,
): readonly ConsentIssue[] {
  const consents = consent === undefined ? [] : [consent];
  const { customerCode } = header;
  const foreign = foreignConsents(consents, new Set([customerCode]), orderNo);
  const isAsked = parts.some(({ line }) => line.shortagePolicy !== "mergeIntoNextOrder");
  if (foreign.length > 0 || (!isAsked && consent === undefined)) return foreign;
  return consentFor(consents, { customerCode, subject: orderNo, at }).issues;
}
