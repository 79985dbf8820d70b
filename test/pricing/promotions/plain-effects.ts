import { splitAmount } from "../../../src/core/split-amount.js";
import { divideUnits, fromUnits, scaleOf, toUnits, type Decimal } from "../../../src/core/decimal.js";
import type { PromotionEffect, UnitRanking } from "../../../src/model/promotion/promotion-effect.js";
import type { PromotionPolicy } from "../../../src/model/promotion/promotion-policy.js";
import type { CartLine, PromotionCart } from "../../../src/pricing/promotions/promotion-cart.js";

/** An exact fraction. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export const fraction = (over: bigint, under = 1n): Fraction => ({ over, under });
export const exact = (value: Decimal): Fraction =>
  fraction(toUnits(value, scaleOf(value)), 10n ** BigInt(scaleOf(value)));
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.over, a.under * b.under);
export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.over * b.under + b.over * a.under, a.under * b.under);
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, fraction(-b.over, b.under));
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under, a.under * b.over);
export const isLess = (a: Fraction, b: Fraction): boolean => a.over * b.under < b.over * a.under;
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const floor = ({ over: o, under }: Fraction): bigint => o / under;

/** A line while the plain interpreter works on it; money in minor units. */
export interface PlainLine {
  readonly line: CartLine;
  readonly place: number;
  readonly quantity: Fraction;
  readonly price: Fraction;
  readonly gross: bigint;
  readonly start: bigint;
  readonly floor: bigint;
  left: bigint;
  bought: bigint;
  got: bigint;
}

/** What an effect gives: money and quantity by line, money by charge, a gift, units used. */
interface PlainGift {
  readonly itemCode: string;
  readonly quantity: Fraction;
  readonly triggers: readonly string[];
}
export interface Given {
  readonly money: Map<PlainLine, bigint>;
  readonly units: Map<PlainLine, Fraction>;
  readonly charges: Map<number, bigint>;
  gift?: PlainGift | undefined;
  worth?: bigint;
  readonly bought: Map<PlainLine, bigint>;
  readonly got: Map<PlainLine, bigint>;
}

/** What the interpreter of effects works on. */
export interface PlainSetting {
  readonly cart: PromotionCart;
  readonly policy: PromotionPolicy;
  readonly decimals: number;
  readonly promotionId: string;
  readonly isRunning: boolean;
  readonly lines: readonly PlainLine[];
  readonly getLines: readonly PlainLine[];
  readonly charges: readonly bigint[];
  readonly unavailable: ReadonlySet<string>;
}

export function nothing(): Given {
  return { money: new Map(), units: new Map(), charges: new Map(), bought: new Map(), got: new Map() };
}

const roomOf = ({ left, floor: below }: PlainLine): bigint => (left > below ? left - below : 0n);
const wholeOf = ({ quantity }: PlainLine): bigint => floor(quantity);
/** Units of a line that costs nothing any more have been got. */
const gotOf = (line: PlainLine): bigint => (line.left === 0n ? wholeOf(line) : line.got);

/** Shares by recursion: whoever would get more than the cap gets the cap, and the others share the rest. */
export function share(
  total: bigint,
  weights: readonly bigint[],
  caps: readonly bigint[],
  rule: PromotionPolicy["remainder"],
): bigint[] {
  const room = weights.reduce((sum, weight, place) => sum + (weight > 0n ? (caps[place] ?? 0n) : 0n), 0n);
  const amount = least(total, room);
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (amount <= 0n || sum === 0n) return weights.map(() => 0n);
  const tight = weights.findIndex((weight, place) => amount * weight > (caps[place] ?? 0n) * sum);
  if (tight >= 0) {
    const cap = caps[tight] ?? 0n;
    const rest = share(
      amount - cap,
      weights.map((weight, place) => (place === tight ? 0n : weight)),
      caps,
      rule,
    );
    return rest.map((part, place) => (place === tight ? cap : part));
  }
  const parts = splitAmount(
    fromUnits(amount, 0),
    weights.map((weight) => fromUnits(weight, 0)),
    {
      decimals: 0,
      remainder: rule,
    },
  ).map((part) => toUnits(part, 0));
  let excess = 0n;
  const cut = parts.map((part, place) => {
    const kept = least(part, caps[place] ?? 0n);
    excess += part - kept;
    return kept;
  });
  return cut.map((part, place) => {
    const more = (weights[place] ?? 0n) > 0n ? least(excess, (caps[place] ?? 0n) - part) : 0n;
    excess -= more;
    return part + more;
  });
}

/** Interprets an effect word for word, unit by unit where it speaks of units. */
export function interpret(effect: PromotionEffect, setting: PlainSetting): Given {
  const { policy, decimals, lines } = setting;
  const given = nothing();
  const minor = fraction(10n ** BigInt(decimals));
  const round = ({ over: o, under }: Fraction): bigint =>
    under < 0n ? divideUnits(-o, -under, policy.rounding) : divideUnits(o, under, policy.rounding);
  const base = (line: PlainLine): bigint => (setting.isRunning ? line.left : line.start);
  const value = (line: PlainLine, units: Fraction): bigint =>
    round(over(times(fraction(base(line)), units), line.quantity));
  const money = (amount: Decimal): Fraction => times(exact(amount), minor);
  const give = (line: PlainLine, amount: bigint, units: Fraction): void => {
    const part = least(amount, roomOf(line));
    if (part <= 0n) return;
    given.money.set(line, part);
    given.units.set(line, units);
  };
  const across = (total: bigint, some: readonly PlainLine[]): void => {
    const parts = share(total, some.map(base), some.map(roomOf), policy.remainder);
    for (const [place, line] of some.entries()) give(line, parts[place] ?? 0n, line.quantity);
  };
  const ranked = (some: readonly PlainLine[], { by, first }: UnitRanking): PlainLine[] =>
    [...some].sort((a, b) => {
      const [x, y] = by === "unitPrice" ? [a.price, b.price] : [fraction(a.start), fraction(b.start)];
      const order = isLess(x, y) ? -1 : isLess(y, x) ? 1 : 0;
      return (first === "cheapest" ? order : -order) || a.place - b.place;
    });
  const parts = (per: "line" | "item" | "group"): PlainLine[][] => {
    if (per === "group") return lines.length === 0 ? [] : [[...lines]];
    const keys = lines.map(({ line }) => (per === "line" ? line.lineId : line.itemCode));
    return [...new Set(keys)].map((key) => lines.filter((_line, place) => keys[place] === key));
  };
  switch (effect.kind) {
    case "percentOff": {
      const off = over(exact(effect.percent), fraction(100n));
      if (effect.spread === "across") {
        const sum = lines.reduce((all, line) => all + base(line), 0n);
        const total = round(times(fraction(sum), off));
        across(
          effect.cap === undefined ? total : least(total, money(effect.cap).over / money(effect.cap).under),
          lines,
        );
        break;
      }
      for (const line of lines) give(line, round(times(fraction(base(line)), off)), line.quantity);
      if (effect.cap !== undefined) {
        const cap = round(money(effect.cap));
        const amounts = [...given.money.values()];
        if (amounts.reduce((all, amount) => all + amount, 0n) > cap) {
          const cut = share(cap, amounts, amounts, policy.remainder);
          for (const [place, line] of [...given.money.keys()].entries()) {
            given.money.set(line, cut[place] ?? 0n);
            if (cut[place] !== 0n) continue;
            // A line that gets no cent of it is not touched by it, and uses up no units.
            given.money.delete(line);
            given.units.delete(line);
          }
        }
      }
      break;
    }
    case "amountOff": {
      const rate = (line: PlainLine): Fraction =>
        plus(fraction(1n), over(exact(line.line.taxRate ?? ("0" as Decimal)), fraction(100n)));
      const converted = (amount: Fraction, line: PlainLine, from: "taxInclusive" | "taxExclusive"): Fraction =>
        from === "taxInclusive" ? over(amount, rate(line)) : times(amount, rate(line));
      const stated = effect.stated ?? policy.prices;
      const other = stated !== policy.prices;
      const at = (line: PlainLine): Fraction =>
        other ? converted(money(effect.amount), line, stated) : money(effect.amount);
      if (effect.per === "unit")
        for (const line of lines) give(line, round(times(at(line), line.quantity)), line.quantity);
      else if (effect.per === "line") for (const line of lines) give(line, round(at(line)), line.quantity);
      else if (effect.per === "once") {
        const pick = effect.pick ?? { by: "unitPrice", first: "dearest" };
        const line = ranked(lines, pick).find((one) => roomOf(one) > 0n);
        if (line !== undefined) {
          const unit = isLess(line.quantity, fraction(1n)) ? line.quantity : fraction(1n);
          give(line, least(round(at(line)), value(line, unit)), unit);
        }
      } else if (!other) across(round(money(effect.amount)), lines);
      else {
        const back = stated === "taxInclusive" ? "taxExclusive" : "taxInclusive";
        const inStated = (amount: bigint, line: PlainLine): bigint => round(converted(fraction(amount), line, back));
        const shares = share(
          round(money(effect.amount)),
          lines.map((line) => inStated(base(line), line)),
          lines.map((line) => inStated(roomOf(line), line)),
          policy.remainder,
        );
        for (const [place, line] of lines.entries()) {
          give(line, round(converted(fraction(shares[place] ?? 0n), line, stated)), line.quantity);
        }
      }
      break;
    }
    case "fixedPrice":
      for (const line of lines)
        give(line, base(line) - round(times(money(effect.unitPrice), line.quantity)), line.quantity);
      break;
    case "chargeOff": {
      const { reward } = effect;
      const mine = setting.charges.map((left, place) =>
        effect.charges.includes(setting.cart.charges?.[place]?.kind ?? "other") ? left : 0n,
      );
      const sum = mine.reduce((all, left) => all + left, 0n);
      const off =
        reward.kind === "percent"
          ? mine.map((left) => round(over(times(fraction(left), exact(reward.percent)), fraction(100n))))
          : share(
              reward.kind === "amount" ? round(money(reward.amount)) : sum - round(money(reward.amount)),
              mine,
              mine,
              policy.remainder,
            );
      for (const [place, amount] of off.entries()) if (amount > 0n) given.charges.set(place, amount);
      break;
    }
    case "tiers":
      for (const part of parts(effect.per)) {
        const size = (line: PlainLine): Fraction =>
          effect.measure === "quantity" ? line.quantity : over(fraction(line.gross), minor);
        const sum = part.map(size).reduce(plus, fraction(0n));
        const reached = effect.steps.filter(({ from }) => !isLess(sum, exact(from))).at(-1);
        if (reached === undefined) continue;
        if (effect.mode === "allUnits") {
          if (effect.reward === "amount") across(round(money(reached.value)), part);
          else
            for (const line of part) {
              const all = round(times(money(reached.value), line.quantity));
              const off = round(over(times(fraction(base(line)), exact(reached.value)), fraction(100n)));
              const amount = { percent: off, amountPerUnit: all, unitPrice: base(line) - all }[effect.reward];
              give(line, amount, line.quantity);
            }
          continue;
        }
        let begin = fraction(0n);
        for (const line of ranked(part, { by: "unitPrice", first: "dearest" })) {
          const end = plus(begin, size(line));
          let amount = fraction(0n);
          for (const [place, { from, value: reward }] of effect.steps.entries()) {
            const until = effect.steps[place + 1]?.from;
            const low = isLess(begin, exact(from)) ? exact(from) : begin;
            const high = until !== undefined && isLess(exact(until), end) ? exact(until) : end;
            if (!isLess(low, high)) continue;
            const stretch = minus(high, low);
            const own = over(times(fraction(base(line)), stretch), size(line));
            const flat = times(money(reward), stretch);
            if (effect.reward === "percent") amount = plus(amount, over(times(own, exact(reward)), fraction(100n)));
            else if (effect.reward === "amountPerUnit") amount = plus(amount, flat);
            else if (isLess(flat, own)) amount = plus(amount, minus(own, flat));
          }
          if (line.gross > 0n || effect.measure === "quantity") give(line, round(amount), line.quantity);
          begin = end;
        }
      }
      break;
    case "groups":
      plainGroups(effect, setting, { parts: parts(effect.per), ranked, value, money, round, give });
      break;
    case "buyGet":
      plainBuyGet(effect, setting, given, { ranked, value, money, round, give });
      break;
    case "gift":
      plainGift(effect, setting, given, { ranked, money, round });
      break;
  }
  return given;
}

interface Tools {
  readonly ranked: (some: readonly PlainLine[], ranking: UnitRanking) => PlainLine[];
  readonly value: (line: PlainLine, units: Fraction) => bigint;
  readonly money: (amount: Decimal) => Fraction;
  readonly round: (amount: Fraction) => bigint;
  readonly give: (line: PlainLine, amount: bigint, units: Fraction) => void;
}

const unitsOf = (line: PlainLine): PlainLine[] => Array.from({ length: Number(wholeOf(line)) }, () => line);
const count = (units: readonly PlainLine[]): Map<PlainLine, bigint> => {
  const counts = new Map<PlainLine, bigint>();
  for (const line of units) counts.set(line, (counts.get(line) ?? 0n) + 1n);
  return counts;
};

function plainGroups(
  effect: Extract<PromotionEffect, { kind: "groups" }>,
  { policy, lines }: PlainSetting,
  tools: Tools & { readonly parts: readonly PlainLine[][] },
): void {
  const { ranked, value, money, round, give } = tools;
  const { reward, size } = effect;
  const amounts = new Map<PlainLine, bigint>();
  const units = new Map<PlainLine, bigint>();
  const note = (line: PlainLine, amount: bigint, rewarded: bigint): void => {
    amounts.set(line, (amounts.get(line) ?? 0n) + amount);
    units.set(line, (units.get(line) ?? 0n) + rewarded);
  };
  let left = effect.maxGroups ?? Number.MAX_SAFE_INTEGER;
  for (const part of tools.parts) {
    const pool = ranked(
      part.filter(({ left }) => left > 0n),
      effect.pick,
    ).flatMap(unitsOf);
    const all = Math.min(left, Math.floor(pool.length / size));
    left -= all;
    // Neighbouring groups of one line alone are one bulk.
    const groups = Array.from({ length: all }, (_group, place) => pool.slice(place * size, (place + 1) * size));
    for (let place = 0; place < groups.length;) {
      const group = groups[place] ?? [];
      const own = count(group);
      let many = 1;
      if (own.size === 1)
        while (count([...(groups[place + many] ?? []), ...group]).size === 1 && groups[place + many] !== undefined)
          many += 1;
      place += many;
      const sets = BigInt(many);
      if (reward.kind === "payFor") {
        let free = BigInt(size - reward.units) * sets;
        const order = [...own]
          .reverse()
          .sort(([a], [b]) => (isLess(a.price, b.price) ? -1 : isLess(b.price, a.price) ? 1 : 0));
        for (const [line, there] of order) {
          const taken = least(free, there * sets);
          free -= taken;
          if (taken > 0n) note(line, value(line, fraction(taken)), taken);
        }
        continue;
      }
      const values = [...own].map(([line, there]) => value(line, fraction(there * sets)));
      const sum = values.reduce((total, one) => total + one, 0n);
      const off =
        reward.kind === "percent"
          ? round(over(times(fraction(sum), exact(reward.percent)), fraction(100n)))
          : reward.kind === "fixedSum"
            ? sum - round(money(reward.amount)) * sets
            : least(sum, round(money(reward.amount)) * sets);
      const shares = share(off, values, values, policy.remainder);
      for (const [index, [line, there]] of [...own].entries()) note(line, shares[index] ?? 0n, there * sets);
    }
  }
  for (const line of lines) give(line, amounts.get(line) ?? 0n, fraction(units.get(line) ?? 0n));
}

function plainBuyGet(
  effect: Extract<PromotionEffect, { kind: "buyGet" }>,
  { lines, getLines }: PlainSetting,
  given: Given,
  { ranked, value, money, round, give }: Tools,
): void {
  const isAny = effect.blocked !== "sameRole";
  const room = new Map<PlainLine, { buy: bigint; get: bigint }>();
  for (const line of new Set([...lines, ...getLines])) {
    const whole = wholeOf(line);
    const buy = whole - line.bought - (isAny ? gotOf(line) : 0n);
    const get = whole - gotOf(line) - (isAny ? line.bought : 0n);
    room.set(line, { buy: buy > 0n ? buy : 0n, get: get > 0n ? get : 0n });
  }
  const isGot = (line: PlainLine): boolean => getLines.includes(line) && (room.get(line)?.get ?? 0n) > 0n;
  const buyOrder = [
    ...ranked(
      lines.filter((line) => !isGot(line)),
      effect.buyFirst,
    ),
    ...ranked(lines.filter(isGot), effect.buyFirst),
  ];
  const getOrder = ranked(getLines, effect.getFirst);
  const got = new Map<PlainLine, bigint>();
  const bought = new Map<PlainLine, bigint>();
  const most = BigInt(effect.maxUnits ?? Number.MAX_SAFE_INTEGER);
  const size = BigInt(effect.get.units);
  if (effect.buy.units === undefined) {
    const sum = lines.reduce((all, line) => all + line.gross, 0n);
    const trigger = round(money(effect.buy.amount ?? ("1" as Decimal)));
    const sets = effect.repeat === "once" ? least(sum / trigger, 1n) : sum / trigger;
    const there = getOrder.reduce((all, line) => all + (room.get(line)?.get ?? 0n), 0n);
    let left = least(least(sets * size, most), there);
    if (effect.partly === "refused") left -= left % size;
    for (const line of getOrder) {
      const taken = least(left, room.get(line)?.get ?? 0n);
      if (taken > 0n) got.set(line, taken);
      left -= taken;
    }
  } else {
    let total = 0n;
    for (;;) {
      const take = (
        order: readonly PlainLine[],
        role: "buy" | "get",
        units: bigint,
        gone: ReadonlyMap<PlainLine, bigint>,
      ) => {
        const taken = new Map<PlainLine, bigint>();
        let missing = units;
        for (const line of order) {
          const free = (room.get(line)?.[role] ?? 0n) - (gone.get(line) ?? 0n);
          const part = least(missing, free > 0n ? free : 0n);
          if (part > 0n) taken.set(line, part);
          missing -= part;
        }
        return { taken, missing };
      };
      const buying = take(buyOrder, "buy", BigInt(effect.buy.units), new Map());
      const wanted = least(size, most - total);
      if (buying.missing > 0n || wanted === 0n) break;
      const getting = take(getOrder, "get", wanted, buying.taken);
      const units = wanted - getting.missing;
      if (units === 0n || (units < size && effect.partly === "refused")) break;
      for (const [sums, taken] of [
        [bought, buying.taken],
        [got, getting.taken],
      ] as const) {
        for (const [line, part] of taken) {
          sums.set(line, (sums.get(line) ?? 0n) + part);
          const own = room.get(line);
          if (own === undefined) continue;
          own.buy = own.buy > part ? own.buy - part : 0n;
          own.get = own.get > part ? own.get - part : 0n;
        }
      }
      total += units;
      if (effect.repeat === "once" || units < size) break;
    }
  }
  const { reward } = effect;
  for (const line of getLines) {
    const units = got.get(line);
    if (units === undefined) continue;
    const worth = value(line, fraction(units));
    const flat = reward.kind === "percent" ? 0n : round(times(money(reward.amount), fraction(units)));
    const amount =
      reward.kind === "percent"
        ? round(over(times(fraction(worth), exact(reward.percent)), fraction(100n)))
        : reward.kind === "unitPrice"
          ? worth - flat
          : least(worth, flat);
    give(line, amount, fraction(units));
  }
  if (given.money.size === 0) return;
  for (const [line, units] of bought) given.bought.set(line, units);
  for (const [line, units] of got) given.got.set(line, units);
}

function plainGift(
  effect: Extract<PromotionEffect, { kind: "gift" }>,
  { lines, unavailable, cart, promotionId }: PlainSetting,
  given: Given,
  { ranked, money, round }: Pick<Tools, "ranked" | "money" | "round">,
): void {
  const { buy } = effect;
  const free = (line: PlainLine): Fraction => {
    const rest = minus(line.quantity, fraction(line.bought + line.got));
    return rest.over > 0n && line.left > 0n ? rest : fraction(0n);
  };
  let sets = 1n;
  if (buy?.units !== undefined) {
    const sum = lines.map(free).reduce(plus, fraction(0n));
    sets = floor(over(sum, fraction(BigInt(buy.units))));
  } else if (buy?.amount !== undefined) {
    sets = lines.reduce((all, line) => all + line.gross, 0n) / round(money(buy.amount));
  }
  if (effect.repeat === "once") sets = least(sets, 1n);
  if (sets === 0n) return;
  const there = effect.items.filter(({ itemCode }) => !unavailable.has(itemCode));
  const worth = ({ value }: { readonly value?: Decimal }): Fraction =>
    value === undefined ? fraction(0n) : exact(value);
  const choice = cart.giftChoices?.[promotionId];
  const item =
    effect.choose === "firstAvailable"
      ? there[0]
      : effect.choose === "customer"
        ? there.find(({ itemCode }) => itemCode === choice)
        : there.find((one) => there.every((other) => !isLess(worth(one), worth(other))));
  if (item === undefined) return;
  const all = times(fraction(sets), exact(effect.units));
  const quantity = effect.maxUnits !== undefined && isLess(exact(effect.maxUnits), all) ? exact(effect.maxUnits) : all;
  const needed = over(quantity, exact(effect.units));
  const taken = least(sets, needed.over % needed.under === 0n ? floor(needed) : floor(needed) + 1n);
  const triggers: PlainLine[] = [];
  if (buy?.units !== undefined) {
    let left = fraction(taken * BigInt(buy.units));
    for (const line of ranked(lines, { by: "unitPrice", first: "dearest" })) {
      const part = isLess(left, free(line)) ? left : free(line);
      if (part.over <= 0n) continue;
      left = minus(left, part);
      triggers.push(line);
      const begun = part.over % part.under === 0n ? floor(part) : floor(part) + 1n;
      const whole = wholeOf(line);
      given.bought.set(line, least(begun, whole > 0n ? whole : 1n));
    }
  } else if (buy !== undefined) triggers.push(...lines);
  triggers.sort((a, b) => a.place - b.place);
  given.gift = { itemCode: item.itemCode, quantity, triggers: triggers.map(({ line }) => line.lineId) };
  given.worth = item.value === undefined ? 0n : round(times(money(item.value), quantity));
}
