import { ZERO } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { heldLines } from "../../lifecycle/held-lines.js";
import { checkTransition } from "../../lifecycle/transitions.js";
import type { Displacement } from "../../model/displacement.js";
import type { OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { ordersOnce } from "../../model/orders-once.js";
import { stockOnce } from "../../model/stock-once.js";
import type { Outcome } from "../../model/outcome.js";
import type { StockPosition } from "../../model/stock.js";
import { progressOf } from "../allocation-progress.js";
import { readBatch, columnsInOrder } from "../batch-columns.js";
import { orderOfService } from "../order-of-service.js";
import { unbookedReservations } from "../unbooked-reservations.js";
import { groupedBy } from "../../core/grouped-by.js";
import { agreedMoves, type AgreedRound } from "./agreed-moves.js";
import { readRound } from "./demand-round.js";
import type { MovesByLine } from "./net-moves.js";
import { ruleFor, type LineDemand } from "./order-demands.js";
import { RECONFIRM_STRATEGIES } from "../../model/reconfirm-strategy.js";
import type {
  LineException,
  PendingDisplacement,
  ReconfirmOrdersContext,
  ReconfirmOrdersIssue,
  ReconfirmOrdersOutcome,
  ReconfirmOrdersPolicy,
} from "./reconfirm-orders-policy.js";
import { releasesFirst } from "./releases-first.js";
import { settleMoves } from "./settle-moves.js";
import type { SoundReservations } from "./sound-reservations.js";
import { checkReconfirmPolicy } from "./check-reconfirm-policy.js";
import { exceptionsOf, outcomeOf } from "./write-reconfirmation.js";

/**
 * Decides anew which orders have which of the reserved and free goods, each by the strategy of its customer: some win,
 * some keep, some may only lose. Every reservation that moves has an event with its cause, and every order that was set
 * back for another is written down.
 *
 * **Rules**
 * 1. An order's strategy is that of the first rule that fits it. `reconfirm` then says what each line is to have, of what
 *    is free and what the lines have reserved and not picked.
 * 2. Winners take as in every allocation: warehouses and lots as the policy has them. What was given up and nobody could
 *    take stays where it was; nobody loses what nobody gets – but for those whose strategy is to lose.
 * 3. What a line gives up is open again; what it waited for – deferred, back-fill, open – is reserved. An order that waits
 *    to be merged into the next
 *    one is left alone: it may lose what it has, and gains nothing.
 * 4. Lines that come together – of an order shipped complete or deferred as a whole, of a delivery group – keep all or lose
 *    all, and get all they wait for or no more than they have; what they lose is there for the others. Lines on hold and
 *    picked goods stay as they are, and draw-downs of goods in store as far as the store has them; so do goods reserved where
 *    nobody may take them.
 * 5. A line that does not get what its strategy promises is an exception; with the policy `abort` nothing is changed then.
 * 6. An order for which nothing changes gets no event. Orders that may not be allocated, have nothing and wait for
 *    nothing, or cannot be counted, are refused with their reasons. With a policy that cannot be meant –
 *    its allocation has faults, or a strategy is none that there is – every order is, for each of its faults.
 * 7. Customers who were set back, or have less since goods are missing, are to be told.
 * 8. Where the policy wants a customer's consent and there is none that holds, the order keeps what it has, and the others
 *    are served as if it could not lose: what would have been taken from it is listed as pending. A second run with the
 *    consent does it; nothing is pending where that would be aborted all the same.
 * 9. Caps and protected minimums of customer groups come before the strategies: nobody gains of what is kept for others –
 *    what they have of their minimum included – or beyond the cap of the group. Whose strategy is to lose gives up all the
 *    same; nobody else loses for a rule alone. Where others gain, what nobody took stays as far as a group is within its cap,
 *    or has no more than before, and no more lacks of what is kept for others than before; who loses more was set back for
 *    those who gained.
 * 10. An order that was set back as often as `maxTimesDisplaced` keeps what it has, whatever its strategy, and may still
 *    get more; it is named as spared.
 * 11. A place carries what is on hand there; nothing where it is held or has expired, unless the policy keeps what is reserved
 *    of such goods (`keepsUnusable`). Where more is reserved, what cannot be moved – picked, on hold, of orders outside the run – comes first, then the lines as
 *    they are served: who skips, who is spared, then by strategy. The rest is `missing`: those lines get as much again of
 *    what is free, or of what weaker strategies have, after all of their strategy have kept what is there; or they lose it.
 *    Lines that come together are made whole or lose all. What is not there needs no consent. Of goods that a customer left
 *    in store, a draw-down loses what is not there and takes nothing for it: what else the customer has there the next
 *    allocation gives. What comes together with a draw-down that waits keeps what it has and gains nothing. A place that is not enough even for what cannot be moved is `uncovered`: somebody has to see to it.
 * 12. An order that has goods reserved at a place which is not among the positions, or where the books have less reserved than
 *    these orders have, is refused with the place: what it gave back could not be posted there.
 * 13. Targets are counted in quantities, not in lots: what a line could not take of its target, since it may take only some
 *    lots, others get in further rounds, until a round moves nothing. What is written is what each line had and has in the
 *    end. So a second run in the same order of service changes nothing; keys that look at what orders wait for
 *    (`promisedClass`, `waitingSince`) may put an order that got it elsewhere then.
 *
 * @param orders each order once
 * @param stock positions as they really are, each place once: `onHand` as counted, `reserved` as the orders have it, even
 *   if that is more
 * @param context policy, day, consents and dates
 * @returns the outcome with exceptions, displacements and what is pending. n log n in lines and lots for each round, 32 at
 *   most, and again where orders turn out to be kept for want of consent, or not to be complete for want of goods. Two
 *   rounds are the rule where lines do not get what they were to have, three were seen, one where they do.
 * @throws RangeError when an order or a place of stock is listed twice
 *
 * **Source:** mission 9.18, 8.7, 8.9, 7.6; definitions B8, B9, B15
 * @example
 * ```ts
 * import { calendarDay, reconfirmOrders } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const best = anyOrder({ orderNo: "SO-2", stage: "confirmed", header: { customerClass: "A" }, lines: [{ orderedQty: "8" }] });
 * const other = anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { customerClass: "B" }, lines: [{ quantities: { allocated: "10" } }] });
 * const allocation = { priority: [], sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, lots: "fifo" as const };
 * const policy = {
 *   allocation, strategies: [{ customerClasses: ["A"], strategy: "win" as const }], otherwise: "fill" as const,
 *   onException: "abort" as const, redistribute: { kind: "inOrder" as const },
 * };
 * const outcome = reconfirmOrders([best, other], anyStock({ onHand: "12", reserved: "10" }), { ...anyContext(), policy, today: calendarDay("2026-03-02") });
 * outcome.orders.map(({ lines }) => lines[0]!.quantities.allocated); // => ["8", "4"]
 * outcome.displacements.map(({ victim, winner, quantity }) => [victim.lineId, winner.lineId, quantity]); // => [["SO-1-1","SO-2-1","6"]]
 * ```
 */
export function reconfirmOrders(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  context: ReconfirmOrdersContext,
): ReconfirmOrdersOutcome {
  const { policy } = context;
  ordersOnce(orders);
  stockOnce(stock);
  const faults = checkReconfirmPolicy(policy).map((fault) => ({ ...fault, path: ["policy", ...fault.path] }));
  const refusals = new Map<OrderNo, readonly ReconfirmOrdersIssue[]>();
  const unbookedOf = unbookedReservations(orders, stock);
  const able = orders.filter((order) => {
    const issues = [...faults, ...checkTransition(order, "allocate"), ...unbookedOf(order, notOnHold(order))];
    if (issues.length > 0) refusals.set(order.orderNo, issues);
    return issues.length === 0;
  });
  let pending: readonly PendingDisplacement[] = [];
  let spared: readonly OrderNo[] = [];
  let found: Pick<SoundReservations, "missing" | "uncovered"> = { missing: [], uncovered: [] };
  if (faults.length > 0) return answer(new Map(), [], [], "done");
  const ranked = orderOfService(able, policy.allocation.priority, context).map((place) => able[place]!);
  const countables = byStrategy(countable(ranked, stock, context, refusals), policy);
  const opening = readRound({ served: countables, all: orders, stock }, new Set(), context);
  found = opening.sound;
  const withLines = new Set([...opening.demands, ...opening.draws].map(({ order }) => order));
  for (const [place, { orderNo }] of countables.entries()) {
    if (!withLines.has(place)) refusals.set(orderNo, [issue("reconfirm.nothing_to_confirm", ["lines"], { orderNo })]);
  }
  spared = sparedOrders(opening.demands, countables, context);
  const rounds: AgreedRound[] = [];
  const settled = settleMoves(opening, context, (round, now) => {
    const agreed = agreedMoves(round, spared, now);
    if (agreed.ok) rounds.push(agreed.value);
    return agreed;
  });
  if (!settled.ok) {
    for (const { orderNo } of countables) refusals.set(orderNo, settled.issues);
    return answer(new Map(), [], [], "done");
  }
  const { sound, demands, draws, moves } = settled.value;
  found = sound;
  pending = rounds[0]!.pending;
  const displacements = rounds.flatMap((round) => round.displacements);
  return written([...demands, ...draws], moves, displacements);

  function written(decided: readonly LineDemand[], moves: MovesByLine, displacements: readonly Displacement[]) {
    progressOf(context.onProgress, "plan", decided.length)(decided.length);
    const exceptions = exceptionsOf(countables, decided, moves);
    if (policy.onException === "abort" && exceptions.length > 0) return answer(new Map(), exceptions, [], "aborted");
    const ledgerOf = groupedBy(displacements, ({ victim }) => victim.orderNo);
    const linesOf = groupedBy(decided, ({ order }) => order);
    const outcomes = new Map<OrderNo, Outcome>();
    const count = progressOf(context.onProgress, "apply", decided.length);
    for (const [place, order] of countables.entries()) {
      count(linesOf.get(place)?.length ?? 0);
      const own = ledgerOf.get(order.orderNo) ?? [];
      const outcome = outcomeOf(order, linesOf.get(place) ?? [], moves, own, context);
      if (outcome === undefined) continue;
      outcomes.set(order.orderNo, outcome);
      refusals.delete(order.orderNo);
    }
    return answer(outcomes, exceptions, displacements, "done");
  }

  function answer(
    outcomes: ReadonlyMap<OrderNo, Outcome>,
    exceptions: readonly LineException[],
    ledger: readonly Displacement[],
    result: ReconfirmOrdersOutcome["result"],
  ): ReconfirmOrdersOutcome {
    const all = [...outcomes.values()];
    const movements = all.flatMap((outcome) => outcome.movements);
    return {
      orders: orders.map((order) => outcomes.get(order.orderNo)?.order ?? order),
      events: all.flatMap(({ events }) => events),
      movements: releasesFirst(movements),
      requests: all.flatMap(({ requests }) => requests),
      refused: orders.flatMap(({ orderNo }) => {
        const issues = refusals.get(orderNo);
        return issues === undefined ? [] : [{ orderNo, issues }];
      }),
      exceptions,
      displacements: ledger,
      pending,
      missing: found.missing,
      uncovered: found.uncovered,
      spared,
      result,
    };
  }
}

/** Orders with something to lose that were set back too often, by number. */
function sparedOrders(
  demands: readonly LineDemand[],
  served: readonly Order[],
  { policy: { maxTimesDisplaced = Number.POSITIVE_INFINITY }, timesDisplaced }: ReconfirmOrdersContext,
): readonly OrderNo[] {
  const holders = demands.flatMap(({ order, confirmed }) => (confirmed === ZERO ? [] : served[order]!.orderNo));
  const isSpared = (orderNo: OrderNo): boolean => (timesDisplaced?.get(orderNo) ?? 0) >= maxTimesDisplaced;
  return [...new Set(holders)].filter(isSpared).sort();
}

/** Orders in the order in which their strategies are served, those of one strategy in the order of service. */
function byStrategy(orders: readonly Order[], policy: ReconfirmOrdersPolicy): Order[] {
  const turnOf = (order: Order): number => RECONFIRM_STRATEGIES.indexOf(ruleFor(order, policy).strategy);
  return orders
    .map((order) => ({ order, turn: turnOf(order) }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ order }) => order);
}

/** Lines of which the run may move something. */
function notOnHold(order: Order): readonly OrderLine[] {
  const onHold = heldLines(order, "allocate");
  return onHold.size === 0 ? order.lines : order.lines.filter(({ lineId }) => !onHold.has(lineId));
}

/** Orders that can be counted exactly; the others are refused. */
function countable(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  { policy, today, onProgress }: ReconfirmOrdersContext,
  refusals: Map<OrderNo, readonly ReconfirmOrdersIssue[]>,
): readonly Order[] {
  const read = readBatch(orders, stock, policy.allocation, today, onProgress);
  const { outOfRange } = columnsInOrder(read, orders, [...orders.keys()], today);
  for (const [place, itemCodes] of outOfRange) {
    const issues = itemCodes.map((itemCode) => issue("allocate.quantity_out_of_range", ["lines"], { itemCode }));
    refusals.set(orders[place]!.orderNo, issues);
  }
  return orders.filter((_, place) => !outOfRange.has(place));
}
