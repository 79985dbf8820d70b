/** What groups may give up, so that no cap is exceeded and no minimum broken. */
export interface GivingLimits {
  /** Units that may go over from groups in all: what is left of the receiver's cap. Absent for no bound. */
  readonly most?: bigint;
  /** What each group may give by itself, by its number; undefined for no bound. */
  readonly own: readonly (bigint | undefined)[];
  /** What groups that are bound may give beyond that, all together. */
  readonly beyond: bigint;
}

/** What is left to be given, as donors give. */
export interface GivingRoom {
  /** How much of some units a group may still give; all of them for who is of no group. */
  readonly most: (group: number | undefined, units: bigint) => bigint;
  /** Gives as much of some units as a group may, and tells how much that is. */
  readonly take: (group: number | undefined, units: bigint) => bigint;
}

/** Opens the room that limits leave. Whatever is taken first, the same can be given in all. */
export function givingRoom({ most: all, own, beyond }: GivingLimits = NO_LIMITS): GivingRoom {
  const ownLeft = [...own];
  let [left, beyondLeft] = [all, beyond];
  const most: GivingRoom["most"] = (group, units) => {
    if (group === undefined) return units;
    const free = ownLeft[group];
    const given = free === undefined ? units : least(units, free + beyondLeft);
    return left === undefined ? given : least(given, left);
  };
  return {
    most,
    take: (group, units) => {
      const given = most(group, units);
      if (group === undefined) return given;
      const free = ownLeft[group];
      if (free !== undefined) {
        const over = given > free ? given - free : 0n;
        ownLeft[group] = free - (given - over);
        beyondLeft -= over;
      }
      if (left !== undefined) left -= given;
      return given;
    },
  };
}

/** Units by group; those of no group stand under the number after the last. */
export type UnitsByGroup = bigint[];

/** Units of nobody. */
export function noUnits(limits: GivingLimits = NO_LIMITS): UnitsByGroup {
  return Array.from({ length: limits.own.length + 1 }, () => 0n);
}

/**
 * The most that can be given by who gives everything and who gives a part.
 *
 * @returns undefined when those who give everything may not
 */
export function coverOf(whole: UnitsByGroup, parts: UnitsByGroup, limits?: GivingLimits): bigint | undefined {
  const room = givingRoom(limits);
  const last = whole.length - 1;
  let cover = 0n;
  for (const [place, units] of whole.entries()) {
    if (room.take(place === last ? undefined : place, units) < units) return undefined;
    cover += units;
  }
  for (const [place, units] of parts.entries()) cover += room.take(place === last ? undefined : place, units);
  return cover;
}

const NO_LIMITS: GivingLimits = { own: [], beyond: 0n };

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
