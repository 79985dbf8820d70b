import { groupedBy } from "../../core/grouped-by.js";
import type { BarredLot, IneligibleCode, IneligibleWarehouse } from "../../model/allocation-reason.js";
import type { ItemCode, LotNo, WarehouseId } from "../../model/ids.js";
import { lotRestrictions } from "../../model/lot-restrictions.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { stockOwnerOf } from "../../model/stock-owner.js";
import type { StockSource } from "../../model/stock.js";
import { isTemperatureKept, orderBar } from "../../model/warehouse-facts.js";
import type { AllocationPolicy } from "../allocation-policy.js";
import type { BatchColumns } from "../batch-columns.js";
import type { BinFacts } from "../picking-policy.js";

/** What the warehouses, bins and lots of a policy may serve. */
export interface Eligibility {
  /** Why a warehouse may not serve a line; undefined when it may. */
  readonly barOf: (order: Order, line: OrderLine, warehouseId: WarehouseId) => IneligibleCode | undefined;
  /** Whether goods of the line's temperature class are kept at a place, in a warehouse that may serve the line. */
  readonly isKeptAt: (line: OrderLine, place: StockSource) => boolean;
  /** Whether bins of one warehouse may differ for a line. */
  readonly isByBin: (line: OrderLine) => boolean;
  /** Lots of an item that an order may not have. */
  readonly barredLots: (order: Order, itemCode: ItemCode) => readonly BarredLot[];
}

/**
 * Makes ready what warehouses may serve.
 *
 * **Rules**
 * 1. A warehouse serves an order whose area path begins with one of its areas; without areas it serves all.
 * 2. It must have a vehicle that may drive up to the ship-to address, where it lists vehicles.
 * 3. It must keep the temperature class of the line, where it lists classes; bins that list classes go by their own.
 * 4. A line without a class may be taken from everywhere.
 * 5. A lot serves the areas and customers that its restriction leaves it.
 *
 * @returns undefined when the policy says nothing about any of it
 */
export function eligibilityOf({
  warehouses = [],
  bins = [],
  lotRestrictions: restrictions = [],
}: Pick<AllocationPolicy, "warehouses" | "bins" | "lotRestrictions">): Eligibility | undefined {
  const binClasses = bins.filter(({ temperatureClasses }) => temperatureClasses !== undefined);
  const limited = warehouses.filter(
    ({ servedAreas, vehicles, temperatureClasses }) =>
      servedAreas !== undefined || vehicles !== undefined || temperatureClasses !== undefined,
  );
  if (limited.length === 0 && binClasses.length === 0 && restrictions.length === 0) return undefined;
  const barredFor = lotRestrictions(restrictions);
  const factsOf = new Map(limited.map((facts) => [facts.warehouseId, facts]));
  const binOf = new Map(binClasses.map((bin) => [binName(bin), bin]));
  const keptInBins = new Map(
    [...groupedBy(binClasses, ({ warehouseId }) => warehouseId)].map(([warehouseId, own]) => [
      warehouseId,
      new Set(own.flatMap(({ temperatureClasses = [] }) => temperatureClasses)),
    ]),
  );

  const barOf: Eligibility["barOf"] = (order, { temperatureClass: wanted }, warehouseId) => {
    const facts = factsOf.get(warehouseId);
    const barred = facts === undefined ? undefined : orderBar(order.header, facts);
    if (barred !== undefined || wanted === undefined || isTemperatureKept(wanted, facts?.temperatureClasses))
      return barred;
    return keptInBins.get(warehouseId)?.has(wanted) === true ? undefined : "temperature_not_kept";
  };
  return {
    barOf,
    barredLots: ({ header }, itemCode) => barredFor(header, itemCode),
    isByBin: ({ temperatureClass }) => temperatureClass !== undefined && binClasses.length > 0,
    isKeptAt: ({ temperatureClass: wanted }, { warehouseId, binId }) =>
      wanted === undefined ||
      isTemperatureKept(
        wanted,
        (binId === undefined ? undefined : binOf.get(binName({ warehouseId, binId }))?.temperatureClasses) ??
          factsOf.get(warehouseId)?.temperatureClasses,
      ),
  };
}

function binName({ warehouseId, binId }: Pick<BinFacts, "warehouseId" | "binId">): string {
  return `${warehouseId}\n${binId}`;
}

/** Which warehouses the lines of a batch may be served from; warehouses and lines by their numbers. */
export interface BatchEligibility {
  /** Number of what a line wants: lines of one number may be served from the same places. */
  readonly wishOf: (line: number) => number;
  /** Whether a warehouse may serve a line. */
  readonly mayServe: (line: number, warehouse: number) => boolean;
  /** Whether places of one warehouse may differ for a line, so that it has to look at each lot. */
  readonly isByPlace: (line: number) => boolean;
  /** Whether a line may take from a place in a warehouse that may serve it. */
  readonly mayTake: (line: number, place: StockSource) => boolean;
  /** The warehouses that a line asks, of those that it would ask. */
  readonly asked: (line: number, warehouseIds: readonly WarehouseId[]) => readonly WarehouseId[];
  /** The others among them, each with the reason. */
  readonly notAsked: (line: number, warehouseIds: readonly WarehouseId[]) => readonly IneligibleWarehouse[];
  /** Lots with free stock that a line may not have. */
  readonly barredLots: (line: number) => readonly BarredLot[];
  /** What a line might take where nobody is asked, of these lots; lines of one wish might take the same. */
  readonly outside: (line: number, lots: ReadonlyMap<LotNo | undefined, unknown>) => OutsideEligibility;
}

/** What a line might take where nobody is asked. */
interface OutsideEligibility {
  /** Name of what it wants. */
  readonly wish: string;
  /** Whether it might take from a place. */
  readonly mayTake: (place: StockSource) => boolean;
}

/**
 * Answers for the lines of a batch; lines that want the same share the answer.
 *
 * @param warehouseIds warehouses, by their numbers
 */
export function batchEligibility(
  policy: AllocationPolicy,
  { lines, lineOrder, lots }: Pick<BatchColumns, "lines" | "lineOrder" | "lots">,
  orders: readonly Order[],
  warehouseIds: readonly WarehouseId[],
): BatchEligibility | undefined {
  const rules = eligibilityOf(policy);
  if (rules === undefined) return undefined;
  const numberOf = new Map(warehouseIds.map((warehouseId, number) => [warehouseId, number]));
  const barredOf = barredInStock(rules, lots);
  const known = new Map<string, LineAnswer>();
  const orderWishes = new Map<number, string>();
  const answers = lines.map((line, number): LineAnswer => {
    const place = lineOrder[number]!;
    const order = orders[place]!;
    const { deliveryAreaPath, vehicleRestriction } = order.header;
    const wish = orderWishes.get(place) ?? JSON.stringify([deliveryAreaPath, vehicleRestriction ?? null]);
    orderWishes.set(place, wish);
    const barred = barredOf(order, line);
    const lotWish = barred.length === 0 ? "" : JSON.stringify([line.itemCode, barred]);
    const key = `${wish}\n${lotWish}\n${line.temperatureClass ?? ""}`;
    const answer = known.get(key) ?? {
      wish: known.size,
      bars: warehouseIds.map((warehouseId) => rules.barOf(order, line, warehouseId)),
      isByPlace: barred.length > 0 || rules.isByBin(line),
      barred,
      barredNos: new Set(barred.map(({ lotNo }) => lotNo)),
      asked: new WeakMap(),
    };
    known.set(key, answer);
    return answer;
  });
  const listsOf = (line: number, ids: readonly WarehouseId[]): AskedLists => {
    const { bars, asked } = answers[line]!;
    const lists = asked.get(ids) ?? listed(ids, (warehouseId) => bars[numberOf.get(warehouseId)!]);
    asked.set(ids, lists);
    return lists;
  };
  return {
    wishOf: (line) => answers[line]!.wish,
    mayServe: (line, warehouse) => answers[line]!.bars[warehouse] === undefined,
    isByPlace: (line) => answers[line]!.isByPlace,
    mayTake: (line, place) =>
      rules.isKeptAt(lines[line]!, place) && (place.lotNo === undefined || !answers[line]!.barredNos.has(place.lotNo)),
    asked: (line, ids) => listsOf(line, ids).asked,
    notAsked: (line, ids) => listsOf(line, ids).notAsked,
    barredLots: (line) => answers[line]!.barred,
    outside: (number, lots) => {
      const [line, order] = [lines[number]!, orders[lineOrder[number]!]!];
      const barred = rules.barredLots(order, line.itemCode).filter(({ lotNo }) => lots.has(lotNo));
      const nos = new Set(barred.map(({ lotNo }) => lotNo));
      return {
        wish: JSON.stringify([answers[number]!.wish, ...nos]),
        mayTake: (place) =>
          rules.barOf(order, line, place.warehouseId) === undefined &&
          rules.isKeptAt(line, place) &&
          (place.lotNo === undefined || !nos.has(place.lotNo)),
      };
    },
  };
}

/** The lots that a line may not have, of those that lie in stock for it: others need not be named, nor looked for. */
function barredInStock(
  { barredLots }: Eligibility,
  lots: BatchColumns["lots"],
): (order: Order, line: OrderLine) => readonly BarredLot[] {
  const nameOf = (itemCode: ItemCode, owner = "", lotNo = ""): string => `${itemCode}\n${owner}\n${lotNo}`;
  const inStock = new Set(lots.map(({ itemCode, owner, lotNo }) => nameOf(itemCode, owner, lotNo)));
  return (order, line) => {
    const { itemCode } = line;
    const owner = stockOwnerOf(order.header, line);
    return barredLots(order, itemCode).filter(({ lotNo }) => inStock.has(nameOf(itemCode, owner, lotNo)));
  };
}

interface LineAnswer {
  /** Number of the wish. */
  readonly wish: number;
  /** What bars each warehouse, by its number. */
  readonly bars: readonly (IneligibleCode | undefined)[];
  /** Whether places of one warehouse may differ. */
  readonly isByPlace: boolean;
  /** Lots with free stock that it may not have. */
  readonly barred: readonly BarredLot[];
  /** The same by their numbers. */
  readonly barredNos: ReadonlySet<LotNo>;
  /** Lists that were asked for before, so that lines share them. */
  readonly asked: WeakMap<readonly WarehouseId[], AskedLists>;
}

interface AskedLists {
  readonly asked: readonly WarehouseId[];
  readonly notAsked: readonly IneligibleWarehouse[];
}

function listed(
  ids: readonly WarehouseId[],
  barOf: (warehouseId: WarehouseId) => IneligibleCode | undefined,
): AskedLists {
  return {
    asked: ids.filter((warehouseId) => barOf(warehouseId) === undefined),
    notAsked: ids.flatMap((warehouseId) => {
      const code = barOf(warehouseId);
      return code === undefined ? [] : [{ warehouseId, code }];
    }),
  };
}
