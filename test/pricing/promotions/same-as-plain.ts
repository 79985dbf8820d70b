import { expect } from "vitest";
import { fromUnits, multiplyDivide, type Decimal } from "../../../src/core/decimal.js";
import { minorUnitOf } from "../../../src/core/money.js";
import { compilePromotions } from "../../../src/pricing/promotions/compile-promotions.js";
import { pricePromotions, type PromotionPricing } from "../../../src/pricing/promotions/price-promotions.js";
import { deepFreeze } from "../../../src/testing/index.js";
import type { Fraction } from "./plain-effects.js";
import { interpretAll } from "./plain-promotions.js";
import type { Scene } from "./some-promotions.js";

const text = ({ over, under }: Fraction): Decimal =>
  multiplyDivide(fromUnits(over, 0), "1" as Decimal, fromUnits(under, 0), 6, "halfUp");

/** What the plain interpreter says, in the words of the engine. */
function plainly({ promotions, policy, cart, facts }: Scene) {
  const decimals = policy.decimals ?? minorUnitOf(cart.currency) ?? 2;
  const runs = interpretAll(promotions, policy, cart, facts);
  return {
    adjustments: runs.flatMap(({ promotion, code, given }) =>
      [...given.money].map(([{ line, place }, amount]) => [
        place,
        line.lineId,
        promotion.promotionId,
        code ?? "",
        fromUnits(amount, decimals),
        text(given.units.get([...given.money.keys()].find((one) => one.place === place)!)!),
      ]),
    ),
    charges: runs.flatMap(({ promotion, given }) =>
      [...given.charges]
        .filter(([, amount]) => amount > 0n)
        .map(([place, amount]) => [place, promotion.promotionId, fromUnits(amount, decimals)]),
    ),
    gifts: runs.flatMap(({ promotion, given: { gift } }) =>
      gift === undefined ? [] : [[promotion.promotionId, gift.itemCode, text(gift.quantity), gift.triggers]],
    ),
  };
}

function engine({ cart }: Scene, { adjustments, charges, gifts }: PromotionPricing) {
  return {
    adjustments: adjustments.map(({ lineId, promotionId, code, amount, units }) => [
      cart.lines.findIndex((line) => line.lineId === lineId),
      lineId,
      promotionId,
      code ?? "",
      amount,
      units,
    ]),
    charges: charges.map(({ charge, promotionId, amount }) => [charge, promotionId, amount]),
    gifts: gifts.map(({ promotionId, itemCode, quantity, triggers }) => [promotionId, itemCode, quantity, triggers]),
  };
}

/** Order inside one promotion is not part of the contract. */
const sorted = <Row extends readonly unknown[]>(rows: readonly Row[]): string[] =>
  rows.map((row) => JSON.stringify(row)).sort();

/** What the engine gives on a scene. */
export function priced({ promotions, policy, cart, facts }: Scene): PromotionPricing {
  const compiled = compilePromotions(promotions, policy);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  const result = pricePromotions(compiled.value, cart, facts);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** Fails where the compiled engine gives anything else than the plain interpreter. */
export function isSameAsPlain(scene: Scene): void {
  const expected = plainly(deepFreeze(scene));
  const found = engine(scene, priced(scene));
  expect(sorted(found.adjustments)).toEqual(sorted(expected.adjustments));
  expect(sorted(found.charges)).toEqual(sorted(expected.charges));
  expect(found.gifts).toEqual(expected.gifts);
}
