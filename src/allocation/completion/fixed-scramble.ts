/**
 * A fixed sequence of figures that look as if drawn at random (linear congruential, Numerical Recipes): a search that
 * needs variety gets it, and yet the same input always gives the same answer.
 *
 * @returns a function that gives the next figure, from 0 up to but not including 1; every call begins anew
 */
export function fixedScramble(): () => number {
  let state = 12_345;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
