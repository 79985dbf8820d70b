import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import type { AllocationOutcome } from "../../src/allocation/apply-allocation-plan.js";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import { anyContext, checkBatchOutcome, checkStockLaws, deepFreeze } from "../../src/testing/index.js";
import { allocateByHand, millionths, placeOf } from "./oracle.js";
import { smallWorld, TODAY, waitsForAnother, type SmallWorld } from "./small-world.js";

function allocate({ orders, stock, policy }: SmallWorld): AllocationOutcome {
  return allocateBatch(orders, stock, { ...anyContext(), policy, today: TODAY });
}

/** What the engine gave, in the words of the oracle. */
function toldByEngine({ reasons, movements }: AllocationOutcome) {
  return reasons.map(({ lineId, requested, allocated, code, waitsFor }) => {
    const takes: Record<string, bigint> = {};
    for (const movement of movements.filter((candidate) => candidate.lineId === lineId)) {
      const place = placeOf(movement);
      takes[place] = (takes[place] ?? 0n) + millionths(movement.quantity);
    }
    return { lineId, requested: millionths(requested), allocated: millionths(allocated), code, takes, waitsFor };
  });
}

const byOrderNo = (a: { readonly orderNo: string }, b: { readonly orderNo: string }): number =>
  a.orderNo < b.orderNo ? -1 : 1;
const shuffled = smallWorld().chain(({ orders, stock, policy }) =>
  fc.record({
    world: fc.constant({ orders, stock, policy }),
    other: fc.record({
      orders: fc.shuffledSubarray([...orders], { minLength: orders.length }),
      stock: fc.shuffledSubarray([...stock], { minLength: stock.length }),
      policy: fc.constant(policy),
    }),
  }),
);

describe("allocateBatch against allocation by hand (mission 9.2, 9.7, 9.9, 9.10, 9.11, 9.12, 9.15)", () => {
  it("rules 1–5 and 8: serves the same lines in the same order from the same lots for the same reasons", () => {
    fc.assert(
      fc.property(smallWorld(), (world) => {
        const byHand = allocateByHand(world.orders, world.stock, world.policy, TODAY);
        expect(toldByEngine(allocate(deepFreeze(world)))).toEqual(byHand);
      }),
      { numRuns: runs(500) },
    );
  });

  it("rule 1: the order of orders and of stock in the input changes nothing", () => {
    fc.assert(
      fc.property(shuffled, ({ world, other }) => {
        const [one, two] = [allocate(world), allocate(other)];
        expect(two.reasons).toEqual(one.reasons);
        expect(two.events).toEqual(one.events);
        expect(two.movements).toEqual(one.movements);
        expect(two.requests).toEqual(one.requests);
        expect([...two.orders].sort(byOrderNo)).toEqual([...one.orders].sort(byOrderNo));
        expect([...two.refused].sort(byOrderNo)).toEqual([...one.refused].sort(byOrderNo));
      }),
      { numRuns: runs(150) },
    );
  });

  it("rule 7: running the batch again over what it left changes nothing more", () => {
    fc.assert(
      fc.property(smallWorld(), (world) => {
        fc.pre(!world.orders.some(waitsForAnother));
        const first = allocate(world);
        const again = allocate({ ...world, orders: first.orders, stock: applyMovements(world.stock, first.movements) });
        expect(again.events).toEqual([]);
        expect(again.movements).toEqual([]);
        expect(again.orders).toEqual(first.orders);
      }),
      { numRuns: runs(250) },
    );
  });

  it("keeps all laws, and stock allows every movement", () => {
    fc.assert(
      fc.property(smallWorld(), (world) => {
        const outcome = allocate(world);
        expect(checkBatchOutcome(world.orders, outcome)).toEqual([]);
        expect(checkStockLaws(applyMovements(world.stock, outcome.movements))).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  });

  it("the event of an order carries the reasons of its lines, and every other order is left as it is", () => {
    fc.assert(
      fc.property(smallWorld(), (world) => {
        const outcome = allocate(world);
        for (const [place, order] of outcome.orders.entries()) {
          const events = outcome.events.filter(({ orderNo }) => orderNo === order.orderNo);
          const reasons = outcome.reasons.filter(({ orderNo }) => orderNo === order.orderNo);
          if (events.length === 0) expect(order).toBe(world.orders[place]);
          else expect(events.map(({ details }) => details)).toEqual([{ reasons }]);
        }
      }),
      { numRuns: runs(100) },
    );
  });
});

describe("allocateOrder (mission 9.1)", () => {
  it("rule 1: gives an order what a batch of it alone would get", () => {
    fc.assert(
      fc.property(smallWorld(), ({ orders, stock, policy }) => {
        const context = { ...anyContext(), policy, today: TODAY };
        for (const order of orders) {
          const {
            orders: after,
            refused,
            events,
            movements,
            requests,
            reasons,
          } = allocateBatch([order], stock, context);
          const expected = refused[0]
            ? { ok: false, issues: refused[0].issues }
            : { ok: true, value: { order: after[0], events, movements, requests, reasons } };
          expect(allocateOrder(order, stock, context)).toEqual(expected);
        }
      }),
      { numRuns: runs(50) },
    );
  });
});

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}
