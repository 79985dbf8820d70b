import { add, compare, isPositive, minimum, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import { isSourcedBucket, type Bucket } from "../model/bucket.js";
import type { QuantityMoved } from "../model/change.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { reservedPlaces } from "../model/reserved-places.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { cancellationShape } from "./command-shapes.js";

/** Buckets that can be cancelled, the one with the least work behind it first. */
export const CANCELLABLE_BUCKETS = ["open", "deferred", "backfill", "allocated", "picked"] as const;

/** A bucket that can be cancelled. */
export type CancellableBucket = (typeof CANCELLABLE_BUCKETS)[number];

/** Command: what the customer does not want any more. */
export interface CancelOrder {
  /** Why, in the site's own code. */
  readonly reason: string;
  /** Lines; absent for whatever of the order has not left the house yet. */
  readonly lines?: readonly {
    /** Line. */
    readonly lineId: LineId;
    /** Quantity in the base unit; absent for whatever of the line has not left the house yet. */
    readonly quantity?: Decimal;
  }[];
  /** The customer's consent where the policy asks for it, as a reference to what was agreed. */
  readonly consent?: string;
}

/** What cancelling needs to know. */
export interface CancelOrderContext extends DecisionContext {
  /** From which bucket on goods are only cancelled with the customer's consent, since work was done for them. */
  readonly consentFrom?: "allocated" | "picked";
}

/** Why nothing is cancelled. */
export type CancelOrderIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | IssueOf<{
      "cancel.no_lines": { readonly orderNo: OrderNo };
      "cancel.nothing_left": { readonly orderNo: OrderNo };
      "cancel.unknown_line": { readonly lineId: LineId };
      "cancel.listed_twice": { readonly lineId: LineId };
      "cancel.quantity_not_positive": { readonly lineId: LineId; readonly quantity: Decimal };
      "cancel.more_than_left": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
      "cancel.consent_needed": { readonly lineId: LineId; readonly bucket: Bucket; readonly quantity: Decimal };
    }>;

/**
 * Cancels an order or a part of it, wherever its goods stand in the house: what was reserved is free again, what was
 * picked goes back to its bin. It is also the one command that gives up the open rest of an order of which a part was
 * shipped, and an order that went back to a customer who does not answer.
 *
 * **Rules**
 * 1. What has left the house cannot be cancelled: it is refused at the door, lost or returned.
 * 2. Of a line, the quantity with the least work behind it goes first: open, deferred, back-fill, allocated, picked.
 * 3. Goods are put back in the reverse of the order in which they were picked: the last line first, and of each line the
 *    last place first. The movements `put_back` of the outcome, in their order, are the put-away list.
 * 4. Where the policy says so, goods for which work was done need the customer's consent; `planCancellation` says before
 *    what that work has cost.
 * 5. Papers that name cancelled goods are to be printed anew, promotions to be worked out again, and the customer is told.
 *    When nothing of the order is left, it is cancelled, and money beyond what was billed is to be refunded.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 11.3, 14.1, 14.2, 14.3; definitions B17, B19
 * @example
 * ```ts
 * import { cancelOrder, decimal } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { open: "4", allocated: "6" } }] });
 * const command = { reason: "no_longer_needed", lines: [{ lineId: order.lines[0]!.lineId, quantity: decimal("7") }] };
 * const result = cancelOrder(order, command, anyContext());
 * result.ok && result.value.order.lines[0]!.quantities.allocated; // => "3"
 * result.ok && result.value.movements.map(({ kind, quantity }) => [kind, quantity]); // => [["release", "3"]]
 * ```
 */
export function cancelOrder(
  order: Order,
  command: CancelOrder,
  context: CancelOrderContext,
): Result<Outcome, CancelOrderIssue> {
  const misshapen = commandFaults(command, cancellationShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { reason, consent } = command;
  const moves = cancellationMoves(order, command);
  const issues: CancelOrderIssue[] = [
    ...checkTransition(order, "cancel"),
    ...checkNames({ reason, ...(consent === undefined ? {} : { consent }) }),
    ...(moves.ok ? [] : moves.issues),
  ];
  if (moves.ok && consent === undefined) issues.push(...consentNeeded(moves.value, context));
  if (!moves.ok || issues.length > 0) return refuse(issues);
  const changes = moves.value;
  const details = { reason, ...(consent === undefined ? {} : { consent }) };
  const requests: HostRequest[] = [{ type: "notify_customer", orderNo: order.orderNo, template: "quantity_cancelled" }];
  return ok(recordEvent(order, { type: "quantity_cancelled", details, changes, requests }, context));
}

/**
 * The moves of quantity that a cancellation is made of, in the order in which goods are put back.
 *
 * @returns at least one move, or every reason why there is none
 */
export function cancellationMoves(
  order: Order,
  { lines }: Pick<CancelOrder, "lines">,
): Result<readonly QuantityMoved[], CancelOrderIssue> {
  const { orderNo } = order;
  const issues: CancelOrderIssue[] = [];
  const wanted = new Map<LineId, Decimal>();
  const lineOf = new Map(order.lines.map((line) => [line.lineId, line]));
  if (lines?.length === 0) issues.push(issue("cancel.no_lines", ["lines"], { orderNo }));
  const named: NonNullable<CancelOrder["lines"]> = lines ?? order.lines.map(({ lineId }) => ({ lineId }));
  for (const [place, { lineId, quantity }] of named.entries()) {
    const path = ["lines", place];
    const line = lineOf.get(lineId);
    if (line === undefined) {
      issues.push(issue("cancel.unknown_line", path, { lineId }));
      continue;
    }
    if (wanted.has(lineId)) issues.push(issue("cancel.listed_twice", path, { lineId }));
    const left = cancellable(line);
    wanted.set(lineId, quantity ?? left);
    if (quantity === undefined) continue;
    if (!isPositive(quantity)) issues.push(issue("cancel.quantity_not_positive", path, { lineId, quantity }));
    else if (compare(quantity, left) > 0) issues.push(issue("cancel.more_than_left", path, { lineId, quantity, left }));
  }
  if (issues.length > 0) return refuse(issues);
  const moves = [...order.lines].reverse().flatMap((line) => cancellingMoves(line, wanted.get(line.lineId) ?? ZERO));
  return moves.length === 0 ? refuse([issue("cancel.nothing_left", ["lines"], { orderNo })]) : ok(moves);
}

/** What of a line has not left the house. */
export function cancellable({ quantities }: OrderLine): Decimal {
  return sum(CANCELLABLE_BUCKETS.map((bucket) => quantities[bucket]));
}

/** The moves that cancel a quantity of a line, at most what has not left the house. */
export function cancellingMoves(line: OrderLine, quantity: Decimal): QuantityMoved[] {
  const moves: QuantityMoved[] = [];
  let rest = quantity;
  for (const bucket of CANCELLABLE_BUCKETS) {
    const own = minimum(rest, line.quantities[bucket]);
    rest = subtract(rest, own);
    if (!isPositive(own)) continue;
    const move = { kind: "quantity_moved", lineId: line.lineId, from: bucket, to: "cancelled" } as const;
    // The last place first, since what was picked last lies on top.
    if (isSourcedBucket(bucket))
      moves.push(...reservedPlaces(line, bucket, own, "last").map((part) => ({ ...move, ...part })));
    else moves.push({ ...move, quantity: own });
  }
  return moves;
}

/** Whether goods of a bucket are only cancelled with the customer's consent. */
export function needsConsent(bucket: Bucket, consentFrom: CancelOrderContext["consentFrom"]): boolean {
  return consentFrom !== undefined && (bucket === "picked" || bucket === consentFrom);
}

/** The parts of a cancellation that the customer must agree to. */
export function consentNeeded(
  moves: readonly QuantityMoved[],
  { consentFrom }: Pick<CancelOrderContext, "consentFrom">,
): CancelOrderIssue[] {
  const byLine = new Map<string, { readonly lineId: LineId; readonly bucket: Bucket; readonly quantity: Decimal }>();
  for (const { lineId, from: bucket, quantity } of moves) {
    if (!needsConsent(bucket, consentFrom)) continue;
    const key = `${bucket} ${lineId}`;
    byLine.set(key, { lineId, bucket, quantity: add(byLine.get(key)?.quantity ?? ZERO, quantity) });
  }
  return [...byLine.values()].map((params) => issue("cancel.consent_needed", ["consent"], params));
}
