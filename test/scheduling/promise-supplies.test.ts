import { describe, expect, it } from "vitest";
import { addDays, calendarDay, type CalendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { customerAvailability } from "../../src/scheduling/customer-availability.js";
import type { DatedSupply } from "../../src/scheduling/dated-supply.js";
import { promiseOrders } from "../../src/scheduling/promise-orders.js";
import type { OrderToPromise, PromisedLine } from "../../src/scheduling/promised-line.js";
import { suppliesOnHand } from "../../src/scheduling/supplies-on-hand.js";
import type { PromiseContext } from "../../src/scheduling/supply-protection.js";
import { anyOrder, anyStock, deepFreeze, type AnyOrder, type AnyOrderLine } from "../../src/testing/index.js";

// Mission 8.1, 8.2, 9.9, 5.12; definitions B5, B9: who may have which supply, and what waits.

const TODAY = calendarDay("2026-03-02");
const dayAt = (place: number): CalendarDay => addDays(TODAY, place);

const supply = (place: number, quantity: number, more: Partial<DatedSupply> = {}): DatedSupply => ({
  itemCode: "TEA",
  day: dayAt(place),
  quantity: decimal(quantity),
  ...more,
});

let count = 0;
function ask(wanted: number, line: AnyOrderLine = {}, more: AnyOrder & { readonly neededOn?: number } = {}) {
  const { neededOn, ...rest } = more;
  const order = anyOrder({ orderNo: `SO-${++count}`, lines: [{ orderedQty: String(wanted), ...line }], ...rest });
  return { order, ...(neededOn === undefined ? {} : { neededOn: dayAt(neededOn) }) };
}

function promise(orders: readonly OrderToPromise[], context: Omit<PromiseContext, "today">): readonly PromisedLine[] {
  const found = promiseOrders(deepFreeze(orders), deepFreeze({ today: TODAY, ...context }));
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.value;
}

/** Each line as quantities by the last figure of the day, from 2 (today) on. */
const told = (lines: readonly PromisedLine[]): string[] =>
  lines.map(({ parts }) => parts.map(({ day, quantity }) => `${quantity} on ${day.slice(-1)}`).join(", "));

describe("promiseOrders by what supplies say (mission 8.1, 9.9; definitions B5, B9)", () => {
  const life = (days: number): AnyOrderLine => ({ minimumRemainingLifeDays: days });
  const lot = { lotNo: "L1" };
  const city = { header: { deliveryAreaPath: ["city", "north"] } };
  const sourcing = { areas: [{ areaPath: ["city"], warehouseIds: ["NORTH", "SOUTH"] }], otherwise: ["SOUTH"] };
  const sites = [supply(0, 4, { warehouseId: "NORTH" }), supply(0, 5, { warehouseId: "SOUTH" })];

  it.each<readonly [string, Omit<PromiseContext, "today">, readonly OrderToPromise[], readonly string[]]>([
    [
      "held stock is for nobody",
      { supplies: [supply(0, 5, { condition: "held" }), supply(1, 2)] },
      [ask(9)],
      ["2 on 3"],
    ],
    ["a named lot", { supplies: [supply(0, 5), supply(0, 3, lot)] }, [ask(9, lot)], ["3 on 2"]],
    ["what expires today is gone", { supplies: [supply(0, 5, { expiresOn: dayAt(0) })] }, [ask(9)], [""]],
    ["what expires tomorrow is not", { supplies: [supply(0, 5, { expiresOn: dayAt(1) })] }, [ask(9)], ["5 on 2"]],
    ["life left today", { supplies: [supply(0, 5, { expiresOn: dayAt(4) })] }, [ask(9, life(4))], ["5 on 2"]],
    ["a day too little", { supplies: [supply(0, 5, { expiresOn: dayAt(4) })] }, [ask(9, life(5))], [""]],
    [
      "expired by the day on which it is needed",
      { supplies: [supply(0, 5, { expiresOn: dayAt(4) })] },
      [ask(2, {}, { neededOn: 3 }), ask(2, {}, { neededOn: 4 }), ask(9)],
      ["2 on 5", "", "3 on 2"],
    ],
    [
      "life counts from the day of delivery, not of leaving",
      { supplies: [supply(0, 5, { expiresOn: dayAt(4) })] },
      [
        ask(2, life(2), { neededOn: 1, header: { requestedDeliveryDate: dayAt(3) } }),
        ask(2, life(1), { neededOn: 1, header: { requestedDeliveryDate: dayAt(3) } }),
      ],
      ["", "2 on 3"],
    ],
    [
      "a receipt that lives long enough comes later",
      { supplies: [supply(0, 5, { expiresOn: dayAt(4) }), supply(2, 5, { expiresOn: dayAt(30) })] },
      [ask(7, life(9)), ask(7)],
      ["5 on 4", "5 on 2"],
    ],
    [
      "picking ends at a lot that is promised for a later day, since an allocation of today would take it",
      { supplies: [supply(0, 5, lot), supply(0, 5, { lotNo: "L2" })] },
      [ask(5, lot, { neededOn: 3 }), ask(5), ask(5, { lotNo: "L2" })],
      ["5 on 5", "5 on 5", ""],
    ],
    [
      "and goes on where the later day leaves all that is wanted",
      { supplies: [supply(0, 5, lot), supply(0, 5, { lotNo: "L2" })] },
      [ask(3, lot, { neededOn: 3 }), ask(2), ask(3)],
      ["3 on 5", "2 on 2", "3 on 5"],
    ],
    ["warehouses of the area", { supplies: sites, sourcing }, [ask(9, {}, city), ask(1)], ["9 on 2", ""]],
    ["those of all others", { supplies: sites, sourcing }, [ask(9), ask(9, {}, city)], ["5 on 2", "4 on 2"]],
    [
      "the nearest gives first",
      { supplies: sites, sourcing },
      [ask(4, {}, city), ask(9), ask(9, {}, city)],
      ["4 on 2", "5 on 2", ""],
    ],
    ["a supply without a warehouse is for all", { supplies: [supply(0, 3)], sourcing }, [ask(9)], ["3 on 2"]],
    [
      "a warehouse that does not serve the area",
      { supplies: sites, warehouses: [{ warehouseId: "SOUTH", servedAreas: [["port"]] }] },
      [ask(9, {}, city)],
      ["4 on 2"],
    ],
    [
      "one that has no vehicle for the street",
      { supplies: sites, warehouses: [{ warehouseId: "SOUTH", vehicles: [{ vehicleClass: "truck" }] }] },
      [ask(9, {}, { header: { vehicleRestriction: { maxHeightMetres: "2.5" } } })],
      ["4 on 2"],
    ],
    [
      "one that does not keep the temperature",
      { supplies: sites, warehouses: [{ warehouseId: "SOUTH", temperatureClasses: ["dry"] }] },
      [ask(9, { temperatureClass: "frozen" }), ask(9)],
      ["4 on 2", "5 on 2"],
    ],
    [
      "a lot that is not for the customer",
      {
        supplies: [supply(0, 5, lot), supply(0, 1)],
        lotRestrictions: [{ itemCode: "TEA", ...lot, notCustomers: ["C-1"] }],
      },
      [ask(9, {}, { header: { customerCode: "C-1" } }), ask(9, {}, { header: { customerCode: "C-2" } })],
      ["1 on 2", "5 on 2"],
    ],
    [
      "the rule for lots decides what is left",
      { supplies: [supply(0, 5, { expiresOn: dayAt(20) }), supply(0, 5, { expiresOn: dayAt(3) })], lots: "fefo" },
      [ask(5), ask(5, life(9))],
      ["5 on 2", "5 on 2"],
    ],
    [
      "another rule leaves other goods",
      {
        supplies: [
          supply(0, 5, { expiresOn: dayAt(20), receivedOn: dayAt(-2) }),
          supply(0, 5, { expiresOn: dayAt(3), receivedOn: dayAt(-1) }),
        ],
      },
      [ask(5), ask(5, life(9))],
      ["5 on 2", ""],
    ],
    [
      "today stops where it would touch what a later promise needs",
      { supplies: [supply(0, 5, { expiresOn: dayAt(20) }), supply(0, 5, { expiresOn: dayAt(9) })], lots: "fefo" },
      [ask(4, life(9), { neededOn: 3 }), ask(9)],
      ["4 on 5", "6 on 2"],
    ],
  ])("rule 7: %s", (_, context, orders, expected) => {
    expect(told(promise(orders, context))).toEqual(expected);
  });

  it("rule 9: on a later day earlier demand counts against all goods that it may take, up to what both may", () => {
    const supplies = [supply(2, 5, { warehouseId: "NORTH" }), supply(2, 5, { warehouseId: "SOUTH" })];
    const far = { areas: [{ areaPath: ["city"], warehouseIds: ["NORTH", "SOUTH"] }], otherwise: ["SOUTH"] };
    const orders = [ask(3, {}, city), ask(9), ask(9, {}, city)];
    expect(told(promise(orders, { supplies, sourcing: far }))).toEqual(["3 on 4", "2 on 4", "5 on 4"]);
    expect(told(promise([ask(8, {}, city), ask(9)], { supplies, sourcing: far }))).toEqual(["8 on 4", ""]);
  });

  it("rule 2: back-fill for the next order asks when there is one; what is to be merged does not", () => {
    const header = { customerCode: "C-1" };
    const waits = (bucket: "backfill" | "deferred"): AnyOrderLine => ({
      orderedQty: "4",
      shortages: [{ bucket, mode: "withNextOrder", quantity: "3" }],
    });
    const supplies = [supply(0, 50)];
    const next = ask(1, {}, { header });
    const other = ask(1, {}, { header: { customerCode: "C-2" } });
    const held = ask(1, {}, { header, holds: [{ holdId: "H-1", blocks: ["allocate"] }] });
    const one = ask(4, waits("backfill"), { header });
    expect(told(promise([one, other], { supplies }))).toEqual(["1 on 2", "1 on 2"]);
    expect(told(promise([one, next], { supplies }))).toEqual(["4 on 2", "1 on 2"]);
    expect(told(promise([one, held], { supplies }))).toEqual(["1 on 2", ""]);
    // What is open on an order that is to be merged waits with the rest, and makes it no next order.
    const merging = ask(4, waits("deferred"), { header });
    expect(told(promise([merging, next], { supplies }))).toEqual(["1 on 2"]);
    expect(told(promise([merging, one], { supplies }))).toEqual(["1 on 2"]);
  });

  it("rule 8: a hold on the order or on a line keeps it from being promised, and it takes nothing", () => {
    const line = ask(5, { lineId: "SO-X-1" }, { holds: [{ holdId: "H-1", lineId: "SO-X-1", blocks: ["allocate"] }] });
    const order = ask(5, {}, { holds: [{ holdId: "H-1", blocks: ["allocate"] }] });
    const free = ask(5, {}, { holds: [{ holdId: "H-1", blocks: ["pick"] }] });
    const gone = ask(5, {}, { holds: [{ holdId: "H-1", blocks: ["allocate"], state: "resolved" }] });
    const found = promise([line, order, free, gone], { supplies: [supply(0, 10)] });
    expect(found.map(({ code, promised, short }) => [code, promised, short])).toEqual([
      ["on_hold", "0", "5"],
      ["on_hold", "0", "5"],
      ["on_time", "5", "0"],
      ["on_time", "5", "0"],
    ]);
  });
});

describe("suppliesOnHand (mission 8.1, 5.12; definition B9)", () => {
  it("rules 1, 2: reads what is free, with all that decides who may have it", () => {
    const stock = anyStock(
      { onHand: "40", reserved: "15", inbound: "9", onOrder: "9" },
      {
        warehouseId: "SOUTH",
        binId: "B-1",
        lotNo: "L1",
        owner: "C-1",
        receivedOn: dayAt(-3),
        expiresOn: dayAt(9),
        condition: "held",
      },
    );
    expect(suppliesOnHand(deepFreeze(stock), TODAY)).toEqual([
      { itemCode: "TEA", day: TODAY, quantity: "25", warehouseId: "NORTH" },
      {
        itemCode: "TEA",
        day: TODAY,
        quantity: "100",
        warehouseId: "SOUTH",
        binId: "B-1",
        lotNo: "L1",
        owner: "C-1",
        receivedOn: dayAt(-3),
        expiresOn: dayAt(9),
        condition: "held",
      },
    ]);
  });
});

describe("customerAvailability by what supplies say (mission 8.10; definition B9)", () => {
  const supplies = [
    supply(0, 4, { warehouseId: "NORTH", expiresOn: dayAt(2) }),
    supply(0, 5, { warehouseId: "SOUTH", lotNo: "L1" }),
    supply(2, 6, { warehouseId: "NORTH", expiresOn: dayAt(20) }),
  ];
  const context = {
    today: TODAY,
    supplies,
    sourcing: { areas: [{ areaPath: ["port"], warehouseIds: ["NORTH"] }], otherwise: ["NORTH", "SOUTH"] },
  };

  it.each([
    ["all", {}, "9", ["4 11"]],
    ["warehouses of the area", { deliveryAreaPath: ["port"] }, "4", ["4 6"]],
    ["lots that live long enough", { minimumRemainingLifeDays: 5 }, "5", ["4 11"]],
  ] as const)("rule 3: %s", (_, who, now, next) => {
    const found = customerAvailability({ customerCode: "C-1", ...who }, [{ itemCode: "TEA" }], deepFreeze(context));
    const shown = found.ok ? found.value[0]! : undefined;
    expect(shown?.now).toBe(now);
    expect(shown?.next.map(({ day, quantity }) => `${day.slice(-1)} ${quantity}`)).toEqual(next);
  });

  it("rule 3: neither lots that are kept from the customer nor warehouses without the temperature count", () => {
    const limited = {
      ...context,
      lotRestrictions: [{ itemCode: "TEA", lotNo: "L1", notCustomers: ["C-1"] }],
      warehouses: [{ warehouseId: "NORTH", temperatureClasses: ["dry"] }],
    };
    const shownTo = (customerCode: string, temperatureClass: string): string => {
      const found = customerAvailability({ customerCode }, [{ itemCode: "TEA", temperatureClass }], limited);
      return found.ok ? found.value[0]!.now : "refused";
    };
    expect([shownTo("C-1", "dry"), shownTo("C-2", "dry"), shownTo("C-2", "frozen"), shownTo("C-1", "frozen")]).toEqual([
      "4",
      "9",
      "5",
      "0",
    ]);
  });

  it("rule 1: back-fill that waits for the next order of who looks comes before a new order", () => {
    const line: AnyOrderLine = {
      orderedQty: "3",
      shortages: [{ bucket: "backfill", mode: "withNextOrder", quantity: "3" }],
    };
    const waiting = [ask(3, line, { header: { customerCode: "C-1" } })];
    const nowFor = (customerCode: string): string => {
      const found = customerAvailability({ customerCode }, [{ itemCode: "TEA" }], {
        today: TODAY,
        supplies: [supply(0, 9)],
        waiting,
      });
      return found.ok ? found.value[0]!.now : "refused";
    };
    expect([nowFor("C-1"), nowFor("C-2")]).toEqual(["6", "9"]);
  });
});
