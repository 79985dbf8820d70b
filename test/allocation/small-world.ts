import fc, { type Arbitrary } from "fast-check";
import type { AllocationPolicy, FieldKey } from "../../src/allocation/allocation-policy.js";
import type { NearestSourcing } from "../../src/allocation/sourcing-policy.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import type { Order } from "../../src/model/order.js";
import { stockKey, type StockPosition } from "../../src/model/stock.js";
import { anyOrder, anyStock, type AnyOrderLine } from "../../src/testing/index.js";

/** Few orders that quarrel over few lots. */
export interface SmallWorld {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
  readonly policy: NearestPolicy;
}

/** A policy that the clerk with the pencil knows. */
export type NearestPolicy = AllocationPolicy & { readonly sourcing: NearestSourcing };

/** Whether an order waits as a whole for what also waits for another order: what of it waits changes with the others. */
export function waitsForAnother({ lines }: Order): boolean {
  const shortages = lines.flatMap((line) => line.shortages);
  return shortages.some(({ mode }) => mode === "wholeOrder") && shortages.some(({ mode }) => mode === "withNextOrder");
}

export const TODAY = calendarDay("2026-03-02");

const DAYS = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-05", "2026-03-09", "2026-03-20"];
const LATER = ["2026-03-20", "2026-03-30", "2026-04-10", "2026-05-01", "2026-06-01"];
const KEYS: readonly FieldKey["key"][] = [
  "promisedClass",
  "customerClass",
  "creditRating",
  "orderAmount",
  "orderQuantity",
  "requestedDeliveryDate",
  "orderDate",
  "receivedAt",
  "orderNo",
  "customerType",
  "customerCode",
  "orderLines",
  "promisedDate",
  "deliveryWave",
  "channel",
  "orderSource",
  "waitingSince",
];

/**
 * Worlds with everything that decides who gets what: lots, life, owners, steps, holds, shortages, areas. Plenty is drawn from
 * lists, since arrays and numbers of fast-check like to be small, and worlds without goods, or without orders for them, prove
 * little: in 500 worlds (seed 1) 715 of 2,873 lines are served in full or in part, 151 come too late, 407 wait with their order.
 */
export function smallWorld(): Arbitrary<SmallWorld> {
  return fc.record(
    {
      orders: fc
        .array(orderPart(), { minLength: 1, maxLength: 5, size: "max" })
        .map((parts) => parts.map((part, place) => orderOf(part, `SO-${place + 1}`))),
      stock: fc
        .uniqueArray(position(), {
          minLength: 3,
          maxLength: 12,
          size: "max",
          selector: (place) => stockKey(place.itemCode, place),
        })
        .map((parts) => parts.flatMap((part) => anyStock(part))),
      policy: policyOf(),
    },
    { noNullPrototype: true },
  );
}

export function policyOf(): Arbitrary<NearestPolicy> {
  const names = ["NORTH", "SOUTH", "EAST"];
  const warehouses = fc.oneof(
    { weight: 5, arbitrary: fc.shuffledSubarray(names, { minLength: 2 }) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...names), { maxLength: 4 }) },
  );
  const areaPath = fc.constantFrom(["hamburg"], ["hamburg", "harbour"], ["bremen"], []);
  return fc.record(
    {
      priority: fc.array(
        fc.record(
          {
            key: fc.constantFrom(...KEYS),
            direction: fc.constantFrom("ascending" as const, "descending" as const),
            nulls: fc.constantFrom("first" as const, "last" as const),
          },
          { noNullPrototype: true, requiredKeys: ["key", "direction"] },
        ),
        { maxLength: 3 },
      ),
      sourcing: fc.record(
        {
          kind: fc.constant("nearest" as const),
          areas: fc.uniqueArray(fc.record({ areaPath, warehouseIds: warehouses }, { noNullPrototype: true }), {
            maxLength: 3,
            selector: ({ areaPath: path }) => path.join("/"),
          }),
          otherwise: warehouses,
        },
        { noNullPrototype: true },
      ),
      lots: fc.constantFrom("fifo" as const, "fefo" as const, "lifo" as const),
    },
    { noNullPrototype: true },
  );
}

/** Up to so much, seldom nothing. */
function quantity(max: number): Arbitrary<string> {
  const whole = Array.from({ length: max + 1 }, (_, figure) => `${figure}`);
  return fc
    .tuple(fc.constantFrom(...whole), fc.constantFrom("", "", "", ".5", ".25"))
    .map(([figure, part]) => `${figure}${part}`);
}

/** What is to be rare: nothing in most cases. */
function seldom<Value>(most: Value, ...others: readonly Value[]): Arbitrary<Value> {
  return fc.constantFrom(...others.flatMap((other) => [most, most, most, other]));
}

function position() {
  return fc
    .tuple(
      fc.constantFrom("TEA", "TEA", "SALT"),
      fc.constantFrom("NORTH", "NORTH", "SOUTH", "EAST"),
      fc.constantFrom({}, { binId: "B-1" }, { binId: "B-2" }),
      fc.constantFrom({}, { lotNo: "L-1" }, { lotNo: "L-2" }, { lotNo: "L-3" }),
      seldom({}, { owner: "C-1" }, { owner: "C-2" }),
      seldom({}, { condition: "held" as const }, { condition: "available" as const }),
      fc.constantFrom({}, ...DAYS.map((receivedOn) => ({ receivedOn }))),
      fc.constantFrom({}, {}, {}, ...[...DAYS, ...LATER].map((expiresOn) => ({ expiresOn }))),
      quantity(9),
      fc.constantFrom(0, 1, 2, 3),
    )
    .map(([itemCode, warehouseId, bin, lot, owner, condition, received, expires, free, reserved]) => ({
      itemCode,
      warehouseId,
      ...bin,
      ...lot,
      ...owner,
      ...condition,
      ...received,
      ...expires,
      onHand: `${Number(free) + reserved}`,
      reserved: `${reserved}`,
    }));
}

interface OrderPart {
  readonly stage: "confirmed" | "entered";
  readonly header: Parameters<typeof anyOrder>[0] extends infer Part ? NonNullable<Part> : never;
  readonly lines: readonly AnyOrderLine[];
  readonly hold: "none" | "order" | "line" | "other" | "past";
  readonly isPriced: boolean;
}

function orderPart(): Arbitrary<OrderPart> {
  const header = fc.record(
    {
      customerClass: fc.constantFrom("A", "B"),
      creditRating: fc.constantFrom("A", "B"),
      requestedDeliveryDate: fc.constantFrom(...DAYS.slice(0, 4), ...DAYS),
      preBooked: fc.boolean(),
    },
    { noNullPrototype: true, requiredKeys: [] },
  );
  const given = fc.tuple(
    fc.constantFrom("C-1", "C-1", "C-2", "C-3"),
    fc.constantFrom(["hamburg", "harbour"], ["hamburg"], ["bremen", "north"], []),
    fc.constantFrom("2026-03-02T08:00:00.000Z", "2026-03-01T08:00:00.000Z"),
    fc.constantFrom("2026-03-01", "2026-03-02"),
  );
  return fc
    .tuple(
      fc.constantFrom(...Array.from({ length: 7 }, () => "confirmed" as const), "entered" as const),
      header,
      given,
      fc.array(linePart(), { minLength: 1, maxLength: 4, size: "max" }),
      fc.constantFrom(
        ...Array.from({ length: 12 }, () => "none" as const),
        "order" as const,
        "line" as const,
        "line" as const,
        "other" as const,
        "past" as const,
      ),
      fc.boolean(),
    )
    .map(([stage, optional, [customerCode, deliveryAreaPath, receivedAt, orderDate], lines, hold, isPriced]) => ({
      stage,
      header: { header: { ...optional, customerCode, deliveryAreaPath, receivedAt, orderDate } },
      lines,
      hold,
      isPriced,
    }));
}

function linePart(): Arbitrary<AnyOrderLine> {
  return fc
    .tuple(
      fc.constantFrom(...Array.from({ length: 7 }, () => "TEA"), "SALT", "SALT", "SALT", "SALT", "RICE"),
      fc.tuple(
        quantity(9),
        quantity(4),
        fc.constantFrom(...Array.from({ length: 14 }, () => "0"), "1", "2.5"),
        fc.constantFrom(0, 1, 2, 3),
      ),
      fc.constantFrom(
        "leaveOpen" as const,
        "backfillOnArrival" as const,
        "backfillWithNextOrder" as const,
        "cancelRemainder" as const,
      ),
      fc.constantFrom(true, true, false),
      fc.constantFrom({}, {}, { quantum: "1" }, { quantum: "2.5" }, { quantum: "4" }),
      fc.constantFrom(
        {},
        {},
        { minimumRemainingLifeDays: 0 },
        { minimumRemainingLifeDays: 2 },
        { minimumRemainingLifeDays: 7 },
      ),
      seldom("sale" as const, "depositDraw" as const, "sale" as const),
    )
    .map(([itemCode, [open, backfill, deferred, cancelled], shortagePolicy, partialAllowed, step, life, category]) => {
      // A line goes short in one way only, as its policy says. Its whole wish counts for an all-or-nothing line, so
      // nothing is deferred where a run may take a part of the wish away.
      const mode = shortagePolicy === "backfillWithNextOrder" ? "withNextOrder" : "onArrival";
      const isBackfilled = shortagePolicy.startsWith("backfill") && Number(backfill) > 0;
      const isWishKept = shortagePolicy === "leaveOpen" || shortagePolicy === "backfillOnArrival";
      const isDeferred = (partialAllowed || isWishKept) && Number(deferred) > 0;
      return {
        itemCode,
        transactionCategory: category,
        partialAllowed,
        shortagePolicy,
        ...step,
        ...life,
        quantities: {
          open,
          cancelled: `${cancelled + 1}`,
        },
        shortages: [
          ...(isBackfilled ? [{ bucket: "backfill" as const, quantity: backfill, mode } as const] : []),
          ...(isDeferred ? [{ bucket: "deferred" as const, quantity: deferred, mode: "wholeOrder" } as const] : []),
        ],
      };
    });
}

function orderOf({ stage, header, lines, hold, isPriced }: OrderPart, orderNo: string): Order {
  const blocks = hold === "other" ? (["pick"] as const) : (["pick", "allocate"] as const);
  const state = hold === "past" ? "resolved" : "active";
  return anyOrder({
    orderNo,
    stage,
    ...header,
    lines,
    ...(isPriced ? {} : { totals: null }),
    holds:
      hold === "none" ? [] : [{ blocks: [...blocks], state, ...(hold === "line" ? { lineId: `${orderNo}-1` } : {}) }],
  });
}
