import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { AllocationProgress } from "../../../src/allocation/allocation-progress.js";
import { orderOfService } from "../../../src/allocation/order-of-service.js";
import type { ReleasePolicy, ReleaseReservations } from "../../../src/allocation/release/release-policy.js";
import { releaseReservations } from "../../../src/allocation/release/release-reservations.js";
import { addDays } from "../../../src/core/calendar-day.js";
import { decimal, fromUnits } from "../../../src/core/decimal.js";
import { togetherIn } from "../../../src/lifecycle/together-in.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  checkOutcome,
  deepFreeze,
  type AnyOrder,
  type AnyOrderLine,
} from "../../../src/testing/index.js";
import { parseOrderEvent } from "../../../src/schema/index.js";
import { TODAY } from "../small-world.js";

const BY_CLASS: ReleasePolicy["priority"] = [{ key: "customerClass", direction: "ascending" }];

/** An order of a class with what its lines have reserved in the north. */
function holder(customerClass: string, quantities: readonly string[], part: AnyOrder = {}): Order {
  return anyOrder({
    orderNo: `SO-${customerClass}`,
    stage: "confirmed",
    lines: quantities.map((allocated) => ({ orderedQty: allocated, quantities: { allocated } })),
    ...part,
    header: { customerClass, ...part.header },
  });
}

interface Facts {
  readonly stock?: readonly StockPosition[];
  readonly policy?: Partial<ReleasePolicy>;
  readonly timesDisplaced?: ReadonlyMap<string, number>;
}

function free(orders: readonly Order[], wanted: ReleaseReservations["wanted"] | string, facts: Facts = {}) {
  const { stock = anyStock({ onHand: "1000", reserved: "1000" }), policy, timesDisplaced } = facts;
  const goods = typeof wanted === "string" ? [{ itemCode: "TEA", quantity: decimal(wanted) }] : wanted;
  return releaseReservations(
    deepFreeze(orders),
    deepFreeze(stock),
    { reason: "shop_window", wanted: goods },
    {
      ...anyContext(),
      policy: { priority: BY_CLASS, ...policy },
      today: TODAY,
      ...(timesDisplaced === undefined ? {} : { timesDisplaced }),
    },
  );
}

const gave = ({ released }: ReturnType<typeof free>) => released.map(({ lineId, quantity }) => `${lineId} ${quantity}`);
const freed = ({ freed: all }: ReturnType<typeof free>) =>
  all.map(({ before, after, missing }) => [before, after, missing]);

const THREE = [holder("A", ["6"]), holder("B", ["4", "2"]), holder("C", ["5"])];

describe("a place with more reserved than on hand (rule 1)", () => {
  it("frees nothing, and nobody is asked for what is not there", () => {
    const stock = anyStock({ onHand: "30", reserved: "30" }).map((position) => ({
      ...position,
      onHand: decimal("18"),
    }));
    const outcome = free([holder("A", ["30"])], "1", { stock });
    expect(freed(outcome)).toEqual([["0", "0", "1"]]);
    expect(outcome.events).toEqual([]);
  });
});

describe("giving back the last ones first (mission 9.2, 9.10, 8.7; peers: release the last ones first)", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["3", ["SO-C-1 3"], ["0", "3", "0"]],
    ["5", ["SO-C-1 5"], ["0", "5", "0"]],
    ["6", ["SO-C-1 5", "SO-B-2 1"], ["0", "6", "0"]],
    ["8.5", ["SO-C-1 5", "SO-B-2 2", "SO-B-1 1.5"], ["0", "8.5", "0"]],
    ["17", ["SO-C-1 5", "SO-B-2 2", "SO-B-1 4", "SO-A-1 6"], ["0", "17", "0"]],
    ["20", ["SO-C-1 5", "SO-B-2 2", "SO-B-1 4", "SO-A-1 6"], ["0", "17", "3"]],
  ])("rule 2: %s are wanted", (wanted, released, figures) => {
    const outcome = free(THREE, wanted);
    expect(gave(outcome)).toEqual(released);
    expect(freed(outcome)).toEqual([figures]);
    expect(outcome.orders.map(({ orderNo }) => orderNo)).toEqual(["SO-A", "SO-B", "SO-C"]);
    expect(outcome.refused).toEqual([]);
  });

  it("rule 1: what is free already counts, and a second run gives nothing more", () => {
    const stock = anyStock({ onHand: "20", reserved: "17" });
    const once = free(THREE, "7", { stock });
    expect(freed(once)).toEqual([["3", "7", "0"]]);
    expect(gave(once)).toEqual(["SO-C-1 4"]);
    const twice = free(once.orders, "7", { stock: applyMovements(stock, once.movements) });
    expect([twice.events, freed(twice)]).toEqual([[], [["7", "7", "0"]]]);
  });

  it("rule 1: only our own goods at places that may be used today, in the warehouse that is wanted", () => {
    const at = (warehouseId: string, owner?: string): AnyOrderLine => ({
      ...(owner === undefined ? {} : { transactionCategory: "depositDraw" as const }),
      reservations: [{ warehouseId, ...(owner === undefined ? {} : { owner }), quantities: { allocated: "2" } }],
      orderedQty: "2",
    });
    const order = holder("C", [], { lines: [at("NORTH"), at("SOUTH"), at("HELD"), at("OLD"), at("NORTH", "C-100")] });
    const full = { onHand: "9", reserved: "9" };
    const stock = anyStock(
      full,
      { ...full, warehouseId: "SOUTH" },
      { ...full, warehouseId: "HELD", condition: "held" },
      { ...full, warehouseId: "OLD", expiresOn: TODAY },
      { ...full, owner: "C-100" },
    );
    expect(gave(free([order], "9", { stock }))).toEqual(["SO-C-2 2", "SO-C-1 2"]);
    const wanted = [{ itemCode: "TEA", warehouseId: "NORTH", quantity: decimal("9") }];
    expect(gave(free([order], wanted, { stock }))).toEqual(["SO-C-1 2"]);
  });

  it("rule 2: of a line the place that was reserved last, in whole steps, of the warehouse that is wanted first", () => {
    const lines = [
      {
        orderedQty: "12",
        quantum: "6",
        reservations: [
          { warehouseId: "NORTH", quantities: { allocated: "5" } },
          { warehouseId: "SOUTH", quantities: { allocated: "7" } },
        ],
      },
    ];
    const full = { onHand: "12", reserved: "12" };
    const stock = anyStock(full, { ...full, warehouseId: "SOUTH" });
    const outcome = free(
      [holder("C", [], { lines })],
      [{ itemCode: "TEA", warehouseId: "NORTH", quantity: decimal("4") }],
      {
        stock,
      },
    );
    expect(outcome.movements.map(({ warehouseId, quantity }) => [warehouseId, quantity])).toEqual([
      ["NORTH", "5"],
      ["SOUTH", "1"],
    ]);
    expect(freed(outcome)).toEqual([["0", "5", "0"]]);
  });

  it("rule 2: goods that come together are given back together, with other items, or are spared", () => {
    const salt = { itemCode: "SALT", orderedQty: "7", quantities: { allocated: "7" } };
    const whole = holder("C", [], {
      header: { shipComplete: true },
      lines: [{ orderedQty: "5", quantities: { allocated: "5" } }, salt],
    });
    const orders = [holder("B", ["9"]), whole];
    const stock = ["TEA", "SALT"].flatMap((itemCode) => anyStock({ itemCode, onHand: "1000", reserved: "1000" }));
    expect(gave(free(orders, "2", { stock }))).toEqual(["SO-C-2 7", "SO-C-1 5"]);
    const spared = free(orders, "2", { stock, policy: { together: "keep" } });
    expect(gave(spared)).toEqual(["SO-B-1 2"]);
    expect(spared.kept).toEqual([{ orderNo: "SO-C", lineId: "SO-C-1", code: "comes_together" }]);
  });

  it("rule 6: who gives up for a line that is named is set back for it, by what was lacking, and is told", () => {
    const winner = { orderNo: "SO-Z", lineId: "SO-Z-1" };
    const stock = anyStock({ onHand: "18", reserved: "17" });
    const goods = [{ itemCode: "TEA", quantity: decimal("7"), winner }];
    const outcome = free(THREE, goods, { stock });
    expect(
      outcome.displacements.map(({ victim, winner: own, itemCode, quantity, ruleId }) => [
        victim.lineId,
        own.lineId,
        itemCode,
        quantity,
        ruleId,
      ]),
    ).toEqual([
      ["SO-C-1", "SO-Z-1", "TEA", "5", "release"],
      ["SO-B-2", "SO-Z-1", "TEA", "1", "release"],
    ]);
    expect(outcome.events.map(({ orderNo, details }) => [orderNo, "displacements" in details])).toEqual([
      ["SO-C", true],
      ["SO-B", true],
    ]);
    expect(outcome.events.flatMap(({ details }) => ("displacements" in details ? details.displacements : []))).toEqual(
      outcome.displacements,
    );
    for (const event of outcome.events) {
      const stored: unknown = JSON.parse(JSON.stringify(event));
      expect(parseOrderEvent(stored)).toEqual({ ok: true, value: event });
    }
    expect(
      outcome.requests.flatMap((request) => (request.type === "notify_customer" ? [request.orderNo] : [])),
    ).toEqual(["SO-C", "SO-B"]);
    const nobody = free(THREE, "7", { stock });
    expect(nobody.displacements).toEqual([]);
    expect(nobody.requests.filter(({ type }) => type === "notify_customer")).toEqual([]);
    expect(nobody.events.every(({ details }) => !("displacements" in details))).toBe(true);
  });

  it("rule 6: what comes along beyond what was lacking sets nobody back, and who is to have the goods is not asked", () => {
    const winner = { orderNo: "SO-C", lineId: "SO-C-1" };
    const whole = holder("B", ["4", "2"], { header: { shipComplete: true } });
    const stock = anyStock({ onHand: "17", reserved: "17" });
    const outcome = free([THREE[0]!, whole, THREE[2]!], [{ itemCode: "TEA", quantity: decimal("3"), winner }], {
      stock,
    });
    expect(gave(outcome)).toEqual(["SO-B-2 2", "SO-B-1 4"]);
    expect(outcome.displacements.map(({ victim, quantity }) => [victim.lineId, quantity])).toEqual([
      ["SO-B-2", "2"],
      ["SO-B-1", "1"],
    ]);
    const wrong = free(THREE, [{ itemCode: "TEA", quantity: decimal("3"), winner: { orderNo: "", lineId: "L" } }]);
    expect(wrong.refused[0]?.issues).toEqual([
      { code: "command.not_a_name", path: ["wanted", 0, "winner", "orderNo"], params: { field: "orderNo" } },
    ]);
  });

  it("tells how far it has come, and what is told changes nothing", () => {
    const heard: AllocationProgress[] = [];
    const command = { reason: "shop_window", wanted: [{ itemCode: "TEA", quantity: decimal("6") }] };
    const stock = anyStock({ onHand: "1000", reserved: "1000" });
    const context = { ...anyContext(), policy: { priority: BY_CLASS }, today: TODAY };
    const onProgress = (progress: AllocationProgress): void => void heard.push(progress);
    const told = releaseReservations(THREE, stock, command, { ...context, onProgress });
    expect(told).toEqual(releaseReservations(THREE, stock, command, context));
    expect(heard).toEqual([
      { step: "read", done: 4, all: 4 },
      { step: "apply", done: 3, all: 3 },
    ]);
  });

  it("rule 3: what is not in the stock given could not be posted there: kept, with the place", () => {
    const salt = { itemCode: "SALT", orderedQty: "7", quantities: { allocated: "7" } };
    const whole = holder("C", [], {
      header: { shipComplete: true },
      lines: [{ orderedQty: "5", quantities: { allocated: "5" } }, salt],
    });
    const orders = [holder("B", ["9"]), whole];
    const outcome = free(orders, "2");
    expect(gave(outcome)).toEqual(["SO-B-1 2"]);
    const source = { warehouseId: "NORTH" };
    const params = { lineId: "SO-C-2", itemCode: "SALT", warehouseId: "NORTH", source, quantity: "7" };
    const issues = [{ code: "stock.unknown_place", path: ["lines", 1, "reservations", 0], params }];
    expect(outcome.kept).toEqual([{ orderNo: "SO-C", lineId: "SO-C-1", code: "not_in_books", issues }]);
    // 9 and 5 are reserved by the orders, 10 by the books: whose is not in them nobody knows.
    const short = free([holder("B", ["9"]), holder("C", ["5"])], "2", {
      stock: anyStock({ onHand: "10", reserved: "10" }),
    });
    expect(short.kept.map(({ orderNo, issues: own }) => [orderNo, own?.[0]?.code])).toEqual([
      ["SO-C", "stock.less_reserved"],
      ["SO-B", "stock.less_reserved"],
    ]);
    expect(short.movements).toEqual([]);
  });

  test.each<[string, Facts, string]>([
    ["fits a rule", { policy: { keeps: [{ customerClasses: ["C"] }] } }, "kept_by_rule"],
    ["has firm holds", { policy: { firmHolds: ["export"] } }, "firm_hold"],
    [
      "was set back too often",
      { policy: { maxTimesDisplaced: 2 }, timesDisplaced: new Map([["SO-C", 2]]) },
      "displaced_too_often",
    ],
  ])("rule 3: an order that %s keeps what it has", (_case, facts, code) => {
    const held = holder("C", ["5"], { holds: [{ type: "export", blocks: ["ship"] }] });
    const orders = [THREE[1]!, held];
    const { kept, ...outcome } = free(orders, "1", facts);
    expect(kept).toEqual([{ orderNo: "SO-C", lineId: "SO-C-1", code }]);
    expect(gave({ kept, ...outcome })).toEqual(["SO-B-2 1"]);
    expect(free([holder("D", ["5"]), ...orders], "1", facts).kept).toEqual([]);
    const often = { policy: { maxTimesDisplaced: 3 }, timesDisplaced: new Map([["SO-C", 2]]) };
    expect(gave(free(orders, "1", often))).toEqual(["SO-C-1 1"]);
  });

  it("rule 3: a firm hold on one line keeps what it comes together with", () => {
    const lines = ["G", "G", "H"].map((deliveryGroup) => ({
      orderedQty: "2",
      quantities: { allocated: "2" },
      deliveryGroup,
    }));
    const order = holder("C", [], { lines, holds: [{ type: "export", lineId: "SO-C-1", blocks: ["ship"] }] });
    const outcome = free([order], "6", { policy: { firmHolds: ["export"] } });
    expect(gave(outcome)).toEqual(["SO-C-3 2"]);
    expect(outcome.kept.map(({ lineId }) => lineId)).toEqual(["SO-C-2", "SO-C-1"]);
  });

  it("rule 5: who was asked before keeps what is not needed after all", () => {
    const whole = holder("B", ["10"], { header: { shipComplete: true } });
    const outcome = free([holder("A", ["3"]), whole, holder("C", ["4", "3"])], "12");
    expect(gave(outcome)).toEqual(["SO-C-2 2", "SO-B-1 10"]);
    expect(freed(outcome)).toEqual([["0", "12", "0"]]);
  });

  it("rule 4: what one item brings along of another counts for that", () => {
    const lines = ["TEA", "SALT"].map((itemCode) => ({ itemCode, orderedQty: "5", quantities: { allocated: "5" } }));
    const orders = [
      holder("B", [], { lines: [lines[1]!] }),
      holder("C", [], { lines, header: { shipComplete: true } }),
    ];
    const full = { onHand: "10", reserved: "10" };
    const stock = anyStock(full, { ...full, itemCode: "SALT" });
    const wanted = ["TEA", "SALT"].map((itemCode) => ({ itemCode, quantity: decimal("4") }));
    const outcome = free(orders, wanted, { stock });
    expect(gave(outcome)).toEqual(["SO-C-2 5", "SO-C-1 5"]);
    expect(freed(outcome)).toEqual([
      ["0", "5", "0"],
      ["0", "5", "0"],
    ]);
  });

  it("rule 6: every order that gives has an event with the reason and with what was wanted of its goods", () => {
    const wanted = [
      { itemCode: "TEA", quantity: decimal("6") },
      { itemCode: "SALT", quantity: decimal("1") },
    ];
    const { events, requests } = free(THREE, wanted);
    expect(events.map(({ orderNo, type, details }) => [orderNo, type, details])).toEqual(
      ["SO-C", "SO-B"].map((orderNo) => [
        orderNo,
        "reservation_released",
        { reason: "shop_window", wanted: [wanted[0]] },
      ]),
    );
    expect(requests.map(({ type }) => type)).toEqual(["reprint", "reprint"]);
  });

  it("rule 7: refuses orders that may not give back, and every order for a command that asks for nothing sensible", () => {
    const sent = holder("D", [], { lines: [{ quantities: { shipped: "10" } }] });
    const outcome = free([...THREE, sent], "1");
    expect(outcome.refused.map(({ orderNo, issues }) => [orderNo, issues[0]!.code])).toEqual([
      ["SO-D", "status.operation_not_allowed"],
    ]);
    expect(gave(outcome)).toEqual(["SO-C-1 1"]);
    const tea = { itemCode: "TEA", quantity: decimal("-1") };
    const { refused, ...none } = free(THREE, [tea, tea]);
    expect(none).toMatchObject({ orders: THREE, freed: [], released: [], displacements: [], kept: [] });
    expect(refused.map(({ orderNo, issues }) => [orderNo, issues.map(({ code, path }) => [code, path])])).toEqual(
      ["SO-A", "SO-B", "SO-C"].map((orderNo) => [
        orderNo,
        [
          ["release.wanted_not_positive", ["wanted", 0]],
          ["release.wanted_twice", ["wanted", 1]],
          ["release.wanted_not_positive", ["wanted", 1]],
        ],
      ]),
    );
    expect(free(THREE, []).refused[0]!.issues[0]!.code).toBe("release.nothing_wanted");
    expect(free(THREE, "0").refused[0]!.issues[0]!.code).toBe("release.wanted_not_positive");
    expect(() => free([THREE[0]!, THREE[0]!], "1")).toThrow(RangeError);
  });
});

interface HoldingWorld {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
  readonly wanted: ReleaseReservations["wanted"];
}

const WAREHOUSES = ["NORTH", "SOUTH"];
const ITEMS = ["TEA", "SALT"];

/** Orders that hold whole units of two items in two warehouses; `isPlain` when nothing comes together. */
function holdingWorld(isPlain: boolean): Arbitrary<HoldingWorld> {
  const part = fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.nat({ max: 9 }));
  const order = fc.tuple(
    fc.constantFrom("A", "B", "C"),
    fc.array(part, { minLength: 1, maxLength: 3 }),
    fc.nat({ max: 9 }),
  );
  return fc
    .tuple(
      fc.array(order, { minLength: 1, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 2 }),
      fc.constantFrom(undefined, ...WAREHOUSES),
      fc.nat({ max: 4 }),
    )
    .map(([parts, quantities, warehouseId, spare]) => {
      const orders = parts.map(([customerClass, lines, luck], place) =>
        anyOrder({
          orderNo: `SO-${place}`,
          stage: "confirmed",
          header: { customerClass, ...(!isPlain && luck < 2 ? { shipComplete: true } : {}) },
          lines: lines.map(([item, north, south, choice]) => ({
            itemCode: ITEMS[item]!,
            orderedQty: String(north + south + 1),
            ...(!isPlain && choice < 3 ? { deliveryGroup: `G-${choice}` } : {}),
            ...(!isPlain && choice === 4 ? { partialAllowed: false } : {}),
            reservations: [north, south].flatMap((units, at) =>
              units === 0 ? [] : [{ warehouseId: WAREHOUSES[at]!, quantities: { allocated: String(units) } }],
            ),
            quantities: { open: "1" },
          })),
        }),
      );
      const stock = ITEMS.flatMap((itemCode) =>
        WAREHOUSES.flatMap((warehouse) => {
          const reserved = unitsAt(orders, itemCode, warehouse);
          return anyStock({
            itemCode,
            warehouseId: warehouse,
            onHand: String(reserved + spare),
            reserved: String(reserved),
          });
        }),
      );
      const wanted = quantities.map((quantity, at) => ({
        itemCode: ITEMS[at]!,
        ...(warehouseId === undefined ? {} : { warehouseId }),
        quantity: fromUnits(quantity, 0),
      }));
      return { orders, stock, wanted };
    });
}

function unitsAt(orders: readonly Order[], itemCode: string, warehouseId: string): number {
  return orders
    .flatMap(({ lines }) => lines.filter((line) => line.itemCode === itemCode))
    .flatMap(({ reservations }) => reservations.filter((place) => place.warehouseId === warehouseId))
    .reduce((total, { quantities }) => total + Number(quantities.allocated ?? 0), 0);
}

const freeOf = (stock: readonly StockPosition[], itemCode: string, warehouseId: string | undefined): number =>
  stock
    .filter((one) => one.itemCode === itemCode && (warehouseId ?? one.warehouseId) === one.warehouseId)
    .reduce((total, { onHand, reserved }) => total + Number(onHand) - Number(reserved), 0);

describe("what giving back the last ones first must keep (mission 5.11, 9.2)", () => {
  it("equals a clerk who takes one unit after the other from the back", () => {
    fc.assert(
      fc.property(holdingWorld(true), ({ orders, stock, wanted }) => {
        const outcome = free(orders, wanted, { stock });
        const clerk = wanted.flatMap(({ itemCode, warehouseId, quantity }) => {
          let lacking = Number(quantity) - freeOf(stock, itemCode, warehouseId);
          const taken = new Map<string, number>();
          for (const place of orderOfService(orders, BY_CLASS).reverse())
            for (const line of [...orders[place]!.lines].reverse())
              for (const { warehouseId: at, quantities } of [...line.reservations].reverse()) {
                if (line.itemCode !== itemCode || (warehouseId ?? at) !== at) continue;
                for (let unit = 0; unit < Number(quantities.allocated) && lacking > 0; unit += 1) {
                  const key = `${line.lineId} ${at}`;
                  taken.set(key, (taken.get(key) ?? 0) + 1);
                  lacking -= 1;
                }
              }
          return [...taken].map(([key, units]) => `${key} ${units}`);
        });
        const moved = outcome.movements.map(
          ({ lineId, warehouseId, quantity }) => `${lineId} ${warehouseId} ${quantity}`,
        );
        expect(moved.sort()).toEqual(clerk.sort());
      }),
      { numRuns: 300 },
    );
  });

  it("frees what is wanted or all that can be given, nothing in vain, and keeps together what comes together", () => {
    let moved = 0;
    fc.assert(
      fc.property(holdingWorld(false), ({ orders, stock, wanted }) => {
        const outcome = free(orders, wanted, { stock });
        const after = applyMovements(stock, outcome.movements);
        for (const { itemCode, warehouseId, quantity, after: told, missing } of outcome.freed) {
          const now = freeOf(after, itemCode, warehouseId);
          expect(Number(told)).toBe(now);
          expect(Number(missing)).toBe(Math.max(0, Number(quantity) - now));
          const left = WAREHOUSES.filter((at) => (warehouseId ?? at) === at).map((at) =>
            unitsAt(outcome.orders, itemCode, at),
          );
          if (Number(missing) > 0) expect(left.every((units) => units === 0)).toBe(true);
        }
        const units = new Map<string, Map<string, number>>();
        for (const { orderNo, lineId, itemCode, warehouseId, quantity } of outcome.movements) {
          const order = orders.find((one) => one.orderNo === orderNo)!;
          const line = order.lines.find((one) => one.lineId === lineId)!;
          const unit = togetherIn(order)(line) ?? line.lineId;
          const own = units.get(unit) ?? new Map<string, number>();
          for (const at of [itemCode, `${itemCode} ${warehouseId}`]) own.set(at, (own.get(at) ?? 0) + Number(quantity));
          units.set(unit, own);
        }
        // Nobody who gave could have kept it all: something that was wanted would then be lacking.
        for (const own of units.values()) {
          const isNeeded = outcome.freed.some(({ itemCode, warehouseId, quantity, after: told }) => {
            const given = own.get(warehouseId === undefined ? itemCode : `${itemCode} ${warehouseId}`) ?? 0;
            return given > 0 && Number(told) - given < Number(quantity);
          });
          expect(isNeeded).toBe(true);
        }
        // Nor could a line by itself have kept a unit.
        for (const { orderNo, lineId, itemCode } of outcome.released) {
          const line = orders.find((one) => one.orderNo === orderNo)!.lines.find((one) => one.lineId === lineId)!;
          if (togetherIn(orders.find((one) => one.orderNo === orderNo)!)(line) !== undefined) continue;
          const { after: told, quantity } = outcome.freed.find((one) => one.itemCode === itemCode)!;
          expect(Number(told)).toBeLessThanOrEqual(Number(quantity));
        }
        for (const [place, order] of outcome.orders.entries()) {
          const before = orders[place]!;
          const gavePart = new Set(outcome.released.map(({ lineId }) => lineId));
          for (const line of order.lines) {
            const unit = togetherIn(before)(line);
            const isTorn = before.lines.some(
              (other) => togetherIn(before)(other) === unit && gavePart.has(other.lineId),
            );
            if (unit !== undefined && isTorn) expect(line.quantities.allocated).toBe("0");
          }
          const own = { ...outcome, order, refused: undefined };
          const isOwn = (one: { readonly orderNo?: string }): boolean => one.orderNo === order.orderNo;
          if (order === before) continue;
          moved += 1;
          expect(
            checkOutcome(before, {
              order: own.order,
              events: own.events.filter(isOwn),
              movements: own.movements.filter(isOwn),
              requests: own.requests.filter(isOwn),
            }),
          ).toEqual([]);
        }
        const again = free(outcome.orders, wanted, { stock: after });
        expect(again.events).toEqual([]);
        expect(free([...orders].reverse(), wanted, { stock: [...stock].reverse() }).released).toEqual(outcome.released);
      }),
      { numRuns: 300 },
    );
    expect(moved).toBeGreaterThan(100);
  });

  it("asks four thousand lines that come together in no more than a second or two", () => {
    const itemCodes = Array.from({ length: 4000 }, (_, place) => `I-${place}`);
    const lines = itemCodes.map((itemCode) => ({ itemCode, orderedQty: "1", quantities: { allocated: "1" } }));
    const order = anyOrder({ stage: "confirmed", header: { shipComplete: true }, lines });
    const stock = itemCodes.flatMap((itemCode) =>
      anyStock({ itemCode, onHand: "1", reserved: "1", expiresOn: addDays(TODAY, 9) }),
    );
    const wanted = itemCodes.map((itemCode) => ({ itemCode, quantity: decimal("1") }));
    const started = performance.now();
    expect(free([order], wanted, { stock }).released).toHaveLength(4000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
