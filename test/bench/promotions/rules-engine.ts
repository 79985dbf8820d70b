import { importPeer } from "../peers.js";
import { centsLoop, type Discount } from "./hand-loops.js";
import type { BenchCart, BenchPromotion } from "./promotion-world.js";

interface Condition {
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
}
interface Engine {
  readonly addOperator: (name: string, holds: (fact: never, value: never) => boolean) => void;
  readonly addRule: (rule: { conditions: { all: Condition[] }; event: { type: string } }) => void;
  readonly run: (facts: object) => Promise<{ readonly events: readonly { readonly type: string }[] }>;
}
interface RulesEngineModule {
  readonly Engine: new () => Engine;
}

/** json-rules-engine says which promotions a cart qualifies for; the loop by hand then works out what they give. */
export async function rulesEngine(
  promotions: readonly BenchPromotion[],
): Promise<(cart: BenchCart) => Promise<Discount[]>> {
  const { Engine } = await importPeer<RulesEngineModule>("json-rules-engine");
  const engine = new Engine();
  engine.addOperator("hasAnyOf", (facts: readonly string[], list: ReadonlySet<string>) =>
    facts.some((fact) => list.has(fact)),
  );
  for (const promotion of promotions) {
    engine.addRule({ conditions: { all: conditionsOf(promotion) }, event: { type: promotion.id } });
  }
  const loop = centsLoop(promotions);
  return async (cart) => {
    const { events } = await engine.run({
      items: cart.lines.map(({ item }) => item),
      categories: cart.lines.map(({ category }) => category),
      codes: cart.codes,
      group: cart.group,
      subtotal: cart.subtotal,
    });
    return loop(cart, new Set(events.map(({ type }) => type)));
  };
}

function conditionsOf(promotion: BenchPromotion): Condition[] {
  const anyOf = (list: readonly string[]): Condition => ({ fact: "items", operator: "hasAnyOf", value: new Set(list) });
  switch (promotion.kind) {
    case "items":
    case "tiers":
      return [anyOf(promotion.items)];
    case "category":
      return [{ fact: "categories", operator: "contains", value: promotion.category }];
    case "buyGet":
      return [anyOf(promotion.buy), anyOf(promotion.get)];
    case "coupon":
      return [{ fact: "codes", operator: "contains", value: promotion.code }];
    case "amount":
      return [
        { fact: "group", operator: "equal", value: promotion.group },
        { fact: "subtotal", operator: "greaterThanInclusive", value: promotion.least },
      ];
  }
}
