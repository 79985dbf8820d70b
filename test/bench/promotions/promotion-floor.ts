import { freeUnits, type OfferLines, type UsedUnits } from "./free-units.js";
import { stepFor, type Discount } from "./hand-loops.js";
import type { BenchCart, BenchLine, BenchPromotion, BuyGetOffer, Step } from "./promotion-world.js";

const BUYS = 1;
const GETS = 2;

/** Promotions by what a cart must have for them: `promotion × 4 + role` for items, places of promotions for the rest. */
interface FloorIndex {
  readonly byItem: ReadonlyMap<string, readonly number[]>;
  readonly byCategory: ReadonlyMap<string, readonly number[]>;
  readonly byGroup: ReadonlyMap<string, readonly number[]>;
  readonly byCode: ReadonlyMap<string, readonly number[]>;
}

function indexed(promotions: readonly BenchPromotion[]): FloorIndex {
  const index = {
    byItem: new Map<string, number[]>(),
    byCategory: new Map<string, number[]>(),
    byGroup: new Map<string, number[]>(),
    byCode: new Map<string, number[]>(),
  };
  const note = (map: Map<string, number[]>, key: string, value: number): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [value]);
    else known.push(value);
  };
  for (const [place, promotion] of promotions.entries()) {
    if (promotion.kind === "coupon") note(index.byCode, promotion.code, place);
    else if (promotion.kind === "amount") note(index.byGroup, promotion.group, place);
    else if (promotion.kind === "category") note(index.byCategory, promotion.category, place);
    else if (promotion.kind === "buyGet") {
      const [buy, get] = [new Set(promotion.buy), new Set(promotion.get)];
      for (const item of new Set([...buy, ...get])) {
        note(index.byItem, item, place * 4 + (buy.has(item) ? BUYS : 0) + (get.has(item) ? GETS : 0));
      }
    } else for (const item of promotion.items) note(index.byItem, item, place * 4);
  }
  return index;
}

/** Scratch memory: which lines each promotion has met, chained, and a bit for each promotion that is to be looked at. */
interface Meetings {
  readonly bits: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly roles: Uint8Array;
  next: Int32Array;
  line: Int32Array;
  role: Uint8Array;
  count: number;
}

const ROOM = 4096;

function meetingsOf(promotions: number): Meetings {
  return {
    bits: new Int32Array((promotions >> 5) + 1),
    first: new Int32Array(promotions).fill(-1),
    last: new Int32Array(promotions),
    roles: new Uint8Array(promotions),
    next: new Int32Array(ROOM),
    line: new Int32Array(ROOM),
    role: new Uint8Array(ROOM),
    count: 0,
  };
}

function meet(meetings: Meetings, at: number, place: number, as: number): void {
  const link = meetings.count++;
  if (link === meetings.next.length) grow(meetings);
  meetings.line[link] = place;
  meetings.role[link] = as;
  meetings.next[link] = -1;
  if (meetings.first[at] === -1) {
    meetings.first[at] = link;
    meetings.bits[at >> 5]! |= 1 << (at & 31);
  } else meetings.next[meetings.last[at]!] = link;
  meetings.last[at] = link;
  meetings.roles[at]! |= as;
}

function grow(meetings: Meetings): void {
  const { next, line, role } = meetings;
  meetings.next = new Int32Array(next.length * 2);
  meetings.line = new Int32Array(next.length * 2);
  meetings.role = new Uint8Array(next.length * 2);
  meetings.next.set(next);
  meetings.line.set(line);
  meetings.role.set(role);
}

const [PERCENT, TIERS, COUPON, AMOUNT, BUY_GET] = [0, 1, 2, 3, 4] as const;
const KINDS = { items: PERCENT, category: PERCENT, tiers: TIERS, coupon: COUPON, amount: AMOUNT, buyGet: BUY_GET };

/**
 * The floor: whole cents in, whole cents out, promotions found by what the cart has. It does nothing but the work, keeps
 * its scratch memory between carts, and knows nothing but these kinds of promotions.
 */
export function compiledFloor(promotions: readonly BenchPromotion[]): (cart: BenchCart) => Discount[] {
  const index = indexed(promotions);
  const kinds = Uint8Array.from(promotions, ({ kind }) => KINDS[kind]);
  const ids = promotions.map(({ id }) => id);
  // Percentage, or cents off the order.
  const values = Int32Array.from(promotions, (one) =>
    "percent" in one ? one.percent : one.kind === "amount" ? one.amount : 0,
  );
  const least = Int32Array.from(promotions, (one) => (one.kind === "amount" ? one.least : 0));
  const steps = promotions.map((one): readonly Step[] => (one.kind === "tiers" ? one.steps : []));
  const meetings = meetingsOf(promotions.length);
  const { bits, first, roles } = meetings;
  return (cart) => {
    const { lines } = cart;
    const count = lines.length;
    const left = new Float64Array(count);
    const discounts: Discount[] = [];
    let offered: (OfferLines & UsedUnits) | undefined;
    find(index, least, cart, left, meetings);
    const { next, line } = meetings;
    for (let word = 0; word < bits.length; word++) {
      let set = bits[word]!;
      if (set === 0) continue;
      bits[word] = 0;
      for (; set !== 0; set &= set - 1) {
        const at = (word << 5) + 31 - Math.clz32(set & -set);
        const promotionId = ids[at]!;
        switch (kinds[at]) {
          case PERCENT: {
            const percent = values[at]!;
            for (let link = first[at]!; link >= 0; link = next[link]!) {
              takePercent(discounts, lines, left, promotionId, line[link]!, percent);
            }
            break;
          }
          case TIERS: {
            for (let link = first[at]!; link >= 0; link = next[link]!) {
              const place = line[link]!;
              const percent = stepFor(steps[at]!, lines[place]!.quantity);
              if (percent > 0) takePercent(discounts, lines, left, promotionId, place, percent);
            }
            break;
          }
          case COUPON: {
            const percent = values[at]!;
            for (let place = 0; place < count; place++) {
              takePercent(discounts, lines, left, promotionId, place, percent);
            }
            break;
          }
          case AMOUNT:
            shareOut(discounts, lines, left, promotionId, values[at]!);
            break;
          default:
            if (roles[at] !== BUYS + GETS) break;
            offered ??= offerLines(lines);
            giveFree(discounts, lines, left, promotions[at] as BuyGetOffer, offered, meetings, at);
        }
        first[at] = -1;
        roles[at] = 0;
      }
    }
    meetings.count = 0;
    return discounts;
  };
}

/** Notes which promotions the cart meets, and on which lines. */
function find(
  { byItem, byCategory, byGroup, byCode }: FloorIndex,
  least: Int32Array,
  { lines, group, subtotal, codes }: BenchCart,
  left: Float64Array,
  meetings: Meetings,
): void {
  const { bits } = meetings;
  for (let place = 0; place < lines.length; place++) {
    const { item, category, price, quantity } = lines[place]!;
    left[place] = price * quantity;
    const items = byItem.get(item);
    if (items !== undefined) {
      for (let entry = 0; entry < items.length; entry++) meet(meetings, items[entry]! >> 2, place, items[entry]! & 3);
    }
    const categories = byCategory.get(category);
    if (categories !== undefined) {
      for (let entry = 0; entry < categories.length; entry++) meet(meetings, categories[entry]!, place, 0);
    }
  }
  const amounts = byGroup.get(group);
  if (amounts !== undefined) {
    for (const at of amounts) if (subtotal >= least[at]!) bits[at >> 5]! |= 1 << (at & 31);
  }
  for (const code of codes) {
    for (const at of byCode.get(code) ?? []) bits[at >> 5]! |= 1 << (at & 31);
  }
}

function offerLines(lines: readonly BenchLine[]): OfferLines & UsedUnits {
  const count = lines.length;
  return {
    quantity: Int32Array.from(lines, ({ quantity }) => quantity),
    gross: Float64Array.from(lines, ({ quantity, price }) => quantity * price),
    bought: new Int32Array(count),
    got: new Int32Array(count),
  };
}

function giveFree(
  discounts: Discount[],
  lines: readonly BenchLine[],
  left: Float64Array,
  offer: BuyGetOffer,
  offered: OfferLines & UsedUnits,
  { first, next, line, role }: Meetings,
  at: number,
): void {
  const buy: number[] = [];
  const get: number[] = [];
  for (let link = first[at]!; link >= 0; link = next[link]!) {
    if ((role[link]! & BUYS) !== 0) buy.push(line[link]!);
    if ((role[link]! & GETS) !== 0) get.push(line[link]!);
  }
  const free = freeUnits(offer, offered, buy, get, offered);
  if (free === undefined) return;
  for (let nth = 0; nth < get.length; nth++) {
    const place = get[nth]!;
    takeOff(discounts, lines, left, offer.id, place, free[nth]! * lines[place]!.price);
  }
}

function takePercent(
  discounts: Discount[],
  lines: readonly BenchLine[],
  left: Float64Array,
  promotionId: string,
  place: number,
  percent: number,
): void {
  takeOff(discounts, lines, left, promotionId, place, Math.floor((left[place]! * percent + 50) / 100));
}

function takeOff(
  discounts: Discount[],
  lines: readonly BenchLine[],
  left: Float64Array,
  promotionId: string,
  place: number,
  amount: number,
): void {
  if (amount <= 0) return;
  left[place]! -= amount;
  discounts.push({ lineId: lines[place]!.lineId, promotionId, amount });
}

/** Cents left over are few, so the largest remainder is looked for again for each of them. */
function shareOut(
  discounts: Discount[],
  lines: readonly BenchLine[],
  left: Float64Array,
  promotionId: string,
  amount: number,
): void {
  let sum = 0;
  for (const one of left) sum += one;
  if (sum <= 0) return;
  const given = Math.min(amount, sum);
  const parts = new Float64Array(left.length);
  const rests = new Float64Array(left.length);
  let over = given;
  for (let place = 0; place < left.length; place++) {
    const product = left[place]! * given;
    rests[place] = product % sum;
    parts[place] = (product - rests[place]!) / sum;
    over -= parts[place]!;
  }
  for (; over > 0; over--) {
    let most = 0;
    for (let place = 1; place < rests.length; place++) if (rests[place]! > rests[most]!) most = place;
    rests[most] = -1;
    parts[most]! += 1;
  }
  for (let place = 0; place < parts.length; place++) {
    takeOff(discounts, lines, left, promotionId, place, parts[place]!);
  }
}
