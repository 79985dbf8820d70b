import type { ItemCode, WarehouseId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { ChosenSourcing } from "../sourcing-policy.js";
import type { WarehouseLimit, WarehouseOption } from "./warehouse-policy.js";

/** Lines of an order that may take the same lots. */
export interface LotClass {
  /** Name, unique in the order. */
  readonly name: string;
  /** Item. */
  readonly itemCode: ItemCode;
  /** First line, by position. */
  readonly line: number;
  /** All lines. */
  readonly lines: readonly number[];
  /** Whether all must come from one lot. */
  readonly isOneLot: boolean;
}

/** One question to the choice of warehouses. */
export interface Phase {
  /** Class of each line that is asked for. */
  readonly classOf: ReadonlyMap<number, LotClass>;
  /** Warehouses that may serve. */
  readonly options: readonly WarehouseOption[];
  /** Limits. */
  readonly limits: readonly WarehouseLimit[];
  /** Soft limits that were used up before. */
  readonly dropped: readonly WarehouseLimit["kind"][];
  /** Whether a warehouse may serve a class. */
  readonly mayGive: (lotClass: LotClass, warehouseId: WarehouseId) => boolean;
  /** Whether one item is in several classes. */
  readonly isMixed: boolean;
}

/**
 * The questions for an order: one, as a rule. An order that holds goods already has used up a part of the limits to the
 * number of warehouses: it is served from its own warehouses first, and then by others within what the limits leave.
 */
export function servingPhases(
  { limits, strategy }: ChosenSourcing,
  options: readonly WarehouseOption[],
  order: Order,
  classes: readonly LotClass[],
): Phase[] {
  const phase = (asked: readonly LotClass[], given: Omit<Phase, "classOf" | "isMixed">): Phase => ({
    ...given,
    classOf: new Map(asked.flatMap((one) => one.lines.map((line) => [line, one] as const))),
    isMixed: new Set(asked.map(({ itemCode }) => itemCode)).size < asked.length,
  });
  const held = new Set(order.lines.flatMap(({ reservations }) => reservations.map(({ warehouseId }) => warehouseId)));
  const isWhole = strategy.kind === "wholeFromOne";
  const isCounted = limits.some(({ kind }) => kind === "maxWarehouses" || kind === "maxWarehousesPerLine");
  if (held.size === 0 || !(isCounted || isWhole)) {
    return [phase(classes, { options, limits, dropped: [], mayGive: () => true })];
  }
  const own = options.filter(({ warehouseId }) => held.has(warehouseId));
  if (isWhole) return held.size > 1 ? [] : [phase(classes, { options: own, limits, dropped: [], mayGive: () => true })];

  const heldOf = new Map<ItemCode, Set<WarehouseId>>();
  for (const { itemCode, reservations } of order.lines) {
    const known = heldOf.get(itemCode) ?? new Set();
    for (const { warehouseId } of reservations) known.add(warehouseId);
    heldOf.set(itemCode, known);
  }
  const countOf = ({ itemCode }: LotClass): number => heldOf.get(itemCode)?.size ?? 0;
  const isPerLine = limits.some(({ kind }) => kind === "maxWarehousesPerLine");
  const first = phase(classes, {
    options: own,
    limits: limits.filter(({ kind }) => kind !== "maxWarehouses"),
    dropped: [],
    mayGive: (one, warehouseId) => !isPerLine || countOf(one) === 0 || heldOf.get(one.itemCode)!.has(warehouseId),
  });

  let asked = classes;
  const left: WarehouseLimit[] = [];
  const dropped: WarehouseLimit["kind"][] = [];
  let others = options;
  for (const limit of limits) {
    if (limit.kind === "maxWarehouses") {
      const count = limit.count - held.size;
      if (count > 0) {
        left.push({ ...limit, count });
        others = options.filter(({ warehouseId }) => !held.has(warehouseId));
      } else if (limit.strength === "soft") dropped.push(limit.kind);
      else return [first];
    } else if (limit.kind === "maxWarehousesPerLine") {
      const able = asked.filter((one) => countOf(one) < limit.count);
      if (limit.strength === "hard") asked = able;
      const count = limit.count - asked.reduce((most, one) => Math.max(most, countOf(one)), 0);
      if (count > 0) left.push({ ...limit, count });
      else dropped.push(limit.kind);
    } else left.push(limit);
  }
  return [first, phase(asked, { options: others, limits: left, dropped, mayGive: () => true })];
}
