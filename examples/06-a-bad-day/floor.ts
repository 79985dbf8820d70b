import {
  addToOrder,
  allocateOrder,
  cancelOrder,
  decimal,
  fullCounts,
  planAddOn,
  planCancellation,
  recordLoad,
  recordPick,
  recordShipment,
  recordWrongItem,
} from "ordercycle";
import type { Books } from "./books.js";
import { ADD_ON, at, MASTERS, POLICY, TODAY } from "./world.js";

/** Everything gets its goods; nothing has gone wrong yet. */
export function morning({ order, orders, stock, store }: Books): void {
  for (const { orderNo } of orders()) {
    store(allocateOrder(order(orderNo), stock(), { ...at("08:00", "order desk"), policy: POLICY, today: TODAY }));
  }
}

/** Picks all that an order has allocated. */
export function pickAll({ order, store }: Books, orderNo: string): void {
  store(recordPick(order(orderNo), { counts: fullCounts(order(orderNo), "allocated") }, at("09:00", "picker")));
}

/** Sends off all that is picked. */
export function ship({ order, store }: Books, orderNo: string, shipmentNo: string): void {
  store(recordShipment(order(orderNo), { shipmentNo, what: "picked" }, at("10:00", "dispatch")));
}

/** Two of twenty are not in the bin. */
export function shortPick({ order, tell }: Books): void {
  const counts = fullCounts(order("SO-1"), "allocated").map((count) => ({
    ...count,
    quantity: decimal("18"),
    shortage: { reason: "not_found", stock: "writeOff" as const },
  }));
  tell("18 of 20 tea are in the bin", recordPick(order("SO-1"), { counts }, at("09:10", "picker")));
}

/** The count at the vehicle is one short. */
export function shortLoad(books: Books): void {
  const { order, tell } = books;
  pickAll(books, "SO-2");
  const counts = fullCounts(order("SO-2"), "picked").map((count) => ({
    ...count,
    quantity: decimal("9"),
    shortage: { reason: "fell_off", stock: "writeOff" as const },
  }));
  tell("9 of 10 coffee stand on the vehicle", recordLoad(order("SO-2"), { counts }, at("09:40", "loader")));
}

/** The customer of SO-5 wants four more. */
export function addOn(books: Books): void {
  const { order, stock, store, tell, tellRefusal } = books;
  const context = { ...at("11:00", "order desk"), masters: MASTERS, addOn: ADD_ON };
  const pricing = { rounding: "halfUp" as const };
  const request = { customerCode: "C-100", lines: [{ itemCode: "TEA", quantity: decimal("4") }] };
  const plan = planAddOn([order("SO-5")], request, context);
  if (plan.decision !== "join") throw new Error("There was time.");
  console.log(`  at 11:00 it may join ${plan.orderNo}; work: ${plan.work}`);
  tell("four more tea join", addToOrder(order("SO-5"), plan.command, { ...context, pricing }));
  const goods = allocateOrder(order("SO-5"), stock(), { ...at("11:05", "order desk"), policy: POLICY, today: TODAY });
  store(goods);
  pickAll(books, "SO-5");
  const late = { ...at("14:30", "order desk"), masters: MASTERS, addOn: ADD_ON, pricing };
  tellRefusal("the same again, half an hour before the vehicle leaves", addToOrder(order("SO-5"), plan.command, late));
}

/** Everything is picked, and the customer does not want it any more. */
export function cancelPicked(books: Books): void {
  const { order, tell, tellRefusal } = books;
  pickAll(books, "SO-6");
  const costs = { picked: { perLine: decimal("1.50"), perUnit: decimal("0.10") } };
  const plan = planCancellation(order("SO-6"), { reason: "shop_closed" }, costs);
  if (plan.ok) console.log(`  work that is lost: ${plan.value.sunkCost} EUR`);
  const context = { ...at("11:30", "order desk"), consentFrom: "picked" as const };
  tellRefusal("without a word", cancelOrder(order("SO-6"), { reason: "shop_closed" }, context));
  const command = { reason: "shop_closed", consent: "MAIL-77" };
  const { movements } = tell("agreed by mail", cancelOrder(order("SO-6"), command, context));
  for (const { kind, itemCode, quantity, binId } of movements)
    console.log(`    ${kind} ${quantity} ${itemCode} into ${binId ?? ""}`);
}

/** At the vehicle, three of the nine tea turn out to be coffee. */
export function wrongItem(books: Books): void {
  const { order, stock, tell } = books;
  pickAll(books, "SO-8");
  const [count] = fullCounts(order("SO-8"), "picked");
  if (count === undefined) throw new Error("Nothing is picked.");
  const wrong = {
    itemCode: "COFFEE",
    source: { warehouseId: "NORTH", binId: "C-3" },
    quantity: decimal("3"),
    goods: "putBack" as const,
  };
  const found = {
    foundAt: "load" as const,
    lineId: "SO-8-1",
    source: count.source,
    quantity: decimal("3"),
    reason: "mix_up",
    wrong,
  };
  tell("3 of 9 are coffee", recordWrongItem(order("SO-8"), found, { ...at("12:00", "loader"), stock: stock() }));
}
