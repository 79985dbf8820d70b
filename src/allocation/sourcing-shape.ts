import type {
  ChosenSourcing,
  NearestSourcing,
  RankedSourcing,
  Sourcing,
  WarehouseField,
  WarehouseRule,
  WholeOrderSourcing,
} from "./sourcing-policy.js";
import {
  anything,
  day,
  decimalText,
  fields,
  listOf,
  mapOf,
  number,
  oneOf,
  optional,
  text,
  variants,
  type Shape,
} from "../model/value-shape.js";
import type {
  FactorWeight,
  WarehouseCutOff,
  WarehouseFactor,
  WarehouseLimit,
  WarehouseLines,
  WarehouseOption,
  WarehouseQuantity,
  WarehouseStrategy,
} from "./sourcing/warehouse-policy.js";

type LimitOf<Kind extends WarehouseLimit["kind"]> = Extract<WarehouseLimit, { kind: Kind }>;
type RuleOf<Rule extends WarehouseRule["rule"]> = Extract<WarehouseRule, { rule: Rule }>;

const FACTORS: Readonly<Record<WarehouseFactor, true>> = { stock: true, distance: true, cost: true, ease: true };
const STRENGTHS: Readonly<Record<WarehouseLimit["strength"], true>> = { hard: true, soft: true };
const FIELDS: Readonly<Record<WarehouseField, true>> = {
  customerCode: true,
  customerType: true,
  customerClass: true,
  channel: true,
  orderSource: true,
};

/** How the choice of warehouses is written. @internal */
export const sourcingShape: Shape = /* @__PURE__ */ (() => {
  const texts = listOf(text);
  const areas = listOf(fields<NearestSourcing["areas"][number]>({ areaPath: texts, warehouseIds: texts }));
  const options = listOf(
    fields<WarehouseOption>({
      warehouseId: text,
      distance: optional(decimalText),
      fixedCost: optional(decimalText),
      ease: optional(decimalText),
    }),
  );
  const strategy = variants<WarehouseStrategy["kind"]>("kind", {
    fewestSplits: anything,
    leastCost: anything,
    wholeFromOne: anything,
    weighted: fields<Extract<WarehouseStrategy, { kind: "weighted" }>>({
      kind: anything,
      weights: listOf(
        fields<FactorWeight>({ factor: oneOf(FACTORS), weight: decimalText, worst: decimalText, best: decimalText }),
      ),
    }),
  });
  const strength = oneOf(STRENGTHS);
  const count = fields<LimitOf<"maxWarehouses" | "maxWarehousesPerLine">>({ kind: anything, strength, count: number });
  const limits = listOf(
    variants<WarehouseLimit["kind"]>("kind", {
      maxDistance: fields<LimitOf<"maxDistance">>({ kind: anything, strength, distance: decimalText }),
      maxWarehouses: count,
      maxWarehousesPerLine: count,
      excluded: fields<LimitOf<"excluded">>({ kind: anything, strength, warehouseIds: texts }),
      safetyStock: fields<LimitOf<"safetyStock">>({
        kind: anything,
        strength,
        quantities: listOf(fields<WarehouseQuantity>({ itemCode: text, warehouseId: text, quantity: decimalText })),
      }),
      maxLinesPerDay: fields<LimitOf<"maxLinesPerDay">>({
        kind: anything,
        strength,
        warehouses: listOf(fields<WarehouseLines>({ warehouseId: text, count: number })),
      }),
      cutOff: fields<LimitOf<"cutOff">>({
        kind: anything,
        strength,
        cutOffs: listOf(
          fields<WarehouseCutOff>({
            warehouseId: text,
            cutOff: text,
            timeZone: text,
            closedWeekdays: optional(listOf(number)),
            closedDays: optional(listOf(day)),
          }),
        ),
      }),
    }),
  );
  const rule = variants<WarehouseRule["rule"]>("rule", {
    preferred: fields<RuleOf<"preferred">>({ rule: anything, warehouseIds: texts }),
    areas: fields<RuleOf<"areas">>({ rule: anything, areas }),
    byField: fields<RuleOf<"byField">>({ rule: anything, field: oneOf(FIELDS), warehouseIds: mapOf(texts) }),
    mostStock: anything,
    fewestSplits: anything,
    host: fields<RuleOf<"host">>({ rule: anything, name: text }),
  });
  return variants<Sourcing["kind"]>("kind", {
    nearest: fields<NearestSourcing>({ kind: anything, areas, otherwise: texts }),
    wholeOrderFromOne: fields<WholeOrderSourcing>({
      kind: anything,
      areas,
      otherwise: texts,
      ifNone: oneOf<WholeOrderSourcing["ifNone"]>({ nearest: true, nothing: true }),
    }),
    chosen: fields<ChosenSourcing>({
      kind: anything,
      strategy,
      limits,
      steps: number,
      areas: listOf(fields<ChosenSourcing["areas"][number]>({ areaPath: texts, warehouses: options })),
      otherwise: options,
      unitCosts: optional(
        listOf(
          fields<NonNullable<ChosenSourcing["unitCosts"]>[number]>({
            itemCode: text,
            warehouseId: text,
            unitCost: decimalText,
          }),
        ),
      ),
    }),
    ranked: fields<RankedSourcing>({
      kind: anything,
      per: optional(oneOf<NonNullable<RankedSourcing["per"]>>({ order: true, line: true })),
      warehouseIds: texts,
      rules: listOf(rule),
    }),
  });
})();
