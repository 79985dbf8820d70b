import { quickUnits } from "../../core/quick-units.js";
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
  /** Places of all lines; undefined until they are asked for. */
  everyLine: readonly number[] | undefined;
  /** Quantity × price, rounded. */
  readonly gross: readonly number[];
  /** Σ gross. */
  readonly grossSum: number;
  /** The same after what was agreed: amounts before promotions. */
  readonly start: readonly number[];
  /** What is left to pay. */
  readonly left: number[];
  /** What must be left; undefined where no line has a floor. */
  floor: readonly number[] | undefined;
  /** Quantities in steps. */
  readonly quantity: readonly number[];
  /** Digits after the point of a step. */
  readonly quantityScale: number;
  /** Steps in one unit. */
  readonly one: number;
  /** Unit prices as numbers, good for ranking; equal ones are compared as text. Undefined until they are asked for. */
  price: readonly number[] | undefined;
  /** Whole units that offers have used as bought and as got, by line; undefined until the first. */
  used: { readonly bought: number[]; readonly got: number[] } | undefined;
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
  const { lines } = cart;
  const count = lines.length;
  const decimals = policy.decimals ?? minorUnitOf(cart.currency);
  if (decimals === undefined) {
    return refuse([issue("cart.unknown_currency", ["currency"], { currency: cart.currency })]);
  }
  const { quantityScale, quantities } = quantitiesOf(lines, finest);
  const one = 10 ** quantityScale;
  const gross = new Array<number>(count);
  let start: number[] | undefined;
  let floor: number[] | undefined;
  const issues: PromotionCartIssue[] = [];
  let grossSum = 0;
  let quantitySum = 0;
  for (let k = 0; k < count; k += 1) {
    const line = lines[k] as CartLine;
    const { agreedDiscount, floorPrice } = line;
    const steps = quantities[k] ?? Number.NaN;
    const exact = amountOf(line, steps, one, decimals, policy.rounding);
    const isCounted = !Number.isNaN(steps) && !Number.isNaN(exact);
    const amount = isCounted ? exact : 0;
    // Sums over the lines must be exact too.
    grossSum += amount;
    if (isCounted) quantitySum += steps;
    const isInRange = isCounted && grossSum <= MOST && quantitySum <= MOST;
    const isPriced = amount > 0 || (amount === 0 && !isNegative(line.unitPrice));
    if (!isInRange || steps <= 0 || !isPriced) checkLine(line, k, isInRange, issues);
    gross[k] = amount;
    if (agreedDiscount !== undefined) {
      start ??= gross.slice(0, k);
      start.push(amount - agreedUnits(line, agreedDiscount, k, decimals, amount, issues));
    } else start?.push(amount);
    if (floorPrice !== undefined) {
      floor ??= new Array<number>(count).fill(0);
      const least = multiplyRound(line.quantity, floorPrice, decimals, "ceiling");
      floor[k] = toSafeUnits(least, decimals) ?? Number.MAX_SAFE_INTEGER;
    }
  }
  start ??= gross;
  checkLineIds(lines, issues);
  const charges = chargesOf(cart, decimals, issues);
  if (issues.length > 0) return refuse(issues);
  return ok({
    cart,
    decimals,
    rounding: policy.rounding,
    remainder: policy.remainder,
    count,
    everyLine: undefined,
    gross,
    grossSum,
    start,
    left: start.slice(),
    floor,
    quantity: quantities,
    quantityScale,
    one,
    price: undefined,
    used: undefined,
    closed: undefined,
    chargesAtStart: charges,
    charges: charges.slice(),
  });
}

/** Half of the safe integers, so that charges can come on top. */
const MOST = 2 ** 52;

/** Most of what may be taken off a line now. */
export function roomOf(state: CartState, k: number): number {
  const left = state.left[k] ?? 0;
  return state.floor === undefined ? left : Math.max(0, left - (state.floor[k] ?? 0));
}

/** Places of all lines. */
export function everyLineOf(state: CartState): readonly number[] {
  return (state.everyLine ??= state.start.map((_amount, k) => k));
}

function chargesOf({ charges = [] }: PromotionCart, decimals: number, issues: PromotionCartIssue[]): number[] {
  let sum = 0;
  return charges.map(({ amount }, position) => {
    const units = toSafeUnits(amount, decimals);
    const path = ["charges", position, "amount"];
    if (isNegative(amount)) issues.push(issue("cart.charge_negative", path, { amount }));
    else if (units === undefined || (sum += units) > MOST) {
      issues.push(issue("cart.unpayable", path, { amount, decimals }));
    }
    return units ?? 0;
  });
}

/** Quantities as whole steps of the finest of them; not a number where only a bigint would hold one. */
function quantitiesOf(
  lines: readonly CartLine[],
  finest: number,
): { readonly quantityScale: number; readonly quantities: readonly number[] } {
  const quantities = new Array<number>(lines.length);
  for (let k = 0; k < lines.length; k += 1) {
    const steps = quickUnits((lines[k] as CartLine).quantity, finest);
    // Mostly all of them are as coarse as that. The first that is not has them all read again with their own scale.
    if (Number.isNaN(steps)) return finerQuantities(lines, finest);
    quantities[k] = steps;
  }
  return { quantityScale: finest, quantities };
}

function finerQuantities(lines: readonly CartLine[], finest: number): ReturnType<typeof quantitiesOf> {
  const quantityScale = lines.reduce((scale, { quantity }) => Math.max(scale, scaleOf(quantity)), finest);
  const quantities = lines.map(({ quantity }) => toSafeUnits(quantity, quantityScale) ?? Number.NaN);
  return { quantityScale, quantities };
}

/** Quantity × price in minor units, rounded once; not a number where safe integers do not suffice. */
function amountOf(
  { quantity, unitPrice }: CartLine,
  steps: number,
  one: number,
  decimals: number,
  mode: RoundingMode,
): number {
  const price = quickUnits(unitPrice, decimals);
  const product = steps * price;
  if (Number.isSafeInteger(product)) return one === 1 ? product : multiplyDivideUnits(steps, price, one, mode);
  return toSafeUnits(multiplyRound(quantity, unitPrice, decimals, mode), decimals) ?? Number.NaN;
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
