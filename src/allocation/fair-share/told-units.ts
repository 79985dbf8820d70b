import { BARS, type ServedTakes } from "../serve-orders.js";
import { SHARE_MARKS, type LineShares } from "./line-shares.js";
import type { GivingUp } from "./sharing-board.js";

/** A unit that gave up its shares, and the takes that showed that it had to. @internal */
export interface GivenUp extends GivingUp {
  /** Takes of that round. */
  readonly takes: ServedTakes;
}

/** What is looked at to tell lines that come together why they get nothing. */
interface SharedUnits {
  /** Takes of all rounds. */
  readonly takes: ServedTakes;
  /** Takes of the round in which what was left was offered again. */
  readonly last: ServedTakes;
  /** What lines may take. */
  readonly shares: LineShares;
  /** Lines that come in full or not at all. */
  readonly units: readonly (readonly number[])[];
  /** Units that gave up. */
  readonly givenUp: readonly GivenUp[];
  /** Item of each line; below zero for one that takes no part. */
  readonly lineItem: Int32Array;
  /** Whether an item of the line is shared out. */
  readonly isScarce: (line: number) => boolean;
  /** What a line must get at least for its unit to be complete. */
  readonly needOf: (line: number) => number;
}

/**
 * Tells lines that come together, and get nothing where items are shared out, which of them stand in the way.
 *
 * **Rules**
 * 1. A line stands in the way whose share is less than it needs, or than the least that is given.
 * 2. Where the unit had shares for all and could not take them, those do that could not be had then.
 * 3. So does a line whose item is not shared out and that could not be had in the end.
 *
 * @returns the takes with what they tell. Linear in the lines of the units.
 * @internal
 */
export function toldUnits({ takes, last, shares, units, givenUp, ...facts }: SharedUnits): ServedTakes {
  const { lineItem, isScarce, needOf } = facts;
  const isMissing = (line: number): boolean => lineItem[line]! < 0 || takes.lineTaken[line]! < needOf(line);
  const isShared = (lines: readonly number[]): boolean => lines.some(isScarce);
  // Units that do not share in anything are told already, where orders were served one by one.
  const isOpen = (lines: readonly number[]): boolean => takes.inTheWay === undefined || isShared(lines);
  const incomplete = units.filter((lines) => isOpen(lines) && lines.some(isMissing));
  if (incomplete.length === 0) return takes;
  const gaveUp = new Map(givenUp.map((unit) => [unit.lines[0]!, unit]));
  const lineBar = takes.lineBar?.slice() ?? new Uint8Array(lineItem.length);
  const lineOffered = takes.lineOffered.slice();
  const inTheWay = new Map(takes.inTheWay);
  const held = new Map(takes.held);
  const undecided = new Map(takes.undecided);
  for (const lines of incomplete) {
    const own = gaveUp.get(lines[0]!);
    const isByShare = (line: number): boolean => shares.marks[line] !== SHARE_MARKS.none;
    const source = own?.takes ?? (isShared(lines) ? last : takes);
    const named = new Set(own === undefined ? last.inTheWay?.get(lines[0]!) : wayOf(own));
    const isNamed = (line: number): boolean => named.has(line) && (own !== undefined || !isScarce(line));
    const found = lines.filter((line) => isByShare(line) || isNamed(line) || lineItem[line]! < 0);
    // What gave up since limits alone stood against it names none; in all other cases something was missing.
    const others = (): readonly number[] =>
      lines.filter((line) => (named.size > 0 ? named.has(line) : isMissing(line)));
    const lacking = own === undefined && found.length === 0 ? others() : found;
    const isInTheWay = new Set(lacking);
    for (const line of lines) {
      inTheWay.set(line, lacking);
      // Whose share is too little would not have come whatever the search found.
      if (source.undecided?.has(line) === true && !lines.some(isByShare)) undecided.set(line, true);
      else undecided.delete(line);
      if (isByShare(line)) continue;
      lineBar[line] = source.lineBar?.[line] ?? 0;
      lineOffered[line] = source.lineOffered[line]!;
      if (!isInTheWay.has(line)) {
        held.delete(line);
        if (needOf(line) > 0) lineBar[line] = lacking.length === 0 ? BARS.limits : BARS.group;
      } else if (source.lineBar === undefined && lineOffered[line] > 0) lineBar[line] = BARS.inFull;
    }
  }
  return { ...takes, lineBar, lineOffered, inTheWay, undecided, held };
}

/** Lines that stood in the way when a unit gave up. */
function wayOf({ lines, lacking, takes }: GivenUp): readonly number[] {
  return takes.inTheWay?.get(lines[0]!) ?? lacking;
}
