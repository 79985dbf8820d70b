import type { ServedTakes } from "../serve-orders.js";

/**
 * Two rounds of takes as one, line by line, the first round in front. What stood against a line, and how it was sourced,
 * is told of the first round in which it took something; where it took nothing at all, of the last in which it asked.
 *
 * @param first takes of the first round
 * @param second takes of what that left
 * @param asked units that each line asked for in the second round
 * @returns all takes
 * @internal
 */
export function joinedTakes(first: ServedTakes, second: ServedTakes, asked: Float64Array): ServedTakes {
  const count = first.count + second.count;
  const line = new Int32Array(count);
  const lot = new Int32Array(count);
  const units = new Float64Array(count);
  let [a, b] = [0, 0];
  for (let take = 0; take < count; take++) {
    const isFirst = b >= second.count || (a < first.count && first.line[a]! <= second.line[b]!);
    const from = isFirst ? first : second;
    const place = isFirst ? a++ : b++;
    line[take] = from.line[place]!;
    lot[take] = from.lot[place]!;
    units[take] = from.units[place]!;
  }
  // A line that asked for nothing more stands as it stood.
  const hasAsked = (place: number): boolean => asked[place]! > 0;
  const told = <Value>(of: ReadonlyMap<number, Value> = new Map()) => [...of].filter(([place]) => hasAsked(place));
  const sources = told(second.sources).filter(([place]) => first.lineTaken[place] === 0);
  return {
    ...first,
    count,
    line,
    lot,
    units,
    lineTaken: Float64Array.from(first.lineTaken, (taken, place) => taken + second.lineTaken[place]!),
    lineOffered: Float64Array.from(first.lineOffered, (offered, place) =>
      Math.max(offered, second.lineOffered[place]!),
    ),
    ...(first.lineBar === undefined
      ? {}
      : {
          lineBar: first.lineBar.map((bar, place) =>
            bar === 0 && hasAsked(place) ? (second.lineBar?.[place] ?? 0) : bar,
          ),
        }),
    ...(first.inTheWay === undefined ? {} : { inTheWay: new Map([...first.inTheWay, ...told(second.inTheWay)]) }),
    ...(first.undecided === undefined ? {} : { undecided: new Map([...first.undecided, ...told(second.undecided)]) }),
    ...(first.held === undefined ? {} : { held: new Map([...first.held, ...told(second.held)]) }),
    ...(first.sources === undefined ? {} : { sources: new Map([...first.sources, ...sources]) }),
  };
}
