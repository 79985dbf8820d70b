import type { CalendarDay } from "../core/calendar-day.js";
import { isPositive, ZERO } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { CustomerCode, ItemCode, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { ordersOnce } from "../model/orders-once.js";
import { stockOnce } from "../model/stock-once.js";
import { stockOwnerOf } from "../model/stock-owner.js";
import { stockKey, type StockPosition } from "../model/stock.js";
import { orderOfService } from "./order-of-service.js";
import {
  candidateOf,
  openVerdict,
  out,
  within,
  type Candidate,
  type ReleasedReservation,
  type SelectParticipantsContext,
  type Verdict,
} from "./participant-candidate.js";
import {
  PARTICIPANT_CLASSES,
  type ParticipantClass,
  type ParticipantPolicy,
  type ParticipantReason,
} from "./participant-policy.js";
import { freeQuantity, isUsable, livesLongEnough } from "./usable-stock.js";
import { waitsForNextOrder } from "../lifecycle/together-in.js";
import { waitingParts } from "../lifecycle/waiting-quantity.js";

/** Why the selection cannot be made. */
export type SelectParticipantsIssue = IssueOf<{
  "participants.lead_days_out_of_range": { readonly leadDays: number };
}>;

/** Whether an order takes part in a batch, and why. */
export interface Participant {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Whether it takes part. */
  readonly takesPart: boolean;
  /** Its classes, what was promised first in front. */
  readonly classes: readonly ParticipantClass[];
  /** The first of its classes that lets it in; absent when it is out. */
  readonly as?: ParticipantClass;
  /** 0 for a pre-booked order that takes part, else the place of `as` among the classes, 1 first; absent when out. */
  readonly rank?: number;
  /** Why: one reason for each class, in their order; or what keeps the whole order out. */
  readonly reasons: readonly ParticipantReason[];
  /** What it gives back first; empty unless the policy says so. */
  readonly releases: readonly ReleasedReservation[];
}

/**
 * Says of every order whether it takes part in the batch that is to be allocated, and why.
 *
 * **Rules**
 * 1. An order that may not be allocated now – its status, a hold, a hold that ends only after the instant of the run – is
 *    out; lines under a hold of their own do not count.
 * 2. An order with no quantity in any class is out; otherwise it is in when one of its classes lets it in.
 * 3. A class that the policy leaves out lets nobody in.
 * 4. Deferred and back-fill with `onlyIfStockNow`: one of the short items has free stock that the line may use, or gets
 *    it from a reservation that is released.
 * 5. Back-fill that goes with the customer's next order: another order of the customer takes part with open quantity.
 * 6. Allocated and not shipped: the order keeps its reservation, or what it is to give back is listed.
 * 7. Hold released: the hold has ended at the instant of the run or before.
 * 8. Future: day of shipment − lead days ≤ today. Until then its open quantity is in no other class.
 * 9. An order of another customer with other items changes nothing.
 *
 * @param orders each order once
 * @param stock positions, each place once
 * @param policy what takes part
 * @param now instant and day of the run
 * @returns one entry for each order: those that take part by rank, receipt and number, then the others by receipt and
 * number. n log n in the orders.
 * @throws RangeError when an order or a place of stock is listed twice
 *
 * **Source:** mission 9.6, 9.11; definition B3
 * @example
 * ```ts
 * import { calendarDay, instant, selectParticipants } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const orders = [
 *   anyOrder({ orderNo: "SO-1", stage: "confirmed" }),
 *   anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [{ quantities: { backfill: "4", delivered: "6" } }] }),
 * ];
 * const policy = {
 *   deferred: { include: true },
 *   backfill: { include: true, onlyIfStockNow: true },
 *   futureDue: { include: true, leadDays: 2 },
 *   allocatedNotShipped: { include: true, reservation: "keep" as const },
 *   holdReleased: { include: true },
 *   new: { include: true },
 * };
 * const selected = selectParticipants(orders, [], policy, { at: instant("2026-03-02T10:00:00Z"), today: calendarDay("2026-03-02") });
 * selected.ok && selected.value.map(({ orderNo, takesPart, reasons }) => [orderNo, takesPart, reasons[0]!.code]);
 * // => [["SO-1",true,"participants.included"],["SO-2",false,"participants.no_stock_now"]]
 * ```
 */
export function selectParticipants(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: ParticipantPolicy,
  now: SelectParticipantsContext,
): Result<readonly Participant[], SelectParticipantsIssue> {
  ordersOnce(orders);
  stockOnce(stock);
  const { leadDays } = policy.futureDue;
  if (!Number.isSafeInteger(leadDays) || leadDays < 0)
    return refuse([issue("participants.lead_days_out_of_range", ["policy", "futureDue", "leadDays"], { leadDays })]);

  const candidates = orderOfService(orders, []).map((place) => candidateOf(orders[place] as Order, policy, now));
  const facts: PoolFacts = {
    free: freeStock(candidates, stock, now.today),
    nextOrders: nextOrders(candidates),
  };
  const answers = candidates.map((candidate) => answerOf(candidate, facts, policy, now));
  // Sorting keeps the order of receipt and number among equals.
  return ok(answers.sort((a, b) => (a.rank ?? OUT) - (b.rank ?? OUT)));
}

const OUT = PARTICIPANT_CLASSES.length + 1;

/** What orders have to do with each other. */
interface PoolFacts {
  /** The latest expiry of what is free, by item and owner; null for what never expires. */
  readonly free: ReadonlyMap<string, CalendarDay | null>;
  /** Orders that take part with open quantity, by customer. */
  readonly nextOrders: ReadonlyMap<CustomerCode, number>;
}

function answerOf(
  candidate: Candidate,
  facts: PoolFacts,
  policy: ParticipantPolicy,
  now: SelectParticipantsContext,
): Participant {
  const { order, bars, classes, releases } = candidate;
  const { orderNo, header } = order;
  if (bars.length > 0) return { orderNo, takesPart: false, classes, reasons: bars, releases };
  if (classes.length === 0) {
    return { orderNo, takesPart: false, classes, reasons: [whyNothing(candidate)], releases };
  }
  const verdicts = classes.map((each) => verdictOf(each, candidate, facts, policy, now));
  const reasons = verdicts.map(({ reason }) => reason);
  const as = classes.find((_, place) => verdicts[place]?.isIn);
  if (as === undefined) return { orderNo, takesPart: false, classes, reasons, releases };
  const rank = header.preBooked === true ? 0 : PARTICIPANT_CLASSES.indexOf(as) + 1;
  return { orderNo, takesPart: true, classes, as, rank, reasons, releases };
}

function verdictOf(
  participantClass: ParticipantClass,
  candidate: Candidate,
  facts: PoolFacts,
  policy: ParticipantPolicy,
  now: SelectParticipantsContext,
): Verdict {
  switch (participantClass) {
    case "deferred":
    case "backfill":
      return shortVerdict(participantClass, candidate, facts, policy, now.today);
    case "allocatedNotShipped": {
      const { include, reservation } = policy.allocatedNotShipped;
      if (!include) return out(issue("participants.class_left_out", [], { participantClass }));
      return within(
        issue(reservation === "keep" ? "participants.keeps_reservation" : "participants.releases_reservation", [], {}),
      );
    }
    default:
      return openVerdict(participantClass, candidate.order, candidate.lines, policy, now);
  }
}

function shortVerdict(
  participantClass: "deferred" | "backfill",
  { order, lines, takesOpen }: Candidate,
  { free, nextOrders }: PoolFacts,
  policy: ParticipantPolicy,
  today: CalendarDay,
): Verdict {
  const { include, onlyIfStockNow = false } = policy[participantClass];
  if (!include) return out(issue("participants.class_left_out", [], { participantClass }));
  const { customerCode } = order.header;
  const hasNextOrder = (nextOrders.get(customerCode) ?? 0) > (takesOpen ? 1 : 0);
  const isShort = (line: OrderLine): boolean =>
    waitingParts(line, { hasNextOrder }).some(({ bucket }) => bucket === participantClass);
  const short = waitsForNextOrder(order) ? [] : lines.filter(isShort);
  if (short.length === 0) return out(issue("participants.no_next_order", [], { customerCode }));
  if (!onlyIfStockNow) return within(issue("participants.included", [], { participantClass }));
  const served = short.find((line) => canBeServed(line, order, free, today));
  if (served !== undefined)
    return within(issue("participants.stock_now", [], { participantClass, itemCode: served.itemCode }));
  const itemCodes = [...new Set(short.map(({ itemCode }) => itemCode))];
  return out(issue("participants.no_stock_now", [], { participantClass, itemCodes }));
}

/** Whether some free lot lives long enough for the line. */
function canBeServed(line: OrderLine, { header }: Order, free: PoolFacts["free"], today: CalendarDay): boolean {
  const expiry = free.get(poolKey(line.itemCode, stockOwnerOf(header, line)));
  if (expiry === undefined || expiry === null) return expiry === null;
  return livesLongEnough(header, line, expiry, today);
}

function poolKey(itemCode: ItemCode, owner: string | undefined): string {
  return `${itemCode}\n${owner ?? ""}`;
}

function freeStock(
  candidates: readonly Candidate[],
  stock: readonly StockPosition[],
  today: CalendarDay,
): Map<string, CalendarDay | null> {
  const released = new Set<string>();
  for (const { releases } of candidates)
    for (const { itemCode, source } of releases) released.add(stockKey(itemCode, source));
  const free = new Map<string, CalendarDay | null>();
  for (const position of stock) {
    const { itemCode, owner, expiresOn = null } = position;
    if (!isUsable(position, today)) continue;
    if (!isPositive(freeQuantity(position)) && !released.has(stockKey(itemCode, position))) continue;
    const key = poolKey(itemCode, owner);
    const known = free.get(key);
    if (known === undefined || (known !== null && (expiresOn === null || expiresOn > known))) free.set(key, expiresOn);
  }
  return free;
}

function nextOrders(candidates: readonly Candidate[]): Map<CustomerCode, number> {
  const counts = new Map<CustomerCode, number>();
  for (const { order, takesOpen } of candidates) {
    const { customerCode } = order.header;
    if (takesOpen) counts.set(customerCode, (counts.get(customerCode) ?? 0) + 1);
  }
  return counts;
}

function whyNothing({ order, lines }: Candidate): ParticipantReason {
  const free = new Set(lines);
  const lineIds = order.lines.filter((line) => !free.has(line) && hasQuantity(line)).map(({ lineId }) => lineId);
  return lineIds.length === 0
    ? issue("participants.nothing_waiting", [], {})
    : issue("participants.lines_on_hold", [], { lineIds });
}

function hasQuantity({ quantities: { open, deferred, backfill, allocated } }: OrderLine): boolean {
  return [open, deferred, backfill, allocated].some((quantity) => quantity !== ZERO);
}
