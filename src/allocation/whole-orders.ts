import type { ServedTakes } from "./serve-orders.js";
import type { BatchColumns } from "./batch-columns.js";
import { groupsSharing } from "./partition-batch.js";
import type { BatchSharing } from "./fair-share/batch-sharing.js";
import { SHARE_MARKS, type LineShares } from "./fair-share/line-shares.js";

/** What a batch takes, when orders that wait as a whole get all or nothing. */
export interface WholeOrderTakes {
  /** The takes. */
  readonly takes: ServedTakes;
  /** Positions of orders that wait as a whole and get nothing. */
  readonly waiting: ReadonlySet<number>;
}

/**
 * Gives stock to a batch in which an order that was deferred as a whole gets all that it waits for at its turn, or
 * nothing.
 *
 * All are served in turn first. What a line's step does not allow is not waited for. An order that lacks something is out
 * when it would lack it even if every one before it that lacks something gave back what it took; the first of them always
 * is, of those that want an item in common. What they give back is offered again until every order that is left gets all. Lines of an item do not look at other
 * items, so a round decides many at once. Where orders are served one by one, an incomplete one has taken nothing already,
 * and one round is enough, unless items are shared out: who is out leaves others to share in what is then too little.
 *
 * @param takesOf how a batch is served, line by line
 * @param sharing entries of the policy by which items are shared out
 */
export function takesOfWholeOrders(
  batch: BatchColumns,
  takesOf: (batch: BatchColumns) => ServedTakes,
  sharing: readonly BatchSharing[] = [],
): WholeOrderTakes {
  const { columns, lineOrder, wholeOrders } = batch;
  const waiting = new Set<number>();
  const lines = new Map<number, number[]>(wholeOrders.map((position) => [position, []]));
  if (lines.size === 0) return { takes: takesOf(batch), waiting };
  for (const [line, order] of lineOrder.entries()) lines.get(order)?.push(line);

  const lineItem = columns.lineItem.slice();
  const partOf = partsOf(lines, lineItem);
  // Who is out has no turn any more; what stood against it when it had one is why.
  const told: ToldOf[] = [];
  for (;;) {
    const takes = takesOf({ ...batch, columns: { ...columns, lineItem } });
    const isServed = isServedBy(batch, lineItem, takes);
    if (takes.inTheWay !== undefined && sharing.length === 0) {
      for (const [order, own] of lines) if (!own.every(isServed)) waiting.add(order);
      return { takes, waiting };
    }
    const out = ordersToLeaveOut(lines, partOf, batch, lineItem, takes);
    if (out.length === 0) return { takes: withToldLines(takes, told), waiting };
    const outLines: number[] = [];
    for (const order of out) {
      waiting.add(order);
      for (const line of lines.get(order) ?? []) {
        lineItem[line] = -1;
        outLines.push(line);
      }
      lines.delete(order);
    }
    if (takes.inTheWay !== undefined) told.push({ takes, lines: outLines });
  }
}

/** Lines, and the takes that tell what stood against them. */
interface ToldOf {
  readonly takes: ServedTakes;
  readonly lines: readonly number[];
}

/**
 * Finds what stands against orders that wait as a whole, where lines were served without regard to each other: they are
 * served once more, order by order, with all who want the same items.
 *
 * @param serve serves a batch order by order
 * @returns the same takes, which tell it. One more pass.
 * @internal
 */
export function toldOfWaiting(
  batch: BatchColumns,
  { takes, waiting }: WholeOrderTakes,
  serve: (batch: BatchColumns) => ServedTakes,
): ServedTakes {
  if (waiting.size === 0) return takes;
  const { columns, lineOrder } = batch;
  const out = [...lineOrder.keys()].filter((line) => waiting.has(lineOrder[line]!));
  const lines = out.filter((line) => takes.inTheWay?.has(line) !== true);
  if (lines.length === 0) return takes;
  // Who was told already has no turn.
  const lineItem = columns.lineItem.slice();
  for (const line of out) if (takes.inTheWay?.has(line) === true) lineItem[line] = -1;
  const items = new Set(lines.map((line) => lineItem[line]!));
  const lineUnits = columns.lineUnits.map((units, line) => (items.has(lineItem[line]!) ? units : 0));
  return withToldLines(takes, [{ takes: serve({ ...batch, columns: { ...columns, lineItem, lineUnits } }), lines }]);
}

/** The takes with what others tell of some lines. */
function withToldLines(takes: ServedTakes, told: readonly ToldOf[]): ServedTakes {
  if (told.length === 0) return takes;
  const lineBar = takes.lineBar?.slice() ?? new Uint8Array(takes.lineTaken.length);
  const lineOffered = takes.lineOffered.slice();
  const inTheWay = new Map(takes.inTheWay);
  const undecided = new Map(takes.undecided);
  const held = new Map(takes.held);
  const sources = new Map(takes.sources);
  const isShared = takes.shares !== undefined || told.some((own) => own.takes.shares !== undefined);
  const shares = isShared ? ownShares(takes) : undefined;
  for (const { takes: own, lines } of told) {
    for (const line of lines) {
      lineBar[line] = own.lineBar?.[line] ?? 0;
      lineOffered[line] = own.lineOffered[line]!;
      copyEntry(own.inTheWay, inTheWay, line);
      copyEntry(own.undecided, undecided, line);
      copyEntry(own.held, held, line);
      copyEntry(own.sources, sources, line);
      if (shares === undefined) continue;
      shares.most[line] = own.shares?.most[line] ?? -1;
      shares.marks[line] = own.shares?.marks[line] ?? SHARE_MARKS.none;
    }
  }
  return {
    ...takes,
    lineBar,
    lineOffered,
    inTheWay,
    undecided,
    held,
    ...(sources.size === 0 ? {} : { sources }),
    ...(shares === undefined ? {} : { shares }),
  };
}

/** Shares of the takes to write on; where nothing was shared out in the end, none that limit anything. */
function ownShares({ shares, lineTaken }: ServedTakes): LineShares {
  if (shares !== undefined) return { most: shares.most.slice(), marks: shares.marks.slice() };
  return { most: new Float64Array(lineTaken.length).fill(-1), marks: new Uint8Array(lineTaken.length) };
}

function copyEntry<Value>(from: ReadonlyMap<number, Value> | undefined, to: Map<number, Value>, line: number): void {
  const value = from?.get(line);
  if (value === undefined) to.delete(line);
  else to.set(line, value);
}

/** Whether a line gets all that its step allows. */
function isServedBy(batch: BatchColumns, lineItem: Int32Array, takes: ServedTakes): (line: number) => boolean {
  return (line) => lineItem[line]! >= 0 && takes.lineTaken[line] === wantedBy(batch, line);
}

function wantedBy({ columns: { lineUnits, lineQuantum } }: BatchColumns, line: number): number {
  const wanted = lineUnits[line]!;
  const quantum = lineQuantum?.[line] ?? 0;
  return quantum > 0 ? wanted - (wanted % quantum) : wanted;
}

/** Orders that want no item in common, also through others, are in different parts. */
function partsOf(lines: ReadonlyMap<number, readonly number[]>, lineItem: Int32Array): ReadonlyMap<number, number> {
  const orders = [...lines.keys()];
  const items = [...lines.values()].map((own) => own.map((line) => lineItem[line]!).filter((item) => item >= 0));
  return new Map(
    groupsSharing(items).flatMap((members, part) => members.map((place) => [orders[place]!, part] as const)),
  );
}

function ordersToLeaveOut(
  lines: ReadonlyMap<number, readonly number[]>,
  partOf: ReadonlyMap<number, number>,
  batch: BatchColumns,
  lineItem: Int32Array,
  takes: ServedTakes,
): number[] {
  const given = (line: number): number => takes.lineTaken[line] as number;
  const isServed = isServedBy(batch, lineItem, takes);
  // What was there for a line counts, also where it took none of it since it takes all or nothing.
  const lack = (line: number): number =>
    (lineItem[line] as number) < 0
      ? Number.POSITIVE_INFINITY
      : Math.max(0, wantedBy(batch, line) - (takes.lineOffered[line] as number));
  const out: number[] = [];
  const seen = new Set<number>();
  const comesBack = new Map<number, number>();
  for (const [order, own] of lines) {
    if (own.every(isServed)) continue;
    const part = partOf.get(order)!;
    const isFirst = !seen.has(part);
    seen.add(part);
    // Several lines of an item quarrel with each other too, so what comes back is held against all that they lack.
    const lacking = new Map<number, number>();
    for (const line of own) {
      const item = lineItem[line] as number;
      lacking.set(item, (lacking.get(item) ?? 0) + lack(line));
    }
    if (isFirst || [...lacking].some(([item, units]) => units > (comesBack.get(item) ?? 0))) out.push(order);
    for (const line of own) {
      const item = lineItem[line] as number;
      if (item >= 0) comesBack.set(item, (comesBack.get(item) ?? 0) + given(line));
    }
  }
  return out;
}
