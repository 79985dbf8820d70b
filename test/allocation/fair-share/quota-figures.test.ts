import { expect, it } from "vitest";
import { fairShare } from "../../../src/allocation/fair-share/fair-share.js";
import type { ShareQuota } from "../../../src/allocation/fair-share/fair-share-policy.js";
import { decimal, ONE } from "../../../src/core/decimal.js";

// Mission 9.13; definition B7.
const shared = (available: string, ...quotas: readonly (readonly [ShareQuota["kind"], string])[]) => {
  const claims = quotas.map(([kind, figure], place) => ({
    claimId: `C-${place}`,
    requested: decimal(available),
    quota: { kind, figure: decimal(figure) },
  }));
  const result = fairShare(claims, decimal(available), { rule: "equalAwards", quantum: ONE });
  return result.ok ? result.value.shares.map(({ quantity }) => quantity) : result.issues;
};

it("an amount and a percentage are set aside side by side", () => {
  expect(shared("100", ["amount", "30"], ["percent", "50"])).toEqual(["40", "60"]);
});

it("an amount may be as long as any quantity", () => {
  expect(shared("200000", ["amount", "123456"], ["amount", "1"])).toEqual(["161728", "38272"]);
});
