import { describe, expect, it } from "vitest";
import { displacementList, renderTable, setAsideList } from "../../src/reports/index.js";
import { anyDisplacement } from "../../src/testing/index.js";

const MONDAY = "2026-03-02T09:00:00.000Z";
const TUESDAY = "2026-03-03T09:00:00.000Z";
const first = anyDisplacement({
  at: MONDAY,
  oldDate: "2026-03-04",
  consent: "MAIL-7",
  customerToldAt: TUESDAY,
});
const second = anyDisplacement({
  at: MONDAY,
  victim: { orderNo: "SO-1", lineId: "SO-1-2" },
  itemCode: "SALT",
  quantity: "1.5",
});
const third = anyDisplacement({
  at: TUESDAY,
  newDate: "2026-03-09",
  actor: { function: "sales", person: "P-1" },
});
const other = anyDisplacement({
  at: MONDAY,
  victim: { orderNo: "SO-2", lineId: "SO-2-1" },
  quantity: "2",
});
const elsewhere = anyDisplacement({
  at: MONDAY,
  ruleId: "reconfirm_gain",
  winner: { orderNo: "SO-8", lineId: "SO-8-1" },
});

// Mission 8.7, 7.6; definition B15.
describe("the list of orders set back", () => {
  const { rows, totals } = displacementList([third, other, second, first]);

  it("stands oldest first, and counts the runs in which an order was set back (rules 1, 2)", () => {
    expect(rows.map(({ victimLineId, times, told }) => [victimLineId, times, told])).toEqual([
      ["SO-1-1", 1, TUESDAY],
      ["SO-1-2", 1, "untold"],
      ["SO-2-1", 1, "untold"],
      ["SO-1-1", 2, "untold"],
    ]);
  });

  it("tells dates, consent and who decided, where they are known", () => {
    expect(rows[0]).toMatchObject({
      oldDate: "2026-03-04",
      consent: "MAIL-7",
      decidedBy: "orderDesk",
    });
    expect(rows[3]).toMatchObject({
      newDate: "2026-03-09",
      decidedBy: "sales P-1",
    });
    expect(rows[3]).not.toHaveProperty("oldDate");
  });

  it("sums by item (rule 3)", () => {
    expect(totals).toEqual([
      { itemCode: "SALT", quantity: "1.5" },
      { itemCode: "TEA", quantity: "12" },
    ]);
    expect(renderTable(displacementList([first]))).toContain("MAIL-7");
  });

  it("shows what was undone, and counts it neither as a time nor in the totals (rule 4)", () => {
    const undone = anyDisplacement({ at: MONDAY, undoneAt: TUESDAY });
    const list = displacementList([undone, third]);
    expect(list.rows.map(({ undone: at, times }) => [at, times])).toEqual([
      [TUESDAY, 0],
      [undefined, 1],
    ]);
    expect(list.totals).toEqual([{ itemCode: "TEA", quantity: "5" }]);
    expect(setAsideList([undone, third]).rows.map(({ at }) => at)).toEqual([TUESDAY]);
  });
});

describe("the list of orders set aside for others", () => {
  it("has a row for each decision in favour of an order (rules 1, 2)", () => {
    const { rows } = setAsideList([third, other, elsewhere, second, first]);
    expect(
      rows.map(({ at, winnerOrderNo, victimOrderNos, orders, untold, quantity }) => [
        at,
        winnerOrderNo,
        victimOrderNos,
        orders,
        untold,
        quantity,
      ]),
    ).toEqual([
      [MONDAY, "SO-8", ["SO-1"], 1, 1, "5"],
      [MONDAY, "SO-9", ["SO-1", "SO-2"], 2, 2, "8.5"],
      [TUESDAY, "SO-9", ["SO-1"], 1, 1, "5"],
    ]);
  });
});
