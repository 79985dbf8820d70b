import { describe, expect, it } from "vitest";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import type { Bucket } from "../../src/model/bucket.js";
import type { Result } from "../../src/core/result.js";
import type { Order } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import { orderFiles } from "../../src/reports/order-files.js";
import { shortageList } from "../../src/reports/shortage-list.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";
import { granted } from "../lifecycle/answers.js";

const d = decimal;
const at = (hour: number) => anyContext({ at: `2026-03-02T0${hour}:00:00.000Z` });
const source = { warehouseId: "NORTH" };

/** Ten pieces, wanted later if they do not come now. */
function ten(orderNo: string, bucket: Bucket): Order {
  const line = { shortagePolicy: "backfillOnArrival" as const, quantities: { [bucket]: "10" } };
  return anyOrder({ orderNo, stage: "confirmed", lines: [line] });
}

/** What is short where it was found, by the operations that find it. */
function found(): Order[] {
  const policy = {
    priority: [],
    sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
    lots: "fifo" as const,
  };
  const count = (lineId: string, quantity: string, reason: string) => {
    return { lineId, source, quantity: d(quantity), shortage: { reason, stock: "keep" as const } };
  };
  const goods = { itemCode: "COFFEE", source, quantity: d("1"), goods: "putBack" as const };
  const signed = { lineId: "SO-5-1", accepted: d("5"), short: { quantity: d("5"), reason: "not_on_vehicle" } };
  const lost = { lineId: "SO-6-1", quantity: d("6"), reason: "lost" };
  const wrong = {
    foundAt: "load" as const,
    lineId: "SO-4-1",
    source,
    quantity: d("4"),
    reason: "mix_up",
    wrong: goods,
  };
  return [
    allocateOrder(ten("SO-1", "open"), anyStock({ onHand: "9" }), {
      ...at(1),
      policy,
      today: calendarDay("2026-03-02"),
    }),
    recordPick(ten("SO-2", "allocated"), { counts: [count("SO-2-1", "8", "not_found")] }, at(2)),
    recordLoad(ten("SO-3", "picked"), { counts: [count("SO-3-1", "7", "fell_off")] }, at(3)),
    recordWrongItem(ten("SO-4", "picked"), wrong, { ...at(4), stock: [] }),
    recordDelivery(ten("SO-5", "shipped"), { lines: [signed] }, at(5)),
    recordTransitLoss(ten("SO-6", "shipped"), { lines: [lost] }, at(6)),
  ].map((result: Result<Outcome>) => granted(result).order);
}

describe("one shortage file with its four causes (mission 12.2a, 12.2c, 13.3)", () => {
  it("tells where each was found, when and why, and the list by item adds up to it", () => {
    const orders = found();
    const { shortage, backfill } = orderFiles(orders);
    expect(
      shortage.map(({ orderNo, cause, quantity, since, reason }) => [orderNo, cause, quantity, since, reason]),
    ).toEqual([
      ["SO-1", "allocation", "1", at(1).at, expect.any(String)],
      ["SO-2", "pick", "2", at(2).at, "not_found"],
      ["SO-3", "load", "3", at(3).at, "fell_off"],
      ["SO-4", "load", "4", at(4).at, "mix_up"],
      ["SO-5", "delivery", "5", at(5).at, "not_on_vehicle"],
      ["SO-6", "delivery", "6", at(6).at, "lost"],
    ]);
    expect(backfill).toEqual(shortage);
    expect(shortageList(orders, { asOf: at(6).at }).rows).toMatchObject([
      {
        itemCode: "TEA",
        quantity: "21",
        causes: ["allocation", "pick", "load", "delivery"],
        orderNos: orders.map(({ orderNo }) => orderNo),
        since: at(1).at,
      },
    ]);
  });
});
