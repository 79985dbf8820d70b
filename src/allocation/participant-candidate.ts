import { addDays, daysBetween, type CalendarDay } from "../core/calendar-day.js";
import { ZERO, type Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import { issue } from "../core/issue.js";
import { heldLines } from "../lifecycle/held-lines.js";
import { waitsForNextOrder } from "../lifecycle/together-in.js";
import { checkTransition } from "../lifecycle/transitions.js";
import type { ItemCode, LineId } from "../model/ids.js";
import { isInForce } from "../model/is-in-force.js";
import type { Hold, Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { stockSource, type StockSource } from "../model/stock.js";
import {
  PARTICIPANT_CLASSES,
  type ParticipantClass,
  type ParticipantPolicy,
  type ParticipantReason,
} from "./participant-policy.js";

/** What the selection looks at besides orders and stock. */
export interface SelectParticipantsContext {
  /** Instant of the run. */
  readonly at: Instant;
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** The day on which an order is to be shipped; the requested day of delivery when absent. */
  readonly shipDay?: (order: Order) => CalendarDay | undefined;
}

/** Reserved goods that are to go back to the pool before the batch is allocated. */
export interface ReleasedReservation {
  /** Line. */
  readonly lineId: LineId;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Place. */
  readonly source: StockSource;
  /** Allocated quantity there, base unit. */
  readonly quantity: Decimal;
}

/** Whether a class lets an order in. */
export interface Verdict {
  /** Whether it does. */
  readonly isIn: boolean;
  /** Why. */
  readonly reason: ParticipantReason;
}

/** What can be said of an order without looking at others. */
export interface Candidate {
  /** The order. */
  readonly order: Order;
  /** What keeps the whole order out. */
  readonly bars: readonly ParticipantReason[];
  /** Lines that no hold of their own keeps back. */
  readonly lines: readonly OrderLine[];
  /** Its classes, what was promised first in front. */
  readonly classes: readonly ParticipantClass[];
  /** Whether its open quantity takes part. */
  readonly takesOpen: boolean;
  /** What it is to give back. */
  readonly releases: readonly ReleasedReservation[];
}

/** Looks at an order by itself. */
export function candidateOf(order: Order, policy: ParticipantPolicy, now: SelectParticipantsContext): Candidate {
  const bars = [...checkTransition(order, "allocate"), ...laterEnds(order, now.at)];
  const held = heldLinesAt(order, now.at);
  const lines = order.lines.filter(({ lineId }) => !held.has(lineId));
  const isOpen = !waitsForNextOrder(order) && lines.some(({ quantities }) => quantities.open !== ZERO);
  const open = isOpen ? openClasses(order, lines, policy, now) : [];
  const isReleased = policy.allocatedNotShipped.include && policy.allocatedNotShipped.reservation === "release";
  return {
    order,
    bars,
    lines,
    classes: PARTICIPANT_CLASSES.filter((each) => open.includes(each) || lines.some((line) => isOf(each, line))),
    takesOpen: bars.length === 0 && open.some((each) => openVerdict(each, order, lines, policy, now).isIn),
    releases: isReleased && bars.length === 0 ? lines.flatMap(releasesOf) : [],
  };
}

/** Whether a line's quantities alone put its order into a class. */
function isOf(participantClass: ParticipantClass, { quantities }: OrderLine): boolean {
  switch (participantClass) {
    case "deferred":
    case "backfill":
      return quantities[participantClass] !== ZERO;
    case "allocatedNotShipped":
      return quantities.allocated !== ZERO;
    default:
      return false;
  }
}

function openClasses(
  order: Order,
  lines: readonly OrderLine[],
  { futureDue: { leadDays } }: ParticipantPolicy,
  now: SelectParticipantsContext,
): readonly ParticipantClass[] {
  const shipDay = shipDayOf(order, now);
  const isReleased = releasedHold(order, lines, now.at) !== undefined;
  if (shipDay === undefined || daysBetween(order.header.orderDate, shipDay) <= leadDays)
    return [isReleased ? "holdReleased" : "new"];
  const isDue = daysBetween(now.today, shipDay) <= leadDays;
  return isDue && isReleased ? ["futureDue", "holdReleased"] : ["futureDue"];
}

function shipDayOf(order: Order, { shipDay }: SelectParticipantsContext): CalendarDay | undefined {
  return shipDay === undefined ? order.header.requestedDeliveryDate : shipDay(order);
}

/** Judges a class of open quantity; needs no other order. */
export function openVerdict(
  participantClass: ParticipantClass,
  order: Order,
  lines: readonly OrderLine[],
  policy: ParticipantPolicy,
  now: SelectParticipantsContext,
): Verdict {
  if (!policy[participantClass].include) return out(issue("participants.class_left_out", [], { participantClass }));
  const shipDay = shipDayOf(order, now);
  const { leadDays } = policy.futureDue;
  if (participantClass === "futureDue" && shipDay !== undefined) {
    return daysBetween(now.today, shipDay) <= leadDays
      ? within(issue("participants.due", [], { shipDay, leadDays }))
      : out(issue("participants.not_due", [], { shipDay, dueDay: addDays(shipDay, -leadDays) }));
  }
  const hold = releasedHold(order, lines, now.at);
  if (participantClass === "holdReleased" && hold !== undefined)
    return within(issue("participants.hold_released", ["holds", order.holds.indexOf(hold)], endOf(hold)));
  return within(issue("participants.included", [], { participantClass }));
}

/** A verdict that lets in. */
export function within(reason: ParticipantReason): Verdict {
  return { isIn: true, reason };
}

/** A verdict that keeps out. */
export function out(reason: ParticipantReason): Verdict {
  return { isIn: false, reason };
}

function releasesOf({ lineId, itemCode, reservations }: OrderLine): ReleasedReservation[] {
  return reservations.flatMap((reservation) => {
    const quantity = reservation.quantities.allocated;
    return quantity === undefined ? [] : [{ lineId, itemCode, source: stockSource(reservation), quantity }];
  });
}

function blocksAllocation({ blocks }: Hold): boolean {
  return blocks.includes("allocate");
}

/** Whether a hold has ended, but only after the moment. */
function endsAfter(hold: Hold, at: Instant): boolean {
  const { endedAt } = hold;
  return !isInForce(hold) && endedAt !== undefined && endedAt > at;
}

/** Holds on the whole order that were still there at the moment. */
function laterEnds({ holds }: Order, at: Instant): ParticipantReason[] {
  return holds.flatMap((hold, place) =>
    hold.lineId === undefined && blocksAllocation(hold) && endsAfter(hold, at)
      ? [issue("participants.hold_ends_later", ["holds", place], endOf(hold))]
      : [],
  );
}

/** Lines for which alone an allocation is blocked at the moment. */
function heldLinesAt(order: Order, at: Instant): ReadonlySet<LineId> {
  const later = order.holds.filter((hold) => blocksAllocation(hold) && endsAfter(hold, at));
  return new Set([...heldLines(order, "allocate"), ...later.flatMap(({ lineId }) => lineId ?? [])]);
}

/** The hold that ended last, on the order or on one of the lines that have open quantity. */
function releasedHold(order: Order, lines: readonly OrderLine[], at: Instant): Hold | undefined {
  const open = new Set(lines.flatMap(({ lineId, quantities }) => (quantities.open === ZERO ? [] : [lineId])));
  const concerns = ({ lineId }: Hold): boolean => lineId === undefined || open.has(lineId);
  return order.holds
    .filter((hold) => !isInForce(hold) && blocksAllocation(hold) && !endsAfter(hold, at) && concerns(hold))
    .reduce<Hold | undefined>((last, hold) => ((hold.endedAt ?? "") >= (last?.endedAt ?? "") ? hold : last), undefined);
}

function endOf({ holdId, endedAt }: Hold): { readonly holdId: string; readonly endedAt?: Instant } {
  return { holdId, ...(endedAt === undefined ? {} : { endedAt }) };
}
