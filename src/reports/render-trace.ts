import { toEpochMilliseconds } from "../core/instant.js";
import { displayWidth, fitToWidth, printable } from "./display-width.js";
import type { OrderTrace, TraceStep } from "./trace.js";
import { hoursOf } from "./trace-order.js";

/** How a trace is printed. */
export interface RenderTraceOptions {
  /** Most columns of the terminal that a line may take, 60 or more; 100 when absent. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 100;
const LEAST_WIDTH = 60;
const STAMP_WIDTH = 16;
const HOURS_WIDTH = 7;
const LEAST_BAR_WIDTH = 10;
const GAPS = 5;

/**
 * Prints the trace of an order for a terminal: a line for each hand, with bars for waiting and work on one scale of
 * time, and what it comes to.
 *
 * **Rules**
 * 1. `░` is time in which the order waited, `█` time in which somebody worked on it, `│` work that took no time. A hand
 *    that took the order over from another function is marked `→`, one of which the customer heard `*`.
 * 2. No line is wider than asked for; names that do not fit are cut with "…".
 * 3. Times are those of the trace, in UTC.
 *
 * @param trace the trace
 * @param options width in columns
 * @returns lines joined by line feeds
 * @throws RangeError when the width is not a whole number from 60 up
 *
 * **Source:** mission 20.1, 20.4
 * @example
 * ```ts
 * import { renderTrace, traceOrder } from "ordercycle/reports";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const lines = renderTrace(traceOrder(anyOrderHistory("order_confirmed").events)).split("\n");
 * lines[0]; // => "Order SO-1: 3 hands, 1 hand-off"
 * lines[1]; // => "2 h from 2026-03-02 09:00 to 2026-03-02 11:00 (UTC)"
 * lines[2]; // => "0 h of work, 2 h of waiting, idle share 1"
 * ```
 */
export function renderTrace(trace: OrderTrace, options: RenderTraceOptions = {}): string {
  const { width = DEFAULT_WIDTH } = options;
  if (!Number.isInteger(width) || width < LEAST_WIDTH) {
    throw new RangeError(`The width must be a whole number of at least ${LEAST_WIDTH} columns, not ${width}.`);
  }
  const names = trace.steps.map(nameOf);
  const room = width - STAMP_WIDTH - 2 * HOURS_WIDTH - LEAST_BAR_WIDTH - GAPS;
  const nameWidth = Math.min(Math.max(4, ...names.map(displayWidth)), Math.max(room, LEAST_BAR_WIDTH));
  const barWidth = Math.min(40, width - STAMP_WIDTH - 2 * HOURS_WIDTH - nameWidth - GAPS);
  const rows = trace.steps.map((step, place) => [
    stampOf(step.start),
    fitToWidth(names[place]!, nameWidth, "left"),
    hoursText(step.waitingMs),
    hoursText(step.touchMs),
    barOf(trace, step, barWidth),
  ]);
  const headings = ["Start", "Hand", "Waited", "Worked", ""];
  const widths = [STAMP_WIDTH, nameWidth, HOURS_WIDTH, HOURS_WIDTH, barWidth];
  const heading = headings.map((text, place) =>
    fitToWidth(text, widths[place]!, place === 2 || place === 3 ? "right" : "left"),
  );
  return [...headOf(trace), "", heading.join(" "), ...rows.map((cells) => cells.join(" ")), "", ...footOf(trace)]
    .map((line) => (displayWidth(line) > width ? fitToWidth(line, width, "left") : line).trimEnd())
    .join("\n");
}

function headOf(trace: OrderTrace): string[] {
  const { orderNo, steps, handOffs, cycleHours, touchHours, waitingHours, idleShare } = trace;
  const start = steps[0]!.start;
  const end = toEpochMilliseconds(start) + trace.cycleMs;
  const gapEnd = trace.steps.reduce((latest, step) => (step.end > latest ? step.end : latest), start);
  const last = toEpochMilliseconds(gapEnd) === end ? stampOf(gapEnd) : "now";
  return [
    `Order ${printable(orderNo)}: ${counted(steps.length, "hand")}, ${counted(handOffs, "hand-off")}`,
    `${cycleHours} h from ${stampOf(start)} to ${last} (UTC)`,
    `${touchHours} h of work, ${waitingHours} h of waiting, idle share ${idleShare}`,
  ];
}

function footOf({ worstGap, silentStretch }: OrderTrace): string[] {
  const gap =
    worstGap === undefined
      ? "Never waited."
      : `Worst gap: ${worstGap.hours} h after ${printable(worstGap.after)}, from ${stampOf(worstGap.from)}, ${
          worstGap.before === undefined ? "nobody has taken it up" : `until ${printable(worstGap.before)} took it up`
        }.`;
  return [gap, `Customer heard nothing for ${silentStretch.hours} h from ${stampOf(silentStretch.from)}.`];
}

function nameOf({ isHandOff, customerVisible, function: name, person, type }: TraceStep): string {
  const who = person === undefined ? name : `${name} (${person})`;
  return printable(`${isHandOff ? "→" : " "} ${who}: ${type.replaceAll("_", " ")}${customerVisible ? " *" : ""}`);
}

/** A bar on the scale of the whole cycle: blanks until the order was left lying, then waiting, then work. */
function barOf(trace: OrderTrace, step: TraceStep, barWidth: number): string {
  const origin = toEpochMilliseconds(trace.steps[0]!.start);
  const columnOf = (ms: number): number =>
    trace.cycleMs === 0 ? 0 : Math.min(barWidth - 1, Math.floor(((ms - origin) / trace.cycleMs) * barWidth));
  const start = toEpochMilliseconds(step.start);
  const [left, begin, end] = [start - step.waitingMs, start, start + step.touchMs].map(columnOf) as [
    number,
    number,
    number,
  ];
  const work = step.touchMs === 0 ? "│" : "█".repeat(Math.max(1, end - begin));
  return " ".repeat(left) + "░".repeat(begin - left) + work;
}

function stampOf(moment: string): string {
  return moment.slice(0, STAMP_WIDTH).replace("T", " ");
}

function hoursText(ms: number): string {
  return fitToWidth(ms === 0 ? "–" : `${hoursOf(ms)} h`, HOURS_WIDTH, "right");
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
