import type { MovementKind } from "./movement.js";

/**
 * Where a part of an order line's quantity is. A line's ordered quantity is always the sum of its buckets.
 *
 * | bucket | the quantity … |
 * |---|---|
 * | `open` | waits for a decision |
 * | `allocated` | is reserved in stock |
 * | `picked` | has been taken from its bin |
 * | `shipped` | is on its way |
 * | `delivered` | was accepted by the customer |
 * | `returned` | came back, or was refused at the door |
 * | `backfill` | is short and will be sent when stock comes, or with the next order |
 * | `deferred` | waits with its whole order |
 * | `merged` | went over to another order |
 * | `cancelled` | will never come |
 *
 * **Source:** mission 11.1, 12.1, 12.4b
 */
export type Bucket =
  | "open"
  | "allocated"
  | "picked"
  | "shipped"
  | "delivered"
  | "returned"
  | "backfill"
  | "deferred"
  | "merged"
  | "cancelled";

/** Buckets in the order in which a unit normally passes through them; the exits last. */
export const BUCKETS: readonly Bucket[] = [
  "open",
  "allocated",
  "picked",
  "shipped",
  "delivered",
  "returned",
  "backfill",
  "deferred",
  "merged",
  "cancelled",
];

/** Buckets whose quantity stands at a named place in stock, on a vehicle or at the customer. */
export type SourcedBucket = "allocated" | "picked" | "shipped" | "delivered" | "returned";

/** The buckets of {@link SourcedBucket}. */
export const SOURCED_BUCKETS: readonly SourcedBucket[] = ["allocated", "picked", "shipped", "delivered", "returned"];

/** Buckets that hold a recorded shortage. */
export type ShortBucket = "backfill" | "deferred";

/** Says whether a bucket's quantity stands at a named place. */
export function isSourcedBucket(bucket: Bucket): bucket is SourcedBucket {
  return (SOURCED_BUCKETS as readonly Bucket[]).includes(bucket);
}

/** Says whether a bucket holds a recorded shortage. */
export function isShortBucket(bucket: Bucket): bucket is ShortBucket {
  return bucket === "backfill" || bucket === "deferred";
}

/** One legal move of quantity between two buckets, and the stock movement that it costs. */
export interface BucketEdge {
  /** The bucket that the quantity leaves. */
  readonly from: Bucket;
  /** The bucket that it enters. */
  readonly to: Bucket;
  /** The movement to post to stock, or null when stock is not touched. */
  readonly movement: MovementKind | null;
}

const edge = (from: Bucket, to: Bucket, movement: MovementKind | null): BucketEdge => ({ from, to, movement });

/**
 * The table of legal moves: the one place that says how quantity may travel and what each step does to stock.
 *
 * **Source:** mission 11.1, 11.3, 14.1, 14.2
 */
export const BUCKET_EDGES: readonly BucketEdge[] = /* @__PURE__ */ (() => [
  edge("open", "allocated", "reserve"),
  edge("open", "backfill", null),
  edge("open", "deferred", null),
  edge("open", "merged", null),
  edge("open", "cancelled", null),
  edge("allocated", "picked", "pick"),
  edge("allocated", "open", "release"),
  edge("allocated", "backfill", "release"),
  edge("allocated", "deferred", "release"),
  edge("allocated", "merged", "release"),
  edge("allocated", "cancelled", "release"),
  edge("picked", "shipped", "issue"),
  edge("picked", "open", "put_back"),
  edge("picked", "backfill", "put_back"),
  edge("picked", "cancelled", "put_back"),
  edge("shipped", "delivered", "hand_over"),
  edge("shipped", "picked", "bring_back"),
  edge("shipped", "returned", "take_back"),
  edge("shipped", "backfill", "lose"),
  edge("shipped", "open", "lose"),
  edge("shipped", "cancelled", "lose"),
  edge("delivered", "returned", "receive_return"),
  edge("delivered", "backfill", "receive_return"),
  edge("delivered", "open", "receive_return"),
  edge("delivered", "cancelled", "receive_return"),
  edge("backfill", "allocated", "reserve"),
  edge("backfill", "open", null),
  edge("backfill", "merged", null),
  edge("backfill", "cancelled", null),
  edge("deferred", "allocated", "reserve"),
  edge("deferred", "open", null),
  edge("deferred", "merged", null),
  edge("deferred", "cancelled", null),
])();

/**
 * Finds the edge between two buckets.
 *
 * @returns the edge, or undefined when such a move is not legal
 * @example
 * ```ts
 * import { bucketEdge } from "ordercycle";
 * bucketEdge("allocated", "open")?.movement; // => "release"
 * bucketEdge("delivered", "picked"); // => undefined
 * ```
 */
export function bucketEdge(from: Bucket, to: Bucket): BucketEdge | undefined {
  return BUCKET_EDGES.find((candidate) => candidate.from === from && candidate.to === to);
}
