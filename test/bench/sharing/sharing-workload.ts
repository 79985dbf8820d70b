import { fairShare } from "../../../src/allocation/fair-share/fair-share.js";
import { fromUnits, ONE, toSafeUnits } from "../../../src/core/decimal.js";
import { splitUnitsColumn } from "../../../src/core/split-units.js";
import { importPeer } from "../peers.js";
import { seededRandom } from "../random.js";
import type { Contender, Workload } from "../workload.js";

interface Dinero {
  readonly toJSON: () => { readonly amount: number };
}
interface DineroModule {
  readonly dinero: (options: { amount: number; currency: object }) => Dinero;
  readonly allocate: (amount: Dinero, shares: readonly number[]) => Dinero[];
}

type Split = (total: number, claims: Float64Array) => ArrayLike<number>;

/** W3: something scarce is shared out in proportion to claims, without a rest. */
export const sharingWorkload: Workload = {
  id: "w3",
  title: "Sharing out in whole units",
  reference: "largest remainder by hand",
  cases: ({ isQuick, sizes }) =>
    (sizes.length > 0 ? sizes : isQuick ? [100] : [100, 100_000]).map((claims) => ({
      name: `100,000 claims in lists of ${claims.toLocaleString("en")}`,
      work: 100_000,
      settings: { claims },
    })),
  contenders: [
    splitting("largest remainder by hand", () => largestRemainder),
    splitting("splitUnitsColumn", () => splitUnitsColumn),
    sharing("fairShare"),
    {
      // Its rule for the units left over is another one: the sums agree, the parts do not.
      ...splitting("dinero.js allocate", async () => {
        const { dinero, allocate } = await importPeer<DineroModule>("dinero.js");
        const currency = { code: "EUR", base: 10, exponent: 2 };
        return (amount, claims) =>
          allocate(dinero({ amount, currency }), Array.from(claims)).map((part) => part.toJSON().amount);
      }),
      isApart: true,
    },
  ],
};

function splitting(name: string, build: () => Split | Promise<Split>): Contender {
  return {
    name,
    prepare: async ({ claims: size = 1 }) => {
      const lists = listsOf(size);
      const totals = lists.map(totalOf);
      const split = await build();
      return {
        run: () => lists.map((claims, list) => split(totals[list] as number, claims)),
        check: (result) => checkOf(result as ArrayLike<number>[]),
      };
    },
  };
}

/** The public function, with claims that have names and figures as text, and reasons and exact parts in the answer. */
function sharing(name: string): Contender {
  const policy = { rule: "proportional", quantum: ONE } as const;
  return {
    name,
    prepare: ({ claims: size = 1 }) => {
      const lists = listsOf(size);
      const totals = lists.map((claims) => fromUnits(totalOf(claims), 0));
      const named = lists.map((claims) =>
        Array.from(claims, (claim, place) => ({ claimId: `SO-${place}`, requested: fromUnits(claim, 0) })),
      );
      return {
        run: () => named.map((claims, list) => fairShare(claims, totals[list] ?? ONE, policy)),
        check: (result) =>
          checkOf(
            (result as ReturnType<typeof fairShare>[]).map((one) =>
              one.ok ? one.value.shares.map(({ quantity }) => toSafeUnits(quantity, 0) ?? Number.NaN) : [],
            ),
          ),
      };
    },
  };
}

function listsOf(size: number): Float64Array[] {
  const random = seededRandom(size);
  return Array.from({ length: Math.max(1, Math.round(100_000 / size)) }, () =>
    Float64Array.from({ length: size }, () => random.between(1, 60)),
  );
}

/** Three fifths of what all claim. */
function totalOf(claims: Float64Array): number {
  return Math.floor(claims.reduce((sum, claim) => sum + claim, 0) * 0.6);
}

function checkOf(lists: readonly ArrayLike<number>[]): string {
  let sum = 0;
  let hash = 0;
  for (const parts of lists) {
    for (let place = 0; place < parts.length; place++) {
      sum += parts[place] as number;
      hash = (Math.imul(hash, 31) + (parts[place] as number)) | 0;
    }
  }
  return `${sum} units, ${(hash >>> 0).toString(16)}`;
}

function largestRemainder(total: number, claims: Float64Array): Float64Array {
  let sum = 0;
  for (const claim of claims) sum += claim;
  const parts = new Float64Array(claims.length);
  const rest = new Float64Array(claims.length);
  let left = total;
  for (let place = 0; place < claims.length; place++) {
    const product = total * (claims[place] as number);
    const part = Math.floor(product / sum);
    parts[place] = part;
    rest[place] = product - part * sum;
    left -= part;
  }
  const order = Uint32Array.from(claims, (_, place) => place).sort(
    (a, b) => (rest[b] as number) - (rest[a] as number) || a - b,
  );
  for (let place = 0; place < left; place++) parts[order[place] as number]! += 1;
  return parts;
}
