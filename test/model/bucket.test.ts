import { describe, expect, it } from "vitest";
import {
  BUCKET_EDGES,
  bucketEdge,
  BUCKETS,
  isShortBucket,
  isSourcedBucket,
  SOURCED_BUCKETS,
} from "../../src/model/bucket.js";
import { MOVEMENT_ACCOUNTS } from "../../src/model/movement.js";
import { EDGES } from "./edges.js";

describe("the table of legal moves (mission 11.1, 14.1, 14.2)", () => {
  it("lists exactly the moves of the trade, each with its stock movement", () => {
    expect(BUCKET_EDGES.map(({ from, to, movement }) => [from, to, movement])).toEqual(EDGES);
  });

  it("finds every edge and nothing else among the hundred pairs", () => {
    const found = BUCKETS.flatMap((from) =>
      BUCKETS.flatMap((to) => (bucketEdge(from, to) === undefined ? [] : [`${from} ${to}`])),
    );
    expect(found.sort()).toEqual(EDGES.map(([from, to]) => `${from} ${to}`).sort());
  });

  it("lets nothing leave what is returned, merged or cancelled, and nothing stay where it is", () => {
    expect(BUCKET_EDGES.filter(({ from }) => ["returned", "merged", "cancelled"].includes(from))).toEqual([]);
    expect(BUCKET_EDGES.filter(({ from, to }) => from === to)).toEqual([]);
  });

  it("costs a movement exactly when a named place is touched", () => {
    for (const { from, to, movement } of BUCKET_EDGES) {
      expect([from, to, movement !== null]).toEqual([from, to, isSourcedBucket(from) || isSourcedBucket(to)]);
    }
  });

  it("moves stock between the accounts that the buckets stand for", () => {
    const accountOf: Readonly<Record<string, string>> = {
      allocated: "reserved",
      picked: "picked",
      shipped: "inTransit",
      delivered: "customer",
    };
    for (const { from, to, movement } of BUCKET_EDGES) {
      if (movement === null) continue;
      const accounts = MOVEMENT_ACCOUNTS[movement];
      const isLost = accounts.to === "lost";
      expect([from, to, accounts.from]).toEqual([from, to, accountOf[from] ?? "free"]);
      expect([from, to, accounts.to]).toEqual([from, to, isLost ? "lost" : (accountOf[to] ?? "free")]);
      expect(isLost).toBe(from === "shipped" && ["backfill", "open", "cancelled"].includes(to));
    }
  });
});

describe("kinds of bucket", () => {
  it("tells which stand at a place and which are short", () => {
    expect(BUCKETS.filter(isSourcedBucket)).toEqual(["allocated", "picked", "shipped", "delivered", "returned"]);
    expect(SOURCED_BUCKETS).toEqual(BUCKETS.filter(isSourcedBucket));
    expect(BUCKETS.filter(isShortBucket)).toEqual(["backfill", "deferred"]);
  });
});
