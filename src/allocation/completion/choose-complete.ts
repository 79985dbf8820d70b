import { groupsSharing } from "../partition-batch.js";
import type { Contest } from "./completion-contest.js";
import { chooseIn } from "./completion-search.js";

/** Which orders are served. */
export interface CompleteChoice {
  /** Positions of the orders. */
  readonly taken: ReadonlySet<number>;
  /** What they are worth. */
  readonly reached: number;
  /** No choice is worth more. */
  readonly bound: number;
  /** Steps that were needed. */
  readonly steps: number;
  /** Whether it is proven in every group that no choice is worth more. */
  readonly optimal: boolean;
}

/** Decides orders that share nothing scarce apart, small groups first; steps that one group leaves, the next may use. */
export function chooseComplete(contest: Contest, budget: number): CompleteChoice {
  const groups = groupsSharing(contest.scarce.map((uses) => (uses ?? []).map(({ pool }) => pool)));
  groups.sort((a, b) => a.length - b.length || a[0]! - b[0]!);
  const taken = new Set<number>();
  let [reached, bound, steps, optimal] = [0, 0, 0, true];
  for (const [place, members] of groups.entries()) {
    const able = members.filter((order) => contest.scarce[order] !== undefined);
    const choice = chooseIn(contest, able, Math.floor((budget - steps) / (groups.length - place)));
    for (const order of choice.taken) taken.add(order);
    reached += choice.reached;
    bound += choice.bound;
    steps += choice.steps;
    optimal &&= choice.bound === choice.reached;
  }
  return { taken, reached, bound, steps, optimal };
}
