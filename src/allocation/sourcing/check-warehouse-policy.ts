import { isNegative, ONE, sum, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { isLocalTime, isTimeZone } from "../../core/time-zone.js";
import type { ItemCode, WarehouseId } from "../../model/ids.js";
import type {
  ChooseWarehousesIssue,
  ItemQuantity,
  WarehouseCutOff,
  WarehouseLimit,
  WarehouseLines,
  WarehouseOption,
  WarehousePolicy,
  WarehouseStrategy,
} from "./warehouse-policy.js";

/** Figures that a choice of warehouses looks at. */
interface ChoiceFacts {
  /** Needs. */
  readonly needs?: readonly ItemQuantity[];
  /** Warehouses. */
  readonly warehouses?: readonly WarehouseOption[];
  /** What each warehouse can give, or what it costs from there. */
  readonly stock?: readonly {
    readonly itemCode: ItemCode;
    readonly warehouseId: WarehouseId;
    readonly unitCost?: Decimal;
  }[];
}

/** Finds what cannot be meant in a policy for choosing warehouses, and in the figures that it looks at. */
export function checkWarehousePolicy(
  policy: Pick<WarehousePolicy, "strategy" | "limits"> | undefined,
  { needs = [], warehouses = [], stock = [] }: ChoiceFacts,
): ChooseWarehousesIssue[] {
  const issues: ChooseWarehousesIssue[] = [];
  const seen = new Set<string>();
  const once = (path: readonly (string | number)[], ...ids: string[]): void => {
    const key = JSON.stringify([...path.slice(0, -1), ids]);
    if (seen.has(key)) issues.push(issue("sourcing.listed_twice", path, { id: ids.join(" ") }));
    seen.add(key);
  };
  const check = (value: Decimal | undefined, ...path: (string | number)[]): void => {
    if (value !== undefined && isNegative(value)) issues.push(issue("sourcing.negative", path, { value }));
  };
  for (const [place, { itemCode, quantity }] of needs.entries()) {
    once(["needs", place], itemCode);
    check(quantity, "needs", place, "quantity");
  }
  for (const [place, { warehouseId, fixedCost, distance }] of warehouses.entries()) {
    once(["warehouses", place], warehouseId);
    check(fixedCost, "warehouses", place, "fixedCost");
    check(distance, "warehouses", place, "distance");
  }
  for (const [place, { itemCode, warehouseId, unitCost }] of stock.entries()) {
    once(["stock", place], itemCode, warehouseId);
    check(unitCost, "stock", place, "unitCost");
  }
  if (policy === undefined) return issues;
  return [...issues, ...limitFaults(policy.limits), ...strategyFaults(policy.strategy)];
}

function limitFaults(limits: readonly WarehouseLimit[]): ChooseWarehousesIssue[] {
  return limits.flatMap((limit, place): ChooseWarehousesIssue[] => {
    if ("count" in limit) {
      if (Number.isSafeInteger(limit.count) && limit.count > 0) return [];
      return [issue("sourcing.bad_count", ["limits", place, "count"], { count: limit.count })];
    }
    if (limit.kind === "maxLinesPerDay") return linesFaults(limit.warehouses, ["limits", place, "warehouses"]);
    if (limit.kind === "cutOff") return cutOffFaults(limit.cutOffs, ["limits", place, "cutOffs"]);
    if (limit.kind !== "safetyStock") return [];
    return limit.quantities.flatMap(({ quantity: value }, row) =>
      isNegative(value)
        ? [issue("sourcing.negative", ["limits", place, "quantities", row, "quantity"], { value })]
        : [],
    );
  });
}

/** Counts of lines that are no whole numbers, and warehouses that are listed twice. */
export function linesFaults(
  warehouses: readonly WarehouseLines[],
  path: readonly (string | number)[],
): ChooseWarehousesIssue[] {
  return [
    ...listedTwice(warehouses, path),
    ...warehouses.flatMap(({ count }, row) =>
      Number.isSafeInteger(count) && count >= 0
        ? []
        : [issue("sourcing.bad_line_count", [...path, row, "count"], { count })],
    ),
  ];
}

/** Monday to Sunday. */
const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

function cutOffFaults(
  cutOffs: readonly WarehouseCutOff[],
  path: readonly (string | number)[],
): ChooseWarehousesIssue[] {
  return [
    ...listedTwice(cutOffs, path),
    ...cutOffs.flatMap(({ warehouseId, cutOff, timeZone, closedWeekdays = [] }, row): ChooseWarehousesIssue[] => [
      ...(isLocalTime(cutOff) ? [] : [issue("sourcing.bad_cut_off", [...path, row, "cutOff"], { cutOff })]),
      ...(isTimeZone(timeZone) ? [] : [issue("sourcing.unknown_time_zone", [...path, row, "timeZone"], { timeZone })]),
      ...closedWeekdays.flatMap((weekday, place) =>
        WEEKDAYS.includes(weekday)
          ? []
          : [issue("sourcing.bad_weekday", [...path, row, "closedWeekdays", place], { weekday })],
      ),
      ...(WEEKDAYS.every((weekday) => closedWeekdays.includes(weekday))
        ? [issue("sourcing.never_open", [...path, row, "closedWeekdays"], { warehouseId })]
        : []),
    ]),
  ];
}

function listedTwice(
  rows: readonly { readonly warehouseId: WarehouseId }[],
  path: readonly (string | number)[],
): ChooseWarehousesIssue[] {
  return rows.flatMap(({ warehouseId: id }, row) =>
    rows.findIndex(({ warehouseId }) => warehouseId === id) === row
      ? []
      : [issue("sourcing.listed_twice", [...path, row], { id })],
  );
}

function strategyFaults(strategy: WarehouseStrategy): ChooseWarehousesIssue[] {
  if (strategy.kind !== "weighted") return [];
  const issues: ChooseWarehousesIssue[] = [];
  const seen = new Set<string>();
  for (const [place, { factor, weight, worst, best }] of strategy.weights.entries()) {
    const path = ["strategy", "weights", place] as const;
    if (seen.has(factor)) issues.push(issue("sourcing.listed_twice", path, { id: factor }));
    seen.add(factor);
    if (isNegative(weight)) issues.push(issue("sourcing.negative", [...path, "weight"], { value: weight }));
    if (worst === best) issues.push(issue("sourcing.bounds_equal", path, { factor }));
  }
  const total = sum(strategy.weights.map(({ weight }) => weight));
  if (total !== ONE) issues.push(issue("sourcing.weights_not_one", ["strategy", "weights"], { total }));
  return issues;
}
