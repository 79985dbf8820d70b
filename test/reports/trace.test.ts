import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMilliseconds, instant } from "../../src/core/instant.js";
import type { OrderEvent, OrderEventType } from "../../src/model/event.js";
import { cycleSegments } from "../../src/reports/cycle-segments.js";
import { displayWidth } from "../../src/reports/display-width.js";
import { renderTrace } from "../../src/reports/render-trace.js";
import { traceOrder } from "../../src/reports/trace-order.js";
import { traceSummary } from "../../src/reports/trace-summary.js";
import { anyOrderHistory } from "../../src/testing/any-order-history.js";
import { deepFreeze } from "../../src/testing/laws/deep-freeze.js";

const HOUR = 3_600_000;
const origin = instant("2026-03-02T00:00:00Z");
const hour = (hours: number): string => addMilliseconds(origin, Math.round(hours * HOUR));

interface Part {
  readonly by: string;
  readonly from: number;
  readonly to: number;
  readonly type?: OrderEventType;
  readonly step?: number;
  readonly person?: string;
  readonly visible?: boolean;
}

/** Events of one order; times in hours. */
function events(parts: readonly Part[], orderNo = "SO-1"): OrderEvent[] {
  return parts.map(
    ({ by, from, to, type = "order_priced", step = 4, person, visible = false }, place) =>
      ({
        type,
        eventId: `${orderNo}@${place + 1}`,
        orderNo,
        version: place + 1,
        at: hour(to),
        startedAt: hour(from),
        step,
        actor: { function: by, ...(person === undefined ? {} : { person }) },
        customerVisible: visible,
        details: {},
        changes: [],
      }) as unknown as OrderEvent,
  );
}

const stapled: readonly Part[] = [
  { by: "sales", from: 0, to: 1, step: 4 },
  { by: "CSR", from: 5, to: 6, step: 4 },
  { by: "finance", from: 6, to: 7, step: 5 },
  { by: "CSR", from: 30, to: 31, step: 5, visible: true },
  { by: "warehouse", from: 40, to: 44, step: 7 },
  { by: "transport", from: 50, to: 60, step: 7, visible: true },
];

const arbitraryParts = fc
  .array(
    fc.record({
      by: fc.constantFrom("sales", "CSR", "warehouse"),
      from: fc.integer({ min: 0, max: 100 }),
      length: fc.integer({ min: 0, max: 20 }),
      step: fc.integer({ min: 1, max: 10 }),
      visible: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.map(({ length, ...part }) => ({ ...part, to: part.from + length })));

/** The same parts one after the other, each after a pause. */
const arbitrarySingleThread = fc
  .array(
    fc.record({
      by: fc.constantFrom("sales", "CSR", "warehouse"),
      pause: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 0, max: 20 }),
      visible: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => {
    let now = 0;
    return parts.map(({ pause, length, ...part }) => {
      const from = now + pause;
      now = from + length;
      return { ...part, from, to: now };
    });
  });

describe("traceOrder (mission 20.1, 20.2, 20.5, 18.5)", () => {
  const trace = traceOrder(events(stapled));

  it("counts hand-offs, touch, waiting, idle share and worst gap of the stapled order (rules 1 to 7)", () => {
    expect(trace).toMatchObject({
      handOffs: 5,
      touchMs: 18 * HOUR,
      touchHours: "18",
      waitingMs: 42 * HOUR,
      waitingHours: "42",
      cycleHours: "60",
      idleShare: "0.7",
      worstGap: { hours: "23", after: "finance", before: "CSR", from: hour(7), to: hour(30) },
      silentStretch: { hours: "31", from: hour(0), to: hour(31) },
    });
    expect(trace.steps.map(({ function: name, waitingMs, isHandOff }) => [name, waitingMs / HOUR, isHandOff])).toEqual([
      ["sales", 0, false],
      ["CSR", 4, true],
      ["finance", 0, true],
      ["CSR", 23, true],
      ["warehouse", 9, true],
      ["transport", 6, true],
    ]);
  });

  it("sums by step of the cycle and by function", () => {
    expect(trace.byStep).toEqual([
      { step: 4, count: 2, touchMs: 2 * HOUR, waitingMs: 4 * HOUR },
      { step: 5, count: 2, touchMs: 2 * HOUR, waitingMs: 23 * HOUR },
      { step: 7, count: 2, touchMs: 14 * HOUR, waitingMs: 15 * HOUR },
    ]);
    expect(trace.byFunction.map(({ function: name, count }) => [name, count])).toEqual([
      ["sales", 1],
      ["CSR", 2],
      ["finance", 1],
      ["warehouse", 1],
      ["transport", 1],
    ]);
  });

  it("takes an event without a start as work that took no time (rule 1)", () => {
    const history = traceOrder(anyOrderHistory().events);
    expect([history.touchMs, history.idleShare, history.steps.length]).toEqual([0, "1", 11]);
  });

  it("counts no waiting where work overlaps, and hand-offs in the order of the starts (rules 2, 3 and 4)", () => {
    const { steps, waitingMs, touchMs, cycleMs, handOffs, worstGap } = traceOrder(
      events([
        { by: "warehouse", from: 12, to: 13 },
        { by: "sales", from: 0, to: 10 },
        { by: "finance", from: 2, to: 4 },
        { by: "sales", from: 5, to: 6 },
      ]),
    );
    expect(steps.map(({ function: name, waitingMs: waited }) => [name, waited / HOUR])).toEqual([
      ["sales", 0],
      ["finance", 0],
      ["sales", 0],
      ["warehouse", 2],
    ]);
    expect([waitingMs, touchMs, cycleMs].map((ms) => ms / HOUR)).toEqual([2, 14, 13]);
    expect([handOffs, worstGap?.after]).toEqual([3, "sales"]);
  });

  it("lets an order that nobody has taken up wait until now (rule 5)", () => {
    const open = traceOrder(events(stapled.slice(0, 2)), { asOf: instant(hour(30)) });
    expect(open).toMatchObject({
      waitingHours: "28",
      cycleHours: "30",
      idleShare: "0.9333",
      worstGap: { hours: "24", after: "CSR", from: hour(6), to: hour(30) },
      silentStretch: { hours: "30" },
    });
    expect(open.worstGap).not.toHaveProperty("before");
  });

  it("has no gap and no idle share when the cycle took no time (rule 6)", () => {
    const instantly = traceOrder(events([{ by: "sales", from: 3, to: 3 }]));
    expect(instantly).toMatchObject({ idleShare: "0", cycleMs: 0, silentStretch: { ms: 0 } });
    expect(instantly).not.toHaveProperty("worstGap");
  });

  it("names the first of two gaps of equal length (rule 7)", () => {
    const parts = [0, 5, 10].map((from) => ({ by: "sales", from, to: from }));
    expect(traceOrder(events(parts)).worstGap?.from).toBe(hour(0));
  });

  it("ends the silent stretch where the cycle ends (rule 8)", () => {
    const parts = [
      { by: "sales", from: 0, to: 1, visible: true },
      { by: "CSR", from: 8, to: 9 },
    ];
    expect(traceOrder(events(parts)).silentStretch).toMatchObject({ from: hour(1), to: hour(9), hours: "8" });
  });

  it("throws over no events, two orders, work that ends before it begins, and an end before the last event", () => {
    const [one] = events([{ by: "sales", from: 0, to: 5 }]);
    const [other] = events([{ by: "sales", from: 0, to: 5 }], "SO-2");
    expect(() => traceOrder([])).toThrow(RangeError);
    expect(() => traceOrder([one!, other!])).toThrow(RangeError);
    expect(() => traceOrder(events([{ by: "sales", from: 5, to: 4 }]))).toThrow(RangeError);
    expect(() => traceOrder([one!], { asOf: instant(hour(4)) })).toThrow(RangeError);
  });

  it("law: Σ waiting + Σ touch = last end − first start on a single thread (rule 4)", () => {
    fc.assert(
      fc.property(arbitrarySingleThread, (parts) => {
        const { waitingMs, touchMs, cycleMs } = traceOrder(events(parts));
        expect(waitingMs + touchMs).toBe(cycleMs);
        expect(cycleMs).toBe((parts.at(-1)!.to - parts[0]!.from) * HOUR);
      }),
    );
  });

  it("law: waiting is the time that no work covers, also where work overlaps (rule 3)", () => {
    fc.assert(
      fc.property(arbitraryParts, (parts) => {
        const { waitingMs, cycleMs, touchMs, steps, byStep, byFunction } = traceOrder(deepFreeze(events(parts)));
        const start = Math.min(...parts.map(({ from }) => from));
        const end = Math.max(...parts.map(({ to }) => to));
        const idleHours = Array.from({ length: end - start }, (_, place) => start + place).filter(
          (each) => !parts.some(({ from, to }) => from <= each && each + 1 <= to),
        );
        expect(waitingMs).toBe(idleHours.length * HOUR);
        expect(touchMs + waitingMs).toBeGreaterThanOrEqual(cycleMs);
        for (const parted of [steps, byStep, byFunction]) {
          expect(parted.reduce((sum, each) => sum + each.waitingMs, 0)).toBe(waitingMs);
          expect(parted.reduce((sum, each) => sum + each.touchMs, 0)).toBe(touchMs);
        }
      }),
    );
  });

  it("law: an event inside a gap never lengthens it, and news never lengthens the silence (rules 7 and 8)", () => {
    fc.assert(
      fc.property(arbitraryParts, fc.double({ min: 0, max: 1, noNaN: true }), (parts, place) => {
        const before = traceOrder(events(parts));
        const gap = before.worstGap;
        fc.pre(gap !== undefined);
        const moment = Math.floor((Date.parse(gap.from) - Date.parse(origin) + gap.ms * place) / HOUR);
        const news = { by: "CSR", from: moment, to: moment, visible: true };
        const after = traceOrder(events([...parts, news]));
        expect(after.worstGap?.ms ?? 0).toBeLessThanOrEqual(gap.ms);
        expect(after.waitingMs).toBeLessThanOrEqual(before.waitingMs);
        expect(after.silentStretch.ms).toBeLessThanOrEqual(before.silentStretch.ms);
      }),
    );
  });

  it("law: the order of the events does not matter, and the trace is plain data", () => {
    fc.assert(
      fc.property(arbitraryParts, (parts) => {
        const list = events(parts);
        expect(traceOrder([...list].reverse())).toEqual(traceOrder(list));
        expect(JSON.parse(JSON.stringify(traceOrder(list)))).toEqual(traceOrder(list));
      }),
    );
  });
});

describe("renderTrace (mission 20.1, 20.4)", () => {
  it("draws every hand with its waiting and its work on one scale (rule 1)", () => {
    const parts = stapled.map((part, place) => (place === 1 ? { ...part, person: "Kim" } : part));
    expect(renderTrace(traceOrder(events(parts)), { width: 90 }).split("\n")).toEqual([
      "Order SO-1: 6 hands, 5 hand-offs",
      "60 h from 2026-03-02 00:00 to 2026-03-04 12:00 (UTC)",
      "18 h of work, 42 h of waiting, idle share 0.7",
      "",
      "Start            Hand                         Waited  Worked",
      "2026-03-02 00:00   sales: order priced             –     1 h █",
      "2026-03-02 05:00 → CSR (Kim): order priced       4 h     1 h ░░█",
      "2026-03-02 06:00 → finance: order priced           –     1 h   █",
      "2026-03-03 06:00 → CSR: order priced *          23 h     1 h    ░░░░░░░░░░░█",
      "2026-03-03 16:00 → warehouse: order priced       9 h     4 h               ░░░░██",
      "2026-03-04 02:00 → transport: order priced *     6 h    10 h                     ░░░████",
      "",
      "Worst gap: 23 h after finance, from 2026-03-02 07:00, until CSR took it up.",
      "Customer heard nothing for 31 h from 2026-03-02 00:00.",
    ]);
  });

  it("says when the order still waits", () => {
    const text = renderTrace(traceOrder(events(stapled.slice(0, 2)), { asOf: instant(hour(30)) }));
    expect(text).toContain("to now (UTC)");
    expect(text).toContain("Worst gap: 24 h after CSR, from 2026-03-02 06:00, nobody has taken it up.");
    expect(text).toContain("Customer heard nothing for 30 h from 2026-03-02 00:00.");
  });

  it("marks work that took no time, and an order that never waited", () => {
    const text = renderTrace(traceOrder(events([{ by: "sales", from: 1, to: 1 }])));
    expect(text).toContain("│");
    expect(text).toContain("1 hand, 0 hand-offs");
    expect(text).toContain("Never waited.");
  });

  it("law: no line is wider than asked for, and every hand has one (rule 2)", () => {
    fc.assert(
      fc.property(
        arbitraryParts,
        fc.integer({ min: 60, max: 130 }),
        fc.string({ unit: "binary" }),
        (parts, width, person) => {
          const named = parts.map((part) => ({ ...part, person, by: `${part.by} ${"的".repeat(part.from)}` }));
          const lines = renderTrace(traceOrder(events(named)), { width }).split("\n");
          expect(lines).toHaveLength(named.length + 8);
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it("throws over a width that is no width", () => {
    expect(() => renderTrace(traceOrder(events(stapled)), { width: 59 })).toThrow(RangeError);
  });
});

describe("traceSummary (mission 18.5, 20.1, 20.2)", () => {
  const short = traceOrder(
    events(
      [
        { by: "sales", from: 0, to: 2 },
        { by: "CSR", from: 4, to: 6 },
      ],
      "SO-2",
    ),
  );
  const smooth = traceOrder(events([{ by: "sales", from: 0, to: 2 }], "SO-3"));
  const summary = traceSummary([traceOrder(events(stapled)), short, smooth]);

  it("takes means over orders (rule 1)", () => {
    expect(summary).toMatchObject({ orders: 3, handOffs: 6, handOffsPerOrder: "2", meanIdleShare: "0.3444" });
    expect([summary.touchMs, summary.waitingMs]).toEqual([24 * HOUR, 44 * HOUR]);
  });

  it("sums by step and by function (rule 2)", () => {
    expect(summary.byFunction.find((each) => each.function === "CSR")).toEqual({
      function: "CSR",
      count: 3,
      touchMs: 4 * HOUR,
      waitingMs: 29 * HOUR,
    });
    expect(summary.byStep.map(({ step, count }) => [step, count])).toEqual([
      [4, 5],
      [5, 2],
      [7, 2],
    ]);
    expect(summary.byFunction.map((each) => each.function)).toEqual([
      "CSR",
      "finance",
      "sales",
      "transport",
      "warehouse",
    ]);
  });

  it("names the worst gap of each order, longest first, as many as asked for (rule 3)", () => {
    expect(summary.worstGaps.map(({ orderNo, hours }) => [orderNo, hours])).toEqual([
      ["SO-1", "23"],
      ["SO-2", "2"],
    ]);
    expect(traceSummary([short, traceOrder(events(stapled))], { gaps: 1 }).worstGaps).toHaveLength(1);
    const twin = { ...short, orderNo: "SO-0" };
    expect(traceSummary([short, twin]).worstGaps.map(({ orderNo }) => orderNo)).toEqual(["SO-0", "SO-2"]);
  });

  it("is all zero without traces", () => {
    expect(traceSummary([])).toMatchObject({ orders: 0, handOffsPerOrder: "0", meanIdleShare: "0", worstGaps: [] });
  });
});

describe("cycleSegments (mission 19.1)", () => {
  const { events: life } = anyOrderHistory();

  it("cuts the cycle at entry, first allocation, first shipment and last delivery (rule 1)", () => {
    const cycle = cycleSegments([...life].reverse());
    expect(cycle?.segments.map(({ name, ms, share }) => [name, ms / HOUR, share])).toEqual([
      ["transmission", 1, "0.125"],
      ["processing", 3, "0.375"],
      ["preparation", 3, "0.375"],
      ["delivery", 1, "0.125"],
    ]);
  });

  it("knows no cycle before the delivery", () => {
    expect(cycleSegments(life.slice(0, 7))).toBeUndefined();
    expect(cycleSegments([])).toBeUndefined();
  });

  it("law: four segments, none negative, sum to the cycle, whatever was done out of turn (rules 2 and 3)", () => {
    const types = ["order_entered", "order_allocated", "order_shipped", "order_delivered"] as const;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...types), fc.integer({ min: 0, max: 50 })), { maxLength: 8 }),
        (more) => {
          const parts = [...types.map((type) => [type, 10] as const), ...more];
          const list = events(parts.map(([type, at]) => ({ by: "x", from: at, to: at, type })));
          const cycle = cycleSegments(list)!;
          expect(cycle.segments).toHaveLength(4);
          expect(Math.min(...cycle.segments.map(({ ms }) => ms))).toBeGreaterThanOrEqual(0);
          expect(cycle.segments.reduce((sum, { ms }) => sum + ms, 0)).toBe(cycle.ms);
          for (const [place, { from }] of cycle.segments.slice(1).entries())
            expect(from).toBe(cycle.segments[place]!.to);
        },
      ),
    );
  });
});
