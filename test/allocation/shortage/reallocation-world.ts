import fc, { type Arbitrary } from "fast-check";
import { proposeReallocation } from "../../../src/allocation/shortage/propose-reallocation.js";
import type {
  ProposeReallocationContext,
  ReallocationPolicy,
} from "../../../src/allocation/shortage/reallocation-proposal.js";
import { addDays, calendarDay } from "../../../src/core/calendar-day.js";
import { add, decimal, ZERO, type Decimal } from "../../../src/core/decimal.js";
import type { Consent } from "../../../src/model/consent.js";
import type { Order } from "../../../src/model/order.js";
import type { ReallocationProposal } from "../../../src/model/reallocation-proposal.js";
import { stockKey, stockSource, type StockPosition, type StockSource } from "../../../src/model/stock.js";
import { anyContext, anyOrder, anyStock, type AnyOrder } from "../../../src/testing/index.js";

export const TODAY = calendarDay("2026-03-02");
export const CONTEXT = anyContext();

/** Class A is served first; all three warehouses may serve everybody; promises may be broken. */
export const POLICY: ReallocationPolicy = {
  priority: [{ key: "customerClass", direction: "ascending" }],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH"] },
  promises: "mayBreak",
  harm: {
    perLine: decimal("5"),
    perUnit: decimal("1"),
    perUnitAndDay: decimal("0.5"),
    classFactors: { B: decimal("2") },
    unknownDelayDays: 10,
  },
  steps: 100_000,
};

/** A confirmed order of its own customer. */
export function orderOf(orderNo: string, customerClass: string, line: NonNullable<AnyOrder["lines"]>[number]): Order {
  return anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerCode: `C-${orderNo}`, customerClass },
    lines: [line],
  });
}

/** Positions that hold exactly what the lines have reserved, so that the goods are all spoken for. */
export function stockOf(orders: readonly Order[]): StockPosition[] {
  const held = new Map<string, StockSource & { readonly itemCode: string; readonly quantity: Decimal }>();
  for (const { lines } of orders) {
    for (const { itemCode, reservations } of lines) {
      for (const place of reservations) {
        const key = stockKey(itemCode, place);
        const quantity = add(held.get(key)?.quantity ?? ZERO, place.quantities.allocated ?? ZERO);
        held.set(key, { itemCode, ...stockSource(place), quantity });
      }
    }
  }
  return anyStock(
    ...[...held.values()].map(({ quantity, ...place }) => ({ ...place, onHand: quantity, reserved: quantity })),
  );
}

export function propose(orders: readonly Order[], orderNo = "SO-1", more: Partial<ProposeReallocationContext> = {}) {
  const command = { proposalId: `RP-${orderNo}`, orderNo, lineId: `${orderNo}-1` };
  return proposeReallocation(orders, command, { policy: POLICY, stock: stockOf(orders), today: TODAY, ...more });
}

export function proposed(...args: Parameters<typeof propose>): ReallocationProposal {
  const result = propose(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

export function consentOf(customerCode: string, subject: string, more: Partial<Consent> = {}): Consent {
  const reference = `MAIL-${customerCode}`;
  return { customerCode, subject, agreedBy: "Ms Wu", agreedAt: CONTEXT.at, reference, ...more };
}

/** The consent of everybody who is asked. */
export function allConsents({ proposalId, transfers }: ReallocationProposal): Consent[] {
  return [...new Set(transfers.map(({ customerCode }) => customerCode))].map((code) => consentOf(code, proposalId));
}

/** One order that is short and up to four that hold goods, at two places, some with a promised day, some all or nothing. */
export const someOrders: Arbitrary<Order[]> = fc
  .record({
    open: fc.nat({ max: 4 }),
    backfill: fc.nat({ max: 4 }),
    donors: fc.array(
      fc.record({
        north: fc.nat({ max: 3 }),
        south: fc.nat({ max: 3 }),
        customerClass: fc.constantFrom("B", "C", "D"),
        days: fc.option(fc.nat({ max: 6 }), { nil: undefined }),
        partialAllowed: fc.constantFrom(true, true, false),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ open, backfill, donors }) => [
    orderOf("SO-1", "A", { quantities: { open: `${open}`, backfill: `${backfill}`, delivered: "1" } }),
    ...donors.map(({ north, south, customerClass, days, partialAllowed }, place) => {
      const promise = { kind: "onHand" as const, promisedAt: CONTEXT.at };
      return orderOf(`SO-${place + 2}`, customerClass, {
        quantities: { allocated: `${north + south}`, open: "1" },
        partialAllowed,
        reservations: [
          { warehouseId: "NORTH", quantities: { allocated: `${north}` } },
          { warehouseId: "SOUTH", quantities: { allocated: `${south}` } },
        ].filter(({ quantities }) => quantities.allocated !== "0"),
        ...(days === undefined ? {} : { promises: [{ ...promise, day: addDays(TODAY, days) }] }),
      });
    }),
  ]);
