import type { CalendarDay } from "../core/calendar-day.js";
import { isPositive, type Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import { BUCKETS, isShortBucket, type Bucket, type ShortBucket } from "../model/bucket.js";
import type { CustomerCode, ItemCode, LineId, OrderNo, Uom } from "../model/ids.js";
import type { Order, OrderStage } from "../model/order.js";
import type { LineShortage, OrderLine, ShortageCause, TransactionCategory } from "../model/order-line.js";
import { ordersOnce } from "../model/orders-once.js";

/** A quantity of an order line in one of the files. */
export interface FileRow {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Line. */
  readonly lineId: LineId;
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Name of the item as on the order. */
  readonly itemName: string;
  /** What the line is for. */
  readonly transactionCategory: TransactionCategory;
  /** Bucket in which the quantity is. */
  readonly bucket: Bucket;
  /** Quantity in the base unit, positive. */
  readonly quantity: Decimal;
  /** The base unit. */
  readonly baseUom: Uom;
  /** Day on which the customer wants the goods. */
  readonly requestedDeliveryDate?: CalendarDay;
}

/** A quantity of the shortage file. **Source:** mission 12.2a */
export interface ShortageRow extends FileRow {
  /** Bucket in which it waits. */
  readonly bucket: ShortBucket;
  /** Where the shortage was found. */
  readonly cause: ShortageCause;
  /** When it was found. */
  readonly since: Instant;
  /** Whether it is sent when stock comes, with the customer's next order, or with the whole order later. */
  readonly mode: LineShortage["mode"];
  /** Why, as a code. */
  readonly reason: string;
}

/** Names of the files into which the quantities of all orders fall apart. */
export type OrderFile =
  | "unconfirmed"
  | "rejected"
  | "expectedSales"
  | "allocatedNotShipped"
  | "shortage"
  | "merged"
  | "pickedNotShipped"
  | "inTransit"
  | "sales"
  | "returned"
  | "cancelled"
  | "history";

/** All files, in the order in which quantity normally passes through them. */
export const ORDER_FILES: readonly OrderFile[] = [
  "unconfirmed",
  "rejected",
  "expectedSales",
  "allocatedNotShipped",
  "shortage",
  "merged",
  "pickedNotShipped",
  "inTransit",
  "sales",
  "returned",
  "cancelled",
  "history",
];

/** Orders as the files of the order department. */
export interface OrderFiles extends Readonly<Record<Exclude<OrderFile, "shortage">, readonly FileRow[]>> {
  /** What is short and still to be served, one row for each recorded shortage. */
  readonly shortage: readonly ShortageRow[];
  /** Excerpt of the shortage file: what will be sent after the rest of its order. */
  readonly backfill: readonly ShortageRow[];
}

const FILE_OF_BUCKET: Readonly<Record<Bucket, OrderFile>> = {
  open: "expectedSales",
  allocated: "allocatedNotShipped",
  picked: "pickedNotShipped",
  shipped: "inTransit",
  delivered: "sales",
  returned: "returned",
  backfill: "shortage",
  deferred: "shortage",
  merged: "merged",
  cancelled: "cancelled",
};

/**
 * Says in which file a quantity is: a function of the stage of its order and of its bucket, so in exactly one.
 *
 * | file | orders | buckets | what it is for |
 * |---|---|---|---|
 * | `unconfirmed` | entered, reviewed, returned for correction | all but cancelled, merged | received, nothing decided |
 * | `rejected` | rejected | all | turned down for good |
 * | `expectedSales` | confirmed | open | sold, waits for stock |
 * | `allocatedNotShipped` | confirmed | allocated | has stock, waits to be picked |
 * | `shortage` | confirmed | backfill, deferred | short, will be served later |
 * | `pickedNotShipped` | confirmed | picked | waits for its vehicle |
 * | `inTransit` | confirmed | shipped | on its way, not signed for |
 * | `sales` | confirmed | delivered | signed for; what is receivable comes from here |
 * | `returned` | confirmed | returned | came back or was refused |
 * | `merged` | all but rejected, closed | merged | went over to another order |
 * | `cancelled` | all but rejected, closed | cancelled | will never come |
 * | `history` | closed | all | only reports may touch it |
 *
 * @param stage stage of the order
 * @param bucket bucket of the quantity
 * @returns name of the file
 *
 * **Source:** mission 12.1, 12.2, 12.3, 12.4
 * @example
 * ```ts
 * import { fileOf } from "ordercycle/reports";
 * fileOf("confirmed", "picked"); // => "pickedNotShipped"
 * fileOf("closed", "delivered"); // => "history"
 * ```
 */
export function fileOf(stage: OrderStage, bucket: Bucket): OrderFile {
  if (stage === "closed") return "history";
  if (stage === "rejected") return "rejected";
  if (stage === "confirmed" || bucket === "merged" || bucket === "cancelled") return FILE_OF_BUCKET[bucket];
  return "unconfirmed";
}

/**
 * Sorts the quantities of orders into the files that people work from: what is sold and waits for stock, what has stock,
 * what is short, what is on its way, what was sold.
 *
 * **Rules**
 * 1. Every unit of every line is in exactly one file, by the table of {@link fileOf}: the files together hold what was
 *    ordered.
 * 2. A row is a line's quantity in one bucket; in the shortage file it is one recorded shortage, with cause and date.
 *    Empty quantities have no row.
 * 3. `backfill` repeats the rows of the shortage file whose bucket is `backfill`; it is an excerpt and not a further
 *    file.
 * 4. Rows stand in the order of the given orders, of their lines, and of the buckets.
 *
 * @param orders orders, each once
 * @returns the files; linear in the lines
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 12.1, 12.2, 12.2a, 12.2b, 12.2c, 12.3, 12.4, 12.4a, 12.4b
 * @example
 * ```ts
 * import { orderFiles } from "ordercycle/reports";
 * import { anyOrder } from "ordercycle/testing";
 * const lines = [{ orderedQty: "10", quantities: { allocated: "6", backfill: "1" } }];
 * const files = orderFiles([anyOrder({ stage: "confirmed", lines })]);
 * files.expectedSales.map(({ quantity }) => quantity); // => ["3"]
 * files.shortage.map(({ quantity, cause }) => [quantity, cause]); // => [["1", "allocation"]]
 * ```
 */
export function orderFiles(orders: readonly Order[]): OrderFiles {
  const files = Object.fromEntries(ORDER_FILES.map((file) => [file, [] as FileRow[]])) as Record<OrderFile, FileRow[]>;
  const shortage: ShortageRow[] = [];
  for (const order of ordersOnce(orders)) {
    for (const line of order.lines) {
      for (const bucket of BUCKETS) {
        const quantity = line.quantities[bucket];
        if (!isPositive(quantity)) continue;
        const file = fileOf(order.stage, bucket);
        if (file === "shortage") shortage.push(...shortageRows(order, line, bucket));
        else files[file].push({ ...placeOf(order, line), bucket, quantity });
      }
    }
  }
  return { ...files, shortage, backfill: shortage.filter(({ bucket }) => bucket === "backfill") };
}

function shortageRows(order: Order, line: OrderLine, bucket: Bucket): ShortageRow[] {
  return line.shortages.flatMap((shortage) =>
    shortage.bucket === bucket && isShortBucket(bucket) ? [{ ...placeOf(order, line), ...shortage }] : [],
  );
}

function placeOf(order: Order, line: OrderLine): Omit<FileRow, "bucket" | "quantity"> {
  const { customerCode, requestedDeliveryDate } = order.header;
  const { lineId, itemCode, itemName, transactionCategory, baseUom } = line;
  return {
    orderNo: order.orderNo,
    lineId,
    customerCode,
    itemCode,
    itemName,
    transactionCategory,
    baseUom,
    ...(requestedDeliveryDate === undefined ? {} : { requestedDeliveryDate }),
  };
}
