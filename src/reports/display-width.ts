// First and last code point of what a terminal draws two columns wide, but for emoji: Hangul, kana, Han, Tangut, full-width
// forms, by the Unicode property East Asian Width.
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x18d00, 0x18d7f],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];
/** Emoji that are drawn as pictures without being asked to; letters for flags stand two to a picture. */
const EMOJI = /(?![\u{1f1e6}-\u{1f1ff}])\p{Emoji_Presentation}/u;
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\u200b-\u200f\u2060\ufeff]/u;
const NOT_PRINTABLE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
const FIRST_WIDE = 0x1100;

/**
 * Counts the columns that a text takes on a terminal.
 *
 * **Rules**
 * 1. Chinese, Japanese and Korean characters, full-width forms and emoji take two columns, as Unicode has it (East Asian Width W and F).
 * 2. Marks that stand on the character before them take none.
 *
 * @param text one line without control characters
 * @returns columns
 * @example
 * ```ts
 * import { displayWidth } from "ordercycle/reports";
 * displayWidth("绿茶 250 g"); // => 10
 * ```
 */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/**
 * Makes a text as wide as its column: cut with "…" when it is too long, filled with blanks when it is too short.
 *
 * @param text one line without control characters
 * @param width columns, at least 1
 * @param align where the blanks go: behind `left`, before `right`
 * @returns text that takes exactly `width` columns
 */
export function fitToWidth(text: string, width: number, align: "left" | "right"): string {
  const fitted = displayWidth(text) <= width ? text : `${startOf(text, width - 1)}…`;
  const blanks = " ".repeat(width - displayWidth(fitted));
  return align === "right" ? blanks + fitted : fitted + blanks;
}

/**
 * Replaces what a terminal would obey instead of printing: line breaks, escape sequences, marks that turn the direction
 * of writing. A name that someone typed must not move the cursor.
 *
 * @param text any text
 * @returns one line
 */
export function printable(text: string): string {
  return text.replace(NOT_PRINTABLE, " ");
}

function startOf(text: string, width: number): string {
  let taken = "";
  let left = width;
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    taken += character;
  }
  return taken;
}

function widthOf(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (WITHOUT_WIDTH.test(character)) return 0;
  if (code < FIRST_WIDE) return 1;
  return WIDE.some(([first, last]) => code >= first && code <= last) || EMOJI.test(character) ? 2 : 1;
}
