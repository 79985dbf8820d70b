import type { OrderNo } from "./ids.js";

/**
 * A claim or a return that somebody still works on. Cases are kept by the host, not on the order: it names those that are
 * open where they matter.
 *
 * **Source:** mission 13.5, 12.5
 */
export interface OpenCase {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Number of the case. */
  readonly caseId: string;
  /** Something is claimed – by the customer, or from a carrier – or goods are to come back. */
  readonly kind: "claim" | "return";
}
