import { fromUnits, subtract, toUnits, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { QUANTITY_DIGITS } from "../../model/digit-limit.js";
import { placedTotal } from "../../model/reserved-places.js";
import type { ItemCode } from "../../model/ids.js";
import {
  consumeFor,
  groupLimit,
  minimumLeft,
  supplyStanding,
  type SupplyStanding,
} from "../../model/supply-standing.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import type { HeldQuantity, LineDemand } from "./order-demands.js";
import type { ReconfirmPool } from "./reconfirm-policy.js";

/** What lines may keep of what they were to give up. @internal */
export interface KeepingRoom {
  /** The most that a line may keep of it; undefined where no rule is for its item. */
  readonly roomFor: (demand: LineDemand) => Decimal | undefined;
  /** Counts what a line keeps. */
  readonly keep: (demand: LineDemand, quantity: Decimal) => void;
}

/** How an item under rules stands, in units. */
interface GuardedItem {
  readonly now: SupplyStanding;
  readonly before: SupplyStanding;
  freeBefore: bigint;
  free: bigint;
}

type Places = (demandId: string) => readonly HeldQuantity[];

/**
 * Says how far lines may keep what nobody took of what they were to give up, where customer groups have caps and protected
 * minimums: others have gained meanwhile, since they were to lose.
 *
 * **Rules**
 * 1. A group has no more than its cap in the end, or than it had before where that was more.
 * 2. What lacks of the unused minimums of other groups becomes no more than it was.
 *
 * @param demands lines
 * @param pools what there is of each item
 * @param rules caps and minimums, with what was used when the lines had what they had
 * @param offered what lines were to give up
 * @param taken what lines have gained of it and of what was free
 * @returns the room; as things stood before, when nobody has gained. Linear, and each question by the groups of an item.
 * @internal
 */
export function keepingRoom(
  demands: readonly LineDemand[],
  pools: readonly ReconfirmPool[],
  rules: readonly SupplyRule[],
  offered: Places,
  taken: Places,
): KeepingRoom {
  const rulesOf = groupedBy(rules, ({ itemCode }) => itemCode);
  const items = new Map<ItemCode, GuardedItem>();
  for (const { itemCode, quantity } of pools) {
    const own = rulesOf.get(itemCode);
    if (own === undefined) continue;
    const [now, before] = [standingOf(own), standingOf(own)];
    items.set(itemCode, { now, before, freeBefore: unitsOf(quantity), free: unitsOf(quantity) });
  }
  for (const { demandId, itemCode, customerGroup, confirmed, lost } of items.size === 0 ? [] : demands) {
    const item = items.get(itemCode);
    if (item === undefined) continue;
    const change = unitsOf(subtract(placedTotal(taken(demandId)), placedTotal(offered(demandId))));
    const gone = -unitsOf(placedTotal(lost));
    item.freeBefore -= unitsOf(confirmed);
    item.free -= unitsOf(confirmed) + change;
    consumeFor(item.before, customerGroup, gone);
    consumeFor(item.now, customerGroup, gone + change);
  }
  return {
    roomFor: ({ itemCode, customerGroup }) => {
      const item = items.get(itemCode);
      return item === undefined ? undefined : fromUnits(roomIn(item, customerGroup), QUANTITY_DIGITS.decimals);
    },
    keep: ({ itemCode, customerGroup }, quantity) => {
      const item = items.get(itemCode);
      if (item === undefined) return;
      item.free -= unitsOf(quantity);
      consumeFor(item.now, customerGroup, unitsOf(quantity));
    },
  };
}

function roomIn({ now, before, freeBefore, free }: GuardedItem, group: string | undefined): bigint {
  // What lacked of a minimum that was used up since does not excuse that more lacks of another.
  let keptBefore = 0n;
  for (const other of before.minimums.keys()) {
    const [was, is] = [minimumLeft(before, other), minimumLeft(now, other)];
    if (other !== group) keptBefore += was < is ? was : is;
  }
  const lackedBefore = greater(keptBefore - freeBefore, 0n);
  const beyondMinimums = free - greater(groupLimit(now, group).kept - lackedBefore, 0n);
  const cap = group === undefined ? undefined : now.caps.get(group);
  if (cap === undefined) return greater(beyondMinimums, 0n);
  const most = greater(cap, before.usedOfCap.get(group!)!);
  const belowCap = most - now.usedOfCap.get(group!)!;
  return greater(belowCap < beyondMinimums ? belowCap : beyondMinimums, 0n);
}

function standingOf(rules: readonly SupplyRule[]): SupplyStanding {
  return supplyStanding(rules, QUANTITY_DIGITS.decimals);
}

function unitsOf(quantity: Decimal): bigint {
  return toUnits(quantity, QUANTITY_DIGITS.decimals);
}

const greater = (a: bigint, b: bigint): bigint => (a > b ? a : b);
