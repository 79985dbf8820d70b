/**
 * The value in units of 10^-scale as a safe integer, read in one pass: for loops over very many short numbers.
 *
 * What is finer than the scale, too large or no number at all is answered by NaN, and left to `toSafeUnits`.
 */
export { safeUnitsAt as quickUnits } from "./decimal-kernel.js";
