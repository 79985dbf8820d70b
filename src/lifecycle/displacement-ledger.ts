import type { Instant } from "../core/instant.js";
import type { Displacement } from "../model/displacement.js";
import type { OrderNo } from "../model/ids.js";

/**
 * Finds the displacements of which the victim's customer has not been told: each of them is a defect of service.
 *
 * @param ledger displacements, in any order
 * @returns those without an instant at which the customer was told, in the order of the ledger
 *
 * **Source:** mission 8.7, 20.4; definition B15
 * @example
 * ```ts
 * import { findUntoldDisplacements, tellDisplacements } from "ordercycle";
 * import { anyDisplacement } from "ordercycle/testing";
 * const ledger = [anyDisplacement({ victim: { orderNo: "SO-1", lineId: "SO-1-1" } }), anyDisplacement({ victim: { orderNo: "SO-2", lineId: "SO-2-1" } })];
 * findUntoldDisplacements(tellDisplacements(ledger, "SO-1", ledger[0]!.at)).map(({ victim }) => victim.orderNo); // => ["SO-2"]
 * ```
 */
export function findUntoldDisplacements(ledger: readonly Displacement[]): Displacement[] {
  return ledger.filter(({ customerToldAt }) => customerToldAt === undefined);
}

/**
 * Writes into the ledger that the customer of an order was told that the order was set back.
 *
 * **Rules**
 * 1. Displacements of which the customer had been told before keep their instant; so do those that came after the call.
 *
 * @param ledger displacements, in any order
 * @param orderNo order of the victim
 * @param at when the customer was told
 * @returns the ledger as it is then
 *
 * **Source:** mission 8.7; definition B15
 * @example
 * ```ts
 * import { instant, tellDisplacements } from "ordercycle";
 * import { anyDisplacement } from "ordercycle/testing";
 * const [told] = tellDisplacements([anyDisplacement({ victim: { orderNo: "SO-1", lineId: "SO-1-1" } })], "SO-1", instant("2026-03-02T12:00:00Z"));
 * told!.customerToldAt; // => "2026-03-02T12:00:00.000Z"
 * ```
 */
export function tellDisplacements(ledger: readonly Displacement[], orderNo: OrderNo, at: Instant): Displacement[] {
  return ledger.map((displacement) => {
    const isMeant = displacement.victim.orderNo === orderNo && displacement.at <= at;
    return isMeant && displacement.customerToldAt === undefined
      ? { ...displacement, customerToldAt: at }
      : displacement;
  });
}

/**
 * Writes into the ledger that goods were given back, as `undoReallocation` says it.
 *
 * **Rules**
 * 1. Meant is the displacement of the same lines, item and instant; it keeps whatever else was written on it.
 *
 * @param ledger displacements, in any order
 * @param undone displacements that were undone, each with the instant
 * @returns the ledger as it is then. Linear.
 *
 * **Source:** mission 8.7, 9.14; definition B15
 * @example
 * ```ts
 * import { timesDisplaced, undoDisplacements } from "ordercycle";
 * import { anyDisplacement } from "ordercycle/testing";
 * const ledger = [anyDisplacement(), anyDisplacement({ at: "2026-03-03T09:00:00.000Z" })];
 * const after = undoDisplacements(ledger, [anyDisplacement({ undoneAt: "2026-03-02T12:00:00.000Z" })]);
 * after.map(({ undoneAt }) => undoneAt ?? "stands"); // => ["2026-03-02T12:00:00.000Z", "stands"]
 * timesDisplaced(after).get("SO-1"); // => 1
 * ```
 */
export function undoDisplacements(ledger: readonly Displacement[], undone: readonly Displacement[]): Displacement[] {
  const undoneAtOf = new Map(undone.map((one) => [nameOf(one), one.undoneAt]));
  return ledger.map((displacement) => {
    const undoneAt = undoneAtOf.get(nameOf(displacement));
    return undoneAt === undefined ? displacement : { ...displacement, undoneAt };
  });
}

function nameOf({ victim, winner, itemCode, at }: Displacement): string {
  return JSON.stringify([victim.orderNo, victim.lineId, winner.orderNo, winner.lineId, itemCode, at]);
}

/**
 * Counts how often each order was set back, for the key `aged` of the order of service: who was set back too often is
 * served first.
 *
 * **Rules**
 * 1. What one run took from an order counts once, from however many of its lines and for however many winners.
 * 2. What was undone does not count.
 *
 * @param ledger displacements, in any order
 * @returns number of times by order; orders that were never set back are absent
 *
 * **Source:** mission 8.7; definitions B4, B15
 * @example
 * ```ts
 * import { timesDisplaced } from "ordercycle";
 * import { anyDisplacement } from "ordercycle/testing";
 * const ledger = [
 *   anyDisplacement({ victim: { orderNo: "SO-1", lineId: "SO-1-1" }, at: "2026-03-02T09:00:00.000Z" }),
 *   anyDisplacement({ victim: { orderNo: "SO-1", lineId: "SO-1-2" }, at: "2026-03-02T09:00:00.000Z" }),
 *   anyDisplacement({ victim: { orderNo: "SO-1", lineId: "SO-1-1" }, at: "2026-03-03T09:00:00.000Z" }),
 * ];
 * timesDisplaced(ledger).get("SO-1"); // => 2
 * ```
 */
export function timesDisplaced(ledger: readonly Displacement[]): Map<OrderNo, number> {
  const runs = new Map<OrderNo, Set<Instant>>();
  for (const { victim, at, undoneAt } of ledger) {
    if (undoneAt !== undefined) continue;
    const known = runs.get(victim.orderNo);
    if (known === undefined) runs.set(victim.orderNo, new Set([at]));
    else known.add(at);
  }
  return new Map([...runs].map(([orderNo, instants]) => [orderNo, instants.size]));
}
