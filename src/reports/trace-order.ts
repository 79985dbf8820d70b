import { divide, fromUnits, ZERO, type Decimal } from "../core/decimal.js";
import { fromEpochMilliseconds, toEpochMilliseconds, type Instant } from "../core/instant.js";
import type { OrderEvent } from "../model/event.js";
import type { OrderTrace, TraceGap, TraceStep, TraceStretch, TraceSum } from "./trace.js";

/** How far the trace goes. */
export interface TraceOrderOptions {
  /** Instant up to which an order that is still under way has waited; absent when its last event ends the trace. */
  readonly asOf?: Instant;
}

/** An event with its times in milliseconds since 1970. */
interface Work {
  readonly event: OrderEvent;
  readonly startMs: number;
  readonly endMs: number;
}

const HOUR_MS = 3_600_000;

/**
 * Follows an order through the house, as if stapled to it: every hand it went through, how long each worked on it, and
 * how long it lay between them.
 *
 * **Rules**
 * 1. Work on an event lasts from `startedAt` to `at`; without `startedAt` it takes no time. Steps stand in the order of
 *    their starts, then of their ends, then of the versions.
 * 2. A hand-off is a step of another function than the step before.
 * 3. Waiting is the time from the latest end so far to the next start. Where work overlaps there is none; it is never
 *    negative.
 * 4. Touch is the work of all hands; work side by side counts for each. On a single thread, where nothing overlaps,
 *    waiting + touch = cycle.
 * 5. The cycle runs from the first start to the last end, or to `asOf`: the time after the last event is then waiting.
 * 6. The idle share is waiting ÷ cycle.
 * 7. The worst gap is the longest waiting, the earliest one of equal length.
 * 8. The silent stretch is the longest time between two moments at which the customer heard something; the first start
 *    counts as one, since then he gave the order, and the end of the cycle ends it.
 *
 * @param events events of one order, in any order, at least one
 * @param options instant up to which an unfinished order has waited
 * @returns the trace; n·log n in the events
 * @throws RangeError when there is no event, when the events are of several orders, when work begins after its end, or
 * when `asOf` lies before the last end
 *
 * **Source:** mission 20.1, 20.2, 20.5, 18.5
 * @example
 * ```ts
 * import { traceOrder } from "ordercycle/reports";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const trace = traceOrder(anyOrderHistory("order_delivered").events);
 * trace.handOffs; // => 4
 * trace.waitingHours; // => "7"
 * trace.silentStretch.hours; // => "4"
 * ```
 */
export function traceOrder(events: readonly OrderEvent[], options: TraceOrderOptions = {}): OrderTrace {
  const works = worksOf(events);
  const first = works[0]!;
  const lastEndMs = works.reduce((latest, { endMs }) => Math.max(latest, endMs), first.endMs);
  const endMs = options.asOf === undefined ? lastEndMs : toEpochMilliseconds(options.asOf);
  if (endMs < lastEndMs)
    throw new RangeError(`The trace cannot end before the last event, at ${String(options.asOf)}.`);

  const gaps: TraceGap[] = [];
  const steps = stepsOf(works, gaps);
  if (endMs > lastEndMs) {
    const last = works.find((work) => work.endMs === lastEndMs)!;
    gaps.push({ ...stretch(lastEndMs, endMs), after: last.event.actor.function });
  }
  const touchMs = total(steps.map((step) => step.touchMs));
  const waitingMs = total(gaps.map(({ ms }) => ms));
  const cycleMs = endMs - first.startMs;
  const worstGap = longest(gaps);
  return {
    orderNo: first.event.orderNo,
    steps,
    handOffs: steps.filter(({ isHandOff }) => isHandOff).length,
    touchMs,
    touchHours: hoursOf(touchMs),
    waitingMs,
    waitingHours: hoursOf(waitingMs),
    cycleMs,
    cycleHours: hoursOf(cycleMs),
    idleShare: cycleMs === 0 ? ZERO : divide(fromUnits(waitingMs, 0), fromUnits(cycleMs, 0), 4, "halfUp"),
    ...(worstGap === undefined ? {} : { worstGap }),
    silentStretch: silence(works, endMs),
    byStep: sumsBy(steps, ({ step }) => step)
      .map(([step, sums]) => ({ step, ...sums }))
      .sort((a, b) => a.step - b.step),
    byFunction: sumsBy(steps, (step) => step.function).map(([name, sums]) => ({ function: name, ...sums })),
  };
}

function worksOf(events: readonly OrderEvent[]): Work[] {
  const [first] = events;
  if (first === undefined) throw new RangeError("An order without events has no trace.");
  return events
    .map((event) => {
      if (event.orderNo !== first.orderNo) {
        throw new RangeError(`Events of ${first.orderNo} and ${event.orderNo} are not one trace.`);
      }
      const endMs = toEpochMilliseconds(event.at);
      const startMs = toEpochMilliseconds(event.startedAt ?? event.at);
      if (startMs > endMs) throw new RangeError(`Event ${event.eventId} begins after its end.`);
      return { event, startMs, endMs };
    })
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs || a.event.version - b.event.version);
}

/** Writes the steps, and the gaps between them into `gaps`. */
function stepsOf(works: readonly Work[], gaps: TraceGap[]): TraceStep[] {
  let latest: Work | undefined;
  let before: Work | undefined;
  return works.map((work) => {
    const { event, startMs, endMs } = work;
    const { function: name, person } = event.actor;
    const waitingMs = latest === undefined ? 0 : Math.max(0, startMs - latest.endMs);
    if (waitingMs > 0 && latest !== undefined) {
      gaps.push({ ...stretch(latest.endMs, startMs), after: latest.event.actor.function, before: name });
    }
    const isHandOff = before !== undefined && before.event.actor.function !== name;
    before = work;
    if (latest === undefined || endMs >= latest.endMs) latest = work;
    return {
      type: event.type,
      step: event.step,
      function: name,
      ...(person === undefined ? {} : { person }),
      start: event.startedAt ?? event.at,
      end: event.at,
      touchMs: endMs - startMs,
      waitingMs,
      isHandOff,
      customerVisible: event.customerVisible,
    };
  });
}

function silence(works: readonly Work[], endMs: number): TraceStretch {
  const first = works[0]!;
  const heard = works.filter(({ event }) => event.customerVisible).map((work) => work.endMs);
  const moments = [first.startMs, ...heard.sort((a, b) => a - b), endMs];
  const stretches = moments.slice(1).map((moment, place) => stretch(moments[place]!, moment));
  return longest(stretches)!;
}

function longest<Stretch extends TraceStretch>(stretches: readonly Stretch[]): Stretch | undefined {
  return stretches.reduce<Stretch | undefined>(
    (best, each) => (best === undefined || each.ms > best.ms ? each : best),
    undefined,
  );
}

function stretch(fromMs: number, toMs: number): TraceStretch {
  const ms = toMs - fromMs;
  return { ms, hours: hoursOf(ms), from: fromEpochMilliseconds(fromMs), to: fromEpochMilliseconds(toMs) };
}

function sumsBy<Key>(steps: readonly TraceStep[], keyOf: (step: TraceStep) => Key): (readonly [Key, TraceSum])[] {
  const sums = new Map<Key, TraceSum>();
  for (const step of steps) {
    const { count, touchMs, waitingMs } = sums.get(keyOf(step)) ?? { count: 0, touchMs: 0, waitingMs: 0 };
    sums.set(keyOf(step), {
      count: count + 1,
      touchMs: touchMs + step.touchMs,
      waitingMs: waitingMs + step.waitingMs,
    });
  }
  return [...sums];
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/**
 * Writes milliseconds as hours.
 *
 * @param ms whole milliseconds
 * @returns hours, rounded to a tenth
 */
export function hoursOf(ms: number): Decimal {
  return divide(fromUnits(ms, 0), fromUnits(HOUR_MS, 0), 1, "halfUp");
}
