/**
 * A band of days past due. Bands stand in rising order; each reaches from the end of the one before to its own last
 * day, and the last one has no end.
 *
 * **Source:** mission 13.4
 */
export interface AgeingBand {
  /** Name, unique among the bands. */
  readonly name: string;
  /** Last day past due that belongs to it, 0 being the day on which the invoice is due; absent for the last band. */
  readonly lastDay?: number;
}

/** The usual bands: not due, and up to 30, 60, 90 and more days past due. **Source:** mission 13.4 */
export const DEFAULT_AGEING_BANDS: readonly AgeingBand[] = [
  { name: "notDue", lastDay: 0 },
  { name: "1–30", lastDay: 30 },
  { name: "31–60", lastDay: 60 },
  { name: "61–90", lastDay: 90 },
  { name: "over90" },
];

/**
 * Finds the band of an invoice.
 *
 * @param daysPastDue whole days since the invoice was due, negative before
 * @param bands bands in rising order
 * @returns name of the band
 * @throws RangeError when no band reaches so far
 *
 * **Source:** mission 13.4
 * @example
 * ```ts
 * import { ageingBandOf, DEFAULT_AGEING_BANDS } from "ordercycle/reports";
 * [-3, 0, 1, 30, 31, 91].map((days) => ageingBandOf(days, DEFAULT_AGEING_BANDS)); // => ["notDue", "notDue", "1–30", "1–30", "31–60", "over90"]
 * ```
 */
export function ageingBandOf(daysPastDue: number, bands: readonly AgeingBand[]): string {
  const band = bands.find(({ lastDay }) => lastDay === undefined || daysPastDue <= lastDay);
  if (band === undefined) throw new RangeError(`No ageing band holds ${daysPastDue} days.`);
  return band.name;
}

/**
 * Makes sure that every number of days falls into exactly one band.
 *
 * @param bands bands in rising order
 * @throws RangeError when names repeat, last days do not rise, or the last band ends
 */
export function checkAgeingBands(bands: readonly AgeingBand[]): void {
  const ends = bands.map(({ lastDay }) => lastDay ?? Infinity);
  const rises = ends.every((end, place) => place === 0 || end > ends[place - 1]!);
  if (!rises || ends.at(-1) !== Infinity) throw new RangeError("Ageing bands must rise, and the last one has no end.");
  if (new Set(bands.map(({ name }) => name)).size < bands.length)
    throw new RangeError("Ageing bands need different names.");
}
