import { cheapestInRooms, hasRoom } from "./warehouse-rooms.js";
import { queuesOf, type Network } from "./warehouse-network.js";
import { totalOf } from "./warehouse-market.js";

/** What each warehouse gives. */
export interface Plan {
  /** Units by item and warehouse. */
  readonly parts: readonly (readonly number[])[];
  /** What that costs, in whole units. */
  readonly cost: number;
  /** Whether it serves all that can be served. */
  readonly isComplete: boolean;
}

/** The budget of one search. */
export interface Counter {
  /** Steps left. */
  left: number;
  /** Whether a look was left out for want of steps. */
  isSpent: boolean;
}

/** The least costly plan that serves all, by branch and bound over sets of warehouses in the order of their ids. */
export function cheapestPlan(network: Network, counter: Counter): Plan | undefined {
  const { setups, units, most } = network;
  const leastSetups = setups.map((cost, site) => (network.inUse[site] === 1 ? Infinity : cost));
  for (let site = setups.length - 2; site >= 0; site--)
    leastSetups[site] = Math.min(leastSetups[site]!, leastSetups[site + 1]!);
  const cover = planWith(network, greedyCover(network), counter);
  let best = cover.isComplete ? cover : undefined;
  // The cover may be equalled once, so that among equals the set whose ids come first is found.
  let bound = best === undefined ? Infinity : best.cost + 1;
  const chosen = network.inUse.slice();
  const visit = (from: number, size: number, setup: number): void => {
    if (counter.left === 0 || size > DEEPEST) {
      counter.isSpent = true;
      return;
    }
    counter.left--;
    const plan = planWith(network, chosen, counter);
    if (plan.isComplete && plan.cost < bound) [best, bound] = [plan, plan.cost];
    for (let site = from; site < setups.length && !counter.isSpent; site++) {
      const hope = hopeOf(network, chosen, site);
      // With every site that is passed over there is less to hope for.
      if (size + hope.more > most || setup + hope.cost + hope.more * leastSetups[site]! >= bound) return;
      if (chosen[site] === 1 || units.every((row) => row[site] === 0)) continue;
      chosen[site] = 1;
      visit(site + 1, size + 1, setup + setups[site]!);
      chosen[site] = 0;
    }
  };
  visit(0, 0, 0);
  return best;
}

/** Sets of more warehouses than this are left to the greedy cover: the search goes into itself once for each. */
const DEEPEST = 1000;

/** What at least it takes to serve all by the chosen ones and one or more of those from a site on. */
function hopeOf({ needs, units, unitCosts, queues }: Network, chosen: Uint8Array, from: number) {
  const hope = { more: 1, cost: 0 };
  for (const [item, { cheapest, fullest }] of queues.entries()) {
    let need = needs[item]!;
    let open = need;
    for (const site of cheapest) {
      if (chosen[site] === 0 && site < from) continue;
      const part = Math.min(need, units[item]![site]!);
      need -= part;
      hope.cost += part * unitCosts[item]![site]!;
      if (chosen[site] === 1) open -= Math.min(open, units[item]![site]!);
    }
    let more = 0;
    for (const site of fullest) {
      if (open <= 0) break;
      if (site < from || chosen[site] === 1) continue;
      open -= units[item]![site]!;
      more++;
    }
    hope.more = Math.max(hope.more, need > 0 ? Infinity : more);
  }
  return hope;
}

/** Takes again and again the warehouse that serves most for its cost, of as many items as it has room for. */
export function greedyCover({ needs, units, unitCosts, setups, most, rooms, inUse }: Network): Uint8Array {
  const chosen = inUse.slice();
  const left = [...needs];
  for (const [site, mark] of inUse.entries())
    if (mark === 1) for (const { item, part } of partsOf(site)) left[item]! -= part;
  for (let size = 0; size < most; size++) {
    let [best, bestGain]: [readonly ItemPart[], number] = [[], 0];
    let bestSite = -1;
    for (let site = 0; site < setups.length; site++) {
      if (chosen[site] === 1) continue;
      const served = partsOf(site);
      const share = totalOf(served.map((part) => part.share));
      const cost = setups[site]! + 1 + totalOf(served.map(({ item, part }) => part * unitCosts[item]![site]!));
      if (share / cost > bestGain) [best, bestGain, bestSite] = [served, share / cost, site];
    }
    if (bestSite < 0) break;
    chosen[bestSite] = 1;
    for (const { item, part } of best) left[item]! -= part;
  }
  return chosen;

  function partsOf(site: number): readonly ItemPart[] {
    const parts: ItemPart[] = [];
    for (const [item, open] of left.entries()) {
      const part = Math.min(open, units[item]![site]!);
      if (part > 0) parts.push({ item, part, share: part / needs[item]! });
    }
    if (parts.length <= rooms[site]!) return parts;
    return parts.sort((a, b) => b.share - a.share || a.item - b.item).slice(0, rooms[site]);
  }
}

interface ItemPart {
  readonly item: number;
  readonly part: number;
  /** Of what is needed of the item. */
  readonly share: number;
}

/** The least costly plan with these warehouses; where they cannot serve all, what they can. */
export function planWith(network: Network, chosen: Uint8Array, counter: Counter): Plan {
  const { needs, setups, unitCosts } = network;
  const parts = partsWith(network, chosen, counter);
  let cost = 0;
  for (let site = 0; site < setups.length; site++) {
    for (const item of needs.keys()) cost += parts[item]![site]! * unitCosts[item]![site]!;
    if (parts.some((row) => row[site]! > 0)) cost += setups[site]!;
  }
  return { parts, cost, isComplete: needs.every((need, item) => totalOf(parts[item]!) === need) };
}

/** What each item takes from these warehouses, so that none of them has more items than it has room for. */
function partsWith(network: Network, chosen: Uint8Array, counter: Counter): readonly (readonly number[])[] {
  const { needs, rooms } = network;
  const parts = needs.map((_, item) => lineWith(network, item, chosen, counter));
  if (hasRoom(parts, rooms)) return parts;
  const found = cheapestInRooms(network, chosen, counter);
  if (found !== undefined) return found;
  const left = [...rooms];
  return needs.map((_, item) => {
    const open = chosen.map((one, site) => (left[site]! > 0 ? one : 0));
    const row = lineWith(network, item, open, counter);
    for (const [site, part] of row.entries()) if (part > 0) left[site]!--;
    return row;
  });
}

/** What these warehouses give of one item. */
function lineWith(network: Network, item: number, chosen: Uint8Array, counter: Counter): readonly number[] {
  const { units, needs, unitCosts, mostPerLine, queues } = network;
  const row = units[item]!.map((part, site) => part * chosen[site]!);
  const { cheapest, fullest } = queues[item]!;
  const cheap = taken(row, needs[item]!, cheapest);
  if (cheap.filter((part) => part > 0).length <= mostPerLine) return cheap;
  const full = taken(row, needs[item]!, fullest.filter((site) => row[site]! > 0).slice(0, mostPerLine));
  if (totalOf(full) < needs[item]!) return full;
  // Too many for one line: the same question again, for this item alone and without setups.
  const line = {
    units: [row],
    wanted: [needs[item]!],
    needs: [needs[item]!],
    unitCosts: [unitCosts[item]!],
    setups: row.map(() => 0),
    inUse: new Uint8Array(row.length),
  };
  const sub = { ...line, most: mostPerLine, mostPerLine: Infinity, rooms: row.map(() => Infinity) };
  return cheapestPlan({ ...sub, queues: queuesOf(sub) }, counter)?.parts[0] ?? full;
}

/** Takes what is needed from the sites in turn. */
function taken(row: readonly number[], need: number, queue: readonly number[]): number[] {
  const parts = row.map(() => 0);
  let open = need;
  for (const site of queue) {
    parts[site] = Math.min(open, row[site]!);
    open -= parts[site];
  }
  return parts;
}
