import { ZERO } from "../../core/decimal.js";
import { waitsForNextOrder } from "../../lifecycle/together-in.js";
import type { Order } from "../../model/order.js";
import type { StockPosition } from "../../model/stock.js";
import { batchColumns } from "../batch-columns.js";
import { askedWarehouses, nearnessTable } from "../nearness-table.js";
import { lostDrawDowns } from "./lost-draw-downs.js";
import { orderDemands, poolsOf, type LineDemand } from "./order-demands.js";
import type { ReconfirmPool } from "./reconfirm-policy.js";
import type { ReconfirmOrdersContext } from "./reconfirm-orders-policy.js";
import { soundReservations, type SoundReservations } from "./sound-reservations.js";

/** Orders and stock as they stand when a round of a re-confirmation begins. @internal */
export interface RoundWorld {
  /** Orders that take part, by strategy and then in the order of service. */
  readonly served: readonly Order[];
  /** All orders of the run. */
  readonly all: readonly Order[];
  /** Positions as they really are. */
  readonly stock: readonly StockPosition[];
}

/** What a round has to decide. @internal */
export interface DemandRound extends RoundWorld {
  /** Orders and stock without what is not there. */
  readonly sound: SoundReservations;
  /** Lines that may gain or lose. */
  readonly demands: readonly LineDemand[];
  /** Lines that give up what is not there, and take nothing. */
  readonly draws: readonly LineDemand[];
  /** What there is of each item for the lines that may gain or lose. */
  readonly pools: readonly ReconfirmPool[];
}

/**
 * Reads what a round has to decide.
 *
 * @param world orders and stock
 * @param broken names of what comes together and cannot, since goods are missing: all that it has is given up
 * @param context policy and day
 * @returns the round. n log n.
 * @internal
 */
export function readRound(
  world: RoundWorld,
  broken: ReadonlySet<string>,
  context: Pick<ReconfirmOrdersContext, "policy" | "today" | "timesDisplaced">,
): DemandRound {
  const { policy, today } = context;
  const sound = soundReservations(world.served.map(leftAlone), world.all, world.stock, context, broken);
  const warehouses = new Set(nearnessTable(askedWarehouses(policy.allocation.sourcing)).warehouseNumbers.keys());
  const batch = batchColumns(sound.orders, sound.stock, policy.allocation, today);
  const all = orderDemands(sound, batch, warehouses, context);
  const ownDraws = lostDrawDowns(sound, context);
  // What comes together with a draw-down that cannot be made whole gives up with it, and gets nothing for it either.
  const given = new Set(ownDraws.flatMap(({ together = "" }) => (broken.has(together) ? [together] : [])));
  const isGiven = ({ together }: LineDemand): boolean => together !== undefined && given.has(together);
  const demands = all.filter((demand) => !isGiven(demand));
  const draws = [...ownDraws, ...all.filter(isGiven)];
  return { ...world, sound, demands, draws, pools: poolsOf(demands, sound.stock, warehouses, context) };
}

/** An order without what waits for the customer's next one, and all that was added to that: nobody serves it before. */
function leftAlone(order: Order): Order {
  if (!waitsForNextOrder(order)) return order;
  const nothing = { open: ZERO, backfill: ZERO, deferred: ZERO };
  return {
    ...order,
    lines: order.lines.map((line) => ({ ...line, quantities: { ...line.quantities, ...nothing } })),
  };
}
