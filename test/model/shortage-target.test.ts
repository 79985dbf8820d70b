import { describe, expect, it } from "vitest";
import { instant } from "../../src/core/instant.js";
import type { ShortagePolicy } from "../../src/model/customer.js";
import { shortageTarget } from "../../src/model/shortage-target.js";

const note = { cause: "pick", reason: "not_found", since: instant("2026-03-02T09:00:00Z") } as const;

describe("where short quantity goes (mission 9.15, 9.16, 9.17, 12.2a)", () => {
  it.each<[ShortagePolicy, unknown]>([
    ["backfillOnArrival", { to: "backfill", shortage: { ...note, mode: "onArrival" } }],
    ["backfillWithNextOrder", { to: "backfill", shortage: { ...note, mode: "withNextOrder" } }],
    ["cancelRemainder", { to: "cancelled" }],
    ["leaveOpen", { to: "open" }],
    ["deferWholeOrder", { to: "open" }],
    ["mergeIntoNextOrder", { to: "open" }],
  ])("%s", (policy, target) => {
    expect(shortageTarget(policy, note)).toEqual(target);
  });
});
