import { describe, expect, it } from "vitest";
import { codesOf, findingsOf } from "../review-facts.js";

describe("the check of completeness (mission 4.2)", () => {
  const policy = { requiredFields: ["requestedDeliveryDate", "remark", "deliveryAreaPath"] as const };
  it("finds every required field that is absent or empty", () => {
    expect(findingsOf({ header: { remark: "", deliveryAreaPath: [] } }, { policy })).toEqual(
      ["requestedDeliveryDate", "remark", "deliveryAreaPath"].map((field) => ({
        code: "review.missing_field",
        path: ["header", field],
        params: { field },
        severity: "error",
      })),
    );
  });

  it("is content with fields that are there, also when they say no", () => {
    const header = { requestedDeliveryDate: "2026-03-02", remark: "x", preBooked: false };
    expect(codesOf({ header }, { policy: { requiredFields: [...policy.requiredFields, "preBooked"] } })).toEqual([]);
  });
});
