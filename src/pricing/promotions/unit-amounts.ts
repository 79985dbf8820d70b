import {
  clampUnits,
  compare,
  divideUnits,
  multiplyDivideUnits,
  scaleOf,
  toSafeUnits,
  type Decimal,
} from "../../core/decimal.js";
import { splitUnitsWithin } from "../../core/split-within.js";
import type { UnitRanking } from "../../model/promotion/promotion-effect.js";
import { roomOf, type CartState } from "./cart-state.js";
import type { CartLine } from "./promotion-cart.js";
import { propose, type EffectRun, type OpenProposal } from "./proposal.js";

/** A number of a definition as whole units, read once when it is compiled. */
export interface ExactNumber {
  /** Units. */
  readonly units: number;
  /** 10^scale: the number is units ÷ divisor. */
  readonly divisor: number;
}

/**
 * Reads a number of a definition.
 *
 * @throws RangeError for a number of more than fifteen digits, which `checkPromotion` refuses
 */
export function exactNumber(value: Decimal): ExactNumber {
  const scale = scaleOf(value);
  const units = toSafeUnits(value, scale);
  if (units === undefined) throw new RangeError(`${value} has too many digits for a promotion.`);
  return { units, divisor: 10 ** scale };
}

/** A percentage of an amount, rounded once. */
export function percentOfUnits(state: CartState, amount: number, percent: ExactNumber): number {
  return multiplyDivideUnits(amount, percent.units, percent.divisor * 100, state.rounding);
}

/** Money for a quantity, in minor units, rounded once: `price` is money for one unit. */
export function priceOfSteps(state: CartState, price: ExactNumber, steps: number): number {
  const minor = 10 ** state.decimals;
  const product = price.units * steps;
  const divisor = price.divisor * state.one;
  const isSafe = Number.isSafeInteger(product) && Number.isSafeInteger(divisor);
  if (isSafe && (product / divisor) * minor < MOST) return multiplyDivideUnits(product, minor, divisor, state.rounding);
  const dividend = BigInt(price.units) * BigInt(steps) * BigInt(minor);
  const exact = divideUnits(dividend, BigInt(price.divisor) * BigInt(state.one), state.rounding);
  return Math.min(MOST, clampUnits(exact));
}

/** More than any line can bear: what is above is cut off there anyway. */
const MOST = 2 ** 52;

/** What a number of steps of a line is worth: its share of the line's amount, rounded once. */
export function valueOfSteps(run: EffectRun, k: number, steps: number): number {
  const whole = run.state.quantity[k] ?? 1;
  const base = run.base[k] ?? 0;
  return steps === whole ? base : multiplyDivideUnits(base, steps, whole, run.state.rounding);
}

/**
 * Whether a line costs nothing any more. Its units are as good as got: they earn nothing else, and there is nothing to be
 * got of them.
 */
export function isSpent({ left }: Pick<CartState, "left">, k: number): boolean {
  return (left[k] ?? 0) <= 0;
}

/** Whole units of a line. */
export function wholeUnits(state: CartState, k: number): number {
  return Math.floor((state.quantity[k] ?? 0) / state.one);
}

/** Lines in the order of a ranking; equal ones in the order of the lines. */
export function ranked({ state }: EffectRun, lines: readonly number[], ranking: UnitRanking): number[] {
  return [...lines].sort(compareLines(state, ranking));
}

/** Compares the places of two lines by a ranking; equal ones by their order. */
export function compareLines(state: CartState, { by, first }: UnitRanking): (a: number, b: number) => number {
  const sign = first === "cheapest" ? 1 : -1;
  return (a, b) => sign * (by === "unitPrice" ? comparePrices(state, a, b) : amountBetween(state, a, b)) || a - b;
}

/** A price as a number that is good for ranking, where safe integers suffice. */
function rankOf(price: Decimal): number {
  const scale = scaleOf(price);
  const units = toSafeUnits(price, scale);
  return units === undefined ? Number.MAX_VALUE : units / 10 ** scale;
}

/** Compares the unit prices of two lines. */
export function comparePrices(state: CartState, a: number, b: number): number {
  const { lines } = state.cart;
  const price = (state.price ??= lines.map(({ unitPrice }) => rankOf(unitPrice)));
  const difference = (price[a] ?? 0) - (price[b] ?? 0);
  if (difference !== 0) return difference;
  return compare((lines[a] as CartLine).unitPrice, (lines[b] as CartLine).unitPrice);
}

function amountBetween({ start }: CartState, a: number, b: number): number {
  return (start[a] ?? 0) - (start[b] ?? 0);
}

/** Shares an amount out to lines in proportion to what it is computed from, as far as each of them can bear it. */
export function sharesAcross(run: EffectRun, total: number, lines: readonly number[]): readonly number[] {
  const { state, base } = run;
  const isAll = lines === state.everyLine;
  const weights = isAll ? base : lines.map((k) => base[k] ?? 0);
  const rooms = isAll && state.floor === undefined ? state.left : lines.map((k) => roomOf(state, k));
  const parts = splitUnitsWithin(total, weights, rooms, state.remainder);
  return isList(parts) ? parts : Array.from(parts);
}

function isList(parts: ArrayLike<number>): parts is readonly number[] {
  return Array.isArray(parts);
}

/** Takes an amount off one line, as far as it can bear it. */
export function proposeOff(proposal: OpenProposal, state: CartState, k: number, amount: number, steps: number): void {
  propose(proposal, k, Math.min(amount, roomOf(state, k)), steps);
}

/** Splits lines into the parts that an offer is counted over: each line, each item, or all together. */
export function partsOf(
  { cart }: CartState,
  lines: readonly number[],
  per: "line" | "item" | "group",
): readonly (readonly number[])[] {
  if (per === "group") return lines.length === 0 ? [] : [lines];
  if (per === "line") return lines.map((k) => [k]);
  const byItem = new Map<string, number[]>();
  for (const k of lines) {
    const { itemCode } = cart.lines[k] as CartLine;
    const part = byItem.get(itemCode);
    if (part === undefined) byItem.set(itemCode, [k]);
    else part.push(k);
  }
  return [...byItem.values()];
}
