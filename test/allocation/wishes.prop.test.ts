import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import type { AllocationOutcome } from "../../src/allocation/apply-allocation-plan.js";
import { checkAllocationPolicy } from "../../src/allocation/check-allocation-policy.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, checkBatchOutcome, checkStockLaws, deepFreeze } from "../../src/testing/index.js";
import { TODAY, waitsForAnother } from "./small-world.js";
import { wishWorld, type WishWorld } from "./wish-world.js";

function allocate({ orders, stock, policy }: WishWorld): AllocationOutcome {
  return allocateBatch(orders, stock, { ...anyContext(), policy, today: TODAY });
}

/** Whether a line asks for less once it was short: where one source must have the whole order, the rest may then fit. */
const canShrink = ({ lines }: Order): boolean =>
  lines.some(({ shortagePolicy }) => shortagePolicy !== "leaveOpen" && shortagePolicy !== "backfillOnArrival");
const byOrderNo = (a: { readonly orderNo: string }, b: { readonly orderNo: string }): number =>
  a.orderNo < b.orderNo ? -1 : 1;

describe("allocateBatch with wishes for lots, bins, groups and sources (mission 9.7, 9.8, 9.9, 9.16)", () => {
  it("keeps all laws, and stock allows every movement", () => {
    fc.assert(
      fc.property(wishWorld(), (world) => {
        const outcome = allocate(deepFreeze(world));
        expect(checkBatchOutcome(world.orders, outcome)).toEqual([]);
        expect(checkStockLaws(applyMovements(world.stock, outcome.movements))).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  it("rule 1: the order of the input changes nothing", () => {
    const shuffled = wishWorld().chain(({ orders, stock, policy }) =>
      fc.tuple(
        fc.constant({ orders, stock, policy }),
        fc.shuffledSubarray([...orders], { minLength: orders.length }),
        fc.shuffledSubarray([...stock], { minLength: stock.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([world, orders, stock]) => {
        const [one, two] = [allocate(world), allocate({ ...world, orders, stock })];
        expect(two.reasons).toEqual(one.reasons);
        expect(two.events).toEqual(one.events);
        expect(two.movements).toEqual(one.movements);
        expect([...two.orders].sort(byOrderNo)).toEqual([...one.orders].sort(byOrderNo));
      }),
      { numRuns: 150 },
    );
  });

  it("rule 6: running the batch again over what it left changes nothing more", () => {
    fc.assert(
      fc.property(wishWorld(), (world) => {
        fc.pre(world.policy.sourcing.kind === "nearest" || !world.orders.some(canShrink));
        fc.pre(!world.orders.some(waitsForAnother));
        const first = allocate(world);
        const again = allocate({ ...world, orders: first.orders, stock: applyMovements(world.stock, first.movements) });
        expect(again.movements).toEqual([]);
        expect(again.orders).toEqual(first.orders);
      }),
      { numRuns: 400 },
    );
  });

  it("takes every policy of these worlds", () => {
    fc.assert(
      fc.property(wishWorld(), ({ policy }) => {
        expect(checkAllocationPolicy(policy)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
