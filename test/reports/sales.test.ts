import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { add, compare, decimal, multiply, sum } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { Item } from "../../src/model/item.js";
import type { Order } from "../../src/model/order.js";
import type { SalesRecord } from "../../src/model/sales-record.js";
import { addProduct, endSum, exactProduct, startSum } from "../../src/reports/exact-sum.js";
import { lateShipments } from "../../src/reports/late-shipments.js";
import { orderFiles } from "../../src/reports/order-files.js";
import { reorderList } from "../../src/reports/reorder-list.js";
import { salesByItem } from "../../src/reports/sales-by-item.js";
import { summariseSales } from "../../src/reports/summarise-sales.js";
import { anyItem } from "../../src/testing/any-item.js";
import { anyOrder } from "../../src/testing/any-order.js";
import { anyStock } from "../../src/testing/any-stock.js";
import { arbitraryDecimal } from "../../src/testing/arbitraries/arbitrary-decimal.js";
import { arbitraryWorld } from "../../src/testing/arbitraries/arbitrary-world.js";
import { deepFreeze } from "../../src/testing/laws/deep-freeze.js";

const record = (quantity: string, unitPrice: string, part: Partial<SalesRecord> = {}): SalesRecord => ({
  documentNo: "D-1",
  kind: "sale",
  itemCode: "TEA",
  quantity: decimal(quantity),
  unitPrice: decimal(unitPrice),
  soldOn: calendarDay("2026-03-02"),
  ...part,
});

describe("summariseSales (mission 18.1, 12.4b)", () => {
  const summary = summariseSales([
    record("6", "2.55", { customerCode: "C-1", country: "FR", itemName: "Green tea" }),
    record("1.5", "0.125", { documentNo: "D-2", customerCode: "C-1", country: "DE", itemCode: "RICE" }),
    record("-2", "2.55", { documentNo: "D-3", kind: "credit", customerCode: "C-2", itemName: "Tea" }),
    record("-4", "0", { documentNo: "D-4", kind: "writeOff", itemCode: "rice" }),
    record("1", "-11062.06", { documentNo: "D-4", kind: "adjustment", itemCode: "B" }),
  ]);

  it("sums quantity and money with their signs, in all and by kind (rules 1 and 2)", () => {
    expect(summary).toMatchObject({ records: 5, quantity: "2.5", amount: "-11051.6725" });
    expect(summary.byKind).toEqual({
      sale: { records: 2, quantity: "7.5", amount: "15.4875" },
      credit: { records: 1, quantity: "-2", amount: "-5.1" },
      writeOff: { records: 1, quantity: "-4", amount: "0" },
      adjustment: { records: 1, quantity: "1", amount: "-11062.06" },
    });
  });

  it("counts documents, items, customers and countries once each", () => {
    expect(summary).toMatchObject({ documents: 4, items: 4, customers: 2, countries: 2 });
  });

  it("lists items in the order of their codes, by case, with the first name (rule 3)", () => {
    expect(summary.rows.map(({ itemCode, itemName, amount }) => [itemCode, itemName, amount])).toEqual([
      ["B", undefined, "-11062.06"],
      ["RICE", undefined, "0.1875"],
      ["TEA", "Green tea", "10.2"],
      ["rice", undefined, "0"],
    ]);
  });

  it("takes a name that only a later record gives", () => {
    const { rows } = summariseSales([record("1", "1"), record("1", "1", { itemName: "Green tea" })]);
    expect(rows[0]?.itemName).toBe("Green tea");
  });

  it("is all zero without records", () => {
    expect(summariseSales([])).toMatchObject({ records: 0, quantity: "0", amount: "0", documents: 0, rows: [] });
  });

  it("law: exactly what the decimals give, and the parts sum to the whole (rule 2)", () => {
    const kinds = fc.constantFrom("sale", "credit", "writeOff", "adjustment");
    const arbitraryRecord = fc
      .tuple(arbitraryDecimal(), arbitraryDecimal(), kinds, fc.constantFrom("A", "B", "C"))
      .map(([quantity, unitPrice, kind, itemCode]) => record(quantity, unitPrice, { kind, itemCode }));
    fc.assert(
      fc.property(fc.array(arbitraryRecord, { maxLength: 20 }), (records) => {
        const whole = summariseSales(deepFreeze(records));
        const products = records.map(({ quantity, unitPrice }) => multiply(quantity, unitPrice));
        expect(whole.amount).toBe(sum(products));
        expect(whole.quantity).toBe(sum(records.map(({ quantity }) => quantity)));
        for (const parts of [Object.values(whole.byKind), whole.rows]) {
          expect(sum(parts.map(({ amount }) => amount))).toBe(whole.amount);
          expect(sum(parts.map(({ quantity }) => quantity))).toBe(whole.quantity);
          expect(parts.reduce((count, part) => count + part.records, 0)).toBe(records.length);
        }
      }),
    );
  });
});

describe("the exact sum", () => {
  it("keeps what outgrows the safe integers", () => {
    const into = startSum();
    const texts = ["9007199254740991", "9007199254740991", "0.0001", "123456789012345678901234567890"];
    for (const text of texts) addProduct(into, exactProduct(decimal(text), decimal("1")));
    expect(endSum(into)).toBe(`${2n * 9007199254740991n + 123456789012345678901234567890n}.0001`);
  });
});

describe("salesByItem (mission 18.1)", () => {
  const line = (transactionCategory: Order["lines"][number]["transactionCategory"], delivered: string) => ({
    orderedQty: "10",
    transactionCategory,
    quantities: { delivered },
  });

  it("counts what is delivered, gifts and the like apart, back-fills as sold (rules 1 and 2)", () => {
    const lines = [
      line("sale", "5"),
      line("backfill", "4"),
      line("gift", "3"),
      line("exchange", "2"),
      line("depositDraw", "1"),
      line("sample", "7"),
      { orderedQty: "10", quantities: { delivered: "1", returned: "9" } },
    ];
    expect(salesByItem([anyOrder({ stage: "closed", lines })]).rows).toEqual([
      {
        itemCode: "TEA",
        itemName: "Green tea",
        baseUom: "EA",
        sold: "10",
        gifts: "3",
        exchanges: "2",
        depositDraws: "1",
        samples: "7",
      },
    ]);
  });

  it("stands by item code and base unit; items of which nothing came are left out (rule 3)", () => {
    const delivered = { quantities: { delivered: "10" } };
    const lines = [
      delivered,
      { ...delivered, baseUom: "BX" },
      { ...delivered, itemCode: "RICE" },
      { itemCode: "SALT" },
    ];
    const { rows, totals } = salesByItem([anyOrder({ stage: "confirmed", lines })]);
    expect(rows.map(({ itemCode, baseUom }) => [itemCode, baseUom])).toEqual([
      ["RICE", "EA"],
      ["TEA", "BX"],
      ["TEA", "EA"],
    ]);
    expect(totals.map(({ baseUom, sold }) => [baseUom, sold])).toEqual([
      ["BX", "10"],
      ["EA", "20"],
    ]);
  });

  it("law: of confirmed orders, the sales file item by item", () => {
    fc.assert(
      fc.property(arbitraryWorld(), ({ orders }) => {
        const confirmed = orders.filter(({ stage }) => stage === "confirmed");
        const { sales } = orderFiles(confirmed);
        for (const row of salesByItem(deepFreeze(confirmed)).rows) {
          const inFile = sales.filter((each) => each.itemCode === row.itemCode && each.baseUom === row.baseUom);
          expect(sum([row.sold, row.gifts, row.exchanges, row.depositDraws, row.samples])).toBe(
            sum(inFile.map(({ quantity }) => quantity)),
          );
        }
        expect(new Set(salesByItem(confirmed).rows.map(({ itemCode }) => itemCode))).toEqual(
          new Set(sales.map(({ itemCode }) => itemCode)),
        );
      }),
    );
  });
});

describe("reorderList (mission 18.6)", () => {
  const item = (part: Partial<Item>): Item => ({ ...anyItem(), itemCode: "TEA", reorderLevel: decimal("20"), ...part });
  const at = (onHand: string, inbound: string, onOrder: string) => ({
    ...anyStock()[0]!,
    itemCode: "TEA",
    onHand: decimal(onHand),
    inbound: decimal(inbound),
    onOrder: decimal(onOrder),
  });

  it("lists an item whose supply is at its level or below, over all places (rule 1)", () => {
    const supplies = [
      [at("10", "5", "5")],
      [at("10", "5", "5.1")],
      [at("5", "0", "0"), { ...at("15", "0", "0"), lotNo: "L-2" }],
      [at("15", "0", "0"), { ...at("15", "0", "0"), lotNo: "L-2" }],
      [],
    ];
    expect(supplies.map((stock) => reorderList([item({})], stock).rows.map(({ supply }) => supply))).toEqual([
      ["20"],
      [],
      ["20"],
      [],
      ["0"],
    ]);
  });

  it("does not count goods that a customer left in store (rule 2)", () => {
    const stock = [at("10", "0", "0"), { ...at("100", "0", "0"), owner: "C-1" }];
    expect(reorderList([item({})], stock).rows.map(({ onHand }) => onHand)).toEqual(["10"]);
  });

  it("leaves out discontinued and obsolete items and those without a level (rule 3)", () => {
    const { reorderLevel: _level, ...without } = item({});
    const items = [
      item({ itemCode: "B", lifeStatus: "discontinued" }),
      item({ itemCode: "C", lifeStatus: "obsolete" }),
      { ...without, itemCode: "D" },
      item({ itemCode: "E", lifeStatus: "active" }),
      item({ itemCode: "A" }),
    ];
    expect(reorderList(items, []).rows.map(({ itemCode }) => itemCode)).toEqual(["E", "A"]);
  });

  it("law: listed or above the level (rules 1 and 4)", () => {
    fc.assert(
      fc.property(fc.array(arbitraryDecimal().filter((value) => !value.startsWith("-"))), (amounts) => {
        const stock = amounts.map((onHand, place) => ({ ...at("0", "0", "0"), lotNo: `L-${place}`, onHand }));
        const isListed = reorderList([item({})], stock).rows.length === 1;
        expect(isListed).toBe(compare(amounts.reduce(add, decimal("0")), decimal("20")) <= 0);
      }),
    );
  });
});

describe("lateShipments (mission 18.5, 19.3)", () => {
  const shipped = (orderNo: string, at: string, type = "order_shipped"): OrderEvent =>
    ({ type, orderNo, at: instant(at) }) as unknown as OrderEvent;
  const wanted = (orderNo: string, requestedDeliveryDate?: string): Order =>
    anyOrder({ orderNo, header: requestedDeliveryDate === undefined ? {} : { requestedDeliveryDate } });
  const options = { timeZone: "Europe/Berlin" };

  it("compares the local day of shipment with the requested day (rule 1)", () => {
    const orders = [wanted("SO-1", "2026-03-02")];
    expect(lateShipments(orders, [shipped("SO-1", "2026-03-02T22:59:59Z")], options).rows).toEqual([]);
    expect(lateShipments(orders, [shipped("SO-1", "2026-03-02T23:00:00Z")], options).rows).toMatchObject([
      { firstShippedOn: "2026-03-03", lastShippedOn: "2026-03-03", extent: "whole", daysLate: 1 },
    ]);
  });

  it("tells a late rest from a late order, and takes events in any order", () => {
    const events = [shipped("SO-1", "2026-03-05T09:00:00Z"), shipped("SO-1", "2026-03-01T09:00:00Z")];
    expect(lateShipments([wanted("SO-1", "2026-03-02")], events, options).rows).toMatchObject([
      { firstShippedOn: "2026-03-01", lastShippedOn: "2026-03-05", extent: "part", daysLate: 3 },
    ]);
  });

  it("leaves out orders without a requested day or a shipment (rule 2)", () => {
    const events = [
      shipped("SO-1", "2026-03-05T09:00:00Z"),
      shipped("SO-2", "2026-03-05T09:00:00Z", "order_delivered"),
    ];
    expect(lateShipments([wanted("SO-1"), wanted("SO-2", "2026-03-01")], events, options).rows).toEqual([]);
  });

  it("stands latest first, then by order number (rule 3)", () => {
    const orders = [wanted("B", "2026-03-02"), wanted("C", "2026-03-01"), wanted("A", "2026-03-02")];
    const events = orders.map(({ orderNo }) => shipped(orderNo, "2026-03-05T09:00:00Z"));
    expect(lateShipments(orders, events, options).rows.map(({ orderNo }) => orderNo)).toEqual(["C", "A", "B"]);
  });

  it("throws over an unknown time zone", () => {
    const events = [shipped("SO-1", "2026-03-05T09:00:00Z")];
    expect(() => lateShipments([], events, { timeZone: "Nowhere" })).toThrow(RangeError);
  });
});
