import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal, multiply, subtract, ZERO } from "../../src/core/decimal.js";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { LineId } from "../../src/model/ids.js";
import type { Order } from "../../src/model/order.js";
import type { StockMovement } from "../../src/model/movement.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";
import { MASTERS, TODAY } from "./masters.js";
import { someWorld } from "./some-world.js";

const context = anyContext();
const adding = { ...context, masters: MASTERS, addOn: { pickMinutes: 45 }, pricing: { rounding: "halfUp" as const } };
const numRuns = Number(process.env.FC_RUNS ?? 60);

/** Where each line's goods are. */
function goodsOf({ lines }: Order) {
  return lines.map(({ lineId, quantities, reservations, shortages }) => ({
    lineId,
    quantities,
    reservations,
    shortages,
  }));
}

/** Stock after the movements of several decisions, one after the other. */
function posted(stock: readonly StockPosition[], ...movements: readonly (readonly StockMovement[])[]) {
  return movements.reduce<readonly StockPosition[]>((before, some) => applyMovements(before, some), stock);
}

describe("what is undone was never done (mission 14.1, 14.4, 14.7; definition B17)", () => {
  it("a delivery that failed and leaves again ends as one that never failed", () => {
    let failed = 0;
    fc.assert(
      fc.property(someWorld(), fc.nat(), ({ orders, stock }, choice) => {
        for (const order of orders) {
          const shipped = order.lines.filter(({ quantities }) => quantities.shipped !== ZERO);
          const lineIds = shipped.filter((_line, place) => ((choice >> place) & 1) === 0).map(({ lineId }) => lineId);
          const nextOn = calendarDay("2026-03-05");
          const lines = lineIds.map((lineId) => ({ lineId }));
          const failure = { reason: "nobody_home", attempt: 1, goods: "inDepot" as const, nextOn, lines };
          const back = recordDeliveryFailure(order, failure, { ...context, maxAttempts: 2, today: nextOn });
          if (!back.ok) continue;
          const again = shippedOff(back.value.order, lineIds);
          if (again === undefined) continue;
          const straight = shippedOff(order, lineIds) ?? { order, movements: [] };
          expect(goodsOf(again.order)).toEqual(goodsOf(straight.order));
          expect(posted(stock, back.value.movements, again.movements)).toEqual(posted(stock, straight.movements));
          failed += 1;
        }
      }),
      { numRuns },
    );
    expect(failed).toBeGreaterThan(0);
  });

  it("more that joins and is cancelled again leaves every other bucket, every place and the stock as they were", () => {
    let joined = 0;
    fc.assert(
      fc.property(someWorld(), fc.integer({ min: 1, max: 9 }), ({ orders }, count) => {
        for (const order of orders) {
          for (const { lineId, unitFactor } of order.lines) {
            // Whole units of the order are whole in the base unit too, where one holds the other evenly.
            if (unitFactor.denominator !== "1") continue;
            const more = decimal(String(count));
            const added = addToOrder(order, { lines: [{ lineId, quantity: more }] }, adding);
            if (!added.ok) continue;
            const quantity = multiply(more, unitFactor.numerator);
            const gone = granted(
              cancelOrder(added.value.order, { reason: "again", lines: [{ lineId, quantity }] }, context),
            );
            expect([...added.value.movements, ...gone.movements]).toEqual([]);
            expect(goodsOf(withoutCancelled(gone.order, lineId, quantity))).toEqual(goodsOf(order));
            joined += 1;
          }
        }
      }),
      { numRuns },
    );
    expect(joined).toBeGreaterThan(0);
  });

  it("the same when what joined had its goods already", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (ordered, count) => {
        const bins = anyStock({ binId: "A", onHand: "25" }, { binId: "B", onHand: "60" });
        const policy = {
          priority: [],
          sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
          lots: "fifo" as const,
        };
        const allocating = { ...context, policy, today: TODAY };
        const fresh = anyOrder({ stage: "confirmed", lines: [{ orderedQty: String(ordered) }] });
        const first = granted(allocateOrder(fresh, bins, allocating));
        const stock = posted(bins, first.movements);
        const quantity = decimal(String(count));
        const lines = [{ lineId: "SO-1-1", quantity }];
        const added = granted(addToOrder(first.order, { lines }, adding));
        const served = granted(allocateOrder(added.order, stock, allocating));
        const gone = granted(cancelOrder(served.order, { reason: "again", lines }, context));
        expect(goodsOf(withoutCancelled(gone.order, "SO-1-1", quantity))).toEqual(goodsOf(first.order));
        expect(posted(stock, served.movements, gone.movements)).toEqual(stock);
      }),
      { numRuns },
    );
  });
});

/** Sends off what is picked of the lines; nothing when that is refused: nothing is picked, or a hold forbids it. */
function shippedOff(order: Order, lineIds: readonly LineId[]) {
  const result = recordShipment(order, { shipmentNo: "SH-2", what: "picked", lineIds }, context);
  return result.ok ? result.value : undefined;
}

/** The order without a note of what was cancelled of a line. */
function withoutCancelled(order: Order, lineId: LineId, quantity: StockMovement["quantity"]): Order {
  const lines = order.lines.map((line) => {
    if (line.lineId !== lineId) return line;
    const cancelled = subtract(line.quantities.cancelled, quantity);
    return { ...line, quantities: { ...line.quantities, cancelled } };
  });
  return { ...order, lines };
}
