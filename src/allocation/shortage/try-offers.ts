import type { LineId, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { Outcome } from "../../model/outcome.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";
import { unitsTogether, waitsForNextOrder } from "../../lifecycle/together-in.js";
import { linesOf, progressOf } from "../allocation-progress.js";
import { orderOfService } from "../order-of-service.js";
import { goodsLeft } from "./goods-left.js";
import type { DecideShortagesContext, TurnedDownOffer } from "./decide-shortages-context.js";
import { offerBook } from "./offer-book.js";
import { offersOfUnit, type LineOffers, type UnitOffers } from "./offers-of-unit.js";

/** What came of the offers of all lines. */
export interface TriedOffers {
  /** Proposals that wait, in the order of service. */
  readonly reallocations: readonly ReallocationProposal[];
  /** Proposals that wait, in the order of service, the best of each line first. */
  readonly substitutions: readonly SubstituteProposal[];
  /** What was done at once, by order. */
  readonly outcomes: ReadonlyMap<OrderNo, readonly Outcome[]>;
  /** What came of each line that offers something. */
  readonly lines: ReadonlyMap<LineId, LineOffers>;
}

/**
 * Tries what short lines offer, in the order of service and of each line, until something waits for an answer or nothing is
 * short.
 *
 * **Rules**
 * 1. Another item that needs no consent takes the place at once, in what is free by then; several may, one after another.
 *    The first that needs consent is proposed, with the others that could step in.
 * 2. Goods of later orders are proposed for what is still short. Each unit of goods – free, or given up – counts for one line:
 *    what earlier lines get by their proposals, or with them, is not there for later ones.
 * 3. For lines that come together there are proposals only when all of them get what they lack, from free goods, by other
 *    items or by proposals, which then name each other. Else none of them is asked for; what they offer next is tried.
 * 4. What was turned down is not offered again; what came to nothing is told with its reason. So is an offer for a line that
 *    comes in full or together with others, and for which all lies free: it only waits for those.
 *
 * @param orders all orders, each once
 * @param shortLinesOf lines that lack goods, by order
 */
export function tryOffers(
  orders: readonly Order[],
  shortLinesOf: ReadonlyMap<OrderNo, readonly OrderLine[]>,
  {
    runId,
    reason,
    turnedDown,
  }: { readonly runId: string; readonly reason: string; readonly turnedDown: readonly TurnedDownOffer[] },
  context: DecideShortagesContext,
): TriedOffers {
  const reallocations: ReallocationProposal[] = [];
  const substitutions: SubstituteProposal[] = [];
  const outcomes = new Map<OrderNo, readonly Outcome[]>();
  const lines = new Map<LineId, LineOffers>();
  const answer = { reallocations, substitutions, outcomes, lines };
  const isOffering = ({ shortageOffers = [] }: OrderLine): boolean => shortageOffers.length > 0;
  if (![...shortLinesOf.values()].some((own) => own.some(isOffering))) return answer;

  const run = { runId, reason, turnedDown: new Set(turnedDown.map(({ lineId, offer }) => `${offer} ${lineId}`)) };
  const served = orderOfService(orders, context.policy.priority, context).map((place) => orders[place]!);
  const book = offerBook(served, context);
  const left = goodsLeft(book.donors, context);
  const count = progressOf(context.onProgress, "plan", linesOf(orders));
  for (const order of served) {
    count(order.lines.length);
    const short = new Set(shortLinesOf.get(order.orderNo));
    if (short.size === 0 || waitsForNextOrder(order)) continue;
    let current = order;
    const done: Outcome[] = [];
    for (const [unit, members] of unitsTogether(order, order.lines)) {
      const own = members.filter((line) => short.has(line));
      if (own.length === 0) continue;
      const mark = left.mark();
      const offersFor = (refused?: UnitOffers): UnitOffers =>
        offersOfUnit(
          { order: current, members, short, isTogether: typeof unit === "string" },
          run,
          left,
          context,
          book,
          refused,
        );
      let found = offersFor();
      if (!found.isCovered) {
        left.undo(mark);
        found = offersFor(found);
      }
      current = found.order;
      done.push(...found.outcomes);
      reallocations.push(...found.reallocations);
      substitutions.push(...found.substitutions);
      for (const [lineId, offers] of found.lines) lines.set(lineId, offers);
    }
    if (done.length > 0) outcomes.set(order.orderNo, done);
  }
  return answer;
}
