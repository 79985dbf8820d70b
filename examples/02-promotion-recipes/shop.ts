// The shop behind the recipes: its goods, and short ways to write a promotion and a cart.

import { decimal, instant, type CartLine, type PromotionCart, type PromotionFacts } from "ordercycle";

/** A recipe: promotions as a data base keeps them (plain JSON), and carts on which they are tried. */
export interface Recipe {
  readonly title: string;
  readonly promotions: readonly object[];
  /** What differs from the usual policy, as plain JSON. */
  readonly policy?: object;
  readonly carts: readonly Try[];
}

/** A cart, and what is known besides. */
export interface Try {
  readonly label: string;
  readonly cart: PromotionCart;
  readonly facts?: PromotionFacts;
}

const GOODS: Readonly<Record<string, Omit<CartLine, "lineId" | "itemCode" | "quantity">>> = {
  TEA: { unitPrice: decimal("6.40"), categories: ["tea"] },
  MATCHA: { unitPrice: decimal("19.90"), categories: ["tea"], floorPrice: decimal("18") },
  POT: { unitPrice: decimal("24.00"), categories: ["crockery"] },
  CUP: { unitPrice: decimal("7.50"), categories: ["crockery"] },
  PLATE: { unitPrice: decimal("9.00"), categories: ["crockery"] },
  JAM: { unitPrice: decimal("2.99"), categories: ["larder"] },
  RICE: { unitPrice: decimal("1.99"), categories: ["larder"] },
  HONEY: { unitPrice: decimal("5.49"), categories: ["larder"] },
  SHIRT: { unitPrice: decimal("30.00"), categories: ["clothes"] },
  SCARF: { unitPrice: decimal("18.00"), categories: ["clothes"], tags: ["clearance"] },
};

/** Lines from texts like `3 TEA`. */
function lines(...texts: readonly string[]): CartLine[] {
  return texts.map((text, place) => {
    const [quantity = "", itemCode = ""] = text.split(" ");
    const goods = GOODS[itemCode];
    if (goods === undefined) throw new Error(`The shop does not sell ${itemCode}.`);
    return { lineId: String(place + 1), itemCode, quantity: decimal(quantity), ...goods };
  });
}

/** A cart on a Saturday morning in spring, unless said otherwise. */
export function cart(goods: readonly string[], more: Partial<PromotionCart> = {}): PromotionCart {
  return { at: instant("2026-03-14T09:00:00Z"), currency: "EUR", lines: lines(...goods), ...more };
}

/** How a promotion goes together with others, where a recipe does not care: after others, on what they left. */
export const COMBINATION = { priority: 10, base: "running", discountedLines: "include" };

const REVISION = {
  cancel: "reEvaluate",
  short: "keep",
  return: "reEvaluate",
  amend: "reEvaluate",
  unearnedGifts: "charge",
  uses: "giveBack",
};

/** A promotion as it stands in a data base; a recipe writes what it is about. */
export function promotion(promotionId: string, effect: object, more: object = {}): object {
  return {
    promotionId,
    version: 1,
    name: promotionId,
    reason: "spring programme",
    owner: "sales",
    validity: { from: "2026-03-01T00:00:00+01:00", to: "2026-06-01T00:00:00+02:00" },
    timeZone: "Europe/Berlin",
    currency: "EUR",
    effect,
    combination: COMBINATION,
    revision: REVISION,
    ...more,
  };
}

export const every = { kind: "every" };
export const items = (...codes: readonly string[]): object => ({ kind: "items", in: codes });
export const category = (...names: readonly string[]): object => ({ kind: "categories", in: names });
export const cheapest = { by: "unitPrice", first: "cheapest" };
export const dearest = { by: "unitPrice", first: "dearest" };
