import { compareDays, type CalendarDay } from "../core/calendar-day.js";
import { groupedBy } from "../core/grouped-by.js";
import type { WithGaps } from "../core/without-gaps.js";
import { togetherIn } from "../lifecycle/together-in.js";
import { LOT_ORDERS } from "../model/lot-order.js";
import type { CustomerCode, ItemCode, WarehouseId } from "../model/ids.js";
import type { VehicleRestriction } from "../model/customer.js";
import { lotRestrictions, type BarredLotsOf } from "../model/lot-restrictions.js";
import type { Order, OrderHeader } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { stockOwnerOf } from "../model/stock-owner.js";
import { isTemperatureKept, orderBar, type WarehouseFacts } from "../model/warehouse-facts.js";
import { areaFinder } from "../model/warehouses-by-area.js";
import { laterOf, type DatedItemQuantity } from "./available-to-promise.js";
import type { DatedSupply } from "./dated-supply.js";
import { addKind, openShelf, untilFor, type PickQueue, type PromiseShelf, type SupplyKind } from "./promise-shelf.js";
import type { ShelfWish } from "./shelf-supply.js";
import { QUANTITY_DIGITS } from "../model/digit-limit.js";
import type { SupplyRule } from "../model/supply-rule.js";
import { supplyStanding } from "../model/supply-standing.js";
import type { PromiseContext } from "./supply-protection.js";

/** The supplies of a call, each worked out when it is first asked for. @internal */
export interface PromiseBook {
  readonly context: PromiseContext;
  readonly suppliesByPlace: ReadonlyMap<string, readonly DatedSupply[]>;
  readonly demandsByPlace: ReadonlyMap<string, readonly DatedItemQuantity[]>;
  /** Items that are there or expected, whoever owns them. */
  readonly knownItems: ReadonlySet<ItemCode>;
  readonly rulesByItem: ReadonlyMap<ItemCode, readonly SupplyRule[]>;
  /** Days on which lines ask for an item besides those on which it comes or goes. */
  readonly askedOn: ReadonlyMap<string, ReadonlySet<CalendarDay>>;
  /** Items of which lines must come together with others. */
  readonly grouped: ReadonlySet<string>;
  readonly areaOf: (path: readonly string[]) => number;
  /** Warehouses of each area with their turn; absent where every warehouse serves everybody. */
  readonly turns: readonly ReadonlyMap<WarehouseId, number>[] | undefined;
  readonly barredLots: BarredLotsOf;
  readonly factsOf: ReadonlyMap<WarehouseId, WarehouseFacts>;
  readonly shelves: Map<string, ShelfEntry>;
}

/** A shelf with what was found out about it. */
interface ShelfEntry {
  readonly shelf: PromiseShelf;
  readonly kindByWish: Map<string, SupplyKind>;
  readonly kindBySources: Map<string, SupplyKind>;
  readonly queues: Map<number, PickQueue>;
}

/** An order that asks, with the day from which on. @internal */
export interface AskingOrder {
  readonly order: Order;
  readonly from: CalendarDay;
  /** Lines on which something waits. */
  readonly lines: readonly OrderLine[];
}

/** Begins to promise. @internal */
export function openPromiseBook(context: PromiseContext, asking: readonly AskingOrder[]): PromiseBook {
  const { supplies, demands = [], rules = [], sourcing, warehouses = [], lotRestrictions: restrictions = [] } = context;
  const placeOf = ({ itemCode, owner }: DatedItemQuantity): string => placeName(itemCode, owner);
  const rows = sourcing && [...sourcing.areas.map(({ warehouseIds }) => warehouseIds), sourcing.otherwise];
  const suppliesByPlace = groupedBy(supplies, placeOf);
  const demandsByPlace = groupedBy(demands, placeOf);
  return {
    context,
    suppliesByPlace,
    demandsByPlace,
    knownItems: new Set(supplies.map(({ itemCode }) => itemCode)),
    rulesByItem: groupedBy(rules, ({ itemCode }) => itemCode),
    ...daysAsked(asking, suppliesByPlace),
    areaOf: sourcing === undefined ? () => 0 : areaFinder(sourcing.areas, sourcing.areas.length),
    turns: rows?.map((ids) => new Map([...ids].reverse().map((id, turn) => [id, ids.length - turn] as const))),
    barredLots: lotRestrictions(restrictions),
    factsOf: new Map(warehouses.map((facts) => [facts.warehouseId, facts])),
    shelves: new Map(),
  };
}

/**
 * Days on which lines ask for an item. Where it perishes, those on which lines that come together with it can be had
 * belong to them too, since what lives long enough must be known for the very day.
 */
function daysAsked(
  asking: readonly AskingOrder[],
  supplies: PromiseBook["suppliesByPlace"],
): Pick<PromiseBook, "askedOn" | "grouped"> {
  const found = new Map<string, Set<CalendarDay>>();
  const grouped = new Set<string>();
  const note = (place: string, days: Iterable<CalendarDay>): void => {
    const known = found.get(place) ?? new Set();
    for (const day of days) known.add(day);
    found.set(place, known);
  };
  for (const { order, from, lines } of asking) {
    const placeOf = (line: OrderLine): string => placeName(line.itemCode, stockOwnerOf(order.header, line));
    for (const [together, members] of groupedBy(lines, togetherIn(order))) {
      const places = new Set(members.map(placeOf));
      for (const place of places) note(place, [from]);
      if (together === undefined || places.size === 1) continue;
      for (const place of places) grouped.add(place);
      const perishable = [...places].filter((place) =>
        supplies.get(place)?.some(({ expiresOn }) => expiresOn !== undefined),
      );
      if (perishable.length === 0) continue;
      // What can be promised of an item rises on no day but those on which it comes.
      const days = [...places].flatMap((place) => (supplies.get(place) ?? []).map(({ day }) => laterOf(from, day)));
      for (const place of perishable) note(place, days);
    }
  }
  return { askedOn: found, grouped };
}

function entryOf(book: PromiseBook, itemCode: ItemCode, owner: CustomerCode | undefined): ShelfEntry {
  const place = placeName(itemCode, owner);
  const known = book.shelves.get(place);
  if (known !== undefined) return known;
  const { today } = book.context;
  const supplies = book.suppliesByPlace.get(place) ?? [];
  const demands = book.demandsByPlace.get(place) ?? [];
  const days = new Set([today, ...(book.askedOn.get(place) ?? [])]);
  for (const { day } of supplies) if (day > today) days.add(day);
  for (const { day } of demands) if (day > today) days.add(day);
  const inOrder = [...days].sort(compareDays);
  const rules = owner === undefined ? (book.rulesByItem.get(itemCode) ?? []) : [];
  const shelf = openShelf(
    book.grouped.has(place) ? inOrder.flatMap((day) => [day, day]) : inOrder,
    { supplies, demands, mayServe: ({ warehouseId }) => isAsked(book, warehouseId) },
    {
      groups: supplyStanding(rules, QUANTITY_DIGITS.decimals),
      promisedOf: supplyStanding(rules, QUANTITY_DIGITS.decimals),
    },
  );
  const bySources = new Map([[shelf.all.until.join(), shelf.all]]);
  const entry: ShelfEntry = { shelf, kindByWish: new Map(), kindBySources: bySources, queues: new Map() };
  book.shelves.set(place, entry);
  return entry;
}

/** Whether some area is served from a warehouse. */
function isAsked({ turns }: PromiseBook, warehouseId: WarehouseId | undefined): boolean {
  return turns === undefined || warehouseId === undefined || turns.some((turn) => turn.has(warehouseId));
}

/** What somebody asks for, as far as it decides which supplies will do. @internal */
export interface Asked
  extends
    WithGaps<Pick<OrderLine, "lotNo" | "minimumRemainingLifeDays" | "temperatureClass">>,
    Pick<OrderHeader, "customerCode" | "deliveryAreaPath"> {
  readonly itemCode: ItemCode;
  readonly vehicleRestriction: VehicleRestriction | undefined;
  readonly owner: CustomerCode | undefined;
  /** Day before which the goods are not delivered. */
  readonly deliveredOn: CalendarDay | undefined;
}

/** The shelf of an item, and which of its supplies will do. @internal */
export function shelfFor(book: PromiseBook, asked: Asked): { readonly shelf: PromiseShelf } & Omit<ShelfWish, "kept"> {
  const { lotNo, temperatureClass, deliveryAreaPath, vehicleRestriction } = asked;
  const entry = entryOf(book, asked.itemCode, asked.owner);
  const { shelf } = entry;
  const row = book.areaOf(deliveryAreaPath);
  const deliveredOn = shelf.isPerishable ? asked.deliveredOn : undefined;
  const life = shelf.isPerishable ? Math.max(1, asked.minimumRemainingLifeDays ?? 0) : 1;
  const place = book.factsOf.size === 0 ? undefined : [deliveryAreaPath, vehicleRestriction, temperatureClass];
  const barred = new Set(book.barredLots(asked, asked.itemCode).map((bar) => bar.lotNo));
  const wish = JSON.stringify([row, lotNo, life, deliveredOn, place, ...barred]);
  let kind = entry.kindByWish.get(wish);
  if (kind === undefined) {
    const header = { deliveryAreaPath, ...(vehicleRestriction === undefined ? {} : { vehicleRestriction }) };
    const mayServe = (warehouseId: WarehouseId): boolean => {
      if (book.turns?.[row]?.has(warehouseId) === false) return false;
      const facts = book.factsOf.get(warehouseId);
      return (
        facts === undefined ||
        (orderBar(header, facts) === undefined && isTemperatureKept(temperatureClass, facts.temperatureClasses))
      );
    };
    const mayUse = (supply: DatedSupply): boolean =>
      (lotNo === undefined || supply.lotNo === lotNo) &&
      (supply.lotNo === undefined || !barred.has(supply.lotNo)) &&
      (supply.warehouseId === undefined || mayServe(supply.warehouseId));
    const until = untilFor(shelf, { mayUse, life, deliveredOn });
    kind = entry.kindBySources.get(until.join());
    if (kind === undefined) {
      kind = addKind(shelf, until, book.demandsByPlace.get(placeName(asked.itemCode, asked.owner)));
      entry.kindBySources.set(until.join(), kind);
    }
    entry.kindByWish.set(wish, kind);
  }
  let queue = entry.queues.get(row);
  if (queue === undefined) {
    queue = inTurn(shelf, book.turns?.[row], LOT_ORDERS[book.context.lots ?? "fifo"]);
    entry.queues.set(row, queue);
    shelf.queues.push(queue);
  }
  return { shelf, kind, queue };
}

/** The stock of today in the order in which it is picked: warehouse after warehouse, and there by the rule for lots. */
function inTurn(
  { sources }: PromiseShelf,
  turns: ReadonlyMap<WarehouseId, number> | undefined,
  byLot: (a: DatedSupply, b: DatedSupply) => number,
): PickQueue {
  const turnOf = ({ warehouseId }: DatedSupply): number =>
    turns === undefined ? 0 : ((warehouseId === undefined ? undefined : turns.get(warehouseId)) ?? turns.size + 1);
  const order = [...sources.keys()]
    .filter((place) => sources[place]!.from === 0)
    .sort((a, b) => {
      const [left, right] = [sources[a]!.supply, sources[b]!.supply];
      return turnOf(left) - turnOf(right) || byLot(left, right);
    });
  const turnOfSource = new Array<number>(sources.length).fill(order.length);
  for (const [turn, place] of order.entries()) turnOfSource[place] = turn;
  return { order, turnOf: turnOfSource, head: 0 };
}

function placeName(itemCode: ItemCode, owner: CustomerCode | undefined): string {
  return owner === undefined ? itemCode : `${itemCode}\n${owner}`;
}
