import { compareInstants, type Instant } from "../core/instant.js";
import { applyMovements } from "../model/apply-movements.js";
import type { StockMovement } from "../model/movement.js";
import type { StockPosition } from "../model/stock.js";

/** Which movements count. */
export interface ReplayStockOptions {
  /** When the opening positions were taken down: movements at or before it are in them already. */
  readonly after?: Instant;
  /** Last instant that counts, itself included; absent for all movements. */
  readonly until?: Instant;
}

/**
 * Rebuilds stock from opening positions and the movements since.
 *
 * **Rules**
 * 1. Movements are posted as they are listed, which is the sequence in which they were first posted.
 * 2. Movements after `until` do not count, nor those up to `after`.
 * 3. A place that the opening does not name opens with the first movement that counts for it.
 *
 * @param opening positions, each place once; empty when the movements tell everything
 * @param movements of any number of orders, receipts and counts among them
 * @param options from when and until when
 * @returns the positions after the last movement that counts, new ones last. Linear.
 * @throws RangeError when a place is listed twice, or for a movement that takes more than there is
 *
 * **Source:** mission 5.11, 14.1
 * @example
 * ```ts
 * import { replayStock } from "ordercycle";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { events, movements, stockBefore } = anyOrderHistory();
 * const shipped = events.find(({ type }) => type === "order_shipped")!;
 * replayStock(stockBefore, movements, { until: shipped.at }).map(({ onHand, inTransit }) => [onHand, inTransit]); // => [["90", "10"]]
 * ```
 */
export function replayStock(
  opening: readonly StockPosition[],
  movements: readonly StockMovement[],
  { after, until }: ReplayStockOptions = {},
): StockPosition[] {
  const counted = movements.filter(
    ({ at }) =>
      (after === undefined || compareInstants(at, after) > 0) &&
      (until === undefined || compareInstants(at, until) <= 0),
  );
  return applyMovements(opening, counted);
}
