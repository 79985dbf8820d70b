import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { rational } from "../../src/core/unit-conversion.js";
import type { PriceEntry } from "../../src/model/item.js";
import { findPrice, priceQuery, type PriceQuery } from "../../src/pricing/find-price.js";
import { anyOrder, anyPriceEntry } from "../../src/testing/index.js";

const entry = anyPriceEntry;
const QUERY: PriceQuery = {
  day: calendarDay("2026-03-02"),
  currency: "EUR",
  uom: "EA",
  baseUom: "EA",
  unitFactor: rational(1),
  quantity: decimal("10"),
  customerType: "retailer",
  paymentTerm: "credit",
};
const CASES: PriceQuery = { ...QUERY, uom: "CS", unitFactor: rational(12), quantity: decimal("2") };

/** The price, `none`, or the prices that contradict each other. */
function priceOf(entries: readonly PriceEntry[], query: PriceQuery = QUERY): unknown {
  const found = findPrice(entries, query);
  if (found.kind === "found") return found.unitPrice;
  return found.kind === "none" ? "none" : found.entries.map(({ unitPrice }) => unitPrice);
}

describe("findPrice (mission 3.6, 2.5)", () => {
  it("finds nothing where there is nothing", () => {
    expect(findPrice([], QUERY)).toEqual({ kind: "none" });
  });

  it("names the entry that it found", () => {
    const only = entry();
    expect(findPrice([only], QUERY)).toEqual({ kind: "found", unitPrice: "2.5", entry: only });
  });

  const fits: readonly (readonly [what: string, part: Parameters<typeof entry>[0], fits: boolean])[] = [
    ["an entry that leaves all open", {}, true],
    ["another currency", { currency: "USD" }, false],
    ["the customer type", { customerType: "retailer" }, true],
    ["another customer type", { customerType: "restaurant" }, false],
    ["the payment term", { paymentTerm: "credit" }, true],
    ["another payment term", { paymentTerm: "cash" }, false],
    ["a first day that is today", { validFrom: "2026-03-02" }, true],
    ["a first day that is tomorrow", { validFrom: "2026-03-03" }, false],
    ["an end that is today", { validTo: "2026-03-02" }, false],
    ["an end that is tomorrow", { validTo: "2026-03-03" }, true],
    ["a period around today", { validFrom: "2026-01-01", validTo: "2027-01-01" }, true],
    ["exactly the quantity step", { minQuantity: "10" }, true],
    ["a step just above", { minQuantity: "10.001" }, false],
    ["a unit that is neither the order's nor the base unit", { uom: "PAL" }, false],
  ];
  test.each(fits)("rule 1: %s", (_what, part, isFit) => {
    expect(priceOf([entry(part)])).toBe(isFit ? "2.5" : "none");
  });

  it("rule 1: an order without type and term gets only prices that are for all", () => {
    const { customerType: _type, paymentTerm: _term, ...open } = QUERY;
    expect(priceOf([entry({ customerType: "retailer" })], open)).toBe("none");
    expect(priceOf([entry({ paymentTerm: "credit" })], open)).toBe("none");
    expect(priceOf([entry()], open)).toBe("2.5");
  });

  it("rule 2: the more specific entry wins, in each of the three ways", () => {
    const general = entry({ unitPrice: "9" });
    for (const part of [
      { customerType: "retailer" },
      { paymentTerm: "credit" as const },
      { validFrom: "2026-03-01" },
      { validTo: "2026-04-01" },
    ]) {
      expect(priceOf([general, entry({ ...part, unitPrice: "1" })])).toBe("1");
    }
    const two = entry({ customerType: "retailer", paymentTerm: "credit", unitPrice: "3" });
    const three = entry({ customerType: "retailer", paymentTerm: "credit", validFrom: "2026-03-01", unitPrice: "4" });
    expect(priceOf([entry({ customerType: "retailer", unitPrice: "2" }), two, general])).toBe("3");
    expect(priceOf([three, two])).toBe("4");
  });

  it("rule 2: a period counts once, however many ends it has", () => {
    const one = entry({ validFrom: "2026-03-01", unitPrice: "1" });
    const both = entry({ validFrom: "2026-03-01", validTo: "2026-04-01", unitPrice: "2" });
    expect(priceOf([one, both])).toEqual(["1", "2"]);
  });

  it("rule 2: among equals the higher step wins, and a step over none", () => {
    const steps = [
      entry({ unitPrice: "5" }),
      entry({ minQuantity: "5", unitPrice: "4" }),
      entry({ minQuantity: "20", unitPrice: "3" }),
    ];
    const at = (quantity: string) => priceOf(steps, { ...QUERY, quantity: decimal(quantity) });
    expect([at("4.999"), at("5"), at("19"), at("20"), at("1000")]).toEqual(["5", "4", "4", "3", "3"]);
  });

  it("rule 2: being specific comes before the quantity step", () => {
    const entries = [entry({ minQuantity: "10", unitPrice: "1" }), entry({ customerType: "retailer", unitPrice: "2" })];
    expect(priceOf(entries)).toBe("2");
  });

  it("rule 3: two that fit equally well are no choice, even at one price", () => {
    expect(priceOf([entry({ unitPrice: "2" }), entry({ unitPrice: "2" })])).toEqual(["2", "2"]);
    const rivals = [
      entry({ customerType: "retailer", unitPrice: "2" }),
      entry({ paymentTerm: "credit", unitPrice: "3" }),
      entry({ unitPrice: "9" }),
    ];
    expect(priceOf(rivals)).toEqual(["2", "3"]);
    expect(priceOf([...rivals, entry({ customerType: "retailer", paymentTerm: "credit", unitPrice: "1" })])).toBe("1");
  });

  it("rule 4: a price in the unit of the order comes first, however general", () => {
    const perCase = entry({ uom: "CS", unitPrice: "28" });
    const perPiece = entry({ customerType: "retailer", paymentTerm: "credit", unitPrice: "2" });
    expect(priceOf([perPiece, perCase], CASES)).toBe("28");
    expect(priceOf([perPiece], CASES)).toBe("24");
  });

  it("rule 4: a contradiction in the unit of the order is not evaded in the base unit", () => {
    const perCase = entry({ uom: "CS", unitPrice: "28" });
    expect(priceOf([perCase, perCase, entry()], CASES)).toEqual(["28", "28"]);
  });

  it("rule 4: steps of base unit prices count base units", () => {
    const entries = [
      entry({ unitPrice: "3" }),
      entry({ minQuantity: "24", unitPrice: "2" }),
      entry({ minQuantity: "25", unitPrice: "1" }),
    ];
    expect(priceOf(entries, CASES)).toBe("24");
  });

  it("rule 4: a price that cannot be multiplied exactly is none", () => {
    const third = { ...CASES, unitFactor: rational(1, 3), quantity: decimal("3") };
    expect(priceOf([entry({ unitPrice: "1" })], third)).toBe("none");
    expect(priceOf([entry({ unitPrice: "3" })], third)).toBe("1");
    expect(priceOf([entry({ unitPrice: "3" })], { ...third, quantity: decimal("1") })).toBe("none");
  });

  it("gives the same answer whatever the order of the entries", () => {
    const anyPart = fc.record({
      uom: fc.constantFrom("EA", "CS"),
      customerType: fc.constantFrom("retailer", "restaurant", "*"),
      paymentTerm: fc.constantFrom("credit", "cash", "*"),
      minQuantity: fc.constantFrom("0", "10", "24", "*"),
      validTo: fc.constantFrom("2026-03-02", "2026-03-03", "*"),
      unitPrice: fc.integer({ min: 1, max: 9 }).map(String),
    });
    const anyEntry = anyPart.map((part) =>
      entry(Object.fromEntries(Object.entries(part).filter(([, value]) => value !== "*"))),
    );
    const shuffled = fc
      .array(anyEntry, { maxLength: 8 })
      .chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })));
    const sorted = (price: unknown) => (Array.isArray(price) ? [...(price as string[])].sort() : price);
    fc.assert(
      fc.property(shuffled, fc.constantFrom(QUERY, CASES), ([entries, again], query) => {
        expect(sorted(priceOf(again, query))).toEqual(sorted(priceOf(entries, query)));
      }),
    );
  });

  it("asks for a line what the order says", () => {
    const order = anyOrder({
      header: { customerType: "retailer", paymentTerm: "cash" },
      lines: [{ orderedQty: "2", uom: "CS", unitFactor: rational(12) }],
    });
    expect(priceQuery(order.header, order.lines[0]!)).toEqual({ ...CASES, paymentTerm: "cash" });
    const open = anyOrder();
    expect(priceQuery(open.header, open.lines[0]!)).not.toHaveProperty("customerType");
  });
});
