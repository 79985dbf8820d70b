import { describe, expect, it } from "vitest";
import { checkAllocationPolicy } from "../../src/allocation/check-allocation-policy.js";
import { fairShare } from "../../src/allocation/fair-share/fair-share.js";
import type { BatchSharing } from "../../src/allocation/fair-share/batch-sharing.js";
import { describeIssue } from "../../src/messages/describe-issue.js";
import { decimal, ONE } from "../../src/core/decimal.js";

// Mission 9.13, 4.15: a sentence names the figure that it speaks of.

describe("what is said of a figure of a sharing", () => {
  const quota = { customerClass: "A", kind: "percent" as const };
  it.each<[Partial<BatchSharing>, string, string]>([
    [
      { quotas: [{ ...quota, figure: decimal("120") }] },
      "A quota of 120 percent is more than a hundred.",
      "配额 120% 超过了百分之百。",
    ],
    [
      { quotas: [{ ...quota, figure: undefined as never }] },
      "The quota must be a decimal number, not “undefined”.",
      "配额必须是十进制数，不能是“undefined”。",
    ],
    [
      { quotas: [{ ...quota, kind: "amount", figure: decimal("1000000000000") }] },
      "The quota 1000000000000 is too large or has too many digits.",
      "配额 1000000000000 过大或位数过多。",
    ],
    [{ minimum: decimal("-1") }, "The least quantity is -1; it must not be below zero.", "最小数量为 -1，不得小于零。"],
    [
      { weights: [{ customerClass: "A", weight: decimal("0") }] },
      "The weight is 0; it must be above zero.",
      "权重为 0，必须大于零。",
    ],
  ])("names it: %j", (part, english, chinese) => {
    const sourcing = { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] };
    const sharing = [{ rule: "proportional" as const, ...part }];
    const issues = checkAllocationPolicy({ priority: [], lots: "fifo", sourcing, sharing });
    expect(issues.map((found) => describeIssue(found, "en"))).toEqual([english]);
    expect(issues.map((found) => describeIssue(found, "zh"))).toEqual([chinese]);
  });

  it("also where claims are shared among directly", () => {
    const claims = [{ claimId: "A", requested: decimal("-1"), quantum: decimal("0") }];
    const result = fairShare(claims, "x" as never, { rule: "proportional", quantum: ONE });
    expect(result.ok ? [] : result.issues.map((found) => describeIssue(found, "en"))).toEqual([
      "The available quantity must be a decimal number, not “x”.",
      "The requested quantity is -1; it must not be below zero.",
      "The smallest step is 0; it must be above zero.",
    ]);
  });
});
