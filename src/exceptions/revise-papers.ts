import { add, isPositive, minimum, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { Paper, PaperDocument, PaperLine } from "../fulfilment/build-paper.js";
import type { Bucket } from "../model/bucket.js";
import type { QuantityMoved, TermsSet } from "../model/change.js";
import type { OrderEvent } from "../model/event.js";
import type { AmendableField, Order } from "../model/order.js";
import { FIELDS_ON_PAPERS, PAPER_ROADS } from "../model/papers.js";
import { stockKey, stockSource } from "../model/stock.js";

/** A quantity that a paper names otherwise than it should. */
export interface PaperDifference extends Omit<PaperLine, "quantity"> {
  /** What the printed paper names, in the base unit; zero for goods that are not on it. */
  readonly before: Decimal;
  /** What it should name; zero for goods that are to come off it. */
  readonly after: Decimal;
}

/** A printed paper that does not hold any more. */
export interface PaperRevision {
  /** Version of the paper that is void. */
  readonly voided: number;
  /** The paper to print in its place; without lines when nothing is. */
  readonly next: Paper;
  /** Where the two differ, in the order of the lines. */
  readonly differences: readonly PaperDifference[];
  /** Fields of the header that changed and that the paper shows. */
  readonly fields: readonly AmendableField[];
  /** Events that made the difference, oldest first. */
  readonly eventIds: readonly string[];
}

/** Goods of a paper at one place. */
interface ListedGoods extends Omit<PaperLine, "quantity"> {
  /** What the printed paper names. */
  readonly printed: Decimal;
  /** What it should name. */
  listed: Decimal;
  /** Part of `listed` for which the paper has not been carried out, by bucket. */
  readonly ahead: Partial<Record<Bucket, Decimal>>;
}

/**
 * Says which printed papers of an order do not hold any more, with their next version and what differs.
 *
 * **Rules**
 * 1. What a paper was printed for is carried out when its goods are picked, shipped or handed over; that changes no paper.
 *    What the customer signed for, differences included, changes none either.
 * 2. Goods that leave a paper's bucket otherwise – short, cancelled, put back, reserved for another – come off it; goods
 *    that join the bucket while it is being carried out come onto it. A change that is undone again is none.
 * 3. A paper that has been carried out is settled; what happens to the order later needs a paper of its own.
 * 4. A change of address, day or another field that papers show makes every paper void that is not settled.
 * 5. The next version is one more, and names what the paper should have named: what a paper built now would hold, and what
 *    has been carried out since it was printed.
 *
 * Goods of one line from one place are told apart by where they stand, not by shipment: once those of two notes are on
 * their way together, both follow the same goods.
 *
 * @param printed papers as the host kept them; those of other orders are left alone
 * @param order as it is now
 * @param events of the order, at least those since the oldest of the papers, in any order
 * @returns a revision for each paper that is void, in the order of the papers; n log n in events and lines
 * @throws RangeError when an event since a paper was printed is missing, or the paper is younger than the order
 *
 * **Source:** mission 14.5, 14.6; definition B17
 * @example
 * ```ts
 * import { buildPaper, decimal, fullCounts, recordPick, revisePapers } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });
 * const paper = buildPaper(order, "pick_list");
 * const [count] = fullCounts(order, "allocated");
 * const counts = [{ ...count!, quantity: decimal("8"), shortage: { reason: "not_found", stock: "writeOff" as const } }];
 * const picked = recordPick(order, { counts }, anyContext());
 * const revised = picked.ok ? revisePapers([paper], picked.value.order, picked.value.events) : [];
 * revised.map(({ voided, next }) => [voided, next.version, next.lines[0]!.quantity]); // => [[1, 2, "8"]]
 * revised[0]!.differences.map(({ before, after }) => [before, after]); // => [["10", "8"]]
 * ```
 */
export function revisePapers(printed: readonly Paper[], order: Order, events: readonly OrderEvent[]): PaperRevision[] {
  const own = events.filter(({ orderNo }) => orderNo === order.orderNo).sort((a, b) => a.version - b.version);
  return printed.flatMap((paper) =>
    paper.orderNo === order.orderNo ? revisionOf(paper, order, eventsSince(paper, order, own)) : [],
  );
}

function eventsSince(
  { document, orderVersion }: Paper,
  { orderNo, version }: Order,
  events: readonly OrderEvent[],
): readonly OrderEvent[] {
  const since = events.filter((event) => event.version > orderVersion && event.version <= version);
  const isComplete = since.length === version - orderVersion;
  if (!isComplete || since.some((event, place) => event.version !== orderVersion + place + 1)) {
    throw new RangeError(
      `The events of ${orderNo} from version ${orderVersion} of its ${document} on are not complete.`,
    );
  }
  return since;
}

function revisionOf(paper: Paper, order: Order, events: readonly OrderEvent[]): PaperRevision[] {
  const [listedFrom] = PAPER_ROADS[paper.document].lists;
  const goods = new Map(
    paper.lines.map(({ quantity, ...line }): [string, ListedGoods] => [
      keyOf(line.lineId, line.itemCode, line),
      { ...line, printed: quantity, listed: quantity, ahead: { [listedFrom]: quantity } },
    ]),
  );
  const itemOf = new Map(order.lines.map(({ lineId, itemCode }) => [lineId, itemCode]));
  const fields = new Set<AmendableField>();
  const eventIds: string[] = [];
  for (const event of events) {
    if ([...goods.values()].every(({ ahead }) => sum(Object.values(ahead)) === ZERO)) break;
    // Goods that became a line and were handed over at once were never on a paper.
    const handedOver = new Set(
      event.changes.flatMap((change) => (change.kind === "line_added" ? [change.line.lineId] : [])),
    );
    const changed = event.changes.map((change) => {
      if (change.kind === "terms_set") return noteFields(change, fields);
      if (change.kind !== "quantity_moved" || handedOver.has(change.lineId)) return false;
      return follow(paper.document, goods, change, event.type, itemOf);
    });
    if (changed.includes(true)) eventIds.push(event.eventId);
  }
  const all = inOrder([...goods.values()], order);
  const differences = all
    .filter(({ printed, listed }) => printed !== listed)
    .map(({ lineId, itemCode, source, printed, listed }) => ({
      lineId,
      itemCode,
      source,
      before: printed,
      after: listed,
    }));
  if (differences.length === 0 && fields.size === 0) return [];
  const lines = all
    .filter(({ listed }) => isPositive(listed))
    .map(({ lineId, itemCode, source, listed }) => ({ lineId, itemCode, source, quantity: listed }));
  const next = { ...paper, version: paper.version + 1, orderVersion: order.version, lines };
  return [{ voided: paper.version, next, differences, fields: [...fields], eventIds }];
}

/** Carries a paper's goods over one move; says whether the paper should now name another quantity. */
function follow(
  document: PaperDocument,
  goods: Map<string, ListedGoods>,
  { lineId, from, to, quantity, source }: QuantityMoved,
  type: OrderEvent["type"],
  itemOf: ReadonlyMap<string, string>,
): boolean {
  const { lists, done } = PAPER_ROADS[document];
  const leaves = lists.includes(from);
  const joins = lists.includes(to);
  const itemCode = itemOf.get(lineId);
  if (source === undefined || itemCode === undefined) return false;
  const key = keyOf(lineId, itemCode, { source });
  const place: ListedGoods = goods.get(key) ?? {
    lineId,
    itemCode,
    source: stockSource(source),
    printed: ZERO,
    listed: ZERO,
    ahead: {},
  };
  goods.set(key, place);
  const { ahead } = place;
  // What left with an earlier paper is not on this one.
  const part = leaves ? minimum(quantity, ahead[from] ?? ZERO) : quantity;
  if (leaves) ahead[from] = subtract(ahead[from] ?? ZERO, part);
  if (joins) ahead[to] = add(ahead[to] ?? ZERO, part);
  if (leaves === joins || type === "order_delivered" || (leaves ? to : from) === done) return false;
  place.listed = leaves ? subtract(place.listed, part) : add(place.listed, part);
  return part !== ZERO;
}

function noteFields({ header = {}, cleared = [] }: TermsSet, fields: Set<AmendableField>): boolean {
  const shown = FIELDS_ON_PAPERS.filter(
    (field) => field in header || (cleared as readonly AmendableField[]).includes(field),
  );
  for (const field of shown) fields.add(field);
  return shown.length > 0;
}

function keyOf(lineId: string, itemCode: string, { source }: Pick<PaperLine, "source">): string {
  return `${lineId}\n${stockKey(itemCode, source)}`;
}

/** As `buildPaper` lists them; what the order does not hold any more stands last of its line. */
function inOrder(goods: readonly ListedGoods[], { lines }: Order): ListedGoods[] {
  const places = new Map(
    lines
      .flatMap(({ lineId, itemCode, reservations }) => [
        ...reservations.map((source) => keyOf(lineId, itemCode, { source })),
        lineId,
      ])
      .map((key, place) => [key, place]),
  );
  const placeOf = ({ lineId, itemCode, source }: ListedGoods): number =>
    places.get(keyOf(lineId, itemCode, { source })) ?? places.get(lineId) ?? places.size;
  return [...goods].sort((a, b) => placeOf(a) - placeOf(b));
}
