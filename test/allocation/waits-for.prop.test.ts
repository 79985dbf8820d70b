import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { add, compare, floorToMultiple, sum, ZERO, type Decimal } from "../../src/core/decimal.js";
import { togetherIn } from "../../src/lifecycle/together-in.js";
import type { PlannedLine } from "../../src/model/allocation-plan.js";
import type { Order } from "../../src/model/order.js";
import type { OrderLine } from "../../src/model/order-line.js";
import { stockKey, stockSource, type StockPosition } from "../../src/model/stock.js";
import { stockOwnerOf } from "../../src/model/stock-owner.js";
import { anyContext, anyOrder, anyStock, deepFreeze } from "../../src/testing/index.js";
import { guardedWorld, SOURCINGS, type GuardedWorld } from "./guarded-world.js";
import { TODAY } from "./small-world.js";

// Mission 4.15, 9.10, 9.16; definition B6: lines that come together say which of them stand in the way.

const runs = (usual: number): number => (process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS));
const planOf = (orders: readonly Order[], stock: readonly StockPosition[], policy: AllocationPolicy) =>
  planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
const anyWay = guardedWorld(
  fc.constantFrom(...SOURCINGS).map((sourcing) => ({ sourcing })),
  "all",
);
const withoutLimits = guardedWorld(
  fc
    .constantFrom(...SOURCINGS.filter(({ kind }) => kind === "nearest" || kind === "ranked"))
    .map((sourcing) => ({ sourcing })),
  "all",
);

const isWaiting = ({ code }: PlannedLine): boolean => code === "group_incomplete" || code === "whole_order_waits";

/** Lines of an order that come together and get nothing, with what was left for them at their turn. */
interface Failed {
  readonly order: Order;
  readonly lines: readonly PlannedLine[];
  readonly stock: readonly StockPosition[];
}

function failedUnits({ orders, stock, policy }: GuardedWorld): Failed[] {
  const plan = planOf(deepFreeze(orders), deepFreeze(stock), policy);
  const served = plan.orders.flatMap(({ lines }) => lines);
  return plan.orders.flatMap(({ orderNo, lines }) => {
    const order = orders.find((one) => one.orderNo === orderNo)!;
    const lineOf = new Map(order.lines.map((line) => [line.lineId, line]));
    const nameOf = togetherIn(order);
    const unitOf = ({ lineId }: PlannedLine): string => nameOf(lineOf.get(lineId)!) ?? lineId;
    return [...new Set(lines.map(unitOf))].flatMap((unit): Failed[] => {
      const own = lines.filter((line) => unitOf(line) === unit);
      const isServed = own.every((line) => line.allocated === targetOf(line, lineOf.get(line.lineId)!));
      const isTogether = nameOf(lineOf.get(own[0]!.lineId)!) !== undefined;
      if (isServed || !isTogether) return [];
      const firstOf = (line: PlannedLine): number =>
        line.orderNo === orderNo ? lines.find((other) => unitOf(other) === unitOf(line))!.rank : line.rank;
      const before = served.filter((line) => firstOf(line) < own[0]!.rank);
      return [{ order, lines: own, stock: stockWithout(stock, before) }];
    });
  });
}

function targetOf({ requested }: PlannedLine, { quantum }: OrderLine): Decimal {
  return quantum === undefined ? requested : floorToMultiple(requested, quantum);
}

function stockWithout(stock: readonly StockPosition[], before: readonly PlannedLine[]): StockPosition[] {
  return stock.map((position) => {
    const name = stockKey(position.itemCode, stockSource(position));
    const taken = before.flatMap(({ itemCode, takes }) =>
      takes.filter(({ source }) => stockKey(itemCode, source) === name).map(({ quantity }) => quantity),
    );
    return { ...position, reserved: add(position.reserved, sum(taken)) };
  });
}

/** Whether lines of an order are served in full when they come alone, and together. */
function isComplete(
  { order }: Failed,
  lineIds: readonly string[],
  stock: readonly StockPosition[],
  policy: AllocationPolicy,
) {
  const lines = order.lines.filter(({ lineId }) => lineIds.includes(lineId));
  const alone = { ...order, header: { ...order.header, shipComplete: true }, lines };
  const planned = planOf([alone], stock, policy).orders.flatMap((one) => one.lines);
  return planned.every(
    (line) =>
      line.allocated ===
      targetOf(
        line,
        lines.find(({ lineId }) => lineId === line.lineId)!,
      ),
  );
}

describe("lines that come together and get nothing", () => {
  it("whoever waits names lines of its own unit that get nothing either, whatever finds the warehouses", () => {
    const codes = new Set<string>();
    fc.assert(
      fc.property(anyWay, fc.boolean(), (world, isRuled) => {
        const policy = isRuled ? world.policy : { ...world.policy, protection: [] };
        for (const { lines } of failedUnits({ ...world, policy })) {
          for (const line of lines) {
            codes.add(line.code);
            if (!isWaiting(line)) {
              if (line.code !== "sourcing_limits") expect(line.waitsFor).toBeUndefined();
              continue;
            }
            expect(line.waitsFor?.length).toBeGreaterThan(0);
            for (const lineId of line.waitsFor!) {
              const named = lines.find((other) => other.lineId === lineId)!;
              expect([named.allocated, named.short]).toEqual(["0", named.requested]);
            }
            // Who has a reason of its own is named, but for one of which its step wants nothing.
            const own = lines.filter((other) => !isWaiting(other)).map(({ lineId, code }) => [lineId, code] as const);
            for (const [lineId, code] of own) if (code !== "below_quantum") expect(line.waitsFor).toContain(lineId);
          }
        }
      }),
      { numRuns: runs(250) },
    );
    for (const code of ["group_incomplete", "sold_out_by_earlier", "sourcing_limits", "group_cap"])
      expect([...codes]).toContain(code);
  });

  it("planned again by itself, a line with a reason of its own gets nothing, and one that waits all of it", () => {
    let [own, waiting] = [0, 0];
    fc.assert(
      fc.property(withoutLimits, (world) => {
        const policy = { ...world.policy, protection: [] };
        for (const failed of failedUnits({ ...world, policy })) {
          for (const line of failed.lines) {
            const isOwn = !isWaiting(line);
            const isNothing =
              targetOf(
                line,
                failed.order.lines.find(({ lineId }) => lineId === line.lineId)!,
              ) === ZERO;
            if (isNothing) continue;
            expect(isComplete(failed, [line.lineId], failed.stock, policy)).toBe(!isOwn);
            if (isOwn) own++;
            else waiting++;
          }
        }
      }),
      { numRuns: runs(250) },
    );
    expect([own > 20, waiting > 20]).toEqual([true, true]);
  });

  it("what the named lines want, on top of what is there, makes all of them complete; they alone do not", () => {
    let [lacking, crowded] = [0, 0];
    fc.assert(
      fc.property(withoutLimits, (world) => {
        const policy = { ...world.policy, protection: [] };
        for (const failed of failedUnits({ ...world, policy })) {
          const { order, lines, stock } = failed;
          const named = lines.find(isWaiting)?.waitsFor ?? [];
          // A line that wants less than its step stands in the way where nobody keeps its item; no quantity helps.
          const isNothing = (line: PlannedLine): boolean =>
            targetOf(
              line,
              order.lines.find(({ lineId }) => lineId === line.lineId)!,
            ) === ZERO;
          if (named.length === 0 || lines.some((line) => named.includes(line.lineId) && isNothing(line))) continue;
          expect(isComplete(failed, named, stock, policy)).toBe(false);
          const more = lines
            .filter(({ lineId }) => named.includes(lineId))
            .flatMap(({ lineId, itemCode, requested, warehouses }, place) => {
              const line = order.lines.find((one) => one.lineId === lineId)!;
              const owner = stockOwnerOf(order.header, line);
              const own = { itemCode, warehouseId: warehouses[0]!, binId: `NEW-${place}`, onHand: requested };
              return anyStock({
                ...own,
                ...(owner === undefined ? {} : { owner }),
                lotNo: line.lotNo ?? `NEW-${place}`,
              });
            });
          const all = lines.map(({ lineId }) => lineId);
          expect(isComplete(failed, all, [...stock, ...more], policy)).toBe(true);
          if (named.every((lineId) => isWaiting(lines.find((line) => line.lineId === lineId)!))) crowded++;
          else lacking++;
        }
      }),
      { numRuns: runs(250) },
    );
    expect([lacking > 20, crowded > 0]).toEqual([true, true]);
  });

  it("names the first twenty, and counts the others", () => {
    const lines = Array.from({ length: 30 }, (_, place) => ({
      itemCode: place < 25 ? `I-${place}` : "TEA",
      orderedQty: "1",
    }));
    const order = anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { shipComplete: true }, lines });
    const sourcing = { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] };
    const plan = planOf([order], anyStock({ onHand: "9" }), { priority: [], sourcing, lots: "fifo" });
    const waiting = plan.orders[0]!.lines.filter(isWaiting);
    expect(waiting.map(({ lineId }) => lineId)).toEqual([26, 27, 28, 29, 30].map((number) => `SO-1-${number}`));
    for (const { waitsFor, waitsForMore } of waiting) {
      expect(waitsFor).toEqual(Array.from({ length: 20 }, (_, place) => `SO-1-${place + 1}`));
      expect(waitsForMore).toBe(5);
    }
    expect(compare(waiting[0]!.short, ZERO)).toBe(1);
  });
});
