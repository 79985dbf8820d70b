import type { CouponCode } from "../../model/promotion/promotion.js";

/** How codes of a batch are written. */
export interface CouponCodeFormat {
  /** Begin of every code; may be empty. */
  readonly prefix: string;
  /** Characters that are drawn for each code, 4 to 32. */
  readonly length: number;
  /** Characters to draw from, 2 to 64 different ones; without those that people take for each other when absent. */
  readonly alphabet?: string;
}

/** Digits and capitals without 0, 1, I, O and U, which people mistake for others: 31 of them, a prime number. */
const READABLE = "23456789ABCDEFGHJKLMNPQRSTVWXYZ";

/**
 * Writes a batch of coupon codes, each with a check character at its end.
 *
 * **Rules**
 * 1. Chance comes from outside: `draw(n)` answers a whole number from 0 to n − 1. With the same numbers the codes are the
 *    same.
 * 2. No code comes twice. The check character catches every single wrong character, and, for an alphabet of a prime number
 *    of characters like the usual one, every exchange of neighbours.
 *
 * @param count codes to write
 * @param format how they are written
 * @param draw chance: a whole number from 0 to n − 1
 * @returns the codes
 * @throws RangeError for a format that cannot be, for more codes than a hundredth of those that could be written, and for
 * numbers outside their range
 *
 * **Source:** mission 6.3
 * @example
 * ```ts
 * import { buildCouponCodes, isCouponCode } from "ordercycle";
 * const format = { prefix: "TEA-", length: 6 };
 * let seed = 1;
 * const draw = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
 * const [code = ""] = buildCouponCodes(1, format, draw);
 * [code.length, isCouponCode(code, format), isCouponCode(code.slice(0, -1) + "?", format)]; // => [11, true, false]
 * ```
 */
export function buildCouponCodes(count: number, format: CouponCodeFormat, draw: (n: number) => number): CouponCode[] {
  const alphabet = alphabetOf(format);
  if (!Number.isSafeInteger(count) || count < 0 || count > alphabet.length ** format.length / 100) {
    throw new RangeError(
      `${count} codes are more than a hundredth of those that ${format.length} characters can write.`,
    );
  }
  const codes = new Set<CouponCode>();
  // With fair chance, and no more than a hundredth of what can be written, hardly one code in a hundred is drawn twice.
  for (let drawn = 0; codes.size < count; drawn += 1) {
    if (drawn > 100 + 10 * count) throw new RangeError("Chance draws the same codes again and again.");
    let body = "";
    for (let place = 0; place < format.length; place += 1) {
      const drawn = draw(alphabet.length);
      const character = alphabet[drawn];
      if (character === undefined)
        throw new RangeError(`A number from 0 to ${alphabet.length - 1} was needed, not ${drawn}.`);
      body += character;
    }
    codes.add(`${format.prefix}${body}${checkCharacter(body, alphabet)}`);
  }
  return [...codes];
}

/**
 * Tells whether a code is written as those of a batch are, its check character included.
 *
 * @param code anything that was presented as a code
 * @param format of the batch
 * @returns false for a slip of the pen or a code of another batch
 * @throws RangeError for a format that cannot be
 *
 * **Source:** mission 6.3
 * @example
 * ```ts
 * import { isCouponCode } from "ordercycle";
 * isCouponCode("TEA-ABCDEF", { prefix: "TEA-", length: 6 }); // => false
 * ```
 */
export function isCouponCode(code: string, format: CouponCodeFormat): boolean {
  const alphabet = alphabetOf(format);
  const { prefix, length } = format;
  if (!code.startsWith(prefix) || code.length !== prefix.length + length + 1) return false;
  const body = code.slice(prefix.length, -1);
  return (
    charactersOf(body).every((character) => alphabet.includes(character)) &&
    code.endsWith(checkCharacter(body, alphabet))
  );
}

function alphabetOf({ alphabet = READABLE, length }: CouponCodeFormat): string {
  const isPossible = alphabet.length >= 2 && alphabet.length <= 64 && new Set(alphabet).size === alphabet.length;
  if (!isPossible || !Number.isSafeInteger(length) || length < 4 || length > 32) {
    throw new RangeError("A code needs 4 to 32 characters, drawn from 2 to 64 different ones.");
  }
  return alphabet;
}

/** Weighted sum modulo the size of the alphabet; weights without a common factor with it lose no wrong character. */
function checkCharacter(body: string, alphabet: string): string {
  const size = alphabet.length;
  const weights = Array.from(alphabet, (_character, place) => place).filter((weight) => gcd(weight, size) === 1);
  let sum = 0;
  for (const [place, character] of charactersOf(body).entries()) {
    sum += alphabet.indexOf(character) * (weights[place % weights.length] ?? 1);
  }
  return alphabet[sum % size] ?? "";
}

/** Single units of text: an alphabet of anything else is refused by its length. */
function charactersOf(text: string): string[] {
  return Array.from({ length: text.length }, (_unit, place) => text.charAt(place));
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
