import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sum, type Decimal } from "../../src/core/decimal.js";
import { orderedInBaseUnit } from "../../src/model/apply-changes.js";
import { BUCKETS } from "../../src/model/bucket.js";
import { fileOf, ORDER_FILES, orderFiles, type FileRow } from "../../src/reports/order-files.js";
import { anyOrder } from "../../src/testing/any-order.js";
import { arbitraryWorld } from "../../src/testing/arbitraries/arbitrary-world.js";

const STAGES = ["entered", "reviewed", "returnedForCorrection", "rejected", "confirmed", "closed"] as const;
const amounts = (rows: readonly FileRow[]): Decimal => sum(rows.map(({ quantity }) => quantity));

describe("orderFiles (mission 12.1, 12.2, 12.2a, 12.2b, 12.2c, 12.3, 12.4, 12.4a, 12.4b)", () => {
  const everywhere = anyOrder({
    stage: "confirmed",
    header: { customerCode: "C-7", requestedDeliveryDate: "2026-03-05" },
    lines: [
      {
        orderedQty: "55",
        quantities: {
          open: "1",
          allocated: "2",
          picked: "3",
          shipped: "4",
          delivered: "5",
          returned: "6",
          backfill: "7",
          deferred: "8",
          merged: "9",
          cancelled: "10",
        },
      },
    ],
  });

  it("puts each bucket of a confirmed order into its file (rule 1)", () => {
    const files = orderFiles([everywhere]);
    expect(Object.fromEntries(ORDER_FILES.map((file) => [file, amounts(files[file])]))).toEqual({
      unconfirmed: "0",
      rejected: "0",
      expectedSales: "1",
      allocatedNotShipped: "2",
      shortage: "15",
      merged: "9",
      pickedNotShipped: "3",
      inTransit: "4",
      sales: "5",
      returned: "6",
      cancelled: "10",
      history: "0",
    });
  });

  it("says in a row whose quantity it is and of what (rule 2)", () => {
    expect(orderFiles([everywhere]).inTransit).toEqual([
      {
        orderNo: "SO-1",
        lineId: "SO-1-1",
        customerCode: "C-7",
        itemCode: "TEA",
        itemName: "Green tea",
        transactionCategory: "sale",
        bucket: "shipped",
        quantity: "4",
        baseUom: "EA",
        requestedDeliveryDate: "2026-03-05",
      },
    ]);
  });

  it("gives every recorded shortage a row with its cause and date (rule 2)", () => {
    const shortages = [
      { quantity: "2", cause: "allocation" as const, since: "2026-03-01T00:00:00.000Z" },
      { quantity: "3", cause: "pick" as const, since: "2026-03-02T00:00:00.000Z", mode: "withNextOrder" as const },
    ];
    const { shortage } = orderFiles([anyOrder({ stage: "confirmed", lines: [{ shortages }] })]);
    expect(shortage.map(({ quantity, cause, since, mode }) => [quantity, cause, since, mode])).toEqual([
      ["2", "allocation", "2026-03-01T00:00:00.000Z", "onArrival"],
      ["3", "pick", "2026-03-02T00:00:00.000Z", "withNextOrder"],
    ]);
  });

  it("repeats what is back-filled, and not what is deferred, in the back-fill excerpt (rule 3)", () => {
    const { shortage, backfill } = orderFiles([everywhere]);
    expect(backfill).toEqual(shortage.filter(({ bucket }) => bucket === "backfill"));
    expect(amounts(backfill)).toBe("7");
  });

  it("keeps the order of orders, lines and buckets (rule 4)", () => {
    const orders = ["SO-2", "SO-1"].map((orderNo) => anyOrder({ orderNo, stage: "confirmed", lines: [{}, {}] }));
    expect(orderFiles(orders).expectedSales.map(({ lineId }) => lineId)).toEqual([
      "SO-2-1",
      "SO-2-2",
      "SO-1-1",
      "SO-1-2",
    ]);
  });

  it("holds what is not confirmed, rejected or closed apart, whatever its buckets (rule 1)", () => {
    expect(STAGES.map((stage) => [stage, fileOf(stage, "delivered"), fileOf(stage, "cancelled")])).toEqual([
      ["entered", "unconfirmed", "cancelled"],
      ["reviewed", "unconfirmed", "cancelled"],
      ["returnedForCorrection", "unconfirmed", "cancelled"],
      ["rejected", "rejected", "rejected"],
      ["confirmed", "sales", "cancelled"],
      ["closed", "history", "history"],
    ]);
  });

  it("law: every unit of every line is in exactly one file (rule 1)", () => {
    fc.assert(
      fc.property(arbitraryWorld(), ({ orders }) => {
        const files = orderFiles(orders);
        const rows = ORDER_FILES.flatMap((file) => files[file].map((row) => ({ file, ...row })));
        for (const { stage, lines } of orders) {
          for (const line of lines) {
            const own = rows.filter(({ lineId }) => lineId === line.lineId);
            expect(amounts(own)).toBe(orderedInBaseUnit(line));
            for (const bucket of BUCKETS) {
              const inBucket = own.filter((row) => row.bucket === bucket);
              expect(amounts(inBucket)).toBe(line.quantities[bucket]);
              expect(new Set(inBucket.map(({ file }) => file)).size).toBeLessThanOrEqual(1);
              for (const { file } of inBucket) expect(file).toBe(fileOf(stage, bucket));
            }
          }
        }
      }),
    );
  });

  it("law: rejected orders and the others are disjoint and together all that was received (mission 12.1)", () => {
    fc.assert(
      fc.property(arbitraryWorld(), ({ orders }) => {
        const files = orderFiles(orders);
        const namesIn = (file: (typeof ORDER_FILES)[number]): string[] => files[file].map(({ orderNo }) => orderNo);
        const rejected = new Set(namesIn("rejected"));
        const others = new Set(ORDER_FILES.filter((file) => file !== "rejected").flatMap(namesIn));
        expect([...rejected].filter((orderNo) => others.has(orderNo))).toEqual([]);
        expect(new Set([...rejected, ...others])).toEqual(new Set(orders.map(({ orderNo }) => orderNo)));
      }),
    );
  });
});
