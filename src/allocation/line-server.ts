import type { AllocationTakes } from "./allocation-columns.js";
import type { BatchColumns } from "./batch-columns.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import { choosiestFirst } from "./choosiest-first.js";
import { lotFinder } from "./lot-finder.js";
import { pickChanging } from "./pick-changing.js";
import type { Quota } from "./quota.js";
import type { StockDesk } from "./stock-desk.js";
import type { SupplyGuard } from "./supply-guard.js";
import { takeForGroup } from "./take-for-group.js";

/** Lines that are served as one: together or not at all, or a line by itself. */
export interface ServiceUnit {
  /** Positions of the lines. */
  readonly lines: readonly number[];
  /** Whether all of them get what they want or none gets anything. */
  readonly isTogether: boolean;
}

/** Serves lines at a desk of stock. */
export interface LineServer {
  /** The desk. */
  readonly desk: StockDesk;
  /** Units that a line may take in a warehouse: free, and neither beyond its group's cap nor kept for other groups. */
  readonly freeFor: (line: number, warehouse: number) => number;
  /** Units that a line may still take of its item wherever they lie, as far as caps and minimums of groups go. */
  readonly leftFor: (line: number) => number;
  /** Units that are free for a line in these warehouses, whether or not caps and minimums of groups let it take them. */
  readonly reachOf: (line: number, warehouses: readonly number[]) => number;
  /** Units that a line is offered in these warehouses, up to what it still wants. */
  readonly offeredTo: (line: number, warehouses: readonly number[]) => number;
  /**
   * What lines would take in a warehouse one after the other, each as it keeps of what it is offered then; all is put back.
   *
   * @returns units of each line, by its place
   */
  readonly triedInTurn: (
    lines: readonly number[],
    warehouse: number,
    keeps: (line: number, offered: number) => number,
  ) => readonly number[];
  /** What a line gets when it gets all that it still wants, as far as its step allows. */
  readonly targetOf: (line: number) => number;
  /** What a line keeps of what it is offered. */
  readonly keptOf: (line: number, offered: number) => number;
  /** Whether all of a line must come from one lot. */
  readonly isOneLot: (line: number) => boolean;
  /** Whether a line can take part at all: no hold, and a stock record of its item. */
  readonly canTakePart: (line: number) => boolean;
  /** Whether there is enough for lines of one item beside each other, were they served now. */
  readonly hasForAll: (lines: readonly number[], warehouses: readonly number[]) => boolean;
  /** Whether a search for lots for a line and those of its group ended before it knew the answer. */
  readonly isUndecided: (line: number) => boolean;
  /** Whether a line that nothing holds has no stock record at all. */
  readonly isUnknown: (line: number) => boolean;
  /**
   * Serves a unit from warehouses in their order.
   *
   * @returns units that each line was offered at its turn, up to what it wants; by its place in the unit
   */
  readonly serve: (unit: ServiceUnit, warehouses: readonly number[], quota?: Quota) => readonly number[];
}

/** Serves the lines of a batch. */
export function lineServer(
  batch: BatchColumns,
  desk: StockDesk,
  policy: AllocationPolicy,
  guard?: SupplyGuard,
  before?: AllocationTakes,
): LineServer {
  const { columns, lineHeld } = batch;
  const { lineItem, lineUnits, lineExpiry, lineQuantum, lineAllOrNothing } = columns;
  const dayOf = (line: number): number => lineExpiry?.[line] ?? 0;
  const finder = lotFinder(batch, desk, policy, before);
  const changing = pickChanging(batch, desk);

  const wantedBy = (line: number): number => lineUnits[line]! - desk.takenBy(line);
  const canTakePart = (line: number): boolean => lineItem[line]! >= 0;
  const keptOf = (line: number, offered: number): number => {
    const quantum = lineQuantum?.[line] ?? 0;
    const kept = quantum > 0 ? offered - (offered % quantum) : offered;
    return lineAllOrNothing?.[line] === 1 && kept < targetOf(line) ? 0 : kept;
  };
  const targetOf = (line: number): number => {
    const quantum = lineQuantum?.[line] ?? 0;
    const wanted = wantedBy(line);
    return quantum > 0 ? wanted - (wanted % quantum) : wanted;
  };
  const leftFor = (line: number): number => guard?.leftFor(line) ?? Infinity;
  const stockFor = (line: number, warehouse: number): number => {
    if (!canTakePart(line) || batch.eligibility?.mayServe(line, warehouse) === false) return 0;
    if (finder.isChoosy(line)) return finder.freeFor(line, warehouse);
    const queue = desk.queueOf(lineItem[line]!, warehouse);
    return queue < 0 ? 0 : desk.free(queue, dayOf(line));
  };
  const freeFor = (line: number, warehouse: number): number => {
    const free = stockFor(line, warehouse);
    return guard === undefined || free === 0 ? free : Math.min(free, guard.leftFor(line));
  };
  const mayGive = (line: number, warehouse: number, quota?: Quota): number =>
    Math.min(freeFor(line, warehouse), quota?.left(line, warehouse) ?? Infinity);
  const offeredTo = (line: number, warehouses: readonly number[], quota?: Quota): number => {
    const parts = warehouses.map((warehouse) => mayGive(line, warehouse, quota));
    return Math.min(together(line, parts), wantedBy(line), leftFor(line));
  };
  /** A line of one lot takes from one place, so what lies elsewhere does not add up. */
  const together = (line: number, parts: readonly number[]): number => {
    const isOne = finder.isOneLot(line);
    return parts.reduce((total, part) => (isOne ? Math.max(total, part) : total + part), 0);
  };
  const reachOf = (line: number, warehouses: readonly number[]): number =>
    together(
      line,
      warehouses.map((warehouse) => stockFor(line, warehouse)),
    );

  const takeFrom = (line: number, warehouse: number, wanted: number): void => {
    const queue = desk.queueOf(lineItem[line]!, warehouse);
    const lots = finder.isChoosy(line) ? finder.lotsFor(line, warehouse, wanted) : undefined;
    if (changing?.isAt(warehouse) === true) {
      const livesLongEnough = desk.free(queue, dayOf(line)) === desk.free(queue, 0);
      if (lots === undefined && livesLongEnough) changing.pickFromAll(line, queue, wanted);
      else changing.pick(line, lots ?? finder.allLots(line, warehouse), wanted);
      return;
    }
    let need = wanted;
    const give = (lot: number): void => {
      const units = Math.min(need, desk.shelf.left[lot]!);
      if (units > 0) desk.take(line, lot, units);
      need -= units;
    };
    if (lots !== undefined) {
      for (const lot of lots) give(lot);
      return;
    }
    const day = dayOf(line);
    for (let lot = desk.next(queue, desk.first(queue), day); lot >= 0 && need > 0;) {
      give(lot);
      if (need > 0) lot = desk.next(queue, lot + 1, day);
    }
  };

  /** Takes what the line is to get; from the first warehouse that has it where all must come from one lot. */
  const takeFor = (line: number, units: number, warehouses: readonly number[], quota?: Quota): void => {
    const isOne = finder.isOneLot(line);
    let need = units;
    for (const warehouse of warehouses) {
      if (need === 0) return;
      const part = Math.min(need, mayGive(line, warehouse, quota));
      if (part === 0 || (isOne && part < need)) continue;
      takeFrom(line, warehouse, part);
      quota?.use(line, warehouse, part);
      need -= part;
    }
  };

  const undecided = new Set<number>();
  const onEnded = (lines: readonly number[]): void => {
    for (const line of lines) undecided.add(line);
  };
  const takeAtOnce = takeForGroup({ batch, desk, finder, targetOf, leftFor, onEnded });

  const serve: LineServer["serve"] = ({ lines, isTogether }, warehouses, quota) => {
    if (!isTogether) {
      return lines.map((line) => {
        const offered = canTakePart(line) ? offeredTo(line, warehouses, quota) : 0;
        takeFor(line, keptOf(line, offered), warehouses, quota);
        return offered;
      });
    }
    const offered = lines.map((line) => offeredTo(line, warehouses, quota));
    if (!couldBeComplete(lines, offered, warehouses)) return offered;
    let atTurn = takeAll(lines, warehouses, quota);
    if (atTurn === undefined) {
      // Where they stand in each other's way by their numbers, those go first that have the least to choose from.
      const inTurn = choosiestFirst(batch, lines, finder.isOneLot);
      if (inTurn.some((line, place) => line !== lines[place])) atTurn = takeAll(inTurn, warehouses, quota);
    }
    if (atTurn === undefined) takeAtOnce(lines, warehouses, quota);
    return atTurn === undefined ? offered : lines.map((line) => atTurn.get(line)!);
  };

  /** Takes for all lines in turn what they want, or nothing; tells what each was offered at its turn, if they took. */
  const takeAll = (
    lines: readonly number[],
    warehouses: readonly number[],
    quota?: Quota,
  ): ReadonlyMap<number, number> | undefined => {
    const mark = desk.mark();
    const uses: [line: number, warehouse: number, units: number][] = [];
    const noted: Quota | undefined = quota && {
      left: quota.left,
      use: (...use) => {
        quota.use(...use);
        uses.push(use);
      },
    };
    const atTurn = new Map<number, number>();
    for (const line of lines) {
      const offered = offeredTo(line, warehouses, quota);
      atTurn.set(line, offered);
      // What a step leaves of a part that was taken is no sign that all was.
      const due = desk.takenBy(line) + targetOf(line);
      takeFor(line, Math.min(offered, targetOf(line)), warehouses, noted);
      if (desk.takenBy(line) < due) {
        desk.undo(mark);
        for (const [taker, warehouse, units] of uses) quota?.use(taker, warehouse, -units);
        return undefined;
      }
    }
    return atTurn;
  };

  /** Looks at sums alone, so that a group that cannot be complete costs no walk over lots. */
  const couldBeComplete = (
    lines: readonly number[],
    offered: readonly number[],
    warehouses: readonly number[],
  ): boolean => {
    if (lines.some((line, place) => !canTakePart(line) || offered[place]! < targetOf(line))) return false;
    const wanted = new Map<number, number>();
    for (const line of lines) wanted.set(lineItem[line]!, (wanted.get(lineItem[line]!) ?? 0) + targetOf(line));
    return [...wanted].every(([item, units]) => {
      const queues = warehouses.map((warehouse) => desk.queueOf(item, warehouse)).filter((queue) => queue >= 0);
      return queues.reduce((total, queue) => total + desk.free(queue, 0), 0) >= units;
    });
  };

  const hasForAll: LineServer["hasForAll"] = (lines, warehouses) => {
    const [first] = lines as readonly [number];
    const wishOf = (line: number): number => batch.eligibility?.wishOf(line) ?? 0;
    // Lines that may take the same lots need no walk over them: sums decide.
    const isSame = (line: number): boolean =>
      !finder.isChoosy(line) && dayOf(line) === dayOf(first) && wishOf(line) === wishOf(first);
    if (lines.every(isSame)) {
      const wanted = lines.reduce((total, line) => total + targetOf(line), 0);
      return wanted <= Math.min(reachOf(first, warehouses), leftFor(first));
    }
    const mark = desk.mark();
    serve({ lines, isTogether: true }, warehouses);
    const isServed = lines.every((line) => targetOf(line) === 0);
    desk.undo(mark);
    return isServed;
  };

  const triedInTurn: LineServer["triedInTurn"] = (lines, warehouse, keeps) => {
    const mark = desk.mark();
    const tried = lines.map((line, place) => {
      const units = keeps(line, offeredTo(line, [warehouse]));
      // What the last one takes nobody asks for any more.
      if (units > 0 && place < lines.length - 1) takeFor(line, units, [warehouse]);
      return units;
    });
    desk.undo(mark);
    return tried;
  };

  const isUnknown = (line: number): boolean => !canTakePart(line) && lineHeld[line] !== 1;
  return {
    desk,
    freeFor,
    leftFor,
    reachOf,
    offeredTo,
    triedInTurn,
    targetOf,
    keptOf,
    isOneLot: finder.isOneLot,
    canTakePart,
    hasForAll,
    isUndecided: (line) => undecided.has(line),
    isUnknown,
    serve,
  };
}
