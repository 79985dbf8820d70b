import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { addDays, calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import { availableToPromise, type DatedItemQuantity } from "../../src/scheduling/available-to-promise.js";
import { customerAvailability } from "../../src/scheduling/customer-availability.js";
import { promiseOrders, type PromisedLine } from "../../src/scheduling/promise-orders.js";
import type { SupplyRule } from "../../src/scheduling/supply-protection.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";

// Mission 8.1, 8.9, 8.10; definition B9: what is promised from stock alone is never more than an allocation would then give,
// where lines stand for themselves and every warehouse serves everybody.

const TODAY = calendarDay("2026-03-02");
const SITES = ["NORTH", "SOUTH"];

interface Ask {
  readonly wanted: number;
  readonly itemCode: string;
  readonly group: string;
  readonly quantum?: number;
  readonly whole?: boolean;
  readonly draws?: boolean;
}

interface World {
  readonly asks: readonly (readonly Ask[])[];
  readonly lots: readonly { readonly itemCode: string; readonly units: number; readonly site: string }[];
  readonly inStore: readonly { readonly itemCode: string; readonly units: number; readonly owner: string }[];
  readonly receipts: readonly (readonly [day: number, itemCode: string, units: number])[];
  readonly rules: readonly SupplyRule[];
}

const itemCode = fc.constantFrom("TEA", "SALT");
const ask: fc.Arbitrary<Ask> = fc.record(
  {
    wanted: fc.integer({ min: 1, max: 12 }),
    itemCode,
    group: fc.constantFrom("A", "B"),
    quantum: fc.integer({ min: 1, max: 4 }),
    whole: fc.boolean(),
    draws: fc.boolean(),
  },
  { requiredKeys: ["wanted", "itemCode", "group"], noNullPrototype: true },
);
const units = fc.nat(12);
const world: fc.Arbitrary<World> = fc.record(
  {
    asks: fc.array(fc.array(ask, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
    lots: fc.array(fc.record({ itemCode, units, site: fc.constantFrom(...SITES) }), { maxLength: 5 }),
    inStore: fc.array(fc.record({ itemCode, units, owner: fc.constantFrom("C-1", "C-2") }), { maxLength: 3 }),
    receipts: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), itemCode, units), { maxLength: 3 }),
    rules: fc.uniqueArray(
      fc
        .tuple(fc.constantFrom("cap" as const, "protect" as const), fc.constantFrom("A", "B"), itemCode, units)
        .map(([kind, group, item, most]): SupplyRule => ({ kind, group, itemCode: item, quantity: decimal(most) })),
      { selector: ({ kind, group, itemCode: item }) => `${kind} ${group} ${item}` },
    ),
  },
  { noNullPrototype: true },
);

function orderOf(asks: readonly Ask[], place: number): Order {
  return anyOrder({
    orderNo: `SO-${place + 1}`,
    stage: "confirmed",
    header: { customerCode: place % 2 === 0 ? "C-1" : "C-2", customerClass: asks[0]!.group },
    lines: asks.map(({ wanted, itemCode: item, quantum, whole, draws }) => ({
      itemCode: item,
      orderedQty: String(wanted),
      partialAllowed: whole !== true,
      ...(draws === true ? { transactionCategory: "depositDraw" as const } : {}),
      ...(quantum === undefined ? {} : { quantum: String(quantum) }),
    })),
  });
}

function stockOf({ lots, inStore }: World): StockPosition[] {
  return [
    ...lots.flatMap(({ itemCode: item, units: onHand, site }, place) =>
      anyStock({ itemCode: item, warehouseId: site, lotNo: `L-${place}`, onHand: String(onHand), reserved: "0" }),
    ),
    ...inStore.flatMap(({ itemCode: item, units: onHand, owner }, place) =>
      anyStock({ itemCode: item, lotNo: `D-${place}`, owner, onHand: String(onHand), reserved: "0" }),
    ),
  ];
}

/** What lies there counts today, what comes on its day. */
function suppliesOf({ receipts, ...rest }: World): DatedItemQuantity[] {
  return [
    ...stockOf({ receipts, ...rest }).map(({ itemCode: item, onHand, owner }) => ({
      itemCode: item,
      day: TODAY,
      quantity: onHand,
      ...(owner === undefined ? {} : { owner }),
    })),
    ...receipts.map(([day, item, more]) => ({ itemCode: item, day: addDays(TODAY, day), quantity: decimal(more) })),
  ];
}

// Every warehouse serves everybody, so that nothing but the order of service decides.
const POLICY: AllocationPolicy = {
  priority: [{ key: "orderNo", direction: "ascending" }],
  sourcing: { kind: "nearest", areas: [], otherwise: SITES },
  lots: "fifo",
};

function allocated(orders: readonly Order[], some: World): Map<string, number> {
  const plan = planAllocation(orders, stockOf(some), { ...anyContext(), policy: POLICY, today: TODAY });
  return new Map(
    plan.orders.flatMap(({ lines }) => lines.map(({ lineId, allocated: given }) => [lineId, Number(given)] as const)),
  );
}

function promised(orders: readonly Order[], some: World, rules: readonly SupplyRule[]): readonly PromisedLine[] {
  const found = promiseOrders(
    orders.map((order) => ({ order })),
    { today: TODAY, supplies: suppliesOf(some), rules },
  );
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.value;
}

/** What is promised for today itself. */
const fromStock = ({ parts }: PromisedLine): number =>
  parts.reduce((sum, { day, quantity }) => (day === TODAY ? sum + Number(quantity) : sum), 0);

describe("promises beside allocation (mission 8.1, 8.9, 8.10; definition B9)", () => {
  it("where nothing is expected, no line is promised more than an allocation in the same order gives it", () => {
    fc.assert(
      fc.property(world, (made) => {
        const some = { ...made, receipts: [] };
        const orders = some.asks.map(orderOf);
        const given = allocated(orders, some);
        for (const line of promised(orders, some, [])) {
          expect(fromStock(line)).toBeLessThanOrEqual(given.get(line.lineId) ?? 0);
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it("where every line takes parts and nothing is expected, promise and allocation are the same", () => {
    fc.assert(
      fc.property(world, (made) => {
        const plain = made.asks.map((asks) => asks.map(({ quantum: _, whole: __, ...rest }) => rest));
        const some = { ...made, asks: plain, receipts: [] };
        const orders = some.asks.map(orderOf);
        const given = allocated(orders, some);
        expect(promised(orders, some, []).map(({ lineId, promised: each }) => [lineId, Number(each)])).toEqual([
          ...given,
        ]);
      }),
      { numRuns: runs(400) },
    );
  });

  it("where nothing is expected, a customer who orders all that is shown is given it by the allocation", () => {
    fc.assert(
      fc.property(world, itemCode, fc.constantFrom("sale" as const, "depositDraw" as const), (made, item, sort) => {
        const some = { ...made, receipts: [] };
        const orders = some.asks.map(orderOf);
        const looking = customerAvailability({ customerCode: "C-1", group: "B" }, [{ itemCode: item }], {
          today: TODAY,
          supplies: suppliesOf(some),
          waiting: orders.map((order) => ({ order })),
        });
        const shown = looking.ok ? looking.value[0]! : undefined;
        const now = (sort === "sale" ? shown!.now : shown!.inStore?.now) ?? "0";
        if (now === "0") return;
        const line = { itemCode: item, orderedQty: now, transactionCategory: sort };
        const header = { customerCode: "C-1", customerClass: "B" };
        const last = anyOrder({ orderNo: "SO-9", stage: "confirmed", header, lines: [line] });
        expect(allocated([...orders, last], some).get("SO-9-1")).toBe(Number(now));
      }),
      { numRuns: runs(400) },
    );
  });

  it("one line alone can be promised today what is available to promise, and the allocation gives it", () => {
    fc.assert(
      fc.property(world, itemCode, (some, item) => {
        const own = suppliesOf(some).filter((each) => each.itemCode === item && each.owner === undefined);
        const found = availableToPromise(own, [], { today: TODAY });
        const now = found.ok ? found.value[0]!.quantity : "0";
        const orders = [orderOf([{ wanted: Number(now) + 1, itemCode: item, group: "A" }], 0)];
        expect(promised(orders, some, []).map(fromStock)).toEqual([Number(now)]);
        expect(allocated(orders, some).get("SO-1-1")).toBe(Number(now));
      }),
      { numRuns: runs(200) },
    );
  });

  it("8.9: in one run no group is promised more than its cap, and others leave its minimum as far as there is any", () => {
    fc.assert(
      fc.property(world, (some) => {
        const orders = some.asks.map(orderOf);
        const groupOf = new Map(orders.map(({ orderNo, header }) => [orderNo, header.customerClass]));
        const owned = new Set(
          orders.flatMap(({ lines }) =>
            lines.flatMap(({ lineId, transactionCategory }) => (transactionCategory === "depositDraw" ? [lineId] : [])),
          ),
        );
        const lines = promised(orders, some, some.rules).filter(({ lineId }) => !owned.has(lineId));
        for (const { kind, group, itemCode: item, quantity } of some.rules) {
          const sumOf = (isOwn: boolean): number =>
            lines
              .filter((line) => line.itemCode === item && (groupOf.get(line.orderNo) === group) === isOwn)
              .reduce((sum, line) => sum + Number(line.promised), 0);
          if (kind === "cap") {
            expect(sumOf(true)).toBeLessThanOrEqual(Number(quantity));
            continue;
          }
          const total = suppliesOf(some)
            .filter((each) => each.itemCode === item && each.owner === undefined)
            .reduce((sum, each) => sum + Number(each.quantity), 0);
          expect(total - sumOf(false)).toBeGreaterThanOrEqual(Math.min(total, Number(quantity)));
        }
      }),
      { numRuns: runs(400) },
    );
  });
});

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}
