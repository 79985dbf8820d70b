import { add, isPositive, isZero, maximum, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { heldLines } from "../../lifecycle/held-lines.js";
import type { ItemCode, WarehouseId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { ReconfirmStrategy } from "../../model/reconfirm-strategy.js";
import type { PlacedQuantity } from "../../model/reserved-places.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import { stockKey, stockSource, type StockPosition } from "../../model/stock.js";
import type { BatchColumns } from "../batch-columns.js";
import { togetherIn } from "../../lifecycle/together-in.js";
import { firstRuleFor } from "../order-rule.js";
import { freeQuantity, isUsable } from "../usable-stock.js";
import type { WaitingPart } from "../../lifecycle/waiting-quantity.js";
import type { SoundReservations } from "./sound-reservations.js";
import type { ReconfirmDemand, ReconfirmPool } from "./reconfirm-policy.js";
import type { ReconfirmOrdersContext, ReconfirmOrdersPolicy, SetBackConsent } from "./reconfirm-orders-policy.js";

/** A quantity at a place, by its key. @internal */
export interface HeldQuantity extends PlacedQuantity {
  /** Key of the place. */
  readonly key: string;
}

/** A line in a re-confirmation. @internal */
export interface LineDemand extends ReconfirmDemand {
  /** Lines with the same name come together or not at all; undefined for a line that takes parts. */
  readonly together: string | undefined;
  /** Place of its order in the order of service. */
  readonly order: number;
  /** The line. */
  readonly line: OrderLine;
  /** What it asks for in all, also where it cannot get it. */
  readonly asked: Decimal;
  /** Whether it comes together with a draw-down that waits, and so gains nothing before that has its goods. */
  readonly awaitsDraw: boolean;
  /** What it waits for. */
  readonly parts: readonly WaitingPart[];
  /** What it had, with what turned out not to be there. */
  readonly had: Decimal;
  /** What of that it gives up since goods are missing: what is not there, what of a step that breaks, what comes together with it. */
  readonly lost: readonly HeldQuantity[];
  /** What of that is not there. */
  readonly missing: Decimal;
  /** What it has where others could use it. */
  readonly held: readonly HeldQuantity[];
  /** What it has where nobody can: of another owner, or in a warehouse that nobody asks. */
  readonly stuck: readonly HeldQuantity[];
}

/**
 * Lines that have something reserved or wait for something, with the strategy of their order. Lines on hold and
 * draw-downs of goods in store are left as they are.
 *
 * @param sound orders in the order of service, and stock, without what is not there
 * @param batch columns of what they wait for
 * @param warehouses that the policy asks
 * @param context policy and day
 * @returns the lines
 * @internal
 */
export function orderDemands(
  { orders, stock, lost, missingOf }: SoundReservations,
  batch: BatchColumns,
  warehouses: ReadonlySet<WarehouseId>,
  { policy, today }: Pick<ReconfirmOrdersContext, "policy" | "today">,
): LineDemand[] {
  const usable = new Set(
    stock
      .filter((position) => isOffered(position, warehouses) && isUsable(position, today))
      .map((position) => stockKey(position.itemCode, position)),
  );
  const waiting = new Map(batch.lines.map(({ lineId }, place) => [lineId, place]));
  let rank = 0;
  return orders.flatMap((order, place) => {
    const { strategy } = ruleFor(order, policy);
    const onHold = heldLines(order, "allocate");
    const togetherOf = togetherIn(order);
    const drawing = new Set(order.lines.filter(isWaitingDraw).map(togetherOf));
    return order.lines.flatMap((line): LineDemand[] => {
      if (isDepositDraw(line) || onHold.has(line.lineId)) return [];
      const held = placesOf(line, (key) => usable.has(key));
      const stuck = placesOf(line, (key) => !usable.has(key));
      const confirmed = sum(held.map(({ quantity }) => quantity));
      const waits = waiting.get(line.lineId);
      const asked = add(confirmed, waits === undefined ? ZERO : batch.wanted[waits]!);
      const gone = lost.get(line.lineId) ?? [];
      if (isZero(asked) && stuck.length === 0) return [];
      const together = togetherOf(line);
      const awaitsDraw = together !== undefined && drawing.has(together);
      const had = add(confirmed, sum(gone.map(({ quantity }) => quantity)));
      return [
        {
          demandId: line.lineId,
          itemCode: line.itemCode,
          requested: awaitsDraw ? had : asked,
          asked,
          awaitsDraw,
          confirmed,
          had,
          lost: gone,
          missing: missingOf(line.lineId),
          strategy,
          // Lines of an order by their numbers, as everywhere: their ids, as text, have the tenth before the second.
          rank: rank++,
          ...(order.header.customerClass === undefined ? {} : { customerGroup: order.header.customerClass }),
          ...(line.quantum === undefined ? {} : { quantum: line.quantum }),
          ...(together === undefined ? {} : { delivery: "whole", group: together }),
          together,
          order: place,
          line,
          parts: waits === undefined ? [] : batch.partsOf(waits),
          held,
          stuck,
        },
      ];
    });
  });
}

function isWaitingDraw(line: OrderLine): boolean {
  return (
    isDepositDraw(line) && [line.quantities.open, line.quantities.backfill, line.quantities.deferred].some(isPositive)
  );
}

/**
 * What there is of each item: free and usable, and what the lines have of that.
 *
 * @param demands lines
 * @param stock positions
 * @param warehouses that the policy asks
 * @param context day
 * @returns one for each item of the lines
 * @internal
 */
export function poolsOf(
  demands: readonly LineDemand[],
  stock: readonly StockPosition[],
  warehouses: ReadonlySet<WarehouseId>,
  { today }: Pick<ReconfirmOrdersContext, "today">,
): ReconfirmPool[] {
  const parts = new Map<ItemCode, Decimal[]>(demands.map(({ itemCode }) => [itemCode, []]));
  for (const position of stock) {
    if (isOffered(position, warehouses) && isUsable(position, today)) {
      parts.get(position.itemCode)?.push(maximum(ZERO, freeQuantity(position)));
    }
  }
  for (const { itemCode, confirmed } of demands) parts.get(itemCode)!.push(confirmed);
  return [...parts].map(([itemCode, quantities]) => ({
    itemCode,
    quantity: sum(quantities),
  }));
}

function isOffered(position: StockPosition, warehouses: ReadonlySet<WarehouseId>): boolean {
  return position.owner === undefined && warehouses.has(position.warehouseId);
}

/** What a line has allocated at places that are meant. @internal */
export function placesOf(line: OrderLine, isMeant: (key: string) => boolean): HeldQuantity[] {
  return line.reservations.flatMap((reservation): HeldQuantity[] => {
    const quantity = reservation.quantities.allocated ?? ZERO;
    const key = stockKey(line.itemCode, reservation);
    return isZero(quantity) || !isMeant(key) ? [] : [{ source: stockSource(reservation), key, quantity }];
  });
}

/**
 * Finds what may be done with what an order has.
 *
 * @param order the order
 * @param policy rules; the first that fits counts
 * @returns the strategy, and when the customer must agree
 * @internal
 */
export function ruleFor(
  order: Order,
  { strategies, otherwise, consent = "none" }: ReconfirmOrdersPolicy,
): { readonly strategy: ReconfirmStrategy; readonly consent: SetBackConsent } {
  const rule = firstRuleFor(order, strategies);
  return { strategy: rule?.strategy ?? otherwise, consent: rule?.consent ?? consent };
}
