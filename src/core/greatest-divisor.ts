/**
 * The greatest whole number that divides both, whatever their signs; 0 only for two zeros.
 *
 * @internal
 */
export function greatestDivisor(left: bigint, right: bigint): bigint {
  let [greater, lesser] = [left < 0n ? -left : left, right < 0n ? -right : right];
  while (lesser !== 0n) [greater, lesser] = [lesser, greater % lesser];
  return greater;
}
