import type { AllocationColumns, AllocationTakes } from "./allocation-columns.js";
import { plainShelf } from "./plain-shelf.js";

/** Most warehouses whose sets are looked up in a table; a bit of a set stands for each. */
const MOST_WAREHOUSES = 12;
const MOST_UNITS = 2 ** 31 - 1;
const NOBODY = 255;

/**
 * Says whether a batch asks for nothing but units: no life, no steps, nothing all at once; in so few warehouses and such
 * small units that tables and 32-bit numbers hold them. Nearly every large batch is so.
 */
export function isPlain(columns: AllocationColumns): boolean {
  const { items, warehouses, nearness, lineItem, lineUnits, lotItem, lotUnits } = columns;
  const { lineExpiry, lotExpiry, lineQuantum, lineAllOrNothing } = columns;
  if (warehouses < 1 || warehouses > MOST_WAREHOUSES) return false;
  // Tables that are mostly empty would cost more than they save.
  const enough = 1000 + 8 * (lineItem.length + lotItem.length);
  if (items * warehouses > enough || (nearness.length / warehouses) * 2 ** warehouses > enough) return false;
  return (
    (lotExpiry === undefined || isAllZero(lineExpiry)) &&
    isAllZero(lineQuantum) &&
    isAllZero(lineAllOrNothing) &&
    isSmall(lineUnits) &&
    isSmall(lotUnits)
  );
}

function isAllZero(column: Int32Array | Float64Array | Uint8Array | undefined): boolean {
  if (column === undefined) return true;
  for (let place = 0; place < column.length; place++) if (column[place] !== 0) return false;
  return true;
}

function isSmall(units: Float64Array | Int32Array): boolean {
  for (let place = 0; place < units.length; place++) if (!((units[place] as number) <= MOST_UNITS)) return false;
  return true;
}

/**
 * `allocateColumns` for a plain batch. A line looks up three records, each in one place of memory: its item's set of
 * warehouses that have anything, the head of the nearest one's queue, and the lot there.
 */
export function allocatePlainly(columns: AllocationColumns): AllocationTakes {
  const { warehouses, sequence, lineItem, lineUnits, lineArea } = columns;
  const { filled, heads, lots } = plainShelf(columns);
  const nearest = nearestTable(columns);
  const lines = lineItem.length;
  // All takes of a line but its last empty a lot.
  const capacity = lines + columns.lotItem.length;
  const takeLine = new Int32Array(capacity);
  const takeLot = new Int32Array(capacity);
  const takeUnits = new Int32Array(capacity);
  const lineTaken = new Int32Array(lines);
  let count = 0;
  for (let place = 0; place < sequence.length; place++) {
    const line = sequence[place] as number;
    const item = lineItem[line] as number;
    if (item < 0) continue;
    const wanted = lineUnits[line] as number;
    const row = (lineArea[line] as number) << warehouses;
    let set = filled[item] as number;
    let need = wanted;
    while (need > 0 && set !== 0) {
      const warehouse = nearest[row + set] as number;
      if (warehouse === NOBODY) break;
      const queue = item * warehouses + warehouse;
      const record = heads[queue] as number;
      const free = lots[record] as number;
      const lot = lots[record + 1] as number;
      takeLine[count] = line;
      takeLot[count] = lot < 0 ? ~lot : lot;
      if (free > need) {
        lots[record] = free - need;
        takeUnits[count++] = need;
        need = 0;
      } else {
        takeUnits[count++] = free;
        need -= free;
        heads[queue] = record + 2;
        if (lot < 0) {
          set &= ~(1 << warehouse);
          filled[item] = set;
        }
      }
    }
    lineTaken[line] = wanted - need;
  }
  return { count, line: takeLine, lot: takeLot, units: takeUnits, lineTaken, lineOffered: lineTaken };
}

/** For each area and set of warehouses the nearest of the set; of equally near ones the first. */
function nearestTable({ nearness, warehouses }: AllocationColumns): Uint8Array {
  const areas = nearness.length / warehouses;
  const nearest = new Uint8Array(areas << warehouses);
  for (let area = 0; area < areas; area++) {
    const row = area << warehouses;
    const first = area * warehouses;
    nearest[row] = NOBODY;
    for (let warehouse = 0; warehouse < warehouses; warehouse++) {
      const distance = nearness[first + warehouse] as number;
      // The sets in which it is the last one are the sets of those before it, each with it added.
      const bit = 1 << warehouse;
      for (let set = 0; set < bit; set++) {
        const other = nearest[row + set] as number;
        const isNearer = distance >= 0 && (other === NOBODY || distance < (nearness[first + other] as number));
        nearest[row + bit + set] = isNearer ? warehouse : other;
      }
    }
  }
  return nearest;
}
