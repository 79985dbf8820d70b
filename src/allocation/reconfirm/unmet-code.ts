import type { ReconfirmStrategy } from "../../model/reconfirm-strategy.js";
import type { ReconfirmException } from "./reconfirm-policy.js";

/** The code of an exception, by the strategy whose promise was not kept. @internal */
export function unmetCode(strategy: ReconfirmStrategy): ReconfirmException["code"] {
  if (strategy === "win") return "win_unmet";
  return strategy === "skip" ? "skip_unmet" : "gain_unmet";
}
