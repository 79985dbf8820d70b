import type { LineServer, ServiceUnit } from "./line-server.js";
import type { HeldBack, SupplyGuard } from "./supply-guard.js";

/** Why lines may not take what is there for them. @internal */
export interface KeptBack {
  /** Serves lines as before, and notes at their turn what was kept from them. */
  readonly server: LineServer;
  /** What was kept from a line when it was served last, without regard to a quota. */
  readonly atTurn: (line: number) => HeldBack | undefined;
  /** What is kept from the lines of a unit as things stand, with the line. */
  readonly now: (unit: ServiceUnit, warehouses: readonly number[]) => readonly (readonly [number, HeldBack])[];
}

/**
 * Finds what caps and minimums of groups alone keep from lines: what is there for a line of which it may take nothing – or
 * not as much as it needs, where it comes in full or not at all.
 *
 * @param server serves under the guard
 * @param guard says how much lines may take
 * @param lineItem items of the lines
 * @returns the server that notes. Linear in the lines served.
 * @internal
 */
export function noteKeptBack(server: LineServer, guard: SupplyGuard, lineItem: Int32Array): KeptBack {
  const { targetOf, keptOf, reachOf } = server;
  const noted = new Map<number, HeldBack>();
  const keptFrom = (line: number, need: number, isInFull: boolean, warehouses: readonly number[]): number => {
    const left = guard.leftFor(line);
    if (targetOf(line) === 0 || left >= need) return 0;
    const reach = Math.min(need, reachOf(line, warehouses));
    if (isInFull) return reach === need ? need - left : 0;
    return keptOf(line, left) === 0 ? keptOf(line, reach) : 0;
  };
  const now: KeptBack["now"] = ({ lines, isTogether }, warehouses) => {
    // Lines of an item that come together need it together.
    const needs = new Map<number, number>();
    if (isTogether)
      for (const line of lines) needs.set(lineItem[line]!, (needs.get(lineItem[line]!) ?? 0) + targetOf(line));
    return lines.flatMap((line) => {
      const need = isTogether ? needs.get(lineItem[line]!)! : targetOf(line);
      const units = keptFrom(line, need, isTogether, warehouses);
      return units === 0 ? [] : [[line, guard.reasonFor(line, units)] as const];
    });
  };
  return {
    now,
    atTurn: (line) => noted.get(line),
    server: {
      ...server,
      serve: (unit, warehouses, quota) => {
        const offered = server.serve(unit, warehouses, quota);
        if (quota !== undefined) return offered;
        for (const line of unit.lines) noted.delete(line);
        for (const [line, held] of now(unit, warehouses)) noted.set(line, held);
        return offered;
      },
    },
  };
}
