import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { CycleStep, OrderEventType } from "../model/event.js";
import type { OrderNo } from "../model/ids.js";

/** One hand that an order went through. **Source:** mission 20.1 */
export interface TraceStep {
  /** What was done. */
  readonly type: OrderEventType;
  /** Step of the cycle, 1 to 10. */
  readonly step: CycleStep;
  /** Function that did it. */
  readonly function: string;
  /** Person, when known. */
  readonly person?: string;
  /** When the work began. */
  readonly start: Instant;
  /** When it ended. */
  readonly end: Instant;
  /** Milliseconds of work: end − start. */
  readonly touchMs: number;
  /** Milliseconds before it in which nobody worked on the order. */
  readonly waitingMs: number;
  /** Whether the order came from another function. */
  readonly isHandOff: boolean;
  /** Whether the customer heard of it. */
  readonly customerVisible: boolean;
}

/** A stretch of time on the trace of an order. */
export interface TraceStretch {
  /** Milliseconds. */
  readonly ms: number;
  /** Hours, rounded to a tenth. */
  readonly hours: Decimal;
  /** When it began. */
  readonly from: Instant;
  /** When it ended. */
  readonly to: Instant;
}

/** A time in which nobody worked on an order, and between whose hands it lay. */
export interface TraceGap extends TraceStretch {
  /** Function that had it last. */
  readonly after: string;
  /** Function that took it up; absent when nobody has yet. */
  readonly before?: string;
}

/** Work and waiting of a part of the trace. **Source:** mission 18.5 */
export interface TraceSum {
  /** Steps done. */
  readonly count: number;
  /** Milliseconds of work. */
  readonly touchMs: number;
  /** Milliseconds in which the order waited to be taken up. */
  readonly waitingMs: number;
}

/** The way of one order through the house. **Source:** mission 20.1, 20.2, 20.5 */
export interface OrderTrace {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Every hand, in the order of time. */
  readonly steps: readonly TraceStep[];
  /** Steps that came from another function than the one before. */
  readonly handOffs: number;
  /** Milliseconds of work, of all hands together. */
  readonly touchMs: number;
  /** touchMs in hours, rounded to a tenth. */
  readonly touchHours: Decimal;
  /** Milliseconds in which nobody worked on the order. */
  readonly waitingMs: number;
  /** waitingMs in hours, rounded to a tenth. */
  readonly waitingHours: Decimal;
  /** Milliseconds from the first start to the last end. */
  readonly cycleMs: number;
  /** cycleMs in hours, rounded to a tenth. */
  readonly cycleHours: Decimal;
  /** waitingMs ÷ cycleMs, rounded to four decimals; 0 when the cycle took no time. */
  readonly idleShare: Decimal;
  /** Longest waiting; absent when it never waited. */
  readonly worstGap?: TraceGap;
  /** Longest time in which the customer heard nothing. */
  readonly silentStretch: TraceStretch;
  /** Sums by step of the cycle, in the order of the steps; steps without an event are left out. */
  readonly byStep: readonly (TraceSum & { /** Step of the cycle, 1 to 10. */ readonly step: CycleStep })[];
  /** Sums by function, in the order in which the order first met them. */
  readonly byFunction: readonly (TraceSum & { /** Function. */ readonly function: string })[];
}
