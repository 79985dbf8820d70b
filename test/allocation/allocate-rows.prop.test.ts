import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateRows } from "../../src/allocation/allocate-rows.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import type { RowAllocation } from "../../src/allocation/rows/allocation-rows.js";
import { decimal, isDecimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { anyOrder, anyStock, deepFreeze } from "../../src/testing/index.js";
import { allocateRowsByHand, fine, type OracleRows } from "./rows-oracle.js";
import { someRowWorld, type RowWorld } from "./rows-world.js";

function allocated({ orders, lots, policy }: RowWorld): RowAllocation {
  const answer = allocateRows({ orders, lots }, policy);
  if (!answer.ok) throw new Error(JSON.stringify(answer.issues));
  return answer.value;
}

function texts({ takes, shortages }: RowAllocation): OracleRows {
  return {
    takes: takes.map(({ orderNo, lineId, lotId, quantity }) => `${orderNo} ${lineId} ${lotId} ${fine(quantity)}`),
    shortages: shortages.map(({ orderNo, lineId, quantity }) => `${orderNo} ${lineId} ${fine(quantity)}`),
  };
}

function total(quantities: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const quantity of quantities) sum += quantity;
  return sum;
}

describe("giving stock to rows (mission 9.2, 9.7, 9.9, 9.10; definitions B4, B5)", () => {
  it("gives what looking at everything again for every line gives", () => {
    fc.assert(
      fc.property(someRowWorld(), (world) => {
        expect(texts(allocated(world))).toEqual(allocateRowsByHand(world));
      }),
      { numRuns: 100 },
    );
  });

  it("does so in the quick way for plain batches too", () => {
    fc.assert(
      fc.property(someRowWorld({ isPlain: true }), (world) => {
        expect(texts(allocated(world))).toEqual(allocateRowsByHand(world));
      }),
      { numRuns: 100 },
    );
  });

  it("1: does not look at the order in which orders, lines and lots come", () => {
    const shuffled = someRowWorld().chain((world) =>
      fc.record({
        world: fc.constant(world),
        orders: fc
          .tuple(...world.orders.map(({ lines }) => fc.shuffledSubarray([...lines], { minLength: lines.length })))
          .chain((lines) =>
            fc.shuffledSubarray(
              world.orders.map((order, place) => ({ ...order, lines: lines[place] ?? [] })),
              { minLength: world.orders.length },
            ),
          ),
        lots: fc.shuffledSubarray([...world.lots], { minLength: world.lots.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ world, orders, lots }) => {
        expect(allocated({ ...world, orders, lots })).toEqual(allocated(world));
      }),
      { numRuns: 100 },
    );
  });

  it("3: gives no line more than it wants and no lot's goods twice, and tells what is short to the last digit", () => {
    fc.assert(
      fc.property(someRowWorld(), (world) => {
        const { takes, shortages } = allocated(world);
        const sumFor = (field: "lineId" | "lotId", id: string): bigint =>
          total(takes.filter((take) => take[field] === id).map(({ quantity }) => fine(quantity)));
        for (const { lotId, quantity } of world.lots)
          expect(sumFor("lotId", lotId)).toBeLessThanOrEqual(fine(quantity));
        for (const { lineId, quantity } of world.orders.flatMap(({ lines }) => lines)) {
          const short = total(shortages.filter((one) => one.lineId === lineId).map((one) => fine(one.quantity)));
          expect(sumFor("lineId", lineId) + short).toBe(fine(quantity));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("5: answers with plain data in canonical decimals, and leaves its input alone", () => {
    fc.assert(
      fc.property(someRowWorld(), (world) => {
        const before = structuredClone(world);
        const answer = allocated(deepFreeze(world));
        expect(world).toEqual(before);
        expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
        expect([...answer.takes, ...answer.shortages].every(({ quantity }) => isDecimal(quantity))).toBe(true);
        expect(allocated(world)).toEqual(answer);
      }),
      { numRuns: 100 },
    );
  });

  it("gives what planAllocation plans, where both can say what is wanted", () => {
    fc.assert(
      fc.property(someRowWorld(), (world) => {
        const plan = planned(world);
        expect(texts(allocated({ ...world, policy: { ...world.policy, priority: [CLASS] } }))).toEqual(plan);
      }),
      { numRuns: 100 },
    );
  });
});

const CLASS = { column: "class", direction: "ascending" } as const;

/** The same world as orders and positions. */
function planned({ orders, lots, policy }: RowWorld): OracleRows {
  const { nearest, otherwise = [], mustOutlive } = policy;
  const own = orders.flatMap(({ orderNo, area, lines, class: customerClass }) => {
    const wishes = lines.filter(({ quantity }) => fine(quantity) > 0n);
    if (wishes.length === 0) return [];
    return anyOrder({
      orderNo,
      stage: "confirmed",
      header: { deliveryAreaPath: [area], ...(customerClass ? { customerClass } : {}) },
      lines: wishes.map(({ lineId, lineNo, itemCode, quantity, quantum, partialAllowed }) => ({
        lineId,
        lineNo,
        itemCode,
        orderedQty: decimal(quantity),
        partialAllowed: partialAllowed !== false && partialAllowed !== 0,
        ...(quantum === undefined || quantum === null ? {} : { quantum: decimal(quantum) }),
      })),
    });
  });
  const stock = lots.flatMap(({ lotId, itemCode, warehouseId, quantity, receivedOn, expiresOn }) =>
    anyStock({
      itemCode,
      warehouseId,
      lotNo: lotId,
      onHand: decimal(quantity),
      ...(receivedOn ? { receivedOn } : {}),
      ...(expiresOn ? { expiresOn } : {}),
    }),
  );
  const areas = Object.entries(nearest).map(([area, warehouseIds]) => ({ areaPath: [area], warehouseIds }));
  const plan = planAllocation(own, stock, {
    at: instant("2026-03-02T09:00:00.000Z"),
    today: mustOutlive,
    policy: {
      priority: [{ key: "customerClass", direction: "ascending" }],
      sourcing: { kind: "nearest", areas, otherwise },
      lots: policy.lots,
    },
  });
  expect(plan.refused).toEqual([]);
  const lines = plan.orders.flatMap((order) => order.lines);
  return {
    takes: lines.flatMap(({ orderNo, lineId, takes }) =>
      takes.map(({ source, quantity }) => `${orderNo} ${lineId} ${source.lotNo} ${fine(quantity)}`),
    ),
    shortages: lines.flatMap(({ orderNo, lineId, short }) =>
      fine(short) === 0n ? [] : [`${orderNo} ${lineId} ${fine(short)}`],
    ),
  };
}
