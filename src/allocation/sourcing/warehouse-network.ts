import { addDays, dayOfWeek, type CalendarDay } from "../../core/calendar-day.js";
import { finestScale } from "../../core/decimal-arithmetic.js";
import {
  compare,
  MAXIMUM_DECIMALS,
  maximum,
  minimum,
  ONE,
  subtract,
  toSafeUnits,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { firstDayInTime } from "../../model/cut-off.js";
import type { WarehouseId } from "../../model/ids.js";
import { placeKey, totalOf, type Market } from "./warehouse-market.js";
import type {
  WarehouseBar,
  WarehouseCutOff,
  WarehouseDay,
  WarehouseLimit,
  WarehouseOption,
} from "./warehouse-policy.js";

/** The choice as a network in whole units: a setup for each warehouse, a cost for each unit, limits to their number. */
export interface Network {
  /** What each warehouse can give of each item, at most what is needed. */
  readonly units: readonly (readonly number[])[];
  /** What is needed of each item. */
  readonly wanted: readonly number[];
  /** What can be served of each item at most. */
  readonly needs: readonly number[];
  /** What it costs that a warehouse takes part. */
  readonly setups: readonly number[];
  /** What a unit of an item costs from a warehouse. */
  readonly unitCosts: readonly (readonly number[])[];
  /** Most warehouses in all, those not counted that take part in any case. */
  readonly most: number;
  /** Warehouses that take part in any case, marked 1. */
  readonly inUse: Uint8Array;
  /** Most warehouses of one item. */
  readonly mostPerLine: number;
  /** Most items of each warehouse. */
  readonly rooms: readonly number[];
  /** Order in which each item asks the warehouses. */
  readonly queues: readonly Queue[];
}

/** What keeps a warehouse out under these limits. */
export function barOf(
  { warehouseId, distance }: WarehouseOption,
  limits: readonly WarehouseLimit[],
  day: WarehouseDay,
): WarehouseBar | undefined {
  if (limits.some((limit) => limit.kind === "excluded" && limit.warehouseIds.includes(warehouseId))) return "excluded";
  const isFar = (limit: WarehouseLimit): boolean =>
    limit.kind === "maxDistance" && (distance === undefined || compare(distance, limit.distance) > 0);
  if (limits.some(isFar)) return "too_far";
  if (isLater(shipDayOf(warehouseId, limits, day), day)) return "after_cut_off";
  return roomOf(warehouseId, limits, day) === 0 ? "no_lines_left" : undefined;
}

/** The first day on which goods of the order can leave a warehouse; undefined where no limit has a cut-off for it. */
export function shipDayOf(
  warehouseId: WarehouseId,
  limits: readonly WarehouseLimit[],
  { receivedAt, shipDay }: WarehouseDay,
): CalendarDay | undefined {
  let latest: CalendarDay | undefined;
  for (const limit of limits) {
    if (limit.kind !== "cutOff") continue;
    if (receivedAt === undefined || shipDay === undefined)
      throw new RangeError("Cut-offs need the receipt of the order and the day on which its goods are to leave.");
    const cutOff = limit.cutOffs.find((candidate) => candidate.warehouseId === warehouseId);
    if (cutOff === undefined) continue;
    const first = firstDayInTime(receivedAt, cutOff);
    const leaves = firstOpenDay(first > shipDay ? first : shipDay, cutOff);
    if (latest === undefined || leaves > latest) latest = leaves;
  }
  return latest;
}

/** A day, or the first one after it on which goods leave a warehouse. */
function firstOpenDay(day: CalendarDay, { closedWeekdays = [], closedDays = [] }: WarehouseCutOff): CalendarDay {
  let open = day;
  while (closedWeekdays.includes(dayOfWeek(open)) || closedDays.includes(open)) open = addDays(open, 1);
  return open;
}

/** Whether goods leave later than they are to. */
function isLater(leaves: CalendarDay | undefined, { shipDay }: WarehouseDay): boolean {
  return leaves !== undefined && shipDay !== undefined && leaves > shipDay;
}

/** Lines that a warehouse can still take on for the day. */
function roomOf(
  warehouseId: WarehouseId,
  limits: readonly WarehouseLimit[],
  { linesTaken = [] }: WarehouseDay,
): number {
  const taken = linesTaken.find((row) => row.warehouseId === warehouseId)?.count ?? 0;
  return limits.reduce((least, limit) => {
    if (limit.kind !== "maxLinesPerDay") return least;
    const most = limit.warehouses.find((row) => row.warehouseId === warehouseId)?.count ?? Infinity;
    return Math.min(least, Math.max(0, most - taken));
  }, Infinity);
}

/** Builds the network under these limits; undefined where whole units would not be exact. */
export function networkOf(market: Market, limits: readonly WarehouseLimit[]): Network | undefined {
  const { needs, warehouses, scales, strategy, day } = market;
  const countOf = (kind: WarehouseLimit["kind"]): number =>
    Math.min(
      warehouses.length,
      ...limits.map((limit) => ("count" in limit && limit.kind === kind ? limit.count : Infinity)),
    );
  const mostPerLine = countOf("maxWarehousesPerLine");
  const units = unitsOf(market, limits);
  const isWhole = strategy.kind === "wholeFromOne";
  const wanted = needs.map(({ quantity }, item) => toSafeUnits(quantity, scales[item]!) ?? Infinity);
  const reachable = wanted.map((need, item) =>
    isWhole ? need : Math.min(need, totalOf([...units[item]!].sort((a, b) => b - a).slice(0, mostPerLine))),
  );
  const costs = costsOf(market);
  if (costs === undefined || !wanted.every(Number.isSafeInteger)) return undefined;
  const worst =
    totalOf(costs.setups) + totalOf(wanted.map((need, item) => need * Math.max(0, ...costs.unitCosts[item]!)));
  if (worst > Number.MAX_SAFE_INTEGER) return undefined;
  const most = isWhole ? 1 : countOf("maxWarehouses");
  const inUse = Uint8Array.from(warehouses, ({ warehouseId }) => (day.inUse?.includes(warehouseId) === true ? 1 : 0));
  const rooms = warehouses.map(({ warehouseId }) => roomOf(warehouseId, limits, day));
  const setups = costs.setups.map((cost, site) => (inUse[site] === 1 ? 0 : cost));
  const queues = queuesOf({ ...costs, units });
  return { ...costs, setups, units, wanted, needs: reachable, most, inUse, mostPerLine, rooms, queues };
}

function unitsOf({ needs, warehouses, offered, scales, day }: Market, limits: readonly WarehouseLimit[]): number[][] {
  const safety = new Map<string, Decimal>();
  for (const limit of limits) {
    if (limit.kind !== "safetyStock") continue;
    for (const row of limit.quantities)
      safety.set(placeKey(row), maximum(row.quantity, safety.get(placeKey(row)) ?? ZERO));
  }
  const isBarred = warehouses.map((site) => barOf(site, limits, day) !== undefined);
  return needs.map(({ itemCode, quantity }, item) =>
    warehouses.map((site, place) => {
      if (isBarred[place] === true) return 0;
      const kept = safety.get(placeKey({ itemCode, warehouseId: site.warehouseId })) ?? ZERO;
      const free = maximum(ZERO, subtract(offered[item]![place]!, kept));
      return toSafeUnits(minimum(quantity, free), scales[item]!) ?? Infinity;
    }),
  );
}

/** Costs by strategy in whole units, the second aim of the strategy below the first. */
function costsOf({ strategy, ...market }: Market): Pick<Network, "setups" | "unitCosts"> | undefined {
  const isWeighted = strategy.kind === "weighted";
  const fixed = market.warehouses.map(({ fixedCost }) => (isWeighted ? ZERO : (fixedCost ?? ZERO)));
  const lost = market.scores.map(({ score }) => subtract(ONE, score ?? ZERO));
  const perUnit = market.unitCosts.map((row) => (isWeighted ? lost : row));
  const scale = perUnit.reduce(
    (finest, row, item) => Math.max(finest, finestScale(row) + market.scales[item]!),
    finestScale(fixed),
  );
  if (scale > MAXIMUM_DECIMALS) return undefined;
  const unitsAt = (figure: Decimal, decimals: number): number => toSafeUnits(figure, decimals) ?? Infinity;
  const setups = fixed.map((cost) => unitsAt(cost, scale));
  const unitCosts = perUnit.map((row, item) => row.map((cost) => unitsAt(cost, scale - market.scales[item]!)));
  if (strategy.kind === "fewestSplits") {
    const one = totalOf(setups) + 1;
    return { setups: setups.map((cost) => cost + one), unitCosts: unitCosts.map((row) => row.map(() => 0)) };
  }
  const factor = setups.length + 1;
  return {
    setups: setups.map((cost) => cost * factor + 1),
    unitCosts: unitCosts.map((row) => row.map((cost) => cost * factor)),
  };
}

/** Sites in the order in which an item is taken from them. */
export interface Queue {
  /** By cost of the item, then by what they have of it. */
  readonly cheapest: readonly number[];
  /** By what they have of it. */
  readonly fullest: readonly number[];
}

/** The order in which each item asks the warehouses. */
export function queuesOf({ units, unitCosts }: Pick<Network, "units" | "unitCosts">): Queue[] {
  return units.map((row, item) => {
    const fullest = [...row.keys()].sort((a, b) => row[b]! - row[a]! || a - b);
    return { fullest, cheapest: [...fullest].sort((a, b) => unitCosts[item]![a]! - unitCosts[item]![b]!) };
  });
}
