import { Decimal } from "decimal.js";
import { freeUnits, type UsedUnits } from "./free-units.js";
import type { BenchCart, BenchPromotion, BuyGetOffer, Step } from "./promotion-world.js";
import type { TextCart } from "./ordercycle-promotions.js";

/** What a loop takes off a line. */
export interface Discount<Amount = number> {
  readonly lineId: string;
  readonly promotionId: string;
  readonly amount: Amount;
}

/** What the loops ask of a cart. */
interface CartLines {
  readonly count: number;
  readonly itemOf: (place: number) => string;
  readonly categoryOf: (place: number) => string | undefined;
  readonly quantityOf: (place: number) => number;
  readonly grossOf: (place: number) => number;
}

/** A promotion with its lists as sets. */
interface LoopPromotion {
  readonly promotion: BenchPromotion;
  readonly items: ReadonlySet<string>;
  readonly got: ReadonlySet<string>;
}

const NO_ITEMS: ReadonlySet<string> = new Set();

function withSets(promotions: readonly BenchPromotion[]): LoopPromotion[] {
  return promotions.map((promotion) => {
    if (promotion.kind === "buyGet") return { promotion, items: new Set(promotion.buy), got: new Set(promotion.get) };
    return { promotion, items: "items" in promotion ? new Set(promotion.items) : NO_ITEMS, got: NO_ITEMS };
  });
}

/** Percentage that a line gets from a promotion by percent or by tiers; 0 for none. */
function percentFor({ promotion, items }: LoopPromotion, cart: CartLines, place: number): number {
  switch (promotion.kind) {
    case "items":
      return items.has(cart.itemOf(place)) ? promotion.percent : 0;
    case "category":
      return promotion.category === cart.categoryOf(place) ? promotion.percent : 0;
    case "tiers":
      return items.has(cart.itemOf(place)) ? stepFor(promotion.steps, cart.quantityOf(place)) : 0;
    case "coupon":
      return promotion.percent;
    default:
      return 0;
  }
}

/** Percentage of the highest step that the quantity reaches. */
export function stepFor(steps: readonly Step[], quantity: number): number {
  let reached = 0;
  for (const [from, percent] of steps) if (quantity >= from) reached = percent;
  return reached;
}

function giveFree(
  offer: BuyGetOffer,
  { items, got }: LoopPromotion,
  cart: CartLines,
  used: UsedUnits,
  give: (place: number, units: number) => void,
): void {
  const places = Array.from({ length: cart.count }, (_, place) => place);
  const buy = places.filter((place) => items.has(cart.itemOf(place)));
  const get = places.filter((place) => got.has(cart.itemOf(place)));
  if (buy.length === 0 || get.length === 0) return;
  const lines = { quantity: places.map(cart.quantityOf), gross: places.map(cart.grossOf) };
  freeUnits(offer, lines, buy, get, used)?.forEach((units, nth) => give(get[nth]!, units));
}

function unused(count: number): UsedUnits {
  return { bought: new Int32Array(count), got: new Int32Array(count) };
}

/** The loop that one writes first, on whole cents: every promotion, every line. */
export function centsLoop(
  promotions: readonly BenchPromotion[],
): (cart: BenchCart, only?: ReadonlySet<string>) => Discount[] {
  const prepared = withSets(promotions);
  return ({ lines, group, subtotal, codes }, only) => {
    const left = lines.map(({ price, quantity }) => price * quantity);
    const used = unused(lines.length);
    const discounts: Discount[] = [];
    const cart: CartLines = {
      count: lines.length,
      itemOf: (place) => lines[place]!.item,
      categoryOf: (place) => lines[place]!.category,
      quantityOf: (place) => lines[place]!.quantity,
      grossOf: (place) => lines[place]!.price * lines[place]!.quantity,
    };
    for (const one of prepared) {
      const { promotion } = one;
      const takeOff = (place: number, amount: number): void => {
        if (amount <= 0) return;
        left[place]! -= amount;
        discounts.push({ lineId: lines[place]!.lineId, promotionId: promotion.id, amount });
      };
      if (only?.has(promotion.id) === false) continue;
      if (promotion.kind === "coupon" && !codes.includes(promotion.code)) continue;
      if (promotion.kind === "amount") {
        if (promotion.group === group && subtotal >= promotion.least) shareOut(promotion.amount, left, takeOff);
      } else if (promotion.kind === "buyGet") {
        giveFree(promotion, one, cart, used, (place, units) => takeOff(place, units * lines[place]!.price));
      } else {
        for (let place = 0; place < lines.length; place++) {
          takeOff(place, Math.floor((left[place]! * percentFor(one, cart, place) + 50) / 100));
        }
      }
    }
    return discounts;
  };
}

/** Shares an amount out in proportion to what is left; cents left over go to the largest remainders. */
function shareOut(amount: number, left: readonly number[], takeOff: (place: number, amount: number) => void): void {
  const sum = left.reduce((total, one) => total + one, 0);
  if (sum <= 0) return;
  const given = Math.min(amount, sum);
  const parts = left.map((one) => Math.floor((one * given) / sum));
  const rests = left.map((one) => (one * given) % sum);
  const over = given - parts.reduce((total, part) => total + part, 0);
  const order = left.map((_, place) => place).sort((a, b) => rests[b]! - rests[a]! || a - b);
  for (const place of order.slice(0, over)) parts[place]! += 1;
  parts.forEach((part, place) => takeOff(place, part));
}

const CENT = new Decimal("0.01");

/** The same loop on decimal text with decimal.js. */
export function decimalLoop(promotions: readonly BenchPromotion[]): (cart: TextCart) => Discount<Decimal>[] {
  const prepared = withSets(promotions).map((one) => {
    const { promotion } = one;
    const money = promotion.kind === "amount" ? [promotion.amount, promotion.least] : [0, 0];
    return { one, promotion, amount: CENT.times(money[0]!), least: CENT.times(money[1]!) };
  });
  return ({ lines, customer, couponCodes }) => {
    const prices = lines.map(({ unitPrice }) => new Decimal(unitPrice));
    const gross = lines.map(({ quantity }, place) => prices[place]!.times(quantity).toDecimalPlaces(2));
    const subtotal = gross.reduce((total, amount) => total.plus(amount), new Decimal(0));
    const left = gross.slice();
    const used = unused(lines.length);
    const discounts: Discount<Decimal>[] = [];
    const cart: CartLines = {
      count: lines.length,
      itemOf: (place) => lines[place]!.itemCode,
      categoryOf: (place) => lines[place]!.categories?.[0],
      quantityOf: (place) => Number(lines[place]!.quantity),
      grossOf: (place) => gross[place]!.toNumber(),
    };
    for (const { one, promotion, amount, least } of prepared) {
      const takeOff = (place: number, off: Decimal): void => {
        if (!off.gt(0)) return;
        left[place] = left[place]!.minus(off);
        discounts.push({ lineId: lines[place]!.lineId, promotionId: promotion.id, amount: off });
      };
      if (promotion.kind === "coupon" && !couponCodes.includes(promotion.code)) continue;
      if (promotion.kind === "amount") {
        if (promotion.group === customer.customerType && subtotal.gte(least)) shareDecimalOut(amount, left, takeOff);
      } else if (promotion.kind === "buyGet") {
        giveFree(promotion, one, cart, used, (place, units) => takeOff(place, prices[place]!.times(units)));
      } else {
        for (let place = 0; place < lines.length; place++) {
          const percent = percentFor(one, cart, place);
          if (percent > 0)
            takeOff(place, left[place]!.times(percent).div(100).toDecimalPlaces(2, Decimal.ROUND_HALF_UP));
        }
      }
    }
    return discounts;
  };
}

function shareDecimalOut(
  amount: Decimal,
  left: readonly Decimal[],
  takeOff: (place: number, amount: Decimal) => void,
): void {
  const sum = left.reduce((total, one) => total.plus(one), new Decimal(0));
  if (!sum.gt(0)) return;
  const given = Decimal.min(amount, sum);
  // In cents, so that the remainders are exact.
  const shares = left.map((one) => one.times(100).times(given.times(100)));
  const parts = shares.map((share) => share.divToInt(sum.times(100)));
  const rests = shares.map((share) => share.mod(sum.times(100)));
  const over = given.times(100).minus(parts.reduce((total, part) => total.plus(part), new Decimal(0)));
  const order = left.map((_, place) => place).sort((a, b) => rests[b]!.comparedTo(rests[a]!) || a - b);
  for (const place of order.slice(0, over.toNumber())) parts[place] = parts[place]!.plus(1);
  parts.forEach((part, place) => takeOff(place, part.times(CENT)));
}
