import type { Bucket } from "../../src/model/bucket.js";
import type { ShortagePolicy } from "../../src/model/customer.js";
import type { LineShortage } from "../../src/model/order-line.js";

/** Where each policy sends quantity that proved missing, and how a recorded shortage is to be served. */
export const SHORTAGE_TARGETS: readonly {
  readonly policy: ShortagePolicy;
  readonly bucket: Bucket;
  readonly mode?: LineShortage["mode"];
}[] = [
  { policy: "leaveOpen", bucket: "open" },
  { policy: "cancelRemainder", bucket: "cancelled" },
  { policy: "backfillOnArrival", bucket: "backfill", mode: "onArrival" },
  { policy: "backfillWithNextOrder", bucket: "backfill", mode: "withNextOrder" },
];
