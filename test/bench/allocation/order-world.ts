import type { AllocationPolicy } from "../../../src/allocation/allocation-policy.js";
import type { NearestSourcing } from "../../../src/allocation/sourcing-policy.js";
import { USUAL_PRIORITY } from "../../../src/allocation/allocation-policy.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { fromUnits, ONE, ZERO } from "../../../src/core/decimal.js";
import { fromEpochMilliseconds } from "../../../src/core/instant.js";
import { BUCKETS } from "../../../src/model/bucket.js";
import type { Order } from "../../../src/model/order.js";
import type { OrderLine, Quantities } from "../../../src/model/order-line.js";
import type { StockPosition } from "../../../src/model/stock.js";
import type { ColumnWorld } from "./column-world.js";

/** The batch as a host holds it: orders, stock and the policy. */
export interface OrderWorld {
  /** Confirmed orders, nothing allocated yet. */
  readonly orders: readonly Order[];
  /** Stock, one position for each lot. */
  readonly stock: readonly StockPosition[];
  /** Usual priority, nearest warehouse, first in, first out. */
  readonly policy: AllocationPolicy & { readonly sourcing: NearestSourcing };
}

export const TODAY = calendarDay("2026-03-02");
const GRADES = ["A", "B", "C", "D", "E"];
const FIRST_MINUTE = Date.UTC(2026, 0, 1) / 60_000;

/** Names of a line and a lot, the same for every contender. */
export const lineIdOf = (order: number, lineNo: number): string => `SO-${String(order).padStart(7, "0")}-${lineNo}`;
export const lotNoOf = (lot: number): string => `L${String(lot).padStart(8, "0")}`;
const warehouseIdOf = (warehouse: number): string => `W${warehouse}`;
const areaPathOf = (area: number): readonly string[] => ["region", `area-${area}`];

/** Builds the objects. Nothing is shared between orders, as after reading them from JSON. */
export function orderWorld(world: ColumnWorld): OrderWorld {
  const orders: Order[] = [];
  for (let order = 0; order < world.orders; order++) orders.push(orderOf(world, order));
  const stock: StockPosition[] = [];
  for (let lot = 0; lot < world.lotItem.length; lot++) {
    stock.push({
      itemCode: itemCodeOf(world.lotItem[lot] as number),
      warehouseId: warehouseIdOf(world.lotWarehouse[lot] as number),
      lotNo: lotNoOf(lot),
      onHand: fromUnits(world.lotUnits[lot] as number, 0),
      reserved: ZERO,
      picked: ZERO,
      inTransit: ZERO,
      inbound: ZERO,
      onOrder: ZERO,
      receivedOn: calendarDay(
        new Date(Date.UTC(2026, 0, 1 + (world.lotDay[lot] as number))).toISOString().slice(0, 10),
      ),
      expiresOn: calendarDay("2027-06-30"),
    });
  }
  return { orders, stock, policy: policyOf(world) };
}

function itemCodeOf(item: number): string {
  return `ITEM-${String(item).padStart(6, "0")}`;
}

function orderOf(world: ColumnWorld, order: number): Order {
  const cents = world.orderCents[order] as number;
  const amount = fromUnits(cents, 2);
  const begin = world.firstLine[order] as number;
  const end = world.firstLine[order + 1] as number;
  const lines: OrderLine[] = [];
  for (let line = begin; line < end; line++) {
    const quantity = fromUnits(world.lineUnits[line] as number, 0);
    const quantities = Object.fromEntries(BUCKETS.map((bucket) => [bucket, ZERO])) as Record<string, string>;
    quantities.open = quantity;
    lines.push({
      lineId: lineIdOf(order, line - begin + 1),
      lineNo: line - begin + 1,
      itemCode: itemCodeOf(world.lineItem[line] as number),
      itemName: `Article ${world.lineItem[line] as number}`,
      transactionCategory: "sale",
      orderedQty: quantity,
      uom: "EA",
      unitFactor: { numerator: ONE, denominator: ONE },
      baseUom: "EA",
      unitPrice: ONE,
      allowance: ZERO,
      lineAmount: quantity,
      quantities: quantities as unknown as Quantities,
      reservations: [],
      shortages: [],
      promises: [],
      invoicedQty: ZERO,
      partialAllowed: true,
      shortagePolicy: "backfillOnArrival",
    });
  }
  const receivedAt = fromEpochMilliseconds((FIRST_MINUTE + (world.orderMinute[order] as number)) * 60_000);
  return {
    orderNo: `SO-${String(order).padStart(7, "0")}`,
    version: 5,
    status: "confirmed",
    stage: "confirmed",
    header: {
      orderDate: calendarDay(receivedAt.slice(0, 10)),
      receivedAt,
      customerCode: `C-${order % 5000}`,
      customerName: `Customer ${order % 5000}`,
      customerClass: GRADES[world.orderClass[order] as number] as string,
      creditRating: GRADES[world.orderGrade[order] as number] as string,
      shipToAddress: { street: `${order} Harbour Road`, city: "Hamburg", postalCode: "20457", country: "DE" },
      deliveryAreaPath: areaPathOf(world.orderArea[order] as number),
      currency: "EUR",
      charges: [],
    },
    lines,
    holds: [],
    totals: { gross: amount, allowances: ZERO, net: amount, charges: ZERO, payable: amount },
    billing: { invoicedAmount: ZERO, collectedAmount: ZERO, invoices: [], payments: [] },
    provenance: { customerClass: "master" },
  };
}

function policyOf({ areas, warehouses, nearness }: ColumnWorld): OrderWorld["policy"] {
  const rows = Array.from({ length: areas }, (_, area) => {
    const ids = Array.from({ length: warehouses }, (_, warehouse) => warehouse).sort(
      (a, b) => (nearness[area * warehouses + a] as number) - (nearness[area * warehouses + b] as number),
    );
    return { areaPath: areaPathOf(area), warehouseIds: ids.map(warehouseIdOf) };
  });
  return {
    priority: USUAL_PRIORITY,
    sourcing: { kind: "nearest", areas: rows, otherwise: [] },
    lots: "fifo",
  };
}
