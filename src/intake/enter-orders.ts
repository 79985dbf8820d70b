import type { OrderEvent } from "../model/event.js";
import type { OrderNo } from "../model/ids.js";
import type { OrderDraft } from "../model/order-draft.js";
import type { Order } from "../model/order.js";
import type { BatchOutcome, RefusedOrder } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { enterOrder, type EnterOrderContext } from "./enter-order.js";

/**
 * Enters many orders: what can be an order becomes one, the rest is the rejected file. The two together are what was
 * received.
 *
 * **Rules**
 * 1. Each draft is entered or refused by itself, as `enterOrder` would.
 * 2. Of two drafts with the same order number the first is entered.
 *
 * @param drafts from `parseOrderDraft`
 * @returns the entered orders and the refused ones with their reasons
 *
 * **Source:** mission 4.13, 12.1
 * @example
 * ```ts
 * import { enterOrders, indexMasters } from "ordercycle";
 * import { anyContext, anyCustomer, anyItem, anyOrderDraft } from "ordercycle/testing";
 * const masters = indexMasters({ customers: [anyCustomer()], items: [anyItem()] });
 * const batch = enterOrders([anyOrderDraft(), anyOrderDraft()], { ...anyContext(), masters });
 * [batch.orders.length, batch.refused[0]?.issues[0]?.code]; // => [1, "enter.order_no_taken"]
 * ```
 */
export function enterOrders(drafts: readonly OrderDraft[], context: EnterOrderContext): BatchOutcome {
  const taken = new Set<OrderNo>(context.takenOrderNos);
  const orders: Order[] = [];
  const events: OrderEvent[] = [];
  const requests: HostRequest[] = [];
  const refused: RefusedOrder[] = [];
  for (const draft of drafts) {
    const result = enterOrder(draft, { ...context, takenOrderNos: taken });
    if (!result.ok) {
      refused.push({ orderNo: draft.orderNo, issues: result.issues });
      continue;
    }
    taken.add(draft.orderNo);
    orders.push(result.value.order);
    events.push(...result.value.events);
    requests.push(...result.value.requests);
  }
  return { orders, events, movements: [], requests, refused };
}
