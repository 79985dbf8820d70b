import { add, compare, maximum, subtract, ZERO } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { ok, type Result } from "../../core/result.js";
import { waitingParts, waitingTotal } from "../../lifecycle/waiting-quantity.js";
import { applyMovements } from "../../model/apply-movements.js";
import { countConsumed } from "../../model/count-consumed.js";
import { placedTotal } from "../../model/reserved-places.js";
import type { OrderNo } from "../../model/ids.js";
import type { StockMovement } from "../../model/movement.js";
import type { Order } from "../../model/order.js";
import type { WarehouseLines } from "../sourcing/warehouse-policy.js";
import { releasesFirst } from "./releases-first.js";
import type { DecidedRound } from "./decide-moves.js";
import { readRound, type DemandRound, type RoundWorld } from "./demand-round.js";
import { netMoves, type MovesByLine } from "./net-moves.js";
import { placesOf, type LineDemand } from "./order-demands.js";
import type { ReconfirmOrdersContext, ReconfirmOrdersPolicy } from "./reconfirm-orders-policy.js";
import type { ReconfirmIssue } from "./reconfirm-policy.js";
import { outcomeOf } from "./write-reconfirmation.js";

/** Rounds at most: three were ever seen to be needed, and nobody is to wait for a chain of them. */
const MOST_ROUNDS = 32;

/**
 * Decides in rounds, until a round moves nothing: targets are counted in quantities, and what a line could not take of its
 * target, since it may take only some lots, another may get in the next round; and what an order kept for want of consent
 * nobody may want any more. What comes out is the first round's answer with the moves of all rounds, from where goods were to
 * where they are in the end.
 *
 * @param opening what is to be decided
 * @param context policy and day
 * @param decide decides a round; in a context in which what the rounds before have taken is counted
 * @returns the moves, or why there are none. One round where the first is settled.
 * @internal
 */
export function settleMoves(
  opening: DemandRound,
  context: ReconfirmOrdersContext,
  decide: (round: DemandRound, now: ReconfirmOrdersContext) => Result<DecidedRound, ReconfirmIssue>,
): Result<DecidedRound, ReconfirmIssue> {
  const first = decide(opening, context);
  if (!first.ok || first.value.isSettled) return first;
  let settled = first.value;
  let world = movedWorld(opening, settled, context);
  for (let before: RoundWorld = opening, round = 1; world !== before && round < MOST_ROUNDS; round++) {
    const linesTaken = withTaken(context.linesTaken ?? [], settled.demands, movesTo(world, settled));
    const policy = withCounted(context.policy, opening, world);
    const again = decide(readRound(world, new Set(), context), { ...context, policy, linesTaken });
    if (!again.ok) return again;
    settled = withLater(settled, again.value);
    before = world;
    world = movedWorld(world, again.value, context);
  }
  const moves = movesTo(world, settled);
  return ok({ ...settled, moves, demands: settled.demands.map((demand) => withNextOrder(demand, moves)) });
}

/**
 * What the first round was to decide, with lines that wait for something only since another order gave up goods, and without
 * what is kept no longer.
 */
function withLater(first: DecidedRound, { demands, pools }: DecidedRound): DecidedRound {
  const known = new Set([...first.demands, ...first.draws].map(({ demandId }) => demandId));
  const later = demands.filter(({ demandId }) => !known.has(demandId));
  const loose = new Set(demands.flatMap(({ demandId, firm }) => (firm === undefined ? [demandId] : [])));
  const items = new Set(first.pools.map(({ itemCode }) => itemCode));
  return {
    ...first,
    demands: [...first.demands.map((demand) => (loose.has(demand.demandId) ? loosened(demand) : demand)), ...later],
    pools: [...first.pools, ...pools.filter(({ itemCode }) => !items.has(itemCode))],
  };
}

function loosened({ firm: _, ...demand }: LineDemand): LineDemand {
  return demand;
}

/** A line that has, besides what it waited for at first, what goes with the customer's next order: one that gave up goods. */
function withNextOrder(demand: LineDemand, moves: MovesByLine): LineDemand {
  const { released, taken } = moves.get(demand.demandId)!;
  const isMore = compare(placedTotal(taken), add(placedTotal(released), waitingTotal(demand.parts))) > 0;
  return isMore ? { ...demand, parts: waitingParts(demand.line, { hasNextOrder: true }) } : demand;
}

/** Orders and stock as they are when a round's moves are carried out; the same when there are none. */
function movedWorld(
  world: RoundWorld,
  { demands, draws, moves }: DecidedRound,
  context: ReconfirmOrdersContext,
): RoundWorld {
  const linesOf = groupedBy([...demands, ...draws], ({ order }) => order);
  const movements: StockMovement[] = [];
  const moved = new Map<OrderNo, Order>();
  for (const [place, lines] of linesOf) {
    const order = world.served[place]!;
    const outcome = outcomeOf(order, lines, moves, [], context);
    if (outcome === undefined) continue;
    moved.set(order.orderNo, outcome.order);
    for (const movement of outcome.movements) movements.push(movement);
  }
  if (moved.size === 0) return world;
  const asMoved = (order: Order): Order => moved.get(order.orderNo) ?? order;
  return {
    served: world.served.map(asMoved),
    all: world.all.map(asMoved),
    stock: applyMovements(world.stock, releasesFirst(movements)),
  };
}

/** Moves from where the goods of lines were when they were read to where they are in the end. */
function movesTo({ served }: RoundWorld, { demands, draws }: DecidedRound): MovesByLine {
  const lineOf = new Map(served.flatMap(({ lines }) => lines.map((line) => [line.lineId, line] as const)));
  return new Map(
    [...demands, ...draws].map(({ demandId, held, stuck }) => {
      const isStuck = new Set(stuck.map(({ key }) => key));
      const has = placesOf(lineOf.get(demandId)!, (key) => !isStuck.has(key));
      return [demandId, netMoves(held, has)];
    }),
  );
}

/** Lines that warehouses have taken on for the day, with those of the rounds before: an item of an order counts once. */
function withTaken(
  before: readonly WarehouseLines[],
  demands: readonly LineDemand[],
  moves: MovesByLine,
): WarehouseLines[] {
  const counts = new Map(before.map(({ warehouseId, count }) => [warehouseId, count]));
  const noted = new Set<string>();
  for (const { demandId, order, itemCode } of demands) {
    for (const { source } of moves.get(demandId)!.taken) {
      const key = JSON.stringify([order, itemCode, source.warehouseId]);
      if (!noted.has(key)) counts.set(source.warehouseId, (counts.get(source.warehouseId) ?? 0) + 1);
      noted.add(key);
    }
  }
  return [...counts].map(([warehouseId, count]) => ({ warehouseId, count }));
}

/** A policy in whose caps and minimums it is counted what customer groups have after the rounds before. */
function withCounted(
  policy: ReconfirmOrdersPolicy,
  opening: RoundWorld,
  { served }: RoundWorld,
): ReconfirmOrdersPolicy {
  const { protection = [] } = policy.allocation;
  if (protection.length === 0) return policy;
  const before = countConsumed(protection, opening.served);
  const counted = countConsumed(protection, served).map((rule, place) => {
    const change = subtract(rule.consumed!, before[place]!.consumed!);
    return { ...rule, consumed: maximum(ZERO, add(protection[place]!.consumed ?? ZERO, change)) };
  });
  return { ...policy, allocation: { ...policy.allocation, protection: counted } };
}
