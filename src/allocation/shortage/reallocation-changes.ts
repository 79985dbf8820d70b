import { minimum, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { compareInstants } from "../../core/instant.js";
import type { DecisionContext } from "../../model/actor.js";
import type { Change, QuantityMoved } from "../../model/change.js";
import type { OrderLine } from "../../model/order-line.js";
import type { ReallocationTransfer } from "../../model/reallocation-proposal.js";
import type { PlacedQuantity } from "../../model/reserved-places.js";

/** Code under which a victim's shortage is recorded. */
const REALLOCATED = "reallocated";

/** What a line that gives goods up records: back-fill of today, and the day on which it can have them again. */
export function givenUp(
  { lineId, shortagePolicy }: OrderLine,
  { places, newDay }: ReallocationTransfer,
  { at }: DecisionContext,
): Change[] {
  const mode = shortagePolicy === "backfillWithNextOrder" ? "withNextOrder" : "onArrival";
  const shortage = { cause: "allocation", reason: REALLOCATED, since: at, mode } as const;
  const moves = places.map(({ source, quantity }): Change => {
    return { kind: "quantity_moved", lineId, from: "allocated", to: "backfill", quantity, source, shortage };
  });
  const promise = newDay === undefined ? undefined : ({ day: newDay, kind: "scheduled", promisedAt: at } as const);
  return promise === undefined ? moves : [...moves, { kind: "promise_set", lineId, promise }];
}

/** What the short line takes: for its oldest records first, then for what is open. */
export function taken(
  { lineId, shortages, quantities }: OrderLine,
  places: readonly PlacedQuantity[],
): QuantityMoved[] {
  const waits: { readonly part: Pick<QuantityMoved, "from" | "serves">; left: Decimal }[] = shortages
    .filter(({ bucket }) => bucket === "backfill")
    .sort((a, b) => compareInstants(a.since, b.since))
    .map(({ cause, reason, since, mode, quantity }) => {
      return { part: { from: "backfill", serves: { cause, reason, since, mode } }, left: quantity };
    });
  waits.push({ part: { from: "open" }, left: quantities.open });
  let first = 0;
  return places.flatMap(({ source, quantity }): QuantityMoved[] => {
    const moves: QuantityMoved[] = [];
    let rest = quantity;
    for (; rest !== ZERO && first < waits.length; first++) {
      const wait = waits[first]!;
      const own = minimum(rest, wait.left);
      rest = subtract(rest, own);
      wait.left = subtract(wait.left, own);
      if (own !== ZERO)
        moves.push({ kind: "quantity_moved", lineId, ...wait.part, to: "allocated", quantity: own, source });
      if (wait.left !== ZERO) break;
    }
    return moves;
  });
}
