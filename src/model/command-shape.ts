import type { IssueOf } from "../core/issue.js";
import type { Consent } from "./consent.js";
import type { StockSource } from "./stock.js";
import {
  decimalText,
  fields,
  moment,
  nameText,
  optional,
  shapeFaults,
  text,
  type Shape,
  type UnknownWord,
  type WrongShape,
} from "./value-shape.js";

/** What is wrong with a command as it is written. */
export type CommandShapeIssue = IssueOf<{
  "command.unknown_word": {
    readonly word: UnknownWord["word"];
    readonly allowed: UnknownWord["allowed"];
  };
  "command.wrong_shape": {
    readonly shape: WrongShape["shape"];
    readonly found: WrongShape["found"];
  };
}>;

/**
 * Finds what is not written as a command is: fields that are not there or hold something else, words that nothing answers to.
 * A command that has such a fault is not looked at further. Names and days have codes of their own.
 *
 * @returns every fault, with its path in the command; linear
 * @internal
 */
export function commandFaults(command: unknown, shape: Shape): CommandShapeIssue[] {
  return shapeFaults(command, shape).map((fault) => ({ ...fault, code: `command.${fault.code}` }) as CommandShapeIssue);
}

/** A place of stock. @internal */
export const sourceShape: Shape = /* @__PURE__ */ (() =>
  fields<StockSource>({ warehouseId: text, binId: optional(text), lotNo: optional(text), owner: optional(text) }))();

/** What a customer agreed to. @internal */
export const consentShape: Shape = /* @__PURE__ */ (() =>
  fields<Consent>({
    customerCode: text,
    subject: text,
    agreedBy: nameText,
    agreedAt: moment,
    reference: nameText,
    compensation: optional(fields({ amount: optional(decimalText), note: optional(text) })),
    expiresAt: optional(moment),
  }))();
