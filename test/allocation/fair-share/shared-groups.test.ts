import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import type { AllocationOutcome } from "../../../src/allocation/apply-allocation-plan.js";
import type { BatchSharing } from "../../../src/allocation/fair-share/batch-sharing.js";
import { fairShare } from "../../../src/allocation/fair-share/fair-share.js";
import type { ShareClaim } from "../../../src/allocation/fair-share/fair-share-policy.js";
import { FAIR_SHARE_RULES } from "../../../src/allocation/fair-share/fair-share-rules.js";
import { decimal, ONE } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../../src/testing/index.js";
import { TODAY } from "../small-world.js";

// Mission 9.13, 9.16; definitions B6, B7: what comes together or not at all is shared out as well.

function allocate(orders: readonly Order[], stock: readonly StockPosition[], sharing: BatchSharing): AllocationOutcome {
  const sourcing = { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] };
  const policy = { priority: [], sourcing, lots: "fifo" as const, sharing: [sharing] };
  return allocateBatch(orders, stock, { ...anyContext(), policy, today: TODAY });
}

const got = ({ reasons }: AllocationOutcome): string[] =>
  reasons.map(({ lineId, allocated, code }) => `${lineId} ${allocated} ${code}`);

const order = (orderNo: string, lines: readonly AnyOrderLine[], shipComplete = false): Order =>
  anyOrder({ orderNo, stage: "confirmed", header: { shipComplete }, lines });
const tea = (orderedQty: string, more: AnyOrderLine = {}): AnyOrderLine => ({ itemCode: "TEA", orderedQty, ...more });
const salt = (orderedQty: string, more: AnyOrderLine = {}): AnyOrderLine => ({ itemCode: "SALT", orderedQty, ...more });
const stockOf = (teaOnHand: string, saltOnHand: string): StockPosition[] =>
  anyStock({ itemCode: "TEA", onHand: teaOnHand }, { itemCode: "SALT", onHand: saltOnHand });

describe("ship-complete orders and delivery groups where items are shared out (rule 2)", () => {
  it("claim like all others: one whose share is not all of it gives it up", () => {
    const orders = [order("SO-1", [tea("60")], true), order("SO-2", [tea("90")])];
    expect(got(allocate(orders, stockOf("100", "0"), { rule: "proportional" }))).toEqual([
      "SO-1-1 0 fair_share",
      "SO-2-1 90 served_in_full",
    ]);
    expect(got(allocate(orders, stockOf("100", "0"), { rule: "equalAwards" }))).toEqual([
      "SO-1-1 0 fair_share",
      "SO-2-1 90 served_in_full",
    ]);
    const small = [order("SO-1", [tea("40")], true), order("SO-2", [tea("90")])];
    expect(got(allocate(small, stockOf("100", "0"), { rule: "equalAwards" }))).toEqual([
      "SO-1-1 40 served_in_full",
      "SO-2-1 60 fair_share",
    ]);
  });

  it("who has a share of all and finds it in no one lot gives it up, and is told why, alone or with others", () => {
    const lots = anyStock(...["L-1", "L-2", "L-3"].map((lotNo) => ({ itemCode: "TEA", lotNo, onHand: "3" })), {
      itemCode: "SALT",
      onHand: "9",
    });
    const sharing: BatchSharing = { rule: "equalAwards", tiers: [["A"]] };
    const first = (...lines: readonly AnyOrderLine[]): Order =>
      anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { shipComplete: true, customerClass: "A" }, lines });
    const inFull = anyOrder({
      orderNo: "SO-1",
      stage: "confirmed",
      header: { customerClass: "A" },
      lines: [tea("6", { oneLotOnly: true, partialAllowed: false })],
    });
    const other = order("SO-2", [tea("9")]);
    expect(got(allocate([first(tea("6", { oneLotOnly: true })), other], lots, sharing))).toEqual([
      "SO-1-1 0 partial_not_allowed",
      "SO-2-1 9 served_in_full",
    ]);
    const named = (lotNo: string): Order => ({ ...inFull, lines: inFull.lines.map((line) => ({ ...line, lotNo })) });
    expect(got(allocate([named("L-2"), other], lots, sharing))[0]).toBe("SO-1-1 0 partial_not_allowed");
    expect(got(allocate([named("L-9"), other], lots, sharing))[0]).toBe("SO-1-1 0 no_usable_stock");
    expect(got(allocate([inFull, other], lots, sharing))).toEqual([
      "SO-1-1 0 partial_not_allowed",
      "SO-2-1 9 served_in_full",
    ]);
    expect(got(allocate([first(tea("6", { oneLotOnly: true }), tea("1"), salt("1")), other], lots, sharing))).toEqual([
      "SO-1-1 0 partial_not_allowed",
      "SO-1-2 0 group_incomplete",
      "SO-1-3 0 group_incomplete",
      "SO-2-1 9 served_in_full",
    ]);
  });

  it("an order that lacks its share of one item frees its share of the other", () => {
    const orders = [
      order("SO-1", [tea("40"), salt("60")], true),
      order("SO-2", [tea("90")]),
      order("SO-3", [salt("60")]),
    ];
    expect(got(allocate(orders, stockOf("100", "100"), { rule: "equalAwards" }))).toEqual([
      "SO-1-1 0 group_incomplete",
      "SO-1-2 0 fair_share",
      "SO-2-1 90 served_in_full",
      "SO-3-1 60 served_in_full",
    ]);
  });

  it("a delivery group leaves the other lines of its order alone", () => {
    const group = { deliveryGroup: "G" };
    const orders = [
      order("SO-1", [tea("40", group), tea("10"), salt("60", group)]),
      order("SO-2", [tea("90"), salt("60")]),
    ];
    expect(got(allocate(orders, stockOf("100", "100"), { rule: "equalAwards" }))).toEqual([
      "SO-1-1 0 group_incomplete",
      "SO-1-2 10 served_in_full",
      "SO-1-3 0 fair_share",
      "SO-2-1 90 served_in_full",
      "SO-2-2 60 served_in_full",
    ]);
  });

  it("what is not shared out counts as well: who cannot get it all from stock gives up its share", () => {
    const orders = [
      order("SO-1", [tea("30"), salt("5")], true),
      order("SO-2", [tea("30"), salt("5")], true),
      order("SO-3", [tea("60")]),
    ];
    const sharing = { rule: "equalAwards" as const, itemCodes: ["TEA"] };
    expect(got(allocate(orders, stockOf("90", "7"), sharing))).toEqual([
      "SO-1-1 30 served_in_full",
      "SO-1-2 5 served_in_full",
      "SO-2-1 0 group_incomplete",
      "SO-2-2 0 partial_not_allowed",
      "SO-3-1 60 served_in_full",
    ]);
  });

  it("a line of another item that comes in full or not at all is told that there is too little for it", () => {
    const orders = [order("SO-1", [tea("60")]), order("SO-2", [tea("60")])];
    const inFull = order("SO-3", [salt("10", { partialAllowed: false })]);
    const sharing = { rule: "equalAwards" as const, itemCodes: ["TEA"] };
    expect(got(allocate([...orders, inFull], stockOf("100", "5"), sharing))).toEqual([
      "SO-1-1 50 fair_share",
      "SO-2-1 50 fair_share",
      "SO-3-1 0 partial_not_allowed",
    ]);
  });

  it("after many rounds all that lack something give up, but nobody who wants other items", () => {
    const two = Array.from({ length: 45 }, (_, place) =>
      order(`SO-${100 + place}`, [tea("2", { oneLotOnly: true })], true),
    );
    const lots = anyStock(...["L-1", "L-2"].map((lotNo) => ({ itemCode: "TEA", lotNo, onHand: "1" })), {
      itemCode: "SALT",
      onHand: "5",
    });
    const others = [order("SO-200", [salt("2")], true), order("SO-201", [salt("4")])];
    const outcome = got(allocate([...two, ...others], lots, { rule: "equalAwards" }));
    // One after the other has a share of all and finds it in no one lot; the last ones never come to have one.
    const codes = two.map((_, place) => (place < 41 ? "partial_not_allowed" : "fair_share"));
    expect(outcome.slice(0, 45)).toEqual(codes.map((code, place) => `SO-${100 + place}-1 0 ${code}`));
    expect(outcome.slice(45)).toEqual(["SO-200-1 2 served_in_full", "SO-201-1 3 fair_share"]);
  });

  it("of several that stand in each other's way the one that is served last gives up first", () => {
    // The first has all of its tea and not of its salt, the second the other way round.
    const orders = [
      order("SO-1", [tea("20"), salt("40")], true),
      order("SO-2", [tea("40"), salt("20")], true),
      order("SO-3", [tea("90"), salt("90")]),
    ];
    expect(got(allocate(orders, stockOf("90", "90"), { rule: "equalAwards" }))).toEqual([
      "SO-1-1 20 served_in_full",
      "SO-1-2 40 served_in_full",
      "SO-2-1 0 fair_share",
      "SO-2-2 0 group_incomplete",
      "SO-3-1 70 fair_share",
      "SO-3-2 50 fair_share",
    ]);
  });

  it("what nobody else can take is offered to them again", () => {
    const orders = [order("SO-1", [tea("60")], true), order("SO-2", [tea("60")], true), order("SO-3", [tea("20")])];
    expect(got(allocate(orders, stockOf("100", "0"), { rule: "proportional" }))).toEqual([
      "SO-1-1 60 served_in_full",
      "SO-2-1 0 fair_share",
      "SO-3-1 20 served_in_full",
    ]);
  });

  it("a group with a line below the least that is given never comes", () => {
    const orders = [order("SO-1", [tea("4"), tea("20")], true), order("SO-2", [tea("60")])];
    expect(got(allocate(orders, stockOf("70", "0"), { rule: "equalAwards", minimum: decimal("5") }))).toEqual([
      "SO-1-1 0 below_minimum",
      "SO-1-2 0 group_incomplete",
      "SO-2-1 60 served_in_full",
    ]);
  });

  it("a line alone that wants less than the least claims all the same, as it does in fairShare", () => {
    const asked = ["20", "10", "3"];
    const orders = asked.map((quantity, place) => order(`SO-${place + 1}`, [tea(quantity, { partialAllowed: false })]));
    const parts = orders.map(({ lines: [line], ...rest }, place) =>
      place === 2 ? { ...rest, lines: [line!] } : { ...rest, lines: [{ ...line!, partialAllowed: true }] },
    );
    const minimum = decimal("5");
    const shared = fairShare(
      asked.map((quantity, place) => ({ claimId: `${place}`, requested: decimal(quantity), minimum })),
      decimal("14"),
      { rule: "proportional", quantum: ONE },
    );
    // With the claim of 3 the second one is due 4.24, without it 4.67, which is rounded up to the least.
    expect(shared.ok && shared.value.shares.map(({ quantity }) => quantity)).toEqual(["14", "0", "0"]);
    expect(got(allocate(parts, stockOf("14", "0"), { rule: "proportional", minimum }))).toEqual([
      "SO-1-1 14 fair_share",
      "SO-2-1 0 below_minimum",
      "SO-3-1 0 below_minimum",
    ]);
  });

  it("a group with a line that has no stock record claims nothing", () => {
    const orders = [
      order("SO-1", [tea("40"), { itemCode: "RICE", orderedQty: "1" }], true),
      order("SO-2", [tea("90")]),
    ];
    expect(got(allocate(orders, stockOf("80", "0"), { rule: "equalAwards" }))).toEqual([
      "SO-1-1 0 group_incomplete",
      "SO-1-2 0 no_stock_record",
      "SO-2-1 80 fair_share",
    ]);
  });

  it("an order that was deferred as a whole gives its share up as well", () => {
    const waits = (quantity: string): AnyOrderLine => ({
      quantities: { deferred: quantity },
      shortages: [{ bucket: "deferred", quantity, mode: "wholeOrder" }],
    });
    const orders = [
      order("SO-1", [
        { ...tea("40"), ...waits("40") },
        { ...salt("60"), ...waits("60") },
      ]),
      order("SO-2", [tea("90"), salt("60")]),
    ];
    expect(got(allocate(orders, stockOf("100", "100"), { rule: "equalAwards" }))).toEqual([
      "SO-1-1 0 whole_order_waits",
      "SO-1-2 0 fair_share",
      "SO-2-1 90 served_in_full",
      "SO-2-2 60 served_in_full",
    ]);
    expect(got(allocate(orders, stockOf("100", "120"), { rule: "equalAwards" })).slice(0, 2)).toEqual([
      "SO-1-1 40 served_in_full",
      "SO-1-2 60 served_in_full",
    ]);
  });

  it("steps count: complete is what the step allows", () => {
    const orders = [order("SO-1", [tea("45", { quantum: "10" })], true), order("SO-2", [tea("90")])];
    expect(got(allocate(orders, stockOf("100", "0"), { rule: "equalAwards" }))).toEqual([
      "SO-1-1 40 below_quantum",
      "SO-2-1 60 fair_share",
    ]);
  });
});

interface Wish {
  readonly item: "TEA" | "SALT";
  readonly quantity: number;
  readonly group: string;
  readonly step: number;
  readonly isWhole: boolean;
}

interface Scene {
  readonly orders: readonly {
    readonly isComplete: boolean;
    readonly customerClass: string;
    readonly wishes: readonly Wish[];
  }[];
  readonly tea: number;
  readonly salt: number;
  readonly sharing: BatchSharing;
}

function scenes(steps: readonly number[]): Arbitrary<Scene> {
  const wish = fc.record({
    item: fc.constantFrom("TEA" as const, "SALT" as const),
    quantity: fc.integer({ min: 1, max: 12 }),
    group: fc.constantFrom("", "", "G"),
    step: fc.constantFrom(...steps),
    isWhole: fc.constantFrom(false, false, true),
  });
  const sharing = fc.record(
    {
      rule: fc.constantFrom(...FAIR_SHARE_RULES),
      tiers: fc.constantFrom([["A"]], [["B"], ["A"]]),
      minimum: fc.constantFrom("2", "4").map(decimal),
      quotas: fc.constantFrom([{ customerClass: "A", kind: "percent" as const, figure: decimal("40") }]),
    },
    { noNullPrototype: true, requiredKeys: ["rule"] },
  );
  return fc.record({
    orders: fc.array(
      fc.record({
        isComplete: fc.constantFrom(false, false, true),
        customerClass: fc.constantFrom("A", "B"),
        wishes: fc.array(wish, { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    tea: fc.nat({ max: 30 }),
    salt: fc.nat({ max: 30 }),
    sharing,
  });
}

const built = ({ orders }: Scene): Order[] =>
  orders.map(({ isComplete, customerClass, wishes }, place) =>
    anyOrder({
      orderNo: `SO-${place + 1}`,
      stage: "confirmed",
      header: { shipComplete: isComplete, customerClass },
      lines: wishes.map(({ item, quantity, group, step, isWhole }) => ({
        itemCode: item,
        orderedQty: `${quantity}`,
        partialAllowed: !isWhole,
        ...(group === "" ? {} : { deliveryGroup: group }),
        ...(step === 1 ? {} : { quantum: `${step}` }),
      })),
    }),
  );

/** What each line got, with the least that it could still take and the lines with which it comes. */
function linesOf(scene: Scene, { reasons }: AllocationOutcome) {
  const { minimum = decimal("0") } = scene.sharing;
  const least = Number(minimum);
  return reasons.map(({ orderNo, lineId, allocated }) => {
    const place = Number(orderNo.slice(3)) - 1;
    const { isComplete, wishes } = scene.orders[place]!;
    const { item, quantity, step, group, isWhole } = wishes[Number(lineId.split("-")[2]) - 1]!;
    const target = quantity - (quantity % step);
    const isTogether = isComplete || group !== "" || isWhole;
    const unit = isComplete ? orderNo : group === "" ? lineId : `${orderNo} ${group}`;
    const taken = Number(allocated);
    const more = isTogether ? target - taken : taken > 0 ? step : Math.max(step, Math.ceil(least / step) * step);
    return { item, step, unit, isTogether, target, taken, more, least };
  });
}

function isScarce({ orders, tea: some, salt: more }: Scene, item: "TEA" | "SALT"): boolean {
  const own = orders.flatMap(({ wishes }) => wishes.filter((wish) => wish.item === item));
  return own.reduce((all, { quantity }) => all + quantity, 0) > (item === "TEA" ? some : more);
}

describe("whatever is shared out", () => {
  const stockFor = ({ tea: some, salt: more }: Scene): StockPosition[] => stockOf(`${some}`, `${more}`);

  it("is never more than there is, in steps, above the least, and complete where it must be", () => {
    fc.assert(
      fc.property(scenes([1, 1, 2, 5]), (scene) => {
        const lines = linesOf(scene, allocate(built(scene), stockFor(scene), scene.sharing));
        for (const item of ["TEA", "SALT"] as const) {
          const own = lines.filter((line) => line.item === item);
          const taken = own.reduce((all, line) => all + line.taken, 0);
          const asked = own.reduce((all, line) => all + line.target, 0);
          expect(taken).toBeLessThanOrEqual(item === "TEA" ? scene.tea : scene.salt);
          expect(taken).toBeLessThanOrEqual(asked);
        }
        for (const { unit, isTogether, taken, target } of lines) {
          if (!isTogether) continue;
          expect([0, target]).toContain(taken);
          const others = lines.filter((line) => line.unit === unit && line.target > 0);
          if (taken > 0) expect(others.every((line) => line.taken === line.target)).toBe(true);
        }
      }),
      { numRuns: 120 },
    );
  });

  it("leaves nothing that a line or a group could still take (no waste)", () => {
    fc.assert(
      fc.property(scenes([1, 1, 2, 5]), (scene) => {
        const lines = linesOf(scene, allocate(built(scene), stockFor(scene), scene.sharing));
        const left = { TEA: scene.tea, SALT: scene.salt };
        for (const { item, taken } of lines) left[item] -= taken;
        for (const unit of new Set(lines.map((line) => line.unit))) {
          const own = lines.filter((line) => line.unit === unit);
          if (own.every(({ more, taken, target }) => more === 0 || taken + more > target)) continue;
          // Who is smaller than the least that is given never comes.
          if (own.some(({ item, target, least }) => isScarce(scene, item) && target > 0 && target < least)) continue;
          const fits = (["TEA", "SALT"] as const).every(
            (item) => own.filter((line) => line.item === item).reduce((all, { more }) => all + more, 0) <= left[item],
          );
          expect(fits).toBe(false);
        }
      }),
      { numRuns: 120 },
    );
  });

  it("does not depend on the order of the input", () => {
    fc.assert(
      fc.property(scenes([1, 2]), (scene) => {
        const orders = built(scene);
        const forwards = allocate(orders, stockFor(scene), scene.sharing);
        const backwards = allocate([...orders].reverse(), [...stockFor(scene)].reverse(), scene.sharing);
        expect(backwards.reasons).toEqual(forwards.reasons);
        expect(backwards.movements).toEqual(forwards.movements);
      }),
      { numRuns: 50 },
    );
  });

  it("a group of one line gets what a line gets that may not come in parts", () => {
    fc.assert(
      fc.property(scenes([1, 2]), (scene) => {
        const single = { ...scene, orders: scene.orders.map((one) => ({ ...one, wishes: one.wishes.slice(0, 1) })) };
        const grouped = allocate(built(single), stockFor(scene), scene.sharing);
        const whole = single.orders.map(({ customerClass, isComplete, wishes: [wish] }) => ({
          customerClass,
          isComplete: false,
          wishes: [{ ...wish!, group: "", isWhole: isComplete || wish!.group !== "" || wish!.isWhole }],
        }));
        const byLine = allocate(built({ ...scene, orders: whole }), stockFor(scene), scene.sharing);
        const figures = ({ reasons }: AllocationOutcome): string[] => reasons.map(({ allocated }) => allocated);
        expect(figures(grouped)).toEqual(figures(byLine));
      }),
      { numRuns: 100 },
    );
  });

  it("is what fairShare gives, where every line stands for itself", () => {
    fc.assert(
      fc.property(scenes([1, 1, 2, 5]), (scene) => {
        const alone = {
          ...scene,
          sharing: { ...scene.sharing, quotas: [] },
          orders: scene.orders.map((one) => ({
            ...one,
            isComplete: false,
            wishes: one.wishes.map((wish) => ({ ...wish, group: "" })),
          })),
        };
        const { reasons } = allocate(built(alone), stockFor(scene), alone.sharing);
        const lines = linesOf(alone, { reasons } as AllocationOutcome);
        for (const item of ["TEA", "SALT"] as const) {
          const own = [...lines.keys()].filter((line) => lines[line]!.item === item);
          const shares = sharesOf(
            alone,
            own.map((line) => reasons[line]!),
            item,
          );
          if (isScarce(alone, item)) expect(own.map((line) => reasons[line]!.allocated)).toEqual(shares.map(String));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("is what a clerk comes to, who shares out, strikes the half of the broken groups that is last, and shares out again", () => {
    fc.assert(
      fc.property(scenes([1, 1, 2]), (scene) => {
        const { minimum: _, quotas: __, ...sharing } = scene.sharing;
        const plain = { ...scene, sharing };
        const outcome = allocate(built(plain), stockFor(scene), sharing);
        expect(outcome.reasons.map(({ allocated }) => Number(allocated))).toEqual(byHand(plain, outcome));
      }),
      { numRuns: 120 },
    );
  });
});

/** Shares of lines of an item, by `fairShare`. */
function sharesOf(scene: Scene, own: readonly AllocationOutcome["reasons"][number][], item: "TEA" | "SALT"): number[] {
  const tiers = scene.sharing.tiers ?? [];
  const claims = own.map(({ orderNo, lineId, requested }): ShareClaim => {
    const { customerClass, isComplete, wishes } = scene.orders[Number(orderNo.slice(3)) - 1]!;
    const { step, isWhole, group, quantity } = wishes[Number(lineId.split("-")[2]) - 1]!;
    const tier = tiers.findIndex((classes) => classes.includes(customerClass));
    const whole = isWhole || isComplete || group !== "" ? quantity - (quantity % step) : 0;
    const least = Math.max(whole, Number(scene.sharing.minimum ?? "0"));
    return {
      claimId: lineId,
      requested,
      quantum: decimal(`${step}`),
      minimum: decimal(`${least}`),
      tier: tier < 0 ? tiers.length : tier,
    };
  });
  const result = fairShare(claims, decimal(`${item === "TEA" ? scene.tea : scene.salt}`), {
    rule: scene.sharing.rule,
    quantum: ONE,
  });
  return result.ok ? result.value.shares.map(({ quantity }) => Number(quantity)) : [];
}

function byHand(scene: Scene, { reasons }: AllocationOutcome): number[] {
  const lines = linesOf(scene, { reasons } as AllocationOutcome);
  const units = [...new Set(lines.map(({ unit }) => unit))].filter((unit) =>
    lines.some((line) => line.unit === unit && line.isTogether),
  );
  const out = new Set<string>();
  let shares: number[] = [];
  for (;;) {
    shares = lines.map(() => 0);
    for (const item of ["TEA", "SALT"] as const) {
      const own = [...lines.keys()].filter((line) => lines[line]!.item === item && !out.has(lines[line]!.unit));
      const parts = sharesOf(
        scene,
        own.map((line) => reasons[line]!),
        item,
      );
      for (const [index, line] of own.entries()) shares[line] = parts[index]!;
    }
    const broken = units.filter((unit) => {
      const own = [...lines.keys()].filter((line) => lines[line]!.unit === unit && isScarce(scene, lines[line]!.item));
      const isServed = own.every((line) => shares[line]! >= lines[line]!.target);
      return !isServed && own.some((line) => shares[line]! > 0);
    });
    if (broken.length === 0) break;
    for (const unit of broken.slice(Math.floor(broken.length / 2))) out.add(unit);
  }
  // Who has no share of what is scarce leaves the rest alone; what is left goes round once more, in the order of service.
  for (const unit of units) {
    const own = [...lines.keys()].filter((line) => lines[line]!.unit === unit);
    if (own.some((line) => shares[line]! < lines[line]!.target)) for (const line of own) shares[line] = 0;
  }
  const left = { TEA: scene.tea, SALT: scene.salt };
  for (const [line, { item }] of lines.entries()) left[item] -= shares[line]!;
  const done = new Set<string>();
  for (const { unit, isTogether } of lines) {
    if (done.has(unit)) continue;
    done.add(unit);
    const own = [...lines.keys()].filter((line) => lines[line]!.unit === unit);
    const lacks = (line: number): number => lines[line]!.target - shares[line]!;
    const needs = (item: "TEA" | "SALT"): number =>
      own.filter((line) => lines[line]!.item === item).reduce((all, line) => all + lacks(line), 0);
    if (isTogether && (needs("TEA") > left.TEA || needs("SALT") > left.SALT)) continue;
    for (const line of own) {
      const { item, step } = lines[line]!;
      const more = Math.min(lacks(line), left[item] - (left[item] % step));
      shares[line]! += more;
      left[item] -= more;
    }
  }
  return shares;
}
