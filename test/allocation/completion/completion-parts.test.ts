import { describe, expect, it } from "vitest";
import { chooseComplete } from "../../../src/allocation/completion/choose-complete.js";
import { contestOf, type Contest } from "../../../src/allocation/completion/completion-contest.js";
import { claimFits, contestGame, fillGame, flipClaim } from "../../../src/allocation/completion/completion-game.js";
import { priceClaims } from "../../../src/allocation/completion/completion-prices.js";
import { chooseIn } from "../../../src/allocation/completion/completion-search.js";
import { exchangeClaims } from "../../../src/allocation/completion/completion-exchange.js";
import { fewestShipments } from "../../../src/allocation/completion/fewest-shipments.js";
import { fixedScramble } from "../../../src/allocation/completion/fixed-scramble.js";
import { incompleteOrders } from "../../../src/allocation/completion/incomplete-orders.js";
import {
  giveBack,
  restoreTakes,
  shipmentBoard,
  takeFrom,
  type ServedOrder,
} from "../../../src/allocation/completion/shipment-board.js";
import { fewestWarehouses, warehouseSets } from "../../../src/allocation/completion/warehouse-sets.js";
import { decimal } from "../../../src/core/decimal.js";

const of = (itemCode: string, quantity: string, warehouseId?: string) => ({
  itemCode,
  quantity: decimal(quantity),
  ...(warehouseId === undefined ? {} : { warehouseId }),
});
const wish = (orderNo: string, value: string, ...needs: readonly ReturnType<typeof of>[]) => ({
  orderNo,
  value: decimal(value),
  needs,
});
/** Wishes for tea by worth and quantity, and how much there is. */
const forTea = (stock: string, ...wishes: readonly (readonly [value: string, quantity: string])[]): Contest =>
  contestOf(
    wishes.map(([value, quantity], place) => wish(`SO-${place}`, value, of("TEA", quantity))),
    [of("TEA", stock)],
    "value",
  )!;

describe("warehouseSets, fewestWarehouses (mission 9.7; definition B6)", () => {
  it("lists every set once, smaller ones first, and none where there are too many", () => {
    expect(warehouseSets(1)).toEqual([[0]]);
    expect(warehouseSets(3)).toEqual([[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]);
    expect(warehouseSets(10)).toHaveLength(1023);
    expect(warehouseSets(11)).toBeUndefined();
  });

  const need = (...units: number[]) => ({ items: units.map((_, item) => item), units });

  it.each<[string, number[], number[], number, number[] | undefined, number]>([
    ["the only one that has it", [5], [4, 5], 2, [1], 2],
    ["of equally few the one that keeps most", [5], [5, 7, 6], 3, [1], 3],
    ["of equals the first", [5], [7, 7], 2, [0], 2],
    ["two where none has all", [5], [2, 3, 1], 3, [0, 1], 6],
    ["of two pairs the one that keeps most", [5], [3, 2, 4], 3, [0, 2], 6],
    ["over all items", [2, 2], [9, 2, 1, 2], 2, [1], 2],
    ["what is kept is counted as a share of each item", [1, 1], [2, 4, 4, 2, 40, 1], 3, [1], 3],
    ["none where all together have too little", [9], [4, 4], 2, undefined, 3],
  ])("takes %s", (_case, units, left, warehouses, sites, looks) => {
    expect(fewestWarehouses(need(...units), Float64Array.from(left), warehouses, warehouseSets(warehouses))).toEqual({
      sites,
      looks,
    });
  });

  it("needs no warehouse for an order that needs nothing", () => {
    expect(fewestWarehouses(need(), Float64Array.of(), 2, warehouseSets(2))).toEqual({ sites: [], looks: 0 });
    expect(fewestWarehouses(need(), Float64Array.of(), 2, undefined)).toEqual({ sites: [], looks: 0 });
  });

  it.each<[string, number[], number[], number, number[] | undefined]>([
    ["the one that has most", [5], [1, 5, 4], 3, [1]],
    ["of equals the first", [5], [6, 6], 2, [0]],
    ["the next for what is missing, in the order of numbers", [5], [1, 2, 3], 3, [1, 2]],
    ["shares of items, not units", [100, 1], [60, 0, 0, 1], 2, undefined],
    ["shares of items, not units, where there is enough", [100, 1], [60, 100, 1, 0], 2, [0, 1]],
    ["none twice, and gives up where nobody has more", [5], [2, 2], 2, undefined],
  ])("without sets: takes %s", (_case, units, left, warehouses, sites) => {
    expect(fewestWarehouses(need(...units), Float64Array.from(left), warehouses, undefined)).toEqual({
      sites,
      looks: warehouses,
    });
  });
});

describe("shipmentBoard (mission 9.7; definition B6)", () => {
  const orders = [
    { items: [0, 1], units: [5, 2] },
    { items: [1], units: [3] },
  ];
  const open = () => shipmentBoard(orders, Float64Array.from([4, 3, 0, 2, 0, 6]), 3);

  it("takes where most is left, and counts the warehouses that are used", () => {
    const board = open();
    expect(board.usersOf).toEqual([[0], [0, 1]]);
    takeFrom(board, 0, [0, 1, 2]);
    expect([...board.takes[0]!]).toEqual([4, 1, 0, 0, 0, 2]);
    expect([...board.left]).toEqual([0, 2, 0, 2, 0, 4]);
    expect([...board.shipments]).toEqual([3, 0]);
    takeFrom(board, 1, [2]);
    expect([[...board.left], [...board.shipments]]).toEqual([
      [0, 2, 0, 2, 0, 1],
      [3, 1],
    ]);
    expect([...board.stock]).toEqual([4, 3, 0, 2, 0, 6]);
  });

  it("of equally full warehouses it takes from the first", () => {
    const board = shipmentBoard([{ items: [0], units: [3] }], Float64Array.from([2, 2, 2]), 3);
    takeFrom(board, 0, [2, 1, 0]);
    expect([...board.takes[0]!]).toEqual([2, 1, 0]);
  });

  it("gives back, and restores what was taken", () => {
    const board = open();
    takeFrom(board, 0, [0, 1, 2]);
    const own = board.takes[0]!.slice();
    giveBack(board, 0);
    expect([[...board.left], [...board.shipments], [...board.takes[0]!]]).toEqual([
      [4, 3, 0, 2, 0, 6],
      [0, 0],
      [0, 0, 0, 0, 0, 0],
    ]);
    restoreTakes(board, 0, own);
    expect([[...board.left], [...board.shipments], [...board.takes[0]!]]).toEqual([
      [0, 2, 0, 2, 0, 4],
      [3, 0],
      [...own],
    ]);
  });
});

describe("fewestShipments (mission 9.7; definition B6)", () => {
  // SO 0 stands where SO 1 alone could be whole; SO 0 can be whole elsewhere.
  const orders = [
    { items: [0], units: [4] },
    { items: [0, 1], units: [4, 4] },
    { items: [0], units: [1] },
  ];

  it("lets large orders choose first", () => {
    const { takes, shipments } = fewestShipments(orders, Float64Array.from([4, 5, 4, 0]), 2, 100);
    expect([...shipments]).toEqual([1, 1, 1]);
    expect([...takes[1]!]).toEqual([4, 0, 4, 0]);
    expect([...takes[0]!]).toEqual([0, 4]);
    expect([...takes[2]!]).toEqual([0, 1]);
  });

  it("lets an order of more lines, then one of more units, choose first, also where nothing is moved afterwards", () => {
    const byLines = fewestShipments(orders.slice(0, 2), Float64Array.from([5, 4, 4, 0]), 2, 0);
    expect([[...byLines.shipments], [...byLines.takes[0]!]]).toEqual([
      [1, 1],
      [0, 4],
    ]);
    const sizes = [
      { items: [0], units: [2] },
      { items: [0], units: [5] },
    ];
    const byUnits = fewestShipments(sizes, Float64Array.from([6, 2]), 2, 0);
    expect([[...byUnits.shipments], [...byUnits.takes[1]!]]).toEqual([
      [1, 1],
      [5, 0],
    ]);
  });

  it("stops at once where nobody is split, and when the steps are spent", () => {
    const whole = fewestShipments(orders.slice(0, 1), Float64Array.from([4, 4, 0, 0]), 2, 1000);
    expect([whole.steps, [...whole.shipments]]).toEqual([2, [1]]);
    const forced = fewestShipments(orders.slice(0, 1), Float64Array.from([2, 2, 0, 0]), 2, 1000);
    expect([forced.steps, [...forced.shipments]]).toEqual([3, [2]]);
  });

  it("moves others so that a split order comes from one warehouse", () => {
    // 0 is larger by its lines and takes warehouse 0 for both; 1 is then split, until 0 moves to warehouse 1.
    const two = [
      { items: [1, 2], units: [1, 1] },
      { items: [0, 1], units: [3, 5] },
    ];
    const stock = Float64Array.from([3, 3, 0, 5, 5, 1, 2, 2, 0]);
    const { shipments, takes } = fewestShipments(two, stock, 3, 5000);
    expect([...shipments]).toEqual([1, 1]);
    const used = Float64Array.from(stock);
    for (const [order, { items }] of two.entries())
      for (const [line, item] of items.entries())
        for (let site = 0; site < 3; site++) used[item * 3 + site]! -= takes[order]![line * 3 + site]!;
    expect(Math.min(...used)).toBeGreaterThanOrEqual(0);
  });
});

describe("fewestShipments, where others make room (mission 9.7; definition B6)", () => {
  // Shipments of each order where nothing is moved afterwards, and where others make room.
  it.each<[string, ServedOrder[], number[], number[], number[]]>([
    [
      "who took the only warehouse that has all of another goes elsewhere",
      [
        { items: [0], units: [5] },
        { items: [0, 1], units: [1, 1] },
      ],
      [5, 1, 6, 5],
      [2, 1],
      [1, 1],
    ],
    [
      "of two that are alike each has the warehouse that has all of it",
      [
        { items: [0, 1], units: [3, 4] },
        { items: [0, 1], units: [4, 3] },
      ],
      [3, 6, 5, 4],
      [1, 2],
      [1, 1],
    ],
    [
      "nobody goes where nobody can come from fewer",
      [
        { items: [0], units: [6] },
        { items: [0], units: [5] },
      ],
      [6, 3, 2, 0, 0, 0],
      [1, 2],
      [1, 2],
    ],
  ])("%s", (_case, served, stock, asTheyCome, moved) => {
    const shipmentsWith = (steps: number): number[] => {
      const warehouses = stock.length / 2;
      const { shipments, takes } = fewestShipments(served, Float64Array.from(stock), warehouses, steps);
      const left = [...stock];
      for (const [order, { items, units }] of served.entries()) {
        for (const [line, item] of items.entries()) {
          const parts = [...takes[order]!.subarray(line * warehouses, (line + 1) * warehouses)];
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(units[line]);
          for (const [site, part] of parts.entries()) left[item * warehouses + site]! -= part;
        }
      }
      expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
      return [...shipments];
    };
    expect([shipmentsWith(0), shipmentsWith(2000)]).toEqual([asTheyCome, moved]);
  });
});

describe("contestOf, incompleteOrders (mission 9.16; definition B6)", () => {
  it("counts in the finest decimals, at most what is needed, and tells scarce pools", () => {
    const contest = contestOf(
      [
        wish("A", "2.5", of("TEA", "1.25"), of("TEA", "1"), of("SALT", "3")),
        wish("B", "1", of("TEA", "0.5", "NORTH"), of("SALT", "2")),
        wish("C", "1", of("RICE", "9")),
        wish("D", "1", of("SALT", "0")),
      ],
      [of("SALT", "4"), of("TEA", "1"), of("TEA", "5"), of("TEA", "0.5", "NORTH"), of("RICE", "8"), of("OIL", "1")],
      "value",
    )!;
    expect([contest.scale, contest.valueScale, contest.values]).toEqual([2, 1, [25, 10, 10, 10]]);
    expect(contest.pools.map(({ itemCode, warehouseId }) => [itemCode, warehouseId])).toEqual([
      ["RICE", undefined],
      ["SALT", undefined],
      ["TEA", "NORTH"],
      ["TEA", undefined],
    ]);
    expect(contest.stock).toEqual([800, 400, 50, 225]);
    expect(contest.uses[0]).toEqual([
      { pool: 1, units: 300 },
      { pool: 3, units: 225 },
    ]);
    expect(contest.scarce).toEqual([[{ pool: 1, units: 300 }], [{ pool: 1, units: 200 }], undefined, []]);
  });

  it("counts orders as one each where their number counts", () => {
    expect(contestOf([wish("A", "7.5"), wish("B", "9")], [], "count")?.values).toEqual([1, 1]);
  });

  it("says what is lacking: of all stock for who is too much alone, else of what is left", () => {
    const contest = forTea("10", ["5", "6"], ["5", "5"], ["5", "11"], ["5", "4"]);
    const wishes = ["A", "B", "C", "D"].map((orderNo) => ({ orderNo }));
    expect(incompleteOrders(wishes, contest, new Set([0]))).toEqual([
      { orderNo: "B", code: "gives_way", lacking: [of("TEA", "1")] },
      { orderNo: "C", code: "short_alone", lacking: [of("TEA", "1")] },
      { orderNo: "D", code: "not_worth_it", lacking: [] },
    ]);
    expect(incompleteOrders(wishes, contest, new Set([0]), [true, false, false, true])[0]?.code).toBe("not_worth_it");
    expect(incompleteOrders(wishes, contest, new Set([0]), [true, true, false, true])[0]?.code).toBe("gives_way");
  });
});

describe("the contest of a group (definition B6)", () => {
  it("lets claims in and out, and tells who fits", () => {
    const game = contestGame(forTea("10", ["9", "6"], ["5", "4"], ["1", "5"]), [2, 0, 1]);
    expect(game.claims.map(({ order, value, price }) => [order, value, price])).toEqual([
      [2, 1, 0],
      [0, 9, 0],
      [1, 5, 0],
    ]);
    expect([[...game.left], [...game.isIn], game.usersOf]).toEqual([[10], [0, 0, 0], [[]]]);
    flipClaim(game, 1);
    expect([[...game.left], [...game.isIn]]).toEqual([[4], [0, 1, 0]]);
    expect([claimFits(game, 0), claimFits(game, 2)]).toEqual([false, true]);
    fillGame(game);
    expect([[...game.left], [...game.isIn]]).toEqual([[0], [0, 1, 1]]);
    flipClaim(game, 1);
    expect([[...game.left], [...game.isIn]]).toEqual([[6], [0, 0, 1]]);
  });

  it("numbers the pools of a group by themselves", () => {
    const contest = contestOf(
      [
        wish("A", "1", of("RICE", "2"), of("TEA", "2")),
        wish("B", "1", of("TEA", "2")),
        wish("C", "1", of("RICE", "2")),
      ],
      [of("TEA", "3"), of("RICE", "3.5")],
      "value",
    )!;
    const game = contestGame(contest, [1, 0]);
    expect([...game.left]).toEqual([30, 35]);
    expect(game.claims[1]!.uses).toEqual([
      { pool: 1, units: 20 },
      { pool: 0, units: 20 },
    ]);
  });

  it("prices scarce stock so that the bound is what parts of orders would reach", () => {
    // By worth for each unit: all of the first, 7 of 8 parts of the second, none of the third.
    const game = contestGame(forTea("95", ["90", "60"], ["50", "40"], ["60", "55"]), [0, 1, 2]);
    const bound = priceClaims(game, 110);
    const best = 90 + (50 * 35) / 40;
    expect(bound).toBeGreaterThanOrEqual(best - 1e-6);
    expect(bound).toBeLessThan(best * 1.01);
    // At the price of the order that is cut, the first gains, the last does not.
    const [first, second, third] = game.claims.map(({ price }) => price);
    expect(first! / 60).toBeCloseTo(50 / 40, 1);
    expect(second! / 40).toBeCloseTo(first! / 60, 9);
    expect(third!).toBeGreaterThan(60);
  });

  it("asks no price where all fit", () => {
    const game = contestGame(forTea("20", ["9", "6"], ["5", "14"], ["9", "21"]), [0, 1]);
    expect([priceClaims(game, 14), game.claims.map(({ price }) => price)]).toEqual([14, [0, 0]]);
  });

  it("proves the best choice of a small group, and takes no more steps than it may", () => {
    const contest = forTea("10", ["60", "6"], ["50", "5"], ["49", "5"], ["10", "4"]);
    expect(chooseIn(contest, [0, 1, 2, 3], 1000)).toMatchObject({ reached: 99, bound: 99 });
    expect([...chooseIn(contest, [0, 1, 2, 3], 1000).taken].sort()).toEqual([1, 2]);
    const hasty = chooseIn(contest, [0, 1, 2, 3], 1);
    expect(hasty.steps).toBeLessThanOrEqual(1);
    expect(hasty.bound).toBeGreaterThanOrEqual(99);
  });

  it.each<[rows: readonly (readonly string[])[], stock: readonly string[], worth: number]>([
    [["7 3 0 2", "9 1 4 0", "7 4 3 3", "3 3 2 0", "6 4 2 0"].map((row) => row.split(" ")), ["7", "4", "6"], 16],
    [
      ["3 1 1 4", "6 0 3 3", "2 1 4 4", "1 1 0 1", "9 1 0 0", "3 0 1 0"].map((row) => row.split(" ")),
      ["6", "4", "7"],
      19,
    ],
  ])(
    "without a step has what those are worth who are worth most for goods that are sought: %#",
    (rows, stock, worth) => {
      const items = ["A", "B", "C"];
      const wishes = rows.map(([value, ...units], place) =>
        wish(`SO-${place}`, value!, ...items.flatMap((item, at) => (units[at] === "0" ? [] : [of(item, units[at]!)]))),
      );
      const contest = contestOf(wishes, items.map((item, at) => of(item, stock[at]!)), "value")!; // prettier-ignore
      // Here that is the best choice; the prices of the goods alone would not find it.
      expect(chooseIn(contest, [...rows.keys()], 0)).toMatchObject({ reached: worth, steps: 0 });
      expect(chooseIn(contest, [...rows.keys()], 10_000)).toMatchObject({ reached: worth, bound: worth });
    },
  );

  it("of two choices that are worth the same has the one that its proof came to", () => {
    const rows = [
      ["3", "5", "5"],
      ["6", "0", "2"],
      ["4", "2", "5"],
      ["4", "4", "4"],
    ] as const;
    const wishes = rows.map(([value, ...units], place) =>
      wish(
        `SO-${place}`,
        value,
        ...["A", "B"].flatMap((item, at) => (units[at] === "0" ? [] : [of(item, units[at]!)])),
      ),
    );
    const contest = contestOf(wishes, [of("A", "5"), of("B", "9")], "value")!;
    const { taken, reached, bound } = chooseIn(contest, [0, 1, 2, 3], 1000);
    expect([[...taken].sort(), reached, bound]).toEqual([[1, 3], 10, 10]);
  });

  it("sums over groups, small groups first, and is optimal only where all are", () => {
    const needs = (item: string, value: string, quantity: string) =>
      wish(`${item}-${value}`, value, of(item, quantity));
    const wishes = [
      needs("A", "3", "2"),
      needs("A", "4", "2"),
      needs("B", "5", "2"),
      needs("B", "7", "2"),
      needs("B", "6", "2"),
    ];
    const contest = contestOf(wishes, [of("A", "2"), of("B", "4")], "value")!;
    const choice = chooseComplete(contest, 1000);
    expect([[...choice.taken].sort(), choice.reached, choice.bound, choice.optimal]).toEqual([[1, 3, 4], 17, 17, true]);
  });

  it("exchanges claims until the steps are spent, never for the worse", () => {
    const wishes = Array.from(
      { length: 24 },
      (_, place) => [`${10 + ((place * 7) % 13)}`, `${3 + ((place * 5) % 8)}`] as const,
    );
    const game = contestGame(
      forTea("50", ...wishes),
      wishes.map((_, place) => place),
    );
    for (const [claim, { uses }] of game.claims.entries()) for (const { pool } of uses) game.usersOf[pool]!.push(claim);
    fillGame(game);
    const worth = () => game.claims.reduce((sum, { value }, claim) => sum + (game.isIn[claim] === 1 ? value : 0), 0);
    const before = worth();
    exchangeClaims(game, 20_000);
    expect(worth()).toBeGreaterThan(before);
    expect(game.left[0]).toBeGreaterThanOrEqual(0);
    expect(game.claims.some((_, claim) => game.isIn[claim] === 0 && claimFits(game, claim))).toBe(false);
  });

  it("ends exchanges where the rest of the steps is too little for a look at all who want the same", () => {
    const few = [wish("SO-0", "5", of("SALT", "2")), wish("SO-1", "9", of("SALT", "2"))];
    const many = Array.from({ length: 12 }, (_, place) => wish(`SO-${place + 2}`, "7", of("TEA", "2")));
    const contest = contestOf([...few, ...many], [of("TEA", "6"), of("SALT", "2")], "value")!;
    const worthWith = (budget: number): number => {
      const game = contestGame(contest, [...contest.values.keys()]);
      for (const [claim, { uses }] of game.claims.entries())
        for (const { pool } of uses) game.usersOf[pool]!.push(claim);
      fillGame(game);
      exchangeClaims(game, budget);
      return game.claims.reduce((sum, { value }, claim) => sum + (game.isIn[claim] === 1 ? value : 0), 0);
    };
    // With twelve steps a look at the many comes first and is too long; one at the two would not have been.
    expect([0, 12, 200].map(worthWith)).toEqual([26, 26, 30]);
  });

  it("leaves the best choice in that was found, however short the exchanges end", () => {
    // What the exchanges reach from the same start, with more and more steps: each goes on where the one before ended.
    const reached = Array.from({ length: 60 }, (_, round) => {
      const game = contestGame(
        forTea(
          "50",
          ...Array.from(
            { length: 24 },
            (__, place) => [`${10 + ((place * 7) % 13)}`, `${3 + ((place * 5) % 8)}`] as const,
          ),
        ),
        Array.from({ length: 24 }, (__, place) => place),
      );
      for (const [claim, { uses }] of game.claims.entries())
        for (const { pool } of uses) game.usersOf[pool]!.push(claim);
      fillGame(game);
      const worth = () => game.claims.reduce((sum, { value }, claim) => sum + (game.isIn[claim] === 1 ? value : 0), 0);
      const before = worth();
      exchangeClaims(game, 40 * (round + 1));
      return worth() - before;
    });
    expect(Math.min(...reached)).toBeGreaterThanOrEqual(0);
  });

  it("draws the same figures again and again, from 0 up to 1", () => {
    const [one, two] = [fixedScramble(), fixedScramble()];
    const figures = Array.from({ length: 500 }, one);
    expect(figures).toEqual(Array.from({ length: 500 }, two));
    expect(figures.slice(0, 2)).toEqual([0.02040268573909998, 0.01654784823767841]);
    expect(Math.min(...figures)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...figures)).toBeLessThan(1);
    expect(new Set(figures.map((figure) => Math.floor(figure * 10))).size).toBe(10);
  });
});
