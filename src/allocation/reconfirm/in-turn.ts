import { RECONFIRM_STRATEGIES } from "../../model/reconfirm-strategy.js";
import type { ReconfirmDemand } from "./reconfirm-policy.js";

/**
 * Demands in the order in which they are served: by strategy, and then as they rank.
 *
 * @internal
 */
export function inTurn<Demand extends ReconfirmDemand>(demands: readonly Demand[]): Demand[] {
  const turnOf = new Map(RECONFIRM_STRATEGIES.map((strategy, turn) => [strategy, turn]));
  return [...demands].sort(
    (a, b) =>
      turnOf.get(a.strategy)! - turnOf.get(b.strategy)! || a.rank - b.rank || (a.demandId < b.demandId ? -1 : 1),
  );
}
