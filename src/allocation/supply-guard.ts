import { finestScale } from "../core/decimal-arithmetic.js";
import { clampUnits, fromUnits, ZERO } from "../core/decimal.js";
import type { ProtectionReason } from "../model/allocation-reason.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { isDepositDraw } from "../model/stock-owner.js";
import type { SupplyLimit, SupplyRule } from "../model/supply-rule.js";
import {
  consumeFor,
  groupLimit,
  keptForOthers,
  supplyStanding,
  within,
  type SupplyStanding,
} from "../model/supply-standing.js";
import type { AllocationTakes } from "./allocation-columns.js";
import type { BatchColumns } from "./batch-columns.js";
import { groupedBy } from "../core/grouped-by.js";
import type { StockDesk } from "./stock-desk.js";

/** Why caps or minimums keep something from a line. @internal */
export interface HeldBack {
  /** Which of them stands against it. */
  readonly code: SupplyLimit;
  /** Figures. */
  readonly protection: ProtectionReason;
}

/** Says how much lines may take as far as caps and protected minimums go. @internal */
export interface SupplyGuard {
  /** Units that a line may still take of its item, wherever they lie; Infinity where no rule is for it. */
  readonly leftFor: (line: number) => number;
  /** Why a line may not take more, when so many units are kept from it. */
  readonly reasonFor: (line: number, held: number) => HeldBack;
}

/** What is there of an item under rules, and how its groups stand. */
interface GuardedItem {
  readonly rules: readonly SupplyRule[];
  readonly standing: SupplyStanding;
  /** Decimals of the standing. */
  readonly scale: number;
  /** Units of the standing in a unit of the columns. */
  readonly finer: bigint;
  /** Units of the columns that are left. */
  free: number;
}

/**
 * Opens the guard over a desk: whatever is taken there, or put back, is counted for the group of its order.
 *
 * **Rules**
 * 1. What is there of an item is all that is left at the desk, in whatever warehouse and lot. Of that a line may take no
 *    more than leaves the unused minimums of the other groups, and no more than is left of its own group's cap.
 * 2. The group of an order is its customer class. Customers of no group have no cap, and leave all minimums.
 * 3. Goods in store for a customer are under no rule.
 *
 * @param orders in the order of service
 * @param batch columns built from them
 * @param rules caps and minimums
 * @param desk stock of the batch
 * @param before what the same lines took of it in a round before
 * @returns the guard; undefined where no line of the batch is under a rule. Asking costs no more than a look at two figures.
 * @internal
 */
export function supplyGuard(
  orders: readonly Order[],
  batch: BatchColumns,
  rules: readonly SupplyRule[],
  desk: StockDesk,
  before?: AllocationTakes,
): SupplyGuard | undefined {
  if (!isGuarded(batch.lines, rules)) return undefined;
  const { columns, lines, lineOrder, lineScale } = batch;
  const rulesOf = groupedBy(rules, ({ itemCode }) => itemCode);
  const items = new Map<number, GuardedItem>();
  for (const [line, column] of columns.lineItem.entries()) {
    if (column < 0 || items.has(column) || isDepositDraw(lines[line]!)) continue;
    const own = rulesOf.get(lines[line]!.itemCode);
    if (own !== undefined) items.set(column, guardedItem(own, lineScale[line]!));
  }
  for (const [lot, column] of columns.lotItem.entries()) {
    const item = items.get(column);
    if (item !== undefined) item.free += columns.lotUnits[lot]!;
  }
  const itemOf = (line: number): GuardedItem | undefined => items.get(columns.lineItem[line]!);
  const groupOf = (line: number): string | undefined => orders[lineOrder[line]!]!.header.customerClass;
  const count = (line: number, units: number): void => {
    const item = itemOf(line);
    if (item !== undefined) consumeFor(item.standing, groupOf(line), BigInt(units) * item.finer);
  };
  for (let take = 0; take < (before?.count ?? 0); take++) count(before!.line[take]!, before!.units[take]!);
  desk.onMove((_, units, line) => {
    count(line, units);
    const item = itemOf(line);
    if (item !== undefined) item.free -= units;
  });
  return {
    leftFor: (line) => {
      const item = itemOf(line);
      if (item === undefined) return Infinity;
      const { standing, finer, free } = item;
      return clampUnits(within(groupLimit(standing, groupOf(line)), BigInt(free) * finer) / finer);
    },
    reasonFor: (line, held) => heldBack(itemOf(line)!, groupOf(line), held, lineScale[line]!),
  };
}

/** Whether any of these lines is under one of the rules. @internal */
export function isGuarded(lines: readonly OrderLine[], rules: readonly SupplyRule[]): boolean {
  if (rules.length === 0) return false;
  const itemCodes = new Set(rules.map(({ itemCode }) => itemCode));
  return lines.some((line) => itemCodes.has(line.itemCode) && !isDepositDraw(line));
}

function guardedItem(rules: readonly SupplyRule[], lineScale: number): GuardedItem {
  const figures = rules.flatMap(({ quantity, consumed = ZERO }) => [quantity, consumed]);
  const scale = Math.max(lineScale, finestScale(figures));
  return { rules, standing: supplyStanding(rules, scale), scale, finer: 10n ** BigInt(scale - lineScale), free: 0 };
}

function heldBack(
  { rules, standing, scale, finer, free }: GuardedItem,
  group: string | undefined,
  held: number,
  lineScale: number,
): HeldBack {
  const limit = groupLimit(standing, group);
  const room = within({ ...limit, capLeft: undefined }, BigInt(free) * finer);
  const isCap = limit.capLeft !== undefined && limit.capLeft < room;
  const cap = rules.find((rule) => rule.kind === "cap" && rule.group === group)?.quantity;
  return {
    code: isCap ? "group_cap" : "protected_for_others",
    protection: {
      ...(group === undefined ? {} : { group }),
      held: fromUnits(held, lineScale),
      keptFor: keptForOthers(standing, group).map(({ group: other, units }) => ({
        group: other,
        quantity: fromUnits(units, scale),
      })),
      ...(cap === undefined ? {} : { cap, consumed: fromUnits(standing.usedOfCap.get(group!)!, scale) }),
    },
  };
}
