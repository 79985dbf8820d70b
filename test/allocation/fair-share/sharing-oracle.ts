/** A weight of one for each claim. */
export function allOnes(claims: readonly bigint[]): bigint[] {
  return claims.map(() => 1n);
}

/** Every way to hand out a whole total without exceeding a claim, the one that favours the first claims in front. */
export function allocations(claims: readonly number[], total: number): number[][] {
  const [first, ...rest] = claims;
  if (first === undefined) return total === 0 ? [[]] : [];
  const ways: number[][] = [];
  for (let part = Math.min(first, total); part >= 0; part--) {
    for (const others of allocations(rest, total - part)) ways.push([part, ...others]);
  }
  return ways;
}

/** The first of the ways whose figures are greatest, compared one after the other. */
export function bestOf(
  ways: readonly number[][],
  figuresOf: (way: readonly number[]) => number[],
): number[] | undefined {
  let best: number[] | undefined;
  for (const way of ways) {
    if (best === undefined || isGreater(figuresOf(way), figuresOf(best))) best = way;
  }
  return best;
}

function isGreater(one: readonly number[], other: readonly number[]): boolean {
  const place = one.findIndex((figure, at) => figure !== other[at]);
  return place >= 0 && one[place]! > other[place]!;
}
