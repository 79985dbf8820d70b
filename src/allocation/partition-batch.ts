import { ZERO } from "../core/decimal.js";
import type { ItemCode, WarehouseId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { ordersOnce } from "../model/orders-once.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import { askedWarehouses, nearnessTable } from "./nearness-table.js";
import type { Sourcing } from "./sourcing-policy.js";

/** Orders that can be allocated without looking at any other order. **Source:** mission 9.2 */
export interface OrderGroup {
  /** Orders, by number. */
  readonly orders: readonly Order[];
  /** Items that they wait for, by code: only stock of these concerns the group. Empty when they wait for nothing. */
  readonly itemCodes: readonly ItemCode[];
}

/**
 * Splits orders into groups that quarrel over nothing, so that each group can be allocated on a machine of its own.
 *
 * **Rules**
 * 1. Orders that wait for the same item are in one group, also through others: A with B, B with C.
 * 2. An order that holds a shortage for the customer's next order is in one group with all orders of that customer, since
 *    one of them may be the next.
 * 3. Every order is in one group; an order that waits for nothing is a group of its own.
 * 4. Groups stand by their first order number, orders within by number; the order of the input changes nothing.
 * 5. Orders that may be served by the same warehouse are in one group where the policy limits the lines that it takes in a
 *    day.
 * 6. Orders under the same cap or protected minimum wait for the same item, so they are in one group anyhow.
 *
 * Law: allocating the groups apart gives every line what allocating all orders together gives it, from the same lots and
 * for the same reason; only the ranks in the reasons count within a group.
 *
 * @param orders each order once
 * @param policy with which the groups will be allocated; needed where it limits the lines of warehouses
 * @returns the groups. n log n in lines.
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 9.2, 9.7; definitions B2, B9
 * @example
 * ```ts
 * import { partitionBatch } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const order = (orderNo: string, ...items: string[]) => anyOrder({ orderNo, lines: items.map((itemCode) => ({ itemCode })) });
 * const groups = partitionBatch([order("SO-3", "SALT"), order("SO-2", "RICE", "TEA"), order("SO-1", "TEA")]);
 * groups.map(({ orders, itemCodes }) => [orders.map(({ orderNo }) => orderNo), itemCodes]);
 * // => [[["SO-1","SO-2"],["RICE","TEA"]],[["SO-3"],["SALT"]]]
 * ```
 */
export function partitionBatch(orders: readonly Order[], policy?: Pick<AllocationPolicy, "sourcing">): OrderGroup[] {
  ordersOnce(orders);
  const sorted = [...orders].sort((a, b) => (a.orderNo < b.orderNo ? -1 : 1));
  const links = linksOf(sorted, policy === undefined ? () => [] : limitedWarehouses(policy.sourcing));
  return groupsSharing(sorted.map((_, position) => links(position))).map((members) => {
    const group = members.map((position) => sorted[position] as Order);
    return { orders: group, itemCodes: [...new Set(group.flatMap(itemsWaitedFor))].sort() };
  });
}

/**
 * Groups members that share a key, also through other members.
 *
 * @param keys keys of each member, by its position
 * @returns positions of the members of each group, ascending; groups by their first member
 * @internal
 */
export function groupsSharing(keys: readonly (readonly (string | number)[])[]): number[][] {
  const leaders = Int32Array.from(keys, (_, position) => position);
  const firstWith = new Map<string | number, number>();
  for (const [position, own] of keys.entries()) {
    for (const key of own) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, position);
      else join(leaders, first, position);
    }
  }
  const groups = new Map<number, number[]>();
  for (const position of keys.keys()) {
    const leader = leaderOf(leaders, position);
    const group = groups.get(leader);
    if (group === undefined) groups.set(leader, [position]);
    else group.push(position);
  }
  return [...groups.values()];
}

/** The smaller position leads, whatever the order in which members meet. */
function join(leaders: Int32Array, one: number, other: number): void {
  const [a, b] = [leaderOf(leaders, one), leaderOf(leaders, other)];
  leaders[Math.max(a, b)] = Math.min(a, b);
}

/** Shortens the way to the leader as it goes, so that later questions are quick. */
function leaderOf(leaders: Int32Array, position: number): number {
  let at = position;
  for (;;) {
    const next = leaders[at] as number;
    if (next === at) return at;
    leaders[at] = leaders[next] as number;
    at = next;
  }
}

/** What ties each order to others. Prefixes keep an item apart from a customer of the same code. */
function linksOf(
  orders: readonly Order[],
  limitedFor: (order: Order) => readonly WarehouseId[],
): (position: number) => string[] {
  const waitingCustomers = new Set(
    orders.filter(({ lines }) => lines.some(waitsForNextOrder)).map(({ header }) => header.customerCode),
  );
  return (position) => {
    const order = orders[position] as Order;
    const { customerCode } = order.header;
    const items = itemsWaitedFor(order).map((itemCode) => `item ${itemCode}`);
    if (items.length > 0) items.push(...limitedFor(order).map((warehouseId) => `warehouse ${warehouseId}`));
    return waitingCustomers.has(customerCode) ? [...items, `customer ${customerCode}`] : items;
  };
}

/** The warehouses of an order's area that take a limited number of lines in a day. */
function limitedWarehouses(sourcing: Sourcing): (order: Order) => readonly WarehouseId[] {
  const limits = sourcing.kind === "chosen" ? sourcing.limits : [];
  const limited = new Set(
    limits.flatMap((limit) =>
      limit.kind === "maxLinesPerDay" ? limit.warehouses.map(({ warehouseId }) => warehouseId) : [],
    ),
  );
  if (limited.size === 0) return () => [];
  const near = nearnessTable(askedWarehouses(sourcing));
  return ({ header }) => near.warehousesOf(near.areaOf(header.deliveryAreaPath)).filter((id) => limited.has(id));
}

function itemsWaitedFor({ lines }: Order): ItemCode[] {
  return lines
    .filter(({ quantities: { open, backfill, deferred } }) => open !== ZERO || backfill !== ZERO || deferred !== ZERO)
    .map(({ itemCode }) => itemCode);
}

function waitsForNextOrder({ shortages }: OrderLine): boolean {
  return shortages.some(({ mode }) => mode === "withNextOrder");
}
