import path from "node:path";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import type { AllocationOutcome } from "../../src/allocation/apply-allocation-plan.js";
import type { BinRule } from "../../src/allocation/picking-policy.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { sum } from "../../src/core/decimal.js";
import { parseStock } from "../../src/schema/parse-stock.js";
import { anyContext, anyOrder } from "../../src/testing/index.js";
import { dataSet, readRecords } from "./data-folder.js";

const set = dataSet("adventureworks");

describe.skipIf(set.isAbsent)(set.title("stock by shelf and bin, picked by the rules for bins (mission 9.8)"), () => {
  // All locations stand for one warehouse, so that an item lies in several bins of it.
  const records = set.isAbsent ? [] : readRecords(path.join(set.folder, "oltp/ProductInventory.csv"));
  const binIdOf = ({ LocationID, Shelf, Bin }: (typeof records)[number]): string => `${LocationID}-${Shelf}-${Bin}`;
  const run = (rule: BinRule): AllocationOutcome => {
    const parsed = parseStock(
      records.map((row) => ({
        itemCode: row.ProductID,
        warehouseId: "W",
        binId: binIdOf(row),
        onHand: row.Quantity,
        reserved: "0",
        picked: "0",
        inTransit: "0",
        inbound: "0",
        onOrder: "0",
      })),
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues.slice(0, 3)));
    const items = [...new Set(parsed.value.map(({ itemCode }) => itemCode))];
    const orders = items.map((itemCode) =>
      anyOrder({ orderNo: `SO-${itemCode}`, stage: "confirmed", lines: [{ itemCode, orderedQty: "300" }] }),
    );
    const bins = records.map((row) => ({ warehouseId: "W", binId: binIdOf(row), pickSequence: Number(row.Bin) }));
    const policy = {
      priority: [],
      sourcing: { kind: "nearest" as const, areas: [], otherwise: ["W"] },
      lots: "fifo" as const,
      picking: [{ warehouseId: "W", chain: [{ rule }] }],
      bins: [...new Map(bins.map((bin) => [bin.binId, bin])).values()],
    };
    return allocateBatch(orders, parsed.value, { ...anyContext(), policy, today: calendarDay("2014-06-30") });
  };
  const served = ({ reasons }: AllocationOutcome): string => sum(reasons.map(({ allocated }) => allocated));

  it("gives every item the same by every rule, in the fewest places by the rule for it", () => {
    const outcomes = (["lots", "pickSequence", "smallestFirst", "fewestPlaces"] as const).map(run);
    expect(new Set(outcomes.map(served)).size).toBe(1);
    const picks = outcomes.map(({ movements }) => movements.length);
    expect(Math.min(...picks)).toBe(picks[3]);
    expect(Math.max(...picks)).toBe(picks[2]);
    expect(picks[3]).toBeLessThan(Math.max(...picks));
  });

  it("walks the bins of each item in the order of their numbers", () => {
    const way = new Map<string, number[]>();
    for (const { lineId, binId = "" } of run("pickSequence").movements) {
      way.set(lineId ?? "", [...(way.get(lineId ?? "") ?? []), Number(binId.split("-")[2])]);
    }
    expect([...way.values()].some((bins) => bins.length > 1)).toBe(true);
    for (const bins of way.values()) expect(bins).toEqual([...bins].sort((a, b) => a - b));
  });
});
