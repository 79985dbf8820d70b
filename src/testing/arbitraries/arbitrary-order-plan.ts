import {
  array,
  boolean,
  constantFrom,
  constant,
  integer,
  nat,
  oneof,
  option,
  tuple,
  uniqueArray,
  type Arbitrary,
} from "fast-check";
import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import { BUCKETS, type Bucket, type ShortBucket } from "../../model/bucket.js";
import type { Currency } from "../../model/ids.js";
import type { Hold, OrderStage } from "../../model/order.js";
import type { LinePromise, OrderLine } from "../../model/order-line.js";
import { stockKey, type StockSource } from "../../model/stock.js";
import { arbitraryCalendarDay } from "./arbitrary-calendar-day.js";
import { arbitraryDecimal } from "./arbitrary-decimal.js";
import { arbitraryInstant } from "./arbitrary-instant.js";
import { ARBITRARY_ITEMS } from "./arbitrary-item.js";
import { arbitrarySource } from "./arbitrary-stock.js";
import { plainRecord } from "./plain-record.js";

/** How far an order has come. */
export type OrderLife = "fresh" | "planned" | "reserved" | "ready" | "mixed" | "underway" | "finished" | "givenUp";

/** Which buckets of its lines may hold something. */
export const LIFE_BUCKETS: Readonly<Record<OrderLife, readonly Bucket[]>> = {
  fresh: ["open"],
  planned: ["open", "allocated", "backfill", "deferred", "merged", "cancelled"],
  reserved: ["allocated", "picked", "backfill", "cancelled"],
  ready: ["picked", "shipped", "delivered", "backfill"],
  mixed: BUCKETS,
  underway: ["shipped", "delivered", "returned", "cancelled"],
  finished: ["delivered", "returned", "merged", "cancelled"],
  givenUp: ["merged", "cancelled"],
};

/** What a line holds at one place, in smallest steps of its item. */
interface PlannedPlace {
  /** Place. */
  readonly source: StockSource;
  /** Allocated, picked, shipped, delivered and returned, in steps. */
  readonly steps: readonly number[];
  /** Whether what is picked stands on the vehicle. */
  readonly isLoaded: boolean;
}

/** A shortage of a line, in smallest steps of its item. */
interface PlannedShortage extends Pick<OrderLine["shortages"][number], "cause" | "mode" | "reason"> {
  /** Bucket. */
  readonly bucket: ShortBucket;
  /** Short quantity in steps. */
  readonly steps: number;
  /** When it was found. */
  readonly since: Instant;
}

/** A line before its parts are made to agree. */
export interface LinePlan extends Pick<OrderLine, "transactionCategory" | "partialAllowed" | "shortagePolicy"> {
  /** Wishes for lots and groups. */
  readonly wishes: Pick<OrderLine, "deliveryGroup" | "lotNo" | "oneLotOnly">;
  /** Index of the item. */
  readonly item: number;
  /** Whether it was ordered in the item's further unit. */
  readonly isInFurtherUnit: boolean;
  /** What it holds where. */
  readonly places: readonly PlannedPlace[];
  /** What is short. */
  readonly shortages: readonly PlannedShortage[];
  /** Open, merged and cancelled, in steps. */
  readonly rest: readonly number[];
  /** Money for one unit of the order; null without a price. */
  readonly unitPrice: Decimal | null;
  /** Whether the price was promised to the customer. */
  readonly isPriceAgreed: boolean;
  /** Discount in percent; null without one. */
  readonly percent: number | null;
  /** Dates given. */
  readonly promises: readonly LinePromise[];
}

/** An order before its parts are made to agree. */
export interface OrderPlan {
  /** How far it has come. */
  readonly life: OrderLife;
  /** Stage, where the life leaves a choice. */
  readonly stage: OrderStage;
  /** Version. */
  readonly version: number;
  /** Currency. */
  readonly currency: Currency;
  /** Number of the customer. */
  readonly customer: number;
  /** Customer class. */
  readonly customerClass: string;
  /** When it came. */
  readonly receivedAt: Instant;
  /** Wanted day of delivery; null without one. */
  readonly requestedDeliveryDate: CalendarDay | null;
  /** Freight in whole units of money; null without it. */
  readonly freight: number | null;
  /** Lines. */
  readonly lines: readonly LinePlan[];
  /** Holds: on the order, or on the line of that index. */
  readonly holds: readonly { readonly line: number | null; readonly state: Hold["state"] }[];
  /** What has been billed of the amount to pay and paid of the bill, in percent; null when nothing has. */
  readonly billed: readonly [invoicedPercent: number, paidPercent: number] | null;
}

/** Bounds of an arbitrary order. */
export interface OrderBounds {
  /** Greatest number of lines, at least 1; 4 when absent. */
  readonly maxLines?: number;
  /** Greatest number of smallest steps in a bucket at one place; 60 when absent. */
  readonly maxSteps?: number;
}

/** Orders before their parts are made to agree; see {@link arbitraryOrder}. */
export function arbitraryOrderPlan({ maxLines = 4, maxSteps = 60 }: OrderBounds = {}): Arbitrary<OrderPlan> {
  return plainRecord<OrderPlan>({
    life: constantFrom(
      "fresh",
      "planned",
      "reserved",
      "ready",
      "mixed",
      "mixed",
      "underway",
      "finished",
      "finished",
      "givenUp",
    ),
    stage: constantFrom("entered", "reviewed", "returnedForCorrection", "rejected", "confirmed", "confirmed", "closed"),
    version: integer({ min: 1, max: 30 }),
    currency: constantFrom("EUR", "EUR", "JPY", "KWD"),
    customer: integer({ min: 1, max: 9 }),
    customerClass: constantFrom("A", "B", "C"),
    receivedAt: arbitraryInstant(),
    requestedDeliveryDate: option(arbitraryCalendarDay()),
    freight: option(nat({ max: 50 })),
    lines: array(arbitraryLinePlan(maxSteps), { minLength: 1, maxLength: maxLines }),
    holds: array(
      plainRecord({ line: option(nat({ max: maxLines - 1 })), state: constantFrom("active", "resolved", "rejected") }),
      { maxLength: 2 },
    ),
    billed: option(tuple(integer({ min: 1, max: 100 }), oneof(constant(100), nat({ max: 100 })))),
  });
}

function arbitraryLinePlan(maxSteps: number): Arbitrary<LinePlan> {
  const steps = nat({ max: maxSteps });
  const place = plainRecord<PlannedPlace>({
    source: arbitrarySource(),
    steps: array(steps, { minLength: 5, maxLength: 5 }),
    isLoaded: boolean(),
  });
  const shortage = plainRecord<PlannedShortage>({
    bucket: constantFrom("backfill", "deferred"),
    cause: constantFrom("allocation", "pick", "load", "delivery"),
    mode: constantFrom("onArrival", "withNextOrder", "wholeOrder"),
    reason: constantFrom("sold_out_by_earlier", "empty_stock", "not_found"),
    steps: integer({ min: 1, max: Math.max(1, maxSteps) }),
    since: arbitraryInstant(),
  });
  return plainRecord<LinePlan>({
    item: nat({ max: ARBITRARY_ITEMS.length - 1 }),
    isInFurtherUnit: boolean(),
    places: uniqueArray(place, { maxLength: 3, selector: ({ source }) => stockKey("", source) }),
    shortages: array(shortage, { maxLength: 2 }),
    rest: array(steps, { minLength: 3, maxLength: 3 }),
    unitPrice: option(arbitraryDecimal({ min: "0", max: "100", decimals: 3 }), { freq: 9 }),
    isPriceAgreed: boolean(),
    percent: option(nat({ max: 100 })),
    promises: array(
      plainRecord<LinePromise>({
        day: arbitraryCalendarDay(),
        kind: constantFrom("onHand", "scheduled", "capable", "leadTime"),
        promisedAt: arbitraryInstant(),
      }),
      { maxLength: 2 },
    ),
    transactionCategory: constantFrom("sale", "sale", "gift", "exchange", "backfill", "depositDraw", "sample"),
    partialAllowed: boolean(),
    wishes: oneof<[Arbitrary<LinePlan["wishes"]>, Arbitrary<LinePlan["wishes"]>, Arbitrary<LinePlan["wishes"]>]>(
      constant({}),
      plainRecord({ deliveryGroup: constantFrom("G-1", "G-2") }),
      plainRecord({ lotNo: constantFrom("L-1", "L-2"), oneLotOnly: boolean() }),
    ),
    shortagePolicy: constantFrom(
      "backfillOnArrival",
      "backfillWithNextOrder",
      "leaveOpen",
      "cancelRemainder",
      "deferWholeOrder",
      "mergeIntoNextOrder",
    ),
  });
}
