import { describe, expect, test } from "vitest";
import { compareMissingLast, compareText } from "../../src/core/compare-text.js";

describe("texts by their code units", () => {
  test.each([
    ["a", "b", -1],
    ["b", "a", 1],
    ["a", "a", 0],
    ["Z", "a", -1],
    ["9", "10", 1],
    ["", "a", -1],
  ] as const)("%j and %j: %d", (left, right, expected) => {
    expect(compareText(left, right)).toBe(expected);
    expect(compareMissingLast(left, right)).toBe(expected);
  });

  test.each([
    [undefined, "a", 1],
    ["a", undefined, -1],
    [undefined, undefined, 0],
  ] as const)("what is missing comes last: %j and %j: %d", (left, right, expected) => {
    expect(compareMissingLast(left, right)).toBe(expected);
  });
});
