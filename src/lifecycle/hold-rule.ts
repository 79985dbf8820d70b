import type { Decimal } from "../core/decimal.js";
import type { HoldableOperation, OrderHeader, OrderStatus } from "../model/order.js";

/** Header fields with a value that a condition can name; of the delivery area any level of the path. */
export type HoldHeaderField =
  | "customerCode"
  | "customerType"
  | "customerClass"
  | "creditRating"
  | "salespersonCode"
  | "paymentTerm"
  | "paymentMeans"
  | "channel"
  | "orderSource"
  | "currency"
  | "deliveryWaveId"
  | "deliveryAreaPath";

/**
 * When an order, or a line, is to be held: a tree over what stands on it. Bounds are inclusive; one that is left out does
 * not bind.
 *
 * **Source:** mission 7.8
 */
export type HoldCondition =
  | { readonly kind: "status"; /** One of these. */ readonly in: readonly OrderStatus[] }
  | {
      readonly kind: "header";
      /** Field. */ readonly field: HoldHeaderField;
      /** One of these. */ readonly in: readonly string[];
    }
  | {
      /** What the customer owes when everything is delivered; an order without prices fulfils no such condition. */
      readonly kind: "payable";
      /** Least, in the order's currency. */ readonly atLeast?: Decimal;
      /** Most. */ readonly atMost?: Decimal;
    }
  | {
      readonly kind: "line";
      /** What of the line. */ readonly fact: "itemCode" | "transactionCategory";
      /** One of these. */ readonly in: readonly string[];
    }
  | {
      readonly kind: "measure";
      /** What of the line: ordered quantity in its own unit, amount, or discount in money. */
      readonly measure: "orderedQty" | "lineAmount" | "allowance";
      /** Least. */ readonly atLeast?: Decimal;
      /** Most. */ readonly atMost?: Decimal;
    }
  | { readonly kind: "all"; /** Parts that must all hold. */ readonly of: readonly HoldCondition[] }
  | { readonly kind: "any"; /** Parts of which one must hold. */ readonly of: readonly HoldCondition[] }
  | { readonly kind: "not"; /** What must not hold. */ readonly of: HoldCondition };

/**
 * A modification of an order: a header field got another value; a line joined; a line's quantity grew; quantity of a line
 * was cancelled; a line that had a price got another one; the customer was told another day.
 */
export type OrderModification =
  | { readonly kind: "header"; /** Any of these fields. */ readonly fields: readonly (keyof OrderHeader)[] }
  | { readonly kind: "lineAdded" | "quantityAdded" | "quantityCancelled" | "repriced" | "promiseMoved" };

/** What places a hold. */
export type HoldTrigger =
  | { readonly kind: "modification"; /** Any of these. */ readonly of: readonly OrderModification[] }
  | { readonly kind: "condition"; /** Holds after the event and did not before. */ readonly when: HoldCondition }
  | {
      readonly kind: "release";
      /** Type of the other hold. */ readonly of: string;
      /** How it ended. */ readonly state: "resolved" | "rejected";
    };

/**
 * A type of hold that a site defines: what it blocks, and what places it.
 *
 * **Source:** mission 7.8
 */
export interface HoldRule {
  /** Type, unique among the rules; the ids of its holds begin with it. */
  readonly type: string;
  /** Whether it is placed on the whole order or on single lines. */
  readonly scope: "order" | "line";
  /** Operations that it blocks; on a line only those that can be done without that line. */
  readonly blocks: readonly HoldableOperation[];
  /** Why, as it is written on the order. */
  readonly reason: string;
  /** Each of these places it. */
  readonly triggers: readonly HoldTrigger[];
}
