import { constant, constantFrom, integer, oneof, tuple, uniqueArray, type Arbitrary } from "fast-check";
import { compare, fromUnits, type Decimal } from "../../core/decimal.js";
import type {
  AmountOff,
  BuyGet,
  ChargeOff,
  FixedPrice,
  Gift,
  GroupReward,
  Groups,
  PercentOff,
  PromotionEffect,
  Tiers,
  Trigger,
  UnitRanking,
} from "../../model/promotion/promotion-effect.js";
import { arbitraryDecimal } from "./arbitrary-decimal.js";
import { arbitraryLineSelector, arbitraryNames, itemCodesOf } from "./arbitrary-line-selector.js";
import { optionalFields, plainRecord } from "./plain-record.js";
import type { PromotionBounds } from "./promotion-bounds.js";

/**
 * Effects of every kind that a check finds sound.
 *
 * @param bounds items, categories and tags that they may name, and kinds
 * @param decimals of the currency
 */
export function arbitraryPromotionEffect(bounds: PromotionBounds, decimals: number): Arbitrary<PromotionEffect> {
  const parts = partsFor(bounds, decimals);
  const kinds: Readonly<Record<PromotionEffect["kind"], Arbitrary<PromotionEffect>>> = {
    percentOff: percentOff(parts),
    amountOff: amountOff(parts),
    fixedPrice: fixedPrice(parts),
    chargeOff: chargeOff(parts),
    tiers: tiers(parts),
    groups: groups(parts),
    buyGet: buyGet(parts),
    gift: gift(parts),
  };
  const wanted = bounds.kinds ?? (Object.keys(kinds) as PromotionEffect["kind"][]);
  return oneof(...wanted.map((kind) => kinds[kind]));
}

/** What the effects are put together from. */
interface Parts {
  readonly which: Arbitrary<Trigger["which"]>;
  readonly percent: Arbitrary<Decimal>;
  readonly money: Arbitrary<Decimal>;
  readonly unitPrice: Arbitrary<Decimal>;
  readonly count: Arbitrary<number>;
  readonly ranking: Arbitrary<UnitRanking>;
  readonly trigger: Arbitrary<Trigger>;
  readonly itemCodes: readonly string[];
}

function partsFor(bounds: PromotionBounds, decimals: number): Parts {
  const which = arbitraryLineSelector(bounds, decimals);
  const money = arbitraryDecimal({ min: fromUnits(1, decimals), max: "60", decimals });
  const count = integer({ min: 1, max: 5 });
  return {
    which,
    percent: oneof(
      constantFrom<Decimal>("50" as Decimal, "100" as Decimal),
      arbitraryDecimal({ min: "0.1", max: "100", decimals: 1 }),
    ),
    money,
    // A unit may cost what nobody can pay, a third of a cent.
    unitPrice: arbitraryDecimal({ min: fromUnits(1, decimals + 2), max: "20", decimals: decimals + 2 }),
    count,
    ranking: plainRecord<UnitRanking>({
      by: constantFrom("unitPrice", "lineAmount"),
      first: constantFrom("cheapest", "dearest"),
    }),
    trigger: oneof(plainRecord({ which, units: count }), plainRecord({ which, amount: money })),
    itemCodes: itemCodesOf(bounds),
  };
}

function percentOff({ which, percent, money }: Parts): Arbitrary<PercentOff> {
  const fields = plainRecord<PercentOff>({
    kind: constant("percentOff"),
    which,
    percent,
    spread: constantFrom("eachLine", "across"),
  });
  return withSome(fields, optionalFields({ cap: money }));
}

function amountOff({ which, money, ranking }: Parts): Arbitrary<AmountOff> {
  const fields = plainRecord<AmountOff>({
    kind: constant("amountOff"),
    which,
    amount: money,
    per: constantFrom("unit", "line", "once", "across"),
  });
  const stated = constantFrom("taxInclusive" as const, "taxExclusive" as const);
  return withSome(fields, optionalFields({ pick: ranking, stated }));
}

function fixedPrice({ which, unitPrice }: Parts): Arbitrary<FixedPrice> {
  return plainRecord({ kind: constant("fixedPrice"), which, unitPrice });
}

function chargeOff({ percent, money }: Parts): Arbitrary<ChargeOff> {
  return plainRecord({
    kind: constant("chargeOff"),
    charges: arbitraryNames(["freight", "smallOrder", "handling"]) as Arbitrary<ChargeOff["charges"]>,
    reward: oneof(
      plainRecord({ kind: constant("percent"), percent }),
      plainRecord({ kind: constant("amount"), amount: money }),
      plainRecord({ kind: constant("downTo"), amount: money }),
    ),
  });
}

/** The ways of measuring, dividing and giving that go together. */
const TIER_WAYS: readonly Pick<Tiers, "measure" | "mode" | "reward">[] = [
  { measure: "quantity", mode: "allUnits", reward: "percent" },
  { measure: "quantity", mode: "allUnits", reward: "amountPerUnit" },
  { measure: "quantity", mode: "allUnits", reward: "unitPrice" },
  { measure: "quantity", mode: "allUnits", reward: "amount" },
  { measure: "quantity", mode: "incremental", reward: "percent" },
  { measure: "quantity", mode: "incremental", reward: "amountPerUnit" },
  { measure: "quantity", mode: "incremental", reward: "unitPrice" },
  { measure: "amount", mode: "allUnits", reward: "percent" },
  { measure: "amount", mode: "allUnits", reward: "amount" },
  { measure: "amount", mode: "incremental", reward: "percent" },
];

function tiers({ which, percent, money, unitPrice }: Parts): Arbitrary<Tiers> {
  return constantFrom(...TIER_WAYS).chain((way) => {
    const from = way.measure === "amount" ? money : arbitraryDecimal({ min: "1", max: "60", decimals: 0 });
    const value = way.reward === "percent" ? percent : way.reward === "amount" ? money : unitPrice;
    const steps = uniqueArray(plainRecord({ from, value }), {
      minLength: 1,
      maxLength: 4,
      selector: (step) => step.from,
    }).map((drawn) => drawn.sort((one, other) => compare(one.from, other.from)));
    const per = constantFrom("line" as const, "item" as const, "group" as const);
    return tuple(which, per, steps).map(([lines, parts, rising]): Tiers => ({
      kind: "tiers",
      which: lines,
      ...way,
      per: parts,
      steps: rising,
    }));
  });
}

function groups({ which, percent, money, count, ranking }: Parts): Arbitrary<Groups> {
  const ofMoney = oneof(
    plainRecord<GroupReward>({ kind: constant("fixedSum"), amount: money }),
    plainRecord<GroupReward>({ kind: constant("amount"), amount: money }),
    plainRecord<GroupReward>({ kind: constant("percent"), percent }),
  );
  const payFor = tuple(integer({ min: 2, max: 5 }), integer({ min: 0, max: 4 })).map(([size, paid]) => ({
    size,
    reward: { kind: "payFor" as const, units: Math.min(paid, size - 1) },
  }));
  const sized = oneof(payFor, plainRecord({ size: count, reward: ofMoney }));
  const rest = plainRecord({ per: constantFrom("line" as const, "item" as const, "group" as const), pick: ranking });
  return tuple(which, sized, rest, optionalFields({ maxGroups: count })).map(([lines, group, more, bound]): Groups => ({
    kind: "groups",
    which: lines,
    ...group,
    ...more,
    ...bound,
  }));
}

function buyGet({ which, percent, unitPrice, money, count, ranking, trigger }: Parts): Arbitrary<BuyGet> {
  // Often the same lines are bought and got, which is where units are easily given twice.
  const lines = oneof(
    tuple(trigger, which),
    trigger.map((buy) => [buy, buy.which] as const),
  );
  const reward = oneof<Arbitrary<BuyGet["reward"]>[]>(
    plainRecord({ kind: constant("percent"), percent }),
    plainRecord({ kind: constant("unitPrice"), amount: unitPrice }),
    plainRecord({ kind: constant("amount"), amount: money }),
  );
  const rest = plainRecord<Pick<BuyGet, "reward" | "buyFirst" | "getFirst" | "repeat" | "partly">>({
    reward,
    buyFirst: ranking,
    getFirst: ranking,
    repeat: constantFrom("everyTime", "once"),
    partly: constantFrom("allowed", "refused"),
  });
  const some = optionalFields({ maxUnits: count, blocked: constantFrom("any" as const, "sameRole" as const) });
  return tuple(lines, count, rest, some).map(([[buy, got], units, more, bound]): BuyGet => ({
    kind: "buyGet",
    buy,
    get: { which: got, units },
    ...more,
    ...bound,
  }));
}

function gift({ money, trigger, itemCodes }: Parts): Arbitrary<Gift> {
  const units = arbitraryDecimal({ min: "1", max: "3", decimals: 0 });
  const items = arbitraryNames(itemCodes).chain((names) =>
    tuple(...names.map((itemCode) => withSome(constant({ itemCode }), optionalFields({ value: money })))),
  );
  const fields = plainRecord<Omit<Gift, "kind">>({
    items,
    units,
    repeat: constantFrom("everyTime", "once"),
    choose: constantFrom("firstAvailable", "dearestAvailable", "customer"),
    category: constantFrom("gift", "exchange"),
    whenShort: constantFrom("backfill", "drop", "replace"),
  });
  return withSome(fields, optionalFields({ buy: trigger, maxUnits: units })).map((all) => ({ kind: "gift", ...all }));
}

function withSome<Whole extends object, Some extends object>(
  whole: Arbitrary<Whole>,
  some: Arbitrary<Some>,
): Arbitrary<Whole & Some> {
  return tuple(whole, some).map(([all, more]) => ({ ...all, ...more }));
}
