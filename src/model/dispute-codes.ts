/**
 * Why goods are disputed, as Peppol lists it: references wrong, legal, not received, quality, delivery, price, quantity,
 * item, payment, unknown, finance, partly paid, other, none.
 */
export const DISPUTE_REASONS = [
  "REF",
  "LEG",
  "REC",
  "QUA",
  "DEL",
  "PRI",
  "QTY",
  "ITM",
  "PAY",
  "UNR",
  "FIN",
  "PPD",
  "OTH",
  "NON",
] as const;

/** A code of {@link DISPUTE_REASONS}. **Source:** mission 14.7 */
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

/**
 * What is asked for, as Peppol lists it: nothing, more information, a new invoice, a credit in full, in part, or of the
 * amount, other.
 */
export const DISPUTE_ACTIONS = ["NOA", "PIN", "NIN", "CNF", "CNP", "CNA", "OTH"] as const;

/** A code of {@link DISPUTE_ACTIONS}. **Source:** mission 14.7 */
export type DisputeAction = (typeof DISPUTE_ACTIONS)[number];
