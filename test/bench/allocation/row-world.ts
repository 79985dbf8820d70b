import type { RowPolicy } from "../../../src/allocation/rows/allocation-rows.js";
import { lineIdOf, lotNoOf, TODAY } from "./order-world.js";
import type { ColumnWorld } from "./column-world.js";

/** A line as a driver of SQL gives it. */
interface LineRow {
  readonly id: string;
  readonly sku: string;
  readonly qty: number;
}

/** An order with its lines. */
export interface OrderRow {
  readonly id: string;
  readonly class: string;
  readonly amount: number;
  readonly grade: number;
  readonly receivedAt: string;
  readonly region: string;
  readonly lines: readonly LineRow[];
}

/** A lot. */
export interface LotRow {
  readonly id: string;
  readonly sku: string;
  readonly warehouse: string;
  readonly qty: number;
  readonly receivedOn: string;
  readonly expiresOn: string;
}

/** The batch as rows. */
export interface RowWorld {
  readonly orders: readonly OrderRow[];
  readonly lots: readonly LotRow[];
  /** Order of service, warehouses by area, and names of the fields. */
  readonly policy: RowPolicy;
}

const CLASSES = ["A", "B", "C", "D", "E"];

/** Builds the rows. Nothing is shared between them, as after reading them from JSON. */
export function rowWorld(world: ColumnWorld): RowWorld {
  const { areas, warehouses, nearness, lotItem, lotWarehouse, lotUnits, lotDay } = world;
  const skuOf = (item: number): string => `SKU${String(item).padStart(6, "0")}`;
  const regionOf = (area: number): string => `R${String(area).padStart(2, "0")}`;
  const orders: OrderRow[] = [];
  for (let order = 0; order < world.orders; order++) {
    const lines: LineRow[] = [];
    const begin = world.firstLine[order] as number;
    for (let line = begin; line < (world.firstLine[order + 1] as number); line++) {
      const sku = skuOf(world.lineItem[line] as number);
      lines.push({ id: lineIdOf(order, line - begin + 1), sku, qty: world.lineUnits[line] as number });
    }
    orders.push({
      id: `SO-${String(order).padStart(7, "0")}`,
      class: CLASSES[world.orderClass[order] as number] as string,
      amount: world.orderCents[order] as number,
      grade: world.orderGrade[order] as number,
      receivedAt: new Date(Date.UTC(2026, 0, 1) + (world.orderMinute[order] as number) * 60_000).toISOString(),
      region: regionOf(world.orderArea[order] as number),
      lines,
    });
  }
  const lots = Array.from(lotItem, (item, lot): LotRow => ({
    id: lotNoOf(lot),
    sku: skuOf(item),
    warehouse: `W${lotWarehouse[lot]}`,
    qty: lotUnits[lot] as number,
    receivedOn: new Date(Date.UTC(2026, 0, 1 + (lotDay[lot] as number))).toISOString().slice(0, 10),
    expiresOn: "2027-06-30",
  }));
  const nearest = Object.fromEntries(
    Array.from({ length: areas }, (_, area) => {
      const distance = (warehouse: number): number => nearness[area * warehouses + warehouse] as number;
      const ids = Array.from({ length: warehouses }, (_, warehouse) => warehouse).sort(
        (a, b) => distance(a) - distance(b),
      );
      return [regionOf(area), ids.map((warehouse) => `W${warehouse}`)];
    }),
  );
  return {
    orders,
    lots,
    policy: {
      priority: [
        { column: "class", direction: "ascending" },
        { column: "amount", direction: "descending" },
        { column: "grade", direction: "ascending" },
        { column: "receivedAt", direction: "ascending" },
      ],
      nearest,
      lots: "fifo",
      mustOutlive: TODAY,
      names: {
        order: { orderNo: "id", area: "region" },
        line: { lineId: "id", itemCode: "sku", quantity: "qty" },
        lot: { lotId: "id", itemCode: "sku", warehouseId: "warehouse", quantity: "qty" },
      },
    },
  };
}
