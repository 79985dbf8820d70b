import type { CalendarDay } from "../core/calendar-day.js";
import type { WarehouseId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { AllocationTakes } from "./allocation-columns.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import type { BatchColumns } from "./batch-columns.js";
import type { LineShares } from "./fair-share/line-shares.js";
import { groupedBy } from "../core/grouped-by.js";
import { comesAsWhole } from "../lifecycle/together-in.js";
import { incompleteUnits, type IncompleteUnit } from "./in-the-way.js";
import { noteKeptBack, type KeptBack } from "./kept-back.js";
import { lineServer, type LineServer, type ServiceUnit } from "./line-server.js";
import { askedWarehouses, nearnessTable } from "./nearness-table.js";
import type { CallAnswer, ServeCall } from "./order-call.js";
import { serveByRank, type HostRanks } from "./sourcing/serve-by-rank.js";
import { serveFromChosen } from "./sourcing/serve-from-chosen.js";
import { serveWholeOrder } from "./sourcing/serve-whole-order.js";
import type { WarehouseLines } from "./sourcing/warehouse-policy.js";
import { stockDesk } from "./stock-desk.js";
import { supplyGuard, type HeldBack } from "./supply-guard.js";

/** What serving a batch looks at besides its columns. */
export interface ServingContext {
  /** How stock is given to orders. */
  readonly policy: AllocationPolicy;
  /**
   * Functions of the host that rank warehouses, by name. Each must answer the same for the same order. What one throws comes out
   * unchanged where the operation was called, and nothing is done.
   */
  readonly hostRanks?: HostRanks;
  /** Today in the seller's calendar: the day on which goods are to leave, for the cut-offs of warehouses. */
  readonly today: CalendarDay;
  /** Lines that warehouses have taken on for the day before the run, each warehouse once. None when absent. */
  readonly linesTaken?: readonly WarehouseLines[];
  /** What the same lines took in a round before; their lines count with those of the day. */
  readonly before?: AllocationTakes;
}

/** What was taken, and what stood against it. */
export interface ServedTakes extends AllocationTakes {
  /** What kept each line from stock that was there: one of {@link BARS}, 0 for nothing. */
  readonly lineBar?: Uint8Array;
  /**
   * For lines that got nothing since not all that must come with them can be had: those that stand in the way, shared by all
   * lines of a unit.
   */
  readonly inTheWay?: ReadonlyMap<number, readonly number[]>;
  /** Lines of units for which the search for lots ended before it knew whether all of them can be complete. */
  readonly undecided?: ReadonlyMap<number, true>;
  /** How each line was sourced, by its position; absent for those that just asked the nearest. */
  readonly sources?: ReadonlyMap<number, LineSources>;
  /** What caps and minimums of customer groups kept from lines, by their positions; absent where nothing is under them. */
  readonly held?: ReadonlyMap<number, HeldBack>;
  /** What lines may take; absent when nothing was shared out. */
  readonly shares?: LineShares;
}

/** How a line was sourced. */
interface LineSources extends Pick<CallAnswer, "sourcing"> {
  /** Warehouses that were asked, the first asked first; as its area has them when absent. */
  readonly warehouseIds?: readonly WarehouseId[];
}

/** Marks of {@link ServedTakes.lineBar}: others of its group, the limits of sourcing, or that it comes in full or not at all. */
export const BARS = { group: 1, limits: 2, inFull: 3 } as const;

/**
 * Serves a batch order by order, so that an order or a group of its lines can be tried and its takes put back.
 *
 * **Rules**
 * 1. Orders are called in the order of service. Lines are served by their numbers; a group stands where its first line
 *    does. Where not all of it is served so, those of its lines go first that have the fewest lots to choose from; where that does not
 *    do either, lots are looked for that complete all lines at once. Such a group is incomplete only when it cannot be
 *    complete, or after 100,000 looks at a lot for a line without an answer, which its reasons say then.
 * 2. A group that cannot be complete takes nothing, and what it was offered is there for all that come after. One pass is
 *    enough: who came before a group took without regard to it, and who comes after sees its stock as if the group were
 *    not there, so serving all again without it changes nothing.
 * 3. Where `allocateColumns` can serve a batch, the takes are the same; an order that was deferred as a whole takes there
 *    whatever is left, and is left out afterwards.
 *
 * @param orders in the order of service
 * @returns the takes. n log n in lines, lots and takes, but for lines that may take only some lots. A line that names a
 *   lot looks at each place of that number; one whose temperature the bins decide, or that may not have some lot, at all
 *   lots of its item. So does a line that some lots live too short for where bins depend on how much is wanted. A line of one
 *   lot looks at all places of the lot that it takes where some warehouse has such bins; where some lots live too short for it, at
 *   each number whose places differ in life, and, unless lots are taken by their expiry, in the worst case at all numbers.
 */
export function serveOrders(orders: readonly Order[], batch: BatchColumns, context: ServingContext): ServedTakes {
  const { policy } = context;
  const { lineOrder, columns } = batch;
  const desk = stockDesk(columns);
  const guard = supplyGuard(orders, batch, policy.protection ?? [], desk, context.before);
  const bare = lineServer(batch, desk, policy, guard, context.before);
  const kept = guard === undefined ? undefined : noteKeptBack(bare, guard, columns.lineItem);
  const server = kept?.server ?? bare;
  const near = nearnessTable(askedWarehouses(policy.sourcing));
  const numbersOf = near.warehousesByArea;
  const serve = serverFor(orders, context, batch, server);

  const lineOffered = new Float64Array(lineOrder.length);
  const lineBar = new Uint8Array(lineOrder.length);
  const sources = new Map<number, LineSources>();
  const held = new Map<number, HeldBack>();
  const inTheWay = new Map<number, readonly number[]>();
  const undecided = new Map<number, true>();
  const isWhole = wantsOneWarehouse(policy.sourcing);
  const idOf = [...near.warehouseNumbers.keys()];
  for (const [position, lines] of groupedBy([...lineOrder.keys()], (line) => lineOrder[line]!)) {
    if (batch.outOfRange.has(position)) continue;
    const order = orders[position]!;
    const area = columns.lineArea[lines[0]]!;
    const units = unitsOf(order, lines, batch);
    const since = desk.mark();
    const answer = serve({ order, area, units });
    const warehousesOf = (line: number) => (answer.byLine?.get(line) ?? answer).warehouses ?? numbersOf[area]!;
    const { lineItem } = columns;
    const { couldHave } = answer;
    const incomplete = incompleteUnits({ units, since, server: bare, lineItem, warehousesOf, couldHave, kept });
    for (const unit of units) {
      for (const line of unit.lines) {
        const { warehouses, sourcing } = answer.byLine?.get(line) ?? answer;
        const warehouseIds = warehouses?.map((warehouse) => idOf[warehouse]!);
        if (sourcing !== undefined) {
          sources.set(line, { sourcing, ...(warehouseIds === undefined ? {} : { warehouseIds }) });
        }
        const taken = server.desk.takenBy(line);
        const offered = answer.offered?.get(line) ?? taken + server.offeredTo(line, warehousesOf(line));
        lineOffered[line] = Math.min(offered, columns.lineUnits[line]!);
        if (taken > 0 || offered === 0 || incomplete.has(unit)) continue;
        if (server.keptOf(line, lineOffered[line]) > 0) lineBar[line] = BARS.limits;
      }
      const why = incomplete.get(unit);
      if (why !== undefined) noteIncomplete(unit, why);
      else if (kept !== undefined) for (const [line, own] of heldOf(kept, unit, answer, area)) held.set(line, own);
    }
    if (isWhole && couldHave !== undefined && desk.mark() === since) noteWholeOrder(units, couldHave);
  }
  return { ...desk.takes(), lineOffered, lineBar, inTheWay, undecided, sources, held };

  function noteIncomplete({ lines }: ServiceUnit, why: IncompleteUnit): void {
    if (lines.some(server.isUndecided)) for (const line of lines) undecided.set(line, true);
    for (const line of lines) {
      const offered = why.offered.get(line);
      lineOffered[line] = offered ?? columns.lineUnits[line]!;
      if (offered !== undefined) lineBar[line] = offered > 0 ? BARS.inFull : 0;
      else if (server.targetOf(line) > 0) {
        const isLimited = why.limited.has(line) || why.inTheWay.length === 0;
        lineBar[line] = isLimited ? BARS.limits : BARS.group;
      }
      inTheWay.set(line, why.inTheWay);
    }
    for (const [line, own] of why.held) held.set(line, own);
  }

  /** Where no one warehouse has all of an order: lines that none has enough of are why the others get nothing. */
  function noteWholeOrder(units: readonly ServiceUnit[], couldHave: (line: number) => boolean): void {
    const lines = units.flatMap((unit) => unit.lines);
    const lacking = lines.filter((line) => server.isUnknown(line) || (server.canTakePart(line) && !couldHave(line)));
    lacking.sort((a, b) => a - b);
    for (const line of lines) if (lineBar[line] === BARS.limits) inTheWay.set(line, lacking);
  }

  /** What was kept from the lines of a unit: at their turn, or as things stand where they had more than one. */
  function heldOf(kept: KeptBack, unit: ServiceUnit, answer: CallAnswer, area: number) {
    const [first] = unit.lines;
    if (answer.offered?.has(first!) === true)
      return unit.lines.flatMap((line) => {
        const why = kept.atTurn(line);
        return why === undefined ? [] : [[line, why] as const];
      });
    // Where one warehouse has to have all of an order, what is not enough for a line is of no use to it.
    const isInFull = isWhole && unit.lines.every((line) => desk.takenBy(line) === 0);
    const { warehouses } = answer.byLine?.get(first!) ?? answer;
    return kept.now({ ...unit, isTogether: unit.isTogether || isInFull }, warehouses ?? numbersOf[area]!);
  }
}

/** Whether an order is to come from one warehouse as a whole, so that what is not enough for all of it is not used. */
function wantsOneWarehouse(sourcing: AllocationPolicy["sourcing"]): boolean {
  return (
    sourcing.kind === "wholeOrderFromOne" || (sourcing.kind === "chosen" && sourcing.strategy.kind === "wholeFromOne")
  );
}

function serverFor(
  orders: readonly Order[],
  context: ServingContext,
  batch: BatchColumns,
  server: LineServer,
): ServeCall {
  const { sourcing } = context.policy;
  const near = nearnessTable(askedWarehouses(sourcing));
  switch (sourcing.kind) {
    case "nearest":
      return ({ units, area }) => {
        const offered = new Map<number, number>();
        for (const unit of units) {
          const each = server.serve(unit, near.warehousesByArea[area]!);
          for (const [place, line] of unit.lines.entries()) offered.set(line, each[place]!);
        }
        return { offered };
      };
    case "ranked":
      return serveByRank(sourcing, batch, server, context.hostRanks ?? {});
    case "wholeOrderFromOne":
      return serveWholeOrder(sourcing, server, (area) => near.warehousesByArea[area]!, near.warehouseNumbers);
    case "chosen":
      return serveFromChosen(sourcing, batch, server, near.warehouseNumbers, { ...context, orders });
  }
}

/** Lines of an order that are served together, in the order in which they are served. */
function unitsOf(order: Order, lines: readonly number[], batch: BatchColumns): ServiceUnit[] {
  if (comesAsWhole(order)) return [{ lines, isTogether: true }];
  const groups = groupedBy(lines, (line) => batch.lines[line]!.deliveryGroup ?? line);
  return [...groups].map(([group, members]) => ({ lines: members, isTogether: typeof group === "string" }));
}
