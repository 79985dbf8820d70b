import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderDraftSchema, parseOrderDraft } from "../../src/schema/index.js";
import { acceptOrderDraft } from "../../src/schema/accept-order-draft.js";
import { DEFAULT_PARSE_LIMITS } from "../../src/schema/parse-options.js";
import { parseWith } from "../../src/schema/parse-with.js";
import { corrupted } from "./corrupted.js";
import { FULL_DRAFT, refusalOf, SAMPLES } from "./samples.js";

const { remark: _remark, ...COMMON } = FULL_DRAFT;
/** By way of the schema alone. */
const bySchema = (input: unknown) => parseWith(orderDraftSchema, input, {});

describe("the quick way for order drafts (mission 4.13)", () => {
  it("takes a draft with every field, and each draft that lacks an optional one (rule 1)", () => {
    const required = ["orderNo", "customerCode", "receivedAt", "orderDate", "lines"];
    expect(acceptOrderDraft(COMMON)).toStrictEqual(COMMON);
    for (const name of Object.keys(COMMON)) {
      const { [name as keyof typeof COMMON]: _left, ...rest } = COMMON;
      expect(acceptOrderDraft(rest)).toStrictEqual(required.includes(name) ? undefined : rest);
    }
  });

  it("gives a fresh record", () => {
    const accepted = acceptOrderDraft(COMMON);
    expect(accepted?.lines).not.toBe(COMMON.lines);
    expect(accepted?.lines[1]?.discount).not.toBe(COMMON.lines[1]?.discount);
    expect(accepted?.shipToAddress).not.toBe(COMMON.shipToAddress);
    expect(accepted?.deliveryAreaPath).not.toBe(COMMON.deliveryAreaPath);
    expect(accepted?.deliveryRequirement?.services).not.toBe(COMMON.deliveryRequirement.services);
    expect(accepted?.charges?.[0]).not.toBe(COMMON.charges[0]);
    expect(accepted?.couponCodes).not.toBe(COMMON.couponCodes);
    expect(accepted?.giftChoices).not.toBe(COMMON.giftChoices);
  });

  it("never disagrees with the schema (rule 1)", () => {
    let taken = 0;
    let left = 0;
    fc.assert(
      fc.property(corrupted([COMMON, ...SAMPLES.orderDraft]), (input) => {
        const quick = acceptOrderDraft(input);
        if (quick === undefined) left += 1;
        else {
          taken += 1;
          expect(bySchema(input)).toStrictEqual({ ok: true, value: quick });
        }
      }),
      { numRuns: Math.max(5_000, Number(process.env.FC_RUNS ?? 0)) },
    );
    expect(Math.min(taken, left)).toBeGreaterThan(100);
  });

  it("never disagrees with the schema in the characters of text (rule 1)", () => {
    for (let unit = 0; unit < 0x1_00_00; unit++) {
      if (unit >= 0x300 && unit < 0xd700) continue;
      const text = `a${String.fromCharCode(unit)}`;
      for (const name of ["orderNo", "remark"]) {
        if (acceptOrderDraft({ ...SAMPLES.orderDraft[1]!, [name]: text }) !== undefined) {
          const doubted = bySchema({ ...SAMPLES.orderDraft[1]!, [name]: text });
          if (!doubted.ok) throw new Error(`${name} with ${unit.toString(16)}`);
        }
      }
    }
  });

  it("takes a delivery area of one to three names, as the schema does, and no other", () => {
    const areas: readonly (readonly [area: unknown, refusal: readonly string[]])[] = [
      [["a"], []],
      [["a", "b", "c"], []],
      [[], ["schema.too_few deliveryAreaPath"]],
      [["a", "b", "c", "d"], ["schema.too_many deliveryAreaPath"]],
      [["a", ""], ["schema.empty deliveryAreaPath.1"]],
      [["a", 7], ["schema.wrong_type deliveryAreaPath.1"]],
      ["a", ["schema.wrong_type deliveryAreaPath"]],
    ];
    for (const [deliveryAreaPath, refusal] of areas) {
      const input = { ...COMMON, deliveryAreaPath };
      expect(refusalOf(parseOrderDraft(input))).toEqual(refusal);
      expect(refusalOf(bySchema(input))).toEqual(refusal);
      expect(acceptOrderDraft(input)).toStrictEqual(refusal.length === 0 ? input : undefined);
    }
  });

  it("leaves to the schema what it cannot be sure of, and the parser takes it all the same (rule 2)", () => {
    const doubtful = [
      { ...COMMON, remark: "😀" },
      { ...COMMON, remark: undefined },
      { ...COMMON, lines: [...COMMON.lines].reverse() },
    ];
    for (const input of doubtful) {
      expect(acceptOrderDraft(input)).toBeUndefined();
      expect(parseOrderDraft(input).ok).toBe(true);
    }
  });

  it("takes choices of gifts by names that are beyond doubt, as the schema does, and leaves others to it", () => {
    const choices: readonly (readonly [giftChoices: unknown, refusal: readonly string[]])[] = [
      [{}, []],
      [{ "P-1": "CUP", "P-2": "BAG" }, []],
      [{ "P-1": "" }, ["schema.empty giftChoices.P-1"]],
      [{ "P-1": 7 }, ["schema.wrong_type giftChoices.P-1"]],
      [{ "": "CUP" }, ["schema.empty giftChoices."]],
      [["CUP"], ["schema.wrong_type giftChoices"]],
      [null, ["schema.wrong_type giftChoices"]],
    ];
    for (const [giftChoices, refusal] of choices) {
      const input = { ...COMMON, giftChoices };
      expect(refusalOf(bySchema(input))).toEqual(refusal);
      expect(refusalOf(parseOrderDraft(input))).toEqual(refusal);
      expect(acceptOrderDraft(input)).toStrictEqual(refusal.length === 0 ? input : undefined);
    }
    for (const name of ["__proto__", "constructor", "toString"]) {
      const input = { ...COMMON, giftChoices: JSON.parse(`{"${name}":"CUP"}`) };
      expect(acceptOrderDraft(input)).toBeUndefined();
      expect(parseOrderDraft(input)).toStrictEqual(bySchema(input));
    }
  });

  it("takes nothing beyond the usual limits", () => {
    const { maxLines, maxItems, maxTextLength, maxFields, maxNameLength } = DEFAULT_PARSE_LIMITS;
    const names = (count: number) => Array.from({ length: count }, (_, place) => `P-${place}`);
    const line = { itemCode: "TEA", quantity: "1" };
    const charge = { kind: "tax", amount: "1" };
    const at = (extra: number) => [
      { ...COMMON, lines: new Array(maxLines + extra).fill(line) },
      { ...COMMON, charges: new Array(maxItems + extra).fill(charge) },
      { ...COMMON, deliveryRequirement: { services: new Array(maxItems + extra).fill("x") } },
      { ...COMMON, remark: "x".repeat(maxTextLength + extra) },
      { ...COMMON, couponCodes: new Array(maxItems + extra).fill("x") },
      { ...COMMON, giftChoices: Object.fromEntries(names(maxFields + extra).map((name) => [name, "x"])) },
      { ...COMMON, giftChoices: { ["x".repeat(maxNameLength + extra)]: "x" } },
      { ...COMMON, orderNo: "x".repeat(maxTextLength + extra) },
    ];
    for (const input of at(0)) expect(acceptOrderDraft(input)).toBeDefined();
    for (const input of at(1)) expect(acceptOrderDraft(input)).toBeUndefined();
  });

  it("is not taken where the host sets limits of its own", () => {
    expect(parseOrderDraft(COMMON, { limits: { maxLines: 1 } }).ok).toBe(false);
  });

  it("is not deceived by fields that are inherited or hidden", () => {
    const hidden = Object.defineProperty({ ...COMMON }, "remark", { value: 7, enumerable: false });
    expect(parseOrderDraft(hidden)).toStrictEqual(bySchema(hidden));
    const discount = Object.defineProperties({ a: 1, b: 2 }, { kind: { value: "amount" }, amount: { value: "1" } });
    const input = { ...COMMON, lines: [{ itemCode: "TEA", quantity: "1", discount }] };
    expect(acceptOrderDraft(input)).toBeUndefined();
    expect(acceptOrderDraft(Object.create(COMMON))).toBeUndefined();
  });
});
