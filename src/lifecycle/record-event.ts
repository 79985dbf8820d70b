import { isPositive, subtract } from "../core/decimal.js";
import type { DecisionContext } from "../model/actor.js";
import { applyEvent } from "../model/apply-event.js";
import { bucketEdge } from "../model/bucket.js";
import type { Change } from "../model/change.js";
import type { EventBase, EventDetails, OrderEvent, OrderEventType } from "../model/event.js";
import type { ItemCode, LineId } from "../model/ids.js";
import type { StockMovement } from "../model/movement.js";
import { ENDED_STATUSES, type Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import type { RevisionCause } from "../model/promotion/promotion.js";
import type { HostRequest } from "../model/request.js";
import { stockSource } from "../model/stock.js";
import { EVENT_FACTS } from "./event-facts.js";
import { promotionUsageOf } from "./promotion-usage.js";
import { reprintsAfter } from "./reprints-after.js";

/** What an operation has decided, before it is written down. */
export interface Decision<Type extends OrderEventType> {
  /** Type of the event. */
  readonly type: Type;
  /** What the event tells besides. */
  readonly details: EventDetails[Type];
  /** What changes on the order. */
  readonly changes: readonly Change[];
  /** Movements beyond those that the moves of quantity cost, posted after them. */
  readonly movements?: readonly StockMovement[];
  /** What the host must do. */
  readonly requests?: readonly HostRequest[];
}

/**
 * Writes a decision down: builds its event, carries the order over it, and derives the stock movements from the table of
 * bucket moves, so that order and stock cannot drift apart. Every operation ends here.
 *
 * **Rules**
 * 1. The event counts the version on and carries the hand that acts.
 * 2. Each move of quantity costs the movement that the table names.
 * 3. When an order ends – closed, cancelled or rejected – with more money than was billed, the rest is to be refunded.
 * 4. What the event changes in the use of promotions is to be added to their ledger: reserved, used, given back.
 * 5. When quantity of an order with promotions is cancelled, merged, returned or added, they are to be worked out again.
 * 6. Papers that name goods which leave otherwise than they say, or that show what changes on the header, are to be printed
 *    anew.
 *
 * @param order the order that was decided on; for an entry, the order that begins, at version 0
 * @returns the outcome
 * @throws RangeError when the changes are not allowed on the order: a bug of the operation
 *
 * **Source:** mission 5.11, 11.3, 14.5, 14.6
 * @example
 * ```ts
 * import { recordEvent } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed" });
 * const { events } = recordEvent(order, { type: "order_closed", details: { collected: "0" as never }, changes: [{ kind: "stage_set", stage: "closed" }] }, anyContext());
 * events[0]!.step; // => 8
 * ```
 */
export function recordEvent<Type extends OrderEventType>(
  order: Order,
  decision: Decision<Type>,
  context: DecisionContext,
): Outcome {
  const { type, details, changes, movements = [], requests = [] } = decision;
  const version = order.version + 1;
  const event: EventBase<Type> = {
    type,
    eventId: `${order.orderNo}@${version}`,
    orderNo: order.orderNo,
    version,
    at: context.at,
    ...(context.startedAt === undefined || context.startedAt === context.at ? {} : { startedAt: context.startedAt }),
    ...EVENT_FACTS[type],
    actor: context.actor,
    details,
    changes,
  };
  // The compiler cannot see that a record built for one type is a member of the union over all types.
  const written = event as unknown as OrderEvent;
  const after = applyEvent(order, written);
  return {
    order: after,
    events: [written],
    movements: [...movementsOf(order, changes, context), ...movements],
    requests: [
      ...reprintsAfter(order, written),
      ...requests,
      ...refundOf(order, after),
      ...usageOf(order, after, written),
      ...revisionOf(after, written),
    ],
  };
}

function refundOf(before: Order, { orderNo, status, billing }: Order): HostRequest[] {
  if (!ENDED_STATUSES.includes(status) || ENDED_STATUSES.includes(before.status)) return [];
  const amount = subtract(billing.collectedAmount, billing.invoicedAmount);
  return isPositive(amount) ? [{ type: "refund", orderNo, amount }] : [];
}

function usageOf(before: Order, after: Order, { eventId, at }: OrderEvent): HostRequest[] {
  const entries = promotionUsageOf(before, after, eventId, at);
  return entries.length === 0 ? [] : [{ type: "post_promotion_usage", orderNo: after.orderNo, entries }];
}

/** Prices are worked out with the promotions in view, so what they change needs no further look. */
const REVISED_ALREADY: ReadonlySet<OrderEventType> = new Set([
  "order_entered",
  "order_corrected",
  "order_priced",
  "promotions_revised",
]);

function revisionOf({ orderNo, status, promotions }: Order, { type, changes }: OrderEvent): HostRequest[] {
  const isOver = ENDED_STATUSES.includes(status);
  if (isOver || REVISED_ALREADY.has(type) || (promotions?.applied.length ?? 0) === 0) return [];
  const causes = new Set(changes.map((change) => causeOf(type, change)));
  causes.delete(undefined);
  return [...causes].map((cause): HostRequest => ({
    type: "revise_promotions",
    orderNo,
    cause: cause as RevisionCause,
  }));
}

function causeOf(type: OrderEventType, change: Change): RevisionCause | undefined {
  if (change.kind === "quantity_added" || change.kind === "line_added") return "amend";
  if (change.kind !== "quantity_moved") return undefined;
  if (change.to === "returned") return "return";
  if (type === "order_amended") return change.to === "cancelled" ? "amend" : undefined;
  if (change.to !== "cancelled" && change.to !== "merged") return undefined;
  return type === "quantity_cancelled" ? "cancel" : "short";
}

function movementsOf(order: Order, changes: readonly Change[], { at }: DecisionContext): StockMovement[] {
  const itemOf = new Map<LineId, ItemCode>(order.lines.map((line) => [line.lineId, line.itemCode]));
  const movements: StockMovement[] = [];
  for (const change of changes) {
    if (change.kind === "line_added") itemOf.set(change.line.lineId, change.line.itemCode);
    if (change.kind !== "quantity_moved") continue;
    const kind = bucketEdge(change.from, change.to)?.movement;
    const itemCode = itemOf.get(change.lineId);
    if (kind === undefined || kind === null || itemCode === undefined || change.source === undefined) continue;
    const { lineId, quantity } = change;
    movements.push({ kind, itemCode, ...stockSource(change.source), quantity, at, orderNo: order.orderNo, lineId });
  }
  return movements;
}
