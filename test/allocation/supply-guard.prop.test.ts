import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import type { AllocationOutcome } from "../../src/allocation/apply-allocation-plan.js";
import { partitionBatch } from "../../src/allocation/partition-batch.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { decimal, fromUnits } from "../../src/core/decimal.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyContext, checkBatchOutcome, checkStockLaws, deepFreeze } from "../../src/testing/index.js";
import { brokenRules, guardedWorld, NEAREST, SOURCINGS } from "./guarded-world.js";
import { allocateByHand, millionths, placeOf } from "./oracle.js";
import { TODAY } from "./small-world.js";

// Mission 8.9, 9.2, 9.13; definition B9: caps and protected minimums hold in every allocation, whatever finds the warehouses.

interface World {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
  readonly policy: AllocationPolicy;
}

const nearest = guardedWorld(fc.constant({ sourcing: NEAREST }), "plain");
const SHARED: NonNullable<AllocationPolicy["sharing"]> = [
  { rule: "equalAwards", weights: [{ customerClass: "A", weight: decimal("2") }] },
];
const anyWay = guardedWorld(
  fc.tuple(fc.constantFrom(...SOURCINGS), fc.constantFrom([], [], SHARED)).map(([sourcing, sharing]) => ({
    sourcing,
    sharing,
  })),
  "all",
);

const plan = ({ orders, stock, policy }: World) =>
  planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
const allocate = ({ orders, stock, policy }: World): AllocationOutcome =>
  allocateBatch(orders, stock, { ...anyContext(), policy, today: TODAY });
/** Rules as they stand after a run: what each group took is counted. */
function carriedOn({ orders, policy }: World, { reasons }: AllocationOutcome): AllocationPolicy {
  const { protection = [] } = policy;
  const taken = new Map<string, bigint>();
  for (const { orderNo, lineId, allocated } of reasons) {
    const { header, lines } = orders.find((order) => order.orderNo === orderNo)!;
    const line = lines.find((each) => each.lineId === lineId)!;
    if (line.transactionCategory === "depositDraw") continue;
    const name = `${header.customerClass} ${line.itemCode}`;
    taken.set(name, (taken.get(name) ?? 0n) + millionths(allocated));
  }
  return {
    ...policy,
    protection: protection.map((rule) => ({
      ...rule,
      consumed: fromUnits(millionths(rule.consumed ?? "0") + (taken.get(`${rule.group} ${rule.itemCode}`) ?? 0n), 6),
    })),
  };
}

describe("allocation under caps and protected minimums (mission 8.9, 9.2, 9.13; definition B9)", () => {
  it("gives what a clerk gives who asks before each line how much its group may have, for the same reasons", () => {
    fc.assert(
      fc.property(nearest, (world) => {
        const { reasons, movements } = allocate(deepFreeze(world));
        const told = reasons.map(({ lineId, requested, allocated, code, waitsFor }) => {
          const takes: Record<string, bigint> = {};
          for (const movement of movements.filter((candidate) => candidate.lineId === lineId)) {
            const place = placeOf(movement);
            takes[place] = (takes[place] ?? 0n) + millionths(movement.quantity);
          }
          const figures = { requested: millionths(requested), allocated: millionths(allocated) };
          return { lineId, ...figures, code, takes, waitsFor };
        });
        expect(told).toEqual(allocateByHand(world.orders, world.stock, world.policy, TODAY));
      }),
      { numRuns: runs(200) },
    );
  });

  it("no group exceeds its cap, and nobody takes of another's unused minimum, whatever finds the warehouses", () => {
    fc.assert(
      fc.property(anyWay, (world) => {
        const { orders, stock, policy } = world;
        expect(brokenRules(plan(deepFreeze(world)), orders, stock, policy, TODAY)).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });

  it("keeps all laws, and stock allows every movement", () => {
    fc.assert(
      fc.property(anyWay, (world) => {
        const outcome = allocate(deepFreeze(world));
        expect(checkBatchOutcome(world.orders, outcome)).toEqual([]);
        expect(checkStockLaws(applyMovements(world.stock, outcome.movements))).toEqual([]);
      }),
      { numRuns: runs(60) },
    );
  });

  it("rules for items that nobody wants change nothing, nor do rules that leave room for all", () => {
    fc.assert(
      fc.property(anyWay, ({ orders, stock, policy: { protection: _, ...policy } }) => {
        const without = plan({ orders, stock, policy });
        const rule = { itemCode: "COFFEE", quantity: decimal("1") };
        const idle = [{ ...rule, kind: "cap", group: "A" } as const, { ...rule, kind: "protect", group: "B" } as const];
        expect(plan({ orders, stock, policy: { ...policy, protection: idle } })).toEqual(without);
        const wide = ["TEA", "SALT", "RICE"].map((itemCode) => ({
          kind: "cap" as const,
          group: "A",
          itemCode,
          quantity: decimal("100000"),
        }));
        expect(plan({ orders, stock, policy: { ...policy, protection: wide } })).toEqual(without);
      }),
      { numRuns: runs(80) },
    );
  });

  it("the order of orders, stock and rules in the input changes nothing", () => {
    const shuffled = anyWay.chain((world) =>
      fc.tuple(
        fc.constant(world),
        fc.shuffledSubarray([...world.orders], { minLength: world.orders.length }),
        fc.shuffledSubarray([...world.stock], { minLength: world.stock.length }),
        fc.shuffledSubarray([...world.policy.protection], { minLength: world.policy.protection.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([world, orders, stock, protection]) => {
        const policy = { ...world.policy, protection };
        expect(plan({ orders, stock, policy })).toEqual(plan(world));
      }),
      { numRuns: runs(60) },
    );
  });

  it("9.2: groups of a split batch get what the whole batch gets, for the same reasons", () => {
    fc.assert(
      fc.property(nearest, ({ orders, stock, policy }) => {
        const linesOf = (parts: readonly (readonly Order[])[]) =>
          parts
            .flatMap((own) => plan({ orders: own, stock, policy }).orders)
            .flatMap(({ lines }) => lines.map((line) => ({ ...line, rank: 0 })))
            .sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
        const groups = partitionBatch(orders, policy).map((group) => group.orders);
        expect(linesOf(groups)).toEqual(linesOf([orders]));
      }),
      { numRuns: runs(80) },
    );
  });

  it("a second run that counts what the first one gave has nothing more to give", () => {
    fc.assert(
      fc.property(nearest, (world) => {
        const first = allocate(world);
        const policy = carriedOn(world, first);
        const stock = applyMovements(world.stock, first.movements);
        const again = allocate({ orders: first.orders, stock, policy });
        expect(again.movements).toEqual([]);
      }),
      { numRuns: runs(80) },
    );
  });
});

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}
