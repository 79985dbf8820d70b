import { compareDays, type CalendarDay } from "../core/calendar-day.js";
import { compare, isPositive, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { Change } from "../model/change.js";
import { checkDays, type DayIssue } from "../model/check-days.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { EventDetails, OrderEvent } from "../model/event.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { reservedPlaces } from "../model/reserved-places.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { failureShape } from "./command-shapes.js";

/** Command: the goods could not be handed over. */
export interface RecordDeliveryFailure {
  /** Why, in the site's own code (`nobody_home`, `address_wrong` …). */
  readonly reason: string;
  /** Which attempt it was, from 1; `countDeliveryFailures` says how many there were before. */
  readonly attempt: number;
  /** Where the goods wait for the next attempt: they stay on the vehicle, or come back to the depot. */
  readonly goods: "onVehicle" | "inDepot";
  /** Day of the next attempt; needed while there is to be one. */
  readonly nextOn?: CalendarDay;
  /** Lines, each once; all that is on its way when absent. */
  readonly lines?: readonly {
    /** Line. */
    readonly lineId: LineId;
    /** Quantity in the base unit; absent for all of the line that is on its way. */
    readonly quantity?: Decimal;
  }[];
}

/** What recording a failure needs to know. */
export interface RecordDeliveryFailureContext extends DecisionContext {
  /** After so many attempts the goods are taken back; from 1. */
  readonly maxAttempts: number;
  /** Day of the attempt, in the seller's calendar. */
  readonly today: CalendarDay;
}

/** Why a failure is refused. */
export type RecordDeliveryFailureIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | DayIssue
  | IssueOf<{
      "failure.nothing_shipped": { readonly orderNo: OrderNo };
      "failure.no_lines": { readonly orderNo: OrderNo };
      "failure.unknown_line": { readonly lineId: LineId };
      "failure.line_not_shipped": { readonly lineId: LineId };
      "failure.listed_twice": { readonly lineId: LineId };
      "failure.quantity_not_positive": { readonly lineId: LineId; readonly quantity: Decimal };
      "failure.more_than_shipped": { readonly lineId: LineId; readonly quantity: Decimal; readonly shipped: Decimal };
      "failure.not_a_count": { readonly attempt: number };
      "failure.limit_not_a_count": { readonly maxAttempts: number };
      "failure.next_day_past": { readonly nextOn: CalendarDay; readonly today: CalendarDay };
      "failure.no_next_day": { readonly attempt: number; readonly maxAttempts: number };
    }>;

/**
 * Records that goods could not be handed over, and what happens with them: another attempt, or back into stock.
 *
 * **Rules**
 * 1. It concerns goods that are on their way: all of them, or of the lines that are named as much as is named. What is not
 *    named is still on its way: it can be signed for, fail or get lost apart. Goods leave the places first that were
 *    reserved first.
 * 2. While attempts are left, the goods stay on the vehicle, or come back to the depot, where they are `picked` again and
 *    leave with another shipment. The day of the next attempt, not before the day of this one, is promised to the customer.
 * 3. After the last attempt the goods are taken back: they have come back as if the customer had refused them, and the
 *    delivery note that names them does not hold any more.
 * 4. The customer is told, and the next attempt is to be planned.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 14.7, 10.8; definition B19
 * @example
 * ```ts
 * import { calendarDay, recordDeliveryFailure } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
 * const command = { reason: "nobody_home", attempt: 1, goods: "inDepot" as const, nextOn: calendarDay("2026-03-05") };
 * const context = { ...anyContext(), maxAttempts: 2, today: calendarDay("2026-03-04") };
 * const result = recordDeliveryFailure(order, command, context);
 * result.ok && result.value.order.status; // => "picked"
 * const last = recordDeliveryFailure(order, { ...command, attempt: 2 }, context);
 * last.ok && last.value.order.lines[0]!.quantities.returned; // => "10"
 * ```
 */
export function recordDeliveryFailure(
  order: Order,
  command: RecordDeliveryFailure,
  context: RecordDeliveryFailureContext,
): Result<Outcome, RecordDeliveryFailureIssue> {
  const misshapen = commandFaults(command, failureShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { orderNo } = order;
  const { reason, attempt, nextOn } = command;
  const { failed, issues: wrong } = failedLines(order, command);
  const issues: RecordDeliveryFailureIssue[] = [
    ...checkTransition(order, "failDelivery"),
    ...checkNames({ reason }),
    ...checkDays({ nextOn }),
    ...wrong,
    ...checkAttempt(command, context),
  ];
  if (issues.length > 0) return refuse(issues);

  const isLast = attempt >= context.maxAttempts;
  const goods: EventDetails["delivery_failed"]["goods"] = isLast ? "returned" : command.goods;
  const next = isLast || nextOn === undefined ? {} : { nextOn };
  const changes = failed.flatMap((part) => changesOf(part, goods, next, context));
  const requests: HostRequest[] = [
    ...(next.nextOn === undefined
      ? []
      : [{ type: "plan_delivery", orderNo, cause: "failedDelivery", day: next.nextOn } as const]),
    { type: "notify_customer", orderNo, template: "delivery_failed" },
  ];
  const lines = failed.map(({ line: { lineId }, quantity }) => ({ lineId, quantity }));
  const details = { reason, attempt, goods, ...next, lines };
  return ok(recordEvent(order, { type: "delivery_failed", details, changes, requests }, context));
}

/**
 * Counts the failed attempts since goods of the order, or of one of its lines, were last handed over.
 *
 * @param events of one order, oldest first
 * @param lineId the line, when parts of the order go separate ways
 * @returns the number of attempts that came to nothing; the next one is one more
 *
 * **Source:** mission 14.7
 * @example
 * ```ts
 * import { countDeliveryFailures } from "ordercycle";
 * countDeliveryFailures([]); // => 0
 * ```
 */
export function countDeliveryFailures(events: readonly OrderEvent[], lineId?: LineId): number {
  return events.reduce((count, event) => {
    if (event.type === "order_delivered") return lineId === undefined || isHandedOver(event, lineId) ? 0 : count;
    if (event.type !== "delivery_failed") return count;
    return lineId === undefined || event.details.lines.some((line) => line.lineId === lineId) ? count + 1 : count;
  }, 0);
}

function isHandedOver({ changes }: OrderEvent, lineId: LineId): boolean {
  return changes.some((change) => change.kind === "quantity_moved" && change.lineId === lineId);
}

/** A part of a line that was not handed over. */
interface FailedPart {
  readonly line: OrderLine;
  readonly quantity: Decimal;
}

function failedLines(
  { orderNo, lines }: Order,
  command: RecordDeliveryFailure,
): { readonly failed: readonly FailedPart[]; readonly issues: readonly RecordDeliveryFailureIssue[] } {
  const shipped = lines.filter(({ quantities }) => isPositive(quantities.shipped));
  const issues: RecordDeliveryFailureIssue[] = [];
  if (command.lines === undefined) {
    if (shipped.length === 0) issues.push(issue("failure.nothing_shipped", ["lines"], { orderNo }));
    return { failed: shipped.map((line) => ({ line, quantity: line.quantities.shipped })), issues };
  }
  if (command.lines.length === 0) issues.push(issue("failure.no_lines", ["lines"], { orderNo }));
  const lineOf = new Map(lines.map((line) => [line.lineId, line]));
  const wanted = new Map<LineId, Decimal>();
  for (const [place, given] of command.lines.entries()) {
    const { lineId } = given;
    const path = ["lines", place];
    const line = lineOf.get(lineId);
    if (line === undefined) {
      issues.push(issue("failure.unknown_line", path, { lineId }));
      continue;
    }
    if (wanted.has(lineId)) issues.push(issue("failure.listed_twice", path, { lineId }));
    const onTheWay = line.quantities.shipped;
    const quantity = given.quantity ?? onTheWay;
    wanted.set(lineId, quantity);
    if (!isPositive(onTheWay)) issues.push(issue("failure.line_not_shipped", path, { lineId }));
    else if (!isPositive(quantity)) issues.push(issue("failure.quantity_not_positive", path, { lineId, quantity }));
    else if (compare(quantity, onTheWay) > 0) {
      issues.push(issue("failure.more_than_shipped", path, { lineId, quantity, shipped: onTheWay }));
    }
  }
  const failed = shipped.flatMap((line): FailedPart[] => {
    const quantity = wanted.get(line.lineId);
    return quantity === undefined ? [] : [{ line, quantity }];
  });
  return { failed, issues };
}

function checkAttempt(
  { attempt, nextOn }: RecordDeliveryFailure,
  { maxAttempts, today }: RecordDeliveryFailureContext,
): RecordDeliveryFailureIssue[] {
  const issues: RecordDeliveryFailureIssue[] = [];
  const isCounted = isCount(attempt);
  const isLimited = isCount(maxAttempts);
  if (!isCounted) issues.push(issue("failure.not_a_count", ["attempt"], { attempt }));
  if (!isLimited) issues.push(issue("failure.limit_not_a_count", ["maxAttempts"], { maxAttempts }));
  if (nextOn !== undefined && compareDays(nextOn, today) < 0) {
    issues.push(issue("failure.next_day_past", ["nextOn"], { nextOn, today }));
  }
  if (isCounted && isLimited && attempt < maxAttempts && nextOn === undefined) {
    issues.push(issue("failure.no_next_day", ["nextOn"], { attempt, maxAttempts }));
  }
  return issues;
}

function isCount(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 1;
}

function changesOf(
  { line, quantity }: FailedPart,
  goods: EventDetails["delivery_failed"]["goods"],
  { nextOn }: { readonly nextOn?: CalendarDay },
  { at }: DecisionContext,
): Change[] {
  const { lineId } = line;
  const places = goods === "onVehicle" ? [] : reservedPlaces(line, "shipped", quantity, "first");
  const to = goods === "returned" ? "returned" : "picked";
  const back = places.map((part): Change => ({ kind: "quantity_moved", lineId, from: "shipped", to, ...part }));
  if (nextOn === undefined) return back;
  return [...back, { kind: "promise_set", lineId, promise: { day: nextOn, kind: "scheduled", promisedAt: at } }];
}
