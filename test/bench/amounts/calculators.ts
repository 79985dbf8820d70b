import { Decimal as DecimalJs } from "decimal.js";
import { add, multiply, multiplyRound, subtract, sum, toFixedText, type Decimal } from "../../../src/core/decimal.js";
import { percentOf } from "../../../src/core/money.js";
import { decimal, ONE } from "../../../src/core/decimal.js";
import { importPeer } from "../peers.js";
import type { LineFigures } from "./line-figures.js";

/** The same small sums, done by one library. */
export interface Calculator {
  /** Net amount, tax and gross amount of a line, text in and text out, each rounded half up to cents. */
  readonly total: (line: LineFigures) => string;
  /** Sum of the prices, as text in and text out. */
  readonly addUp: (prices: readonly string[]) => string;
  /** Sum of the amounts price × quantity, each rounded to cents; text in and text out. */
  readonly multiplyUp: (lines: readonly LineFigures[]) => string;
}

/** ordercycle: text is the number, so nothing is read beforehand. */
export function ordercycleCalculator(): Calculator {
  const hundredth = decimal("0.01");
  return {
    total: ({ quantity, price, discount, tax }) => {
      const share = subtract(ONE, multiply(discount as Decimal, hundredth));
      const net = multiplyRound(multiply(quantity as Decimal, price as Decimal), share, 2, "halfUp");
      const taxAmount = percentOf(net, tax as Decimal, 2, "halfUp");
      return [net, taxAmount, add(net, taxAmount)].map((amount) => toFixedText(amount, 2)).join(" ");
    },
    addUp: (prices) => {
      let total = "0" as Decimal;
      for (const price of prices) total = add(total, price as Decimal);
      return total;
    },
    multiplyUp: (lines) =>
      sum(lines.map(({ price, quantity }) => multiplyRound(price as Decimal, quantity as Decimal, 2, "halfUp"))),
  };
}

/** ordercycle, a whole list at a time. */
export function ordercycleSumCalculator(): Calculator {
  return { ...ordercycleCalculator(), addUp: (prices) => sum(prices as readonly Decimal[]) };
}

interface Number10<Self> {
  plus: (other: Self) => Self;
  minus: (other: Self) => Self;
  times: (other: Self | string) => Self;
  div: (other: Self) => Self;
  toFixed: (decimals: number) => string;
  toString: () => string;
}

function classCalculator<Value extends Number10<Value>>(
  of: (text: string) => Value,
  toCents: (value: Value) => Value,
): Calculator {
  const hundred = of("100");
  const one = of("1");
  return {
    total: ({ quantity, price, discount, tax }) => {
      const net = toCents(
        of(quantity)
          .times(price)
          .times(one.minus(of(discount).div(hundred))),
      );
      const taxAmount = toCents(net.times(tax).div(hundred));
      return [net, taxAmount, net.plus(taxAmount)].map((amount) => amount.toFixed(2)).join(" ");
    },
    addUp: (prices) => prices.reduce((total, price) => total.plus(of(price)), of("0")).toString(),
    multiplyUp: (lines) =>
      lines.reduce((total, { price, quantity }) => total.plus(toCents(of(price).times(quantity))), of("0")).toString(),
  };
}

/** decimal.js as its documentation shows it. */
export function decimalJsCalculator(): Calculator {
  return classCalculator<DecimalJs>(
    (text) => new DecimalJs(text),
    (value) => value.toDecimalPlaces(2, DecimalJs.ROUND_HALF_UP),
  );
}

interface Big extends Number10<Big> {
  round: (decimals: number, mode: number) => Big;
}

/** big.js, the small relative of decimal.js. */
export async function bigJsCalculator(): Promise<Calculator> {
  const big = await importPeer<{ readonly default: (text: string) => Big }>("big.js");
  return classCalculator(
    (text) => big.default(text),
    (value) => value.round(2, 1),
  );
}

/** A loop over BigInt by hand: the reference for the digits. */
export function bigIntCalculator(): Calculator {
  const units = (text: string, decimals: number): bigint => {
    const [whole = "", fraction = ""] = text.split(".");
    return BigInt(whole + fraction.padEnd(decimals, "0"));
  };
  const rounded = (dividend: bigint, divisor: bigint): bigint => (dividend * 2n + divisor) / (divisor * 2n);
  const text = (value: bigint, decimals: number): string => {
    const digits = value.toString().padStart(decimals + 1, "0");
    return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  };
  const short = (value: bigint, decimals: number): string => text(value, decimals).replace(/\.?0+$/, "");
  return {
    total: ({ quantity, price, discount, tax }) => {
      const net = rounded(units(quantity, 3) * units(price, 4) * (10_000n - units(discount, 2)), 1_000_000_000n);
      const taxAmount = rounded(net * units(tax, 1), 1000n);
      return [net, taxAmount, net + taxAmount].map((amount) => text(amount, 2)).join(" ");
    },
    addUp: (prices) =>
      short(
        prices.reduce((total, price) => total + units(price, 4), 0n),
        4,
      ),
    multiplyUp: (lines) =>
      short(
        lines.reduce(
          (total, { price, quantity }) => total + rounded(units(price, 4) * units(quantity, 3), 100_000n),
          0n,
        ),
        2,
      ),
  };
}
