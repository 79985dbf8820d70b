import type { Instant } from "../core/instant.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { checkEventLog, type EventLogIssue } from "../lifecycle/check-event-log.js";
import type { ArchivedOrder } from "../model/archived-order.js";
import type { OrderEvent } from "../model/event.js";
import type { OrderNo } from "../model/ids.js";
import { ENDED_STATUSES, type Order, type OrderStatus } from "../model/order.js";

/** Why an order is not archived, or an archived one not read. */
export type ArchiveIssue =
  | EventLogIssue
  | IssueOf<{
      "archive.not_ended": { readonly orderNo: OrderNo; readonly status: OrderStatus };
      "archive.unknown_format": { readonly format: string; readonly formatVersion: number };
    }>;

/**
 * Packs an order that has ended with its history for other media.
 *
 * **Rules**
 * 1. The order has ended: closed, cancelled or rejected.
 * 2. Its history is whole and leads to it; `checkEventLog` says where it does not. So nothing goes to the archive that
 *    could not be rebuilt from it.
 *
 * @param order as last stored
 * @param events all of its events, oldest first, and none of another order
 * @param archivedAt when it is archived
 * @returns plain JSON, or every reason against it
 *
 * **Source:** mission 12.4b, 12.5
 * @example
 * ```ts
 * import { instant } from "ordercycle";
 * import { fromArchive, toArchive } from "ordercycle/reports";
 * import { parseArchivedOrder } from "ordercycle/schema";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { order, events } = anyOrderHistory();
 * const archived = toArchive(order, events, instant("2027-03-02T00:00:00Z"));
 * const parsed = parseArchivedOrder(archived.ok && JSON.parse(JSON.stringify(archived.value)));
 * const read = parsed.ok && fromArchive(parsed.value);
 * read && read.ok && read.value.order.status; // => "closed"
 * ```
 */
export function toArchive(
  order: Order,
  events: readonly OrderEvent[],
  archivedAt: Instant,
): Result<ArchivedOrder, ArchiveIssue> {
  return checked({ format: FORMAT, formatVersion: VERSION, archivedAt, order, events });
}

/**
 * Reads an order back from the archive and makes sure that nothing of it was lost or altered.
 *
 * **Rules**
 * 1. Its form and the version of its form are known.
 * 2. What `toArchive` demands holds still: the order has ended, and its history is whole and leads to it.
 *
 * @param archived as `parseArchivedOrder` read it, which sees to its form
 * @returns the order and its events, or every reason against it
 *
 * **Source:** mission 12.5
 * @example
 * ```ts
 * import { instant } from "ordercycle";
 * import { fromArchive, toArchive } from "ordercycle/reports";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { order, events } = anyOrderHistory();
 * const archived = toArchive(order, events, instant("2027-03-02T00:00:00Z"));
 * const spoilt = archived.ok && fromArchive({ ...archived.value, events: events.slice(0, -1) });
 * spoilt && !spoilt.ok && spoilt.issues.map(({ code }) => code); // => ["event_log.order_differs"]
 * ```
 */
export function fromArchive(
  archived: ArchivedOrder,
): Result<{ readonly order: Order; readonly events: readonly OrderEvent[] }, ArchiveIssue> {
  const { format, formatVersion } = archived as { readonly format: string; readonly formatVersion: number };
  if (format !== FORMAT || formatVersion !== VERSION) {
    return refuse([issue("archive.unknown_format", ["formatVersion"], { format, formatVersion })]);
  }
  const result = checked(archived);
  return result.ok ? ok({ order: result.value.order, events: result.value.events }) : result;
}

const FORMAT = "ordercycle.archived-order";
const VERSION = 1;

function checked(archived: ArchivedOrder): Result<ArchivedOrder, ArchiveIssue> {
  const { order, events } = archived;
  const { orderNo, status } = order;
  const issues: ArchiveIssue[] = checkEventLog(events, { orders: [order] });
  if (!ENDED_STATUSES.includes(status))
    issues.unshift(issue("archive.not_ended", ["order", "status"], { orderNo, status }));
  return issues.length > 0 ? refuse(issues) : ok(archived);
}
