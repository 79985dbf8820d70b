import type { Decimal } from "../../core/decimal.js";
import type { ItemCode } from "../ids.js";

/**
 * Which lines of an order a promotion looks at or takes something off: a tree over what is known of a line.
 *
 * | kind | a line is meant when … |
 * |---|---|
 * | `every` | it is goods for sale; gifts and other free lines never are |
 * | `items`, `categories`, `tags` | its item is one of them, or carries one of them |
 * | `attribute` | the item's attribute has one of the values |
 * | `quantity` | its own quantity, in the unit of the order, lies between the bounds (both inclusive) |
 * | `unitPrice` | its unit price lies between the bounds (both inclusive) |
 * | `couponItems` | its item is one that the presented coupon names |
 * | `all`, `any`, `not` | all, one, or none of the parts hold |
 *
 * **Source:** mission 6.2
 */
export type LineSelector =
  | { readonly kind: "every" }
  | { readonly kind: "items"; /** Items. */ readonly in: readonly ItemCode[] }
  | { readonly kind: "categories"; /** Categories of items. */ readonly in: readonly string[] }
  | { readonly kind: "tags"; /** Tags of items. */ readonly in: readonly string[] }
  | {
      readonly kind: "attribute";
      /** Name of the item's attribute. */ readonly name: string;
      /** Its values. */ readonly in: readonly string[];
    }
  | {
      readonly kind: "quantity";
      /** Least, in the unit of the order. */ readonly atLeast?: Decimal;
      /** Most. */ readonly atMost?: Decimal;
    }
  | {
      readonly kind: "unitPrice";
      /** Least, money for one unit of the order. */ readonly atLeast?: Decimal;
      /** Most. */ readonly atMost?: Decimal;
    }
  | { readonly kind: "couponItems" }
  | { readonly kind: "all"; /** Parts that must all hold. */ readonly of: readonly LineSelector[] }
  | { readonly kind: "any"; /** Parts of which one must hold. */ readonly of: readonly LineSelector[] }
  | { readonly kind: "not"; /** What must not hold. */ readonly of: LineSelector };
