import { seededRandom } from "../random.js";

/** Orders that are served in full or not at all, and stock by item and warehouse; whole units, values in cents. */
export interface CompletionWorld {
  readonly orders: readonly {
    readonly value: number;
    readonly needs: readonly { readonly item: number; readonly units: number }[];
    /** Warehouses, nearest first. */
    readonly near: readonly number[];
  }[];
  /** Units of each item in each warehouse. */
  readonly stock: readonly (readonly number[])[];
  readonly warehouses: number;
  readonly shipmentCost: number;
}

/** Few items are wanted by many, stock covers half to all of what is wanted, and a third of the shelves is empty. */
export function completionWorld(size: number, warehouses: number, seed: number): CompletionWorld {
  const random = seededRandom(seed * 1009 + size);
  const items = Math.max(6, Math.round(size / 3));
  const price = Array.from({ length: items }, () => random.between(200, 9000));
  const wanted = new Float64Array(items);
  const orders = Array.from({ length: size }, () => {
    const units = new Map<number, number>();
    for (let line = random.between(1, 7); line > 0; line--) {
      const item = Math.floor(items * random.next() ** 2);
      units.set(item, (units.get(item) ?? 0) + random.between(1, 8));
    }
    const needs = [...units].map(([item, quantity]) => ({ item, units: quantity }));
    for (const need of needs) wanted[need.item]! += need.units;
    const near = Array.from({ length: warehouses }, (_, site) => ({ site, far: random.next() }))
      .sort((a, b) => a.far - b.far)
      .map(({ site }) => site);
    return { value: needs.reduce((sum, need) => sum + need.units * price[need.item]!, 0), needs, near };
  });
  const stock = Array.from(wanted, (total) => {
    const shares = Array.from({ length: warehouses }, () => (random.next() < 0.35 ? 0 : random.next() + 0.05));
    const sum = shares.reduce((whole, share) => whole + share, 0) || 1;
    const there = total * (0.5 + 0.5 * random.next());
    return shares.map((share) => Math.floor((there * share) / sum));
  });
  return { orders, stock, warehouses, shipmentCost: 500 };
}

/** What warehouses send for an order. */
export interface SentOrder {
  readonly order: number;
  readonly parts: readonly { readonly item: number; readonly site: number; readonly units: number }[];
}

/** Counts a plan after, and throws when it is none. */
export function scoreOf(world: CompletionWorld, plan: readonly SentOrder[]): string {
  const left = world.stock.map((row) => [...row]);
  let [value, shipments] = [0, 0];
  for (const { order, parts } of plan) {
    const sent = new Map<number, number>();
    for (const { item, site, units } of parts) {
      left[item]![site]! -= units;
      if (left[item]![site]! < 0) throw new Error("More was sent than there is.");
      sent.set(item, (sent.get(item) ?? 0) + units);
    }
    const { needs, value: worth } = world.orders[order]!;
    if (needs.some(({ item, units }) => sent.get(item) !== units)) throw new Error("An order is not complete.");
    value += worth;
    shipments += new Set(parts.map(({ site }) => site)).size;
  }
  return `net ${((value - shipments * world.shipmentCost) / 100).toFixed(2)}, ${plan.length} orders, ${shipments} shipments`;
}
