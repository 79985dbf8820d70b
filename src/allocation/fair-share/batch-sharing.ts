import { clampUnits, isNegative, isPositive, ONE, scaleOf, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import type { ItemCode } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { AllocationColumns } from "../allocation-columns.js";
import type { BatchColumns } from "../batch-columns.js";
import type { Demand } from "../collect-demands.js";
import type { ServedTakes } from "../serve-orders.js";
import type { CountedClaim } from "./exact-shares.js";
import { inLowestTerms, totalOf, type FairShareRule } from "./fair-share-rules.js";
import { shareUnits } from "./share-units.js";

/**
 * How a batch shares out an item of which more is asked for than there is, in place of first come, first served. Lines that
 * must come together with others – of orders shipped complete, of delivery groups – are not cut to a share: they are served
 * when their turn comes.
 *
 * **Source:** mission 9.13; definition B7
 */
export interface BatchSharing {
  /** Items, each shared out for itself; absent for every item that no entry before it names. */
  readonly itemCodes?: readonly ItemCode[];
  /** Rule. */
  readonly rule: FairShareRule;
  /** Least quantity of a line in the base unit, if any at all. Default none. */
  readonly minimum?: Decimal;
  /** Weights of customer classes, above zero. Default 1. */
  readonly weights?: readonly { readonly customerClass: string; readonly weight: Decimal }[];
  /** Customer classes that are served in full before the next ones get anything; all others come last, together. */
  readonly tiers?: readonly (readonly string[])[];
}

/** What lines of a batch may take, by their places in the columns. @internal */
export interface LineShares {
  /** Most of each line in units; below zero where its item is not shared out. */
  readonly most: Float64Array;
  /** 1 for a line whose part would be below the minimum. */
  readonly isBelowMinimum: Uint8Array;
}

/**
 * Works out what the lines of a batch may take at most, where the policy has an item shared out.
 *
 * @param orders in the order of service
 * @param batch columns built from them
 * @param sharing entries of the policy
 * @returns the most of each line; undefined when nothing is shared out
 * @throws RangeError for a weight that is not above zero or a minimum below zero
 * @internal
 */
export function lineShares(
  orders: readonly Order[],
  batch: BatchColumns,
  sharing: readonly BatchSharing[],
): LineShares | undefined {
  if (sharing.length === 0) return undefined;
  sharing.forEach(checkSharing);
  const { columns, demands, lineScale } = batch;
  const free = freeForLines(columns);
  const linesOf = new Map<number, number[]>();
  for (const [line, item] of columns.lineItem.entries()) {
    if (item < 0 || isServedTogether(orders, demands[line]!)) continue;
    const known = linesOf.get(item);
    if (known === undefined) linesOf.set(item, [line]);
    else known.push(line);
  }
  let shares: LineShares | undefined;
  for (const [item, lines] of linesOf) {
    const { itemCode } = demands[lines[0]!]!.line;
    const entry = sharing.find(({ itemCodes }) => itemCodes?.includes(itemCode) ?? true);
    if (entry === undefined) continue;
    const available = BigInt(free[item]!);
    const classOf = (line: number): string | undefined => orders[demands[line]!.order]!.header.customerClass;
    const claims = claimsOf(columns, lines, entry, classOf, lineScale);
    if (totalOf(claims.map(({ requested }) => requested)) <= available) continue;
    const count = columns.lineItem.length;
    shares ??= { most: new Float64Array(count).fill(-1), isBelowMinimum: new Uint8Array(count) };
    const { parts } = shareUnits(claims, available, entry.rule);
    for (const [index, line] of lines.entries()) {
      shares.most[line] = clampUnits(parts[index]!);
      shares.isBelowMinimum[line] = entry.minimum !== undefined && parts[index] === 0n ? 1 : 0;
    }
  }
  return shares;
}

/**
 * Serves a batch with shares: first each line up to its own, then what that leaves – since it stands where some may not
 * take it – in the order of service.
 *
 * @param columns of the batch
 * @param shares most of each line
 * @param serve the engine
 * @returns the takes of both rounds, line by line
 * @internal
 */
export function serveShares(
  columns: AllocationColumns,
  { most, isBelowMinimum }: LineShares,
  serve: (columns: AllocationColumns) => ServedTakes,
): ServedTakes {
  const wanted = Float64Array.from(columns.lineUnits);
  const first = serve({ ...columns, lineUnits: wanted.map((units, line) => (most[line]! < 0 ? units : most[line]!)) });
  const lotUnits = Float64Array.from(columns.lotUnits);
  for (let take = 0; take < first.count; take++) lotUnits[first.lot[take]!]! -= first.units[take]!;
  const lacking = wanted.map((units, line) =>
    most[line]! < 0 || isBelowMinimum[line] === 1 ? 0 : units - first.lineTaken[line]!,
  );
  return joined(first, serve({ ...columns, lineUnits: lacking, lotUnits }));
}

/**
 * Says whether the rule for sharing is why a line lacks something.
 *
 * @param shares what lines may take
 * @param line place of a line that lacks something
 * @param taken units that it took
 * @returns the code; undefined when something else is why
 * @internal
 */
export function shareReason(
  { most, isBelowMinimum }: LineShares,
  line: number,
  taken: number,
): "fair_share" | "below_minimum" | undefined {
  const share = most[line]!;
  if (share < 0) return undefined;
  if (isBelowMinimum[line] === 1) return "below_minimum";
  // Who could not take its share for want of a warehouse, of life or of a step was not stopped by the rule.
  return taken >= share ? "fair_share" : undefined;
}

/** Lines that come together with others are all served or none: they cannot be cut to a share. */
function isServedTogether(orders: readonly Order[], { order, line }: Demand): boolean {
  return orders[order]!.header.shipComplete === true || line.deliveryGroup !== undefined;
}

function claimsOf(
  columns: AllocationColumns,
  lines: readonly number[],
  { minimum = ZERO, weights, tiers = [] }: BatchSharing,
  classOf: (line: number) => string | undefined,
  lineScale: Uint8Array,
): CountedClaim[] {
  const named = weights ?? [];
  const finest = named.reduce((scale, { weight }) => Math.max(scale, scaleOf(weight)), 0);
  const counted = inLowestTerms([ONE, ...named.map(({ weight }) => weight)].map((weight) => toUnits(weight, finest)));
  const weightOf = new Map(named.map(({ customerClass }, place) => [customerClass, counted[place + 1]!]));
  const tierOf = new Map(tiers.flatMap((classes, tier) => classes.map((name) => [name, tier] as const)));
  return lines.map((line): CountedClaim => {
    const requested = BigInt(columns.lineUnits[line]!);
    const step = BigInt(columns.lineQuantum?.[line] ?? 0);
    const quantum = step === 0n ? 1n : step;
    const whole = columns.lineAllOrNothing?.[line] === 1 ? requested - (requested % quantum) : 0n;
    const least = unitsAtLeast(minimum, lineScale[line]!);
    const name = classOf(line) ?? "";
    return {
      requested,
      quantum,
      minimum: whole > least ? whole : least,
      weight: weightOf.get(name) ?? counted[0]!,
      tier: tierOf.get(name) ?? tiers.length,
      quota: undefined,
    };
  });
}

/** The fewest units that are not less than a quantity. */
function unitsAtLeast(quantity: Decimal, scale: number): bigint {
  const finer = Math.max(scale, scaleOf(quantity));
  const over = 10n ** BigInt(finer - scale);
  return (toUnits(quantity, finer) + over - 1n) / over;
}

/** Free units of each item that any of its lines may ask for. */
function freeForLines(columns: AllocationColumns): Float64Array {
  const { items, lineItem, lineArea, lotItem, lotWarehouse, lotUnits, nearness, warehouses } = columns;
  const areasOf = Array.from({ length: items }, () => new Set<number>());
  for (const [line, item] of lineItem.entries()) if (item >= 0) areasOf[item]!.add(lineArea[line]!);
  const free = new Float64Array(items);
  for (const [lot, item] of lotItem.entries()) {
    const isAsked = [...areasOf[item]!].some((area) => nearness[area * warehouses + lotWarehouse[lot]!]! >= 0);
    if (isAsked) free[item]! += lotUnits[lot]!;
  }
  return free;
}

/** Two rounds of takes as one, line by line, the first round in front. */
function joined(first: ServedTakes, second: ServedTakes): ServedTakes {
  const count = first.count + second.count;
  const line = new Int32Array(count);
  const lot = new Int32Array(count);
  const units = new Float64Array(count);
  let [a, b] = [0, 0];
  for (let take = 0; take < count; take++) {
    const isFirst = b >= second.count || (a < first.count && first.line[a]! <= second.line[b]!);
    const from = isFirst ? first : second;
    const place = isFirst ? a++ : b++;
    line[take] = from.line[place]!;
    lot[take] = from.lot[place]!;
    units[take] = from.units[place]!;
  }
  return {
    ...first,
    count,
    line,
    lot,
    units,
    lineTaken: first.lineTaken.map((taken, place) => taken + second.lineTaken[place]!),
    lineOffered: first.lineOffered.map((offered, place) => Math.max(offered, second.lineOffered[place]!)),
  };
}

function checkSharing({ minimum = ZERO, weights = [] }: BatchSharing): void {
  if (isNegative(minimum)) throw new RangeError(`A minimum must not be below zero: ${minimum}`);
  for (const { customerClass, weight } of weights) {
    if (!isPositive(weight)) throw new RangeError(`The weight of class ${customerClass} must be above zero: ${weight}`);
  }
}
