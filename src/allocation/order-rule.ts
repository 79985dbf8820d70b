import type { CustomerCode } from "../model/ids.js";
import type { Order } from "../model/order.js";

/** Which orders are meant: those that fit everything that is named. */
export interface OrderRule {
  /** Customer classes. */
  readonly customerClasses?: readonly string[];
  /** Customer types. */
  readonly customerTypes?: readonly string[];
  /** Customers. */
  readonly customerCodes?: readonly CustomerCode[];
  /** `given`: a day was promised for one of the lines; `none`: for no line. */
  readonly promise?: "given" | "none";
  /** `yes` for orders that were booked ahead. */
  readonly preBooked?: "yes" | "no";
}

/** The first rule that an order fits. @internal */
export function firstRuleFor<Rule extends OrderRule>(
  { header, lines }: Order,
  rules: readonly Rule[],
): Rule | undefined {
  const promise = lines.some(({ promises }) => promises.length > 0) ? "given" : "none";
  const preBooked = header.preBooked === true ? "yes" : "no";
  const isIn = (names: readonly string[] | undefined, name: string | undefined): boolean =>
    names === undefined || (name !== undefined && names.includes(name));
  return rules.find(
    (rule) =>
      isIn(rule.customerClasses, header.customerClass) &&
      isIn(rule.customerTypes, header.customerType) &&
      isIn(rule.customerCodes, header.customerCode) &&
      (rule.promise ?? promise) === promise &&
      (rule.preBooked ?? preBooked) === preBooked,
  );
}
