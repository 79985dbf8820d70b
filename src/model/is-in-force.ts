import type { Hold } from "./order.js";

/**
 * Says whether a hold still blocks: an active one does until somebody has looked, a rejected one because somebody has
 * looked and said no.
 *
 * @returns true for active and rejected holds
 *
 * @example
 * ```ts
 * import { isInForce } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const { holds } = anyOrder({ holds: [{ holdId: "H-1" }, { holdId: "H-2", state: "resolved" }, { holdId: "H-3", state: "rejected" }] });
 * holds.filter(isInForce).map(({ holdId }) => holdId); // => ["H-1", "H-3"]
 * ```
 */
export function isInForce({ state }: Pick<Hold, "state">): boolean {
  return state !== "resolved";
}
