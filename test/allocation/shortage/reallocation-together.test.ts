import { describe, expect, it } from "vitest";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import { applyReallocations } from "../../../src/allocation/shortage/apply-reallocations.js";
import { proposeReallocation } from "../../../src/allocation/shortage/propose-reallocation.js";
import type { Order } from "../../../src/model/order.js";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import type { ReallocationPolicy } from "../../../src/allocation/shortage/reallocation-proposal.js";
import { decimal } from "../../../src/core/decimal.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import { anyOrder, anyStock, type AnyOrder, type AnyOrderLine } from "../../../src/testing/index.js";
import { allConsents, CONTEXT, POLICY, TODAY } from "./reallocation-world.js";

const order = (orderNo: string, lines: AnyOrderLine[], header: AnyOrder["header"] = {}): Order =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerCode: `C-${orderNo}`, customerClass: orderNo === "SO-1" ? "A" : "B", ...header },
    lines,
  });
type Parts = NonNullable<AnyOrderLine["quantities"]>;
const lineOf = (itemCode: string, quantities: Parts, more: AnyOrderLine): AnyOrderLine => {
  const orderedQty = String(Object.values(quantities).reduce((total, part) => total + Number(part), 0));
  return { itemCode, orderedQty, quantities, ...more };
};
const tea = (quantities: Parts, more: AnyOrderLine = {}): AnyOrderLine => lineOf("TEA", quantities, more);
const salt = (quantities: Parts, more: AnyOrderLine = {}): AnyOrderLine => lineOf("SALT", quantities, more);
const WHOLE = { shipComplete: true };
const GROUP = { deliveryGroup: "G" };
const short = order("SO-1", [tea({ backfill: "4" })]);
const stock = anyStock({ itemCode: "TEA", onHand: "50", reserved: "50" });

const propose = (orders: readonly Order[], lineId = "SO-1-1") =>
  proposeReallocation(orders, { proposalId: "RP", orderNo: "SO-1", lineId }, { policy: POLICY, stock, today: TODAY });

// Mission 9.14, 9.16, 8.7; definition B6.
describe("whoever comes together with others gives nothing that keeps them back (rule 1)", () => {
  it.each<[name: string, donor: Order, answer: string]>([
    ["a complete order", order("SO-2", [tea({ allocated: "10" }), salt({ allocated: "5" })], WHOLE), "comes_together"],
    [
      "one whose other line is picked",
      order("SO-2", [tea({ allocated: "10" }), salt({ picked: "5" })], WHOLE),
      "comes_together",
    ],
    [
      "one that waits for something anyway",
      order("SO-2", [tea({ allocated: "10" }), salt({ backfill: "5" })], WHOLE),
      "4",
    ],
    [
      "one that waits for the same goods",
      order("SO-2", [tea({ allocated: "7", open: "3" }), salt({ allocated: "5" })], WHOLE),
      "4",
    ],
    [
      "one line of a complete order, more than is wanted",
      order("SO-2", [tea({ allocated: "10" })], WHOLE),
      "all_or_nothing",
    ],
    ["one line of a complete order, as much as is wanted", order("SO-2", [tea({ allocated: "4" })], WHOLE), "4"],
    [
      "the last that is left of a complete order",
      order("SO-2", [tea({ allocated: "4" }), salt({ delivered: "5" })], WHOLE),
      "4",
    ],
    [
      "one whose other line was cancelled",
      order("SO-2", [tea({ allocated: "4" }), salt({ cancelled: "5" })], WHOLE),
      "4",
    ],
    [
      "a complete delivery group",
      order("SO-2", [tea({ allocated: "10" }, GROUP), salt({ allocated: "5" }, GROUP)]),
      "comes_together",
    ],
    [
      "a group that waits for something",
      order("SO-2", [tea({ allocated: "10" }, GROUP), salt({ open: "5" }, GROUP)]),
      "4",
    ],
    [
      "a complete group beside a line that waits",
      order("SO-2", [tea({ allocated: "10" }, GROUP), salt({ allocated: "5" }, GROUP), salt({ open: "5" })]),
      "comes_together",
    ],
    ["a line beside a group", order("SO-2", [tea({ allocated: "10" }), salt({ allocated: "5" }, GROUP)]), "4"],
    ["an order that comes in parts", order("SO-2", [tea({ allocated: "10" }), salt({ allocated: "5" })]), "4"],
  ])("%s", (_name, donor, answer) => {
    const found = propose([short, donor]);
    if (found.ok) expect(found.value.quantity).toBe(answer);
    else {
      const willing = order("SO-3", [tea({ allocated: "1" })]);
      const asked = propose([short, donor, willing]);
      expect(asked.ok && asked.value.notAsked).toEqual([{ orderNo: "SO-2", lineId: "SO-2-1", code: answer }]);
    }
  });

  it("and is asked line by line of the same item for its own unit alone", () => {
    const donor = order("SO-2", [
      tea({ allocated: "3" }, { deliveryGroup: "G" }),
      salt({ allocated: "5" }, { deliveryGroup: "G" }),
      tea({ allocated: "2" }),
    ]);
    const found = propose([short, donor]);
    expect(found.ok && found.value.transfers.map(({ victim, quantity }) => [victim.lineId, quantity])).toEqual([
      ["SO-2-3", "2"],
    ]);
  });

  it("nor when it has become complete since it was asked (rule 2 of the transfer)", () => {
    const waiting = order("SO-2", [tea({ allocated: "10" }), salt({ backfill: "5" })], WHOLE);
    const complete = order("SO-2", [tea({ allocated: "10" }), salt({ allocated: "5" })], WHOLE);
    const found = propose([short, waiting]);
    if (!found.ok) throw new Error("no proposal");
    const consents = allConsents(found.value);
    expect(applyReallocation([short, complete], found.value, consents, CONTEXT).refused[0]?.issues).toEqual([
      {
        code: "reallocate.comes_together",
        path: ["transfers", 0],
        params: { orderNo: "SO-2", lineId: "SO-2-1" },
      },
    ]);
    const { refused, orders } = applyReallocation([short, waiting], found.value, consents, CONTEXT);
    expect(refused).toEqual([]);
    expect(orders[1]!.lines[0]!.quantities).toMatchObject({ allocated: "6", backfill: "4" });
  });

  it("and one line of a complete order gives all that it holds when it comes to it", () => {
    const alone = order("SO-2", [tea({ allocated: "4" })], WHOLE);
    const found = propose([short, alone]);
    if (!found.ok) throw new Error("no proposal");
    const grown = order("SO-2", [tea({ allocated: "6" })], WHOLE);
    const { refused } = applyReallocation([short, grown], found.value, allConsents(found.value), CONTEXT);
    expect(refused[0]?.issues.map(({ code }) => code)).toEqual(["reallocate.all_or_nothing"]);
  });
});

describe("a short line that comes together with others gets all that it lacks or no proposal (rule 4)", () => {
  const donor = order("SO-2", [tea({ allocated: "3" })]);
  it.each<[name: string, winner: Order, answer: string]>([
    [
      "of an order shipped complete",
      order("SO-1", [tea({ open: "4" }), salt({ open: "5" })], WHOLE),
      "reallocate.not_enough",
    ],
    [
      "of a delivery group",
      order("SO-1", [tea({ open: "4" }, GROUP), salt({ open: "5" }, GROUP)]),
      "reallocate.not_enough",
    ],
    [
      "that takes all or nothing",
      order("SO-1", [tea({ open: "4" }, { partialAllowed: false })]),
      "reallocate.not_enough",
    ],
    ["of an order shipped complete, when there is enough", order("SO-1", [tea({ open: "3" })], WHOLE), "3"],
    ["that comes in parts", order("SO-1", [tea({ open: "4" })]), "3"],
  ])("%s", (_name, winner, answer) => {
    const found = propose([winner, donor]);
    expect(found.ok ? found.value.quantity : found.issues[0]!.code).toBe(answer);
  });
});

describe("nobody is asked for what lies free for a line that comes in full or together with others (rule 4)", () => {
  const stockWith = (onHand: string, more: object = {}) =>
    anyStock({ itemCode: "TEA", onHand, reserved: "20", ...more }, { itemCode: "SALT", onHand: "20", reserved: "20" });
  const holder = order("SO-2", [tea({ allocated: "20" }), salt({ allocated: "20" })]);
  const ask = (winner: Order, onHand: string, policy: Partial<ReallocationPolicy> = {}, line = 1, quantity?: string) =>
    proposeReallocation(
      [winner, holder],
      {
        proposalId: "RP",
        orderNo: "SO-1",
        lineId: `SO-1-${line}`,
        ...(quantity === undefined ? {} : { quantity: decimal(quantity) }),
      },
      { policy: { ...POLICY, ...policy }, stock: stockWith(onHand), today: TODAY },
    );
  const whole = order("SO-1", [tea({ open: "10" }), salt({ open: "5" })], WHOLE);
  const firm = order("SO-1", [tea({ open: "10" }, { partialAllowed: false })]);
  const limited = {
    kind: "chosen" as const,
    strategy: { kind: "fewestSplits" as const },
    limits: [{ kind: "maxWarehouses" as const, strength: "hard" as const, count: 1 }],
    steps: 10,
    areas: [],
    otherwise: [{ warehouseId: "NORTH" }],
  };
  const rule = { kind: "protect" as const, group: "Z", itemCode: "TEA", quantity: decimal("0") };

  it.each<[name: string, answer: ReturnType<typeof ask>, says: readonly [string, string?]]>([
    ["all of it is there", ask(whole, "30"), ["reallocate.stock_is_there"]],
    ["more is there", ask(firm, "99"), ["reallocate.stock_is_there"]],
    ["a part is there", ask(whole, "26"), ["4", "0"]],
    ["a part is there, all or nothing", ask(firm, "26"), ["4", "0"]],
    ["nothing is there", ask(whole, "20"), ["10", "0"]],
    ["the other line, of which nothing is there", ask(whole, "30", {}, 2), ["5", "0"]],
    [
      "it comes in parts: what it left lying is not for it",
      ask(order("SO-1", [tea({ open: "10" })]), "26"),
      ["10", "0"],
    ],
    ["it must come from one lot", ask(whole, "26", { oneLotPerLine: true }), ["10", "0"]],
    ["limits may stand between it and the goods", ask(whole, "26", { sourcing: limited }), ["10", "0"]],
    ["rules of groups may", ask(whole, "26", { protection: [rule] }), ["10", "0"]],
    [
      "an earlier line of its order wants the same",
      ask(order("SO-1", [tea({ open: "4" }), tea({ open: "5" })], WHOLE), "26", {}, 2),
      ["3", "0"],
    ],
    ["more is named than is lacking", ask(whole, "26", {}, 1, "9"), ["4", "0"]],
    ["less is named than is lacking", ask(whole, "26", {}, 1, "3"), ["reallocate.not_enough"]],
  ])("%s", (_name, answer, says) => {
    expect(answer.ok ? [answer.value.quantity, answer.value.stillShort] : [answer.issues[0]!.code]).toEqual(says);
  });

  it("does not count goods that the line may not use", () => {
    const facts = { policy: POLICY, stock: stockWith("26", { condition: "held" }), today: TODAY };
    const stock = [...facts.stock, ...anyStock({ itemCode: "TEA", warehouseId: "FAR", onHand: "50" })];
    const command = { proposalId: "RP", orderNo: "SO-1", lineId: "SO-1-2" };
    const found = proposeReallocation([whole, holder], command, { ...facts, stock });
    expect(found.ok && found.value.quantity).toBe("5");
    const tea = proposeReallocation([whole, holder], { ...command, lineId: "SO-1-1" }, { ...facts, stock });
    expect(tea.ok ? [] : tea.issues.map(({ code }) => code)).toEqual(["reallocate.no_donor"]);
  });

  it("law: carried out, and allocated again, the order is complete", () => {
    const stock = stockWith("26");
    const found = [1, 2]
      .map((line) => ask(whole, "26", {}, line))
      .flatMap((result, place) => (result.ok ? [{ ...result.value, proposalId: `RP-${place}` }] : []));
    const command = { proposals: found, consents: found.flatMap(allConsents) };
    const done = applyReallocations([whole, holder], command, { ...CONTEXT, stock });
    expect(done.refused).toEqual([]);
    const [orders, now] = [done.orders, applyMovements(stock, done.movements)];
    const policy = { priority: POLICY.priority, sourcing: POLICY.sourcing, lots: "fifo" as const };
    const served = allocateBatch(orders, now, { ...CONTEXT, policy, today: TODAY });
    expect(served.orders.map(({ lines }) => lines.map(({ quantities }) => quantities.allocated))).toEqual([
      ["10", "5"],
      ["16", "15"],
    ]);
  });
});
