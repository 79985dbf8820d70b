import type { Instant } from "../core/instant.js";
import type { OrderEvent } from "./event.js";
import type { Order } from "./order.js";

/** An order on other media: plain JSON that says of itself what it is. **Source:** mission 12.5 */
export interface ArchivedOrder {
  /** What it is. */
  readonly format: "ordercycle.archived-order";
  /** Version of this form; a later one is read by a later library. */
  readonly formatVersion: 1;
  /** When it was archived. */
  readonly archivedAt: Instant;
  /** The order as it ended. */
  readonly order: Order;
  /** Its whole history, oldest first. */
  readonly events: readonly OrderEvent[];
}
