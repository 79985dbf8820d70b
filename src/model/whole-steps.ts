import { floorToMultiple, type Decimal } from "../core/decimal.js";

/** What the step of a line allows of a quantity: whole steps, or all of it where there is no step. @internal */
export function wholeSteps(quantity: Decimal, quantum: Decimal | undefined): Decimal {
  return quantum === undefined ? quantity : floorToMultiple(quantity, quantum);
}
