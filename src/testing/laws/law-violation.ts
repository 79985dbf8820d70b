/** A law that does not hold, told so that a person sees where and how far. */
export interface LawViolation {
  /** The law in a few words, such as `Σ buckets = ordered quantity`. */
  readonly law: string;
  /** Where: an order, a line, a stock position or a path. */
  readonly at: string;
  /** What should be there. */
  readonly expected: string;
  /** What is there. */
  readonly found: string;
}

/**
 * Compares two texts under a law.
 *
 * @returns nothing when they are equal, else the one violation
 */
export function mustEqual(law: string, at: string, expected: string, found: string): LawViolation[] {
  return expected === found ? [] : [{ law, at, expected, found }];
}

/** A law put to the test. */
export interface TestedLaw extends Pick<LawViolation, "law" | "at" | "found"> {
  /** Whether it holds. */
  readonly holds: boolean;
}

/**
 * Reports a law that does not hold.
 *
 * @returns nothing when it holds, else the one violation
 */
export function mustHold({ law, at, found, holds }: TestedLaw): LawViolation[] {
  return holds ? [] : [{ law, at, expected: law, found }];
}
