import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { applyMovements, indexStock } from "../../src/model/apply-movements.js";
import {
  MOVEMENT_ACCOUNTS,
  type MovementKind,
  type StockAccount,
  type StockMovement,
} from "../../src/model/movement.js";
import { stockKey, type StockPosition } from "../../src/model/stock.js";
import { anyStock, checkMovementBalance, checkStockLaws, deepFreeze } from "../../src/testing/index.js";

const at = instant("2026-03-02T09:00:00.000Z");
const KINDS = Object.keys(MOVEMENT_ACCOUNTS) as MovementKind[];

/** 30 free, 40 reserved and not picked, 30 picked, and 10, 20 and 50 on the way: every account is known apart. */
const START = { onHand: "100", reserved: "70", picked: "30", inTransit: "10", inbound: "20", onOrder: "50" };
const HELD: Readonly<Record<StockAccount, number>> = {
  free: 30,
  reserved: 40,
  picked: 30,
  inTransit: 10,
  inbound: 20,
  onOrder: 50,
  supplier: Infinity,
  customer: Infinity,
  lost: Infinity,
};

function movement(kind: MovementKind, quantity: string, more: Partial<StockMovement> = {}): StockMovement {
  return { kind, itemCode: "TEA", warehouseId: "NORTH", quantity: decimal(quantity), at, ...more };
}

function figures(stock: readonly StockPosition[]): readonly string[][] {
  return stock.map(({ onHand, reserved, picked, inTransit, inbound, onOrder }) => [
    onHand,
    reserved,
    picked,
    inTransit,
    inbound,
    onOrder,
  ]);
}

describe("applyMovements (mission 5.11)", () => {
  // Figures after 4 of each kind: on hand, reserved, picked, in transit, inbound, on order.
  test.each([
    ["purchase", ["100", "70", "30", "10", "20", "54"]],
    ["advise", ["100", "70", "30", "10", "24", "46"]],
    ["receive", ["104", "70", "30", "10", "16", "50"]],
    ["reserve", ["100", "74", "30", "10", "20", "50"]],
    ["release", ["100", "66", "30", "10", "20", "50"]],
    ["pick", ["100", "70", "34", "10", "20", "50"]],
    ["put_back", ["100", "66", "26", "10", "20", "50"]],
    ["issue", ["96", "66", "26", "14", "20", "50"]],
    ["hand_over", ["100", "70", "30", "6", "20", "50"]],
    ["take_back", ["104", "70", "30", "6", "20", "50"]],
    ["bring_back", ["104", "74", "34", "6", "20", "50"]],
    ["receive_return", ["104", "70", "30", "10", "20", "50"]],
    ["lose", ["100", "70", "30", "6", "20", "50"]],
    ["write_off", ["96", "70", "30", "10", "20", "50"]],
    ["count_gain", ["104", "70", "30", "10", "20", "50"]],
  ] as const)("%s takes from one account and gives to another (rule 1)", (kind, expected) => {
    const before = deepFreeze(anyStock(START));
    const after = applyMovements(before, [movement(kind, "4")]);
    expect(figures(after)).toEqual([expected]);
    expect(checkMovementBalance(before, after, [movement(kind, "4")])).toEqual([]);
  });

  describe("a place that came in with more reserved than on hand (rule 2)", () => {
    const short = anyStock(START).map((position) => ({ ...position, onHand: decimal("60") }));

    test.each([
      ["release", ["60", "66", "30"]],
      ["pick", ["60", "70", "34"]],
      ["issue", ["56", "66", "26"]],
      ["receive", ["64", "70", "30"]],
    ] as const)("takes %s, which makes it no worse", (kind, expected) => {
      expect(figures(applyMovements(short, [movement(kind, "4")]))[0]!.slice(0, 3)).toEqual(expected);
    });

    test.each(["reserve", "write_off"] as const)("refuses %s", (kind) => {
      expect(() => applyMovements(short, [movement(kind, "4")])).toThrow(RangeError);
    });

    it("is sound again when it was given back what is not there, and must stay so", () => {
      const sound = applyMovements(short, [movement("release", "10")]);
      expect(checkStockLaws(sound)).toEqual([]);
      expect(() => applyMovements(sound, [movement("reserve", "1")])).toThrow(RangeError);
    });
  });

  it("knows every kind that the table above names", () => {
    expect(KINDS).toHaveLength(15);
  });

  const bounded = KINDS.filter((kind) => Number.isFinite(HELD[MOVEMENT_ACCOUNTS[kind].from]));
  test.each(bounded)("%s may take all that its account holds, and no more (rule 2)", (kind) => {
    const stock = anyStock(START);
    const all = String(HELD[MOVEMENT_ACCOUNTS[kind].from]);
    expect(checkStockLaws(applyMovements(stock, [movement(kind, all)]))).toEqual([]);
    expect(() => applyMovements(stock, [movement(kind, `${all}.001`)])).toThrow("is more than");
  });

  it("looks after every movement, not only at the end (rule 2)", () => {
    const stock = anyStock({ onHand: "0" });
    const early = [movement("reserve", "1"), movement("count_gain", "1")];
    expect(() => applyMovements(stock, early)).toThrow(RangeError);
    expect(figures(applyMovements(stock, early.toReversed()))).toEqual([["1", "1", "0", "0", "0", "0"]]);
  });

  test.each(["0", "-3"])("refuses a quantity of %s", (quantity) => {
    expect(() => applyMovements(anyStock(), [movement("reserve", quantity)])).toThrow("positive quantity");
  });

  it("opens a position for what arrives at a new place, with its dates (rule 3)", () => {
    const arrived = movement("count_gain", "5", {
      lotNo: "L9",
      receivedOn: calendarDay("2026-03-02"),
      expiresOn: calendarDay("2026-06-01"),
      orderNo: "SO-1",
    });
    const after = applyMovements(anyStock(), [arrived, movement("reserve", "2", { lotNo: "L9" })]);
    expect(after[1]).toEqual({
      itemCode: "TEA",
      warehouseId: "NORTH",
      lotNo: "L9",
      onHand: "5",
      reserved: "2",
      picked: "0",
      inTransit: "0",
      inbound: "0",
      onOrder: "0",
      receivedOn: "2026-03-02",
      expiresOn: "2026-06-01",
    });
    expect(after).toHaveLength(2);
  });

  it("takes nothing from a place that has no position", () => {
    expect(() => applyMovements([], [movement("reserve", "1")])).toThrow("more than free holds");
  });

  it("touches only the named place, and not the given list", () => {
    const before = deepFreeze(anyStock({}, { lotNo: "L1" }, { warehouseId: "SOUTH" }, { itemCode: "SALT" }));
    const after = applyMovements(before, [movement("reserve", "5", { lotNo: "L1" })]);
    expect(after.map(({ reserved }) => reserved)).toEqual(["0", "5", "0", "0"]);
    expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]]);
    expect(before.map(({ reserved }) => reserved)).toEqual(["0", "0", "0", "0"]);
  });

  it("keeps what else a position says", () => {
    const held = anyStock({ condition: "held", expiresOn: "2026-06-01" });
    expect(applyMovements(held, [movement("reserve", "1")])[0]).toMatchObject({
      condition: "held",
      expiresOn: "2026-06-01",
    });
  });

  it("gives the same with an index that was built before, and refuses the index of another list", () => {
    const stock = anyStock({ warehouseId: "SOUTH" }, {});
    const index = indexStock(stock);
    const movements = [
      movement("reserve", "5"),
      movement("count_gain", "1", { binId: "B1" }),
      movement("count_gain", "1", { binId: "B1" }),
    ];
    const after = applyMovements(stock, movements, index);
    expect(after).toEqual(applyMovements(stock, movements));
    expect(after).toHaveLength(3);
    expect(() => applyMovements(after, movements, index)).toThrow("another list");
  });

  it("refuses the index of another list of the same length when it leads to another item", () => {
    const stock = anyStock({ itemCode: "SALT" }, { itemCode: "TEA" });
    const turned = indexStock(stock.toReversed());
    expect(() => applyMovements(stock, [movement("reserve", "5")], turned)).toThrow("another list");
    expect(applyMovements(stock, [], turned)).toEqual(stock);
  });

  it("undoes what it did: reserving and releasing, picking and putting back (mission 14.1, 14.2)", () => {
    const stock = anyStock(START);
    const quantity = "7.25";
    expect(applyMovements(stock, [movement("reserve", quantity), movement("release", quantity)])).toEqual(stock);
    const back = [movement("reserve", quantity), movement("pick", quantity), movement("put_back", quantity)];
    expect(applyMovements(stock, back)).toEqual(stock);
  });
});

describe("indexStock", () => {
  it("finds every place", () => {
    const stock = anyStock({}, { lotNo: "L1" }, { itemCode: "SALT" });
    const index = indexStock(stock);
    expect(stock.map((position) => index.get(stockKey(position.itemCode, position)))).toEqual([0, 1, 2]);
    expect(index.get(stockKey("SALT", { warehouseId: "SOUTH" }))).toBeUndefined();
  });

  it("refuses a place that is listed twice", () => {
    expect(() => indexStock(anyStock({}, {}))).toThrow("listed twice");
    expect(() => applyMovements(anyStock({}, {}), [])).toThrow("listed twice");
  });
});
