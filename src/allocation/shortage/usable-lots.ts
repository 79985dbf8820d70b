import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { stockOwnerOf } from "../../model/stock-owner.js";
import { stockKey, type StockSource } from "../../model/stock.js";
import { askedWarehouses, nearnessTable } from "../nearness-table.js";
import { eligibilityOf } from "../sourcing/eligibility.js";
import { isUsable, livesLongEnough } from "../usable-stock.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";

/** A line that is short, with its order. */
export interface ShortLine {
  /** Order. */
  readonly order: Order;
  /** Line. */
  readonly line: OrderLine;
}

/** Whether the short line may use goods in a place. */
export type MayUse = (place: StockSource) => boolean;

/**
 * Which goods that others hold a short line may use, as an allocation would give them to it: warehouse, owner, condition,
 * life, and a lot that is for it and that it names.
 *
 * @returns one answer; where all of the line must come from one lot, one for each lot – in one warehouse – that could be it
 */
export function usableLots(
  short: ShortLine,
  orders: readonly Order[],
  context: ProposeReallocationContext,
): readonly MayUse[] {
  const mayUse = usablePlaces(short, context);
  const { itemCode, oneLotOnly, reservations } = short.line;
  if (oneLotOnly !== true && context.policy.oneLotPerLine !== true) return [mayUse];
  const others = orders.flatMap(({ lines }) => lines.filter((line) => line.itemCode === itemCode));
  // What the line holds already says which lot it is.
  const held = reservations.length > 0 ? reservations : others.flatMap((line) => line.reservations.filter(mayUse));
  const lots = new Map(held.map(({ warehouseId, lotNo = "" }) => [`${warehouseId}\n${lotNo}`, { warehouseId, lotNo }]));
  const ordered = [...lots].sort(([a], [b]) => (a < b ? -1 : 1));
  if (ordered.length === 0) return [mayUse];
  return ordered.map(
    ([, lot]): MayUse =>
      (place) =>
        mayUse(place) && place.warehouseId === lot.warehouseId && (place.lotNo ?? "") === lot.lotNo,
  );
}

function usablePlaces({ order, line }: ShortLine, { policy, stock, today }: ProposeReallocationContext): MayUse {
  const { header } = order;
  const near = nearnessTable(askedWarehouses(policy.sourcing));
  const eligibility = eligibilityOf(policy);
  const warehouses = new Set(
    near
      .warehousesOf(near.areaOf(header.deliveryAreaPath))
      .filter((warehouseId) => eligibility?.barOf(order, line, warehouseId) === undefined),
  );
  const barred = new Set(eligibility?.barredLots(order, line.itemCode).map(({ lotNo }) => lotNo));
  const owner = stockOwnerOf(header, line);
  const positions = new Map(stock.map((position) => [stockKey(position.itemCode, position), position]));
  return (place) => {
    const position = positions.get(stockKey(line.itemCode, place));
    if (position === undefined || !warehouses.has(place.warehouseId) || place.owner !== owner) return false;
    if (!isUsable(position, today) || eligibility?.isKeptAt(line, position) === false) return false;
    if (line.lotNo !== undefined && place.lotNo !== line.lotNo) return false;
    if (place.lotNo !== undefined && barred.has(place.lotNo)) return false;
    return position.expiresOn === undefined || livesLongEnough(header, line, position.expiresOn, today);
  };
}
