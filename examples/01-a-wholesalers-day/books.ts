// What a host keeps in its data base: orders, stock, events, requests. Here it is four variables.

import {
  applyMovements,
  type Order,
  type OrderEvent,
  type HostRequest,
  type Issue,
  type Outcome,
  type RefusedOrder,
  type Result,
  type StockMovement,
  type StockPosition,
} from "ordercycle";

/** Everything that an outcome can carry, for one order or for many. */
type Written = Pick<Outcome, "events" | "movements" | "requests">;

/** The books of the example's host. */
export interface Books {
  orders: Map<string, Order>;
  stock: readonly StockPosition[];
  events: OrderEvent[];
  requests: HostRequest[];
  refused: RefusedOrder[];
}

/** Opens the books with the day's stock. */
export function openBooks(stock: readonly StockPosition[]): Books {
  return { orders: new Map(), stock, events: [], requests: [], refused: [] };
}

/** Stores what a batch decided: in a real host, one transaction. */
export function storeBatch(
  books: Books,
  orders: readonly Order[],
  written: Written,
  refused: readonly RefusedOrder[] = [],
): void {
  for (const order of orders) books.orders.set(order.orderNo, order);
  books.events.push(...written.events);
  books.requests.push(...written.requests);
  books.refused.push(...refused);
  postMovements(books, written.movements);
}

/** Stores what a decision on one order answered, or notes why it was refused. */
export function store(books: Books, orderNo: string, result: Result<Outcome>): void {
  if (result.ok) storeBatch(books, [result.value.order], result.value);
  else books.refused.push({ orderNo, issues: result.issues });
}

/** Posts movements to the stock. */
export function postMovements(books: Books, movements: readonly StockMovement[]): void {
  books.stock = applyMovements(books.stock, movements);
}

/** An order of the books. */
export function orderOf(books: Books, orderNo: string): Order {
  const order = books.orders.get(orderNo);
  if (order === undefined) throw new Error(`No order ${orderNo}.`);
  return order;
}

/** An entry of the rejected file: what came in, and why it is not an order. */
export interface Rejected {
  readonly label: string;
  readonly issues: readonly Issue[];
}
