import { beforeAll, describe, expect, it } from "vitest";
import { absolute, add, compare, decimal, isPositive, subtract, sum, type Decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { enterOrders } from "../../src/intake/enter-orders.js";
import { indexMasters } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { readAdventureWorks, type AdventureWorks } from "./adventureworks.js";
import { dataSet } from "./data-folder.js";

const set = dataSet("adventureworks");
const context = { at: instant("2011-12-31T12:00:00Z"), actor: { function: "orderDesk" } };

function isWithin(tolerance: string, a: Decimal, b: Decimal): boolean {
  return compare(absolute(subtract(a, b)), decimal(tolerance)) < 0;
}

describe.skipIf(set.isAbsent)(set.title("1,566 orders of a bicycle maker (mission 4.2, 4.13)"), () => {
  let source: AdventureWorks;
  let priced: readonly Order[];

  beforeAll(() => {
    source = readAdventureWorks(set.folder);
    const masters = indexMasters({ customers: source.customers.accepted, items: source.items.accepted });
    const batch = enterOrders(source.drafts.accepted, { ...context, masters });
    expect(batch.refused).toEqual([]);
    // Prices have 4 decimals and discounts 2, so that nothing is rounded.
    const policy = { rounding: "halfUp", decimals: 6, givenPrice: "honour" } as const;
    priced = batch.orders.map((order) => {
      const result = priceOrder(order, { ...context, masters, policy });
      if (!result.ok) throw new Error(JSON.stringify(result.issues));
      return result.value.order;
    });
  });

  it("has 41 lines without a header, each of another order, and reports them all (mission 4.13)", () => {
    const { orphanLines, headersWithoutLines, duplicateHeaders } = source.rows;
    expect(orphanLines.length).toBe(41);
    expect(new Set(orphanLines.map(({ key }) => key)).size).toBe(41);
    expect([headersWithoutLines, duplicateHeaders]).toEqual([[], []]);
  });

  it("is read and entered without a rejected row: 1,566 orders with 5,675 lines", () => {
    const { customers, items, drafts } = source;
    expect([customers.rejected, items.rejected, drafts.rejected]).toEqual([[], [], []]);
    expect(priced.length).toBe(1566);
    expect(priced.flatMap(({ lines }) => lines).length).toBe(5675);
  });

  it("comes to 12527981.992754 exactly, with 34 discounted lines (mission 3.6)", () => {
    expect(sum(priced.map(({ totals }) => totals!.net))).toBe("12527981.992754");
    expect(priced.flatMap(({ lines }) => lines).filter(({ allowance }) => isPositive(allowance)).length).toBe(34);
  });

  it("comes to the stated subtotal on 1,566 of 1,566 orders, up to its fourth decimal (mission 5.2)", () => {
    const agreeing = priced.filter(({ totals }, position) =>
      isWithin("0.0005", totals!.net, decimal(source.rows.joined[position]!.header.subtotal!)),
    );
    expect(agreeing.length).toBe(1566);
  });

  it("comes to the stated total with tax and freight on 1,566 of 1,566 orders (mission 5.2)", () => {
    const agreeing = priced.filter(({ totals }, position) => {
      const { subtotal, totaldue } = source.rows.joined[position]!.header;
      // The stated subtotal has four decimals; what it was rounded by is no fault of the total.
      const stated = add(decimal(subtotal!), totals!.charges);
      return isWithin("0.0006", totals!.payable, decimal(totaldue!)) && isWithin("0.00011", stated, decimal(totaldue!));
    });
    expect(agreeing.length).toBe(1566);
  });
});
