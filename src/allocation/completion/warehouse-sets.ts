/** Up to so many warehouses all their sets are looked at; beyond, a greedy cover stands in. */
const MOST_FOR_SETS = 10;

/**
 * All sets of warehouses, smaller ones first.
 *
 * @returns the sets; undefined where there are too many to look at
 */
export function warehouseSets(warehouses: number): readonly (readonly number[])[] | undefined {
  if (warehouses > MOST_FOR_SETS) return undefined;
  const sets: number[][] = [];
  for (let mask = 1; mask < 1 << warehouses; mask++)
    sets.push(Array.from({ length: warehouses }, (_, site) => site).filter((site) => ((mask >> site) & 1) === 1));
  return sets.sort((a, b) => a.length - b.length);
}

/**
 * The fewest warehouses that have all that an order needs, and among equally few those that it leaves most in.
 *
 * @param left units of item i in warehouse w at `i × warehouses + w`
 * @param sets as `warehouseSets` gives them
 * @returns warehouses, or undefined where all together have not enough; a greedy cover without sets. `looks` counts sets
 */
export function fewestWarehouses(
  { items, units }: { readonly items: readonly number[]; readonly units: readonly number[] },
  left: Float64Array,
  warehouses: number,
  sets: readonly (readonly number[])[] | undefined,
): { readonly sites: readonly number[] | undefined; readonly looks: number } {
  if (items.length === 0) return { sites: [], looks: 0 };
  if (sets === undefined) return { sites: greedySites(items, units, left, warehouses), looks: warehouses };
  let [best, most, looks]: [readonly number[] | undefined, number, number] = [undefined, -1, 0];
  for (const sites of sets) {
    if (best !== undefined && sites.length > best.length) break;
    looks++;
    const room = roomIn(items, units, left, warehouses, sites);
    if (room > most) [best, most] = [sites, room];
  }
  return { sites: best, looks };
}

/**
 * A number of warehouses that no way to serve an order falls below: where every set of them can be looked at the fewest, else
 * what one of its items needs alone.
 *
 * @param left units of item i in warehouse w at `i × warehouses + w`
 * @param sets as `warehouseSets` gives them
 * @returns 0 where all together have not enough
 */
export function leastWarehouses(
  order: { readonly items: readonly number[]; readonly units: readonly number[] },
  left: Float64Array,
  warehouses: number,
  sets: readonly (readonly number[])[] | undefined,
): number {
  if (sets !== undefined) return fewestWarehouses(order, left, warehouses, sets).sites?.length ?? 0;
  let least = 0;
  for (const [line, item] of order.items.entries()) {
    const fullest = left
      .slice(item * warehouses, (item + 1) * warehouses)
      .sort()
      .reverse();
    let need = order.units[line]!;
    let count = 0;
    for (; need > 0 && count < warehouses; count++) need -= fullest[count]!;
    if (need > 0) return 0;
    least = Math.max(least, count);
  }
  return least;
}

/** How little these warehouses are strained by the order: Σ of the part that stays; below zero where they cannot serve it. */
function roomIn(
  items: readonly number[],
  units: readonly number[],
  left: Float64Array,
  warehouses: number,
  sites: readonly number[],
): number {
  let room = 0;
  for (let line = 0; line < items.length; line++) {
    const row = items[line]! * warehouses;
    let total = 0;
    for (const site of sites) total += left[row + site]!;
    if (total < units[line]!) return -1;
    room += (total - units[line]!) / (total + 1);
  }
  return room;
}

/** Takes again and again the warehouse that has most of what is still missing. */
function greedySites(
  items: readonly number[],
  units: readonly number[],
  left: Float64Array,
  warehouses: number,
): number[] | undefined {
  const missing = [...units];
  const sites: number[] = [];
  while (missing.some((need) => need > 0)) {
    let [best, most] = [-1, 0];
    for (let site = 0; site < warehouses; site++) {
      if (sites.includes(site)) continue;
      let share = 0;
      for (const [line, need] of missing.entries())
        share += Math.min(need, left[items[line]! * warehouses + site]!) / units[line]!;
      if (share > most) [best, most] = [site, share];
    }
    if (best < 0) return undefined;
    sites.push(best);
    for (const [line, need] of missing.entries())
      missing[line] = need - Math.min(need, left[items[line]! * warehouses + best]!);
  }
  return sites.sort((a, b) => a - b);
}
