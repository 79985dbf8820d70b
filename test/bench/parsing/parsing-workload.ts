import * as z from "zod";
import { parseOrderDraft } from "../../../src/schema/parse-order-draft.js";
import { importPeer } from "../peers.js";
import type { Contender, Workload } from "../workload.js";
import { bareSchema } from "./bare-schema.js";
import { draftTexts } from "./draft-texts.js";

interface AjvModule {
  readonly default: new (options: object) => { readonly compile: (schema: object) => (value: unknown) => boolean };
}

/** W6: incoming orders are held against their shape. */
export const parsingWorkload: Workload = {
  id: "w6",
  title: "Incoming orders of five lines, from parsed JSON",
  reference: "zod, bare schema",
  cases: ({ isQuick, sizes }) =>
    (sizes.length > 0 ? sizes : [isQuick ? 1000 : 10_000]).flatMap((orders) =>
      [0, 50].map((invalidPercent) => ({
        name: `${orders.toLocaleString("en")} orders, ${invalidPercent} % invalid`,
        work: orders,
        settings: { orders, invalidPercent },
      })),
    ),
  contenders: [
    {
      name: "JSON.parse alone",
      isApart: true,
      prepare: ({ orders = 0, invalidPercent = 0 }) => {
        const texts = draftTexts(orders, invalidPercent);
        return {
          run: () => texts.map((text) => JSON.parse(text) as unknown),
          check: () => `${Math.round(texts.join("").length / orders)} characters each`,
        };
      },
    },
    accepting("zod, bare schema", () => (value) => bareSchema.safeParse(value).success),
    accepting("ajv compiled, yes or no", async () => {
      const ajv = await importPeer<AjvModule>("ajv");
      // The patterns stay in the schema; only the names of formats are left out.
      return new ajv.default({ validateFormats: false, strict: false }).compile(
        z.toJSONSchema(bareSchema, { target: "draft-7" }),
      );
    }),
    accepting("parseOrderDraft", () => (value) => parseOrderDraft(value).ok),
    accepting("parseOrderDraft, schema way only", () => {
      // Limits of one's own switch the quick way off.
      const options = { limits: { maxLines: 9999 } };
      return (value) => parseOrderDraft(value, options).ok;
    }),
  ],
};

type Accepts = (value: unknown) => boolean;

function accepting(name: string, build: () => Accepts | Promise<Accepts>): Contender {
  return {
    name,
    prepare: async ({ orders = 0, invalidPercent = 0 }) => {
      const values = draftTexts(orders, invalidPercent).map((text) => JSON.parse(text) as unknown);
      const accepts = await build();
      return {
        run: () => values.reduce<number>((count, value) => count + (accepts(value) ? 1 : 0), 0),
        check: (result) => `${String(result)} valid`,
      };
    },
  };
}
