import type { Coupon } from "../../model/promotion/promotion.js";
import type { CustomerFact, OrderFact, PromotionCondition } from "../../model/promotion/promotion-condition.js";
import { factsOf, headerKeys, neededLines } from "./condition.js";
import type { CompiledPromotion } from "./compile-promotions.js";
import type { CartLine, PromotionCart } from "./promotion-cart.js";
import { compileSelector, type LineKeys } from "./selector.js";

/** In which capacity a line was found: meant or to be bought, to be got, or none (it only wakes the promotion); bits. */
const BUY_ROLE = 1;
/** See {@link BUY_ROLE}. */
const GET_ROLE = 2;
const NO_ROLE = 0;
const ROLES = 4;

type Postings = Map<string, number[]>;

/**
 * Finds the promotions that a cart can have anything to do with: a promotion is looked at only when a line, a fact of the
 * header or a code of the cart is one that it needs.
 */
export interface PromotionIndex {
  /** Postings by item, category and tag: slot × 4 + role. */
  readonly items: Postings;
  /** See above. */
  readonly categories: Postings;
  /** See above. */
  readonly tags: Postings;
  /** Postings by fact of the header. */
  readonly facts: readonly { readonly fact: CustomerFact | OrderFact; readonly postings: Postings }[];
  /** Slots by code. */
  readonly codes: Postings;
  /** Slots by batch of coupons. */
  readonly batches: Postings;
  /** Slots that are always looked at. */
  readonly always: readonly number[];
  /** By slot, the roles in which the index finds every line that is meant: without such a line nothing comes of it. */
  readonly roles: readonly number[];
}

/** Builds the index over promotions in the order of their evaluation. */
export function indexPromotions(promotions: readonly CompiledPromotion[]): PromotionIndex {
  const facts = new Map<CustomerFact | OrderFact, Postings>();
  const always: number[] = [];
  const index: PromotionIndex = {
    items: new Map(),
    categories: new Map(),
    tags: new Map(),
    facts: [],
    codes: new Map(),
    batches: new Map(),
    always,
    roles: promotions.map(rolesFound),
  };
  for (const [slot, { promotion, buy, get }] of promotions.entries()) {
    const { coupons, condition } = promotion;
    if (coupons?.kind === "codes") for (const code of coupons.codes) post(index.codes, code, slot);
    else if (coupons?.kind === "batch") post(index.batches, coupons.batchId, slot);
    else if (buy?.keys !== undefined) {
      postLines(index, buy.keys, slot, buy.isExact ? BUY_ROLE : NO_ROLE);
      if (get?.keys !== undefined && get.isExact) postLines(index, get.keys, slot, GET_ROLE);
    } else if (get?.keys !== undefined) postLines(index, get.keys, slot, get.isExact ? GET_ROLE : NO_ROLE);
    else if (!postCondition(index, facts, condition, slot)) always.push(slot);
  }
  return { ...index, facts: Array.from(facts, ([fact, postings]) => ({ fact, postings })) };
}

function rolesFound({ promotion, buy, get }: CompiledPromotion): number {
  // Who presents a code may have nothing else that the index knows of.
  if (promotion.coupons !== undefined) return NO_ROLE;
  return (buy?.isExact === true ? BUY_ROLE : NO_ROLE) | (get?.isExact === true ? GET_ROLE : NO_ROLE);
}

/** Posts a promotion whose effect can fall on any line by what its condition needs. */
function postCondition(
  index: PromotionIndex,
  facts: Map<CustomerFact | OrderFact, Postings>,
  condition: PromotionCondition | undefined,
  slot: number,
): boolean {
  if (condition === undefined) return false;
  const header = headerKeys(condition);
  if (header !== undefined) {
    const postings = facts.get(header.fact) ?? new Map<string, number[]>();
    facts.set(header.fact, postings);
    for (const value of new Set(header.values)) post(postings, value, slot);
    return true;
  }
  const lines = neededLines(condition);
  const keys = lines === undefined ? undefined : compileSelector(lines).keys;
  if (keys === undefined) return false;
  postLines(index, keys, slot, NO_ROLE);
  return true;
}

function postLines(index: PromotionIndex, keys: LineKeys, slot: number, role: number): void {
  const posting = slot * ROLES + role;
  for (const item of keys.items) post(index.items, item, posting);
  for (const category of keys.categories) post(index.categories, category, posting);
  for (const tag of keys.tags) post(index.tags, tag, posting);
}

function post(postings: Postings, key: string, posting: number): void {
  const list = postings.get(key);
  if (list === undefined) postings.set(key, [posting]);
  else list.push(posting);
}

/** A promotion that a cart may have to do with. */
export interface Candidate {
  /** Place in the order of evaluation. */
  readonly slot: number;
  /** Places of lines that are meant or to be bought, rising; undefined where every line must be looked at. */
  readonly buyLines: readonly number[] | undefined;
  /** Places of lines that are to be got, rising; see above. */
  readonly getLines: readonly number[] | undefined;
}

/** Looks a cart up: every promotion that could apply, in the order of evaluation. */
export function candidatesFor(
  index: PromotionIndex,
  cart: PromotionCart,
  coupons: ReadonlyMap<string, Coupon> | undefined,
): readonly Candidate[] {
  const { lines, couponCodes } = cart;
  const stride = (lines.length + 1) * ROLES;
  const hits: number[] = [];
  wake(hits, index.always, stride);
  for (const { fact, postings } of index.facts) {
    for (const value of factsOf(cart, fact)) wake(hits, postings.get(value), stride);
  }
  if (couponCodes !== undefined) {
    for (const code of couponCodes) {
      wake(hits, index.codes.get(code), stride);
      const coupon = coupons?.get(code);
      if (coupon !== undefined) wake(hits, index.batches.get(coupon.batchId), stride);
    }
  }
  for (let k = 0; k < lines.length; k += 1) {
    const { itemCode, categories, tags } = lines[k] as CartLine;
    link(hits, index.items.get(itemCode), stride, k);
    if (categories !== undefined) linkAll(hits, index.categories, categories, stride, k);
    if (tags !== undefined) linkAll(hits, index.tags, tags, stride, k);
  }
  return hits.length === 0 ? NOBODY : candidatesOfHits(index, sorted(hits, index.roles.length * stride), stride);
}

const NOBODY: readonly Candidate[] = [];

/** Notes promotions that are looked at whatever the lines are. */
function wake(hits: number[], slots: readonly number[] | undefined, stride: number): void {
  if (slots === undefined) return;
  for (let place = 0; place < slots.length; place += 1) hits.push((slots[place] ?? 0) * stride);
}

/** Notes promotions that a line has to do with. */
function link(hits: number[], postings: readonly number[] | undefined, stride: number, k: number): void {
  if (postings === undefined) return;
  for (let place = 0; place < postings.length; place += 1) {
    const posting = postings[place] ?? 0;
    const role = posting & (ROLES - 1);
    hits.push(((posting - role) / ROLES) * stride + (k + 1) * ROLES + role);
  }
}

function linkAll(hits: number[], by: Postings, names: readonly string[], stride: number, k: number): void {
  if (by.size === 0) return;
  for (let place = 0; place < names.length; place += 1) link(hits, by.get(names[place] ?? ""), stride, k);
}

/** Few hits are sorted here; setting up a column costs more. */
const FEW_HITS = 48;

function sorted(hits: number[], bound: number): ArrayLike<number> {
  if (hits.length > FEW_HITS) return (bound < 2 ** 31 ? new Int32Array(hits) : new Float64Array(hits)).sort();
  for (let index = 1; index < hits.length; index += 1) {
    const moving = hits[index] ?? 0;
    let place = index;
    while (place > 0 && (hits[place - 1] ?? 0) > moving) {
      hits[place] = hits[place - 1] ?? 0;
      place -= 1;
    }
    hits[place] = moving;
  }
  return hits;
}

/** A hit is slot × stride + (line + 1) × 4 + role, so that sorted hits stand by slot and line. */
function candidatesOfHits({ roles }: PromotionIndex, hits: ArrayLike<number>, stride: number): Candidate[] {
  const candidates: Candidate[] = [];
  let begin = 0;
  while (begin < hits.length) {
    const slot = Math.floor((hits[begin] ?? 0) / stride);
    const next = (slot + 1) * stride;
    let end = begin;
    let found = NO_ROLE;
    for (; end < hits.length && (hits[end] ?? 0) < next; end += 1) found |= (hits[end] ?? 0) & (ROLES - 1);
    const wanted = roles[slot] ?? NO_ROLE;
    // An offer of which only one side is there is none.
    if ((found & wanted) === wanted) {
      const isBuy = (wanted & BUY_ROLE) !== 0;
      const isGet = (wanted & GET_ROLE) !== 0;
      candidates.push({
        slot,
        buyLines: isBuy ? linesOfRole(hits, begin, end, slot * stride, BUY_ROLE) : undefined,
        getLines: isGet ? linesOfRole(hits, begin, end, slot * stride, GET_ROLE) : undefined,
      });
    }
    begin = end;
  }
  return candidates;
}

function linesOfRole(hits: ArrayLike<number>, begin: number, end: number, base: number, role: number): number[] {
  let lines: number[] | undefined;
  let before = -1;
  for (let place = begin; place < end; place += 1) {
    const hit = hits[place] ?? 0;
    // A line that carries several of a promotion's keys is found once for each.
    if ((hit & (ROLES - 1)) !== role || hit === before) continue;
    before = hit;
    const k = (hit - base - role) / ROLES - 1;
    // Mostly it is one line, for which a list of one suffices.
    if (lines === undefined) lines = [k];
    else lines.push(k);
  }
  return lines ?? [];
}
