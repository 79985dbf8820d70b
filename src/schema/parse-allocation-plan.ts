import type { Result } from "../core/result.js";
import type { AllocationPlan } from "../model/allocation-plan.js";
import { allocationPlanSchema } from "./allocation-plan-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/** A plan is one record, and may hold a whole day's orders. */
const PLAN_LIMITS = { maxItems: 1_000_000, maxValues: 50_000_000 } as const;

/**
 * Takes an allocation plan back that was stored, or sent to another machine, before it is applied.
 *
 * **Rules**
 * 1. Each order stands once, among the planned and the refused, and so does each line of an order.
 * 2. What a line takes sums to what it gets, and that and what stays short to what it asks for.
 *
 * Whether the plan still fits the orders and the stock is asked by `applyAllocationPlan`.
 *
 * @param input anything: parsed JSON, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict by default, and
 * wide enough for a million orders
 * @returns the plan; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 9.2, 4.13
 * @example
 * ```ts
 * import { parseAllocationPlan } from "ordercycle/schema";
 * const take = { source: { warehouseId: "NORTH" }, quantity: "10" };
 * const line = { orderNo: "SO-1", lineId: "SO-1-1", rank: 1, requested: "30", allocated: "10", short: "15", code: "served_in_part", warehouses: ["NORTH"], itemCode: "TEA", takes: [take] };
 * const order = { orderNo: "SO-1", version: 4, lines: [line] };
 * const result = parseAllocationPlan({ at: "2026-03-02T09:00:00Z", today: "2026-03-02", orders: [order], refused: [] });
 * result.ok ? [] : result.issues.map(({ code, path, params }) => [code, path, params]);
 * // => [["schema.inconsistent", ["orders", 0, "lines", 0, "requested"], { rule: "planned_quantity", expected: "25", actual: "30" }]]
 * ```
 */
export function parseAllocationPlan(input: unknown, options: ParseOptions = {}): Result<AllocationPlan, SchemaIssue> {
  return parseWith(allocationPlanSchema, input, { ...options, limits: { ...PLAN_LIMITS, ...options.limits } });
}
