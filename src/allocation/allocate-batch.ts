import type { CalendarDay } from "../core/calendar-day.js";
import { fromUnits, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { AllocationReason } from "../model/allocation-reason.js";
import type { QuantityMoved } from "../model/change.js";
import type { OrderEvent } from "../model/event.js";
import type { ItemCode, OrderNo } from "../model/ids.js";
import type { StockMovement } from "../model/movement.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { BatchOutcome, RefusedOrder } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { stockSource, type StockPosition } from "../model/stock.js";
import type { AllocationTakes } from "./allocation-columns.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import { allocationReasons } from "./allocation-reasons.js";
import { batchColumns, type BatchColumns } from "./batch-columns.js";
import { orderOfService, type ServiceFacts } from "./order-of-service.js";
import type { ServingContext } from "./serve-orders.js";
import { takesOf } from "./takes-of.js";
import { takeFromParts } from "./waiting-quantity.js";

/** What allocating a batch needs to know. */
export interface AllocateBatchContext
  extends DecisionContext, Pick<ServiceFacts, "timesDisplaced" | "hostKeys">, Pick<ServingContext, "hostRanks"> {
  /** How stock is given to orders. */
  readonly policy: AllocationPolicy;
  /** Today in the seller's calendar: lots that expire today or earlier are not offered. */
  readonly today: CalendarDay;
}

/** Why an order takes no part in a batch. */
export type AllocateBatchIssue =
  | TransitionIssue
  | IssueOf<{
      "allocate.nothing_waiting": { readonly orderNo: OrderNo };
      "allocate.quantity_out_of_range": { readonly itemCode: ItemCode };
    }>;

/** The answer of an allocation: the outcome of the batch, and what each line got and why. */
export interface AllocationOutcome extends BatchOutcome {
  /** One reason for each line that took part, in the order of service. */
  readonly reasons: readonly AllocationReason[];
}

/**
 * Gives stock to a batch of orders: one declared order of service, warehouses, bins and lots as the policy has them, and a
 * recorded reason for everything that stays short.
 *
 * **Rules**
 * 1. Orders are served as the policy's chain ranks them, lines within an order by their numbers; the order of the input
 *    changes nothing.
 * 2. A line asks for what is open and for what went short before; what went short is served first.
 * 3. Each line takes from the warehouses as the policy finds them – the nearest first, one for the whole order, chosen, or
 *    ranked – and there from bins and lots in their order; a line that names a lot takes no other. Only our own usable
 *    stock is offered, goods in store for a customer only to that customer's draw-downs.
 * 4. A line that may not come in parts is served in full, as far as its step allows, or not at all; a line with a step
 *    gets multiples of it. Lines that come together – of an order that is to ship complete, or of one delivery group – are
 *    all served so, or none of them; what a group gives up is offered to all that come after.
 * 5. What stays open goes where the line's shortage policy says: recorded for back-fill, cancelled, or left open.
 * 6. An order for which nothing changes gets no event; running the batch again changes nothing more.
 * 7. An order that may not be allocated now, waits for nothing, or wants an item that cannot be counted exactly, is left
 *    alone with its reasons.
 *
 * @param orders each order once
 * @param stock positions, each place once
 * @returns the outcome with a reason for every line. n log n in lines and lots.
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 9.2, 9.7, 9.8, 9.9, 9.10, 9.11, 9.12, 9.15, 9.16, 12.2c; definitions B1, B4, B5, B6
 * @example
 * ```ts
 * import { allocateBatch, calendarDay, USUAL_PRIORITY } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const line = { itemCode: "TEA", orderedQty: "30", shortagePolicy: "backfillOnArrival" as const };
 * const orders = [
 *   anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { customerClass: "B" }, lines: [line] }),
 *   anyOrder({ orderNo: "SO-2", stage: "confirmed", header: { customerClass: "A" }, lines: [line] }),
 * ];
 * const stock = anyStock({ itemCode: "TEA", warehouseId: "NORTH", onHand: "40" });
 * const policy = { priority: USUAL_PRIORITY, sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, lots: "fifo" as const };
 * const outcome = allocateBatch(orders, stock, { ...anyContext(), policy, today: calendarDay("2026-03-02") });
 * outcome.reasons.map(({ orderNo, allocated, code }) => [orderNo, allocated, code]); // => [["SO-2","30","served_in_full"],["SO-1","10","served_in_part"]]
 * outcome.orders[0]!.lines[0]!.quantities.backfill; // => "20"
 * ```
 */
export function allocateBatch(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  context: AllocateBatchContext,
): AllocationOutcome {
  const { policy, today } = context;
  const refusals = new Map<OrderNo, readonly AllocateBatchIssue[]>();
  const able = orders.filter((order) => {
    const issues = checkTransition(order, "allocate");
    if (issues.length > 0) refusals.set(order.orderNo, issues);
    return issues.length === 0;
  });
  if (new Set(orders.map(({ orderNo }) => orderNo)).size !== orders.length)
    throw new RangeError("An order is listed twice.");

  const served = orderOfService(able, policy.priority, context).map((position) => able[position] as Order);
  const batch = batchColumns(served, stock, policy, today);
  const takes = takesOf(served, batch, context);
  const reasons = allocationReasons(served, batch, takes);
  const changes = changesOf(served, batch, takes, reasons, context);

  const outcomes = new Map<OrderNo, Order>();
  const events: OrderEvent[] = [];
  const movements: StockMovement[] = [];
  const requests: HostRequest[] = [];
  for (const [position, order] of served.entries()) {
    const { orderNo } = order;
    const tooLong = batch.outOfRange.get(position);
    if (tooLong !== undefined) {
      refusals.set(
        orderNo,
        tooLong.map((itemCode) => issue("allocate.quantity_out_of_range", ["lines"], { itemCode })),
      );
      continue;
    }
    const own = changes[position];
    if (own === undefined) {
      refusals.set(orderNo, [issue("allocate.nothing_waiting", ["lines"], { orderNo })]);
      continue;
    }
    if (own.changes.length === 0) continue;
    const isShort = own.changes.some(({ to }) => to !== "allocated");
    const outcome = recordEvent(
      order,
      {
        type: "order_allocated",
        details: { reasons: own.reasons },
        changes: own.changes,
        requests: isShort ? [{ type: "notify_customer", orderNo, template: "shortage_recorded" }] : [],
      },
      context,
    );
    outcomes.set(orderNo, outcome.order);
    for (const event of outcome.events) events.push(event);
    for (const movement of outcome.movements) movements.push(movement);
    for (const request of outcome.requests) requests.push(request);
  }
  const refused: RefusedOrder[] = orders.flatMap(({ orderNo }) => {
    const issues = refusals.get(orderNo);
    return issues === undefined ? [] : [{ orderNo, issues }];
  });
  return {
    orders: orders.map((order) => outcomes.get(order.orderNo) ?? order),
    events,
    movements,
    requests,
    refused,
    reasons: reasons.filter(({ orderNo }) => !refusals.has(orderNo)),
  };
}

interface OrderChanges {
  readonly changes: QuantityMoved[];
  readonly reasons: AllocationReason[];
}

/** Turns takes and shortages into moves of quantity, by position of the order; undefined where nothing waits. */
function changesOf(
  orders: readonly Order[],
  batch: BatchColumns,
  takes: AllocationTakes,
  reasons: readonly AllocationReason[],
  context: AllocateBatchContext,
): (OrderChanges | undefined)[] {
  const changes = orders.map<OrderChanges | undefined>(() => undefined);
  let take = 0;
  for (const [position, demand] of batch.demands.entries()) {
    const own = (changes[demand.order] ??= { changes: [], reasons: [] });
    const reason = reasons[position] as AllocationReason;
    own.reasons.push(reason);
    const scale = batch.lineScale[position] as number;
    let parts = demand.parts;
    while (take < takes.count && takes.line[take] === position) {
      const units = takes.units[take] as number;
      const quantity = units === takes.lineTaken[position] ? reason.allocated : fromUnits(units, scale);
      const source = stockSource(batch.lots[takes.lot[take] as number] as StockPosition);
      const taken = takeFromParts(parts, quantity);
      for (const part of taken.taken) {
        own.changes.push({
          kind: "quantity_moved",
          lineId: demand.line.lineId,
          from: part.bucket,
          to: "allocated",
          quantity: part.quantity,
          source,
        });
      }
      parts = taken.left;
      take++;
    }
    const open = parts.find(({ bucket }) => bucket === "open")?.quantity ?? ZERO;
    if (open !== ZERO && !demand.isHeld) own.changes.push(...shortageOf(demand.line, open, reason, context));
  }
  return changes;
}

/** Where the open remainder of a line goes. */
function shortageOf(
  line: OrderLine,
  quantity: Decimal,
  reason: AllocationReason,
  { at }: DecisionContext,
): QuantityMoved[] {
  const move = { kind: "quantity_moved", lineId: line.lineId, from: "open", quantity } as const;
  const note = { cause: "allocation", reason: reason.code, since: at } as const;
  switch (line.shortagePolicy) {
    case "leaveOpen":
      return [];
    case "cancelRemainder":
      return [{ ...move, to: "cancelled" }];
    case "backfillOnArrival":
      return [{ ...move, to: "backfill", shortage: { ...note, mode: "onArrival" } }];
    case "backfillWithNextOrder":
      return [{ ...move, to: "backfill", shortage: { ...note, mode: "withNextOrder" } }];
  }
}
