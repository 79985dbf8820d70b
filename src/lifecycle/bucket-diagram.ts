import { BUCKET_EDGES, BUCKETS, type Bucket } from "../model/bucket.js";
import { drawDiagram, type DiagramArrow } from "./draw-diagram.js";

/**
 * Draws the table of legal moves of quantity as a Mermaid flowchart, each move labelled with the movement of stock that it
 * costs.
 *
 * **Rules**
 * 1. Every move of {@link BUCKET_EDGES} is one arrow, in the order of the table; a move that leaves stock alone has no
 *    label.
 * 2. Every bucket is named, in the order of {@link BUCKETS}.
 *
 * @returns Mermaid text
 *
 * **Source:** mission 11.1, 11.3
 * @example
 * ```ts
 * import { bucketDiagram } from "ordercycle";
 * bucketDiagram().includes("open -->|reserve| allocated"); // => true
 * ```
 */
export function bucketDiagram(): string {
  const boxes = BUCKETS.map((bucket) => `  ${bucket}`);
  const arrows = moves().map(({ from, to, label }) => `  ${from} -->${label === "" ? "" : `|${label}|`} ${to}`);
  return ["flowchart LR", ...boxes, ...arrows].join("\n");
}

/**
 * Draws the table of legal moves as a picture, with the arrows of {@link bucketDiagram}, for pages that know no Mermaid.
 *
 * **Rules**
 * 1. The buckets stand on a ring, in the order in which a unit normally passes through them, so that no arrow runs through
 *    a third one.
 * 2. Buckets that nothing leaves have a double frame.
 * 3. The same table always gives the same text.
 *
 * @returns an SVG document
 *
 * **Source:** mission 11.1, 11.3
 * @example
 * ```ts
 * import { bucketDiagramSvg } from "ordercycle";
 * bucketDiagramSvg().startsWith("<svg xmlns="); // => true
 * ```
 */
export function bucketDiagramSvg(): string {
  const boxes = BUCKETS.map((name, place) => ({
    name,
    ...RING[place]!,
    ...(BUCKET_EDGES.some(({ from }) => from === name) ? {} : { kind: "end" as const }),
  }));
  return drawDiagram("Where quantity may go, and what each move does to stock", boxes, moves());
}

/** Ten places on a ring, clockwise from its top left, in columns and rows. */
const RING: readonly { readonly column: number; readonly row: number }[] = [
  { column: 1.35, row: 0 },
  { column: 2.45, row: 0.3 },
  { column: 3.35, row: 1.9 },
  { column: 3.55, row: 4.2 },
  { column: 2.95, row: 6.4 },
  { column: 1.95, row: 7.4 },
  { column: 1.05, row: 6.9 },
  { column: 0.15, row: 5.1 },
  { column: 0, row: 3 },
  { column: 0.5, row: 0.9 },
];

function moves(): DiagramArrow<Bucket>[] {
  return BUCKET_EDGES.map(({ from, to, movement }) => ({ from, to, label: (movement ?? "").replaceAll("_", " ") }));
}
