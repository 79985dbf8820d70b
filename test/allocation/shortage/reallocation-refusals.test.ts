import { expect, it } from "vitest";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import { undoReallocation } from "../../../src/allocation/shortage/undo-reallocation.js";
import { allConsents, CONTEXT, orderOf, proposed } from "./reallocation-world.js";

// Mission 9.14; definition B6.
const winner = orderOf("SO-1", "A", { quantities: { backfill: "6", delivered: "4" } });
const donor = orderOf("SO-2", "B", { quantities: { allocated: "8" } });
const proposal = proposed([winner, donor]);
const proposalId = "RP-SO-1";

it("a transfer from a line of another item is no proposal", () => {
  const other = { ...donor, lines: donor.lines.map((line) => ({ ...line, itemCode: "SALT" })) };
  const { refused } = applyReallocation([winner, other], proposal, allConsents(proposal), CONTEXT);
  expect(refused[0]?.issues).toEqual([
    { code: "reallocate.not_a_proposal", path: ["transfers", 0], params: { proposalId } },
  ]);
});

it("a transfer is not undone without one of its orders", () => {
  const done = applyReallocation([winner, donor], proposal, allConsents(proposal), CONTEXT);
  const { refused } = undoReallocation(done.orders.slice(0, 1), { proposalId, events: done.events }, CONTEXT);
  expect(refused[0]?.issues).toEqual([
    { code: "reallocate.unknown_line", path: ["orders"], params: { orderNo: "SO-2", lineId: "SO-2-1" } },
  ]);
});
