import type { Decimal } from "decimal.js";
import type { PromotionPricing } from "../../../src/pricing/promotions/price-promotions.js";
import type { Contender, PreparedRun, Workload } from "../workload.js";
import { centsLoop, decimalLoop, type Discount } from "./hand-loops.js";
import { medusaFunctions, type MedusaAction } from "./medusa-functions.js";
import { centsOff, compiledPromotions, pricedCart, pricingPhases, textCart } from "./ordercycle-promotions.js";
import { compiledFloor } from "./promotion-floor.js";
import {
  promotionWorld,
  type BenchCart,
  type BenchPromotion,
  type PromotionSettings,
  type PromotionWorld,
} from "./promotion-world.js";
import { rulesEngine } from "./rules-engine.js";

const CARTS = 1000;
const FEWEST_CARTS = 10;
const FLOOR = "floor: compiled by hand, cents";

/** W4: what promotions give on carts. */
export const promotionsWorkload: Workload = {
  id: "w4",
  title: "Promotions on carts of 1 to 50 lines",
  reference: FLOOR,
  cases: ({ isQuick, sizes }) => {
    const sparse = (sizes.length > 0 ? sizes : isQuick ? [50] : [50, 500, 5000]).map((live) => mix(live, 0, 0));
    if (sizes.length > 0) return sparse;
    return isQuick ? [...sparse, mix(50, 0, 1)] : [...sparse, mix(50, 0, 1), mix(500, 0, 1), mix(500, 4500, 0)];
  },
  contenders: [
    pricing(FLOOR, {
      compile: compiledFloor,
      cartOf: (cart) => cart,
      amountsOf: centsOfDiscounts,
    }),
    pricing("loop by hand, cents", { compile: centsLoop, cartOf: (cart) => cart, amountsOf: centsOfDiscounts }),
    pricing("loop by hand, decimal.js", {
      compile: decimalLoop,
      cartOf: textCart,
      amountsOf: (discounts: readonly Discount<Decimal>[]) =>
        discounts.map(({ amount }) => amount.times(100).toNumber()),
    }),
    ordercycle("pricePromotions", (world) => world),
    {
      // In the same rounds, so that nothing but the idle promotions can make a difference.
      ...ordercycle("pricePromotions, idle ones left out", ({ promotions, carts }) => ({
        promotions: promotions.filter(({ id }) => !id.startsWith("X")),
        carts,
      })),
      isFor: ({ idle = 0 }) => idle > 0,
    },
    pricing("json-rules-engine, then the loop in cents", {
      compile: rulesEngine,
      cartOf: (cart) => cart,
      amountsOf: centsOfDiscounts,
      most: 50_000,
      isOneByOne: true,
    }),
    {
      ...pricing("Medusa's compute functions", {
        compile: medusaFunctions,
        cartOf: (cart) => cart,
        amountsOf: (actions: readonly MedusaAction[]) =>
          actions.map(({ amount }) => (typeof amount === "number" ? amount : amount.numeric)),
        most: 20_000,
      }),
      // It does not round.
      isApart: true,
    },
  ],
};

function mix(live: number, idle: number, isDense: 0 | 1): ReturnType<Workload["cases"]>[number] {
  const name = `${live.toLocaleString("en")} ${isDense === 1 ? "dense" : "sparse"}`;
  return {
    name: idle === 0 ? name : `${name} + ${idle.toLocaleString("en")} that match nothing`,
    work: CARTS,
    settings: { live, idle, isDense, carts: CARTS } satisfies PromotionSettings,
  };
}

function centsOfDiscounts(discounts: readonly Discount[]): number[] {
  return discounts.map(({ amount }) => amount);
}

/** How a contender works out promotions. */
interface Pricer<Cart, Given> {
  /** Makes ready what carts have in common. */
  readonly compile: (
    promotions: readonly BenchPromotion[],
  ) => ((cart: Cart) => Given | Promise<Given>) | Promise<(cart: Cart) => Given | Promise<Given>>;
  /** The cart as it takes it. */
  readonly cartOf: (cart: BenchCart) => Cart;
  /** Cents of each adjustment. */
  readonly amountsOf: (given: Given) => number[];
  /** Most pairs of promotion and cart in a run; with more, it gets a part of the carts. */
  readonly most?: number;
  /** Whether it answers later, so that each cart waits for the one before. */
  readonly isOneByOne?: true;
}

function pricing<Cart, Given>(name: string, pricer: Pricer<Cart, Given>): Contender {
  return { name, prepare: (settings) => preparePricer(worldOf(settings), pricer) };
}

function ordercycle(name: string, narrow: (world: PromotionWorld) => PromotionWorld): Contender {
  return {
    name,
    prepare: async (settings) => {
      const world = narrow(worldOf(settings));
      const compiled = compiledPromotions(world.promotions);
      const prepared = await preparePricer(world, {
        compile: (promotions) => {
          const own = compiledPromotions(promotions);
          return (cart: ReturnType<typeof textCart>): PromotionPricing => pricedCart(own, cart);
        },
        cartOf: textCart,
        amountsOf: centsOff,
      });
      const { note } = prepared;
      return { ...prepared, note: () => `${note?.() ?? ""}; ${pricingPhases(compiled, world.carts.map(textCart))}` };
    },
  };
}

function worldOf(settings: Readonly<Record<string, number>>): PromotionWorld {
  return promotionWorld(settings as unknown as PromotionSettings);
}

async function preparePricer<Cart, Given>(world: PromotionWorld, pricer: Pricer<Cart, Given>): Promise<PreparedRun> {
  const { compile, cartOf, amountsOf, most = Number.POSITIVE_INFINITY, isOneByOne } = pricer;
  const part = spreadPart(world.carts, most / world.promotions.length);
  const carts = part.map((place) => cartOf(world.carts[place]!));
  const start = process.cpuUsage();
  const price = await compile(world.promotions);
  const { user, system } = process.cpuUsage(start);
  return {
    run: isOneByOne === true ? () => oneByOne(carts, price) : () => carts.map((cart) => price(cart)),
    check: (result) => {
      const given = new Map(part.map((place, own) => [place, amountsOf((result as Given[])[own]!)]));
      return discountsCheck(world, given);
    },
    note: () => `compiled in ${((user + system) / 1000).toFixed(1)} ms`,
    share: part.length / world.carts.length,
  };
}

async function oneByOne<Cart, Given>(
  carts: readonly Cart[],
  price: (cart: Cart) => Given | Promise<Given>,
): Promise<Given[]> {
  const given: Given[] = [];
  for (const cart of carts) given.push(await price(cart));
  return given;
}

/** Places of carts: all, or as many as wanted, of all sizes evenly. */
function spreadPart(carts: readonly BenchCart[], wanted: number): number[] {
  const places = carts.map((_, place) => place);
  if (wanted >= carts.length) return places;
  const count = Math.max(FEWEST_CARTS, Math.round(wanted));
  places.sort((a, b) => carts[a]!.lines.length - carts[b]!.lines.length || a - b);
  return Array.from({ length: count }, (_, turn) => places[Math.floor(((turn + 0.5) * places.length) / count)]!);
}

/**
 * What all carts get in all. Carts that a contender was not given are filled in from the loop by hand, so that its result
 * is the same as that of the others when it gives the same; how many differ from the loop is told too.
 */
function discountsCheck({ promotions, carts }: PromotionWorld, given: ReadonlyMap<number, readonly number[]>): string {
  const loop = centsLoop(promotions);
  let total = 0;
  let adjustments = 0;
  let differing = 0;
  let far = 0;
  for (const [place, cart] of carts.entries()) {
    const expected = loop(cart).map(({ amount }) => amount);
    const amounts = given.get(place) ?? expected;
    const [sum, rightSum] = [sumOf(amounts), sumOf(expected)];
    total += sum;
    adjustments += amounts.length;
    if (sum !== rightSum) differing++;
    // Who does not round may be off by half a cent for each adjustment.
    if (Math.abs(sum - rightSum) > Math.max(1, expected.length)) far++;
  }
  const verdict = differing === 0 ? "" : `; ${differing} of ${given.size} carts differ, ${far} by more than rounding`;
  return `${(total / 100).toFixed(2)} off in ${adjustments} adjustments${verdict}`;
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
