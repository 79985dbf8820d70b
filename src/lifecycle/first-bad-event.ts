import { add, isPositive, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import { applyChanges } from "../model/apply-changes.js";
import { BUCKETS, type Bucket } from "../model/bucket.js";
import type { OrderOpened } from "../model/change.js";
import type { OrderEvent } from "../model/event.js";
import type { LineId } from "../model/ids.js";
import { ENDED_STATUSES, type OrderStage, type OrderStatus } from "../model/order.js";

/**
 * Finds the first event whose changes do not fit, without carrying the order over every single event: what an order of
 * many lines and many events would cost is the product of the two.
 *
 * @param events of one order, in the order of their versions, the first one opening it
 * @returns its place; undefined when all are possible
 */
export function firstBadEvent(events: readonly OrderEvent[]): number | undefined {
  const [first] = events;
  if (first === undefined || trial(events) === undefined) return undefined;
  return leastFailing(events.length, (count) => trial(events.slice(0, count)) !== undefined) - 1;
}

/**
 * Finds the change of an event at which it fails, and what stood against it.
 *
 * @param events of one order
 * @param bad place of an event that {@link firstBadEvent} has found
 */
export function firstBadChange(
  events: readonly OrderEvent[],
  bad: number,
): { readonly change: number; readonly kind: string; readonly detail: string } {
  const event = events[bad] as OrderEvent;
  const { changes } = event;
  const obstacle = (count: number): string | undefined =>
    trial([...events.slice(0, bad), { ...event, changes: changes.slice(0, count) }]);
  const count = leastFailing(changes.length, (tried) => obstacle(tried) !== undefined);
  return { change: count - 1, kind: String(changes[count - 1]?.kind), detail: obstacle(count) ?? "" };
}

/**
 * Finds the event with which the order ends for the first time.
 *
 * @param events of one order whose changes are all possible
 * @returns its place and the status that it leads to; undefined when the order never ends
 * @throws RangeError for a stage that there is not
 */
export function firstEnd(
  events: readonly OrderEvent[],
): { readonly event: number; readonly status: OrderStatus } | undefined {
  const live = new Map<LineId, Decimal>();
  let liveLines = 0;
  let stage: OrderStage = "entered";
  const set = (lineId: LineId, quantity: Decimal): void => {
    if (isPositive(live.get(lineId) ?? ZERO)) liveLines--;
    if (isPositive(quantity)) liveLines++;
    live.set(lineId, quantity);
  };
  const move = (lineId: LineId, from: Bucket, to: Bucket, quantity: Decimal): void => {
    const before = live.get(lineId) ?? ZERO;
    if (isLive(from) && !isLive(to)) set(lineId, subtract(before, quantity));
    if (!isLive(from) && isLive(to)) set(lineId, add(before, quantity));
  };
  for (const [event, { changes }] of events.entries()) {
    for (const each of changes) {
      if (each.kind === "stage_set") stage = known(each.stage);
      if (each.kind === "quantity_moved") move(each.lineId, each.from, each.to, each.quantity);
      if (each.kind === "quantity_added") set(each.lineId, add(live.get(each.lineId) ?? ZERO, each.quantity));
      if (each.kind === "line_added") set(each.line.lineId, each.line.quantities.open);
      if (each.kind === "order_opened") {
        live.clear();
        liveLines = 0;
        stage = known(each.order.stage);
        for (const { lineId, quantities } of each.order.lines) {
          set(lineId, sum(LIVE_BUCKETS.map((bucket) => quantities[bucket])));
        }
      }
    }
    const status = endOf(stage, liveLines);
    if (status !== undefined) return { event, status };
  }
  return undefined;
}

function known(stage: OrderStage): OrderStage {
  if (!STAGES.includes(stage)) throw new RangeError(`${String(stage)} is no stage of an order.`);
  return stage;
}

const STAGES: readonly OrderStage[] = [
  "entered",
  "reviewed",
  "returnedForCorrection",
  "rejected",
  "confirmed",
  "closed",
];

function isLive(bucket: Bucket): boolean {
  return bucket !== "cancelled" && bucket !== "merged";
}

const LIVE_BUCKETS = /* @__PURE__ */ BUCKETS.filter(isLive);

/** What `statusOf` says of such an order, as far as it has ended. */
function endOf(stage: OrderStage, liveLines: number): OrderStatus | undefined {
  if (ENDED_STATUSES.includes(stage as OrderStatus)) return stage as OrderStatus;
  return liveLines === 0 ? "cancelled" : undefined;
}

/** Tries events of which the first opens the order: what stands against them, if anything does. */
function trial(events: readonly OrderEvent[]): string | undefined {
  const changes = events.flatMap((event) => event.changes);
  try {
    const { order } = changes[0] as OrderOpened;
    applyChanges({ ...order, orderNo: (events[0] as OrderEvent).orderNo }, changes);
    firstEnd(events);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The least count from 1 that fails, when the whole fails and whatever follows a failure fails too. */
function leastFailing(whole: number, fails: (count: number) => boolean): number {
  let [good, bad] = [0, whole];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (fails(middle)) bad = middle;
    else good = middle;
  }
  return bad;
}
