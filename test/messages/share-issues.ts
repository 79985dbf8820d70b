import { fairShare } from "../../src/allocation/fair-share/fair-share.js";
import { reconfirm } from "../../src/allocation/reconfirm/reconfirm.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import type { ReconfirmDemand } from "../../src/allocation/reconfirm/reconfirm-policy.js";
import { decimal, ONE, ZERO, type Decimal } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import type { Result } from "../../src/core/result.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";

const claim = { claimId: "SHOP-1", requested: decimal("60") };
const primes = ["999999999989", "999999999961", "999999999959", "999999999937", "999999999899", "999999999863"];
const uneven = [...primes, "999999999847", "999999999767", "999999999799"].map((weight, place) => ({
  claimId: `SHOP-${place}`,
  requested: ONE,
  weight: decimal(weight),
}));
const demand: ReconfirmDemand = {
  demandId: "SO-1-1",
  itemCode: "TEA",
  requested: decimal("5"),
  confirmed: decimal("9"),
  strategy: "skip",
  rank: 1,
};

/** Real issues of sharing out and of re-confirmation, one of every code at least. */
export function shareIssues(): Issue[] {
  const wrong = [
    {
      ...claim,
      requested: "1e400" as Decimal,
      quantum: ZERO,
      tier: 0.5,
      quota: { kind: "part" as "ratio", figure: ONE },
    },
    { ...claim, requested: decimal("-1"), minimum: decimal("0.0000001") },
  ];
  const warned = fairShare([claim], ONE, {
    rule: "proportional",
    quantum: ONE,
  });
  const policy = {
    onException: "abort",
    redistribute: { kind: "inOrder" },
  } as const;
  const slips = [
    demand,
    {
      ...demand,
      rank: 0.5,
      strategy: "grab" as "win",
      requested: decimal("-1"),
    },
    { ...demand, demandId: "SO-2-1", confirmed: ONE, firm: decimal("2"), group: "G" },
    { ...demand, demandId: "SO-2-2", confirmed: ONE, strategy: "win" as const, group: "G" },
  ];
  const refused: readonly Result<unknown>[] = [
    fairShare(wrong, ONE, { rule: "lottery" as "talmud", quantum: ONE }),
    fairShare(uneven, ONE, { rule: "talmud", quantum: ONE }),
    reconfirm(slips, [], policy),
    reconfirm([{ ...demand, requested: demand.confirmed }], [], policy),
  ];
  const allocation = {
    priority: [],
    sourcing: { kind: "nearest", areas: [], otherwise: [] },
    lots: "fifo",
  } as const;
  const orders = [anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] })];
  const run = {
    ...policy,
    allocation,
    strategies: [],
    otherwise: "win",
  } as const;
  const { refused: left } = reconfirmOrders(orders, [], {
    ...anyContext(),
    policy: run,
    today: calendarDay("2026-03-02"),
  });
  const reserved = [anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] })];
  const unbooked = [[], anyStock({ onHand: "9", reserved: "9" })].flatMap(
    (stock) =>
      reconfirmOrders(reserved, stock, { ...anyContext(), policy: run, today: calendarDay("2026-03-02") }).refused,
  );
  return [
    ...[...left, ...unbooked].flatMap(({ issues }) => issues),
    ...(warned.ok ? warned.value.warnings : []),
    ...refused.flatMap((result) => (result.ok ? [] : result.issues)),
  ];
}
