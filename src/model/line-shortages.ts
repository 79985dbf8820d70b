import { add, isZero, minimum, subtract, ZERO, type Decimal } from "../core/decimal.js";
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

/** Takes served quantity off a line's shortages in a bucket, the oldest first. */
export function serveShortage(
  line: Pick<OrderLine, "lineId" | "shortages">,
  bucket: ShortBucket,
  quantity: Decimal,
): LineShortage[] {
  let left = quantity;
  const shortages = line.shortages.map((shortage) => {
    if (shortage.bucket !== bucket) return shortage;
    const served = minimum(left, shortage.quantity);
    left = subtract(left, served);
    return { ...shortage, quantity: subtract(shortage.quantity, served) };
  });
  if (left !== ZERO) throw new RangeError(`Line ${line.lineId}: its shortages in ${bucket} do not cover ${quantity}.`);
  return shortages.filter((shortage) => !isZero(shortage.quantity));
}
