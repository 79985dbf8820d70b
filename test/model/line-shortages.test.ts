import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { recordShortage, serveShortage } from "../../src/model/line-shortages.js";
import { anyOrderLine } from "../../src/testing/index.js";

const note = {
  cause: "allocation",
  mode: "onArrival",
  reason: "empty_stock",
  since: instant("2026-03-02T09:00:00.000Z"),
} as const;
const three = decimal("3");

describe("recordShortage (mission 12.2a)", () => {
  it("lists a shortage with its cause", () => {
    expect(recordShortage(anyOrderLine(), "backfill", three, note)).toEqual([
      { bucket: "backfill", quantity: "3", ...note },
    ]);
  });

  it("lets the same shortage of the same instant grow", () => {
    const once = { shortages: recordShortage(anyOrderLine(), "backfill", three, note) };
    expect(recordShortage(once, "backfill", decimal("1.5"), note).map(({ quantity }) => quantity)).toEqual(["4.5"]);
  });

  test.each([
    ["bucket", "deferred", note],
    ["cause", "backfill", { ...note, cause: "pick" }],
    ["mode", "backfill", { ...note, mode: "withNextOrder" }],
    ["reason", "backfill", { ...note, reason: "not_found" }],
    ["instant", "backfill", { ...note, since: instant("2026-03-02T10:00:00.000Z") }],
  ] as const)("lists a shortage of another %s by itself, after the older one", (_field, bucket, other) => {
    const once = { shortages: recordShortage(anyOrderLine(), "backfill", three, note) };
    const shortages = recordShortage(once, bucket, decimal("1"), other);
    expect(shortages.map(({ quantity }) => quantity)).toEqual(["3", "1"]);
  });
});

describe("serveShortage (mission 12.2c)", () => {
  const line = anyOrderLine({
    shortages: [
      { quantity: "3", reason: "first" },
      { bucket: "deferred", quantity: "5" },
      { quantity: "2", reason: "second" },
    ],
  });

  it("takes the oldest first and drops what is served", () => {
    const shortages = serveShortage(line, "backfill", decimal("4"));
    expect(shortages.map(({ bucket, quantity }) => [bucket, quantity])).toEqual([
      ["backfill", "1"],
      ["deferred", "5"],
    ]);
  });

  it("refuses more than the bucket's shortages", () => {
    expect(serveShortage(line, "backfill", decimal("5"))).toHaveLength(1);
    expect(() => serveShortage(line, "backfill", decimal("5.01"))).toThrow(RangeError);
  });
});
