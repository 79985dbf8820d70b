import * as z from "zod";
import { sum, type Decimal } from "../core/decimal.js";
import type { AllocationPlan, PlannedLine, PlannedOrder } from "../model/allocation-plan.js";
import type { RefusedOrder } from "../model/outcome.js";
import { allocationReasonFields } from "./allocation-reason-schema.js";
import { quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { policyIdentitySchema } from "./policy-identity-schema.js";
import { reportDuplicates } from "./report-duplicates.js";
import { report } from "./schema-check.js";
import { shortened } from "./schema-issue.js";
import { stockSourceSchema } from "./stock-schema.js";
import { nameSchema } from "./text-schema.js";
import { calendarDaySchema, instantSchema } from "./time-schema.js";
import { countSchema } from "./whole-number-schema.js";

const plannedLineSchema: z.ZodType<PlannedLine> = /* @__PURE__ */ (() =>
  exactly<PlannedLine>()(
    z
      .strictObject({
        ...allocationReasonFields,
        itemCode: nameSchema,
        takes: z.array(z.strictObject({ source: stockSourceSchema, quantity: quantitySchema })),
      })
      .check((context) => reportSums(context)),
  ))();

const plannedOrderSchema: z.ZodType<PlannedOrder> = /* @__PURE__ */ (() =>
  exactly<PlannedOrder>()(
    z
      .strictObject({ orderNo: nameSchema, version: countSchema, lines: z.array(plannedLineSchema) })
      .check((context) => {
        const { orderNo, lines } = context.value;
        reportDuplicates(context, lines, "lineId", ({ lineId }) => lineId, ["lines"], "lineId");
        for (const [place, line] of lines.entries()) {
          if (line.orderNo === orderNo) continue;
          const params = { rule: "planned_order", expected: orderNo, actual: shortened(line.orderNo) } as const;
          report(context, line.orderNo, "schema.inconsistent", params, ["lines", place, "orderNo"]);
        }
      }),
  ))();

const refusedOrderSchema: z.ZodType<RefusedOrder> = /* @__PURE__ */ (() =>
  exactly<RefusedOrder>()(
    z.strictObject({
      orderNo: nameSchema,
      issues: z.array(
        z.strictObject({
          code: nameSchema,
          path: z.array(z.union([z.string(), z.number()])),
          params: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ))();

/**
 * What an allocation would do.
 *
 * **Rules**
 * 1. Each order stands once, among the planned and the refused, and so does each line of an order.
 * 2. What a line takes sums to what it gets, and that and what stays short to what it asks for.
 * 3. A line names its order.
 *
 * **Source:** mission 9.2
 */
export const allocationPlanSchema: z.ZodType<AllocationPlan> = /* @__PURE__ */ (() =>
  exactly<AllocationPlan>()(
    z
      .strictObject({
        at: instantSchema,
        today: calendarDaySchema,
        policy: z.exactOptional(policyIdentitySchema),
        orders: z.array(plannedOrderSchema),
        refused: z.array(refusedOrderSchema),
      })
      .check((context) => {
        const { orders, refused } = context.value;
        const planned = new Map(orders.map(({ orderNo }, place) => [orderNo, place]));
        reportDuplicates(context, orders, "orderNo", ({ orderNo }) => orderNo, ["orders"], "orderNo");
        reportDuplicates(context, refused, "orderNo", ({ orderNo }) => orderNo, ["refused"], "orderNo");
        for (const [place, { orderNo }] of refused.entries()) {
          const first = planned.get(orderNo);
          if (first === undefined) continue;
          const params = { of: "orderNo", received: orderNo, first };
          report(context, orderNo, "schema.duplicate", params, ["refused", place, "orderNo"]);
        }
      }),
  ))();

function reportSums(context: z.core.ParsePayload<PlannedLine>): void {
  const { requested, allocated, takes, short } = context.value;
  reportSum(context, "requested", requested, sum([allocated, short]));
  reportSum(context, "allocated", allocated, sum(takes.map(({ quantity }) => quantity)));
}

function reportSum(
  context: z.core.ParsePayload<PlannedLine>,
  field: "requested" | "allocated",
  actual: Decimal,
  expected: Decimal,
): void {
  if (expected === actual) return;
  report(context, actual, "schema.inconsistent", { rule: "planned_quantity", expected, actual }, [field]);
}
