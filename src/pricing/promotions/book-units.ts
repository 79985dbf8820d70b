import type { CartState } from "./cart-state.js";
import type { Proposal } from "./proposal.js";

/** Notes the units that an offer uses, or gives them back. */
export function bookUnits(state: CartState, { used }: Proposal, sign: 1 | -1): void {
  if (used === undefined) return;
  state.used ??= { bought: new Float64Array(state.count), got: new Float64Array(state.count) };
  for (const [k, units] of used.bought) state.used.bought[k] = (state.used.bought[k] ?? 0) + sign * units;
  for (const [k, units] of used.got) state.used.got[k] = (state.used.got[k] ?? 0) + sign * units;
}
