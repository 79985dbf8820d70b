import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { rational } from "../../src/core/unit-conversion.js";
import type { ReviewCode, ReviewPolicy } from "../../src/intake/review-check.js";
import { reviewOrder } from "../../src/intake/review-order.js";
import type { Finding } from "../../src/model/finding.js";
import { indexMasters, type MasterLists } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, anyCustomer, anyItem, anyOrder, anyPriceEntry, given, type AnyOrder } from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";

const LISTS: MasterLists = { customers: [anyCustomer()], items: [anyItem()], prices: [anyPriceEntry()] };
const POLICY: ReviewPolicy = {
  requiredFields: [],
  priceTolerancePercent: decimal("0"),
  severities: {},
  onError: "returnForCorrection",
};
interface Facts {
  readonly lists?: MasterLists;
  readonly policy?: Partial<ReviewPolicy>;
  readonly free?: Readonly<Record<string, string>>;
}
const contextOf = ({ lists = {}, policy = {}, free }: Facts) => ({
  ...anyContext(),
  masters: indexMasters({ ...LISTS, ...lists }),
  policy: { ...POLICY, ...policy },
  ...(free === undefined
    ? {}
    : { freeStock: new Map(Object.entries(free).map(([itemCode, quantity]) => [itemCode, decimal(quantity)])) }),
});
const review = (order: Order, facts: Facts = {}) => reviewOrder(order, contextOf(facts));

/** The findings of a review, wherever they went. */
function findingsOf(part: AnyOrder, facts: Facts = {}): readonly Finding[] {
  const [event] = granted(review(anyOrder(part), facts)).events;
  if (event?.type === "order_reviewed" || event?.type === "order_returned_for_correction") return event.details.findings;
  throw new Error(`Not a review: ${event?.type}`);
}
const codesOf = (part: AnyOrder, facts: Facts = {}) => findingsOf(part, facts).map(({ code }) => code);

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
    const facts: Facts = {
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
    expect(requests).toEqual([{ type: "return_to_customer", orderNo: "SO-1", findings: events[0]?.details["findings" as never] }]);
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
    expect(requests).toMatchObject([{ type: "review", findings: [{ code: "review.stock_short", severity: "warning" }] }]);
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

describe("the check of names (mission 4.5)", () => {
  it("finds a name that is not the master's", () => {
    expect(findingsOf({ header: { customerName: "Corner Ship" }, lines: [{}, { itemName: "Black tea" }] })).toEqual([
      {
        code: "review.customer_name_differs",
        path: ["header", "customerName"],
        params: { customerCode: "C-100", given: "Corner Ship", expected: "Corner Shop" },
        severity: "error",
      },
      {
        code: "review.item_name_differs",
        path: ["lines", 1, "itemName"],
        params: { itemCode: "TEA", given: "Black tea", expected: "Green tea" },
        severity: "error",
      },
    ]);
  });

  test.each([
    ["Café Nord", "  CAFÉ   nord "],
    ["Café Nord", "Cafe\u0301 Nord"],
    ["ABC", "ＡＢＣ"],
  ])("takes %s and %s for one name", (name, customerName) => {
    expect(codesOf({ header: { customerName } }, { lists: { customers: [anyCustomer({ name })] } })).toEqual([]);
  });

  it("takes an accent that is missing for another name", () => {
    const facts = { lists: { customers: [anyCustomer({ name: "Café Nord" })] } };
    expect(codesOf({ header: { customerName: "Cafe Nord" } }, facts)).toEqual(["review.customer_name_differs"]);
  });

  it("says nothing of customers and items that the master no longer has", () => {
    expect(codesOf({ header: { customerName: "x" }, lines: [{ itemName: "y" }] }, { lists: { customers: [], items: [] } })).toEqual(
      [],
    );
  });
});

describe("the check of prices (mission 4.5, 3.6)", () => {
  const at = (unitPrice: string | null) => ({ lines: [{ unitPrice }] });
  it("finds a line for which nobody knows a price", () => {
    expect(findingsOf(at(null), { lists: { prices: [] } })).toEqual([
      { code: "review.no_price", path: ["lines", 0, "unitPrice"], params: { itemCode: "TEA" }, severity: "error" },
    ]);
    expect(codesOf(at("2.5"), { lists: { prices: [] } })).toEqual([]);
    expect(codesOf(at(null))).toEqual([]);
  });

  it("finds prices that contradict each other, also when the customer named one of them", () => {
    const prices = [anyPriceEntry({ unitPrice: "2" }), anyPriceEntry({ unitPrice: "3" })];
    expect(findingsOf(at("2"), { lists: { prices } })).toEqual([
      {
        code: "review.price_ambiguous",
        path: ["lines", 0, "unitPrice"],
        params: { itemCode: "TEA", prices: ["2", "3"] },
        severity: "error",
      },
    ]);
  });

  test.each([
    ["0", "2.5", true],
    ["0", "2.49", false],
    ["0", "2.51", false],
    ["2", "2.45", true],
    ["2", "2.55", true],
    ["2", "2.449", false],
    ["2", "2.5501", false],
    ["100", "0", true],
  ])("with a tolerance of %s percent of 2.5, a price of %s passes: %s", (percent, price, passes) => {
    const found = findingsOf(at(price), { policy: { priceTolerancePercent: decimal(percent) } });
    expect(found).toEqual(
      passes
        ? []
        : [
            {
              code: "review.price_differs",
              path: ["lines", 0, "unitPrice"],
              params: { itemCode: "TEA", given: decimal(price), expected: "2.5" },
              severity: "error",
            },
          ],
    );
  });

  test.each([
    ["sale", true],
    ["backfill", true],
    ["gift", false],
    ["exchange", false],
    ["depositDraw", false],
    ["sample", false],
  ] as const)("looks at the price of a %s: %s", (transactionCategory, looks) => {
    expect(codesOf({ lines: [{ transactionCategory, unitPrice: "9" }] })).toEqual(looks ? ["review.price_differs"] : []);
  });
});

describe("the check of quantities (mission 2.4, 5.10)", () => {
  const facts = (part: Parameters<typeof anyItem>[0]) => ({ lists: { items: [anyItem(part)] } });
  test.each([
    ["12", "6", true],
    ["10", "6", false],
    ["6", "6", true],
    ["3", "6", false],
  ])("%s of a multiple of %s pass: %s", (orderedQty, orderMultiple, passes) => {
    expect(findingsOf({ lines: [{ orderedQty }] }, facts({ orderMultiple }))).toEqual(
      passes
        ? []
        : [
            {
              code: "review.not_a_multiple",
              path: ["lines", 0, "orderedQty"],
              params: { itemCode: "TEA", quantity: orderedQty, multiple: orderMultiple },
              severity: "error",
            },
          ],
    );
  });

  test.each([
    ["12", true],
    ["12.001", true],
    ["11.999", false],
  ])("%s of at least 12 pass: %s", (orderedQty, passes) => {
    expect(findingsOf({ lines: [{ orderedQty }] }, facts({ minOrderQty: "12" }))).toEqual(
      passes
        ? []
        : [
            {
              code: "review.below_minimum",
              path: ["lines", 0, "orderedQty"],
              params: { itemCode: "TEA", quantity: orderedQty, minimum: "12" },
              severity: "error",
            },
          ],
    );
  });

  it("counts in the base unit", () => {
    const lines = [{ orderedQty: "2", uom: "CS", unitFactor: rational(12), unitPrice: null }];
    expect(codesOf({ lines }, facts({ orderMultiple: "24", minOrderQty: "24" }))).toEqual([]);
  });

  test.each([
    ["active", true],
    ["discontinued", true],
    ["planned", false],
    ["obsolete", false],
  ] as const)("an item that is %s can be ordered: %s", (lifeStatus, passes) => {
    expect(findingsOf({}, facts({ lifeStatus }))).toEqual(
      passes
        ? []
        : [
            {
              code: "review.item_not_orderable",
              path: ["lines", 0, "itemCode"],
              params: { itemCode: "TEA", lifeStatus },
              severity: "error",
            },
          ],
    );
  });
});

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

describe("the hint about stock (mission 4.5, 8.1)", () => {
  test.each([
    ["10", true],
    ["9.99", false],
    [undefined, false],
  ])("with %s free, 10 pass: %s", (free, passes) => {
    expect(findingsOf({}, { free: free === undefined ? {} : { TEA: free } })).toEqual(
      passes
        ? []
        : [
            {
              code: "review.stock_short",
              path: ["lines", 0, "orderedQty"],
              params: { itemCode: "TEA", quantity: "10", available: free ?? "0" },
              severity: "warning",
            },
          ],
    );
  });

  it("is no promise: each line is looked at as if it were alone", () => {
    expect(codesOf({ lines: [{}, {}] }, { free: { TEA: "10" } })).toEqual([]);
  });

  it("is not given when nobody tells what is free", () => {
    expect(codesOf({})).toEqual([]);
  });
});
