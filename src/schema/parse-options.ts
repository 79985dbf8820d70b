/** How much a parser reads before it gives up, so that absurd input costs little. */
export interface ParseLimits {
  /** Lines of one order, draft or invoice. Default 10,000. */
  readonly maxLines: number;
  /** Members of any other list inside a record. Default 10,000; of a promotion or coupon 100,000, of a policy 1,000,000. */
  readonly maxItems: number;
  /** Records of a list that is parsed as a whole: stock positions, prices, events. Default 1,000,000. */
  readonly maxRecords: number;
  /** Fields of one object. Default 1,000. */
  readonly maxFields: number;
  /** UTF-16 units of one text. Default 4,000. */
  readonly maxTextLength: number;
  /** UTF-16 units of the name of a field. Default 200. */
  readonly maxNameLength: number;
  /** Levels of lists and objects in each other, at most 64. Default 12. */
  readonly maxDepth: number;
  /** Values of one record in all. Default 2,000,000. */
  readonly maxValues: number;
  /** Issues that are listed. Default 1,000. */
  readonly maxIssues: number;
}

/** What a parser does with input that is more than it needs. */
export interface ParseOptions {
  /** Whether a field that the record does not have is refused or left out. Default `refuse`. */
  readonly unknownFields?: "refuse" | "drop";
  /** Limits that differ from the default. */
  readonly limits?: Partial<ParseLimits>;
}

/** Limits that hold unless the host sets others. */
export const DEFAULT_PARSE_LIMITS: ParseLimits = {
  maxLines: 10_000,
  maxItems: 10_000,
  maxRecords: 1_000_000,
  maxFields: 1_000,
  maxTextLength: 4_000,
  maxNameLength: 200,
  maxDepth: 12,
  maxValues: 2_000_000,
  maxIssues: 1_000,
};

/** Deepest nesting that may be allowed: reading descends once per level. */
const DEEPEST = 64;

/**
 * Completes the limits that a host has set.
 *
 * @param options as given to a parser
 * @returns every limit
 * @throws RangeError when a limit is not a whole number from 1 on, or a depth is beyond 64
 */
export function limitsOf(options: ParseOptions): ParseLimits {
  if (options.limits === undefined) return DEFAULT_PARSE_LIMITS;
  const limits: ParseLimits = { ...DEFAULT_PARSE_LIMITS, ...options.limits };
  for (const [name, limit] of Object.entries(limits) as [keyof ParseLimits, number][]) {
    if (!Number.isSafeInteger(limit) || limit < 1 || (name === "maxDepth" && limit > DEEPEST)) {
      throw new RangeError(`${name} cannot be ${String(limit)}.`);
    }
  }
  return limits;
}

/** Longest list of items or codes of a promotion or a coupon: whole assortments are meant by some. */
const WHOLE_ASSORTMENT = 100_000;

/** The options for promotions and coupons, which hold deeper trees and longer lists than other records. */
export function limitsForPromotions(options: ParseOptions): ParseOptions {
  return { ...options, limits: { maxDepth: DEEPEST, maxItems: WHOLE_ASSORTMENT, ...options.limits } };
}

/** The options for policies, which hold the bins of a warehouse and what every item costs from it. */
export function limitsForPolicies(options: ParseOptions): ParseOptions {
  return { ...options, limits: { maxItems: 1_000_000, maxFields: 100_000, maxValues: 50_000_000, ...options.limits } };
}
