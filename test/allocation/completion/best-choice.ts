import type { CompleteOrderWish, PooledQuantity } from "../../../src/allocation/completion/completion-policy.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";

/** What orders may be chosen from: everything that decides which of them can be complete beside each other. */
export interface CompletionWorld {
  readonly orders: readonly CompleteOrderWish[];
  readonly stock: readonly PooledQuantity[];
  readonly protection: readonly SupplyRule[];
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
const uniqueOf = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];
const unitsOf = (parts: readonly PooledQuantity[], isMeant: (part: PooledQuantity) => boolean): number =>
  sum(parts.filter(isMeant).map(({ quantity }) => Number(quantity)));

/** Every choice of some of these, the empty one too. */
export function subsetsOf<Value>(values: readonly Value[]): Value[][] {
  return Array.from({ length: 2 ** values.length }, (_, bits) =>
    values.filter((__, place) => Math.floor(bits / 2 ** place) % 2 === 1),
  );
}

/** What is left of a rule's quantity. */
const restOf = ({ quantity, consumed }: SupplyRule): number => Math.max(0, Number(quantity) - Number(consumed ?? 0));

/** What of an item is kept from a group when these orders have theirs: unused minimums of other groups. */
export function keptFrom(
  group: string | undefined,
  itemCode: string,
  chosen: readonly CompleteOrderWish[],
  protection: readonly SupplyRule[],
): number {
  const minimums = protection.filter((rule) => rule.kind === "protect" && rule.itemCode === itemCode);
  return sum(
    minimums
      .filter((rule) => rule.group !== group)
      .map((rule) => {
        const own = chosen.filter(({ customerGroup }) => customerGroup === rule.group);
        return Math.max(0, restOf(rule) - usedBy(own, itemCode));
      }),
  );
}

const usedBy = (orders: readonly CompleteOrderWish[], itemCode: string): number =>
  sum(orders.map(({ needs }) => unitsOf(needs, (need) => need.itemCode === itemCode)));

/** Whether caps are kept, and each group that gets something leaves what is kept for the others; of all stock of an item. */
export function keepsRules(chosen: readonly CompleteOrderWish[], { stock, protection }: CompletionWorld): boolean {
  return uniqueOf(protection.map(({ itemCode }) => itemCode)).every((itemCode) => {
    const left = unitsOf(stock, (part) => part.itemCode === itemCode) - usedBy(chosen, itemCode);
    const groups = chosen.filter((order) => usedBy([order], itemCode) > 0).map(({ customerGroup }) => customerGroup);
    return uniqueOf(groups).every((group) => {
      const own = chosen.filter(({ customerGroup }) => customerGroup === group);
      const caps = protection.filter(
        (rule) => rule.kind === "cap" && rule.itemCode === itemCode && rule.group === group,
      );
      const isCapKept = caps.every((rule) => usedBy(own, itemCode) <= restOf(rule));
      return isCapKept && keptFrom(group, itemCode, chosen, protection) <= left;
    });
  });
}

/** Whether stock does for all of these orders: each need from its pool of item and warehouse. */
export function isInPools(chosen: readonly CompleteOrderWish[], { stock }: CompletionWorld): boolean {
  const needs = chosen.flatMap((order) => order.needs);
  const isSame = (one: PooledQuantity) => (other: PooledQuantity) =>
    one.itemCode === other.itemCode && one.warehouseId === other.warehouseId;
  return needs.every((need) => unitsOf(needs, isSame(need)) <= unitsOf(stock, isSame(need)));
}

/** The greatest worth of a choice that is possible. */
export function bestOf(
  { orders }: CompletionWorld,
  isPossible: (chosen: readonly CompleteOrderWish[]) => boolean,
  worthOf: (chosen: readonly CompleteOrderWish[]) => number,
): number {
  return Math.max(
    ...subsetsOf(orders)
      .filter(isPossible)
      .map((chosen) => worthOf(chosen)),
  );
}

/**
 * The fewest shipments of these orders: every way to name warehouses for each. A way will do where, for every choice of
 * warehouses, orders that may take from these alone need no more of an item than lies there.
 */
export function fewestShipmentsOf(chosen: readonly CompleteOrderWish[], { stock }: CompletionWorld): number {
  const choices = subsetsOf(uniqueOf(stock.map(({ warehouseId }) => warehouseId!)));
  const items = uniqueOf(
    stock.map(({ itemCode }) => itemCode).concat(chosen.flatMap(({ needs }) => needs.map((n) => n.itemCode))),
  );
  const isEnough = (sites: readonly (readonly string[])[]): boolean =>
    choices.every((some) => {
      const bound = chosen
        .slice(0, sites.length)
        .filter((_, place) => sites[place]!.every((site) => some.includes(site)));
      return items.every(
        (itemCode) =>
          usedBy(bound, itemCode) <=
          unitsOf(stock, (part) => part.itemCode === itemCode && some.includes(part.warehouseId!)),
      );
    });
  let best = Infinity;
  const visit = (sites: readonly (readonly string[])[], count: number): void => {
    if (count >= best || !isEnough(sites)) return;
    if (sites.length === chosen.length) best = count;
    else for (const some of choices) visit([...sites, some], count + some.length);
  };
  visit([], 0);
  return best;
}
