import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { DeliveryWaveId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import { ordersOnce } from "../model/orders-once.js";
import { batchCutter, type BatchFacts } from "./batch-cutter.js";
import {
  batchRuleIssues,
  singleRules,
  type BatchCutter,
  type BatchPart,
  type BatchRule,
  type BatchRuleIssue,
} from "./batch-rule.js";

/** Orders that are worked on together. */
export interface Batch {
  /** Names the batch; made of the parts and the run, and the same in every cut. */
  readonly key: string;
  /** The same for people: days, times and codes, in no language. */
  readonly label: string;
  /** What its orders have in common, one part for each rule. */
  readonly parts: readonly BatchPart[];
  /** 1; more for orders that came after the batch of the same parts was closed. */
  readonly run: number;
  /** Delivery wave that its slot feeds, where there is one. */
  readonly deliveryWaveId?: DeliveryWaveId;
  /** Whether it takes no more orders. */
  readonly isClosed: boolean;
  /** Its orders, in the order of the input. */
  readonly orderNos: readonly OrderNo[];
}

/** What a cut needs besides orders and rule. */
export interface CutBatchesContext extends BatchFacts {
  /** Batches of earlier cuts that are closed; the others are cut anew. */
  readonly closed?: readonly Batch[];
}

/** Why orders cannot be cut: the rule or the closed batches are at fault. */
export type CutBatchesIssue =
  | BatchRuleIssue
  | IssueOf<{
      "batch.closed_twice": { readonly key: string };
      "batch.order_closed_twice": { readonly orderNo: OrderNo; readonly key: string };
    }>;

/**
 * Cuts orders into batches: every order is in exactly one.
 *
 * **Rules**
 * 1. A receipt slot runs from its begin, inclusive, to the begin of the next, exclusive; the last runs on into the next
 *    day. An order at or after the cut-off of its customer class goes to the next slot. Where the clocks change, a time
 *    that is skipped counts as if they had not been put forward, and of a time that is shown twice the second counts.
 * 2. Processing: the sorted set of codes of all lines.
 * 3. Area: the first levels of the delivery area path, or all of a shorter one.
 * 4. Route: that of the customer master, a field of the header, or what the host says.
 * 5. Combined rules cut by all of their parts together.
 * 6. An order in a closed batch stays there, whatever has changed since.
 * 7. A closed batch takes no more orders: they go to the first later slot that is not closed; where the rule has no
 *    slots, to a further run.
 * 8. Closed batches come first, as given, as far as they hold orders of the input; then the others by their parts:
 *    earliest slot first, codes as text, nothing last. Orders in a batch keep the order of the input.
 *
 * @param orders each order once
 * @param rule how to cut
 * @param context closed batches, and what rules look up
 * @returns the batches, none of them empty, or every fault of rule and closed batches. n log n in the orders.
 * @throws RangeError when an order is listed twice, a function of the host or the customers that the rule names are
 * missing, or a slot would lie outside the years 0001 to 9999
 *
 * **Source:** mission 9.3, 9.4, 9.5; definition B2
 * @example
 * ```ts
 * import { cutBatches } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const orders = [
 *   anyOrder({ orderNo: "SO-1", header: { deliveryAreaPath: ["hamburg", "harbour"] } }),
 *   anyOrder({ orderNo: "SO-2", header: { deliveryAreaPath: ["bremen"] } }),
 *   anyOrder({ orderNo: "SO-3", header: { deliveryAreaPath: ["hamburg", "north"] } }),
 * ];
 * const cut = cutBatches(orders, { kind: "area", level: 1 });
 * cut.ok && cut.value.map(({ label, orderNos }) => [label, orderNos]); // => [["bremen",["SO-2"]],["hamburg",["SO-1","SO-3"]]]
 * ```
 */
export function cutBatches(
  orders: readonly Order[],
  rule: BatchRule,
  context: CutBatchesContext = {},
): Result<readonly Batch[], CutBatchesIssue> {
  ordersOnce(orders);
  const closed = context.closed ?? [];
  const issues = [...batchRuleIssues(rule), ...closedIssues(closed)];
  if (issues.length > 0) return refuse(issues);

  const cutters = singleRules(rule).map((single) => batchCutter(single, context));
  const closedBy = new Map(closed.flatMap((batch) => batch.orderNos.map((orderNo) => [orderNo, batch] as const)));
  const openPlace = openPlaces(cutters, new Set(closed.map(({ key }) => key)));
  const kept = new Map<Batch, OrderNo[]>(closed.map((batch) => [batch, []]));
  const cut = new Map<string, { readonly place: Place; readonly orderNos: OrderNo[] }>();
  for (const order of orders) {
    const home = closedBy.get(order.orderNo);
    if (home !== undefined) {
      kept.get(home)?.push(order.orderNo);
      continue;
    }
    const place = openPlace(placeOf(cutters.map(({ partOf }) => partOf(order))));
    const known = cut.get(place.key);
    if (known === undefined) cut.set(place.key, { place, orderNos: [order.orderNo] });
    else known.orderNos.push(order.orderNo);
  }
  return ok([
    ...[...kept].map(([batch, orderNos]) => ({ ...batch, isClosed: true, orderNos })).filter(holdsOrders),
    ...[...cut.values()].sort((a, b) => comparePlaces(a.place, b.place)).map(batchOf),
  ]);
}

function holdsOrders({ orderNos }: Batch): boolean {
  return orderNos.length > 0;
}

/** Where an order belongs. */
interface Place {
  readonly key: string;
  readonly parts: readonly BatchPart[];
  readonly run: number;
}

function placeOf(parts: readonly BatchPart[], run = 1): Place {
  // Written as JSON, so that no code that a site may use can be taken for a separator.
  const names = parts.map((part) => [part.kind, ...valuesOf(part)]);
  return { key: JSON.stringify(run === 1 ? names : [...names, run]), parts, run };
}

/** Finds for a place the first one that is not closed. Every step on the way is remembered, so each is taken once. */
function openPlaces(cutters: readonly BatchCutter[], closedKeys: ReadonlySet<string>): (place: Place) => Place {
  const answers = new Map<string, Place>();
  const hasLater = cutters.some(({ later }) => later !== undefined);
  return (start) => {
    const passed: string[] = [];
    let place = start;
    while (closedKeys.has(place.key)) {
      passed.push(place.key);
      const { parts, run } = place;
      place =
        answers.get(place.key) ??
        (hasLater
          ? placeOf(parts.map((part, position) => cutters[position]?.later?.(part) ?? part))
          : placeOf(parts, run + 1));
    }
    for (const key of passed) answers.set(key, place);
    return place;
  };
}

function batchOf({ place, orderNos }: { readonly place: Place; readonly orderNos: readonly OrderNo[] }): Batch {
  const { key, parts, run } = place;
  const label = parts.map(labelOf).join(" | ");
  const deliveryWaveId = parts.flatMap((part) => (part.kind === "receiptSlot" ? (part.deliveryWaveId ?? []) : []))[0];
  return {
    key,
    label: run === 1 ? label : `${label} #${run}`,
    parts,
    run,
    ...(deliveryWaveId === undefined ? {} : { deliveryWaveId }),
    isClosed: false,
    orderNos,
  };
}

function labelOf(part: BatchPart): string {
  if (part.kind === "receiptSlot") return `${part.day} ${part.from}–${part.to}`;
  return valuesOf(part).join(part.kind === "area" ? "/" : "+") || "-";
}

/** What tells a part from others of its kind; compared in this order. */
function valuesOf(part: BatchPart): readonly string[] {
  switch (part.kind) {
    case "receiptSlot":
      return [part.day, part.from];
    case "processing":
      return part.codes;
    case "area":
      return part.areaPath;
    case "route":
      return part.route === undefined ? [] : [part.route];
  }
}

function comparePlaces(a: Place, b: Place): number {
  for (const [position, part] of a.parts.entries()) {
    const order = compareLists(valuesOf(part), valuesOf(b.parts[position] as BatchPart));
    if (order !== 0) return order;
  }
  return 0;
}

/** As words in a dictionary, but nothing comes last. */
function compareLists(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  for (const [position, value] of left.entries()) {
    const other = right[position];
    if (other === undefined || value > other) return 1;
    if (value < other) return -1;
  }
  return left.length - right.length;
}

function closedIssues(closed: readonly Batch[]): CutBatchesIssue[] {
  const issues: CutBatchesIssue[] = [];
  const keys = new Set<string>();
  const seen = new Set<OrderNo>();
  for (const [position, { key, orderNos }] of closed.entries()) {
    if (keys.has(key)) issues.push(issue("batch.closed_twice", ["closed", position, "key"], { key }));
    keys.add(key);
    for (const [place, orderNo] of orderNos.entries()) {
      const path = ["closed", position, "orderNos", place];
      if (seen.has(orderNo)) issues.push(issue("batch.order_closed_twice", path, { orderNo, key }));
      seen.add(orderNo);
    }
  }
  return issues;
}
