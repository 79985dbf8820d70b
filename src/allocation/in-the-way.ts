import { groupedBy } from "../core/grouped-by.js";
import type { KeptBack } from "./kept-back.js";
import type { LineServer, ServiceUnit } from "./line-server.js";
import type { HeldBack } from "./supply-guard.js";

/** What stood against lines that come together and got nothing, as things were at their turn. @internal */
export interface IncompleteUnit {
  /**
   * Lines that stand in the way, in the order of lines; none where each can be had and only the limits of sourcing stand
   * against all of them together.
   */
  readonly inTheWay: readonly number[];
  /** Units that lines were offered which lack something even alone. */
  readonly offered: ReadonlyMap<number, number>;
  /** Lines for which there is stock, but which the limits of sourcing do not let come even alone. */
  readonly limited: ReadonlySet<number>;
  /** What caps and minimums of customer groups kept from lines that stand in the way. */
  readonly held: ReadonlyMap<number, HeldBack>;
}

/** What is asked about lines that come together. */
interface Asked {
  /** Lines of an order as they are served. */
  readonly units: readonly ServiceUnit[];
  /** Place of the desk before the order was served. */
  readonly since: number;
  /** Serves lines. */
  readonly server: LineServer;
  /** Item of each line. */
  readonly lineItem: Int32Array;
  /** Warehouses that a line asks. */
  readonly warehousesOf: (line: number) => readonly number[];
  /** Whether a line could be had alone as far as limits go; always when absent. */
  readonly couldHave: ((line: number) => boolean) | undefined;
  /** Caps and minimums, where there are any. */
  readonly kept: KeptBack | undefined;
}

/**
 * Finds which lines stand in the way of units that come together and got nothing.
 *
 * **Rules**
 * 1. Each unit is looked at as things were at its turn: what lines after it took is put back meanwhile.
 * 2. A line that could not be had even alone stands in the way.
 * 3. So do all of the other lines of an item where there is not enough for them beside each other.
 * 4. With what these lines want on top of what is there, every line of the unit can be had, but for holds and limits.
 *
 * @returns by unit, for those that got nothing. Linear in the lines and takes of the order, but for lines that may take
 *   only some lots.
 * @internal
 */
export function incompleteUnits(asked: Asked): ReadonlyMap<ServiceUnit, IncompleteUnit> {
  const { units, since, server } = asked;
  const { canTakePart, targetOf, desk } = server;
  const isMissing = (line: number): boolean => !canTakePart(line) || targetOf(line) > 0;
  const incomplete = units.filter(({ lines, isTogether }) => isTogether && lines.some(isMissing));
  const found = new Map<ServiceUnit, IncompleteUnit>();
  if (incomplete.length === 0) return found;
  const failed = new Set(incomplete);
  const back = desk.lookBack(since);
  for (let place = units.length - 1; found.size < failed.size; place--) {
    const unit = units[place]!;
    if (failed.has(unit)) found.set(unit, lookAt(unit, asked));
    else for (const line of unit.lines) back.putBack(line);
  }
  back.restore();
  return found;
}

function lookAt(unit: ServiceUnit, asked: Asked): IncompleteUnit {
  const { server, lineItem, warehousesOf, couldHave, kept } = asked;
  const { targetOf } = server;
  const inTheWay: number[] = [];
  const offered = new Map<number, number>();
  const limited = new Set<number>();
  const able: number[] = [];
  for (const line of unit.lines) {
    const units = server.canTakePart(line) ? server.offeredTo(line, warehousesOf(line)) : 0;
    if (!server.canTakePart(line) || units < targetOf(line)) offered.set(line, units);
    else if (targetOf(line) === 0) continue;
    else if (couldHave?.(line) === false) limited.add(line);
    else {
      able.push(line);
      continue;
    }
    inTheWay.push(line);
  }
  const rivals = [...groupedBy(able, (line) => lineItem[line]!).values()].filter((lines) => lines.length > 1);
  const tooMany = rivals.filter((lines) => !server.hasForAll(lines, warehousesOf(lines[0])));
  for (const lines of tooMany) inTheWay.push(...lines);
  // Where lines of one item fit by their numbers and those of another only the other way round, both are named.
  if (inTheWay.length === 0 && couldHave === undefined) for (const lines of rivals) inTheWay.push(...lines);
  inTheWay.sort((a, b) => a - b);
  const alone = [...offered.keys()].filter(server.canTakePart).map((line) => [line]);
  const held = [...alone, ...tooMany].flatMap(
    (lines) => kept?.now({ lines, isTogether: true }, warehousesOf(lines[0]!)) ?? [],
  );
  return { inTheWay, offered, limited, held: new Map(held) };
}
