import { add, divide, fromUnits, isPositive, sum, ZERO, type Decimal } from "../core/decimal.js";
import { millisecondsBetween, type Instant } from "../core/instant.js";
import type { Bucket } from "../model/bucket.js";
import type { CustomerCode, OrderNo, SalespersonCode, Uom } from "../model/ids.js";
import type { Order, OrderStage, OrderStatus } from "../model/order.js";
import { ordersOnce } from "../model/orders-once.js";
import { holds } from "../model/status-of.js";
import { compareText } from "../core/compare-text.js";
import { groupRows, sumColumns } from "./group-rows.js";
import type { Table } from "./table.js";

/** That an order has come further with a part than with the rest, or waits for goods. */
export type OrderFlag = "partlyAllocated" | "partlyPicked" | "partlyShipped" | "partlyDelivered" | "hasShortage";

/** An order in the order status list. Quantities are there when all lines have one base unit. */
export interface OrderStatusRow {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Status. */
  readonly status: OrderStatus;
  /** How far its papers have come. */
  readonly stage: OrderStage;
  /** Number of lines. */
  readonly lines: number;
  /** Number of lines with quantity that waits as a shortage. */
  readonly shortLines: number;
  /** Base unit of the quantities. */
  readonly baseUom?: Uom;
  /** Waits for a decision, in the base unit. */
  readonly open?: Decimal;
  /** Reserved in stock. */
  readonly allocated?: Decimal;
  /** Taken from its bin. */
  readonly picked?: Decimal;
  /** On its way. */
  readonly shipped?: Decimal;
  /** Accepted by the customer. */
  readonly delivered?: Decimal;
  /** Came back or was refused. */
  readonly returned?: Decimal;
  /** Short and still to be served, back-filled or deferred. */
  readonly short?: Decimal;
  /** Went over to another order. */
  readonly merged?: Decimal;
  /** Will never come. */
  readonly cancelled?: Decimal;
  /** Hours since the order reached us, rounded to a tenth. */
  readonly ageHours: Decimal;
  /** Salesperson who looks after it. */
  readonly owner?: SalespersonCode;
  /** Parts that are ahead of the rest, and shortages. */
  readonly flags: readonly OrderFlag[];
}

/** When the list is looked at. */
export interface OrderStatusListOptions {
  /** Instant up to which ages count. */
  readonly asOf: Instant;
}

const PASSED: readonly (readonly [OrderFlag, readonly Bucket[], readonly Bucket[]])[] = [
  ["partlyAllocated", ["allocated", "picked", "shipped", "delivered", "returned"], ["open", "backfill", "deferred"]],
  ["partlyPicked", ["picked", "shipped", "delivered", "returned"], ["open", "backfill", "deferred", "allocated"]],
  ["partlyShipped", ["shipped", "delivered", "returned"], ["open", "backfill", "deferred", "allocated", "picked"]],
  ["partlyDelivered", ["delivered"], ["open", "backfill", "deferred", "allocated", "picked", "shipped"]],
];
const HOUR_MS = 3_600_000;
const QUANTITIES = [
  "open",
  "allocated",
  "picked",
  "shipped",
  "delivered",
  "returned",
  "short",
  "merged",
  "cancelled",
] as const;

/**
 * Lists every order with its status, its quantities, its age and who looks after it.
 *
 * **Rules**
 * 1. Every given order is listed once, oldest receipt first, then by order number.
 * 2. Quantities are summed over the lines of an order only where all of them have the same base unit; otherwise the
 *    quantities are left out, since pieces and kilograms have no sum.
 * 3. Age runs from the receipt of the order to `asOf`; an order received later has age 0.
 * 4. A flag `partly…` says that some of the order has come as far and some has not; what was cancelled or merged does
 *    not count. `hasShortage`: something is back-filled or deferred.
 * 5. Totals: one line for each base unit, in the order of their codes, over the orders whose quantities are shown.
 *
 * @param orders orders, each once
 * @param options instant up to which ages count
 * @returns the list
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 13.1
 * @example
 * ```ts
 * import { instant } from "ordercycle";
 * import { orderStatusList } from "ordercycle/reports";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "6" } }] });
 * const [row] = orderStatusList([order], { asOf: instant("2026-03-02T20:00:00Z") }).rows;
 * [row!.status, row!.open, row!.picked, row!.ageHours]; // => ["confirmed", "4", "6", "12"]
 * row!.flags; // => ["partlyAllocated", "partlyPicked"]
 * ```
 */
export function orderStatusList(orders: readonly Order[], options: OrderStatusListOptions): Table<OrderStatusRow> {
  const rows = [...ordersOnce(orders)]
    .sort((a, b) => compareText(a.header.receivedAt, b.header.receivedAt) || compareText(a.orderNo, b.orderNo))
    .map((order) => rowOf(order, options.asOf));
  return {
    title: "Order status list",
    columns: [
      { key: "orderNo", heading: "Order", align: "left" },
      { key: "customerCode", heading: "Customer", align: "left" },
      { key: "status", heading: "Status", align: "left" },
      { key: "lines", heading: "Lines", align: "right" },
      { key: "baseUom", heading: "Unit", align: "left" },
      { key: "open", heading: "Open", align: "right" },
      { key: "allocated", heading: "Alloc.", align: "right" },
      { key: "picked", heading: "Picked", align: "right" },
      { key: "shipped", heading: "Shipped", align: "right" },
      { key: "delivered", heading: "Deliv.", align: "right" },
      { key: "short", heading: "Short", align: "right" },
      { key: "ageHours", heading: "Age h", align: "right" },
      { key: "owner", heading: "Owner", align: "left" },
      { key: "flags", heading: "Flags", align: "left" },
    ],
    rows,
    totals: totalsOf(rows),
  };
}

function rowOf(order: Order, asOf: Instant): OrderStatusRow {
  const { orderNo, status, stage, lines, header } = order;
  const baseUom = lines[0]?.baseUom;
  const isOneUnit = baseUom !== undefined && lines.every((line) => line.baseUom === baseUom);
  const age = Math.max(0, millisecondsBetween(header.receivedAt, asOf));
  return {
    orderNo,
    customerCode: header.customerCode,
    status,
    stage,
    lines: lines.length,
    shortLines: lines.filter(({ quantities }) => isPositive(quantities.backfill) || isPositive(quantities.deferred))
      .length,
    ...(isOneUnit ? { baseUom, ...quantitiesOf(order) } : {}),
    ageHours: divide(fromUnits(age, 0), fromUnits(HOUR_MS, 0), 1, "halfUp"),
    ...(header.salespersonCode === undefined ? {} : { owner: header.salespersonCode }),
    flags: flagsOf(order),
  };
}

function quantitiesOf({ lines }: Order): Required<Pick<OrderStatusRow, (typeof QUANTITIES)[number]>> {
  const total = (bucket: Bucket): Decimal => sum(lines.map(({ quantities }) => quantities[bucket]));
  return {
    open: total("open"),
    allocated: total("allocated"),
    picked: total("picked"),
    shipped: total("shipped"),
    delivered: total("delivered"),
    returned: total("returned"),
    short: add(total("backfill"), total("deferred")),
    merged: total("merged"),
    cancelled: total("cancelled"),
  };
}

function flagsOf({ lines }: Order): OrderFlag[] {
  const any = (buckets: readonly Bucket[]): boolean => buckets.some((bucket) => holds(lines, bucket));
  const partly = PASSED.filter(([, passed, behind]) => any(passed) && any(behind)).map(([flag]) => flag);
  return any(["backfill", "deferred"]) ? [...partly, "hasShortage"] : partly;
}

function totalsOf(rows: readonly OrderStatusRow[]): Partial<OrderStatusRow>[] {
  const inOneUnit = rows.filter(({ baseUom }) => baseUom !== undefined);
  return groupRows(inOneUnit, ({ baseUom }) => baseUom ?? "").map(([baseUom, group]) => {
    const complete = group.map((row) => Object.fromEntries(QUANTITIES.map((key) => [key, row[key] ?? ZERO]))) as Record<
      (typeof QUANTITIES)[number],
      Decimal
    >[];
    return {
      baseUom,
      lines: group.reduce((total, { lines }) => total + lines, 0),
      ...sumColumns(complete, QUANTITIES),
    };
  });
}
