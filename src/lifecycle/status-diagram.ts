import { ENDED_STATUSES } from "../model/order.js";
import { TRANSITIONS } from "./transitions.js";

/**
 * Draws the transition table as a Mermaid state diagram: the usual way of an order, one arrow for each step, labelled
 * with the operations that take it.
 *
 * **Rules**
 * 1. Only usual steps are drawn: an order of which parts go separate ways can skip or repeat some, as the table says.
 * 2. Operations that leave the status as it is draw no arrow.
 *
 * @returns Mermaid text
 *
 * **Source:** mission 11.1, 11.3
 * @example
 * ```ts
 * import { statusDiagram } from "ordercycle";
 * statusDiagram().split("\n")[0]; // => "stateDiagram-v2"
 * ```
 */
export function statusDiagram(): string {
  const labels = new Map<string, string[]>();
  for (const { operation, usual } of TRANSITIONS) {
    for (const [start, end] of usual) {
      const arrow = `${start} --> ${end}`;
      labels.set(arrow, [...(labels.get(arrow) ?? []), operation]);
    }
  }
  const arrows = [...labels].map(([arrow, operations]) => `  ${arrow}: ${operations.join(", ")}`);
  const ends = ENDED_STATUSES.map((status) => `  ${status} --> [*]`);
  return ["stateDiagram-v2", "  [*] --> entered: enter", ...arrows, ...ends].join("\n");
}
