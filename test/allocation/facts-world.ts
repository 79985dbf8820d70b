import fc, { type Arbitrary } from "fast-check";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { decimal } from "../../src/core/decimal.js";
import type { LotRestriction } from "../../src/model/lot-restrictions.js";
import type { Order } from "../../src/model/order.js";
import type { WarehouseFacts } from "../../src/model/warehouse-facts.js";

/** What may be said of a lot of these worlds. */
export function restriction(): Arbitrary<LotRestriction> {
  const areas = fc.constantFrom([["hamburg"]], [["hamburg", "harbour"]], [["bremen", "north"], ["hamburg"]], []);
  const customers = fc.constantFrom(["C-1"], ["C-2", "C-3"], []);
  return fc.record(
    {
      itemCode: fc.constantFrom("TEA", "TEA", "SALT"),
      lotNo: fc.constantFrom("L-1", "L-2", "L-3"),
      onlyAreas: areas,
      notAreas: areas,
      onlyCustomers: customers,
      notCustomers: customers,
    },
    { requiredKeys: ["itemCode", "lotNo"], noNullPrototype: true },
  );
}

/** Facts of warehouses and bins, and wishes of orders and lines, some of which meet. */
export function withFacts<World extends { readonly orders: readonly Order[]; readonly policy: AllocationPolicy }>(
  worlds: Arbitrary<World>,
): Arbitrary<World> {
  const classes = fc.constantFrom(["chilled"], ["ambient", "chilled"], ["ambient"], ["chilled"], ["ambient"], []);
  const facts = (warehouseId: string): Arbitrary<WarehouseFacts> =>
    fc
      .tuple(
        fc.constantFrom(
          {},
          {},
          {},
          { servedAreas: [["hamburg"]] },
          { servedAreas: [["bremen"], ["hamburg", "harbour"]] },
        ),
        fc.constantFrom(
          ...Array.from({ length: 6 }, () => ({})),
          { vehicles: [] },
          { vehicles: [{ vehicleClass: "van", heightMetres: decimal("2.5") }] },
        ),
        fc.oneof(
          fc.constant({}),
          classes.map((temperatureClasses) => ({ temperatureClasses })),
        ),
      )
      .map(([areas, vehicles, temperatures]) => ({ warehouseId, ...areas, ...vehicles, ...temperatures }));
  const bin = fc.oneof(
    fc.constant({}),
    classes.map((temperatureClasses) => ({ temperatureClasses })),
  );
  const names = ["NORTH", "SOUTH"].flatMap((warehouseId) => ["B-1", "B-2"].map((binId) => ({ warehouseId, binId })));
  return fc
    .tuple(
      worlds,
      fc.tuple(...["NORTH", "SOUTH", "EAST"].map(facts)),
      fc.tuple(...names.map(() => bin)),
      fc.uniqueArray(restriction(), { maxLength: 3, selector: ({ itemCode, lotNo }) => `${itemCode} ${lotNo}` }),
      fc.infiniteStream(fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
    )
    .map(([world, warehouses, own, lotRestrictions, luck]) => {
      const draw = (): number => luck.next().value as number;
      return {
        ...world,
        orders: world.orders.map((each) => ({
          ...each,
          header:
            draw() < 3
              ? { ...each.header, vehicleRestriction: { maxHeightMetres: decimal(draw() < 5 ? "2.5" : "2") } }
              : each.header,
          lines: each.lines.map((line) =>
            draw() < 4 ? { ...line, temperatureClass: draw() < 7 ? "chilled" : "ambient" } : line,
          ),
        })),
        policy: {
          ...world.policy,
          warehouses,
          lotRestrictions,
          bins: names.map((name, place) => ({
            ...world.policy.bins?.find(
              ({ warehouseId, binId }) => warehouseId === name.warehouseId && binId === name.binId,
            ),
            ...name,
            ...own[place],
          })),
        },
      };
    });
}
