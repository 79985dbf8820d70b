import { issue } from "../../core/issue.js";
import type { ReviewCheck } from "../review-check.js";

/**
 * Goods are not wanted before they were ordered. Codes: `review.requested_before_order`.
 *
 * **Source:** mission 4.5
 */
export const checkDates: ReviewCheck = ({ header: { orderDate, requestedDeliveryDate } }) =>
  requestedDeliveryDate !== undefined && requestedDeliveryDate < orderDate
    ? [
        issue("review.requested_before_order", ["header", "requestedDeliveryDate"], {
          orderDate,
          requestedDeliveryDate,
        }),
      ]
    : [];
