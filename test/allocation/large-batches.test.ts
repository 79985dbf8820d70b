import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { allocateColumns } from "../../src/allocation/allocate-columns.js";
import type { AllocationColumns } from "../../src/allocation/allocation-columns.js";
import { USUAL_PRIORITY } from "../../src/allocation/allocation-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { releaseReservation } from "../../src/allocation/release/release-reservation.js";
import { addDays } from "../../src/core/calendar-day.js";
import { decimal, sum } from "../../src/core/decimal.js";
import type { Order } from "../../src/model/order.js";
import type { OrderLine } from "../../src/model/order-line.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

const [POSITION] = anyStock() as [StockPosition];
const policy = {
  priority: USUAL_PRIORITY,
  sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
  lots: "fefo" as const,
};
const context = { ...anyContext(), policy, today: TODAY };

/** Many orders of one pattern: built once, since fixtures compute what stays the same. */
function orders(count: number, line: AnyOrderLine): Order[] {
  const pattern = anyOrder({ stage: "confirmed", lines: [line] });
  return Array.from({ length: count }, (_, place) => {
    const orderNo = `SO-${place}`;
    return { ...pattern, orderNo, lines: pattern.lines.map((each) => ({ ...each, lineId: `${orderNo}-1` })) };
  });
}

function lots(count: number, part: Partial<StockPosition>): StockPosition[] {
  return Array.from({ length: count }, (_, place) => ({ ...POSITION, lotNo: `L-${place}`, ...part }));
}

const one = "1" as StockPosition["onHand"];

/** Columns of one item in one warehouse, every lot of one unit and every line the same. */
function columns(
  lines: number,
  lotCount: number,
  line: { units: number; quantum: number; allOrNothing: 0 | 1; expiry: number },
): AllocationColumns {
  return {
    items: 1,
    warehouses: 1,
    sequence: Int32Array.from({ length: lines }, (_, place) => place),
    lineItem: new Int32Array(lines),
    lineUnits: new Int32Array(lines).fill(line.units),
    lineArea: new Int32Array(lines),
    lineExpiry: new Int32Array(lines).fill(line.expiry),
    lineQuantum: new Float64Array(lines).fill(line.quantum),
    lineAllOrNothing: new Uint8Array(lines).fill(line.allOrNothing),
    lotItem: new Int32Array(lotCount),
    lotWarehouse: new Int32Array(lotCount),
    lotUnits: new Int32Array(lotCount).fill(1),
    lotQueue: Int32Array.from({ length: lotCount }, (_, place) => place),
    // Every other lot lives too short for the lines, so that no line may have more than half of them.
    lotExpiry: Int32Array.from({ length: lotCount }, (_, place) => (place % 2 === 0 ? 9 : 2)),
    nearness: Int32Array.of(0),
  };
}

describe("batches of a great wholesaler's day (mission 9.2)", () => {
  it("gives 100,000 lines what a count on fingers says", () => {
    const outcome = allocateBatch(orders(100_000, { orderedQty: "2" }), lots(150_000, { onHand: one }), context);
    expect(outcome.events.length).toBe(75_000);
    expect(outcome.movements.length).toBe(150_000);
    expect(outcome.reasons.filter(({ code }) => code === "served_in_full").length).toBe(75_000);
    expect(outcome.reasons.filter(({ code }) => code === "sold_out_by_earlier").length).toBe(25_000);
  }, 300_000);

  it("does not spread long lists over a call: 150,000 lots of one item, 130,000 refused orders", () => {
    const stock = lots(150_000, { onHand: one, condition: "held" });
    const outcome = allocateBatch(orders(130_000, { quantities: { picked: "10" } }), stock, context);
    expect(outcome.refused.length).toBe(130_000);
    const served = allocateBatch(orders(1, {}), lots(150_000, { onHand: one }), context);
    expect(served.movements.length).toBe(10);
  }, 300_000);

  it("looks at an order of 60,000 lines once, not for each line, when it asks what comes together", () => {
    const lines = Array.from({ length: 60_000 }, (): AnyOrderLine => ({
      orderedQty: "5",
      quantities: { open: "2", allocated: "3" },
    }));
    const order = anyOrder({ orderNo: "SO-1", stage: "confirmed", lines });
    const shared = { ...context, policy: { ...policy, sharing: [{ rule: "proportional" as const }] } };
    const [planned] = planAllocation([order], anyStock({ onHand: "60000" }), shared).orders;
    expect(planned!.lines.every(({ allocated }) => allocated === "1")).toBe(true);
    const released = releaseReservation(order, { reason: "recount", lines: [{ lineId: "SO-1-7" }] }, anyContext());
    expect(released.ok && released.value.movements.map(({ quantity }) => quantity)).toEqual(["3"]);
  }, 20_000);
});

/** A slow engine walks over all lots for every line: 2,500,000,000 steps and more, which no time limit here forgives. */
describe("batches made to be slow: 50,000 lots of one unit, 50,000 lines that fail (mission 9.2, 9.9)", () => {
  it.each([
    ["that want more than there is, all or nothing", { units: 25_001, quantum: 0, allOrNothing: 1, expiry: 5 }, 0],
    ["that want more than there is in one step", { units: 30_000, quantum: 25_001, allOrNothing: 0, expiry: 5 }, 0],
    [
      "that want all there is, all or nothing, whatever its life",
      { units: 50_001, quantum: 0, allOrNothing: 1, expiry: 0 },
      0,
    ],
    [
      "that want one step more than there is, whatever its life",
      { units: 60_000, quantum: 50_001, allOrNothing: 0, expiry: 0 },
      0,
    ],
    ["that want longer life than any lot has", { units: 5, quantum: 0, allOrNothing: 0, expiry: 10 }, 0],
    ["of which the first takes all", { units: 25_000, quantum: 5, allOrNothing: 1, expiry: 5 }, 25_000],
  ] as const)("lines %s", (_case, line, expected) => {
    expect(allocateColumns(columns(50_000, 50_000, line)).count).toBe(expected);
  });

  it("all or nothing with life, through allocateBatch, with as many lives as lines", () => {
    const wanted = orders(50_000, { orderedQty: "60000", partialAllowed: false }).map((order, place) => ({
      ...order,
      lines: order.lines.map((each) => ({ ...each, minimumRemainingLifeDays: place })),
    }));
    const stock = lots(50_000, { onHand: one, expiresOn: "2026-12-31" as NonNullable<StockPosition["expiresOn"]> });
    const { events, reasons } = allocateBatch(wanted, stock, context);
    expect(events).toEqual([]);
    // From today to the last day of the year a lot has 304 days to live.
    expect(reasons.filter(({ code }) => code === "partial_not_allowed").length).toBe(305);
    expect(reasons.filter(({ code }) => code === "no_usable_stock").length).toBe(49_695);
  }, 300_000);

  it("lines of one lot, as many as lots: each takes the first lot that has enough", () => {
    const wanted = orders(4000, { orderedQty: "2" });
    const stock = lots(4000, { onHand: "3" as NonNullable<StockPosition["onHand"]> });
    const policy = { ...context.policy, oneLotPerLine: true };
    const { movements } = allocateBatch(wanted, stock, { ...context, policy });
    expect(movements.length).toBe(4000);
    expect(new Set(movements.map(({ lotNo }) => lotNo)).size).toBe(4000);
  });

  it.each([
    ["bins in a fixed order", []],
    [
      "bins whose order depends on what is wanted",
      [{ warehouseId: "NORTH", chain: [{ rule: "fewestPlaces" as const }] }],
    ],
  ])("lines of one lot that ask for lives, as many as lots, some of which live too short: %s", (_case, picking) => {
    const count = 15_000;
    const days = Array.from({ length: 300 }, (_, day) => addDays(TODAY, day + 1));
    const wanted = orders(count, { orderedQty: "2", partialAllowed: false }).map((order, place) => ({
      ...order,
      header: { ...order.header, requestedDeliveryDate: TODAY },
      lines: order.lines.map((each) => ({ ...each, minimumRemainingLifeDays: place % 200 })),
    }));
    const stock = lots(count, { onHand: decimal(3) }).map((lot, place) => ({ ...lot, expiresOn: days[place % 300]! }));
    const own = { ...context.policy, oneLotPerLine: true, picking };
    const { movements } = allocateBatch(wanted, stock, { ...context, policy: own });
    // For every life there are at least as many lots that live so long as lines that ask for it, so each line finds one of its own.
    expect(new Set(movements.map(({ lotNo }) => lotNo)).size).toBe(count);
    const placeOf = (name: string): number => Number(name.slice(name.indexOf("-") + 1));
    const pairs = movements.map(
      ({ orderNo, lotNo }) => [placeOf(orderNo!) % 200, (placeOf(lotNo!) % 300) + 1] as const,
    );
    expect(pairs.every(([asked, life]) => life >= asked)).toBe(true);
  });

  it.each([
    ["handlingUnitsFirst", (place: number) => 3 + (place % 4)],
    ["handlingUnitsFirst", (place: number) => 100 + place],
    ["fewestPlaces", () => 1],
  ] as const)("bins whose order depends on what is wanted, as many lines as bins: %s", (rule, unitOf) => {
    const count = 8000;
    const wanted = orders(count, { orderedQty: "2" });
    const stock = lots(count, { onHand: "5" as NonNullable<StockPosition["onHand"]> }).map((lot, place) => ({
      ...lot,
      binId: `B-${place}`,
    }));
    const bins = stock.map(({ binId }, place) => ({
      warehouseId: "NORTH",
      binId,
      handlingUnit: decimal(unitOf(place)),
    }));
    const picking = [{ warehouseId: "NORTH", chain: [{ rule }] }];
    const plan = planAllocation(wanted, stock, { ...context, policy: { ...context.policy, picking, bins } });
    expect(plan.orders.every(({ lines }) => lines[0]!.allocated === "2")).toBe(true);
  });

  it("as many zones as bins and lines, which are emptied in turn", () => {
    const count = 8000;
    const stock = lots(count, { onHand: one }).map((lot, place) => ({ ...lot, binId: `B-${place}` }));
    const bins = stock.map(({ binId }) => ({ warehouseId: "NORTH", binId, zone: binId }));
    const chain = bins.map(({ zone }) => ({ zone, rule: "fewestPlaces" as const }));
    const picking = [{ warehouseId: "NORTH", chain }];
    const plan = planAllocation(orders(count, { orderedQty: "1" }), stock, {
      ...context,
      policy: { ...context.policy, picking, bins },
    });
    expect(plan.orders.map(({ lines }) => lines[0]!.takes[0]!.source.binId)).toEqual(bins.map(({ zone }) => zone));
  });

  it(
    "shares of 4,000 orders that come in full, each of which makes room for one that cannot be complete (mission 9.13)",
    { timeout: 12_000 },
    () => {
      const wishes = [3, 4, 5, 6];
      const pattern = anyOrder({ stage: "confirmed", header: { shipComplete: true }, lines: [{}, { lineNo: 2 }] });
      const [first, second] = pattern.lines as [OrderLine, OrderLine];
      const asked = Array.from({ length: 4000 }, (_, place): Order => {
        const orderNo = `SO-${place}`;
        const lines = [first, second].map((line, own): OrderLine => {
          const orderedQty = decimal(wishes[(place + own) % 4]!);
          const quantities = { ...line.quantities, open: orderedQty };
          return { ...line, lineId: `${orderNo}-${own + 1}`, orderedQty, quantities };
        });
        return { ...pattern, orderNo, lines };
      });
      const sharing = [{ rule: "equalAwards" as const }];
      const plan = planAllocation(asked, [{ ...POSITION, onHand: decimal(16_000) }], {
        ...context,
        policy: { ...policy, sharing },
      });
      const totals = plan.orders.map(({ lines }) => {
        const [wanted, given] = [lines.map(({ requested }) => requested), lines.map(({ allocated }) => allocated)];
        return [Number(sum(wanted)), Number(sum(given))] as const;
      });
      const left = totals.reduce((rest, [, given]) => rest - given, 16_000);
      expect(totals.every(([wanted, given]) => given === wanted || (given === 0 && wanted > left))).toBe(true);
      expect(left).toBeGreaterThanOrEqual(0);
    },
  );
});
