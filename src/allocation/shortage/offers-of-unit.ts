import { add, compare, isPositive, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import type { LineId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { Outcome } from "../../model/outcome.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";
import { wholeSteps } from "../../model/whole-steps.js";
import { applySubstitution, heldBy } from "./apply-substitution.js";
import type { DecideShortagesContext } from "./decide-shortages-context.js";
import { freeOf, isAllFree } from "./free-for-line.js";
import type { GoodsLeft } from "./goods-left.js";
import type { OfferBook } from "./offer-book.js";
import { proposalFor } from "./propose-reallocation.js";
import { rankSubstitutes, replaceableIssues, shortOf } from "./propose-substitutes.js";
import type { ShortageDecision } from "./shortage-decision.js";

/** What came of the offers of a line. */
export interface LineOffers {
  /** What came to nothing, and why. */
  readonly tried: ShortageDecision["tried"];
  /** Proposal that waits for an answer, the best of its kind. */
  readonly proposalId?: string;
  /** What another item took the place of at once, in the base unit. */
  readonly replaced: Decimal;
}

/** What is decided, for whom and why. */
export interface OfferRun {
  /** Number of the run; proposals are named after it and their line. */
  readonly runId: string;
  /** Why, in the site's own code. */
  readonly reason: string;
  /** Offers that are not made again, as “offer line”. */
  readonly turnedDown: ReadonlySet<string>;
}

/** Lines that are offered something as one, or a line by itself. */
export interface OfferingUnit {
  /** Its order, with what was replaced before. */
  readonly order: Order;
  /** All lines of the unit. */
  readonly members: readonly OrderLine[];
  /** Those lines of the order that are to be decided. */
  readonly short: ReadonlySet<OrderLine>;
  /** Whether they come together. */
  readonly isTogether: boolean;
}

/** What came of the offers of a unit. */
export interface UnitOffers {
  /** The order, with what was replaced. */
  readonly order: Order;
  /** What was done at once. */
  readonly outcomes: readonly Outcome[];
  /** Proposals that wait. */
  readonly reallocations: readonly ReallocationProposal[];
  /** Proposals that wait, the best of each line first. */
  readonly substitutions: readonly SubstituteProposal[];
  /** What came of each line that offers something. */
  readonly lines: ReadonlyMap<LineId, LineOffers>;
  /** Whether all get what they lack, where they come together. */
  readonly isCovered: boolean;
}

type Tried = ShortageDecision["tried"][number];

/**
 * Tries what the lines of a unit offer, each in its own order.
 *
 * @param book what all lines of the call look at
 * @param refused what came of it when goods of others were counted in, which did not make the unit whole: this time nobody
 *   is asked for goods, and nothing that lies free is counted as theirs
 */
export function offersOfUnit(
  unit: OfferingUnit,
  run: OfferRun,
  left: GoodsLeft,
  context: DecideShortagesContext,
  book: OfferBook,
  refused?: UnitOffers,
): UnitOffers {
  const { members, short, isTogether } = unit;
  const outcomes: Outcome[] = [];
  const reallocations: ReallocationProposal[] = [];
  const substitutions: SubstituteProposal[] = [];
  const lines = new Map<LineId, LineOffers>();
  let current = unit.order;
  let isCovered = true;
  for (const member of members) {
    const offers = short.has(member) ? (member.shortageOffers ?? []) : [];
    const tried: Tried[] = [];
    let line = member;
    let proposalId: string | undefined;
    let found = ZERO;
    for (const offer of offers) {
      if (proposalId !== undefined || shortOf(line) === ZERO) break;
      if (run.turnedDown.has(`${offer} ${line.lineId}`)) tried.push({ offer, code: "turned_down" });
      else if (offer === "reallocate" && refused !== undefined) tried.push(...whyNotAsked(line, refused));
      else if (offer === "reallocate") {
        const result = askOthers(line);
        if (result.ok) {
          ({ proposalId, quantity: found } = result.value);
          reallocations.push(result.value);
          left.giveUp(result.value);
        } else tried.push(...result.issues.map(({ code }) => ({ offer, code })));
      } else if (isAllFree({ order: current, line }, context, book, left))
        tried.push({ offer, code: "stock_is_there" });
      else {
        const replaced = replace(current, line, run, left, context);
        outcomes.push(...replaced.outcomes);
        current = replaced.order;
        line = replaced.line;
        const [best] = replaced.proposals;
        substitutions.push(...replaced.proposals);
        if (best !== undefined) ({ proposalId, replaces: found } = best);
        tried.push(...replaced.codes.map((code) => ({ offer, code })));
      }
    }
    if (isTogether && refused === undefined) isCovered = takeFree(line, found) && isCovered;
    if (offers.length === 0) continue;
    const replaced = subtract(shortOf(member), shortOf(line));
    lines.set(member.lineId, { tried, replaced, ...(proposalId === undefined ? {} : { proposalId }) });
  }
  const named = reallocations.length < 2 ? reallocations : reallocations.map(namingOthers);
  return { order: current, outcomes, reallocations: named, substitutions, lines, isCovered };

  function askOthers(line: OrderLine) {
    const { lineId } = line;
    return proposalFor(current, { proposalId: `${run.runId}-${lineId}`, lineId }, context, book, left);
  }

  /** Whether the rest of what a line of the unit lacks lies free; that is its own from now on. */
  function takeFree(line: OrderLine, found: Decimal): boolean {
    const all = subtract(add(shortOf(line), line.quantities.deferred), found);
    // What its step does not allow is not waited for.
    const rest = wholeSteps(all, line.quantum);
    if (!isPositive(rest)) return true;
    if (book.indexOf(current).held.has(line.lineId)) return false;
    const { seen, places } = freeOf({ order: current, line }, context, book, left);
    if (compare(seen, rest) < 0) return false;
    left.claim({ order: current, line }, rest, places);
    return true;
  }
}

/** Why others are not asked for a line: they were before, to no avail, or the rest of its unit is not to be had. */
function whyNotAsked({ lineId }: OrderLine, refused: UnitOffers): Tried[] {
  const before = (refused.lines.get(lineId)?.tried ?? []).filter(({ offer }) => offer === "reallocate");
  return before.length > 0 ? before : [{ offer: "reallocate", code: "rest_is_missing" }];
}

function namingOthers(proposal: ReallocationProposal, _: number, all: readonly ReallocationProposal[]) {
  const together = all.flatMap(({ proposalId }) => (proposalId === proposal.proposalId ? [] : [proposalId]));
  return { ...proposal, together };
}

interface Replacement {
  readonly outcomes: readonly Outcome[];
  /** The order as it is then. */
  readonly order: Order;
  /** The line as it is then. */
  readonly line: OrderLine;
  /** What needs consent. */
  readonly proposals: readonly SubstituteProposal[];
  /** Why what is still short could not be replaced. */
  readonly codes: readonly string[];
}

/** Replaces what needs no consent, item by item, until one does, nothing is short, or nothing is left to offer. */
function replace(
  order: Order,
  line: OrderLine,
  { runId, reason }: OfferRun,
  left: GoodsLeft,
  context: DecideShortagesContext,
): Replacement {
  const { items } = context;
  const outcomes: Outcome[] = [];
  const { lineId } = line;
  const obstacles = [...replaceableIssues(order, line, lineId), ...heldBy(order, lineId)].map(({ code }) => code);
  const codes = items === undefined ? [...obstacles, "no_item_master"] : obstacles;
  if (items === undefined || codes.length > 0) return { outcomes, order, line, proposals: [], codes };
  let [current, rest] = [order, line];
  while (shortOf(rest) !== ZERO) {
    const id = { proposalId: `${runId}-${lineId}-S`, firstRank: outcomes.length + 1 };
    const { proposals } = rankSubstitutes(current, rest, id, {
      ...context,
      items,
      free: left.free,
      rulesOf: left.rulesOf,
    });
    const [best] = proposals;
    const ended = { outcomes, order: current, line: rest };
    if (best === undefined) return { ...ended, proposals: [], codes: ["none_offered"] };
    if (best.consentRequired) return { ...ended, proposals, codes: [] };
    // What is free by now, under the rules, is what was proposed: the stock given still has what others took before.
    const { stock: _, ...facts } = context;
    const result = applySubstitution(current, { proposal: best, reason }, { ...facts, items });
    if (!result.ok) return { ...ended, proposals: [], codes: result.issues.map(({ code }) => code) };
    outcomes.push(result.value);
    current = result.value.order;
    rest = current.lines.find((one) => one.lineId === lineId) as OrderLine;
    left.use(best.itemCode, best.quantity, current.header.customerClass);
  }
  return { outcomes, order: current, line: rest, proposals: [], codes: [] };
}
