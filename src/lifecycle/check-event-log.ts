import { compareInstants, isInstant, type Instant } from "../core/instant.js";
import { issue, type IssueOf } from "../core/issue.js";
import { isSameData } from "../core/same-data.js";
import type { Change } from "../model/change.js";
import type { OrderEvent } from "../model/event.js";
import type { OrderNo } from "../model/ids.js";
import type { Order, OrderStatus } from "../model/order.js";
import { firstBadChange, firstBadEvent, firstEnd } from "./first-bad-event.js";
import { replayOrders } from "./replay-orders.js";

/** Where an event stands, as far as it could be read. */
export type EventPlace = Pick<OrderEvent, "orderNo" | "eventId">;

/** What is wrong with a log. */
export type EventLogIssue = IssueOf<{
  /** No event at all, or one without number, version, time and changes. */
  "event_log.not_an_event": { readonly position: number };
  /** The first event of an order does not carry the order that begins. */
  "event_log.does_not_open": EventPlace & { readonly version: number };
  /** Events are missing before this one. */
  "event_log.version_missing": EventPlace & { readonly expected: number; readonly version: number };
  /** The version was there before. */
  "event_log.version_repeated": EventPlace & { readonly version: number };
  /** The event that should come first stands further down. */
  "event_log.out_of_order": EventPlace & { readonly expected: number; readonly version: number };
  /** The id is not made of order number and version. */
  "event_log.id_differs": EventPlace & { readonly expected: string };
  /** It happened before the event that it follows. */
  "event_log.before_predecessor": EventPlace & { readonly at: Instant; readonly previousAt: Instant };
  /** A change does not fit the order as it is then. */
  "event_log.change_not_possible": EventPlace & {
    readonly change: number;
    readonly kind: string;
    readonly detail: string;
  };
  /** The order had ended. */
  "event_log.after_end": EventPlace & { readonly status: OrderStatus };
  /** The events lead to another order than the one that is stored. */
  "event_log.order_differs": {
    readonly orderNo: OrderNo;
    readonly field: string;
    readonly version: number;
    readonly storedVersion: number;
  };
  /** Events whose order is not stored. */
  "event_log.order_not_stored": { readonly orderNo: OrderNo };
  /** A stored order without events. */
  "event_log.order_without_events": { readonly orderNo: OrderNo };
}>;

/** What the log is held against besides itself. */
export interface CheckEventLogOptions {
  /** All orders as they are stored; absent when only the log itself is looked at. */
  readonly orders?: readonly Order[];
}

/**
 * Checks whether a log of events tells the complete and possible history of every order in it, and names the first event
 * of each order that does not fit.
 *
 * **Rules**
 * 1. The first event of an order opens it. The versions that follow count up by one, in the order of the log, and every
 *    id is made of order number and version.
 * 2. No event happened before the one that it follows; the same instant is allowed.
 * 3. Every change of an event is possible on the order as it is then: the moves are edges of the table and take no more
 *    than there is, lines exist, and so on.
 * 4. Nothing follows after the order has ended.
 * 5. With the stored orders, each of them is what its events lead to: so a last event that was cut off is found too, and
 *    a number that was altered to another possible one.
 * 6. Of each order only the first fault is told, since what follows stands on it.
 *
 * What an event tells in its details is not held against anything. Nothing in the log makes the check throw.
 *
 * @param events whole histories of orders, as they were appended; those of different orders may be mixed
 * @param options the stored orders, if they are to be compared
 * @returns the first fault of each order, in the sequence of the log; then stored orders without events. n log n.
 *
 * **Source:** mission 11.3; definition B17
 * @example
 * ```ts
 * import { checkEventLog } from "ordercycle";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { events, order } = anyOrderHistory();
 * checkEventLog(events, { orders: [order] }); // => []
 * const [fault] = checkEventLog(events.filter(({ type }) => type !== "order_picked"));
 * [fault?.code, fault?.params]; // => ["event_log.version_missing", { orderNo: "SO-1", eventId: "SO-1@6", expected: 5, version: 6 }]
 * ```
 */
export function checkEventLog(
  events: readonly OrderEvent[],
  { orders: stored }: CheckEventLogOptions = {},
): EventLogIssue[] {
  const faults: { readonly position: number; readonly fault: EventLogIssue }[] = [];
  const histories = new Map<OrderNo, { readonly positions: number[]; readonly events: OrderEvent[] }>();
  for (const [position, event] of events.entries()) {
    if (!isReadable(event)) {
      faults.push({ position, fault: issue("event_log.not_an_event", [position], { position }) });
      continue;
    }
    const history = histories.get(event.orderNo) ?? { positions: [], events: [] };
    history.positions.push(position);
    history.events.push(event);
    histories.set(event.orderNo, history);
  }
  const storedOf = stored && new Map(stored.map((order) => [order.orderNo, order]));
  for (const { positions, events: own } of histories.values()) {
    const found = firstFault(own, positions);
    const last = positions.at(-1) as number;
    if (found !== undefined) faults.push({ position: positions[found.event] as number, fault: found.fault });
    else if (storedOf !== undefined)
      faults.push(...differences(own, storedOf).map((fault) => ({ position: last, fault })));
  }
  return [
    ...faults.sort((a, b) => a.position - b.position).map(({ fault }) => fault),
    ...(stored ?? []).flatMap(({ orderNo }): EventLogIssue[] =>
      histories.has(orderNo) ? [] : [issue("event_log.order_without_events", [], { orderNo })],
    ),
  ];
}

function isReadable(entry: unknown): boolean {
  if (typeof entry !== "object" || entry === null) return false;
  const { orderNo, eventId, version, at, changes } = entry as Partial<OrderEvent>;
  const isChange = (change: unknown): boolean => typeof change === "object" && change !== null;
  return (
    typeof orderNo === "string" &&
    typeof eventId === "string" &&
    Number.isSafeInteger(version) &&
    isInstant(at) &&
    Array.isArray(changes) &&
    changes.every(isChange)
  );
}

/** An event of one order that does not fit, by its place among them. */
interface Fault {
  readonly event: number;
  readonly fault: EventLogIssue;
}

function firstFault(events: readonly OrderEvent[], positions: readonly number[]): Fault | undefined {
  const outOfLine = firstOutOfLine(events, positions);
  const inLine = outOfLine === undefined ? events : events.slice(0, outOfLine.event);
  const bad = firstBadEvent(inLine);
  const possible = bad === undefined ? inLine : inLine.slice(0, bad);
  const end = firstEnd(possible);
  if (end !== undefined && end.event + 1 < inLine.length) {
    const event = end.event + 1;
    const { status } = end;
    return {
      event,
      fault: issue("event_log.after_end", pathTo(positions, event), { ...nameOf(events[event]), status }),
    };
  }
  if (bad === undefined) return outOfLine;
  const { change, kind, detail } = firstBadChange(inLine, bad);
  const path = [...pathTo(positions, bad), "changes", change];
  const params = { ...nameOf(inLine[bad]), change, kind, detail };
  return { event: bad, fault: issue("event_log.change_not_possible", path, params) };
}

/** Versions, ids and times: what can be seen without looking at a change. */
function firstOutOfLine(events: readonly OrderEvent[], positions: readonly number[]): Fault | undefined {
  const versions = new Set(events.map(({ version }) => version));
  const seen = new Set<number>();
  let previous: OrderEvent | undefined;
  for (const [event, current] of events.entries()) {
    const { version, eventId, orderNo, at } = current;
    const name = nameOf(current);
    const path = pathTo(positions, event);
    const expected = (previous?.version ?? 0) + 1;
    if (version !== expected) {
      if (seen.has(version)) return { event, fault: issue("event_log.version_repeated", path, { ...name, version }) };
      const code = versions.has(expected) ? "event_log.out_of_order" : "event_log.version_missing";
      return { event, fault: issue(code, path, { ...name, expected, version }) };
    }
    if (previous === undefined && !opens(current)) {
      return { event, fault: issue("event_log.does_not_open", path, { ...name, version }) };
    }
    const id = `${orderNo}@${version}`;
    if (eventId !== id) return { event, fault: issue("event_log.id_differs", path, { ...name, expected: id }) };
    if (previous !== undefined && compareInstants(at, previous.at) < 0) {
      const params = { ...name, at, previousAt: previous.at };
      return { event, fault: issue("event_log.before_predecessor", path, params) };
    }
    seen.add(version);
    previous = current;
  }
  return undefined;
}

function opens({ changes: [first] }: { readonly changes: readonly Change[] }): boolean {
  return first?.kind === "order_opened";
}

function nameOf(event: OrderEvent | undefined): EventPlace {
  const { orderNo, eventId } = event as OrderEvent;
  return { orderNo, eventId };
}

function pathTo(positions: readonly number[], event: number): (string | number)[] {
  return [positions[event] as number];
}

function differences(events: readonly OrderEvent[], storedOf: ReadonlyMap<OrderNo, Order>): EventLogIssue[] {
  const [order] = replayOrders(events) as [Order];
  const { orderNo, version } = order;
  const stored = storedOf.get(orderNo);
  if (stored === undefined) return [issue("event_log.order_not_stored", [], { orderNo })];
  const fields = ["version", ...Object.keys(order), ...Object.keys(stored)] as (keyof Order)[];
  const field = fields.find((each) => !isSameData(order[each], stored[each]));
  if (field === undefined) return [];
  return [issue("event_log.order_differs", [], { orderNo, field, version, storedVersion: stored.version })];
}
