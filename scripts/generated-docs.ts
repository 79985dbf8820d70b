// Writes the parts of the documentation that are drawn from the code: the diagrams of buckets and statuses in docs/cycle.md, the same
// as pictures, the list of refusals in docs/refusals.md, and what may go wrong when. `npm run docs:generate` writes them; a test holds the files against the code.

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { ORDER_STATUSES } from "../src/model/order.js";
import { bucketDiagram, bucketDiagramSvg } from "../src/lifecycle/bucket-diagram.js";
import { statusDiagram, statusDiagramSvg } from "../src/lifecycle/status-diagram.js";
import { en } from "../src/messages/en.js";
import type { MessageCode } from "../src/messages/message-code.js";
import { zh } from "../src/messages/zh.js";
import { exceptionMatrix } from "../test/exceptions/exception-matrix.js";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Files of the documentation that are generated, with the text that they should hold. */
export async function generatedDocs(): Promise<ReadonlyMap<string, string>> {
  const cycle = readFileSync(path.join(root, "docs/cycle.md"), "utf8");
  const wrong = readFileSync(path.join(root, "docs/when-an-order-goes-wrong.md"), "utf8");
  const mermaid = (text: string): string => `\`\`\`mermaid\n${text}\n\`\`\``;
  const moves = between(cycle, "bucket-diagram", mermaid(bucketDiagram()));
  return new Map([
    ["docs/cycle.md", await markdown(between(moves, "status-diagram", mermaid(statusDiagram())))],
    ["docs/pictures/buckets.svg", bucketDiagramSvg()],
    ["docs/pictures/statuses.svg", statusDiagramSvg()],
    ["docs/refusals.md", await markdown(refusals())],
    ["docs/when-an-order-goes-wrong.md", await markdown(between(wrong, "exceptions", exceptions()))],
  ]);
}

async function markdown(text: string): Promise<string> {
  return format(text, { parser: "markdown", printWidth: 120 });
}

function between(text: string, marker: string, content: string): string {
  const start = `<!-- ${marker}:start -->`;
  const end = `<!-- ${marker}:end -->`;
  const [head, rest] = text.split(start);
  const tail = rest?.split(end)[1];
  if (head === undefined || tail === undefined) throw new Error(`The markers of ${marker} are missing.`);
  return `${head}${start}\n\n${content}\n\n${end}${tail}`;
}

/** Statuses in which each exception is granted, and the codes of the statuses that allow it but lack something. */
function exceptions(): string {
  const rows = Object.entries(exceptionMatrix()).map(([name, row]) => {
    const may = ORDER_STATUSES.filter((status) => row[status].length === 0);
    const lacking = ORDER_STATUSES.flatMap((status) => {
      const codes = row[status];
      if (codes.length === 0 || codes.includes("status.operation_not_allowed")) return [];
      return [`${status}: ${codes.map((code) => `\`${code}\``).join(", ")}`];
    });
    return `| ${name} | ${may.join(", ")} | ${lacking.join("; ")} |`;
  });
  return ["| what goes wrong | granted when the order is | refused when it is |", "| --- | --- | --- |", ...rows].join(
    "\n",
  );
}

function refusals(): string {
  const groups = new Map<string, MessageCode[]>();
  for (const code of Object.keys(en).sort() as MessageCode[]) {
    const step = code.slice(0, code.indexOf("."));
    groups.set(step, [...(groups.get(step) ?? []), code]);
  }
  const sections = [...groups].map(([step, codes]) =>
    [
      `## ${step}`,
      "",
      "| code | English | Chinese |",
      "| --- | --- | --- |",
      ...codes.map((code) => `| \`${code}\` | ${en[code]} | ${zh[code]} |`),
      "",
    ].join("\n"),
  );
  return [
    "# Refusals and reasons",
    "",
    "Every code that the library answers with, and its sentences. Names in braces are the parameters of the code; their",
    "types are those of the `…Issue` type of the operation. A code keeps its meaning within a major version.",
    "",
    "Codes under `reason` say why an allocation gave what it gave, those under `promise_reason` why a promise is as it is;",
    "`review` findings are soft unless their severity is `error`; all others are reasons against an operation.",
    "",
    ...sections,
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of await generatedDocs()) writeFileSync(path.join(root, file), text);
}
