import { ZERO } from "../../core/decimal.js";
import { checkTransition } from "../../lifecycle/transitions.js";
import type { ItemCode, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { firmHolds } from "../firm-hold.js";
import { givingOf, type OrderGiving } from "./giving-of.js";

/** A line that holds goods, in the order of service. */
export interface Holding {
  /** Its order. */
  readonly order: Order;
  /** The line, as it came. */
  readonly line: OrderLine;
  /** Turn of its order. */
  readonly rank: number;
  /** What lines of its order may be asked for; looked at once for the order. */
  readonly giving: () => OrderGiving;
  /** Whether a hold makes what it has firm. */
  readonly isFirm: () => boolean;
}

/** Who holds what, and who comes before whom. */
export interface DonorBook {
  /** Turn of an order; undefined for one that is not there. */
  readonly rankOf: (orderNo: OrderNo) => number | undefined;
  /** Lines that hold an item and that may give, who is served last in front. */
  readonly holdingsOf: (itemCode: ItemCode) => readonly Holding[];
}

/**
 * Reads who could give goods up, once for all lines that lack some.
 *
 * @param served orders in the order of service
 * @param types types of holds that make what an order holds firm
 */
export function donorBook(served: readonly Order[], types: readonly string[] = []): DonorBook {
  const rankOf = new Map<OrderNo, number>();
  const holdings = new Map<ItemCode, Holding[]>();
  for (let rank = served.length - 1; rank >= 0; rank--) {
    const order = served[rank]!;
    rankOf.set(order.orderNo, rank);
    const holding = order.lines.filter(({ quantities }) => quantities.allocated !== ZERO);
    if (holding.length === 0 || checkTransition(order, "reallocate").length > 0) continue;
    const giving = once(() => givingOf(order));
    const isFirm = once(() => firmHolds(order, types));
    for (const line of holding) {
      const own = { order, line, rank, giving, isFirm: () => isFirm()(line.lineId) };
      const known = holdings.get(line.itemCode);
      if (known === undefined) holdings.set(line.itemCode, [own]);
      else known.push(own);
    }
  }
  return { rankOf: (orderNo) => rankOf.get(orderNo), holdingsOf: (itemCode) => holdings.get(itemCode) ?? [] };
}

/** The answer to a question that is asked once, when it is first wanted. */
function once<Answer extends object>(ask: () => Answer): () => Answer {
  let answer: Answer | undefined;
  return () => (answer ??= ask());
}
