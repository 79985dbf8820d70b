import { describe, expect, it, test } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import { applySubstitution } from "../../../src/allocation/shortage/apply-substitution.js";
import { decideShortages, type DecideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import type { DecideShortagesContext } from "../../../src/allocation/shortage/decide-shortages-context.js";
import { decimal } from "../../../src/core/decimal.js";
import { rational } from "../../../src/core/unit-conversion.js";
import type { ShortageOffer, ShortagePolicy } from "../../../src/model/customer.js";
import type { Item } from "../../../src/model/item.js";
import type { Hold, Order } from "../../../src/model/order.js";
import {
  anyOrder,
  anyStock,
  checkBatchOutcome,
  deepFreeze,
  type AnyOrder,
  type AnyOrderLine,
} from "../../../src/testing/index.js";
import { CONTEXT, POLICY, TODAY } from "./reallocation-world.js";
import { by, master } from "./substitute-world.js";

const order = (orderNo: string, hour: string, line: AnyOrderLine, more: AnyOrder = {}): Order =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerClass: "B", receivedAt: `2026-03-02T${hour}:00:00.000Z` },
    lines: [line],
    ...more,
  });
const short = (
  shortagePolicy: ShortagePolicy,
  shortageOffers: readonly ShortageOffer[] = ["substitute"],
  more: AnyOrderLine = {},
): AnyOrderLine => ({ quantities: { open: "4", allocated: "6" }, shortagePolicy, shortageOffers, ...more });
const HOLD: Hold = {
  holdId: "H-1",
  type: "quality",
  blocks: ["pick"],
  reason: "to be looked at",
  placedAt: CONTEXT.at,
  state: "active",
};
const FREELY = master({ TEA: [by("CHAI"), by("MATE", { priority: 2 })], CHAI: [], MATE: [] });
const ASKING = master({
  TEA: [by("CHAI", { consentRequired: true }), by("MATE", { priority: 2 })],
  CHAI: [],
  MATE: [],
});

const decide = (
  orders: readonly Order[],
  onHand: Readonly<Record<string, string>>,
  items: ReadonlyMap<string, Item>,
  command: Partial<DecideShortages> = {},
  more: Partial<DecideShortagesContext> = {},
) => {
  const tea = orders.flatMap(({ lines }) => lines).some(({ quantities }) => quantities.allocated !== "0");
  const stock = anyStock(
    ...(tea ? [{ itemCode: "TEA", onHand: "100", reserved: "100" }] : []),
    ...Object.entries(onHand).map(([itemCode, quantity]) => ({ itemCode, onHand: quantity })),
  );
  const context = { ...CONTEXT, policy: POLICY, stock, today: TODAY, items, ...more };
  const outcome = decideShortages(
    deepFreeze([...orders]),
    { runId: "R", reason: "short", price: "keep", ...command },
    context,
  );
  expect(checkBatchOutcome(orders, outcome)).toEqual([]);
  return outcome;
};
const told = ({ decisions }: ReturnType<typeof decide>) =>
  decisions.map(({ lineId, code, substituted }) => `${lineId} ${code} ${substituted ?? "-"}`);
const linesOf = ({ orders }: ReturnType<typeof decide>) =>
  orders.map(({ lines }) =>
    lines.map(({ itemCode, quantities: { open, allocated, deferred, merged, cancelled } }) =>
      [itemCode, open, allocated, deferred, merged, cancelled].join(" "),
    ),
  );

describe("another item before the policy is followed (mission 8.3, 9.15, 9.16, 9.17; definition B6)", () => {
  test.each<[ShortagePolicy, string, string, readonly string[]]>([
    // item open allocated deferred merged cancelled
    ["cancelRemainder", "4", "substituted 4", ["TEA 0 6 0 0 4", "CHAI 4 0 0 0 0"]],
    ["deferWholeOrder", "4", "substituted 4", ["TEA 0 6 0 0 4", "CHAI 4 0 0 0 0"]],
    ["mergeIntoNextOrder", "9", "substituted 4", ["TEA 0 6 0 0 4", "CHAI 4 0 0 0 0"]],
    ["cancelRemainder", "3", "cancelled 3", ["TEA 0 6 0 0 4", "CHAI 3 0 0 0 0"]],
    ["leaveOpen", "3", "stays 3", ["TEA 1 6 0 0 3", "CHAI 3 0 0 0 0"]],
    ["deferWholeOrder", "3", "deferred 3", ["TEA 0 0 7 0 3", "CHAI 0 0 3 0 0"]],
    ["mergeIntoNextOrder", "3", "deferred_until_next_order 3", ["TEA 0 0 7 0 3", "CHAI 0 0 3 0 0"]],
    ["deferWholeOrder", "0", "deferred -", ["TEA 0 0 10 0 0"]],
  ])("rules 2 to 4: %s with %s of the substitute: %s", (policy, onHand, code, lines) => {
    const outcome = decide([order("SO-1", "08", short(policy))], { CHAI: onHand }, FREELY);
    expect([told(outcome), linesOf(outcome)]).toEqual([[`SO-1-1 ${code}`], [lines]]);
    const tried = outcome.decisions[0]?.tried;
    expect(tried).toEqual(code.startsWith("substituted") ? [] : [{ offer: "substitute", code: "none_offered" }]);
  });

  it("rule 2: puts nothing in place of goods that lie free for a line that comes together with others (mission 9.16)", () => {
    const waits = short("leaveOpen", ["substitute"], { orderedQty: "4", quantities: { open: "4" } });
    const salt = { itemCode: "SALT", orderedQty: "5" };
    const whole = (header: NonNullable<AnyOrder["header"]>) =>
      order("SO-1", "08", waits, { header, lines: [waits, salt] });
    const free = decide([whole({ shipComplete: true })], { CHAI: "9", TEA: "4" }, FREELY);
    expect(told(free)).toEqual(["SO-1-1 stays -", "SO-1-2 stays -"]);
    expect(free.decisions[0]?.tried).toEqual([{ offer: "substitute", code: "stock_is_there" }]);
    const part = decide([whole({ shipComplete: true })], { CHAI: "9", TEA: "3" }, FREELY);
    expect(told(part)).toEqual(["SO-1-1 substituted 4", "SO-1-2 stays -"]);
    // A line that comes in parts has had what there is for it.
    const inParts = decide([whole({})], { CHAI: "9", TEA: "4" }, FREELY);
    expect(told(inParts)).toEqual(["SO-1-1 substituted 4", "SO-1-2 stays -"]);
  });

  it("rule 2: replaces back-fill too, by several items one after another, with ids of their own", () => {
    const waiting = short("backfillOnArrival", ["substitute"], {
      quantities: { open: "3", backfill: "3", allocated: "4" },
    });
    const outcome = decide([order("SO-1", "08", waiting)], { CHAI: "2", MATE: "4" }, FREELY);
    expect(linesOf(outcome)).toEqual([["TEA 0 4 0 0 6", "CHAI 2 0 0 0 0", "MATE 4 0 0 0 0"]].map((lines) => lines));
    const ids = outcome.events.map((event) =>
      event.type === "quantity_substituted" ? event.details.proposalId : event.type,
    );
    expect(ids).toEqual(["R-SO-1-1-S-1", "R-SO-1-1-S-2"]);
    expect(told(outcome)).toEqual(["SO-1-1 substituted 6"]);
  });

  it("rule 2: the earlier order has the substitute first, whatever the order in which they are listed", () => {
    const orders = [order("SO-2", "09", short("leaveOpen")), order("SO-1", "08", short("leaveOpen"))];
    const outcome = decide(orders, { CHAI: "6" }, master({ TEA: [by("CHAI")], CHAI: [] }));
    expect(told(outcome)).toEqual(["SO-1-1 substituted 4", "SO-2-1 stays 2"]);
    expect(outcome.events.map(({ orderNo }) => orderNo)).toEqual(["SO-1", "SO-2"]);
    expect(outcome.requests.map(({ type }) => type)).toEqual([
      "reprice",
      "notify_customer",
      "reprice",
      "notify_customer",
    ]);
    const none = decide(orders, { CHAI: "4" }, master({ TEA: [by("CHAI")], CHAI: [] }));
    expect(told(none)).toEqual(["SO-1-1 substituted 4", "SO-2-1 stays -"]);
  });

  it("rule 2: where consent is needed, all that could step in is proposed and the whole order waits", () => {
    const waits = order("SO-1", "08", short("deferWholeOrder"), {
      lines: [short("deferWholeOrder"), short("cancelRemainder", [])],
    });
    const outcome = decide([waits], { CHAI: "9", MATE: "3" }, ASKING);
    expect([told(outcome), outcome.orders, outcome.events]).toEqual([
      ["SO-1-1 proposed -", "SO-1-2 order_awaits_answer -"],
      [waits],
      [],
    ]);
    expect(outcome.substitutions.map(({ proposalId, itemCode, replaces }) => [proposalId, itemCode, replaces])).toEqual(
      [
        ["R-SO-1-1-S-1", "CHAI", "4"],
        ["R-SO-1-1-S-2", "MATE", "3"],
      ],
    );
    expect(outcome.decisions[0]?.proposalId).toBe("R-SO-1-1-S-1");

    const consent = {
      customerCode: "C-100",
      subject: "R-SO-1-1-S-1",
      agreedBy: "Lee",
      agreedAt: CONTEXT.at,
      reference: "M-1",
    };
    const command = { proposal: outcome.substitutions[0]!, reason: "short", consents: [consent] };
    const done = applySubstitution(outcome.orders[0]!, command, { ...CONTEXT, items: ASKING });
    expect(done.ok && done.value.order.lines.map(({ quantities }) => quantities.open)).toEqual(["0", "4", "4"]);
  });

  it("rule 2: what was turned down is not offered again, and the next offer is tried", () => {
    const donor = order(
      "SO-9",
      "09",
      { quantities: { allocated: "10" } },
      { header: { customerClass: "C", customerCode: "C-9" } },
    );
    const orders = [order("SO-1", "08", short("cancelRemainder", ["substitute", "reallocate"])), donor];
    const asked = (turnedDown: readonly ShortageOffer[]) => {
      const outcome = decide(orders, { CHAI: "9" }, ASKING, {
        turnedDown: turnedDown.map((offer) => ({ lineId: "SO-1-1", offer })),
      });
      const { code, proposalId, tried } = outcome.decisions[0]!;
      return [code, proposalId, tried.map((one) => `${one.offer} ${one.code}`)];
    };
    expect(asked([])).toEqual(["proposed", "R-SO-1-1-S-1", []]);
    expect(asked(["substitute"])).toEqual(["proposed", "R-SO-1-1", ["substitute turned_down"]]);
    expect(asked(["reallocate"])).toEqual(["proposed", "R-SO-1-1-S-1", []]);
    expect(asked(["substitute", "reallocate"])).toEqual([
      "cancelled",
      undefined,
      ["substitute turned_down", "reallocate turned_down"],
    ]);
  });

  it("rule 2: asks others for what is still short once the substitute is there, and only for that", () => {
    const donor = order(
      "SO-9",
      "09",
      { quantities: { allocated: "10" } },
      { header: { customerClass: "C", customerCode: "C-9" } },
    );
    const asking = (offers: readonly ShortageOffer[]) =>
      decide([order("SO-1", "08", short("cancelRemainder", offers)), donor], { CHAI: "3" }, FREELY);
    const outcome = asking(["substitute", "reallocate"]);
    expect([told(outcome), outcome.reallocations.map(({ quantity }) => quantity)]).toEqual([
      ["SO-1-1 proposed 3"],
      ["1"],
    ]);
    const other = asking(["reallocate", "substitute"]);
    expect([told(other), other.reallocations.map(({ quantity }) => quantity), other.events]).toEqual([
      ["SO-1-1 proposed -"],
      ["4"],
      [],
    ]);
  });

  it("rule 2: of two lines of one order each has what the other has left", () => {
    const both = order("SO-1", "08", {}, { lines: [short("leaveOpen"), short("leaveOpen")] });
    const outcome = decide([both], { CHAI: "6" }, master({ TEA: [by("CHAI")], CHAI: [] }));
    expect(told(outcome)).toEqual(["SO-1-1 substituted 4", "SO-1-2 stays 2"]);
    expect(linesOf(outcome)[0]).toEqual(["TEA 0 6 0 0 4", "TEA 2 6 0 0 2", "CHAI 4 0 0 0 0", "CHAI 2 0 0 0 0"]);
  });

  test.each<[string, AnyOrder, Partial<DecideShortagesContext>, string]>([
    ["nobody says which items there are", {}, { items: undefined as never }, "no_item_master"],
    [
      "the line is on hold for something else",
      { holds: [{ lineId: "SO-1-1", blocks: ["ship"] }] },
      {},
      "substitute.line_on_hold",
    ],
    [
      "the line is a gift",
      { lines: [short("leaveOpen", ["substitute"], { giftOf: { promotionId: "P", version: 1, triggers: [] } })] },
      {},
      "substitute.gift_line",
    ],
  ])("rule 2: says why nothing was offered when %s", (_case, more, context, code) => {
    const outcome = decide([order("SO-1", "08", short("leaveOpen"), more)], { CHAI: "9" }, FREELY, {}, context);
    expect(outcome.decisions.map(({ code: what, tried }) => [what, tried])).toEqual([
      ["stays", [{ offer: "substitute", code }]],
    ]);
  });

  it("rule 2: says what kept a substitute that needs no consent from being put in", () => {
    const invoice = { invoiceNo: "I-1", issuedOn: TODAY, dueOn: TODAY, charges: decimal("0"), payable: decimal("0") };
    const one = order("SO-1", "08", short("leaveOpen"));
    const invoiced = { ...one, billing: { ...one.billing, invoices: [invoice] } };
    const outcome = decide([invoiced], { CHAI: "9" }, FREELY);
    expect(outcome.decisions[0]).toMatchObject({
      code: "stays",
      tried: [{ offer: "substitute", code: "substitute.price_unknown" }],
    });
    expect(told(decide([invoiced], { CHAI: "9" }, FREELY, {}, { unitPriceOf: () => decimal("2") }))).toEqual([
      "SO-1-1 substituted 4",
    ]);
  });

  it.each<[code: string, line: AnyOrderLine, more?: AnyOrder]>([
    ["gift_line", { giftOf: { promotionId: "P-1", version: 1, triggers: [] } }],
    ["customer_owned", { transactionCategory: "depositDraw", quantities: { open: "10" } }],
    ["line_on_hold", {}, { holds: [{ ...HOLD, lineId: "SO-1-1" }] }],
  ])("rule 2: proposes no other item either for a line that cannot be replaced: %s", (code, line, more = {}) => {
    const one = order("SO-1", "08", short("leaveOpen", ["substitute"], line), more);
    for (const items of [FREELY, ASKING]) {
      const outcome = decide([one], { CHAI: "9" }, items);
      expect([outcome.substitutions, outcome.events]).toEqual([[], []]);
      expect(outcome.decisions[0]!.tried).toEqual([{ offer: "substitute", code: `substitute.${code}` }]);
    }
  });

  it("rule 3: goes over into the next order with what stepped in, and the next one keeps what stepped in there", () => {
    const orders = [order("SO-1", "08", short("mergeIntoNextOrder")), order("SO-2", "09", short("leaveOpen"))];
    const outcome = decide(orders, { CHAI: "6" }, master({ TEA: [by("CHAI", { ratio: rational(2) })], CHAI: [] }));
    expect(told(outcome)).toEqual(["SO-1-1 merged 3", "SO-2-1 stays -"]);
    const second = decide(orders, { CHAI: "9" }, master({ TEA: [by("CHAI", { ratio: rational(1) })], CHAI: [] }));
    expect(told(second)).toEqual(["SO-1-1 substituted 4", "SO-2-1 substituted 4"]);
    const third = decide(
      [order("SO-1", "08", short("mergeIntoNextOrder")), orders[1]!],
      { CHAI: "3", MATE: "0" },
      FREELY,
    );
    expect(linesOf(third)).toEqual([
      ["TEA 0 0 0 7 3", "CHAI 0 0 0 3 0"],
      ["TEA 4 6 0 0 0", "TEA 7 0 0 0 0", "CHAI 3 0 0 0 0"],
    ]);
    const joined = third.orders[1]!.lines.at(-1)!;
    expect([joined.mergedFrom?.lineId, joined.substituteFor]).toEqual([
      "SO-1-2",
      { lineId: "SO-1-1", itemCode: "TEA", quantity: "3" },
    ]);
  });

  it("rule 5: an order that cannot follow its policy has nothing replaced either", () => {
    const lines = [short("deferWholeOrder"), { orderedQty: "1", quantities: { shipped: "1" } }];
    const away = order("SO-1", "08", {}, { lines });
    const later = order("SO-2", "09", short("leaveOpen"));
    const outcome = decide([away, later], { CHAI: "5" }, master({ TEA: [by("CHAI")], CHAI: [] }));
    // The earlier order had four of five put aside and was satisfied: nothing is left to defer.
    expect(told(outcome)).toEqual(["SO-1-1 substituted 4", "SO-2-1 stays 1"]);
    const short3 = decide([away, later], { CHAI: "3" }, master({ TEA: [by("CHAI")], CHAI: [] }));
    expect([told(short3), short3.orders, short3.events]).toEqual([
      ["SO-1-1 refused -", "SO-2-1 stays -"],
      [away, later],
      [],
    ]);
    expect(short3.refused.map(({ orderNo, issues }) => [orderNo, issues[0]?.code])).toEqual([
      ["SO-1", "defer.under_way"],
    ]);
  });

  it("an allocation keeps open what offers another item, and the one after serves what stepped in", () => {
    const fresh = order("SO-1", "08", {
      orderedQty: "10",
      shortagePolicy: "cancelRemainder",
      shortageOffers: ["substitute"],
    });
    const stock = anyStock({ itemCode: "TEA", onHand: "6" }, { itemCode: "CHAI", onHand: "9" });
    const allocation = {
      ...CONTEXT,
      policy: { priority: [], sourcing: POLICY.sourcing, lots: "fifo" } as const,
      today: TODAY,
    };
    const given = allocateBatch([fresh], stock, allocation);
    const outcome = decide(given.orders, { CHAI: "9" }, FREELY);
    const again = allocateBatch(outcome.orders, stock, allocation);
    expect(again.orders[0]?.lines.map(({ quantities: { allocated, cancelled } }) => [allocated, cancelled])).toEqual([
      ["6", "4"],
      ["4", "0"],
    ]);
  });
});
