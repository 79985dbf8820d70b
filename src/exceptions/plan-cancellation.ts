import { add, multiplyRound, sum, ZERO, type Decimal } from "../core/decimal.js";
import { minorUnitOf } from "../core/money.js";
import { ok, refuse, type Result } from "../core/result.js";
import { checkTransition } from "../lifecycle/transitions.js";
import { BUCKETS } from "../model/bucket.js";
import type { CustomerCode, LineId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import {
  cancellationMoves,
  needsConsent,
  type CancellableBucket,
  type CancelOrder,
  type CancelOrderContext,
  type CancelOrderIssue,
} from "./cancel-order.js";

/** What the work has cost that was done for goods by the time they stand in a bucket, in the order's currency. */
export interface WorkCost {
  /** Once for every line that is touched. */
  readonly perLine?: Decimal;
  /** For each base unit; the amount of a line is rounded half up to the minor unit. */
  readonly perUnit?: Decimal;
}

/** Cost by bucket; a bucket that is not named cost nothing. */
export type CancellationCosts = Readonly<Partial<Record<CancellableBucket, WorkCost>>>;

/** A part of a cancellation. */
export interface CancelledPart {
  /** Line. */
  readonly lineId: LineId;
  /** Where the quantity stands now. */
  readonly bucket: CancellableBucket;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
  /** Work that is lost, money. */
  readonly sunkCost: Decimal;
  /** Customer who must agree to it; absent where nobody must. */
  readonly consentOf?: CustomerCode;
}

/** All that an order can still be about. */
const LIVE_BUCKETS = /* @__PURE__ */ BUCKETS.filter((bucket) => bucket !== "cancelled" && bucket !== "merged");

/** What a cancellation would mean: what to agree on with the customer. */
export interface CancellationPlan {
  /** Its parts, in the order in which goods would be put back. */
  readonly parts: readonly CancelledPart[];
  /** Σ of the parts. */
  readonly sunkCost: Decimal;
  /** Whether nothing of the order would be left. */
  readonly isWhole: boolean;
}

/**
 * Says before a cancellation what it would undo and what work would be lost, so that it can be agreed on.
 *
 * **Rules**
 * 1. It takes what `cancelOrder` would take, and is refused where that would be, but for the reason and the customer's
 *    consent.
 * 2. The cost of a part is that of its line once, and of each unit, by the bucket it stands in; parts sum to the whole.
 * 3. Of each part it says whose consent `cancelOrder` will ask for under the same policy; a consent that the command names
 *    already changes nothing about that.
 *
 * @param costs by bucket, in the order's currency
 * @param policy from which bucket on consent is needed; never when absent
 * @returns the plan, or every reason why there is none
 *
 * **Source:** mission 14.3; definition B19
 * @example
 * ```ts
 * import { decimal, planCancellation } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { open: "4", picked: "6" } }] });
 * const costs = { picked: { perLine: decimal("1.50"), perUnit: decimal("0.12") } };
 * const plan = planCancellation(order, { reason: "no_longer_needed" }, costs);
 * plan.ok && [plan.value.sunkCost, plan.value.isWhole]; // => ["2.22", true]
 * const asked = planCancellation(order, { reason: "no_longer_needed" }, {}, { consentFrom: "picked" });
 * asked.ok && asked.value.parts.map(({ bucket, quantity, consentOf }) => [bucket, quantity, consentOf]); // => [["open","4",undefined],["picked","6","C-100"]]
 * ```
 */
export function planCancellation(
  order: Order,
  command: CancelOrder,
  costs: CancellationCosts,
  { consentFrom }: Pick<CancelOrderContext, "consentFrom"> = {},
): Result<CancellationPlan, CancelOrderIssue> {
  const forbidden = checkTransition(order, "cancel");
  const moves = cancellationMoves(order, command);
  if (!moves.ok || forbidden.length > 0) return refuse([...forbidden, ...(moves.ok ? [] : moves.issues)]);
  const decimals = minorUnitOf(order.header.currency) ?? 2;
  const byPart = new Map<string, Omit<CancelledPart, "sunkCost">>();
  for (const { lineId, from, quantity } of moves.value) {
    const key = `${from} ${lineId}`;
    const before = byPart.get(key)?.quantity ?? ZERO;
    byPart.set(key, { lineId, bucket: from as CancellableBucket, quantity: add(before, quantity) });
  }
  const parts = [...byPart.values()].map((part): CancelledPart => {
    const { perLine = ZERO, perUnit = ZERO } = costs[part.bucket] ?? {};
    const sunkCost = add(perLine, multiplyRound(perUnit, part.quantity, decimals, "halfUp"));
    const isAsked = needsConsent(part.bucket, consentFrom);
    return { ...part, sunkCost, ...(isAsked ? { consentOf: order.header.customerCode } : {}) };
  });
  const cancelled = sum(parts.map(({ quantity }) => quantity));
  const live = sum(order.lines.flatMap(({ quantities }) => LIVE_BUCKETS.map((bucket) => quantities[bucket])));
  return ok({ parts, sunkCost: sum(parts.map(({ sunkCost }) => sunkCost)), isWhole: cancelled === live });
}
