import type { PaymentTerm, ShortageOffer, ShortagePolicy } from "../model/customer.js";
import type { OrderChannel, OrderCharge, OrderSource } from "../model/order.js";

/** When the customer may pay. */
export const PAYMENT_TERMS: readonly PaymentTerm[] = ["prepaid", "cash", "credit"];

/** What may happen with quantity that cannot be served. */
export const SHORTAGE_POLICIES: readonly ShortagePolicy[] = [
  "backfillOnArrival",
  "backfillWithNextOrder",
  "deferWholeOrder",
  "mergeIntoNextOrder",
  "leaveOpen",
  "cancelRemainder",
];

/** What may be tried for short quantity before. */
export const SHORTAGE_OFFERS: readonly ShortageOffer[] = ["reallocate", "substitute"];

/** How an order may arise. */
export const ORDER_SOURCES: readonly OrderSource[] = ["visit", "call", "advert", "direct", "standingOrder"];

/** The ways on which an order may come in. */
export const ORDER_CHANNELS: readonly OrderChannel[] = [
  "phone",
  "telex",
  "fax",
  "mail",
  "network",
  "edi",
  "webShop",
  "pos",
  "barcode",
  "rfid",
];

/** What a charge may be for. */
export const CHARGE_KINDS: readonly OrderCharge["kind"][] = ["freight", "tax", "smallOrder", "handling", "other"];
