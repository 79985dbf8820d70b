import { addDays, calendarDay } from "../../core/calendar-day.js";
import { decimal, fromUnits, minimum, ZERO, type Decimal } from "../../core/decimal.js";
import { minorUnitOf, percentOf } from "../../core/money.js";
import { SOURCED_BUCKETS, type Bucket } from "../../model/bucket.js";
import type { OrderNo } from "../../model/ids.js";
import type { Order, OrderStage } from "../../model/order.js";
import { anyOrder, type AnyOrder } from "../any-order.js";
import type { AnyOrderLine } from "../any-order-line.js";
import { ARBITRARY_ITEMS } from "./arbitrary-item.js";
import { LIFE_BUCKETS, type LinePlan, type OrderPlan } from "./arbitrary-order-plan.js";

/** Decimals of the smallest step of each base unit. */
const STEP_DECIMALS: Readonly<Record<string, number>> = { EA: 0, KGM: 3, LTR: 1 };

/**
 * Makes the parts of a plan agree: what the order's life does not allow is left out, open quantity is filled up to what
 * the unit can say, and stage, totals, billing and status follow.
 *
 * @param plan any plan
 * @param orderNo number of the order
 * @returns a valid order
 */
export function orderFromPlan(plan: OrderPlan, orderNo: OrderNo): Order {
  const lines = plan.lines.map((line) => linePart(line, plan));
  const part: AnyOrder = {
    orderNo,
    version: plan.version,
    stage: stageOf(plan),
    header: {
      customerCode: `C-${plan.customer}`,
      customerClass: plan.customerClass,
      currency: plan.currency,
      receivedAt: plan.receivedAt,
      orderDate: plan.receivedAt.slice(0, 10),
      ...(plan.requestedDeliveryDate === null ? {} : { requestedDeliveryDate: plan.requestedDeliveryDate }),
      charges: plan.freight === null ? [] : [{ kind: "freight", amount: decimal(plan.freight) }],
    },
    lines,
    holds: plan.holds.map(({ line, state }, place) => ({
      holdId: `H-${place + 1}`,
      state,
      ...(line === null ? {} : { lineId: `${orderNo}-${(line % lines.length) + 1}` }),
      ...(state === "active" ? {} : { endedAt: "2026-03-02T10:00:00.000Z" as never }),
    })),
  };
  return billed(part, plan);
}

/** Only confirmed papers let goods move; papers are closed only when all has come and is paid. */
function stageOf({ life, stage, billed: bill }: OrderPlan): OrderStage {
  if (life === "fresh" || life === "givenUp") return stage === "closed" ? "entered" : stage;
  return life === "finished" && stage === "closed" && (bill === null || bill[1] === 100) ? "closed" : "confirmed";
}

function billed(part: AnyOrder, { life, billed: bill }: OrderPlan): Order {
  const order = anyOrder(part);
  const { totals } = order;
  const isBillable = life === "mixed" || life === "underway" || life === "finished";
  const isClosed = order.stage === "closed";
  if (!isBillable || totals === undefined || (bill === null && !isClosed)) return order;
  const [invoicedPercent, paidPercent] = isClosed ? [100, 100] : (bill ?? [100, 100]);
  const payable = share(order, totals.payable, invoicedPercent);
  const paid = share(order, payable, paidPercent);
  const issuedOn = calendarDay("2026-03-10");
  const invoice = { invoiceNo: `I-${order.orderNo}`, issuedOn, dueOn: addDays(issuedOn, 30), payable };
  return anyOrder({
    ...part,
    lines: (part.lines ?? []).map((line, place) => ({
      ...line,
      invoicedQty: order.lines[place]?.quantities.delivered ?? ZERO,
    })),
    billing: {
      invoices: [{ ...invoice, charges: minimum(totals.charges, payable) }],
      payments: paid === ZERO ? [] : [{ paymentId: "P-1", amount: paid, receivedAt: "2026-03-12T09:00:00.000Z" }],
    },
  });
}

function share(order: Order, amount: Decimal, percent: number): Decimal {
  return percentOf(amount, decimal(percent), minorUnitOf(order.header.currency) ?? 2, "down");
}

function linePart(plan: LinePlan, { life }: OrderPlan): AnyOrderLine {
  const item = ARBITRARY_ITEMS[plan.item] ?? ARBITRARY_ITEMS[0];
  if (item === undefined) throw new RangeError("There are no items to order.");
  const decimals = STEP_DECIMALS[item.baseUom] ?? 0;
  const unit = plan.isInFurtherUnit ? item.units?.[0] : undefined;
  const isAllowed = (bucket: Bucket): boolean => LIFE_BUCKETS[life].includes(bucket);
  const text = (steps: number): Decimal => fromUnits(steps, decimals);
  const reservations = plan.places.map(({ source, steps, isLoaded }) => {
    const held = SOURCED_BUCKETS.flatMap((bucket, place) =>
      isAllowed(bucket) ? [[bucket, text(steps[place] ?? 0)] as const] : [],
    );
    const quantities: Readonly<Record<string, Decimal>> = Object.fromEntries(held);
    return { ...source, quantities, ...(isLoaded ? { loaded: quantities.picked ?? ZERO } : {}) };
  });
  const shortages = plan.shortages.filter(({ bucket }) => isAllowed(bucket));
  const [open = 0, merged = 0, cancelled = 0] = plan.rest;
  const named = {
    open: isAllowed("open") ? open : 0,
    merged: isAllowed("merged") ? merged : 0,
    cancelled: isAllowed("cancelled") ? cancelled : 0,
  };
  const total =
    named.open +
    named.merged +
    named.cancelled +
    shortages.reduce((steps, shortage) => steps + shortage.steps, 0) +
    plan.places.reduce(
      (all, { steps }) =>
        SOURCED_BUCKETS.reduce((sumOf, bucket, place) => sumOf + (isAllowed(bucket) ? (steps[place] ?? 0) : 0), all),
      0,
    );
  // A line is never empty, and twelve pieces make a case: what is missing to a whole case comes on top.
  const whole = unit?.uom === "CS" ? 12 : 1;
  const topUp = total === 0 ? whole : (whole - (total % whole)) % whole;
  const filler = isAllowed("open") ? "open" : "cancelled";
  return {
    itemCode: item.itemCode,
    itemName: item.name,
    baseUom: item.baseUom,
    uom: unit?.uom ?? item.baseUom,
    ...(unit === undefined ? {} : { unitFactor: unit.factor }),
    transactionCategory: plan.transactionCategory,
    partialAllowed: plan.partialAllowed,
    ...plan.wishes,
    shortagePolicy: plan.shortagePolicy,
    unitPrice: plan.unitPrice,
    ...(plan.isPriceAgreed && plan.unitPrice !== null ? { priceAgreed: true } : {}),
    ...(plan.percent === null ? {} : { discount: { kind: "percent" as const, percent: decimal(plan.percent) } }),
    promises: plan.promises,
    reservations,
    shortages: shortages.map(({ steps, ...shortage }) => ({ ...shortage, quantity: text(steps) })),
    quantities: Object.fromEntries(
      Object.entries(named).map(([bucket, steps]) => [bucket, text(steps + (bucket === filler ? topUp : 0))]),
    ),
  };
}
