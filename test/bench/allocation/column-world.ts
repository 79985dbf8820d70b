import type { AllocationColumns } from "../../../src/allocation/allocation-columns.js";
import { seededRandom, type Random } from "../random.js";

/** Orders and stock as figures, from which columns and objects are built alike. */
export interface ColumnWorld {
  /** Number of orders. */
  readonly orders: number;
  /** Number of items. */
  readonly items: number;
  /** Number of warehouses. */
  readonly warehouses: number;
  /** Number of delivery areas. */
  readonly areas: number;
  /** First line of each order; one entry more than orders. */
  readonly firstLine: Int32Array;
  /** Class of each order's customer, 0 best. */
  readonly orderClass: Uint8Array;
  /** Amount of each order in cents. */
  readonly orderCents: Int32Array;
  /** Credit grade of each order, 0 best. */
  readonly orderGrade: Uint8Array;
  /** Minute of receipt of each order. */
  readonly orderMinute: Int32Array;
  /** Area of each order. */
  readonly orderArea: Int32Array;
  /** Item of each line. */
  readonly lineItem: Int32Array;
  /** Wanted pieces of each line. */
  readonly lineUnits: Int32Array;
  /** Area of each line. */
  readonly lineArea: Int32Array;
  /** Item of each lot. */
  readonly lotItem: Int32Array;
  /** Warehouse of each lot. */
  readonly lotWarehouse: Int32Array;
  /** Free pieces of each lot. */
  readonly lotUnits: Int32Array;
  /** Day of receipt of each lot, from 0. */
  readonly lotDay: Int32Array;
  /** Place of each lot: day of receipt, then number. */
  readonly lotQueue: Float64Array;
  /** How near each warehouse is to each area. */
  readonly nearness: Int32Array;
  /** Lines in the order of service. */
  readonly sequence: Int32Array;
}

/**
 * Draws a batch: orders of 1 to 9 lines, a few items that everybody wants, stock for about nine tenths of it, lots in
 * half of the warehouses, and fifty areas with their own idea of what is near.
 */
export function columnWorld(lines: number, warehouses: number): ColumnWorld {
  const random = seededRandom(lines * 31 + warehouses);
  const items = Math.max(50, Math.round(lines / 20));
  const areas = warehouses === 1 ? 1 : 50;
  const firstLine: number[] = [0];
  const lineItem = new Int32Array(lines);
  const lineUnits = new Int32Array(lines);
  const demand = new Float64Array(items);
  const shuffled = shuffledNumbers(random, items);
  for (let line = 0; line < lines; line++) {
    const item = shuffled[Math.floor(items * random.next() ** 2.5)] as number;
    const units = random.next() < 0.8 ? random.between(1, 6) : random.between(7, 20);
    lineItem[line] = item;
    lineUnits[line] = units;
    demand[item] = (demand[item] as number) + units;
  }
  while ((firstLine.at(-1) as number) < lines)
    firstLine.push(Math.min(lines, (firstLine.at(-1) as number) + random.between(1, 9)));
  const orders = firstLine.length - 1;
  const orderClass = Uint8Array.from({ length: orders }, () => Math.floor(5 * Math.sqrt(random.next())));
  const orderCents = Int32Array.from({ length: orders }, () => random.between(500, 2_000_000));
  const orderGrade = Uint8Array.from({ length: orders }, () => random.between(0, 3));
  const orderMinute = Int32Array.from({ length: orders }, () => random.between(0, 60 * 24 * 60 - 1));
  const orderArea = Int32Array.from({ length: orders }, () => random.between(0, areas - 1));
  const lineArea = new Int32Array(lines);
  for (let order = 0; order < orders; order++)
    lineArea.fill(orderArea[order] as number, firstLine[order], firstLine[order + 1]);

  const sorted = Int32Array.from({ length: orders }, (_, order) => order).sort(
    (a, b) =>
      (orderClass[a] as number) - (orderClass[b] as number) ||
      (orderCents[b] as number) - (orderCents[a] as number) ||
      (orderGrade[a] as number) - (orderGrade[b] as number) ||
      (orderMinute[a] as number) - (orderMinute[b] as number) ||
      a - b,
  );
  const sequence = new Int32Array(lines);
  let place = 0;
  for (const order of sorted)
    for (let line = firstLine[order] as number; line < (firstLine[order + 1] as number); line++)
      sequence[place++] = line;

  return {
    orders,
    items,
    warehouses,
    areas,
    firstLine: Int32Array.from(firstLine),
    orderClass,
    orderCents,
    orderGrade,
    orderMinute,
    orderArea,
    lineItem,
    lineUnits,
    lineArea,
    ...lotsFor(random, demand, warehouses),
    nearness: nearnessOf(random, areas, warehouses),
    sequence,
  };
}

/** The columns that `allocateColumns` takes. */
export function allocationColumns(world: ColumnWorld): AllocationColumns {
  const { items, warehouses, sequence, lineItem, lineUnits, lineArea } = world;
  const { lotItem, lotWarehouse, lotUnits, lotQueue, nearness } = world;
  return {
    items,
    warehouses,
    sequence,
    lineItem,
    lineUnits,
    lineArea,
    lotItem,
    lotWarehouse,
    lotUnits,
    lotQueue,
    nearness,
  };
}

function lotsFor(random: Random, demand: Float64Array, warehouses: number) {
  const lots: { item: number; warehouse: number; units: number; day: number }[] = [];
  for (const [item, wanted] of demand.entries()) {
    const total = Math.round((wanted === 0 ? 8 : wanted) * (0.55 + 0.75 * random.next()));
    const homes = Array.from({ length: warehouses }, (_, warehouse) => warehouse).filter(() => random.next() < 0.5);
    if (homes.length === 0) homes.push(random.between(0, warehouses - 1));
    const parts = homes.flatMap((warehouse) => Array.from({ length: random.between(1, 5) }, () => warehouse));
    for (const warehouse of parts) {
      const units = Math.round((total / parts.length) * (0.5 + random.next()));
      if (units > 0) lots.push({ item, warehouse, units, day: random.between(0, 59) });
    }
  }
  const order = shuffledNumbers(random, lots.length);
  const mixed = Array.from(order, (place) => lots[place] as (typeof lots)[number]);
  return {
    lotItem: Int32Array.from(mixed, ({ item }) => item),
    lotWarehouse: Int32Array.from(mixed, ({ warehouse }) => warehouse),
    lotUnits: Int32Array.from(mixed, ({ units }) => units),
    lotDay: Int32Array.from(mixed, ({ day }) => day),
    lotQueue: Float64Array.from(mixed, ({ day }, lot) => day * mixed.length + lot),
  };
}

function nearnessOf(random: Random, areas: number, warehouses: number): Int32Array {
  const nearness = new Int32Array(areas * warehouses);
  for (let area = 0; area < areas; area++) {
    for (const [rank, warehouse] of shuffledNumbers(random, warehouses).entries())
      nearness[area * warehouses + warehouse] = rank;
  }
  return nearness;
}

function shuffledNumbers(random: Random, count: number): Int32Array {
  const numbers = Int32Array.from({ length: count }, (_, number) => number);
  for (let last = count - 1; last > 0; last--) {
    const other = random.between(0, last);
    const kept = numbers[last] as number;
    numbers[last] = numbers[other] as number;
    numbers[other] = kept;
  }
  return numbers;
}
