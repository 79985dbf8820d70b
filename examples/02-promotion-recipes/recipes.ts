// The catalogue: one file a theme.

import { AMOUNTS } from "./recipes-amounts.js";
import { CONDITIONS } from "./recipes-conditions.js";
import { GIFTS } from "./recipes-gifts.js";
import { STEPS } from "./recipes-steps.js";
import { TOGETHER } from "./recipes-together.js";
import type { Recipe } from "./shop.js";

export const RECIPES: readonly Recipe[] = [...AMOUNTS, ...STEPS, ...GIFTS, ...CONDITIONS, ...TOGETHER];
