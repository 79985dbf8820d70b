import { decimal, ZERO } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import { indexMasters, type Masters } from "../../src/model/masters.js";
import type { OrderDraft } from "../../src/model/order-draft.js";
import type { StockPosition } from "../../src/model/stock.js";
import { parseCustomer } from "../../src/schema/parse-customer.js";
import { parseItem } from "../../src/schema/parse-item.js";
import { parseOrderDraft } from "../../src/schema/parse-order-draft.js";
import type { LogEvent } from "./ocel-log.js";

/** The one warehouse of the log. */
export const WAREHOUSE = "house";

const CUSTOMER = "unknown";
const FREIGHT = "5.00";

/** One piece of an item, on hand. */
export function pieceOf(itemCode: string): StockPosition {
  return {
    itemCode,
    warehouseId: WAREHOUSE,
    onHand: decimal("1"),
    reserved: ZERO,
    picked: ZERO,
    inTransit: ZERO,
    inbound: ZERO,
    onOrder: ZERO,
  };
}

/** What each piece costs: the log tells it with everything that happens to the piece alone. */
export function pricesOf(log: readonly LogEvent[]): ReadonlyMap<string, string> {
  const single = log.filter(({ activity, items }) => activity !== "create package" && items.length === 1);
  const own = single.filter(({ activity }) => activity !== "place order");
  return new Map(own.map(({ items, price }) => [items[0] ?? "", price]));
}

/** The one customer, who gets what is short when it arrives, and an item for each piece. */
export function mastersOf(prices: ReadonlyMap<string, string>): Masters {
  const customer = {
    customerCode: CUSTOMER,
    name: CUSTOMER,
    shipToAddress: { street: "", city: "", country: CUSTOMER },
    deliveryAreaPath: [CUSTOMER],
    currency: "EUR",
    shortagePolicy: "backfillOnArrival",
  };
  return indexMasters({
    customers: [takenOver(parseCustomer(customer))],
    items: [...prices.keys()].map((itemCode) => takenOver(parseItem({ itemCode, name: itemCode, baseUom: "EA" }))),
  });
}

/** The order that was placed: a line for each piece, and freight. */
export function draftOf({ at, items, orders: [orderNo] }: LogEvent, prices: ReadonlyMap<string, string>): OrderDraft {
  const draft = {
    orderNo,
    customerCode: CUSTOMER,
    receivedAt: at,
    orderDate: at.slice(0, 10),
    charges: [{ kind: "freight", amount: FREIGHT }],
    lines: items.map((itemCode) => ({ itemCode, quantity: "1", unitPrice: prices.get(itemCode) })),
  };
  return takenOver(parseOrderDraft(draft));
}

function takenOver<T>(result: Result<T, Issue>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}
