import type { Issue } from "../../src/core/issue.js";
import { instant } from "../../src/core/instant.js";
import { checkEventLog } from "../../src/lifecycle/check-event-log.js";
import type { Change } from "../../src/model/change.js";
import type { OrderEvent } from "../../src/model/event.js";
import { anyOrder, anyOrderHistory } from "../../src/testing/index.js";

/** Real issues of the life of an order seen as a whole, one of every code at least. */
export function lifecycleIssues(): Issue[] {
  return brokenLogs().flatMap((log): Issue[] => checkEventLog(log, { orders: [anyOrder({ orderNo: "SO-9" })] }));
}

function brokenLogs(): OrderEvent[][] {
  const { events } = anyOrderHistory();
  const altered = (place: number, part: object): OrderEvent[] =>
    events.map((event, each) => (each === place ? { ...event, ...part } : event));
  const moved: Change = {
    kind: "quantity_moved",
    lineId: "SO-1-1",
    from: "open",
    to: "cancelled",
    quantity: "99" as never,
  };
  return [
    [...events],
    [null as unknown as OrderEvent],
    altered(0, { changes: [] }),
    events.slice(1),
    [...events, ...events],
    [...events].reverse(),
    altered(2, { eventId: "SO-1" }),
    altered(2, { at: instant("2026-01-01T00:00:00Z") }),
    altered(3, { changes: [moved] }),
    altered(2, { changes: [{ kind: "stage_set", stage: "closed" }] }),
    // A stored order that the whole history does not lead to.
    altered(0, { orderNo: "SO-9" }).map(
      (event) => JSON.parse(JSON.stringify(event).replaceAll("SO-1", "SO-9")) as OrderEvent,
    ),
  ];
}
