import type { Order } from "../model/order.js";
import { allocateColumns } from "./allocate-columns.js";
import type { AllocationTakes } from "./allocation-columns.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import type { BatchColumns } from "./batch-columns.js";

/** What serving a batch looks at besides its columns. */
export interface ServingContext {
  /** How stock is given to orders. */
  readonly policy: AllocationPolicy;
}

/**
 * Serves a batch: what each line takes and from which lots.
 *
 * @param _orders in the order of service
 */
export function takesOf(_orders: readonly Order[], batch: BatchColumns, _context: ServingContext): AllocationTakes {
  return allocateColumns(batch.columns);
}
