/** Places in the order of their figures; a place without any is not among them. */
export interface UnitsOrder {
  /** Greatest figure; 0 when there is none. */
  readonly greatest: () => number;
  /** Place with the least figure that is not less than this one, of equal ones the first; -1 when there is none. */
  readonly leastFrom: (units: number) => number;
  /** Writes a figure. */
  readonly write: (place: number, units: number) => void;
}

/** Stands for “no place” in the tree, whose nodes are the places counted from 1. */
const NONE = 0;

/**
 * Keeps places in the order of their figures: a balanced search tree (Andersson's), so that no row of figures, however it
 * was made, costs more. Building is n log n, all else logarithmic.
 */
export function buildUnitsOrder(row: Float64Array): UnitsOrder {
  const figure = new Float64Array(row.length + 1);
  const left = new Int32Array(row.length + 1);
  const right = new Int32Array(row.length + 1);
  const level = new Uint8Array(row.length + 1);
  let root = NONE;

  const goesBefore = (a: number, b: number): boolean => figure[a]! < figure[b]! || (figure[a] === figure[b] && a < b);
  /** Where a left child stands on its parent's level, it becomes the parent. */
  const skew = (node: number): number => {
    const child = left[node]!;
    if (node === NONE || level[child]! !== level[node]!) return node;
    left[node] = right[child]!;
    right[child] = node;
    return child;
  };
  /** Of three in a row to the right on one level, the middle one rises. */
  const split = (node: number): number => {
    const child = right[node]!;
    if (node === NONE || level[right[child]!]! !== level[node]!) return node;
    right[node] = left[child]!;
    left[child] = node;
    level[child]!++;
    return child;
  };
  const insert = (node: number, added: number): number => {
    if (node === NONE) {
      left[added] = NONE;
      right[added] = NONE;
      level[added] = 1;
      return added;
    }
    if (goesBefore(added, node)) left[node] = insert(left[node]!, added);
    else right[node] = insert(right[node]!, added);
    return split(skew(node));
  };
  const balanced = (node: number): number => {
    const fitting = Math.min(level[left[node]!]!, level[right[node]!]!) + 1;
    if (fitting < level[node]!) {
      level[node] = fitting;
      if (fitting < level[right[node]!]!) level[right[node]!] = fitting;
    }
    const top = skew(node);
    const next = skew(right[top]!);
    right[top] = next;
    if (next !== NONE) right[next] = skew(right[next]!);
    const parent = split(top);
    right[parent] = split(right[parent]!);
    return parent;
  };
  const remove = (node: number, gone: number): number => {
    if (node !== gone) {
      if (goesBefore(gone, node)) left[node] = remove(left[node]!, gone);
      else right[node] = remove(right[node]!, gone);
      return balanced(node);
    }
    if (left[node] === NONE) return right[node]!;
    let heir = right[node]!;
    while (left[heir] !== NONE) heir = left[heir]!;
    right[heir] = remove(right[node]!, heir);
    left[heir] = left[node]!;
    level[heir] = level[node]!;
    return balanced(heir);
  };
  const write = (place: number, units: number): void => {
    const node = place + 1;
    if (figure[node]! > 0) root = remove(root, node);
    figure[node] = units;
    if (units > 0) root = insert(root, node);
  };
  for (const [place, units] of row.entries()) write(place, units);

  return {
    greatest: () => {
      let node = root;
      while (right[node] !== NONE) node = right[node]!;
      return figure[node]!;
    },
    leastFrom: (units) => {
      let found = NONE;
      for (let node = root; node !== NONE;) {
        if (figure[node]! < units) {
          node = right[node]!;
        } else {
          found = node;
          node = left[node]!;
        }
      }
      return found - 1;
    },
    write,
  };
}
