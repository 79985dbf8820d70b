import { clampUnits } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import type { AllocationColumns, AllocationTakes } from "../allocation-columns.js";
import { groupsSharing } from "../partition-batch.js";
import { SHARE_MARKS, type LineShares } from "./line-shares.js";
import { ruledShares } from "./ruled-shares.js";
import type { ScarceItem } from "./scarce-items.js";
import type { UnitsOfLines } from "./units-of-lines.js";

/** Shares of the lines of a batch, as they change while units give up what they cannot complete. @internal */
interface SharingBoard {
  /** Shares all out until every unit has shares for all of its lines or for none. */
  readonly settle: () => LineShares;
  /** Whether the item of a line is shared out. */
  readonly isScarce: (line: number) => boolean;
  /** What a line must get for its unit to be complete; its least where it is alone. */
  readonly needOf: (line: number) => number;
  /** Whether a line is offered what is left in the end; not if it would then get less than its least. */
  readonly isOfferedMore: (line: number) => boolean;
  /** Puts units out that could not take what they have shares for, and names them. */
  readonly giveUp: (takes: Pick<AllocationTakes, "lineTaken">) => readonly GivingUp[];
}

/** A unit that could not take what it had shares for. @internal */
export interface GivingUp {
  /** Its lines. */
  readonly lines: readonly number[];
  /** Those of them that took less than they need. */
  readonly lacking: readonly number[];
}

/** Rounds in which units make room for each other. */
const MOST_ROUNDS = 40;

/** Lines that get what they need each, or nothing at all. */
interface SharingUnit {
  /** Lines. */
  readonly lines: readonly number[];
  /** Whether they must come in full; else a single line that must get its least. */
  readonly isWhole: boolean;
}

/**
 * Opens the board.
 *
 * @param columns of the batch
 * @param scarce items that are shared out
 * @param together lines that come in full or not at all
 * @returns the board
 * @internal
 */
export function sharingBoard(
  columns: AllocationColumns,
  scarce: readonly ScarceItem[],
  together: UnitsOfLines,
): SharingBoard {
  const { lineItem, lineUnits, lineQuantum } = columns;
  const count = lineItem.length;
  const itemOf = new Int32Array(count).fill(-1);
  const leastOf = new Float64Array(count);
  for (const [item, { lines, least }] of scarce.entries()) {
    for (const line of lines) {
      itemOf[line] = item;
      leastOf[line] = clampUnits(least);
    }
  }
  const stepOf = (line: number): number => Math.max(1, lineQuantum?.[line] ?? 0);
  const isScarce = (line: number): boolean => itemOf[line]! >= 0;
  const units = sharingUnits();
  const unitOf = new Int32Array(count).fill(-1);
  for (const [unit, { lines }] of units.entries()) for (const line of lines) unitOf[line] = unit;
  const needOf = (line: number): number => {
    if (together.unitOf[line]! < 0) return leastOf[line]!;
    return lineUnits[line]! - (lineUnits[line]! % stepOf(line));
  };
  /** Whether a line that must come in full is less than the least that is given. */
  const isTooSmall = (line: number): boolean => needOf(line) > 0 && needOf(line) < leastOf[line]!;

  // Units that want nothing in common do not see each other: else what else is in the batch would change who gives up.
  const parts = groupsSharing(
    units.map(({ lines }) => lines.map((line) => lineItem[line]!).filter((item) => item >= 0)),
  );
  const partOf = new Int32Array(units.length);
  for (const [part, members] of parts.entries()) for (const unit of members) partOf[unit] = part;
  const rounds = new Int32Array(parts.length);
  const out = new Set<number>();
  const barred = new Set<number>();
  for (const [unit, { lines }] of units.entries()) {
    if (lines.some(isTooSmall)) barred.add(unit);
    // A line alone gets nothing by its own claim; with others it must not claim what none of them can have.
    if ((barred.has(unit) && lines.length > 1) || lines.some((line) => lineItem[line]! < 0)) out.add(unit);
  }
  const shareOf = new Float64Array(count).fill(-1);
  const isCut = new Uint8Array(count);
  shareItems(scarce.keys());

  return {
    isScarce,
    needOf,
    settle: () => {
      for (;;) {
        const broken = unitsWhere((unit, { lines }) => {
          const own = lines.filter(isScarce);
          return !out.has(unit) && !hasShares(unit) && own.some((line) => shareOf[line]! > 0);
        });
        if (broken.length === 0) break;
        putOut(broken);
      }
      const most = shareOf.map((_, line) => mostOf(line));
      return { most, marks: Uint8Array.from(most, (units, line) => markOf(line, units)) };
    },
    isOfferedMore: (line) => {
      const unit = unitOf[line]!;
      if (unit < 0) return isScarce(line);
      return units[unit]!.isWhole ? !barred.has(unit) : hasShares(unit);
    },
    giveUp: ({ lineTaken }) => {
      const isLacking = (line: number): boolean => lineTaken[line]! < needOf(line);
      const broken = unitsWhere((unit, { lines }) => hasShares(unit) && lines.some(isLacking));
      putOut(broken);
      return broken.map((unit) => ({ lines: units[unit]!.lines, lacking: units[unit]!.lines.filter(isLacking) }));
    },
  };

  function sharingUnits(): SharingUnit[] {
    const whole = together.units.filter((lines) => lines.some(isScarce));
    const single = scarce.flatMap(({ lines, least }) =>
      least > 0n ? lines.filter((line) => together.unitOf[line]! < 0) : [],
    );
    return [
      ...whole.map((lines) => ({ lines, isWhole: true })),
      ...single.map((line) => ({ lines: [line], isWhole: false })),
    ].sort((a, b) => a.lines[0]! - b.lines[0]!);
  }

  function unitsWhere(holds: (unit: number, own: SharingUnit) => boolean): number[] {
    return [...units.keys()].filter((unit) => holds(unit, units[unit]!));
  }

  /** Whether a unit is in and has shares for all of its lines. */
  function hasShares(unit: number): boolean {
    return !out.has(unit) && units[unit]!.lines.every((line) => !isScarce(line) || shareOf[line]! >= needOf(line));
  }

  function shareItems(items: Iterable<number>): void {
    for (const item of items) {
      const { lines, claims, available, rule, rules } = scarce[item]!;
      const kept = [...lines.keys()].filter((index) => !out.has(unitOf[lines[index]!]!));
      const own = kept.map((index) => claims[index]!);
      const parts = ruledShares(own, available, rule, rules);
      for (const line of lines) shareOf[line] = 0;
      for (const [place, index] of kept.entries()) shareOf[lines[index]!] = clampUnits(parts[place]!);
    }
  }

  /**
   * Puts out that half of units that is served last, of those that want something in common, and shares out anew what they
   * had. After many rounds all of them go, and all that lack something with them: else each might make room for the next
   * one that cannot be complete either.
   */
  function putOut(broken: readonly number[]): void {
    const late = new Set<number>();
    const lacking: number[] = [];
    for (const [part, members] of groupedBy(broken, (unit) => partOf[unit]!)) {
      rounds[part]!++;
      if (rounds[part]! > MOST_ROUNDS) late.add(part);
      lacking.push(...(late.has(part) ? members : members.slice(Math.floor(members.length / 2))));
    }
    if (late.size > 0)
      lacking.push(
        ...unitsWhere((unit, { isWhole }) => late.has(partOf[unit]!) && isWhole && !out.has(unit) && !hasShares(unit)),
      );
    const items = new Set<number>();
    for (const unit of lacking) {
      out.add(unit);
      for (const line of units[unit]!.lines.filter(isScarce)) {
        items.add(itemOf[line]!);
        if (shareOf[line]! < needOf(line)) isCut[line] = 1;
      }
    }
    shareItems(items);
  }

  function mostOf(line: number): number {
    const unit = unitOf[line]!;
    return unit < 0 || hasShares(unit) ? shareOf[line]! : 0;
  }

  function markOf(line: number, most: number): number {
    const unit = unitOf[line]!;
    const lacks = isScarce(line) && lineUnits[line]! - most >= stepOf(line);
    if (unit < 0 || hasShares(unit)) return lacks ? SHARE_MARKS.cut : SHARE_MARKS.none;
    if (!units[unit]!.isWhole || isTooSmall(line)) return SHARE_MARKS.belowMinimum;
    const isShort = isScarce(line) && (isCut[line] === 1 || (!out.has(unit) && shareOf[line]! < needOf(line)));
    return isShort ? SHARE_MARKS.cut : SHARE_MARKS.none;
  }
}
