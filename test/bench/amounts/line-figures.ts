import { seededRandom } from "../random.js";

/** What a line total is computed from, as text. */
export interface LineFigures {
  /** Quantity, up to three decimals. */
  readonly quantity: string;
  /** Unit price, up to four decimals. */
  readonly price: string;
  /** Discount in per cent, up to two decimals. */
  readonly discount: string;
  /** Tax in per cent, up to one decimal. */
  readonly tax: string;
}

/** Draws order lines: mostly pieces and cents, some weights and finer prices. All texts are canonical decimals. */
export function lineFigures(count: number): LineFigures[] {
  const random = seededRandom(count);
  return Array.from({ length: count }, () => ({
    quantity: random.next() < 0.8 ? String(random.between(1, 60)) : shortened(random.between(1, 60_000), 3),
    price: random.next() < 0.9 ? shortened(random.between(1, 99_999), 2) : shortened(random.between(1, 9_999_999), 4),
    discount: random.next() < 0.6 ? "0" : shortened(random.between(1, 4000), 2),
    tax: random.pick(["0", "7", "19", "5.5"]),
  }));
}

function shortened(units: number, decimals: number): string {
  return String(Number((units / 10 ** decimals).toFixed(decimals)));
}
