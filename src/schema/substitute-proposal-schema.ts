import * as z from "zod";
import { divideExactly, isZero, multiply, type Decimal } from "../core/decimal.js";
import type { Rational } from "../core/unit-conversion.js";
import type { SubstituteProposal } from "../model/substitute-proposal.js";
import { moneySchema, nonNegativeSchema, quantitySchema, signedMoneySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { lineDiscountSchema } from "./order-terms-schema.js";
import { rationalSchema } from "./rational-schema.js";
import { report } from "./schema-check.js";
import { shortened } from "./schema-issue.js";
import { nameSchema } from "./text-schema.js";

/**
 * An item that could take the place of what a line lacks, as proposed.
 *
 * **Rules**
 * 1. What would come is what it replaces by the ratio, and the same in the unit of the new line.
 * 2. It suffices when nothing is still short.
 * 3. The way has a step at least, meets no item twice, and ends at the substitute.
 *
 * **Source:** mission 8.3, 5.9
 */
export const substituteProposalSchema: z.ZodType<SubstituteProposal> = /* @__PURE__ */ (() =>
  exactly<SubstituteProposal>()(
    z
      .strictObject({
        proposalId: nameSchema,
        state: z.literal("pending"),
        line: z.strictObject({ orderNo: nameSchema, lineId: nameSchema }),
        customerCode: nameSchema,
        way: z.array(nameSchema).min(2),
        itemCode: nameSchema,
        ratio: rationalSchema,
        replaces: quantitySchema,
        quantity: quantitySchema,
        stillShort: nonNegativeSchema,
        suffices: z.boolean(),
        available: quantitySchema,
        orderedQty: quantitySchema,
        uom: nameSchema,
        unitFactor: rationalSchema,
        unitPrice: z.exactOptional(moneySchema),
        discount: z.exactOptional(lineDiscountSchema),
        unitPriceDifference: z.exactOptional(signedMoneySchema),
        priceDifference: z.exactOptional(signedMoneySchema),
        consentRequired: z.boolean(),
      })
      .check((context) => reportFigures(context)),
  ))();

function reportFigures(context: z.core.ParsePayload<SubstituteProposal>): void {
  const { way, itemCode, ratio, replaces, quantity, orderedQty, unitFactor, stillShort, suffices } = context.value;
  const rows: readonly (readonly [field: string, actual: string, expected: string, holds: boolean])[] = [
    ["quantity", quantity, textOf(replaces, ratio), isBy(quantity, replaces, ratio)],
    ["orderedQty", quantity, textOf(orderedQty, unitFactor), isBy(quantity, orderedQty, unitFactor)],
    ["suffices", String(suffices), String(!suffices), suffices === isZero(stillShort)],
    ["way", way.at(-1)!, itemCode, way.at(-1) === itemCode],
  ];
  for (const [field, actual, expected, holds] of rows) {
    if (holds) continue;
    const params = { rule: "proposal", expected: shortened(expected), actual: shortened(actual) } as const;
    report(context, context.value, "schema.inconsistent", params, [field]);
  }
  const first = new Map<string, number>();
  for (const [place, received] of way.entries()) {
    const before = first.get(received);
    if (before === undefined) first.set(received, place);
    else
      report(context, received, "schema.duplicate", { of: "way", received: shortened(received), first: before }, [
        "way",
        place,
      ]);
  }
}

/** Multiplied out on both sides, since a third has no decimal. */
function isBy(quantity: Decimal, of: Decimal, { numerator, denominator }: Rational): boolean {
  return multiply(quantity, denominator) === multiply(of, numerator);
}

function textOf(of: Decimal, { numerator, denominator }: Rational): string {
  const product = multiply(of, numerator);
  return divideExactly(product, denominator) ?? `${product}/${denominator}`;
}
