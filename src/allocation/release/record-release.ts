import { recordEvent } from "../../lifecycle/record-event.js";
import type { DecisionContext } from "../../model/actor.js";
import type { LineId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { Outcome } from "../../model/outcome.js";
import type { PlacedQuantity } from "../../model/reserved-places.js";
import type { HostRequest } from "../../model/request.js";
import type { WantedGoods } from "../../model/wanted-goods.js";
import { releasedMoves } from "../released-moves.js";

/** What a line gives back, and from where. */
export interface LineRelease {
  /** Line. */
  readonly lineId: LineId;
  /** Quantities at places, all of them positive. */
  readonly places: readonly PlacedQuantity[];
}

/** Writes down that lines of an order give reserved goods back. */
export function recordRelease(
  order: Order,
  releases: readonly LineRelease[],
  { reason, wanted }: { readonly reason: string; readonly wanted?: readonly WantedGoods[] },
  context: DecisionContext,
): Outcome {
  const { orderNo, lines } = order;
  const changes = releases.flatMap(({ lineId, places }) => releasedMoves(lineId, places));
  const givers = new Set(releases.map(({ lineId }) => lineId));
  // Who was told no day was told nothing that does not hold any more.
  const isTold = lines.some(({ lineId, promises }) => givers.has(lineId) && promises.length > 0);
  const requests: HostRequest[] = isTold ? [{ type: "notify_customer", orderNo, template: "order_set_back" }] : [];
  const details = { reason, ...(wanted === undefined ? {} : { wanted }) };
  return recordEvent(order, { type: "reservation_released", details, changes, requests }, context);
}
