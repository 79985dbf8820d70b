import { expect, it } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { countConsumed } from "../../src/model/count-consumed.js";
import type { SupplyRule } from "../../src/model/supply-rule.js";
import { anyOrder, deepFreeze, type AnyOrderLine } from "../../src/testing/index.js";

// Mission 8.9; definition B9.

const rule = (kind: SupplyRule["kind"], group: string, itemCode: string): SupplyRule => ({
  kind,
  group,
  itemCode,
  quantity: decimal("50"),
  consumed: decimal("99"),
});
const order = (orderNo: string, customerClass: string | undefined, ...lines: AnyOrderLine[]) =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    header: customerClass === undefined ? {} : { customerClass },
    lines: lines.map((line) => ({ orderedQty: "300", ...line })),
  });

it("counts what each group has got of an item, for caps and minimums alike", () => {
  const orders = [
    order(
      "SO-1",
      "B",
      { itemCode: "TEA", quantities: { allocated: "1", picked: "2", shipped: "4", delivered: "8.5" } },
      { itemCode: "TEA", quantities: { backfill: "32", cancelled: "64", returned: "128" } },
      { itemCode: "SALT", quantities: { allocated: "5" } },
    ),
    order("SO-2", "B", { itemCode: "TEA", quantities: { allocated: "3" } }),
    order("SO-3", "B", { itemCode: "TEA", transactionCategory: "depositDraw", quantities: { allocated: "7" } }),
    order("SO-4", "A", { itemCode: "TEA", quantities: { allocated: "20" } }),
    order("SO-5", undefined, { itemCode: "TEA", quantities: { allocated: "40" } }),
  ];
  const rules = deepFreeze([
    rule("cap", "B", "TEA"),
    rule("protect", "B", "TEA"),
    rule("cap", "B", "SALT"),
    rule("protect", "A", "TEA"),
    rule("cap", "C", "TEA"),
  ]);
  const counted = countConsumed(rules, deepFreeze(orders));
  expect(counted.map(({ consumed }) => consumed)).toEqual(["18.5", "18.5", "5", "20", "0"]);
  expect(counted.map(({ consumed: _consumed, ...rest }) => rest)).toEqual(
    rules.map(({ consumed: _consumed, ...rest }) => rest),
  );
});
