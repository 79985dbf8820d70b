import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generatedDocs } from "../scripts/generated-docs.js";

describe("generated documentation", () => {
  it("is what the code says (run `npm run docs:generate` when it is not)", async () => {
    const docs = await generatedDocs();
    expect(docs.size).toBeGreaterThan(0);
    for (const [file, text] of docs) expect(readFileSync(file, "utf8"), file).toBe(text);
  });
});
