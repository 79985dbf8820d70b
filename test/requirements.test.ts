import { describe, expect, it } from "vitest";
import { idsIn } from "../scripts/requirements.js";

// Put together here, so that this file itself names no requirement.
const word = "mission";

describe("the reader of requirement ids", () => {
  it.each([
    [`* **Source:** ${word} 9.14`, ["9.14"]],
    [`* **Source:** ${word} 12.4a, 12.4b`, ["12.4a", "12.4b"]],
    [`describe('cancel (${word} 14.1 and 14.2)'`, ["14.1", "14.2"]],
    [` * **Source:** ${word} 4.3, 5.3,\n *   5.4`, ["4.3", "5.3", "5.4"]],
    [`${word} 1.1; ${word} 1.1`, ["1.1"]],
    ["version 1.2, permission 3.4", []],
  ])("reads %j", (text, ids) => {
    expect(idsIn(text)).toEqual(ids);
  });
});
