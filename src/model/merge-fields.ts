import { isSameData } from "../core/same-data.js";
import type { OrderHeader } from "./order.js";

/** A field that two orders must have in common for goods to go over from one into the other. */
export type MergeField = "customerCode" | "shipToAddress" | "currency";

const MERGE_FIELDS: readonly MergeField[] = ["customerCode", "shipToAddress", "currency"];

/** The fields that keep goods of one order from being goods of the other. */
export function differingMergeFields(a: OrderHeader, b: OrderHeader): MergeField[] {
  return MERGE_FIELDS.filter((field) => !isSameData(a[field], b[field]));
}
