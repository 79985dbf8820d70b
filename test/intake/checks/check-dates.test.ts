import { describe, expect, test } from "vitest";
import { findingsOf } from "../review-facts.js";

describe("the check of dates (mission 4.5)", () => {
  test.each([
    ["2026-03-01", false],
    ["2026-03-02", true],
    ["2026-03-03", true],
  ])("goods wanted on %s that were ordered on 2026-03-02 pass: %s", (requestedDeliveryDate, passes) => {
    expect(findingsOf({ header: { requestedDeliveryDate } })).toEqual(
      passes
        ? []
        : [
            {
              code: "review.requested_before_order",
              path: ["header", "requestedDeliveryDate"],
              params: { orderDate: "2026-03-02", requestedDeliveryDate },
              severity: "error",
            },
          ],
    );
  });
});
