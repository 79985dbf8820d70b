import { describe, expect, it, test } from "vitest";
import { BUCKETS, type Bucket } from "../../src/model/bucket.js";
import type { OrderStage, OrderStatus } from "../../src/model/order.js";
import { holds, statusOf } from "../../src/model/status-of.js";
import { anyOrder, type AnyOrderLine } from "../../src/testing/index.js";

function line(quantities: Partial<Record<Bucket, string>>, invoicedQty = "0"): AnyOrderLine {
  return { quantities: { open: "0", ...quantities }, invoicedQty };
}

const ONE_BUCKET: Readonly<Record<Bucket, OrderStatus>> = {
  open: "confirmed",
  allocated: "allocated",
  picked: "picked",
  shipped: "shipped",
  delivered: "shipped",
  returned: "collected",
  backfill: "confirmed",
  deferred: "confirmed",
  merged: "cancelled",
  cancelled: "cancelled",
};

describe("statusOf (mission 11.1, 11.3)", () => {
  const stages: readonly (readonly [OrderStage, OrderStatus])[] = [
    ["entered", "entered"],
    ["reviewed", "entered"],
    ["returnedForCorrection", "returnedForCorrection"],
    ["rejected", "rejected"],
    ["closed", "closed"],
  ];
  for (const [stage, status] of stages) {
    test.each(BUCKETS)(`papers that are ${stage} rule over goods that are %s (rules 1 and 2)`, (bucket) => {
      const isGivenUp = bucket === "cancelled" || bucket === "merged";
      const isOpenStage = stage === "entered" || stage === "reviewed" || stage === "returnedForCorrection";
      expect(statusOf(anyOrder({ stage, lines: [line({ [bucket]: "10" })] }))).toBe(
        isGivenUp && isOpenStage ? "cancelled" : status,
      );
    });
  }

  test.each(BUCKETS)("a confirmed order with all of it %s (rules 2, 3, 4)", (bucket) => {
    expect(statusOf(anyOrder({ stage: "confirmed", lines: [line({ [bucket]: "10" })] }))).toBe(ONE_BUCKET[bucket]);
  });

  it("is cancelled only when every line is given up (rule 2)", () => {
    const gone = [line({ cancelled: "4", merged: "6" }), line({ merged: "1" })];
    expect(statusOf(anyOrder({ stage: "confirmed", lines: gone }))).toBe("cancelled");
    expect(statusOf(anyOrder({ stage: "confirmed", lines: [...gone, line({ shipped: "0.001" })] }))).toBe("shipped");
  });

  // Pairs of buckets: the less advanced decides, on one line and over two.
  const ranked: readonly (readonly [Bucket, OrderStatus])[] = [
    ["open", "confirmed"],
    ["allocated", "allocated"],
    ["picked", "picked"],
    ["shipped", "shipped"],
    ["delivered", "shipped"],
    ["returned", "collected"],
  ];
  for (const [place, [less, status]] of ranked.entries()) {
    const others: readonly Bucket[] = [
      ...ranked.slice(place + 1).map(([more]) => more),
      "backfill",
      "deferred",
      "merged",
      "cancelled",
    ];
    test.each(others)(`a part that is ${less} decides over one that is %s (rule 3)`, (other) => {
      const together = anyOrder({ stage: "confirmed", lines: [line({ [less]: "1", [other]: "9" })] });
      const apart = anyOrder({ stage: "confirmed", lines: [line({ [other]: "9" }), line({ [less]: "1" })] });
      expect([statusOf(together), statusOf(apart)]).toEqual([status, status]);
    });
  }

  it("waits as confirmed when shortages alone are left (rule 3)", () => {
    expect(statusOf(anyOrder({ stage: "confirmed", lines: [line({ backfill: "3", cancelled: "7" })] }))).toBe(
      "confirmed",
    );
  });

  test.each([
    ["not invoiced", "0", "0", "0", "shipped"],
    ["invoiced in part", "9.999", "25", "25", "shipped"],
    ["invoiced and not paid", "10", "25", "24.99", "shipped"],
    ["invoiced and paid", "10", "25", "25", "collected"],
    ["invoiced and overpaid", "10", "25", "30", "collected"],
    ["invoiced before some of it came back", "12", "30", "30", "collected"],
  ] as const)("delivered and %s (rule 4)", (_case, invoicedQty, invoicedAmount, collectedAmount, status) => {
    const lines = [line({ delivered: "10", returned: "2" }, invoicedQty)];
    expect(statusOf(anyOrder({ stage: "confirmed", lines, billing: { invoicedAmount, collectedAmount } }))).toBe(
      status,
    );
  });

  it("asks every line whether it is invoiced (rule 4)", () => {
    const lines = [line({ delivered: "10" }, "10"), line({ delivered: "1" }, "0")];
    expect(statusOf(anyOrder({ stage: "confirmed", lines }))).toBe("shipped");
  });
});

describe("holds", () => {
  it("says whether any line has quantity in the bucket", () => {
    const { lines } = anyOrder({ lines: [line({ picked: "1" }), line({ delivered: "0.5" })] });
    expect(BUCKETS.filter((bucket) => holds(lines, bucket))).toEqual(["picked", "delivered"]);
  });
});
