import type { Decimal } from "../../core/decimal.js";
import type { ShortageOffer } from "../../model/customer.js";
import type { LineName } from "../../model/displacement.js";
import type { ItemCode, OrderNo } from "../../model/ids.js";

/**
 * What became of a short line.
 *
 * | code | |
 * |---|---|
 * | `proposed` | the customer is asked to take another item, or somebody to give goods up; nothing moves until they agree |
 * | `substituted` | other items took its place |
 * | `order_awaits_answer` | another line of its order is proposed for |
 * | `order_is_asked_to_give` | its order would give goods of another line, so it stays as it is until that is answered |
 * | `deferred` | its whole order waits until all can be had |
 * | `deferred_until_next_order` | its whole order waits for the customer's next order |
 * | `merged` | its whole order went over into the next one |
 * | `cancelled` | it will never come |
 * | `stays` | open, or on record as back-fill |
 * | `refused` | its policy could not be followed; the refusal of the order says why |
 *
 * **Source:** mission 8.3, 9.14, 9.15, 9.16, 9.17; definition B6
 */
export type ShortageDecisionCode =
  | "proposed"
  | "substituted"
  | "order_awaits_answer"
  | "order_is_asked_to_give"
  | "deferred"
  | "deferred_until_next_order"
  | "merged"
  | "cancelled"
  | "stays"
  | "refused";

/** What became of a short line, and what was tried before. */
export interface ShortageDecision extends LineName {
  /** Item. */
  readonly itemCode: ItemCode;
  /** What was open, else what was back-filled, else what was deferred, in the base unit. */
  readonly short: Decimal;
  /** What became of it. */
  readonly code: ShortageDecisionCode;
  /** Proposal that waits for an answer: the best of those that were made for the line. */
  readonly proposalId?: string;
  /** Order into which it went. */
  readonly nextOrderNo?: OrderNo;
  /** What of it other items took the place of at once, in the base unit. */
  readonly substituted?: Decimal;
  /**
   * What was offered and came to nothing, with the code of the reason: that of a refusal, or `turned_down`, `stock_is_there`,
   * `none_offered`, `no_item_master`, or `rest_is_missing` where others would have given, but not all that comes together.
   */
  readonly tried: readonly { readonly offer: ShortageOffer; readonly code: string }[];
}
