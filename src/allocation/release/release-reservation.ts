import { compare, isMultipleOf, isPositive, subtract, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { wholeUnits } from "../../lifecycle/together-in.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import { checkNames, type NameIssue } from "../../model/check-names.js";
import type { LineName } from "../../model/displacement.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { Outcome } from "../../model/outcome.js";
import { reservedPlaces, type PlacedQuantity } from "../../model/reserved-places.js";
import { stockKey, stockSource, type StockSource } from "../../model/stock.js";
import { checkWinner } from "./check-winner.js";
import { placedTotal } from "../../model/reserved-places.js";
import { recordRelease, setBackFor, type LineRelease } from "./record-release.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { releaseShape } from "../command-shapes.js";

/** Reserved goods of a line that are to be given back. */
export interface LineToRelease {
  /** Line. */
  readonly lineId: LineId;
  /** Quantity in the base unit; absent for all that is reserved and not picked. */
  readonly quantity?: Decimal;
  /** What is reserved at this place alone: its warehouse, bin, lot and owner; at any place when absent. */
  readonly source?: StockSource;
}

/** Command: reserved goods that are to be free again. */
export interface ReleaseReservation {
  /** Why, in the site's own code. */
  readonly reason: string;
  /** Lines, each once, or once for each place; absent for all that the order has reserved and not picked. */
  readonly lines?: readonly LineToRelease[];
  /**
   * `mayWait`: what is left of goods that come together stays reserved and waits for the rest, as where one lot is to be
   * exchanged for another. Refused when absent.
   */
  readonly rest?: "mayWait";
  /** Line that is to have the goods: the lines that give them up are set back for it. Absent where nobody is to have them yet. */
  readonly winner?: LineName;
}

/** Why nothing is given back. */
export type ReleaseReservationIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | IssueOf<{
      "release.no_lines": { readonly orderNo: OrderNo };
      "release.nothing_reserved": { readonly orderNo: OrderNo };
      "release.unknown_line": { readonly lineId: LineId };
      "release.listed_twice": { readonly lineId: LineId };
      "release.line_holds_nothing": { readonly lineId: LineId };
      "release.quantity_not_positive": { readonly lineId: LineId; readonly quantity: Decimal };
      "release.more_than_reserved": {
        readonly lineId: LineId;
        readonly quantity: Decimal;
        readonly reserved: Decimal;
      };
      "release.not_a_step": { readonly lineId: LineId; readonly quantity: Decimal; readonly step: Decimal };
      "release.comes_together": { readonly lineId: LineId; readonly left: Decimal };
    }>;

/**
 * Gives reserved goods of an order back, so that others can have them; the order itself goes on waiting for them. Nothing
 * is cancelled, nothing is deferred.
 *
 * **Rules**
 * 1. All that is reserved and not picked goes back, or what is named: lines, a quantity of each, a place of it. What is
 *    picked, on its way or handed over is not touched.
 * 2. What is given back is open; the next allocation asks for it again. Of a line, the place that was reserved last goes
 *    first: it is the one that the picker would come to last, so what the line keeps are the goods that the order of lots
 *    and bins gave it first, and an allocation on the same stock gives it the same again.
 * 3. Goods that come together – of an order shipped complete or deferred as a whole, of a delivery group, of a line that
 *    takes all or nothing – are given back together, since what is left of them could not leave by itself; `rest` may say
 *    otherwise.
 * 4. A line with a step keeps whole steps: it gives back multiples of them, or everything.
 * 5. Goods go back to whom they belong: what a customer left in store is that customer's again. Gifts are goods like
 *    others; promotions stay, since the order still waits for all of it.
 * 6. Holds keep nobody from giving back, and no consent is asked: it is the seller's own decision, with a reason. Pick lists
 *    that name the goods are to be printed anew; the customer is told where a day was promised for one of the lines.
 * 7. Where a line of another order is to have the goods (`winner`), the event has the displacement, for the ledger, and the
 *    customer is told. Where nobody is named, nobody is set back for somebody.
 *    Promises stay on record until another is given.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 9.2, 9.6, 11.3; definitions B3, B4
 * @example
 * ```ts
 * import { decimal, releaseReservation } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { allocated: "8", picked: "2" } }] });
 * const lines = [{ lineId: order.lines[0]!.lineId, quantity: decimal("5") }];
 * const result = releaseReservation(order, { reason: "needed_elsewhere", lines }, anyContext());
 * result.ok && result.value.order.lines.map(({ quantities }) => [quantities.open, quantities.allocated, quantities.picked]); // => [["5","3","2"]]
 * result.ok && result.value.movements.map(({ kind, quantity }) => [kind, quantity]); // => [["release","5"]]
 * ```
 */
export function releaseReservation(
  order: Order,
  command: ReleaseReservation,
  context: DecisionContext,
): Result<Outcome, ReleaseReservationIssue> {
  const misshapen = commandFaults(command, releaseShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { reason, winner } = command;
  const releases = releasesOf(order, command);
  const issues: ReleaseReservationIssue[] = [
    ...checkTransition(order, "release"),
    ...checkNames({ reason }),
    ...checkWinner(winner, []),
    ...(releases.ok ? [] : releases.issues),
  ];
  if (!releases.ok || issues.length > 0) return refuse(issues);
  const placesOf = new Map(releases.value.map(({ lineId, places }) => [lineId, places]));
  const displacements =
    winner === undefined || winner.orderNo === order.orderNo
      ? []
      : order.lines.flatMap((line) => {
          const places = placesOf.get(line.lineId);
          return places === undefined
            ? []
            : [setBackFor(winner, order, { line, quantity: placedTotal(places) }, context)];
        });
  return ok(recordRelease(order, releases.value, { reason, displacements }, context));
}

/** What lines give back, in their order; at least something, or every reason why nothing. */
function releasesOf(
  order: Order,
  { lines: named, rest }: ReleaseReservation,
): Result<readonly LineRelease[], ReleaseReservationIssue> {
  const { orderNo, lines } = order;
  if (named?.length === 0) return refuse([issue("release.no_lines", ["lines"], { orderNo })]);
  if (named === undefined) {
    const all = lines.filter(({ quantities }) => isPositive(quantities.allocated));
    if (all.length === 0) return refuse([issue("release.nothing_reserved", ["lines"], { orderNo })]);
    return ok(all.map((line) => ({ lineId: line.lineId, places: allOf(line) })));
  }
  const { releases, issues } = namedReleases(lines, named);
  if (issues.length > 0) return refuse(issues);
  const found = lines.flatMap((line): LineRelease[] => {
    const places = releases.get(line.lineId);
    return places === undefined ? [] : [{ lineId: line.lineId, places }];
  });
  if (rest === undefined) issues.push(...torn(order, releases));
  return issues.length > 0 ? refuse(issues) : ok(found);
}

/** All that a line has reserved and not picked, the place that was reserved last in front. */
export function allOf(line: OrderLine): PlacedQuantity[] {
  return reservedPlaces(line, "allocated", line.quantities.allocated, "last");
}

function namedReleases(lines: readonly OrderLine[], named: readonly LineToRelease[]) {
  const lineOf = new Map(lines.map((line) => [line.lineId, line]));
  const allocatedAt = placesOf(lines, named);
  const issues: ReleaseReservationIssue[] = [];
  const releases = new Map<LineId, PlacedQuantity[]>();
  const seen = new Set<string>();
  const firstPath = new Map<LineId, readonly (string | number)[]>();
  const isWhole = new Set<LineId>();
  for (const [position, { lineId, quantity, source }] of named.entries()) {
    const path = ["lines", position];
    const line = lineOf.get(lineId);
    if (line === undefined) {
      issues.push(issue("release.unknown_line", path, { lineId }));
      continue;
    }
    const key = placeKey(line, source);
    const isAgain = seen.has(key) || isWhole.has(lineId) || (source === undefined && firstPath.has(lineId));
    if (isAgain) issues.push(issue("release.listed_twice", path, { lineId }));
    seen.add(key);
    if (source === undefined) isWhole.add(lineId);
    if (!firstPath.has(lineId)) firstPath.set(lineId, path);
    const reserved = source === undefined ? line.quantities.allocated : (allocatedAt.get(key) ?? ZERO);
    const wanted = quantity ?? reserved;
    if (!isPositive(reserved)) issues.push(issue("release.line_holds_nothing", path, { lineId }));
    else if (!isPositive(wanted))
      issues.push(issue("release.quantity_not_positive", path, { lineId, quantity: wanted }));
    else if (compare(wanted, reserved) > 0)
      issues.push(issue("release.more_than_reserved", path, { lineId, quantity: wanted, reserved }));
    const places =
      source === undefined
        ? reservedPlaces(line, "allocated", wanted, "last")
        : [{ source: stockSource(source), quantity: wanted }];
    const known = releases.get(lineId);
    if (known === undefined) releases.set(lineId, places);
    else known.push(...places);
  }
  if (issues.length > 0) return { releases, issues };
  for (const [lineId, places] of releases) {
    const { quantum: step, quantities } = lineOf.get(lineId)!;
    const quantity = sum(places.map((place) => place.quantity));
    if (step === undefined || quantity === quantities.allocated || isMultipleOf(quantity, step)) continue;
    issues.push(issue("release.not_a_step", firstPath.get(lineId)!, { lineId, quantity, step }));
  }
  return { releases, issues };
}

/** What lines have reserved at each place, for those of which places are named. */
function placesOf(lines: readonly OrderLine[], named: readonly LineToRelease[]): ReadonlyMap<string, Decimal> {
  const asked = new Set(named.flatMap(({ lineId, source }) => (source === undefined ? [] : [lineId])));
  return new Map(
    lines.flatMap((line) =>
      asked.has(line.lineId)
        ? line.reservations.map((place) => [placeKey(line, place), place.quantities.allocated ?? ZERO] as const)
        : [],
    ),
  );
}

function placeKey({ lineId, itemCode }: OrderLine, source: StockSource | undefined): string {
  return source === undefined ? lineId : `${lineId}\n${stockKey(itemCode, source)}`;
}

/** Lines that would keep a part of goods that come together. */
function torn(order: Order, releases: ReadonlyMap<LineId, readonly PlacedQuantity[]>): ReleaseReservationIssue[] {
  const touched = wholeUnits(order).filter((lines) => lines.some(({ lineId }) => releases.has(lineId)));
  return touched.flat().flatMap(({ lineId, quantities }): ReleaseReservationIssue[] => {
    const given = sum((releases.get(lineId) ?? []).map(({ quantity }) => quantity));
    const left = subtract(quantities.allocated, given);
    return isPositive(left) ? [issue("release.comes_together", ["lines"], { lineId, left })] : [];
  });
}
