import type { Bucket } from "./bucket.js";
import type { AmendableField } from "./order.js";
import type { Reprint } from "./request.js";

/** What goods a paper is about. */
export interface PaperRoad {
  /** Buckets whose goods it names; it is printed for the first. */
  readonly lists: readonly [Bucket, ...Bucket[]];
  /** The bucket that they enter when it has been carried out. */
  readonly done: Bucket;
}

/** The papers that go with goods. */
export const PAPER_ROADS: Readonly<Record<Reprint["document"], PaperRoad>> = {
  pick_list: { lists: ["allocated"], done: "picked" },
  packing_list: { lists: ["picked"], done: "shipped" },
  // The note goes with the goods until they are signed for.
  delivery_note: { lists: ["picked", "shipped"], done: "delivered" },
};

/** Fields of the header that say where and when goods go. */
export const DELIVERY_FIELDS: readonly AmendableField[] = [
  "shipToAddress",
  "deliveryAreaPath",
  "deliveryWaveId",
  "requestedDeliveryDate",
  "deliveryRequirement",
  "vehicleRestriction",
];

/** Fields of the header that papers show. */
export const FIELDS_ON_PAPERS: readonly AmendableField[] = /* @__PURE__ */ (() => [
  ...DELIVERY_FIELDS,
  "remark" as const,
  "customerPoNo" as const,
])();
