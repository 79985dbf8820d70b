import type { CustomerCode, ItemCode } from "../model/ids.js";
import { availableUnits, type AvailableUnits, type DatedItemQuantity } from "./available-to-promise.js";
import { treeOf } from "./available-tree.js";
import { groupStanding, type GroupStanding, type PromiseContext, type SupplyRule } from "./supply-protection.js";

/** The supplies of a call, each worked out when it is first asked for. @internal */
export interface PromiseBook {
  readonly context: PromiseContext;
  readonly suppliesByPlace: ReadonlyMap<string, readonly DatedItemQuantity[]>;
  readonly demandsByPlace: ReadonlyMap<string, readonly DatedItemQuantity[]>;
  readonly rulesByItem: ReadonlyMap<ItemCode, readonly SupplyRule[]>;
  readonly shelves: Map<string, PromiseShelf>;
}

/** One item of one owner, while promises are taken from it. @internal */
export interface PromiseShelf {
  /** Days on which the availability rises, as it was before the first promise. */
  readonly steps: readonly AvailableUnits[];
  /** What each step adds to the one before, in a binary indexed tree: sums and takings cost log n. */
  readonly tree: bigint[];
  /** What could be promised in all before the first promise. */
  readonly beganWith: bigint;
  /** Caps and minimums. */
  readonly groups: GroupStanding;
}

/** Begins to promise. @internal */
export function openPromiseBook(context: PromiseContext): PromiseBook {
  const { supplies, demands = [], rules = [] } = context;
  const placeOf = ({ itemCode, owner }: DatedItemQuantity): string => placeName(itemCode, owner);
  return {
    context,
    suppliesByPlace: grouped(supplies, placeOf),
    demandsByPlace: grouped(demands, placeOf),
    rulesByItem: grouped(rules, ({ itemCode }) => itemCode),
    shelves: new Map(),
  };
}

/** The shelf of an item; `owner` for goods that a customer left in store. @internal */
export function shelfOf(book: PromiseBook, itemCode: ItemCode, owner?: CustomerCode): PromiseShelf {
  const place = placeName(itemCode, owner);
  const known = book.shelves.get(place);
  if (known !== undefined) return known;
  const { suppliesByPlace, demandsByPlace, rulesByItem, context } = book;
  const steps = availableUnits(suppliesByPlace.get(place) ?? [], demandsByPlace.get(place) ?? [], context.today);
  const rules = owner === undefined ? (rulesByItem.get(itemCode) ?? []) : [];
  const beganWith = steps.at(-1)?.units ?? 0n;
  const shelf = { steps, tree: treeOf(steps), beganWith, groups: groupStanding(rules) };
  book.shelves.set(place, shelf);
  return shelf;
}

function placeName(itemCode: ItemCode, owner: CustomerCode | undefined): string {
  return owner === undefined ? itemCode : `${itemCode}\n${owner}`;
}

function grouped<Entry>(list: readonly Entry[], keyOf: (entry: Entry) => string): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of list) {
    const key = keyOf(entry);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [entry]);
    else known.push(entry);
  }
  return groups;
}
