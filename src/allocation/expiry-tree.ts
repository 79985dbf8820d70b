/**
 * Finds, in a row of lots, the next one that is not empty and lives long enough, without looking at each: a tree of the
 * greatest expiry over stretches of the row. Building is linear, asking and removing logarithmic.
 */
export interface ExpiryTree {
  /** First lot at `from` or later, before `end`, that expires on `day` or later; -1 when there is none. */
  readonly next: (from: number, end: number, day: number) => number;
  /** Sets the expiry of a lot: 0 takes it out, since it is empty, and its own day puts it back. */
  readonly write: (lot: number, day: number) => void;
}

/**
 * Builds the tree.
 *
 * @param expiry first day on which a lot may no longer be used, as a day number above 0
 */
export function buildExpiryTree(expiry: Int32Array): ExpiryTree {
  let width = 1;
  while (width < expiry.length) width *= 2;
  const greatest = new Int32Array(2 * width);
  greatest.set(expiry, width);
  for (let node = width - 1; node > 0; node--) greatest[node] = larger(greatest, node);

  const write = (lot: number, day: number): void => {
    let node = width + lot;
    greatest[node] = day;
    for (node >>= 1; node > 0; node >>= 1) greatest[node] = larger(greatest, node);
  };

  const next = (from: number, end: number, day: number): number => {
    let node = width + from;
    while (from < end) {
      if ((greatest[node] as number) >= day) {
        // The stretch holds such a lot: go down to its first one.
        while (node < width) node = (greatest[2 * node] as number) >= day ? 2 * node : 2 * node + 1;
        const lot = node - width;
        return lot < end ? lot : -1;
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

  return { next, write };
}

function larger(greatest: Int32Array, node: number): number {
  return Math.max(greatest[2 * node] as number, greatest[2 * node + 1] as number);
}
