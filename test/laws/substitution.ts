import fc, { type Arbitrary } from "fast-check";
import { applySubstitution, type ApplySubstitution } from "../../src/allocation/shortage/apply-substitution.js";
import { proposeSubstitutes } from "../../src/allocation/shortage/propose-substitutes.js";
import { decimal, multiply } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { rational } from "../../src/core/unit-conversion.js";
import { checkTransition } from "../../src/lifecycle/transitions.js";
import type { ItemCode } from "../../src/model/ids.js";
import type { Item, SubstituteItem } from "../../src/model/item.js";
import type { Order } from "../../src/model/order.js";
import type { SubstituteProposal } from "../../src/model/substitute-proposal.js";
import { anyOrder, deepFreeze } from "../../src/testing/index.js";
import { answerOf, type Attempt, type World } from "./answer.js";
import { someContext } from "./commands.js";
import { MASTERS, TODAY } from "./masters.js";
import type { RegisteredOperation } from "./registered-operation.js";

const by = (
  itemCode: string,
  numerator: number,
  denominator: number,
  more: Partial<SubstituteItem>,
): SubstituteItem => ({
  itemCode,
  ratio: rational(numerator, denominator),
  priority: 1,
  consentRequired: false,
  ...more,
});

/** Who steps in for whom: in parts and in more, with and without consent, at every kind of price. */
const ENTRIES: Readonly<Record<ItemCode, readonly SubstituteItem[]>> = {
  TEA: [by("SALT", 3, 2, { consentRequired: true, priceRule: { kind: "original", difference: decimal("0.333") } })],
  SALT: [by("TEA", 1, 1, { priceRule: { kind: "lower" } }), by("RICE", 1, 3, {})],
  RICE: [by("OIL", 2, 7, { priceRule: { kind: "own", difference: decimal("-3") } }), by("SALT", 1, 1, {})],
  OIL: [by("RICE", 7, 5, { consentRequired: true, priceRule: { kind: "original" } })],
};

export const ITEMS_WITH_SUBSTITUTES: ReadonlyMap<ItemCode, Item> = new Map(
  [...MASTERS.items].map(([code, item]) => [code, deepFreeze({ ...item, substitutes: ENTRIES[code] ?? [] })]),
);

/** What an item costs by itself; nobody knows the price of oil. */
export function ownPriceOf(itemCode: ItemCode): ReturnType<typeof decimal> | undefined {
  return { TEA: decimal("2.5"), SALT: decimal("1.99"), RICE: decimal("0.3333") }[itemCode as string];
}

/** Another item in place of what a line lacks: real proposals, in part or whole, and what cannot be carried out. */
export const SUBSTITUTION: RegisteredOperation = {
  name: "applySubstitution",
  writes: ["substitute"],
  isAllOrNothing: true,
  attemptsOn: (world) =>
    fc
      .tuple(someOffer(world), fc.nat({ max: 9 }), fc.nat({ max: 3 }), someContext)
      .map(([[order, proposal], luck, share, context]): Attempt => {
        const whole = {
          ...context,
          items: ITEMS_WITH_SUBSTITUTES,
          ...(luck % 2 === 0 ? { unitPriceOf: ownPriceOf } : {}),
        };
        const command: ApplySubstitution = {
          proposal: luck === 0 ? { ...proposal, quantity: multiply(proposal.quantity, decimal("2")) } : proposal,
          reason: "short",
          ...(luck === 1 ? {} : { consents: [agreed(order, proposal)] }),
          ...(share === 0 ? { quantity: decimal(luck) } : {}),
        };
        return {
          input: [order, command, whole],
          run: () => answerOf(order.orderNo, [order], applySubstitution(order, command, whole)),
        };
      }),
};

function agreed({ header }: Order, { proposalId }: SubstituteProposal) {
  const agreedAt = instant("2026-06-01T08:00:00.000Z");
  return { customerCode: header.customerCode, subject: proposalId, agreedBy: "Lee", agreedAt, reference: "MAIL-9" };
}

/** Proposals for any line of a world; one for a line that lacks nothing where there is none. */
function someOffer({ orders, stock }: World): Arbitrary<readonly [Order, SubstituteProposal]> {
  const facts = { items: ITEMS_WITH_SUBSTITUTES, stock, today: TODAY, unitPriceOf: ownPriceOf };
  const offers = orders.flatMap((order) =>
    checkTransition(order, "substitute").length > 0
      ? []
      : order.lines.flatMap(({ lineId }) => {
          const found = proposeSubstitutes(order, { proposalId: `SP-${lineId}`, lineId }, facts);
          return found.ok ? found.value.proposals.map((proposal) => [order, proposal] as const) : [];
        }),
  );
  const [first] = orders;
  if (first === undefined) throw new RangeError("A world without orders cannot be tried.");
  return fc.constantFrom(...(offers.length > 0 ? offers : [[first, impossible()] as const]));
}

function impossible(): SubstituteProposal {
  const order = anyOrder({ orderNo: "NOWHERE", stage: "confirmed" });
  const items = new Map([
    ["TEA", { itemCode: "TEA", name: "Tea", baseUom: "EA", substitutes: [by("SALT", 1, 1, {})] }],
    ["SALT", { itemCode: "SALT", name: "Salt", baseUom: "EA" }],
  ]);
  const stock = [{ itemCode: "SALT", warehouseId: "NORTH", onHand: decimal("99"), reserved: decimal("0") }];
  const found = proposeSubstitutes(
    order,
    { proposalId: "SP", lineId: "NOWHERE-1" },
    { items, stock: stock as never, today: TODAY },
  );
  if (!found.ok || found.value.proposals[0] === undefined) throw new RangeError("Nothing is proposed.");
  return found.value.proposals[0];
}
