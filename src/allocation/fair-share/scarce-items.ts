import { ONE, round, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import type { Order } from "../../model/order.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import type { BatchColumns } from "../batch-columns.js";
import type { BatchSharing } from "./batch-sharing.js";
import { countWeights, quotaUnits } from "./count-claims.js";
import type { FairShareRule } from "./fair-share-rules.js";
import { isShort, type GroupClaim } from "./ruled-shares.js";
import { sharingRules, type SharingRules } from "./sharing-rules.js";
import type { UnitsOfLines } from "./units-of-lines.js";

/** An item of which more is asked for than there is, or than rules of customer groups leave. @internal */
export interface ScarceItem {
  /** Places of its lines, in the order of service. */
  readonly lines: readonly number[];
  /** Their claims. */
  readonly claims: readonly GroupClaim[];
  /** What there is, in units. */
  readonly available: bigint;
  /** How it is shared out. */
  readonly rule: FairShareRule;
  /** Caps and minimums that hold for it; undefined for none. */
  readonly rules: SharingRules | undefined;
  /** Least units of each line, if any at all; zero for none. */
  readonly least: bigint;
}

/**
 * Finds the items that have to be shared out.
 *
 * @param orders in the order of service
 * @param batch columns built from them
 * @param sharing entries of the policy; the first that names an item counts
 * @param protection caps and minimums of customer groups
 * @param together lines that come in full or not at all
 * @returns the items. Linear.
 * @internal
 */
export function scarceItems(
  orders: readonly Order[],
  batch: BatchColumns,
  sharing: readonly BatchSharing[],
  protection: readonly SupplyRule[],
  together: UnitsOfLines,
): ScarceItem[] {
  const { columns, lineScale } = batch;
  const free = freeForLines(batch);
  const rulesOf = groupedBy(protection, ({ itemCode }) => itemCode);
  const all = new Float64Array(rulesOf.size === 0 ? 0 : columns.items);
  if (rulesOf.size > 0) for (const [lot, item] of columns.lotItem.entries()) all[item]! += columns.lotUnits[lot]!;
  const asking = [...columns.lineItem.keys()].filter((line) => columns.lineItem[line]! >= 0);
  const scarce: ScarceItem[] = [];
  for (const [item, lines] of groupedBy(asking, (line) => columns.lineItem[line]!)) {
    const { itemCode } = batch.lines[lines[0]]!;
    const entry = sharing.find(({ itemCodes }) => itemCodes?.includes(itemCode) ?? true);
    if (entry === undefined) continue;
    const available = BigInt(free[item]!);
    const claims = claimsOf(orders, batch, lines, entry, together);
    const scale = lineScale[lines[0]]!;
    const own = isDepositDraw(batch.lines[lines[0]]!) ? undefined : rulesOf.get(itemCode);
    const rules = own === undefined ? undefined : sharingRules(own, BigInt(all[item]!), scale);
    if (!isShort(claims, available, rules)) continue;
    const least = unitsAtLeast(entry.minimum ?? ZERO, scale);
    scarce.push({ lines, claims, available, rule: entry.rule, rules, least });
  }
  return scarce;
}

function claimsOf(
  orders: readonly Order[],
  { columns, lineOrder, lineScale }: BatchColumns,
  lines: readonly [number, ...number[]],
  { minimum = ZERO, weights = [], tiers = [], quotas = [] }: BatchSharing,
  { unitOf }: UnitsOfLines,
): GroupClaim[] {
  const scale = lineScale[lines[0]]!;
  const [usual, ...counted] = countWeights([ONE, ...weights.map(({ weight }) => weight)]);
  const weightOf = new Map(weights.map(({ customerClass }, place) => [customerClass, counted[place]!]));
  const tierOf = new Map(tiers.flatMap((classes, tier) => classes.map((name) => [name, tier] as const)));
  const quotaOf = new Map(
    quotas.map((quota, group) => {
      const units = quota.kind === "amount" ? unitsAtMost(quota.figure, scale) : quotaUnits(quota, scale);
      return [quota.customerClass, { group, kind: quota.kind, units }];
    }),
  );
  const least = unitsAtLeast(minimum, scale);
  return lines.map((line): GroupClaim => {
    const requested = BigInt(columns.lineUnits[line]!);
    const step = BigInt(columns.lineQuantum?.[line] ?? 0);
    const quantum = step === 0n ? 1n : step;
    const whole = unitOf[line]! >= 0 ? requested - (requested % quantum) : 0n;
    const { customerClass } = orders[lineOrder[line]!]!.header;
    const name = customerClass ?? "";
    return {
      requested,
      quantum,
      minimum: whole > least ? whole : least,
      weight: weightOf.get(name) ?? usual!,
      tier: tierOf.get(name) ?? tiers.length,
      quota: quotaOf.get(name),
      customerGroup: customerClass,
    };
  });
}

/** The fewest units that are not less than a quantity. */
function unitsAtLeast(quantity: Decimal, scale: number): bigint {
  return toUnits(round(quantity, scale, "up"), scale);
}

/** The most units that are not more than a quantity. */
function unitsAtMost(quantity: Decimal, scale: number): bigint {
  return toUnits(round(quantity, scale, "down"), scale);
}

/** Free units of each item that any of its lines may take. */
function freeForLines({ columns, eligibility, lines, lots }: BatchColumns): Float64Array {
  const { items, lineItem, lineArea, lineExpiry, lotItem, lotWarehouse, lotUnits, lotExpiry } = columns;
  const { nearness, warehouses } = columns;
  const dayOf = (line: number): number => lineExpiry?.[line] ?? 0;
  // Of all lines that may be served from the same places, the one that goods need live shortest for stands for all.
  const asking = new Map<string, Map<string, number>>();
  const nameOf = (item: number, lotNo = ""): string => `${item} ${lotNo}`;
  for (const [line, item] of lineItem.entries()) {
    if (item < 0) continue;
    const name = nameOf(item, lines[line]!.lotNo);
    const known = asking.get(name) ?? new Map<string, number>();
    const place = `${lineArea[line]!} ${eligibility?.wishOf(line) ?? 0}`;
    const other = known.get(place);
    if (other === undefined || dayOf(line) < dayOf(other)) known.set(place, line);
    asking.set(name, known);
  }
  const free = new Float64Array(items);
  for (const [lot, item] of lotItem.entries()) {
    const { lotNo } = lots[lot]!;
    const any = asking.get(nameOf(item));
    const named = lotNo === undefined ? undefined : asking.get(nameOf(item, lotNo));
    const warehouse = lotWarehouse[lot]!;
    const mayTake = (line: number): boolean =>
      nearness[lineArea[line]! * warehouses + warehouse]! >= 0 &&
      dayOf(line) <= (lotExpiry?.[lot] ?? 0) &&
      (eligibility === undefined || (eligibility.mayServe(line, warehouse) && eligibility.mayTake(line, lots[lot]!)));
    if ([...(any?.values() ?? []), ...(named?.values() ?? [])].some(mayTake)) free[item]! += lotUnits[lot]!;
  }
  return free;
}
