import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import type { AllocationOutcome } from "../../src/allocation/apply-allocation-plan.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import type { Sourcing } from "../../src/allocation/sourcing-policy.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { sum, ZERO } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { enterOrders } from "../../src/intake/enter-orders.js";
import { statusOf } from "../../src/model/status-of.js";
import { parseStock } from "../../src/schema/parse-stock.js";
import { dataSet, readRecords } from "./data-folder.js";
import { readOracleOrders } from "./oracle-oe.js";

const set = dataSet("oracle-oe");
const context = { at: instant("2008-12-31T12:00:00Z"), actor: { function: "orderDesk" } };

describe.skipIf(set.isAbsent)(set.title("18 open orders allocated from nine warehouses (mission 9.2, 9.7)"), () => {
  let outcome: AllocationOutcome;
  let allocate: (sourcing: (warehouseIds: readonly string[]) => Sourcing) => AllocationOutcome;
  let linesThatOrderNothing: number;

  /** Lines by the number of warehouses that they hold goods in. */
  const linesFrom = ({ orders }: AllocationOutcome, places: number): number =>
    orders.flatMap(({ lines }) => lines).filter(({ reservations }) => reservations.length === places).length;

  beforeAll(() => {
    const { masters, orders, emptyLines } = readOracleOrders(set.folder);
    const open = orders.filter(({ code }) => code === "0" || code === "1");
    const entered = enterOrders(
      open.map(({ draft }) => draft),
      { ...context, masters },
    );
    const confirmed = entered.orders
      .map((order) => ({ ...order, stage: "confirmed" as const }))
      .map((order) => ({ ...order, status: statusOf(order) }));
    const stock = parseStock(
      readRecords(path.join(set.folder, "inventories.csv")).map((row) => ({
        itemCode: row.product_id,
        warehouseId: row.warehouse_id,
        onHand: row.quantity_on_hand,
        reserved: "0",
        picked: "0",
        inTransit: "0",
        inbound: "0",
        onOrder: "0",
      })),
    );
    if (!stock.ok) throw new Error(JSON.stringify(stock.issues.slice(0, 3)));
    const warehouseIds = [...new Set(stock.value.map(({ warehouseId }) => warehouseId))].sort();
    const openNos = new Set(open.map(({ draft }) => draft.orderNo));
    linesThatOrderNothing = emptyLines.filter(({ orderNo }) => openNos.has(orderNo)).length;
    allocate = (sourcing) => {
      const policy: AllocationPolicy = {
        priority: [{ key: "orderDate", direction: "ascending" }],
        sourcing: sourcing(warehouseIds),
        lots: "fifo",
      };
      return allocateBatch(confirmed, stock.value, { ...context, policy, today: calendarDay("2008-12-31") });
    };
    outcome = allocate((ids) => ({ kind: "ranked", per: "line", warehouseIds: ids, rules: [{ rule: "mostStock" }] }));
  });

  it("asks for 5,413 units on 109 lines – one more orders nothing –, of which 2,127 stay short", () => {
    expect(outcome.refused).toEqual([]);
    expect(outcome.reasons.length).toBe(109);
    expect(sum(outcome.reasons.map(({ requested }) => requested))).toBe("5413");
    expect(sum(outcome.reasons.map(({ short }) => short))).toBe("2127");
  });

  it("serves 61 lines from one warehouse and splits none; 48 have no stock", () => {
    expect([linesFrom(outcome, 1), linesFrom(outcome, 2), linesFrom(outcome, 0)]).toEqual([61, 0, 48]);
    expect(outcome.reasons.filter(({ allocated }) => allocated === ZERO).map(({ code }) => code)).toEqual(
      Array.from({ length: 48 }, () => "no_stock_record"),
    );
  });

  it("has the 110th line of the file, counted as split elsewhere, in a line that orders nothing", () => {
    // Nothing is missing of it, and no single warehouse gave it: whoever tells lines apart that way calls it split.
    expect(linesThatOrderNothing).toBe(1);
    expect(outcome.reasons.length + linesThatOrderNothing).toBe(110);
  });

  it("splits lines only where warehouses are asked in a fixed order", () => {
    const fixed = allocate((ids) => ({ kind: "nearest", areas: [], otherwise: ids }));
    expect([1, 2, 3, 0].map((places) => linesFrom(fixed, places))).toEqual([54, 7, 0, 48]);
    expect(sum(fixed.reasons.map(({ short }) => short))).toBe("2127");
    const fewest = allocate((ids) => ({
      kind: "chosen",
      strategy: { kind: "fewestSplits" },
      limits: [{ kind: "maxWarehousesPerLine", strength: "hard", count: 1 }],
      steps: 100_000,
      areas: [],
      otherwise: ids.map((warehouseId) => ({ warehouseId })),
    }));
    expect([1, 2, 0].map((places) => linesFrom(fewest, places))).toEqual([61, 0, 48]);
  });
});
