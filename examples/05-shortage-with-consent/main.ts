// Two customers, one pallet: a proposal, a consent, the transfer, the way back, another item instead, and who is told.

import {
  allocateBatch,
  applyMovements,
  applyReallocation,
  applySubstitution,
  decideShortages,
  undoReallocation,
  type Consent,
} from "ordercycle";
import { printOrders, printRefusal, printTold } from "./print.js";
import { CAFE, DESK, HOSPITAL, ITEMS, POLICY, STOCK, SUPPLIES, TODAY, unitPriceOf } from "./world.js";

// Yesterday the café got the pallet. This morning nothing is left for the hospital.
const allocation = {
  ...DESK,
  policy: { priority: POLICY.priority, sourcing: POLICY.sourcing, lots: "fifo" as const },
  today: TODAY,
};
const yesterday = allocateBatch([CAFE], STOCK, allocation);
const stock = applyMovements(STOCK, yesterday.movements);
const morning = allocateBatch([HOSPITAL], stock, allocation);
const orders = [...yesterday.orders, ...morning.orders];
printOrders("After the allocation", orders);

// The hospital's line offers re-allocation, so somebody is asked before its policy is all that is left.
const { reallocations, decisions } = decideShortages(
  orders,
  { runId: "RUN-7", reason: "short", price: "keep" },
  { ...DESK, policy: POLICY, stock, today: TODAY, supplies: SUPPLIES },
);
console.log("\nDecided");
for (const { lineId, short, code } of decisions) console.log(`  ${lineId}: ${short} short, ${code}`);
const [proposal] = reallocations;
if (proposal === undefined) throw new Error("no proposal");
console.log(
  `\nProposal ${proposal.proposalId}: ${proposal.quantity} of ${proposal.itemCode} for ${proposal.winner.orderNo}`,
);
for (const { victim, customerCode, quantity, harm, newDay } of proposal.transfers)
  console.log(
    `  ${customerCode} would give ${quantity} of ${victim.lineId} (harm ${harm}) and have it on ${newDay ?? "?"}`,
  );

// Nobody has agreed yet: nothing moves.
printRefusal("Without consent", applyReallocation(orders, proposal, [], DESK));

// A consent to something else is no consent.
const consent: Consent = {
  customerCode: "C-CAFE",
  subject: proposal.proposalId,
  agreedBy: "Ms Wu",
  agreedAt: DESK.at,
  reference: "MAIL-7",
  compensation: { note: "free delivery next week" },
};
printRefusal(
  "With a consent to another proposal",
  applyReallocation(orders, proposal, [{ ...consent, subject: "RUN-6-SO-2-1" }], DESK),
);

const done = applyReallocation(orders, proposal, [consent], DESK);
printOrders("With Ms Wu's consent", done.orders);
printTold(done);
for (const { victim, winner, quantity, consent: reference, customerToldAt } of done.displacements)
  console.log(
    `  ledger: ${victim.lineId} set back by ${quantity} for ${winner.lineId}, ${reference ?? ""}, told ${customerToldAt ?? "never"}`,
  );

// The hospital found tea elsewhere: every line has what it had, and stock never noticed.
const back = undoReallocation(done.orders, { proposalId: proposal.proposalId, events: done.events }, DESK);
printOrders("Undone", back.orders);
printTold(back);
const after = applyMovements(stock, [...done.movements, ...back.movements]);
console.log(`  stock is what it was: ${JSON.stringify(after) === JSON.stringify(stock) ? "yes" : "no"}`);

// The café will not be asked again, so the hospital is offered what its line names next: another item.
const again = decideShortages(
  back.orders,
  { runId: "RUN-8", reason: "short", price: "keep", turnedDown: [{ lineId: "SO-2-1", offer: "reallocate" }] },
  { ...DESK, policy: POLICY, stock: after, today: TODAY, supplies: SUPPLIES, items: ITEMS, unitPriceOf },
);
const [offer] = again.substitutions;
if (offer === undefined) throw new Error("no substitute");
console.log(`\nProposal ${offer.proposalId}`);
console.log(`  ${offer.quantity} of ${offer.itemCode} for ${offer.replaces} of TEA; ${offer.stillShort} stay short`);
console.log(
  `  ${offer.unitPrice ?? "?"} each: ${offer.unitPriceDifference ?? "?"} for one of tea, ${offer.priceDifference ?? "?"} in all`,
);

const yes: Consent = { ...consent, customerCode: "C-HOSPITAL", subject: offer.proposalId, reference: "MAIL-8" };
const instead = applySubstitution(
  again.orders[1]!,
  { proposal: offer, reason: "short", consents: [yes] },
  { ...DESK, items: ITEMS },
);
if (!instead.ok) throw new Error(JSON.stringify(instead.issues));
const { order, requests } = instead.value;
for (const { lineId, itemCode, quantities, substituteFor } of order.lines)
  console.log(
    `  ${lineId} ${itemCode}: ${quantities.open} open, ${quantities.backfill} back-fill, ${quantities.cancelled} cancelled` +
      (substituteFor === undefined ? "" : `, in place of ${substituteFor.quantity} of ${substituteFor.lineId}`),
  );
for (const { type } of requests) console.log(`  asked of the host: ${type}`);
