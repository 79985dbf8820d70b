import { compare, scaleOf, toSafeUnits, type Decimal } from "../core/decimal.js";

/** What a key compares. */
export type KeyValue = string | number | undefined;

/** What one key of the chain reads from all orders, by their positions, and how it ranks them. */
export interface KeyColumn {
  /** Values. */
  readonly values: readonly KeyValue[];
  /** `ascending` puts the smaller value first. */
  readonly direction: "ascending" | "descending";
  /** Where those without a value stand. Default `last`. */
  readonly nulls?: "first" | "last";
  /** Whether a value is smaller than another; numbers by size and texts by their code units when absent. */
  readonly isSmaller?: (left: string | number, right: string | number) => boolean;
}

/** Compares two positions. */
export type Comparison = (a: number, b: number) => number;

/** Compares positions by a column. */
export function byColumn({ values, direction, nulls = "last", isSmaller }: KeyColumn): Comparison {
  const before = direction === "ascending" ? -1 : 1;
  const withoutValue = nulls === "last" ? 1 : -1;
  return (a, b) => {
    const left = values[a];
    const right = values[b];
    if (left === right) return 0;
    if (left === undefined) return withoutValue;
    if (right === undefined) return -withoutValue;
    return (isSmaller === undefined ? left < right : isSmaller(left, right)) ? before : -before;
  };
}

/**
 * Sorts positions by columns, the first one first. The leading columns are packed into one number for each position as
 * far as numbers are exact, since sorting numbers needs no comparison; what these leave equal is compared.
 *
 * @param last columns that end every chain, read for some positions: only those that the others leave equal are asked
 */
export function sortedByColumns(
  count: number,
  columns: readonly KeyColumn[],
  last: (positions: readonly number[]) => readonly KeyColumn[],
): number[] {
  const packed = new Float64Array(count);
  // The position itself stands in the last digits; half of the safe integers is enough, and spares a look at rounding.
  let room = 2 ** 52 / Math.max(1, count);
  let taken = 0;
  for (const column of columns) {
    const ranks = ranksOf(column);
    if (ranks === undefined || ranks.span > room) break;
    for (let place = 0; place < count; place++) {
      packed[place] = (packed[place] as number) * ranks.span + ranks.rankAt(place);
    }
    room /= ranks.span;
    taken++;
  }
  for (let place = 0; place < count; place++) packed[place] = (packed[place] as number) * count + place;
  packed.sort();

  const sorted: number[] = [];
  const keys = packed;
  for (let place = 0; place < count; place++) {
    const key = packed[place] as number;
    const own = Math.floor(key / count);
    sorted.push(key - own * count);
    keys[place] = own;
  }
  const isTied = (place: number): boolean => keys[place] === keys[place - 1] || keys[place] === keys[place + 1];
  const tied = sorted.filter((_, place) => isTied(place));
  if (tied.length === 0) return sorted;
  const rest = columns.slice(taken).map(byColumn);
  const ends = last(tied).map(byColumn);
  const placeOf = new Int32Array(count);
  for (const [place, position] of tied.entries()) placeOf[position] = place;
  const compareTied: Comparison = (a, b) => {
    for (const compare of rest) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    for (const compare of ends) {
      const order = compare(placeOf[a] as number, placeOf[b] as number);
      if (order !== 0) return order;
    }
    return 0;
  };
  for (let begin = 0; begin < count;) {
    let end = begin + 1;
    while (end < count && keys[end] === keys[begin]) end++;
    if (end - begin > 1) {
      const run = sorted.slice(begin, end).sort(compareTied);
      for (const [offset, position] of run.entries()) sorted[begin + offset] = position;
    }
    begin = end;
  }
  return sorted;
}

interface Ranks {
  /** Rank of a position, 0 first. */
  readonly rankAt: (place: number) => number;
  /** One more than the greatest rank. */
  readonly span: number;
}

/** More texts than this are compared: to rank them they would have to be sorted too. */
const MOST_TEXTS = 1000;

/** A column as ranks; undefined where it would cost too much or numbers cannot hold them. */
function ranksOf({ values, direction, nulls = "last", isSmaller }: KeyColumn): Ranks | undefined {
  if (isSmaller !== undefined) return undefined;
  const numberAt = wholeNumbers(values);
  if (numberAt === undefined) return undefined;
  let least = Infinity;
  let greatest = -Infinity;
  for (let place = 0; place < values.length; place++) {
    const value = numberAt(place);
    if (value === undefined) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const span = least > greatest ? 0 : greatest - least + 1;
  if (!Number.isSafeInteger(span)) return undefined;
  // One rank more for those without a value.
  const [first, none] = nulls === "first" ? [1, 0] : [0, span];
  const isAscending = direction === "ascending";
  const rankAt = (place: number): number => {
    const value = numberAt(place);
    return value === undefined ? none : first + (isAscending ? value - least : greatest - value);
  };
  return { rankAt, span: span + 1 };
}

/** Whole numbers that rank as the values do, by their places; undefined where there are no such numbers. */
function wholeNumbers(values: readonly KeyValue[]): ((place: number) => number | undefined) | undefined {
  let hasNumber = false;
  let hasText = false;
  for (let place = 0; place < values.length; place++) {
    const value = values[place];
    if (typeof value === "string") hasText = true;
    else if (value !== undefined) {
      if (!Number.isSafeInteger(value)) return undefined;
      hasNumber = true;
    }
  }
  if (!hasText) return (place) => values[place] as number | undefined;
  return hasNumber ? undefined : textRanks(values as readonly (string | undefined)[]);
}

/** Ranks of texts by their code units; undefined where there are too many. */
function textRanks(values: readonly (string | undefined)[]): ((place: number) => number | undefined) | undefined {
  const texts = new Set<string>();
  for (let place = 0; place < values.length; place++) {
    const value = values[place];
    if (value !== undefined && texts.add(value).size > MOST_TEXTS) return undefined;
  }
  const rankOf = new Map([...texts].sort().map((text, rank) => [text, rank]));
  return (place) => {
    const value = values[place];
    return value === undefined ? undefined : rankOf.get(value);
  };
}

/** The values of a column by their places in a ranking; those that it does not name are equal, and come after it. */
export function rankedValues(ranking: readonly string[], values: readonly KeyValue[]): (number | undefined)[] {
  const rankOf = new Map(ranking.map((value, rank) => [value, rank]));
  return values.map((value) => (value === undefined ? undefined : (rankOf.get(String(value)) ?? ranking.length)));
}

/** A column of decimals: counted in the finest of their units, which compare far faster, where numbers can hold these. */
export function decimalColumn(
  values: readonly (Decimal | undefined)[],
  ranks: Pick<KeyColumn, "direction" | "nulls">,
): KeyColumn {
  const scale = values.reduce((finest, value) => Math.max(finest, value === undefined ? 0 : scaleOf(value)), 0);
  const units = values.map((value) => (value === undefined ? undefined : toSafeUnits(value, scale)));
  if (units.every((unit, position) => (unit === undefined) === (values[position] === undefined)))
    return { ...ranks, values: units };
  return { ...ranks, values, isSmaller: (left, right) => compare(left as Decimal, right as Decimal) < 0 };
}
