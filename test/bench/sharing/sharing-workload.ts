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
      const random = seededRandom(size);
      const lists = Array.from({ length: Math.max(1, Math.round(100_000 / size)) }, () =>
        Float64Array.from({ length: size }, () => random.between(1, 60)),
      );
      const totals = lists.map((claims) => Math.floor(claims.reduce((sum, claim) => sum + claim, 0) * 0.6));
      const split = await build();
      return {
        run: () => lists.map((claims, list) => split(totals[list] as number, claims)),
        check: (result) => {
          let sum = 0;
          let hash = 0;
          for (const parts of result as ArrayLike<number>[]) {
            for (let place = 0; place < parts.length; place++) {
              sum += parts[place] as number;
              hash = (Math.imul(hash, 31) + (parts[place] as number)) | 0;
            }
          }
          return `${sum} units, ${(hash >>> 0).toString(16)}`;
        },
      };
    },
  };
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
