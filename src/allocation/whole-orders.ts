import type { ServedTakes } from "./serve-orders.js";
import type { BatchColumns } from "./batch-columns.js";
import type { HeldBack } from "./supply-guard.js";

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
 * is. What they give back is offered again until every order that is left gets all. Lines of an item do not look at other
 * items, so a round decides many at once.
 *
 * @param takesOf how a batch is served, line by line
 */
export function takesOfWholeOrders(
  batch: BatchColumns,
  takesOf: (batch: BatchColumns) => ServedTakes,
): WholeOrderTakes {
  const { columns, lineOrder, wholeOrders } = batch;
  const waiting = new Set<number>();
  const lines = new Map<number, number[]>(wholeOrders.map((position) => [position, []]));
  if (lines.size === 0) return { takes: takesOf(batch), waiting };
  for (const [line, order] of lineOrder.entries()) lines.get(order)?.push(line);

  const lineItem = columns.lineItem.slice();
  // Who is out has no turn any more; what was kept from it when it had one is why.
  const held: [number, HeldBack][] = [];
  for (;;) {
    const takes = takesOf({ ...batch, columns: { ...columns, lineItem } });
    const out = ordersToLeaveOut(lines, batch, lineItem, takes);
    if (out.length === 0) {
      const isAnyHeld = held.length > 0;
      return { takes: isAnyHeld ? { ...takes, held: new Map([...(takes.held ?? []), ...held]) } : takes, waiting };
    }
    for (const order of out) {
      waiting.add(order);
      for (const line of lines.get(order) ?? []) {
        lineItem[line] = -1;
        const own = takes.held?.get(line);
        if (own !== undefined) held.push([line, own]);
      }
      lines.delete(order);
    }
  }
}

function ordersToLeaveOut(
  lines: ReadonlyMap<number, readonly number[]>,
  { columns }: BatchColumns,
  lineItem: Int32Array,
  takes: ServedTakes,
): number[] {
  const { lineUnits, lineQuantum } = columns;
  const given = (line: number): number => takes.lineTaken[line] as number;
  const wants = (line: number): number => {
    const wanted = lineUnits[line] as number;
    const quantum = lineQuantum?.[line] ?? 0;
    return quantum > 0 ? wanted - (wanted % quantum) : wanted;
  };
  const isServed = (line: number): boolean => (lineItem[line] as number) >= 0 && given(line) === wants(line);
  // What was there for a line counts, also where it took none of it since it takes all or nothing.
  const lack = (line: number): number =>
    (lineItem[line] as number) < 0
      ? Number.POSITIVE_INFINITY
      : Math.max(0, wants(line) - (takes.lineOffered[line] as number));
  const out: number[] = [];
  let first: number | undefined;
  const comesBack = new Map<number, number>();
  for (const [order, own] of lines) {
    if (own.every(isServed)) continue;
    first ??= order;
    // Several lines of an item quarrel with each other too, so what comes back is held against all that they lack.
    const lacking = new Map<number, number>();
    for (const line of own) {
      const item = lineItem[line] as number;
      lacking.set(item, (lacking.get(item) ?? 0) + lack(line));
    }
    if (order === first || [...lacking].some(([item, units]) => units > (comesBack.get(item) ?? 0))) out.push(order);
    for (const line of own) {
      const item = lineItem[line] as number;
      if (item >= 0) comesBack.set(item, (comesBack.get(item) ?? 0) + given(line));
    }
  }
  return out;
}
