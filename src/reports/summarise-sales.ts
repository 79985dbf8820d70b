import { scaleOf, toSafeUnits, type Decimal } from "../core/decimal.js";
import type { ItemCode } from "../model/ids.js";
import type { SalesRecord } from "../model/sales-record.js";
import { compareText } from "../core/compare-text.js";
import { addProduct, endSum, exactProduct, startSum, type ExactProduct, type ExactSum } from "./exact-sum.js";
import type { Table } from "./table.js";

/** What a part of the sales history comes to. */
export interface SalesSum {
  /** Records. */
  readonly records: number;
  /** Σ quantity, signed. */
  readonly quantity: Decimal;
  /** Σ quantity × unit price, signed and not rounded. */
  readonly amount: Decimal;
}

/** Sales of one item. */
export interface ItemSales extends SalesSum {
  /** Item, or service code. */
  readonly itemCode: ItemCode;
  /** First name that the records give it. */
  readonly itemName?: string;
}

/** Kinds of sales records. */
export type SalesKind = SalesRecord["kind"];

/** What the sales history comes to: the sums, and the items as a report. */
export interface SalesSummary extends SalesSum, Table<ItemSales> {
  /** Different documents. */
  readonly documents: number;
  /** Different items and service codes. */
  readonly items: number;
  /** Different customers, of the records that name one. */
  readonly customers: number;
  /** Different countries, of the records that name one. */
  readonly countries: number;
  /** Sums by kind of record. */
  readonly byKind: Readonly<Record<SalesKind, SalesSum>>;
}

/** A sum of records under way. */
interface Tally {
  records: number;
  readonly quantity: ExactSum;
  readonly amount: ExactSum;
}

/** The sum of an item's records under way. */
interface ItemTally {
  readonly tally: Tally;
  name: string | undefined;
}

/**
 * Sums up the sales history: quantity and money in all, by kind of record and by item.
 *
 * **Rules**
 * 1. Quantities and amounts keep their signs: credits and write-offs count against sales.
 * 2. The amount of a record is quantity × unit price; nothing is rounded.
 * 3. Items stand in the order of their codes; codes that differ in case are different.
 * 4. Amounts are summed as they are: records in several currencies are summed up apart.
 *
 * @param records the records, in any order
 * @returns the summary; linear in the records, and n·log n in the items
 * @throws RangeError when a sum lies outside the domain of decimals
 *
 * **Source:** mission 18.1, 12.4b
 * @example
 * ```ts
 * import { calendarDay, decimal, type SalesRecord } from "ordercycle";
 * import { summariseSales } from "ordercycle/reports";
 * const sold: SalesRecord = {
 *   documentNo: "536365", kind: "sale", itemCode: "85123A", quantity: decimal("6"), unitPrice: decimal("2.55"), soldOn: calendarDay("2010-12-01"),
 * };
 * const credit: SalesRecord = { ...sold, documentNo: "C536379", kind: "credit", quantity: decimal("-1") };
 * const summary = summariseSales([sold, credit]);
 * [summary.quantity, summary.amount, summary.byKind.credit.amount]; // => ["5", "12.75", "-2.55"]
 * ```
 */
export function summariseSales(records: readonly SalesRecord[]): SalesSummary {
  const all = startTally();
  const kinds: Readonly<Record<SalesKind, Tally>> = {
    sale: startTally(),
    credit: startTally(),
    writeOff: startTally(),
    adjustment: startTally(),
  };
  const items = new Map<ItemCode, ItemTally>();
  const documents = new Set<string>();
  const customers = new Set<string>();
  const countries = new Set<string>();
  for (const record of records) {
    const { documentNo, kind, itemCode, itemName, quantity, unitPrice, customerCode, country } = record;
    documents.add(documentNo);
    if (customerCode !== undefined) customers.add(customerCode);
    if (country !== undefined) countries.add(country);
    const item = itemOf(items, itemCode);
    item.name ??= itemName;
    const amount = exactProduct(quantity, unitPrice);
    const quantityScale = scaleOf(quantity);
    const quantityUnits = toSafeUnits(quantity, quantityScale);
    const counted: ExactProduct =
      quantityUnits === undefined ? quantity : { units: quantityUnits, scale: quantityScale };
    for (const tally of [all, kinds[kind], item.tally]) {
      tally.records += 1;
      addProduct(tally.quantity, counted);
      addProduct(tally.amount, amount);
    }
  }
  const rows = [...items]
    .map(([itemCode, { tally, name }]) => ({
      itemCode,
      ...(name === undefined ? {} : { itemName: name }),
      ...endTally(tally),
    }))
    .sort((a, b) => compareText(a.itemCode, b.itemCode));
  const sums = endTally(all);
  return {
    ...sums,
    documents: documents.size,
    items: items.size,
    customers: customers.size,
    countries: countries.size,
    byKind: {
      sale: endTally(kinds.sale),
      credit: endTally(kinds.credit),
      writeOff: endTally(kinds.writeOff),
      adjustment: endTally(kinds.adjustment),
    },
    title: "Sales by item",
    columns: [
      { key: "itemCode", heading: "Item", align: "left" },
      { key: "itemName", heading: "Name", align: "left" },
      { key: "records", heading: "Records", align: "right" },
      { key: "quantity", heading: "Quantity", align: "right" },
      { key: "amount", heading: "Amount", align: "right" },
    ],
    rows,
    totals: [sums],
  };
}

function itemOf(items: Map<ItemCode, ItemTally>, itemCode: ItemCode): ItemTally {
  const known = items.get(itemCode);
  if (known !== undefined) return known;
  const item = { tally: startTally(), name: undefined };
  items.set(itemCode, item);
  return item;
}

function startTally(): Tally {
  return { records: 0, quantity: startSum(), amount: startSum() };
}

function endTally({ records, quantity, amount }: Tally): SalesSum {
  return { records, quantity: endSum(quantity), amount: endSum(amount) };
}
