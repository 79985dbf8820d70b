import { add, compare, isPositive, maximum, negate, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { issue } from "../../core/issue.js";
import { checkTransition } from "../../lifecycle/transitions.js";
import { checkNames } from "../../model/check-names.js";
import type { ItemCode } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import { ordersOnce } from "../../model/orders-once.js";
import { stockOnce } from "../../model/stock-once.js";
import type { RefusedOrder } from "../../model/outcome.js";
import type { StockPosition } from "../../model/stock.js";
import { linesOf, progressOf } from "../allocation-progress.js";
import { commandFaults } from "../../model/command-shape.js";
import { releasesShape } from "../command-shapes.js";
import { orderOfService } from "../order-of-service.js";
import { unbookedReservations } from "../unbooked-reservations.js";
import { refusedTogether, together } from "../shortage/apply-reallocation.js";
import { displacementsBy, wishesOf, type Gifts, type Wish, type Wishes } from "./wishes.js";
import { checkReleasePolicy } from "./check-release-policy.js";
import {
  allOfLines,
  countedOf,
  giversByItem,
  givenOf,
  givingUnits,
  type GivingUnit,
  type GivenLine,
  type ItemGiver,
} from "./giving-units.js";
import { checkWinner } from "./check-winner.js";
import { placedTotal } from "../../model/reserved-places.js";
import { recordRelease } from "./record-release.js";
import type {
  FreedGoods,
  KeptGoods,
  ReleaseReservations,
  ReleaseReservationsContext,
  ReleaseReservationsIssue,
  ReleaseReservationsOutcome,
} from "./release-policy.js";

/**
 * Frees goods that are wanted for something else: orders that would be served last give back first, along the one declared
 * order of service, until there is enough.
 *
 * **Rules**
 * 1. What is free and usable already counts; orders give what is lacking. A second run with the same command gives nothing
 *    more. Only our own goods count, in places that may be used today, in the warehouse where one is named; goods that are
 *    picked stay. A place with more reserved than on hand counts for nothing: what is given back there is not there, so
 *    nobody is asked for it – `reconfirmOrders` settles it first.
 * 2. Asked is whoever would be served last, then the one before; of an order the last line first, of a line the place that
 *    was reserved last. Lines give whole steps. Goods that come together are given back together, also those of other
 *    items; or are spared, as the policy has it.
 * 3. Orders that fit a rule of the policy, that have firm holds or were set back too often keep what they have; when
 *    it was their turn, each line is named with its reason. So does who has goods reserved – with what comes along – that
 *    are not in the stock given: they could not be posted there.
 * 4. What is wanted is looked at in the order of the command; what one item brings along of another counts for that.
 * 5. Nobody gives in vain: where goods that come together bring more than was lacking, whoever was asked and is served best
 *    keeps what is not needed after all.
 * 6. Each order that gives has an event with the reason and with what was wanted. Where it is said which line is to have the
 *    goods (`winner`), who gives is set back for it, by as much as was lacking: entries for the ledger, and the customer is
 *    told; its own order is not asked. Where nobody is named, nobody is set back for somebody yet. What could not be found is
 *    said.
 * 7. An order that may not give back is refused; with a command that asks for nothing, for an item twice or for less than
 *    something, or with a policy that cannot be meant, every order is.
 *
 * @param orders all that may be asked, each once
 * @param stock positions, each place once
 * @returns the outcome, with what was freed, by whom, and who kept what. n log n in orders and lines.
 * @throws RangeError when an order or a place of stock is listed twice, or for a key of service that cannot be read
 *
 * **Source:** mission 9.2, 9.6, 9.10, 8.7; definitions B3, B4
 * @example
 * ```ts
 * import { calendarDay, decimal, releaseReservations } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const lines = [{ orderedQty: "6", quantities: { allocated: "6" } }];
 * const orders = ["A", "C", "B"].map((customerClass) => anyOrder({ orderNo: `SO-${customerClass}`, stage: "confirmed", header: { customerClass }, lines }));
 * const policy = { priority: [{ key: "customerClass" as const, direction: "ascending" as const }], keeps: [{ customerClasses: ["A"] }] };
 * const context = { ...anyContext(), policy, today: calendarDay("2026-03-02") };
 * const command = { reason: "shop_window", wanted: [{ itemCode: "TEA", quantity: decimal("10") }] };
 * const { freed, released } = releaseReservations(orders, anyStock({ onHand: "20", reserved: "18" }), command, context);
 * released.map(({ orderNo, quantity }) => [orderNo, quantity]); // => [["SO-C","6"],["SO-B","2"]]
 * freed.map(({ before, after, missing }) => [before, after, missing]); // => [["2","10","0"]]
 * ```
 */
export function releaseReservations(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  command: ReleaseReservations,
  context: ReleaseReservationsContext,
): ReleaseReservationsOutcome {
  ordersOnce(orders);
  stockOnce(stock);
  const { policy } = context;
  const ofPolicy = checkReleasePolicy(policy).map((fault) => ({ ...fault, path: ["policy", ...fault.path] }));
  const misshapen = commandFaults(command, releasesShape);
  const faults = [...(misshapen.length > 0 ? misshapen : faultsOf(command)), ...ofPolicy];
  if (faults.length > 0)
    return { ...refusedTogether(orders, faults), freed: [], released: [], displacements: [], kept: [] };
  const able: Order[] = [];
  const refused: RefusedOrder[] = [];
  for (const order of orders) {
    const issues = checkTransition(order, "release");
    if (issues.length === 0) able.push(order);
    else refused.push({ orderNo: order.orderNo, issues });
  }
  const served = orderOfService(able, policy.priority, context).map((place) => able[place]!);
  const units = givingUnits(served, context, unbookedReservations(orders, stock));
  const givers = giversByItem(units);
  const wishes = wishesOf(command, stock, context);
  const gifts: Gifts = new Map();
  const kept: KeptGoods[] = [];
  for (const [itemCode, wish] of wishes) {
    const { counts } = wish;
    // Whoever is to have the goods is not asked for them.
    const own = (givers.get(itemCode) ?? []).filter(
      ({ unit, lines }) =>
        unit.order.orderNo !== wish.wanted.winner?.orderNo && isPositive(countedOf(allOfLines(lines), counts)),
    );
    kept.push(...ask(wish, wishes, own, gifts).flatMap(keptBy));
  }
  takeBack(units, wishes, gifts);
  const freed = [...wishes.values()].map(({ wanted, before, after }): FreedGoods => {
    return { ...wanted, before, after, missing: maximum(ZERO, subtract(wanted.quantity, after)) };
  });
  const byOrder = groupedBy(
    units.filter((unit) => gifts.has(unit)),
    ({ order }) => order,
  );
  const displacedBy = displacementsBy(byOrder, gifts, wishes, context);
  const count = progressOf(context.onProgress, "apply", linesOf([...byOrder.keys()]));
  const outcomes = [...byOrder].map(([order, own]) => {
    count(order.lines.length);
    const lines = own.flatMap((unit) => gifts.get(unit)!);
    const items = new Set(lines.map(({ line }) => line.itemCode));
    const wanted = [...items].flatMap((itemCode) => wishes.get(itemCode)?.wanted ?? []);
    const releases = lines.map(({ line: { lineId }, places }) => ({ lineId, places }));
    const displacements = displacedBy.get(order) ?? [];
    return recordRelease(order, releases, { reason: command.reason, wanted, displacements }, context);
  });
  const released = [...byOrder].flatMap(([{ orderNo }, own]) =>
    own
      .flatMap((unit) => gifts.get(unit)!)
      .map(({ line: { lineId, itemCode }, places }) => {
        return { orderNo, lineId, itemCode, quantity: placedTotal(places) };
      }),
  );
  return {
    ...together(orders, outcomes),
    refused,
    freed,
    released,
    displacements: [...displacedBy.values()].flat(),
    kept,
  };
}

/** Counts goods of lines for whatever is wanted of them. */
function book(wishes: Wishes, lines: readonly GivenLine[], sign: (counted: Decimal) => Decimal): void {
  for (const given of lines) {
    const wish = wishes.get(given.line.itemCode);
    if (wish !== undefined) wish.after = add(wish.after, sign(countedOf([given], wish.counts)));
  }
}

const given = (counted: Decimal): Decimal => counted;

/** Asks the first givers, until there is enough; answers with those whose turn it was and who keep what they have. */
function ask(wish: Wish, wishes: Wishes, givers: readonly ItemGiver[], gifts: Gifts): ItemGiver[] {
  const passedOver: ItemGiver[] = [];
  for (const giver of givers) {
    const { unit } = giver;
    const lacking = subtract(wish.wanted.quantity, wish.after);
    if (!isPositive(lacking)) break;
    if (unit.kept !== undefined) passedOver.push(giver);
    if (unit.kept !== undefined || gifts.has(unit)) continue;
    const lines = unit.isTogether ? allOfLines(unit.lines) : givenOf(giver, lacking, wish.counts);
    book(wishes, lines, given);
    gifts.set(unit, lines);
  }
  return passedOver;
}

/** Lets those who were asked keep what is not needed after all, whoever is served best first. */
function takeBack(units: readonly GivingUnit[], wishes: Wishes, gifts: Gifts): void {
  for (const unit of [...units].reverse()) {
    const lines = gifts.get(unit);
    if (lines === undefined) continue;
    const parts = [...groupedBy(lines, ({ line }) => line.itemCode)].flatMap(([itemCode, own]) => {
      const wish = wishes.get(itemCode);
      return wish === undefined ? [] : [{ wish, had: countedOf(own, wish.counts) }];
    });
    const canKeep = parts.every(({ wish, had }) => compare(subtract(wish.after, had), wish.wanted.quantity) >= 0);
    const fewer = canKeep ? [] : lessOf(unit, parts);
    if (fewer === undefined) continue;
    book(wishes, lines, negate);
    book(wishes, fewer, given);
    if (canKeep) gifts.delete(unit);
    else gifts.set(unit, fewer);
  }
}

/** What a line by itself still gives; undefined for goods that come together. */
function lessOf(
  unit: GivingUnit,
  parts: readonly { readonly wish: Wish; readonly had: Decimal }[],
): readonly GivenLine[] | undefined {
  const [only] = parts;
  if (unit.isTogether || only === undefined) return undefined;
  const { wish, had } = only;
  const needed = subtract(had, maximum(ZERO, subtract(wish.after, wish.wanted.quantity)));
  return givenOf({ unit, lines: unit.lines }, needed, wish.counts);
}

function faultsOf({ reason, wanted }: ReleaseReservations): ReleaseReservationsIssue[] {
  const issues: ReleaseReservationsIssue[] = checkNames({ reason });
  if (wanted.length === 0) issues.push(issue("release.nothing_wanted", ["wanted"], {}));
  const seen = new Set<ItemCode>();
  for (const [position, { itemCode, quantity, winner }] of wanted.entries()) {
    const path = ["wanted", position];
    issues.push(...checkWinner(winner, path));
    if (seen.has(itemCode)) issues.push(issue("release.wanted_twice", path, { itemCode }));
    seen.add(itemCode);
    if (compare(quantity, ZERO) <= 0) issues.push(issue("release.wanted_not_positive", path, { itemCode, quantity }));
  }
  return issues;
}

/** Why a giver gives nothing, line by line; nothing for one that may be asked. */
function keptBy({ unit: { order, kept }, lines }: ItemGiver): KeptGoods[] {
  return kept === undefined ? [] : lines.map(({ lineId }) => ({ orderNo: order.orderNo, lineId, ...kept }));
}
