/** More than any sum of quantities that a record may state. */
const FAR = 10n ** 40n;

/**
 * Balances by day, over which quantities are taken from a day on. A day on which something was promised is guarded: what
 * is taken before it must not make its balance negative. Everything costs log n of the days.
 *
 * @internal
 */
export interface BalanceTree {
  /** Balance of a day. */
  readonly at: (day: number) => bigint;
  /** Adds to the balances of all days from one to another, both counted in. */
  readonly add: (from: number, until: number, units: bigint) => void;
  /** Guards a day once more, or once less. */
  readonly guard: (day: number, times: 1 | -1) => void;
  /** Least balance of the guarded days from one to another, both counted in; undefined where none is guarded. */
  readonly leastGuarded: (from: number, until: number) => bigint | undefined;
  /** Last guarded day whose balance is less than this; -1 where there is none. */
  readonly lastGuardedBelow: (units: bigint) => number;
  /** First day, from a day on, whose balance is at least this; -1 where there is none. */
  readonly firstReaching: (from: number, units: bigint) => number;
}

/** Builds the tree over the balances of the days. @internal */
export function balanceTree(balances: readonly bigint[]): BalanceTree {
  let leaves = 1;
  while (leaves < balances.length) leaves *= 2;
  // What a node says of the days below holds without what is pending above it.
  const greatest = new Array<bigint>(2 * leaves).fill(-FAR);
  const least = new Array<bigint>(2 * leaves).fill(FAR);
  const pending = new Array<bigint>(2 * leaves).fill(0n);
  const guards = new Array<number>(balances.length).fill(0);
  const renew = (node: number): void => {
    const [left, right, own] = [2 * node, 2 * node + 1, pending[node]!];
    greatest[node] = (greatest[left]! > greatest[right]! ? greatest[left]! : greatest[right]!) + own;
    const low = least[left]! < least[right]! ? least[left]! : least[right]!;
    least[node] = low === FAR ? FAR : low + own;
  };
  for (const [day, balance] of balances.entries()) greatest[leaves + day] = balance;
  for (let node = leaves - 1; node > 0; node--) renew(node);

  const change = (node: number, units: bigint): void => {
    greatest[node]! += units;
    if (least[node] !== FAR) least[node]! += units;
    if (node < leaves) pending[node]! += units;
  };
  const addBelow = (node: number, low: number, high: number, from: number, until: number, units: bigint): void => {
    if (until < low || high < from) return;
    if (from <= low && high <= until) return change(node, units);
    const middle = (low + high) >> 1;
    addBelow(2 * node, low, middle, from, until, units);
    addBelow(2 * node + 1, middle + 1, high, from, until, units);
    renew(node);
  };
  const leastBelow = (node: number, low: number, high: number, from: number, until: number): bigint => {
    if (until < low || high < from || least[node] === FAR) return FAR;
    if (from <= low && high <= until) return least[node]!;
    const middle = (low + high) >> 1;
    const left = leastBelow(2 * node, low, middle, from, until);
    const right = leastBelow(2 * node + 1, middle + 1, high, from, until);
    const found = left < right ? left : right;
    return found === FAR ? FAR : found + pending[node]!;
  };
  const firstBelow = (node: number, low: number, high: number, from: number, units: bigint): number => {
    if (high < from || greatest[node]! < units) return -1;
    if (low === high) return low;
    const middle = (low + high) >> 1;
    const missing = units - pending[node]!;
    const left = firstBelow(2 * node, low, middle, from, missing);
    return left >= 0 ? left : firstBelow(2 * node + 1, middle + 1, high, from, missing);
  };
  return {
    at: (day) => {
      let node = leaves + day;
      let balance = greatest[node]!;
      for (node >>= 1; node > 0; node >>= 1) balance += pending[node]!;
      return balance;
    },
    add: (from, until, units) => addBelow(1, 0, leaves - 1, from, until, units),
    guard: (day, times) => {
      guards[day]! += times;
      let node = leaves + day;
      least[node] = guards[day] === 0 ? FAR : greatest[node]!;
      for (node >>= 1; node > 0; node >>= 1) renew(node);
    },
    leastGuarded: (from, until) => {
      const found = leastBelow(1, 0, leaves - 1, from, until);
      return found === FAR ? undefined : found;
    },
    lastGuardedBelow: (units) => {
      if (least[1]! >= units) return -1;
      let node = 1;
      let below = units;
      while (node < leaves) {
        below -= pending[node]!;
        node = least[2 * node + 1]! < below ? 2 * node + 1 : 2 * node;
      }
      return node - leaves;
    },
    firstReaching: (from, units) => firstBelow(1, 0, leaves - 1, from, units),
  };
}
