import { checkSubstitutes } from "../../src/allocation/shortage/check-substitutes.js";
import { applyReallocation } from "../../src/allocation/shortage/apply-reallocation.js";
import { applyReallocations } from "../../src/allocation/shortage/apply-reallocations.js";
import { applySubstitution, type ApplySubstitution } from "../../src/allocation/shortage/apply-substitution.js";
import { deferOrder } from "../../src/allocation/shortage/defer-order.js";
import { mergeIntoNextOrder, type MergeIntoNextOrder } from "../../src/allocation/shortage/merge-into-next-order.js";
import { proposeReallocation } from "../../src/allocation/shortage/propose-reallocation.js";
import { proposeSubstitutes } from "../../src/allocation/shortage/propose-substitutes.js";
import { undoReallocation } from "../../src/allocation/shortage/undo-reallocation.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { rational } from "../../src/core/unit-conversion.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import type { Order } from "../../src/model/order.js";
import type { BatchOutcome } from "../../src/model/outcome.js";
import type { ReallocationProposal } from "../../src/model/reallocation-proposal.js";
import type { SupplyRule } from "../../src/model/supply-rule.js";
import { anyContext, anyItem, anyOrder, anyStock, type AnyOrder } from "../../src/testing/index.js";

const context = anyContext();
const today = calendarDay("2026-03-02");

/** Real issues of deferring, merging and re-allocating, one of every code at least. */
export function shortageIssues(): Issue[] {
  return [...deferrals(), ...merges(), ...proposals(), ...transfers(), ...substitutes(), ...substitutions()];
}

const confirmed = (part: AnyOrder = {}): Order => anyOrder({ stage: "confirmed", ...part });
const refusedIn = ({ refused }: BatchOutcome): Issue[] => refused.flatMap(({ issues }) => issues);
const issuesOf = (result: Result<unknown>): readonly Issue[] => (result.ok ? [] : result.issues);

function deferrals(): Issue[] {
  const orders = [
    confirmed({ lines: [{ quantities: { picked: "10" } }] }),
    confirmed({ lines: [{ quantities: { deferred: "10" } }] }),
  ];
  return [
    ...orders.flatMap((order) =>
      issuesOf(deferOrder(order, { reason: "short", until: "stock" }, { ...context, today })),
    ),
    ...issuesOf(deferOrder(confirmed(), { reason: "short", until: "never" as never }, { ...context, today })),
  ];
}

function merges(): Issue[] {
  const from = confirmed();
  const next = confirmed({ orderNo: "SO-2" });
  const gift = confirmed({ lines: [{ giftOf: { promotionId: "P", version: 1, triggers: [] } }] });
  const dear = confirmed({ lines: [{ orderedQty: "10", unitPrice: "999999999999" }] });
  const early = confirmed({
    orderNo: "SO-2",
    header: { customerCode: "C-9", receivedAt: "2020-01-01T00:00:00.000Z" },
  });
  const consent = { customerCode: "C-100", subject: "SO-1", agreedBy: "Lee", agreedAt: context.at, reference: "M-1" };
  const line = { lineId: "SO-1-1" };
  const calls: readonly (readonly [Order, Order, Partial<MergeIntoNextOrder>])[] = [
    [from, from, {}],
    [from, early, { consent: { ...consent, expiresAt: context.at } }],
    [from, early, { consent: { ...consent, agreedAt: "2999-01-01T00:00:00.000Z" as never } }],
    [from, next, { consent: { ...consent, subject: "SO-7" } }],
    [from, next, { lines: [line, line, { lineId: "X" }] }],
    [from, next, { lines: [] }],
    [from, next, { lines: [{ ...line, quantity: decimal("0") }] }],
    [from, next, { lines: [{ ...line, quantity: decimal("11") }] }],
    [gift, next, { lines: [line] }],
    [confirmed({ lines: [{ quantities: { picked: "10" } }] }), next, {}],
    [dear, next, { consent }],
  ];
  return calls.flatMap(([one, other, command]) =>
    refusedIn(mergeIntoNextOrder(one, other, { reason: "short", price: "keep", ...command }, context)),
  );
}

const SHORT = confirmed({ lines: [{ quantities: { backfill: "4", delivered: "6" } }] });
const DONOR = confirmed({
  orderNo: "SO-2",
  header: { customerCode: "C-2" },
  lines: [{ quantities: { allocated: "3" } }],
});

function proposals(): Issue[] {
  const harm = { perLine: decimal("1"), perUnit: decimal("1"), perUnitAndDay: decimal("0"), unknownDelayDays: 0 };
  const sourcing = { kind: "nearest", areas: [], otherwise: ["NORTH"] } as const;
  const policy = { priority: [], sourcing, promises: "keep", harm, steps: 100 } as const;
  const facts = { policy, today, stock: anyStock({ onHand: "10", reserved: "3" }) };
  const ask = (orders: readonly Order[], more: object = {}, stock = facts.stock): readonly Issue[] => {
    const command = { proposalId: "RP-1", orderNo: "SO-1", lineId: "SO-1-1", ...more };
    return issuesOf(proposeReallocation(orders, command, { ...facts, stock }));
  };
  const picky = confirmed({ lines: [{ partialAllowed: false }] });
  const held = confirmed({ holds: [{ lineId: "SO-1-1", blocks: ["allocate"] }] });
  const rule = { itemCode: "TEA", quantity: decimal("0") } as const;
  const grouped = (order: Order, customerClass: string): Order => {
    return { ...order, header: { ...order.header, customerClass } };
  };
  const ruled = (protection: readonly SupplyRule[]): readonly Issue[] => {
    const command = { proposalId: "RP-1", orderNo: "SO-1", lineId: "SO-1-1" };
    const orders = [grouped(SHORT, "A"), grouped(DONOR, "B")];
    return issuesOf(proposeReallocation(orders, command, { ...facts, policy: { ...policy, protection } }));
  };
  return [
    ...ruled([{ ...rule, kind: "cap", group: "A" }]),
    ...ruled([{ ...rule, kind: "protect", group: "B", quantity: decimal("20"), consumed: decimal("3") }]),
    ...issuesOf(
      proposeReallocation(
        [SHORT],
        { proposalId: "RP-1", orderNo: "SO-1", lineId: "SO-1-1" },
        { ...facts, policy: { ...policy, harm: { ...harm, perUnit: decimal("-1"), unknownDelayDays: 0.5 } } },
      ),
    ),
    ...ask([SHORT], { lineId: "X" }),
    ...ask([SHORT], { quantity: decimal("0") }),
    ...ask([SHORT], { quantity: decimal("5") }),
    ...ask([SHORT]),
    ...ask([picky, DONOR], {}, anyStock({ onHand: "3", reserved: "3" })),
    ...ask([picky, DONOR], {}, anyStock({ onHand: "99", reserved: "3" })),
    ...ask([confirmed({ lines: [{ quantities: { allocated: "10" } }] })]),
    ...ask([held]),
  ];
}

function transfers(): Issue[] {
  const quantity = decimal("4");
  const places = [{ source: { warehouseId: "NORTH" }, quantity }];
  const victim = { orderNo: "SO-2", lineId: "SO-2-1" };
  const transfer = { victim, customerCode: "C-2", quantity, places, harm: decimal("1") };
  const proposal: ReallocationProposal = {
    proposalId: "RP-1",
    state: "pending",
    winner: { orderNo: "SO-1", lineId: "SO-1-1" },
    itemCode: "TEA",
    quantity,
    stillShort: decimal("0"),
    transfers: [transfer],
    harm: decimal("1"),
    optimal: true,
    notAsked: [],
  };
  const consent = { customerCode: "C-2", subject: "RP-1", agreedBy: "Lee", agreedAt: context.at, reference: "M-1" };
  const rich = confirmed({
    orderNo: "SO-2",
    header: { customerCode: "C-2" },
    lines: [{ quantities: { allocated: "10" } }],
  });
  const whole = confirmed({
    orderNo: "SO-2",
    header: { customerCode: "C-2", shipComplete: true },
    lines: [{ quantities: { allocated: "10" } }, { itemCode: "SALT", quantities: { allocated: "10" } }],
  });
  const held = anyStock({ onHand: "10", reserved: "10", condition: "held" });
  const applied = applyReallocation([SHORT, rich], proposal, [consent], context);
  const command = { proposalId: "RP-1", events: applied.events };
  return [
    ...refusedIn(applyReallocation([SHORT, DONOR], proposal, [], context)),
    ...refusedIn(applyReallocation([SHORT, DONOR], { ...proposal, quantity: decimal("5") }, [consent], context)),
    ...refusedIn(undoReallocation([SHORT], { proposalId: "RP-1", events: [] }, context)),
    ...refusedIn(undoReallocation([SHORT, rich], command, context)),
    ...refusedIn(undoReallocation([SHORT, rich], { ...command, events: applied.events.slice(1) }, context)),
    ...refusedIn(
      applyReallocation(
        [SHORT, { ...rich, lines: [{ ...rich.lines[0]!, partialAllowed: false }] }],
        proposal,
        [consent],
        context,
      ),
    ),
    ...refusedIn(applyReallocation([SHORT, whole], proposal, [consent], context)),
    ...refusedIn(applyReallocation([SHORT, rich], { ...proposal, together: ["RP-2"] }, [consent], context)),
    ...refusedIn(applyReallocation([SHORT, rich], proposal, [consent], { ...context, stock: held })),
    ...refusedIn(applyReallocations([SHORT], { proposals: [proposal, proposal], consents: [] }, context)),
  ];
}

const CHAI = { itemCode: "CHAI", ratio: rational(1, 3), priority: 1, consentRequired: false };
const ITEMS = new Map([
  ["TEA", anyItem({ substitutes: [CHAI] })],
  ["CHAI", anyItem({ itemCode: "CHAI" })],
]);

/** Refusals of lines and of proposals, of parts, and of money. */
function substitutions(): Issue[] {
  const line = { orderedQty: "9" };
  const order = confirmed({ lines: [line] });
  const facts = { items: ITEMS, stock: anyStock({ itemCode: "CHAI", onHand: "99" }), today };
  const found = proposeSubstitutes(order, { proposalId: "SP", lineId: "SO-1-1" }, facts);
  const [proposal] = found.ok ? found.value.proposals : [];
  if (proposal === undefined) throw new RangeError("Nothing is proposed.");
  const apply = (one: Order, more: Partial<ApplySubstitution> = {}, items = ITEMS): readonly Issue[] =>
    issuesOf(applySubstitution(one, { proposal, reason: "short", ...more }, { ...context, items }));
  const invoice = { invoiceNo: "I-1", issuedOn: today, dueOn: today, charges: decimal("0"), payable: decimal("0") };
  const amount = decimal("999999999999");
  const totals = { gross: amount, allowances: decimal("0"), net: amount, charges: decimal("0"), payable: amount };
  const chai = { group: "A", itemCode: "CHAI", quantity: decimal("1"), consumed: decimal("0") };
  const protection: SupplyRule[] = [
    { ...chai, kind: "cap" },
    { ...chai, kind: "protect", group: "B", quantity: decimal("98") },
  ];
  const grouped = confirmed({ header: { customerClass: "A" }, lines: [line] });
  const guarded = { ...context, items: ITEMS, stock: facts.stock, today, protection };
  const stepped = new Map(ITEMS).set("CHAI", anyItem({ itemCode: "CHAI", quantum: "2" }));
  return [
    ...issuesOf(proposeSubstitutes(order, { proposalId: "SP", lineId: "X" }, facts)),
    ...apply(confirmed({ lines: [{ ...line, giftOf: { promotionId: "P", version: 1, triggers: [] } }] })),
    ...apply(confirmed({ lines: [{ quantities: { allocated: "10" }, transactionCategory: "depositDraw" }] })),
    ...apply(confirmed({ lines: [line], holds: [{ lineId: "SO-1-1", blocks: ["ship"] }] })),
    ...apply(order, { proposal: { ...proposal, quantity: decimal("4") } }),
    ...issuesOf(applySubstitution(grouped, { proposal, reason: "short" }, guarded)),
    ...issuesOf(applySubstitution(order, { proposal, reason: "short" }, { ...guarded, protection: [], stock: [] })),
    ...apply(order, { quantity: decimal("0") }),
    ...apply(order, { quantity: decimal("10") }),
    ...apply(order, { quantity: decimal("1") }),
    ...apply(order, {}, stepped),
    ...apply(confirmed({ lines: [{ ...line, partialAllowed: false }] }), { quantity: decimal("3") }),
    ...apply({ ...order, billing: { ...order.billing, invoices: [invoice] } }),
    ...apply(order, {}, new Map(ITEMS).set("TEA", anyItem())),
    ...apply({ ...order, totals }, { proposal: { ...proposal, unitPrice: decimal("1") } }),
  ];
}

function substitutes(): Issue[] {
  const entry = { ratio: { numerator: "1", denominator: "1" }, priority: 1, consentRequired: true };
  const item = anyItem({
    substitutes: [
      { ...entry, itemCode: "TEA" },
      { ...entry, itemCode: "GONE" },
    ],
  });
  return checkSubstitutes(new Map([["TEA", item]]));
}
