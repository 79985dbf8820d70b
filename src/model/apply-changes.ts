import {
  add,
  compare,
  divideExactly,
  isPositive,
  multiply,
  subtract,
  sum,
  ZERO,
  type Decimal,
} from "../core/decimal.js";
import { bucketEdge, BUCKETS, isShortBucket, isSourcedBucket, type Bucket, type SourcedBucket } from "./bucket.js";
import type { BillingSet, Change, PriceSet, QuantityMoved, TermsSet } from "./change.js";
import type { LineId } from "./ids.js";
import {
  closeReservations,
  moveReserved,
  openReservations,
  setLoaded,
  type ReservationBook,
} from "./line-reservations.js";
import { recordShortage, serveShortage } from "./line-shortages.js";
import type { Hold, Order, Provenance } from "./order.js";
import type { LinePromise, OrderLine } from "./order-line.js";
import { statusOf } from "./status-of.js";

/**
 * Writes changes into an order: the only code that does.
 *
 * **Rules**
 * 1. A move must be an edge of the table and must not take more than its bucket holds.
 * 2. Quantity that stands at a named place moves between the line's reservations too, so buckets and reservations
 *    cannot disagree.
 * 3. Quantity that goes short is recorded with its cause; what leaves a short bucket serves the oldest record first.
 * 4. Only `quantity_added` and `line_added` change the sum of a line's buckets; a line begins open, with what was ordered.
 * 5. No more is invoiced than was delivered.
 * 6. What promotions gave is written with the prices and replaced with them.
 * 7. The status is derived anew; the version is left to the event.
 * 8. A kind of change that is not known is no change that could be passed over.
 *
 * @param order as last stored
 * @param changes in the order in which they happened
 * @returns a new order; the given one is not touched. Linear in the lines and the changes.
 * @throws RangeError for a change that the order does not allow: a bug of the caller, since decisions check first
 *
 * **Source:** mission 11.1, 11.3, 12.2a
 * @example
 * ```ts
 * import { applyChanges, decimal } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10" }] });
 * const lineId = order.lines[0]!.lineId;
 * const quantity = decimal("4");
 * const source = { warehouseId: "NORTH" };
 * const after = applyChanges(order, [{ kind: "quantity_moved", lineId, from: "open", to: "allocated", quantity, source }]);
 * [after.lines[0]!.quantities.open, after.lines[0]!.quantities.allocated]; // => ["6", "4"]
 * ```
 */
export function applyChanges(order: Order, changes: readonly Change[]): Order {
  let current = order;
  let lines: OrderLine[] = [...order.lines];
  let positions = indexLines(lines);
  // Each line is copied once, when it is first touched; from then on its copy is written.
  const copies = new Map<LineId, LineCopy>();
  const copyOf = (lineId: LineId): LineCopy => {
    const known = copies.get(lineId);
    if (known !== undefined) return known;
    const position = positions.get(lineId);
    if (position === undefined) throw new RangeError(`Order ${current.orderNo} has no line ${lineId}.`);
    const line = lines[position] as OrderLine;
    const copy = { position, line: { ...line, quantities: { ...line.quantities } }, book: undefined };
    copies.set(lineId, copy);
    return copy;
  };
  for (const change of changes) {
    switch (change.kind) {
      case "quantity_moved":
        moveQuantity(copyOf(change.lineId), change);
        break;
      case "quantity_added":
        addQuantity(copyOf(change.lineId).line, change.quantity);
        break;
      case "line_added":
        addLine(lines, positions, change.line);
        break;
      case "reservation_set":
        setLoaded(bookOf(copyOf(change.lineId)), change.source, change.loaded);
        break;
      case "price_set":
        for (const price of change.lines) priceLine(copyOf(price.lineId).line, price);
        current = priced(current, change);
        break;
      case "terms_set":
        for (const terms of change.lines ?? []) agreeOnLine(copyOf(terms.lineId).line, terms);
        current = agreed(current, change);
        break;
      case "promise_set":
        addPromise(copyOf(change.lineId).line, change.promise);
        break;
      case "hold_set":
        current = { ...current, holds: withHold(current.holds, change.hold) };
        break;
      case "stage_set":
        current = { ...current, stage: change.stage };
        break;
      case "billing_set":
        current = billed(current, change);
        for (const { lineId, quantity } of change.invoicedLines ?? []) billLine(copyOf(lineId).line, quantity);
        break;
      case "order_opened":
        if (change.order.orderNo !== current.orderNo) {
          throw new RangeError(`Order ${change.order.orderNo} cannot take the place of ${current.orderNo}.`);
        }
        current = change.order;
        lines = [...current.lines];
        positions = indexLines(lines);
        copies.clear();
        break;
      default:
        // A log may be younger than the library that reads it.
        throw new RangeError(`Order ${current.orderNo}: ${(change as Change).kind} is no kind of change.`);
    }
  }
  for (const { position, line, book } of copies.values()) {
    if (book !== undefined) line.reservations = closeReservations(book);
    lines[position] = line;
  }
  const next = { ...current, lines };
  return { ...next, status: statusOf(next) };
}

/**
 * Sums a line's buckets: what is ordered, in the base unit.
 *
 * @returns quantity in the item's base unit
 * @example
 * ```ts
 * import { orderedInBaseUnit } from "ordercycle";
 * import { anyOrderLine } from "ordercycle/testing";
 * orderedInBaseUnit(anyOrderLine({ orderedQty: "2", uom: "CS", unitFactor: { numerator: "12", denominator: "1" } })); // => "24"
 * ```
 */
export function orderedInBaseUnit(line: OrderLine): Decimal {
  return sum(BUCKETS.map((bucket) => line.quantities[bucket]));
}

function indexLines(lines: readonly OrderLine[]): Map<LineId, number> {
  return new Map(lines.map((line, position) => [line.lineId, position]));
}

/** A line that is being written. */
interface LineCopy {
  /** Its place in the order. */
  readonly position: number;
  /** The line, a copy of its own. */
  readonly line: Writable<OrderLine>;
  /** Its reservations, once they are written. */
  book: ReservationBook | undefined;
}

type Writable<Line extends OrderLine> = { -readonly [Field in keyof Line]: Line[Field] } & {
  quantities: Record<Bucket, Decimal>;
};

function bookOf(copy: LineCopy): ReservationBook {
  copy.book ??= openReservations(copy.line);
  return copy.book;
}

function moveQuantity(copy: LineCopy, { from, to, quantity, source, shortage, serves }: QuantityMoved): void {
  const { line } = copy;
  const { lineId, quantities } = line;
  if (bucketEdge(from, to) === undefined) throw new RangeError(`Line ${lineId}: no move leads from ${from} to ${to}.`);
  if (!isPositive(quantity)) throw new RangeError(`Line ${lineId}: a move needs a positive quantity, not ${quantity}.`);
  if (compare(quantities[from], quantity) < 0) {
    throw new RangeError(`Line ${lineId}: ${quantity} of ${quantities[from]} ${from} cannot move to ${to}.`);
  }
  if (isSourcedBucket(from) || isSourcedBucket(to)) {
    if (source === undefined) throw new RangeError(`Line ${lineId}: a move from ${from} to ${to} needs a source.`);
    moveReserved(bookOf(copy), { source, from: bucketAtPlace(from), to: bucketAtPlace(to), quantity });
  }
  quantities[from] = subtract(quantities[from], quantity);
  quantities[to] = add(quantities[to], quantity);
  if (isShortBucket(from)) line.shortages = serveShortage(line, from, quantity, serves);
  if (isShortBucket(to)) {
    if (shortage === undefined) throw new RangeError(`Line ${lineId}: quantity that goes ${to} needs a cause.`);
    line.shortages = recordShortage(line, to, quantity, shortage);
  }
}

function bucketAtPlace(bucket: QuantityMoved["from"]): SourcedBucket | undefined {
  return isSourcedBucket(bucket) ? bucket : undefined;
}

function addQuantity(line: Writable<OrderLine>, quantity: Decimal): void {
  if (!isPositive(quantity)) throw new RangeError(`Line ${line.lineId}: ${quantity} cannot be added.`);
  line.quantities.open = add(line.quantities.open, quantity);
  const { numerator, denominator } = line.unitFactor;
  const orderedQty = divideExactly(multiply(orderedInBaseUnit(line), denominator), numerator);
  if (orderedQty === undefined) {
    throw new RangeError(`Line ${line.lineId}: the new quantity cannot be written exactly in ${line.uom}.`);
  }
  line.orderedQty = orderedQty;
}

function addLine(lines: OrderLine[], positions: Map<LineId, number>, line: OrderLine): void {
  if (positions.has(line.lineId)) throw new RangeError(`Line ${line.lineId} exists already.`);
  const ordered = multiply(line.orderedQty, line.unitFactor.numerator);
  if (multiply(orderedInBaseUnit(line), line.unitFactor.denominator) !== ordered) {
    throw new RangeError(`Line ${line.lineId}: its buckets are not what was ordered.`);
  }
  if (orderedInBaseUnit(line) !== line.quantities.open || line.reservations.length + line.shortages.length > 0) {
    throw new RangeError(`Line ${line.lineId} must begin open.`);
  }
  positions.set(line.lineId, lines.length);
  lines.push(line);
}

function priceLine(line: Writable<OrderLine>, price: PriceSet["lines"][number]): void {
  line.unitPrice = price.unitPrice;
  line.allowance = price.allowance;
  line.lineAmount = price.lineAmount;
  if (price.adjustments !== undefined) line.adjustments = price.adjustments;
  else delete line.adjustments;
}

function priced(order: Order, { totals, promotions }: PriceSet): Order {
  if (promotions !== undefined) return { ...order, totals, promotions };
  const { promotions: _before, ...rest } = order;
  return { ...rest, totals };
}

function agreeOnLine(line: Writable<OrderLine>, terms: NonNullable<TermsSet["lines"]>[number]): void {
  if (terms.unitPrice !== undefined) line.unitPrice = terms.unitPrice;
  else delete line.unitPrice;
  if (terms.priceAgreed !== undefined) line.priceAgreed = terms.priceAgreed;
  else delete line.priceAgreed;
  if (terms.discount !== undefined) line.discount = terms.discount;
  else delete line.discount;
}

/** Where a field came from is told with it: what was agreed anew was given. */
function agreed(order: Order, { header = {}, cleared = [] }: TermsSet): Order {
  const kept = <Fields extends object>(fields: Fields): Fields =>
    Object.fromEntries(
      Object.entries(fields).filter(([field]) => !(cleared as readonly string[]).includes(field)),
    ) as Fields;
  const provenance: Record<string, Provenance> = { ...order.provenance };
  for (const field of Object.keys(header)) provenance[field] = "given";
  return { ...order, header: kept({ ...order.header, ...header }), provenance: kept(provenance) };
}

function addPromise(line: Writable<OrderLine>, promise: LinePromise): void {
  line.promises = [...line.promises, promise];
}

function billLine(line: Writable<OrderLine>, quantity: Decimal): void {
  const invoicedQty = add(line.invoicedQty, quantity);
  if (!isPositive(quantity) || compare(invoicedQty, line.quantities.delivered) > 0) {
    throw new RangeError(
      `Line ${line.lineId}: ${quantity} cannot be invoiced of ${line.quantities.delivered} delivered.`,
    );
  }
  line.invoicedQty = invoicedQty;
}

function withHold(holds: readonly Hold[], hold: Hold): readonly Hold[] {
  return holds.some(({ holdId }) => holdId === hold.holdId)
    ? holds.map((other) => (other.holdId === hold.holdId ? hold : other))
    : [...holds, hold];
}

function billed(order: Order, { invoice, payment }: BillingSet): Order {
  const { billing } = order;
  return {
    ...order,
    billing: {
      invoices: invoice === undefined ? billing.invoices : [...billing.invoices, invoice],
      payments: payment === undefined ? billing.payments : [...billing.payments, payment],
      invoicedAmount: add(billing.invoicedAmount, invoice?.payable ?? ZERO),
      collectedAmount: add(billing.collectedAmount, payment?.amount ?? ZERO),
    },
  };
}
