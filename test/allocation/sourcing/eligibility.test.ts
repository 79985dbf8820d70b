import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import type { AllocationPolicy } from "../../../src/allocation/allocation-policy.js";
import { explainAllocation } from "../../../src/allocation/explain-allocation.js";
import { planAllocation } from "../../../src/allocation/plan-allocation.js";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import type { Sourcing } from "../../../src/allocation/sourcing-policy.js";
import type { WarehouseFacts } from "../../../src/model/warehouse-facts.js";
import type { LotRestriction } from "../../../src/model/lot-restrictions.js";
import { eligibilityOf } from "../../../src/allocation/sourcing/eligibility.js";
import { decimal } from "../../../src/core/decimal.js";
import { describeAllocation } from "../../../src/messages/describe-allocation.js";
import type { PlannedLine } from "../../../src/model/allocation-plan.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import { parseAllocationPlan } from "../../../src/schema/index.js";
import { anyContext, anyOrder, anyStock, checkBatchOutcome, deepFreeze } from "../../../src/testing/index.js";
import { allocateByHand, mayServe, millionths, placeOf } from "../oracle.js";
import { restriction, withFacts } from "../facts-world.js";
import { smallWorld, TODAY } from "../small-world.js";
import { wishWorld } from "../wish-world.js";

const IDS = ["NORTH", "SOUTH"];
const NEAREST: Sourcing = { kind: "nearest", areas: [], otherwise: IDS };
const KINDS: readonly Sourcing[] = [
  NEAREST,
  { kind: "wholeOrderFromOne", areas: [], otherwise: IDS, ifNone: "nearest" },
  { kind: "ranked", warehouseIds: IDS, rules: [{ rule: "preferred", warehouseIds: IDS }] },
  {
    kind: "chosen",
    strategy: { kind: "fewestSplits" },
    limits: [],
    steps: 1000,
    areas: [],
    otherwise: IDS.map((warehouseId) => ({ warehouseId })),
  },
];

function planned(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: Partial<AllocationPolicy>,
): readonly PlannedLine[] {
  const plan = planAllocation(deepFreeze(orders), deepFreeze(stock), {
    ...anyContext(),
    policy: deepFreeze({ priority: [], sourcing: NEAREST, lots: "fifo", ...policy }),
    today: TODAY,
  });
  const read = parseAllocationPlan(JSON.parse(JSON.stringify(plan)));
  expect(read.ok && read.value).toEqual(plan);
  return plan.orders.flatMap(({ lines }) => lines);
}

type Wish = Pick<Order["header"], "deliveryAreaPath" | "vehicleRestriction">;
const order = (lines: Parameters<typeof anyOrder>[0] = {}, header: Partial<Wish> = {}): Order => {
  const { vehicleRestriction } = header;
  return anyOrder({
    stage: "confirmed",
    lines: [{ orderedQty: "4" }],
    ...lines,
    header: {
      ...(header.deliveryAreaPath === undefined ? {} : { deliveryAreaPath: header.deliveryAreaPath }),
      ...(vehicleRestriction === undefined ? {} : { vehicleRestriction }),
    },
  });
};
const places = (lines: readonly PlannedLine[]): string[] =>
  lines.flatMap(({ takes }) =>
    takes.map(({ source, quantity }) => `${quantity} ${source.warehouseId} ${source.binId ?? ""}`.trim()),
  );
const both = anyStock({ warehouseId: "NORTH", onHand: "9" }, { warehouseId: "SOUTH", onHand: "9" });

describe("warehouses that may not serve a line (mission 5.3, 5.5, 9.7; definition B5)", () => {
  const van = { vehicleClass: "van", heightMetres: decimal("2.5") };
  const lorry = { vehicleClass: "lorry", heightMetres: decimal("3.5") };
  const chilled = { lines: [{ orderedQty: "4", temperatureClass: "chilled" }] };

  it.each<[string, Partial<WarehouseFacts>, Order, string | undefined]>([
    ["an area of the first level", { servedAreas: [["hamburg"]] }, order(), undefined],
    ["the very area", { servedAreas: [["hamburg", "harbour"]] }, order(), undefined],
    ["one area of several", { servedAreas: [["bremen"], ["hamburg"]] }, order(), undefined],
    ["every area", { servedAreas: [[]] }, order(), undefined],
    ["another area", { servedAreas: [["bremen"]] }, order(), "area_not_served"],
    ["no area", { servedAreas: [] }, order(), "area_not_served"],
    ["another area below the same", { servedAreas: [["hamburg", "north"]] }, order(), "area_not_served"],
    ["only a part of the order's area", { servedAreas: [["hamburg", "harbour", "pier"]] }, order(), "area_not_served"],
    ["a vehicle, and a street for all", { vehicles: [lorry] }, order(), undefined],
    [
      "one vehicle of several that fits",
      { vehicles: [lorry, van] },
      order({}, { vehicleRestriction: { maxHeightMetres: decimal("2.5") } }),
      undefined,
    ],
    [
      "only a vehicle that is too high",
      { vehicles: [lorry] },
      order({}, { vehicleRestriction: { maxHeightMetres: decimal("2.5") } }),
      "no_vehicle_fits",
    ],
    ["no vehicle at all", { vehicles: [] }, order(), "no_vehicle_fits"],
    ["any temperature, and a line that wants one", {}, order(chilled), undefined],
    ["the line's temperature", { temperatureClasses: ["ambient", "chilled"] }, order(chilled), undefined],
    ["another temperature", { temperatureClasses: ["ambient"] }, order(chilled), "temperature_not_kept"],
    ["another temperature, and a line that wants none", { temperatureClasses: ["frozen"] }, order(), undefined],
    [
      "nothing of all that: the area is said first",
      { servedAreas: [], vehicles: [], temperatureClasses: [] },
      order(chilled),
      "area_not_served",
    ],
    [
      "the area only: the vehicle is said next",
      { vehicles: [], temperatureClasses: [] },
      order(chilled),
      "no_vehicle_fits",
    ],
  ])("a warehouse with %s", (_case, facts, asked, code) => {
    for (const sourcing of KINDS) {
      const [line] = planned([asked], both, { sourcing, warehouses: [{ warehouseId: "NORTH", ...facts }] });
      expect(line?.ineligible).toEqual(code === undefined ? undefined : [{ warehouseId: "NORTH", code }]);
      expect(line?.warehouses).not.toContain(code === undefined ? "WEST" : "NORTH");
      expect(places([line!])).toEqual([code === undefined ? "4 NORTH" : "4 SOUTH"]);
      expect(line?.code).toBe("served_in_full");
    }
  });

  it("is not asked for the rest either, and the reason says that it is there", () => {
    const warehouses = [{ warehouseId: "NORTH", servedAreas: [] }];
    const [part] = planned([order({ lines: [{ orderedQty: "12" }] })], both, { warehouses });
    expect([part?.allocated, part?.code, part?.warehouses]).toEqual(["9", "served_in_part", ["SOUTH"]]);
    const [none] = planned([order()], both.slice(0, 1), { warehouses });
    expect([none?.allocated, none?.code]).toEqual(["0", "not_eligible"]);
    const shut = [
      { warehouseId: "NORTH", servedAreas: [] },
      { warehouseId: "SOUTH", vehicles: [] },
    ];
    const [shutOut] = planned([order()], both, { warehouses: shut });
    expect([shutOut?.code, shutOut?.warehouses, shutOut?.ineligible?.map(({ code }) => code)]).toEqual([
      "not_eligible",
      [],
      ["area_not_served", "no_vehicle_fits"],
    ]);
  });

  it("says what else is lacking before it says that", () => {
    const warehouses = [{ warehouseId: "NORTH", servedAreas: [] }];
    const codeWith = (stock: readonly StockPosition[]): unknown => planned([order()], stock, { warehouses })[0]?.code;
    expect(codeWith([])).toBe("no_stock_record");
    expect(codeWith(anyStock({ onHand: "9", condition: "held" }))).toBe("no_usable_stock");
    expect(codeWith(anyStock({ onHand: "0" }))).toBe("empty_stock");
    expect(codeWith(anyStock({ onHand: "9", expiresOn: "2026-03-03" }))).toBe("not_eligible");
  });

  it("is not the one that a rule ranks first", () => {
    const sourcing = KINDS[2]!;
    const [line] = planned([order()], both, { sourcing, warehouses: [{ warehouseId: "NORTH", servedAreas: [] }] });
    expect(line?.sourcing).toEqual({ kind: "ranked", rule: "default" });
  });

  it("is asked for the other lines of the order", () => {
    const two = order({
      lines: [
        { orderedQty: "4", temperatureClass: "chilled" },
        { itemCode: "SALT", orderedQty: "1" },
      ],
    });
    const stock = [...both, ...anyStock({ itemCode: "SALT", warehouseId: "NORTH", onHand: "1" })];
    for (const sourcing of KINDS) {
      const lines = planned([two], stock, { sourcing, warehouses: [{ warehouseId: "NORTH", temperatureClasses: [] }] });
      expect(places(lines)).toEqual(["4 SOUTH", "1 NORTH"]);
    }
    const together = { ...two, lines: two.lines.map((line) => ({ ...line, deliveryGroup: "G" })) };
    const ranked = { sourcing: KINDS[2]!, warehouses: [{ warehouseId: "NORTH", temperatureClasses: [] }] };
    expect(places(planned([together], stock, ranked))).toEqual(["4 SOUTH", "1 NORTH"]);
  });

  it("does not count for a share", () => {
    const wish = (orderNo: string): Order => order({ orderNo, lines: [{ orderedQty: "8" }] });
    const sharing = [{ rule: "equalAwards" as const }];
    const policy = { sharing, warehouses: [{ warehouseId: "NORTH", servedAreas: [] }] };
    expect(planned([wish("SO-1"), wish("SO-2")], both, policy).map(({ allocated }) => allocated)).toEqual(["5", "4"]);
  });

  it("is not taken for another's goods: lines of one item that may be served from different places are chosen apart", () => {
    const stock = anyStock(
      { warehouseId: "NORTH", binId: "HALL", onHand: "8" },
      { warehouseId: "SOUTH", binId: "COLD", onHand: "4" },
    );
    const bins = [
      { warehouseId: "NORTH", binId: "HALL", temperatureClasses: ["ambient"] },
      { warehouseId: "SOUTH", binId: "COLD", temperatureClasses: ["chilled"] },
    ];
    const lines = [{ orderedQty: "4" }, { orderedQty: "4", temperatureClass: "chilled" }];
    const asked = order({ lines });
    for (const sourcing of KINDS.filter(({ kind }) => kind !== "nearest"))
      expect(places(planned([asked], stock, { sourcing, bins }))).toEqual(["4 NORTH HALL", "4 SOUTH COLD"]);
  });

  it("is checked once, and has no bearing where the policy says nothing", () => {
    expect(eligibilityOf({})).toBeUndefined();
    expect(
      eligibilityOf({ warehouses: [{ warehouseId: "NORTH" }], bins: [{ warehouseId: "NORTH", binId: "A" }] }),
    ).toBe(undefined);
  });
});

describe("bins that keep a temperature (mission 9.7, 9.8; definition B5)", () => {
  const bins = [
    { warehouseId: "NORTH", binId: "COLD", temperatureClasses: ["chilled"] },
    { warehouseId: "NORTH", binId: "HALL", temperatureClasses: ["ambient"] },
    { warehouseId: "NORTH", binId: "ANY" },
  ];
  const stock = anyStock(
    { binId: "ANY", lotNo: "L-1", onHand: "1", receivedOn: "2026-01-01" },
    { binId: "HALL", lotNo: "L-1", onHand: "2", receivedOn: "2026-01-02" },
    { binId: "COLD", lotNo: "L-1", onHand: "4", receivedOn: "2026-01-03" },
    { onHand: "8", receivedOn: "2026-01-04" },
  );
  const wants = (temperatureClass: string | undefined, more: object = {}): Order =>
    order({
      lines: [{ orderedQty: "20", ...(temperatureClass === undefined ? {} : { temperatureClass }), ...more }],
    });

  it.each([
    ["no class", undefined, undefined, ["1 NORTH ANY", "2 NORTH HALL", "4 NORTH COLD", "8 NORTH"]],
    [
      "a class of a bin, the others as the warehouse, which keeps all",
      "chilled",
      undefined,
      ["1 NORTH ANY", "4 NORTH COLD", "8 NORTH"],
    ],
    ["a class of a bin in a warehouse of another", "chilled", ["frozen"], ["4 NORTH COLD"]],
    ["a class of the warehouse, not of these bins", "frozen", ["frozen"], ["1 NORTH ANY", "8 NORTH"]],
    ["a class that is kept nowhere", "frozen", [], []],
  ])("a line that wants %s", (_case, wanted, temperatureClasses, expected) => {
    const warehouses = temperatureClasses === undefined ? [] : [{ warehouseId: "NORTH", temperatureClasses }];
    for (const sourcing of KINDS) {
      const [line] = planned([wants(wanted)], stock, { sourcing, warehouses, bins });
      if (sourcing.kind === "wholeOrderFromOne" || sourcing.kind === "nearest")
        expect(places([line!])).toEqual(expected);
      expect(line?.ineligible).toEqual(
        expected.length > 0 ? undefined : [{ warehouseId: "NORTH", code: "temperature_not_kept" }],
      );
    }
  });

  it("goes for a named lot, for one lot and for bins by how much is wanted", () => {
    const cold = { binId: "COLD" };
    const policy = { bins, warehouses: [{ warehouseId: "NORTH", temperatureClasses: [] }] };
    const from = (more: object, own: Partial<AllocationPolicy> = {}) =>
      planned([wants("chilled", more)], stock, { ...policy, ...own }).flatMap(({ takes }) => takes);
    const expected = [{ source: { warehouseId: "NORTH", lotNo: "L-1", ...cold }, quantity: "4" }];
    expect(from({ lotNo: "L-1" })).toEqual(expected);
    expect(from({ oneLotOnly: true })).toEqual(expected);
    expect(from({}, { picking: [{ warehouseId: "NORTH", chain: [{ rule: "fewestPlaces" }] }] })).toEqual(expected);
  });

  it("is the reason where goods lie in the wrong bin", () => {
    const [line] = planned([wants("chilled")], stock.slice(1, 2), { bins });
    expect([line?.code, line?.ineligible]).toEqual(["not_eligible", undefined]);
  });
});

describe("lots that are not for everybody (mission 9.9; definition B5)", () => {
  const lots = anyStock(
    { warehouseId: "NORTH", lotNo: "L-1", onHand: "3" },
    { warehouseId: "NORTH", lotNo: "L-2", onHand: "9" },
  );
  const said = (restriction: Partial<LotRestriction>, lotNo = "L-1"): Partial<AllocationPolicy> => ({
    lotRestrictions: [{ itemCode: "TEA", lotNo, ...restriction }],
  });
  const taken = (lines: readonly PlannedLine[]): string[] =>
    lines.flatMap(({ takes }) => takes.map(({ source, quantity }) => `${quantity} ${source.lotNo}`));

  it.each<[string, Partial<LotRestriction>, string | undefined]>([
    ["of which nothing is said", {}, undefined],
    ["for the order's area alone", { onlyAreas: [["hamburg", "harbour"]] }, undefined],
    ["for an area above it", { onlyAreas: [["bremen"], ["hamburg"]] }, undefined],
    ["for everywhere", { onlyAreas: [[]] }, undefined],
    ["for another area alone", { onlyAreas: [["bremen"]] }, "lot_not_for_area"],
    ["for a part of the area alone", { onlyAreas: [["hamburg", "harbour", "pier"]] }, "lot_not_for_area"],
    ["for no area", { onlyAreas: [] }, "lot_not_for_area"],
    ["not for another area", { notAreas: [["bremen"], ["hamburg", "north"]] }, undefined],
    ["not for the area", { notAreas: [["bremen"], ["hamburg"]] }, "lot_not_for_area"],
    ["not for a part of the area", { notAreas: [["hamburg", "harbour", "pier"]] }, "lot_not_for_area"],
    ["for the customer alone", { onlyCustomers: ["C-9", "C-1"] }, undefined],
    ["for another customer alone", { onlyCustomers: ["C-9"] }, "lot_not_for_customer"],
    ["for no customer", { onlyCustomers: [] }, "lot_not_for_customer"],
    ["not for another customer", { notCustomers: ["C-9"] }, undefined],
    ["not for the customer", { notCustomers: ["C-9", "C-1"] }, "lot_not_for_customer"],
    ["for the area, not for the customer", { onlyAreas: [["hamburg"]], notCustomers: ["C-1"] }, "lot_not_for_customer"],
    ["for neither: the area is said first", { notAreas: [[]], notCustomers: ["C-1"] }, "lot_not_for_area"],
  ])("a lot %s", (_case, restriction, code) => {
    const asked = { ...order(), header: { ...order().header, customerCode: "C-1" } };
    for (const sourcing of KINDS) {
      const [line] = planned([asked], lots, { sourcing, ...said(restriction) });
      expect(line?.barredLots).toEqual(code === undefined ? undefined : [{ lotNo: "L-1", code }]);
      expect(taken([line!])).toEqual(code === undefined ? ["3 L-1", "1 L-2"] : ["4 L-2"]);
      expect([line?.code, line?.ineligible]).toEqual(["served_in_full", undefined]);
    }
  });

  it("stays for the others, and is the reason where nothing else is there", () => {
    const orders = ["C-1", "C-2"].map((customerCode, place): Order => {
      const own = order({ orderNo: `SO-${place + 1}`, lines: [{ orderedQty: "20" }] });
      return { ...own, header: { ...own.header, customerCode } };
    });
    const none = said({ onlyCustomers: ["C-2"] }, "L-2");
    expect(taken(planned(orders, lots, none))).toEqual(["3 L-1", "9 L-2"]);
    const [first] = planned(orders.slice(0, 1), lots.slice(1), none);
    expect([first?.code, first?.barredLots]).toEqual([
      "not_eligible",
      [{ lotNo: "L-2", code: "lot_not_for_customer" }],
    ]);
    const named = { ...orders[0]!, lines: orders[0]!.lines.map((line) => ({ ...line, lotNo: "L-2" })) };
    expect(planned([named], lots, none)[0]?.code).toBe("not_eligible");
  });

  it("is not named where it does not lie, for another item, nor for whom has goods of his own in store", () => {
    const barred = said({ onlyAreas: [] });
    expect(planned([order()], lots.slice(1), barred)[0]?.barredLots).toBeUndefined();
    const salt = order({ lines: [{ itemCode: "SALT", orderedQty: "1" }] });
    const stock = [...lots, ...anyStock({ itemCode: "SALT", lotNo: "L-1", onHand: "1" })];
    expect(planned([salt], stock, barred)[0]?.barredLots).toBeUndefined();
    const draw = order({ lines: [{ orderedQty: "2", transactionCategory: "depositDraw" }] });
    const own = anyStock({ lotNo: "L-7", owner: draw.header.customerCode, onHand: "2" });
    const [line] = planned([draw, order({ orderNo: "SO-2" })], [...lots, ...own], barred);
    expect([line?.code, line?.barredLots]).toEqual(["served_in_full", undefined]);
    const shut = planned([draw], [...lots, ...own], said({ onlyAreas: [] }, "L-7"));
    expect([shut[0]?.code, shut[0]?.barredLots?.[0]?.lotNo]).toEqual(["not_eligible", "L-7"]);
  });

  it("does not count for a share of those who may not have it", () => {
    const wish = (orderNo: string, customerCode: string): Order => {
      const own = order({ orderNo, lines: [{ orderedQty: "8" }] });
      return { ...own, header: { ...own.header, customerCode } };
    };
    const policy = { sharing: [{ rule: "equalAwards" as const }], ...said({ onlyCustomers: ["C-9"] }, "L-2") };
    expect(planned([wish("SO-1", "C-1"), wish("SO-2", "C-2")], lots, policy).map(({ allocated }) => allocated)).toEqual(
      ["2", "1"],
    );
  });

  it("stays with whoever has it when a line that may not have it is to win in a re-confirmation", () => {
    const held = { warehouseId: "NORTH", lotNo: "L-1", quantities: { allocated: "10" } };
    const lines = [{ quantities: { allocated: "10" }, reservations: [held] }];
    const has = anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { customerCode: "C-1" }, lines });
    const header = { customerCode: "C-2", customerClass: "A" };
    const wins = anyOrder({ orderNo: "SO-2", stage: "confirmed", header, lines: [{ orderedQty: "8" }] });
    const after = (own: Partial<AllocationPolicy>): unknown => {
      const outcome = reconfirmOrders([has, wins], anyStock({ lotNo: "L-1", onHand: "12", reserved: "10" }), {
        ...anyContext(),
        today: TODAY,
        policy: {
          allocation: { priority: [], sourcing: NEAREST, lots: "fifo", ...own },
          strategies: [{ customerClasses: ["A"], strategy: "win" }],
          otherwise: "fill",
          onException: "bestEffort",
          redistribute: { kind: "inOrder" },
        },
      });
      return [outcome.orders.map((one) => one.lines[0]!.quantities.allocated), outcome.displacements.length];
    };
    expect(after({})).toEqual([["4", "8"], 1]);
    expect(after(said({ notCustomers: ["C-2"] }))).toEqual([["10", "0"], 0]);
  });

  it("sends only those lines to look at each lot that it bars: the others take as without it", () => {
    fc.assert(
      fc.property(
        smallWorld(),
        fc.uniqueArray(restriction(), { minLength: 1, maxLength: 3, selector: ({ lotNo }) => lotNo }),
        (world, restrictions) => {
          const lotRestrictions = restrictions.map((one) => ({ ...one, itemCode: "SALT" }));
          const plan = (policy: AllocationPolicy): unknown =>
            planAllocation(world.orders, world.stock, { ...anyContext(), policy, today: TODAY }).orders.map(
              ({ lines }) =>
                lines.filter(({ itemCode }) => itemCode !== "SALT").map(({ takes, code }) => [takes, code]),
            );
          fc.pre(!world.orders.some(({ lines }) => lines.some(({ shortages }) => shortages.length > 0)));
          expect(plan({ ...world.policy, lotRestrictions })).toEqual(plan(world.policy));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("explainAllocation, describeAllocation: warehouses that were not asked (mission 4.15, 9.7)", () => {
  it("names them, in both languages, and looks for what would be enough only where the line is served from", () => {
    const policy: AllocationPolicy = {
      priority: [],
      sourcing: NEAREST,
      lots: "fifo",
      warehouses: [
        { warehouseId: "NORTH", servedAreas: [["bremen"]] },
        { warehouseId: "SOUTH", temperatureClasses: ["chilled"] },
      ],
    };
    const orders = [order({ lines: [{ orderedQty: "12", temperatureClass: "chilled" }] })];
    const plan = planAllocation(orders, both, { ...anyContext(), policy, today: TODAY });
    const explanation = explainAllocation(plan, "SO-1-1", { orders, stock: both, policy })!;
    expect(explanation.enough).toEqual({ warehouseId: "SOUTH", quantity: "3" });
    expect(describeAllocation(explanation).split("\n").slice(-5)).toEqual([
      "Warehouses asked, nearest first:",
      "  SOUTH: 9 free, 0 taken before, 9 taken by this line",
      "Warehouses not asked:",
      "  NORTH: does not deliver into the area",
      "3 more in SOUTH would have been enough.",
    ]);
    expect(describeAllocation(explanation, { locale: "zh" })).toContain("未询问的仓库:\n  NORTH: 不配送该区域");
    const saying = (code: string): string =>
      describeAllocation({
        ...explanation,
        line: { ...explanation.line, ineligible: [{ warehouseId: "W", code: code as never }] },
      });
    expect(saying("no_vehicle_fits")).toContain("W: has no vehicle that may drive up to the address");
    expect(saying("temperature_not_kept")).toContain("W: does not keep goods of this temperature class");
  });

  it("names the lots that were passed over", () => {
    const policy: AllocationPolicy = {
      priority: [],
      sourcing: NEAREST,
      lots: "fifo",
      lotRestrictions: [
        { itemCode: "TEA", lotNo: "L-1", notAreas: [["hamburg"]] },
        { itemCode: "TEA", lotNo: "L-2", onlyCustomers: ["C-9"] },
      ],
    };
    const stock = anyStock({ lotNo: "L-1", onHand: "9" }, { lotNo: "L-2", onHand: "9" });
    const orders = [order()];
    const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
    const explanation = explainAllocation(plan, "SO-1-1", { orders, stock, policy })!;
    expect(describeAllocation(explanation).split("\n").slice(-4)).toEqual([
      "Lots passed over:",
      "  L-1: may not go into the area",
      "  L-2: is not for the customer",
      "4 more in NORTH would have been enough.",
    ]);
    expect(describeAllocation(explanation, { locale: "zh" })).toContain(
      "未使用的批号:\n  L-1: 不得发往该区域\n  L-2: 不供应该客户",
    );
  });
});

describe("allocateBatch against allocation by hand, with places that may not serve (mission 9.7; definition B5)", () => {
  it("serves the same lines from the same lots for the same reasons", () => {
    fc.assert(
      fc.property(withFacts(smallWorld()), ({ orders, stock, policy }) => {
        const { reasons, movements } = allocateBatch(orders, stock, { ...anyContext(), policy, today: TODAY });
        const told = reasons.map(({ lineId, requested, allocated, code, waitsFor }) => {
          const takes: Record<string, bigint> = {};
          for (const movement of movements.filter((each) => each.lineId === lineId))
            takes[placeOf(movement)] = (takes[placeOf(movement)] ?? 0n) + millionths(movement.quantity);
          return { lineId, requested: millionths(requested), allocated: millionths(allocated), code, takes, waitsFor };
        });
        expect(told).toEqual(allocateByHand(orders, stock, policy, TODAY));
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 200 : Number(process.env.FC_RUNS) },
    );
  });

  it("takes nothing from where it may not, whatever sourcing and picking the policy has, and keeps all laws", () => {
    fc.assert(
      fc.property(withFacts(wishWorld()), ({ orders, stock, policy }) => {
        const outcome = allocateBatch(orders, stock, { ...anyContext(), policy, today: TODAY });
        expect(checkBatchOutcome(orders, outcome)).toEqual([]);
        const lineOf = new Map(
          orders.flatMap((each) => each.lines.map((line) => [line.lineId, { each, line }] as const)),
        );
        for (const movement of outcome.movements) {
          const { each, line } = lineOf.get(movement.lineId!)!;
          expect(mayServe(movement as never, each, line, policy)).toBe(true);
        }
        for (const { warehouses, ineligible = [], barredLots = [], lineId } of outcome.reasons) {
          const { each, line } = lineOf.get(lineId)!;
          for (const { lotNo } of barredLots) {
            const lot = { itemCode: line.itemCode, warehouseId: "W", lotNo } as StockPosition;
            expect(mayServe(lot, each, line, { lotRestrictions: policy.lotRestrictions! })).toBe(false);
          }
          expect(warehouses.filter((id) => ineligible.some(({ warehouseId }) => warehouseId === id))).toEqual([]);
        }
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 80 : Number(process.env.FC_RUNS) },
    );
  });
});
