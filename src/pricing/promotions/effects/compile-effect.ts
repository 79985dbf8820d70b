import type { PromotionEffect } from "../../../model/promotion/promotion-effect.js";
import type { EffectSetting, ProposeEffect } from "../proposal.js";
import { amountOff } from "./amount-off.js";
import { buyGet } from "./buy-get.js";
import { chargeOff } from "./charge-off.js";
import { fixedPrice } from "./fixed-price.js";
import { gift } from "./gift.js";
import { groups } from "./groups.js";
import { percentOff } from "./percent-off.js";
import { tiers } from "./tiers.js";

/** Finds the interpreter of an effect and hands it the definition. */
export function compileEffect(effect: PromotionEffect, setting: EffectSetting): ProposeEffect {
  switch (effect.kind) {
    case "percentOff":
      return percentOff(effect, setting);
    case "amountOff":
      return amountOff(effect, setting);
    case "fixedPrice":
      return fixedPrice(effect, setting);
    case "chargeOff":
      return chargeOff(effect, setting);
    case "tiers":
      return tiers(effect, setting);
    case "groups":
      return groups(effect, setting);
    case "buyGet":
      return buyGet(effect, setting);
    case "gift":
      return gift(effect, setting);
  }
}
