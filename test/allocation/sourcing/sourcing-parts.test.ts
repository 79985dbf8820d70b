import { describe, expect, it } from "vitest";
import { choiceQuota } from "../../../src/allocation/sourcing/choice-quota.js";
import { limitIndex } from "../../../src/allocation/sourcing/limit-index.js";
import { lineBook } from "../../../src/allocation/sourcing/line-book.js";
import { placesInUse, servingPhases, type LotClass } from "../../../src/allocation/sourcing/serving-phases.js";
import type {
  WarehouseChoice,
  WarehouseLimit,
  WarehousePolicy,
} from "../../../src/allocation/sourcing/warehouse-policy.js";
import type { ChosenSourcing } from "../../../src/allocation/sourcing-policy.js";
import { decimal } from "../../../src/core/decimal.js";
import { anyOrder, type AnyOrderLine } from "../../../src/testing/index.js";

const IDS = ["NORTH", "SOUTH", "EAST"];
const options = IDS.map((warehouseId) => ({ warehouseId }));
const lotClass = (name: string, itemCode: string, ...lines: number[]): LotClass => ({
  name,
  itemCode,
  line: lines[0]!,
  lines,
  isOneLot: false,
});
const classes = [lotClass("t", "TEA", 0, 2), lotClass("s", "SALT", 1)];
const held = (itemCode: string, ...warehouseIds: string[]): AnyOrderLine => ({
  itemCode,
  quantities: { open: "5" },
  reservations: warehouseIds.map((warehouseId) => ({ warehouseId, quantities: { allocated: "1" } })),
});
const most = (kind: "maxWarehouses" | "maxWarehousesPerLine", count: number, strength: "hard" | "soft" = "hard") =>
  ({ kind, count, strength }) satisfies WarehouseLimit;
const far: WarehouseLimit = { kind: "maxDistance", distance: decimal("9"), strength: "hard" };

function phases(
  lines: readonly AnyOrderLine[],
  limits: readonly WarehouseLimit[],
  kind: "leastCost" | "wholeFromOne" = "leastCost",
  asked = classes,
) {
  const policy: ChosenSourcing = {
    kind: "chosen",
    strategy: { kind },
    limits,
    steps: 9,
    areas: [],
    otherwise: options,
  };
  return servingPhases(policy, options, placesInUse(anyOrder({ lines })), asked).map((phase) => ({
    lines: [...phase.classOf.keys()].sort(),
    sites: phase.options.map(({ warehouseId }) => warehouseId),
    limits: phase.limits.map((limit) => ("count" in limit ? `${limit.kind} ${limit.count}` : limit.kind)),
    dropped: phase.dropped,
    inUse: phase.inUse,
    gives: asked.map((one) => IDS.filter((id) => phase.mayGive(one, id)).length),
    isMixed: phase.isMixed,
  }));
}
const all = { lines: [0, 1, 2], sites: IDS, dropped: [], inUse: [], gives: [3, 3], isMixed: false };

describe("servingPhases (mission 9.7; definition B5)", () => {
  it.each<[string, AnyOrderLine[], WarehouseLimit[], string[], string[]]>([
    ["holds nothing", [{ itemCode: "TEA" }], [most("maxWarehouses", 1), far], ["maxWarehouses 1", "maxDistance"], []],
    ["holds something, and nothing is counted", [held("TEA", "SOUTH")], [far], ["maxDistance"], ["SOUTH"]],
  ])("asks once where the order %s", (_case, lines, limits, shown, inUse) => {
    expect(phases(lines, limits)).toEqual([{ ...all, limits: shown, inUse }]);
  });

  it("tells that one item is in several classes", () => {
    expect(phases([{}], [], "leastCost", [...classes, lotClass("u", "TEA", 3)])[0]?.isMixed).toBe(true);
  });

  it("one warehouse for the whole order is the one that it holds goods from", () => {
    expect(phases([held("TEA", "SOUTH")], [], "wholeFromOne")).toEqual([{ ...all, sites: ["SOUTH"], limits: [] }]);
    expect(phases([held("TEA", "SOUTH", "EAST")], [], "wholeFromOne")).toEqual([]);
    expect(phases([{}], [], "wholeFromOne")).toEqual([{ ...all, limits: [] }]);
  });

  const first = { ...all, sites: ["SOUTH"], limits: ["maxDistance"], inUse: ["SOUTH"] };

  it("its own warehouses first, then others within what the limit leaves", () => {
    expect(phases([held("TEA", "SOUTH")], [most("maxWarehouses", 3), far])).toEqual([
      first,
      { ...all, inUse: ["SOUTH"], limits: ["maxWarehouses 2", "maxDistance"] },
    ]);
  });

  it("no others where a hard limit is used up; all where a soft one gives way, which is named", () => {
    expect(phases([held("TEA", "SOUTH")], [most("maxWarehouses", 1), far])).toEqual([first]);
    expect(phases([held("TEA", "SOUTH")], [most("maxWarehouses", 1, "soft"), far])).toEqual([
      first,
      { ...all, inUse: ["SOUTH"], limits: ["maxDistance"], dropped: ["maxWarehouses"] },
    ]);
  });

  it("an item that is held takes from where it is held; another one from all that the order holds goods from", () => {
    const [own, others] = phases([held("TEA", "SOUTH"), held("SALT", "EAST")], [most("maxWarehousesPerLine", 2)]);
    const both = { ...all, inUse: ["SOUTH", "EAST"] };
    expect(own).toEqual({ ...both, sites: ["SOUTH", "EAST"], limits: ["maxWarehousesPerLine 2"], gives: [1, 1] });
    expect(others).toEqual({ ...both, limits: ["maxWarehousesPerLine 1"] });
    const [mixed] = phases([held("TEA", "SOUTH"), { itemCode: "SALT" }], [most("maxWarehousesPerLine", 2)]);
    expect(mixed?.gives).toEqual([1, 3]);
    const [among] = phases([held("TEA", "SOUTH"), { itemCode: "SALT" }], [far, most("maxWarehousesPerLine", 2)]);
    expect(among?.gives).toEqual([1, 3]);
    const [free] = phases([held("TEA", "SOUTH")], [most("maxWarehouses", 2)]);
    expect(free?.gives).toEqual([3, 3]);
  });

  it("an item whose warehouses are used up is asked for no more under a hard limit, and freely under a soft one", () => {
    const lines = [held("TEA", "SOUTH", "EAST"), { itemCode: "SALT" }];
    const both = { ...all, inUse: ["SOUTH", "EAST"] };
    expect(phases(lines, [most("maxWarehousesPerLine", 2)])[1]).toEqual({
      ...both,
      lines: [1],
      limits: ["maxWarehousesPerLine 2"],
    });
    expect(phases(lines, [most("maxWarehousesPerLine", 2, "soft")])[1]).toEqual({
      ...both,
      limits: [],
      dropped: ["maxWarehousesPerLine"],
    });
  });

  it("two lines of an item count its warehouses once", () => {
    const lines = [held("TEA", "SOUTH"), held("TEA", "SOUTH"), held("TEA", "NORTH")];
    expect(phases(lines, [most("maxWarehousesPerLine", 3)])[1]?.limits).toEqual(["maxWarehousesPerLine 1"]);
    expect(phases(lines, [most("maxWarehouses", 3)])[1]?.inUse).toEqual(["SOUTH", "NORTH"]);
  });
});

describe("limitIndex (mission 9.7; definition B5)", () => {
  const row = (itemCode: string, warehouseId: string, quantity: string) => ({
    itemCode,
    warehouseId,
    quantity: decimal(quantity),
  });

  it("gives an order the part of the safety stock that concerns it, by the names of its classes; of two rows the greater", () => {
    const safety: WarehouseLimit = {
      kind: "safetyStock",
      strength: "hard",
      quantities: [
        row("TEA", "NORTH", "10"),
        row("TEA", "NORTH", "9"),
        row("TEA", "WEST", "3"),
        row("RICE", "NORTH", "4"),
      ],
    };
    const limitsFor = limitIndex();
    const expected = [far, { ...safety, quantities: [row("t", "NORTH", "10")] }];
    expect(limitsFor([far, safety], classes, options)).toEqual(expected);
    expect(limitsFor([far, safety], classes, options)).toEqual(expected);
    expect(limitsFor([safety], [classes[1]!], options)).toEqual([{ ...safety, quantities: [] }]);
    expect(limitsFor([{ ...safety, quantities: [row("SALT", "EAST", "1")] }], classes, options)).toEqual([
      { ...safety, quantities: [row("s", "EAST", "1")] },
    ]);
  });
});

describe("choiceQuota (mission 9.7; definition B5)", () => {
  const choice = {
    takes: [
      { itemCode: "s", warehouseId: "EAST", quantity: decimal("2") },
      { itemCode: "t", warehouseId: "SOUTH", quantity: decimal("5") },
      { itemCode: "t", warehouseId: "EAST", quantity: decimal("1") },
    ],
  } as unknown as WarehouseChoice;
  const open = () =>
    choiceQuota(
      choice,
      {
        classOf: new Map([
          [0, classes[0]!],
          [1, classes[1]!],
          [2, classes[0]!],
        ]),
        options,
        limits: [],
        dropped: [],
        inUse: [],
        mayGive: () => true,
        isMixed: false,
      },
      (quantity) => Number(quantity) * 10,
      new Map(IDS.map((id, number) => [id, number])),
    );

  it("lets lines of a class take together what the choice says, from its warehouses in the order of the policy", () => {
    const quota = open();
    expect(quota.sites).toEqual([1, 2]);
    expect([quota.left(0, 1), quota.left(2, 1), quota.left(1, 1), quota.left(1, 2), quota.left(0, 0)]).toEqual([
      50, 50, 0, 20, 0,
    ]);
    quota.use(0, 1, 30);
    expect([quota.left(0, 1), quota.left(2, 1)]).toEqual([20, 20]);
    quota.use(2, 1, -10);
    expect(quota.left(0, 1)).toBe(30);
  });

  it("tells what was taken of it, once for each class and warehouse, and not what went back", () => {
    const quota = open();
    expect(quota.used()).toEqual([]);
    quota.use(0, 1, 10);
    quota.use(2, 1, 10);
    quota.use(1, 2, 5);
    expect(quota.used()).toEqual([
      { itemCode: "SALT", warehouseId: "EAST" },
      { itemCode: "TEA", warehouseId: "SOUTH" },
    ]);
    quota.use(1, 2, -5);
    expect(quota.used()).toEqual([{ itemCode: "TEA", warehouseId: "SOUTH" }]);
  });
});

describe("lineBook (mission 9.7; definition B5)", () => {
  const limits: WarehousePolicy["limits"] = [far, { kind: "maxLinesPerDay", strength: "soft", warehouses: [] }];

  it("is kept only where a limit looks into it", () => {
    expect(lineBook([far], [])).toBeUndefined();
    expect(lineBook(limits, [])?.taken()).toEqual([]);
  });

  it("counts an item of an order once in each warehouse, from what was taken before", () => {
    const book = lineBook(limits, [{ warehouseId: "NORTH", count: 3 }])!;
    book.note("SO-1", "TEA", "NORTH");
    book.note("SO-1", "TEA", "NORTH");
    book.note("SO-1", "SALT", "NORTH");
    book.note("SO-2", "TEA", "NORTH");
    book.note("SO-1", "TEA", "SOUTH");
    expect(book.taken()).toEqual([
      { warehouseId: "NORTH", count: 6 },
      { warehouseId: "SOUTH", count: 1 },
    ]);
  });
});
