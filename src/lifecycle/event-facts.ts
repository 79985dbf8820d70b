import type { CycleStep, OrderEventType } from "../model/event.js";

/** What is true of every event of a type. */
export interface EventFacts {
  /** Step of the order management cycle that it belongs to. */
  readonly step: CycleStep;
  /** Whether the customer hears of it; the longest stretch without such an event is the silent stretch. */
  readonly customerVisible: boolean;
}

/**
 * Step and visibility of each type of event.
 *
 * **Source:** mission 20.5, 20.8
 */
export const EVENT_FACTS: Readonly<Record<OrderEventType, EventFacts>> = {
  order_entered: { step: 4, customerVisible: false },
  order_corrected: { step: 4, customerVisible: false },
  order_reviewed: { step: 4, customerVisible: false },
  order_returned_for_correction: { step: 4, customerVisible: true },
  order_rejected: { step: 4, customerVisible: true },
  order_priced: { step: 3, customerVisible: false },
  promotions_revised: { step: 3, customerVisible: false },
  order_confirmed: { step: 4, customerVisible: true },
  hold_placed: { step: 5, customerVisible: false },
  hold_released: { step: 5, customerVisible: false },
  order_allocated: { step: 6, customerVisible: false },
  order_reconfirmed: { step: 6, customerVisible: false },
  reservation_released: { step: 6, customerVisible: false },
  order_deferred: { step: 6, customerVisible: true },
  quantity_merged: { step: 6, customerVisible: true },
  lines_joined: { step: 6, customerVisible: false },
  quantity_substituted: { step: 6, customerVisible: true },
  reservation_moved: { step: 6, customerVisible: true },
  order_picked: { step: 7, customerVisible: false },
  order_loaded: { step: 7, customerVisible: false },
  order_shipped: { step: 7, customerVisible: true },
  order_delivered: { step: 7, customerVisible: true },
  quantity_cancelled: { step: 5, customerVisible: true },
  order_amended: { step: 5, customerVisible: true },
  add_on_joined: { step: 5, customerVisible: true },
  delivery_failed: { step: 7, customerVisible: true },
  transit_loss_recorded: { step: 7, customerVisible: true },
  wrong_item_found: { step: 7, customerVisible: true },
  invoice_posted: { step: 8, customerVisible: true },
  payment_applied: { step: 8, customerVisible: true },
  order_closed: { step: 8, customerVisible: false },
};
