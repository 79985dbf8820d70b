import type { Claim, Game } from "./completion-game.js";

/**
 * Prices scarce stock so that the stock, and what orders are worth above the price of their needs, come to as little as
 * can be: no choice is worth more than that, whatever the prices (Lagrangian relaxation, subgradient method with Polyak's
 * step). Leaves on each claim what its needs cost at these prices.
 *
 * @param reached what some choice is worth
 * @returns the bound
 */
export function priceClaims({ claims, left: stock }: Game, reached: number): number {
  let prices = new Float64Array(stock.length);
  let [least, best, stride, idleRounds] = [Infinity, prices, 1, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const idle = new Float64Array(stock.length).fill(1);
    let bound = 0;
    for (const price of prices) bound += price;
    for (const { value, uses } of claims) {
      const gain = value - priceOf(uses, prices, stock);
      if (gain <= 0) continue;
      bound += gain;
      for (const { pool, units } of uses) idle[pool]! -= units / stock[pool]!;
    }
    if (bound < least) [least, best, idleRounds] = [bound, prices, 0];
    else if (++idleRounds % PATIENCE === 0) stride /= 2;
    let norm = 0;
    // A pool that costs nothing and is not used up pulls nowhere.
    for (const [pool, part] of idle.entries()) if (prices[pool]! > 0 || part < 0) norm += part * part;
    const step = (stride * (bound - reached)) / norm;
    if (norm === 0 || step <= 0) break;
    prices = prices.map((price, pool) => Math.max(0, price - step * idle[pool]!));
  }
  for (const claim of claims) claim.price = priceOf(claim.uses, best, stock);
  return least;
}

const ROUNDS = 300;
/** So many rounds without a better bound, and the steps are halved. */
const PATIENCE = 8;

function priceOf(uses: Claim["uses"], prices: Float64Array, stock: Float64Array): number {
  let price = 0;
  for (const { pool, units } of uses) price += (prices[pool]! * units) / stock[pool]!;
  return price;
}
