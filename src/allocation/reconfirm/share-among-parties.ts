import type { CountedClaim } from "../fair-share/exact-shares.js";
import { shareUnits } from "../fair-share/share-units.js";
import { groupedBy } from "../../core/grouped-by.js";
import type { Party, UnitDemand, UnitSharing } from "./confirm-units.js";

/**
 * Shares what is left among demands by a rule.
 *
 * **Rules**
 * 1. Items are shared out one by one, with what demands have that is firm: that is a part of their share. Whoever has more than
 *    its share that is firm keeps that and gets no more; the others share the rest anew.
 * 2. A group whose shares are not all it asks for gives up all of them, and they are shared out anew, until nothing
 *    changes; of several such groups the half that is served last gives up first.
 * 3. Groups that gave up get all they ask for after all, in order, where that is still left then.
 *
 * @param parties demands, in order; groups come together or not at all
 * @param demands all demands
 * @param state what each has, and what is left of each item
 * @param sharing rule
 * @returns units that are given by place, beyond what is firm
 * @internal
 */
export function shareAmongParties(
  parties: readonly Party[],
  demands: readonly UnitDemand[],
  state: { readonly after: readonly bigint[]; readonly left: readonly bigint[] },
  sharing: UnitSharing,
): Map<number, bigint> {
  const firm = parties.filter(({ places }) => places.some((place) => state.after[place]! > 0n));
  const beyond = new Set<Party>();
  for (;;) {
    const sharers = parties.filter((party) => !beyond.has(party));
    const pools = [...state.left];
    for (const place of sharers.flatMap(({ places }) => places)) pools[demands[place]!.item]! += state.after[place]!;
    const parts = sharesOf(sharers, demands, { pools, firm: state.after }, sharing);
    const isBeyond = (party: Party): boolean =>
      !beyond.has(party) && party.places.some((place) => (parts.get(place) ?? 0n) < state.after[place]!);
    const more = firm.filter(isBeyond);
    if (more.length === 0) return new Map([...parts].map(([place, units]) => [place, stepsBeyond(place, units)]));
    for (const party of more) beyond.add(party);
  }

  /** What a demand gets beyond what is firm: whole steps of its own, counted from that. */
  function stepsBeyond(place: number, units: bigint): bigint {
    const more = units - state.after[place]!;
    return state.after[place] === 0n ? more : more - (more % demands[place]!.quantum);
  }
}

/** Shares of parties in what there is of each item. */
function sharesOf(
  parties: readonly Party[],
  demands: readonly UnitDemand[],
  { pools, firm }: { readonly pools: readonly bigint[]; readonly firm: readonly bigint[] },
  sharing: UnitSharing,
): Map<number, bigint> {
  const claimOf = (place: number, isWhole: boolean): CountedClaim => {
    const { requested, quantum } = demands[place]!;
    // The rule's steps are for parts: who takes all or nothing takes what is beyond them too.
    const step = quantum > 1n || isWhole ? quantum : sharing.quantum;
    const kept = firm[place]!;
    if (isWhole && kept > 0n) {
      // All of it are whole steps beyond what is firm, which may be a part of one.
      const all = requested - ((requested - kept) % step);
      return { requested: all, quantum: 1n, minimum: all, weight: 1n, tier: 0, quota: undefined };
    }
    const minimum = isWhole ? requested - (requested % step) : 0n;
    return { requested, quantum: step, minimum, weight: 1n, tier: 0, quota: undefined };
  };
  const claims = new Map(
    parties.flatMap((party) => party.places.map((place) => [place, claimOf(place, party.isWhole)])),
  );
  const groups = parties.filter(({ places }) => places.length > 1);
  const out = new Set<Party>();
  const parts = new Map<number, bigint>();
  for (;;) {
    const places = parties.flatMap((party) => (out.has(party) ? [] : party.places));
    for (const [item, own] of groupedBy(places, (place) => demands[place]!.item)) {
      const shares = shareUnits(
        own.map((place) => claims.get(place)!),
        pools[item]!,
        sharing.rule,
      );
      for (const [index, place] of own.entries()) parts.set(place, shares.parts[index]!);
    }
    const broken = groups.filter((group) => !out.has(group) && isBroken(group));
    if (broken.length === 0) break;
    for (const group of broken.slice(Math.floor(broken.length / 2))) {
      out.add(group);
      for (const place of group.places) parts.delete(place);
    }
  }
  const left = [...pools];
  for (const [place, units] of parts) left[demands[place]!.item]! -= units;
  for (const group of groups) offerAgain(group);
  return parts;

  function lackOf(place: number): bigint {
    return claims.get(place)!.minimum - (parts.get(place) ?? 0n);
  }

  /** Whether a group has shares for some of its members alone. */
  function isBroken({ places }: Party): boolean {
    return places.some((place) => lackOf(place) > 0n) && places.some((place) => (parts.get(place) ?? 0n) > 0n);
  }

  function offerAgain({ places }: Party): void {
    const needs = new Map<number, bigint>();
    for (const place of places) {
      const { item } = demands[place]!;
      needs.set(item, (needs.get(item) ?? 0n) + lackOf(place));
    }
    if (![...needs].every(([item, units]) => units <= left[item]!)) return;
    for (const place of places) {
      const more = lackOf(place);
      parts.set(place, (parts.get(place) ?? 0n) + more);
      left[demands[place]!.item]! -= more;
    }
  }
}
