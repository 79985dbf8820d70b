import fc, { type Arbitrary } from "fast-check";
import { releaseReservation, type ReleaseReservation } from "../../src/allocation/release/release-reservation.js";
import { releaseReservations } from "../../src/allocation/release/release-reservations.js";
import type { ReleasePolicy, ReleaseReservations } from "../../src/allocation/release/release-policy.js";
import { add, decimal, divide, ZERO } from "../../src/core/decimal.js";
import { checkTransition } from "../../src/lifecycle/transitions.js";
import type { Order } from "../../src/model/order.js";
import { freeStockByItem } from "../../src/allocation/usable-stock.js";
import { stockSource, type StockPosition } from "../../src/model/stock.js";
import { answerOf, answerOfBatch, type Attempt } from "./answer.js";
import { someContext } from "./commands.js";
import { TODAY } from "./masters.js";
import type { RegisteredOperation } from "./registered-operation.js";

/** What gives reserved goods back, order by order or the last ones first. */
export const RELEASE_OPERATIONS: readonly RegisteredOperation[] = [
  {
    name: "releaseReservation",
    writes: ["release"],
    isAllOrNothing: true,
    attemptsOn: ({ orders }) => {
      const able = orders.filter(
        (order) => checkTransition(order, "release").length === 0 && order.lines.some(isHolding),
      );
      const one = fc.nat({ max: 9 }).chain((luck) => fc.constantFrom(...(luck > 1 && able.length > 0 ? able : orders)));
      return fc.tuple(one, someContext).chain(([order, context]) =>
        someRelease(order).map((command): Attempt => ({
          input: [order, command, context],
          run: () => answerOf(order.orderNo, [order], releaseReservation(order, command, context)),
        })),
      );
    },
  },
  {
    name: "releaseReservations",
    writes: ["release"],
    isAllOrNothing: true,
    attemptsOn: ({ orders, stock }) =>
      fc
        .tuple(
          fc.subarray([...orders], { minLength: Math.min(2, orders.length) }),
          someWanted(stock),
          someReleasePolicy,
          someContext,
        )
        .chain(([some, command, policy, context]) =>
          fc
            .tuple(
              fc.shuffledSubarray(some, { minLength: some.length }),
              fc.shuffledSubarray([...stock], { minLength: stock.length }),
            )
            .map(([otherOrders, otherStock]): Attempt => {
              const whole = { ...context, policy, today: TODAY };
              return {
                input: [some, stock, command, whole],
                run: () => answerOfBatch(some, releaseReservations(some, stock, command, whole)),
                runPermuted: () =>
                  answerOfBatch(otherOrders, releaseReservations(otherOrders, otherStock, command, whole)),
              };
            }),
        ),
  },
];

function isHolding({ quantities }: Order["lines"][number]): boolean {
  return quantities.allocated !== ZERO;
}

/** Releases of all, of lines, of parts and places of them, and of what cannot be. */
function someRelease(order: Order): Arbitrary<ReleaseReservation> {
  const choices = fc.array(fc.nat({ max: 4 }), { minLength: order.lines.length, maxLength: order.lines.length });
  return fc.tuple(fc.nat({ max: 11 }), choices).map(([kind, parts]): ReleaseReservation => {
    const reason = kind === 0 ? "" : "needed_elsewhere";
    const rest = kind % 2 === 0 ? {} : { rest: "mayWait" as const };
    if (kind < 4) return { reason, ...rest };
    const lines = order.lines.flatMap(({ lineId, quantities, reservations }, place) => {
      const half = divide(quantities.allocated, decimal("2"), 3, "down");
      switch (parts[place]) {
        case 0:
          return [];
        case 1:
          return [{ lineId }];
        case 2:
          return half === ZERO ? [] : [{ lineId, quantity: half }];
        default:
          return reservations
            .filter((reservation) => reservation.quantities.allocated !== undefined)
            .slice(parts[place] === 3 ? 0 : 1)
            .map((reservation) => ({ lineId, source: stockSource(reservation) }));
      }
    });
    const [first] = lines;
    if (first !== undefined && kind === 4) return { reason, lines: [...lines, first, { lineId: "NO-LINE" }], ...rest };
    if (first !== undefined && kind === 5)
      return { reason, lines: [{ ...first, quantity: decimal("100000") }], ...rest };
    return { reason, lines, ...rest };
  });
}

/** Mostly more of some items than is free. */
const someWanted = (stock: readonly StockPosition[]): Arbitrary<ReleaseReservations> => {
  const free = freeStockByItem(stock, TODAY);
  return fc
    .tuple(
      fc.subarray(["TEA", "SALT", "RICE", "OIL"], { minLength: 1 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 4, maxLength: 4 }),
      fc.constantFrom({}, {}, { warehouseId: "NORTH" }),
      fc.nat({ max: 11 }),
    )
    .map(([items, quantities, where, luck]) => {
      const wanted = items.map((itemCode, place) => ({
        itemCode,
        ...where,
        ...(luck > 7 ? { winner: { orderNo: "SO-99", lineId: "SO-99-1" } } : {}),
        quantity: luck === 0 ? ZERO : add(free.get(itemCode) ?? ZERO, decimal(`${quantities[place] ?? 1}`)),
      }));
      return { reason: "shop_window", wanted: luck === 1 ? [...wanted, ...wanted] : luck === 2 ? [] : wanted };
    });
};

const someReleasePolicy: Arbitrary<ReleasePolicy> = fc
  .tuple(
    fc.constantFrom<ReleasePolicy["priority"]>(
      [],
      [{ key: "customerClass", direction: "descending" }],
      [{ key: "orderQuantity", direction: "ascending" }],
    ),
    fc.nat({ max: 9 }),
  )
  .map(([priority, luck]) => ({
    priority,
    ...(luck < 3 ? { keeps: [{ promise: "given" as const }] } : {}),
    ...(luck === 4 ? { firmHolds: ["credit"] } : {}),
    ...(luck === 5 ? { together: "keep" as const } : {}),
  }));
