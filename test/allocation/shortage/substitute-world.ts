import { calendarDay } from "../../../src/core/calendar-day.js";
import { rational } from "../../../src/core/unit-conversion.js";
import type { Item, SubstituteItem } from "../../../src/model/item.js";
import { anyItem } from "../../../src/testing/index.js";

export const TODAY = calendarDay("2026-03-02");

/** An item that steps in, one for one, without consent and at its own price. */
export const by = (itemCode: string, more: Partial<SubstituteItem> = {}): SubstituteItem => ({
  itemCode,
  ratio: rational(1),
  priority: 1,
  consentRequired: false,
  ...more,
});

/** Items in pieces and in cases of twelve, with who steps in for each. */
export const master = (entries: Readonly<Record<string, readonly SubstituteItem[]>>): Map<string, Item> =>
  new Map(Object.entries(entries).map(([itemCode, substitutes]) => [itemCode, anyItem({ itemCode, substitutes })]));
