import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { ORDER_STATUSES } from "../../src/model/order.js";
import { anyContext, anyOrder, anyStock, given } from "../../src/testing/index.js";
import { granted, whereOf } from "../lifecycle/answers.js";
import { orderIn } from "../lifecycle/order-in.js";
import { SHORTAGE_TARGETS } from "../fulfilment/shortage-targets.js";

const d = decimal;
const context = anyContext();
const shipped = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
const inTransit = anyStock({ onHand: "90", inTransit: "10" });

describe("recordTransitLoss (mission 14.7, 12.4; definition B6)", () => {
  test.each(SHORTAGE_TARGETS)(
    "rule 2: with $policy, lost goods go $bucket",
    ({ policy: shortagePolicy, bucket, mode }) => {
      const order = anyOrder({ stage: "confirmed", lines: [{ shortagePolicy, quantities: { shipped: "10" } }] });
      given(order, inTransit)
        .when((before) =>
          recordTransitLoss(before, { lines: [{ lineId: "SO-1-1", quantity: d("4"), reason: "lost" }] }, context),
        )
        .then({
          quantities: { shipped: "6", [bucket]: "4" },
          requests: ["reprint", "claim_from_carrier", "notify_customer"],
          stock: [["90", "0"]],
        });
      const { order: after } = granted(
        recordTransitLoss(order, { lines: [{ lineId: "SO-1-1", quantity: d("4"), reason: "lost" }] }, context),
      );
      expect(after.lines[0]?.shortages.map(({ cause, reason, mode: when }) => [cause, reason, when])).toEqual(
        mode === undefined ? [] : [["delivery", "lost", mode]],
      );
    },
  );

  it("rule 3: the claim names carrier, item, quantity and reason", () => {
    const lines = [{ lineId: "SO-1-1", quantity: d("10"), reason: "stolen" }];
    const { requests, events } = granted(recordTransitLoss(shipped, { carrier: "NORTHWAY", lines }, context));
    expect(requests[1]).toEqual({
      type: "claim_from_carrier",
      orderNo: "SO-1",
      carrier: "NORTHWAY",
      lines: [{ lineId: "SO-1-1", itemCode: "TEA", quantity: "10", reason: "stolen" }],
    });
    expect(events[0]?.details).toEqual({
      carrier: "NORTHWAY",
      discrepancies: [{ lineId: "SO-1-1", expected: "10", actual: "0", reason: "stolen" }],
    });
  });

  it("rule 1: what is lost leaves the places first that were reserved first", () => {
    const reservations = ["B-2", "A-1"].map((binId) => ({ warehouseId: "NORTH", binId, quantities: { shipped: "5" } }));
    const order = anyOrder({ stage: "confirmed", lines: [{ reservations }] });
    const lines = [{ lineId: "SO-1-1", quantity: d("6"), reason: "lost" }];
    const { movements } = granted(recordTransitLoss(order, { lines }, context));
    expect(movements.map(({ kind, binId, quantity }) => [kind, binId, quantity])).toEqual([
      ["lose", "B-2", "5"],
      ["lose", "A-1", "1"],
    ]);
  });

  it("rule 1: tells of everything that is wrong at once", () => {
    const lost = (lineId: string, quantity: string, reason = "lost") => ({ lineId, quantity: d(quantity), reason });
    const lines = [lost("SO-1-1", "10.1"), lost("SO-1-1", "0", ""), lost("X", "1")];
    expect(whereOf(recordTransitLoss(shipped, { carrier: "", lines }, context))).toEqual([
      "command.not_a_name at carrier",
      "loss.more_than_shipped at lines.0",
      "command.not_a_name at lines.1.reason",
      "loss.listed_twice at lines.1",
      "loss.quantity_not_positive at lines.1",
      "loss.unknown_line at lines.2",
    ]);
    expect(whereOf(recordTransitLoss(shipped, { lines: [] }, context))).toEqual(["loss.no_lines at lines"]);
  });
});

describe("the exceptions on ended orders and others that they do not fit (mission 14.1–14.7, 11.3)", () => {
  const MAY: Readonly<Record<string, readonly string[]>> = {
    loss: ["shipped"],
    wrong: ["shipped"],
  };
  test.each(ORDER_STATUSES)("an order that is %s", (status) => {
    const order = orderIn(status);
    const wrong = { itemCode: "COFFEE", source: { warehouseId: "NORTH" }, quantity: d("1"), goods: "putBack" as const };
    const found = {
      foundAt: "delivery" as const,
      lineId: "SO-1-1",
      source: { warehouseId: "NORTH" },
      quantity: d("1"),
      reason: "x",
      wrong,
    };
    const answers = {
      loss: recordTransitLoss(order, { lines: [{ lineId: "SO-1-1", quantity: d("1"), reason: "x" }] }, context).ok,
      wrong: recordWrongItem(order, found, { ...context, stock: [] }).ok,
    };
    for (const [name, isGranted] of Object.entries(answers))
      expect([name, isGranted]).toEqual([name, MAY[name]?.includes(status)]);
  });
});
