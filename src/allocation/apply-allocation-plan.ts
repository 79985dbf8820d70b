import { add, compare, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type Issue, type IssueOf } from "../core/issue.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { heldLines } from "../lifecycle/held-lines.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { AllocationPlan, PlannedLine, PlannedOrder } from "../model/allocation-plan.js";
import type { AllocationReason } from "../model/allocation-reason.js";
import type { QuantityMoved } from "../model/change.js";
import type { OrderEvent } from "../model/event.js";
import type { ItemCode, LineId, OrderNo } from "../model/ids.js";
import type { StockMovement } from "../model/movement.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { ordersOnce } from "../model/orders-once.js";
import type { BatchOutcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { stockOnce } from "../model/stock-once.js";
import { stockOwnerOf } from "../model/stock-owner.js";
import { stockKey, type StockPosition, type StockSource } from "../model/stock.js";
import { missingTogether, type ComesTogetherIssue } from "./come-together.js";
import { linesOf, progressOf, type HearProgress } from "./allocation-progress.js";
import { shortageChanges } from "./shortage-changes.js";
import { freeQuantity, isUsable } from "./usable-stock.js";
import { takeFromParts, waitingParts, waitingTotal, type WaitingPart } from "../lifecycle/waiting-quantity.js";
import { waitsAsWhole, waitsForNextOrder } from "../lifecycle/together-in.js";

/** What carrying out a plan needs to know. */
export interface ApplyAllocationPlanContext extends DecisionContext {
  /** Stock as it is now, each place once. Absent: the host vouches that the plan's places still have what it takes. */
  readonly stock?: readonly StockPosition[];
  /** Hears how far a long run has come. */
  readonly onProgress?: HearProgress;
}

/** Why an order of a plan is left alone. */
export type ApplyAllocationPlanIssue =
  | TransitionIssue
  | ComesTogetherIssue
  | IssueOf<{
      "allocate.order_missing": { readonly orderNo: OrderNo };
      "allocate.order_changed": { readonly orderNo: OrderNo; readonly planned: number; readonly version: number };
      "allocate.plan_does_not_fit": { readonly lineId: LineId };
      "allocate.stock_gone": {
        readonly lineId: LineId;
        readonly itemCode: ItemCode;
        readonly source: StockSource;
        readonly planned: Decimal;
        readonly free: Decimal;
      };
    }>;

/** The answer of an allocation: the outcome of the batch, and what each line got and why. */
export interface AllocationOutcome extends BatchOutcome {
  /** One reason for each line that took part, in the order of service. */
  readonly reasons: readonly AllocationReason[];
}

/**
 * Carries out what a plan says: reserves the planned takes, records what stays short, and writes the event of each order.
 *
 * **Rules**
 * 1. An order is allocated as planned as a whole, or it is refused and nothing of it is done; the others go on.
 * 2. Refused is an order that is not there, has another version than the one that was planned, may not be allocated now,
 *    or does not wait for what the plan says.
 * 3. Where stock is given, an order is also refused when a place no longer has, free and usable, what it and the orders
 *    before it are to take there.
 * 4. What the plan refused stays refused. An order or a line that the plan does not name is left as it is: a plan may be
 *    applied in part. What comes together – a line that may not come in parts, a delivery group, an order that ships complete
 *    or was deferred as a whole – is not applied in part: such an order is refused, and each line that lacks something named.
 * 5. What stays open goes where the line's shortage policy says: recorded for back-fill, cancelled, or left open.
 * 6. An order for which nothing changes gets no event.
 *
 * Law: planning and applying is `allocateBatch`.
 *
 * @param orders each order once, as they are now
 * @param plan from `planAllocation`; one that comes from outside goes through `parseAllocationPlan` first
 * @returns the outcome, with a reason for every planned line that was not refused. Linear in lines and stock.
 * @throws RangeError when an order is listed twice, among the orders or in the plan, or a place of stock is
 *
 * **Source:** mission 9.1, 9.2, 9.10, 9.15, 12.2c
 * @example
 * ```ts
 * import { applyAllocationPlan, calendarDay, planAllocation } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const orders = ["SO-1", "SO-2"].map((orderNo) => anyOrder({ orderNo, stage: "confirmed", lines: [{ orderedQty: "30" }] }));
 * const policy = { priority: [], sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, lots: "fifo" as const };
 * const plan = planAllocation(orders, anyStock({ onHand: "60" }), { ...anyContext(), policy, today: calendarDay("2026-03-02") });
 * const less = { ...plan, orders: plan.orders.filter(({ orderNo }) => orderNo !== "SO-1") };
 * const outcome = applyAllocationPlan(orders, less, { ...anyContext(), stock: anyStock({ onHand: "45" }) });
 * outcome.orders.map(({ status }) => status); // => ["confirmed","allocated"]
 * ```
 */
export function applyAllocationPlan(
  orders: readonly Order[],
  plan: AllocationPlan,
  context: ApplyAllocationPlanContext,
): AllocationOutcome {
  const positions = new Map(ordersOnce(orders).map(({ orderNo }, position) => [orderNo, position]));
  const refusals = new Map<OrderNo, readonly Issue[]>(plan.refused.map(({ orderNo, issues }) => [orderNo, issues]));
  const free = context.stock === undefined ? undefined : freeByPlace(context.stock, plan);
  const count = progressOf(context.onProgress, "apply", linesOf(plan.orders));

  const after = [...orders];
  const events: OrderEvent[] = [];
  const movements: StockMovement[] = [];
  const requests: HostRequest[] = [];
  const reasons: AllocationReason[] = [];
  for (const planned of ordersOnce(plan.orders)) {
    const { orderNo } = planned;
    count(planned.lines.length);
    const position = positions.get(orderNo);
    const order = position === undefined ? undefined : orders[position];
    const decision = order === undefined ? undefined : changesOf(order, planned, context);
    const issues =
      decision === undefined
        ? [issue("allocate.order_missing", [], { orderNo })]
        : decision.issues.length > 0 || free === undefined
          ? decision.issues
          : takenFrom(free, planned);
    if (issues.length > 0 || order === undefined || position === undefined || decision === undefined) {
      refusals.set(orderNo, issues);
      continue;
    }
    const own = planned.lines.map(reasonOf);
    for (const reason of own) reasons.push(reason);
    if (decision.changes.length === 0) continue;
    const isShort = decision.changes.some(({ to }) => to !== "allocated");
    const outcome = recordEvent(
      order,
      {
        type: "order_allocated",
        details: { reasons: own, ...(plan.policy === undefined ? {} : { policy: plan.policy }) },
        changes: decision.changes,
        requests: isShort ? [{ type: "notify_customer", orderNo, template: "shortage_recorded" }] : [],
      },
      context,
    );
    after[position] = outcome.order;
    for (const event of outcome.events) events.push(event);
    for (const movement of outcome.movements) movements.push(movement);
    for (const request of outcome.requests) requests.push(request);
  }
  const refusedNos = [
    ...orders.map(({ orderNo }) => orderNo),
    ...[...refusals.keys()].filter((no) => !positions.has(no)),
  ];
  const refused = refusedNos.flatMap((orderNo) => {
    const issues = refusals.get(orderNo);
    return issues === undefined ? [] : [{ orderNo, issues }];
  });
  return { orders: after, events, movements, requests, refused, reasons };
}

/** What a planned order comes to, or why it cannot. */
interface OrderDecision {
  readonly changes: readonly QuantityMoved[];
  readonly issues: readonly ApplyAllocationPlanIssue[];
}

function changesOf(order: Order, planned: PlannedOrder, { at }: DecisionContext): OrderDecision {
  const { orderNo, version } = order;
  if (version !== planned.version) {
    const issues = [issue("allocate.order_changed", ["version"], { orderNo, planned: planned.version, version })];
    return { changes: [], issues };
  }
  const issues: ApplyAllocationPlanIssue[] = checkTransition(order, "allocate");
  const held = heldLines(order, "allocate");
  const changes: QuantityMoved[] = [];
  // What waits as a whole keeps its open quantity until it is served as a whole.
  const open = waitsAsWhole(order) && planned.lines.every(({ takes }) => takes.length === 0) ? "keeps" : "follows";
  const isLeft = waitsForNextOrder(order);
  let place = 0;
  for (const plannedLine of planned.lines) {
    const { lineId } = plannedLine;
    while (place < order.lines.length && order.lines[place]?.lineId !== lineId) place++;
    const line = order.lines[place++];
    const parts = line === undefined || isLeft ? undefined : fittingParts(order, line, plannedLine, held);
    if (line === undefined || parts === undefined) {
      issues.push(issue("allocate.plan_does_not_fit", ["lines"], { lineId }));
    } else {
      pushLineChanges(changes, line, plannedLine, parts, { at, open });
    }
  }
  if (issues.length === 0) issues.push(...missingTogether(order, planned));
  return { changes, issues };
}

/**
 * The parts in which the line waits for what was planned; undefined when it does not. The sum tells whether the plan
 * counted what is to go with the next order.
 */
function fittingParts(
  order: Order,
  line: OrderLine,
  planned: PlannedLine,
  held: ReadonlySet<LineId>,
): readonly WaitingPart[] | undefined {
  const { itemCode, requested, allocated, takes, short, code } = planned;
  const owner = stockOwnerOf(order.header, line);
  const isWhole =
    requested === (short === ZERO ? allocated : add(allocated, short)) &&
    allocated === (takes.length === 1 ? takes[0]?.quantity : sum(takes.map(({ quantity }) => quantity)));
  const isHeld = held.has(line.lineId);
  if (line.itemCode !== itemCode || !isWhole || isHeld !== (code === "on_hold") || (isHeld && takes.length > 0))
    return undefined;
  if (takes.some(({ source }) => source.owner !== owner)) return undefined;
  const parts = waitingParts(line, { hasNextOrder: false });
  if (waitingTotal(parts) === requested) return parts;
  const more = waitingParts(line, { hasNextOrder: true });
  return waitingTotal(more) === requested ? more : undefined;
}

function pushLineChanges(
  changes: QuantityMoved[],
  line: OrderLine,
  { lineId, takes, code }: PlannedLine,
  waiting: readonly WaitingPart[],
  { at, open }: { readonly at: DecisionContext["at"]; readonly open: "keeps" | "follows" },
): void {
  let parts = waiting;
  for (const { source, quantity } of takes) {
    const { taken, left } = takeFromParts(parts, quantity);
    for (const part of taken) {
      changes.push({
        kind: "quantity_moved",
        lineId,
        from: part.bucket,
        to: "allocated",
        quantity: part.quantity,
        source,
        ...(part.mode === undefined ? {} : { serves: { mode: part.mode } }),
      });
    }
    parts = left;
  }
  if (code === "on_hold" || open === "keeps") return;
  const rest = parts.find(({ bucket }) => bucket === "open")?.quantity ?? ZERO;
  for (const change of shortageChanges(line, rest, code, at)) changes.push(change);
}

/** The reason alone, without what the plan adds. */
function reasonOf({ itemCode: _item, takes: _takes, ...reason }: PlannedLine): AllocationReason {
  return reason;
}

/** What is free and usable at each place. */
function freeByPlace(stock: readonly StockPosition[], { today }: AllocationPlan): Map<string, Decimal> {
  const free = new Map<string, Decimal>();
  for (const position of stockOnce(stock)) {
    if (isUsable(position, today)) free.set(stockKey(position.itemCode, position), freeQuantity(position));
  }
  return free;
}

/** Takes what an order is to have out of what is free; takes nothing when anything is lacking, and says what. */
function takenFrom(free: Map<string, Decimal>, { lines }: PlannedOrder): ApplyAllocationPlanIssue[] {
  const left = new Map<string, Decimal>();
  const issues: ApplyAllocationPlanIssue[] = [];
  for (const { lineId, itemCode, takes } of lines) {
    for (const { source, quantity } of takes) {
      const key = stockKey(itemCode, source);
      const there = left.get(key) ?? free.get(key) ?? ZERO;
      if (compare(there, quantity) < 0) {
        issues.push(
          issue("allocate.stock_gone", ["lines"], { lineId, itemCode, source, planned: quantity, free: there }),
        );
      } else {
        left.set(key, subtract(there, quantity));
      }
    }
  }
  if (issues.length === 0) for (const [key, quantity] of left) free.set(key, quantity);
  return issues;
}
