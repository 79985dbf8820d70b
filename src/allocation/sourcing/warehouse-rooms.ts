import { totalOf } from "./warehouse-market.js";
import type { Network } from "./warehouse-network.js";
import type { Counter } from "./warehouse-search.js";

/** Most parts that a way is made of: the search goes into itself once for each. */
const DEEPEST = 1000;

/** Whether no warehouse gives more items than it has room for. */
export function hasRoom(parts: readonly (readonly number[])[], rooms: readonly number[]): boolean {
  return rooms.every((room, site) => room === Infinity || parts.filter((row) => row[site]! > 0).length <= room);
}

/**
 * The least costly way in which the chosen warehouses serve all items, none of them more items than it has room for. Setups
 * are not counted here, since the chosen warehouses are fixed.
 *
 * @returns undefined where there is none, or none was found before the steps were spent
 */
export function cheapestInRooms(
  network: Network,
  chosen: Uint8Array,
  counter: Counter,
): readonly (readonly number[])[] | undefined {
  const { needs, units, unitCosts, mostPerLine, queues } = network;
  const rooms = network.rooms.map((room, site) => (chosen[site] === 1 ? room : 0));
  // What the items after one cost at least, and how many warehouses they need at least.
  const [costAfter, sitesAfter] = [[0], [0]];
  for (let item = needs.length - 1; item >= 0; item--) {
    const given = (queue: readonly number[]) =>
      poured(
        network,
        item,
        queue.filter((site) => rooms[site]! > 0),
      );
    const cheap = given(queues[item]!.cheapest);
    const full = given(queues[item]!.fullest);
    if (full.open > 0) return undefined;
    costAfter.unshift(costAfter[0]! + cheap.cost);
    sitesAfter.unshift(sitesAfter[0]! + full.sites);
  }
  // What an item can still get from a place in its queue on.
  const hopes = queues.map(({ cheapest }, item) => {
    const sums = [0];
    for (const site of [...cheapest].reverse()) sums.unshift(sums[0]! + (rooms[site]! > 0 ? units[item]![site]! : 0));
    return sums;
  });
  let roomLeft = totalOf(rooms);
  let best: number[][] | undefined;
  let bound = Infinity;
  const parts = units.map((row) => row.map(() => 0));
  const visit = (item: number, from: number, open: number, sites: number, cost: number, depth: number): void => {
    if (open === 0) {
      if (item + 1 < needs.length) visit(item + 1, 0, needs[item + 1]!, 0, cost, depth + 1);
      else if (cost < bound) [best, bound] = [parts.map((row) => [...row]), cost];
      return;
    }
    const queue = queues[item]!.cheapest;
    for (let place = from; place < queue.length; place++) {
      // With every warehouse that is passed over there is less to hope for.
      if (sites === mostPerLine || roomLeft <= sitesAfter[item + 1]! || hopes[item]![place]! < open) return;
      if (cost + costAfter[item + 1]! >= bound) return;
      const site = queue[place]!;
      const part = Math.min(open, units[item]![site]!);
      if (part === 0 || rooms[site] === 0) continue;
      if (counter.left === 0 || depth > DEEPEST) counter.isSpent = true;
      if (counter.isSpent) return;
      counter.left--;
      parts[item]![site] = part;
      rooms[site]!--;
      roomLeft--;
      visit(item, place + 1, open - part, sites + 1, cost + part * unitCosts[item]![site]!, depth + 1);
      parts[item]![site] = 0;
      rooms[site]!++;
      roomLeft++;
    }
  };
  if (needs.length > 0) visit(0, 0, needs[0]!, 0, 0, 0);
  return best;
}

/** What is left open, and at what cost, when an item is taken from warehouses in turn. */
function poured({ needs, units, unitCosts }: Network, item: number, queue: readonly number[]) {
  let [open, cost, sites] = [needs[item]!, 0, 0];
  for (const site of queue) {
    const part = Math.min(open, units[item]![site]!);
    if (part === 0) continue;
    open -= part;
    cost += part * unitCosts[item]![site]!;
    sites++;
  }
  return { open, cost, sites };
}
