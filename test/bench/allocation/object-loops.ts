import { Decimal } from "decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import type { OrderWorld } from "./order-world.js";
import type { Take } from "./takes-check.js";

interface Lot<Quantity> {
  readonly position: StockPosition;
  left: Quantity;
}

/** Lots of an item in one warehouse, and the first that is not empty. */
interface Queue<Quantity> {
  readonly lots: Lot<Quantity>[];
  head: number;
}

/**
 * What somebody writes who knows the machine: one look-up for each line, sorted once, empty lots skipped, quantities as
 * plain numbers (which is right for whole pieces only). It gives the takes and nothing else.
 */
export function allocateByTunedLoop({ orders, stock, policy }: OrderWorld): Take[] {
  const queues = queuesOf(stock, Number);
  const areas = new Map(policy.sourcing.areas.map(({ areaPath, warehouseIds }) => [areaPath.join("/"), warehouseIds]));
  const takes: Take[] = [];
  for (const order of sortedOrders(orders, Number)) {
    const warehouses = areas.get(order.header.deliveryAreaPath.join("/")) ?? [];
    for (const line of order.lines) {
      const own = queues.get(line.itemCode);
      let need = Number(line.quantities.open);
      for (let rank = 0; own !== undefined && need > 0 && rank < warehouses.length; rank++) {
        const queue = own.get(warehouses[rank]!);
        while (queue !== undefined && need > 0 && queue.head < queue.lots.length) {
          const lot = queue.lots[queue.head]!;
          const quantity = Math.min(need, lot.left);
          takes.push({ lineId: line.lineId, lotNo: lot.position.lotNo!, quantity });
          lot.left -= quantity;
          need -= quantity;
          if (lot.left === 0) queue.head++;
        }
      }
    }
  }
  return takes;
}

/** The same loop with decimal.js for every quantity and amount, which is right for all of them. */
export function allocateByDecimalLoop({ orders, stock, policy }: OrderWorld): Take[] {
  const queues = queuesOf(stock, (text) => new Decimal(text));
  const areas = new Map(policy.sourcing.areas.map(({ areaPath, warehouseIds }) => [areaPath.join("/"), warehouseIds]));
  const takes: Take[] = [];
  for (const order of sortedOrders(orders, (text) => new Decimal(text))) {
    const warehouses = areas.get(order.header.deliveryAreaPath.join("/")) ?? [];
    for (const line of order.lines) {
      const own = queues.get(line.itemCode);
      let need = new Decimal(line.quantities.open);
      for (const warehouse of warehouses) {
        const queue = own?.get(warehouse);
        while (queue !== undefined && need.gt(0) && queue.head < queue.lots.length) {
          const lot = queue.lots[queue.head]!;
          const quantity = Decimal.min(need, lot.left);
          takes.push({ lineId: line.lineId, lotNo: lot.position.lotNo!, quantity });
          lot.left = lot.left.minus(quantity);
          need = need.minus(quantity);
          if (lot.left.isZero()) queue.head++;
        }
      }
    }
  }
  return takes;
}

function queuesOf<Quantity>(
  stock: readonly StockPosition[],
  read: (text: string) => Quantity,
): Map<string, Map<string, Queue<Quantity>>> {
  const queues = new Map<string, Map<string, Queue<Quantity>>>();
  for (const position of stock) {
    let own = queues.get(position.itemCode);
    if (own === undefined) queues.set(position.itemCode, (own = new Map()));
    let queue = own.get(position.warehouseId);
    if (queue === undefined) own.set(position.warehouseId, (queue = { lots: [], head: 0 }));
    queue.lots.push({ position, left: read(position.onHand) });
  }
  const byAge = ({ position: a }: Lot<Quantity>, { position: b }: Lot<Quantity>): number =>
    a.receivedOn! < b.receivedOn! ? -1 : a.receivedOn! > b.receivedOn! ? 1 : a.lotNo! < b.lotNo! ? -1 : 1;
  for (const own of queues.values()) for (const queue of own.values()) queue.lots.sort(byAge);
  return queues;
}

function sortedOrders<Amount extends { valueOf: () => unknown }>(
  orders: readonly Order[],
  read: (text: string) => Amount,
): Order[] {
  const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return orders
    .map((order) => ({ order, amount: Number(read(order.totals!.payable)) }))
    .sort(
      ({ order: a, amount: left }, { order: b, amount: right }) =>
        compareText(a.header.customerClass!, b.header.customerClass!) ||
        right - left ||
        compareText(a.header.creditRating!, b.header.creditRating!) ||
        compareText(a.header.receivedAt, b.header.receivedAt) ||
        compareText(a.orderNo, b.orderNo),
    )
    .map(({ order }) => order);
}
