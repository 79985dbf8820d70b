import type { CalendarDay } from "../../core/calendar-day.js";
import { add, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { recordEvent } from "../../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { Bucket } from "../../model/bucket.js";
import type { Change, QuantityMoved, ShortageNote } from "../../model/change.js";
import { checkNames, type NameIssue } from "../../model/check-names.js";
import type { ItemCode, LineId, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine, ShortageCause } from "../../model/order-line.js";
import type { Outcome } from "../../model/outcome.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import { stockSource } from "../../model/stock.js";
import type { DatedQuantityIssue } from "../../scheduling/available-to-promise.js";
import { supplyDays, type SupplyDays, type SupplyFacts } from "./supply-day.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { deferralShape } from "../command-shapes.js";

/** Command: the whole order is to wait. */
export interface DeferOrder {
  /** Why, in the site's own code. */
  readonly reason: string;
  /** What it waits for: that all of it can be had (`stock`), or the customer's next order, into which it goes. */
  readonly until: "stock" | "nextOrder";
  /** Where the shortage was found; `allocation` when absent. */
  readonly cause?: ShortageCause;
}

/** What deferring needs to know. */
export interface DeferOrderContext extends DecisionContext, SupplyFacts {}

/** Why an order cannot be deferred. */
export type DeferOrderIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | DatedQuantityIssue
  | IssueOf<{
      "defer.unknown_until": { readonly until: string };
      "defer.nothing_left": { readonly orderNo: OrderNo };
      "defer.under_way": { readonly lineId: LineId; readonly bucket: Bucket; readonly quantity: Decimal };
    }>;

/**
 * Defers a whole order that cannot be served as a whole: all that was reserved for it is free again for others, and a day
 * is proposed on which it can have everything.
 *
 * **Rules**
 * 1. All that is open, allocated or back-filled waits as deferred; reservations are released. A shortage that was recorded
 *    before keeps its cause and its date.
 * 2. An order of which anything was picked or has left the house is no longer whole and is refused.
 * 3. The proposed day is the first on which every item can be had in full, from the supplies that are named and what the
 *    order gives back today, without breaking what is committed to others. The customer is told; earlier promises stay.
 *    Without supplies, or when they do not suffice, no day is proposed.
 * 4. Until stock suffices for all of it, no allocation gives it a part. An order that waits for the next order is left
 *    alone until it is merged, with all that is added to it meanwhile.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 9.16, 8.1, 12.2a; definitions B6, B9
 * @example
 * ```ts
 * import { calendarDay, decimal, deferOrder } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { open: "4", allocated: "6" } }] });
 * const supplies = [{ itemCode: "TEA", day: calendarDay("2026-03-09"), quantity: decimal("50") }];
 * const context = { ...anyContext(), today: calendarDay("2026-03-02"), supplies };
 * const result = deferOrder(order, { reason: "short", until: "stock" }, context);
 * result.ok && [result.value.order.lines[0]!.quantities.deferred, result.value.order.lines[0]!.promises[0]!.day]; // => ["10", "2026-03-09"]
 * result.ok && result.value.movements.map(({ kind, quantity }) => [kind, quantity]); // => [["release", "6"]]
 * ```
 */
export function deferOrder(
  order: Order,
  command: DeferOrder,
  context: DeferOrderContext,
): Result<Outcome, DeferOrderIssue> {
  const misshapen = commandFaults(command, deferralShape);
  if (misshapen.length > 0) return refuse(misshapen);
  return deferUntil(order, command, context, supplyDays(context));
}

/** The same with a command in its shape, where the days of supply are known. @internal */
export function deferUntil(
  order: Order,
  { reason, until, cause = "allocation" }: DeferOrder,
  context: DecisionContext,
  dayOf: SupplyDays,
): Result<Outcome, DeferOrderIssue> {
  const { orderNo, lines } = order;
  const issues: DeferOrderIssue[] = [...checkTransition(order, "defer"), ...checkNames({ reason })];
  if (!WAITS_FOR.includes(until))
    issues.push(issue("defer.unknown_until", ["until"], { until: String(until).slice(0, 60) }));
  for (const [position, { lineId, quantities }] of lines.entries()) {
    for (const bucket of UNDER_WAY) {
      const quantity = quantities[bucket];
      if (quantity !== ZERO) issues.push(issue("defer.under_way", ["lines", position], { lineId, bucket, quantity }));
    }
  }
  const note = { cause, reason, since: context.at, mode: until === "stock" ? "wholeOrder" : "withNextOrder" } as const;
  const moves = lines.flatMap((line) => deferralOf(line, note));
  if (moves.length === 0) issues.push(issue("defer.nothing_left", ["lines"], { orderNo }));
  const day = until === "stock" ? dayOf(...needsOf(lines)) : ok(undefined);
  if (!day.ok) issues.push(...day.issues);
  if (issues.length > 0 || !day.ok) return refuse(issues);
  const proposedDay = day.value;
  const changes = proposedDay === undefined ? moves : [...moves, ...promisesOf(moves, proposedDay, context)];
  const details = { reason, until, ...(proposedDay === undefined ? {} : { proposedDay }) };
  const requests = [{ type: "notify_customer", orderNo, template: "order_deferred" }] as const;
  return ok(recordEvent(order, { type: "order_deferred", details, changes, requests }, context));
}

const WAITS_FOR: readonly string[] = ["stock", "nextOrder"];
const UNDER_WAY = ["picked", "shipped", "delivered", "returned"] as const;

function deferralOf({ lineId, quantities, reservations, shortages }: OrderLine, note: ShortageNote): QuantityMoved[] {
  const move = { kind: "quantity_moved", lineId, to: "deferred", shortage: note } as const;
  const waits = shortages.filter(({ bucket }) => bucket === "backfill");
  return [
    ...reservations.flatMap((reservation): QuantityMoved[] => {
      const quantity = reservation.quantities.allocated;
      return quantity === undefined ? [] : [{ ...move, from: "allocated", quantity, source: stockSource(reservation) }];
    }),
    // Short quantity has no way from one file to the other but through open.
    ...waits.flatMap(({ quantity, cause, reason, since, mode }): QuantityMoved[] => [
      {
        kind: "quantity_moved",
        lineId,
        from: "backfill",
        to: "open",
        quantity,
        serves: { cause, reason, since, mode },
      },
      { ...move, from: "open", quantity, shortage: { cause, reason, since, mode: note.mode } },
    ]),
    ...(quantities.open === ZERO ? [] : [{ ...move, from: "open", quantity: quantities.open } as const]),
  ];
}

/**
 * What an order waits for or holds of each item, and what it gives back of it; goods that a customer left in store are not
 * ours to supply.
 */
function needsOf(lines: readonly OrderLine[]): [needs: Map<ItemCode, Decimal>, given: Map<ItemCode, Decimal>] {
  const [needs, given] = [new Map<ItemCode, Decimal>(), new Map<ItemCode, Decimal>()];
  const count = (sums: Map<ItemCode, Decimal>, itemCode: ItemCode, quantity: Decimal): void => {
    if (quantity !== ZERO) sums.set(itemCode, add(sums.get(itemCode) ?? ZERO, quantity));
  };
  for (const line of lines) {
    if (isDepositDraw(line)) continue;
    const { itemCode, quantities } = line;
    const { open, allocated, backfill, deferred } = quantities;
    count(needs, itemCode, [open, allocated, backfill, deferred].reduce(add));
    count(given, itemCode, allocated);
  }
  return [needs, given];
}

function promisesOf(moves: readonly QuantityMoved[], day: CalendarDay, { at }: DecisionContext): Change[] {
  const lineIds = new Set(moves.map(({ lineId }) => lineId));
  return [...lineIds].map((lineId) => ({
    kind: "promise_set",
    lineId,
    promise: { day, kind: "scheduled", promisedAt: at },
  }));
}
