import { totalOf } from "./warehouse-market.js";
import type { Network } from "./warehouse-network.js";
import { greedyCover, planWith, type Counter, type Plan } from "./warehouse-search.js";

/** Deepest that a search goes into itself. */
const DEEPEST = 1000;

/** What one share of an item may differ for reasons of counting alone. */
const ALIKE = 1e-12;

/**
 * What is served in all: of each item the share of what is needed, summed up.
 *
 * @param wanted units of each item, whether or not they are there
 */
export function sharesServed(parts: Plan["parts"], wanted: readonly number[]): number {
  return parts.reduce((sum, row, item) => sum + (wanted[item] === 0 ? 0 : totalOf(row) / wanted[item]!), 0);
}

/** Whether a plan serves less in all than another. */
export const servesLess = (share: number, other: number): boolean => share < other - ALIKE;

/**
 * The plan that serves most in all where no plan serves everything, by branch and bound over sets of warehouses in the
 * order of their ids; a greedy cover where the steps do not suffice to find a better one. Of plans that serve the same the
 * least costly that was looked at.
 */
export function fullestPlan(network: Network, counter: Counter): Plan {
  const { setups, units, most } = network;
  let best = planWith(network, greedyCover(network), counter);
  let served = sharesServed(best.parts, network.wanted);
  const chosen = network.inUse.slice();
  const visit = (from: number, size: number): void => {
    if (counter.left === 0 || size > DEEPEST) {
      counter.isSpent = true;
      return;
    }
    counter.left--;
    const plan = fullestWith(network, chosen, counter);
    const share = sharesServed(plan.parts, network.wanted);
    if (servesLess(served, share) || (!servesLess(share, served) && plan.cost < best.cost)) {
      [best, served] = [plan, Math.max(served, share)];
    }
    if (size === most) return;
    for (let site = from; site < setups.length && !counter.isSpent; site++) {
      // With every site that is passed over there is less to hope for.
      if (servesLess(hopeOf(network, chosen, site), served)) return;
      if (chosen[site] === 1 || units.every((row) => row[site] === 0)) continue;
      chosen[site] = 1;
      visit(site + 1, size + 1);
      chosen[site] = 0;
    }
  };
  visit(0, 0);
  return best;
}

/** The most that the chosen sites and those from one on can serve, each item by itself. */
function hopeOf(network: Network, chosen: Uint8Array, from: number): number {
  const { wanted, most, mostPerLine, inUse } = network;
  const count = Math.min(most + totalOf([...inUse]), mostPerLine);
  const isOpen = (site: number): boolean => chosen[site] === 1 || site >= from;
  return wanted.reduce((sum, want, item) => {
    return want === 0 ? sum : sum + pouredInto(network, item, count, isOpen) / want;
  }, 0);
}

/** Units of an item that the fullest of some sites give. */
function pouredInto(
  { needs, units, queues }: Network,
  item: number,
  count: number,
  isOpen: (site: number) => boolean,
): number {
  let [given, left] = [0, count];
  for (const site of queues[item]!.fullest) {
    if (left === 0 || given >= needs[item]!) break;
    if (!isOpen(site) || units[item]![site] === 0) continue;
    given += units[item]![site]!;
    left--;
  }
  return Math.min(given, needs[item]!);
}

/** The plan of these warehouses that serves most in all. */
function fullestWith(network: Network, chosen: Uint8Array, counter: Counter): Plan {
  const plan = planWith(network, chosen, counter);
  const isRoomy = network.rooms.every((room, site) => chosen[site] === 0 || room >= network.needs.length);
  if (isRoomy) return plan;
  const parts = fullestInRooms(network, chosen, plan.parts, counter);
  return { ...plan, parts, cost: costOf(network, parts) };
}

function costOf({ setups, unitCosts }: Network, parts: Plan["parts"]): number {
  return setups.reduce((total, setup, site) => {
    const units = parts.map((row, item) => row[site]! * unitCosts[item]![site]!);
    return total + totalOf(units) + (parts.some((row) => row[site]! > 0) ? setup : 0);
  }, 0);
}

/** What the chosen warehouses serve at most, none of them more items than it has room for; at least the parts at hand. */
function fullestInRooms(network: Network, chosen: Uint8Array, known: Plan["parts"], counter: Counter): Plan["parts"] {
  const { needs, units, wanted, queues, mostPerLine } = network;
  const rooms = network.rooms.map((room, site) => (chosen[site] === 1 ? room : 0));
  const isOpen = (site: number): boolean => rooms[site]! > 0;
  // What the items after one serve at most.
  const hopes = [0];
  for (let item = needs.length - 1; item >= 0; item--) {
    const share = wanted[item] === 0 ? 0 : pouredInto(network, item, mostPerLine, isOpen) / wanted[item]!;
    hopes.unshift(hopes[0]! + share);
  }
  let best = known;
  let served = sharesServed(known, wanted);
  const parts = units.map((row) => row.map(() => 0));
  const visit = (item: number, from: number, open: number, sites: number, share: number, depth: number): void => {
    if (item === needs.length) {
      if (servesLess(served, share)) [best, served] = [parts.map((row) => [...row]), share];
      return;
    }
    const own = wanted[item] === 0 ? 0 : open / wanted[item]!;
    if (!servesLess(served, share + own + hopes[item + 1]!)) return;
    if (counter.left === 0 || depth > DEEPEST) counter.isSpent = true;
    if (counter.isSpent) return;
    counter.left--;
    const queue = queues[item]!.fullest;
    for (let place = from; place < queue.length && sites < mostPerLine && open > 0; place++) {
      const site = queue[place]!;
      const part = Math.min(open, units[item]![site]!);
      if (part === 0 || rooms[site] === 0) continue;
      parts[item]![site] = part;
      rooms[site]!--;
      visit(item, place + 1, open - part, sites + 1, share + part / wanted[item]!, depth + 1);
      parts[item]![site] = 0;
      rooms[site]!++;
    }
    visit(item + 1, 0, needs[item + 1] ?? 0, 0, share, depth + 1);
  };
  visit(0, 0, needs[0] ?? 0, 0, 0, 0);
  return best;
}
