import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { proposeSubstitutes } from "../../../src/allocation/shortage/propose-substitutes.js";
import { compare, decimal, type Decimal } from "../../../src/core/decimal.js";
import { rational } from "../../../src/core/unit-conversion.js";
import type { SubstituteItem, SubstitutePriceRule } from "../../../src/model/item.js";
import type { Order } from "../../../src/model/order.js";
import { anyOrder, anyStock, type AnyOrderLine } from "../../../src/testing/index.js";
import { by, master, TODAY } from "./substitute-world.js";

type Prices = Readonly<Record<string, string>>;

/** The first proposal for a line that a chain of items steps in for. */
function priced(entries: readonly Partial<SubstituteItem>[], line: AnyOrderLine, prices: Prices, currency = "EUR") {
  const codes = ["TEA", ...entries.map((_entry, place) => `S${place + 1}`)];
  const last = codes.at(-1)!;
  const items = master(
    Object.fromEntries(
      codes.map((code, place) => [code, entries[place] === undefined ? [] : [by(codes[place + 1]!, entries[place])]]),
    ),
  );
  const given = anyOrder({ header: { currency }, lines: [line] });
  const order = line.itemName === UNPRICED ? withoutPrice(given) : given;
  const unitPriceOf = (itemCode: string): Decimal | undefined =>
    prices[itemCode] === undefined ? undefined : decimal(prices[itemCode]);
  const context = { items, stock: anyStock({ itemCode: last, onHand: "99999" }), today: TODAY, unitPriceOf };
  const result = proposeSubstitutes(order, { proposalId: "SP", lineId: "SO-1-1" }, context);
  return result.ok ? result.value.proposals[0] : undefined;
}

/** Name of a line that came without a price. */
const UNPRICED = "unpriced";

function withoutPrice(order: Order): Order {
  return { ...order, lines: order.lines.map(({ unitPrice: _price, ...line }) => line) };
}

const rule = (kind: SubstitutePriceRule["kind"], difference?: string): Partial<SubstituteItem> => ({
  priceRule: difference === undefined ? { kind } : { kind, difference: decimal(difference) },
});
const halves = { ratio: rational(1, 2) };
const ten: AnyOrderLine = { orderedQty: "10", unitPrice: "3", quantities: { allocated: "6", open: "4" } };
const percent = { ...ten, discount: { kind: "percent" as const, percent: "10" } };
const money = { ...ten, discount: { kind: "amount" as const, amount: "5" } };

describe("what a substitute costs (mission 8.3, 5.9)", () => {
  // Four of ten at 3 are short: 12, 10.80 with a tenth off, 10 with 2 of the 5 off.
  test.each<[string, Partial<SubstituteItem>, AnyOrderLine, Prices, (string | undefined)[]]>([
    // unit price, discount, difference for one, difference in all
    ["its own price, where nothing is said", {}, ten, { S1: "3.5" }, ["3.5", undefined, "0.5", "2"]],
    ["its own price", rule("own"), ten, { S1: "2.25" }, ["2.25", undefined, "-0.75", "-3"]],
    [
      "its own price without the discount of the line",
      rule("own"),
      percent,
      { S1: "3" },
      ["3", undefined, "0.3", "1.2"],
    ],
    ["its own price and more", rule("own", "0.25"), ten, { S1: "3" }, ["3.25", undefined, "0.25", "1"]],
    ["its own price and less, at least nothing", rule("own", "-9"), ten, { S1: "3" }, ["0", undefined, "-3", "-12"]],
    ["its own price, by the ratio", { ...rule("own"), ...halves }, ten, { S1: "5" }, ["5", undefined, "-0.5", "-2"]],
    ["nothing that is known", rule("own"), ten, {}, [undefined, undefined, undefined, undefined]],
    [
      "nothing that is known, whatever the difference",
      rule("own", "1"),
      ten,
      {},
      [undefined, undefined, undefined, undefined],
    ],
    ["the original price", rule("original"), ten, { S1: "9" }, ["3", undefined, "0", "0"]],
    ["the original price, by the ratio", { ...rule("original"), ...halves }, ten, {}, ["6", undefined, "0", "0"]],
    ["the original price with its discount", rule("original"), percent, {}, ["3", "10", "0", "0"]],
    ["the original price with its share of the discount", rule("original"), money, {}, ["3", "2", "0", "0"]],
    ["the original price and more", rule("original", "0.5"), percent, {}, ["3.5", "10", "0.45", "1.8"]],
    ["the original price and less, at least nothing", rule("original", "-4"), ten, {}, ["0", undefined, "-3", "-12"]],
    ["the lower price: its own", rule("lower"), ten, { S1: "2.99" }, ["2.99", undefined, "-0.01", "-0.04"]],
    ["the lower price: the original", rule("lower"), ten, { S1: "3.01" }, ["3", undefined, "0", "0"]],
    [
      "the lower price: the original where both are equal",
      rule("lower"),
      percent,
      { S1: "2.7" },
      ["3", "10", "0", "0"],
    ],
    [
      "the lower price, discount counted",
      rule("lower"),
      percent,
      { S1: "2.69" },
      ["2.69", undefined, "-0.01", "-0.04"],
    ],
    ["the lower price, discount in money counted", rule("lower"), money, { S1: "2.51" }, ["3", "2", "0", "0"]],
    [
      "the lower price, discount in money counted by the ratio",
      { ...rule("lower"), ...halves },
      money,
      { S1: "4.99" },
      ["4.99", undefined, "-0.005", "-0.02"],
    ],
    ["the lower price: the only one that is known", rule("lower"), ten, {}, ["3", undefined, "0", "0"]],
  ])("%s", (_case, entry, line, prices, expected) => {
    const found = priced([entry], line, prices)!;
    const { unitPrice, discount, unitPriceDifference, priceDifference } = found;
    const off = discount?.kind === "percent" ? discount.percent : discount?.amount;
    expect([unitPrice, off, unitPriceDifference, priceDifference]).toEqual(expected);
  });

  test.each<[string, readonly Partial<SubstituteItem>[], AnyOrderLine, Prices, (string | undefined)[]]>([
    ["the original price of the original", [rule("original"), rule("original")], percent, {}, ["3", "10", "0"]],
    [
      "the original price of what stepped in at its own",
      [rule("own"), rule("original", "1")],
      percent,
      { S1: "4" },
      ["5", undefined, "9.2"],
    ],
    [
      "its own price, whatever was before",
      [rule("original", "7"), rule("own")],
      ten,
      { S2: "2" },
      ["2", undefined, "-4"],
    ],
    [
      "nothing that is known where a step before is not",
      [rule("own"), rule("original")],
      ten,
      {},
      [undefined, undefined, undefined],
    ],
    [
      "discount in money by the ratio of the whole way",
      [
        { ...rule("original"), ...halves },
        { ...rule("lower"), ...halves },
      ],
      money,
      { S2: "10.01" },
      ["12", "2", "0"],
    ],
  ])("over two steps: %s", (_case, entries, line, prices, expected) => {
    const { unitPrice, discount, priceDifference } = priced(entries, line, prices)!;
    const off = discount?.kind === "percent" ? discount.percent : discount?.amount;
    expect([unitPrice, off, priceDifference]).toEqual(expected);
  });

  it("tells the difference for one unit of the order, and the price in the unit of the new line", () => {
    const cases: AnyOrderLine = {
      orderedQty: "2",
      uom: "CS",
      unitFactor: { numerator: "12", denominator: "1" },
      unitPrice: "24",
    };
    const { uom, unitPrice, unitPriceDifference, priceDifference } = priced([{ ratio: rational(3, 2) }], cases, {
      S1: "1.25",
    })!;
    expect([uom, unitPrice, unitPriceDifference, priceDifference]).toEqual(["CS", "15", "-1.5", "-3"]);
  });

  it("rounds down a price that no decimal holds, and tells what the new line costs less for it", () => {
    const line: AnyOrderLine = { orderedQty: "3000", unitPrice: "9.99" };
    const { unitPrice, unitPriceDifference, priceDifference } = priced(
      [{ ...rule("original"), ratio: rational(7) }],
      line,
      {},
    )!;
    expect([unitPrice, unitPriceDifference, priceDifference]).toEqual(["1.42714285", "0", "0"]);
    const dear = priced([{ ...rule("own"), ratio: rational(1, 3) }], { orderedQty: "9", unitPrice: "1" }, { S1: "5" })!;
    expect([dear.unitPriceDifference, dear.priceDifference]).toEqual(["0.66666667", "6"]);
  });

  it("has no difference where the price of the line is not known, and none where the line costs nothing anyhow", () => {
    const known = priced([rule("own")], { ...ten, itemName: UNPRICED }, { S1: "2" })!;
    const unknown = priced([rule("original", "1")], { ...ten, itemName: UNPRICED }, { S1: "2" })!;
    expect([unknown.unitPrice, unknown.priceDifference]).toEqual([undefined, undefined]);
    expect(priced([rule("lower")], { ...ten, itemName: UNPRICED }, { S1: "2" })!.unitPrice).toBe("2");
    expect([known.unitPrice, known.unitPriceDifference, known.priceDifference]).toEqual(["2", undefined, undefined]);
    for (const transactionCategory of ["gift", "exchange", "sample"] as const) {
      const free = priced([rule("own", "4")], { ...percent, transactionCategory }, { S1: "2" })!;
      expect([free.unitPrice, free.discount, free.unitPriceDifference, free.priceDifference]).toEqual([
        "0",
        undefined,
        "0",
        "0",
      ]);
    }
  });

  it("leaves a discount behind that has no price to be taken off, and proposes nothing that no record can hold", () => {
    const unpriced = priced([rule("original")], { ...percent, itemName: UNPRICED }, {})!;
    expect([unpriced.unitPrice, unpriced.discount]).toEqual([undefined, undefined]);
    const pallet: AnyOrderLine = {
      orderedQty: "0.00001",
      uom: "PAL",
      unitFactor: { numerator: "100000", denominator: "1" },
      unitPrice: "0",
    };
    // Ten million for a piece are a million million for a pallet, and one piece is ordered.
    expect(priced([rule("own")], pallet, { S1: "10000000" })).toBeUndefined();
    expect(priced([rule("own")], pallet, { S1: "9999999" })?.unitPriceDifference).toBe("999999900000");
    // A million of pieces at a million each.
    const many: AnyOrderLine = { orderedQty: "99999", unitPrice: "0" };
    expect(priced([rule("own")], many, { S1: "10000101" })).toBeUndefined();
    expect(priced([rule("own")], many, { S1: "10000100" })?.priceDifference).toBe("999999999900");
  });

  it("rounds amounts to the minor unit of the currency", () => {
    const line: AnyOrderLine = { ...ten, unitPrice: "0.333" };
    const differences = ["EUR", "JPY", "KWD"].map(
      (currency) => priced([rule("own")], line, { S1: "0.5" }, currency)?.priceDifference,
    );
    // 2 − 1.332, each rounded
    expect(differences).toEqual(["0.67", "1", "0.668"]);
  });

  it("never costs less than nothing, and its lower price never more than the original", () => {
    const cents = fc.integer({ min: 0, max: 2000 }).map((amount) => `${amount / 100}`);
    const part = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(cents, cents, part, part, fc.boolean(), (before, own, numerator, denominator, isOff) => {
        const line: AnyOrderLine = {
          orderedQty: "90",
          unitPrice: before,
          ...(isOff ? { discount: { kind: "percent", percent: "12.5" } } : {}),
        };
        const lower = priced([{ ...rule("lower"), ratio: rational(numerator, denominator) }], line, { S1: own });
        if (lower === undefined) return;
        expect(compare(lower.priceDifference!, decimal("0"))).toBeLessThanOrEqual(0);
        expect(compare(lower.unitPriceDifference!, decimal("0"))).toBeLessThanOrEqual(0);
        const off = priced([rule("own", "-21")], line, { S1: own })!;
        expect(off.unitPrice).toBe("0");
      }),
      { numRuns: 150 },
    );
  });
});
