import type { CalendarDay } from "../core/calendar-day.js";
import { sum, type Decimal } from "../core/decimal.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { ItemCode, LineId, OrderNo } from "../model/ids.js";
import { ENDED_STATUSES, type Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import {
  laterOf,
  quantityIssue,
  quantityIssues,
  quantityOf,
  unitsOf,
  type AvailableUnits,
  type DatedQuantity,
} from "./available-to-promise.js";
import { firstReaching, indexOn, prefixSum, take } from "./available-tree.js";
import {
  consumeFor,
  groupLimit,
  supplyRuleIssues,
  within,
  type GroupLimit,
  type PromiseContext,
  type SupplyLimit,
  type SupplyRuleIssue,
} from "./supply-protection.js";
import { openPromiseBook, shelfOf, type PromiseBook, type PromiseShelf } from "./promise-book.js";

/** An order for which promises are wanted. */
export interface OrderToPromise {
  /** Order. */
  readonly order: Order;
  /** Day on which its goods must be ready to leave; the requested delivery date when absent, else as soon as possible. */
  readonly neededOn?: CalendarDay;
  /** Customer group for caps and minimums; the order's customer class when absent. */
  readonly group?: string;
}

/**
 * Why a line is promised what it is promised.
 *
 * | code | meaning |
 * |---|---|
 * | `on_time` | all of it, by the day on which it is needed |
 * | `late` | all of it, and a part after that day |
 * | `group_cap` | the customer's group has used up its cap |
 * | `below_quantum` | what is left is less than the smallest deliverable step |
 * | `partial_not_allowed` | a part is there, and the customer takes all or nothing |
 * | `protected_for_others` | what is left is kept for other customer groups |
 * | `taken_by_earlier` | demand that comes first takes it, promised or not |
 * | `no_supply` | nothing is there and nothing is expected |
 *
 * **Source:** mission 8.1, 8.9
 */
export type PromiseReasonCode =
  "on_time" | "late" | "below_quantum" | "partial_not_allowed" | "taken_by_earlier" | "no_supply" | SupplyLimit;

/** A part of a promise. */
export interface PromisedPart extends DatedQuantity {
  /** `onHand`: what is there today would do; `scheduled`: it rests on supply that is expected. */
  readonly kind: "onHand" | "scheduled";
}

/** What can be promised for one line, and why; quantities in the base unit. */
export interface PromisedLine {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Line. */
  readonly lineId: LineId;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity that waits. */
  readonly requested: Decimal;
  /** Quantity that can be promised. */
  readonly promised: Decimal;
  /** Quantity that cannot. */
  readonly short: Decimal;
  /** What is ready when, earliest first. */
  readonly parts: readonly PromisedPart[];
  /** What the promise rests on: that of its last part; `none` where nothing is promised. */
  readonly kind: PromisedPart["kind"] | "none";
  /** Day on which all that is promised is ready; absent where nothing is. */
  readonly day?: CalendarDay;
  /** Why. */
  readonly code: PromiseReasonCode;
}

/**
 * Works out what can be promised to the lines of orders, one after the other, without reserving anything.
 *
 * **Rules**
 * 1. Orders are served as they are listed, lines as they stand on the order. Each is promised what is left after all
 *    earlier demand in full, also the part of it that could not be promised: nobody overtakes. An order that is added
 *    behind changes no promise before it.
 * 2. A line asks for what waits on it: open, back-filled and deferred. Lines on which nothing waits, and orders that
 *    have ended, ask for nothing.
 * 3. Nothing is promised for a day before the one on which it is needed; from then on as early as supply allows, and in
 *    parts where the customer takes parts. A line with a step is promised multiples of it.
 * 4. A line that may not come in parts is promised on one day, as far as its step allows, or not at all.
 * 5. Minimums of other groups are kept back and no group gets more than its cap, as `protectSupply` has it; what a group
 *    is promised uses up its own. Demand that a cap, a minimum or the line's own step turns away takes nothing from anybody.
 * 6. Goods in store for a customer are promised to that customer's draw-downs and to nobody else; caps and minimums are
 *    for our own goods.
 *
 * @param orders each order once, in the order of service
 * @param context supplies, other demand, caps and minimums
 * @returns one answer for each line that asks for something, in the order of service. n log n in lines and supplies.
 * @throws RangeError when an order is listed twice, or the step of a line is zero
 *
 * **Source:** mission 8.1, 8.2, 8.9, 8.10; definition B9
 * @example
 * ```ts
 * import { calendarDay, decimal, promiseOrders } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const [today, friday] = [calendarDay("2026-03-02"), calendarDay("2026-03-06")];
 * const order = (orderNo: string, orderedQty: string) => ({ order: anyOrder({ orderNo, lines: [{ itemCode: "TEA", orderedQty }] }) });
 * const supplies = [{ itemCode: "TEA", day: today, quantity: decimal("25") }, { itemCode: "TEA", day: friday, quantity: decimal("10") }];
 * const found = promiseOrders([order("SO-1", "20"), order("SO-2", "20")], { today, supplies });
 * found.ok && found.value.map(({ kind, day, promised, code }) => [kind, day, promised, code]);
 * // => [["onHand", "2026-03-02", "20", "on_time"], ["scheduled", "2026-03-06", "15", "taken_by_earlier"]]
 * ```
 */
export function promiseOrders(
  orders: readonly OrderToPromise[],
  context: PromiseContext,
): Result<readonly PromisedLine[], SupplyRuleIssue> {
  const issues = promiseIssues(orders, context, "orders");
  if (issues.length > 0) return refuse(issues);
  const book = openPromiseBook(context);
  return ok(orders.flatMap((entry) => promiseLines(book, entry)));
}

/** Reasons why nothing can be promised at all. @internal */
export function promiseIssues(
  orders: readonly OrderToPromise[],
  context: PromiseContext,
  listName: string,
): SupplyRuleIssue[] {
  if (new Set(orders.map(({ order }) => order.orderNo)).size !== orders.length)
    throw new RangeError("An order is listed twice.");
  return [
    ...quantityIssues(context.supplies, "supplies"),
    ...quantityIssues(context.demands ?? [], "demands"),
    ...supplyRuleIssues(context.rules ?? []),
    ...orders.flatMap(({ order }, place) =>
      order.lines.flatMap((line, linePlace) => {
        const path = [listName, place, "order", "lines", linePlace];
        const step = line.quantum === undefined ? [] : quantityIssue(line.quantum, [...path, "quantum"]);
        return [...quantityIssue(waitingOn(line), [...path, "quantities"]), ...step];
      }),
    ),
  ];
}

/** Promises the lines of one order and takes what they ask for. @internal */
export function promiseLines(book: PromiseBook, { order, neededOn, group }: OrderToPromise): PromisedLine[] {
  if (ENDED_STATUSES.includes(order.status)) return [];
  const { orderNo, header, lines } = order;
  const day = neededOn ?? header.requestedDeliveryDate;
  return lines.flatMap((line): PromisedLine[] => {
    const requested = waitingOn(line);
    const units = unitsOf(requested);
    if (units === 0n) return [];
    const owner = line.transactionCategory === "depositDraw" ? header.customerCode : undefined;
    const wish = { units, day, group: group ?? header.customerClass, ...stepsOf(line, units) };
    return [
      {
        orderNo,
        lineId: line.lineId,
        itemCode: line.itemCode,
        requested,
        ...grant(shelfOf(book, line.itemCode, owner), wish),
      },
    ];
  });
}

/** What a line asks of its shelf. */
interface Wish {
  readonly units: bigint;
  readonly day: CalendarDay | undefined;
  readonly group: string | undefined;
  /** What comes on one day is a multiple of this. */
  readonly quantum: bigint;
  /** Less than this is of no use. */
  readonly least: bigint;
}

function stepsOf({ quantum, partialAllowed }: OrderLine, units: bigint): Pick<Wish, "quantum" | "least"> {
  const step = quantum === undefined ? 1n : unitsOf(quantum);
  return { quantum: step, least: partialAllowed ? step : floorTo(units, step) };
}

/** Promises what a wish can have, and takes the whole of it from the shelf, as far as it may. */
function grant(shelf: PromiseShelf, wish: Wish): Omit<PromisedLine, "orderNo" | "lineId" | "itemCode" | "requested"> {
  const limit = groupLimit(shelf.groups, wish.group);
  const total = prefixSum(shelf.tree, shelf.steps.length - 1);
  const reach = limit.capLeft === undefined ? wish.units : least(limit.capLeft, wish.units);
  const most = floorTo(reach, wish.quantum);
  const parts = partsOf(shelf, wish, most, limit.kept);
  const promised = parts.reduce((units, part) => units + part.units, 0n);
  for (const { index, units } of parts) take(shelf.tree, index, units);
  // Units that could be served and are not promised are still asked for: what is left is theirs.
  const room = within({ kept: limit.kept, capLeft: undefined }, total - promised);
  const blocked = wish.least <= most ? least(most - promised, room) : 0n;
  take(shelf.tree, shelf.steps.length - 1, blocked);
  consumeFor(shelf.groups, wish.group, promised + blocked);

  const last = parts.at(-1);
  const short = wish.units - promised;
  const onTime = last === undefined || wish.day === undefined || last.day <= wish.day ? "on_time" : "late";
  return {
    promised: quantityOf(promised),
    short: quantityOf(short),
    parts: parts.map(({ day, units, kind }) => ({ day, quantity: quantityOf(units), kind })),
    kind: last?.kind ?? "none",
    ...(last === undefined ? {} : { day: last.day }),
    code: short === 0n ? onTime : shortCode({ wish, limit, total, promised, beganWith: shelf.beganWith }),
  };
}

interface Part {
  readonly index: number;
  readonly day: CalendarDay;
  readonly units: bigint;
  readonly kind: PromisedPart["kind"];
}

/** The parts in which at most so many units can be promised: on every day as much as can be had by then. */
function partsOf({ steps, tree }: PromiseShelf, wish: Wish, most: bigint, kept: bigint): Part[] {
  const today = (steps[0] as AvailableUnits).day;
  const from = laterOf(today, wish.day);
  const onHand = prefixSum(tree, 0) - kept;
  const parts: Part[] = [];
  let promised = 0n;
  let index = indexOn(steps, from);
  let goal = wish.least;
  while (promised < most && goal <= most) {
    index = Math.max(index, firstReaching(tree, goal + kept));
    const step = steps[index];
    if (step === undefined) break;
    const units = floorTo(least(most, prefixSum(tree, index) - kept), wish.quantum) - promised;
    promised += units;
    parts.push({ index, day: laterOf(step.day, from), units, kind: promised <= onHand ? "onHand" : "scheduled" });
    goal = promised + wish.quantum;
  }
  return parts;
}

/** Why a wish is not promised in full. */
function shortCode(facts: {
  readonly wish: Wish;
  readonly limit: GroupLimit;
  readonly total: bigint;
  readonly promised: bigint;
  readonly beganWith: bigint;
}): PromiseReasonCode {
  const { wish, limit, total, promised, beganWith } = facts;
  const room = within({ kept: limit.kept, capLeft: undefined }, total);
  if (promised === floorTo(wish.units, wish.quantum)) return "below_quantum";
  if (limit.capLeft !== undefined && limit.capLeft < least(wish.units, room)) return "group_cap";
  if (promised === 0n && room > 0n) return room < wish.quantum ? "below_quantum" : "partial_not_allowed";
  if (room < total) return "protected_for_others";
  return total < beganWith ? "taken_by_earlier" : "no_supply";
}

function waitingOn({ quantities }: OrderLine): Decimal {
  return sum([quantities.open, quantities.backfill, quantities.deferred]);
}

function floorTo(units: bigint, step: bigint): bigint {
  return units - (units % step);
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
