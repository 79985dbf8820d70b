import { ok, type Result } from "../../core/result.js";
import type { Displacement } from "../../model/displacement.js";
import type { OrderNo } from "../../model/ids.js";
import { decideMoves, type DecidedRound } from "./decide-moves.js";
import type { DemandRound } from "./demand-round.js";
import { pendingDisplacements } from "./pending-displacements.js";
import type { PendingDisplacement, ReconfirmOrdersContext } from "./reconfirm-orders-policy.js";
import type { ReconfirmIssue } from "./reconfirm-policy.js";
import { settleMoves } from "./settle-moves.js";
import { displacementsOf, exceptionsOf } from "./write-reconfirmation.js";

/** What was decided, and who agreed to it. @internal */
export interface AgreedRound extends DecidedRound {
  /** Who is set back for whom. */
  readonly displacements: readonly Displacement[];
  /** Who would be, if all customers agreed. */
  readonly pending: readonly PendingDisplacement[];
}

/**
 * Decides so that nobody is set back for another who would have to agree and has not: such orders keep what they have.
 *
 * @param opening what is to be decided
 * @param spared orders that lose nothing, whatever their strategy
 * @param context policy, consents and day
 * @returns the moves, or why there are none. They are decided again as long as orders turn out to be kept.
 * @internal
 */
export function agreedMoves(
  opening: DemandRound,
  spared: readonly OrderNo[],
  context: ReconfirmOrdersContext,
): Result<AgreedRound, ReconfirmIssue> {
  const kept = new Set(spared);
  let pending: readonly PendingDisplacement[] | undefined;
  for (;;) {
    const settled = settleMoves(opening, context, (round, now) => decideMoves(round, kept, now));
    if (!settled.ok) return settled;
    const { sound, demands, draws, pools, moves } = settled.value;
    const displacements = displacementsOf(sound.orders, demands, moves, pools, context);
    const uncovered = pendingDisplacements(displacements, sound.orders, context);
    // Nobody is asked in vain: with an exception the run would be aborted whatever they say.
    const isAborted = context.policy.onException === "abort";
    pending ??= isAborted && exceptionsOf(sound.orders, [...demands, ...draws], moves).length > 0 ? [] : uncovered;
    if (uncovered.length === 0) {
      return ok({ ...settled.value, isSettled: kept.size === spared.length, displacements, pending });
    }
    for (const { victim } of uncovered) kept.add(victim.orderNo);
  }
}
