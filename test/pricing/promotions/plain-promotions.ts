import {
  compare,
  fromUnits,
  multiply,
  round,
  scaleOf,
  toUnits,
  ZERO,
  type Decimal,
} from "../../../src/core/decimal.js";
import { minorUnitOf } from "../../../src/core/money.js";
import type { LineSelector } from "../../../src/model/promotion/line-selector.js";
import type { Coupon, Promotion } from "../../../src/model/promotion/promotion.js";
import type { PromotionCondition } from "../../../src/model/promotion/promotion-condition.js";
import type { Gift } from "../../../src/model/promotion/promotion-effect.js";
import type { PromotionPolicy } from "../../../src/model/promotion/promotion-policy.js";
import type { PromotionFacts } from "../../../src/pricing/promotions/evaluate.js";
import type { CartLine, PromotionCart } from "../../../src/pricing/promotions/promotion-cart.js";
import {
  exact,
  fraction,
  interpret,
  isLess,
  least,
  minus,
  nothing,
  over,
  plus,
  share,
  times,
  type Fraction,
  type Given,
  type PlainLine,
} from "./plain-effects.js";

/** What applied, in order. */
export interface PlainRun {
  readonly promotion: Promotion;
  readonly code: string | undefined;
  readonly given: Given;
}

/** A slow, obvious interpreter of promotions: no index, no columns, everything asked of everybody. */
export function interpretAll(
  promotions: readonly Promotion[],
  policy: PromotionPolicy,
  cart: PromotionCart,
  facts: PromotionFacts,
): readonly PlainRun[] {
  const order = inOrder(promotions, policy);
  if (policy.search.kind === "inOrder") return evaluate(order, policy, cart, facts, new Set());
  let best: { runs: readonly PlainRun[]; benefit: bigint; banned: readonly Promotion[] } | undefined;
  for (let mask = 0; mask < 2 ** order.length; mask += 1) {
    const banned = order.filter((_one, place) => (mask >> place) & 1);
    const runs = evaluate(order, policy, cart, facts, new Set(banned));
    const benefit = runs.reduce((sum, { given }) => sum + worthOf(given), 0n);
    const isBetter =
      best === undefined ||
      benefit > best.benefit ||
      (benefit === best.benefit &&
        (banned.length < best.banned.length ||
          (banned.length === best.banned.length && isLater(banned, best.banned, order))));
    if (isBetter) best = { runs, benefit, banned };
  }
  return best?.runs ?? [];
}

function isLater(one: readonly Promotion[], other: readonly Promotion[], order: readonly Promotion[]): boolean {
  const places = (list: readonly Promotion[]): number[] => list.map((each) => order.indexOf(each));
  const [mine, theirs] = [places(one), places(other)];
  const place = mine.findIndex((each, index) => each !== theirs[index]);
  return place >= 0 && (mine[place] ?? 0) > (theirs[place] ?? 0);
}

const KINDS = ["fixedPrice", "buyGet", "groups", "tiers", "percentOff", "amountOff", "chargeOff", "gift"];

function inOrder(promotions: readonly Promotion[], { lanes = [], ties }: PromotionPolicy): Promotion[] {
  const lane = ({ combination }: Promotion): number =>
    Math.max(
      0,
      lanes.findIndex((one) => one.lane === combination.lane),
    );
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.keys(value)
              .sort()
              .map((key) => [key, sorted((value as Record<string, unknown>)[key])]),
          )
        : value;
  const content = ({ promotionId: _a, version: _b, name: _c, reason: _d, owner: _e, ...rest }: Promotion): string =>
    JSON.stringify(sorted(rest));
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...promotions].sort(
    (a, b) =>
      lane(a) - lane(b) ||
      a.combination.priority - b.combination.priority ||
      (ties === "content"
        ? KINDS.indexOf(a.effect.kind) - KINDS.indexOf(b.effect.kind) || text(content(a), content(b))
        : 0) ||
      text(a.promotionId, b.promotionId),
  );
}

interface Table {
  readonly policy: PromotionPolicy;
  readonly cart: PromotionCart;
  readonly facts: PromotionFacts;
  readonly decimals: number;
  readonly lines: readonly PlainLine[];
  readonly charges: bigint[];
  readonly closed: Set<PlainLine>;
  readonly runs: PlainRun[];
}

function evaluate(
  order: readonly Promotion[],
  policy: PromotionPolicy,
  cart: PromotionCart,
  facts: PromotionFacts,
  banned: ReadonlySet<Promotion>,
): readonly PlainRun[] {
  const table = open(policy, cart, facts);
  const lanes = policy.lanes ?? [{ lane: undefined, mode: "stack" as const }];
  for (const [place, { lane, mode }] of lanes.entries()) {
    const own = order.filter(
      ({ combination }) => combination.lane === lane || (combination.lane === undefined && place === 0),
    );
    if (mode === "bestPerLine")
      bestPerLine(
        table,
        own.filter((one) => !banned.has(one)),
      );
    else stack(table, own, banned);
  }
  return table.runs;
}

function open(policy: PromotionPolicy, cart: PromotionCart, facts: PromotionFacts): Table {
  const decimals = policy.decimals ?? minorUnitOf(cart.currency) ?? 2;
  const minor = (amount: Decimal): bigint => toUnits(amount, Math.max(decimals, scaleOf(amount)));
  const lines = cart.lines.map((line, place): PlainLine => {
    const gross = minor(round(multiply(line.quantity, line.unitPrice), decimals, policy.rounding));
    const start = gross - minor(line.agreedDiscount ?? ZERO);
    const floor = minor(round(multiply(line.quantity, line.floorPrice ?? ZERO), decimals, "ceiling"));
    const price = exact(line.unitPrice);
    return {
      line,
      place,
      quantity: exact(line.quantity),
      price,
      gross,
      start,
      floor,
      left: start,
      bought: 0n,
      got: 0n,
    };
  });
  const charges = (cart.charges ?? []).map(({ amount }) => minor(amount));
  return { policy, cart, facts, decimals, lines, charges, closed: new Set(), runs: [] };
}

function stack(table: Table, own: readonly Promotion[], banned: ReadonlySet<Promotion>): void {
  const done = new Set<string>();
  for (const promotion of own) {
    const group = promotion.combination.bestOf;
    if (group === undefined) {
      if (banned.has(promotion)) continue;
      for (const code of codesFor(table, promotion)) {
        const given = propose(table, promotion, code);
        if (given !== undefined) apply(table, { promotion, code, given });
      }
      continue;
    }
    if (done.has(group)) continue;
    done.add(group);
    const runs = own
      .filter((one) => one.combination.bestOf === group && !banned.has(one))
      .flatMap((one) =>
        codesFor(table, one).flatMap((code): PlainRun[] => {
          const given = propose(table, one, code);
          return given === undefined ? [] : [{ promotion: one, code, given }];
        }),
      );
    const best = runs.find(({ given }) => runs.every((other) => worthOf(other.given) <= worthOf(given)));
    if (best !== undefined) apply(table, best);
  }
}

function bestPerLine(table: Table, own: readonly Promotion[]): void {
  const going: PlainRun[] = [];
  let last: Promotion | undefined;
  for (const promotion of own) {
    if (last !== undefined && last !== promotion) continue;
    for (const code of codesFor(table, promotion)) {
      const given = propose(table, promotion, code);
      if (given === undefined) continue;
      const run: PlainRun = { promotion, code, given };
      // One that may not apply beside those before it that still hold a line takes none away from them.
      const parts = partsWon(table, [...going, run]);
      const others = [...parts.keys()].filter((other) => other !== run);
      if (!mayApply({ ...table, runs: [...table.runs, ...others] }, promotion)) continue;
      book(given, 1n);
      going.push(run);
      if (parts.has(run) && promotion.combination.stop === true) last = promotion;
    }
  }
  for (const { given } of going) book(given, -1n);
  for (const [run, part] of partsWon(table, going)) {
    const isAgain = table.runs.some((other) => other.promotion === run.promotion);
    const rest = isAgain ? restOf(table, run.promotion, run.code) : undefined;
    const bound = !isAgain ? part : rest === undefined ? undefined : limited(part, table, rest, giftOf(run.promotion));
    if (bound !== undefined) apply(table, { ...run, given: bound });
  }
}

function giftOf({ effect }: Promotion): Gift | undefined {
  return effect.kind === "gift" ? effect : undefined;
}

/** What each run wins: the lines to which it gives most, and of the charges what those before it leave. */
function partsWon({ charges: before }: Table, runs: readonly PlainRun[]): Map<PlainRun, Given> {
  const best = new Map<PlainLine, PlainRun>();
  for (const run of runs) {
    for (const [line, amount] of run.given.money) {
      if (amount > (best.get(line)?.given.money.get(line) ?? 0n)) best.set(line, run);
    }
  }
  const left = [...before];
  const parts = new Map<PlainRun, Given>();
  for (const run of runs) {
    const { given } = run;
    const money = new Map([...given.money].filter(([line]) => best.get(line) === run));
    const charges = new Map([...given.charges].map(([place, amount]) => [place, least(amount, left[place] ?? 0n)]));
    if (money.size === 0 && given.gift === undefined && ![...charges.values()].some((amount) => amount > 0n)) continue;
    for (const [place, amount] of charges) left[place] = (left[place] ?? 0n) - amount;
    parts.set(run, { ...given, money, charges });
  }
  return parts;
}

function apply({ charges, closed, runs }: Table, run: PlainRun): void {
  const { given, promotion } = run;
  for (const [line, amount] of given.money) {
    line.left -= amount;
    if (promotion.combination.exclusive === "lines") closed.add(line);
  }
  for (const [place, amount] of given.charges) charges[place] = (charges[place] ?? 0n) - amount;
  book(given, 1n);
  runs.push(run);
}

function book({ bought, got }: Given, sign: bigint): void {
  for (const [line, units] of bought) line.bought += sign * units;
  for (const [line, units] of got) line.got += sign * units;
}

function worthOf({ money, charges, worth = 0n }: Given): bigint {
  return [...money.values(), ...charges.values()].reduce((sum, amount) => sum + amount, worth);
}

function codesFor({ cart, facts }: Table, { coupons }: Promotion): (string | undefined)[] {
  if (coupons === undefined) return [undefined];
  const presented = [...new Set(cart.couponCodes ?? [])];
  if (coupons.kind === "codes") return presented.filter((code) => coupons.codes.includes(code)).slice(0, 1);
  return presented.filter((code) => {
    const coupon = facts.coupons?.get(code);
    return coupon?.batchId === coupons.batchId && isGood(coupon, cart);
  });
}

function isGood({ blocked, validFrom, validTo, customerCodes }: Coupon, { at, customer }: PromotionCart): boolean {
  const own = customer?.customerCode;
  return (
    blocked !== true &&
    (validFrom === undefined || at >= validFrom) &&
    (validTo === undefined || at < validTo) &&
    (customerCodes === undefined || (own !== undefined && customerCodes.includes(own)))
  );
}

function mayApply({ runs }: Table, promotion: Promotion): boolean {
  const others = runs.filter((run) => run.promotion !== promotion).map((run) => run.promotion);
  const { exclusive, classes: mine } = promotion.combination;
  if (others.length === 0) return true;
  if (exclusive === "order" || others.some((one) => one.combination.exclusive === "order")) return false;
  if (others.some((one) => one.combination.stop === true)) return false;
  return others.every(({ combination: { classes: theirs } }) =>
    mine === undefined || theirs === undefined
      ? mine === theirs
      : mine.combinesWith.includes(theirs.own) && theirs.combinesWith.includes(mine.own),
  );
}

function propose(table: Table, promotion: Promotion, code: string | undefined): Given | undefined {
  const { cart, facts, policy, decimals } = table;
  const { validity, currency, condition, combination, effect, promotionId } = promotion;
  if (cart.at < validity.from || (validity.to !== undefined && cart.at >= validity.to)) return undefined;
  if (currency !== undefined && currency !== cart.currency) return undefined;
  const items = code === undefined ? undefined : facts.coupons?.get(code)?.itemCodes;
  if (condition !== undefined && !holds(condition, table, items)) return undefined;
  const rest = restOf(table, promotion, code);
  if (rest === undefined) return undefined;
  if (!mayApply(table, promotion)) return undefined;
  const pick = (which: LineSelector | undefined): PlainLine[] =>
    which === undefined
      ? []
      : table.lines.filter(
          (line) =>
            means(which, line.line, items) &&
            !table.closed.has(line) &&
            !(combination.exclusive === "lines" && line.left < line.start) &&
            !(combination.discountedLines === "skip" && line.left < line.gross),
        );
  const main =
    effect.kind === "buyGet" || effect.kind === "gift"
      ? effect.buy?.which
      : "which" in effect
        ? effect.which
        : undefined;
  const setting = {
    cart,
    policy,
    decimals,
    promotionId,
    isRunning: combination.base === "running",
    lines: pick(main),
    getLines: effect.kind === "buyGet" ? pick(effect.get.which) : [],
    charges: table.charges,
    unavailable: new Set(facts.unavailableItems),
  };
  const given = interpret(effect, setting);
  if (worthOf({ ...given, worth: 0n }) === 0n && given.gift === undefined) return undefined;
  const { stock } = rest;
  const units = [...given.units.values(), ...(given.gift === undefined ? [] : [given.gift.quantity])].reduce(
    plus,
    fraction(0n),
  );
  // An offer that gives fewer units uses fewer up.
  if (effect.kind === "gift") {
    const fewer = limited(given, table, rest, effect)?.gift?.quantity;
    return fewer === undefined
      ? undefined
      : limited(interpret({ ...effect, maxUnits: decimalOf(fewer) }, setting), table, rest, effect);
  }
  if (stock === undefined || !isLess(stock, units)) return limited(given, table, rest);
  if (effect.kind !== "buyGet") return limited(given, table, rest);
  const whole = Number(stock.over / stock.under);
  if (whole === 0) return undefined;
  return limited(interpret({ ...effect, maxUnits: Math.min(whole, effect.maxUnits ?? whole) }, setting), table, rest);
}

function decimalOf({ over: top, under }: Fraction): Decimal {
  const scale = String(under).length - 1;
  return fromUnits((top * 10n ** BigInt(scale)) / under, scale);
}

/** What the limits of a promotion leave: money on all orders and on this one, and units. */
interface Rest {
  readonly budget: Fraction | undefined;
  readonly perOrder: Fraction | undefined;
  readonly stock: Fraction | undefined;
  readonly isStrict: boolean;
}

function restOf(table: Table, promotion: Promotion, code: string | undefined): Rest | undefined {
  const { cart, facts, decimals, runs } = table;
  const { limits = {}, promotionId } = promotion;
  const used = facts.usage?.get(promotionId);
  const here = runs.filter((run) => run.promotion === promotion).map(({ given }) => given);
  const isUp = (most: number | undefined, earlier: number): boolean =>
    most !== undefined && earlier + here.length >= most;
  const customer = cart.customer?.customerCode ?? "";
  if (isUp(limits.uses, used?.uses ?? 0) || isUp(limits.usesPerCustomer, used?.byCustomer.get(customer) ?? 0))
    return undefined;
  if (limits.usesPerCode !== undefined && code !== undefined && (used?.byCode.get(code) ?? 0) >= limits.usesPerCode)
    return undefined;
  const money = fraction(
    here.reduce((sum, given) => sum + worthOf(given), 0n),
    10n ** BigInt(decimals),
  );
  const units = here
    .flatMap((given) => [...given.units.values(), ...(given.gift === undefined ? [] : [given.gift.quantity])])
    .reduce(plus, fraction(0n));
  const left = (limit: Decimal | undefined, earlier: Decimal | undefined, now: Fraction): Fraction | undefined =>
    limit === undefined ? undefined : minus(minus(exact(limit), exact(earlier ?? ZERO)), now);
  const budget = left(limits.budget, used?.amount, money);
  const stock = left(limits.units, used?.units, units);
  if ([budget, stock].some((some) => some !== undefined && some.over <= 0n)) return undefined;
  const perOrder = left(limits.amountPerOrder, undefined, money);
  return { budget, perOrder, stock, isStrict: limits.beyondBudget === "refused" };
}

/** First units, line by line, then money: of the order, then of the budget, which both bound the same sum. */
function limited(
  given: Given,
  { policy, decimals }: Table,
  { budget, perOrder, stock, isStrict }: Rest,
  effect?: Gift,
): Given | undefined {
  const result: Given = { ...nothing(), charges: new Map(given.charges), bought: given.bought, got: given.got };
  let left = stock;
  for (const [line, amount] of given.money) {
    const units = given.units.get(line) ?? fraction(0n);
    const part = left !== undefined && isLess(left, units) ? left : units;
    if (left !== undefined) left = minus(left, part);
    const isAll = !isLess(part, units);
    const cut = isAll ? amount : roundOf(times(fraction(amount), over(part, units)), policy.rounding);
    if (cut === 0n) continue;
    result.money.set(line, cut);
    result.units.set(line, part);
  }
  if (given.gift !== undefined) {
    const isTooMuch = left !== undefined && isLess(left, given.gift.quantity);
    if (isTooMuch && left?.over === 0n) return undefined;
    const quantity = isTooMuch && left !== undefined ? left : given.gift.quantity;
    result.gift = { ...given.gift, quantity };
    result.worth = worthOfGift(effect, given.gift.itemCode, quantity, decimals, policy);
  }
  if (left !== undefined && result.money.size === 0 && result.gift === undefined && given.charges.size === 0)
    return undefined;
  const cents = (amount: Fraction | undefined): bigint | undefined => {
    if (amount === undefined) return undefined;
    const { over: top, under } = times(amount, fraction(10n ** BigInt(decimals)));
    return top / under;
  };
  const sum = worthOf(result);
  const most = cents(budget);
  if (isStrict && most !== undefined && sum > most) return undefined;
  const bound = [most, cents(perOrder)].reduce<bigint>((low, one) => (one === undefined ? low : least(low, one)), sum);
  if (sum <= bound) return result;
  if (result.gift !== undefined && effect !== undefined) {
    // One unit after the other, or one time after the other, as long as the money bears it.
    const { itemCode } = result.gift;
    const step = scaleOf(effect.units) > 0 ? exact(effect.units) : fraction(1n);
    const exactWorth = (quantity: Fraction): Fraction =>
      times(times(valueIn(effect, itemCode), quantity), fraction(10n ** BigInt(decimals)));
    let quantity = fraction(0n);
    while (!isLess(fraction(bound), exactWorth(plus(quantity, step)))) quantity = plus(quantity, step);
    if (quantity.over === 0n) return undefined;
    const worth = worthOfGift(effect, itemCode, quantity, decimals, policy);
    return { ...result, gift: { ...result.gift, quantity }, worth };
  }
  const keys = [...result.money.keys()];
  const places = [...result.charges.keys()];
  const all = [...result.money.values(), ...result.charges.values()];
  const parts = share(bound, all, all, policy.remainder);
  for (const [place, line] of keys.entries()) {
    if (parts[place] === 0n) result.money.delete(line);
    else result.money.set(line, parts[place] ?? 0n);
  }
  for (const [place, charge] of places.entries()) result.charges.set(charge, parts[keys.length + place] ?? 0n);
  return worthOf({ ...result, worth: 0n }) === 0n && result.gift === undefined ? undefined : result;
}

function valueIn({ items }: Gift, itemCode: string): Fraction {
  return exact(items.find((item) => item.itemCode === itemCode)?.value ?? ZERO);
}

function worthOfGift(
  effect: Gift | undefined,
  itemCode: string,
  quantity: Fraction,
  decimals: number,
  { rounding }: PromotionPolicy,
): bigint {
  if (effect === undefined) return 0n;
  return roundOf(times(times(valueIn(effect, itemCode), quantity), fraction(10n ** BigInt(decimals))), rounding);
}

function roundOf({ over: top, under }: Fraction, mode: PromotionPolicy["rounding"]): bigint {
  // Only whether it lies below, at or above a half matters besides the whole part.
  const whole = top / under;
  const twice = (top - whole * under) * 2n;
  const isUp = {
    halfUp: twice >= under,
    halfEven: twice > under || (twice === under && whole % 2n === 1n),
    halfDown: twice > under,
    up: twice > 0n,
    down: false,
    ceiling: twice > 0n,
    floor: false,
  }[mode];
  return isUp ? whole + 1n : whole;
}

function means(which: LineSelector, line: CartLine, items: readonly string[] | undefined): boolean {
  const between = (value: Decimal, { atLeast, atMost }: { atLeast?: Decimal; atMost?: Decimal }): boolean =>
    (atLeast === undefined || compare(value, atLeast) >= 0) && (atMost === undefined || compare(value, atMost) <= 0);
  switch (which.kind) {
    case "every":
      return true;
    case "items":
      return which.in.includes(line.itemCode);
    case "categories":
      return which.in.some((name) => line.categories?.includes(name));
    case "tags":
      return which.in.some((name) => line.tags?.includes(name));
    case "attribute":
      return which.in.includes(line.attributes?.[which.name] ?? "\u0000");
    case "quantity":
      return between(line.quantity, which);
    case "unitPrice":
      return between(line.unitPrice, which);
    case "couponItems":
      return items?.includes(line.itemCode) === true;
    case "all":
      return which.of.every((part) => means(part, line, items));
    case "any":
      return which.of.some((part) => means(part, line, items));
    case "not":
      return !means(which.of, line, items);
  }
}

function holds(condition: PromotionCondition, table: Table, items: readonly string[] | undefined): boolean {
  const { cart, lines, decimals } = table;
  switch (condition.kind) {
    case "customer": {
      const { customer = {} } = cart;
      const facts = condition.fact === "tag" ? (customer.tags ?? []) : [customer[condition.fact]];
      return facts.some((fact) => fact !== undefined && condition.in.includes(fact));
    }
    case "order": {
      const { order = {} } = cart;
      const facts = condition.fact === "deliveryArea" ? (order.deliveryAreaPath ?? []) : [order[condition.fact]];
      return facts.some((fact) => fact !== undefined && condition.in.includes(fact));
    }
    case "lines": {
      const some = lines.filter(({ line }) => means(condition.which, line, items));
      const sum = (of: (line: PlainLine) => Fraction): Fraction => some.map(of).reduce(plus, fraction(0n));
      const minor = 10n ** BigInt(decimals);
      const measured = {
        quantity: () => sum(({ quantity }) => quantity),
        amount: () => sum(({ gross }) => fraction(gross, minor)),
        discountedAmount: () => sum(({ left }) => fraction(left, minor)),
        lines: () => fraction(BigInt(some.length)),
        items: () => fraction(BigInt(new Set(some.map(({ line }) => line.itemCode)).size)),
      }[condition.measure]();
      const { atLeast, atMost } = condition;
      return (
        (atLeast === undefined || !isLess(measured, exact(atLeast))) &&
        (atMost === undefined || !isLess(exact(atMost), measured))
      );
    }
    case "nthOrder": {
      const { from = 1, to, every = 1 } = condition;
      const earlier = cart.customer?.earlierOrders;
      if (earlier === undefined) return false;
      const number = earlier + 1;
      return number >= from && (to === undefined || number <= to) && (number - from) % every === 0;
    }
    case "time":
      throw new Error("Times are tested by examples.");
    case "all":
      return condition.of.every((part) => holds(part, table, items));
    case "any":
      return condition.of.some((part) => holds(part, table, items));
    case "not":
      return !holds(condition.of, table, items);
  }
}
