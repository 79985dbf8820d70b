import { instant } from "../core/instant.js";
import type { DecisionContext } from "../model/actor.js";
import type { PlainPart } from "./plain.js";

/**
 * A context to decide in: the order desk on Monday, 2 March 2026, at nine in the morning UTC.
 *
 * @param part what the test cares about; the rest is filled in
 * @returns the context
 * @example
 * ```ts
 * import { anyContext } from "ordercycle/testing";
 * anyContext({ actor: { function: "warehouse" } }).at; // => "2026-03-02T09:00:00.000Z"
 * ```
 */
export function anyContext(part: PlainPart<DecisionContext> = {}): DecisionContext {
  return {
    at: instant(part.at ?? "2026-03-02T09:00:00.000Z"),
    ...(part.startedAt === undefined ? {} : { startedAt: instant(part.startedAt) }),
    actor: part.actor ?? { function: "orderDesk" },
  };
}
