import { ZERO } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import { differingMergeFields, type MergeField } from "../model/merge-fields.js";
import { nextLineNo } from "../model/next-line-no.js";
import type { OrderDraft, OrderDraftLine } from "../model/order-draft.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { Outcome } from "../model/outcome.js";
import { openOrder, type OpenOrderIssue } from "./open-order.js";

/** Command: what the customer sent to put an order right. */
export interface CorrectOrder {
  /** The order as it should be, complete. */
  readonly draft: OrderDraft;
}

/** What correcting an order needs to know. */
export interface CorrectOrderContext extends DecisionContext {
  /** Master files. */
  readonly masters: Masters;
  /** Whether the order keeps its place in the queue (`keep`, the default) or is received anew. */
  readonly receiptTime?: "keep" | "renew";
}

/** Why a correction is refused; the order stays with the customer. */
export type CorrectOrderIssue =
  | TransitionIssue
  | OpenOrderIssue
  | IssueOf<{
      "correct.other_order": { readonly orderNo: OrderNo; readonly expected: OrderNo };
      "correct.money_received": { readonly orderNo: OrderNo };
      "correct.differs_from_joined": { readonly orderNo: OrderNo; readonly field: MergeField };
      "correct.line_no_taken": { readonly lineNo: number; readonly lineId: LineId };
    }>;

/**
 * Puts a corrected draft in the place of an order that is not confirmed yet.
 *
 * **Rules**
 * 1. An order that was returned for correction, or is not confirmed yet, can be corrected, and only under its own number;
 *    it is then reviewed again.
 * 2. It keeps its receipt time, and with it its place among the others, unless the policy says otherwise.
 * 3. Payments stay, and holds do, but for those on lines that are gone; prices are taken anew.
 * 4. Once money was received, customer and currency must stay.
 * 5. Goods of an earlier order that have joined stay, with their ids, quantities and agreed prices: the draft, which does not
 *    know of them, takes the place of all other lines. Customer, address and currency must then stay.
 * 6. Lines of the draft without a number take those of the lines that the customer ordered before, in their order, and then
 *    numbers that the order has never had. A number of a line that has joined cannot be given to another.
 *
 * @param order as last stored, entered or returned for correction
 * @returns the outcome with the order at stage `entered`, or every reason against it
 *
 * **Source:** mission 4.14
 * @example
 * ```ts
 * import { correctOrder, indexMasters } from "ordercycle";
 * import { anyContext, anyCustomer, anyItem, anyOrder, anyOrderDraft } from "ordercycle/testing";
 * const masters = indexMasters({ customers: [anyCustomer()], items: [anyItem()] });
 * const order = anyOrder({ stage: "returnedForCorrection" });
 * const result = correctOrder(order, { draft: anyOrderDraft() }, { ...anyContext(), masters });
 * result.ok && result.value.order.header.receivedAt === order.header.receivedAt; // => true
 * ```
 */
export function correctOrder(
  order: Order,
  command: CorrectOrder,
  context: CorrectOrderContext,
): Result<Outcome, CorrectOrderIssue> {
  const { draft } = command;
  const issues: CorrectOrderIssue[] = checkTransition(order, "correct");
  if (draft.orderNo !== order.orderNo) {
    issues.push(
      issue("correct.other_order", ["draft", "orderNo"], { orderNo: draft.orderNo, expected: order.orderNo }),
    );
  }
  const joined = order.lines.filter(hasJoined);
  issues.push(...takenNumbers(draft, joined));
  const opened = openOrder({ ...draft, lines: numbered(draft.lines, order) }, context.masters);
  if (!opened.ok)
    return refuse([...issues, ...opened.issues.map((found) => ({ ...found, path: ["draft", ...found.path] }))]);
  const { header, billing } = order;
  const { customerCode, currency } = opened.value.header;
  const isOtherDebtor = customerCode !== header.customerCode || currency !== header.currency;
  if (billing.payments.length > 0 && isOtherDebtor) {
    issues.push(issue("correct.money_received", ["draft"], { orderNo: order.orderNo }));
  }
  if (joined.length > 0) {
    for (const field of differingMergeFields(header, opened.value.header))
      issues.push(issue("correct.differs_from_joined", ["draft", field], { orderNo: order.orderNo, field }));
  }
  if (issues.length > 0) return refuse(issues);

  const receivedAt = context.receiptTime === "renew" ? draft.receivedAt : order.header.receivedAt;
  const lines = [...opened.value.lines, ...joined.map(unpriced)].sort((a, b) => a.lineNo - b.lineNo);
  const lineIds = new Set(lines.map(({ lineId }) => lineId));
  const lastLineNo = nextLineNo(order) - 1;
  const corrected: Order = {
    ...opened.value,
    header: { ...opened.value.header, receivedAt },
    lines,
    ...(lastLineNo < nextLineNo({ lines }) ? {} : { lastLineNo }),
    version: order.version,
    holds: order.holds.filter(({ lineId }) => lineId === undefined || lineIds.has(lineId)),
    billing: order.billing,
  };
  return ok(
    recordEvent(
      order,
      {
        type: "order_corrected",
        details: { replaces: order.version },
        changes: [{ kind: "order_opened", order: corrected }],
      },
      context,
    ),
  );
}

function hasJoined({ mergedFrom }: OrderLine): boolean {
  return mergedFrom !== undefined;
}

/** A line as it is on an order that is not priced: with what was agreed, without amounts. */
function unpriced({ adjustments: _gone, ...line }: OrderLine): OrderLine {
  return { ...line, allowance: ZERO, lineAmount: ZERO };
}

/** Lines of a draft, those without a number with one. */
function numbered(lines: readonly OrderDraftLine[], order: Order): OrderDraftLine[] {
  const given = new Set(lines.map(({ lineNo }) => lineNo));
  const before = order.lines
    .filter((line) => !hasJoined(line) && line.giftOf === undefined && !given.has(line.lineNo))
    .map(({ lineNo }) => lineNo)
    .values();
  let fresh = nextLineNo(order);
  const nextNumber = (): number => {
    const { done, value } = before.next();
    if (done !== true) return value;
    while (given.has(fresh)) fresh += 1;
    return fresh++;
  };
  return lines.map((line) => ({ ...line, lineNo: line.lineNo ?? nextNumber() }));
}

function takenNumbers(draft: OrderDraft, joined: readonly OrderLine[]): CorrectOrderIssue[] {
  const holder = new Map(joined.map(({ lineNo, lineId }) => [lineNo, lineId]));
  return draft.lines.flatMap(({ lineNo }, place) => {
    const lineId = lineNo === undefined ? undefined : holder.get(lineNo);
    if (lineNo === undefined || lineId === undefined) return [];
    return [issue("correct.line_no_taken", ["draft", "lines", place, "lineNo"], { lineNo, lineId })];
  });
}
