import { add, decimal, isNegative, multiply, subtract, sum, ZERO } from "../core/decimal.js";
import { calendarDay } from "../core/calendar-day.js";
import { instant } from "../core/instant.js";
import { roundMoney } from "../core/money.js";
import type { OrderNo } from "../model/ids.js";
import type { Hold, Order, OrderBilling, OrderHeader, OrderStage, OrderTotals, Provenance } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { statusOf } from "../model/status-of.js";
import { RESTRICTION_SIZES } from "./any-customer.js";
import { anyOrderLine, type AnyOrderLine } from "./any-order-line.js";
import { complete, type PlainPart } from "./plain.js";
import { withDecimals } from "./with-decimals.js";

/** What a test may say about an order; the rest is filled in so that the order's laws hold. */
export interface AnyOrder {
  /** Business number; `SO-1` when absent. */
  readonly orderNo?: OrderNo;
  /** Version; 1 when absent. */
  readonly version?: number;
  /** Stage; `entered` when absent. */
  readonly stage?: OrderStage;
  /** Parts of the header. */
  readonly header?: PlainPart<OrderHeader>;
  /** Lines; one of 10 pieces when absent. Numbers and ids follow the place in the list unless given. */
  readonly lines?: readonly AnyOrderLine[];
  /** Holds; a part of each is enough. */
  readonly holds?: readonly PlainPart<Hold>[];
  /** Invoices and payments; the sums follow from them unless given. */
  readonly billing?: PlainPart<OrderBilling>;
  /** Null for an order that has not been priced yet. */
  readonly totals?: null;
  /** Where header fields came from. */
  readonly provenance?: Readonly<Record<string, Provenance>>;
}

/**
 * A valid order: `SO-1` of customer `C-100` in EUR with one line of 10 pieces of `TEA` at 2.5, just entered, unless
 * the test says otherwise.
 *
 * **Rules**
 * 1. Lines are filled in as by {@link anyOrderLine}.
 * 2. Totals follow from the lines and the charges; with `totals: null` the order is not priced yet, has none, and its
 *    lines have no amounts.
 * 3. The status is always that of `statusOf`.
 *
 * @param part what the test cares about
 * @returns the order
 * @throws RangeError when what is given contradicts itself
 *
 * **Source:** mission 5.1, 5.2
 * @example
 * ```ts
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }, { orderedQty: "4" }] });
 * [order.status, order.lines[1]!.lineId, order.totals?.payable]; // => ["confirmed", "SO-1-2", "35"]
 * ```
 */
export function anyOrder(part: AnyOrder = {}): Order {
  const orderNo = part.orderNo ?? "SO-1";
  const header = headerOf(part.header ?? {});
  const unpriced = part.totals === null ? { allowance: "0", lineAmount: "0" } : {};
  const lines = (part.lines ?? [{}]).map((line, place) => {
    const lineNo = line.lineNo ?? place + 1;
    return anyOrderLine({ lineId: `${orderNo}-${lineNo}`, ...unpriced, ...line, lineNo }, header.currency);
  });
  const order = {
    orderNo,
    version: part.version ?? 1,
    stage: part.stage ?? "entered",
    header,
    lines,
    holds: (part.holds ?? []).map(holdOf),
    ...(part.totals === null ? {} : { totals: totalsOf(lines, header) }),
    billing: billingOf(part.billing ?? {}),
    provenance: part.provenance ?? {},
  };
  return { ...order, status: statusOf(order) };
}

function headerOf(part: PlainPart<OrderHeader>): OrderHeader {
  const { charges, vehicleRestriction, ...rest } = part;
  return complete<OrderHeader>({
    customerCode: "C-100",
    customerName: "Corner Shop",
    shipToAddress: { street: "1 Harbour Road", city: "Hamburg", postalCode: "20457", country: "DE" },
    deliveryAreaPath: ["hamburg", "harbour"],
    currency: "EUR",
    ...rest,
    orderDate: calendarDay(part.orderDate ?? "2026-03-02"),
    receivedAt: instant(part.receivedAt ?? "2026-03-02T08:00:00.000Z"),
    charges: (charges ?? []).map((charge) => withDecimals(charge, ["amount"])),
    ...(vehicleRestriction === undefined
      ? {}
      : { vehicleRestriction: withDecimals(vehicleRestriction, RESTRICTION_SIZES) }),
  });
}

function holdOf(part: PlainPart<Hold>, place: number): Hold {
  return complete<Hold>({
    holdId: `H-${place + 1}`,
    type: "credit",
    blocks: ["allocate"],
    reason: "to be looked at",
    placedAt: "2026-03-02T09:00:00.000Z",
    state: "active",
    ...part,
  });
}

function totalsOf(lines: readonly OrderLine[], header: OrderHeader): OrderTotals {
  const gross = sum(
    lines.map(({ orderedQty, unitPrice }) => roundMoney(multiply(orderedQty, unitPrice ?? ZERO), header.currency)),
  );
  const allowances = sum(lines.map(({ allowance }) => allowance));
  const net = subtract(gross, allowances);
  if (isNegative(net)) throw new RangeError(`Discounts of ${allowances} are more than the goods' ${gross}.`);
  const charges = sum(header.charges.map(({ amount }) => amount));
  return { gross, allowances, net, charges, payable: add(net, charges) };
}

function billingOf(part: PlainPart<OrderBilling>): OrderBilling {
  const invoices = (part.invoices ?? []).map((invoice) => withDecimals(invoice, ["charges", "payable"]));
  const payments = (part.payments ?? []).map((payment) => withDecimals(payment, ["amount"]));
  return complete<OrderBilling>({
    invoicedAmount: decimal(part.invoicedAmount ?? sum(invoices.map(({ payable }) => decimal(payable)))),
    collectedAmount: decimal(part.collectedAmount ?? sum(payments.map(({ amount }) => decimal(amount)))),
    invoices,
    payments,
  });
}
