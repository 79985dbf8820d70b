import fc, { type Arbitrary } from "fast-check";
import { decimal, ZERO } from "../../src/core/decimal.js";
import { addDays } from "../../src/core/calendar-day.js";
import type { HoldableOperation, Order, OrderStage } from "../../src/model/order.js";
import type { OrderLine, Quantities } from "../../src/model/order-line.js";
import { orderedInBaseUnit } from "../../src/model/apply-changes.js";
import { BUCKETS } from "../../src/model/bucket.js";
import { statusOf } from "../../src/model/status-of.js";
import { arbitraryWorld } from "../../src/testing/index.js";
import type { World } from "./answer.js";
import { TODAY } from "./masters.js";
import { partlyGivenUp, withPromotions } from "./promotions.js";

/** Worlds of the package with what allocation looks at besides: areas, steps, life, days near today, priorities. */
export function someWorld(): Arbitrary<World> {
  return arbitraryWorld({ maxOrders: 4, maxLines: 3, maxSteps: 20, maxPositions: 8, maxUnits: 40 }).chain(
    ({ orders, stock }) =>
      fc
        .tuple(
          fc.array(fc.nat({ max: 999 }), { minLength: orders.length, maxLength: orders.length }),
          fc.array(fc.nat({ max: 60 }), { minLength: stock.length, maxLength: stock.length }),
        )
        .map(([choices, lives]) => ({
          orders: [
            ...orders.map((order, place) => varied(order, choices[place] ?? 0)),
            ...orders.slice(0, 2).map((order, place) => varied(untouched(order, `SO-9${place}`), choices[place] ?? 0)),
            ...orders.slice(0, 2).map((order, place) => {
              const fresh = varied(untouched(order, `SO-8${place}`), choices[place] ?? 0);
              return withPromotions(fresh);
            }),
            ...orders.slice(0, 2).map((order, place) => {
              const fresh: Order = { ...untouched(order, `SO-7${place}`), stage: "confirmed" };
              const priced = withPromotions({ ...fresh, status: statusOf(fresh) });
              return partlyGivenUp(priced, choices[place] ?? 0);
            }),
          ],
          stock: stock.map((position, place) => {
            const { expiresOn, ...rest } = position;
            return expiresOn === undefined ? position : { ...rest, expiresOn: addDays(TODAY, (lives[place] ?? 0) - 5) };
          }),
        })),
  );
}

/** The same order before anything was done with it, under another number. */
function untouched(order: Order, orderNo: string): Order {
  const renamed = (lineId: string): string => `${orderNo}${lineId.slice(order.orderNo.length)}`;
  return {
    ...order,
    orderNo,
    lines: order.lines.map((line) => ({
      ...line,
      lineId: renamed(line.lineId),
      quantities: { ...NOTHING, open: orderedInBaseUnit(line) },
      reservations: [],
      shortages: [],
      invoicedQty: ZERO,
    })),
    holds: order.holds.map((hold) => (hold.lineId === undefined ? hold : { ...hold, lineId: renamed(hold.lineId) })),
    billing: { invoicedAmount: ZERO, collectedAmount: ZERO, invoices: [], payments: [] },
  };
}

const NOTHING = Object.fromEntries(BUCKETS.map((bucket) => [bucket, ZERO])) as unknown as Quantities;

function varied(order: Order, choice: number): Order {
  const { header, lines, holds } = order;
  const isUntouched = lines.every(({ quantities: { open: _open, ...rest } }) =>
    Object.values(rest).every((part) => part === "0"),
  );
  const next: Order = {
    ...order,
    // What has not been given out yet may be anywhere in the intake.
    stage: isUntouched ? (EARLY_STAGES[choice % EARLY_STAGES.length] ?? "entered") : order.stage,
    header: {
      ...header,
      deliveryAreaPath: choice % 3 === 0 ? ["bremen"] : header.deliveryAreaPath,
      ...(choice % 5 === 0 ? { preBooked: true } : {}),
      ...(header.requestedDeliveryDate === undefined ? {} : { requestedDeliveryDate: addDays(TODAY, choice % 20) }),
    },
    lines: lines.map((line, place) => variedLine(line, choice + place * 7)),
    holds: holds.map((hold, place) => ({ ...hold, blocks: BLOCKS[(choice + place) % BLOCKS.length] ?? hold.blocks })),
  };
  return { ...next, status: statusOf(next) };
}

const EARLY_STAGES: readonly OrderStage[] = [
  "entered",
  "reviewed",
  "reviewed",
  "returnedForCorrection",
  "returnedForCorrection",
  "confirmed",
  "confirmed",
];

const BLOCKS: readonly (readonly HoldableOperation[])[] = [
  ["allocate"],
  ["confirm", "pick"],
  ["load", "invoice"],
  ["ship", "pick"],
  ["deliver", "close", "invoice"],
];

function variedLine(line: OrderLine, choice: number): OrderLine {
  return {
    ...line,
    ...(choice % 4 === 0 ? { quantum: decimal("3") } : {}),
    ...(choice % 6 === 0 ? { minimumRemainingLifeDays: choice % 30 } : {}),
  };
}
