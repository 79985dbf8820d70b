import type { AddToOrderContext } from "../../src/exceptions/add-to-order.js";
import type { AmendOrderContext } from "../../src/exceptions/amend-order.js";
import { indexMasters } from "../../src/model/masters.js";
import { anyContext } from "../../src/testing/index.js";

/** What amending and adding need, where no master file is asked. */
export const amending = {
  ...anyContext(),
  masters: indexMasters({}),
  addOn: { pickMinutes: 45 },
  pricing: { rounding: "halfUp" },
} satisfies AmendOrderContext & AddToOrderContext;
