import type { Arbitrary } from "fast-check";
import type { Operation } from "../../src/lifecycle/transition.js";
import type { Attempt, World } from "./answer.js";

/** An operation of the package and how to try it on a world. */
export interface RegisteredOperation {
  /** Name of the exported function. */
  readonly name: string;
  /** Operations of the transition table whose events it may write. */
  readonly writes: readonly (Operation | "enter")[];
  /** Whether an order that it refuses is left exactly as it was; runs through several steps keep what went well. */
  readonly isAllOrNothing: boolean;
  /** Calls of it that fit a world, legal and illegal ones. */
  readonly attemptsOn: (world: World) => Arbitrary<Attempt>;
}
