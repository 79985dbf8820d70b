import { calendarDay } from "../../core/calendar-day.js";
import { fromUnits, isPositive, minimum, scaleOf, subtract, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import { instant } from "../../core/instant.js";
import { BUCKET_EDGES, isShortBucket, isSourcedBucket, type BucketEdge } from "../../model/bucket.js";
import type { Change, QuantityMoved } from "../../model/change.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { stockSource, type StockPosition, type StockSource } from "../../model/stock.js";
import { anyOrderLine } from "../any-order-line.js";

/** A choice among the changes that an order allows: numbers of any size, taken modulo what there is to choose from. */
export interface ChangeChoice {
  /** Chooses the kind of change; most numbers choose a move of quantity. */
  readonly kind: number;
  /** Chooses the line. */
  readonly line: number;
  /** Chooses the edge of the table, or what else varies. */
  readonly move: number;
  /** Chooses the place. */
  readonly place: number;
  /** Share of what could move, in thousandths, 1 to 1,000. */
  readonly portion: number;
}

/** Quantity that could move from one bucket to another at one place. */
interface Movable {
  readonly line: OrderLine;
  readonly edge: BucketEdge;
  readonly source: StockSource | undefined;
  readonly greatest: Decimal;
}

type ChangeMaker = (order: Order, line: OrderLine, choice: ChangeChoice, stock?: readonly StockPosition[]) => Change;

/** Six of twenty numbers choose one of these. */
const RARE_CHANGES: readonly ChangeMaker[] = [added, joined, loaded, promised, held, paid];

const NOTICED = instant("2026-03-05T09:00:00.000Z");

/**
 * Takes a change that an order allows: a move of quantity along the table, or, now and then, more quantity, a new line, a
 * mark that goods stand on the vehicle, a promise, a hold or a payment.
 *
 * **Rules**
 * 1. A move takes at most what its bucket, and the place of the goods, hold.
 * 2. With a stock, a reservation takes at most what is free at its place; without one, `NORTH` and `SOUTH` have all.
 * 3. Where nothing can move, more quantity is ordered: there is always a change.
 *
 * @param order any order
 * @param choice numbers from a generator
 * @param stock the positions that may be reserved; absent for stock without end
 * @returns one change that `applyChanges` accepts
 *
 * **Source:** mission 11.1, 11.3
 * @example
 * ```ts
 * import { anyOrder, legalChange } from "ordercycle/testing";
 * const choice = { kind: 0, line: 0, move: 0, place: 0, portion: 300 };
 * legalChange(anyOrder(), choice);
 * // => {"kind":"quantity_moved","lineId":"SO-1-1","from":"open","to":"allocated","quantity":"3","source":{"warehouseId":"NORTH"}}
 * ```
 */
export function legalChange(order: Order, choice: ChangeChoice, stock?: readonly StockPosition[]): Change {
  const line = chosen(order.lines, choice.line);
  const change = RARE_CHANGES[(choice.kind % 20) - 14] ?? quantityMoved;
  return line === undefined ? joined(order) : change(order, line, choice, stock);
}

function quantityMoved(order: Order, line: OrderLine, choice: ChangeChoice, stock?: readonly StockPosition[]): Change {
  // The chosen line first; where nothing of it can move, any line.
  const own = movablesOf(line, stock);
  const movable = chosen(own.length > 0 ? own : order.lines.flatMap((each) => movablesOf(each, stock)), choice.move);
  if (movable === undefined) return added(order, line);
  const { edge, source } = movable;
  const move: QuantityMoved = {
    kind: "quantity_moved",
    lineId: movable.line.lineId,
    from: edge.from,
    to: edge.to,
    quantity: portionOf(movable.greatest, choice.portion),
  };
  return {
    ...move,
    ...(source === undefined ? {} : { source }),
    ...(isShortBucket(edge.to)
      ? { shortage: { cause: "pick", mode: "onArrival", reason: "not_found", since: NOTICED } as const }
      : {}),
  };
}

function movablesOf(line: OrderLine, stock: readonly StockPosition[] | undefined): Movable[] {
  return BUCKET_EDGES.flatMap((edge): Movable[] => {
    const { from, to } = edge;
    const inBucket = line.quantities[from];
    if (!isPositive(inBucket)) return [];
    if (isSourcedBucket(from)) {
      return line.reservations.flatMap((reservation) => {
        const greatest = reservation.quantities[from] ?? ZERO;
        return isPositive(greatest) ? [{ line, edge, source: stockSource(reservation), greatest }] : [];
      });
    }
    if (!isSourcedBucket(to)) return [{ line, edge, source: undefined, greatest: inBucket }];
    if (stock === undefined) {
      return ["NORTH", "SOUTH"].map((warehouseId) => ({ line, edge, source: { warehouseId }, greatest: inBucket }));
    }
    return stock.flatMap((position) => {
      const greatest = minimum(inBucket, subtract(position.onHand, position.reserved));
      const isFree = position.itemCode === line.itemCode && isPositive(greatest);
      return isFree ? [{ line, edge, source: stockSource(position), greatest }] : [];
    });
  });
}

function added(_order: Order, { lineId, unitFactor }: OrderLine): Change {
  // So many base units are a whole number of the order's unit, whatever the factor.
  return { kind: "quantity_added", lineId, quantity: unitFactor.numerator };
}

function joined({ orderNo, lines, header }: Order): Change {
  const lineNo = lines.reduce((last, line) => Math.max(last, line.lineNo), 0) + 1;
  const line = anyOrderLine({ lineId: `${orderNo}-${lineNo}`, lineNo, unitPrice: null }, header.currency);
  return { kind: "line_added", line };
}

function loaded(order: Order, line: OrderLine, choice: ChangeChoice, stock?: readonly StockPosition[]): Change {
  const picked = line.reservations.filter(({ quantities }) => quantities.picked !== undefined);
  const place = chosen(picked, choice.place);
  if (place?.quantities.picked === undefined) return quantityMoved(order, line, choice, stock);
  const quantity = portionOf(place.quantities.picked, choice.portion);
  return { kind: "reservation_set", lineId: line.lineId, source: stockSource(place), loaded: quantity };
}

function promised(_order: Order, { lineId }: OrderLine): Change {
  const promise = { day: calendarDay("2026-03-09"), kind: "scheduled", promisedAt: NOTICED } as const;
  return { kind: "promise_set", lineId, promise };
}

function held({ holds }: Order, _line: OrderLine, { move }: ChangeChoice): Change {
  const hold = {
    type: "credit",
    blocks: ["allocate"],
    reason: "over the limit",
    placedAt: NOTICED,
    state: "active",
  } as const;
  return { kind: "hold_set", hold: { ...hold, holdId: `H-${(move % (holds.length + 1)) + 1}` } };
}

function paid({ billing }: Order, _line: OrderLine, { portion }: ChangeChoice): Change {
  const paymentId = `P-${billing.payments.length + 1}`;
  return { kind: "billing_set", payment: { paymentId, amount: fromUnits(portion, 0), receivedAt: NOTICED } };
}

function portionOf(greatest: Decimal, portion: number): Decimal {
  const scale = scaleOf(greatest);
  return fromUnits((toUnits(greatest, scale) * BigInt(portion) + 999n) / 1000n, scale);
}

function chosen<Element>(candidates: readonly Element[], choice: number): Element | undefined {
  return candidates[choice % candidates.length];
}
