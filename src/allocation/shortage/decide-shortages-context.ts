import type { DecisionContext } from "../../model/actor.js";
import type { ShortageOffer } from "../../model/customer.js";
import type { ItemCode, LineId } from "../../model/ids.js";
import type { Item } from "../../model/item.js";
import type { HearProgress } from "../allocation-progress.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";
import type { OwnPriceOf } from "./substitute-proposal.js";

/** An offer that was made to the customer of a line, or to those who were to give, and turned down. */
export interface TurnedDownOffer {
  /** Line for which it was made. */
  readonly lineId: LineId;
  /** What was offered. */
  readonly offer: ShortageOffer;
}

/** What deciding on shortages rests on: who may be asked, stock, supply, and which items step in for which. */
export interface DecideShortagesContext extends DecisionContext, Omit<ProposeReallocationContext, "at"> {
  /** Item master by code; no other item is offered without it. */
  readonly items?: ReadonlyMap<ItemCode, Item>;
  /** Hears how far the run has come: `plan` while offers are tried, `apply` while orders follow their policies. */
  readonly onProgress?: HearProgress;
  /** What an item costs a customer by itself. */
  readonly unitPriceOf?: OwnPriceOf;
}
