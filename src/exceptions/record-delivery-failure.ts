import type { CalendarDay } from "../core/calendar-day.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { Change } from "../model/change.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { EventDetails, OrderEvent } from "../model/event.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { reservedPlaces } from "../model/reserved-places.js";

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
  /** Lines; all that are on their way when absent. */
  readonly lineIds?: readonly LineId[];
}

/** What recording a failure needs to know. */
export interface RecordDeliveryFailureContext extends DecisionContext {
  /** After so many attempts the goods are taken back. */
  readonly maxAttempts: number;
}

/** Why a failure is refused. */
export type RecordDeliveryFailureIssue =
  | TransitionIssue
  | NameIssue
  | IssueOf<{
      "failure.nothing_shipped": { readonly orderNo: OrderNo };
      "failure.unknown_line": { readonly lineId: LineId };
      "failure.line_not_shipped": { readonly lineId: LineId };
      "failure.listed_twice": { readonly lineId: LineId };
      "failure.not_a_count": { readonly attempt: number };
      "failure.no_next_day": { readonly attempt: number; readonly maxAttempts: number };
    }>;

/**
 * Records that goods could not be handed over, and what happens with them: another attempt, or back into stock.
 *
 * **Rules**
 * 1. It concerns goods that are on their way: all of them, or those of the lines that are named.
 * 2. While attempts are left, the goods stay on the vehicle, or come back to the depot, where they are `picked` again and
 *    leave with another shipment. The day of the next attempt is promised to the customer.
 * 3. After the last attempt the goods are taken back: they have come back as if the customer had refused them.
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
 * const result = recordDeliveryFailure(order, command, { ...anyContext(), maxAttempts: 2 });
 * result.ok && result.value.order.status; // => "picked"
 * const last = recordDeliveryFailure(order, { ...command, attempt: 2 }, { ...anyContext(), maxAttempts: 2 });
 * last.ok && last.value.order.lines[0]!.quantities.returned; // => "10"
 * ```
 */
export function recordDeliveryFailure(
  order: Order,
  command: RecordDeliveryFailure,
  context: RecordDeliveryFailureContext,
): Result<Outcome, RecordDeliveryFailureIssue> {
  const { orderNo } = order;
  const { reason, attempt, nextOn } = command;
  const { maxAttempts } = context;
  const isLast = attempt >= maxAttempts;
  const { lines, issues: wrong } = linesOf(order, command);
  const issues: RecordDeliveryFailureIssue[] = [
    ...checkTransition(order, "failDelivery"),
    ...checkNames({ reason }),
    ...wrong,
  ];
  if (!Number.isSafeInteger(attempt) || attempt < 1)
    issues.push(issue("failure.not_a_count", ["attempt"], { attempt }));
  else if (!isLast && nextOn === undefined) {
    issues.push(issue("failure.no_next_day", ["nextOn"], { attempt, maxAttempts }));
  }
  if (issues.length > 0) return refuse(issues);

  const goods: EventDetails["delivery_failed"]["goods"] = isLast ? "returned" : command.goods;
  const changes = lines.flatMap((line): Change[] => [
    ...(goods === "onVehicle" ? [] : comingBack(line, goods === "returned" ? "returned" : "picked")),
    ...(isLast || nextOn === undefined
      ? []
      : [
          {
            kind: "promise_set",
            lineId: line.lineId,
            promise: { day: nextOn, kind: "scheduled", promisedAt: context.at },
          } as const,
        ]),
  ]);
  const next = isLast || nextOn === undefined ? {} : { nextOn };
  const requests: HostRequest[] = [
    ...(next.nextOn === undefined
      ? []
      : [{ type: "plan_delivery", orderNo, cause: "failedDelivery", day: next.nextOn } as const]),
    { type: "notify_customer", orderNo, template: "delivery_failed" },
  ];
  const details = { reason, attempt, goods, ...next };
  return ok(recordEvent(order, { type: "delivery_failed", details, changes, requests }, context));
}

/**
 * Counts the failed attempts since goods of the order were last handed over.
 *
 * @param events of one order, oldest first
 * @returns the number of attempts that came to nothing; the next one is one more
 *
 * **Source:** mission 14.7
 * @example
 * ```ts
 * import { countDeliveryFailures } from "ordercycle";
 * countDeliveryFailures([]); // => 0
 * ```
 */
export function countDeliveryFailures(events: readonly OrderEvent[]): number {
  return events.reduce((count, { type }) => {
    if (type === "order_delivered") return 0;
    return type === "delivery_failed" ? count + 1 : count;
  }, 0);
}

function linesOf(
  { orderNo, lines }: Order,
  { lineIds }: RecordDeliveryFailure,
): { readonly lines: readonly OrderLine[]; readonly issues: readonly RecordDeliveryFailureIssue[] } {
  const shipped = lines.filter(({ quantities }) => quantities.shipped !== "0");
  const issues: RecordDeliveryFailureIssue[] = [];
  if (shipped.length === 0 || lineIds?.length === 0)
    issues.push(issue("failure.nothing_shipped", ["lines"], { orderNo }));
  if (lineIds === undefined) return { lines: shipped, issues };
  const known = new Set(lines.map(({ lineId }) => lineId));
  const able = new Set(shipped.map(({ lineId }) => lineId));
  const seen = new Set<LineId>();
  for (const [place, lineId] of lineIds.entries()) {
    const path = ["lineIds", place];
    if (!known.has(lineId)) issues.push(issue("failure.unknown_line", path, { lineId }));
    else if (!able.has(lineId)) issues.push(issue("failure.line_not_shipped", path, { lineId }));
    if (seen.has(lineId)) issues.push(issue("failure.listed_twice", path, { lineId }));
    seen.add(lineId);
  }
  return { lines: shipped.filter(({ lineId }) => seen.has(lineId)), issues };
}

function comingBack(line: OrderLine, to: "picked" | "returned"): Change[] {
  return reservedPlaces(line, "shipped", line.quantities.shipped, "first").map(({ source, quantity }) => ({
    kind: "quantity_moved",
    lineId: line.lineId,
    from: "shipped",
    to,
    quantity,
    source,
  }));
}
