import { describe, expect, it, test } from "vitest";
import type { ReviewCode } from "../../src/intake/review-check.js";
import { reviewOrder } from "../../src/intake/review-order.js";
import type { Order } from "../../src/model/order.js";
import { anyItem, anyOrder, given } from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";
import { findingsOf, reviewContext, type ReviewPart } from "./review-facts.js";

const review = (order: Order, facts: ReviewPart = {}) => reviewOrder(order, reviewContext(facts));

describe("reviewOrder (mission 4.2, 4.5, 4.14)", () => {
  it("rule 3: an order without findings is reviewed and may be confirmed", () => {
    given(anyOrder())
      .when((order) => review(order))
      .then({ status: "entered", quantities: { open: "10" }, events: ["order_reviewed"], requests: [] });
    expect(granted(review(anyOrder())).order.stage).toBe("reviewed");
  });

  const lateAndUnknown = anyOrder({
    header: { customerName: "Corner Ship", requestedDeliveryDate: "2026-03-01" },
    lines: [{ itemName: "Black tea", unitPrice: "9" }],
  });

  it("rule 1: all checks run, and all their findings are kept", () => {
    const facts: ReviewPart = {
      policy: { requiredFields: ["remark"] },
      lists: { items: [anyItem({ lifeStatus: "obsolete", orderMultiple: "4", minOrderQty: "11" })] },
      free: { TEA: "9" },
    };
    const { order, events } = granted(review(lateAndUnknown, facts));
    const [event] = events;
    expect(event?.type === "order_returned_for_correction" && event.details.findings.map(({ code }) => code)).toEqual([
      "review.missing_field",
      "review.customer_name_differs",
      "review.item_name_differs",
      "review.price_differs",
      "review.item_not_orderable",
      "review.not_a_multiple",
      "review.below_minimum",
      "review.requested_before_order",
      "review.stock_short",
    ]);
    expect(order.stage).toBe("returnedForCorrection");
  });

  it("rule 2: an error sends the order back to the customer with what must be completed", () => {
    given(lateAndUnknown)
      .when((order) => review(order))
      .then({
        status: "returnedForCorrection",
        events: ["order_returned_for_correction"],
        requests: ["return_to_customer"],
      });
    const { requests, events } = granted(review(lateAndUnknown));
    expect(requests).toEqual([
      { type: "return_to_customer", orderNo: "SO-1", findings: events[0]?.details["findings" as never] },
    ]);
  });

  it("rule 2: an error turns the order down for good where the policy says so", () => {
    given(lateAndUnknown)
      .when((order) => review(order, { policy: { onError: "reject" } }))
      .then({ status: "rejected", events: ["order_rejected"], requests: ["return_to_customer"] });
  });

  it("rule 2: a warning does not stop the order and is handed to whoever reviews it", () => {
    given(anyOrder())
      .when((order) => review(order, { free: {} }))
      .then({ status: "entered", events: ["order_reviewed"], requests: ["review"] });
    const { requests } = granted(review(anyOrder(), { free: {} }));
    expect(requests).toMatchObject([
      { type: "review", findings: [{ code: "review.stock_short", severity: "warning" }] },
    ]);
  });

  it("rule 2: the policy weighs findings anew: milder, heavier, or not at all", () => {
    const weigh = (code: ReviewCode, severity: "error" | "warning" | "ignore") => ({
      policy: { severities: { [code]: severity } },
    });
    const misnamed = { header: { customerName: "Corner Ship" } };
    const code = "review.customer_name_differs";
    expect(findingsOf(misnamed).map(({ severity }) => severity)).toEqual(["error"]);
    expect(findingsOf(misnamed, weigh(code, "warning")).map(({ severity }) => severity)).toEqual(["warning"]);
    expect(findingsOf(misnamed, weigh(code, "ignore"))).toEqual([]);
    expect(granted(review(anyOrder(misnamed), weigh(code, "warning"))).order.stage).toBe("reviewed");
    expect(granted(review(anyOrder(misnamed), weigh(code, "ignore"))).requests).toEqual([]);
    const strict = { ...weigh("review.stock_short", "error"), free: {} };
    expect(granted(review(anyOrder(), strict)).order.stage).toBe("returnedForCorrection");
  });

  it("is refused when the order was reviewed already", () => {
    expect(reasonsOf(review(anyOrder({ stage: "reviewed" })))).toEqual([
      { code: "review.already_reviewed", path: ["stage"], params: { stage: "reviewed" } },
    ]);
  });

  test.each(["returnedForCorrection", "rejected", "confirmed", "closed"] as const)(
    "is refused when the order is %s",
    (stage) => {
      given(anyOrder({ stage }))
        .when((order) => review(order))
        .then({ issues: ["status.operation_not_allowed"] });
    },
  );
});
