import type { Decimal } from "../../core/decimal.js";
import { recordEvent } from "../../lifecycle/record-event.js";
import type { DecisionContext } from "../../model/actor.js";
import type { Displacement, LineName } from "../../model/displacement.js";
import type { LineId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
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

/** Why goods go back, and for whom. */
export interface ReleaseFacts {
  /** Why, in the site's own code. */
  readonly reason: string;
  /** What was to be free. */
  readonly wanted?: readonly WantedGoods[];
  /** Who is set back for whom; nobody where the goods are for nobody yet. */
  readonly displacements: readonly Displacement[];
}

/** Writes down that lines of an order give reserved goods back. */
export function recordRelease(
  order: Order,
  releases: readonly LineRelease[],
  { reason, wanted, displacements }: ReleaseFacts,
  context: DecisionContext,
): Outcome {
  const { orderNo, lines } = order;
  const changes = releases.flatMap(({ lineId, places }) => releasedMoves(lineId, places));
  const givers = new Set(releases.map(({ lineId }) => lineId));
  // Who was told no day was told nothing that does not hold any more; who is set back for another is told all the same.
  const isTold =
    displacements.length > 0 || lines.some(({ lineId, promises }) => givers.has(lineId) && promises.length > 0);
  const requests: HostRequest[] = isTold ? [{ type: "notify_customer", orderNo, template: "order_set_back" }] : [];
  const details = {
    reason,
    ...(wanted === undefined ? {} : { wanted }),
    ...(displacements.length === 0 ? {} : { displacements }),
  };
  return recordEvent(order, { type: "reservation_released", details, changes, requests }, context);
}

/** The entry of the ledger for what a line gives back so that another can have it. */
export function setBackFor(
  winner: LineName,
  order: Order,
  { line, quantity }: { readonly line: OrderLine; readonly quantity: Decimal },
  { at, actor }: DecisionContext,
): Displacement {
  const oldDate = line.promises.at(-1)?.day ?? order.header.requestedDeliveryDate;
  return {
    victim: { orderNo: order.orderNo, lineId: line.lineId },
    winner,
    itemCode: line.itemCode,
    quantity,
    ...(oldDate === undefined ? {} : { oldDate }),
    ruleId: "release",
    actor,
    at,
  };
}
