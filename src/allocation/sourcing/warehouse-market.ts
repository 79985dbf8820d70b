import { finestScale } from "../../core/decimal-arithmetic.js";
import {
  compare,
  divide,
  fromUnits,
  maximum,
  minimum,
  multiplyRound,
  ONE,
  subtract,
  sum,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import type { ItemCode } from "../../model/ids.js";
import type {
  FactorWeight,
  ItemQuantity,
  OfferedQuantity,
  WarehouseDay,
  WarehouseFactor,
  WarehouseOption,
  WarehousePolicy,
  WarehouseQuantity,
  WarehouseReason,
  WarehouseStrategy,
} from "./warehouse-policy.js";

/** Needs by item, warehouses by id, and tables of both: first the item, then the warehouse. */
export interface Market {
  /** What is needed, by item. */
  readonly needs: readonly ItemQuantity[];
  /** Warehouses, by id. */
  readonly warehouses: readonly WarehouseOption[];
  /** What each warehouse can give of each item, zero or more. */
  readonly offered: readonly (readonly Decimal[])[];
  /** What a unit costs from there. */
  readonly unitCosts: readonly (readonly Decimal[])[];
  /** Decimals in which each item is counted. */
  readonly scales: readonly number[];
  /** Score of each warehouse, where warehouses are weighted. */
  readonly scores: readonly Pick<WarehouseReason, "score" | "contributions">[];
  /** What is better. */
  readonly strategy: WarehouseStrategy;
  /** What limits of the day look at. */
  readonly day: WarehouseDay;
}

/** Builds the tables of a question. */
export function marketOf(
  needs: readonly ItemQuantity[],
  warehouses: readonly WarehouseOption[],
  stock: readonly OfferedQuantity[],
  { strategy, limits }: WarehousePolicy,
  day: WarehouseDay,
): Market {
  const items = [...needs].sort((a, b) => (a.itemCode < b.itemCode ? -1 : 1));
  const sites = [...warehouses].sort((a, b) => (a.warehouseId < b.warehouseId ? -1 : 1));
  const rows = new Map(stock.map((row) => [placeKey(row), row]));
  const rowsOf = ({ itemCode }: ItemQuantity): (OfferedQuantity | undefined)[] =>
    sites.map(({ warehouseId }) => rows.get(placeKey({ itemCode, warehouseId })));
  const safety = limits.flatMap((limit) => (limit.kind === "safetyStock" ? limit.quantities : []));
  const figures = new Map<ItemCode, Decimal[]>(items.map(({ itemCode, quantity }) => [itemCode, [quantity]]));
  for (const { itemCode, quantity } of [...stock, ...safety]) figures.get(itemCode)?.push(quantity);
  const offered = items.map((item) => rowsOf(item).map((row) => maximum(ZERO, row?.quantity ?? ZERO)));
  return {
    needs: items,
    warehouses: sites,
    offered,
    unitCosts: items.map((item) => rowsOf(item).map((row) => row?.unitCost ?? ZERO)),
    scales: items.map(({ itemCode }) => finestScale(figures.get(itemCode) ?? [])),
    scores: sites.map((site, place) =>
      strategy.kind === "weighted" ? scoreOf(site, sharesInFull(items, offered, place), strategy.weights) : {},
    ),
    strategy,
    day,
  };
}

/** Names an item in a warehouse. */
export const placeKey = ({ itemCode, warehouseId }: Omit<WarehouseQuantity, "quantity">): string =>
  JSON.stringify([itemCode, warehouseId]);
/** Sums figures. */
export const totalOf = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

/** Share of the items that a warehouse has in full. */
function sharesInFull(items: readonly ItemQuantity[], offered: Market["offered"], site: number): Decimal {
  const full = items.filter(({ quantity }, item) => compare(offered[item]![site]!, quantity) >= 0).length;
  return items.length === 0 ? ZERO : divide(fromUnits(full, 0), fromUnits(items.length, 0), 6, "halfEven");
}

function scoreOf(
  site: WarehouseOption,
  stock: Decimal,
  weights: readonly FactorWeight[],
): Pick<WarehouseReason, "score" | "contributions"> {
  const figures = { stock, distance: site.distance, cost: site.fixedCost ?? ZERO, ease: site.ease };
  const contributions: Partial<Record<WarehouseFactor, Decimal>> = {};
  for (const { factor, weight, worst, best } of weights) {
    const gained = divide(subtract(figures[factor] ?? worst, worst), subtract(best, worst), 6, "halfEven");
    contributions[factor] = multiplyRound(weight, minimum(ONE, maximum(ZERO, gained)), 6, "halfEven");
  }
  return { score: minimum(ONE, sum(Object.values(contributions))), contributions };
}
