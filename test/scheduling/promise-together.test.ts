import { describe, expect, it } from "vitest";
import { addDays, calendarDay, type CalendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { DatedSupply } from "../../src/scheduling/dated-supply.js";
import { promiseOrders } from "../../src/scheduling/promise-orders.js";
import type { OrderToPromise, PromisedLine } from "../../src/scheduling/promised-line.js";
import type { SupplyRule } from "../../src/model/supply-rule.js";
import type { PromiseContext } from "../../src/scheduling/supply-protection.js";
import { anyOrder, deepFreeze, type AnyOrder, type AnyOrderLine } from "../../src/testing/index.js";

// Mission 8.1, 8.2, 8.9; definitions B6, B9: lines that come together.

const TODAY = calendarDay("2026-03-02");
const dayAt = (place: number): CalendarDay => addDays(TODAY, place);

const supply = (itemCode: string, place: number, quantity: number, more: Partial<DatedSupply> = {}): DatedSupply => ({
  itemCode,
  day: dayAt(place),
  quantity: decimal(quantity),
  ...more,
});

/** Item and quantity of a line. */
type Ask = readonly [itemCode: string, wanted: number, more?: AnyOrderLine];

const linesOf = (...asks: readonly Ask[]): AnyOrderLine[] =>
  asks.map(([itemCode, wanted, more]) => ({ itemCode, orderedQty: String(wanted), ...more }));

let count = 0;
function order(lines: readonly AnyOrderLine[], more: AnyOrder & { readonly neededOn?: number } = {}): OrderToPromise {
  const { neededOn, ...rest } = more;
  return {
    order: anyOrder({ orderNo: `SO-${++count}`, lines, ...rest }),
    ...(neededOn === undefined ? {} : { neededOn: dayAt(neededOn) }),
  };
}
const complete = (...asks: readonly Ask[]): OrderToPromise =>
  order(linesOf(...asks), { header: { shipComplete: true } });
const alone = (itemCode: string, wanted: number): OrderToPromise => order(linesOf([itemCode, wanted]));

function promise(orders: readonly OrderToPromise[], context: Omit<PromiseContext, "today">): readonly PromisedLine[] {
  const found = promiseOrders(deepFreeze(orders), deepFreeze({ today: TODAY, ...context }));
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.value;
}

/** Each line as its parts by place of the day, its code, and the number of the line that it waits for. */
function told(lines: readonly PromisedLine[]): string[] {
  return lines.map(({ parts, code, waitsFor }) =>
    [
      ...parts.map(({ day, quantity, kind }) => `${quantity} on ${day.slice(-1)} ${kind}`),
      code,
      ...(waitsFor === undefined ? [] : [`waits for ${waitsFor.split("-").at(-1)}`]),
    ].join(", "),
  );
}

describe("promiseOrders with lines that come together (mission 8.1, 8.2; definitions B6, B9)", () => {
  // The days end on 2 (today), 3, 4 …
  const tea = [supply("TEA", 0, 10), supply("SALT", 0, 2), supply("SALT", 3, 8)];

  it.each<readonly [string, readonly DatedSupply[], readonly OrderToPromise[], readonly string[]]>([
    [
      "4: a complete order takes the latest day of all, and says which line sets it",
      tea,
      [complete(["TEA", 6], ["SALT", 5])],
      ["6 on 5 onHand, on_time, waits for 2", "5 on 5 scheduled, on_time"],
    ],
    [
      "4: all there today",
      tea,
      [complete(["TEA", 6], ["SALT", 2])],
      ["6 on 2 onHand, on_time", "2 on 2 onHand, on_time"],
    ],
    [
      "4: not at all, and which line is missing",
      tea,
      [complete(["TEA", 6], ["SALT", 11], ["TEA", 1])],
      ["group_incomplete, waits for 2", "partial_not_allowed", "group_incomplete, waits for 2"],
    ],
    [
      "4: an item that nobody has",
      tea,
      [complete(["TEA", 6], ["RICE", 1])],
      ["group_incomplete, waits for 2", "no_supply"],
    ],
    [
      "4: two lines are missing: each says why, the first is named",
      tea,
      [complete(["RICE", 6], ["SALT", 11], ["TEA", 1])],
      ["no_supply", "partial_not_allowed, waits for 1", "group_incomplete, waits for 1"],
    ],
    [
      "4: two lines of an item that only together are too much",
      tea,
      [complete(["TEA", 6], ["TEA", 6])],
      ["group_incomplete, waits for 2", "partial_not_allowed"],
    ],
    [
      "4: two lines of an item that wait for each other",
      [...tea, supply("TEA", 2, 2)],
      [complete(["TEA", 6], ["TEA", 6])],
      ["6 on 4 onHand, on_time, waits for 2", "6 on 4 onHand, on_time"],
    ],
    [
      "4: what is there again by its day can be had before",
      [...tea, supply("TEA", 3, 6)],
      [complete(["TEA", 6], ["SALT", 5]), alone("TEA", 12)],
      ["6 on 5 onHand, on_time, waits for 2", "5 on 5 scheduled, on_time", "10 on 2 onHand, taken_by_earlier"],
    ],
    [
      "4: what is not there again stays for it",
      tea,
      [complete(["TEA", 6], ["SALT", 5]), alone("TEA", 12)],
      ["6 on 5 onHand, on_time, waits for 2", "5 on 5 scheduled, on_time", "4 on 2 onHand, taken_by_earlier"],
    ],
    [
      "1: an order that cannot be complete keeps what could be had of it",
      tea,
      [complete(["TEA", 6], ["RICE", 1]), alone("TEA", 12)],
      ["group_incomplete, waits for 2", "no_supply", "4 on 2 onHand, taken_by_earlier"],
    ],
    [
      "4: only the lines of a delivery group wait for each other",
      tea,
      [order(linesOf(["TEA", 1, { deliveryGroup: "G" }], ["TEA", 2], ["SALT", 5, { deliveryGroup: "G" }]))],
      ["1 on 5 onHand, on_time, waits for 3", "2 on 2 onHand, on_time", "5 on 5 scheduled, on_time"],
    ],
    [
      "4: an order that was deferred as a whole comes as a whole",
      tea,
      [
        order(
          linesOf(
            ["TEA", 6, { shortages: [{ bucket: "deferred", mode: "wholeOrder", quantity: "6" }] }],
            ["SALT", 5, { shortages: [{ bucket: "deferred", mode: "wholeOrder", quantity: "5" }] }],
          ),
        ),
      ],
      ["6 on 5 onHand, on_time, waits for 2", "5 on 5 scheduled, on_time"],
    ],
    [
      "3: none before the day on which it is needed",
      tea,
      [order(linesOf(["TEA", 6], ["SALT", 2]), { header: { shipComplete: true }, neededOn: 4 })],
      ["6 on 6 onHand, on_time", "2 on 6 onHand, on_time"],
    ],
    [
      "3: later than needed, for one line of it",
      tea,
      [order(linesOf(["TEA", 6], ["SALT", 5]), { header: { shipComplete: true }, neededOn: 1 })],
      ["6 on 5 onHand, late, waits for 2", "5 on 5 scheduled, late"],
    ],
    [
      "3: what a step does not allow is not waited for",
      tea,
      [complete(["TEA", 7, { quantum: "3" }], ["SALT", 1, { quantum: "2" }], ["SALT", 2])],
      ["6 on 2 onHand, below_quantum", "below_quantum", "2 on 2 onHand, on_time"],
    ],
  ])("rule %s", (_, supplies, orders, expected) => {
    expect(told(promise(orders, { supplies }))).toEqual(expected);
  });

  it("rule 4: a line of all or nothing waits for the first day on which all of it is there", () => {
    const supplies = [supply("TEA", 0, 3), supply("TEA", 1, 3), supply("TEA", 4, 3)];
    const orders = [order(linesOf(["TEA", 7, { partialAllowed: false }])), alone("TEA", 3)];
    expect(told(promise(orders, { supplies }))).toEqual([
      "7 on 6 scheduled, on_time",
      "2 on 2 onHand, taken_by_earlier",
    ]);
  });

  it("rule 4: goods that perish are there on the common day, or it is another one", () => {
    const supplies = [
      supply("SALT", 3, 5),
      supply("TEA", 0, 5, { expiresOn: dayAt(3) }),
      supply("TEA", 4, 5, { expiresOn: dayAt(9) }),
    ];
    const orders = [complete(["TEA", 5], ["SALT", 5]), alone("TEA", 5)];
    expect(told(promise(orders, { supplies }))).toEqual([
      "5 on 6 scheduled, on_time",
      "5 on 6 scheduled, on_time, waits for 1",
      "5 on 2 onHand, on_time",
    ]);
  });

  it("rules 4 and 7: goods that perish can be had on a day on which only the others come", () => {
    const living = [supply("TEA", 0, 5, { expiresOn: dayAt(4) }), supply("SALT", 3, 5)];
    expect(told(promise([complete(["TEA", 5], ["SALT", 5])], { supplies: living }))).toEqual([
      "5 on 5 onHand, on_time, waits for 2",
      "5 on 5 scheduled, on_time",
    ]);
    const dead = [supply("TEA", 0, 5, { expiresOn: dayAt(3) }), supply("SALT", 3, 5)];
    expect(told(promise([complete(["TEA", 5], ["SALT", 5])], { supplies: dead }))).toEqual([
      "partial_not_allowed",
      "group_incomplete, waits for 1",
    ]);
    // What came yesterday is in the stock of today or gone.
    const past = [supply("TEA", 0, 2, { expiresOn: dayAt(4) }), supply("TEA", -1, 3), supply("SALT", 3, 5)];
    expect(told(promise([complete(["TEA", 5], ["SALT", 5])], { supplies: past })).at(-1)).toBe(
      "group_incomplete, waits for 1",
    );
  });

  it("rule 4: a line that takes parts may come between, and what was picked for a try that failed is put back", () => {
    const supplies = [supply("TEA", 0, 5), supply("TEA", 2, 5), supply("SALT", 2, 1)];
    const orders = [complete(["TEA", 5], ["SALT", 1]), alone("TEA", 5), alone("TEA", 1)];
    expect(told(promise(orders, { supplies }))).toEqual([
      "5 on 4 onHand, on_time, waits for 2",
      "1 on 4 scheduled, on_time",
      "5 on 2 onHand, on_time",
      "taken_by_earlier",
    ]);
  });

  it("rule 5: the cap of a group holds for all lines of an order together, and what it turns away takes nothing", () => {
    const cap: SupplyRule = { kind: "cap", group: "B", itemCode: "TEA", quantity: decimal(8) };
    const header = { shipComplete: true, customerClass: "B" };
    const context = { supplies: tea, rules: [cap] };
    const fits = order(linesOf(["TEA", 5], ["TEA", 3]), { header });
    const tooMuch = order(linesOf(["TEA", 5], ["TEA", 4], ["SALT", 1]), { header });
    expect(told(promise([fits], context))).toEqual(["5 on 2 onHand, on_time", "3 on 2 onHand, on_time"]);
    expect(told(promise([tooMuch, alone("TEA", 10)], context))).toEqual([
      "group_incomplete, waits for 2",
      "group_cap",
      "group_incomplete, waits for 2",
      "10 on 2 onHand, on_time",
    ]);
    const used = [fits, order(linesOf(["TEA", 1]), { header: { customerClass: "B" } })];
    expect(told(promise(used, context)).at(-1)).toBe("group_cap");
  });

  it("rule 5: what is kept for others is not there for lines that come together", () => {
    const kept: SupplyRule = { kind: "protect", group: "A", itemCode: "TEA", quantity: decimal(6) };
    const orders = [complete(["TEA", 5], ["SALT", 1]), complete(["TEA", 4], ["SALT", 1])];
    expect(told(promise(orders, { supplies: tea, rules: [kept] }))).toEqual([
      "partial_not_allowed",
      "group_incomplete, waits for 1",
      "protected_for_others",
      "group_incomplete, waits for 1",
    ]);
  });

  it("rule 8: a held line keeps those that come together with it, and takes nothing", () => {
    const line = { lineId: "SO-H-2", holdId: "H-1", blocks: ["allocate" as const] };
    const held = order(linesOf(["TEA", 10], ["SALT", 1], ["TEA", 1]), {
      orderNo: "SO-H",
      header: { shipComplete: true },
      holds: [line],
    });
    expect(told(promise([held, alone("TEA", 10)], { supplies: tea }))).toEqual([
      "group_incomplete, waits for 2",
      "on_hold",
      "group_incomplete, waits for 2",
      "10 on 2 onHand, on_time",
    ]);
  });
});
