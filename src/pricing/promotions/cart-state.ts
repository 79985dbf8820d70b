import {
  isNegative,
  isPositive,
  multiplyDivideUnits,
  multiplyRound,
  scaleOf,
  toSafeUnits,
  type Decimal,
  type RoundingMode,
} from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { minorUnitOf } from "../../core/money.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { RemainderRule } from "../../core/split-amount.js";
import type { LineId } from "../../model/ids.js";
import type { PromotionPolicy } from "../../model/promotion/promotion-policy.js";
import type { CartLine, PromotionCart } from "./promotion-cart.js";

/** Why promotions cannot be worked out for a cart. */
export type PromotionCartIssue = IssueOf<{
  "cart.unknown_currency": { readonly currency: string };
  "cart.line_twice": { readonly lineId: LineId };
  "cart.quantity_not_positive": { readonly lineId: LineId; readonly quantity: Decimal };
  "cart.price_negative": { readonly lineId: LineId; readonly unitPrice: Decimal };
  "cart.discount_exceeds_amount": { readonly lineId: LineId; readonly discount: Decimal };
  "cart.charge_negative": { readonly amount: Decimal };
  "cart.out_of_range": { readonly lineId: LineId };
  "cart.unpayable": { readonly amount: Decimal; readonly decimals: number };
}>;

/**
 * A cart while promotions are worked out: money as whole minor units, quantities as whole steps of 10^-quantityScale, in
 * columns. It belongs to one evaluation.
 */
export interface CartState {
  /** The cart. */
  readonly cart: PromotionCart;
  /** Decimals of a minor unit. */
  readonly decimals: number;
  /** How halves are rounded. */
  readonly rounding: RoundingMode;
  /** Who gets units that shares leave over. */
  readonly remainder: RemainderRule;
  /** Lines. */
  readonly count: number;
  /** Places of all lines. */
  readonly everyLine: readonly number[];
  /** Quantity × price, rounded. */
  readonly gross: readonly number[];
  /** Σ gross. */
  readonly grossSum: number;
  /** The same after what was agreed: amounts before promotions. */
  readonly start: readonly number[];
  /** What is left to pay. */
  readonly left: number[];
  /** What must be left; undefined where no line has a floor. */
  readonly floor: readonly number[] | undefined;
  /** Quantities in steps. */
  readonly quantity: readonly number[];
  /** Digits after the point of a step. */
  readonly quantityScale: number;
  /** Steps in one unit. */
  readonly one: number;
  /** Unit prices as numbers, good for ranking; equal ones are compared as text. */
  readonly price: readonly number[];
  /** Whole units that offers have used as bought and as got, by line; undefined until the first. */
  used: { readonly bought: Float64Array; readonly got: Float64Array } | undefined;
  /** Places of lines on which a promotion allows no other; undefined until the first. */
  closed: Set<number> | undefined;
  /** Charges before promotions. */
  readonly chargesAtStart: readonly number[];
  /** What is left of the charges. */
  readonly charges: number[];
}

/**
 * Turns a cart into columns of whole units.
 *
 * @param finest decimals that quantities are counted in at least, since a limit or a gift names such
 * @returns the state before any promotion, or every reason why the cart is none
 */
export function openCart(
  cart: PromotionCart,
  policy: PromotionPolicy,
  finest = 0,
): Result<CartState, PromotionCartIssue> {
  const { lines, charges = [] } = cart;
  const count = lines.length;
  const decimals = policy.decimals ?? minorUnitOf(cart.currency);
  if (decimals === undefined) {
    return refuse([issue("cart.unknown_currency", ["currency"], { currency: cart.currency })]);
  }
  let quantityScale = finest;
  for (const { quantity } of lines) quantityScale = Math.max(quantityScale, scaleOf(quantity));
  const everyLine: number[] = [];
  const gross: number[] = [];
  const start: number[] = [];
  const quantities: number[] = [];
  const price: number[] = [];
  let floor: number[] | undefined;
  const issues: PromotionCartIssue[] = [];
  let grossSum = 0;
  let quantitySum = 0;
  for (let k = 0; k < count; k += 1) {
    const line = lines[k] as CartLine;
    const { quantity, unitPrice, agreedDiscount, floorPrice } = line;
    const steps = toSafeUnits(quantity, quantityScale);
    const priceScale = scaleOf(unitPrice);
    const priceUnits = toSafeUnits(unitPrice, priceScale);
    const amount =
      amountOfUnits(steps, priceUnits, quantityScale + priceScale - decimals, policy.rounding) ??
      toSafeUnits(multiplyRound(quantity, unitPrice, decimals, policy.rounding), decimals);
    // Sums over the lines must be exact too.
    grossSum += amount ?? 0;
    quantitySum += steps ?? 0;
    const isInRange = steps !== undefined && amount !== undefined && grossSum <= MOST && quantitySum <= MOST;
    if (!isInRange || steps <= 0 || amount < 0) checkLine(line, k, isInRange, issues);
    everyLine.push(k);
    gross.push(amount ?? 0);
    quantities.push(steps ?? 0);
    price.push(priceUnits === undefined ? Number.MAX_VALUE : priceUnits / 10 ** priceScale);
    const agreed =
      agreedDiscount === undefined ? 0 : agreedUnits(line, agreedDiscount, k, decimals, amount ?? 0, issues);
    start.push((amount ?? 0) - agreed);
    if (floorPrice !== undefined) {
      floor ??= new Array<number>(count).fill(0);
      const least = multiplyRound(quantity, floorPrice, decimals, "ceiling");
      floor[k] = toSafeUnits(least, decimals) ?? Number.MAX_SAFE_INTEGER;
    }
  }
  checkLineIds(lines, issues);
  const chargesLeft: number[] = [];
  let chargeSum = 0;
  for (const [position, { amount }] of charges.entries()) {
    const units = toSafeUnits(amount, decimals);
    const path = ["charges", position, "amount"];
    if (isNegative(amount)) issues.push(issue("cart.charge_negative", path, { amount }));
    else if (units === undefined || (chargeSum += units) > MOST) {
      issues.push(issue("cart.unpayable", path, { amount, decimals }));
    }
    chargesLeft.push(units ?? 0);
  }
  if (issues.length > 0) return refuse(issues);
  return ok({
    cart,
    decimals,
    rounding: policy.rounding,
    remainder: policy.remainder,
    count,
    everyLine,
    gross,
    grossSum,
    start,
    left: start.slice(),
    floor,
    quantity: quantities,
    quantityScale,
    one: 10 ** quantityScale,
    price,
    used: undefined,
    closed: undefined,
    chargesAtStart: chargesLeft,
    charges: chargesLeft.slice(),
  });
}

/** Half of the safe integers, so that charges can come on top. */
const MOST = 2 ** 52;

/** Most of what may be taken off a line now. */
export function roomOf(state: CartState, k: number): number {
  const left = state.left[k] ?? 0;
  return state.floor === undefined ? left : Math.max(0, left - (state.floor[k] ?? 0));
}

/** Quantity × price in minor units, rounded once; undefined where it needs more than safe integers. */
function amountOfUnits(
  steps: number | undefined,
  price: number | undefined,
  excess: number,
  mode: RoundingMode,
): number | undefined {
  if (steps === undefined || price === undefined || excess < 0 || excess > 15) return undefined;
  const product = steps * price;
  if (!Number.isSafeInteger(product)) return undefined;
  return excess === 0 ? product : multiplyDivideUnits(steps, price, 10 ** excess, mode);
}

function checkLine(line: CartLine, position: number, isInRange: boolean, issues: PromotionCartIssue[]): void {
  const { lineId, quantity, unitPrice } = line;
  const path = ["lines", position];
  if (!isPositive(quantity)) {
    issues.push(issue("cart.quantity_not_positive", [...path, "quantity"], { lineId, quantity }));
  }
  if (isNegative(unitPrice)) issues.push(issue("cart.price_negative", [...path, "unitPrice"], { lineId, unitPrice }));
  if (!isInRange) issues.push(issue("cart.out_of_range", path, { lineId }));
}

function agreedUnits(
  line: CartLine,
  discount: Decimal,
  position: number,
  decimals: number,
  gross: number,
  issues: PromotionCartIssue[],
): number {
  const path = ["lines", position, "agreedDiscount"];
  const units = toSafeUnits(discount, decimals);
  if (units === undefined) issues.push(issue("cart.unpayable", path, { amount: discount, decimals }));
  else if (units < 0 || units > gross) {
    issues.push(issue("cart.discount_exceeds_amount", path, { lineId: line.lineId, discount }));
  }
  return units ?? 0;
}

/** Each line id stands once. Ids mostly rise, and then no set is needed: it costs more than reading the line. */
function checkLineIds(lines: readonly CartLine[], issues: PromotionCartIssue[]): void {
  let rising = 1;
  while (rising < lines.length && isBelow(lines[rising - 1] as CartLine, lines[rising] as CartLine)) rising += 1;
  if (rising >= lines.length) return;
  const seen = new Set<LineId>();
  for (let k = 0; k < lines.length; k += 1) {
    const { lineId } = lines[k] as CartLine;
    if (seen.has(lineId)) issues.push(issue("cart.line_twice", ["lines", k, "lineId"], { lineId }));
    seen.add(lineId);
  }
}

/** Whether an id comes before another where shorter ones come first, so that "9" comes before "10". */
function isBelow({ lineId: one }: CartLine, { lineId: other }: CartLine): boolean {
  return one.length < other.length || (one.length === other.length && one < other);
}
