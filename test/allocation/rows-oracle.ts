import type { RowKey } from "../../src/allocation/rows/allocation-rows.js";
import type { RowWorld, SomeLot, SomeOrder } from "./rows-world.js";

/** Takes and shortages as texts: who, from where, how many hundred-thousandths. */
export interface OracleRows {
  readonly takes: readonly string[];
  readonly shortages: readonly string[];
}

/** Gives out stock by looking at everything again for every line, in hundred-thousandths; from the rules alone. */
export function allocateRowsByHand({ orders, lots, policy }: RowWorld): OracleRows {
  const left = new Map(lots.map((lot) => [lot, fine(lot.quantity)]));
  const takes: string[] = [];
  const shortages: string[] = [];
  const served = [...orders].sort((a, b) => orderOf(a, b, policy.priority));
  for (const { orderNo, area, lines } of served) {
    const warehouses = Object.hasOwn(policy.nearest, area) ? policy.nearest[area] : policy.otherwise;
    for (const line of [...lines].sort((a, b) => a.lineNo - b.lineNo)) {
      const own = (warehouses ?? []).flatMap((warehouseId) =>
        lots
          .filter(
            (lot) =>
              lot.warehouseId === warehouseId &&
              lot.itemCode === line.itemCode &&
              (lot.expiresOn ?? "9") > policy.mustOutlive,
          )
          .sort((a, b) => compareLists(lotKeys(a, policy.lots), lotKeys(b, policy.lots))),
      );
      const wanted = fine(line.quantity);
      const step = line.quantum === undefined || line.quantum === null ? 1n : fine(line.quantum);
      const free = own.reduce((sum, lot) => sum + (left.get(lot) ?? 0n), 0n);
      const target = wanted - (wanted % step);
      let need = free < target ? free - (free % step) : target;
      if ((line.partialAllowed === false || line.partialAllowed === 0) && need < target) need = 0n;
      let short = wanted - need;
      for (const lot of own) {
        const have = left.get(lot) ?? 0n;
        const taken = have < need ? have : need;
        if (taken === 0n) continue;
        takes.push(`${orderNo} ${line.lineId} ${lot.lotId} ${taken}`);
        left.set(lot, have - taken);
        need -= taken;
      }
      short += need;
      if (short > 0n) shortages.push(`${orderNo} ${line.lineId} ${short}`);
    }
  }
  return { takes, shortages };
}

/** Hundred-thousandths of a quantity. */
export function fine(quantity: string | number): bigint {
  const [whole = "", fraction = ""] = String(quantity).split(".");
  return BigInt(whole) * 100_000n + BigInt(fraction.padEnd(5, "0"));
}

function orderOf(a: SomeOrder, b: SomeOrder, keys: readonly RowKey[]): number {
  for (const { column, direction, nulls = "last", ranking, compares } of keys) {
    const [left, right] = [a, b].map((order) => {
      const value = order[column as "class"] as string | number | null | undefined;
      if (value === null || value === undefined) return undefined;
      if (ranking !== undefined)
        return ranking.includes(String(value)) ? ranking.indexOf(String(value)) : ranking.length;
      return compares === "decimal" ? Number(value) : value;
    });
    if (left === right) continue;
    if (left === undefined) return nulls === "first" ? -1 : 1;
    if (right === undefined) return nulls === "first" ? 1 : -1;
    return left < right === (direction === "ascending") ? -1 : 1;
  }
  return a.orderNo < b.orderNo ? -1 : 1;
}

function lotKeys({ lotId, receivedOn, expiresOn }: SomeLot, rule: "fifo" | "fefo" | "lifo"): (string | number)[] {
  const day = (text: string | null | undefined): number => (text ? Number(text.replaceAll("-", "")) : Infinity);
  const received = day(receivedOn);
  if (rule === "fefo") return [day(expiresOn), received, lotId];
  return [rule === "lifo" && received !== Infinity ? -received : received, lotId];
}

function compareLists(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((value, place) => value !== b[place]);
  return at < 0 ? 0 : (a[at] as string) < (b[at] as string) ? -1 : 1;
}
