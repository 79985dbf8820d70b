import { ceilToMultiple, isPositive, minimum, sum, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { unitsTogether } from "../../lifecycle/together-in.js";
import type { ItemCode, LineId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { firstOf, type PlacedQuantity } from "../../model/reserved-places.js";
import { stockKey } from "../../model/stock.js";
import { linesOf, progressOf } from "../allocation-progress.js";
import { firmHolds } from "../firm-hold.js";
import { firstRuleFor } from "../order-rule.js";
import type { UnbookedIssue } from "../unbooked-reservations.js";
import { allOf } from "./release-reservation.js";
import type { KeptGoods, KeptReasonCode, ReleasePolicy, ReleaseReservationsContext } from "./release-policy.js";

/** What gives as one: lines that come together, or a line by itself. */
export interface GivingUnit {
  /** Order. */
  readonly order: Order;
  /** Its lines with something reserved, the last in front. */
  readonly lines: readonly OrderLine[];
  /** Whether all of it is given, or nothing. */
  readonly isTogether: boolean;
  /** Why it gives nothing; undefined for one that may be asked. */
  readonly kept: Pick<KeptGoods, "code" | "issues"> | undefined;
}

/** What a line gives. */
export interface GivenLine {
  /** Line. */
  readonly line: OrderLine;
  /** Quantities at places. */
  readonly places: readonly PlacedQuantity[];
}

/** Whether goods at a place, named by its key, count for what is wanted. */
export type Counts = (key: string) => boolean;

/**
 * Units in the order in which they are asked: those of the order that is served last first, and of each order the last
 * line first.
 *
 * @param served orders in the order of service
 * @param unbookedOf what lines of an order hold that stock does not have
 */
export function givingUnits(
  served: readonly Order[],
  context: ReleaseReservationsContext,
  unbookedOf: (order: Order, lines: readonly OrderLine[]) => readonly UnbookedIssue[],
): GivingUnit[] {
  const count = progressOf(context.onProgress, "read", linesOf(served));
  return [...served].reverse().flatMap((order) => {
    count(order.lines.length);
    const holding = order.lines.filter(({ quantities }) => isPositive(quantities.allocated)).reverse();
    const ofOrder = whyOrderKeeps(order, context);
    const isFirm = firmHolds(order, context.policy.firmHolds ?? []);
    return [...unitsTogether(order, holding)].map(([unit, lines]): GivingUnit => {
      const isTogether = typeof unit === "string";
      const code = ofOrder ?? whyUnitKeeps(lines, isFirm, isTogether, context.policy);
      const issues = unbookedOf(order, lines);
      const unbooked = issues.length === 0 ? undefined : ({ code: "not_in_books", issues } as const);
      return { order, lines, isTogether, kept: code === undefined ? unbooked : { code } };
    });
  });
}

function whyOrderKeeps(
  order: Order,
  { policy, timesDisplaced }: ReleaseReservationsContext,
): KeptReasonCode | undefined {
  const { keeps = [], maxTimesDisplaced } = policy;
  if (firstRuleFor(order, keeps) !== undefined) return "kept_by_rule";
  const times = timesDisplaced?.get(order.orderNo) ?? 0;
  return maxTimesDisplaced !== undefined && times >= maxTimesDisplaced ? "displaced_too_often" : undefined;
}

function whyUnitKeeps(
  lines: readonly OrderLine[],
  isFirm: (lineId: LineId) => boolean,
  isTogether: boolean,
  { together = "give" }: ReleasePolicy,
): KeptReasonCode | undefined {
  if (lines.some(({ lineId }) => isFirm(lineId))) return "firm_hold";
  return isTogether && together === "keep" ? "comes_together" : undefined;
}

/** Lines of one item that give together, or a line by itself. */
export interface ItemGiver {
  /** What gives as one. */
  readonly unit: GivingUnit;
  /** Its lines of the item. */
  readonly lines: readonly OrderLine[];
}

/** Who gives each item, in the order in which they are asked. */
export function giversByItem(units: readonly GivingUnit[]): ReadonlyMap<ItemCode, readonly ItemGiver[]> {
  const givers = units.flatMap((unit) =>
    [...groupedBy(unit.lines, ({ itemCode }) => itemCode).values()].map((lines): ItemGiver => ({ unit, lines })),
  );
  return groupedBy(givers, ({ lines }) => lines[0]!.itemCode);
}

/** What counts of goods that lines give. */
export function countedOf(given: readonly GivenLine[], counts: Counts): Decimal {
  return sum(
    given.flatMap(({ line: { itemCode }, places }) =>
      places.filter(({ source }) => counts(stockKey(itemCode, source))).map(({ quantity }) => quantity),
    ),
  );
}

/** All that lines have. */
export function allOfLines(lines: readonly OrderLine[]): GivenLine[] {
  return lines.map((line) => ({ line, places: allOf(line) }));
}

/**
 * What is given of an item so that a quantity of what counts is given, as far as it is there: all of it where it comes
 * together; else whole steps of the line, of what counts first, the place that was reserved last in front.
 */
export function givenOf({ unit, lines }: ItemGiver, quantity: Decimal, counts: Counts): GivenLine[] {
  const all = allOfLines(lines);
  if (unit.isTogether) return all;
  return all.map(({ line, places }) => {
    const isMeant = ({ source }: PlacedQuantity): boolean => counts(stockKey(line.itemCode, source));
    const wanted = minimum(quantity, countedOf([{ line, places }], counts));
    const steps = line.quantum === undefined ? wanted : ceilToMultiple(wanted, line.quantum);
    const inTurn = [...places.filter(isMeant), ...places.filter((place) => !isMeant(place))];
    return { line, places: firstOf(inTurn, minimum(steps, line.quantities.allocated)) };
  });
}
