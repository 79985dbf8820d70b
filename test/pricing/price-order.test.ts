import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { add, compare, decimal, multiply, ROUNDING_MODES, round, subtract, sum, ZERO } from "../../src/core/decimal.js";
import { minorUnitOf } from "../../src/core/money.js";
import { rational } from "../../src/core/unit-conversion.js";
import type { PriceEntry } from "../../src/model/item.js";
import { indexMasters } from "../../src/model/masters.js";
import { type Order } from "../../src/model/order.js";
import { TRANSACTION_CATEGORIES } from "../../src/model/order-line.js";
import type { PricePolicy } from "../../src/pricing/price-lines.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import {
  anyContext,
  anyOrder,
  anyPriceEntry,
  checkOutcome,
  deepFreeze,
  given,
  type AnyOrder,
  type AnyOrderLine,
} from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";

const POLICY: PricePolicy = { rounding: "halfUp", givenPrice: "honour" };
const price = (order: Order, policy: Partial<PricePolicy> = {}, prices: readonly PriceEntry[] = []) =>
  priceOrder(order, { ...anyContext(), masters: indexMasters({ prices }), policy: { ...POLICY, ...policy } });
const unpriced = (part: AnyOrder = {}) => anyOrder({ totals: null, ...part });

/** Amount and allowance of one line, priced alone. */
function lineOf(part: AnyOrderLine, policy: Partial<PricePolicy> = {}, header: NonNullable<AnyOrder["header"]> = {}) {
  const { lines } = granted(price(unpriced({ header, lines: [part] }), policy)).order;
  return [lines[0]?.lineAmount, lines[0]?.allowance];
}

describe("priceOrder (mission 3.6, 5.2, 5.12)", () => {
  it("prices lines and totals, and tells the amount to pay", () => {
    const order = unpriced({
      header: {
        charges: [
          { kind: "freight", amount: "4.90" },
          { kind: "tax", amount: "1" },
        ],
      },
      lines: [
        { orderedQty: "7", unitPrice: "1.99", discount: { kind: "percent", percent: "15" } },
        { unitPrice: "0.5" },
      ],
    });
    given(order)
      .when((before) => price(before))
      .then({ status: "entered", events: ["order_priced"], requests: [] });
    const { order: after, events } = granted(price(order));
    expect(after.totals).toEqual({
      gross: "18.93",
      allowances: "2.09",
      net: "16.84",
      charges: "5.9",
      payable: "22.74",
    });
    expect(events[0]?.details).toEqual({ payable: "22.74" });
  });

  test.each(TRANSACTION_CATEGORIES)("rule 1: what a line of category %s costs", (transactionCategory) => {
    const isFree = transactionCategory !== "sale" && transactionCategory !== "backfill";
    const discount = { kind: "amount", amount: "1" } as const;
    const { lines } = granted(price(unpriced({ lines: [{ transactionCategory, discount }] }))).order;
    expect([lines[0]?.unitPrice, lines[0]?.lineAmount, lines[0]?.allowance]).toEqual(
      isFree ? ["0", "0", "0"] : ["2.5", "24", "1"],
    );
  });

  it("rule 1: a gift needs no price", () => {
    expect(price(unpriced({ lines: [{ transactionCategory: "gift", unitPrice: null }] })).ok).toBe(true);
  });

  it("rule 2: a price that came with the order stands or gives way", () => {
    const prices = [anyPriceEntry({ unitPrice: "3" })];
    const priced = (givenPrice: PricePolicy["givenPrice"], unitPrice: string | null) =>
      granted(price(unpriced({ lines: [{ unitPrice }] }), { givenPrice }, prices)).order.lines[0]?.unitPrice;
    expect(priced("honour", "2.5")).toBe("2.5");
    expect(priced("honour", "0")).toBe("0");
    expect(priced("replace", "2.5")).toBe("3");
    expect(priced("honour", null)).toBe("3");
    expect(priced("replace", null)).toBe("3");
  });

  it("rule 2: prices are taken by type, term, day and step of quantity, in the unit of the order", () => {
    const prices = [
      anyPriceEntry({ unitPrice: "3" }),
      anyPriceEntry({ unitPrice: "2", minQuantity: "24" }),
      anyPriceEntry({ unitPrice: "1.9", customerType: "retailer", validTo: "2026-03-02" }),
    ];
    const line = { orderedQty: "2", uom: "CS", unitFactor: rational(12), unitPrice: null };
    const { lines, totals } = granted(
      price(unpriced({ header: { customerType: "retailer" }, lines: [line] }), {}, prices),
    ).order;
    expect([lines[0]?.unitPrice, totals?.payable]).toEqual(["24", "48"]);
  });

  test.each([
    ["1.005", "1", "halfUp", "1.01"],
    ["1.005", "1", "halfEven", "1"],
    ["1.015", "1", "halfEven", "1.02"],
    ["1.005", "1", "halfDown", "1"],
    ["1.001", "1", "up", "1.01"],
    ["1.009", "1", "down", "1"],
    ["0.333", "3", "halfUp", "1"],
  ] as const)("rule 3: %s times %s rounded %s is %s", (unitPrice, orderedQty, rounding, amount) => {
    expect(lineOf({ unitPrice, orderedQty }, { rounding })[0]).toBe(amount);
  });

  it("rule 3: rounds once, the exact value after the discount", () => {
    // 0.045 less 50 % is 0.0225: once rounded 0.02, while 0.05 less its half would be 0.03.
    expect(lineOf({ orderedQty: "1", unitPrice: "0.045", discount: { kind: "percent", percent: "50" } })).toEqual([
      "0.02",
      "0.03",
    ]);
  });

  test.each([
    ["JPY", "3", "33.5", "101"],
    ["EUR", "3", "33.335", "100.01"],
    ["KWD", "3", "0.3335", "1.001"],
    ["CLF", "3", "0.33335", "1.0001"],
  ])("rule 3: %s has its own decimals", (currency, orderedQty, unitPrice, amount) => {
    expect(lineOf({ orderedQty, unitPrice }, {}, { currency })[0]).toBe(amount);
  });

  it("rule 3: the policy may ask for other decimals", () => {
    const line = { orderedQty: "3", unitPrice: "0.3335" };
    expect(lineOf(line, { decimals: 0 })[0]).toBe("1");
    expect(lineOf(line, { decimals: 3 })[0]).toBe("1.001");
  });

  test.each([
    ["percent 0", { kind: "percent", percent: "0" }, "25", "0"],
    ["percent 12.5", { kind: "percent", percent: "12.5" }, "21.88", "3.12"],
    ["percent 100", { kind: "percent", percent: "100" }, "0", "25"],
    ["amount 0", { kind: "amount", amount: "0" }, "25", "0"],
    ["amount 24.99", { kind: "amount", amount: "24.99" }, "0.01", "24.99"],
    ["all of the amount", { kind: "amount", amount: "25" }, "0", "25"],
  ] as const)("rule 4: a discount of %s", (_what, discount, amount, allowance) => {
    expect(lineOf({ discount, allowance: "0" })).toEqual([amount, allowance]);
  });

  test.each([
    ["33.33333333333333333", "6.66", "3.33"],
    ["66.666666666666666667", "3.33", "6.66"],
    ["0.000000000000000001", "9.99", "0"],
  ])("rule 3: a rate of %s percent is taken exactly, however long it is", (percent, amount, allowance) => {
    const line = { orderedQty: "1", unitPrice: "9.99", discount: { kind: "percent", percent } as const };
    expect(lineOf({ ...line, allowance: "0" })).toEqual([amount, allowance]);
  });

  it("rule 5: a missing price is refused", () => {
    expect(reasonsOf(price(unpriced({ lines: [{ unitPrice: null }] })))).toEqual([
      { code: "price.no_price", path: ["lines", 0, "itemCode"], params: { lineId: "SO-1-1", itemCode: "TEA" } },
    ]);
  });

  it("rule 5: a given price is no help where the structure rules and has none", () => {
    expect(reasonsOf(price(unpriced(), { givenPrice: "replace" })).map(({ code }) => code)).toEqual(["price.no_price"]);
  });

  it("rule 5: a contradiction in the price structure is refused", () => {
    const prices = [anyPriceEntry({ unitPrice: "2" }), anyPriceEntry({ unitPrice: "3" })];
    expect(reasonsOf(price(unpriced(), { givenPrice: "replace" }, prices))).toEqual([
      {
        code: "price.ambiguous",
        path: ["lines", 0, "itemCode"],
        params: { lineId: "SO-1-1", itemCode: "TEA", prices: ["2", "3"] },
      },
    ]);
  });

  test.each([
    [{ kind: "amount", amount: "25.01" }, "25.01"],
    [{ kind: "amount", amount: "25.019" }, "25.02"],
    [{ kind: "percent", percent: "101" }, "25.25"],
    [{ kind: "percent", percent: "100.01" }, "25"],
    [{ kind: "amount", amount: "25.004" }, "25"],
  ] as const)("rule 5: a discount above the amount is refused: %j", (discount, found) => {
    expect(reasonsOf(price(unpriced({ lines: [{ discount, allowance: "0" }] })))).toEqual([
      {
        code: "price.discount_exceeds_amount",
        path: ["lines", 0, "discount"],
        params: { lineId: "SO-1-1", discount: found, gross: "25" },
      },
    ]);
  });

  it("rule 5: tells discount and amount as they would stand on the invoice", () => {
    const line = { orderedQty: "3", unitPrice: "0.333", discount: { kind: "amount", amount: "2.005" } as const };
    expect(reasonsOf(price(unpriced({ lines: [{ ...line, allowance: "0" }] }))).map(({ params }) => params)).toEqual([
      { lineId: "SO-1-1", discount: "2.01", gross: "1" },
    ]);
  });

  test.each([
    ["EUR", "4.905", {}, 2],
    ["JPY", "0.5", {}, 0],
    ["KWD", "0.0001", {}, 3],
    ["EUR", "1.5", { decimals: 0 }, 0],
  ] as const)("rule 5: in %s a charge of %s is too fine under %j", (currency, amount, policy, decimals) => {
    const header = { currency, charges: [{ kind: "tax", amount: "1" } as const, { kind: "freight", amount } as const] };
    expect(reasonsOf(price(unpriced({ header }), policy))).toEqual([
      {
        code: "price.charge_too_fine",
        path: ["header", "charges", 1, "amount"],
        params: { kind: "freight", amount, decimals },
      },
    ]);
    expect(price(unpriced({ header }), { decimals: 4 }).ok).toBe(true);
  });

  it("rule 6: totals that a stored order cannot hold are refused", () => {
    const huge = anyOrder({ totals: null, lines: [{ orderedQty: "999999999999", unitPrice: "2" }] });
    const found = priceOrder(huge, {
      ...anyContext(),
      masters: indexMasters({}),
      policy: { rounding: "halfUp", givenPrice: "honour" },
    });
    const told = { code: "price.amount_out_of_range", path: ["totals"], params: { amount: "1999999999998" } };
    expect(found.ok ? [] : found.issues).toEqual([told, told]);
  });

  it("rule 7: what has been invoiced is not priced again", () => {
    const billing = {
      invoices: [{ invoiceNo: "I-1", issuedOn: "2026-03-02", dueOn: "2026-03-09", charges: "0", payable: "1" }],
    };
    expect(reasonsOf(price(anyOrder({ stage: "confirmed", billing })))).toEqual([
      { code: "price.already_invoiced", path: ["billing", "invoices"], params: { invoices: 1 } },
    ]);
  });

  it("tells the reasons of all lines at once, and leaves the order alone", () => {
    const discount = { kind: "amount", amount: "99" } as const;
    const lines = [{ unitPrice: null }, { discount, allowance: "0" }, {}, { itemCode: "RICE", unitPrice: null }];
    const billing = {
      invoices: [{ invoiceNo: "I-1", issuedOn: "2026-03-02", dueOn: "2026-03-09", charges: "0", payable: "1" }],
    };
    given(unpriced({ stage: "rejected", lines, billing }))
      .when((order) => price(order))
      .then({
        issues: [
          "status.operation_not_allowed",
          "price.already_invoiced",
          "price.no_price",
          "price.discount_exceeds_amount",
          "price.no_price",
        ],
      });
  });

  it("prices again while nothing was invoiced, and changes nothing when nothing has changed", () => {
    const { order } = granted(price(unpriced()));
    const again = granted(price(order)).order;
    expect({ ...again, version: order.version }).toEqual(order);
  });
});

describe("priceOrder on any order (mission 3.6)", () => {
  const anyLine = fc.record({
    orderedQty: fc.integer({ min: 1, max: 99_999 }).map((steps) => `${steps / 1000}`),
    unitPrice: fc.integer({ min: 0, max: 999_999 }).map((units) => `${units / 10_000}`),
    transactionCategory: fc.constantFrom(...TRANSACTION_CATEGORIES),
    percent: fc.option(fc.integer({ min: 0, max: 1_000 }).map((tenths) => `${tenths / 10}`)),
  });
  const anyPricedOrder = fc
    .tuple(
      fc.constantFrom("EUR", "JPY", "KWD"),
      fc.array(anyLine, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 99 }),
    )
    .map(([currency, lines, freight]) =>
      unpriced({
        header: { currency, charges: [{ kind: "freight", amount: `${freight}` }] },
        lines: lines.map(({ percent, ...line }) => ({
          ...line,
          ...(percent === null ? {} : { discount: { kind: "percent" as const, percent } }),
        })),
      }),
    );

  it("rules 3, 4, 5: parts sum to the whole exactly and nothing falls below zero", () => {
    fc.assert(
      fc.property(anyPricedOrder, fc.constantFrom(...ROUNDING_MODES), (order, rounding) => {
        const outcome = granted(price(deepFreeze(order), { rounding }));
        expect(checkOutcome(order, outcome)).toEqual([]);
        const { lines, totals, header } = outcome.order;
        const decimals = minorUnitOf(header.currency) ?? 2;
        expect(totals?.net).toBe(sum(lines.map(({ lineAmount }) => lineAmount)));
        expect(subtract(totals?.gross ?? ZERO, totals?.allowances ?? ZERO)).toBe(totals?.net);
        expect(totals?.payable).toBe(add(totals?.net ?? ZERO, totals?.charges ?? ZERO));
        for (const { orderedQty, unitPrice, discount, lineAmount, allowance, transactionCategory } of lines) {
          expect(compare(allowance, ZERO)).toBeGreaterThanOrEqual(0);
          const rate = discount?.kind === "percent" ? subtract(decimal("100"), discount.percent) : decimal("100");
          const exact = multiply(multiply(orderedQty, unitPrice ?? ZERO), multiply(rate, decimal("0.01")));
          expect(lineAmount).toBe(round(exact, decimals, rounding));
          if (transactionCategory === "gift") expect(lineAmount).toBe("0");
        }
      }),
    );
  });

  it("prices each line by itself: the order of the lines does not matter", () => {
    fc.assert(
      fc.property(anyPricedOrder, (order) => {
        const turned = { ...order, lines: [...order.lines].reverse() };
        const there = granted(price(order)).order;
        const back = granted(price(turned)).order;
        expect([...back.lines].reverse()).toEqual(there.lines);
        expect(back.totals).toEqual(there.totals);
      }),
    );
  });
});
