import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compare, decimal, isPositive } from "../../src/core/decimal.js";
import { rational } from "../../src/core/unit-conversion.js";
import { importCsv, type CsvImportOutcome } from "../../src/interchange/import-csv.js";
import { joinLines } from "../../src/interchange/join-lines.js";
import type { SalesRecord } from "../../src/model/sales-record.js";
import { findPrice } from "../../src/pricing/find-price.js";
import { summariseSales, type SalesSummary } from "../../src/reports/summarise-sales.js";
import { dataSet, readText } from "./data-folder.js";
import { parseRetailRow } from "./online-retail.js";

const set = dataSet("online-retail");

describe.skipIf(set.isAbsent)(set.title("541,909 invoice lines of a year (mission 4.13, 18.1)"), () => {
  let text: string;
  let outcome: CsvImportOutcome<SalesRecord>;
  let records: readonly SalesRecord[];
  let summary: SalesSummary;

  beforeAll(() => {
    text = readText(path.join(set.folder, "online-retail.csv.gz"));
    const imported = importCsv(text, parseRetailRow);
    if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
    outcome = imported.value;
    records = outcome.accepted;
    summary = summariseSales(records);
  });

  it("are all read, and none is rejected", () => {
    expect(outcome.rejected).toEqual([]);
    expect(summary.records).toBe(541_909);
  });

  it("come from 25,900 invoices, 4,070 codes, 4,372 customers and 38 countries; 135,080 name no customer", () => {
    const { documents, items, customers, countries } = summary;
    expect([documents, items, customers, countries]).toEqual([25_900, 4_070, 4_372, 38]);
    expect(records.filter(({ customerCode }) => customerCode === undefined).length).toBe(135_080);
  });

  it("come to 9747747.934, to the last decimal", () => {
    expect(summary.amount).toBe("9747747.934");
  });

  it("come to 10666684.544 where quantity and price are positive", () => {
    const positive = records.filter(({ quantity, unitPrice }) => isPositive(quantity) && isPositive(unitPrice));
    expect(summariseSales(positive).amount).toBe("10666684.544");
  });

  it("hold 3,836 cancellations with 9,288 lines, worth -896812.49 (mission 12.4b)", () => {
    const credits = summariseSales(records.filter(({ kind }) => kind === "credit"));
    expect([credits.documents, credits.records, credits.amount]).toEqual([3_836, 9_288, "-896812.49"]);
    expect(summary.byKind.credit).toEqual({ records: 9_288, quantity: credits.quantity, amount: "-896812.49" });
  });

  it("hold 1,336 lines of stock written off, all at price 0", () => {
    const { records: lines, amount } = summary.byKind.writeOff;
    expect([lines, amount]).toEqual([1_336, "0"]);
    expect(records.filter(({ kind, unitPrice }) => kind === "writeOff" && unitPrice !== "0").length).toBe(0);
  });

  it.each([
    ["84879", "1.69", "1.45", "160", 1_407, 1_408],
    ["22423", "12.75", "10.95", "16", 1_706, 1_710],
  ])(
    "follow a price structure: item %s costs %s, and %s from %s on, on %i of %i lines (mission 3.6)",
    (itemCode, usual, lower, threshold, explained, all) => {
      const entry = { itemCode, uom: "EA", currency: "GBP" };
      const structureFrom = (minQuantity: string) => [
        { ...entry, unitPrice: decimal(usual) },
        { ...entry, unitPrice: decimal(lower), minQuantity: decimal(minQuantity) },
      ];
      const lines = records.filter(
        (record) =>
          record.itemCode === itemCode &&
          record.customerCode !== undefined &&
          isPositive(record.quantity) &&
          (record.unitPrice === usual || record.unitPrice === lower),
      );
      const explainedBy = (minQuantity: string): number => {
        const prices = structureFrom(minQuantity);
        return lines.filter(({ quantity, soldOn, unitPrice }) => {
          const unit = { uom: "EA", baseUom: "EA", unitFactor: rational("1", "1") };
          const found = findPrice(prices, { ...unit, day: soldOn, currency: "GBP", quantity });
          return found.kind === "found" && found.unitPrice === unitPrice;
        }).length;
      };
      expect(lines.length).toBe(all);
      expect(explainedBy(threshold)).toBe(explained);
      // The steps beside it, among the quantities that occur, explain less.
      const steps = [...new Set(lines.map(({ quantity }) => quantity))].sort(compare);
      const place = steps.indexOf(decimal(threshold));
      expect(explainedBy(steps[place - 1]!)).toBeLessThan(explained);
      expect(explainedBy(steps[place + 1]!)).toBeLessThan(explained);
    },
  );

  it("fall into one group for each invoice, with no line left over", () => {
    const numbers = [...new Set(records.map(({ documentNo }) => documentNo))];
    const { joined, orphanLines, headersWithoutLines } = joinLines(numbers, records, {
      header: (documentNo) => documentNo,
      line: ({ documentNo }) => documentNo,
    });
    expect([joined.length, orphanLines.length, headersWithoutLines.length]).toEqual([25_900, 0, 0]);
  });

  it("are rejected row by row, with reasons, where a row is damaged; the others are kept (mission 4.13)", () => {
    const end = text.indexOf("\n", 500_000) + 1;
    const lines = text.slice(0, end).split("\n").slice(0, -1);
    const damage = (row: number, from: RegExp, to: string): void => {
      const damaged = lines[row]!.replace(from, to);
      expect(damaged).not.toBe(lines[row]);
      lines[row] = damaged;
    };
    damage(3, /,\d+,2010-/, ",12O,2010-");
    damage(5, /2010-12-01/, "2010-12-32");
    damage(7, / \d\d:\d\d:\d\d/, "");
    damage(9, /,[^,]*$/, "");
    damage(11, /^\d+/, "");
    const partly = importCsv(lines.join("\n"), parseRetailRow);
    if (!partly.ok) throw new Error(JSON.stringify(partly.issues));
    expect(partly.value.rejected.map(({ row, issues }) => [row, issues.map(({ code }) => code)])).toEqual([
      [3, ["schema.not_a_decimal"]],
      [5, ["schema.not_a_calendar_day"]],
      [7, ["retail.no_time"]],
      [9, ["csv.wrong_column_count"]],
      [11, ["schema.empty"]],
    ]);
    expect(partly.value.accepted.length).toBe(lines.length - 1 - 5);
  });
});
