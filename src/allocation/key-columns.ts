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
      packed[place] = (packed[place] as number) * ranks.span + (ranks.ranks[place] as number);
    }
    room /= ranks.span;
    taken++;
  }
  for (let place = 0; place < count; place++) packed[place] = (packed[place] as number) * count + place;
  packed.sort();

  const sorted: number[] = [];
  const keys = packed.map((key) => Math.floor(key / count));
  for (let place = 0; place < count; place++) {
    sorted.push((packed[place] as number) - (keys[place] as number) * count);
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
  /** Rank of each position, 0 first. */
  readonly ranks: Float64Array;
  /** One more than the greatest rank. */
  readonly span: number;
}

/** More texts than this are compared: to rank them they would have to be sorted too. */
const MOST_TEXTS = 1000;

/** A column as ranks; undefined where it would cost too much or numbers cannot hold them. */
function ranksOf({ values, direction, nulls = "last", isSmaller }: KeyColumn): Ranks | undefined {
  if (isSmaller !== undefined) return undefined;
  const numbers = wholeNumbers(values);
  if (numbers === undefined) return undefined;
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of numbers) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const span = least > greatest ? 0 : greatest - least + 1;
  if (!Number.isSafeInteger(span)) return undefined;
  // One rank more for those without a value.
  const [first, none] = nulls === "first" ? [1, 0] : [0, span];
  const ranks = new Float64Array(values.length);
  for (let place = 0; place < ranks.length; place++) {
    const value = numbers[place] as number;
    const rank = direction === "ascending" ? value - least : greatest - value;
    ranks[place] = Number.isNaN(value) ? none : first + rank;
  }
  return { ranks, span: span + 1 };
}

/** Whole numbers that rank as the values do, NaN for none; undefined where there are no such numbers. */
function wholeNumbers(values: readonly KeyValue[]): Float64Array | undefined {
  const numbers = new Float64Array(values.length).fill(Number.NaN);
  const firstSeen = new Map<string, number>();
  let hasNumber = false;
  for (let place = 0; place < values.length; place++) {
    const value = values[place];
    if (value === undefined) continue;
    if (typeof value === "number") {
      if (!Number.isSafeInteger(value)) return undefined;
      hasNumber = true;
      numbers[place] = value;
      continue;
    }
    let number = firstSeen.get(value);
    if (number === undefined) {
      number = firstSeen.size;
      if (number === MOST_TEXTS) return undefined;
      firstSeen.set(value, number);
    }
    numbers[place] = number;
  }
  if (firstSeen.size === 0) return numbers;
  if (hasNumber) return undefined;
  const rankOf = new Float64Array(firstSeen.size);
  for (const [rank, text] of [...firstSeen.keys()].sort().entries()) rankOf[firstSeen.get(text) as number] = rank;
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place] as number;
    if (!Number.isNaN(number)) numbers[place] = rankOf[number] as number;
  }
  return numbers;
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
