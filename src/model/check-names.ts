import { issue, type IssueOf } from "../core/issue.js";

/** A text of a command that cannot name anything. */
export type NameIssue = IssueOf<{
  "command.not_a_name": {
    /** Field of the command. */ readonly field: string;
  };
}>;

// A name must survive the door on its way back: not empty, and nothing that cannot be printed.
const NAME = /^[^\p{Cc}\p{Cs}]+$/u;

/** Says whether a text can name something in a stored order. @internal */
export function isName(text: unknown): text is string {
  return typeof text === "string" && NAME.test(text) && text.trim() !== "";
}

/**
 * Holds the texts of a command that name or explain something against what a stored order may hold. One that was left out
 * names nothing either.
 */
export function checkNames(fields: Readonly<Record<string, string>>): NameIssue[] {
  return Object.entries<unknown>(fields)
    .filter(([, text]) => !isName(text))
    .map(([field]) => issue("command.not_a_name", [field], { field }));
}
