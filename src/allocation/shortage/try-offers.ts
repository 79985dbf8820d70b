import { subtract, ZERO, type Decimal } from "../../core/decimal.js";
import type { DecisionContext } from "../../model/actor.js";
import type { ShortageOffer } from "../../model/customer.js";
import type { ItemCode, LineId, OrderNo } from "../../model/ids.js";
import type { Item } from "../../model/item.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { Outcome } from "../../model/outcome.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";
import { freeStockByItem } from "../usable-stock.js";
import { applySubstitution, heldBy } from "./apply-substitution.js";
import { isAllFree } from "./free-for-line.js";
import { proposalFor } from "./propose-reallocation.js";
import { rankSubstitutes, replaceableIssues, shortOf } from "./propose-substitutes.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";
import type { ShortageDecision } from "./shortage-decision.js";
import type { OwnPriceOf } from "./substitute-proposal.js";

/** An offer that was made to the customer of a line, or to those who were to give, and turned down. */
export interface TurnedDownOffer {
  /** Line for which it was made. */
  readonly lineId: LineId;
  /** What was offered. */
  readonly offer: ShortageOffer;
}

/** What deciding on shortages rests on: who may be asked, stock, supply, and which items step in for which. */
export interface DecideShortagesContext extends DecisionContext, Omit<ProposeReallocationContext, "at"> {
  /** Item master by code; no other item is offered without it. */
  readonly items?: ReadonlyMap<ItemCode, Item>;
  /** What an item costs a customer by itself. */
  readonly unitPriceOf?: OwnPriceOf;
}

/** What came of the offers of a line. */
interface LineOffers {
  /** What came to nothing, and why. */
  readonly tried: ShortageDecision["tried"];
  /** Proposal that waits for an answer, the best of its kind. */
  readonly proposalId?: string;
  /** What another item took the place of at once, in the base unit. */
  readonly replaced: Decimal;
}

/** What came of the offers of all lines. */
export interface TriedOffers {
  /** Proposals that wait, by receipt of the orders. */
  readonly reallocations: readonly ReallocationProposal[];
  /** Proposals that wait, by receipt of the orders, the best of each line first. */
  readonly substitutions: readonly SubstituteProposal[];
  /** What was done at once, by order. */
  readonly outcomes: ReadonlyMap<OrderNo, readonly Outcome[]>;
  /** What came of each line that offers something. */
  readonly lines: ReadonlyMap<LineId, LineOffers>;
}

/**
 * Tries what short lines offer, in the order of each line, until something waits for an answer or nothing is short.
 *
 * **Rules**
 * 1. Another item that needs no consent takes the place at once, in what is free by then; several may, one after another.
 *    The first that needs consent is proposed, with the others that could step in.
 * 2. Goods of later orders are proposed for what is still short. Proposals look at the orders as they came.
 * 3. What was turned down is not offered again; what came to nothing is told with its reason. So is an offer for a line that
 *    comes in full or together with others, and for which all lies free: it only waits for those.
 *
 * @param byReceipt all orders, the earliest first
 * @param shortLinesOf lines that lack goods, by order
 */
export function tryOffers(
  byReceipt: readonly Order[],
  shortLinesOf: ReadonlyMap<OrderNo, readonly OrderLine[]>,
  {
    runId,
    reason,
    turnedDown,
  }: { readonly runId: string; readonly reason: string; readonly turnedDown: readonly TurnedDownOffer[] },
  context: DecideShortagesContext,
): TriedOffers {
  const without = new Set(turnedDown.map(({ lineId, offer }) => `${offer} ${lineId}`));
  const holders = holdersByItem(byReceipt);
  const free = freeStockByItem(context.stock, context.today);
  const reallocations: ReallocationProposal[] = [];
  const substitutions: SubstituteProposal[] = [];
  const outcomes = new Map<OrderNo, readonly Outcome[]>();
  const lines = new Map<LineId, LineOffers>();
  for (const order of byReceipt) {
    let current = order;
    const done: Outcome[] = [];
    for (const short of shortLinesOf.get(order.orderNo) ?? []) {
      const { lineId, itemCode, shortageOffers = [] } = short;
      const tried: ShortageDecision["tried"][number][] = [];
      let line = short;
      let proposalId: string | undefined;
      for (const offer of shortageOffers) {
        if (proposalId !== undefined || shortOf(line) === ZERO) break;
        if (without.has(`${offer} ${lineId}`)) tried.push({ offer, code: "turned_down" });
        else if (offer === "reallocate") {
          const others = [...(holders.get(itemCode) ?? [])].filter(({ orderNo }) => orderNo !== order.orderNo);
          const name = { proposalId: `${runId}-${lineId}`, orderNo: order.orderNo, lineId };
          const result = proposalFor([...others, current], name, context);
          if (result.ok) {
            reallocations.push(result.value);
            ({ proposalId } = result.value);
          } else tried.push(...result.issues.map(({ code }) => ({ offer, code })));
        } else if (isAllFree({ order: current, line }, context)) tried.push({ offer, code: "stock_is_there" });
        else {
          const found = replace(current, line, { runId, reason }, free, context);
          done.push(...found.outcomes);
          current = found.outcomes.at(-1)?.order ?? current;
          line = found.line;
          substitutions.push(...found.proposals);
          proposalId = found.proposals[0]?.proposalId;
          tried.push(...found.codes.map((code) => ({ offer, code })));
        }
      }
      if (shortageOffers.length === 0) continue;
      const replaced = subtract(shortOf(short), shortOf(line));
      lines.set(lineId, { tried, replaced, ...(proposalId === undefined ? {} : { proposalId }) });
    }
    if (done.length > 0) outcomes.set(order.orderNo, done);
  }
  return { reallocations, substitutions, outcomes, lines };
}

function holdersByItem(orders: readonly Order[]): ReadonlyMap<ItemCode, ReadonlySet<Order>> {
  const holders = new Map<ItemCode, Set<Order>>();
  for (const order of orders) {
    for (const { itemCode, quantities } of order.lines) {
      if (quantities.allocated === ZERO) continue;
      holders.set(itemCode, (holders.get(itemCode) ?? new Set()).add(order));
    }
  }
  return holders;
}

interface Replacement {
  readonly outcomes: readonly Outcome[];
  /** The line as it is then. */
  readonly line: OrderLine;
  /** What needs consent. */
  readonly proposals: readonly SubstituteProposal[];
  /** Why what is still short could not be replaced. */
  readonly codes: readonly string[];
}

/** Replaces what needs no consent, item by item, until one does, nothing is short, or nothing is left to offer. */
function replace(
  order: Order,
  line: OrderLine,
  { runId, reason }: { readonly runId: string; readonly reason: string },
  free: Map<ItemCode, Decimal>,
  context: DecideShortagesContext,
): Replacement {
  const { items } = context;
  const outcomes: Outcome[] = [];
  const { lineId } = line;
  const obstacles = [...replaceableIssues(order, line, lineId), ...heldBy(order, lineId)].map(({ code }) => code);
  const codes = items === undefined ? [...obstacles, "no_item_master"] : obstacles;
  if (items === undefined || codes.length > 0) return { outcomes, line, proposals: [], codes };
  let [current, left] = [order, line];
  while (shortOf(left) !== ZERO) {
    const id = { proposalId: `${runId}-${lineId}-S`, firstRank: outcomes.length + 1 };
    const { proposals } = rankSubstitutes(current, left, id, { ...context, items, free });
    const [best] = proposals;
    if (best === undefined) return { outcomes, line: left, proposals: [], codes: ["none_offered"] };
    if (best.consentRequired) return { outcomes, line: left, proposals, codes: [] };
    const result = applySubstitution(current, { proposal: best, reason }, { ...context, items });
    if (!result.ok) return { outcomes, line: left, proposals: [], codes: result.issues.map(({ code }) => code) };
    outcomes.push(result.value);
    current = result.value.order;
    left = current.lines.find((one) => one.lineId === lineId) as OrderLine;
    const rest = subtract(best.available, best.quantity);
    if (rest === ZERO) free.delete(best.itemCode);
    else free.set(best.itemCode, rest);
  }
  return { outcomes, line: left, proposals: [], codes: [] };
}
