/**
 * Finds, in a row of figures – days of expiry, units, marks of what is not empty –, the next that is not less than another
 * and the greatest of a stretch, without looking at each. Building is linear, all else logarithmic.
 */
export interface GreatestTree {
  /** First place from `from` on, before `end`, whose figure is at least so much, and more than nothing; -1 when there is none. */
  readonly next: (from: number, end: number, least: number) => number;
  /** Greatest figure of a stretch; 0 for an empty one. */
  readonly greatest: (from: number, end: number) => number;
  /** Writes a figure; 0 takes its place out of what is found. */
  readonly write: (place: number, figure: number) => void;
}

/**
 * Builds the tree of the greatest figures over stretches of the row.
 *
 * @param row figures from 0 up
 */
export function buildGreatestTree(row: Int32Array | Float64Array): GreatestTree {
  let width = 1;
  while (width < row.length) width *= 2;
  const isNarrow = row.BYTES_PER_ELEMENT === Int32Array.BYTES_PER_ELEMENT;
  const most = isNarrow ? new Int32Array(2 * width) : new Float64Array(2 * width);
  most.set(row, width);
  const settle = (node: number): void => {
    most[node] = Math.max(most[2 * node] as number, most[2 * node + 1] as number);
  };
  for (let node = width - 1; node > 0; node--) settle(node);

  const write = (place: number, figure: number): void => {
    let node = width + place;
    most[node] = figure;
    for (node >>= 1; node > 0; node >>= 1) settle(node);
  };

  const next = (from: number, end: number, least: number): number => {
    // What is empty is never found, whatever is asked for.
    const bound = Math.max(least, Number.MIN_VALUE);
    let node = width + from;
    while (from < end) {
      if ((most[node] as number) >= bound) {
        // The stretch holds such a place: go down to its first one.
        while (node < width) node = (most[2 * node] as number) >= bound ? 2 * node : 2 * node + 1;
        const place = node - width;
        return place < end ? place : -1;
      }
      // On to the stretch to the right, up as far as it begins there.
      node++;
      if ((node & (node - 1)) === 0) return -1;
      while ((node & 1) === 0) node >>= 1;
      let leftmost = node;
      while (leftmost < width) leftmost *= 2;
      from = leftmost - width;
    }
    return -1;
  };

  const greatest = (from: number, end: number): number => {
    let found = 0;
    let [low, high] = [from + width, end + width];
    for (; low < high; low >>= 1, high >>= 1) {
      if (low % 2 === 1) found = Math.max(found, most[low++] as number);
      if (high % 2 === 1) found = Math.max(found, most[--high] as number);
    }
    return found;
  };

  return { next, greatest, write };
}
