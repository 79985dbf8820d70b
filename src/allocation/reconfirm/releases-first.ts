import type { StockMovement } from "../../model/movement.js";

/** Movements with those that give back in front: what one order takes may be what another has given back. @internal */
export function releasesFirst(movements: readonly StockMovement[]): StockMovement[] {
  return [...movements.filter(({ kind }) => kind === "release"), ...movements.filter(({ kind }) => kind !== "release")];
}
