import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import { planAllocation } from "../../../src/allocation/plan-allocation.js";
import type { AllocationOutcome } from "../../../src/allocation/apply-allocation-plan.js";
import type { AllocationPolicy } from "../../../src/allocation/allocation-policy.js";
import type { BatchSharing } from "../../../src/allocation/fair-share/batch-sharing.js";
import { FAIR_SHARE_RULES } from "../../../src/allocation/fair-share/fair-share-rules.js";
import { checkAllocationPolicy } from "../../../src/allocation/check-allocation-policy.js";
import { checkSharing } from "../../../src/allocation/fair-share/check-sharing.js";
import { decimal, type Decimal } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../../src/testing/index.js";
import { smallWorld, TODAY } from "../small-world.js";

// Mission 9.13; definition B7: an item is shared out inside a batch.

function order(
  orderNo: string,
  orderedQty: string,
  customerClass = "A",
  line: AnyOrderLine = {},
  path = ["hamburg"],
): Order {
  const lines = [{ itemCode: "TEA", orderedQty, ...line }];
  return anyOrder({ orderNo, stage: "confirmed", header: { customerClass, deliveryAreaPath: path }, lines });
}

const POLICY: AllocationPolicy = {
  priority: [],
  sourcing: {
    kind: "nearest",
    areas: [{ areaPath: ["bremen"], warehouseIds: ["SOUTH"] }],
    otherwise: ["NORTH", "SOUTH"],
  },
  lots: "fifo",
};

function allocate(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  ...sharing: BatchSharing[]
): AllocationOutcome {
  return allocateBatch(orders, stock, { ...anyContext(), policy: { ...POLICY, sharing }, today: TODAY });
}

const got = ({ reasons }: AllocationOutcome): string[] =>
  reasons.map(({ orderNo, allocated, code }) => `${orderNo} ${allocated} ${code}`);

describe("a batch with sharing (rule 8)", () => {
  const orders = [order("SO-1", "50"), order("SO-2", "80", "B"), order("SO-3", "120", "C")];
  const tea = anyStock({ itemCode: "TEA", onHand: "100" });

  it.each<[name: string, sharing: BatchSharing, allocated: string[]]>([
    ["equal awards", { rule: "equalAwards" }, ["34", "33", "33"]],
    ["equal losses", { rule: "equalLosses" }, ["0", "30", "70"]],
    [
      "weights of classes",
      {
        rule: "equalAwards",
        weights: [
          { customerClass: "B", weight: decimal("0.5") },
          { customerClass: "C", weight: decimal("1.5") },
        ],
      },
      ["33", "17", "50"],
    ],
    ["classes served first, the others together", { rule: "proportional", tiers: [["C"]] }, ["0", "0", "100"]],
    ["classes one after the other", { rule: "proportional", tiers: [["B"], ["A"]] }, ["20", "80", "0"]],
    ["a minimum", { rule: "equalAwards", minimum: decimal("33.5") }, ["50", "50", "0"]],
    ["an entry for other items", { rule: "equalAwards", itemCodes: ["SALT"] }, ["50", "50", "0"]],
    ["an entry for these", { rule: "equalAwards", itemCodes: ["SALT", "TEA"] }, ["34", "33", "33"]],
  ])("%s", (_name, sharing, allocated) => {
    expect(allocate(orders, tea, sharing).reasons.map((reason) => reason.allocated)).toEqual(allocated);
  });

  it("the first entry that names the item counts", () => {
    const outcome = allocate(orders, tea, { rule: "equalLosses", itemCodes: ["TEA"] }, { rule: "equalAwards" });
    expect(got(outcome)).toEqual(["SO-1 0 fair_share", "SO-2 30 fair_share", "SO-3 70 fair_share"]);
  });

  it("changes nothing where there is enough", () => {
    const enough = anyStock({ itemCode: "TEA", onHand: "250" });
    expect(allocate(orders, enough, { rule: "equalLosses" })).toEqual(allocate(orders, enough));
  });

  it("steps and all or nothing count in the share", () => {
    const some = [
      order("SO-1", "50", "A", { quantum: "12" }),
      order("SO-2", "40", "A", { partialAllowed: false }),
      order("SO-3", "90"),
    ];
    expect(got(allocate(some, tea, { rule: "equalAwards" }))).toEqual([
      "SO-1 48 below_quantum",
      "SO-2 0 fair_share",
      "SO-3 52 fair_share",
    ]);
  });

  it("what stands where some may not take it is offered again, and they are told another reason", () => {
    const stock = anyStock({ itemCode: "TEA", onHand: "60" }, { itemCode: "TEA", warehouseId: "SOUTH", onHand: "10" });
    const some = [order("SO-1", "60", "A", {}, ["bremen"]), order("SO-2", "60")];
    expect(got(allocate(some, stock, { rule: "equalAwards" }))).toEqual([
      "SO-1 10 served_in_part",
      "SO-2 60 served_in_full",
    ]);
  });

  it("stock that no line may ask for does not count", () => {
    const stock = anyStock({ itemCode: "TEA", onHand: "60" }, { itemCode: "TEA", warehouseId: "SOUTH", onHand: "10" });
    const some = ["SO-1", "SO-2"].map((orderNo) => order(orderNo, "60", "A", {}, ["bremen"]));
    expect(allocate(some, stock, { rule: "equalAwards" }).reasons.map(({ allocated }) => allocated)).toEqual([
      "5",
      "5",
    ]);
  });

  it("goods that no line may take do not count: too little life, a lot that nobody names", () => {
    const fresh = anyStock({ itemCode: "TEA", lotNo: "L-1", onHand: "11" });
    const old = anyStock({ itemCode: "TEA", lotNo: "L-2", onHand: "100", expiresOn: "2026-03-05" });
    const asks = (more: AnyOrderLine, ...other: AnyOrderLine[]): Order[] =>
      [more, more, ...other].map((line, place) => order(`SO-${place + 1}`, "10", "A", line));
    const allocated = (orders: readonly Order[], stock: readonly StockPosition[]): string[] =>
      allocate(orders, stock, { rule: "equalAwards" }).reasons.map((reason) => reason.allocated);
    expect(allocated(asks({ minimumRemainingLifeDays: 20 }), [...fresh, ...old])).toEqual(["6", "5"]);
    expect(allocated(asks({ lotNo: "L-1" }), [...fresh, ...anyStock({ lotNo: "L-2", onHand: "99" })])).toEqual([
      "6",
      "5",
    ]);
    // A third one that may take them makes them count again, wherever it stands.
    expect(allocated(asks({ minimumRemainingLifeDays: 20 }, {}), [...fresh, ...old])).toEqual(["10", "1", "10"]);
    expect(allocated(asks({ lotNo: "L-1" }, {}), [...fresh, ...old])).toEqual(["10", "1", "10"]);
  });

  it("does not give less than the minimum of what is left either", () => {
    const stock = anyStock({ itemCode: "TEA", onHand: "10" }, { itemCode: "TEA", warehouseId: "SOUTH", onHand: "3" });
    const some = [order("SO-1", "20", "A", { quantum: "5" }), order("SO-2", "20", "A", { quantum: "5" })];
    const outcome = allocate(some, stock, { rule: "equalAwards", minimum: decimal("10") });
    expect(got(outcome)).toEqual(["SO-1 10 fair_share", "SO-2 0 below_minimum"]);
  });

  it("figures that no policy may have are found before it is stored, and refused for every order", () => {
    const rule = "talmud" as const;
    const d = decimal;
    const wrong: [sharing: BatchSharing, fault: string][] = [
      [{ rule: "no-rule" as never }, "share.unknown_rule sharing.0.rule"],
      [{ rule, minimum: d("-1") }, "share.negative sharing.0.minimum"],
      [{ rule, weights: [{ customerClass: "B", weight: d("0") }] }, "share.not_above_zero sharing.0.weights.0.weight"],
      [
        { rule, weights: ["B", "B"].map((customerClass) => ({ customerClass, weight: d("2") })) },
        "share.listed_twice sharing.0.weights.1",
      ],
      [
        { rule, quotas: [{ customerClass: "B", kind: "percent", figure: d("101") }] },
        "share.above_hundred sharing.0.quotas.0.figure",
      ],
      [
        {
          rule,
          quotas: ["B", "B"].map((customerClass) => ({ customerClass, kind: "ratio" as const, figure: d("2") })),
        },
        "share.listed_twice sharing.0.quotas.1",
      ],
      [{ rule, tiers: [["A"], ["B", "A"]] }, "share.listed_twice sharing.0.tiers.1.1"],
    ];
    for (const [sharing, fault] of wrong) {
      expect(checkSharing([sharing]).map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([fault]);
      expect(checkAllocationPolicy({ ...POLICY, sharing: [sharing] })).toEqual(checkSharing([sharing]));
      const { refused } = allocate(orders, tea, sharing);
      expect(refused.map(({ issues }) => issues.map(({ code, path }) => `${code} ${path.slice(1).join(".")}`))).toEqual(
        orders.map(() => [fault]),
      );
    }
    expect(checkAllocationPolicy({ ...POLICY, sharing: [{ rule }] })).toEqual([]);
  });

  it("a quantity below the minimum that a warehouse leaves a line is given up, and shared out anew", () => {
    const stock = anyStock({ itemCode: "TEA", onHand: "60" }, { itemCode: "TEA", warehouseId: "SOUTH", onHand: "5" });
    const some = [order("SO-1", "60", "A", {}, ["bremen"]), order("SO-2", "60")];
    expect(got(allocate(some, stock, { rule: "equalAwards", minimum: decimal("6") }))).toEqual([
      "SO-1 0 below_minimum",
      "SO-2 60 served_in_full",
    ]);
    expect(got(allocate(some, stock, { rule: "equalAwards", minimum: decimal("5") }))).toEqual([
      "SO-1 5 served_in_part",
      "SO-2 60 served_in_full",
    ]);
  });

  it("gives as much as without, wherever no step, minimum, warehouse or lot stands in the way", () => {
    const wishes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(wishes, fc.nat({ max: 90 }), fc.constantFrom(...FAIR_SHARE_RULES), (list, onHand, rule) => {
        const some = list.map((wish, place) => order(`SO-${place}`, `${wish}`));
        const outcome = allocate(some, anyStock({ itemCode: "TEA", onHand: `${onHand}` }), { rule });
        const sum = outcome.reasons.reduce((all, { allocated }) => all + Number(allocated), 0);
        expect(sum).toBe(
          Math.min(
            onHand,
            list.reduce((all, wish) => all + wish, 0),
          ),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("leaves nothing that a second run would give", () => {
    fc.assert(
      fc.property(smallWorld(), fc.constantFrom(...FAIR_SHARE_RULES), ({ orders: some, stock, policy }, rule) => {
        const shared = { ...anyContext(), policy: { ...policy, sharing: [{ rule }] }, today: TODAY };
        const first = allocateBatch(some, stock, shared);
        const took = first.movements.reduce((all, { quantity }) => all + Number(quantity), 0);
        const plain = allocateBatch(some, stock, { ...shared, policy });
        const without = plain.movements.reduce((all, { quantity }) => all + Number(quantity), 0);
        // Sharing may give less only to lines that take all or nothing, or whole steps.
        const isFree = some.every(({ lines }) =>
          lines.every(
            (line) => line.partialAllowed && line.quantum === undefined && line.minimumRemainingLifeDays === undefined,
          ),
        );
        if (isFree && policy.sourcing.areas.length === 0) expect(took).toBeCloseTo(without, 6);
      }),
      { numRuns: 150 },
    );
  });
});

describe("quotas of customer classes", () => {
  const quota = (customerClass: string, kind: "amount" | "percent" | "ratio", figure: string) => ({
    customerClass,
    kind,
    figure: figure as Decimal,
  });
  const orders = [order("SO-1", "30"), order("SO-2", "50"), order("SO-3", "80", "B"), order("SO-4", "80", "C")];
  const tea = anyStock({ itemCode: "TEA", onHand: "100" });

  it.each<[name: string, quotas: BatchSharing["quotas"], allocated: string[]]>([
    [
      "the lines of a class have its quota together, by the rule",
      [quota("A", "amount", "64")],
      ["30", "46", "12", "12"],
    ],
    ["a percentage is one of what is free", [quota("B", "percent", "70")], ["8", "8", "77", "7"]],
    [
      "ratios divide what amounts and percentages leave",
      [quota("A", "amount", "40"), quota("B", "ratio", "1"), quota("C", "ratio", "2")],
      ["20", "20", "20", "40"],
    ],
    [
      "what a class leaves of its quota goes to the others with one, in proportion",
      [quota("A", "percent", "90"), quota("B", "percent", "10"), quota("X", "percent", "0")],
      ["30", "50", "20", "0"],
    ],
    ["a class without orders has none", [quota("X", "percent", "100")], ["25", "25", "25", "25"]],
    [
      "quotas for all of it leave nothing to others",
      [quota("B", "amount", "80"), quota("C", "amount", "20")],
      ["0", "0", "80", "20"],
    ],
    [
      "too much set aside: the rule decides among the classes, then inside them",
      [quota("A", "amount", "80"), quota("B", "amount", "80")],
      ["25", "25", "50", "0"],
    ],
  ])("%s", (_name, quotas, allocated) => {
    const outcome = allocate(orders, tea, { rule: "equalAwards", ...(quotas === undefined ? {} : { quotas }) });
    expect(outcome.reasons.map((reason) => reason.allocated)).toEqual(allocated);
  });

  it("finer than stock and wishes are written, they are cut off to what can be counted", () => {
    const outcome = allocate(orders, tea, { rule: "equalAwards", quotas: [quota("A", "amount", "100.9")] });
    expect(outcome.reasons.map((reason) => reason.allocated)).toEqual(["30", "50", "10", "10"]);
  });

  it("give a class what is set aside for it, as far as it asks for that much", () => {
    const wishes = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom("A", "B", "C")), {
      minLength: 1,
      maxLength: 6,
    });
    const figures = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 }));
    fc.assert(
      fc.property(
        wishes,
        figures,
        fc.nat({ max: 100 }),
        fc.constantFrom(...FAIR_SHARE_RULES),
        (list, own, free, rule) => {
          fc.pre(own[0] + own[1] <= free);
          const some = list.map(([wish, name], place) => order(`SO-${place}`, `${wish}`, name));
          const quotas = [quota("A", "amount", `${own[0]}`), quota("B", "amount", `${own[1]}`)];
          const outcome = allocate(some, anyStock({ itemCode: "TEA", onHand: `${free}` }), { rule, quotas });
          const sum = (name: string, field: "allocated" | "requested"): number =>
            outcome.reasons.reduce(
              (all, reason, place) => all + (list[place]![1] === name ? Number(reason[field]) : 0),
              0,
            );
          for (const [place, name] of ["A", "B"].entries()) {
            expect(sum(name, "allocated")).toBeGreaterThanOrEqual(Math.min(own[place]!, sum(name, "requested")));
          }
        },
      ),
      {
        numRuns: 150,
        examples: [
          [
            // Half units of the rest must not be rounded at the cost of what is set aside.
            [
              [13, "B"],
              [21, "B"],
              [21, "A"],
              [12, "A"],
            ],
            [30, 0],
            61,
            "equalLosses",
          ],
        ],
      },
    );
  });
});

describe("what a line takes of one place in two rounds", () => {
  it("is one take in the plan", () => {
    // The second order may not take from the north, so the first comes back for what its share left there.
    const orders = [order("SO-1", "9"), order("SO-2", "8", "A", {}, ["bremen"])];
    const stock = anyStock({ onHand: "6", lotNo: "L-1" }, { onHand: "4", lotNo: "L-2" });
    const policy = { ...POLICY, sharing: [{ rule: "equalAwards" as const }] };
    const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
    const [first] = plan.orders[0]!.lines;
    expect(first!.takes.map(({ source, quantity }) => `${source.lotNo} ${quantity}`)).toEqual(["L-1 6", "L-2 3"]);
    expect(plan.orders[1]!.lines[0]!.code).toBe("stock_elsewhere");
  });

  it("law: no place is listed twice for a line, whatever is shared out", () => {
    fc.assert(
      fc.property(smallWorld(), fc.constantFrom(...FAIR_SHARE_RULES), ({ orders, stock, policy }, rule) => {
        const shared = { ...policy, sharing: [{ rule }] };
        const plan = planAllocation(orders, stock, { ...anyContext(), policy: shared, today: TODAY });
        for (const { takes } of plan.orders.flatMap(({ lines }) => lines)) {
          const places = takes.map(({ source }) => JSON.stringify(source));
          expect(new Set(places).size).toBe(places.length);
        }
      }),
      { numRuns: 60 },
    );
  });
});
