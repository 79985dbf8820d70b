import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { add, decimal, multiply, subtract, sum } from "../../src/core/decimal.js";
import { fullCounts, type FloorCount } from "../../src/fulfilment/floor-count.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  arbitraryWorld,
  checkMovementBalance,
  checkOutcome,
  checkStockLaws,
  deepFreeze,
  given,
} from "../../src/testing/index.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";
import { SHORTAGE_TARGETS } from "./shortage-targets.js";

const NORTH = { warehouseId: "NORTH" };
const LOT = { warehouseId: "SOUTH", binId: "B-1", lotNo: "L-1" };
const allocated = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });
const stock = anyStock({ onHand: "100", reserved: "10" });
const count = (quantity: string, part: Partial<FloorCount> = {}): FloorCount => ({
  lineId: "SO-1-1",
  source: NORTH,
  quantity: decimal(quantity),
  ...part,
});
const missing = (stockEffect: "writeOff" | "keep") => ({ shortage: { reason: "not_found", stock: stockEffect } });
const pick = (order = allocated, ...counts: readonly FloorCount[]) => recordPick(order, { counts }, anyContext());

describe("recordPick (mission 10.3, 12.3, 14.5)", () => {
  it("rule 2: what is picked becomes picked, in stock too", () => {
    given(allocated, stock)
      .when((order) => pick(order, count("10")))
      .then({
        status: "picked",
        quantities: { picked: "10" },
        events: ["order_picked"],
        requests: [],
        stock: [["100", "10"]],
      });
    const { movements, events } = granted(pick(allocated, count("10")));
    expect(movements.map(({ kind, quantity }) => [kind, quantity])).toEqual([["pick", "10"]]);
    expect(events[0]?.details).toEqual({ discrepancies: [] });
  });

  it("rule 2: what is missing and may still be found stays allocated", () => {
    given(allocated, stock)
      .when((order) => pick(order, count("4")))
      .then({ status: "allocated", quantities: { allocated: "6", picked: "4" }, requests: [] });
  });

  it("rule 1: places that are not named are not picked yet", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [
        {
          reservations: [
            { ...NORTH, quantities: { allocated: "6" } },
            { ...LOT, quantities: { allocated: "4" } },
          ],
        },
        { orderedQty: "3", quantities: { allocated: "3" } },
      ],
    });
    given(order, anyStock({ onHand: "9", reserved: "9" }, { ...LOT, onHand: "4", reserved: "4" }))
      .when((before) => pick(before, count("4", { source: LOT })))
      .then({ status: "allocated", quantities: [{ allocated: "6", picked: "4" }, { allocated: "3" }] });
  });

  it("rule 1: counts that do not fit the order are refused", () => {
    expect(reasonsOf(pick(allocated, count("11")))).toEqual([
      {
        code: "count.exceeds_expected",
        path: ["counts", 0, "quantity"],
        params: { lineId: "SO-1-1", expected: "10", quantity: "11" },
      },
    ]);
    expect(whereOf(pick())).toEqual(["count.no_lines at counts"]);
    expect(whereOf(pick(allocated, count("5"), count("5")))).toEqual(["count.listed_twice at counts.1"]);
    expect(whereOf(pick(allocated, count("1", { source: LOT })))).toEqual([
      "count.nothing_expected at counts.0.source",
    ]);
  });

  for (const { policy, bucket, mode } of SHORTAGE_TARGETS) {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { allocated: "10" }, shortagePolicy: policy }],
    });
    test.each([
      ["writeOff", "98"],
      ["keep", "100"],
    ] as const)(`rules 2, 3: under ${policy} what is missing goes ${bucket} (%s)`, (effect, onHand) => {
      given(order, stock)
        .when((before) => pick(before, count("8", missing(effect))))
        .then({
          quantities: { picked: "8", [bucket]: "2" },
          events: ["order_picked"],
          requests: ["reprint", "count_stock", "notify_customer"],
          stock: [[onHand, "8"]],
        });
      const outcome = granted(pick(order, count("8", missing(effect))));
      expect(outcome.movements.map(({ kind, quantity }) => [kind, quantity])).toEqual([
        ["pick", "8"],
        ["release", "2"],
        ...(effect === "writeOff" ? [["write_off", "2"]] : []),
      ]);
      expect(outcome.order.lines[0]?.shortages).toEqual(
        mode === undefined
          ? []
          : [{ bucket, cause: "pick", quantity: "2", since: anyContext().at, mode, reason: "not_found" }],
      );
      expect(outcome.events[0]?.details).toEqual({
        discrepancies: [{ lineId: "SO-1-1", source: NORTH, expected: "10", actual: "8", reason: "not_found" }],
      });
    });

    test(`rule 2: under ${policy} a line of which nothing was found`, () => {
      given(order, stock)
        .when((before) => pick(before, count("0", missing("writeOff"))))
        .then({
          status: policy === "cancelRemainder" ? "cancelled" : "confirmed",
          quantities: { [bucket]: "10" },
          stock: [["90", "0"]],
        });
    });
  }

  it("rule 3: a shortage of nothing is none", () => {
    given(allocated, stock)
      .when((order) => pick(order, count("10", missing("writeOff"))))
      .then({ quantities: { picked: "10" }, requests: [], stock: [["100", "10"]] });
  });

  it("rules 3, 4: every place is to be counted, one paper printed for the lines that changed, the customer told once", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [
        {
          reservations: [
            { ...NORTH, quantities: { allocated: "6" } },
            { ...LOT, quantities: { allocated: "4" } },
          ],
        },
        { itemCode: "RICE", orderedQty: "3", quantities: { allocated: "3" } },
        { itemCode: "SALT", orderedQty: "3", quantities: { allocated: "3" } },
      ],
    });
    const counts = [
      count("5", missing("writeOff")),
      count("3", { source: LOT, ...missing("keep") }),
      count("3", { lineId: "SO-1-2" }),
      count("0", { lineId: "SO-1-3", ...missing("keep") }),
    ];
    expect(granted(pick(order, ...counts)).requests).toEqual([
      { type: "reprint", orderNo: "SO-1", document: "pick_list", cause: "pick", lineIds: ["SO-1-1", "SO-1-3"] },
      { type: "count_stock", orderNo: "SO-1", itemCode: "TEA", source: NORTH },
      { type: "count_stock", orderNo: "SO-1", itemCode: "TEA", source: LOT },
      { type: "count_stock", orderNo: "SO-1", itemCode: "SALT", source: NORTH },
      { type: "notify_customer", orderNo: "SO-1", template: "shortage_recorded" },
    ]);
  });

  it("rule 5: a pick that brings nothing and misses nothing is refused", () => {
    const lines = [{ quantities: { allocated: "10" } }, { quantities: { allocated: "10" } }];
    const order = anyOrder({ stage: "confirmed", lines });
    expect(reasonsOf(pick(order, count("0"), count("0", { lineId: "SO-1-2" })))).toEqual([
      { code: "count.nothing_there", path: ["counts"], params: { orderNo: "SO-1" } },
    ]);
  });

  it("rule 5: one line that brings something, or misses something, is enough", () => {
    const lines = [{ quantities: { allocated: "10" } }, { quantities: { allocated: "10" } }];
    const order = anyOrder({ stage: "confirmed", lines });
    given(order)
      .when((before) => pick(before, count("0"), count("3", { lineId: "SO-1-2" })))
      .then({ quantities: [{ allocated: "10" }, { allocated: "7", picked: "3" }], requests: [] });
    given(order)
      .when((before) => pick(before, count("0"), count("0", { lineId: "SO-1-2", ...missing("keep") })))
      .then({
        quantities: [{ allocated: "10" }, { open: "10" }],
        requests: ["reprint", "count_stock", "notify_customer"],
      });
  });

  it("a hold on a line forbids to pick it, and nothing else", () => {
    const lines = [{ quantities: { allocated: "10" } }, { quantities: { allocated: "10" } }];
    const order = anyOrder({ stage: "confirmed", lines, holds: [{ lineId: "SO-1-2", blocks: ["pick"] }] });
    expect(pick(order, count("10")).ok).toBe(true);
    expect(whereOf(pick(order, count("10", { lineId: "SO-1-2" })))).toEqual(["status.on_hold at holds.0"]);
  });

  it("tells all reasons at once", () => {
    given(anyOrder({ holds: [{ blocks: ["pick"] }] }))
      .when((order) => pick(order, count("1"), count("1", { lineId: "X" })))
      .then({
        issues: ["status.operation_not_allowed", "status.on_hold", "count.nothing_expected", "count.unknown_line"],
      });
  });

  it("balances on any order: what left the reservations was picked or went short, and stock agrees", () => {
    let picks = 0;
    const share = fc.tuple(
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom("writeOff" as const, "keep" as const, "none" as const),
    );
    fc.assert(
      fc.property(arbitraryWorld(), fc.array(share, { minLength: 1 }), ({ orders, stock: before }, shares) => {
        deepFreeze([orders, before]);
        for (const order of orders) {
          const counts = fullCounts(order, "allocated").map((full, place) => {
            const [quarters, effect] = shares[place % shares.length]!;
            const quantity = multiply(full.quantity, decimal(`${quarters / 4}`));
            return { ...full, quantity, expected: full.quantity, ...(effect === "none" ? {} : missing(effect)) };
          });
          const isShort = (found: FloorCount): boolean => found.shortage !== undefined;
          const result = recordPick(order, { counts }, anyContext());
          if (!result.ok) continue;
          picks += 1;
          const { order: after, movements } = result.value;
          expect(checkOutcome(order, result.value)).toEqual([]);
          const stockAfter = applyMovements(before, movements);
          expect(checkStockLaws(stockAfter)).toEqual([]);
          expect(checkMovementBalance(before, stockAfter, movements)).toEqual([]);
          for (const [place, line] of order.lines.entries()) {
            const own = counts.filter(({ lineId }) => lineId === line.lineId);
            const picked = sum(own.map(({ quantity }) => quantity));
            const short = subtract(
              sum(own.filter(isShort).map(({ expected }) => expected)),
              sum(own.filter(isShort).map(({ quantity }) => quantity)),
            );
            const { quantities } = after.lines[place]!;
            expect(quantities.picked).toBe(add(line.quantities.picked, picked));
            expect(quantities.allocated).toBe(subtract(subtract(line.quantities.allocated, picked), short));
          }
        }
      }),
    );
    expect(picks).toBeGreaterThan(0);
  });
});
