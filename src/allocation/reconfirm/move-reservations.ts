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
import { firstOf, placedTotal } from "../../model/reserved-places.js";
import { stockOwnerOf } from "../../model/stock-owner.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import { stockKey, stockSource, type StockPosition } from "../../model/stock.js";
import { wholeSteps } from "../../model/whole-steps.js";
import type { AllocationTakes } from "../allocation-columns.js";
import { batchColumns, type BatchColumns } from "../batch-columns.js";
import { groupedBy } from "../../core/grouped-by.js";
import { withReleased } from "../released-moves.js";
import { takesOf } from "../takes-of.js";
import { takesOfWholeOrders } from "../whole-orders.js";
import { freeQuantity } from "../usable-stock.js";
import type { HeldQuantity, LineDemand } from "./order-demands.js";
import { netMoves, type MovesByLine } from "./net-moves.js";
import { keepingRoom } from "./keeping-room.js";
import { withoutGivenUp } from "./without-given-up.js";
import type { ReconfirmPool } from "./reconfirm-policy.js";
import type { ReconfirmOrdersContext } from "./reconfirm-orders-policy.js";

/** What lines give up, by their ids. */
type GivenUp = ReadonlyMap<string, readonly HeldQuantity[]>;

/**
 * Carries targets out on real stock: who is to lose gives back, who is to gain takes; what nobody could take after all
 * goes back to where it was.
 *
 * **Rules**
 * 1. Whoever is to gain takes as in every allocation, in the order in which the strategies are served.
 * 2. What was given up and nobody took – it stands where the winners may not take from – stays with its line, as far as
 *    the line takes parts and steps; lines that come together keep all, or lose all as soon as some of it was taken. Who
 *    is to lose all gives it up all the same. Nor does it stay where a customer group would have more than its cap for it,
 *    or less would be left of what is kept for others than before.
 * 3. What is free then is offered to all who may gain, for what they wait for and for what they gave up, and to who only
 *    may keep up to what it had: lines that come together for all of that or nothing.
 *
 * @param orders in the order in which they are served: by strategy, then by the order of service
 * @param demands lines
 * @param targets what each line is to have, by line
 * @param stock positions
 * @param pools what there is of each item
 * @param context policy and day
 * @returns moves by line
 * @internal
 */
export function moveReservations(
  orders: readonly Order[],
  demands: readonly LineDemand[],
  targets: ReadonlyMap<string, Decimal>,
  stock: readonly StockPosition[],
  pools: readonly ReconfirmPool[],
  {
    policy,
    today,
    hostRanks,
    linesTaken,
  }: Pick<ReconfirmOrdersContext, "policy" | "today" | "hostRanks" | "linesTaken">,
): MovesByLine {
  const offered = new Map<string, HeldQuantity[]>();
  for (const { demandId, confirmed, held } of demands) {
    const less = subtract(confirmed, targets.get(demandId)!);
    offered.set(demandId, isPositive(less) ? firstOf([...held].reverse(), less) : []);
  }
  const rules = policy.allocation.protection ?? [];
  const uncounted = withoutGivenUp(rules, demands, ({ demandId, lost }) => [...lost, ...offered.get(demandId)!]);
  const step = policy.redistribute.kind === "fairShare" ? policy.redistribute.policy.quantum : undefined;
  // A rule may share in finer steps than whatever is written of the goods.
  const leastDecimals = scaleOf(step ?? ZERO);
  const read = (own: readonly Order[], given: GivenUp, protection: readonly SupplyRule[]): BatchColumns =>
    batchColumns(own, withFreed(stock, given), { ...policy.allocation, protection }, today, leastDecimals);
  const batch = read(orders, offered, uncounted);
  const { columns, lines: waiting, lots, lineScale } = batch;
  const serve = (
    served: readonly Order[],
    own: BatchColumns,
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
    return takesOfWholeOrders(own, (some) => takesOf(served, some, context)).takes;
  };
  const demandOf = new Map(demands.map((demand) => [demand.demandId, demand]));
  const parties = groupedBy(demands, ({ together, demandId }) => together ?? demandId);

  const gains = Float64Array.from(columns.lineUnits, (units, line) => {
    const demand = demandOf.get(waiting[line]!.lineId);
    if (demand === undefined) return 0;
    const more = subtract(targets.get(demand.demandId)!, demand.confirmed);
    return isPositive(more) ? Math.min(units, unitsBelow(more, lineScale[line]!)) : 0;
  });
  const first = serve(orders, { ...batch, columns: { ...columns, lineUnits: gains } }, uncounted);
  const left = new Map<string, Decimal>();
  for (const lot of lots) left.set(stockKey(lot.itemCode, lot), freeQuantity(lot));
  const taken = new Map<string, HeldQuantity[]>();
  book(batch, first);

  const released = new Map<string, readonly HeldQuantity[]>();
  const keeping = keepingRoom(
    demands,
    pools,
    rules,
    (id) => offered.get(id)!,
    (id) => taken.get(id) ?? [],
  );
  for (const [unit] of parties.values()) giveUp(unit.together ?? unit.demandId);

  // What lines gave up is open again, also of one that waited for nothing before.
  const isAnyReleased = demands.some(({ demandId }) => released.get(demandId)!.length > 0);
  const counted = withoutGivenUp(rules, demands, ({ demandId, lost }) => [...lost, ...released.get(demandId)!]);
  const reopened = isAnyReleased ? orders.map((order) => withReleased(order, released)) : orders;
  const rest = isAnyReleased ? read(reopened, released, counted) : batch;
  // Goods of a customer are counted in decimals of their own.
  const scales = new Map(
    rest.lines.map((line, place) => {
      const owner = stockOwnerOf(orders[rest.lineOrder[place]!]!.header, line);
      return [JSON.stringify([line.itemCode, owner]), rest.lineScale[place]!];
    }),
  );
  const lineUnits = Float64Array.from(rest.columns.lineUnits, (units, line) => {
    const demand = demandOf.get(rest.lines[line]!.lineId);
    return demand === undefined ? 0 : Math.min(units, unitsBelow(lackOf(demand), rest.lineScale[line]!));
  });
  const lotUnits = Float64Array.from(rest.lots, (lot) =>
    unitsBelow(
      left.get(stockKey(lot.itemCode, lot)) ?? freeQuantity(lot),
      scales.get(JSON.stringify([lot.itemCode, lot.owner])) ?? 0,
    ),
  );
  const before = isAnyReleased ? takesIn(rest, batch, first) : first;
  book(rest, serve(reopened, { ...rest, columns: { ...rest.columns, lineUnits, lotUnits } }, counted, before));
  return new Map(
    demands.map(({ demandId }) => [demandId, netMoves(released.get(demandId)!, taken.get(demandId) ?? [])]),
  );

  function book(own: BatchColumns, takes: AllocationTakes): void {
    for (let take = 0; take < takes.count; take++) {
      const line = takes.line[take]!;
      const lot = own.lots[takes.lot[take]!]!;
      const { lineId } = own.lines[line]!;
      const quantity = fromUnits(takes.units[take]!, own.lineScale[line]!);
      const key = stockKey(lot.itemCode, lot);
      left.set(key, subtract(left.get(key) ?? freeQuantity(lot), quantity));
      taken.set(lineId, [...(taken.get(lineId) ?? []), { source: stockSource(lot), key, quantity }]);
    }
  }

  /** What a line may still get: all that it asks for, or what it had before, where it may not gain. */
  function lackOf({ demandId, strategy, together, quantum, awaitsDraw, ...demand }: LineDemand): Decimal {
    if (strategy === "lose") return ZERO;
    const has = subtract(
      add(demand.confirmed, placedTotal(taken.get(demandId) ?? [])),
      placedTotal(released.get(demandId)!),
    );
    if (!MAY_GAIN.has(strategy) || awaitsDraw) return subtract(demand.had, has);
    const isByRule = strategy === "redistribute" && together === undefined;
    // What the rule does not count as a step is not given afterwards either, else a second run would give more.
    if (isByRule && step !== undefined && quantum === undefined) {
      return subtract(floorToMultiple(demand.requested, step), has);
    }
    return subtract(demand.asked, has);
  }

  /** Decides what the lines of a unit give up for good; they take back what nobody wanted. */
  function giveUp(unit: string): void {
    const own = parties.get(unit)!;
    const back = new Map<string, Decimal>();
    for (const { key, quantity } of own.flatMap(({ demandId }) => offered.get(demandId)!)) {
      back.set(key, add(back.get(key) ?? ZERO, quantity));
    }
    const isAll =
      [...back].every(([key, quantity]) => compare(quantity, left.get(key) ?? quantity) <= 0) && isRoomForAll(own);
    for (const demand of own) {
      const { demandId, strategy, together, quantum } = demand;
      const places = offered.get(demandId)!;
      const mayKeep = strategy !== "lose" && (isAll || together === undefined);
      const unwanted = mayKeep ? unwantedOf(places) : ZERO;
      const kept = isAll ? unwanted : wholeSteps(minimum(unwanted, keeping.roomFor(demand) ?? unwanted), quantum);
      if (!isAll) keeping.keep(demand, kept);
      released.set(demandId, takeBack(places, kept));
    }
  }

  /** Whether caps and minimums leave room for all that the lines of a unit were to give up; it is counted then. */
  function isRoomForAll(own: readonly LineDemand[]): boolean {
    const isKept = own.findIndex((demand) => {
      const quantity = demand.strategy === "lose" ? ZERO : placedTotal(offered.get(demand.demandId)!);
      if (compare(quantity, keeping.roomFor(demand) ?? quantity) > 0) return true;
      keeping.keep(demand, quantity);
      return false;
    });
    if (isKept < 0) return true;
    for (const demand of own.slice(0, isKept)) {
      keeping.keep(demand, subtract(ZERO, placedTotal(offered.get(demand.demandId)!)));
    }
    return false;
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

/** Positions as they are when lines have given goods up. */
function withFreed(stock: readonly StockPosition[], given: GivenUp): readonly StockPosition[] {
  const freed = groupedBy([...given.values()].flat(), ({ key }) => key);
  return stock.map((position) => {
    const parts = freed.get(stockKey(position.itemCode, position));
    return parts === undefined ? position : { ...position, reserved: subtract(position.reserved, placedTotal(parts)) };
  });
}

/** Takes of a batch by the lines and lots of another, which has all of them, in its decimals. */
function takesIn(
  { lines, lots, lineScale }: BatchColumns,
  batch: BatchColumns,
  takes: AllocationTakes,
): AllocationTakes {
  const placeOf = new Map(lines.map(({ lineId }, place) => [lineId, place]));
  const lotOf = new Map(lots.map((lot, place) => [stockKey(lot.itemCode, lot), place]));
  const lineTaken = new Float64Array(lines.length);
  const line = takes.line.slice(0, takes.count).map((place) => placeOf.get(batch.lines[place]!.lineId)!);
  const lot = takes.lot.slice(0, takes.count).map((place) => {
    const position = batch.lots[place]!;
    return lotOf.get(stockKey(position.itemCode, position))!;
  });
  const units = Float64Array.from(line, (place, take) => {
    const own = takes.units[take]! * 10 ** (lineScale[place]! - batch.lineScale[takes.line[take]!]!);
    lineTaken[place]! += own;
    return own;
  });
  return { count: takes.count, line, lot, units, lineTaken, lineOffered: lineTaken };
}

const MAY_GAIN: ReadonlySet<LineDemand["strategy"]> = new Set(["win", "gain", "improve", "redistribute"]);

function unitsBelow(quantity: Decimal, scale: number): number {
  if (compare(quantity, ZERO) <= 0) return 0;
  const finest = Math.max(scale, scaleOf(quantity));
  return clampUnits(toUnits(quantity, finest) / 10n ** BigInt(finest - scale));
}
