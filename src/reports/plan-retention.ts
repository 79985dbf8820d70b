import { addDays, daysBetween, type CalendarDay } from "../core/calendar-day.js";
import { compare, subtract, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import type { OrderNo } from "../model/ids.js";
import { ENDED_STATUSES, type Order, type OrderStatus } from "../model/order.js";

/** How long orders of one status stay. */
export interface RetentionPeriod {
  /** Days on line after the order has ended, from 0. */
  readonly keepDays: number;
  /** Days after the end from which on the archived order may be destroyed; absent for never. */
  readonly purgeAfterDays?: number;
}

/** How long orders stay, by the status with which they ended; a status that is not named stays on line. */
export type RetentionPolicy = Readonly<Partial<Record<"closed" | "cancelled" | "rejected", RetentionPeriod>>>;

/** An order, and what is known of it besides. */
export interface RetentionCandidate {
  /** The order, on line or read from its archive. */
  readonly order: Order;
  /** Day of its last event, in the seller's calendar: when it has ended, the day on which it did. */
  readonly lastEventOn: CalendarDay;
  /** Claims, returns and other cases about it that are open. */
  readonly openCases?: readonly string[];
  /** Whether it stands in the archive already. */
  readonly place: "online" | "archive";
}

/** Why an order is kept, archived or destroyed. */
export type RetentionReason = IssueOf<{
  "retention.not_ended": { readonly orderNo: OrderNo; readonly status: OrderStatus };
  "retention.money_open": { readonly orderNo: OrderNo; readonly amount: Decimal };
  "retention.case_open": { readonly orderNo: OrderNo; readonly cases: readonly string[] };
  "retention.no_period": { readonly orderNo: OrderNo; readonly status: OrderStatus };
  "retention.too_young": { readonly orderNo: OrderNo; readonly days: number; readonly until: CalendarDay };
  "retention.old_enough": { readonly orderNo: OrderNo; readonly days: number; readonly since: CalendarDay };
}>;

/** What becomes of an order. */
export interface RetentionDecision {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Stay where it is, go to the archive, or be destroyed. */
  readonly action: "keep" | "archive" | "purge";
  /** Why: every reason to keep it, or the one for what is done. */
  readonly reasons: readonly RetentionReason[];
}

/**
 * Plans which orders stay on line, which go to other media, and which may be destroyed.
 *
 * **Rules**
 * 1. An order that has not ended stays. So does one with money or a case open, however old it is.
 * 2. Days count from the day on which the order ended. After its `keepDays` it is archived: on the day when that many
 *    days have passed.
 * 3. An archived order stays in the archive until its `purgeAfterDays` have passed, and then may be destroyed. Nothing is
 *    destroyed that is still on line: it is archived first.
 * 4. Every order is answered, in the sequence given.
 *
 * @param candidates orders, each once
 * @param policy periods by status
 * @param today in the seller's calendar
 * @returns one decision for each order. Linear.
 * @throws RangeError for periods that are no whole days or end before they begin
 *
 * **Source:** mission 12.5
 * @example
 * ```ts
 * import { calendarDay } from "ordercycle";
 * import { planRetention } from "ordercycle/reports";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { order } = anyOrderHistory();
 * const candidate = { order, lastEventOn: calendarDay("2026-03-02"), place: "online" as const };
 * const policy = { closed: { keepDays: 365 } };
 * planRetention([candidate], policy, calendarDay("2027-03-01")).map(({ action }) => action); // => ["keep"]
 * planRetention([candidate], policy, calendarDay("2027-03-02")).map(({ action }) => action); // => ["archive"]
 * ```
 */
export function planRetention(
  candidates: readonly RetentionCandidate[],
  policy: RetentionPolicy,
  today: CalendarDay,
): RetentionDecision[] {
  for (const { keepDays, purgeAfterDays = keepDays } of Object.values(policy)) {
    const isSound = Number.isSafeInteger(keepDays) && Number.isSafeInteger(purgeAfterDays) && keepDays >= 0;
    if (!isSound || purgeAfterDays < keepDays) throw new RangeError("Retention is counted in whole days, and rises.");
  }
  return candidates.map((candidate) => decisionOn(candidate, policy, today));
}

function decisionOn(
  { order, lastEventOn, openCases = [], place }: RetentionCandidate,
  policy: RetentionPolicy,
  today: CalendarDay,
): RetentionDecision {
  const { orderNo, status, billing } = order;
  const kept: RetentionReason[] = [];
  const period = policy[status as keyof RetentionPolicy];
  const hasEnded = ENDED_STATUSES.includes(status);
  if (!hasEnded) kept.push(issue("retention.not_ended", [], { orderNo, status }));
  if (compare(billing.invoicedAmount, billing.collectedAmount) > 0) {
    const amount = subtract(billing.invoicedAmount, billing.collectedAmount);
    kept.push(issue("retention.money_open", [], { orderNo, amount }));
  }
  if (openCases.length > 0) kept.push(issue("retention.case_open", [], { orderNo, cases: openCases }));
  const limit = place === "online" ? period?.keepDays : period?.purgeAfterDays;
  if (limit === undefined) {
    if (hasEnded) kept.push(issue("retention.no_period", [], { orderNo, status }));
    return { orderNo, action: "keep", reasons: kept };
  }
  const days = daysBetween(lastEventOn, today);
  const since = addDays(lastEventOn, limit);
  if (days < limit) kept.push(issue("retention.too_young", [], { orderNo, days, until: since }));
  if (kept.length > 0) return { orderNo, action: "keep", reasons: kept };
  const action = place === "online" ? "archive" : "purge";
  return { orderNo, action, reasons: [issue("retention.old_enough", [], { orderNo, days, since })] };
}
