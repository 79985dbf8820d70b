/** Finds, in a row of figures, the greatest of a stretch and the next that is not less than another. */
export interface UnitsTree {
  /** First place from `from` on, before `end`, that has at least so much, more than nothing; -1 when there is none. */
  readonly next: (from: number, end: number, least: number) => number;
  /** Greatest figure of a stretch; 0 for an empty one. */
  readonly greatest: (from: number, end: number) => number;
  /** Writes a figure. */
  readonly write: (place: number, units: number) => void;
}

/** Builds the tree of the greatest figures over stretches of the row. Building is linear, all else logarithmic. */
export function buildUnitsTree(row: Float64Array): UnitsTree {
  let width = 1;
  while (width < row.length) width *= 2;
  const most = new Float64Array(2 * width);
  most.set(row, width);
  for (let node = width - 1; node > 0; node--) most[node] = Math.max(most[2 * node]!, most[2 * node + 1]!);

  /** Asks the part of the row that a node stands for. */
  const search = (node: number, low: number, size: number, from: number, end: number, least: number): number => {
    if (low >= end || low + size <= from || most[node]! < least) return -1;
    if (size === 1) return low;
    const half = size / 2;
    const left = search(2 * node, low, half, from, end, least);
    return left >= 0 ? left : search(2 * node + 1, low + half, half, from, end, least);
  };
  return {
    next: (from, end, least) => search(1, 0, width, from, end, Math.max(least, Number.MIN_VALUE)),
    greatest: (from, end) => {
      let found = 0;
      let [low, high] = [from + width, end + width];
      for (; low < high; low >>= 1, high >>= 1) {
        if (low % 2 === 1) found = Math.max(found, most[low++]!);
        if (high % 2 === 1) found = Math.max(found, most[--high]!);
      }
      return found;
    },
    write: (place, units) => {
      let node = width + place;
      most[node] = units;
      for (node >>= 1; node > 0; node >>= 1) most[node] = Math.max(most[2 * node]!, most[2 * node + 1]!);
    },
  };
}
