import type * as z from "zod";
import { add, compare, multiply, ONE, sum, type Decimal, ZERO } from "../core/decimal.js";
import { BUCKETS, SOURCED_BUCKETS, type ShortBucket } from "../model/bucket.js";
import type { Order, OrderTotals } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { statusOf } from "../model/status-of.js";
import { stockKey } from "../model/stock.js";
import { reportDuplicates } from "./report-duplicates.js";
import { report } from "./schema-check.js";
import { shortened, type InconsistencyRule } from "./schema-issue.js";

type Context = z.core.ParsePayload<Order>;
type Path = readonly (string | number)[];

const SHORT_BUCKETS: readonly ShortBucket[] = ["backfill", "deferred"];

/**
 * Reports where a well-formed order breaks the laws of the model.
 *
 * @param context of the check of an order
 */
export function reportInconsistencies(context: Context): void {
  const order = context.value;
  order.lines.forEach((line, index) => reportLine(context, line, ["lines", index]));
  reportDuplicates(context, order.lines, "lineId", ({ lineId }) => lineId, ["lines"], "lineId");
  reportDuplicates(context, order.lines, "lineNo", ({ lineNo }) => lineNo, ["lines"], "lineNo");
  reportHolds(context, order);
  reportTotals(context, order);
  reportBilling(context, order);
  reportPromotions(context, order);
  const status = statusOf(order);
  if (status !== order.status) contradict(context, "status", status, order.status, ["status"]);
}

function reportLine(context: Context, line: OrderLine, path: Path): void {
  const { quantities, reservations, shortages } = line;
  const { numerator, denominator } = line.unitFactor;
  const standing = sum(BUCKETS.map((bucket) => quantities[bucket]));
  // Both sides multiplied out, since a factor of one third has no decimal; the digits at the door leave room for it.
  const ordered = multiply(line.orderedQty, numerator);
  if (ordered !== multiply(standing, denominator)) {
    const expected = denominator === ONE ? ordered : `${ordered}/${denominator}`;
    contradict(context, "ordered_quantity", expected, standing, [...path, "quantities"]);
  }
  for (const bucket of SOURCED_BUCKETS) {
    const held = sum(reservations.map((reservation) => reservation.quantities[bucket] ?? ZERO));
    if (held !== quantities[bucket])
      contradict(context, "reservations", quantities[bucket], held, [...path, "reservations"]);
  }
  reservations.forEach(({ loaded = ZERO, quantities: { picked = ZERO } }, index) => {
    if (compare(loaded, picked) <= 0) return;
    contradict(context, "loaded", `at most ${picked}`, loaded, [...path, "reservations", index, "loaded"]);
  });
  for (const bucket of SHORT_BUCKETS) {
    const short = sum(shortages.filter((shortage) => shortage.bucket === bucket).map(({ quantity }) => quantity));
    if (short !== quantities[bucket])
      contradict(context, "shortages", quantities[bucket], short, [...path, "shortages"]);
  }
  reportAdjustments(context, line, path);
  reportDuplicates(context, reservations, "place", (place) => stockKey("", place), [...path, "reservations"]);
}

function reportAdjustments(context: Context, line: OrderLine, path: Path): void {
  const { adjustments = [], allowance, orderedQty } = line;
  adjustments.forEach(({ amount, shares }, index) => {
    const place = [...path, "adjustments", index];
    const money = sum(shares.map((share) => share.amount));
    const quantity = sum(shares.map((share) => share.quantity));
    if (money !== amount) contradict(context, "adjustments", amount, money, [...place, "shares"]);
    if (quantity !== orderedQty) contradict(context, "adjustments", orderedQty, quantity, [...place, "shares"]);
  });
  const taken = sum(adjustments.map(({ amount }) => amount));
  if (compare(taken, allowance) > 0) {
    contradict(context, "adjustments", `at most ${allowance}`, taken, [...path, "adjustments"]);
  }
}

/** What was taken off was taken off by a promotion that has applied, and off a charge that is there. */
function reportPromotions(context: Context, { lines, promotions, header }: Order): void {
  const applied = new Set((promotions?.applied ?? []).map(keyOfPromotion));
  const mustApply = (one: NamedPromotion, path: Path): void => {
    if (!applied.has(keyOfPromotion(one))) {
      contradict(context, "promotions", "a promotion that has applied", one.promotionId, path);
    }
  };
  lines.forEach(({ adjustments = [] }, index) => {
    adjustments.forEach((one, place) => mustApply(one, ["lines", index, "adjustments", place, "promotionId"]));
  });
  promotions?.charges.forEach((one, place) => {
    const path = ["promotions", "charges", place];
    mustApply(one, [...path, "promotionId"]);
    if (one.charge < header.charges.length) return;
    contradict(context, "promotions", "a charge of the order", String(one.charge), [...path, "charge"]);
  });
}

interface NamedPromotion {
  readonly promotionId: string;
  readonly code?: string;
}

function keyOfPromotion({ promotionId, code }: NamedPromotion): string {
  return JSON.stringify([promotionId, code]);
}

function reportHolds(context: Context, { holds, lines }: Order): void {
  reportDuplicates(context, holds, "holdId", ({ holdId }) => holdId, ["holds"], "holdId");
  if (holds.length === 0) return;
  const lineIds = new Set(lines.map(({ lineId }) => lineId));
  holds.forEach(({ lineId }, index) => {
    if (lineId === undefined || lineIds.has(lineId)) return;
    contradict(context, "hold_line", "a line of the order", lineId, ["holds", index, "lineId"]);
  });
}

/** An order that was never priced has no totals. What charges make them up is a matter of pricing. */
function reportTotals(context: Context, { totals, lines }: Order): void {
  if (totals === undefined) return;
  const expect = (field: keyof OrderTotals, expected: Decimal): void => {
    if (expected !== totals[field]) contradict(context, "totals", expected, totals[field], ["totals", field]);
  };
  expect("net", sum(lines.map(({ lineAmount }) => lineAmount)));
  expect("allowances", sum(lines.map(({ allowance }) => allowance)));
  expect("gross", add(totals.net, totals.allowances));
  expect("payable", add(totals.net, totals.charges));
}

function reportBilling(context: Context, { billing }: Order): void {
  const { invoices, payments, invoicedAmount, collectedAmount } = billing;
  const invoiced = sum(invoices.map(({ payable }) => payable));
  const collected = sum(payments.map(({ amount }) => amount));
  if (invoiced !== invoicedAmount)
    contradict(context, "billing", invoiced, invoicedAmount, ["billing", "invoicedAmount"]);
  if (collected !== collectedAmount)
    contradict(context, "billing", collected, collectedAmount, ["billing", "collectedAmount"]);
  reportDuplicates(context, invoices, "invoiceNo", ({ invoiceNo }) => invoiceNo, ["billing", "invoices"], "invoiceNo");
  reportDuplicates(context, payments, "paymentId", ({ paymentId }) => paymentId, ["billing", "payments"], "paymentId");
}

function contradict(context: Context, rule: InconsistencyRule, expected: string, actual: string, path: Path): void {
  const params = { rule, expected: shortened(expected), actual: shortened(actual) };
  report(context, context.value, "schema.inconsistent", params, path);
}
