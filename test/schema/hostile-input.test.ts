import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parseDisplacements,
  parseOrderEvents,
  parsePriceList,
  parseSalesRecords,
  parseCoupons,
  parsePromotions,
  parsePromotionUsage,
  parseStock,
  parseStockMovements,
  SCHEMA_NAMES,
  type ParseOptions,
  type SchemaIssue,
} from "../../src/schema/index.js";
import type { Result } from "../../src/core/result.js";
import { anythingAtAll, corrupted } from "./corrupted.js";
import { anyPromotion } from "../../src/testing/index.js";
import { PARSERS, SAMPLES } from "./samples.js";

/** FC_RUNS asks for more. */
const runs = (fewest: number): number => Math.max(fewest, Number(process.env.FC_RUNS ?? 0));
type Parser = (input: unknown, options?: ParseOptions) => Result<unknown, SchemaIssue>;

/** The doors that strangers knock at. */
const MAIN = ["order", "orderDraft", "customer", "item", "stock"];

const lists: readonly (readonly [string, Parser, readonly unknown[]])[] = [
  ["stock", parseStock, SAMPLES.stockPosition],
  ["a price list", parsePriceList, SAMPLES.priceEntry],
  ["events", parseOrderEvents, SAMPLES.orderEvent],
  ["movements", parseStockMovements, SAMPLES.stockMovement],
  ["a ledger", parseDisplacements, SAMPLES.displacement],
  ["sales", parseSalesRecords, SAMPLES.salesRecord],
  ["coupons", parseCoupons, SAMPLES.coupon],
  ["promotion usage", parsePromotionUsage, SAMPLES.promotionUsageEntry],
  ["promotions", (input, options) => parsePromotions(input, options) as Result<unknown, SchemaIssue>, [anyPromotion()]],
];
const shapes: readonly (readonly [string, Parser, readonly unknown[]])[] = [
  ...SCHEMA_NAMES.map((name) => [name, PARSERS[name], SAMPLES[name]] as const),
  ...lists.map(([name, parser, samples]) => [name, parser, [samples]] as const),
];

/** Says what is wrong with an answer; a comparison by `expect` would take most of the time of the test. */
function flawOf(result: Result<unknown, SchemaIssue>): string {
  if (result.ok) return isPlain(result.value) ? "" : "the value is no plain data";
  if (result.issues.length === 0) return "a refusal without a reason";
  for (const { code, path, params } of result.issues) {
    // A promotion whose fields are well formed is also asked whether they make sense together.
    if (!/^(?:schema|promotion)\.[a-z0-9_]+$/u.test(code)) return `code ${code}`;
    if (!path.every((step) => typeof step === "string" || Number.isSafeInteger(step))) return `path of ${code}`;
    if (!isPlain(params)) return `parameters of ${code}`;
    if (!code.startsWith("schema.")) continue;
    if (Object.values(params).some((shown) => typeof shown === "string" && shown.length > 40)) return `echo of ${code}`;
  }
  return "";
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value === "object" && value !== null) {
    return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
  }
  return (
    value === null ||
    typeof value === "boolean" ||
    typeof value === "string" ||
    (Number.isFinite(value) && !Object.is(value, -0))
  );
}

describe("hostile input (mission 4.13)", () => {
  it.each(shapes)("near %s is answered, never thrown at", (name, parse, samples) => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(
        corrupted(samples),
        fc.constantFrom<ParseOptions>({}, {}, { unknownFields: "drop" }),
        (input, options) => {
          const result = parse(input, options);
          if (flawOf(result) !== "") throw new Error(flawOf(result));
          if (result.ok) accepted += 1;
          else refused += 1;
        },
      ),
      { numRuns: runs(MAIN.includes(name) ? 10_000 : 1_000) },
    );
    // Both answers must have come up, or the inputs were no test.
    expect(Math.min(accepted, refused)).toBeGreaterThan(0);
  });

  it.each(shapes)("that has nothing to do with %s is refused", (_name, parse) => {
    fc.assert(
      fc.property(anythingAtAll, (input) => {
        const result = parse(input);
        const empty = Array.isArray(input) && input.length === 0;
        if (result.ok && !empty) throw new Error("accepted");
        if (flawOf(result) !== "") throw new Error(flawOf(result));
      }),
      { numRuns: runs(500) },
    );
  });
});
