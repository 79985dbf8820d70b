import fc, { type Arbitrary } from "fast-check";
import { decimal } from "../../src/core/decimal.js";
import type { AllocationPlan } from "../../src/model/allocation-plan.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import type { SupplyRule } from "../../src/model/supply-rule.js";
import type { ChosenSourcing, NearestSourcing, Sourcing } from "../../src/allocation/sourcing-policy.js";
import { anyOrder, anyStock, type AnyOrderLine } from "../../src/testing/index.js";
import { askedWarehouses, nearnessTable } from "../../src/allocation/nearness-table.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { isUsable } from "../../src/allocation/usable-stock.js";
import { millionths } from "./oracle.js";

/** Caps and minimums for the items and customer classes of small worlds. */
function supplyRules(itemCodes: readonly string[] = ["TEA", "SALT", "RICE"]): Arbitrary<readonly SupplyRule[]> {
  const figure = fc
    .tuple(fc.nat({ max: 12 }), fc.constantFrom("", "", ".5"))
    .map(([whole, part]) => decimal(`${whole}${part}`));
  return fc.uniqueArray(
    fc
      .tuple(
        fc.constantFrom("cap" as const, "protect" as const),
        fc.constantFrom("A", "B", "C"),
        fc.constantFrom(...itemCodes),
        figure,
        fc.constantFrom({}, {}, { consumed: decimal("2") }, { consumed: decimal("7.25") }),
      )
      .map(([kind, group, itemCode, quantity, consumed]): SupplyRule => ({
        kind,
        group,
        itemCode,
        quantity,
        ...consumed,
      })),
    { selector: ({ kind, group, itemCode }) => `${kind} ${group} ${itemCode}`, maxLength: 7 },
  );
}

/** A crowded market: a few orders of three classes want more of two items than two warehouses have. */
export interface GuardedWorld<Policy extends AllocationPolicy = AllocationPolicy> {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
  readonly policy: Policy & { readonly protection: readonly SupplyRule[] };
}

const SITES = ["NORTH", "SOUTH"];
const AREAS = [
  { areaPath: ["hamburg"], warehouseIds: ["SOUTH", "NORTH"] },
  { areaPath: ["bremen"], warehouseIds: ["SOUTH"] },
];
export const NEAREST: NearestSourcing = { kind: "nearest", areas: AREAS, otherwise: SITES };

const OPTIONS = SITES.map((warehouseId, place) => ({
  warehouseId,
  distance: decimal(place),
  fixedCost: decimal(place + 1),
}));
const chosen = (strategy: ChosenSourcing["strategy"], limits: ChosenSourcing["limits"]): Sourcing => ({
  kind: "chosen",
  strategy,
  limits,
  steps: 1000,
  areas: [],
  otherwise: OPTIONS,
});

/** Every way of finding warehouses. */
export const SOURCINGS: readonly Sourcing[] = [
  NEAREST,
  { ...NEAREST, kind: "wholeOrderFromOne", ifNone: "nearest" },
  { ...NEAREST, kind: "wholeOrderFromOne", ifNone: "nothing" },
  { kind: "ranked", warehouseIds: SITES, rules: [{ rule: "mostStock" }] },
  { kind: "ranked", per: "line", warehouseIds: SITES, rules: [{ rule: "fewestSplits" }] },
  chosen({ kind: "fewestSplits" }, []),
  chosen({ kind: "leastCost" }, [{ kind: "maxWarehouses", count: 1, strength: "hard" }]),
  chosen({ kind: "wholeFromOne" }, []),
];

const lineOf: Arbitrary<AnyOrderLine> = fc
  .tuple(
    fc.constantFrom("TEA", "TEA", "SALT"),
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom({}, {}, {}, { quantum: "2.5" }, { quantum: "3" }, { partialAllowed: false }),
    fc.constantFrom({}, {}, {}, { deliveryGroup: "G-1" }, { lotNo: "L-1" }, { oneLotOnly: true }),
    fc.constantFrom({}, {}, {}, {}, { transactionCategory: "depositDraw" as const }),
  )
  .map(([itemCode, orderedQty, step, wish, category]) => ({
    itemCode,
    orderedQty: `${orderedQty}`,
    ...step,
    ...wish,
    ...category,
  }));

/** Worlds in which rules bite: with wishes for lots and groups where every way of serving is wanted. */
export function guardedWorld<Policy extends Pick<AllocationPolicy, "sourcing">>(
  policies: Arbitrary<Policy>,
  wishes: "plain" | "all",
): Arbitrary<GuardedWorld<Policy & Omit<AllocationPolicy, "sourcing">>> {
  const header = fc.constantFrom(
    {},
    { customerClass: "A" },
    { customerClass: "A" },
    { customerClass: "B" },
    { customerClass: "C" },
  );
  const area = fc.constantFrom([], ["hamburg"], ["bremen"]);
  const order = fc.tuple(
    header,
    area,
    fc.constantFrom("C-1", "C-2"),
    fc.nat(4),
    fc.array(lineOf, { minLength: 1, maxLength: 3 }),
  );
  const lot = fc
    .tuple(
      fc.constantFrom("TEA", "TEA", "SALT"),
      fc.constantFrom(...SITES),
      fc.integer({ min: 0, max: 14 }).map(String),
      fc.constantFrom({}, {}, {}, { expiresOn: "2026-03-04" }, { expiresOn: "2026-03-20" }),
      fc.constantFrom({}, {}, {}, {}, {}, { owner: "C-1" }),
    )
    .map(([itemCode, warehouseId, onHand, expiry, owner]) => ({ itemCode, warehouseId, onHand, ...expiry, ...owner }));
  return fc
    .tuple(
      fc.array(order, { minLength: 2, maxLength: 5 }),
      fc.array(lot, { minLength: 2, maxLength: 7 }),
      policies,
      supplyRules(["TEA", "TEA", "SALT"]),
      fc.constantFrom("fifo" as const, "fefo" as const),
    )
    .map(([asking, lots, policy, protection, rule]) => ({
      orders: asking.map(([own, deliveryAreaPath, customerCode, luck, lines], place) =>
        anyOrder({
          orderNo: `SO-${place + 1}`,
          stage: "confirmed",
          header: {
            ...own,
            customerCode,
            deliveryAreaPath,
            ...(luck === 0 && wishes === "all" ? { shipComplete: true } : {}),
          },
          lines: lines.map(({ deliveryGroup, lotNo, oneLotOnly, ...line }) => ({
            ...line,
            ...(wishes === "plain" || deliveryGroup === undefined ? {} : { deliveryGroup }),
            ...(wishes === "plain" || lotNo === undefined ? {} : { lotNo }),
            ...(wishes === "plain" || oneLotOnly === undefined ? {} : { oneLotOnly }),
            ...(luck === 1 && line.transactionCategory === undefined
              ? { shortages: [{ bucket: "deferred" as const, quantity: "1", mode: "wholeOrder" as const }] }
              : {}),
          })),
        }),
      ),
      stock: lots.flatMap((own, place) => anyStock({ ...own, lotNo: `L-${place + 1}`, reserved: "0" })),
      policy: { ...policy, priority: [{ key: "customerClass", direction: "descending" }], lots: rule, protection },
    }));
}

/** What is free and usable of our own goods in warehouses that a policy asks, in millionths. */
function freeOwn(
  itemCode: string,
  stock: readonly StockPosition[],
  { sourcing }: AllocationPolicy,
  today: string,
): bigint {
  const asked = new Set(nearnessTable(askedWarehouses(sourcing)).warehouseNumbers.keys());
  return stock
    .filter(
      (position) =>
        position.itemCode === itemCode &&
        position.owner === undefined &&
        asked.has(position.warehouseId) &&
        isUsable(position, today as StockPosition["expiresOn"] & string),
    )
    .map(({ onHand, reserved }) => millionths(onHand) - millionths(reserved))
    .reduce((sum, units) => (units > 0n ? sum + units : sum), 0n);
}

/** What breaks the promise of the rules: a cap that is exceeded, or a minimum that somebody else took of. */
export function brokenRules(
  plan: AllocationPlan,
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: AllocationPolicy,
  today: string,
): string[] {
  const { protection = [] } = policy;
  const orderOf = new Map(orders.map((order) => [order.orderNo, order]));
  const taken = new Map<string, bigint>();
  for (const { orderNo, lines } of plan.orders) {
    const order = orderOf.get(orderNo)!;
    for (const { lineId, itemCode, allocated } of lines) {
      const line = order.lines.find((each) => each.lineId === lineId)!;
      if (line.transactionCategory === "depositDraw") continue;
      const name = JSON.stringify([order.header.customerClass ?? null, itemCode]);
      taken.set(name, (taken.get(name) ?? 0n) + millionths(allocated));
    }
  }
  const leftOf = ({ quantity, consumed = decimal("0"), group, itemCode }: SupplyRule): bigint => {
    const left = millionths(quantity) - millionths(consumed) - (taken.get(JSON.stringify([group, itemCode])) ?? 0n);
    return left > 0n ? left : 0n;
  };
  return [...new Set(protection.map(({ itemCode }) => itemCode))].flatMap((itemCode) => {
    const rules = protection.filter((rule) => rule.itemCode === itemCode);
    const takers = [...taken]
      .map(([name, units]) => [...(JSON.parse(name) as [string | null, string]), units] as const)
      .filter(([, item, units]) => item === itemCode && units > 0n);
    const left = takers.reduce((free, [, , units]) => free - units, freeOwn(itemCode, stock, policy, today));
    const exceeded = takers.flatMap(([group, , units]) => {
      const cap = rules.find((rule) => rule.kind === "cap" && rule.group === group);
      const most = cap === undefined ? undefined : millionths(cap.quantity) - millionths(cap.consumed ?? "0");
      return most !== undefined && units > (most > 0n ? most : 0n) ? [`${group} took ${units} of ${itemCode}`] : [];
    });
    const robbed = takers.flatMap(([group]) => {
      const others = rules.filter((rule) => rule.kind === "protect" && rule.group !== group);
      const kept = others.reduce((sum, rule) => sum + leftOf(rule), 0n);
      return left < kept ? [`${group} left ${left} of ${itemCode}, of which ${kept} are protected`] : [];
    });
    return [...exceeded, ...robbed];
  });
}
