import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { applyHoldRules } from "../../src/lifecycle/apply-hold-rules.js";
import { defineHoldRules } from "../../src/lifecycle/define-hold-rules.js";
import type { HoldCondition, HoldRule, HoldTrigger, OrderModification } from "../../src/lifecycle/hold-rule.js";
import { releaseHold } from "../../src/lifecycle/release-hold.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, anyOrder, arbitraryOrder, deepFreeze, type AnyOrder } from "../../src/testing/index.js";
import { someHoldRules } from "../laws/hold-rules.js";
import { granted, reasonsOf, whereOf } from "./answers.js";
import { orderIn } from "./order-in.js";

const context = anyContext();

function rule(type: string, ...triggers: HoldTrigger[]): HoldRule {
  return { type, scope: "order", blocks: ["allocate"], reason: "to be looked at", triggers };
}

function byLine(type: string, ...triggers: HoldTrigger[]): HoldRule {
  return { ...rule(type, ...triggers), scope: "line" };
}

const after = (of: string, state: "resolved" | "rejected" = "resolved"): HoldTrigger => ({
  kind: "release",
  of,
  state,
});
const when = (condition: HoldCondition): HoldTrigger => ({ kind: "condition", when: condition });
const modified = (...of: OrderModification[]): HoldTrigger => ({ kind: "modification", of });

/** Ids of the holds that are placed. */
function placed(rules: readonly HoldRule[], before: Order | undefined, order: Order): string[] {
  const command = before === undefined ? { rules } : { rules, before };
  return granted(applyHoldRules(order, command, context)).events.map(
    ({ details }) => (details as { holdId: string }).holdId,
  );
}

/** An order before and after. */
function change(before: AnyOrder, now: AnyOrder): readonly [Order, Order] {
  return [anyOrder({ stage: "confirmed", ...before }), anyOrder({ stage: "confirmed", version: 2, ...now })];
}

describe("defineHoldRules (mission 7.8)", () => {
  it("gives the rules back when nothing is wrong with them", () => {
    const rules = [rule("a"), rule("b", after("a")), byLine("c", after("a"), after("b", "rejected"))];
    expect(granted(defineHoldRules(rules))).toBe(rules);
  });

  it("rule 1: names, types defined twice, rules that block nothing", () => {
    const rules = [rule("credit"), { ...rule("credit"), blocks: [], reason: " " }];
    expect(whereOf(defineHoldRules(rules))).toEqual([
      "command.not_a_name at 1.reason",
      "hold_rule.type_twice at 1.type",
      "hold_rule.blocks_nothing at 1.blocks",
    ]);
  });

  test.each(["confirm", "invoice", "close"] as const)("rule 2: a hold on a line cannot block %s", (operation) => {
    const rules = [{ ...byLine("a"), blocks: ["pick", operation] as const }];
    expect(reasonsOf(defineHoldRules(rules))).toEqual([
      { code: "hold_rule.not_by_line", path: [0, "blocks"], params: { type: "a", operation } },
    ]);
    const all = [{ ...byLine("a"), blocks: ["allocate", "pick", "load", "ship", "deliver"] as const }];
    expect(defineHoldRules(all).ok).toBe(true);
  });

  it("rule 3: a trigger names a type that is defined", () => {
    expect(reasonsOf(defineHoldRules([rule("a", modified(), after("b"))]))).toEqual([
      { code: "hold_rule.unknown_type", path: [0, "triggers", 1, "of"], params: { type: "a", trigger: "b" } },
    ]);
  });

  it.each<[string, HoldRule[], string[][]]>([
    ["itself", [rule("a", after("a"))], [["a", "a"]]],
    [
      "through others, however they end",
      [rule("a", after("c")), rule("b", after("a")), rule("c", after("b", "rejected"))],
      [["a", "b", "c", "a"]],
    ],
    ["beside a way in", [rule("in"), rule("a", after("in"), after("b")), rule("b", after("a"))], [["a", "b", "a"]]],
    [
      "two of them",
      [rule("a", after("a")), rule("b", after("c")), rule("c", after("b"))],
      [
        ["a", "a"],
        ["b", "c", "b"],
      ],
    ],
    [
      "no cycle where two ways meet",
      [rule("a"), rule("b", after("a")), rule("c", after("a")), rule("d", after("b"), after("c"))],
      [],
    ],
  ])("rule 4: no hold brings itself about: %s", (_name, rules, cycles) => {
    const result = defineHoldRules(rules);
    expect(result.ok ? [] : result.issues.map(({ params }) => (params as { cycle: string[] }).cycle)).toEqual(cycles);
  });

  it("rule 4: finds a cycle exactly where some hold can come back to itself", () => {
    const graph = fc.array(fc.array(fc.nat({ max: 5 }), { maxLength: 2 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(graph, (edges) => {
        const rules = edges.map((of, type) => rule(`t${type}`, ...of.map((other) => after(`t${other}`))));
        const reaches = (from: number, goal: number, seen = new Set<number>()): boolean =>
          edges[from]!.some((next) => {
            if (next === goal) return true;
            if (seen.has(next)) return false;
            return reaches(next, goal, seen.add(next));
          });
        const result = defineHoldRules(rules);
        expect(result.ok).toBe(!edges.some((_, type) => reaches(type, type)));
        const told = (result.ok ? [] : result.issues).map(({ params }) => (params as { cycle: string[] }).cycle);
        // Each circle is told once, wherever the walk came upon it.
        expect(new Set(told.map(String)).size).toBe(told.length);
        for (const cycle of told) {
          expect(cycle.at(-1)).toBe(cycle[0]);
          for (const [place, type] of cycle.slice(1).entries()) {
            expect(edges[Number(type.slice(1))]).toContain(Number(cycle[place]!.slice(1)));
          }
        }
      }),
    );
  });

  it("rule 4: is quick with a long chain", () => {
    const chain = Array.from({ length: 20_000 }, (_, place) =>
      rule(`t${place}`, ...(place === 0 ? [] : [after(`t${place - 1}`)])),
    );
    expect(defineHoldRules(chain).ok).toBe(true);
  });

  it("rule 5: bounds leave something between them, anywhere in a tree", () => {
    const none = { atLeast: decimal("5"), atMost: decimal("4.99") };
    const some = { atLeast: decimal("5"), atMost: decimal("5") };
    const tree = (bounds: object): HoldCondition => ({
      kind: "all",
      of: [{ kind: "not", of: { kind: "any", of: [{ kind: "measure", measure: "lineAmount", ...bounds }] } }],
    });
    expect(reasonsOf(defineHoldRules([rule("a", when(tree(none)), when({ kind: "payable", ...none }))]))).toEqual([
      {
        code: "hold_rule.empty_range",
        path: [0, "triggers", 0, "when", "of", 0, "of", "of", 0],
        params: { type: "a", ...none },
      },
      { code: "hold_rule.empty_range", path: [0, "triggers", 1, "when"], params: { type: "a", ...none } },
    ]);
    expect(defineHoldRules([rule("a", when(tree(some)))]).ok).toBe(true);
  });
});

describe("applyHoldRules (mission 7.8)", () => {
  it("places the whole hold as an event of its own", () => {
    const [before, order] = change({}, { header: { remark: "urgent" } });
    const rules = [{ ...rule("watched", modified({ kind: "header", fields: ["remark"] })), blocks: ["pick"] as const }];
    const outcome = granted(applyHoldRules(order, { before, rules }, context));
    expect(outcome.events.map(({ type, version, details }) => [type, version, details])).toEqual([
      ["hold_placed", 3, { holdId: "watched@1", type: "watched" }],
    ]);
    expect(outcome.order.holds).toEqual([
      {
        holdId: "watched@1",
        type: "watched",
        blocks: ["pick"],
        reason: "to be looked at",
        placedAt: context.at,
        state: "active",
      },
    ]);
  });

  it.each<[OrderModification, AnyOrder, AnyOrder]>([
    [{ kind: "header", fields: ["remark", "deliveryAreaPath"] }, {}, { header: { deliveryAreaPath: ["bremen"] } }],
    [{ kind: "lineAdded" }, {}, { lines: [{}, {}] }],
    [{ kind: "quantityAdded" }, { lines: [{ orderedQty: "10" }] }, { lines: [{ orderedQty: "11" }] }],
    [{ kind: "quantityCancelled" }, {}, { lines: [{ quantities: { cancelled: "1" } }] }],
    [{ kind: "repriced" }, { lines: [{ unitPrice: "2" }] }, { lines: [{ unitPrice: "3" }] }],
    [
      { kind: "promiseMoved" },
      { lines: [{ promises: [{ day: "2026-03-05", kind: "onHand", promisedAt: context.at }] }] },
      {
        lines: [
          {
            promises: [
              { day: "2026-03-05", kind: "onHand", promisedAt: context.at },
              { day: "2026-03-09", kind: "onHand", promisedAt: context.at },
            ],
          },
        ],
      },
    ],
  ])("rule 1: a modification places it, and only that one: %j", (kind, was, is) => {
    const [before, order] = change(was, is);
    expect(placed([rule("a", modified(kind))], before, order)).toEqual(["a@1"]);
    expect(placed([rule("a", modified(kind))], order, order)).toEqual([]);
    expect(placed([rule("a", modified(kind))], undefined, order)).toEqual([]);
    const kinds = ["lineAdded", "quantityAdded", "quantityCancelled", "repriced", "promiseMoved"] as const;
    const others = kinds.filter((other) => other !== kind.kind).map((other) => modified({ kind: other }));
    expect(placed([rule("a", ...others, modified({ kind: "header", fields: ["channel"] }))], before, order)).toEqual(
      [],
    );
  });

  it("rule 1: the first price of a line is no new one, the loss of its price is", () => {
    const priced = anyOrder({ stage: "confirmed", version: 2 });
    const [line] = priced.lines;
    const { unitPrice: _none, ...unpriced } = line!;
    const without: Order = { ...priced, lines: [unpriced] };
    const rules = [rule("a", modified({ kind: "repriced" }))];
    expect(placed(rules, without, priced)).toEqual([]);
    expect(placed(rules, without, without)).toEqual([]);
    expect(placed(rules, priced, without)).toEqual(["a@2"]);
  });

  it("rule 1: one of several modifications is enough", () => {
    const [before, order] = change({ lines: [{ unitPrice: "2" }] }, { lines: [{ unitPrice: "3" }] });
    const either = modified({ kind: "lineAdded" }, { kind: "repriced" }, { kind: "promiseMoved" });
    expect(placed([rule("a", either)], before, order)).toEqual(["a@1"]);
  });

  it("rule 1: of lines those are held that show it; for what is on the header all", () => {
    const lines = [{ unitPrice: "2" }, { unitPrice: "2" }, { unitPrice: "2" }];
    const [before, order] = change({ lines }, { lines: [lines[0]!, { unitPrice: "3" }, lines[2]!, {}] });
    expect(placed([byLine("a", modified({ kind: "repriced" }))], before, order)).toEqual(["a@1/2"]);
    expect(placed([byLine("a", modified({ kind: "lineAdded" }))], before, order)).toEqual(["a@1/4"]);
    const touched = { ...order, header: { ...order.header, remark: "x" } };
    const onHeader = byLine("a", modified({ kind: "header", fields: ["remark"] }));
    expect(placed([onHeader], before, touched)).toEqual(["a@1/1", "a@1/2", "a@1/3", "a@1/4"]);
    const { order: held } = granted(
      applyHoldRules(order, { before, rules: [byLine("a", modified({ kind: "repriced" }))] }, context),
    );
    expect(held.holds[0]?.lineId).toBe("SO-1-2");
  });

  it.each<[HoldCondition, AnyOrder, AnyOrder]>([
    [{ kind: "status", in: ["allocated"] }, {}, { lines: [{ quantities: { allocated: "10" } }] }],
    [{ kind: "header", field: "channel", in: ["edi", "fax"] }, {}, { header: { channel: "fax" } }],
    [
      { kind: "header", field: "deliveryAreaPath", in: ["bremen"] },
      {},
      { header: { deliveryAreaPath: ["de", "bremen"] } },
    ],
    [{ kind: "payable", atLeast: decimal("250"), atMost: decimal("250") }, {}, { lines: [{ orderedQty: "100" }] }],
    [{ kind: "line", fact: "itemCode", in: ["OIL"] }, {}, { lines: [{}, { itemCode: "OIL" }] }],
    [{ kind: "line", fact: "transactionCategory", in: ["sample"] }, {}, { lines: [{ transactionCategory: "sample" }] }],
    [{ kind: "measure", measure: "orderedQty", atLeast: decimal("11") }, {}, { lines: [{ orderedQty: "11" }] }],
    [{ kind: "measure", measure: "lineAmount", atMost: decimal("24.99") }, {}, { lines: [{ orderedQty: "9" }] }],
    [
      {
        kind: "all",
        of: [
          { kind: "status", in: ["confirmed"] },
          { kind: "any", of: [{ kind: "header", field: "channel", in: ["edi"] }] },
        ],
      },
      {},
      { header: { channel: "edi" } },
    ],
    [{ kind: "not", of: { kind: "line", fact: "itemCode", in: ["TEA"] } }, {}, { lines: [{ itemCode: "OIL" }] }],
  ])(
    "rule 2: a condition that comes true places it, and one that was true before does not: %j",
    (condition, was, is) => {
      const [before, order] = change(was, is);
      expect(placed([rule("a", when(condition))], before, order)).toEqual(["a@1"]);
      expect(placed([rule("a", when(condition))], order, { ...order, version: 3 })).toEqual([]);
      expect(placed([rule("a", when(condition))], order, before)).toEqual([]);
      expect(placed([rule("a", when(condition))], undefined, order)).toEqual(["a@0"]);
      expect(placed([rule("a", when(condition))], undefined, before)).toEqual([]);
    },
  );

  it("rule 2: an order without prices has no amount that a condition could ask for", () => {
    const { totals: _none, ...unpriced } = anyOrder({ stage: "confirmed" });
    expect(placed([rule("a", when({ kind: "payable" }))], undefined, unpriced)).toEqual([]);
  });

  it("rule 2: one line that measures it is enough for the order", () => {
    const lines = [{ orderedQty: "5" }, { orderedQty: "20" }, { orderedQty: "6" }];
    const [before, order] = change({ lines: [lines[0]!, lines[2]!] }, { lines });
    const condition = when({ kind: "measure", measure: "orderedQty", atLeast: decimal("20") });
    expect(placed([rule("a", condition)], before, order)).toEqual(["a@1"]);
  });

  it("rule 2: by line, a condition is asked of each line, as it is and as it was", () => {
    const condition = when({ kind: "measure", measure: "orderedQty", atLeast: decimal("20") });
    const [before, order] = change(
      { lines: [{ orderedQty: "20" }, { orderedQty: "10" }] },
      { lines: [{ orderedQty: "21" }, { orderedQty: "20" }, { orderedQty: "30" }, { orderedQty: "5" }] },
    );
    expect(placed([byLine("a", condition)], before, order)).toEqual(["a@1/2", "a@1/3"]);
    expect(placed([byLine("a", condition)], undefined, order)).toEqual(["a@0/1", "a@0/2", "a@0/3"]);
    expect(placed([rule("a", condition)], before, order)).toEqual([]);
  });

  it("rule 3: the end of a hold places the next, step by step", () => {
    const rules = granted(
      defineHoldRules([
        rule("credit"),
        rule("recheck", after("credit")),
        rule("board", after("credit", "rejected"), after("recheck", "rejected")),
      ]),
    );
    const order = anyOrder({ stage: "confirmed", holds: [{ holdId: "H", type: "credit" }] });
    const decided = (now: Order, holdId: string, state: "resolved" | "rejected"): Order => {
      const released = granted(releaseHold(now, { holdId, state }, context)).order;
      return granted(applyHoldRules(released, { before: now, rules }, context)).order;
    };
    const states = ({ holds }: Order): string[] => holds.map(({ type, state }) => `${type} ${state}`);
    const once = decided(order, "H", "resolved");
    expect(states(once)).toEqual(["credit resolved", "recheck active"]);
    const twice = decided(once, "recheck@1", "rejected");
    expect(states(twice)).toEqual(["credit resolved", "recheck rejected", "board active"]);
    expect(states(decided(order, "H", "rejected"))).toEqual(["credit rejected", "board active"]);
  });

  it("rule 3: on the same line; between a line and the order, on the order or on every line", () => {
    const lines = [{}, {}];
    const ended = (lineId?: string): readonly [Order, Order] => {
      const hold = { holdId: "H", type: "credit", ...(lineId === undefined ? {} : { lineId }) };
      return change({ lines, holds: [hold] }, { lines, holds: [{ ...hold, state: "resolved" }] });
    };
    const onLines = [byLine("a", after("credit"))];
    expect(placed(onLines, ...ended("SO-1-2"))).toEqual(["a@1/2"]);
    expect(placed(onLines, ...ended())).toEqual(["a@1/1", "a@1/2"]);
    expect(placed([rule("a", after("credit"))], ...ended("SO-1-2"))).toEqual(["a@1"]);
    expect(placed([rule("a", after("other"))], ...ended())).toEqual([]);
    expect(placed([rule("a", after("credit", "rejected"))], ...ended())).toEqual([]);
  });

  it("rule 4: what is held by the type already is not held twice; what was resolved may be", () => {
    const trigger = modified({ kind: "header", fields: ["remark"] });
    const twice = (state: "active" | "resolved" | "rejected", lineId?: string): string[] => {
      const holds = [{ holdId: "H", type: "a", state, ...(lineId === undefined ? {} : { lineId }) }];
      const [before, order] = change({ holds }, { holds, header: { remark: "x" } });
      return placed([rule("a", trigger)], before, order);
    };
    expect([twice("active"), twice("rejected"), twice("resolved"), twice("active", "SO-1-1")]).toEqual([
      [],
      [],
      ["a@1"],
      ["a@1"],
    ]);
  });

  it("rules 4 and 5: a second call after the same event places nothing, also when the hold has been resolved", () => {
    fc.assert(
      fc.property(
        arbitraryOrder().chain((order) => fc.tuple(fc.constant(order), someHoldRules(order))),
        ([order, command]) => {
          const first = applyHoldRules(deepFreeze(order), deepFreeze(command), context);
          if (!first.ok) return;
          const now = first.value.order;
          expect(granted(applyHoldRules(now, command, context)).events).toEqual([]);
          const isNew = (holdId: string): boolean => !order.holds.some((hold) => hold.holdId === holdId);
          const holds = now.holds.map((hold) => (isNew(hold.holdId) ? { ...hold, state: "resolved" as const } : hold));
          expect(granted(applyHoldRules({ ...now, holds }, command, context)).events).toEqual([]);
        },
      ),
    );
  });

  it("rule 6: holds that an ended order should get are refused; nothing due is granted", () => {
    const order = orderIn("closed");
    const rules = [rule("a", when({ kind: "status", in: ["closed"] }))];
    expect(reasonsOf(applyHoldRules(order, { rules }, context)).map(({ code }) => code)).toEqual([
      "status.operation_not_allowed",
    ]);
    expect(granted(applyHoldRules(order, { rules, before: order }, context))).toEqual({
      order,
      events: [],
      movements: [],
      requests: [],
    });
  });
});
