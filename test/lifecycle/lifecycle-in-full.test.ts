import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { issue } from "../../src/core/issue.js";
import { applyHoldRules } from "../../src/lifecycle/apply-hold-rules.js";
import { defineHoldRules } from "../../src/lifecycle/define-hold-rules.js";
import { drawDiagram } from "../../src/lifecycle/draw-diagram.js";
import type { HoldCondition, HoldRule } from "../../src/lifecycle/hold-rule.js";
import { defineGuards, type HostGuard } from "../../src/lifecycle/host-guards.js";
import { recordEvent } from "../../src/lifecycle/record-event.js";
import { reopenRefusal } from "../../src/lifecycle/reopen-refusal.js";
import type { Change } from "../../src/model/change.js";
import type { OrderEventType } from "../../src/model/event.js";
import { indexMasters } from "../../src/model/masters.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { anyContext, anyItem, anyOrder, anyPromotion } from "../../src/testing/index.js";
import { compiled } from "../pricing/promoted.js";
import { granted, reasonsOf } from "./answers.js";

const context = anyContext();

describe("guards of the host, in full (mission 11.2)", () => {
  it("every name that is taken and every operation that is none is told with the guard's name", () => {
    const guard: HostGuard = { name: "licence", operations: ["ship"], check: () => [issue("shop.dry", [], {})] };
    const odd = { ...guard, operations: ["fly", "ship", "dive"] as unknown as HostGuard["operations"] };
    expect(reasonsOf(defineGuards([guard, { ...odd, name: "odd" }, guard]))).toEqual([
      { code: "guard.unknown_operation", path: [1, "operations"], params: { guard: "odd", operation: "fly" } },
      { code: "guard.unknown_operation", path: [1, "operations"], params: { guard: "odd", operation: "dive" } },
      { code: "guard.twice", path: [2, "name"], params: { guard: "licence" } },
    ]);
  });
});

describe("orders that are not opened again, in full (mission 12.4b; definition B19)", () => {
  test.each([
    [
      "one line at the customer of two",
      [{ cancelled: "10" }, { delivered: "10" }],
      "25",
      ["return_order", "credit_note", "new_order"],
    ],
    ["goods that were not billed", [{ delivered: "10" }], "0", ["return_order", "new_order"]],
    ["money for goods that came back", [{ returned: "10" }], "25", ["credit_note", "new_order"]],
    ["neither", [{ returned: "10" }], "0", ["new_order"]],
  ] as const)("%s", (_name, lines, invoicedAmount, instead) => {
    const order = anyOrder({
      stage: "closed",
      lines: lines.map((quantities) => ({ quantities })),
      billing: { invoicedAmount, collectedAmount: invoicedAmount },
    });
    expect(reopenRefusal(order)).toEqual({
      code: "reopen.has_ended",
      path: ["status"],
      params: { orderNo: "SO-1", status: "closed", instead },
    });
  });

  it("an order that goes on needs no opening", () => {
    expect(reopenRefusal(anyOrder({ orderNo: "SO-2", stage: "confirmed" }))).toEqual({
      code: "reopen.not_ended",
      path: ["status"],
      params: { orderNo: "SO-2", status: "confirmed" },
    });
  });
});

describe("hold rules, in full (mission 7.8)", () => {
  const rule = (part: Partial<HoldRule>): HoldRule => ({
    type: "a",
    scope: "order",
    blocks: ["allocate"],
    reason: "to be looked at",
    triggers: [],
    ...part,
  });
  const { type: of } = rule({ type: "credit" });

  it("rules are refused with every reason, its place and its facts", () => {
    const rules = [
      rule({}),
      rule({ reason: " ", blocks: [] }),
      rule({ type: "", scope: "line", blocks: ["confirm", "pick", "close"] }),
      rule({ type: "b", triggers: [{ kind: "release", of: "c", state: "resolved" }] }),
      rule({ type: "d", triggers: [{ kind: "release", of: "d", state: "resolved" }] }),
    ];
    expect(reasonsOf(defineHoldRules(rules))).toEqual([
      { code: "command.not_a_name", path: [1, "reason"], params: { field: "reason" } },
      { code: "hold_rule.type_twice", path: [1, "type"], params: { type: "a" } },
      { code: "hold_rule.blocks_nothing", path: [1, "blocks"], params: { type: "a" } },
      { code: "command.not_a_name", path: [2, "type"], params: { field: "type" } },
      { code: "hold_rule.not_by_line", path: [2, "blocks"], params: { type: "", operation: "confirm" } },
      { code: "hold_rule.not_by_line", path: [2, "blocks"], params: { type: "", operation: "close" } },
      { code: "hold_rule.unknown_type", path: [3, "triggers", 0, "of"], params: { type: "b", trigger: "c" } },
      { code: "hold_rule.cycle", path: [], params: { cycle: ["d", "d"] } },
    ]);
  });

  test.each<HoldCondition>([
    { kind: "payable" },
    { kind: "payable", atLeast: decimal("5") },
    { kind: "payable", atMost: decimal("-5") },
    { kind: "measure", measure: "allowance", atLeast: decimal("5") },
    { kind: "measure", measure: "allowance", atMost: decimal("5") },
  ])("rule 5: a bound that stands alone leaves something: %j", (when) => {
    const rules = [rule({ triggers: [{ kind: "condition", when }] })];
    expect(defineHoldRules(rules)).toEqual({ ok: true, value: rules });
  });

  it("rule 3: one hold of the type that ended as asked is enough, whatever else ended at once", () => {
    const holds = [
      { holdId: "H-1", type: of },
      { holdId: "H-2", type: of },
      { holdId: "H-3", type: "other" },
      { holdId: "H-4", type: of, lineId: "SO-1-2" },
    ];
    const lines = [{}, {}];
    const before = anyOrder({ stage: "confirmed", lines, holds });
    const states = ["rejected", "resolved", "resolved", "rejected"] as const;
    const ended = holds.map((hold, place) => ({ ...hold, state: states[place]! }));
    const after = anyOrder({ stage: "confirmed", version: 2, lines, holds: ended });
    const placed = (state: "resolved" | "rejected", scope: HoldRule["scope"], only = (_place: number) => true) => {
      const now = { ...after, holds: after.holds.filter((_hold, place) => only(place)) };
      const rules = [rule({ scope, triggers: [{ kind: "release", of, state }] })];
      return granted(applyHoldRules(now, { before, rules }, context)).events.map(({ details }) => details);
    };
    expect(placed("resolved", "order")).toEqual([{ holdId: "a@1", type: "a" }]);
    expect(placed("rejected", "order")).toEqual([{ holdId: "a@1", type: "a" }]);
    expect(placed("resolved", "order", (place) => place !== 1)).toEqual([]);
    expect(placed("rejected", "line", (place) => place > 0)).toEqual([{ holdId: "a@1/2", type: "a" }]);
  });
});

describe("promotions after an event (mission 9.5, 11.3)", () => {
  const promotions = { compiled: compiled(anyPromotion()) };
  const policy = { rounding: "halfUp", givenPrice: "honour" } as const;
  const masters = indexMasters({ items: [anyItem()] });
  const quantities = { open: "3", allocated: "3", backfill: "1", delivered: "3" };
  const plain = anyOrder({ stage: "confirmed", lines: [{ quantities }] });
  const priced = granted(priceOrder(anyOrder(), { ...context, masters, policy, promotions })).order;
  const promoted = { ...plain, promotions: priced.promotions! };
  const source = { warehouseId: "NORTH" };
  const move = (from: string, to: string, part: object = {}): Change =>
    ({ kind: "quantity_moved", lineId: "SO-1-1", from, to, quantity: "1", ...part }) as unknown as Change;
  const more: Change = { kind: "quantity_added", lineId: "SO-1-1", quantity: decimal("1") };
  const cancelled = move("open", "cancelled");
  const merged = move("open", "merged");
  const released = move("allocated", "open", { source });
  const returned = move("delivered", "returned", { source });

  test.each<[OrderEventType, string, Change[], string[]]>([
    ["order_amended", "less", [cancelled], ["amend"]],
    ["order_amended", "more", [more], ["amend"]],
    ["order_amended", "less and more, asked once", [cancelled, more], ["amend"]],
    ["order_amended", "what is free again", [released], []],
    ["order_amended", "what went over to another order", [merged], []],
    ["order_amended", "what came back", [returned], ["return"]],
    ["quantity_cancelled", "less", [cancelled, move("backfill", "cancelled")], ["cancel"]],
    ["quantity_cancelled", "what is free again", [released], []],
    ["quantity_merged", "what went over to another order", [merged], ["short"]],
    ["order_allocated", "what is given up", [cancelled], ["short"]],
    ["order_allocated", "what is free again", [released], []],
    ["add_on_joined", "more", [more], ["amend"]],
    [
      "order_picked",
      "several, each once and in their order",
      [returned, cancelled, more, returned],
      ["return", "short", "amend"],
    ],
    ["order_priced", "whatever changes with the price", [cancelled, returned, more], []],
    ["promotions_revised", "whatever changes with the revision", [cancelled, returned, more], []],
    ["order_entered", "whatever it enters with", [more], []],
    ["order_corrected", "whatever is corrected", [more], []],
    ["order_confirmed", "nothing", [], []],
  ])("%s with %s asks again", (type, _name, changes, causes) => {
    const { requests } = recordEvent(promoted, { type, details: {} as never, changes }, context);
    expect(requests.filter((request) => request.type === "revise_promotions")).toEqual(
      causes.map((cause) => ({ type: "revise_promotions", orderNo: "SO-1", cause })),
    );
    const without = recordEvent(plain, { type, details: {} as never, changes }, context);
    expect(without.requests.filter((request) => request.type === "revise_promotions")).toEqual([]);
  });
});

describe("drawDiagram", () => {
  it("draws ground, boxes, arrows and labels in the order in which they cover each other", () => {
    const svg = drawDiagram(
      "a < b & c",
      [
        { name: "a&b", column: 0, row: 0 },
        { name: "end", column: 1, row: 0, kind: "end" },
        { name: "low", column: 0, row: 1 },
      ],
      [
        { from: "a&b", to: "end", label: "go>" },
        { from: "end", to: "a&b", label: "" },
        { from: "a&b", to: "low", label: "" },
      ],
    );
    const box = (x: number, y: number, inset = 0) =>
      `<rect x="${x + inset}" y="${y + inset}" width="${170 - 2 * inset}" height="${40 - 2 * inset}" rx="8" fill="#f1f5f9" stroke="#0f172a"/>`;
    const name = (x: number, y: number, text: string) =>
      `<text x="${x}" y="${y}" text-anchor="middle" fill="#0f172a">${text}</text>`;
    const arrow = (x1: number, y1: number, x2: number, y2: number) =>
      `  <line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#475569" marker-end="url(#tip)"/>`;
    expect(svg.split("\n")).toEqual([
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 518 184" width="518" height="184" role="img" font-family="sans-serif" font-size="13">',
      "  <title>a &lt; b &amp; c</title>",
      '  <defs><marker id="tip" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L10 5L0 10z" fill="#475569"/></marker></defs>',
      '  <rect width="518" height="184" fill="#ffffff"/>',
      arrow(194, 57, 324, 57),
      arrow(324, 31, 194, 31),
      arrow(109, 64, 109, 120),
      `  ${box(24, 24)}${name(109, 49, "a&amp;b")}`,
      `  ${box(324, 24)}${box(324, 24, 3)}${name(409, 49, "end")}`,
      `  ${box(24, 120)}${name(109, 145, "low")}`,
      '  <rect x="234.1" y="48" width="29" height="18" fill="#ffffff" fill-opacity="0.9"/><text x="248.6" y="61" text-anchor="middle" fill="#334155">go&gt;</text>',
      "</svg>",
      "",
    ]);
  });

  it("an arrow needs its boxes", () => {
    const boxes = [{ name: "a", column: 0, row: 0 }];
    for (const [from, to] of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      expect(() => drawDiagram<string>("x", boxes, [{ from, to, label: "" }])).toThrow(
        new RangeError(`No box for ${from} or ${to}.`),
      );
    }
  });
});
