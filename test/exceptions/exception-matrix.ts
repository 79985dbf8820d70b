import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder, type AmendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { Result } from "../../src/core/result.js";
import { recordDelivery, type SignedLine } from "../../src/fulfilment/record-delivery.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { indexMasters } from "../../src/model/masters.js";
import type { WrongGoods, WrongItemFoundAt } from "../../src/model/event.js";
import { ORDER_STATUSES, type Order, type OrderStatus } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import { anyContext, anyItem, anyStock } from "../../src/testing/index.js";
import { orderIn } from "../lifecycle/order-in.js";

const d = decimal;
const context = anyContext();
const lineId = "SO-1-1";
const source = { warehouseId: "NORTH" };
const stock = anyStock({}, { itemCode: "COFFEE", onHand: "5" });
const agreeing = {
  ...context,
  masters: indexMasters({ items: [anyItem()] }),
  addOn: { pickMinutes: 45 },
  pricing: { rounding: "halfUp" as const },
};
const wrongGoods = { itemCode: "COFFEE", source, quantity: d("1"), goods: "putBack" as const };

type Exception = (order: Order) => Result<Outcome>;

const amended = (command: Omit<AmendOrder, "reason">): Exception => {
  return (order) => amendOrder(order, { reason: "asked", ...command }, agreeing);
};
const counted = (quantity: string) => [
  { lineId, source, quantity: d(quantity), shortage: { reason: "not_found", stock: "writeOff" as const } },
];
const signed = (line: Omit<SignedLine, "lineId" | "accepted">, accepted: string): Exception => {
  return (order) =>
    recordDelivery(order, { lines: [{ lineId, accepted: d(accepted), ...line }] }, { ...context, stock });
};
const lost = (quantity: string): Exception => {
  return (order) => recordTransitLoss(order, { lines: [{ lineId, quantity: d(quantity), reason: "lost" }] }, context);
};
const wrong = (foundAt: WrongItemFoundAt, quantity: string, goods: WrongGoods = "putBack"): Exception => {
  const taken = { ...wrongGoods, goods, unitPrice: d("4") };
  const command = { foundAt, lineId, source, quantity: d(quantity), reason: "mix_up", consent: "MAIL-7", wrong: taken };
  const masters = indexMasters({ items: [anyItem({ itemCode: "COFFEE" })] });
  return (order) => recordWrongItem(order, command, { ...context, stock, masters });
};
const failed = (maxAttempts: number, quantity?: string): Exception => {
  const lines = quantity === undefined ? {} : { lines: [{ lineId, quantity: d(quantity) }] };
  const nextOn = calendarDay("2026-03-05");
  const command = { reason: "nobody", attempt: 1, goods: "inDepot" as const, nextOn, ...lines };
  return (order) =>
    recordDeliveryFailure(order, command, { ...context, maxAttempts, today: calendarDay("2026-03-02") });
};

/** Everything that can go wrong with an order of one line of ten pieces, as a whole and in part. */
export const EXCEPTIONS = {
  "cancel all": (order) => cancelOrder(order, { reason: "asked" }, context),
  "cancel 4": (order) => cancelOrder(order, { reason: "asked", lines: [{ lineId, quantity: d("4") }] }, context),
  "add 4 (add-on)": (order) => addToOrder(order, { lines: [{ lineId, quantity: d("4") }] }, agreeing),
  "amend: 14 pieces": amended({ lines: [{ lineId, quantity: d("14") }] }),
  "amend: 6 pieces": amended({ lines: [{ lineId, quantity: d("6") }] }),
  "amend: other address": amended({
    header: { shipToAddress: { street: "7 Quay", city: "Bremen", country: "DE" } },
  }),
  "amend: other price": amended({ lines: [{ lineId, unitPrice: d("3") }] }),
  "short at picking: all": (order) => recordPick(order, { counts: counted("0") }, context),
  "short at picking: 4": (order) => recordPick(order, { counts: counted("6") }, context),
  "short at loading: all": (order) => recordLoad(order, { counts: counted("0") }, context),
  "short at loading: 4": (order) => recordLoad(order, { counts: counted("6") }, context),
  "wrong item at loading: 4": wrong("load", "4"),
  "wrong item at delivery: 4": wrong("delivery", "4"),
  "wrong item after signing: 4, billed": wrong("afterSigning", "4", "bill"),
  "delivery fails, goods come back": failed(2),
  "delivery fails for 4 of them": failed(2, "4"),
  "delivery fails for the last time": failed(1),
  "lost on the way: all": lost("10"),
  "lost on the way: 4": lost("4"),
  "refused: all": signed({ refused: { quantity: d("10"), reason: "wet" } }, "0"),
  "refused: 4": signed({ refused: { quantity: d("4"), reason: "wet" } }, "6"),
  "short at delivery: 4": signed({ short: { quantity: d("4"), reason: "gone" } }, "6"),
  "over at delivery: 2, kept": signed({ over: { quantity: d("2"), reason: "extra", action: "keep", source } }, "10"),
} satisfies Readonly<Record<string, Exception>>;

/** Name of an exception. */
export type ExceptionName = keyof typeof EXCEPTIONS;

/** The codes with which each exception is refused in each status; none where it is granted. */
export function exceptionMatrix(): Readonly<Record<ExceptionName, Readonly<Record<OrderStatus, readonly string[]>>>> {
  const rows = Object.entries(EXCEPTIONS).map(([name, tried]: readonly [string, Exception]) => {
    const cells = ORDER_STATUSES.map((status) => {
      const result = tried(orderIn(status));
      return [status, result.ok ? [] : result.issues.map(({ code }) => code)] as const;
    });
    return [name, Object.fromEntries(cells)] as const;
  });
  return Object.fromEntries(rows) as unknown as ReturnType<typeof exceptionMatrix>;
}
