import fc, { type Arbitrary } from "fast-check";
import { expect, it } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import type { AllocationPolicy } from "../../../src/allocation/allocation-policy.js";
import { askedWarehouses, nearnessTable } from "../../../src/allocation/nearness-table.js";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import type {
  ReconfirmOrdersOutcome,
  ReconfirmOrdersPolicy,
  SetBackConsent,
} from "../../../src/allocation/reconfirm/reconfirm-orders-policy.js";
import type { Sourcing } from "../../../src/allocation/sourcing-policy.js";
import type { WarehouseLimit } from "../../../src/allocation/sourcing/warehouse-policy.js";
import { releaseReservation } from "../../../src/allocation/release/release-reservation.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import {
  add,
  compare,
  decimal,
  floorToMultiple,
  fromUnits,
  maximum,
  subtract,
  sum,
  ZERO,
  type Decimal,
} from "../../../src/core/decimal.js";
import { cancelOrder } from "../../../src/exceptions/cancel-order.js";
import { recordPick } from "../../../src/fulfilment/record-pick.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import { countConsumed } from "../../../src/model/count-consumed.js";
import type { Order } from "../../../src/model/order.js";
import type { OrderLine } from "../../../src/model/order-line.js";
import type { BatchOutcome } from "../../../src/model/outcome.js";
import { RECONFIRM_STRATEGIES, type ReconfirmStrategy } from "../../../src/model/reconfirm-strategy.js";
import { stockSource, type StockPosition } from "../../../src/model/stock.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  checkBatchOutcome,
  checkReservationsMatch,
  checkStockLaws,
  deepFreeze,
  type AnyOrderLine,
} from "../../../src/testing/index.js";
import { TODAY } from "../small-world.js";

// Mission 9.18, 9.2, 8.7; definitions B6, B8: re-confirmations in the middle of picking, releasing and cancelling, under
// policies that change from run to run.

interface World {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
}

const WAREHOUSES = ["NORTH", "SOUTH"];

const someLine: Arbitrary<AnyOrderLine> = fc
  .tuple(
    fc.constantFrom("TEA", "TEA", "TEA", "SALT"),
    fc.constantFrom("20", "20", "8.7", "12.125", "30"),
    fc.constantFrom<AnyOrderLine>({}, { quantum: "5" }, { quantum: "5" }, { quantum: "0.3" }),
    fc.constantFrom<AnyOrderLine>(
      {},
      {},
      { partialAllowed: false },
      { deliveryGroup: "G-1" },
      { deliveryGroup: "G-1", lotNo: "L-0" },
      { oneLotOnly: true },
      { oneLotOnly: true },
      { oneLotOnly: true, partialAllowed: false },
      { lotNo: "L-0" },
      { lotNo: "L-1" },
      { lotNo: "L-2" },
      { minimumRemainingLifeDays: 30 },
      { transactionCategory: "depositDraw" },
    ),
    fc.constantFrom<AnyOrderLine>({}, { shortagePolicy: "backfillOnArrival" }),
  )
  .map(([itemCode, orderedQty, step, wish, short]) => ({ itemCode, orderedQty, ...step, ...wish, ...short }));

const someWorld: Arbitrary<World> = fc
  .tuple(
    fc.array(
      fc.tuple(fc.constantFrom("A", "B", "C"), fc.nat({ max: 5 }), fc.array(someLine, { minLength: 1, maxLength: 3 })),
      {
        minLength: 2,
        maxLength: 7,
      },
    ),
    fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 8, maxLength: 8 }),
  )
  .map(([orders, halves]) => ({
    orders: orders.map(([customerClass, dice, lines], place) => {
      const header = { customerCode: "C-1", customerClass, ...(dice === 0 ? { shipComplete: true } : {}) };
      return anyOrder({ orderNo: `SO-${place}`, stage: "confirmed", header, lines });
    }),
    stock: anyStock(
      ...halves.map((units, place) => ({
        itemCode: place % 4 < 3 ? "TEA" : "SALT",
        warehouseId: WAREHOUSES[place % 2]!,
        lotNo: `L-${Math.floor(place / 2)}`,
        onHand: fromUnits(units * 5, 1),
        ...(place < 4 ? { expiresOn: calendarDay(place < 2 ? "2026-03-20" : "2026-05-20") } : {}),
        ...(place === 7 ? { owner: "C-1", itemCode: "TEA", onHand: "4.125" } : {}),
      })),
    ),
  }));

const chosen = (kind: "fewestSplits" | "leastCost" | "wholeFromOne", limits: WarehouseLimit[]): Sourcing => ({
  kind: "chosen",
  strategy: { kind },
  limits,
  steps: 200,
  areas: [],
  otherwise: WAREHOUSES.map((warehouseId, place) => ({ warehouseId, fixedCost: decimal(2 - place) })),
});

const someSourcing: Arbitrary<Sourcing> = fc.oneof(
  fc
    .constantFrom(["NORTH"], ["SOUTH"], WAREHOUSES)
    .map((otherwise): Sourcing => ({ kind: "nearest", areas: [], otherwise })),
  fc.constantFrom<Sourcing>(
    { kind: "nearest", areas: [], otherwise: WAREHOUSES },
    { kind: "wholeOrderFromOne", areas: [], otherwise: WAREHOUSES, ifNone: "nearest" },
    { kind: "wholeOrderFromOne", areas: [], otherwise: WAREHOUSES, ifNone: "nothing" },
    { kind: "ranked", warehouseIds: WAREHOUSES, rules: [{ rule: "mostStock" }] },
    { kind: "ranked", per: "line", warehouseIds: WAREHOUSES, rules: [{ rule: "fewestSplits" }] },
    chosen("fewestSplits", []),
    chosen("leastCost", [{ kind: "maxWarehouses", strength: "hard", count: 1 }]),
    chosen("wholeFromOne", [{ kind: "maxWarehousesPerLine", strength: "soft", count: 1 }]),
  ),
);

const somePolicy: Arbitrary<AllocationPolicy> = fc
  .tuple(someSourcing, fc.constantFrom("fifo" as const, "lifo" as const, "fefo" as const), fc.boolean(), fc.boolean())
  .map(([sourcing, lots, isBestLast, isByPlaces]) => ({
    priority: [{ key: "customerClass", direction: isBestLast ? "descending" : "ascending" }],
    sourcing,
    lots,
    ...(isByPlaces ? { picking: [{ warehouseId: "NORTH", chain: [{ rule: "fewestPlaces" }] }] } : {}),
  }));

const someStrategy = fc.constantFrom<ReconfirmStrategy>(
  ...RECONFIRM_STRATEGIES,
  "win",
  "win",
  "redistribute",
  "redistribute",
);

const someReconfirmation: Arbitrary<ReconfirmOrdersPolicy> = fc
  .tuple(
    somePolicy,
    someStrategy,
    someStrategy,
    someStrategy,
    fc.constantFrom("0.5", "1", undefined),
    fc.constantFrom<SetBackConsent>("none", "none", "whenLosing"),
  )
  .map(([allocation, a, b, otherwise, step, consent]) => ({
    allocation,
    strategies: [
      { customerClasses: ["A"], strategy: a },
      { customerClasses: ["B"], strategy: b },
    ],
    otherwise,
    consent,
    onException: "bestEffort",
    redistribute:
      step === undefined
        ? { kind: "inOrder" }
        : { kind: "fairShare", policy: { rule: "equalAwards", quantum: decimal(step) } },
  }));

const someRules: Arbitrary<SupplyRule[]> = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom("cap" as const, "protect" as const), fc.constantFrom("A", "B", "C"), fc.nat(30)),
    { selector: ([kind, group]) => `${kind} ${group}`, maxLength: 3 },
  )
  .map((rules) => rules.map(([kind, group, most]) => ({ kind, group, itemCode: "TEA", quantity: decimal(most) })));

const someStep = fc.oneof(
  fc.record({ kind: fc.constant("allocate" as const), policy: somePolicy }),
  fc.record({ kind: fc.constant("reconfirm" as const), policy: someReconfirmation, rules: someRules }),
  fc.record({ kind: fc.constantFrom("pick" as const, "release" as const, "cancel" as const), choice: fc.nat() }),
);
type Step = typeof someStep extends Arbitrary<infer Value> ? Value : never;

function taken({ orders, stock }: World, step: Step): BatchOutcome {
  const context = anyContext();
  if (step.kind === "allocate") return allocateBatch(orders, stock, { ...context, policy: step.policy, today: TODAY });
  if (step.kind === "reconfirm") {
    const policyOver = (own: readonly Order[]): ReconfirmOrdersPolicy => {
      const { allocation } = step.policy;
      const protection = countConsumed(step.rules, own);
      return { ...step.policy, allocation: { ...allocation, protection } };
    };
    const outcome = reconfirmOrders(orders, stock, { ...context, policy: policyOver(orders), today: TODAY });
    expect(brokenPromises(orders, outcome, step.policy)).toEqual([]);
    const used = countConsumed(step.rules, outcome.orders);
    for (const [place, { consumed }] of countConsumed(step.rules, orders).entries()) {
      const { kind, quantity } = step.rules[place]!;
      if (kind === "protect") continue;
      const most = compare(quantity, consumed!) > 0 ? quantity : consumed!;
      expect(compare(used[place]!.consumed!, most)).toBeLessThanOrEqual(0);
    }
    const after = applyMovements(stock, outcome.movements);
    expect(brokenMinimums({ orders, stock }, { orders: outcome.orders, stock: after }, step)).toEqual([]);
    const again = reconfirmOrders(outcome.orders, after, {
      ...context,
      policy: policyOver(outcome.orders),
      today: TODAY,
    });
    expect(again.events).toEqual([]);
    return outcome;
  }
  const order = orders[step.choice % orders.length]!;
  const line = order.lines[step.choice % order.lines.length]!;
  const place = line.reservations.find(({ quantities }) => quantities.allocated !== undefined);
  // Two pieces at most, so that of goods that come in steps a part is left.
  const part = place?.quantities.allocated === undefined || step.choice % 3 === 0 ? decimal("2") : decimal("0.5");
  const counts = place === undefined ? [] : [{ lineId: line.lineId, source: stockSource(place), quantity: part }];
  const lines = [{ lineId: line.lineId, quantity: part }];
  const result =
    step.kind === "pick"
      ? recordPick(order, { counts }, context)
      : step.kind === "cancel"
        ? cancelOrder(order, { reason: "fewer", lines }, context)
        : releaseReservation(order, { reason: "elsewhere", rest: "mayWait" }, context);
  if (!result.ok) return { orders, events: [], movements: [], requests: [], refused: [] };
  const { order: after, ...rest } = result.value;
  return { ...rest, orders: orders.map((one) => (one === order ? after : one)), refused: [] };
}

const NEVER_LESS: ReadonlySet<ReconfirmStrategy> = new Set(["win", "gain"]);
const NEVER_MORE: ReadonlySet<ReconfirmStrategy> = new Set(["fill", "lose"]);

/** What lines lost or gained although their strategy says otherwise, and set-backs that did not happen so. */
function brokenPromises(
  before: readonly Order[],
  { orders, exceptions, displacements }: ReconfirmOrdersOutcome,
  { strategies, otherwise }: ReconfirmOrdersPolicy,
): string[] {
  const broken: string[] = [];
  const changes = new Map<string, ReturnType<typeof decimal>>();
  const told = new Set(exceptions.map(({ lineId }) => lineId));
  for (const [place, { header, lines }] of orders.entries()) {
    const rule = strategies.find(
      ({ customerClasses }) => customerClasses?.includes(header.customerClass ?? "") === true,
    );
    const strategy = rule?.strategy ?? otherwise;
    for (const [number, line] of lines.entries()) {
      const old = before[place]!.lines[number]!;
      const change = compare(line.quantities.allocated, old.quantities.allocated);
      changes.set(line.lineId, subtract(line.quantities.allocated, old.quantities.allocated));
      const isKept =
        (strategy !== "skip" || change === 0) &&
        (!NEVER_MORE.has(strategy) || change <= 0) &&
        (!NEVER_LESS.has(strategy) || change >= 0 || told.has(line.lineId));
      if (!isKept)
        broken.push(`${line.lineId}: ${strategy} ${old.quantities.allocated} → ${line.quantities.allocated}`);
      if (change > 0 && old.quantities.allocated === ZERO && !line.partialAllowed && lacks(line))
        broken.push(`${line.lineId}: got a part of all or nothing`);
    }
  }
  for (const { victim, winner, quantity } of displacements) {
    if (compare(changes.get(victim.lineId)!, ZERO) >= 0) broken.push(`${victim.lineId} lost nothing`);
    if (compare(changes.get(winner.lineId)!, quantity) < 0) broken.push(`${winner.lineId} won less than ${quantity}`);
  }
  return broken;
}

/** Lines that gained although more than before lacks of what is kept for other groups. */
function brokenMinimums(
  before: World,
  after: World,
  { policy, rules }: { readonly policy: ReconfirmOrdersPolicy; readonly rules: readonly SupplyRule[] },
): readonly string[] {
  // Who loses all gives up also what lies where nobody is asked, after the others were decided.
  if ([policy.otherwise, ...policy.strategies.map(({ strategy }) => strategy)].includes("lose")) return [];
  const asked = new Set(nearnessTable(askedWarehouses(policy.allocation.sourcing)).warehouseNumbers.keys());
  const lackIn = ({ orders, stock }: World, own: string | undefined): Decimal => {
    const offered = stock.filter(
      ({ itemCode, owner, warehouseId }) => itemCode === "TEA" && owner === undefined && asked.has(warehouseId),
    );
    const free = sum(offered.map(({ onHand, reserved }) => subtract(onHand, reserved)));
    const others = countConsumed(rules, orders).filter(({ kind, group }) => kind === "protect" && group !== own);
    const kept = sum(others.map(({ quantity, consumed }) => maximum(ZERO, subtract(quantity, consumed!))));
    return maximum(ZERO, subtract(kept, free));
  };
  return after.orders.flatMap(({ header, lines }, place) =>
    lines.flatMap((line, number): string[] => {
      const had = before.orders[place]!.lines[number]!.quantities.allocated;
      if (line.itemCode !== "TEA" || compare(line.quantities.allocated, had) <= 0) return [];
      const [lacked, lacks] = [lackIn(before, header.customerClass), lackIn(after, header.customerClass)];
      return compare(lacks, lacked) <= 0 ? [] : [`${line.lineId} gained, and ${lacked} → ${lacks} lacks`];
    }),
  );
}

/** Whether a line waits for a whole step, or for anything where it has no step. */
function lacks({ quantities, quantum }: OrderLine): boolean {
  const waiting = add(quantities.open, quantities.backfill);
  return (quantum === undefined ? waiting : floorToMultiple(waiting, quantum)) !== ZERO;
}

it("whatever was picked, released, cancelled or allocated between: strategies are kept, and stock carries what lines have", () => {
  let moved = 0;
  fc.assert(
    fc.property(someWorld, fc.array(someStep, { minLength: 4, maxLength: 9 }), (opening, steps) => {
      let world = deepFreeze(opening);
      for (const step of steps) {
        const outcome = taken(world, step);
        if (step.kind === "reconfirm" && outcome.events.length > 0) moved++;
        const stock = applyMovements(world.stock, outcome.movements);
        const broken = [
          ...checkBatchOutcome(world.orders, outcome),
          ...checkStockLaws(stock),
          ...checkReservationsMatch(outcome.orders, stock),
        ];
        expect(broken).toEqual([]);
        const onHand = ({ stock: positions }: Pick<World, "stock">): string => sum(positions.map((one) => one.onHand));
        expect(onHand({ stock })).toBe(onHand(world));
        world = deepFreeze({ orders: outcome.orders, stock });
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 80) },
  );
  expect(moved).toBeGreaterThan(25);
});
