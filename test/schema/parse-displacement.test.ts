import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import { findUntoldDisplacements, tellDisplacements, timesDisplaced } from "../../src/lifecycle/displacement-ledger.js";
import type { Displacement } from "../../src/model/displacement.js";
import { jsonSchemaOf, parseDisplacement, parseDisplacements } from "../../src/schema/index.js";
import {
  anyContext,
  anyDisplacement,
  arbitraryCalendarDay,
  arbitraryInstant,
  arbitraryQuantity,
  arbitraryWorld,
} from "../../src/testing/index.js";
import { TODAY } from "../allocation/small-world.js";
import { someReconfirmPolicy } from "../laws/commands.js";
import { refusalOf } from "./samples.js";

// Mission 8.7; definition B15: a stored ledger can be read back.

const name = fc.constantFrom("SO-1", "SO-2", "Auftrag 7/ä");
const lineName = fc.record({ orderNo: name, lineId: fc.constantFrom("SO-1-1", "L") }, { noNullPrototype: true });
const entry = fc.record<Displacement, "victim" | "winner" | "itemCode" | "quantity" | "ruleId" | "actor" | "at">(
  {
    victim: lineName,
    winner: lineName,
    itemCode: fc.constantFrom("TEA", "SALT"),
    quantity: arbitraryQuantity().filter((quantity) => quantity !== "0"),
    oldDate: arbitraryCalendarDay(),
    newDate: arbitraryCalendarDay(),
    ruleId: fc.constantFrom("reconfirm_win", "re_allocation"),
    actor: fc.constantFrom({ function: "orderDesk" as const }, { function: "orderDesk" as const, person: "P-1" }),
    at: arbitraryInstant(),
    consent: fc.constantFrom("MAIL-7", "call of 3 March"),
    customerToldAt: arbitraryInstant(),
    undoneAt: arbitraryInstant(),
  },
  { noNullPrototype: true, requiredKeys: ["victim", "winner", "itemCode", "quantity", "ruleId", "actor", "at"] },
);
const stored = (ledger: unknown): unknown => JSON.parse(JSON.stringify(ledger));

describe("a ledger of displacements", () => {
  it("comes back as it was stored", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (ledger) => {
        expect(parseDisplacements(stored(ledger))).toStrictEqual({ ok: true, value: ledger });
        for (const one of ledger) expect(parseDisplacement(stored(one))).toStrictEqual({ ok: true, value: one });
      }),
    );
  });

  it("of a run comes back, and says the same of who was told and how often", () => {
    fc.assert(
      fc.property(arbitraryWorld(), someReconfirmPolicy, ({ orders, stock }, policy) => {
        const context = { ...anyContext(), policy: { ...policy, consent: "none" as const }, today: TODAY };
        const { displacements } = reconfirmOrders(orders, stock, context);
        const [first] = displacements;
        const ledger = first === undefined ? [] : tellDisplacements(displacements, first.victim.orderNo, first.at);
        const back = parseDisplacements(stored(ledger));
        expect(back).toStrictEqual({ ok: true, value: ledger });
        if (!back.ok) return;
        expect([...timesDisplaced(back.value)]).toEqual([...timesDisplaced(ledger)]);
        expect(findUntoldDisplacements(back.value)).toEqual(findUntoldDisplacements(ledger));
      }),
      { numRuns: 40 },
    );
  });

  it.each<[field: string, part: Record<string, unknown>, refusals: string[]]>([
    ["no quantity (rule 1)", { quantity: "0" }, ["schema.not_positive quantity"]],
    ["a negative quantity (rule 1)", { quantity: "-1" }, ["schema.not_positive quantity"]],
    [
      "no day",
      { oldDate: "2026-02-30", newDate: "soon" },
      ["schema.not_a_calendar_day oldDate", "schema.not_a_calendar_day newDate"],
    ],
    [
      "no instants",
      { at: "today", customerToldAt: 5 },
      ["schema.not_an_instant at", "schema.wrong_type customerToldAt"],
    ],
    [
      "no names",
      { victim: { orderNo: "" }, ruleId: "" },
      ["schema.empty victim.orderNo", "schema.required victim.lineId", "schema.empty ruleId"],
    ],
    ["an unknown field", { reason: "x" }, ["schema.unknown_field reason"]],
  ])("is refused for %s", (_name, part, refusals) => {
    expect([...refusalOf(parseDisplacement({ ...anyDisplacement(), ...part }))].sort()).toEqual([...refusals].sort());
    expect(refusalOf(parseDisplacements([anyDisplacement(), { ...anyDisplacement(), ...part }]))).toHaveLength(
      refusals.length,
    );
  });

  it("is described by a JSON Schema", () => {
    expect(jsonSchemaOf("displacement")).toMatchObject({ title: "Displacement", additionalProperties: false });
  });
});
