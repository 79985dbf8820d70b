import { ENDED_STATUSES, ORDER_STATUSES, type OrderStatus } from "../model/order.js";
import { drawDiagram, type DiagramArrow } from "./draw-diagram.js";
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
  const arrows = usualArrows().map(({ from, to, label }) => `  ${from} --> ${to}: ${label}`);
  const ends = ENDED_STATUSES.map((status) => `  ${status} --> [*]`);
  return ["stateDiagram-v2", "  [*] --> entered: enter", ...arrows, ...ends].join("\n");
}

/** Where each status stands: the usual way from top to bottom, what leads off it beside it. */
const PLACES: Readonly<Record<OrderStatus, readonly [column: number, row: number]>> = {
  entered: [1, 0],
  confirmed: [1, 1],
  allocated: [1, 2],
  picked: [1, 3],
  shipped: [1, 4],
  collected: [1, 5],
  closed: [1, 6],
  returnedForCorrection: [2, 0],
  rejected: [0, 1],
  cancelled: [2, 2],
};

/**
 * Draws the transition table as a picture, with the arrows of {@link statusDiagram}, for pages that know no Mermaid.
 *
 * **Rules**
 * 1. The statuses that end an order have a double frame.
 * 2. The same table always gives the same text.
 *
 * @returns an SVG document
 *
 * **Source:** mission 11.1, 11.3
 * @example
 * ```ts
 * import { statusDiagramSvg } from "ordercycle";
 * statusDiagramSvg().startsWith("<svg xmlns="); // => true
 * ```
 */
export function statusDiagramSvg(): string {
  const boxes = ORDER_STATUSES.map((name) => {
    const [column, row] = PLACES[name];
    return { name, column, row, ...(ENDED_STATUSES.includes(name) ? { kind: "end" as const } : {}) };
  });
  return drawDiagram("The usual way of an order through its statuses", boxes, usualArrows());
}

/** One arrow for each usual step, with all operations that take it. */
function usualArrows(): DiagramArrow<OrderStatus>[] {
  const arrows = new Map<string, { readonly from: OrderStatus; readonly to: OrderStatus; operations: string[] }>();
  for (const { operation, usual } of TRANSITIONS) {
    for (const [from, to] of usual) {
      const arrow = arrows.get(`${from} ${to}`) ?? { from, to, operations: [] };
      arrow.operations.push(operation);
      arrows.set(`${from} ${to}`, arrow);
    }
  }
  return [...arrows.values()].map(({ from, to, operations }) => ({ from, to, label: operations.join(", ") }));
}
