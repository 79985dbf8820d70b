import { describe, expect, it } from "vitest";
import { enterOrder } from "../../src/intake/enter-order.js";
import { indexMasters } from "../../src/model/masters.js";
import { parseOrderDraft } from "../../src/schema/index.js";
import { anyContext, anyCustomer, anyItem, anyOrderDraft } from "../../src/testing/index.js";

const customer = { ...anyCustomer(), shortagePolicy: "backfillOnArrival", shortageOffers: ["substitute"] } as const;
const masters = indexMasters({ customers: [customer], items: [anyItem()] });

describe("shortage terms of an order (mission 9.14, 9.15, 9.16, 9.17)", () => {
  it("come from the line, else from the order, else from the customer", () => {
    const draft = anyOrderDraft();
    const [line] = draft.lines;
    const terms = { shortagePolicy: "deferWholeOrder", shortageOffers: ["reallocate"] } as const;
    const entered = (given: object): readonly unknown[] => {
      const parsed = parseOrderDraft(JSON.parse(JSON.stringify(given)));
      const result = parsed.ok ? enterOrder(parsed.value, { ...anyContext(), masters }) : parsed;
      return result.ok
        ? result.value.order.lines.map((one) => [one.shortagePolicy, one.shortageOffers])
        : result.issues;
    };
    const own = { ...line, shortagePolicy: "cancelRemainder", shortageOffers: [] };
    expect(entered({ ...draft, lines: [line] })).toEqual([["backfillOnArrival", ["substitute"]]]);
    expect(entered({ ...draft, ...terms, lines: [line] })).toEqual([["deferWholeOrder", ["reallocate"]]]);
    expect(entered({ ...draft, ...terms, lines: [own] })).toEqual([["cancelRemainder", []]]);
    expect(entered({ ...draft, lines: [{ ...line, shortageOffers: ["steal"] }] })).toMatchObject([
      { path: ["lines", 0, "shortageOffers", 0] },
    ]);
  });
});
