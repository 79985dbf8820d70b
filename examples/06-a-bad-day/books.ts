import {
  applyMovements,
  BUCKETS,
  describeIssue,
  type HostRequest,
  type Order,
  type Outcome,
  type Result,
  type StockPosition,
} from "ordercycle";

/** What a host keeps: its orders and its stock. A real one writes each outcome in one transaction. */
export interface Books {
  readonly order: (orderNo: string) => Order;
  readonly orders: () => readonly Order[];
  readonly stock: () => readonly StockPosition[];
  /** Stores an outcome without a word. */
  readonly store: <Done extends Outcome>(result: Result<Done>) => Done;
  /** Stores an outcome and prints what it did. */
  readonly tell: <Done extends Outcome>(what: string, result: Result<Done>) => Done;
  /** Prints why something was refused. */
  readonly tellRefusal: (what: string, result: Result<Outcome>) => void;
}

/** Opens the books on a morning's orders and stock. */
export function openBooks(orders: readonly Order[], opening: readonly StockPosition[]): Books {
  const byNo = new Map(orders.map((order) => [order.orderNo, order]));
  let stock = opening;
  const order = (orderNo: string): Order => {
    const found = byNo.get(orderNo);
    if (found === undefined) throw new Error(`There is no order ${orderNo}.`);
    return found;
  };
  const store = <Done extends Outcome>(result: Result<Done>): Done => {
    if (!result.ok) throw new Error(result.issues.map(({ code }) => code).join(", "));
    byNo.set(result.value.order.orderNo, result.value.order);
    stock = applyMovements(stock, result.value.movements);
    return result.value;
  };
  return {
    order,
    orders: () => [...byNo.values()],
    stock: () => stock,
    store,
    tell: (what, result) => {
      const before = result.ok ? shown(order(result.value.order.orderNo)) : "";
      const stockBefore = shelves(stock);
      const done = store(result);
      console.log(`  ${what}`);
      console.log(`    ${before}`);
      console.log(`    ${shown(done.order)}`);
      if (shelves(stock) !== stockBefore) {
        console.log(`    stock before: ${stockBefore}`);
        console.log(`    stock after:  ${shelves(stock)}`);
      }
      for (const request of done.requests) console.log(`    to do: ${toDo(request)}`);
      return done;
    },
    tellRefusal: (what, result) => {
      console.log(`  ${what}`);
      if (result.ok) throw new Error("It was to be refused.");
      for (const found of result.issues) console.log(`    refused: ${describeIssue(found, "en")}`);
    },
  };
}

/** "SO-1 picked: TEA 18 picked, 2 backfill". */
function shown({ orderNo, status, lines }: Order): string {
  const parts = lines.map(({ itemCode, quantities }) => {
    const filled = BUCKETS.filter((bucket) => quantities[bucket] !== "0");
    return `${itemCode} ${filled.map((bucket) => `${quantities[bucket]} ${bucket}`).join(", ")}`;
  });
  return `${orderNo} ${status}: ${parts.join("; ")}`;
}

/** On hand, reserved and on its way, by bin. */
export function shelves(stock: readonly StockPosition[]): string {
  return stock
    .map(({ binId, onHand, reserved, inTransit }) => `${binId ?? ""} ${onHand}/${reserved}/${inTransit}`)
    .join("  ");
}

function claimed({ lines }: Extract<HostRequest, { type: "claim_from_carrier" }>): string {
  return lines.map(({ quantity, itemCode }) => `${quantity} ${itemCode}`).join(", ");
}

function toDo(request: HostRequest): string {
  switch (request.type) {
    case "count_stock":
      return `count ${request.source.binId ?? request.source.warehouseId}`;
    case "reprint":
      return `print the ${request.document.replace("_", " ")} anew`;
    case "notify_customer":
      return `tell the customer: ${request.template}`;
    case "plan_delivery":
      return `plan the next delivery for ${request.day ?? "a day to be agreed"}`;
    case "claim_from_carrier":
      return `claim from ${request.carrier ?? "the carrier"}: ${claimed(request)}`;
    default:
      return request.type;
  }
}
