import type { ItemCode, WarehouseId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { ChosenSourcing } from "../sourcing-policy.js";
import type { WarehouseChoice, WarehouseLimit, WarehouseOption } from "./warehouse-policy.js";

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
  /** Warehouses that take part for nothing, and are not counted again: the order has goods from them. */
  readonly inUse: readonly WarehouseId[];
  /** Soft limits that were used up before. */
  readonly dropped: readonly WarehouseLimit["kind"][];
  /** Whether a warehouse may serve a class. */
  readonly mayGive: (lotClass: LotClass, warehouseId: WarehouseId) => boolean;
  /** Whether one item is in several classes. */
  readonly isMixed: boolean;
}

/** Warehouses from which an order has goods, whether it held them before or takes them now. */
export interface PlacesInUse {
  /** All of them. */
  readonly warehouses: ReadonlySet<WarehouseId>;
  /** Those of an item. */
  readonly ofItem: (itemCode: ItemCode) => ReadonlySet<WarehouseId>;
  /** Notes that the order takes of an item from a warehouse. */
  readonly note: (itemCode: ItemCode, warehouseId: WarehouseId) => void;
}

/** The warehouses from which an order holds goods. */
export function placesInUse({ lines }: Order): PlacesInUse {
  const warehouses = new Set<WarehouseId>();
  const byItem = new Map<ItemCode, Set<WarehouseId>>();
  const note = (itemCode: ItemCode, warehouseId: WarehouseId): void => {
    warehouses.add(warehouseId);
    const known = byItem.get(itemCode) ?? new Set();
    byItem.set(itemCode, known.add(warehouseId));
  };
  for (const { itemCode, reservations } of lines)
    for (const { warehouseId } of reservations) note(itemCode, warehouseId);
  const none = new Set<WarehouseId>();
  return { warehouses, ofItem: (itemCode) => byItem.get(itemCode) ?? none, note };
}

/**
 * The questions for an order: one, as a rule. An order that has goods already has used up a part of the limits to the
 * number of warehouses: it is served from its own warehouses first, and then also by others within what the limits leave.
 */
export function servingPhases(
  { limits, strategy }: ChosenSourcing,
  options: readonly WarehouseOption[],
  { warehouses: held, ofItem }: PlacesInUse,
  classes: readonly LotClass[],
): Phase[] {
  const phase = (asked: readonly LotClass[], given: Omit<Phase, "classOf" | "isMixed">): Phase => ({
    ...given,
    classOf: new Map(asked.flatMap((one) => one.lines.map((line) => [line, one] as const))),
    isMixed: new Set(asked.map(({ itemCode }) => itemCode)).size < asked.length,
  });
  const isWhole = strategy.kind === "wholeFromOne";
  const isCounted = limits.some(({ kind }) => kind === "maxWarehouses" || kind === "maxWarehousesPerLine");
  if (held.size === 0 || !(isCounted || isWhole)) {
    return [phase(classes, { options, limits, dropped: [], inUse: [...held], mayGive: () => true })];
  }
  const own = options.filter(({ warehouseId }) => held.has(warehouseId));
  if (isWhole)
    return held.size > 1 ? [] : [phase(classes, { options: own, limits, dropped: [], inUse: [], mayGive: () => true })];

  const countOf = ({ itemCode }: LotClass): number => ofItem(itemCode).size;
  const isPerLine = limits.some(({ kind }) => kind === "maxWarehousesPerLine");
  const first = phase(classes, {
    options: own,
    limits: limits.filter(({ kind }) => kind !== "maxWarehouses"),
    dropped: [],
    inUse: [...held],
    mayGive: (one, warehouseId) => !isPerLine || countOf(one) === 0 || ofItem(one.itemCode).has(warehouseId),
  });

  let asked = classes;
  const left: WarehouseLimit[] = [];
  const dropped: WarehouseLimit["kind"][] = [];
  for (const limit of limits) {
    if (limit.kind === "maxWarehouses") {
      const count = limit.count - held.size;
      if (count > 0) left.push({ ...limit, count });
      else if (limit.strength === "soft") dropped.push(limit.kind);
      else return [first];
    } else if (limit.kind === "maxWarehousesPerLine") {
      const able = asked.filter((one) => countOf(one) < limit.count);
      if (limit.strength === "hard") asked = able;
      const count = limit.count - asked.reduce((most, one) => Math.max(most, countOf(one)), 0);
      if (count > 0) left.push({ ...limit, count });
      else dropped.push(limit.kind);
    } else left.push(limit);
  }
  return [first, phase(asked, { options, limits: left, dropped, inUse: [...held], mayGive: () => true })];
}

/** The same question without the warehouses of a choice. */
export function withoutSites(phase: Phase, { takes }: WarehouseChoice): Phase {
  const used = new Set(takes.map(({ warehouseId }) => warehouseId));
  return { ...phase, options: phase.options.filter(({ warehouseId }) => !used.has(warehouseId)) };
}
