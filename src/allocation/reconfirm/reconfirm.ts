import { fromUnits, isDecimal, isNegative, maximum, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { isWithinDigits, QUANTITY_DIGITS } from "../../model/digit-limit.js";
import type { ItemCode } from "../../model/ids.js";
import { claimIssues, shownFigure } from "../fair-share/count-claims.js";
import { totalOf } from "../fair-share/fair-share-rules.js";
import { supplyRuleFaults } from "../../model/supply-rule.js";
import { consumeFor, supplyStanding, type SupplyStanding } from "../../model/supply-standing.js";
import { groupedBy } from "../../core/grouped-by.js";
import { confirmUnits, type UnitDemand, type UnitSharing } from "./confirm-units.js";
import { inTurn } from "./in-turn.js";
import { unmetCode } from "./unmet-code.js";
import { pairDisplacements, type GroupedSupply } from "./pair-displacements.js";
import type {
  DisplacedQuantity,
  Reconfirmation,
  ReconfirmDemand,
  ReconfirmedDemand,
  ReconfirmException,
  ReconfirmIssue,
  ReconfirmPolicy,
  ReconfirmPool,
} from "./reconfirm-policy.js";
import { RECONFIRM_STRATEGIES } from "../../model/reconfirm-strategy.js";

/**
 * Decides anew who has how much of what there is: some demands win, some may only lose, and everything that goes from one
 * to another is written down.
 *
 * **Rules** (numbered as the steps of the definition, from 0)
 * 0. `skip` keeps what it has and is taken off the pool, and so is what is firm; `lose` gives up all else.
 * 1. `win` gets what it asks for, in the order of service; what it lacks is an exception.
 * 2. `gain` keeps what it has, in order; what it cannot keep is an exception. With exceptions, the policy `abort` changes
 *    nothing at all.
 * 3. `gain` gets up to what it asks for.
 * 4. `improve` keeps what it has, in order, and then gets up to what it asks for.
 * 5. `redistribute` gets up to what it asks for of what is left, in order or by a rule for sharing.
 * 6. `fill` keeps of what it has as much as is left.
 * 7. Nobody gets a part of a step; steps are counted from what a demand has, where it can keep that: its other part may be
 *    picked already. Who takes all or nothing gets all or nothing. So do the members of a group, at the turn
 *    of the first: all keep what they have or none does, all get what they ask for or none gets more; what they give up is
 *    there for all that come after. Otherwise items do not touch each other.
 * 8. Caps and protected minimums of customer groups come before all steps: what others have not used of their minimum is
 *    given to nobody, and a group gets no more than its cap. What a demand gives up, by whatever strategy, counts as given
 *    back; what is firm or skipped stays.
 * 9. Where a demand `had` more than is there, whoever keeps what it has gets that too, after all of its strategy have kept
 *    what is there: nobody's goods go because another's are missing, but by strategy. Who skips gets it first, and is an
 *    exception where it cannot.
 * 10. Gains are paired with losses: who was served first took what was free, and neither kept for others nor beyond its cap;
 *    the rest was taken from whoever was served last.
 *
 * Laws: what all have is never more than the pool; `fill` never has more than before; `lose` has nothing but what is firm; a
 * second run with what the first one gave changes nothing.
 *
 * @param demands each id once, in any order
 * @param pools each item once; an item without a pool has nothing
 * @param policy what happens with exceptions, and how step 5 shares
 * @returns what each has, exceptions and displacements, or every reason why nothing can be decided. n log n.
 *
 * **Source:** mission 9.18, 8.7, 8.9; definitions B8, B9
 * @example
 * ```ts
 * import { decimal, reconfirm } from "ordercycle";
 * const demand = { itemCode: "TEA", requested: decimal("40"), confirmed: decimal("30"), rank: 1 };
 * const demands = [
 *   { ...demand, demandId: "SO-1", confirmed: decimal("0"), strategy: "win" as const },
 *   { ...demand, demandId: "SO-2", strategy: "fill" as const },
 * ];
 * const result = reconfirm(demands, [{ itemCode: "TEA", quantity: decimal("60") }], { onException: "abort", redistribute: { kind: "inOrder" } });
 * result.ok && result.value.demands.map(({ demandId, before, after }) => [demandId, before, after]); // => [["SO-1","0","40"],["SO-2","30","20"]]
 * result.ok && result.value.displacements; // => [{"victimId":"SO-2","winnerId":"SO-1","itemCode":"TEA","quantity":"10","ruleId":"reconfirm_win"}]
 * ```
 */
export function reconfirm(
  demands: readonly ReconfirmDemand[],
  pools: readonly ReconfirmPool[],
  policy: ReconfirmPolicy,
): Result<Reconfirmation, ReconfirmIssue> {
  const issues: ReconfirmIssue[] = [
    ...policyIssues(policy),
    ...supplyRuleFaults(policy.protection ?? [], ["policy", "protection"]),
    ...demandIssues(demands),
    ...poolIssues(pools),
  ];
  if (issues.length > 0) return refuse(issues);
  const poolOf = new Map(pools.map(({ itemCode, quantity }) => [itemCode, unitsOf(quantity)]));
  const served = inTurn(demands);
  const itemCodes = [...new Set(served.map(({ itemCode }) => itemCode))].sort();
  const amounts = itemCodes.map((itemCode) => poolOf.get(itemCode) ?? 0n);
  const units = unitDemands(served, itemCodes);
  const placesOf = groupedBy([...units.keys()], (place) => units[place]!.item);
  for (const [item, itemCode] of itemCodes.entries()) {
    const own = placesOf.get(item)!.map((place) => units[place]!);
    const kept = totalOf(own.map(({ strategy, confirmed, firm }) => (strategy === "skip" ? confirmed : firm)));
    if (kept <= amounts[item]!) continue;
    const params = { itemCode, skipped: quantityOf(kept), pool: quantityOf(amounts[item]!) };
    issues.push(issue("reconfirm.skips_exceed_pool", ["pools"], params));
  }
  if (issues.length > 0) return refuse(issues);
  const confirmed = confirmUnits(units, amounts, sharingOf(policy), standingsOf(itemCodes, policy));
  const opening = standingsOf(itemCodes, policy);
  const answers = itemCodes.map((_, item) =>
    answerFor(placesOf.get(item)!, served, units, { pool: amounts[item]!, standing: opening[item] }, confirmed),
  );
  const exceptions = answers.flatMap((answer) => answer.exceptions);
  const isAborted = policy.onException === "abort" && exceptions.length > 0;
  const all = answers.flatMap((answer) => answer.demands);
  return ok({
    demands: isAborted ? all.map((demand) => ({ ...demand, after: demand.before })) : all,
    exceptions,
    displacements: isAborted ? [] : answers.flatMap((answer) => answer.displacements),
    result: isAborted ? "aborted" : "done",
  });
}

type ItemAnswer = Omit<Reconfirmation, "result">;

function answerFor(
  places: readonly number[],
  demands: readonly ReconfirmDemand[],
  units: readonly UnitDemand[],
  { pool, standing }: { readonly pool: bigint; readonly standing: SupplyStanding | undefined },
  { after, unmet }: ReturnType<typeof confirmUnits>,
): ItemAnswer {
  const own = places.map((place) => units[place]!);
  const free = pool - totalOf(own.map(({ confirmed }) => confirmed));
  const changes = places.map((place) => after[place]! - units[place]!.confirmed);
  return {
    demands: places.map((place): ReconfirmedDemand => {
      const { demandId, itemCode, strategy, requested, confirmed } = demands[place]!;
      return { demandId, itemCode, strategy, requested, before: confirmed, after: quantityOf(after[place]!) };
    }),
    exceptions: places.flatMap((place): ReconfirmException[] => {
      const { demandId, itemCode, strategy } = demands[place]!;
      const code = unmetCode(strategy);
      return unmet[place] === 0n ? [] : [{ demandId, itemCode, code, missing: quantityOf(unmet[place]!) }];
    }),
    displacements: pairDisplacements(changes, free, groupedSupply(own, standing)).map(
      ({ victim, winner, units: taken }): DisplacedQuantity => {
        const [loser, gainer] = [demands[places[victim]!]!, demands[places[winner]!]!];
        return {
          victimId: loser.demandId,
          winnerId: gainer.demandId,
          itemCode: loser.itemCode,
          quantity: quantityOf(taken),
          ruleId: `reconfirm_${gainer.strategy}`,
        };
      },
    ),
  };
}

/** How groups stood before the run, without what is not there. */
function groupedSupply(own: readonly UnitDemand[], standing: SupplyStanding | undefined): GroupedSupply | undefined {
  if (standing === undefined) return undefined;
  for (const { customerGroup, had, confirmed } of own) consumeFor(standing, customerGroup, confirmed - had);
  return { groups: own.map(({ customerGroup }) => customerGroup), standing };
}

function unitDemands(demands: readonly ReconfirmDemand[], itemCodes: readonly ItemCode[]): UnitDemand[] {
  const itemOf = new Map(itemCodes.map((itemCode, item) => [itemCode, item]));
  const groups = new Map<string, number>();
  for (const { group } of demands) {
    if (group !== undefined && !groups.has(group)) groups.set(group, groups.size);
  }
  return demands.map((demand): UnitDemand => ({
    item: itemOf.get(demand.itemCode)!,
    requested: unitsOf(demand.requested),
    confirmed: unitsOf(demand.confirmed),
    had: unitsOf(hadOf(demand)),
    firm: unitsOf(demand.firm ?? ZERO),
    strategy: demand.strategy,
    customerGroup: demand.customerGroup,
    quantum: demand.quantum === undefined ? 1n : unitsOf(demand.quantum),
    isWhole: demand.delivery === "whole",
    group: demand.group === undefined ? undefined : groups.get(demand.group)!,
  }));
}

/** How customer groups stand with each item; undefined for one without rules. */
function standingsOf(
  itemCodes: readonly ItemCode[],
  { protection = [] }: ReconfirmPolicy,
): readonly (SupplyStanding | undefined)[] {
  const rulesOf = groupedBy(protection, ({ itemCode }) => itemCode);
  return itemCodes.map((itemCode) => {
    const rules = rulesOf.get(itemCode);
    return rules === undefined ? undefined : supplyStanding(rules, QUANTITY_DIGITS.decimals);
  });
}

function sharingOf({ redistribute }: ReconfirmPolicy): UnitSharing | undefined {
  if (redistribute.kind === "inOrder") return undefined;
  return { rule: redistribute.policy.rule, quantum: unitsOf(redistribute.policy.quantum) };
}

function policyIssues({ redistribute }: ReconfirmPolicy): ReconfirmIssue[] {
  return redistribute.kind === "inOrder" ? [] : claimIssues([], ZERO, redistribute.policy);
}

function demandIssues(demands: readonly ReconfirmDemand[]): ReconfirmIssue[] {
  const issues: ReconfirmIssue[] = [];
  const seen = new Set<string>();
  const strategyOf = new Map<string, string>();
  for (const [place, demand] of demands.entries()) {
    const { demandId, requested, confirmed, had = confirmed, strategy, rank, quantum, group, firm = ZERO } = demand;
    const path = ["demands", place];
    if (group !== undefined) {
      if ((strategyOf.get(group) ?? strategy) !== strategy) {
        issues.push(issue("reconfirm.mixed_group", [...path, "group"], { group }));
      }
      strategyOf.set(group, strategy);
    }
    if (seen.has(demandId)) issues.push(issue("reconfirm.listed_twice", path, { id: demandId }));
    seen.add(demandId);
    if (!RECONFIRM_STRATEGIES.includes(strategy)) {
      issues.push(
        issue("reconfirm.unknown_strategy", [...path, "strategy"], {
          strategy: shownFigure(strategy),
        }),
      );
    }
    if (!Number.isSafeInteger(rank))
      issues.push(
        issue("reconfirm.bad_rank", [...path, "rank"], {
          rank: shownFigure(rank),
        }),
      );
    const figures = [
      ...figureIssues(requested, [...path, "requested"]),
      ...figureIssues(confirmed, [...path, "confirmed"]),
      ...(had === confirmed ? [] : figureIssues(had, [...path, "had"])),
      ...figureIssues(firm, [...path, "firm"]),
    ];
    issues.push(...figures);
    if (figures.length === 0 && unitsOf(firm) > unitsOf(confirmed)) {
      issues.push(issue("reconfirm.more_firm_than_confirmed", path, { demandId, firm, confirmed }));
    }
    if (figures.length === 0 && unitsOf(hadOf(demand)) > unitsOf(requested)) {
      issues.push(
        issue("reconfirm.more_than_requested", path, {
          demandId,
          confirmed: hadOf(demand),
          requested,
        }),
      );
    }
    if (quantum !== undefined)
      issues.push(...figureIssues(quantum === ZERO ? undefined : quantum, [...path, "quantum"]));
  }
  return issues;
}

function poolIssues(pools: readonly ReconfirmPool[]): ReconfirmIssue[] {
  const seen = new Set<ItemCode>();
  return pools.flatMap(({ itemCode, quantity }, place): ReconfirmIssue[] => {
    const isTwice = seen.has(itemCode);
    seen.add(itemCode);
    return [
      ...(isTwice ? [issue("reconfirm.listed_twice", ["pools", place], { id: itemCode })] : []),
      ...figureIssues(quantity, ["pools", place, "quantity"]),
    ];
  });
}

function figureIssues(quantity: Decimal | undefined, path: readonly (string | number)[]): ReconfirmIssue[] {
  const isUsable = isDecimal(quantity) && !isNegative(quantity) && isWithinDigits(quantity, QUANTITY_DIGITS);
  return isUsable
    ? []
    : [
        issue("reconfirm.not_a_quantity", path, {
          quantity: shownFigure(quantity ?? ZERO),
        }),
      ];
}

/** What a demand had, with what turned out not to be there. */
function hadOf({ confirmed, had = confirmed }: ReconfirmDemand): Decimal {
  return maximum(confirmed, had);
}

function unitsOf(quantity: Decimal): bigint {
  return toUnits(quantity, QUANTITY_DIGITS.decimals);
}

function quantityOf(units: bigint): Decimal {
  return fromUnits(units, QUANTITY_DIGITS.decimals);
}
