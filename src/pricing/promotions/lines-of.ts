import type { ItemCode } from "../../model/ids.js";
import { everyLineOf, type CartState } from "./cart-state.js";
import type { CartLine } from "./promotion-cart.js";
import type { CompiledSelector } from "./selector.js";

const NO_LINES: readonly number[] = [];

/** Lines that a selector means, by asking each. */
export function linesOf(
  state: CartState,
  selector: CompiledSelector | undefined,
  couponItems: ReadonlySet<ItemCode> | undefined,
): readonly number[] {
  if (selector === undefined) return NO_LINES;
  if (selector.isEvery) return everyLineOf(state);
  const { cart, count } = state;
  const lines: number[] = [];
  for (let k = 0; k < count; k += 1) {
    if (selector.test(cart.lines[k] as CartLine, couponItems)) lines.push(k);
  }
  return lines;
}
