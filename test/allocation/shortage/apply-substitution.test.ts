import { describe, expect, it, test } from "vitest";
import { allocateOrder } from "../../../src/allocation/allocate-order.js";
import { applySubstitution, type ApplySubstitution } from "../../../src/allocation/shortage/apply-substitution.js";
import { mergeIntoNextOrder } from "../../../src/allocation/shortage/merge-into-next-order.js";
import { proposeSubstitutes } from "../../../src/allocation/shortage/propose-substitutes.js";
import { decimal, sum, type Decimal } from "../../../src/core/decimal.js";
import { rational } from "../../../src/core/unit-conversion.js";
import { addToOrder } from "../../../src/exceptions/add-to-order.js";
import { cancelOrder } from "../../../src/exceptions/cancel-order.js";
import type { Consent } from "../../../src/model/consent.js";
import type { Item } from "../../../src/model/item.js";
import { indexMasters } from "../../../src/model/masters.js";
import type { Order } from "../../../src/model/order.js";
import type { SubstituteProposal } from "../../../src/model/substitute-proposal.js";
import { priceOrder } from "../../../src/pricing/price-order.js";
import {
  anyContext,
  anyItem,
  anyOrder,
  anyPriceEntry,
  anyStock,
  checkOutcome,
  deepFreeze,
  type AnyOrder,
  type AnyOrderLine,
} from "../../../src/testing/index.js";
import { by, master, TODAY } from "./substitute-world.js";

const CONTEXT = anyContext();
const ITEMS = master({
  TEA: [by("CHAI", { ratio: rational(3, 2), consentRequired: true, priceRule: { kind: "original" } })],
  CHAI: [],
});
const consent = (more: Partial<Consent> = {}): Consent => ({
  customerCode: "C-100",
  subject: "SP-1",
  agreedBy: "Ms Wu",
  agreedAt: CONTEXT.at,
  reference: "MAIL-7",
  ...more,
});
/** Of ten at 3, six are allocated, one is open and three wait since two dates. */
const SHORT: AnyOrderLine = {
  orderedQty: "10",
  unitPrice: "3",
  quantities: { allocated: "6", open: "1", backfill: "3" },
  shortages: [
    { quantity: "2", since: "2026-02-20T08:00:00.000Z" },
    { quantity: "1", since: "2026-02-10T08:00:00.000Z" },
  ],
};
const orderOf = (line: AnyOrderLine = SHORT, more: AnyOrder = {}): Order =>
  anyOrder({ stage: "confirmed", lines: [line], ...more });
const proposalFor = (order: Order, items: ReadonlyMap<string, Item> = ITEMS): SubstituteProposal => {
  const context = { items, stock: anyStock({ itemCode: "CHAI", onHand: "999" }), today: TODAY };
  const found = proposeSubstitutes(order, { proposalId: "SP", lineId: "SO-1-1" }, context);
  if (!found.ok || found.value.proposals[0] === undefined) throw new Error(JSON.stringify(found));
  return found.value.proposals[0];
};
const apply = (order: Order, command: Partial<ApplySubstitution> = {}, items: ReadonlyMap<string, Item> = ITEMS) =>
  applySubstitution(
    deepFreeze(order),
    deepFreeze({
      proposal: command.proposal ?? proposalFor(order, items),
      reason: "short",
      consents: [consent()],
      ...command,
    }),
    { ...CONTEXT, items },
  );
const applied = (...args: Parameters<typeof apply>) => {
  const result = apply(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  expect(checkOutcome(args[0], result.value)).toEqual([]);
  return result.value;
};
const codes = (...args: Parameters<typeof apply>): string[] => {
  const result = apply(...args);
  return result.ok ? [] : result.issues.map(({ code }) => code);
};
const buckets = (order: Order): string[] =>
  order.lines.map(({ itemCode, quantities: { open, allocated, backfill, cancelled } }) =>
    [itemCode, open, allocated, backfill, cancelled].join(" "),
  );

describe("another item in place of what is short (mission 8.3, 5.9; definition B6)", () => {
  it("rules 2 and 3: gives up open quantity first, then the oldest record, and adds the line that steps in", () => {
    const { order } = applied(orderOf(), { quantity: decimal("2") });
    expect(buckets(order)).toEqual(["TEA 0 6 2 2", "CHAI 3 0 0 0"]);
    expect(order.lines[0]?.shortages.map(({ quantity, since }) => [quantity, since])).toEqual([
      ["2", "2026-02-20T08:00:00.000Z"],
    ]);
    const all = applied(orderOf());
    expect(buckets(all.order)).toEqual(["TEA 0 6 0 4", "CHAI 6 0 0 0"]);
    expect([all.order.status, all.movements]).toEqual(["confirmed", []]);
  });

  it("rule 3: the new line is served on the terms of the line, but for a lot that was named, and knows what it replaces", () => {
    const terms = {
      partialAllowed: false,
      shortagePolicy: "deferWholeOrder",
      shortageOffers: ["substitute", "reallocate"],
      minimumRemainingLifeDays: 30,
      deliveryGroup: "G-1",
      oneLotOnly: true,
    } as const;
    const line: AnyOrderLine = { unitPrice: "3", ...terms, lotNo: "L-1", transactionCategory: "exchange" };
    const [before, after] = applied(orderOf(line)).order.lines;
    expect(before?.quantities).toMatchObject({ open: "0", cancelled: "10" });
    expect(after).toEqual({
      lineId: "SO-1-2",
      lineNo: 2,
      itemCode: "CHAI",
      itemName: "Green tea",
      transactionCategory: "exchange",
      orderedQty: "15",
      uom: "EA",
      unitFactor: rational(1),
      baseUom: "EA",
      unitPrice: "0",
      priceAgreed: true,
      allowance: "0",
      lineAmount: "0",
      substituteFor: { lineId: "SO-1-1", itemCode: "TEA", quantity: "10" },
      quantities: { ...before!.quantities, open: "15", cancelled: "0" },
      reservations: [],
      shortages: [],
      promises: [],
      invoicedQty: "0",
      ...terms,
    });
  });

  it("rules 4 and 6: carries price and totals, asks for prices, tells the customer, and writes the event with its cause", () => {
    const order = orderOf({ ...SHORT, discount: { kind: "amount", amount: "5" } });
    const pricing = {
      ...CONTEXT,
      masters: indexMasters({ prices: [] }),
      policy: { rounding: "halfUp", givenPrice: "honour" },
    } as const;
    const priced = priceOrder(order, pricing);
    if (!priced.ok) throw new Error(JSON.stringify(priced.issues));
    const { order: after, events, requests } = applied(priced.value.order);
    const [, chai] = after.lines;
    // Six at 2 are 12, less 2 of the 5 that were agreed for ten.
    expect([chai?.unitPrice, chai?.discount, chai?.allowance, chai?.lineAmount]).toEqual([
      "2",
      { kind: "amount", amount: "2" },
      "2",
      "10",
    ]);
    expect(after.totals).toEqual({ gross: "42", allowances: "7", net: "35", charges: "0", payable: "35" });
    expect(requests).toEqual([
      { type: "reprice", orderNo: "SO-1", lineIds: ["SO-1-2"] },
      { type: "notify_customer", orderNo: "SO-1", template: "goods_substituted" },
    ]);
    expect(events.map(({ type, customerVisible, step, details }) => [type, customerVisible, step, details])).toEqual([
      [
        "quantity_substituted",
        true,
        6,
        {
          reason: "short",
          proposalId: "SP-1",
          replaced: { lineId: "SO-1-1", itemCode: "TEA", quantity: "4" },
          by: { lineId: "SO-1-2", itemCode: "CHAI", quantity: "6" },
          consent: consent(),
          priceDifference: "0",
        },
      ],
    ]);
    const again = priceOrder(after, pricing);
    expect(again.ok && again.value.order.totals).toEqual(after.totals);
  });

  it("rule 4: a part has its share of the price and of the discount, in the unit that fits it", () => {
    const line: AnyOrderLine = {
      orderedQty: "2",
      uom: "CS",
      unitFactor: { numerator: "12", denominator: "1" },
      unitPrice: "40",
      discount: { kind: "amount", amount: "10" },
    };
    const full = proposalFor(orderOf(line));
    expect([full.orderedQty, full.uom, full.unitPrice, full.discount]).toEqual([
      "3",
      "CS",
      "26.66666666",
      { kind: "amount", amount: "10" },
    ]);
    const part = (quantity: string) => {
      const { order, events } = applied(orderOf(line), { quantity: decimal(quantity) });
      const { orderedQty, uom, unitPrice, discount } = order.lines[1]!;
      const [event] = events;
      const difference = event?.type === "quantity_substituted" ? event.details.priceDifference : "none";
      return [orderedQty, uom, unitPrice, discount?.kind === "amount" ? discount.amount : discount, difference];
    };
    expect(part("16")).toEqual(["2", "CS", "26.66666666", "6.66", "0"]);
    expect(part("2")).toEqual(["0.25", "CS", "26.66666666", "0.83", "0"]);
    // A third of a case cannot be written: one piece is a twelfth of the price, rounded down.
    expect(part("0.1")).toEqual(["0.0125", "CS", "26.66666666", "0.04", "0"]);
    const odd = applied(orderOf({ ...line, discount: { kind: "percent", percent: "10" } }), {
      quantity: decimal("6.666666"),
    });
    expect([odd.order.lines[1]?.uom, odd.order.lines[1]?.unitPrice, odd.order.lines[1]?.discount]).toEqual([
      "EA",
      "2.22222222",
      { kind: "percent", percent: "10" },
    ]);
    const free = applied(orderOf({ ...line, discount: { kind: "amount", amount: "0.01" } }), {
      quantity: decimal("2"),
    });
    expect(free.order.lines[1]).not.toHaveProperty("discount");
  });

  it("rule 4: without a price of its own the new line joins for pricing to find it, unless something is invoiced", () => {
    const items = master({ TEA: [by("CHAI")], CHAI: [] });
    const { order, events } = applied(orderOf(), { consents: [] }, items);
    expect(order.lines[1]).not.toHaveProperty("unitPrice");
    expect(events[0]?.details).not.toHaveProperty("priceDifference");
    const priced = priceOrder(order, {
      ...CONTEXT,
      masters: indexMasters({
        prices: [anyPriceEntry({ itemCode: "TEA" }), anyPriceEntry({ itemCode: "CHAI", unitPrice: "7" })],
      }),
      policy: { rounding: "halfUp", givenPrice: "replace" },
    });
    expect(priced.ok && priced.value.order.lines[1]?.lineAmount).toBe("28");
    const invoice = { invoiceNo: "I-1", issuedOn: TODAY, dueOn: TODAY, charges: decimal("0"), payable: decimal("0") };
    const invoiced = { ...orderOf(), billing: { ...orderOf().billing, invoices: [invoice] } };
    const result = apply(invoiced, { consents: [] }, items);
    expect(result.ok ? [] : result.issues).toEqual([
      { code: "substitute.price_unknown", path: ["proposal", "unitPrice"], params: { itemCode: "CHAI" } },
    ]);
    expect(codes(invoiced)).toEqual([]);
    const sample = orderOf({ ...SHORT, transactionCategory: "sample" });
    expect(codes({ ...sample, billing: invoiced.billing }, { consents: [] }, items)).toEqual([]);
  });

  test.each<[string, readonly Consent[], readonly string[]]>([
    ["nobody has agreed", [], ["consent.missing"]],
    ["the consent has expired", [consent({ expiresAt: CONTEXT.at })], ["consent.expired"]],
    ["another customer has agreed", [consent({ customerCode: "C-9" })], ["consent.missing", "consent.foreign"]],
    ["something else was agreed to", [consent({ subject: "SP-2" })], ["consent.missing", "consent.foreign"]],
    ["a stranger has agreed besides", [consent(), consent({ customerCode: "C-9" })], ["consent.foreign"]],
  ])("rule 1: no consent, no substitute: refuses when %s", (_case, consents, expected) => {
    const result = apply(orderOf(), { consents });
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(expected);
  });

  it("rule 1: where nobody must be asked no consent is needed, one that was given is kept, and a foreign one refused", () => {
    const items = master({ TEA: [by("CHAI")], CHAI: [] });
    const details = (consents: readonly Consent[]) => applied(orderOf(), { consents }, items).events[0]?.details;
    expect(details([])).toEqual({
      reason: "short",
      proposalId: "SP-1",
      replaced: { lineId: "SO-1-1", itemCode: "TEA", quantity: "4" },
      by: { lineId: "SO-1-2", itemCode: "CHAI", quantity: "4" },
    });
    expect(details([consent()])).toMatchObject({ consent: consent() });
    expect(codes(orderOf(), { consents: [consent({ subject: "SO-1" })] }, items)).toEqual(["consent.foreign"]);
    expect(codes(orderOf(), { consents: [consent({ expiresAt: CONTEXT.at })] }, items)).toEqual(["consent.expired"]);
  });

  const good = proposalFor(orderOf());
  test.each<[string, Partial<SubstituteProposal>]>([
    ["of another order", { line: { orderNo: "SO-2", lineId: "SO-1-1" } }],
    ["for another customer", { customerCode: "C-9" }],
    ["with a way that leads nowhere", { way: ["TEA"] }],
    ["of the item itself", { way: ["TEA"], itemCode: "TEA" }],
    [
      "with a ratio of too many digits",
      { ratio: { numerator: decimal("15000000000000"), denominator: decimal("10000000000000") } },
    ],
    ["with a ratio of two negative terms", { ratio: { numerator: decimal("-3"), denominator: decimal("-2") } }],
    ["with a way that begins elsewhere", { way: ["MATE", "CHAI"] }],
    ["with a way that ends elsewhere", { way: ["TEA", "MATE"] }],
    ["with a quantity that is not the ratio's", { quantity: decimal("5"), orderedQty: decimal("5") }],
    ["with another ratio than its quantities", { ratio: rational(2) }],
    [
      "with a ratio of nothing",
      {
        ratio: { numerator: decimal("0"), denominator: decimal("1") },
        quantity: decimal("0"),
        orderedQty: decimal("0"),
      },
    ],
    ["with an unknown unit", { uom: "PAL" }],
    ["with another factor than its unit has", { unitFactor: rational(2), orderedQty: decimal("3") }],
    ["with a factor turned upside down", { uom: "CS", unitFactor: rational(1, 12), orderedQty: decimal("72") }],
    ["with another quantity in its unit", { orderedQty: decimal("7") }],
    ["with a price below zero", { unitPrice: decimal("-1") }],
    ["with a price of too many digits", { unitPrice: decimal("1000000000000") }],
    ["with a discount below zero", { discount: { kind: "percent", percent: decimal("-1") } }],
    ["with a discount in money below zero", { discount: { kind: "amount", amount: decimal("-1") } }],
    [
      "with a quantity of too many digits",
      { replaces: decimal("0.0000004"), quantity: decimal("0.0000006"), orderedQty: decimal("0.0000006") },
    ],
    ["of nothing", { replaces: decimal("0"), quantity: decimal("0"), orderedQty: decimal("0") }],
  ])("rule 1: refuses a proposal %s", (_case, more) => {
    const result = apply(orderOf(), { proposal: { ...good, ...more } });
    expect(result.ok ? [] : result.issues).toEqual([
      { code: "substitute.not_a_proposal", path: ["proposal"], params: { proposalId: "SP-1" } },
    ]);
  });

  test.each<[string, Parameters<typeof apply>, readonly string[]]>([
    ["nothing", [orderOf(), { quantity: decimal("0") }], ["substitute.quantity_not_positive"]],
    [
      "more than was proposed",
      [orderOf(), { quantity: decimal("5") }],
      ["substitute.more_than_proposed", "substitute.more_than_short"],
    ],
    [
      "more than is still short",
      [orderOf({ ...SHORT, quantities: { allocated: "7", open: "3" }, shortages: [] }), { proposal: good }],
      ["substitute.more_than_short"],
    ],
    [
      "what is no longer short",
      [orderOf({ ...SHORT, quantities: { allocated: "10" }, shortages: [] }), { proposal: good }],
      ["substitute.not_short", "substitute.more_than_short"],
    ],
    [
      "a part where the line takes all or nothing",
      [orderOf({ ...SHORT, partialAllowed: false }), { quantity: decimal("2") }],
      ["substitute.all_or_nothing"],
    ],
    ["what has no exact quantity", [orderOf(), { quantity: decimal("0.000001") }], ["substitute.not_exact"]],
    [
      "a gift",
      [orderOf({ ...SHORT, giftOf: { promotionId: "P", version: 1, triggers: [] } }), { proposal: good }],
      ["substitute.gift_line"],
    ],
    [
      "goods of the customer",
      [orderOf({ ...SHORT, transactionCategory: "depositDraw" }), { proposal: good }],
      // What the customer owns costs nothing.
      ["substitute.customer_owned", "substitute.disagrees"],
    ],
    [
      "a line that is not there",
      [orderOf(), { proposal: { ...good, line: { orderNo: "SO-1", lineId: "X" } } }],
      ["substitute.unknown_line"],
    ],
    ["without a reason", [orderOf(), { reason: " " }], ["command.not_a_name"]],
    [
      "on an order that is not confirmed",
      [anyOrder({ lines: [SHORT] }), { proposal: good }],
      ["status.operation_not_allowed"],
    ],
  ])("rules 1 and 2: refuses to replace %s", (_case, args, expected) => {
    expect(codes(...args)).toEqual(expected);
  });

  it("names what was wrong with a quantity, and where it came from", () => {
    const issues = (...args: Parameters<typeof apply>) => {
      const result = apply(...args);
      return result.ok ? [] : result.issues.map(({ path, params }) => [path, params]);
    };
    const lineId = "SO-1-1";
    expect(issues(orderOf(), { quantity: decimal("-1") })).toEqual([[["quantity"], { lineId, quantity: "-1" }]]);
    expect(issues(orderOf(), { quantity: decimal("5") })).toEqual([
      [["quantity"], { quantity: "5", proposed: "4" }],
      [["quantity"], { lineId, quantity: "5", short: "4" }],
    ]);
    const less = orderOf({ ...SHORT, quantities: { allocated: "7", open: "3" }, shortages: [] });
    expect(issues(less, { proposal: good })).toEqual([[["proposal"], { lineId, quantity: "4", short: "3" }]]);
    const whole = orderOf({ ...SHORT, partialAllowed: false });
    expect(issues(whole, { quantity: decimal("2") })).toEqual([[["quantity"], { lineId, quantity: "2", short: "4" }]]);
    expect(issues(orderOf(), { quantity: decimal("0.000001") })).toEqual([
      [["quantity"], { quantity: "0.000001", substitute: "CHAI" }],
    ]);
    const stepped = new Map(ITEMS).set("CHAI", anyItem({ itemCode: "CHAI", quantum: "4", orderMultiple: "5" }));
    expect(issues(orderOf({ ...SHORT, quantum: "4" }), { proposal: good, quantity: decimal("2") }, stepped)).toEqual([
      [["quantity"], { itemCode: "TEA", quantity: "2", multiple: "4" }],
      [["quantity"], { itemCode: "CHAI", quantity: "3", multiple: "4" }],
      [["quantity"], { itemCode: "CHAI", quantity: "3", multiple: "5" }],
    ]);
  });

  it("rules 1 and 2: looks at item master and steps as they are now", () => {
    const stepped = (more: Partial<Item>, line: AnyOrderLine = SHORT) =>
      codes(
        orderOf(line),
        { proposal: good, quantity: decimal("2") },
        new Map(ITEMS).set("CHAI", { ...anyItem({ itemCode: "CHAI" }), ...more }),
      );
    expect(stepped({ quantum: decimal("2") })).toEqual(["substitute.not_a_multiple"]);
    expect(stepped({ orderMultiple: decimal("4") })).toEqual(["substitute.not_a_multiple"]);
    expect(stepped({ quantum: decimal("3"), orderMultiple: decimal("1.5") })).toEqual([]);
    expect(stepped({}, { ...SHORT, quantum: "4" })).toEqual(["substitute.not_a_multiple"]);
    expect(stepped({}, { ...SHORT, quantum: "2" })).toEqual([]);
    expect(codes(orderOf({ ...SHORT, quantum: "3" }), { proposal: good })).toEqual([]);
    const gone = apply(orderOf(), { proposal: good }, new Map([["TEA", ITEMS.get("TEA")!]]));
    expect(gone.ok ? [] : gone.issues).toEqual([
      { code: "substitute.unknown_item", path: ["proposal"], params: { itemCode: "TEA", substitute: "CHAI" } },
    ]);
  });

  it("rule 5: refuses a line on hold whatever it blocks, and minds neither ended holds nor those of other lines", () => {
    const held = (hold: object) =>
      codes(orderOf(SHORT, { lines: [SHORT, {}], holds: [{ holdId: "H-1", ...hold }] }), { proposal: good });
    expect(held({ lineId: "SO-1-1", blocks: ["invoice"] })).toEqual(["substitute.line_on_hold"]);
    const order = orderOf(SHORT, { holds: [{ holdId: "H-1", lineId: "SO-1-1", blocks: ["ship"] }] });
    const result = apply(order, { proposal: good });
    expect(result.ok ? [] : result.issues).toEqual([
      { code: "substitute.line_on_hold", path: ["holds"], params: { lineId: "SO-1-1", holdId: "H-1" } },
    ]);
    expect(held({ lineId: "SO-1-1", blocks: ["ship"], state: "resolved" })).toEqual([]);
    expect(held({ lineId: "SO-1-2", blocks: ["allocate"] })).toEqual([]);
    expect(held({ blocks: ["allocate"] })).toEqual([]);
  });

  it("rule 4: refuses amounts that an order cannot hold", () => {
    const dear = orderOf({ ...SHORT, unitPrice: "99999999999" });
    const totals = {
      gross: decimal("999999999990"),
      allowances: decimal("0"),
      net: decimal("999999999990"),
      charges: decimal("0"),
      payable: decimal("999999999990"),
    };
    const result = apply({ ...dear, totals });
    const refusal = {
      code: "substitute.amount_out_of_range",
      path: ["totals"],
      params: { amount: "1399999999986" },
    };
    expect(result.ok ? [] : result.issues).toEqual([refusal, refusal]);
  });

  it("rule 7: the new line is allocated and cancelled like any other; what it replaced can be ordered again", () => {
    const { order } = applied(orderOf());
    const stock = anyStock({ itemCode: "CHAI", onHand: "999" });
    const policy = {
      priority: [],
      sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
      lots: "fifo",
    } as const;
    const given = allocateOrder(order, stock, { ...CONTEXT, policy, today: TODAY });
    if (!given.ok) throw new Error(JSON.stringify(given.issues));
    expect(buckets(given.value.order)).toEqual(["TEA 0 6 0 4", "CHAI 0 6 0 0"]);
    const back = cancelOrder(given.value.order, { reason: "changed_mind", lines: [{ lineId: "SO-1-2" }] }, CONTEXT);
    if (!back.ok) throw new Error(JSON.stringify(back.issues));
    expect(buckets(back.value.order)).toEqual(["TEA 0 6 0 4", "CHAI 0 0 0 6"]);
    expect(back.value.movements.map(({ kind, quantity }) => [kind, quantity])).toEqual([["release", "6"]]);
    const context = {
      ...CONTEXT,
      masters: indexMasters({}),
      addOn: { pickMinutes: 1 },
      pricing: { rounding: "halfUp" },
    } as const;
    const again = addToOrder(back.value.order, { lines: [{ lineId: "SO-1-1", quantity: decimal("4") }] }, context);
    expect(again.ok && buckets(again.value.order)[0]).toBe("TEA 4 6 0 4");
  });

  it("goes over into the next order with the memory of what it stands in for, by its share (mission 9.17)", () => {
    const { order } = applied(orderOf());
    const next = orderOf({}, { orderNo: "SO-2" });
    const merged = (quantity?: Decimal) => {
      const lines = [{ lineId: "SO-1-2", ...(quantity === undefined ? {} : { quantity }) }];
      const agreedTo = consent({ subject: "SO-1" });
      const outcome = mergeIntoNextOrder(
        order,
        next,
        { reason: "short", price: "keep", lines, consent: agreedTo },
        CONTEXT,
      );
      expect(outcome.refused).toEqual([]);
      const { substituteFor, mergedFrom } = outcome.orders[1]!.lines[1]!;
      return [mergedFrom?.lineId, substituteFor];
    };
    expect(merged()).toEqual(["SO-1-2", { lineId: "SO-1-1", itemCode: "TEA", quantity: "4" }]);
    expect(merged(decimal("3"))).toEqual(["SO-1-2", { lineId: "SO-1-1", itemCode: "TEA", quantity: "2" }]);
    expect(merged(decimal("1"))).toEqual(["SO-1-2", { lineId: "SO-1-1", itemCode: "TEA", quantity: "0.666667" }]);
  });

  it("keeps the identity of every line: what was ordered is in its buckets", () => {
    const { order } = applied(orderOf());
    expect(order.lines.map(({ quantities }) => sum(Object.values(quantities)))).toEqual(["10", "6"]);
  });
});
