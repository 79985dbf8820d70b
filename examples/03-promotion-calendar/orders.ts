// How orders come in: the shop's master files, and the way from a draft to a confirmed order with its promotions.

import {
  decimal,
  indexMasters,
  localDay,
  sum,
  takeInOrders,
  ZERO,
  type BatchOutcome,
  type DecisionContext,
  type Instant,
  type Order,
  type PricePolicy,
} from "ordercycle";
import { parseCustomer, parseItem, parseOrderDraft, parsePriceEntry } from "ordercycle/schema";
import { money, row, rowOf } from "./print-cart.js";
import { GOODS, lines, must, ZONE } from "./shop.js";
import { compiled } from "./year.js";

const CUSTOMERS = ["Ada Kern", "Bruno Lutz", "Cem Aydin", "Dora Voss"].map((name, place) => ({
  customerCode: `C-${place + 11}`,
  name,
  shipToAddress: { street: `${place + 1} Kastanienallee`, city: "Berlin", postalCode: "10435", country: "DE" },
  deliveryAreaPath: ["berlin"],
  customerClass: "B",
  currency: "EUR",
}));

export const masters = indexMasters({
  customers: CUSTOMERS.map((one) => must(parseCustomer(one))),
  items: GOODS.map(({ itemCode, name, categories, tags }) =>
    must(parseItem({ itemCode, name, baseUom: "EA", categories: [...categories], tags: [...tags] })),
  ),
  prices: GOODS.map(({ itemCode, price }) =>
    must(parsePriceEntry({ itemCode, uom: "EA", currency: "EUR", unitPrice: price })),
  ),
});
export const policy: PricePolicy = { rounding: "halfUp", givenPrice: "replace" };
/** The web shop at work at an instant: the example has no clock. */
export const hand = (at: Instant): DecisionContext => ({
  at,
  startedAt: at,
  actor: { function: "web shop", person: "system" },
});

/** What a customer sends. */
export interface Placed {
  readonly orderNo: string;
  readonly customerCode: string;
  readonly at: Instant;
  readonly goods: readonly string[];
}

/** Enters, prices and confirms orders; each at the instant at which it was received. */
export function takeIn(placed: readonly Placed[]): BatchOutcome {
  const drafts = placed.map(({ orderNo, customerCode, at, goods }) => {
    const wanted = lines(goods).map(({ itemCode, quantity }) => ({ itemCode, quantity }));
    const [receivedAt, orderDate] = [at, localDay(at, ZONE)];
    return must(parseOrderDraft({ orderNo, customerCode, receivedAt, orderDate, lines: wanted }));
  });
  const receipt = new Map(placed.map(({ orderNo, at }) => [orderNo, at]));
  const outcome = takeInOrders(drafts, {
    handFor: (_, orderNo) => hand(receipt.get(orderNo) as Instant),
    masters,
    review: { requiredFields: [], priceTolerancePercent: decimal("0"), severities: {}, onError: "returnForCorrection" },
    price: policy,
    promotions: { compiled },
    today: localDay((placed[0] as Placed).at, ZONE),
  });
  if (outcome.refused.length > 0) throw new Error(JSON.stringify(outcome.refused));
  return outcome;
}

/** The lines of an order, and what is to be paid; the two must agree. */
export function printOrder(order: Order, title: string): void {
  console.log(`  ${order.orderNo}, ${title}`);
  const { lines: ordered, totals } = order;
  for (const { itemCode, orderedQty, unitPrice = ZERO, adjustments = [], lineAmount } of ordered) {
    const before = sum([lineAmount, ...adjustments.map(({ amount }) => amount)]);
    console.log(row(`${orderedQty.padStart(3)} ${itemCode.padEnd(9)} at ${money(unitPrice)}`, before, adjustments));
  }
  const due = sum(ordered.map(({ lineAmount }) => lineAmount));
  if (totals?.payable !== due)
    throw new Error(`The lines come to ${due}, the order to ${totals?.payable ?? "nothing"}.`);
  console.log(rowOf("    to pay", totals.gross, totals.allowances));
}
