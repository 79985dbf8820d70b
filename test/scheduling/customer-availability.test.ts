import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, calendarDay, type CalendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { DatedItemQuantity } from "../../src/scheduling/available-to-promise.js";
import {
  customerAvailability,
  type CustomerAvailabilityContext,
  type ItemAvailability,
  type LookingCustomer,
} from "../../src/scheduling/customer-availability.js";
import { promiseOrders } from "../../src/scheduling/promise-orders.js";
import type { OrderToPromise } from "../../src/scheduling/promised-line.js";
import type { SupplyRule } from "../../src/model/supply-rule.js";
import { anyOrder, deepFreeze } from "../../src/testing/index.js";

const TODAY = calendarDay("2026-03-02");
const dayAt = (place: number): CalendarDay => addDays(TODAY, place);
const supply = (place: number, quantity: number, more: Partial<DatedItemQuantity> = {}): DatedItemQuantity => ({
  itemCode: "TEA",
  day: dayAt(place),
  quantity: decimal(quantity),
  ...more,
});
const rule = (kind: SupplyRule["kind"], group: string, quantity: number): SupplyRule => ({
  kind,
  group,
  itemCode: "TEA",
  quantity: decimal(quantity),
});
const customer: LookingCustomer = { customerCode: "C-1", group: "B" };

interface Wish {
  readonly wanted: number;
  readonly neededOn?: number;
  readonly group?: string;
  readonly whole?: boolean;
  readonly quantum?: number;
  readonly transactionCategory?: "sale" | "depositDraw";
}

function orderOf(wish: Wish, orderNo: string, customerCode = "C-9"): OrderToPromise {
  const { wanted, neededOn, group, whole, quantum, transactionCategory = "sale" } = wish;
  const line = {
    orderedQty: String(wanted),
    partialAllowed: whole !== true,
    transactionCategory,
    ...(quantum === undefined ? {} : { quantum: String(quantum) }),
  };
  return {
    order: anyOrder({ orderNo, header: { customerCode }, lines: [line] }),
    ...(neededOn === undefined ? {} : { neededOn: dayAt(neededOn) }),
    ...(group === undefined ? {} : { group }),
  };
}

function shown(context: Omit<CustomerAvailabilityContext, "today">, quantum?: number): ItemAvailability {
  const item = quantum === undefined ? { itemCode: "TEA" } : { itemCode: "TEA", quantum: decimal(quantum) };
  const found = customerAvailability(customer, [item], deepFreeze({ today: TODAY, ...context }));
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.value[0] as ItemAvailability;
}

const group = fc.constantFrom("A", "B");
const wish: fc.Arbitrary<Wish> = fc.record(
  {
    wanted: fc.integer({ min: 1, max: 15 }),
    neededOn: fc.integer({ min: 0, max: 6 }),
    group,
    whole: fc.boolean(),
    quantum: fc.integer({ min: 1, max: 4 }),
    transactionCategory: fc.constantFrom("sale" as const, "depositDraw" as const),
  },
  { requiredKeys: ["wanted"], noNullPrototype: true },
);
const quantity = (): fc.Arbitrary<DatedItemQuantity> =>
  fc
    .tuple(fc.nat(6), fc.nat(15), fc.constantFrom(undefined, undefined, "C-1", "C-9"))
    .map(([place, units, owner]) => supply(place, units, owner === undefined ? {} : { owner }));
const world: fc.Arbitrary<Omit<CustomerAvailabilityContext, "today">> = fc.record({
  supplies: fc.array(quantity(), { maxLength: 7 }),
  demands: fc.array(quantity(), { maxLength: 3 }),
  rules: fc.uniqueArray(
    fc
      .tuple(fc.constantFrom("cap" as const, "protect" as const), group, fc.nat(20))
      .map(([kind, name, units]) => rule(kind, name, units)),
    { selector: ({ kind, group: name }) => kind + name },
  ),
  waiting: fc.array(wish, { maxLength: 4 }).map((wishes) => wishes.map((each, at) => orderOf(each, `SO-${at + 1}`))),
});

describe("customerAvailability (mission 8.9, 8.10; definition B9)", () => {
  it("rule 1: a new order gets all of what is shown, on the day for which it is shown, and not one more", () => {
    fc.assert(
      fc.property(
        world,
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.boolean(),
        (context, quantum, whole, draws) => {
          const found = shown(context, quantum);
          const { now, next } = draws ? (found.inStore ?? { now: decimal(0), next: [] }) : found;
          for (const step of [{ day: TODAY, quantity: now }, ...next]) {
            for (const more of [0, quantum]) {
              const wanted = Number(step.quantity) + more;
              if (wanted === 0) continue;
              const transactionCategory = draws ? "depositDraw" : "sale";
              const order = orderOf({ wanted, whole, quantum, group: "B", transactionCategory }, "NEW", "C-1");
              const answer = promiseOrders([...(context.waiting ?? []), order], { today: TODAY, ...context });
              const line = answer.ok ? answer.value.at(-1) : undefined;
              const isThere = line?.short === "0" && line.day !== undefined && line.day <= step.day;
              expect(isThere).toBe(more === 0);
            }
          }
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it("rule 1: shows the way from today on; what comes later is given in all and rises", () => {
    expect(shown({ supplies: [supply(0, 5), supply(2, 10), supply(3, 0), supply(4, 1)] })).toEqual({
      itemCode: "TEA",
      now: "5",
      next: [
        { day: dayAt(2), quantity: "15" },
        { day: dayAt(4), quantity: "16" },
      ],
    });
  });

  it("rule 1: caps, minimums, demands and waiting orders are taken off", () => {
    const supplies = [supply(0, 20), supply(2, 10)];
    const waiting = [orderOf({ wanted: 4, group: "A" }, "SO-1")];
    expect(shown({ supplies, waiting, demands: [supply(1, 1)] })).toMatchObject({
      now: "15",
      next: [{ quantity: "25" }],
    });
    expect(shown({ supplies, waiting, rules: [rule("protect", "A", 10)] })).toMatchObject({
      now: "10",
      next: [{ quantity: "20" }],
    });
    expect(shown({ supplies, waiting, rules: [rule("cap", "B", 18)] })).toMatchObject({
      now: "16",
      next: [{ quantity: "18" }],
    });
    expect(shown({ supplies, waiting, rules: [rule("cap", "B", 7)] })).toMatchObject({ now: "7", next: [] });
  });

  it("rule 2: goods of others are never counted, the own ones apart", () => {
    const own = [supply(0, 5), supply(1, 3)];
    const others = [supply(0, 50, { owner: "C-2" }), supply(3, 50, { owner: "C-2" })];
    expect(shown({ supplies: [...own, ...others] })).toEqual(shown({ supplies: own }));
    const inStore = [supply(0, 2, { owner: "C-1" }), supply(4, 1, { owner: "C-1" })];
    expect(shown({ supplies: [...own, ...others, ...inStore], rules: [rule("cap", "B", 1)] })).toEqual({
      itemCode: "TEA",
      now: "1",
      next: [],
      inStore: { now: "2", next: [{ day: dayAt(4), quantity: "3" }] },
    });
    expect(shown({ supplies: [supply(4, 1, { owner: "C-1" })] }).inStore?.now).toBe("0");
  });

  it("rule 3: whole steps only", () => {
    expect(shown({ supplies: [supply(0, 5), supply(1, 1), supply(2, 10)] }, 4)).toMatchObject({
      now: "4",
      next: [{ day: dayAt(2), quantity: "16" }],
    });
  });

  it("another item changes nothing, and every item is answered in its place", () => {
    fc.assert(
      fc.property(world, world, (context, other) => {
        const salt = { itemCode: "SALT" };
        const asSalt = (list: readonly DatedItemQuantity[] = []): DatedItemQuantity[] =>
          list.map((each) => ({ ...each, ...salt }));
        const both = {
          ...context,
          today: TODAY,
          supplies: [...asSalt(other.supplies), ...context.supplies],
          demands: [...asSalt(other.demands), ...(context.demands ?? [])],
          rules: [...(other.rules ?? []).map((each) => ({ ...each, ...salt })), ...(context.rules ?? [])],
        };
        const found = customerAvailability(customer, [salt, { itemCode: "TEA" }], both);
        expect(found.ok && found.value[0]?.itemCode).toBe("SALT");
        expect(found.ok && found.value[1]).toEqual(shown(context));
      }),
    );
  });

  it("knows nothing of an item without supply", () => {
    expect(shown({ supplies: [] })).toEqual({ itemCode: "TEA", now: "0", next: [] });
  });

  it("refuses with every reason", () => {
    const found = customerAvailability(customer, [{ itemCode: "TEA", quantum: decimal(-1) }], {
      today: TODAY,
      supplies: [supply(0, -1)],
      waiting: [orderOf({ wanted: 1, quantum: 1e12 }, "SO-1")],
    });
    expect(!found.ok && found.issues.map(({ code, path }) => [code, path.join(".")])).toEqual([
      ["promise.negative", "supplies.0.quantity"],
      ["promise.out_of_range", "waiting.0.order.lines.0.quantum"],
      ["promise.negative", "items.0.quantum"],
    ]);
  });
});

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}
