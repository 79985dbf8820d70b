import {
  compare,
  decimal,
  multiply,
  multiplyRound,
  round,
  subtract,
  type Decimal,
  type RoundingMode,
} from "../core/decimal.js";
import type { LineDiscount, OrderLine, TransactionCategory } from "./order-line.js";

/** Categories that cost the customer nothing. */
const FREE: readonly TransactionCategory[] = ["gift", "exchange", "depositDraw", "sample"];

const HUNDREDTH: Decimal = /* @__PURE__ */ decimal("0.01");
const HUNDRED: Decimal = /* @__PURE__ */ decimal("100");

/** Says whether a line costs the customer nothing, whatever its price. */
export function isFree({ transactionCategory }: Pick<OrderLine, "transactionCategory">): boolean {
  return FREE.includes(transactionCategory);
}

/** Says whether a discount is more than the goods; compared exactly, before anything is rounded. */
export function isMoreThan(discount: LineDiscount | undefined, gross: Decimal): boolean {
  if (discount === undefined) return false;
  return discount.kind === "percent" ? compare(discount.percent, HUNDRED) > 0 : compare(discount.amount, gross) > 0;
}

/** The amount of a line less the discount that was agreed for it: one rounding of the exact amount. */
export function agreedAmount(
  line: Pick<OrderLine, "transactionCategory" | "discount">,
  gross: Decimal,
  decimals: number,
  rounding: RoundingMode,
): Decimal {
  const { discount } = line;
  if (discount === undefined || isFree(line)) return round(gross, decimals, rounding);
  if (discount.kind === "amount") return round(subtract(gross, discount.amount), decimals, rounding);
  return multiplyRound(gross, multiply(subtract(HUNDRED, discount.percent), HUNDREDTH), decimals, rounding);
}
