import {
  add,
  clampUnits,
  compare,
  floorToMultiple,
  fromUnits,
  isPositive,
  isZero,
  minimum,
  subtract,
  sum,
  toUnits,
  scaleOf,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import type { Order } from "../../model/order.js";
import { firstOf } from "../../model/reserved-places.js";
import { stockOwnerOf } from "../../model/stock-owner.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import { stockKey, stockSource, type StockPosition } from "../../model/stock.js";
import type { AllocationColumns, AllocationTakes } from "../allocation-columns.js";
import { batchColumns } from "../batch-columns.js";
import { groupedBy } from "../../core/grouped-by.js";
import { takesOf } from "../takes-of.js";
import { takesOfWholeOrders } from "../whole-orders.js";
import { freeQuantity } from "../usable-stock.js";
import type { HeldQuantity, LineDemand } from "./order-demands.js";
import type { ReconfirmOrdersContext } from "./reconfirm-orders-policy.js";

/** What a line gives back and takes. @internal */
export interface LineMoves {
  /** Places that it gives up. */
  readonly released: readonly HeldQuantity[];
  /** Places that it takes. */
  readonly taken: readonly HeldQuantity[];
}

/**
 * Carries targets out on real stock: who is to lose gives back, who is to gain takes; what nobody could take after all
 * goes back to where it was.
 *
 * **Rules**
 * 1. Whoever is to gain takes as in every allocation, in the order in which the strategies are served.
 * 2. What was given up and nobody took – it stands where the winners may not take from – stays with its line, as far as
 *    the line takes parts and steps; lines that come together keep all, or lose all as soon as some of it was taken. Who
 *    is to lose all gives it up all the same.
 * 3. What is free then is offered to all who may gain, and to who only may keep as much as it had.
 *
 * @param orders in the order in which they are served: by strategy, then by the order of service
 * @param demands lines
 * @param targets what each line is to have, by line
 * @param stock positions
 * @param context policy and day
 * @returns moves by line
 * @internal
 */
export function moveReservations(
  orders: readonly Order[],
  demands: readonly LineDemand[],
  targets: ReadonlyMap<string, Decimal>,
  stock: readonly StockPosition[],
  {
    policy,
    today,
    hostRanks,
    linesTaken,
  }: Pick<ReconfirmOrdersContext, "policy" | "today" | "hostRanks" | "linesTaken">,
): ReadonlyMap<string, LineMoves> {
  const offered = new Map<string, HeldQuantity[]>();
  const freed = new Map<string, Decimal[]>();
  for (const { demandId, confirmed, held } of demands) {
    const less = subtract(confirmed, targets.get(demandId)!);
    const places = isPositive(less) ? firstOf([...held].reverse(), less) : [];
    offered.set(demandId, places);
    for (const { key, quantity } of places) freed.set(key, [...(freed.get(key) ?? []), quantity]);
  }
  const after = stock.map((position) => {
    const parts = freed.get(stockKey(position.itemCode, position));
    return parts === undefined ? position : { ...position, reserved: subtract(position.reserved, sum(parts)) };
  });
  const rules = policy.allocation.protection ?? [];
  const uncounted = withoutGivenUp(rules, demands, ({ demandId, lost }) => [...lost, ...offered.get(demandId)!]);
  const batch = batchColumns(orders, after, { ...policy.allocation, protection: uncounted }, today);
  const { columns, lines: waiting, lineOrder, lots, lineScale } = batch;
  const serve = (
    own: AllocationColumns,
    protection: readonly SupplyRule[],
    before?: AllocationTakes,
  ): AllocationTakes => {
    const context = {
      policy: { ...policy.allocation, sharing: [], protection },
      today,
      ...(hostRanks === undefined ? {} : { hostRanks }),
      ...(linesTaken === undefined ? {} : { linesTaken }),
      ...(before === undefined ? {} : { before }),
    };
    return takesOfWholeOrders({ ...batch, columns: own }, (some) => takesOf(orders, some, context)).takes;
  };
  const demandOf = new Map(demands.map((demand) => [demand.demandId, demand]));
  const step = policy.redistribute.kind === "fairShare" ? policy.redistribute.policy.quantum : undefined;
  const parties = groupedBy(demands, ({ together, demandId }) => together ?? demandId);
  const wanted = Float64Array.from(columns.lineUnits);

  const gains = wanted.map((units, line) => {
    const demand = demandOf.get(waiting[line]!.lineId);
    if (demand === undefined) return 0;
    const more = subtract(targets.get(demand.demandId)!, demand.confirmed);
    return isPositive(more) ? Math.min(units, unitsBelow(more, lineScale[line]!)) : 0;
  });
  const first = serve({ ...columns, lineUnits: gains }, uncounted);
  const left = new Map<string, Decimal>();
  for (const lot of lots) left.set(stockKey(lot.itemCode, lot), freeQuantity(lot));
  const taken = new Map<string, HeldQuantity[]>();
  book(first);

  const released = new Map<string, readonly HeldQuantity[]>();
  for (const [unit] of parties.values()) giveUp(unit.together ?? unit.demandId);

  // Goods of a customer are counted in decimals of their own.
  const scales = new Map(
    waiting.map((line, place) => {
      const owner = stockOwnerOf(orders[lineOrder[place]!]!.header, line);
      return [JSON.stringify([line.itemCode, owner]), lineScale[place]!];
    }),
  );
  const lacking = wanted.map((units, line) => {
    const demand = demandOf.get(waiting[line]!.lineId);
    if (demand === undefined) return 0;
    if (!MAY_GAIN.has(demand.strategy) || demand.awaitsDraw)
      return demand.strategy === "lose" ? 0 : lackingOfHad(demand, line);
    if (demand.together !== undefined && hasLost(demand.together)) return 0;
    const isByRule = demand.strategy === "redistribute" && demand.together === undefined;
    if (isByRule && step !== undefined && demand.quantum === undefined) {
      // What the rule does not count as a step is not given afterwards either, else a second run would give more.
      const had = add(demand.confirmed, fromUnits(first.lineTaken[line]!, lineScale[line]!));
      const most = unitsBelow(subtract(floorToMultiple(demand.requested, step), had), lineScale[line]!);
      return Math.min(most, units - first.lineTaken[line]!);
    }
    return units - first.lineTaken[line]!;
  });
  const lotUnits = Float64Array.from(lots, (lot) =>
    unitsBelow(left.get(stockKey(lot.itemCode, lot))!, scales.get(JSON.stringify([lot.itemCode, lot.owner])) ?? 0),
  );
  const counted = withoutGivenUp(rules, demands, ({ demandId, lost }) => [...lost, ...released.get(demandId)!]);
  book(serve({ ...columns, lineUnits: lacking, lotUnits }, counted, first));
  return new Map(
    demands.map(({ demandId }) => [demandId, { released: released.get(demandId)!, taken: taken.get(demandId) ?? [] }]),
  );

  function book(takes: AllocationTakes): void {
    for (let take = 0; take < takes.count; take++) {
      const line = takes.line[take]!;
      const lot = lots[takes.lot[take]!]!;
      const { lineId } = waiting[line]!;
      const quantity = fromUnits(takes.units[take]!, lineScale[line]!);
      const key = stockKey(lot.itemCode, lot);
      left.set(key, subtract(left.get(key)!, quantity));
      taken.set(lineId, [...(taken.get(lineId) ?? []), { source: stockSource(lot), key, quantity }]);
    }
  }

  /** What a line that may not gain still lacks of what it had before goods turned out not to be there. */
  function lackingOfHad({ demandId, had, confirmed, lost, together }: LineDemand, line: number): number {
    if (lost.length === 0 || (together !== undefined && hasLost(together))) return 0;
    const has = subtract(
      add(confirmed, sum((taken.get(demandId) ?? []).map(({ quantity }) => quantity))),
      sum(released.get(demandId)!.map(({ quantity }) => quantity)),
    );
    return Math.min(wanted[line]! - first.lineTaken[line]!, unitsBelow(subtract(had, has), lineScale[line]!));
  }

  function hasLost(unit: string): boolean {
    return parties.get(unit)!.some(({ demandId }) => released.get(demandId)!.length > 0);
  }

  /** Decides what the lines of a unit give up for good; they take back what nobody wanted. */
  function giveUp(unit: string): void {
    const own = parties.get(unit)!;
    const back = new Map<string, Decimal>();
    for (const { key, quantity } of own.flatMap(({ demandId }) => offered.get(demandId)!)) {
      back.set(key, add(back.get(key) ?? ZERO, quantity));
    }
    const isAll = [...back].every(([key, quantity]) => compare(quantity, left.get(key) ?? quantity) <= 0);
    for (const { demandId, strategy, together, quantum } of own) {
      const places = offered.get(demandId)!;
      const mayKeep = strategy !== "lose" && (isAll || together === undefined);
      const unwanted = mayKeep ? unwantedOf(places) : ZERO;
      const kept = isAll || quantum === undefined ? unwanted : floorToMultiple(unwanted, quantum);
      released.set(demandId, takeBack(places, kept));
    }
  }

  function unwantedOf(places: readonly HeldQuantity[]): Decimal {
    return sum(places.map(({ key, quantity }) => minimum(quantity, left.get(key) ?? quantity)));
  }

  /** What is given up of quantities at places when so much of it is taken back. */
  function takeBack(places: readonly HeldQuantity[], quantity: Decimal): HeldQuantity[] {
    let back = quantity;
    return places.flatMap((place): HeldQuantity[] => {
      const part = minimum(back, minimum(place.quantity, left.get(place.key) ?? place.quantity));
      back = subtract(back, part);
      if (left.has(place.key)) left.set(place.key, subtract(left.get(place.key)!, part));
      const given = subtract(place.quantity, part);
      return isZero(given) ? [] : [{ ...place, quantity: given }];
    });
  }
}

/** Rules as they stand when what lines give up is not counted as used; below zero where it never was. */
function withoutGivenUp(
  rules: readonly SupplyRule[],
  demands: readonly LineDemand[],
  givenUp: (demand: LineDemand) => readonly HeldQuantity[],
): readonly SupplyRule[] {
  if (rules.length === 0) return rules;
  const byGroup = groupedBy(demands, ({ itemCode, customerGroup }) => JSON.stringify([itemCode, customerGroup]));
  return rules.map((rule) => {
    const own = byGroup.get(JSON.stringify([rule.itemCode, rule.group])) ?? [];
    const back = sum(own.flatMap((demand) => givenUp(demand).map(({ quantity }) => quantity)));
    return isZero(back) ? rule : { ...rule, consumed: subtract(rule.consumed ?? ZERO, back) };
  });
}

const MAY_GAIN: ReadonlySet<LineDemand["strategy"]> = new Set(["win", "gain", "improve", "redistribute"]);

function unitsBelow(quantity: Decimal, scale: number): number {
  if (compare(quantity, ZERO) <= 0) return 0;
  const finest = Math.max(scale, scaleOf(quantity));
  return clampUnits(toUnits(quantity, finest) / 10n ** BigInt(finest - scale));
}
