import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import { decideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import { add, compare, decimal, minimum, subtract, sum, ZERO, type Decimal } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import { parseReallocationProposal } from "../../../src/schema/index.js";
import { anyOrder, anyStock, deepFreeze } from "../../../src/testing/index.js";
import { allConsents, CONTEXT, orderOf, POLICY, propose, proposed, stockOf, TODAY } from "./reallocation-world.js";

// Mission 8.9, 9.14; definitions B6, B9: goods that go from order to order keep the rules of customer groups.

const cap = (group: string, quantity: string, consumed = "0"): SupplyRule => ({
  kind: "cap",
  group,
  itemCode: "TEA",
  quantity: decimal(quantity),
  consumed: decimal(consumed),
});
const protect = (...rule: Parameters<typeof cap>): SupplyRule => ({ ...cap(...rule), kind: "protect" });

const short = orderOf("SO-1", "A", { orderedQty: "10", quantities: { backfill: "10" } });
const holding = (orderNo: string, customerClass: string, allocated: string, more: object = {}): Order =>
  orderOf(orderNo, customerClass, { orderedQty: allocated, quantities: { allocated }, ...more });
const free = (onHand: string): StockPosition[] => anyStock({ onHand, reserved: "0", lotNo: "FREE" });

function asked(orders: readonly Order[], protection: readonly SupplyRule[], stock: readonly StockPosition[] = []) {
  const result = propose(orders, "SO-1", { policy: { ...POLICY, protection }, stock: [...stockOf(orders), ...stock] });
  if (!result.ok) return result.issues.map(({ code, params }) => [code, params]);
  const { quantity, transfers, heldBack, notAsked } = result.value;
  const given = transfers.map(({ victim, quantity: own }) => `${victim.orderNo} ${own}`).join(", ");
  return { quantity, given, heldBack, notAsked: notAsked.map(({ orderNo, code }) => `${orderNo} ${code}`) };
}

describe("rule 5: proposals keep caps and protected minimums", () => {
  it("moves no more than is left of the cap of the line's group, and says how much more could go over", () => {
    const heldBack = { quantity: "6", limits: ["group_cap"], group: "A", capLeft: "4" };
    expect(asked([short, holding("SO-2", "B", "12")], [cap("A", "30", "26")])).toEqual({
      quantity: "4",
      given: "SO-2 4",
      heldBack,
      notAsked: [],
    });
  });

  it("moves goods within a group whatever its cap is", () => {
    const within = asked([short, holding("SO-2", "A", "7"), holding("SO-3", "B", "12")], [cap("A", "30", "30")]);
    const heldBack = { quantity: "3", limits: ["group_cap"], group: "A", capLeft: "0" };
    expect(within).toEqual({ quantity: "7", given: "SO-2 7", heldBack, notAsked: ["SO-3 group_cap"] });
  });

  it("takes from a group only what it has used beyond its minimum", () => {
    const heldBack = { quantity: "6", limits: ["protected_for_others"], group: "A" };
    expect(asked([short, holding("SO-2", "B", "12")], [protect("B", "8", "12")])).toEqual({
      quantity: "4",
      given: "SO-2 4",
      heldBack,
      notAsked: [],
    });
    expect(asked([short, holding("SO-2", "B", "12"), holding("SO-3", "C", "2")], [protect("B", "12", "12")])).toEqual({
      quantity: "2",
      given: "SO-3 2",
      heldBack: { ...heldBack, quantity: "8" },
      notAsked: ["SO-2 minimum_protected"],
    });
  });

  it("takes of a minimum what free stock covers once the line's own group has used more of its own", () => {
    const orders = [short, holding("SO-2", "B", "12")];
    const rules = [protect("B", "12", "12")];
    // Three are free, so that three of the minimum are covered.
    expect(asked(orders, rules, free("3"))).toMatchObject({ quantity: "3" });
    // The five that are free are kept for A; what A gets from B leaves them for B.
    expect(asked(orders, [...rules, protect("A", "5")], free("5"))).toMatchObject({ quantity: "5" });
    // Four of the five for A are not there: B gives nothing of its own.
    expect(asked(orders, [...rules, protect("A", "5")], free("4"))).toEqual([
      ["reallocate.minimum_protected", { lineId: "SO-1-1", held: "10" }],
    ]);
    // What has expired, or belongs to somebody, or stands where nobody is served from, covers nothing.
    const gone = [
      anyStock({ onHand: "3", reserved: "0", lotNo: "OLD", expiresOn: TODAY }),
      anyStock({ onHand: "3", reserved: "0", lotNo: "STORED", owner: "C-9" }),
      anyStock({ onHand: "3", reserved: "0", lotNo: "FAR", warehouseId: "FAR" }),
    ].flat();
    expect(asked(orders, rules, gone)).toEqual([["reallocate.minimum_protected", { lineId: "SO-1-1", held: "10" }]]);
  });

  it("refuses with every rule that stands against it, and with what is lacking for a line that takes all or nothing", () => {
    const rules = [cap("A", "4"), protect("B", "8", "12")];
    const orders = [short, holding("SO-2", "B", "12")];
    expect(asked(orders, [cap("A", "0"), protect("B", "12", "12")])).toEqual([
      ["reallocate.group_cap", { lineId: "SO-1-1", group: "A", held: "10" }],
      ["reallocate.minimum_protected", { lineId: "SO-1-1", held: "10" }],
    ]);
    const whole = orderOf("SO-1", "A", { orderedQty: "10", quantities: { backfill: "10" }, partialAllowed: false });
    expect(asked([whole, orders[1]!], [cap("A", "4")])).toEqual([
      ["reallocate.not_enough", { lineId: "SO-1-1", found: "4", short: "10" }],
      ["reallocate.group_cap", { lineId: "SO-1-1", group: "A", held: "6" }],
    ]);
    expect(asked(orders, rules)).toMatchObject({ heldBack: { limits: ["group_cap", "protected_for_others"] } });
    expect(asked(orders, [cap("A", "4"), cap("A", "5")])).toEqual([
      ["supply.rule_twice", { kind: "cap", group: "A", itemCode: "TEA" }],
    ]);
  });

  it("asks nobody for everything who may not give everything, and gives whole steps", () => {
    const firm = holding("SO-2", "B", "6", { partialAllowed: false });
    expect(asked([short, firm, holding("SO-3", "C", "1")], [cap("A", "5")])).toMatchObject({
      given: "SO-3 1",
      notAsked: ["SO-2 group_cap"],
    });
    const stepped = orderOf("SO-1", "A", { orderedQty: "10", quantities: { backfill: "10" }, quantum: "2.5" });
    expect(asked([stepped, holding("SO-3", "C", "12")], [cap("A", "7")])).toMatchObject({ given: "SO-3 5" });
  });

  it("is free for goods in store for a customer, for other items, and within customers of no group", () => {
    const stored = anyOrder({
      ...short,
      lines: [{ ...short.lines[0]!, transactionCategory: "depositDraw" }],
    } as never);
    const store = {
      ...holding("SO-2", "B", "4"),
      header: { ...holding("SO-2", "B", "4").header, customerCode: "C-SO-1" },
    };
    const draw = {
      ...store,
      lines: store.lines.map((line) => ({
        ...line,
        transactionCategory: "depositDraw" as const,
        reservations: line.reservations.map((place) => ({ ...place, owner: "C-SO-1" })),
      })),
    };
    expect(asked([stored, draw], [cap("A", "0")])).toMatchObject({ quantity: "4" });
    expect(asked([short, holding("SO-2", "B", "12")], [{ ...cap("A", "0"), itemCode: "SALT" }])).toMatchObject({
      quantity: "10",
    });
    const noGroup = (order: Order): Order => {
      const { customerClass: _, ...header } = order.header;
      return { ...order, header };
    };
    expect(asked([noGroup(short), noGroup(holding("SO-2", "B", "12"))], [protect("B", "5")])).toMatchObject({
      quantity: "10",
    });
    const policy = { ...POLICY, priority: [], protection: [protect("B", "8", "12")] };
    const { heldBack } = proposed([noGroup(short), holding("SO-2", "B", "12")], "SO-1", { policy });
    expect(heldBack).toStrictEqual({ quantity: "6", limits: ["protected_for_others"] });
  });

  it("is told to decisions about shortages by their policy", () => {
    const offering = {
      ...short,
      lines: short.lines.map((line) => ({ ...line, shortageOffers: ["reallocate" as const] })),
    };
    const orders = [offering, holding("SO-2", "B", "12")];
    const facts = { ...CONTEXT, stock: stockOf(orders), today: TODAY };
    const command = { runId: "R", reason: "short", price: "keep" } as const;
    const decided = (protection: readonly SupplyRule[]) =>
      decideShortages(orders, command, { ...facts, policy: { ...POLICY, protection } });
    expect(decided([cap("A", "4")]).reallocations.map(({ quantity }) => quantity)).toEqual(["4"]);
    expect(decided([cap("A", "0")]).decisions[0]!.tried).toEqual([
      { offer: "reallocate", code: "reallocate.group_cap" },
    ]);
  });
});

describe("rule 5: a transfer keeps the rules as they stand when it is carried out", () => {
  const orders = [short, holding("SO-2", "B", "12")];
  const proposal = proposed(orders);
  const carriedOut = (more: object) => {
    const { refused } = applyReallocation(orders, proposal, allConsents(proposal), { ...CONTEXT, ...more });
    return refused.length === 0 ? "done" : refused[0]!.issues.map(({ code, params }) => [code, params]);
  };

  it("refuses what others have used up since", () => {
    expect(carriedOut({})).toBe("done");
    expect(carriedOut({ protection: [cap("A", "10"), protect("B", "2", "12")] })).toBe("done");
    expect(carriedOut({ protection: [cap("A", "10", "3"), protect("B", "3", "12")] })).toEqual([
      ["reallocate.group_cap", { lineId: "SO-1-1", group: "A", held: "3" }],
      ["reallocate.minimum_protected", { lineId: "SO-1-1", held: "3" }],
    ]);
    expect(carriedOut({ protection: [cap("A", "-1")] })).toEqual([["supply.not_a_quantity", { quantity: "-1" }]]);
  });

  it("counts free stock for minimums only where it is told of any", () => {
    const protection = [protect("B", "12", "12")];
    const held = [["reallocate.minimum_protected", { lineId: "SO-1-1", held: "10" }]];
    expect(carriedOut({ protection })).toEqual(held);
    const held12 = stockOf(orders);
    expect(carriedOut({ protection, stock: [...held12, ...free("10")] })).toBe("done");
    const old = [...held12, ...anyStock({ onHand: "10", reserved: "0", lotNo: "OLD", expiresOn: "2026-03-05" })];
    expect(carriedOut({ protection, stock: old, today: TODAY })).toBe("done");
    expect(carriedOut({ protection, stock: old, today: "2026-03-05" })).toEqual(held);
  });
});

interface World {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
  readonly protection: readonly SupplyRule[];
}

/** A line that is short and up to four that hold goods, of its own group, of others and of none, under rules. */
const worlds: Arbitrary<World> = fc
  .record({
    wanted: fc.integer({ min: 1, max: 7 }),
    donors: fc.array(
      fc.record({
        held: fc.integer({ min: 1, max: 4 }),
        group: fc.constantFrom("A", "B", "B", "C", undefined),
        partialAllowed: fc.constantFrom(true, true, false),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    figures: fc.array(
      fc.tuple(fc.constantFrom("cap", "protect"), fc.constantFrom("A", "B", "C"), fc.nat(7), fc.nat(4)),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
    free: fc.nat(6),
    isWhole: fc.constantFrom(false, false, true),
  })
  .map(({ wanted, donors, figures, free: left, isWhole }) => {
    const orders = [
      orderOf("SO-1", "A", { orderedQty: `${wanted}`, quantities: { open: `${wanted}` }, partialAllowed: !isWhole }),
      ...donors.map(({ held, group, partialAllowed }, place) => {
        const order = holding(`SO-${place + 2}`, group ?? "-", `${held}`, { partialAllowed });
        const { customerClass: _, ...header } = order.header;
        return group === undefined ? { ...order, header } : order;
      }),
    ];
    const heldBy = (group: string) => donors.reduce((all, donor) => all + (donor.group === group ? donor.held : 0), 0);
    const rules = figures.map(([kind, group, quantity, more]): SupplyRule => {
      const consumed = `${heldBy(group) + more}`;
      return kind === "cap" ? cap(group, `${quantity + 3}`, consumed) : protect(group, `${quantity}`, consumed);
    });
    const protection = [...new Map(rules.map((rule) => [`${rule.kind} ${rule.group}`, rule])).values()];
    return { orders, stock: [...stockOf(orders), ...free(`${left}`)], protection };
  });

/** How far a cap is exceeded by, and what free stock leaves of all minimums uncovered. */
function standOf({ stock, protection }: World, moved: ReadonlyMap<string, Decimal>) {
  const usedOf = ({ group, consumed = ZERO }: SupplyRule) => add(consumed, moved.get(group) ?? ZERO);
  const over = (a: Decimal, b: Decimal) => (compare(a, b) > 0 ? subtract(a, b) : ZERO);
  const caps = protection.filter(({ kind }) => kind === "cap");
  const minimums = protection.filter(({ kind }) => kind === "protect");
  const unused = new Map(minimums.map((rule) => [rule.group, over(rule.quantity, usedOf(rule))]));
  const left = sum(stock.map(({ onHand, reserved }) => subtract(onHand, reserved)));
  return { exceeded: new Map(caps.map((rule) => [rule.group, over(usedOf(rule), rule.quantity)])), unused, left };
}

/** What goes over between groups, by group. */
function movedBy({ orders }: World, parts: readonly { readonly orderNo: string; readonly quantity: Decimal }[]) {
  const moved = new Map<string, Decimal>();
  const count = (group: string | undefined, quantity: Decimal) => {
    if (group !== undefined) moved.set(group, add(moved.get(group) ?? ZERO, quantity));
  };
  for (const { orderNo, quantity } of parts) {
    const giver = orders.find((order) => order.orderNo === orderNo)!.header.customerClass;
    count(giver, subtract(ZERO, quantity));
    count("A", quantity);
  }
  return moved;
}

/** Whether the rules are kept: no cap exceeded that was not, and no minimum taken of that free stock does not cover. */
function isKept(world: World, parts: readonly { readonly orderNo: string; readonly quantity: Decimal }[]): boolean {
  const [before, after] = [standOf(world, new Map()), standOf(world, movedBy(world, parts))];
  for (const [group, exceeded] of after.exceeded) if (compare(exceeded, before.exceeded.get(group)!) > 0) return false;
  const isTaken = [...after.unused].some(([group, units]) => compare(units, before.unused.get(group)!) > 0);
  const [was, is] = [sum([...before.unused.values()]), sum([...after.unused.values()])];
  return !isTaken || (compare(was, before.left) <= 0 && compare(is, after.left) <= 0);
}

/** The most that can go over, and its least harm, by trying every way. */
function bestByHand(world: World): { readonly most: number; readonly harm: number } {
  const [winner, ...donors] = world.orders;
  const wanted = Number(winner!.lines[0]!.orderedQty);
  let best = { most: 0, harm: 0 };
  const tryAll = (place: number, parts: readonly number[]): void => {
    const most = parts.reduce((all, part) => all + part, 0);
    if (most > wanted) return;
    if (place < donors.length) {
      const { quantities, partialAllowed } = donors[place]!.lines[0]!;
      const held = Number(quantities.allocated);
      for (let given = 0; given <= held; given++)
        if (partialAllowed || given === 0 || given === held) tryAll(place + 1, [...parts, given]);
      return;
    }
    const given = donors.map(({ orderNo }, at) => ({ orderNo, quantity: decimal(`${parts[at]!}`) }));
    if (!isKept(world, given)) return;
    const harm = donors.reduce((all, { header }, at) => {
      const factor = header.customerClass === "B" ? 2 : 1;
      return all + (parts[at] === 0 ? 0 : factor * (5 + parts[at]! * (1 + 10 * 0.5)));
    }, 0);
    if (most > best.most || (most === best.most && harm < best.harm)) best = { most, harm };
  };
  tryAll(0, []);
  return best;
}

describe("proposals under rules of customer groups", () => {
  it("law: move the most that the rules allow with the least harm, as trying every way shows; applied, no rule is broken", () => {
    const seen = { held: 0, barred: 0, applied: 0 };
    fc.assert(
      fc.property(worlds, (world) => {
        const { orders, stock, protection } = world;
        const result = propose(deepFreeze([...orders]), "SO-1", { policy: { ...POLICY, protection }, stock });
        const { most, harm } = bestByHand(world);
        if (!result.ok) {
          if (orders[0]!.lines[0]!.partialAllowed) expect(most).toBe(0);
          else expect(most).toBeLessThan(Number(orders[0]!.lines[0]!.orderedQty));
          return;
        }
        const proposal = result.value;
        expect([proposal.quantity, proposal.harm, proposal.optimal]).toEqual([`${most}`, `${harm}`, true]);
        expect(parseReallocationProposal(JSON.parse(JSON.stringify(proposal)))).toStrictEqual({
          ok: true,
          value: proposal,
        });
        if (proposal.heldBack !== undefined) seen.held++;
        seen.barred += proposal.notAsked.length;
        const bare = propose(orders, "SO-1", { stock });
        const without = bare.ok ? bare.value.quantity : ZERO;
        expect(proposal.heldBack?.quantity ?? ZERO).toBe(subtract(without, minimum(without, proposal.quantity)));
        const applied = applyReallocation(orders, proposal, allConsents(proposal), {
          ...CONTEXT,
          protection,
          stock,
          today: TODAY,
        });
        expect(applied.refused).toEqual([]);
        seen.applied++;
        const given = proposal.transfers.map(({ victim, quantity }) => ({ orderNo: victim.orderNo, quantity }));
        expect(isKept(world, given)).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(
      Object.values(seen).every((times) => times > 20),
      JSON.stringify(seen),
    ).toBe(true);
  });

  it("law: a transfer is refused exactly when it would break a rule", () => {
    let refusals = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const { orders, stock, protection } = world;
        const bare = propose(orders, "SO-1", { stock });
        if (!bare.ok) return;
        const { refused } = applyReallocation(orders, bare.value, allConsents(bare.value), {
          ...CONTEXT,
          protection,
          stock,
          today: TODAY,
        });
        const given = bare.value.transfers.map(({ victim, quantity }) => ({ orderNo: victim.orderNo, quantity }));
        expect(refused.length === 0).toBe(isKept(world, given));
        refusals += refused.length === 0 ? 0 : 1;
      }),
      { numRuns: 300 },
    );
    expect(refusals).toBeGreaterThan(20);
  });
});
