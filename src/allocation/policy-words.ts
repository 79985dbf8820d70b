import { issue, type IssueOf } from "../core/issue.js";
import { LOT_ORDERS, type LotRule } from "../model/lot-order.js";
import type { AllocationPolicy, PriorityKey, PriorityKeyName } from "./allocation-policy.js";
import type { BinRule } from "./picking-policy.js";
import type { Sourcing, WarehouseField, WarehouseRule } from "./sourcing-policy.js";
import type { WarehouseFactor, WarehouseLimit, WarehouseStrategy } from "./sourcing/warehouse-policy.js";

/** A word of a policy that says nothing. */
export type PolicyWordIssue = IssueOf<{
  "policy.unknown_word": { readonly word: string };
}>;

type Path = readonly (string | number)[];

/** The words of one kind; a new one that is forgotten here does not compile. */
type Words<Word extends string> = Readonly<Record<Word, true>>;

const KEYS: Words<PriorityKeyName | "aged" | "host"> = {
  promisedClass: true,
  customerClass: true,
  customerType: true,
  customerCode: true,
  creditRating: true,
  orderAmount: true,
  orderQuantity: true,
  orderLines: true,
  requestedDeliveryDate: true,
  promisedDate: true,
  deliveryWave: true,
  channel: true,
  orderSource: true,
  waitingSince: true,
  orderDate: true,
  receivedAt: true,
  orderNo: true,
  aged: true,
  host: true,
};
const DIRECTIONS: Words<"ascending" | "descending"> = { ascending: true, descending: true };
const NULLS: Words<"first" | "last"> = { first: true, last: true };
const SOURCINGS: Words<Sourcing["kind"]> = { nearest: true, wholeOrderFromOne: true, chosen: true, ranked: true };
const IF_NONE: Words<"nearest" | "nothing"> = { nearest: true, nothing: true };
const STRATEGIES: Words<WarehouseStrategy["kind"]> = {
  fewestSplits: true,
  leastCost: true,
  wholeFromOne: true,
  weighted: true,
};
const FACTORS: Words<WarehouseFactor> = { stock: true, distance: true, cost: true, ease: true };
const STRENGTHS: Words<WarehouseLimit["strength"]> = { hard: true, soft: true };
const LIMITS: Words<WarehouseLimit["kind"]> = {
  maxDistance: true,
  maxWarehouses: true,
  maxWarehousesPerLine: true,
  excluded: true,
  safetyStock: true,
  maxLinesPerDay: true,
  cutOff: true,
};
const PER: Words<"order" | "line"> = { order: true, line: true };
const RANKS: Words<WarehouseRule["rule"]> = {
  preferred: true,
  areas: true,
  byField: true,
  mostStock: true,
  fewestSplits: true,
  host: true,
};
const FIELDS: Words<WarehouseField> = {
  customerCode: true,
  customerType: true,
  customerClass: true,
  channel: true,
  orderSource: true,
};
const BIN_RULES: Words<BinRule> = {
  lots: true,
  pickSequence: true,
  smallestFirst: true,
  handlingUnitsFirst: true,
  fewestPlaces: true,
};

/** Whether a policy names a kind of sourcing that there is. */
export function isSourcingKnown({ kind }: Pick<Sourcing, "kind">): boolean {
  return Object.hasOwn(SOURCINGS, kind);
}

/**
 * Finds words of a stored policy that no rule answers to: a limit or a key that nobody knows would be passed over in silence.
 *
 * @returns every such word, with its path in the policy; linear
 * @internal
 */
export function unknownWords({ priority, sourcing, lots, picking = [] }: AllocationPolicy): PolicyWordIssue[] {
  const issues: PolicyWordIssue[] = [];
  const look: Look = (words, word, ...path) => {
    if (word === undefined || (typeof word === "string" && Object.hasOwn(words, word))) return;
    const shown = typeof word === "string" || typeof word === "number" ? String(word).slice(0, 50) : typeof word;
    issues.push(issue("policy.unknown_word", path, { word: shown }));
  };
  for (const [place, key] of priority.entries()) lookAtKey(look, key, ["priority", place]);
  look(LOT_ORDERS satisfies Readonly<Record<LotRule, unknown>>, lots, "lots");
  lookAtSourcing(look, sourcing);
  for (const [place, { chain }] of picking.entries())
    for (const [entry, { rule }] of chain.entries()) look(BIN_RULES, rule, "picking", place, "chain", entry, "rule");
  return issues;
}

type Look = (words: object, word: unknown, ...path: Path) => void;

function lookAtKey(look: Look, key: PriorityKey, path: Path): void {
  look(KEYS, key.key, ...path, "key");
  if (key.key === "aged") return;
  look(DIRECTIONS, key.direction, ...path, "direction");
  look(NULLS, key.nulls, ...path, "nulls");
}

function lookAtSourcing(look: Look, sourcing: Sourcing): void {
  look(SOURCINGS, sourcing.kind, "sourcing", "kind");
  switch (sourcing.kind) {
    case "wholeOrderFromOne":
      look(IF_NONE, sourcing.ifNone, "sourcing", "ifNone");
      break;
    case "ranked":
      look(PER, sourcing.per, "sourcing", "per");
      for (const [place, rule] of sourcing.rules.entries()) {
        look(RANKS, rule.rule, "sourcing", "rules", place, "rule");
        if (rule.rule === "byField") look(FIELDS, rule.field, "sourcing", "rules", place, "field");
      }
      break;
    case "chosen":
      look(STRATEGIES, sourcing.strategy.kind, "sourcing", "strategy", "kind");
      if (sourcing.strategy.kind === "weighted")
        for (const [place, { factor }] of sourcing.strategy.weights.entries())
          look(FACTORS, factor, "sourcing", "strategy", "weights", place, "factor");
      for (const [place, { kind, strength }] of sourcing.limits.entries()) {
        look(LIMITS, kind, "sourcing", "limits", place, "kind");
        look(STRENGTHS, strength, "sourcing", "limits", place, "strength");
      }
      break;
    case "nearest":
  }
}
