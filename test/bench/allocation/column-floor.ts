import type { AllocationColumns, AllocationTakes } from "../../../src/allocation/allocation-columns.js";

/** Gives up the rest of the interface, which this loop knows nothing of. */
export type PlainTakes = Pick<AllocationTakes, "count" | "line" | "lot"> & { readonly units: Int32Array };

/**
 * The least that must be done: whole pieces, no life, no steps, no reasons, at most twelve warehouses. Lots are thrown
 * into a dense table of item × warehouse, and a bit per warehouse that has anything leads to the nearest one.
 */
export function allocateOnFloor(columns: AllocationColumns): PlainTakes {
  const { items, warehouses, sequence, lineItem, lineUnits, lineArea, lotItem, lotWarehouse, lotUnits, lotQueue } =
    columns;
  const lots = lotItem.length;
  const cells = items * warehouses;
  const begin = new Int32Array(cells + 1);
  for (let lot = 0; lot < lots; lot++) begin[lotItem[lot]! * warehouses + lotWarehouse[lot]! + 1]!++;
  for (let cell = 0; cell < cells; cell++) begin[cell + 1]! += begin[cell]!;
  const head = begin.slice(0, cells);
  const place = new Float64Array(lots);
  const lotAt = new Int32Array(lots);
  for (let lot = 0; lot < lots; lot++) {
    const cell = lotItem[lot]! * warehouses + lotWarehouse[lot]!;
    const first = begin[cell]!;
    const key = lotQueue[lot]!;
    let at = head[cell]!++;
    while (at > first && place[at - 1]! > key) {
      place[at] = place[at - 1]!;
      lotAt[at] = lotAt[at - 1]!;
      at--;
    }
    place[at] = key;
    lotAt[at] = lot;
  }
  const left = new Int32Array(lots);
  for (let at = 0; at < lots; at++) left[at] = lotUnits[lotAt[at]!]!;
  const filled = new Uint16Array(items);
  for (let cell = 0; cell < cells; cell++) {
    head[cell] = begin[cell]!;
    if (begin[cell + 1]! > begin[cell]!) filled[(cell / warehouses) | 0]! |= 1 << (cell % warehouses);
  }
  const nearest = nearestByMask(columns);
  const masks = 1 << warehouses;

  const capacity = lineItem.length + lots;
  const line = new Int32Array(capacity);
  const lot = new Int32Array(capacity);
  const units = new Int32Array(capacity);
  let count = 0;
  for (let step = 0; step < sequence.length; step++) {
    const current = sequence[step]!;
    const item = lineItem[current]!;
    const row = lineArea[current]! * masks;
    let need = lineUnits[current]!;
    let mask = filled[item]!;
    while (need > 0 && mask !== 0) {
      const warehouse = nearest[row + mask]!;
      const cell = item * warehouses + warehouse;
      const at = head[cell]!;
      const free = left[at]!;
      line[count] = current;
      lot[count] = lotAt[at]!;
      if (free > need) {
        left[at] = free - need;
        units[count++] = need;
        break;
      }
      units[count++] = free;
      need -= free;
      head[cell] = at + 1;
      if (at + 1 === begin[cell + 1]) mask &= ~(1 << warehouse);
      filled[item] = mask;
    }
  }
  return { count, line, lot, units };
}

function nearestByMask({ nearness, warehouses }: AllocationColumns): Uint8Array {
  const masks = 1 << warehouses;
  const areas = nearness.length / warehouses;
  const nearest = new Uint8Array(areas * masks);
  for (let area = 0; area < areas; area++) {
    for (let mask = 1; mask < masks; mask++) {
      let best = -1;
      for (let warehouse = 0; warehouse < warehouses; warehouse++) {
        const isNearer = best < 0 || nearness[area * warehouses + warehouse]! < nearness[area * warehouses + best]!;
        if (((mask >> warehouse) & 1) === 1 && isNearer) best = warehouse;
      }
      nearest[area * masks + mask] = best;
    }
  }
  return nearest;
}
