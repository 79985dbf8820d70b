import type { OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { BatchOutcome, Outcome, RefusedOrder } from "../model/outcome.js";
import { priceOrder, type PriceOrderContext } from "./price-order.js";
import { inOrderOfReceipt, shareLimits, type BatchPromotionFacts } from "./share-limits.js";

/** What pricing a batch needs to know. */
export interface PriceOrdersContext extends Omit<PriceOrderContext, "promotions"> {
  /** Promotions; without them, orders have none. */
  readonly promotions?: BatchPromotionFacts;
}

/**
 * Prices many orders that share the limits of promotions.
 *
 * **Rules**
 * 1. Orders are served in the order of their receipt, then of their numbers: the order of the input changes nothing.
 * 2. What one order takes of a budget, of uses or of units is no longer there for the next; what it gave back is.
 * 3. Of two first orders of a customer only the first is the first.
 * 4. An order that cannot be priced is refused and takes nothing.
 *
 * @param orders as last stored, each once
 * @returns all orders in the order of the input, and the refusals
 *
 * Complexity: linear in the orders, and in the ledger of the promotions that they use.
 *
 * **Source:** mission 6.4, 6.6, 6.7
 * @example
 * ```ts
 * import { compilePromotions, decimal, indexMasters, priceOrders } from "ordercycle";
 * import { anyContext, anyItem, anyOrder, anyPromotion } from "ordercycle/testing";
 * const compiled = compilePromotions([anyPromotion({ currency: "EUR", limits: { budget: decimal("4") } })]);
 * if (!compiled.ok) throw new Error("refused");
 * const orders = [anyOrder({ orderNo: "SO-2" }), anyOrder({ orderNo: "SO-1" })];
 * const context = { ...anyContext(), masters: indexMasters({ items: [anyItem()] }), policy: { rounding: "halfUp", givenPrice: "honour" } as const };
 * const batch = priceOrders(orders, { ...context, promotions: { compiled: compiled.value } });
 * batch.orders.map(({ totals }) => totals?.allowances); // => ["1.5", "2.5"]
 * ```
 */
export function priceOrders(orders: readonly Order[], context: PriceOrdersContext): BatchOutcome {
  const { promotions, ...rest } = context;
  const outcomes = new Map<OrderNo, Outcome>();
  const refused = new Map<OrderNo, RefusedOrder>();
  const shared = shareLimits(promotions);
  for (const { order } of inOrderOfReceipt(
    orders.map((one) => ({ ...one.header, orderNo: one.orderNo, order: one })),
  )) {
    const { orderNo } = order;
    const result = shared.note(order, priceOrder(order, { ...rest, ...shared.factsFor(order) }));
    if (result.ok) outcomes.set(orderNo, result.value);
    else refused.set(orderNo, { orderNo, issues: result.issues });
  }
  const told = orders.flatMap(({ orderNo }) => outcomes.get(orderNo) ?? []);
  return {
    orders: orders.map((order) => outcomes.get(order.orderNo)?.order ?? order),
    events: told.flatMap(({ events }) => events),
    movements: told.flatMap(({ movements }) => movements),
    requests: told.flatMap(({ requests }) => requests),
    refused: orders.flatMap(({ orderNo }) => refused.get(orderNo) ?? []),
  };
}
