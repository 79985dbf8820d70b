// Prints the day for a terminal of 100 columns. Everything shown is computed from the books by the library.

import {
  describeIssue,
  describeReason,
  localDay,
  ORDER_STATUSES,
  type AllocationReason,
  type Issue,
  type LineReservation,
  type Order,
} from "ordercycle";
import {
  orderStatusList,
  renderTable,
  renderTrace,
  shortageList,
  traceOrder,
  traceSummary,
  unclosedList,
  uncollectedList,
  unshippedList,
  type Table,
} from "ordercycle/reports";
import type { DayReport } from "./day.js";

const WIDTH = 100;

/** The day as text. */
export function printDay(report: DayReport): string {
  const { books, batches, now, timeZone, listLimit } = report;
  const orders = [...books.orders.values()];
  const today = localDay(now, timeZone);
  // Two years of closed orders say nothing about today.
  const current = orders.length > 100 ? orders.filter(({ status }) => status !== "closed") : orders;
  return [
    banner(report.title),
    heading("What came in"),
    whatCameIn(report, orders),
    heading("Refused, and why (the rejected file)"),
    ...limited(report.rejected, listLimit).map(({ label, issues }) => explain(label, issues)),
    more(report.rejected.length, listLimit),
    heading("Sent back to the customer, and why"),
    ...report.returned.map(({ orderNo, issues }) =>
      explain(`${orderNo}${report.corrected.includes(orderNo) ? " (corrected since)" : ""}`, issues),
    ),
    heading("Who got what from where, and why"),
    ...batches.map(({ title, reasons }) => list(cut(whoGotWhat(title, reasons, books.orders), listLimit * 4))),
    heading("Short, and why"),
    list(
      cut(
        whatIsShort(
          batches.flatMap(({ reasons }) => reasons),
          orders,
        ),
        listLimit * 2,
      ),
    ),
    heading("The state of the orders"),
    states(orders),
    heading("The five lists"),
    list(cut(orderStatusList(current, { asOf: now }), listLimit * 4)),
    list(cut(unshippedList(orders, { today }), listLimit)),
    list(cut(shortageList(orders, { asOf: now }), listLimit)),
    list(cut(uncollectedList(orders, { today }), listLimit)),
    list(cut(unclosedList(orders), listLimit)),
    heading(`Stapled to order ${report.stapled}`),
    renderTrace(traceOrder(books.events.filter(({ orderNo }) => orderNo === report.stapled)), { width: WIDTH }),
    ...(books.refused.length === 0
      ? []
      : [heading("Refused on the way"), ...books.refused.map(({ orderNo, issues }) => explain(orderNo, issues))]),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function banner(title: string): string {
  return ["=".repeat(WIDTH), title, "=".repeat(WIDTH)].join("\n");
}

function list<Row>(table: Table<Row>): string {
  return `\n${renderTable(table, { width: WIDTH })}`;
}

function heading(title: string): string {
  return `\n${title}\n${"-".repeat(title.length)}`;
}

function whatCameIn({ received, rejected, returned, corrected, books }: DayReport, orders: readonly Order[]): string {
  const lines = orders.reduce((count, order) => count + order.lines.length, 0);
  const summary = traceSummary(traces(books.events));
  return [
    `${received} messages came in: ${orders.length} became orders with ${lines} lines, ${rejected.length} were refused.`,
    `${returned.length} orders went back to the customer; ${corrected.length} of them came back corrected.`,
    `An order passed through ${summary.handOffsPerOrder} hand-offs on average; ${books.events.length} events were recorded.`,
  ].join("\n");
}

function traces(events: DayReport["books"]["events"]): ReturnType<typeof traceOrder>[] {
  const byOrder = new Map<string, DayReport["books"]["events"]>();
  for (const event of events) byOrder.set(event.orderNo, [...(byOrder.get(event.orderNo) ?? []), event]);
  return [...byOrder.values()].map((own) => traceOrder(own));
}

/** A refusal with all its reasons, each with the place where it was found. */
function explain(label: string, issues: readonly Issue[]): string {
  const reasons = issues.map((issue) => `    ${issue.path.join(".")}: ${describeIssue(issue, "en")}`);
  return [`  ${label}`, ...reasons].join("\n");
}

interface ServedRow {
  readonly rank: string;
  readonly line: string;
  readonly item: string;
  readonly customer: string;
  readonly asked: string;
  readonly got: string;
  readonly from: string;
  readonly why: string;
}

/** Every line in the order in which it was served. */
function whoGotWhat(
  title: string,
  reasons: readonly AllocationReason[],
  orders: ReadonlyMap<string, Order>,
): Table<ServedRow> {
  const rows = reasons.map((reason) => {
    const order = orders.get(reason.orderNo);
    const line = order?.lines.find(({ lineId }) => lineId === reason.lineId);
    return {
      rank: String(reason.rank),
      line: reason.lineId,
      item: line?.itemCode ?? "",
      customer: [order?.header.customerCode, order?.header.customerClass].filter(Boolean).join(" "),
      asked: reason.requested,
      got: reason.allocated,
      from: reason.allocated === "0" ? "" : (line?.reservations ?? []).map(placeText).join(", "),
      why: reason.code === "served_in_full" ? "" : describeReason(reason, "en"),
    };
  });
  return {
    title: `${title}: in the order of service`,
    columns: [
      { key: "rank", heading: "#", align: "right" },
      { key: "line", heading: "Line", align: "left" },
      { key: "item", heading: "Item", align: "left" },
      { key: "customer", heading: "Customer", align: "left" },
      { key: "asked", heading: "Asked", align: "right" },
      { key: "got", heading: "Got", align: "right" },
      { key: "from", heading: "From", align: "left" },
      { key: "why", heading: "Why not all", align: "left" },
    ],
    rows,
    totals: [],
  };
}

function placeText({ warehouseId, lotNo }: LineReservation): string {
  return lotNo === undefined ? warehouseId : `${warehouseId}/${lotNo}`;
}

interface ShortRow {
  readonly line: string;
  readonly item: string;
  readonly quantity: string;
  readonly waits: string;
  readonly cause: string;
  readonly why: string;
}

/** What is still short, line by line, with the reason that was recorded. */
function whatIsShort(reasons: readonly AllocationReason[], orders: readonly Order[]): Table<ShortRow> {
  const last = new Map(reasons.map((reason) => [reason.lineId, reason]));
  const rows = orders.flatMap((order) =>
    order.lines.flatMap((line): ShortRow[] => {
      const reason = last.get(line.lineId);
      const sentence = (code: string): string =>
        reason?.code === code ? describeReason(reason, "en") : code.replaceAll("_", " ");
      const row = { line: line.lineId, item: line.itemCode };
      const recorded = line.shortages.map(({ quantity, mode, cause, reason: code }) => ({
        ...row,
        quantity,
        waits: mode === "onArrival" ? "back-fill when goods come" : "back-fill with the next order",
        cause,
        why: sentence(code),
      }));
      const { open, cancelled } = line.quantities;
      const why = reason === undefined ? "" : describeReason(reason, "en");
      if (order.stage === "confirmed" && open !== "0")
        recorded.push({ ...row, quantity: open, waits: "left open", cause: "allocation", why });
      if (cancelled !== "0")
        recorded.push({ ...row, quantity: cancelled, waits: "cancelled", cause: "allocation", why });
      return recorded;
    }),
  );
  return {
    title: "Line by line",
    columns: [
      { key: "line", heading: "Line", align: "left" },
      { key: "item", heading: "Item", align: "left" },
      { key: "quantity", heading: "Short", align: "right" },
      { key: "waits", heading: "What becomes of it", align: "left" },
      { key: "cause", heading: "Found at", align: "left" },
      { key: "why", heading: "Why", align: "left" },
    ],
    rows,
    totals: [],
  };
}

function states(orders: readonly Order[]): string {
  return ORDER_STATUSES.map((status) => ({ status, count: orders.filter((order) => order.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `  ${status.padEnd(22)} ${String(count).padStart(4)}`)
    .join("\n");
}

/** The first rows of a table, with a word on how many there are. */
function cut<Row>(table: Table<Row>, limit: number): Table<Row> {
  if (table.rows.length <= limit) return table;
  return {
    ...table,
    title: `${table.title} (the first ${limit} of ${table.rows.length})`,
    rows: table.rows.slice(0, limit),
  };
}

function limited<Entry>(entries: readonly Entry[], limit: number): readonly Entry[] {
  return entries.slice(0, limit);
}

function more(count: number, limit: number): string {
  return count > limit ? `  … and ${count - limit} more` : "";
}
