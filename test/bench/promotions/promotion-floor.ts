import { freeUnits, type UsedUnits } from "./free-units.js";
import { stepFor, type Discount } from "./hand-loops.js";
import type { BenchCart, BenchLine, BenchPromotion, Step } from "./promotion-world.js";

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

/** Lines that promotions have met, chained by promotion; a bit for each promotion that is to be looked at. */
interface Meetings {
  readonly bits: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly roles: Uint8Array;
  readonly next: number[];
  readonly line: number[];
  readonly role: number[];
}

function meet({ bits, first, last, roles, next, line, role }: Meetings, at: number, place: number, as: number): void {
  const link = next.push(-1) - 1;
  line[link] = place;
  role[link] = as;
  if (first[at] === -1) {
    first[at] = link;
    bits[at >> 5]! |= 1 << (at & 31);
  } else next[last[at]!] = link;
  last[at] = link;
  roles[at]! |= as;
}

/**
 * The floor: whole cents in, whole cents out, promotions found by what the cart has. It does nothing but the work, keeps
 * its scratch memory between carts, and knows nothing but these kinds of promotions.
 */
export function compiledFloor(promotions: readonly BenchPromotion[]): (cart: BenchCart) => Discount[] {
  const count = promotions.length;
  const index = indexed(promotions);
  const percents = Int32Array.from(promotions, (one) => ("percent" in one ? one.percent : 0));
  const steps: readonly (readonly Step[] | undefined)[] = promotions.map((one) =>
    one.kind === "tiers" ? one.steps : undefined,
  );
  const meetings: Meetings = {
    bits: new Int32Array((count >> 5) + 1),
    first: new Int32Array(count).fill(-1),
    last: new Int32Array(count),
    roles: new Uint8Array(count),
    next: [],
    line: [],
    role: [],
  };
  return (cart) => {
    const { lines } = cart;
    const left = lines.map(({ price, quantity }) => price * quantity);
    const discounts: Discount[] = [];
    let used: UsedUnits | undefined;
    find(index, promotions, cart, meetings);
    const { bits, first, roles, next, line } = meetings;
    const takePercent = (at: number, place: number, percent: number): void => {
      takeOff(discounts, lines, left, promotions[at]!.id, place, Math.floor((left[place]! * percent + 50) / 100));
    };
    for (let word = 0; word < bits.length; word++) {
      for (let set = bits[word]!; set !== 0; set &= set - 1) {
        const at = (word << 5) + 31 - Math.clz32(set & -set);
        const promotion = promotions[at]!;
        switch (promotion.kind) {
          case "items":
          case "category":
            for (let link = first[at]!; link >= 0; link = next[link]!) takePercent(at, line[link]!, percents[at]!);
            break;
          case "tiers":
            for (let link = first[at]!; link >= 0; link = next[link]!) {
              takePercent(at, line[link]!, stepFor(steps[at]!, lines[line[link]!]!.quantity));
            }
            break;
          case "coupon":
            for (let place = 0; place < lines.length; place++) takePercent(at, place, percents[at]!);
            break;
          case "amount":
            shareOut(discounts, lines, left, promotion.id, promotion.amount);
            break;
          case "buyGet": {
            if (roles[at] !== BUYS + GETS) break;
            used ??= { bought: new Int32Array(lines.length), got: new Int32Array(lines.length) };
            const [buy, get] = [placesAs(meetings, at, BUYS), placesAs(meetings, at, GETS)];
            const quantity = lines.map((one) => one.quantity);
            const gross = lines.map((one) => one.quantity * one.price);
            const free = freeUnits(promotion, { quantity, gross }, buy, get, used);
            for (let place = 0; free !== undefined && place < lines.length; place++) {
              takeOff(discounts, lines, left, promotion.id, place, free[place]! * lines[place]!.price);
            }
          }
        }
        first[at] = -1;
        roles[at] = 0;
      }
      bits[word] = 0;
    }
    meetings.next.length = 0;
    return discounts;
  };
}

/** Notes which promotions the cart meets, and on which lines. */
function find(index: FloorIndex, promotions: readonly BenchPromotion[], cart: BenchCart, meetings: Meetings): void {
  for (let place = 0; place < cart.lines.length; place++) {
    const { item, category } = cart.lines[place]!;
    const items = index.byItem.get(item);
    if (items !== undefined) for (const entry of items) meet(meetings, entry >> 2, place, entry & 3);
    const categories = index.byCategory.get(category);
    if (categories !== undefined) for (const at of categories) meet(meetings, at, place, 0);
  }
  for (const at of index.byGroup.get(cart.group) ?? []) {
    const promotion = promotions[at]!;
    if (promotion.kind === "amount" && cart.subtotal >= promotion.least) meetings.bits[at >> 5]! |= 1 << (at & 31);
  }
  for (const code of cart.codes) {
    for (const at of index.byCode.get(code) ?? []) meetings.bits[at >> 5]! |= 1 << (at & 31);
  }
}

function placesAs({ first, next, line, role }: Meetings, at: number, as: number): number[] {
  const places: number[] = [];
  for (let link = first[at]!; link >= 0; link = next[link]!) if ((role[link]! & as) !== 0) places.push(line[link]!);
  return places;
}

function takeOff(
  discounts: Discount[],
  lines: readonly BenchLine[],
  left: number[],
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
  left: number[],
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
