/** A line of a group and the lots that it may take. @internal */
export interface GroupLine {
  /** Units that it must get. */
  readonly units: number;
  /** Lots that it may take, by their places in the list of lots, in the order in which it takes them. */
  readonly lots: readonly number[];
  /** Whether all of it must come from lots of one name. */
  readonly isOneLot: boolean;
}

/** A lot. @internal */
export interface GroupLot {
  /** Units that are left. */
  readonly units: number;
  /** Lots of the same name are one for a line that takes one alone. */
  readonly name: string;
}

/** Units that lines take of lots. @internal */
export interface LotShare {
  /** Place of the line. */
  readonly line: number;
  /** Place of the lot. */
  readonly lot: number;
  /** Units. */
  readonly units: number;
}

/** Steps that a search may take. @internal */
export interface SearchSteps {
  /** Looks at a lot for a line that are left. */
  left: number;
}

/**
 * Finds lots for all lines of a group at once, where each may take only some: so that every line gets all its units, if
 * there is any way.
 *
 * **Rules**
 * 1. Lines take in turn, each the first of its lots that have something left. One that finds too little asks those that
 *    took what it could take to move over to other lots of theirs, and so on: the shortest chain first.
 * 2. For lines that take one lot alone the lots are tried one after the other, those lines first that have the fewest to
 *    try; a choice is given up as soon as the others could not be complete beside it.
 * 3. The answer is exact as long as there are steps; nothing is found when they are spent.
 *
 * @param steps each look at a lot for a line is one
 * @returns who takes what; undefined where not all can be complete, or the steps did not suffice to see it
 *
 * **Source:** mission 9.9, 9.16; definitions B5, B6
 * @internal
 */
export function lotsForGroup(
  lines: readonly GroupLine[],
  lots: readonly GroupLot[],
  steps: SearchSteps,
): LotShare[] | undefined {
  const choices = lines.map(({ lots: own }) => own);
  const namesOf = lines.map(({ isOneLot, lots: own, units }): string[] => {
    if (!isOneLot) return [];
    const sums = new Map<string, number>();
    for (const lot of own) sums.set(lots[lot]!.name, (sums.get(lots[lot]!.name) ?? 0) + lots[lot]!.units);
    return [...sums].filter(([, sum]) => sum >= units).map(([name]) => name);
  });
  const bound = [...lines.keys()]
    .filter((line) => lines[line]!.isOneLot)
    .sort((a, b) => namesOf[a]!.length - namesOf[b]!.length || lines[b]!.units - lines[a]!.units || a - b);
  const visit = (depth: number): LotShare[] | undefined => {
    const found = flowFor(lines, choices, lots, steps);
    const line = bound[depth];
    if (found === undefined || line === undefined) return found;
    const all = choices[line]!;
    for (const name of namesOf[line]!) {
      choices[line] = all.filter((lot) => lots[lot]!.name === name);
      const answer = visit(depth + 1);
      if (answer !== undefined) return answer;
      if (steps.left <= 0) break;
    }
    choices[line] = all;
    return undefined;
  };
  return visit(0);
}

/** Gives every line its units from any of its lots, by the shortest chains of lines that move over. */
function flowFor(
  lines: readonly GroupLine[],
  choices: readonly (readonly number[])[],
  lots: readonly GroupLot[],
  steps: SearchSteps,
): LotShare[] | undefined {
  const left = lots.map(({ units }) => units);
  const given = lines.map(() => new Map<number, number>());
  const takers = lots.map(() => new Set<number>());
  const move = (line: number, lot: number, units: number): void => {
    const now = (given[line]!.get(lot) ?? 0) + units;
    if (now > 0) {
      given[line]!.set(lot, now);
      takers[lot]!.add(line);
    } else {
      given[line]!.delete(lot);
      takers[lot]!.delete(line);
    }
  };
  for (const [line, { units }] of lines.entries()) {
    for (let open = units; open > 0;) {
      const chain = chainFrom(line);
      if (chain === undefined) return undefined;
      const end = chain.at(-1)!;
      let part = Math.min(open, left[end.lot]!);
      // Whoever moves over gives up what it took of the lot before it in the chain.
      for (const [place, { line: taker }] of chain.entries()) {
        if (place > 0) part = Math.min(part, given[taker]!.get(chain[place - 1]!.lot)!);
      }
      for (const [place, { line: taker, lot }] of chain.entries()) {
        if (place > 0) move(taker, chain[place - 1]!.lot, -part);
        move(taker, lot, part);
      }
      left[end.lot]! -= part;
      open -= part;
    }
  }
  return given.flatMap((own, line) => [...own].map(([lot, units]): LotShare => ({ line, lot, units })));

  /** The shortest chain of lines and lots that ends at a lot with something left. */
  function chainFrom(line: number): { readonly line: number; readonly lot: number }[] | undefined {
    const reachedBy = new Map<number, number>();
    const askedFor = new Map<number, number>([[line, -1]]);
    const queue = [line];
    for (let at = 0; at < queue.length; at++) {
      const asker = queue[at]!;
      for (const lot of choices[asker]!) {
        if (steps.left-- <= 0) return undefined;
        if (reachedBy.has(lot)) continue;
        reachedBy.set(lot, asker);
        if (left[lot]! > 0) return chainTo(lot);
        for (const taker of takers[lot]!) {
          if (askedFor.has(taker)) continue;
          askedFor.set(taker, lot);
          queue.push(taker);
        }
      }
    }
    return undefined;

    function chainTo(end: number): { readonly line: number; readonly lot: number }[] {
      const chain: { readonly line: number; readonly lot: number }[] = [];
      for (let lot = end; lot >= 0;) {
        const taker = reachedBy.get(lot)!;
        chain.push({ line: taker, lot });
        lot = askedFor.get(taker)!;
      }
      return chain.reverse();
    }
  }
}
