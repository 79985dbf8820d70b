/** A box of a diagram. */
export interface DiagramBox<Name extends string> {
  /** What stands in it. */
  readonly name: Name;
  /** Column from the left, from 0. */
  readonly column: number;
  /** Row from the top, from 0. */
  readonly row: number;
  /** `end` is drawn with a double frame. */
  readonly kind?: "end";
}

/** An arrow of a diagram. */
export interface DiagramArrow<Name extends string> {
  /** Box in which it begins. */
  readonly from: Name;
  /** Box to which it points. */
  readonly to: Name;
  /** What stands on it; nothing when empty. */
  readonly label: string;
}

const COLUMN = 300;
const ROW = 96;
const BOX = { width: 170, height: 40 };
const MARGIN = 24;
/** How far the two arrows between a pair of boxes are apart. */
const APART = 26;
/** Where on the arrow its label stands, so that arrows that meet in one box keep their labels apart. */
const LABEL_AT = 0.42;

/**
 * Draws boxes and arrows as SVG text: the same input always gives the same picture.
 *
 * @param title what the picture shows, for readers that cannot see it
 * @param boxes boxes on a grid, each name and each place once
 * @param arrows arrows between them
 * @returns an SVG document
 */
export function drawDiagram<Name extends string>(
  title: string,
  boxes: readonly DiagramBox<Name>[],
  arrows: readonly DiagramArrow<Name>[],
): string {
  const boxOf = new Map(boxes.map((box) => [box.name, box]));
  const columns = Math.max(...boxes.map(({ column }) => column)) + 1;
  const rows = Math.max(...boxes.map(({ row }) => row)) + 1;
  const width = (columns - 1) * COLUMN + BOX.width + 2 * MARGIN;
  const height = (rows - 1) * ROW + BOX.height + 2 * MARGIN;
  const pairs = new Set(arrows.map(({ from, to }) => `${from} ${to}`));
  const drawn = arrows.map((arrow) => {
    const [from, to] = [boxOf.get(arrow.from), boxOf.get(arrow.to)];
    if (from === undefined || to === undefined) throw new RangeError(`No box for ${arrow.from} or ${arrow.to}.`);
    return drawArrow(from, to, arrow.label, pairs.has(`${arrow.to} ${arrow.from}`) ? APART / 2 : 0);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="sans-serif" font-size="13">`,
    `  <title>${escaped(title)}</title>`,
    '  <defs><marker id="tip" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L10 5L0 10z" fill="#475569"/></marker></defs>',
    `  <rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...drawn.map(({ line }) => line),
    ...boxes.map(drawBox),
    // Labels come last, so that no line runs through them.
    ...drawn.map(({ label }) => label).filter((label) => label !== ""),
    "</svg>",
    "",
  ].join("\n");
}

function drawBox({ name, column, row, kind }: DiagramBox<string>): string {
  const [x, y] = [MARGIN + column * COLUMN, MARGIN + row * ROW];
  const frame = (inset: number): string =>
    `<rect x="${x + inset}" y="${y + inset}" width="${BOX.width - 2 * inset}" height="${BOX.height - 2 * inset}" rx="8" fill="#f1f5f9" stroke="#0f172a"/>`;
  const frames = kind === "end" ? frame(0) + frame(3) : frame(0);
  return `  ${frames}<text x="${x + BOX.width / 2}" y="${y + BOX.height / 2 + 5}" text-anchor="middle" fill="#0f172a">${escaped(name)}</text>`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function drawArrow(
  from: DiagramBox<string>,
  to: DiagramBox<string>,
  label: string,
  shift: number,
): { readonly line: string; readonly label: string } {
  const [a, b] = [centre(from), centre(to)];
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  // To the right of the way, so that the way back runs beside it.
  const aside = { x: ((a.y - b.y) / length) * shift, y: ((b.x - a.x) / length) * shift };
  const start = edgeTowards(a, b, aside);
  const end = edgeTowards(b, a, aside);
  const line = `  <line x1="${round(start.x)}" y1="${round(start.y)}" x2="${round(end.x)}" y2="${round(end.y)}" stroke="#475569" marker-end="url(#tip)"/>`;
  if (label === "") return { line, label: "" };
  const x = round(start.x + (end.x - start.x) * LABEL_AT);
  const y = round(start.y + (end.y - start.y) * LABEL_AT);
  const width = label.length * 7 + 8;
  const ground = `<rect x="${round(x - width / 2)}" y="${round(y - 9)}" width="${width}" height="18" fill="#ffffff" fill-opacity="0.9"/>`;
  const text = `<text x="${x}" y="${round(y + 4)}" text-anchor="middle" fill="#334155">${escaped(label)}</text>`;
  return { line, label: `  ${ground}${text}` };
}

function centre({ column, row }: DiagramBox<string>): Point {
  return { x: MARGIN + column * COLUMN + BOX.width / 2, y: MARGIN + row * ROW + BOX.height / 2 };
}

/** Where the way from the middle of a box to another point leaves the box. */
function edgeTowards(middle: Point, goal: Point, aside: Point): Point {
  const [dx, dy] = [goal.x - middle.x, goal.y - middle.y];
  const toSide = dx === 0 ? Infinity : BOX.width / 2 / Math.abs(dx);
  const toTop = dy === 0 ? Infinity : BOX.height / 2 / Math.abs(dy);
  const share = Math.min(toSide, toTop);
  return { x: middle.x + dx * share + aside.x, y: middle.y + dy * share + aside.y };
}

function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
