/**
 * Freezes a value and everything in it, so that an operation that writes into its input fails at once.
 *
 * @param value plain data
 * @returns the same value, frozen
 * @example
 * ```ts
 * import { anyOrder, deepFreeze } from "ordercycle/testing";
 * Object.isFrozen(deepFreeze(anyOrder()).lines[0]?.quantities); // => true
 * ```
 */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
