import fc from "fast-check";

const PLAIN: readonly unknown[] = [
  ...[null, undefined, NaN, Infinity, -0, 0, 0.1, 1, -3, 1e-7, 1e21, 2 ** 60, true, false, 10n, Symbol("s"), () => 1],
  ...["", "0", "-1", "12,5", "١٢", "1e400", "1e5", " 1", "007", "12.50", "9".repeat(30), "9".repeat(41)],
  ...[`0.${"1".repeat(21)}`, "2026-02-30", "2026-03-02", "2026-03-02T09:00Z", "0000-01-01", "24:00", "XXQ", "EUR"],
  ...["2026-03-02T09:00:00.123456789+14:00", "constructor", "__proto__", "toString", "\u0000", "a\nb", "\uD83D"],
  ...["😀", "角落", "x".repeat(4_001)],
];
const fail = (): never => {
  throw new Error("unreadable");
};

/** What no field expects, or nearly none. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc
    .constantFrom<() => unknown>(
      ...PLAIN.map((value) => () => value),
      () => ({}),
      () => [],
      () => [[]],
      () => new Date(0),
      () => new Map(),
      () => Object.create(null) as unknown,
      () => JSON.parse('{"__proto__":{}}') as unknown,
      () => ({ constructor: 1 }),
      () => new Proxy({}, { ownKeys: fail }),
      () => Object.defineProperty({}, "a", { get: fail, enumerable: true, configurable: true }),
    )
    .map((make) => make()),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.double(),
  fc.anything({ maxDepth: 2 }),
);

interface Cut {
  readonly seeds: readonly number[];
  readonly how: "replace" | "remove" | "add" | "repeat" | "swap" | "number";
  readonly value: unknown;
  readonly name: string;
}

const cut: fc.Arbitrary<Cut> = fc.record({
  seeds: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 }),
  how: fc.constantFrom("replace", "remove", "add", "repeat", "swap", "number"),
  value: hostile,
  name: fc.oneof(
    fc.constantFrom("extra", "lines", "quantity", "uom", "toString", "constructor", "__proto__"),
    fc.string(),
  ),
});

type Container = Record<string, unknown> | unknown[];
const isContainer = (value: unknown): value is Container =>
  Array.isArray(value) ||
  (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);

function readableKeys(owner: Container): readonly string[] {
  try {
    return Object.keys(owner);
  } catch {
    return [];
  }
}

function apply(root: Container, { seeds, how, value, name }: Cut): void {
  let owner = root;
  let key = "";
  for (const seed of seeds) {
    const keys = readableKeys(owner);
    if (keys.length === 0) break;
    key = keys[seed % keys.length] as string;
    const next: unknown = Object.getOwnPropertyDescriptor(owner, key)?.value;
    if (!isContainer(next)) break;
    if (seed % 7 === 0) break;
    owner = next;
  }
  const put = (at: string, what: unknown): void => {
    Object.defineProperty(owner, at, { value: what, enumerable: true, configurable: true, writable: true });
  };
  const present = Object.getOwnPropertyDescriptor(owner, key)?.value as unknown;
  if (how === "remove" && Array.isArray(owner)) owner.pop();
  else if (how === "remove") Reflect.deleteProperty(owner, key);
  else if (how === "add" && !Array.isArray(owner)) put(name, value);
  else if (how === "repeat" && Array.isArray(owner) && owner.length > 0) owner.push(owner[0]);
  else if (how === "swap" && Array.isArray(owner)) owner.reverse();
  else if (how === "number" && typeof present === "string" && /^-?\d+(\.\d+)?$/u.test(present))
    put(key, Number(present));
  else if (key !== "" && key !== "length") put(key, value);
}

/**
 * Records near a valid one: none to four changes, most of them harmful, some harmless (a number in place of its text,
 * an optional field removed).
 *
 * @param samples valid records
 */
export function corrupted(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...samples), fc.array(cut, { maxLength: 4 })).map(([sample, cuts]) => {
    const copy = structuredClone(sample) as Container;
    for (const each of cuts) apply(copy, each);
    return copy;
  });
}

/** Anything at all: values that have nothing to do with any record. */
export const anythingAtAll: fc.Arbitrary<unknown> = fc.oneof(
  hostile,
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true, withNullPrototype: true }),
);
