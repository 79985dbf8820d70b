import { multiplyDivideUnits, toSafeUnits, ZERO } from "../../../core/decimal.js";
import { splitUnitsWithin } from "../../../core/split-within.js";
import { roomOf, type CartState } from "../cart-state.js";
import type { CartLine } from "../promotion-cart.js";
import {
  openProposal,
  proposalOrNothing,
  propose,
  proposeWhole,
  type CompileEffect,
  type EffectRun,
  type OpenProposal,
} from "../proposal.js";
import {
  exactNumber,
  priceOfSteps,
  proposeOff,
  ranked,
  sharesAcross,
  valueOfSteps,
  type ExactNumber,
} from "../unit-amounts.js";

const DEAREST = { by: "unitPrice", first: "dearest" } as const;

/** An amount of money off each unit, each line, one unit, or across the lines; see `AmountOff`. */
export const amountOff: CompileEffect<"amountOff"> = (effect, setting) => {
  const money = exactNumber(effect.amount);
  const minor = toSafeUnits(effect.amount, setting.decimals) ?? 0;
  const stated = effect.stated ?? setting.prices;
  const isConverted = stated !== setting.prices;
  return (run) => {
    const { state, lines } = run;
    if (effect.per === "across" && !isConverted) return proposeWhole(run, sharesAcross(run, minor, lines));
    const proposal = openProposal();
    const atLine = (k: number): ExactNumber => (isConverted ? convertedAt(state, k, money, stated) : money);
    switch (effect.per) {
      case "unit":
        for (const k of lines) {
          const steps = state.quantity[k] ?? 0;
          proposeOff(proposal, state, k, priceOfSteps(state, atLine(k), steps), steps);
        }
        break;
      case "line":
        for (const k of lines) {
          proposeOff(proposal, state, k, priceOfSteps(state, atLine(k), state.one), state.quantity[k] ?? 0);
        }
        break;
      case "once": {
        const k = ranked(run, lines, effect.pick ?? DEAREST).find((line) => roomOf(state, line) > 0);
        if (k === undefined) break;
        const steps = Math.min(state.one, state.quantity[k] ?? 0);
        const amount = priceOfSteps(state, atLine(k), state.one);
        proposeOff(proposal, state, k, Math.min(amount, valueOfSteps(run, k, steps)), steps);
        break;
      }
      case "across":
        convertAcross(proposal, run, minor, stated);
        break;
    }
    return proposalOrNothing(proposal, run);
  };
};

/** The tax rate of a line in parts of 100 × divisor. */
function rateOf(state: CartState, k: number): ExactNumber {
  return exactNumber((state.cart.lines[k] as CartLine).taxRate ?? ZERO);
}

/** Money stated with tax (or without) as money of prices without it (or with). */
function convertedAt(
  state: CartState,
  k: number,
  money: ExactNumber,
  stated: "taxInclusive" | "taxExclusive",
): ExactNumber {
  const rate = rateOf(state, k);
  const without = 100 * rate.divisor;
  const withTax = without + rate.units;
  return stated === "taxInclusive"
    ? { units: money.units * without, divisor: money.divisor * withTax }
    : { units: money.units * withTax, divisor: money.divisor * without };
}

/**
 * Shares an amount out in the terms in which it is stated, then brings each share to the terms of the prices.
 *
 * The weights are what the lines come to in those terms, rounded as an invoice prints them: whoever recomputes the shares
 * from the printed amounts gets the same.
 */
function convertAcross(
  proposal: OpenProposal,
  run: EffectRun,
  minor: number,
  stated: "taxInclusive" | "taxExclusive",
): void {
  const { state, base, lines } = run;
  const toStated = stated === "taxInclusive" ? "taxExclusive" : "taxInclusive";
  const factor = (k: number, from: "taxInclusive" | "taxExclusive"): ExactNumber =>
    convertedAt(state, k, { units: 1, divisor: 1 }, from);
  const inStatedTerms = (amount: number, k: number): number => {
    const { units, divisor } = factor(k, toStated);
    return multiplyDivideUnits(amount, units, divisor, state.rounding);
  };
  const weights = lines.map((k) => inStatedTerms(base[k] ?? 0, k));
  const rooms = lines.map((k) => inStatedTerms(roomOf(state, k), k));
  const parts = splitUnitsWithin(minor, weights, rooms, state.remainder);
  for (const [place, k] of lines.entries()) {
    const { units, divisor } = factor(k, stated);
    const amount = multiplyDivideUnits(parts[place] ?? 0, units, divisor, state.rounding);
    propose(proposal, k, Math.min(amount, roomOf(state, k)), state.quantity[k] ?? 0);
  }
}
