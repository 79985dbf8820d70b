import { expect, test } from "vitest";
import { isSame } from "../../src/exceptions/is-same.js";

test.each([
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [{ a: undefined }, { b: undefined }, false],
  [[1, 2], [1, 2], true],
  [[1], [1, 2], false],
  [["x"], { 0: "x" }, false],
  [null, {}, false],
  [null, null, true],
  ["a", "a", true],
  ["a", "b", false],
  [{ a: { b: 1 } }, { a: { b: 2 } }, false],
])("%j and %j are the same: %s", (one, other, same) => {
  expect(isSame(one, other)).toBe(same);
  expect(isSame(other, one)).toBe(same);
});
