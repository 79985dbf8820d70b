import {
  absolute,
  add,
  compare,
  decimal,
  divide,
  isNegative,
  multiply,
  round,
  subtract,
  sum,
  type Decimal,
} from "ordercycle";
import { readText } from "./data-folder.js";

/** Something taken off or added, as a document or one of its lines states it. */
export interface StatedAllowance {
  readonly isCharge: boolean;
  readonly amount: Decimal;
  /** Percentage of `base`, where both are stated. */
  readonly percent: string | undefined;
  readonly base: Decimal | undefined;
  /** Category of tax with its rate, as "S 25". */
  readonly taxCategory: string | undefined;
}

/** A line of an invoice. */
export interface StatedLine {
  readonly id: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  /** Amount that the line states, after its own allowances and charges; below zero for a return. */
  readonly amount: Decimal;
  readonly allowances: readonly StatedAllowance[];
  readonly taxCategory: string | undefined;
  /** Whether quantity × price with the line's own allowances and charges come to the amount. */
  readonly isConsistent: boolean;
}

/** An invoice and the totals that it states. */
export interface StatedInvoice {
  readonly currency: string;
  readonly issueDate: string;
  readonly lines: readonly StatedLine[];
  readonly allowances: readonly StatedAllowance[];
  /** LineExtensionAmount, AllowanceTotalAmount …; 0 where one is not stated. */
  readonly total: (name: string) => Decimal;
  /** Taxable amounts by category. */
  readonly taxable: ReadonlyMap<string, Decimal>;
}

/** An element without its attributes and prefixes. */
interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

const TOKEN = /<!--[^]*?-->|<\?[^]*?\?>|<(\/?)(?:\w+:)?(\w+)([^>]*?)(\/?)>|([^<]+)/g;

/** Reads as much XML as these files need: elements and their text. */
function readXml(xml: string): Element {
  const root: Element = { name: "", children: [], text: "" };
  const open = [root];
  for (const [, end, name, , isEmpty, text] of xml.matchAll(TOKEN)) {
    const top = open.at(-1)!;
    if (text !== undefined) top.text += text.trim();
    else if (end === "/") open.pop();
    else if (name !== undefined) {
      const element: Element = { name, children: [], text: "" };
      top.children.push(element);
      if (isEmpty !== "/") open.push(element);
    }
  }
  if (open.length !== 1) throw new Error("The XML is not closed.");
  return root.children[0]!;
}

function all(element: Element | undefined, ...path: readonly string[]): Element[] {
  let found = element === undefined ? [] : [element];
  for (const step of path) found = found.flatMap(({ children }) => children.filter(({ name }) => name === step));
  return found;
}

const textOf = (element: Element | undefined, ...path: readonly string[]): string | undefined =>
  all(element, ...path)[0]?.text;

/** Reads an invoice. */
export function readInvoice(file: string): StatedInvoice {
  const xml = readText(file);
  const invoice = readXml(xml);
  const [totals] = all(invoice, "LegalMonetaryTotal");
  return {
    // Older invoices name the currency at their amounts alone.
    currency: textOf(invoice, "DocumentCurrencyCode") ?? /currencyID="(\w+)"/.exec(xml)![1]!,
    issueDate: textOf(invoice, "IssueDate")!,
    lines: all(invoice, "InvoiceLine").map(lineOf),
    allowances: all(invoice, "AllowanceCharge").map(allowanceOf),
    total: (name) => decimal(textOf(totals, name) ?? "0"),
    taxable: new Map(
      all(invoice, "TaxTotal", "TaxSubtotal").map((subtotal) => [
        categoryOf(all(subtotal, "TaxCategory")[0])!,
        decimal(textOf(subtotal, "TaxableAmount")!),
      ]),
    ),
  };
}

function lineOf(line: Element): StatedLine {
  const quantity = decimal(textOf(line, "InvoicedQuantity")!);
  const unitPrice = divide(
    decimal(textOf(line, "Price", "PriceAmount")!),
    decimal(textOf(line, "Price", "BaseQuantity") ?? "1"),
    6,
    "halfUp",
  );
  const amount = decimal(textOf(line, "LineExtensionAmount")!);
  const allowances = all(line, "AllowanceCharge").map(allowanceOf);
  const computed = add(round(multiply(quantity, unitPrice), 2, "halfUp"), balanceOf(allowances));
  return {
    id: textOf(line, "ID")!,
    quantity,
    unitPrice,
    amount,
    allowances,
    taxCategory: categoryOf(all(line, "Item", "ClassifiedTaxCategory")[0]),
    isConsistent: compare(computed, amount) === 0,
  };
}

/** Charges less allowances. */
function balanceOf(allowances: readonly StatedAllowance[]): Decimal {
  return sum(allowances.map(({ isCharge, amount }) => (isCharge ? amount : subtract(decimal("0"), amount))));
}

function allowanceOf(element: Element): StatedAllowance {
  const base = textOf(element, "BaseAmount");
  return {
    isCharge: ["true", "1"].includes(textOf(element, "ChargeIndicator")!),
    amount: decimal(textOf(element, "Amount")!),
    percent: base === undefined ? undefined : textOf(element, "MultiplierFactorNumeric"),
    base: base === undefined ? undefined : decimal(base),
    taxCategory: categoryOf(all(element, "TaxCategory")[0]),
  };
}

function categoryOf(category: Element | undefined): string | undefined {
  return category === undefined ? undefined : `${textOf(category, "ID")!} ${textOf(category, "Percent") ?? ""}`.trim();
}

/**
 * Quantity and price of a line as an order has them. A line that does not come to what it states is taken as one unit at
 * the stated amount before its own allowances and charges.
 */
export function goodsOf({ quantity, unitPrice, amount, allowances, isConsistent }: StatedLine): {
  readonly isReturn: boolean;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
} {
  const isReturn = isNegative(amount);
  if (isConsistent) return { isReturn, quantity: absolute(quantity), unitPrice };
  return { isReturn, quantity: decimal("1"), unitPrice: absolute(subtract(amount, balanceOf(allowances))) };
}
