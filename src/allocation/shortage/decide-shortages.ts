import { ZERO } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { compareInstants } from "../../core/instant.js";
import type { Issue } from "../../core/issue.js";
import { recordEvent } from "../../lifecycle/record-event.js";
import { heldLines } from "../../lifecycle/held-lines.js";
import { awaitsNextOrder } from "../../lifecycle/together-in.js";
import { checkTransition } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { QuantityMoved } from "../../model/change.js";
import { checkNames } from "../../model/check-names.js";
import type { Consent } from "../../model/consent.js";
import type { ShortagePolicy } from "../../model/customer.js";
import type { OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { BatchOutcome, Outcome } from "../../model/outcome.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import { stockOnce } from "../../model/stock-once.js";
import { shortageTarget } from "../../model/shortage-target.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";
import { linesOf, progressOf } from "../allocation-progress.js";
import { commandFaults } from "../../model/command-shape.js";
import { shortagesShape } from "../command-shapes.js";
import { unbookedReservations } from "../unbooked-reservations.js";
import { ordersByNo, refusedTogether } from "./apply-reallocation.js";
import { faultsInPolicy } from "./check-reallocation-policy.js";
import type { DecideShortagesContext, TurnedDownOffer } from "./decide-shortages-context.js";
import { deferUntil } from "./defer-order.js";
import { mergeIntoNextOrder, mergeKeyOf } from "./merge-into-next-order.js";
import { shortOf } from "./propose-substitutes.js";
import type { ShortageDecision } from "./shortage-decision.js";
import { supplyDays } from "./supply-day.js";
import { tryOffers } from "./try-offers.js";

/** Command: what is to be done about shortages. */
export interface DecideShortages {
  /** Number of the run; proposals are named after it and their line. */
  readonly runId: string;
  /** Why orders wait or go over, in the site's own code. */
  readonly reason: string;
  /** Whether merged goods keep their price or are priced with the next order. */
  readonly price: "keep" | "renew";
  /** Offers that were made and turned down: the next one is tried, and then the policy of the line is followed. */
  readonly turnedDown?: readonly TurnedDownOffer[];
  /** Consents to merges, each with the number of the order that goes over as its subject. */
  readonly consents?: readonly Consent[];
}

/** The answer: orders as their policies say, and what people must be asked first. */
export interface DecideShortagesOutcome extends BatchOutcome {
  /** Proposals that wait for consent; nothing of them has moved. */
  readonly reallocations: readonly ReallocationProposal[];
  /** Substitutes to which the customer must agree, the best of each line first; nothing has changed for them. */
  readonly substitutions: readonly SubstituteProposal[];
  /** What became of each short line and why, by receipt of its order. */
  readonly decisions: readonly ShortageDecision[];
}

/**
 * Carries what stayed short after an allocation to the outcome that its policy names: it replaces, defers, merges, proposes
 * and cancels with the operations that also stand by themselves.
 *
 * **Rules**
 * 1. Looked at are confirmed orders with open quantity on a line that is not on hold, back-filled quantity of lines that
 *    offer something, and quantity that was deferred until the customer's next order. All other orders stay as they are.
 * 2. What a line offers is tried first, in its own order, unless it was turned down. Another item that needs no consent
 *    takes the place at once, of what is free once earlier orders were served; with what cannot be replaced it goes on.
 *    Caps and minimums of customer groups (`protection` of the policy) are kept, counted over the whole run.
 *    Where consent is needed – of the customer to another item, of others to give goods up – there is a proposal. The
 *    whole order waits for the answer, and so does every order that is asked to give. Proposals are made in the order of
 *    service, and count each unit of goods once, free or given up; those for lines that come together are made for all that
 *    lack something, or for none, and name each other. They may use up the same cap (`protection` of the policy): the one that
 *    is carried out first has it.
 * 3. Else one line with `deferWholeOrder` defers its order until stock suffices; one with `mergeIntoNextOrder` takes its
 *    order into the next one of the same customer, currency and address that stays, or lets it wait for such an order, into
 *    which it goes once there is one, with what was added to it meanwhile. Where lines disagree, the order is deferred. What
 *    stepped in goes with its order.
 * 4. Else `cancelRemainder` gives up what is open. Back-fill is on record since the allocation; the rest stays open.
 * 5. The latest order is decided first, so that none goes over into one that leaves. What is freed serves the next
 *    allocation, which also serves what stepped in: run it before the next decision. An order that cannot follow its policy
 *    is refused with the reasons and stays as it was, also where something could have been replaced. With a policy that
 *    cannot be meant, every order is refused with its faults.
 * 6. An order that would give goods back which are not in the stock given as the orders have them is refused, with each place.
 *    Nobody is asked for such goods either.
 *
 * @param orders those that were allocated, with all that may give goods or take them over, each once
 * @returns the orders in the order of the input, with decisions and proposals. n log n in orders, besides the offers: each
 *   proposal looks at the orders that hold its item, each substitution at the lines of its order.
 * @throws RangeError when an order or a place of stock is listed twice
 *
 * **Source:** mission 8.3, 9.14, 9.15, 9.16, 9.17; definition B6
 * @example
 * ```ts
 * import { calendarDay, decideShortages, decimal } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { open: "4", allocated: "6" }, shortagePolicy: "deferWholeOrder" }] });
 * const policy = {
 *   priority: [], sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, promises: "keep" as const, steps: 1000,
 *   harm: { perLine: decimal("5"), perUnit: decimal("1"), perUnitAndDay: decimal("0"), unknownDelayDays: 10 },
 * };
 * const stock = anyStock({ onHand: "6", reserved: "6" });
 * const context = { ...anyContext(), policy, stock, today: calendarDay("2026-03-02") };
 * const { orders, decisions } = decideShortages([order], { runId: "R-1", reason: "short", price: "keep" }, context);
 * [orders[0]!.lines[0]!.quantities.deferred, decisions.map(({ lineId, short, code }) => [lineId, short, code])];
 * // => ["10", [["SO-1-1", "4", "deferred"]]]
 * ```
 */
export function decideShortages(
  orders: readonly Order[],
  command: DecideShortages,
  context: DecideShortagesContext,
): DecideShortagesOutcome {
  const now = new Map(ordersByNo(orders));
  stockOnce(context.stock);
  const misshapen = commandFaults(command, shortagesShape);
  if (misshapen.length > 0)
    return { ...refusedTogether(orders, misshapen), reallocations: [], substitutions: [], decisions: [] };
  const { runId, reason, price, consents = [], turnedDown = [] } = command;
  const issues = [...checkNames({ runId, reason }), ...faultsInPolicy(context.policy)];
  if (issues.length > 0)
    return { ...refusedTogether(orders, issues), reallocations: [], substitutions: [], decisions: [] };

  const byReceipt = [...orders].sort(
    (a, b) => compareInstants(a.header.receivedAt, b.header.receivedAt) || (a.orderNo < b.orderNo ? -1 : 1),
  );
  const shortLinesOf = new Map(byReceipt.map((order) => [order.orderNo, shortLines(order)]));
  const offers = tryOffers(orders, shortLinesOf, { runId, reason, turnedDown }, context);
  const { reallocations, substitutions } = offers;
  const waiting = new Set(
    [...reallocations.map(({ winner }) => winner), ...substitutions.map(({ line }) => line)].map(
      ({ orderNo }) => orderNo,
    ),
  );
  const asked = new Set(reallocations.flatMap(({ transfers }) => transfers.map(({ victim }) => victim.orderNo)));

  const consentTo = groupedBy(consents, ({ subject }) => subject);
  const dayOf = supplyDays(context);
  const unbookedOf = unbookedReservations(orders, context.stock);
  const answer = { events: [], movements: [], requests: [], refused: [] } as Omit<Mutable<BatchOutcome>, "orders">;
  const decisionsOf = new Map<OrderNo, ShortageDecision[]>();
  const nextOf = new Map<string, OrderNo>();
  const replacedLast: (readonly Outcome[])[] = [];
  const keep = (part: Omit<BatchOutcome, "refused">): void => {
    for (const order of part.orders) now.set(order.orderNo, order);
    answer.events.push(...part.events);
    answer.movements.push(...part.movements);
    answer.requests.push(...part.requests);
  };
  const count = progressOf(context.onProgress, "apply", linesOf(orders));
  for (const original of [...byReceipt].reverse()) {
    const { orderNo } = original;
    count(original.lines.length);
    const replaced = offers.outcomes.get(orderNo) ?? [];
    const order = replaced.at(-1)?.order ?? original;
    now.set(orderNo, order);
    const shortBefore = shortLinesOf.get(orderNo) as OrderLine[];
    const lines = stillShort(order, shortBefore);
    const key = mergeKeyOf(order);
    const next = nextOf.get(key);
    const way = wayOf(lines, { waits: waiting.has(orderNo), isAsked: asked.has(orderNo), hasNext: next !== undefined });
    const done = ((): readonly Issue[] => {
      // What stock does not have as the order has it could not be given back there.
      const unbooked = givesBack(way) ? unbookedOf(order) : [];
      if (unbooked.length > 0) return unbooked;
      if (way === "merge") {
        const consent = consentTo.get(orderNo)?.[0];
        const named = { reason, price, ...(consent === undefined ? {} : { consent }) };
        const merged = mergeIntoNextOrder(order, now.get(next as OrderNo) as Order, named, context);
        if (merged.refused.length === 0) keep(merged);
        return merged.refused.flatMap((refusal) => refusal.issues);
      }
      if (way === "defer" || way === "awaitNext") {
        const until = way === "defer" ? "stock" : "nextOrder";
        const deferred = deferUntil(order, { reason, until }, context, dayOf);
        if (deferred.ok) keep({ ...deferred.value, orders: [deferred.value.order] });
        return deferred.ok ? [] : deferred.issues;
      }
      const given = way === "byLine" ? lines.flatMap((line) => givenUp(line, context)) : [];
      if (given.length === 0) return [];
      const refusal = checkTransition(order, "cancel");
      if (refusal.length > 0) return refusal;
      const told = { type: "notify_customer", orderNo, template: "quantity_cancelled" } as const;
      const outcome = recordEvent(
        order,
        { type: "quantity_cancelled", details: { reason }, changes: given, requests: [told] },
        context,
      );
      keep({ ...outcome, orders: [outcome.order] });
      return [];
    })();
    if (done.length > 0) {
      answer.refused.push({ orderNo, issues: done });
      now.set(orderNo, original);
    } else replacedLast.push(replaced);
    const hasLeft = done.length === 0 && ["merge", "defer", "awaitNext", "stayWaiting"].includes(way);
    if (!hasLeft && checkTransition(now.get(orderNo) as Order, "join").length === 0) nextOf.set(key, orderNo);
    const wayOfLine = new Map(lines.map((line) => [line.lineId, codeOf(way, line)]));
    decisionsOf.set(
      orderNo,
      shortBefore.map((line): ShortageDecision => {
        const { lineId, itemCode, quantities } = line;
        const { tried = [], proposalId, replaced: taken = ZERO } = offers.lines.get(lineId) ?? {};
        const code = proposalId === undefined ? (wayOfLine.get(lineId) ?? "substituted") : "proposed";
        return {
          orderNo,
          lineId,
          itemCode,
          short: [quantities.open, quantities.backfill, quantities.deferred].find((part) => part !== ZERO) ?? ZERO,
          code: done.length > 0 ? "refused" : code,
          ...(proposalId === undefined ? {} : { proposalId }),
          ...(way === "merge" && done.length === 0 ? { nextOrderNo: next as OrderNo } : {}),
          ...(taken === ZERO || done.length > 0 ? {} : { substituted: taken }),
          tried,
        };
      }),
    );
  }
  const replacements = replacedLast.reverse().flat();
  return {
    ...answer,
    events: [...replacements.flatMap(({ events }) => events), ...answer.events],
    movements: [...replacements.flatMap(({ movements }) => movements), ...answer.movements],
    requests: [...replacements.flatMap(({ requests }) => requests), ...answer.requests],
    orders: orders.map(({ orderNo }) => now.get(orderNo) as Order),
    reallocations,
    substitutions,
    decisions: byReceipt.flatMap(({ orderNo }) => decisionsOf.get(orderNo) as ShortageDecision[]),
  };
}

type Mutable<Lists> = { -readonly [Key in keyof Lists]: Lists[Key] extends readonly (infer Part)[] ? Part[] : never };

/** Lines that lack goods now: open and free to be served, or on record and offering something. */
function shortLines(order: Order): OrderLine[] {
  if (checkTransition(order, "allocate").length > 0) return [];
  const held = heldLines(order, "allocate");
  return order.lines.filter((line) => {
    const { lineId, quantities, shortageOffers = [] } = line;
    const isShort =
      quantities.open !== ZERO || (quantities.backfill !== ZERO && shortageOffers.length > 0) || awaitsNextOrder(line);
    return isShort && !held.has(lineId);
  });
}

/** Which of these lines still lack goods, as they are now; all keep their order. */
function stillShort(order: Order, lines: readonly OrderLine[]): OrderLine[] {
  const ids = new Set(lines.map(({ lineId }) => lineId));
  return order.lines.filter((line) => ids.has(line.lineId) && (shortOf(line) !== ZERO || awaitsNextOrder(line)));
}

type Way = "answer" | "asked" | "defer" | "merge" | "awaitNext" | "stayWaiting" | "byLine";

function wayOf(
  lines: readonly OrderLine[],
  { waits, isAsked, hasNext }: { readonly waits: boolean; readonly isAsked: boolean; readonly hasNext: boolean },
): Way {
  if (waits) return "answer";
  if (isAsked) return "asked";
  const wants = (policy: ShortagePolicy): boolean =>
    lines.some(({ shortagePolicy, quantities }) => shortagePolicy === policy && quantities.open !== ZERO);
  // What was added to an order that waits for the next one waits with it.
  if (lines.some(awaitsNextOrder)) return hasNext ? "merge" : "stayWaiting";
  if (wants("deferWholeOrder")) return "defer";
  if (wants("mergeIntoNextOrder")) return hasNext ? "merge" : "awaitNext";
  return "byLine";
}

function givenUp({ lineId, quantities, shortagePolicy }: OrderLine, { at }: DecisionContext): QuantityMoved[] {
  const { to } = shortageTarget(shortagePolicy, { cause: "allocation", reason: "short", since: at });
  if (to !== "cancelled" || quantities.open === ZERO) return [];
  return [{ kind: "quantity_moved", lineId, from: "open", to, quantity: quantities.open }];
}

/** Whether an order gives all that it has reserved back on its way. */
function givesBack(way: Way): boolean {
  return way === "merge" || way === "defer" || way === "awaitNext";
}

function codeOf(way: Way, { shortagePolicy, quantities }: OrderLine): ShortageDecision["code"] {
  switch (way) {
    case "answer":
      return "order_awaits_answer";
    case "asked":
      return "order_is_asked_to_give";
    case "defer":
      return "deferred";
    case "merge":
      return "merged";
    case "awaitNext":
    case "stayWaiting":
      return "deferred_until_next_order";
    case "byLine":
      return shortagePolicy === "cancelRemainder" && quantities.open !== ZERO ? "cancelled" : "stays";
  }
}
