import { seededRandom, type Random } from "../random.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Currencies that all contenders know. */
export const CURRENCIES = ["EUR", "USD", "JPY"] as const;
/** Channels that all contenders know. */
export const CHANNELS = ["edi", "webShop", "phone"] as const;

/** Draws incoming orders of five lines as JSON text; a share of them, in per cent, has one fault each. */
export function draftTexts(count: number, invalidPercent: number): string[] {
  const random = seededRandom(count + invalidPercent);
  return Array.from({ length: count }, (_, place) => {
    const draft = draftOf(random, place);
    return JSON.stringify(random.next() * 100 < invalidPercent ? withFault(random, draft) : draft);
  });
}

function draftOf(random: Random, place: number) {
  return {
    orderNo: `SO-${String(place).padStart(8, "0")}`,
    customerCode: `C-${random.between(1, 99_999)}`,
    customerName: `${wordOf(random)} ${wordOf(random)}`,
    receivedAt: `2026-03-${twoDigits(random.between(1, 28))}T${twoDigits(random.between(0, 23))}:15:00.000Z`,
    orderDate: `2026-03-${twoDigits(random.between(1, 28))}`,
    requestedDeliveryDate: `2026-04-${twoDigits(random.between(1, 28))}`,
    channel: random.pick(CHANNELS),
    currency: random.pick(CURRENCIES),
    shipToAddress: {
      name: wordOf(random),
      street: `${random.between(1, 200)} ${wordOf(random)}`,
      city: wordOf(random),
      postalCode: String(random.between(10_000, 99_999)),
      country: random.pick(["DE", "US", "JP", "FR"]),
    },
    partialAllowed: random.next() < 0.8,
    ...(random.next() < 0.4 ? { remark: `${wordOf(random)} ${wordOf(random)}` } : {}),
    lines: Array.from({ length: 5 }, (_, line) => ({
      lineNo: line + 1,
      itemCode: `ITEM-${random.between(1, 99_999)}`,
      itemName: wordOf(random),
      quantity: String(random.between(1, 50)),
      uom: random.pick(["EA", "BOX", "KG"]),
      unitPrice: `${random.between(1, 999)}.${random.between(1, 9)}${random.between(1, 9)}`,
      ...(random.next() < 0.3 ? { discount: { kind: "percent", percent: String(random.between(1, 30)) } } : {}),
    })),
  };
}

/** One fault that every contender must find. */
function withFault(random: Random, draft: ReturnType<typeof draftOf>): unknown {
  const at = random.between(0, 4);
  const faulty = (fault: (line: (typeof draft.lines)[number]) => unknown) => ({
    ...draft,
    lines: draft.lines.map((line, place) => (place === at ? fault(line) : line)),
  });
  switch (random.between(0, 7)) {
    case 0:
      return faulty((line) => ({ ...line, quantity: "-1" }));
    case 1:
      return faulty((line) => ({ ...line, unitPrice: "abc" }));
    case 2:
      return faulty(({ itemCode: _missing, ...line }) => line);
    case 3:
      return faulty((line) => ({ ...line, colour: "red" }));
    case 4:
      return { ...draft, currency: "ZZZ" };
    case 5:
      return { ...draft, orderDate: "2026/03/01" };
    case 6:
      return { ...draft, lines: [] };
    default:
      return { ...draft, customerCode: 42 };
  }
}

function wordOf(random: Random): string {
  return Array.from({ length: random.between(4, 12) }, () => LETTERS[random.between(0, 25)]).join("");
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
