import { add, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { heldLines } from "../../lifecycle/held-lines.js";
import { togetherIn } from "../../lifecycle/together-in.js";
import type { ItemCode, LineId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";

/** What is asked of the lines of an order, line by line. */
export interface OrderIndex {
  /** Lines by their ids. */
  readonly lineOf: ReadonlyMap<LineId, OrderLine>;
  /** Lines that a hold of their own keeps from goods. */
  readonly held: ReadonlySet<LineId>;
  /** Name of what a line comes together with; undefined for one that takes what it can get. */
  readonly unitOf: (line: OrderLine) => string | undefined;
  /** What the lines before a line want of its item. */
  readonly aheadOf: (lineId: LineId) => Ahead;
}

/** What lines in front want of an item. */
interface Ahead {
  /** All of them. */
  readonly all: Decimal;
  /** Those that take what they can get. */
  readonly loose: Decimal;
}

/** Reads an order once for all of its lines. */
export function orderIndex(order: Order): OrderIndex {
  const unitOf = togetherIn(order);
  let ahead: ReadonlyMap<LineId, Ahead> | undefined;
  return {
    lineOf: new Map(order.lines.map((line) => [line.lineId, line])),
    held: heldLines(order, "allocate"),
    unitOf,
    aheadOf: (lineId) => (ahead ??= aheadOfLines(order, unitOf)).get(lineId) ?? NOBODY,
  };
}

/** The index of each order that is asked for, as often as it is. */
export function orderIndexes(): (order: Order) => OrderIndex {
  const known = new WeakMap<Order, OrderIndex>();
  return (order) => {
    const index = known.get(order) ?? orderIndex(order);
    known.set(order, index);
    return index;
  };
}

const NOBODY: Ahead = { all: ZERO, loose: ZERO };

function aheadOfLines(order: Order, unitOf: OrderIndex["unitOf"]): Map<LineId, Ahead> {
  const ahead = new Map<LineId, Ahead>();
  const soFar = new Map<ItemCode, Ahead>();
  for (const line of order.lines) {
    const { lineId, itemCode, quantities } = line;
    const before = soFar.get(itemCode) ?? NOBODY;
    ahead.set(lineId, before);
    const wanted = sum([quantities.open, quantities.backfill, quantities.deferred]);
    const isLoose = unitOf(line) === undefined;
    soFar.set(itemCode, {
      all: add(before.all, wanted),
      loose: isLoose ? add(before.loose, wanted) : before.loose,
    });
  }
  return ahead;
}
