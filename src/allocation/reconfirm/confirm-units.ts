import { groupedBy } from "../../core/grouped-by.js";
import type { FairShareRule } from "../fair-share/fair-share-rules.js";
import { consumeFor, groupLimit, within, type SupplyStanding } from "../../model/supply-standing.js";
import type { ReconfirmStrategy } from "../../model/reconfirm-strategy.js";
import { shareAmongParties } from "./share-among-parties.js";

/** A demand in whole units. @internal */
export interface UnitDemand {
  /** Place of its item among the pools. */
  readonly item: number;
  /** What it asks for. */
  readonly requested: bigint;
  /** What it has. */
  readonly confirmed: bigint;
  /** What it had before some of it turned out not to be there; as much as it has, or more. */
  readonly had: bigint;
  /** What of what it has may not be taken away. */
  readonly firm: bigint;
  /** What may be done with the rest. */
  readonly strategy: ReconfirmStrategy;
  /** Group of its customer; undefined for a customer of no group. */
  readonly customerGroup: string | undefined;
  /** Smallest step, above zero. */
  readonly quantum: bigint;
  /** Whether it takes all or nothing. */
  readonly isWhole: boolean;
  /** Demands with the same number come together or not at all; undefined for one by itself. */
  readonly group: number | undefined;
}

/** How demands of strategy `redistribute` share; undefined for one after the other. @internal */
export interface UnitSharing {
  /** Rule. */
  readonly rule: FairShareRule;
  /** Step of demands that have none of their own. */
  readonly quantum: bigint;
}

/** Demands that are decided as one, by their places. @internal */
export interface Party {
  /** Places. */
  readonly places: readonly number[];
  /** Whether they come in full or not at all. */
  readonly isWhole: boolean;
}

/** What a run gives. @internal */
interface ConfirmedUnits {
  /** What each demand has after it. */
  readonly after: readonly bigint[];
  /** What each demand lacks of what its strategy promises; zero for most. */
  readonly unmet: readonly bigint[];
}

/**
 * Re-confirms demands.
 *
 * **Rules** (numbered as the steps of the definition, from 0)
 * 0. `skip` keeps what it has, and gets what it had beyond that; all keep what is firm; `lose` gives up the rest.
 * 1. `win` gets what it asks for, in order.
 * 2. `gain` keeps what it has, in order.
 * 3. `gain` gets what it asks for beyond that, in order.
 * 4. `improve` keeps what it has, in order, and then gets what it asks for beyond that, in order.
 * 5. `redistribute` gets what is left, in order or by a rule for sharing.
 * 6. `fill` keeps what it has as far as there is anything left, in order.
 *
 * Whoever keeps what it has gets what it had beyond that too, where goods turned out not to be there: after all of its
 * strategy have kept what is there. Members of a group keep all that they had or nothing.
 *
 * Caps and protected minimums come before the steps: nothing is given beyond the cap of the demand's customer group or of
 * what is kept for others. What is firm or skipped stays all the same, and `lose` gives up all the same.
 *
 * A group stands where its first member does: all of its members keep what they have or none does, all get what they ask
 * for or none gets more.
 *
 * @param demands in the order of service, members of a group with one strategy
 * @param pools what there is of each item, what the demands have of it included
 * @param sharing rule for step 5
 * @param standings how customer groups stand with each item, what the demands have counted; undefined without rules
 * @returns what each has after the run. n log n; with a rule for sharing, for each round in which groups give up.
 * @internal
 */
export function confirmUnits(
  demands: readonly UnitDemand[],
  pools: readonly bigint[],
  sharing: UnitSharing | undefined,
  standings: readonly (SupplyStanding | undefined)[],
): ConfirmedUnits {
  const after = demands.map(() => 0n);
  const unmet = demands.map(() => 0n);
  const left = [...pools];
  const parties = partiesOf(demands);
  const withStrategy = (strategy: ReconfirmStrategy): Party[] =>
    parties.filter(({ places }) => demands[places[0]!]!.strategy === strategy);
  const give = (place: number, units: bigint): void => {
    const { item, customerGroup } = demands[place]!;
    after[place]! += units;
    left[item]! -= units;
    count(item, customerGroup, units);
  };
  const count = (item: number, group: string | undefined, units: bigint): void => {
    const standing = standings[item];
    if (standing !== undefined) consumeFor(standing, group, units);
  };
  /** What is left for a demand: not what is kept for other groups, nor beyond the cap of its own. */
  const roomFor = (place: number): bigint => {
    const { item, customerGroup } = demands[place]!;
    const standing = standings[item];
    return standing === undefined ? left[item]! : within(groupLimit(standing, customerGroup), left[item]!);
  };
  /** Gives all members what they lack, or as many steps of it as there are where a part will do; says whether it was all. */
  const giveUpTo = ({ places, isWhole }: Party, lackOf: (place: number) => bigint): boolean => {
    const lacks = places.map(lackOf);
    const given = places.findIndex((place, index) => {
      if (lacks[index]! > roomFor(place)) return true;
      give(place, lacks[index]!);
      return false;
    });
    if (given < 0) return true;
    for (const [index, place] of places.slice(0, given).entries()) give(place, -lacks[index]!);
    if (isWhole) return false;
    const place = places[0]!;
    const { confirmed, quantum } = demands[place]!;
    const room = roomFor(place);
    const kept = greater(confirmed - after[place]!, 0n);
    give(place, room < kept ? room - (room % quantum) : room - ((room - kept) % quantum));
    return false;
  };
  const upTo = (party: Party, most: (demand: UnitDemand) => bigint): boolean =>
    giveUpTo(party, (place) => greater(most(demands[place]!) - after[place]!, 0n));
  const hasLost = ({ places }: Party): boolean =>
    places.some((place) => demands[place]!.had > demands[place]!.confirmed);
  /** Lets all keep what is there, and then gives them what they had beyond that. */
  const keepAll = (all: readonly Party[]): void => {
    for (const party of all) if (!(party.isWhole && hasLost(party))) upTo(party, ({ confirmed }) => confirmed);
    for (const party of all) if (hasLost(party)) upTo(party, ({ had }) => had);
  };
  // Steps are counted from what it has: of a step that was picked in part, or reserved elsewhere, the rest is no loss.
  const topUp = (party: Party): void => {
    const stepsFrom = (startOf: (demand: UnitDemand) => bigint): boolean =>
      giveUpTo(party, (place) => {
        const demand = demands[place]!;
        const { requested, quantum } = demand;
        return requested - after[place]! - ((requested - greater(startOf(demand), after[place]!)) % quantum);
      });
    if (!stepsFrom(({ confirmed }) => confirmed) && party.isWhole) stepsFrom(() => 0n);
  };

  // Whatever is decided anew counts as given back first, so that a group's minimum is kept with what it has of it.
  for (const { item, customerGroup, had } of demands) count(item, customerGroup, -had);
  for (const [place, { strategy, confirmed, firm }] of demands.entries()) {
    give(place, strategy === "skip" ? confirmed : firm);
  }
  const skipping = withStrategy("skip").filter(hasLost);
  // Members that stay as they are have theirs already, and are not made to give it up for one whose goods are gone.
  for (const { places } of skipping) {
    for (const place of places) {
      upTo({ places: [place], isWhole: false }, ({ had }) => had);
      unmet[place] = demands[place]!.had - after[place]!;
    }
  }
  for (const party of withStrategy("win")) {
    topUp(party);
    for (const place of party.places) {
      const { requested, confirmed, quantum } = demands[place]!;
      const missing = requested - after[place]!;
      if (missing >= quantum || after[place]! < confirmed) unmet[place] = missing;
    }
  }
  keepAll(withStrategy("gain"));
  for (const { places } of withStrategy("gain")) {
    for (const place of places) unmet[place] = greater(demands[place]!.had - after[place]!, 0n);
  }
  withStrategy("gain").forEach(topUp);
  keepAll(withStrategy("improve"));
  withStrategy("improve").forEach(topUp);
  const sharers = withStrategy("redistribute");
  if (sharing === undefined) sharers.forEach(topUp);
  else {
    const shares = shareAmongParties(sharers, demands, { after, left }, sharing);
    for (const party of sharers) giveUpTo(party, (place) => shares.get(place) ?? 0n);
  }
  keepAll(withStrategy("fill"));
  return { after, unmet };
}

const greater = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Demands that are decided as one, those that are served first in front. */
function partiesOf(demands: readonly UnitDemand[]): Party[] {
  const groups = groupedBy([...demands.keys()], (place) => demands[place]!.group ?? `${place}`);
  return [...groups].map(([group, places]) => ({
    places,
    isWhole: typeof group === "number" || demands[places[0]]!.isWhole,
  }));
}
