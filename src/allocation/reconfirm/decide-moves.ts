import { ok, type Result } from "../../core/result.js";
import type { OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import { readRound, type DemandRound } from "./demand-round.js";
import { moveReservations } from "./move-reservations.js";
import type { LineMoves, MovesByLine } from "./net-moves.js";
import type { LineDemand } from "./order-demands.js";
import type { ReconfirmOrdersContext } from "./reconfirm-orders-policy.js";
import type { ReconfirmIssue } from "./reconfirm-policy.js";
import { reconfirm } from "./reconfirm.js";
import { brokenUnits, hasAfter } from "./write-reconfirmation.js";

/** What a round decided. @internal */
export interface DecidedRound extends DemandRound {
  /** What the lines give back and take. */
  readonly moves: MovesByLine;
  /** Whether another round would change nothing, as far as is known at once: every line has what it was to have. */
  readonly isSettled: boolean;
}

const NO_MOVES: LineMoves = { released: [], taken: [] };

/**
 * Decides what each line gives back and takes, in one round.
 *
 * @param opening what is to be decided
 * @param kept orders that lose nothing, whatever their strategy
 * @param context policy and day
 * @returns the decision, or why there is none. n log n for each time that goods are missing of what comes together.
 * @internal
 */
export function decideMoves(
  opening: DemandRound,
  kept: ReadonlySet<OrderNo>,
  context: ReconfirmOrdersContext,
): Result<DecidedRound, ReconfirmIssue> {
  const { policy } = context;
  const protection = policy.allocation.protection ?? [];
  const broken = new Set<string>();
  for (let round = opening; ; round = readRound(opening, broken, context)) {
    const { sound, pools } = round;
    const asKept = (demand: LineDemand): LineDemand =>
      kept.has(sound.orders[demand.order]!.orderNo) ? { ...demand, firm: demand.confirmed } : demand;
    const demands = round.demands.map(asKept);
    const draws = round.draws.map(asKept);
    const targets = reconfirm(demands, pools, { ...policy, protection, onException: "bestEffort" });
    if (!targets.ok) return targets;
    const targetOf = new Map(targets.value.demands.map(({ demandId, after }) => [demandId, after]));
    const moved = moveReservations(sound.orders, demands, targetOf, sound.stock, pools, context);
    const moves: MovesByLine = new Map([...moved, ...draws.map(({ demandId }) => [demandId, NO_MOVES] as const)]);
    const fallen = brokenUnits([...demands, ...draws], moves);
    if (fallen.length === 0) {
      const isSettled =
        sound.lost.size === 0 &&
        !sound.orders.some(sendsWithNext) &&
        demands.every((demand) => hasAfter(demand, moves) === targetOf.get(demand.demandId));
      return ok({ ...round, demands, draws, moves, isSettled });
    }
    for (const unit of fallen) broken.add(unit);
  }
}

/** Whether an order sends something with the customer's next one: which may be one that gives up what it has, and is open again. */
function sendsWithNext({ lines }: Order): boolean {
  return lines.some(({ shortages }) => shortages.some(({ mode }) => mode === "withNextOrder"));
}
