import type { Issue } from "../core/issue.js";

/** A soft finding of a review: an issue with its weight. An error sends the order back, a warning does not. */
export interface Finding extends Issue {
  /** Weight. */
  readonly severity: "error" | "warning";
}
