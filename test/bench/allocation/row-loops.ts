import { allocateOnFloor } from "./column-floor.js";
import type { LotRow, OrderRow, RowWorld } from "./row-world.js";
import type { Take } from "./takes-check.js";

/** What lines take and what they do not get. */
export interface RowTakes {
  readonly takes: readonly Take[];
  readonly shortages: readonly { readonly lineId: string; readonly quantity: number }[];
}

interface OpenLot {
  readonly id: string;
  readonly on: string;
  left: number;
}

/** What somebody writes for rows who knows the machine; right for whole pieces and good data. */
export function allocateRowsByTunedLoop({ orders, lots, policy }: RowWorld): RowTakes {
  const queues = new Map<string, Map<string, { lots: OpenLot[]; head: number }>>();
  for (const { id, sku, warehouse, qty, receivedOn, expiresOn } of lots) {
    if (expiresOn <= policy.mustOutlive) continue;
    let own = queues.get(sku);
    if (own === undefined) queues.set(sku, (own = new Map()));
    let queue = own.get(warehouse);
    if (queue === undefined) own.set(warehouse, (queue = { lots: [], head: 0 }));
    queue.lots.push({ id, on: receivedOn, left: qty });
  }
  const byAge = (a: OpenLot, b: OpenLot): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1);
  for (const own of queues.values()) for (const queue of own.values()) queue.lots.sort(byAge);
  const takes: Take[] = [];
  const shortages: { lineId: string; quantity: number }[] = [];
  for (const order of [...orders].sort(compareOrders)) {
    const warehouses = policy.nearest[order.region] ?? [];
    for (const { id: lineId, sku, qty } of order.lines) {
      const own = queues.get(sku);
      let need = qty;
      for (let rank = 0; own !== undefined && need > 0 && rank < warehouses.length; rank++) {
        const queue = own.get(warehouses[rank]!);
        while (queue !== undefined && need > 0 && queue.head < queue.lots.length) {
          const lot = queue.lots[queue.head]!;
          const quantity = Math.min(need, lot.left);
          takes.push({ lineId, lotNo: lot.id, quantity });
          lot.left -= quantity;
          need -= quantity;
          if (lot.left === 0) queue.head++;
        }
      }
      if (need > 0) shortages.push({ lineId, quantity: need });
    }
  }
  return { takes, shortages };
}

function compareOrders(a: OrderRow, b: OrderRow): number {
  if (a.class !== b.class) return a.class < b.class ? -1 : 1;
  if (a.amount !== b.amount) return b.amount - a.amount;
  if (a.grade !== b.grade) return a.grade - b.grade;
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The least that must be done from rows to rows: names into numbers, the loop over columns, numbers into names. */
export function allocateRowsOnFloor({ orders, lots, policy }: RowWorld): RowTakes {
  const items = new Map<string, number>();
  const itemOf = (sku: string): number => {
    let item = items.get(sku);
    if (item === undefined) items.set(sku, (item = items.size));
    return item;
  };
  const regions = new Map<string, number>();
  const sites = new Map<string, number>();
  for (const [region, warehouses] of Object.entries(policy.nearest)) {
    regions.set(region, regions.size);
    for (const warehouse of warehouses) if (!sites.has(warehouse)) sites.set(warehouse, sites.size);
  }
  const nearness = new Int32Array(regions.size * sites.size).fill(-1);
  for (const [region, warehouses] of Object.entries(policy.nearest))
    for (const [rank, warehouse] of warehouses.entries())
      nearness[regions.get(region)! * sites.size + sites.get(warehouse)!] = rank;

  const firstLine = new Int32Array(orders.length + 1);
  for (let order = 0; order < orders.length; order++)
    firstLine[order + 1] = firstLine[order]! + orders[order]!.lines.length;
  const count = firstLine[orders.length]!;
  const lineItem = new Int32Array(count);
  const lineUnits = new Int32Array(count);
  const lineArea = new Int32Array(count);
  const lineIds = new Array<string>(count);
  const keys = new Float64Array(orders.length);
  let line = 0;
  for (let order = 0; order < orders.length; order++) {
    const { class: own, amount, grade, region, lines } = orders[order]!;
    const area = regions.get(region)!;
    keys[order] = ((own.charCodeAt(0) - 65) * 2 ** 22 + (2 ** 22 - amount)) * 8 + grade;
    for (let at = 0; at < lines.length; at++) {
      const { id, sku, qty } = lines[at]!;
      lineIds[line] = id;
      lineItem[line] = itemOf(sku);
      lineArea[line] = area;
      lineUnits[line++] = qty;
    }
  }
  const lotColumns = lotsOnFloor(lots, policy.mustOutlive, itemOf, sites);
  const { lotIds, ...columns } = lotColumns;
  const sequence = new Int32Array(count);
  let place = 0;
  for (const order of sortedOnFloor(orders, keys))
    for (let at = firstLine[order]!; at < firstLine[order + 1]!; at++) sequence[place++] = at;
  const found = allocateOnFloor({
    items: items.size,
    warehouses: sites.size,
    sequence,
    lineItem,
    lineUnits,
    lineArea,
    nearness,
    ...columns,
  });
  const takes = new Array<Take>(found.count);
  const left = lineUnits.slice();
  for (let take = 0; take < found.count; take++) {
    const current = found.line[take]!;
    const quantity = found.units[take]!;
    left[current]! -= quantity;
    takes[take] = { lineId: lineIds[current]!, lotNo: lotIds[found.lot[take]!]!, quantity };
  }
  const shortages: { lineId: string; quantity: number }[] = [];
  for (const current of sequence)
    if (left[current]! > 0) shortages.push({ lineId: lineIds[current]!, quantity: left[current]! });
  return { takes, shortages };
}

function lotsOnFloor(
  lots: readonly LotRow[],
  lastDay: string,
  itemOf: (sku: string) => number,
  sites: ReadonlyMap<string, number>,
) {
  const lotIds: string[] = [];
  const lotItem = new Int32Array(lots.length);
  const lotWarehouse = new Int32Array(lots.length);
  const lotUnits = new Int32Array(lots.length);
  const lotQueue = new Float64Array(lots.length);
  const days = new Map<string, number>();
  for (const { id, sku, warehouse, qty, receivedOn, expiresOn } of lots) {
    if (expiresOn <= lastDay) continue;
    let day = days.get(receivedOn);
    if (day === undefined) days.set(receivedOn, (day = Date.parse(receivedOn)));
    const lot = lotIds.length;
    lotItem[lot] = itemOf(sku);
    lotWarehouse[lot] = sites.get(warehouse)!;
    lotUnits[lot] = qty;
    lotQueue[lot] = day;
    lotIds.push(id);
  }
  const count = lotIds.length;
  return {
    lotIds,
    lotItem: lotItem.subarray(0, count),
    lotWarehouse: lotWarehouse.subarray(0, count),
    lotUnits: lotUnits.subarray(0, count),
    lotQueue: lotQueue.subarray(0, count),
  };
}

/** Sorts numbers; rows are looked at only where these are equal. */
function sortedOnFloor(orders: readonly OrderRow[], keys: Float64Array): Int32Array {
  const packed = keys.map((key, order) => key * orders.length + order).sort();
  const sorted = Int32Array.from(packed, (key) => key % orders.length);
  for (let begin = 0; begin < sorted.length;) {
    let end = begin + 1;
    while (end < sorted.length && keys[sorted[end]!] === keys[sorted[begin]!]) end++;
    if (end - begin > 1) sorted.subarray(begin, end).sort((a, b) => compareOrders(orders[a]!, orders[b]!));
    begin = end;
  }
  return sorted;
}
