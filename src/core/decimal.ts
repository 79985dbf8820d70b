/** Exact decimal arithmetic on canonical text: the one place from which the rest of the library takes it. */
export type { Decimal } from "./decimal-text.js";
export {
  MAXIMUM_DECIMALS,
  MAXIMUM_INTEGER_DIGITS,
  MAXIMUM_SIGNIFICANT_DIGITS,
  ONE,
  ZERO,
  decimal,
  isDecimal,
  parseDecimal,
  toFixedText,
} from "./decimal-text.js";
export { absolute, add, multiply, negate, subtract, sum } from "./decimal-arithmetic.js";
export { compare, equals, isNegative, isPositive, isZero, maximum, minimum } from "./decimal-comparison.js";
export { ROUNDING_MODES, multiplyRound, round, type RoundingMode } from "./decimal-rounding.js";
export { divide, divideExactly, multiplyDivide } from "./decimal-division.js";
export { ceilToMultiple, floorToMultiple, isMultipleOf } from "./decimal-multiple.js";
export {
  clampUnits,
  divideUnits,
  fromUnits,
  multiplyDivideUnits,
  scaleOf,
  toSafeUnits,
  toUnits,
} from "./decimal-units.js";
