import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeIntoNextOrder } from "../../src/allocation/shortage/merge-into-next-order.js";
import { decimal, sum } from "../../src/core/decimal.js";
import { mergedOrderFile, renderTable } from "../../src/reports/index.js";
import { anyContext, anyOrder } from "../../src/testing/index.js";

const short = (orderNo: string, ...open: readonly string[]) =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    lines: open.map((quantity, place) => ({
      itemCode: place % 2 === 0 ? "TEA" : "OIL",
      orderedQty: quantity,
      shortagePolicy: "mergeIntoNextOrder" as const,
    })),
  });

function merged(from: ReturnType<typeof short>, ...quantities: readonly string[]) {
  const lines = quantities.map((quantity, place) => ({
    lineId: from.lines[place]!.lineId,
    quantity: decimal(quantity),
  }));
  const to = anyOrder({ orderNo: "SO-9", stage: "confirmed" });
  const outcome = mergeIntoNextOrder(from, to, { reason: "short", price: "keep", lines }, anyContext());
  expect(outcome.refused).toEqual([]);
  return outcome;
}

describe("mergedOrderFile (mission 12.2b, 9.17)", () => {
  it("rule 1: a record stands once, though both orders tell it; marked where only one of them does", () => {
    const { orders, events } = merged(short("SO-1", "10", "5"), "4", "5");
    const file = mergedOrderFile(events, orders);
    expect(
      file.rows.map(({ fromLineId, toLineId, itemCode, quantity, ends }) =>
        [fromLineId, toLineId, itemCode, quantity, ends].join(" "),
      ),
    ).toEqual(["SO-1-1 SO-9-2 TEA 4 both", "SO-1-2 SO-9-3 OIL 5 both"]);
    expect(file.totals).toEqual([
      { itemCode: "OIL", quantity: "5" },
      { itemCode: "TEA", quantity: "4" },
    ]);
    const [leaving, joining] = events;
    expect(mergedOrderFile([leaving!], orders).rows.map(({ ends }) => ends)).toEqual(["leaving_only", "leaving_only"]);
    expect(mergedOrderFile([joining!], orders).rows.map(({ ends }) => ends)).toEqual(["joining_only", "joining_only"]);
    expect(renderTable(file)).toContain("SO-1-1");
  });

  it("rule 2: names the lines at either end that differ from the file", () => {
    const { orders, events } = merged(short("SO-1", "10"), "4");
    expect(mergedOrderFile(events, orders).gaps).toEqual([]);
    expect(mergedOrderFile([], orders).gaps).toEqual([
      { orderNo: "SO-1", lineId: "SO-1-1", end: "leaving", onLine: "4", inFile: "0", difference: "4" },
      { orderNo: "SO-9", lineId: "SO-9-2", end: "joining", onLine: "4", inFile: "0", difference: "4" },
    ]);
    const before = [short("SO-1", "10"), anyOrder({ orderNo: "SO-9", stage: "confirmed" })];
    expect(mergedOrderFile(events, before).gaps.map(({ lineId, difference }) => [lineId, difference])).toEqual([
      ["SO-1-1", "-4"],
    ]);
  });

  it("both ends reconcile for whatever goes over", () => {
    const quantity = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.array(fc.tuple(quantity, quantity), { minLength: 1, maxLength: 5 }), (lines) => {
        const from = short("SO-1", ...lines.map(([stays, goes]) => String(stays + goes)));
        const { orders, events } = merged(from, ...lines.map(([, goes]) => String(goes)));
        const file = mergedOrderFile(events, orders);
        expect(file.gaps).toEqual([]);
        expect(file.rows.every(({ ends }) => ends === "both")).toBe(true);
        expect(sum(file.rows.map((row) => row.quantity))).toBe(String(lines.reduce((all, [, goes]) => all + goes, 0)));
      }),
    );
  });
});
