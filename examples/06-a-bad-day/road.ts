import { decimal, recordDelivery, recordDeliveryFailure, recordTransitLoss, recordWrongItem } from "ordercycle";
import type { Books } from "./books.js";
import { pickAll, ship } from "./floor.js";
import { at, MASTERS, TODAY, TOMORROW } from "./world.js";

/** Nobody is at home; the goods come back and leave again. */
export function failedDelivery(books: Books): void {
  const { order, tell } = books;
  pickAll(books, "SO-3");
  ship(books, "SO-3", "SH-3");
  const failure = { reason: "nobody_home", attempt: 1, goods: "inDepot" as const, nextOn: TOMORROW };
  tell(
    "nobody opens",
    recordDeliveryFailure(order("SO-3"), failure, { ...at("16:00", "driver"), maxAttempts: 2, today: TODAY }),
  );
  ship(books, "SO-3", "SH-9");
  tell("the second attempt", recordDelivery(order("SO-3"), { receivedBy: "M. Rossi" }, at("17:00", "driver")));
}

/** Two of six are refused, one of them is not even there. */
export function refusal(books: Books): void {
  const { order, tell } = books;
  pickAll(books, "SO-4");
  ship(books, "SO-4", "SH-4");
  const signed = {
    lineId: "SO-4-1",
    accepted: decimal("3"),
    refused: { quantity: decimal("2"), reason: "box_wet", stock: "writeOff" as const },
    short: { quantity: decimal("1"), reason: "not_on_vehicle" },
  };
  tell(
    "of 6 tea, 3 are accepted, 2 refused, 1 is missing",
    recordDelivery(order("SO-4"), { receivedBy: "J. Lee", lines: [signed] }, at("16:20", "driver")),
  );
}

/** The parcel never arrives. */
export function lostParcel(books: Books): void {
  const { order, tell } = books;
  pickAll(books, "SO-7");
  ship(books, "SO-7", "SH-7");
  const lines = [{ lineId: "SO-7-1", quantity: decimal("4"), reason: "lost" }];
  tell(
    "the carrier cannot find it",
    recordTransitLoss(order("SO-7"), { carrier: "NORTHWAY", lines }, at("17:30", "transport")),
  );
}

/** In the evening, two of the twelve tea that were signed for turn out to be coffee; the customer keeps and pays them. */
export function wrongAfterSigning({ order, stock, tell }: Books): void {
  const [line] = order("SO-3").lines;
  const [source] = line?.reservations ?? [];
  if (line === undefined || source === undefined) throw new Error("Nothing was delivered.");
  const found = {
    foundAt: "afterSigning" as const,
    lineId: line.lineId,
    source,
    quantity: decimal("2"),
    reason: "mix_up",
    consent: "MAIL-91",
    wrong: {
      itemCode: "COFFEE",
      source: { warehouseId: "NORTH", binId: "C-3" },
      quantity: decimal("2"),
      goods: "bill" as const,
    },
  };
  const context = { ...at("18:30", "order desk"), stock: stock(), masters: MASTERS };
  const before = order("SO-3").totals?.payable;
  const { order: after } = tell("2 of 12 were coffee, and stay", recordWrongItem(order("SO-3"), found, context));
  console.log(`    to pay, before and after: ${before ?? "–"}, ${after.totals?.payable ?? "–"}`);
}
