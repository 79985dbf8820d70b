import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, calendarDay, type CalendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { DatedItemQuantity } from "../../src/scheduling/available-to-promise.js";
import { promiseOrders } from "../../src/scheduling/promise-orders.js";
import type { OrderToPromise, PromisedLine } from "../../src/scheduling/promised-line.js";
import type { SupplyRule } from "../../src/model/supply-rule.js";
import type { PromiseContext } from "../../src/scheduling/supply-protection.js";
import { anyOrder, checkPlainData, deepFreeze, type AnyOrderLine } from "../../src/testing/index.js";

const TODAY = calendarDay("2026-03-02");
const DAYS = 6;
const dayAt = (place: number): CalendarDay => addDays(TODAY, place);

/** One line of `TEA` on an order of its own, in the words of the oracle. */
interface Ask {
  readonly wanted: number;
  readonly neededOn?: number;
  readonly group?: string;
  readonly quantum?: number;
  readonly whole?: boolean;
}

interface Shares {
  readonly caps: Readonly<Record<string, number>>;
  readonly minimums: Readonly<Record<string, number>>;
}

const NO_SHARES: Shares = { caps: {}, minimums: {} };

function orderOf(ask: Ask, orderNo: string, itemCode = "TEA"): OrderToPromise {
  const line: AnyOrderLine = {
    itemCode,
    quantities: { open: String(ask.wanted) },
    partialAllowed: ask.whole !== true,
    ...(ask.quantum === undefined ? {} : { quantum: String(ask.quantum) }),
  };
  return {
    order: anyOrder({ orderNo, lines: [line] }),
    ...(ask.neededOn === undefined ? {} : { neededOn: dayAt(ask.neededOn) }),
    ...(ask.group === undefined ? {} : { group: ask.group }),
  };
}

const ordersOf = (asks: readonly Ask[], itemCode = "TEA", prefix = "SO"): OrderToPromise[] =>
  asks.map((ask, place) => orderOf(ask, `${prefix}-${place + 1}`, itemCode));

function dated(quantities: readonly number[], itemCode = "TEA"): DatedItemQuantity[] {
  return quantities.map((units, place) => ({ itemCode, day: dayAt(place), quantity: decimal(units) }));
}

function rulesOf({ caps, minimums }: Shares): SupplyRule[] {
  const rule = (kind: SupplyRule["kind"], [group, units]: readonly [string, number]): SupplyRule => ({
    kind,
    group,
    itemCode: "TEA",
    quantity: decimal(units),
  });
  return [
    ...Object.entries(caps).map((entry) => rule("cap", entry)),
    ...Object.entries(minimums).map((entry) => rule("protect", entry)),
  ];
}

function promise(orders: readonly OrderToPromise[], context: Omit<PromiseContext, "today">): readonly PromisedLine[] {
  const found = promiseOrders(deepFreeze(orders), deepFreeze({ today: TODAY, ...context }));
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.value;
}

/** Parts as place of the day, quantity and kind. */
const told = ({ parts }: PromisedLine): string[] =>
  parts.map(({ day, quantity, kind }) => `${day} ${quantity} ${kind}`);

/** The largest quantity that can be added on each day, by the balances of that day and all later ones. */
function available(supplies: readonly number[], demands: readonly number[]): number[] {
  const balances = supplies.map((_, last) =>
    supplies.slice(0, last + 1).reduce((sum, supply, at) => sum + supply - (demands[at] ?? 0), 0),
  );
  return balances.map((_, from) => Math.max(0, Math.min(...balances.slice(from))));
}

/** Promises by hand, one order after the other, with balances by day. */
function promiseByHand(
  asks: readonly Ask[],
  supplies: readonly number[],
  committed: readonly number[],
  shares: Shares,
) {
  const demands = [...committed];
  const used: Record<string, number> = {};
  const leftOf = (table: Readonly<Record<string, number>>, group: string): number =>
    Math.max(0, (table[group] ?? 0) - (used[group] ?? 0));
  return asks.map(({ wanted, neededOn = 0, group = "none", quantum = 1, whole = false }) => {
    const kept = Object.keys(shares.minimums)
      .filter((other) => other !== group)
      .reduce((sum, other) => sum + leftOf(shares.minimums, other), 0);
    const cap = group in shares.caps ? leftOf(shares.caps, group) : Number.POSITIVE_INFINITY;
    const free = available(supplies, demands).map((units) => Math.max(0, units - kept));
    const served = Math.floor(wanted / quantum) * quantum;
    const most = Math.floor(Math.min(wanted, cap) / quantum) * quantum;
    const isHopeless = whole && most < served;
    const parts: string[] = [];
    let promised = 0;
    for (let day = Math.max(0, neededOn); day < DAYS && !isHopeless; day++) {
      const sofar = Math.floor(Math.min(most, free[day] ?? 0) / quantum) * quantum;
      if (sofar <= promised || (whole && sofar < served)) continue;
      parts.push(`${dayAt(day)} ${sofar - promised} ${sofar <= (free[0] ?? 0) ? "onHand" : "scheduled"}`);
      demands[day] = (demands[day] ?? 0) + sofar - promised;
      promised = sofar;
    }
    const left = Math.max(0, (available(supplies, demands).at(-1) ?? 0) - kept);
    const blocked = isHopeless ? 0 : Math.min(most - promised, left);
    demands[DAYS - 1] = (demands[DAYS - 1] ?? 0) + blocked;
    used[group] = (used[group] ?? 0) + promised + blocked;
    return parts;
  });
}

const byDay = (max: number) => fc.array(fc.nat(max), { minLength: DAYS, maxLength: DAYS });
const group = fc.constantFrom("A", "B", "C");
const ask: fc.Arbitrary<Ask> = fc.record(
  {
    wanted: fc.integer({ min: 1, max: 20 }),
    neededOn: fc.integer({ min: -2, max: DAYS - 1 }),
    group,
    quantum: fc.integer({ min: 1, max: 6 }),
    whole: fc.boolean(),
  },
  { requiredKeys: ["wanted"], noNullPrototype: true },
);
const table = fc.dictionary(group, fc.nat(15), { maxKeys: 2, noNullPrototype: true });
interface Facts {
  readonly supplies: readonly number[];
  readonly demands: readonly number[];
  readonly shares: Shares;
}

const world: fc.Arbitrary<Facts & { readonly asks: readonly Ask[] }> = fc.record({
  asks: fc.array(ask, { minLength: 1, maxLength: 6 }),
  supplies: byDay(12),
  demands: byDay(4),
  shares: fc.record({ caps: table, minimums: table }),
});

describe("promiseOrders by properties (mission 8.1, 8.2, 8.9; definition B9)", () => {
  const contextOf = ({ supplies, demands, shares }: Facts) => ({
    supplies: dated(supplies),
    demands: dated(demands),
    rules: rulesOf(shares),
  });

  it("rules 1–5: equals promising by hand with balances by day", () => {
    fc.assert(
      fc.property(world, ({ asks, ...facts }) => {
        const lines = promise(ordersOf(asks), contextOf(facts));
        expect(lines.map(told)).toEqual(promiseByHand(asks, facts.supplies, facts.demands, facts.shares));
      }),
      { numRuns: runs(2000) },
    );
  });

  it("rule 1: promised parts added to the demand make no balance negative", () => {
    fc.assert(
      fc.property(world, ({ asks, ...facts }) => {
        const demands = [...facts.demands];
        for (const { parts } of promise(ordersOf(asks), contextOf(facts))) {
          for (const { day, quantity } of parts) {
            const place = Array.from({ length: DAYS }, (_, at) => dayAt(at)).indexOf(day);
            const before = available(facts.supplies, demands)[place] ?? 0;
            expect(before).toBeGreaterThanOrEqual(Number(quantity));
            demands[place] = (demands[place] ?? 0) + Number(quantity);
          }
        }
      }),
    );
  });

  it("rule 1: an order behind changes no promise before it", () => {
    fc.assert(
      fc.property(world, ask, ({ asks, ...facts }, later) => {
        const before = promise(ordersOf(asks), contextOf(facts));
        expect(promise(ordersOf([...asks, later]), contextOf(facts)).slice(0, before.length)).toEqual(before);
      }),
    );
  });

  it("rule 1: more supply never promises less to the first", () => {
    fc.assert(
      fc.property(world, fc.nat(DAYS - 1), fc.nat(9), ({ asks, ...facts }, place, more) => {
        const supplies = facts.supplies.map((units, at) => units + (at === place ? more : 0));
        const [before] = promise(ordersOf(asks), contextOf(facts));
        const [after] = promise(ordersOf(asks), contextOf({ ...facts, supplies }));
        expect(Number(after?.promised)).toBeGreaterThanOrEqual(Number(before?.promised));
      }),
    );
  });

  it("another item changes nothing, neither its supply nor its orders", () => {
    fc.assert(
      fc.property(world, world, ({ asks, ...facts }, other) => {
        const context = contextOf(facts);
        const alone = promise(ordersOf(asks), context);
        const supplies = [...dated(other.supplies, "SALT"), ...context.supplies];
        const demands = [...dated(other.demands, "SALT"), ...context.demands];
        const orders = [...ordersOf(other.asks, "SALT", "XX"), ...ordersOf(asks)];
        const both = promise(orders, { ...context, supplies, demands });
        expect(both.filter(({ itemCode }) => itemCode === "TEA")).toEqual(alone);
      }),
    );
  });

  it("promised and short make what is requested; a code of success stands exactly where nothing is short; plain data", () => {
    fc.assert(
      fc.property(world, ({ asks, ...facts }) => {
        const lines = promise(ordersOf(asks), contextOf(facts));
        for (const { requested, promised, short, parts, code, day, kind } of lines) {
          expect(Number(promised) + Number(short)).toBe(Number(requested));
          expect(parts.reduce((units, { quantity }) => units + Number(quantity), 0)).toBe(Number(promised));
          expect(["on_time", "late"].includes(code)).toBe(short === "0");
          expect([day, kind]).toEqual([parts.at(-1)?.day, parts.at(-1)?.kind ?? "none"]);
        }
        expect(checkPlainData(lines)).toEqual([]);
      }),
    );
  });
});

describe("promiseOrders by reasons (mission 8.1, 8.2, 8.9; definition B9)", () => {
  const supplies = [10, 0, 30, 0, 10, 0];
  const cap = (units: number): Shares => ({ caps: { B: units }, minimums: {} });
  const least = (units: number): Shares => ({ caps: {}, minimums: { A: units } });

  it.each<readonly [string, Ask, Shares, Ask[], string, string[]]>([
    ["from stock", { wanted: 10 }, NO_SHARES, [], "on_time", ["0 10 onHand"]],
    [
      "from a receipt, wanted as soon as possible",
      { wanted: 12 },
      NO_SHARES,
      [],
      "on_time",
      ["0 10 onHand", "2 2 scheduled"],
    ],
    ["needed today", { wanted: 12, neededOn: 0 }, NO_SHARES, [], "late", ["0 10 onHand", "2 2 scheduled"]],
    ["needed in the past", { wanted: 1, neededOn: -1 }, NO_SHARES, [], "late", ["0 1 onHand"]],
    ["needed later", { wanted: 12, neededOn: 3 }, NO_SHARES, [], "on_time", ["3 12 scheduled"]],
    ["needed after the last receipt", { wanted: 10, neededOn: 5 }, NO_SHARES, [], "on_time", ["5 10 onHand"]],
    ["all at once", { wanted: 12, whole: true }, NO_SHARES, [], "on_time", ["2 12 scheduled"]],
    ["all at once and not there", { wanted: 51, whole: true }, NO_SHARES, [], "partial_not_allowed", []],
    [
      "more than there is",
      { wanted: 60 },
      NO_SHARES,
      [],
      "no_supply",
      ["0 10 onHand", "2 30 scheduled", "4 10 scheduled"],
    ],
    ["behind others", { wanted: 20 }, NO_SHARES, [{ wanted: 45 }], "taken_by_earlier", ["4 5 scheduled"]],
    ["behind one that is not served", { wanted: 20 }, NO_SHARES, [{ wanted: 51, whole: true }], "taken_by_earlier", []],
    ["in steps", { wanted: 12, quantum: 4 }, NO_SHARES, [], "on_time", ["0 8 onHand", "2 4 scheduled"]],
    ["not a multiple of the step", { wanted: 11, quantum: 4 }, NO_SHARES, [], "below_quantum", ["0 8 onHand"]],
    ["less than the step", { wanted: 3, quantum: 4, whole: true }, NO_SHARES, [], "below_quantum", []],
    ["less than the step is left", { wanted: 8, quantum: 4 }, NO_SHARES, [{ wanted: 48 }], "below_quantum", []],
    ["above the cap", { wanted: 12, group: "B" }, cap(5), [], "group_cap", ["0 5 onHand"]],
    ["above the cap, all at once", { wanted: 12, group: "B", whole: true }, cap(5), [], "group_cap", []],
    ["the cap used up in this run", { wanted: 1, group: "B" }, cap(5), [{ wanted: 9, group: "B" }], "group_cap", []],
    ["the cap is not what lacks", { wanted: 60, group: "B" }, cap(55), [{ wanted: 50 }], "taken_by_earlier", []],
    ["kept for others", { wanted: 60, group: "B" }, least(45), [], "protected_for_others", ["4 5 scheduled"]],
    [
      "the minimum used in this run",
      { wanted: 10, group: "B" },
      least(45),
      [{ wanted: 40, group: "A" }],
      "protected_for_others",
      ["4 5 scheduled"],
    ],
    [
      "who is protected",
      { wanted: 50, group: "A" },
      least(45),
      [{ wanted: 60, group: "B" }],
      "taken_by_earlier",
      ["0 10 onHand", "2 30 scheduled", "4 5 scheduled"],
    ],
  ])("%s", (_, last, shares, earlier, code, parts) => {
    const line = promise(ordersOf([...earlier, last]), { supplies: dated(supplies), rules: rulesOf(shares) }).at(-1);
    expect(line?.code).toBe(code);
    expect(line === undefined ? [] : told(line)).toEqual(
      parts.map((part) => part.replace(/^\d/u, (place) => dayAt(Number(place)))),
    );
  });

  it("rule 1: an order above its cap takes no more than the cap from those behind", () => {
    const orders = ordersOf([{ wanted: 60, group: "B" }, { wanted: 45 }]);
    const [first, second] = promise(orders, { supplies: dated(supplies), rules: rulesOf(cap(5)) });
    expect([first?.promised, second?.promised]).toEqual(["5", "45"]);
  });

  it("rule 2: asks for what waits, and for nothing where nothing waits or the order has ended", () => {
    const orders = [
      {
        order: anyOrder({
          lines: [
            { quantities: { allocated: "4", open: "1", backfill: "2", deferred: "3" } },
            { quantities: { allocated: "4", open: "0" } },
          ],
        }),
      },
      { order: anyOrder({ orderNo: "SO-2", stage: "rejected" }) },
    ];
    const lines = promise(orders, { supplies: dated([50]) });
    expect(lines).toEqual([
      {
        orderNo: "SO-1",
        lineId: "SO-1-1",
        itemCode: "TEA",
        requested: "6",
        promised: "6",
        short: "0",
        parts: [{ day: TODAY, quantity: "6", kind: "onHand" }],
        kind: "onHand",
        day: TODAY,
        code: "on_time",
      },
    ]);
  });

  it("rule 3: what the order itself says about day and group holds unless told otherwise", () => {
    const header = { requestedDeliveryDate: dayAt(1), customerClass: "B" };
    const order = anyOrder({ header });
    const context = { supplies: dated([20]), rules: rulesOf(cap(5)) };
    expect(promise([{ order }], context)[0]).toMatchObject({ day: dayAt(1), promised: "5", code: "group_cap" });
    expect(promise([{ order, neededOn: dayAt(4), group: "C" }], context)[0]).toMatchObject({
      day: dayAt(4),
      code: "on_time",
    });
  });

  it("rule 6: goods in store are for the draw-downs of their owner alone, free of caps and minimums", () => {
    const order = (orderNo: string, customerCode: string, transactionCategory: "sale" | "depositDraw") => ({
      order: anyOrder({ orderNo, header: { customerCode, customerClass: "B" }, lines: [{ transactionCategory }] }),
    });
    const [own] = dated([8]);
    const inStore = { itemCode: "TEA", owner: "C-1", day: TODAY, quantity: decimal(9) };
    const orders = [
      order("SO-1", "C-1", "sale"),
      order("SO-2", "C-2", "depositDraw"),
      order("SO-3", "C-1", "depositDraw"),
    ];
    const context = {
      supplies: [own as DatedItemQuantity, inStore],
      demands: [{ ...inStore, quantity: decimal(2) }],
      rules: rulesOf(cap(3)),
    };
    expect(promise(orders, context).map(({ promised }) => promised)).toEqual(["3", "0", "7"]);
  });

  it("refuses with every reason", () => {
    const negative = { itemCode: "TEA", day: TODAY, quantity: decimal(-1) };
    const rule = rulesOf(cap(5))[0] as SupplyRule;
    const order = anyOrder({ lines: [{ orderedQty: "0.0000001", quantum: "0.0000001" }] });
    const found = promiseOrders([{ order }], {
      today: TODAY,
      supplies: [negative],
      demands: [negative],
      rules: [rule, rule],
    });
    expect(!found.ok && found.issues.map(({ code, path }) => [code, path.join(".")])).toEqual([
      ["promise.negative", "supplies.0.quantity"],
      ["promise.negative", "demands.0.quantity"],
      ["supply.rule_twice", "rules.1"],
      ["promise.out_of_range", "orders.0.order.lines.0.quantities"],
      ["promise.out_of_range", "orders.0.order.lines.0.quantum"],
    ]);
  });

  it("an order listed twice is a mistake of the program", () => {
    const orders = [{ order: anyOrder() }, { order: anyOrder() }];
    expect(() => promiseOrders(orders, { today: TODAY, supplies: [] })).toThrow(RangeError);
  });
});

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}
