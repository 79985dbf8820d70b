import { array, integer, nat, type Arbitrary } from "fast-check";
import { applyChanges } from "../../model/apply-changes.js";
import type { Change } from "../../model/change.js";
import type { Order } from "../../model/order.js";
import { legalChange, type ChangeChoice } from "./legal-change.js";
import { plainRecord } from "./plain-record.js";

/**
 * Choices for {@link legalChange}.
 *
 * @returns a fast-check arbitrary
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { anyOrder, arbitraryChangeChoice, legalChange } from "ordercycle/testing";
 * const changes = fc.sample(arbitraryChangeChoice(), 50).map((choice) => legalChange(anyOrder(), choice));
 * changes.every(({ kind }) => kind.includes("_")); // => true
 * ```
 */
export function arbitraryChangeChoice(): Arbitrary<ChangeChoice> {
  return plainRecord<ChangeChoice>({
    kind: nat({ max: 19 }),
    line: nat({ max: 999 }),
    move: nat({ max: 999 }),
    place: nat({ max: 999 }),
    portion: integer({ min: 1, max: 1000 }),
  });
}

/**
 * Lists of changes that an order allows one after the other; each is chosen on the order that the earlier ones leave.
 *
 * @param order any order
 * @param maxLength greatest number of changes
 * @returns a fast-check arbitrary
 *
 * **Source:** mission 11.3
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { applyChanges } from "ordercycle";
 * import { anyOrder, arbitraryChanges, checkOrderConservation } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed" });
 * const lists = fc.sample(arbitraryChanges(order), 50);
 * lists.flatMap((changes) => checkOrderConservation(order, applyChanges(order, changes), changes)); // => []
 * ```
 */
export function arbitraryChanges(order: Order, maxLength = 10): Arbitrary<Change[]> {
  return array(arbitraryChangeChoice(), { minLength: 1, maxLength }).map((choices) => {
    let current = order;
    return choices.map((choice) => {
      const change = legalChange(current, choice);
      current = applyChanges(current, [change]);
      return change;
    });
  });
}
