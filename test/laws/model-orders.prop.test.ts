import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant } from "../../src/core/instant.js";
import { recordEvent } from "../../src/lifecycle/record-event.js";
import { applyChanges } from "../../src/model/apply-changes.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import { bucketEdge } from "../../src/model/bucket.js";
import type { Change, QuantityMoved } from "../../src/model/change.js";
import type { Order } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import { statusOf } from "../../src/model/status-of.js";
import type { StockPosition } from "../../src/model/stock.js";
import {
  arbitraryChangeChoice,
  arbitraryChanges,
  arbitraryOrder,
  arbitraryWorld,
  checkMoney,
  checkMovementBalance,
  checkMovementsMatchOrder,
  checkOrderConservation,
  checkOrderRecords,
  checkPlainData,
  checkReplay,
  checkReservationsMatch,
  checkStockLaws,
  deepFreeze,
  legalChange,
} from "../../src/testing/index.js";

function isReservation(change: Change): change is QuantityMoved {
  return change.kind === "quantity_moved" && change.to === "allocated";
}

const context = { at: instant("2026-03-05T09:00:00.000Z"), actor: { function: "warehouse" } };

function decide(order: Order, changes: readonly Change[]): Outcome {
  return recordEvent(order, { type: "order_picked", details: { discrepancies: [] }, changes }, context);
}

/** All laws that hold after any legal change; money only where no quantity joined that has not been priced yet. */
function brokenBy(before: Order, outcome: Outcome, changes: readonly Change[]) {
  const { order, movements } = outcome;
  return [
    ...checkOrderConservation(before, order, changes),
    ...checkOrderRecords(order),
    ...(changes.some(({ kind }) => kind === "quantity_added") ? [] : checkMoney(order)),
    ...checkReplay(before, outcome),
    ...checkMovementsMatchOrder(before, order, movements),
    ...checkPlainData(outcome),
  ];
}

const orderWithChanges = arbitraryOrder().chain((order) =>
  fc.tuple(fc.constant(order), arbitraryChanges(order, 12), arbitraryChanges(order, 12)),
);

describe("laws of the order (mission 11.1, 11.3)", () => {
  it("legal changes keep conservation, records, money, replay and plain data, and leave a frozen order alone", () => {
    fc.assert(
      fc.property(orderWithChanges, ([order, changes]) => {
        deepFreeze(order);
        deepFreeze(changes);
        expect(brokenBy(order, decide(order, changes), changes)).toEqual([]);
      }),
    );
  });

  it("the same changes give the same order, all at once or one by one", () => {
    fc.assert(
      fc.property(orderWithChanges, ([order, changes]) => {
        const atOnce = applyChanges(order, changes);
        const oneByOne = changes.reduce((current, change) => applyChanges(current, [change]), order);
        expect(atOnce).toEqual(oneByOne);
        expect(applyChanges(structuredClone(order), structuredClone(changes))).toEqual(atOnce);
      }),
    );
  });

  it("changes that are refused leave nothing behind", () => {
    fc.assert(
      fc.property(orderWithChanges, ([order, , others]) => {
        const text = JSON.stringify(order);
        // A change of a line that is not there follows the good ones.
        expect(() =>
          applyChanges(order, [...others, { kind: "quantity_added", lineId: "none", quantity: "1" as never }]),
        ).toThrow(RangeError);
        expect(JSON.stringify(order)).toBe(text);
      }),
    );
  });

  it("the status is always that of stage, buckets and money, whatever was written there before", () => {
    fc.assert(
      fc.property(orderWithChanges, fc.constantFrom("entered", "closed", "collected"), ([order, changes], forged) => {
        const after = applyChanges({ ...order, status: forged }, changes);
        expect(after.status).toBe(statusOf(after));
      }),
    );
  });

  it("survives JSON: the order and what is done with it afterwards", () => {
    fc.assert(
      fc.property(orderWithChanges, ([order, changes]) => {
        const stored = JSON.parse(JSON.stringify(order)) as Order;
        expect(stored).toEqual(order);
        expect(applyChanges(stored, JSON.parse(JSON.stringify(changes)) as Change[])).toEqual(
          applyChanges(order, changes),
        );
      }),
    );
  });
});

describe("laws of orders and stock together (mission 5.11, 14.1, 14.2)", () => {
  const walk = fc.array(fc.tuple(fc.nat({ max: 99 }), arbitraryChangeChoice()), { minLength: 1, maxLength: 40 });

  it("after every step of a random walk, lines and stock tell the same story and every movement balances", () => {
    fc.assert(
      fc.property(arbitraryWorld(), walk, (world, steps) => {
        const orders = [...deepFreeze(world.orders)];
        let stock: readonly StockPosition[] = deepFreeze(world.stock);
        for (const [number, choice] of steps) {
          const place = number % orders.length;
          const before = orders[place]!;
          const change = legalChange(before, choice, stock);
          const outcome = deepFreeze(decide(before, [change]));
          const after = deepFreeze(applyMovements(stock, outcome.movements));
          expect([
            ...brokenBy(before, outcome, [change]).filter(({ law }) => !law.includes("amount + allowance")),
            ...checkStockLaws(after),
            ...checkMovementBalance(stock, after, outcome.movements),
          ]).toEqual([]);
          orders[place] = outcome.order;
          stock = after;
          expect(checkReservationsMatch(orders, stock)).toEqual([]);
        }
      }),
    );
  });

  it("what is reserved and let go, or picked and put back, leaves stock as it was", () => {
    fc.assert(
      fc.property(arbitraryWorld(), arbitraryChangeChoice(), fc.nat({ max: 99 }), (world, choice, number) => {
        const before = world.orders[number % world.orders.length]!;
        const there = legalChange(before, { ...choice, kind: 0 }, world.stock);
        fc.pre(isReservation(there));
        const { shortage: _none, ...move } = there;
        const picked = { ...move, from: "allocated", to: "picked" } as const;
        for (const changes of [
          [there, { ...move, from: "allocated", to: "open" } as const],
          [there, { ...move, from: "allocated", to: "cancelled" } as const],
          [there, picked, { ...move, from: "picked", to: "cancelled" } as const],
        ]) {
          expect(changes.every(({ from, to }) => bucketEdge(from, to) !== undefined)).toBe(true);
          const { movements, order } = decide(before, changes);
          expect(applyMovements(world.stock, movements)).toEqual(world.stock);
          expect(
            checkReservationsMatch([...world.orders.filter((other) => other !== before), order], world.stock),
          ).toEqual([]);
        }
      }),
    );
  });
});
