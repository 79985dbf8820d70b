import { TRANSITIONS } from "./transitions.js";

/**
 * Draws the transition table as a Mermaid state diagram: one arrow for each pair of statuses, labelled with the
 * operations that lead along it.
 *
 * Rules
 * 1. An operation that leaves the status as it is draws no arrow.
 * 2. Arrows back to a less advanced status are left out: they come from quantity that waited elsewhere, not from a step
 *    backwards.
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
  for (const { operation, from, to } of TRANSITIONS) {
    for (const start of from) {
      for (const end of to) {
        if (start === end || isBackward(start, end)) continue;
        const arrow = `${start} --> ${end}`;
        labels.set(arrow, [...(labels.get(arrow) ?? []), operation]);
      }
    }
  }
  const arrows = [...labels].map(([arrow, operations]) => `  ${arrow}: ${operations.join(", ")}`);
  return [
    "stateDiagram-v2",
    "  [*] --> entered: enter",
    ...arrows,
    "  closed --> [*]",
    "  cancelled --> [*]",
    "  rejected --> [*]",
  ].join("\n");
}

const ADVANCE: readonly string[] = ["entered", "confirmed", "allocated", "picked", "shipped", "collected", "closed"];

function isBackward(from: string, to: string): boolean {
  return ADVANCE.includes(from) && ADVANCE.includes(to) && ADVANCE.indexOf(to) < ADVANCE.indexOf(from);
}
