import { divide, fromUnits, sum, type Decimal } from "../core/decimal.js";
import { millisecondsBetween, type Instant } from "../core/instant.js";
import type { CustomerCode, ItemCode, OrderNo, Uom } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { ShortageCause } from "../model/order-line.js";
import { compareText } from "../core/compare-text.js";
import { groupRows, sumColumns } from "./group-rows.js";
import { orderFiles, type ShortageRow } from "./order-files.js";
import type { Table } from "./table.js";

/** What a customer still waits for of one item. */
export interface ShortageListRow {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Name of the item as on the first of the orders. */
  readonly itemName: string;
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Short quantity in the base unit. */
  readonly quantity: Decimal;
  /** The base unit. */
  readonly baseUom: Uom;
  /** Orders that wait, in the order of their numbers. */
  readonly orderNos: readonly OrderNo[];
  /** Where the shortages were found, each cause once, in the order of the work. */
  readonly causes: readonly ShortageCause[];
  /** When the oldest was found. */
  readonly since: Instant;
  /** Days since then, rounded to a tenth. */
  readonly waitingDays: Decimal;
}

/** When the list is looked at. */
export interface ShortageListOptions {
  /** Instant up to which the waiting counts. */
  readonly asOf: Instant;
}

const CAUSES: readonly ShortageCause[] = ["allocation", "pick", "load", "delivery"];
const DAY_MS = 86_400_000;

/**
 * Lists what is short, by item and customer.
 *
 * **Rules**
 * 1. The list is the shortage file of {@link orderFiles}, one row for each item, customer and base unit.
 * 2. Rows stand in the order of item codes, then of customer codes.
 * 3. Waiting runs from the oldest shortage of the row to `asOf`; a shortage found later has waited 0 days.
 * 4. Totals: one line for each item and base unit.
 *
 * @param orders orders, each once
 * @param options instant up to which the waiting counts
 * @returns the list
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 13.3, 12.2a
 * @example
 * ```ts
 * import { instant } from "ordercycle";
 * import { shortageList } from "ordercycle/reports";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { backfill: "3" } }, { quantities: { deferred: "4" } }] });
 * const [row] = shortageList([order], { asOf: instant("2026-03-04T09:00:00Z") }).rows;
 * [row!.itemCode, row!.customerCode, row!.quantity, row!.waitingDays]; // => ["TEA", "C-100", "7", "2"]
 * ```
 */
export function shortageList(orders: readonly Order[], options: ShortageListOptions): Table<ShortageListRow> {
  const rows = groupRows(orderFiles(orders).shortage, keyOf)
    .map(([, group]) => rowOf(group, options.asOf))
    .sort(
      (a, b) =>
        compareText(a.itemCode, b.itemCode) ||
        compareText(a.customerCode, b.customerCode) ||
        compareText(a.baseUom, b.baseUom),
    );
  return {
    title: "Shortage list",
    columns: [
      { key: "itemCode", heading: "Item", align: "left" },
      { key: "itemName", heading: "Name", align: "left" },
      { key: "customerCode", heading: "Customer", align: "left" },
      { key: "quantity", heading: "Short", align: "right" },
      { key: "baseUom", heading: "Unit", align: "left" },
      { key: "waitingDays", heading: "Waiting d", align: "right" },
      { key: "causes", heading: "Found at", align: "left" },
      { key: "orderNos", heading: "Orders", align: "left" },
    ],
    rows,
    totals: groupRows(rows, ({ itemCode, baseUom }) => JSON.stringify([itemCode, baseUom])).map(([, group]) => {
      const { itemCode, baseUom } = group[0]!;
      return { itemCode, baseUom, ...sumColumns(group, ["quantity"]) };
    }),
  };
}

function keyOf({ itemCode, customerCode, baseUom }: ShortageRow): string {
  return JSON.stringify([itemCode, customerCode, baseUom]);
}

function rowOf(group: readonly ShortageRow[], asOf: Instant): ShortageListRow {
  const { itemCode, itemName, customerCode, baseUom } = group[0]!;
  const since = group.map((row) => row.since).reduce((oldest, each) => (each < oldest ? each : oldest));
  const waited = Math.max(0, millisecondsBetween(since, asOf));
  return {
    itemCode,
    itemName,
    customerCode,
    quantity: sum(group.map(({ quantity }) => quantity)),
    baseUom,
    orderNos: [...new Set(group.map(({ orderNo }) => orderNo))].sort(compareText),
    causes: CAUSES.filter((cause) => group.some((row) => row.cause === cause)),
    since,
    waitingDays: divide(fromUnits(waited, 0), fromUnits(DAY_MS, 0), 1, "halfUp"),
  };
}
