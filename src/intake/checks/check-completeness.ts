import { issue } from "../../core/issue.js";
import type { OrderHeader } from "../../model/order.js";
import type { ReviewCheck } from "../review-check.js";

/**
 * Every field that the site requires is there. Codes: `review.missing_field`.
 *
 * **Source:** mission 4.2
 */
export const checkCompleteness: ReviewCheck = ({ header }, { policy }) =>
  policy.requiredFields
    .filter((field) => isEmpty(header[field]))
    .map((field) => issue("review.missing_field", ["header", field], { field }));

function isEmpty(value: OrderHeader[keyof OrderHeader]): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
