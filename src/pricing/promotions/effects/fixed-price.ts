import { openProposal, proposalOrNothing, type CompileEffect } from "../proposal.js";
import { exactNumber, priceOfSteps, proposeOff } from "../unit-amounts.js";

/** A price in place of a dearer one; see `FixedPrice`. */
export const fixedPrice: CompileEffect<"fixedPrice"> = (effect) => {
  const unitPrice = exactNumber(effect.unitPrice);
  return (run) => {
    const { state, base, lines } = run;
    const proposal = openProposal();
    for (const k of lines) {
      const steps = state.quantity[k] ?? 0;
      proposeOff(proposal, state, k, (base[k] ?? 0) - priceOfSteps(state, unitPrice, steps), steps);
    }
    return proposalOrNothing(proposal, run);
  };
};
