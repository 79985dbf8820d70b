import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  applySubstitution,
  type ApplySubstitutionContext,
} from "../../../src/allocation/shortage/apply-substitution.js";
import { proposeSubstitutes } from "../../../src/allocation/shortage/propose-substitutes.js";
import { add, decimal, ONE } from "../../../src/core/decimal.js";
import { rational } from "../../../src/core/unit-conversion.js";
import type { Item } from "../../../src/model/item.js";
import type { Order } from "../../../src/model/order.js";
import type { SubstituteProposal } from "../../../src/model/substitute-proposal.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../../src/testing/index.js";
import { reasonsOf } from "../../lifecycle/answers.js";
import { ITEMS_WITH_SUBSTITUTES, ownPriceOf } from "../../laws/substitution.js";
import { someWorld } from "../../laws/some-world.js";
import { TODAY as DAY } from "../../laws/masters.js";
import { by, master, TODAY } from "./substitute-world.js";

const CONTEXT = anyContext();
const original = { kind: "original" } as const;
/** Chai steps in for mate, and mate for tea: three for two, then two for one. */
const ITEMS = master({
  TEA: [by("MATE", { ratio: rational(3, 2), priceRule: { ...original, difference: decimal("0.5") } })],
  MATE: [by("CHAI", { ratio: rational(2), consentRequired: true, priceRule: original })],
  CHAI: [],
});
const LINE: AnyOrderLine = { orderedQty: "10", unitPrice: "3", discount: { kind: "percent", percent: "10" } };
const orderOf = (line: AnyOrderLine = LINE): Order => anyOrder({ stage: "confirmed", lines: [line] });

function proposed(items: ReadonlyMap<string, Item> = ITEMS, more: Partial<ApplySubstitutionContext> = {}) {
  const facts = { items, stock: anyStock({ itemCode: "CHAI", onHand: "999" }), today: TODAY, ...more };
  const found = proposeSubstitutes(orderOf(), { proposalId: "SP", lineId: "SO-1-1" }, facts);
  if (!found.ok || found.value.proposals[0] === undefined) throw new Error(JSON.stringify(found));
  return found.value.proposals[0];
}

function disagreements(
  proposal: SubstituteProposal,
  items: ReadonlyMap<string, Item> = ITEMS,
  { order = orderOf(), ...more }: Partial<ApplySubstitutionContext> & { readonly order?: Order } = {},
) {
  const consent = { subject: proposal.proposalId, customerCode: "C-100", agreedBy: "Lee", reference: "MAIL-7" };
  const command = { proposal, reason: "short", consents: [{ ...consent, agreedAt: CONTEXT.at }] };
  const result = applySubstitution(order, command, { ...CONTEXT, items, ...more });
  if (result.ok) return [];
  return reasonsOf(result).map(({ code, path, params }) =>
    code === "substitute.disagrees" && "field" in params
      ? [path.join("."), params.field, params.proposed, params.expected]
      : [code],
  );
}

describe("a stored proposal is held against order and item master (mission 8.3, 5.9)", () => {
  const good = proposed();

  it("agrees as it was made", () => {
    expect([good.way, good.ratio, good.consentRequired, good.unitPrice]).toEqual([
      ["TEA", "MATE", "CHAI"],
      rational(3),
      true,
      "1.25",
    ]);
    expect(disagreements(good)).toEqual([]);
  });

  test.each<[string, Partial<SubstituteProposal>, unknown]>([
    ["a price that is not", { unitPrice: decimal("0.5") }, [["unitPrice", "0.5", "1.25"]]],
    ["another discount", { discount: { kind: "percent", percent: decimal("50") } }, [["discount", "50 %", "10 %"]]],
    ["a discount in money", { discount: { kind: "amount", amount: decimal("7") } }, [["discount", "7", "10 %"]]],
    ["another difference", { priceDifference: decimal("-1") }, [["priceDifference", "-1", "6.75"]]],
    ["another difference for one", { unitPriceDifference: decimal("0") }, [["unitPriceDifference", "0", "0.675"]]],
    ["a consent that is not needed", { consentRequired: false }, [["consentRequired", "false", "true"]]],
    [
      "another ratio",
      { ratio: rational(2), quantity: decimal("20"), orderedQty: decimal("20") },
      [["ratio", "2", "3"]],
    ],
    ["a step that there is not", { way: ["TEA", "CHAI"] }, [["way", "TEA → CHAI", "–"]]],
  ])("rules 1 and 2: refuses one with %s", (_case, part, expected) => {
    const told = (expected as readonly (readonly string[])[]).map(([field, ...rest]) => [
      `proposal.${field}`,
      field,
      ...rest,
    ]);
    expect(disagreements({ ...good, ...part })).toEqual(told);
  });

  it("rule 2: a proposal without the price, the discount or the differences that there are is told each", () => {
    const { unitPrice: _p, discount: _d, unitPriceDifference: _u, priceDifference: _a, ...bare } = good;
    expect(disagreements(bare).map(([, field, said, expected]) => [field, said, expected])).toEqual([
      ["unitPrice", "–", "1.25"],
      ["unitPriceDifference", "–", "0.675"],
      ["priceDifference", "–", "6.75"],
      ["discount", "–", "10 %"],
    ]);
  });

  it("rule 1: the master may ask for less consent than was proposed, and not for more", () => {
    const without = new Map(ITEMS).set("MATE", {
      ...ITEMS.get("MATE")!,
      substitutes: [by("CHAI", { ratio: rational(2), priceRule: original })],
    });
    expect(disagreements(good, without)).toEqual([]);
    expect(disagreements(proposed(without), ITEMS)).toEqual([
      ["proposal.consentRequired", "consentRequired", "false", "true"],
    ]);
  });

  it("rule 2: the price of the line is looked at as it is now", () => {
    const dearer = orderOf({ ...LINE, unitPrice: "6" });
    // The differences are the half that the rule adds, whatever the line costs.
    expect(disagreements(good, ITEMS, { order: dearer })).toEqual([
      ["proposal.unitPrice", "unitPrice", "1.25", "2.25"],
    ]);
  });

  it("rule 2: an own price is taken as proposed unless it is told", () => {
    const items = master({ TEA: [by("CHAI", { priceRule: { kind: "lower" } })], CHAI: [] });
    const unitPriceOf = () => decimal("2");
    const cheap = { ...proposed(items, { unitPriceOf }), unitPrice: decimal("0.01") };
    expect(disagreements(cheap, items)).toEqual([]);
    expect(disagreements(cheap, items, { unitPriceOf })).toEqual([["proposal.unitPrice", "unitPrice", "0.01", "2"]]);
    expect(disagreements(proposed(items, { unitPriceOf }), items, { unitPriceOf })).toEqual([]);
  });

  it("rule 3: says nothing of what an unknown item would lead to", () => {
    const { unitPrice: _price, ...rest } = good;
    expect(disagreements({ ...rest, consentRequired: false }, new Map([["CHAI", ITEMS.get("CHAI")!]]))).toEqual([]);
  });

  it("rule 3: of several entries only what they have in common is known", () => {
    const season = (more: object) => [
      by("CHAI", { ratio: rational(3), consentRequired: true, priceRule: original }),
      by("CHAI", { ratio: rational(3), consentRequired: true, priceRule: original, ...more }),
    ];
    const of = (more: object) => master({ TEA: season(more), CHAI: [] });
    const wrong = { ...proposed(of({})), unitPrice: decimal("9"), consentRequired: false };
    const fields = (more: object) => disagreements(wrong, of(more)).map(([, field]) => field);
    expect(fields({})).toEqual(["consentRequired"]);
    expect(fields({ consentRequired: false })).toEqual(["unitPrice"]);
    expect(fields({ consentRequired: false, priceRule: { kind: "own" } })).toEqual([]);
    expect(fields({ consentRequired: false, ratio: rational(2) })).toEqual([]);
  });

  it("is answered where a way has more digits than a proposal can have", () => {
    const long = [by("CHAI", { ratio: rational(999999999989, 999999999961), priceRule: original })];
    const items = master({ TEA: [by("MATE", { ratio: rational(999999999937, 999999999959) })], MATE: long, CHAI: [] });
    const [[, field, said] = []] = disagreements(good, items);
    expect([field, said]).toEqual(["ratio", "3"]);
  });

  it("law: what is proposed agrees, and a dearer price, where it is known, never does", () => {
    let tried = 0;
    fc.assert(
      fc.property(someWorld(), ({ orders, stock }) => {
        const facts = { items: ITEMS_WITH_SUBSTITUTES, stock, today: DAY, unitPriceOf: ownPriceOf };
        for (const order of orders) {
          for (const { lineId } of order.lines) {
            const found = proposeSubstitutes(order, { proposalId: "SP", lineId }, facts);
            if (!found.ok) continue;
            for (const proposal of found.value.proposals) {
              const codes = (one: SubstituteProposal) => {
                const result = applySubstitution(order, { proposal: one, reason: "short" }, { ...CONTEXT, ...facts });
                return result.ok ? [] : result.issues.map(({ code }) => code);
              };
              expect(codes(proposal)).not.toContain("substitute.disagrees");
              if (proposal.unitPrice === undefined) continue;
              tried += 1;
              expect(codes({ ...proposal, unitPrice: add(proposal.unitPrice, ONE) })).toContain("substitute.disagrees");
            }
          }
        }
      }),
    );
    expect(tried).toBeGreaterThan(0);
  });
});
