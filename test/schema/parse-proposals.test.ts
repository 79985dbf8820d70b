import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proposeSubstitutes } from "../../src/allocation/shortage/propose-substitutes.js";
import { jsonSchemaOf, parseReallocationProposal, parseSubstituteProposal } from "../../src/schema/index.js";
import { ITEMS_WITH_SUBSTITUTES, ownPriceOf } from "../laws/substitution.js";
import { TODAY } from "../laws/masters.js";
import { someWorld } from "../laws/some-world.js";
import { propose, someOrders } from "../allocation/shortage/reallocation-world.js";
import { refusalOf, SAMPLES } from "./samples.js";

// Mission 8.3, 9.17, 4.13: a proposal waits for an answer in a store, and comes back from there.

const stored = (proposal: unknown): unknown => JSON.parse(JSON.stringify(proposal));

describe("a stored proposal of a substitute", () => {
  it("law: comes back as it was made", () => {
    let tried = 0;
    fc.assert(
      fc.property(someWorld(), ({ orders, stock }) => {
        const facts = { items: ITEMS_WITH_SUBSTITUTES, stock, today: TODAY, unitPriceOf: ownPriceOf };
        for (const order of orders) {
          for (const { lineId } of order.lines) {
            const found = proposeSubstitutes(order, { proposalId: "SP", lineId }, facts);
            for (const proposal of found.ok ? found.value.proposals : []) {
              tried += 1;
              expect(parseSubstituteProposal(stored(proposal))).toStrictEqual({ ok: true, value: proposal });
            }
          }
        }
      }),
      { numRuns: 50 },
    );
    expect(tried).toBeGreaterThan(0);
  });

  const [good] = SAMPLES.substituteProposal as readonly Record<string, unknown>[];
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    [
      "another quantity than the ratio leads to (rule 1)",
      { quantity: "7" },
      ["schema.inconsistent orderedQty", "schema.inconsistent quantity"],
    ],
    ["another quantity in its unit (rule 1)", { orderedQty: "5" }, ["schema.inconsistent orderedQty"]],
    ["enough, though something is short (rule 2)", { suffices: true }, ["schema.inconsistent suffices"]],
    ["not enough, though nothing is short (rule 2)", { stillShort: "0" }, ["schema.inconsistent suffices"]],
    ["a way that ends elsewhere (rule 3)", { way: ["TEA", "MATE"] }, ["schema.inconsistent way"]],
    ["a way of no step (rule 3)", { way: ["CHAI"] }, ["schema.too_few way"]],
    ["a way in a circle (rule 3)", { way: ["TEA", "MATE", "TEA", "CHAI"] }, ["schema.duplicate way.2"]],
    ["a price below zero", { unitPrice: "-1" }, ["schema.negative unitPrice"]],
    ["a ratio of nothing", { ratio: { numerator: "0", denominator: "1" } }, ["schema.not_positive ratio.numerator"]],
    ["an answer that it cannot have", { state: "done" }, ["schema.not_allowed state"]],
    ["an unknown field", { note: "x" }, ["schema.unknown_field note"]],
  ])("is refused with %s", (_case, part, refusals) => {
    expect([...refusalOf(parseSubstituteProposal({ ...good, ...part }))].sort()).toEqual(refusals);
  });

  it("says what a third leads to", () => {
    const thirds = {
      ratio: { numerator: 1, denominator: 3 },
      orderedQty: "6",
      unitFactor: { numerator: 1, denominator: 1 },
    };
    const result = parseSubstituteProposal({ ...good, ...thirds });
    expect(result.ok ? [] : result.issues.map(({ params }) => params)).toEqual([
      { rule: "proposal", expected: "4/3", actual: "6" },
    ]);
  });
});

describe("a stored proposal of a re-allocation", () => {
  it("law: comes back as it was made", () => {
    let tried = 0;
    fc.assert(
      fc.property(someOrders, (orders) => {
        const found = propose(orders);
        if (!found.ok) return;
        tried += 1;
        expect(parseReallocationProposal(stored(found.value))).toStrictEqual({ ok: true, value: found.value });
      }),
      { numRuns: 50 },
    );
    expect(tried).toBeGreaterThan(0);
  });

  const [good] = SAMPLES.reallocationProposal as readonly {
    readonly transfers: readonly (Record<string, unknown> & { readonly places: readonly unknown[] })[];
  }[];
  const [transfer] = good!.transfers;
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ["another quantity than is given (rule 1)", { quantity: "5" }, ["schema.inconsistent quantity"]],
    ["another harm than is done (rule 1)", { harm: "0" }, ["schema.inconsistent harm"]],
    [
      "places that hold something else (rule 1)",
      { transfers: [{ ...transfer, places: transfer!.places.slice(1) }] },
      ["schema.inconsistent transfers.0.quantity"],
    ],
    [
      "a place that stands twice (rule 2)",
      {
        transfers: [{ ...transfer, quantity: "8", places: [transfer!.places[0], transfer!.places[0]] }],
        quantity: "8",
      },
      ["schema.duplicate transfers.0.places.1.source"],
    ],
    [
      "a line that gives twice (rule 2)",
      { transfers: [transfer, transfer], quantity: "9", harm: "18.246913578" },
      ["schema.duplicate transfers.1.victim"],
    ],
    [
      "harm below zero",
      { transfers: [{ ...transfer, harm: "-1" }], harm: "-1" },
      ["schema.negative harm", "schema.negative transfers.0.harm"],
    ],
    [
      "a reason that there is not",
      { notAsked: [{ orderNo: "A", lineId: "B", code: "x" }] },
      ["schema.not_allowed notAsked.0.code"],
    ],
  ])("is refused with %s", (_case, part, refusals) => {
    expect([...refusalOf(parseReallocationProposal({ ...good, ...part }))].sort()).toEqual(refusals);
  });
});

it("both are described by a JSON Schema", () => {
  expect(jsonSchemaOf("substituteProposal")).toMatchObject({
    title: "Substitute proposal",
    additionalProperties: false,
  });
  expect(jsonSchemaOf("reallocationProposal")).toMatchObject({ title: "Re-allocation proposal" });
});
