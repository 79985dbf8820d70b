import { add, isPositive, subtract, ZERO, type Decimal } from "../core/decimal.js";
import type { Change } from "../model/change.js";
import type { OrderEvent, OrderEventType } from "../model/event.js";
import type { LineId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import { FIELDS_ON_PAPERS, PAPER_ROADS } from "../model/papers.js";
import type { Reprint } from "../model/request.js";
import { stockKey } from "../model/stock.js";

const DOCUMENTS = /* @__PURE__ */ (() => Object.keys(PAPER_ROADS) as Reprint["document"][])();

/** Why papers change, where it is not for what an allocation decides. */
const CAUSES: Readonly<Partial<Record<OrderEventType, Reprint["cause"]>>> = {
  order_picked: "pick",
  order_loaded: "load",
  delivery_failed: "delivery",
  transit_loss_recorded: "delivery",
  quantity_cancelled: "cancellation",
  order_amended: "amendment",
  order_priced: "promotion",
  promotions_revised: "promotion",
};

/**
 * Asks for papers to be printed anew that an event has made wrong.
 *
 * **Rules**
 * 1. A paper is wrong when goods that it names leave its buckets otherwise than by being carried out, in all more of a line
 *    at a place than come to them, or when a field of the header changes that it shows.
 * 2. What the customer signs for, differences included, makes no paper wrong.
 * 3. Each kind of paper is asked for once, with the lines concerned in their order: those whose goods left, or all that it
 *    names when the header changed.
 *
 * @param before the order as it was
 * @returns the requests, those of the earlier paper first; linear in changes and lines
 *
 * **Source:** mission 14.5, 14.6; definition B17
 */
export function reprintsAfter(before: Order, event: OrderEvent): Reprint[] {
  if (event.type === "order_delivered") return [];
  const { orderNo, lines } = before;
  const isShown = event.changes.some(changesWhatPapersShow);
  return DOCUMENTS.flatMap((document): Reprint[] => {
    const { lists } = PAPER_ROADS[document];
    const gone = goneFrom(document, event.changes);
    const lineIds = lines.flatMap(({ lineId, quantities }) =>
      gone.has(lineId) || (isShown && lists.some((bucket) => quantities[bucket] !== ZERO)) ? [lineId] : [],
    );
    return lineIds.length === 0 ? [] : [{ type: "reprint", orderNo, document, cause: causeOf(event), lineIds }];
  });
}

function changesWhatPapersShow(change: Change): boolean {
  if (change.kind !== "terms_set") return false;
  const { header = {}, cleared = [] } = change;
  return [...Object.keys(header), ...cleared].some((field) => (FIELDS_ON_PAPERS as readonly string[]).includes(field));
}

const NO_LINES: ReadonlySet<LineId> = /* @__PURE__ */ new Set();

/** Lines of which a paper names more at some place than it should. */
function goneFrom(document: Reprint["document"], changes: readonly Change[]): ReadonlySet<LineId> {
  const { lists, done } = PAPER_ROADS[document];
  // Most events take nothing off a paper: an allocation of a thousand lines is not counted place by place.
  if (!changes.some((change) => change.kind === "quantity_moved" && lists.includes(change.from))) return NO_LINES;
  const less = new Map<string, { readonly lineId: LineId; quantity: Decimal }>();
  for (const change of changes) {
    if (change.kind !== "quantity_moved" || change.source === undefined) continue;
    const { lineId, from, to, quantity } = change;
    const leaves = lists.includes(from);
    if (leaves === lists.includes(to) || (leaves ? to : from) === done) continue;
    const key = `${lineId}\n${stockKey("", change.source)}`;
    const place = less.get(key) ?? { lineId, quantity: ZERO };
    place.quantity = leaves ? add(place.quantity, quantity) : subtract(place.quantity, quantity);
    less.set(key, place);
  }
  return new Set([...less.values()].flatMap((place) => (isPositive(place.quantity) ? [place.lineId] : [])));
}

function causeOf(event: OrderEvent): Reprint["cause"] {
  if (event.type === "wrong_item_found") return event.details.foundAt === "load" ? "load" : "delivery";
  return CAUSES[event.type] ?? "allocation";
}
