import { add, isZero, minimum, subtract, ZERO, type Decimal } from "../core/decimal.js";
import { compareInstants } from "../core/instant.js";
import type { ShortBucket } from "./bucket.js";
import type { ShortageNote } from "./change.js";
import type { LineShortage, OrderLine } from "./order-line.js";

/**
 * Records that quantity of a line has gone short. A shortage found at the same instant for the same cause grows instead
 * of being listed twice.
 */
export function recordShortage(
  line: Pick<OrderLine, "shortages">,
  bucket: ShortBucket,
  quantity: Decimal,
  note: ShortageNote,
): LineShortage[] {
  const { cause, mode, reason, since } = note;
  const isTwin = (other: LineShortage): boolean =>
    other.bucket === bucket &&
    other.cause === cause &&
    other.mode === mode &&
    other.reason === reason &&
    other.since === since;
  return line.shortages.some(isTwin)
    ? line.shortages.map((other) => (isTwin(other) ? { ...other, quantity: add(other.quantity, quantity) } : other))
    : [...line.shortages, { bucket, cause, quantity, since, mode, reason }];
}

/**
 * Takes served quantity off a line's shortages in a bucket, the oldest first; a record that is served in part keeps its
 * date.
 *
 * @param which records that agree with it; all of the bucket when absent
 */
export function serveShortage(
  line: Pick<OrderLine, "lineId" | "shortages">,
  bucket: ShortBucket,
  quantity: Decimal,
  which: Partial<ShortageNote> = {},
): LineShortage[] {
  const names = Object.keys(which) as (keyof ShortageNote)[];
  const agrees = (shortage: LineShortage): boolean =>
    shortage.bucket === bucket && names.every((name) => shortage[name] === which[name]);
  const places = [...line.shortages.keys()].filter((place) => agrees(line.shortages[place] as LineShortage));
  places.sort((a, b) => compareInstants(line.shortages[a]!.since, line.shortages[b]!.since));
  const shortages = [...line.shortages];
  let left = quantity;
  for (const place of places) {
    const shortage = shortages[place] as LineShortage;
    const served = minimum(left, shortage.quantity);
    left = subtract(left, served);
    shortages[place] = { ...shortage, quantity: subtract(shortage.quantity, served) };
  }
  if (left !== ZERO) throw new RangeError(`Line ${line.lineId}: its shortages in ${bucket} do not cover ${quantity}.`);
  return shortages.filter((shortage) => !isZero(shortage.quantity));
}
