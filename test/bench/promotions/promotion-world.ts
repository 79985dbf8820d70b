import { seededRandom, type Random } from "../random.js";

/** A promotion in the plainest form, from which each contender makes its own. Money in whole cents. */
export type BenchPromotion = { readonly id: string } & (
  | { readonly kind: "items"; readonly items: readonly string[]; readonly percent: number }
  | { readonly kind: "category"; readonly category: string; readonly percent: number }
  | { readonly kind: "tiers"; readonly items: readonly string[]; readonly steps: readonly Step[] }
  | { readonly kind: "coupon"; readonly code: string; readonly percent: number }
  | { readonly kind: "amount"; readonly group: string; readonly least: number; readonly amount: number }
  | BuyGetOffer
);

/** From a quantity of the line on, a percentage. */
export type Step = readonly [from: number, percent: number];

/** Units of some items bring units of others for nothing. */
export interface BuyGetOffer {
  readonly id: string;
  readonly kind: "buyGet";
  readonly buy: readonly string[];
  readonly buyUnits: number;
  readonly get: readonly string[];
  readonly getUnits: number;
  readonly mostUnits: number;
}

/** A line of a cart. */
export interface BenchLine {
  readonly lineId: string;
  readonly item: string;
  readonly category: string;
  readonly quantity: number;
  /** In whole cents. */
  readonly price: number;
}

/** A cart before promotions. */
export interface BenchCart {
  readonly group: string;
  readonly codes: readonly string[];
  readonly lines: readonly BenchLine[];
  /** In whole cents. */
  readonly subtotal: number;
}

/** Promotions in the order in which they are applied, and carts. */
export interface PromotionWorld {
  readonly promotions: readonly BenchPromotion[];
  readonly carts: readonly BenchCart[];
}

/** What a case asks for. */
export interface PromotionSettings {
  /** Promotions that may have something to do with the carts. */
  readonly live: number;
  /** Promotions for items, categories, groups and codes that no cart has. */
  readonly idle: number;
  /** 1 for a small catalogue with long lists and ten times the amounts off orders: much applies to a cart. */
  readonly isDense: number;
  /** Carts. */
  readonly carts: number;
}

interface Catalogue {
  readonly prefix: string;
  readonly items: number;
  readonly categories: number;
  readonly listed: number;
  readonly groups: readonly string[];
}

const GROUPS = ["consumer", "loyal", "staff", "trade"];
const SPARSE = { prefix: "", items: 5000, categories: 200, listed: 12, groups: GROUPS };
const DENSE = { prefix: "", items: 2000, categories: 50, listed: 30, groups: GROUPS };

/** Makes promotions and carts. The carts and the live promotions do not depend on the idle ones. */
export function promotionWorld({ live, idle, isDense, carts }: PromotionSettings): PromotionWorld {
  const catalogue = isDense === 1 ? DENSE : SPARSE;
  const promotions = promotionsFor(seededRandom(live + isDense), catalogue, live, isDense === 1);
  const codes = promotions.flatMap((promotion) => (promotion.kind === "coupon" ? [promotion.code] : []));
  const elsewhere = { ...SPARSE, prefix: "X", groups: ["nobody"] };
  const others = promotionsFor(seededRandom(idle + 7), elsewhere, idle, false);
  return {
    promotions: [...promotions, ...others].sort(byOrderOfUse),
    carts: cartsFor(seededRandom(carts + isDense), catalogue, codes, carts),
  };
}

/** Offers with free units first, the rest by what they take off, the most first. */
function byOrderOfUse(one: BenchPromotion, other: BenchPromotion): number {
  return weightOf(other) - weightOf(one) || (one.id < other.id ? -1 : 1);
}

function weightOf(promotion: BenchPromotion): number {
  switch (promotion.kind) {
    case "buyGet":
      return 1000 + promotion.buyUnits;
    case "tiers":
      return promotion.steps[0]?.[1] ?? 0;
    case "amount":
      return promotion.amount / 100;
    default:
      return promotion.percent;
  }
}

function promotionsFor(random: Random, catalogue: Catalogue, count: number, hasManyAmounts: boolean): BenchPromotion[] {
  const { prefix, categories, listed, groups } = catalogue;
  const list = (size: number): string[] => {
    const chosen = new Set<string>();
    while (chosen.size < size) chosen.add(itemName(catalogue, random.between(0, catalogue.items - 1)));
    return [...chosen];
  };
  return Array.from({ length: count }, (_, place): BenchPromotion => {
    const id = `${prefix}P${String(place).padStart(4, "0")}`;
    const turn = place % 10;
    if (turn < 2) return { id, kind: "items", items: list(listed), percent: random.between(3, 25) };
    if (turn < 4) {
      const category = `${prefix}C${random.between(0, categories - 1)}`;
      return { id, kind: "category", category, percent: random.between(3, 25) };
    }
    if (turn < 6) {
      const buy = list(12);
      const get = random.next() < 0.5 ? buy : list(12);
      const [buyUnits, mostUnits] = [random.between(2, 5), random.between(1, 4)];
      return { id, kind: "buyGet", buy, buyUnits, get, getUnits: 1, mostUnits };
    }
    if (turn < 8) {
      const first = random.between(2, 6);
      const steps: Step[] = [1, 2, 3].map((times) => [[5, 10, 25][times - 1] as number, first * times]);
      return { id, kind: "tiers", items: list(listed), steps };
    }
    if (turn === 8 && (hasManyAmounts || (place % 50 === 8 && place < 500))) {
      const [amount, least] = [random.between(5, 60) * 100, random.between(50, 400) * 1000];
      return { id, kind: "amount", group: random.pick(groups), least, amount };
    }
    return { id, kind: "coupon", code: `${prefix}SAVE${place}`, percent: random.between(5, 20) };
  });
}

function cartsFor(random: Random, catalogue: Catalogue, codes: readonly string[], count: number): BenchCart[] {
  const { items, categories } = catalogue;
  const goods = Array.from({ length: items }, (_, item) => ({
    item: itemName(catalogue, item),
    category: `C${random.between(0, categories - 1)}`,
    price: random.between(150, 30_000),
  }));
  return Array.from({ length: count }, (_, cart) => {
    const chosen = new Map<string, BenchLine>();
    const wanted = linesOf(random);
    while (chosen.size < wanted) {
      const good = random.pick(goods);
      const quantity = random.next() < 0.75 ? random.between(1, 4) : random.between(5, 40);
      chosen.set(good.item, { lineId: `${cart}-${chosen.size + 1}`, ...good, quantity });
    }
    const lines = [...chosen.values()].map((line, place) => ({ ...line, lineId: `${cart}-${place + 1}` }));
    return {
      group: random.pick(GROUPS),
      codes: random.next() < 0.3 && codes.length > 0 ? [random.pick(codes)] : [],
      lines,
      subtotal: lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
    };
  });
}

/** 1 to 50 lines; half of the carts have at most six. */
function linesOf(random: Random): number {
  const luck = random.next();
  if (luck < 0.5) return random.between(1, 6);
  return luck < 0.85 ? random.between(7, 20) : random.between(21, 50);
}

function itemName({ prefix }: Catalogue, item: number): string {
  return `${prefix}ITEM${String(item).padStart(5, "0")}`;
}
