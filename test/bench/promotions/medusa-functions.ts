import { requirePeer } from "../peers.js";
import type { BenchCart, BenchPromotion } from "./promotion-world.js";

/** An adjustment as Medusa gives it; amounts are not rounded. */
export interface MedusaAction {
  readonly item_id: string;
  readonly code: string;
  readonly amount: { readonly numeric: number } | number;
}

interface Rule {
  readonly attribute: string;
  readonly operator: string;
  readonly values: readonly { readonly value: string }[];
}
interface MedusaPromotion {
  readonly code: string;
  readonly type: "standard" | "buyget";
  readonly is_automatic: boolean;
  readonly rules: readonly Rule[];
  readonly application_method: object;
}
interface PromotionUtils {
  readonly areRulesValidForContext: (rules: readonly Rule[], context: object, target: string) => boolean;
  readonly ComputeActionUtils: {
    readonly getComputedActionsForItems: (
      promotion: MedusaPromotion,
      items: readonly object[],
      applied: Map<string, number>,
      allocation?: string,
    ) => MedusaAction[];
    readonly getComputedActionsForBuyGet: (
      promotion: MedusaPromotion,
      items: readonly object[],
      applied: Map<string, number>,
      bought: Map<string, unknown>,
      got: Map<string, unknown>,
    ) => MedusaAction[];
  };
}
interface Utils {
  readonly transformPropertiesToBigNumber: (values: object, options: { include: string[] }) => void;
}

/** Medusa's functions that compute adjustments, in the loop in which its service calls them, without its database. */
export function medusaFunctions(promotions: readonly BenchPromotion[]): (cart: BenchCart) => MedusaAction[] {
  const folder = "test/bench/medusa";
  const utils = requirePeer<PromotionUtils>("@medusajs/promotion/dist/utils", folder);
  const { transformPropertiesToBigNumber } = requirePeer<Utils>("@medusajs/utils", folder);
  const { getComputedActionsForBuyGet, getComputedActionsForItems } = utils.ComputeActionUtils;
  const defined = promotions.flatMap(definitions);
  return ({ lines, group, subtotal, codes }) => {
    const items = lines.map(({ lineId, item, category, quantity, price }) => ({
      id: lineId,
      item,
      category,
      quantity,
      unit_price: price,
      subtotal: price * quantity,
      original_total: price * quantity,
      is_discountable: true,
    }));
    const context = { customer_group: group, subtotal, items };
    const applied = new Map<string, number>();
    const bought = new Map<string, unknown>();
    const got = new Map<string, unknown>();
    const actions: MedusaAction[] = [];
    for (const promotion of defined) {
      if (!promotion.is_automatic && !codes.includes(promotion.code)) continue;
      if (!utils.areRulesValidForContext(promotion.rules, context, "order")) continue;
      actions.push(
        ...(promotion.type === "buyget"
          ? getComputedActionsForBuyGet(promotion, items, applied, bought, got)
          : getComputedActionsForItems(promotion, items, applied)),
      );
    }
    transformPropertiesToBigNumber(actions, { include: ["amount"] });
    return actions;
  };
}

function rule(attribute: string, operator: string, values: readonly (string | number)[]): Rule {
  return { attribute, operator, values: values.map((value) => ({ value: String(value) })) };
}

/** A promotion in Medusa's terms; each step of a tier is a promotion of its own there. */
function definitions(promotion: BenchPromotion): MedusaPromotion[] {
  const own = { code: promotion.id, type: "standard", is_automatic: true, rules: [] } as const;
  const each = (value: number, target_rules: readonly Rule[]): MedusaPromotion => ({
    ...own,
    application_method: {
      type: "percentage",
      target_type: "items",
      allocation: "each",
      value,
      max_quantity: 1_000_000,
      target_rules,
    },
  });
  const across = { target_type: "order", allocation: "across", target_rules: [] };
  switch (promotion.kind) {
    case "items":
      return [each(promotion.percent, [rule("items.item", "in", promotion.items)])];
    case "category":
      return [each(promotion.percent, [rule("items.category", "eq", [promotion.category])])];
    case "tiers":
      return promotion.steps.map(([from, percent], step) => {
        const above = promotion.steps[step + 1]?.[0];
        return each(percent, [
          rule("items.item", "in", promotion.items),
          rule("items.quantity", "gte", [from]),
          ...(above === undefined ? [] : [rule("items.quantity", "lt", [above])]),
        ]);
      });
    case "coupon": {
      const application_method = { ...across, type: "percentage", value: promotion.percent };
      return [{ ...own, code: promotion.code, is_automatic: false, application_method }];
    }
    case "amount": {
      const rules = [rule("customer_group", "eq", [promotion.group]), rule("subtotal", "gte", [promotion.least])];
      return [{ ...own, rules, application_method: { ...across, type: "fixed", value: promotion.amount } }];
    }
    case "buyGet": {
      const application_method = {
        type: "percentage",
        target_type: "items",
        allocation: "each",
        value: 100,
        buy_rules_min_quantity: promotion.buyUnits,
        apply_to_quantity: promotion.getUnits,
        max_quantity: promotion.mostUnits,
        buy_rules: [rule("items.item", "in", promotion.buy)],
        target_rules: [rule("items.item", "in", promotion.get)],
      };
      return [{ ...own, type: "buyget", application_method }];
    }
  }
}
