import { compareText } from "../core/compare-text.js";
import type { Issue } from "../core/issue.js";
import type { Instant } from "../core/instant.js";
import type { Result } from "../core/result.js";
import type { CustomerCode, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import type { OrderPromotionFacts } from "./promotions/give-promotions.js";
import { sumPromotionUsage, type PromotionUsage } from "./promotions/promotion-usage-totals.js";

/** Promotions for a batch of orders, and what is known of their use and of the customers. */
export interface BatchPromotionFacts extends Omit<OrderPromotionFacts, "earlierOrders"> {
  /** Orders that each customer has placed before this batch; a customer who is not there is unknown. */
  readonly earlierOrders?: ReadonlyMap<CustomerCode, number>;
}

/** The limits of promotions while a batch runs. */
export interface SharedLimits {
  /** Promotions for the next order, with what the ones before have left. */
  readonly factsFor: (order: Order) => { readonly promotions?: OrderPromotionFacts };
  /** Notes what an order has taken and given back, and hands the result on. */
  readonly note: <Value extends Outcome, Found extends Issue>(
    order: Order,
    result: Result<Value, Found>,
  ) => Result<Value, Found>;
}

/** Keeps the use of promotions while the orders of a batch are priced one after the other. */
export function shareLimits(promotions: BatchPromotionFacts | undefined): SharedLimits {
  const { earlierOrders, ...rest } = promotions ?? {};
  const earlier = new Map(earlierOrders);
  let usage: PromotionUsage | undefined = promotions?.usage;
  return {
    factsFor: ({ header }) => {
      if (promotions === undefined) return {};
      const known = earlier.get(header.customerCode);
      const facts = {
        ...rest,
        compiled: promotions.compiled,
        usage,
        ...(known === undefined ? {} : { earlierOrders: known }),
      };
      return { promotions: facts };
    },
    note: ({ header }, result) => {
      if (!result.ok) return result;
      const { requests } = result.value;
      const entries = requests.flatMap((request) => (request.type === "post_promotion_usage" ? request.entries : []));
      if (entries.length > 0) usage = sumPromotionUsage(entries, usage);
      const known = earlier.get(header.customerCode);
      if (known !== undefined) earlier.set(header.customerCode, known + 1);
      return result;
    },
  };
}

/** Sorts by the instant of receipt; what came at the same instant by number. */
export function inOrderOfReceipt<Received extends { readonly receivedAt: Instant; readonly orderNo: OrderNo }>(
  received: readonly Received[],
): Received[] {
  return [...received].sort((a, b) => compareText(a.receivedAt, b.receivedAt) || compareText(a.orderNo, b.orderNo));
}
