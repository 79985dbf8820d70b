import { add, isPositive, subtract, ZERO, type Decimal } from "../core/decimal.js";
import type { QuantityMoved } from "../model/change.js";
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
 * @returns the requests, those of the earlier paper first; linear in the changes, and in the lines when there are any
 *
 * **Source:** mission 14.5, 14.6; definition B17
 */
export function reprintsAfter(before: Order, event: OrderEvent): Reprint[] {
  const { orderNo, lines } = before;
  if (event.type === "order_delivered") return [];
  const moves = event.changes.filter((change) => change.kind === "quantity_moved");
  const isShown = event.changes.some(
    (change) =>
      change.kind === "terms_set" &&
      FIELDS_ON_PAPERS.some(
        (field) => field in (change.header ?? {}) || change.cleared?.some((gone) => gone === field),
      ),
  );
  return DOCUMENTS.flatMap((document): Reprint[] => {
    const { lists } = PAPER_ROADS[document];
    const gone = goneFrom(document, moves);
    if (gone.size === 0 && !isShown) return [];
    const lineIds = lines
      .filter(
        ({ lineId, quantities }) =>
          gone.has(lineId) || (isShown && lists.some((bucket) => quantities[bucket] !== ZERO)),
      )
      .map(({ lineId }) => lineId);
    return lineIds.length === 0 ? [] : [{ type: "reprint", orderNo, document, cause: causeOf(event), lineIds }];
  });
}

/** Lines of which a paper names more at some place than it should. */
function goneFrom(document: Reprint["document"], moves: readonly QuantityMoved[]): ReadonlySet<LineId> {
  const { lists, done } = PAPER_ROADS[document];
  const less = new Map<string, { readonly lineId: LineId; quantity: Decimal }>();
  for (const { lineId, from, to, quantity, source } of moves) {
    const leaves = lists.includes(from);
    if (leaves === lists.includes(to) || (leaves ? to : from) === done || source === undefined) continue;
    const key = `${lineId}\n${stockKey("", source)}`;
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
