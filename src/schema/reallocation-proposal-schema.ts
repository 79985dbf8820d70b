import * as z from "zod";
import { sum } from "../core/decimal.js";
import type { LineName } from "../model/displacement.js";
import type {
  NoDonor,
  ReallocationHeldBack,
  ReallocationProposal,
  ReallocationTransfer,
} from "../model/reallocation-proposal.js";
import { stockKey } from "../model/stock.js";
import { measureSchema, nonNegativeSchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { reportDuplicates } from "./report-duplicates.js";
import { report } from "./schema-check.js";
import { shortened } from "./schema-issue.js";
import { stockSourceSchema } from "./stock-schema.js";
import { nameSchema } from "./text-schema.js";
import { calendarDaySchema } from "./time-schema.js";

const lineNameFields = { orderNo: nameSchema, lineId: nameSchema };

const transferSchema: z.ZodType<ReallocationTransfer> = /* @__PURE__ */ (() =>
  exactly<ReallocationTransfer>()(
    z
      .strictObject({
        victim: z.strictObject(lineNameFields),
        customerCode: nameSchema,
        quantity: quantitySchema,
        places: z.array(z.strictObject({ source: stockSourceSchema, quantity: quantitySchema })),
        harm: measureSchema,
        oldDay: z.exactOptional(calendarDaySchema),
        newDay: z.exactOptional(calendarDaySchema),
      })
      .check((context) => {
        const { places, quantity } = context.value;
        reportDuplicates(context, places, "source", ({ source }) => stockKey("", source), ["places"], "source");
        reportSum(context, "quantity", quantity, sum(places.map((place) => place.quantity)));
      }),
  ))();

const noDonorSchema: z.ZodType<NoDonor> = /* @__PURE__ */ (() =>
  exactly<NoDonor>()(
    z.strictObject({
      ...lineNameFields,
      code: z.enum([
        "served_earlier",
        "firm_hold",
        "promise_kept",
        "all_or_nothing",
        "comes_together",
        "displaced_too_often",
        "place_not_usable",
        "not_in_books",
        "group_cap",
        "minimum_protected",
      ]),
    }),
  ))();

const heldBackSchema: z.ZodType<ReallocationHeldBack> = /* @__PURE__ */ (() =>
  exactly<ReallocationHeldBack>()(
    z.strictObject({
      quantity: quantitySchema,
      limits: z.array(z.enum(["protected_for_others", "group_cap"])),
      group: z.exactOptional(nameSchema),
      capLeft: z.exactOptional(nonNegativeSchema),
    }),
  ))();

/**
 * Who would give goods up for a short line, as proposed.
 *
 * **Rules**
 * 1. The transfers sum to the quantity and to the harm of the proposal, and the places of each to what it gives.
 * 2. Each line gives once, and each of its places stands once.
 *
 * **Source:** mission 9.17
 */
export const reallocationProposalSchema: z.ZodType<ReallocationProposal> = /* @__PURE__ */ (() =>
  exactly<ReallocationProposal>()(
    z
      .strictObject({
        proposalId: nameSchema,
        state: z.literal("pending"),
        winner: z.strictObject(lineNameFields),
        itemCode: nameSchema,
        quantity: quantitySchema,
        stillShort: nonNegativeSchema,
        transfers: z.array(transferSchema),
        harm: measureSchema,
        optimal: z.boolean(),
        notAsked: z.array(noDonorSchema),
        together: z.exactOptional(z.array(nameSchema)),
        heldBack: z.exactOptional(heldBackSchema),
      })
      .check((context) => {
        const { transfers, quantity, harm } = context.value;
        reportDuplicates(context, transfers, "victim", ({ victim }) => nameOf(victim), ["transfers"], "victim");
        reportSum(context, "quantity", quantity, sum(transfers.map((transfer) => transfer.quantity)));
        reportSum(context, "harm", harm, sum(transfers.map((transfer) => transfer.harm)));
      }),
  ))();

function nameOf({ orderNo, lineId }: LineName): string {
  return `${orderNo}\n${lineId}`;
}

function reportSum(context: z.core.ParsePayload, field: string, actual: string, expected: string): void {
  if (expected === actual) return;
  const params = { rule: "proposal", expected: shortened(expected), actual: shortened(actual) } as const;
  report(context, actual, "schema.inconsistent", params, [field]);
}
