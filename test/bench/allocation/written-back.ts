import type { Order } from "../../../src/model/order.js";
import type { OrderLine } from "../../../src/model/order-line.js";
import type { StockPosition } from "../../../src/model/stock.js";
import { allocateByTunedLoop } from "./object-loops.js";
import type { OrderWorld } from "./order-world.js";
import type { Take } from "./takes-check.js";

const AT = "2026-03-02T09:00:00.000Z";

/**
 * The tuned loop, and then what a host needs of it: new orders with buckets, reservations and shortages, a record of
 * what happened to each, and the movements of stock. Nothing is checked, and there are no reasons.
 */
export function allocateAndWriteBack(world: OrderWorld) {
  const takes = allocateByTunedLoop(world);
  const positions = new Map(world.stock.map((position) => [position.lotNo!, position]));
  const byLine = new Map<string, Take[]>();
  for (const take of takes) {
    const own = byLine.get(take.lineId);
    if (own === undefined) byLine.set(take.lineId, [take]);
    else own.push(take);
  }
  const orders: unknown[] = [];
  const events: unknown[] = [];
  const movements: Movement[] = [];
  for (const order of world.orders) {
    const changes: unknown[] = [];
    const lines = order.lines.map((line) =>
      writtenLine(order, line, byLine.get(line.lineId) ?? [], positions, changes, movements),
    );
    const version = order.version + 1;
    orders.push({ ...order, lines, version, status: "allocated" });
    events.push({
      type: "order_allocated",
      eventId: `${order.orderNo}@${version}`,
      orderNo: order.orderNo,
      version,
      at: AT,
      changes,
    });
  }
  return { orders, events, movements };
}

interface Movement extends Take {
  readonly kind: "reserve";
  readonly itemCode: string;
  readonly warehouseId: string;
  readonly at: string;
  readonly orderNo: string;
}

function writtenLine(
  { orderNo }: Order,
  line: OrderLine,
  takes: readonly Take[],
  positions: ReadonlyMap<string, StockPosition>,
  changes: unknown[],
  movements: Movement[],
) {
  const { lineId, itemCode } = line;
  let allocated = 0;
  const reservations: unknown[] = [];
  for (const { lotNo, quantity } of takes) {
    const { warehouseId } = positions.get(lotNo)!;
    const text = quantity.toString();
    allocated += Number(text);
    reservations.push({ warehouseId, lotNo, quantities: { allocated: text } });
    changes.push({
      kind: "quantity_moved",
      lineId,
      from: "open",
      to: "allocated",
      quantity: text,
      source: { warehouseId, lotNo },
    });
    movements.push({ kind: "reserve", itemCode, warehouseId, lotNo, quantity: text, at: AT, orderNo, lineId });
  }
  const short = Number(line.quantities.open) - allocated;
  const shortage = { bucket: "backfill", cause: "allocation", quantity: String(short), since: AT, mode: "onArrival" };
  if (short > 0)
    changes.push({ kind: "quantity_moved", lineId, from: "open", to: "backfill", quantity: String(short), shortage });
  return {
    ...line,
    quantities: { ...line.quantities, open: "0", allocated: String(allocated), backfill: String(short) },
    reservations,
    shortages: short > 0 ? [shortage] : [],
  };
}
