import fc, { type Arbitrary } from "fast-check";
import type { RowKey, RowPolicy } from "../../src/allocation/rows/allocation-rows.js";
import { calendarDay } from "../../src/core/calendar-day.js";

/** A line as a host has it. */
interface SomeLine {
  readonly lineId: string;
  readonly lineNo: number;
  readonly itemCode: string;
  readonly quantity: string | number;
  readonly quantum?: string | number | null;
  readonly partialAllowed?: boolean | 0 | 1 | null;
}

/** An order as a host has it, with fields for the order of service. */
export interface SomeOrder {
  readonly orderNo: string;
  readonly area: string;
  readonly lines: readonly SomeLine[];
  readonly class?: string | null;
  readonly amount?: string | null;
  readonly rank?: number | null;
}

/** A lot as a host has it. */
export interface SomeLot {
  readonly lotId: string;
  readonly itemCode: string;
  readonly warehouseId: string;
  readonly quantity: string | number;
  readonly receivedOn?: string | null;
  readonly expiresOn?: string | null;
}

/** Rows and how stock is given to them. */
export interface RowWorld {
  readonly orders: readonly SomeOrder[];
  readonly lots: readonly SomeLot[];
  readonly policy: RowPolicy;
}

const ITEMS = ["TEA", "RICE", "SALT"];
const WAREHOUSES = ["NORTH", "SOUTH", "EAST"];
const DAYS = ["2026-02-01", "2026-02-02", "2026-03-02", "2026-03-03", "2026-12-31"];

/** A quantity in one of the ways in which hosts write it. */
function someQuantity(): Arbitrary<string | number> {
  return fc.oneof(
    fc.nat({ max: 9 }),
    fc.nat({ max: 9 }).map(String),
    fc.integer({ min: 0, max: 900 }).map((hundredths) => (hundredths / 100).toFixed(2)),
    fc.constantFrom("0.1", "0.2", "0.3", "007", "1.250", 0.5),
  );
}

function maybe<Value>(value: Arbitrary<Value>): Arbitrary<Value | null> {
  return fc.option(value, { nil: null, freq: 4 });
}

function someKeys(): Arbitrary<RowKey[]> {
  const ranks = {
    direction: fc.constantFrom("ascending" as const, "descending" as const),
    nulls: fc.constantFrom("first" as const, "last" as const),
  };
  return fc.array(
    fc.oneof(
      fc.record({ column: fc.constant("class"), ...ranks }),
      fc.record({ column: fc.constant("class"), ranking: fc.constant(["B", "C"]), ...ranks }),
      fc.record({ column: fc.constant("rank"), ...ranks }),
      fc.record({ column: fc.constant("amount"), compares: fc.constant("decimal" as const), ...ranks }),
    ),
    { maxLength: 3 },
  );
}

/** Small worlds in which much is equal: few items, few days, few classes. */
export function someRowWorld({ isPlain = false } = {}): Arbitrary<RowWorld> {
  const line = fc.record({
    itemCode: fc.constantFrom(...ITEMS),
    quantity: someQuantity(),
    quantum: isPlain ? fc.constant(null) : maybe(fc.constantFrom(1, "2", "0.5", "1.50")),
    partialAllowed: isPlain ? fc.constant(null) : maybe(fc.constantFrom(true, false, 0 as const, 1 as const)),
  });
  const order = fc.record({
    area: fc.constantFrom("HH", "M", "elsewhere"),
    class: maybe(fc.constantFrom("A", "B", "C")),
    amount: maybe(fc.constantFrom("9.50", "10", "10.0", "100.25")),
    rank: maybe(fc.constantFrom(-1, 0, 2.5, 7)),
    lines: fc.array(line, { maxLength: 4 }),
  });
  const lot = fc.record({
    itemCode: fc.constantFrom(...ITEMS, "UNASKED"),
    warehouseId: fc.constantFrom(...WAREHOUSES, "ABROAD"),
    quantity: someQuantity(),
    receivedOn: maybe(fc.constantFrom(...DAYS)),
    expiresOn: maybe(fc.constantFrom(...DAYS)),
  });
  const warehouses = fc.shuffledSubarray(WAREHOUSES);
  return fc
    .record({
      orders: fc.array(order, { maxLength: 6 }),
      lots: fc.array(lot, { maxLength: 9 }),
      priority: someKeys(),
      nearest: fc.record({ HH: warehouses, M: warehouses }),
      otherwise: warehouses,
      rule: fc.constantFrom("fifo" as const, "fefo" as const, "lifo" as const),
    })
    .map(({ orders, lots, rule, ...policy }) => ({
      orders: orders.map((one, place) => ({
        ...one,
        orderNo: `SO-${place}`,
        lines: one.lines.map((own, at) => ({ ...own, lineId: `${place}/${at}`, lineNo: at + 1 })),
      })),
      lots: lots.map((one, place) => ({ ...one, lotId: `L${place}` })),
      policy: { ...policy, lots: rule, mustOutlive: calendarDay("2026-03-02") },
    }));
}
