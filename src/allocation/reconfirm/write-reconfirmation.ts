import {
  add,
  compare,
  fromUnits,
  isPositive,
  maximum,
  subtract,
  sum,
  toUnits,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { supplyStanding } from "../../model/supply-standing.js";
import { recordEvent } from "../../lifecycle/record-event.js";
import { consentFor } from "../../model/consent.js";
import { placedTotal } from "../../model/reserved-places.js";
import type { QuantityMoved } from "../../model/change.js";
import { QUANTITY_DIGITS } from "../../model/digit-limit.js";
import type { Displacement } from "../../model/displacement.js";
import type { ReconfirmedLine } from "../../model/event.js";
import type { ItemCode } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { Outcome } from "../../model/outcome.js";
import { wholeSteps } from "../../model/whole-steps.js";
import { takeFromParts, type WaitingPart } from "../../lifecycle/waiting-quantity.js";
import { releasedMoves } from "../released-moves.js";
import { pairDisplacements } from "./pair-displacements.js";
import { unmetCode } from "./unmet-code.js";
import { inTurn } from "./in-turn.js";
import type { MovesByLine } from "./net-moves.js";
import { withoutGivenUp } from "./without-given-up.js";
import type { HeldQuantity, LineDemand } from "./order-demands.js";
import type { ReconfirmPool } from "./reconfirm-policy.js";
import type { LineException, ReconfirmOrdersContext } from "./reconfirm-orders-policy.js";

/**
 * Lines that did not get what their strategy promises.
 *
 * @param orders in the order of service
 * @param demands lines
 * @param moves what they give back and take
 * @returns the exceptions, in the order in which the strategies are served
 * @internal
 */
export function exceptionsOf(
  orders: readonly Order[],
  demands: readonly LineDemand[],
  moves: MovesByLine,
): LineException[] {
  return inTurn(demands).flatMap((demand): LineException[] => {
    const { strategy, asked, had, itemCode, demandId: lineId } = demand;
    if (strategy !== "win" && strategy !== "gain" && strategy !== "skip") return [];
    const wanted = strategy === "win" ? add(had, stepsBeyond(demand)) : had;
    const has = hasAfter(demand, moves);
    if (compare(has, wanted) >= 0) return [];
    const { orderNo } = orders[demand.order]!;
    return [
      {
        orderNo,
        lineId,
        itemCode,
        code: unmetCode(strategy),
        missing: subtract(strategy === "win" ? asked : had, has),
      },
    ];
  });
}

/**
 * What comes together, misses goods and was not made whole, but has goods left: it has to give up those too.
 *
 * @param demands lines
 * @param moves what they give back and take
 * @returns the names of such units; never of one that stays as it is or must not be set back
 * @internal
 */
export function brokenUnits(demands: readonly LineDemand[], moves: MovesByLine): readonly string[] {
  const units = groupedBy(demands, ({ together }) => together);
  return [...units].flatMap(([unit, own]) => {
    const mayFall = own.every(({ strategy, firm }) => strategy !== "skip" && firm === undefined);
    if (unit === undefined || !mayFall || !own.some(({ lost }) => lost.length > 0)) return [];
    if (own.every(({ held, stuck }) => held.length + stuck.length === 0)) return [];
    return own.every((demand) => compare(hasAfter(demand, moves), demand.had) >= 0) ? [] : [unit];
  });
}

/**
 * Who was set back for whom.
 *
 * @param orders in the order of service
 * @param demands lines
 * @param moves what they give back and take
 * @param pools what there is of each item
 * @param context who decides, consents and dates
 * @returns entries for the ledger
 * @internal
 */
export function displacementsOf(
  orders: readonly Order[],
  demands: readonly LineDemand[],
  moves: MovesByLine,
  pools: readonly ReconfirmPool[],
  context: ReconfirmOrdersContext,
): Displacement[] {
  const byItem = new Map<ItemCode, LineDemand[]>(pools.map(({ itemCode }) => [itemCode, []]));
  for (const demand of inTurn(demands)) byItem.get(demand.itemCode)!.push(demand);
  const protection = withoutGivenUp(context.policy.allocation.protection ?? [], demands, ({ lost }) => lost);
  const rulesOf = groupedBy(protection, (rule) => rule.itemCode);
  return pools.flatMap(({ itemCode, quantity }) => {
    const own = byItem.get(itemCode)!;
    const free = subtract(quantity, sum(own.map(({ confirmed }) => confirmed)));
    const changes = own.map((demand) => unitsOf(subtract(hasAfter(demand, moves), demand.confirmed)));
    const groups = own.map(({ customerGroup }) => customerGroup);
    const rules = rulesOf.get(itemCode);
    const supply = rules && { groups, standing: supplyStanding(rules, QUANTITY_DIGITS.decimals) };
    return pairDisplacements(changes, unitsOf(free), supply).map(({ victim, winner, units }) =>
      displacementOf(orders, own[victim]!, own[winner]!, fromUnits(units, QUANTITY_DIGITS.decimals), context),
    );
  });
}

function displacementOf(
  orders: readonly Order[],
  victim: LineDemand,
  winner: LineDemand,
  quantity: Decimal,
  { at, actor, consents, newDateFor }: ReconfirmOrdersContext,
): Displacement {
  const order = orders[victim.order]!;
  const name = { orderNo: order.orderNo, lineId: victim.demandId };
  const oldDate = victim.line.promises.at(-1)?.day ?? order.header.requestedDeliveryDate;
  const newDate = newDateFor?.(name, quantity);
  const { customerCode } = order.header;
  const { consent } = consentFor(consents ?? [], { customerCode, subject: order.orderNo, at });
  return {
    victim: name,
    winner: { orderNo: orders[winner.order]!.orderNo, lineId: winner.demandId },
    itemCode: victim.itemCode,
    quantity,
    ...(oldDate === undefined ? {} : { oldDate }),
    ...(newDate === undefined ? {} : { newDate }),
    ruleId: `reconfirm_${winner.strategy}`,
    actor,
    at,
    ...(consent === undefined ? {} : { consent: consent.reference }),
  };
}

/**
 * Writes the moves of an order's lines down.
 *
 * @param order the order
 * @param demands its lines
 * @param moves what they give back and take
 * @param displacements where its lines were set back
 * @param context who decides
 * @returns the outcome; undefined when nothing changes
 * @internal
 */
export function outcomeOf(
  order: Order,
  demands: readonly LineDemand[],
  moves: MovesByLine,
  displacements: readonly Displacement[],
  context: ReconfirmOrdersContext,
): Outcome | undefined {
  const changes: QuantityMoved[] = [];
  const lines: ReconfirmedLine[] = [];
  let isLess = false;
  for (const { demandId: lineId, strategy, line, parts: waiting, stuck, firm, lost, missing } of demands) {
    const { released, taken } = moves.get(lineId)!;
    const own = strategy === "lose" && firm === undefined ? [...released, ...stuck] : released;
    const given = joined([...lost, ...own]);
    if (given.length + taken.length === 0) continue;
    for (const change of releasedMoves(lineId, given)) changes.push(change);
    // What it gives up and gets elsewhere it has again; only beyond that it gets what it waited for.
    const again = placedTotal([...lost, ...released]);
    let parts = again === ZERO ? waiting : [{ bucket: "open" as const, quantity: again }, ...without(waiting, lost)];
    for (const { source, quantity } of taken) {
      const part = takeFromParts(parts, quantity);
      for (const { bucket, quantity: own } of part.taken) {
        changes.push({
          kind: "quantity_moved",
          lineId,
          from: bucket,
          to: "allocated",
          quantity: own,
          source,
        });
      }
      parts = part.left;
    }
    const before = add(line.quantities.allocated, placedTotal(lost));
    const after = subtract(add(before, placedTotal(taken)), placedTotal(given));
    isLess ||= lost.length > 0 && compare(after, before) < 0;
    lines.push({
      lineId,
      strategy,
      before,
      after,
      ...(missing === ZERO ? {} : { missing }),
    });
  }
  if (changes.length === 0) return undefined;
  const { orderNo } = order;
  const isSetBack = isLess || displacements.length > 0;
  return recordEvent(
    order,
    {
      type: "order_reconfirmed",
      details: { lines, displacements },
      changes,
      requests: isSetBack ? [{ type: "notify_customer", orderNo, template: "order_set_back" }] : [],
    },
    context,
  );
}

/** What a line waited for before goods were lost, which are open besides. */
function without(waiting: readonly WaitingPart[], lost: readonly HeldQuantity[]): readonly WaitingPart[] {
  if (lost.length === 0) return waiting;
  return waiting.flatMap((part): WaitingPart[] => {
    if (part.bucket !== "open") return [part];
    const quantity = subtract(part.quantity, placedTotal(lost));
    return isPositive(quantity) ? [{ ...part, quantity }] : [];
  });
}

/** Whole steps that a line lacks beyond what it had: of a step that was picked in part, or stands elsewhere, the rest is no loss. */
function stepsBeyond({ asked, had, quantum }: LineDemand): Decimal {
  return wholeSteps(maximum(ZERO, subtract(asked, had)), quantum);
}

/** What a line has after it gave back and took. @internal */
export function hasAfter({ demandId, confirmed }: LineDemand, moves: MovesByLine): Decimal {
  const { released, taken } = moves.get(demandId)!;
  return subtract(add(confirmed, placedTotal(taken)), placedTotal(released));
}

/** Quantities at places, each place once, in the order in which it is first named. */
function joined(places: readonly HeldQuantity[]): HeldQuantity[] {
  return [...groupedBy(places, ({ key }) => key).values()].map((own) => ({ ...own[0], quantity: placedTotal(own) }));
}

function unitsOf(quantity: Decimal): bigint {
  return toUnits(quantity, QUANTITY_DIGITS.decimals);
}
