import { describe, expect, it, test } from "vitest";
import { ORDER_STATUSES, type OrderStatus } from "../../src/model/order.js";
import { checkOutcome, deepFreeze } from "../../src/testing/index.js";
import { orderIn } from "../lifecycle/order-in.js";
import { exceptionMatrix, EXCEPTIONS, type ExceptionName } from "./exception-matrix.js";

/** By status, in the order of `ORDER_STATUSES`: granted, or the codes; a dash where the status itself forbids it. */
const EXPECTED: readonly (readonly [name: ExceptionName, cells: readonly string[]])[] = [
  [
    "cancel all",
    ["yes", "yes", "–", "yes", "yes", "yes", "nothing_left", "nothing_left", "– nothing_left", "– nothing_left"],
  ],
  [
    "cancel 4",
    [
      "yes",
      "yes",
      "–",
      "yes",
      "yes",
      "yes",
      "more_than_left",
      "more_than_left",
      "– more_than_left",
      "– more_than_left",
    ],
  ],
  [
    "add 4 (add-on)",
    ["yes", "–", "–", "yes", "yes", "no_cut_off", "–", "– already_invoiced", "– already_invoiced", "–"],
  ],
  ["amend: 14 pieces", ["yes", "–", "–", "yes", "yes", "no_cut_off", "–", "– already_invoiced", "–", "–"]],
  ["amend: 6 pieces", ["yes", "–", "–", "yes", "yes", "yes", "below_least", "below_least", "– below_least", "–"]],
  [
    "amend: other address",
    [
      "yes",
      "–",
      "–",
      "yes",
      "yes",
      "yes",
      "goods_on_their_way",
      "nothing_to_deliver",
      "– nothing_to_deliver",
      "– nothing_to_deliver",
    ],
  ],
  ["amend: other price", ["yes", "–", "–", "yes", "yes", "yes", "yes", "already_invoiced", "– already_invoiced", "–"]],
  [
    "short at picking: all",
    [
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "nothing_expected",
      "yes",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
    ],
  ],
  [
    "short at picking: 4",
    [
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "nothing_expected",
      "yes",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
    ],
  ],
  [
    "short at loading: all",
    [
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "nothing_expected",
      "nothing_expected",
      "yes",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
    ],
  ],
  [
    "short at loading: 4",
    [
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "nothing_expected",
      "nothing_expected",
      "yes",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
      "– nothing_expected",
    ],
  ],
  [
    "wrong item at loading: 4",
    [
      "– more_than_there",
      "– more_than_there",
      "– more_than_there",
      "more_than_there",
      "more_than_there",
      "yes",
      "more_than_there",
      "more_than_there",
      "– more_than_there",
      "– more_than_there",
    ],
  ],
  [
    "wrong item at delivery: 4",
    [
      "– more_than_there",
      "– more_than_there",
      "– more_than_there",
      "more_than_there",
      "more_than_there",
      "more_than_there",
      "yes",
      "more_than_there",
      "– more_than_there",
      "– more_than_there",
    ],
  ],
  [
    "wrong item after signing: 4, billed",
    [
      "– more_than_there",
      "– more_than_there",
      "– more_than_there",
      "more_than_there",
      "more_than_there",
      "more_than_there",
      "more_than_there",
      "yes",
      "–",
      "– more_than_there",
    ],
  ],
  [
    "delivery fails, goods come back",
    [
      "– nothing_shipped",
      "– nothing_shipped",
      "– nothing_shipped",
      "nothing_shipped",
      "nothing_shipped",
      "nothing_shipped",
      "yes",
      "– nothing_shipped",
      "– nothing_shipped",
      "– nothing_shipped",
    ],
  ],
  [
    "delivery fails for 4 of them",
    [
      "– line_not_shipped",
      "– line_not_shipped",
      "– line_not_shipped",
      "line_not_shipped",
      "line_not_shipped",
      "line_not_shipped",
      "yes",
      "– line_not_shipped",
      "– line_not_shipped",
      "– line_not_shipped",
    ],
  ],
  [
    "delivery fails for the last time",
    [
      "– nothing_shipped",
      "– nothing_shipped",
      "– nothing_shipped",
      "nothing_shipped",
      "nothing_shipped",
      "nothing_shipped",
      "yes",
      "– nothing_shipped",
      "– nothing_shipped",
      "– nothing_shipped",
    ],
  ],
  [
    "lost on the way: all",
    [
      "– more_than_shipped",
      "– more_than_shipped",
      "– more_than_shipped",
      "more_than_shipped",
      "more_than_shipped",
      "more_than_shipped",
      "yes",
      "– more_than_shipped",
      "– more_than_shipped",
      "– more_than_shipped",
    ],
  ],
  [
    "lost on the way: 4",
    [
      "– more_than_shipped",
      "– more_than_shipped",
      "– more_than_shipped",
      "more_than_shipped",
      "more_than_shipped",
      "more_than_shipped",
      "yes",
      "– more_than_shipped",
      "– more_than_shipped",
      "– more_than_shipped",
    ],
  ],
  [
    "refused: all",
    [
      "– does_not_add_up",
      "– does_not_add_up",
      "– does_not_add_up",
      "does_not_add_up",
      "does_not_add_up",
      "does_not_add_up",
      "yes",
      "– does_not_add_up",
      "– does_not_add_up",
      "– does_not_add_up",
    ],
  ],
  [
    "refused: 4",
    [
      "– does_not_add_up",
      "– does_not_add_up",
      "– does_not_add_up",
      "does_not_add_up",
      "does_not_add_up",
      "does_not_add_up",
      "yes",
      "– does_not_add_up",
      "– does_not_add_up",
      "– does_not_add_up",
    ],
  ],
  [
    "short at delivery: 4",
    [
      "– does_not_add_up",
      "– does_not_add_up",
      "– does_not_add_up",
      "does_not_add_up",
      "does_not_add_up",
      "does_not_add_up",
      "yes",
      "– does_not_add_up",
      "– does_not_add_up",
      "– does_not_add_up",
    ],
  ],
  [
    "over at delivery: 2, kept",
    [
      "– does_not_add_up",
      "– does_not_add_up",
      "– does_not_add_up",
      "does_not_add_up",
      "does_not_add_up",
      "does_not_add_up",
      "yes",
      "– does_not_add_up",
      "– does_not_add_up",
      "– does_not_add_up",
    ],
  ],
];

describe("the exception matrix (mission 14.1–14.7, 11.3; definitions B17, B19)", () => {
  const matrix = exceptionMatrix();

  it("knows every exception and every status", () => {
    expect(EXPECTED.map(([name]) => name)).toEqual(Object.keys(EXCEPTIONS));
    for (const [, cells] of EXPECTED) expect(cells).toHaveLength(ORDER_STATUSES.length);
  });

  test.each(EXPECTED)("%s: granted, or refused with exactly these codes", (name, cells) => {
    expect(Object.values(matrix[name]).map(cellOf)).toEqual(cells);
  });

  test.each(Object.keys(EXCEPTIONS) as ExceptionName[])("%s keeps every law where it is granted", (name) => {
    const may = ORDER_STATUSES.filter((status) => matrix[name][status].length === 0);
    expect(may.length).toBeGreaterThan(0);
    for (const status of may) {
      const order = deepFreeze(orderIn(status));
      const result = EXCEPTIONS[name](order);
      if (!result.ok) throw new Error("It was granted before.");
      expect(checkOutcome(order, result.value)).toEqual([]);
    }
  });

  it("grants nothing on an order that has ended, and only cancelling on one that is with the customer", () => {
    const ended: readonly OrderStatus[] = ["rejected", "closed", "cancelled"];
    for (const [name, row] of Object.entries(matrix)) {
      for (const status of ended) expect(row[status]).toContain("status.operation_not_allowed");
      if (name.startsWith("cancel")) expect(row.returnedForCorrection).toEqual([]);
      else expect(row.returnedForCorrection).toContain("status.operation_not_allowed");
    }
  });
});

function cellOf(codes: readonly string[]): string {
  if (codes.length === 0) return "yes";
  return codes
    .map((code) => (code === "status.operation_not_allowed" ? "–" : code.slice(code.indexOf(".") + 1)))
    .join(" ");
}
