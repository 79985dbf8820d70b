import path from "node:path";
import {
  compare,
  compilePromotions,
  decimal,
  divideExactly,
  instant,
  isPositive,
  multiply,
  pricePromotions,
  subtract,
  type CompiledPromotions,
  type Decimal,
  type SalesRecord,
} from "ordercycle";
import { importCsv } from "ordercycle/interchange";

import { parsePromotion } from "ordercycle/schema";
import { beforeAll, describe, expect, it } from "vitest";
import { dataSet, readText } from "./data-folder.js";
import { parseRetailRow } from "./online-retail.js";

const set = dataSet("online-retail");

/** A lower price of one item from a quantity on, as a promotion. */
function priceBreak(itemCode: string, from: Decimal | undefined, unitPrice: string): CompiledPromotions {
  const keep = "keep";
  const parsed = parsePromotion({
    promotionId: `BREAK-${itemCode}`,
    version: 1,
    name: `${unitPrice} for more`,
    reason: "price list for wholesale",
    owner: "sales",
    validity: { from: "2010-12-01T00:00:00Z", to: "2011-12-10T00:00:00Z" },
    timeZone: "Europe/London",
    currency: "GBP",
    effect: {
      kind: "tiers",
      which: { kind: "items", in: [itemCode] },
      measure: "quantity",
      per: "line",
      mode: "allUnits",
      reward: "unitPrice",
      steps: [{ from, value: unitPrice }],
    },
    combination: { priority: 1, base: "running", discountedLines: "include" },
    revision: { cancel: keep, short: keep, return: keep, amend: keep, unearnedGifts: keep, uses: "spent" },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const compiled = compilePromotions([parsed.value]);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  return compiled.value;
}

/** What one unit of a sale comes to when its base price stands and the promotion takes something off. */
function unitPriceOf(compiled: CompiledPromotions, sale: SalesRecord, basePrice: Decimal): Decimal | undefined {
  const { itemCode, quantity, soldOn, customerCode } = sale;
  const priced = pricePromotions(compiled, {
    at: instant(`${soldOn}T12:00:00Z`),
    currency: "GBP",
    customer: { customerCode: customerCode! },
    lines: [{ lineId: "1", itemCode, quantity, unitPrice: basePrice }],
  });
  if (!priced.ok) throw new Error(JSON.stringify(priced.issues));
  return divideExactly(subtract(multiply(quantity, basePrice), priced.value.discount), quantity);
}

describe.skipIf(set.isAbsent)(set.title("price breaks of a giftware wholesaler (mission 3.6, 6.5)"), () => {
  let records: readonly SalesRecord[];

  beforeAll(() => {
    const imported = importCsv(readText(path.join(set.folder, "online-retail.csv.gz")), parseRetailRow);
    if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
    records = imported.value.accepted;
  });

  it.each([
    ["84879", "1.69", "1.45", "160", 1_407, 1_408],
    ["22423", "12.75", "10.95", "16", 1_706, 1_710],
  ])(
    "are tiers: item %s costs %s, and %s from %s on, on %i of %i lines (mission 6.5)",
    (itemCode, usual, lower, threshold, explained, all) => {
      const sales = records.filter(
        (record) =>
          record.itemCode === itemCode &&
          record.customerCode !== undefined &&
          isPositive(record.quantity) &&
          (record.unitPrice === usual || record.unitPrice === lower),
      );
      const explainedFrom = (from: Decimal | undefined): number => {
        const compiled = priceBreak(itemCode, from, lower);
        return sales.filter((sale) => unitPriceOf(compiled, sale, decimal(usual)) === sale.unitPrice).length;
      };
      expect(sales.length).toBe(all);
      expect(explainedFrom(decimal(threshold))).toBe(explained);
      // The steps beside it, among the quantities that occur, explain less.
      const quantities = [...new Set(sales.map(({ quantity }) => quantity))].sort(compare);
      const place = quantities.indexOf(decimal(threshold));
      expect(explainedFrom(quantities[place - 1])).toBeLessThan(explained);
      expect(explainedFrom(quantities[place + 1])).toBeLessThan(explained);
    },
  );
});
