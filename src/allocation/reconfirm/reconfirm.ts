import { fromUnits, isDecimal, isNegative, toUnits, ZERO, type Decimal } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { isWithinDigits, QUANTITY_DIGITS } from "../../model/digit-limit.js";
import type { ItemCode } from "../../model/ids.js";
import { claimIssues, shownFigure } from "../fair-share/count-claims.js";
import { totalOf } from "../fair-share/fair-share-rules.js";
import { confirmUnits, pairDisplacements, type UnitDemand, type UnitSharing } from "./confirm-units.js";
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
 * 0. `skip` keeps what it has and is taken off the pool; `lose` gives up all.
 * 1. `win` gets what it asks for, in the order of service; what it lacks is an exception.
 * 2. `gain` keeps what it has, in order; what it cannot keep is an exception. With exceptions, the policy `abort` changes
 *    nothing at all.
 * 3. `gain` gets up to what it asks for.
 * 4. `improve` keeps what it has, in order, and then gets up to what it asks for.
 * 5. `redistribute` gets up to what it asks for of what is left, in order or by a rule for sharing.
 * 6. `fill` keeps of what it has as much as is left.
 * 7. Nobody gets a part of a step; who takes all or nothing gets all or nothing. Items do not touch each other.
 * 8. Gains are paired with losses: who was served first took what was free; the rest was taken from whoever was served
 *    last.
 *
 * Laws: what all have is never more than the pool; `fill` never has more than before; `lose` has nothing; a second run
 * with what the first one gave changes nothing.
 *
 * @param demands each id once, in any order
 * @param pools each item once; an item without a pool has nothing
 * @param policy what happens with exceptions, and how step 5 shares
 * @returns what each has, exceptions and displacements, or every reason why nothing can be decided. n log n.
 *
 * **Source:** mission 9.18, 8.7; definition B8
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
  const issues = [...policyIssues(policy), ...demandIssues(demands), ...poolIssues(pools)];
  if (issues.length > 0) return refuse(issues);
  const poolOf = new Map(pools.map(({ itemCode, quantity }) => [itemCode, unitsOf(quantity)]));
  const answers: ItemAnswer[] = [];
  for (const [itemCode, own] of byItem(demands)) {
    const pool = poolOf.get(itemCode) ?? 0n;
    const skipped = totalOf(own.map(({ strategy, confirmed }) => (strategy === "skip" ? unitsOf(confirmed) : 0n)));
    if (skipped > pool) {
      const params = {
        itemCode,
        skipped: quantityOf(skipped),
        pool: quantityOf(pool),
      };
      issues.push(issue("reconfirm.skips_exceed_pool", ["pools"], params));
    } else answers.push(answerFor(itemCode, own, pool, policy));
  }
  if (issues.length > 0) return refuse(issues);
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
  itemCode: ItemCode,
  demands: readonly ReconfirmDemand[],
  pool: bigint,
  { redistribute }: ReconfirmPolicy,
): ItemAnswer {
  const units = demands.map((demand): UnitDemand => ({
    requested: unitsOf(demand.requested),
    confirmed: unitsOf(demand.confirmed),
    strategy: demand.strategy,
    quantum: demand.quantum === undefined ? 1n : unitsOf(demand.quantum),
    isWhole: demand.delivery === "whole",
  }));
  const sharing: UnitSharing | undefined =
    redistribute.kind === "inOrder"
      ? undefined
      : {
          rule: redistribute.policy.rule,
          quantum: unitsOf(redistribute.policy.quantum),
        };
  const { after, unmet } = confirmUnits(units, pool, sharing);
  const free = pool - totalOf(units.map(({ confirmed }) => confirmed));
  const changes = units.map(({ confirmed }, place) => after[place]! - confirmed);
  return {
    demands: demands.map(({ demandId, strategy, requested, confirmed }, place): ReconfirmedDemand => ({
      demandId,
      itemCode,
      strategy,
      requested,
      before: confirmed,
      after: quantityOf(after[place]!),
    })),
    exceptions: demands.flatMap(({ demandId, strategy }, place): ReconfirmException[] => {
      const code = strategy === "win" ? "win_unmet" : "gain_unmet";
      return unmet[place] === 0n ? [] : [{ demandId, itemCode, code, missing: quantityOf(unmet[place]!) }];
    }),
    displacements: pairDisplacements(changes, free).map(({ victim, winner, units: taken }): DisplacedQuantity => ({
      victimId: demands[victim]!.demandId,
      winnerId: demands[winner]!.demandId,
      itemCode,
      quantity: quantityOf(taken),
      ruleId: `reconfirm_${demands[winner]!.strategy}`,
    })),
  };
}

/** Demands by item, in the order in which they are served. */
function byItem(demands: readonly ReconfirmDemand[]): [ItemCode, ReconfirmDemand[]][] {
  const items = new Map<ItemCode, ReconfirmDemand[]>();
  for (const demand of demands) {
    const known = items.get(demand.itemCode);
    if (known === undefined) items.set(demand.itemCode, [demand]);
    else known.push(demand);
  }
  const turnOf = new Map(RECONFIRM_STRATEGIES.map((strategy, turn) => [strategy, turn]));
  for (const own of items.values()) {
    own.sort(
      (a, b) =>
        turnOf.get(a.strategy)! - turnOf.get(b.strategy)! || a.rank - b.rank || (a.demandId < b.demandId ? -1 : 1),
    );
  }
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1));
}

function policyIssues({ redistribute }: ReconfirmPolicy): ReconfirmIssue[] {
  return redistribute.kind === "inOrder" ? [] : claimIssues([], ZERO, redistribute.policy);
}

function demandIssues(demands: readonly ReconfirmDemand[]): ReconfirmIssue[] {
  const issues: ReconfirmIssue[] = [];
  const seen = new Set<string>();
  for (const [place, { demandId, requested, confirmed, strategy, rank, quantum }] of demands.entries()) {
    const path = ["demands", place];
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
    ];
    issues.push(...figures);
    if (figures.length === 0 && unitsOf(confirmed) > unitsOf(requested)) {
      issues.push(
        issue("reconfirm.more_than_requested", path, {
          demandId,
          confirmed,
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

function unitsOf(quantity: Decimal): bigint {
  return toUnits(quantity, QUANTITY_DIGITS.decimals);
}

function quantityOf(units: bigint): Decimal {
  return fromUnits(units, QUANTITY_DIGITS.decimals);
}
