import { isCalendarDay } from "../core/calendar-day.js";
import { isDecimal, isPositive } from "../core/decimal.js";
import { isInstant } from "../core/instant.js";
import { isLocalTime } from "../core/time-zone.js";
import { isName } from "./check-names.js";
import { isWithinDigits, QUANTITY_DIGITS } from "./digit-limit.js";

/** What a value of a policy or a command may have to be. */
export type ShapeName =
  | "object"
  | "list"
  | "text"
  | "number"
  | "flag"
  | "decimal"
  | "day"
  | "instant"
  | "name"
  | "quantity"
  | "measure"
  | "time";

/** What a value is not, and where. @internal */
export type ShapeFault =
  | { readonly code: "unknown_word"; readonly path: Path; readonly params: UnknownWord }
  | { readonly code: "wrong_shape"; readonly path: Path; readonly params: WrongShape };

/** A word that nothing answers to. */
export interface UnknownWord {
  /** The word. */
  readonly word: string;
  /** Those that there are. */
  readonly allowed: readonly string[];
}

/** A value that is something else. */
export interface WrongShape {
  /** What it must be. */
  readonly shape: ShapeName;
  /** What came. */
  readonly found: string;
}

type Path = readonly (string | number)[];

/** Looks at a value, and reports what it is not. @internal */
export type Shape = (value: unknown, path: Path, report: (found: ShapeFault) => void) => void;

/** The words of one kind; a new one that is forgotten does not compile. @internal */
export type Words<Word extends string> = Readonly<Record<Word, unknown>>;

/** The shapes of the fields of a record; a field that is forgotten does not compile. @internal */
export type FieldShapes<T> = { readonly [Field in keyof Required<T>]: Shape };

/** Anything: somebody else looks at it. @internal */
export const anything: Shape = () => undefined;

/** A text. @internal */
export const text: Shape = /* @__PURE__ */ simple("text", (value) => typeof value === "string");
/** A number that JSON can hold. @internal */
export const number: Shape = /* @__PURE__ */ simple("number", Number.isFinite);
/** True or false. @internal */
export const flag: Shape = /* @__PURE__ */ simple("flag", (value) => typeof value === "boolean");
/** A number as canonical text. @internal */
export const decimalText: Shape = /* @__PURE__ */ simple("decimal", isDecimal);
/** A text that names something. @internal */
export const nameText: Shape = /* @__PURE__ */ simple("name", isName);
/** A time of day. @internal */
export const timeOfDay: Shape = /* @__PURE__ */ simple("time", isLocalTime);
/** A quantity with no more digits than a record may have. @internal */
export const quantityText: Shape = /* @__PURE__ */ simple(
  "quantity",
  (value) => isDecimal(value) && isWithinDigits(value, QUANTITY_DIGITS),
);
/** A measure above zero, with no more digits than a record may have. @internal */
export const measureText: Shape = /* @__PURE__ */ simple(
  "measure",
  (value) => isDecimal(value) && isPositive(value) && isWithinDigits(value, QUANTITY_DIGITS),
);
/** An instant. @internal */
export const moment: Shape = /* @__PURE__ */ simple("instant", isInstant);
/** A day of the calendar. @internal */
export const day: Shape = /* @__PURE__ */ simple("day", isCalendarDay);

/** Every fault of a value. Linear. @internal */
export function shapeFaults(value: unknown, shape: Shape): ShapeFault[] {
  const faults: ShapeFault[] = [];
  shape(value, [], (found) => faults.push(found));
  return faults;
}

/** What may be absent. @internal */
export function optional(shape: Shape): Shape {
  return (value, path, report) => {
    if (value !== undefined) shape(value, path, report);
  };
}

/** One of these words. @internal */
export function oneOf<Word extends string>(words: Words<Word>): Shape {
  return (value, path, report) => {
    if (typeof value === "string" && Object.hasOwn(words, value)) return;
    report({ code: "unknown_word", path, params: { word: foundIn(value), allowed: Object.keys(words) } });
  };
}

/** A list of such. @internal */
export function listOf(shape: Shape): Shape {
  return (value, path, report) => {
    if (!Array.isArray(value)) wrong("list", value, path, report);
    else for (const [place, member] of value.entries()) shape(member, [...path, place], report);
  };
}

/** An object with such values under whatever names. @internal */
export function mapOf(shape: Shape): Shape {
  return (value, path, report) => {
    if (!isRecord(value)) wrong("object", value, path, report);
    else for (const [name, member] of Object.entries(value)) shape(member, [...path, name], report);
  };
}

/** An object with these fields; others may stand beside them. @internal */
export function fields<T>(shapes: FieldShapes<T>): Shape {
  const entries = Object.entries<Shape>(shapes);
  return (value, path, report) => {
    if (!isRecord(value)) wrong("object", value, path, report);
    else for (const [name, shape] of entries) shape(value[name], [...path, name], report);
  };
}

/** An object whose fields depend on the word in one of them. @internal */
export function variants<Word extends string>(field: string, shapes: Readonly<Record<Word, Shape>>): Shape {
  const word = oneOf(shapes);
  return (value, path, report) => {
    if (!isRecord(value)) {
      wrong("object", value, path, report);
      return;
    }
    const found = value[field];
    if (typeof found === "string" && Object.hasOwn(shapes, found)) shapes[found as Word](value, path, report);
    else word(found, [...path, field], report);
  };
}

/** One of these words, given as a list of all that there are. @internal */
export function oneOfAll(words: readonly string[]): Shape {
  return oneOf(Object.fromEntries(words.map((word) => [word, true])));
}

function simple(name: ShapeName, isSo: (value: unknown) => boolean): Shape {
  return (value, path, report) => {
    if (!isSo(value)) wrong(name, value, path, report);
  };
}

function wrong(shape: ShapeName, value: unknown, path: Path, report: (found: ShapeFault) => void): void {
  report({ code: "wrong_shape", path, params: { shape, found: foundIn(value) } });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What was found, as text: what is none at all still has to fit into a sentence. */
function foundIn(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string" || typeof value === "number") return String(value).slice(0, 50);
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}
