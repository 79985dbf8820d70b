import type { Contender, Workload } from "../workload.js";
import {
  bigIntCalculator,
  bigJsCalculator,
  decimalJsCalculator,
  ordercycleCalculator,
  ordercycleSumCalculator,
  type Calculator,
} from "./calculators.js";
import { lineFigures } from "./line-figures.js";

const OPERATIONS = ["line totals (net, tax, gross)", "adding up prices", "price × quantity, rounded, added up"];

/** W7: money from text to text. */
export const amountsWorkload: Workload = {
  id: "w7",
  title: "Exact amounts, text in and text out",
  reference: "decimal.js",
  cases: ({ isQuick, sizes }) =>
    (sizes.length > 0 ? sizes : [isQuick ? 5000 : 20_000]).flatMap((lines) =>
      OPERATIONS.map((operation, kind) => ({
        name: `${operation}, ${lines.toLocaleString("en")} lines`,
        work: lines,
        settings: { lines, kind },
      })),
    ),
  contenders: [
    calculating("decimal.js", decimalJsCalculator),
    calculating("big.js", bigJsCalculator),
    calculating("BigInt by hand", bigIntCalculator),
    calculating("ordercycle, one by one", ordercycleCalculator),
    calculating("ordercycle, sum of a list", ordercycleSumCalculator),
  ],
};

function calculating(name: string, build: () => Calculator | Promise<Calculator>): Contender {
  return {
    name,
    prepare: async ({ lines: count = 0, kind = 0 }) => {
      const lines = lineFigures(count);
      const prices = lines.map(({ price }) => price);
      const { total, addUp, multiplyUp } = await build();
      if (kind === 1) return { run: () => addUp(prices), check: String };
      if (kind === 2) return { run: () => multiplyUp(lines), check: String };
      const expected = bigIntCalculator();
      return {
        run: () => lines.reduce((length, line) => length + total(line).length, 0),
        check: () => `${lines.filter((line) => total(line) !== expected.total(line)).length} wrong`,
      };
    },
  };
}
