import type { Instant } from "../core/instant.js";

/** The hand that an order goes through. **Source:** mission 20.1, 20.9 */
export interface Actor {
  /** Function (department or role): `sales`, `orderDesk`, `warehouse` … */
  readonly function: string;
  /** Person, in the host's own id. */
  readonly person?: string;
}

/** What every decision is told: when it is taken, and by whom. */
export interface DecisionContext {
  /** Instant of the decision. */
  readonly at: Instant;
  /** When the work on it began; equal to `at` when absent. Feeds the trace of the order. */
  readonly startedAt?: Instant;
  /** Who decides. */
  readonly actor: Actor;
}
