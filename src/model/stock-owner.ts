import type { CustomerCode } from "./ids.js";
import type { OrderHeader } from "./order.js";
import type { OrderLine } from "./order-line.js";

/** Whether a line draws on goods that its customer left in store; all others are served from our own. */
export function isDepositDraw({ transactionCategory }: Pick<OrderLine, "transactionCategory">): boolean {
  return transactionCategory === "depositDraw";
}

/** The owner of the stock that a line may have; undefined for our own. */
export function stockOwnerOf(
  { customerCode }: Pick<OrderHeader, "customerCode">,
  line: Pick<OrderLine, "transactionCategory">,
): CustomerCode | undefined {
  return isDepositDraw(line) ? customerCode : undefined;
}
