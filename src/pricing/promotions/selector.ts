import { compare, type Decimal } from "../../core/decimal.js";
import type { ItemCode } from "../../model/ids.js";
import type { LineSelector } from "../../model/promotion/line-selector.js";
import type { CartLine } from "./promotion-cart.js";

/** What lines are looked up by. */
export interface LineKeys {
  /** Items. */
  readonly items: readonly string[];
  /** Categories. */
  readonly categories: readonly string[];
  /** Tags. */
  readonly tags: readonly string[];
}

/** A selector, ready to be asked. */
export interface CompiledSelector {
  /** Whether a line is meant; the items are those of the presented coupon. */
  readonly test: (line: CartLine, couponItems: ReadonlySet<ItemCode> | undefined) => boolean;
  /** Keys of which every line that is meant has one; undefined where there are none. */
  readonly keys: LineKeys | undefined;
  /** Whether every line that has one of the keys is meant, so that nobody needs to ask. */
  readonly isExact: boolean;
  /** Whether every line is meant. */
  readonly isEvery: boolean;
}

type Test = CompiledSelector["test"];

/** Makes sets of a selector's lists, and finds the keys by which its lines can be looked up. */
export function compileSelector(selector: LineSelector): CompiledSelector {
  return { test: testOf(selector), ...keysOf(selector), isEvery: selector.kind === "every" };
}

function testOf(selector: LineSelector): Test {
  switch (selector.kind) {
    case "every":
      return () => true;
    case "items": {
      const items = new Set(selector.in);
      return ({ itemCode }) => items.has(itemCode);
    }
    case "categories": {
      const names = new Set(selector.in);
      return ({ categories }) => categories?.some((name) => names.has(name)) === true;
    }
    case "tags": {
      const names = new Set(selector.in);
      return ({ tags }) => tags?.some((name) => names.has(name)) === true;
    }
    case "attribute": {
      const { name } = selector;
      const values = new Set(selector.in);
      return ({ attributes }) =>
        attributes !== undefined && Object.hasOwn(attributes, name) && values.has(attributes[name] ?? "");
    }
    case "quantity":
      return ({ quantity }) => isBetween(quantity, selector);
    case "unitPrice":
      return ({ unitPrice }) => isBetween(unitPrice, selector);
    case "couponItems":
      return ({ itemCode }, couponItems) => couponItems?.has(itemCode) === true;
    case "all": {
      const parts = selector.of.map(testOf);
      return (line, couponItems) => parts.every((part) => part(line, couponItems));
    }
    case "any": {
      const parts = selector.of.map(testOf);
      return (line, couponItems) => parts.some((part) => part(line, couponItems));
    }
    case "not": {
      const part = testOf(selector.of);
      return (line, couponItems) => !part(line, couponItems);
    }
  }
}

/** Says whether a number lies between inclusive bounds. */
export function isBetween(value: Decimal, { atLeast, atMost }: { atLeast?: Decimal; atMost?: Decimal }): boolean {
  return (
    (atLeast === undefined || compare(value, atLeast) >= 0) && (atMost === undefined || compare(value, atMost) <= 0)
  );
}

type Keys = Pick<CompiledSelector, "keys" | "isExact">;

const NO_KEYS: Keys = { keys: undefined, isExact: false };
const NOTHING: LineKeys = { items: [], categories: [], tags: [] };

function keysOf(selector: LineSelector): Keys {
  switch (selector.kind) {
    case "items":
      return { keys: { ...NOTHING, items: unique(selector.in) }, isExact: true };
    case "categories":
      return { keys: { ...NOTHING, categories: unique(selector.in) }, isExact: true };
    case "tags":
      return { keys: { ...NOTHING, tags: unique(selector.in) }, isExact: true };
    case "any":
      return joined(selector.of.map(keysOf));
    case "all": {
      // One part is enough to find the lines; the one with the fewest keys finds the fewest.
      const found = selector.of.map(keysOf).filter(({ keys }) => keys !== undefined);
      const [best] = found.sort((a, b) => sizeOf(a.keys) - sizeOf(b.keys));
      return best === undefined ? NO_KEYS : { keys: best.keys, isExact: best.isExact && selector.of.length === 1 };
    }
    default:
      return NO_KEYS;
  }
}

function joined(parts: readonly Keys[]): Keys {
  let keys: LineKeys = NOTHING;
  for (const part of parts) {
    if (part.keys === undefined) return NO_KEYS;
    keys = {
      items: unique([...keys.items, ...part.keys.items]),
      categories: unique([...keys.categories, ...part.keys.categories]),
      tags: unique([...keys.tags, ...part.keys.tags]),
    };
  }
  return { keys, isExact: parts.every(({ isExact }) => isExact) };
}

function sizeOf(keys: LineKeys | undefined): number {
  return keys === undefined ? 0 : keys.items.length + keys.categories.length + keys.tags.length;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
