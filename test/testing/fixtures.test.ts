import { describe, expect, it, test } from "vitest";
import {
  anyContext,
  anyCoupon,
  anyCustomer,
  anyItem,
  anyOrderDraft,
  anyOrderHistory,
  anyPriceEntry,
  anyPromotion,
  anyStock,
  anyWarehouse,
  checkMovementBalance,
  checkOutcome,
  checkPlainData,
  checkReservationsMatch,
} from "../../src/testing/index.js";

describe("fixtures", () => {
  it("give plain data, a new object at every call", () => {
    for (const make of [
      anyContext,
      anyCoupon,
      anyCustomer,
      anyItem,
      anyOrderDraft,
      anyPriceEntry,
      anyPromotion,
      anyStock,
      anyWarehouse,
      anyOrderHistory,
    ]) {
      expect(checkPlainData(make())).toEqual([]);
      expect(make()).toEqual(make());
      expect(make()).not.toBe(make());
    }
  });

  it("let the test say what it cares about and bring decimals into canonical text", () => {
    expect(anyContext({ startedAt: "2026-03-02T10:00:00+01:00", actor: { function: "sales", person: "Kim" } })).toEqual(
      {
        at: "2026-03-02T09:00:00.000Z",
        startedAt: "2026-03-02T09:00:00.000Z",
        actor: { function: "sales", person: "Kim" },
      },
    );
    expect(
      anyCustomer({
        credit: { rating: "A", limit: "5000.00" },
        vehicleRestriction: { maxHeightMetres: "3.50" },
        unloadingConditions: { floor: 2, extraMinutes: "15.0" },
      }),
    ).toMatchObject({
      customerCode: "C-100",
      credit: { rating: "A", limit: "5000" },
      vehicleRestriction: { maxHeightMetres: "3.5" },
      unloadingConditions: { floor: 2, extraMinutes: "15" },
    });
    const ratio = { numerator: "2", denominator: "4" };
    expect(
      anyItem({
        minOrderQty: "2.0",
        taxRate: "7.0",
        units: [{ uom: "PAL", factor: { numerator: "480.0", denominator: "1" } }],
        substitutes: [{ itemCode: "SALT", ratio, priority: 1, consentRequired: false }],
      }),
    ).toMatchObject({
      itemCode: "TEA",
      minOrderQty: "2",
      taxRate: "7",
      units: [{ uom: "PAL", factor: { numerator: "480", denominator: "1" } }],
      substitutes: [{ itemCode: "SALT", ratio: { numerator: "1", denominator: "2" } }],
    });
    expect(anyPriceEntry({ unitPrice: "2.40", minQuantity: "10.0", floorPrice: "2.00" })).toMatchObject({
      unitPrice: "2.4",
      minQuantity: "10",
      floorPrice: "2",
    });
    expect(anyWarehouse({ name: "Harbour" })).toEqual({ warehouseId: "NORTH", name: "Harbour" });
    const draft = anyOrderDraft({
      charges: [{ kind: "freight", amount: "5.00" }],
      lines: [{ quantity: "4.0" }, { itemCode: "SALT", unitPrice: "1.10" }],
    });
    expect(draft.charges).toEqual([{ kind: "freight", amount: "5" }]);
    expect(draft.lines.map(({ itemCode, quantity, unitPrice }) => [itemCode, quantity, unitPrice])).toEqual([
      ["TEA", "4", "2.5"],
      ["SALT", "10", "1.1"],
    ]);
  });

  test.each([
    ["customer", () => anyCustomer({ credit: { limit: "much" } })],
    ["item", () => anyItem({ quantum: "1e3" })],
    ["price", () => anyPriceEntry({ unitPrice: "" })],
    ["draft", () => anyOrderDraft({ lines: [{ quantity: "ten" }] })],
    ["stock", () => anyStock({ onHand: "NaN" })],
    ["context", () => anyContext({ at: "yesterday" })],
  ])("refuse what is no decimal or instant: %s", (_name, make) => {
    expect(make).toThrow(RangeError);
  });
});

describe("anyStock", () => {
  it("is one position of 100 TEA in NORTH, or one for each part", () => {
    expect(anyStock()).toEqual([
      {
        itemCode: "TEA",
        warehouseId: "NORTH",
        onHand: "100",
        reserved: "0",
        picked: "0",
        inTransit: "0",
        inbound: "0",
        onOrder: "0",
      },
    ]);
    expect(anyStock({ lotNo: "L1" }, { onHand: "7.50" }).map(({ lotNo, onHand }) => [lotNo, onHand])).toEqual([
      ["L1", "100"],
      [undefined, "7.5"],
    ]);
  });

  test.each([{ onHand: "1", reserved: "2" }, { reserved: "1", picked: "2" }, { inTransit: "-1" }, { onOrder: "-1" }])(
    "refuses figures that contradict each other: %o",
    (part) => {
      expect(() => anyStock(part)).toThrow(RangeError);
    },
  );
});

describe("anyOrderHistory", () => {
  it("keeps every law from the first event to the last", () => {
    const { order, events, movements, stockBefore, stock } = anyOrderHistory();
    expect(checkOutcome(undefined, { order, events, movements, requests: [] })).toEqual([]);
    expect(checkMovementBalance(stockBefore, stock, movements)).toEqual([]);
    expect(events.map(({ version }) => version)).toEqual(events.map((_event, place) => place + 1));
  });

  it("ends where the test wants it to", () => {
    for (const { type } of anyOrderHistory().events) {
      const { order, events, stock } = anyOrderHistory(type);
      expect(events.at(-1)?.type).toBe(type);
      expect(checkReservationsMatch([order], stock)).toEqual([]);
    }
    expect(() => anyOrderHistory("hold_placed")).toThrow(RangeError);
  });
});
