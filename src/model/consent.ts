import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import { issue, type IssueOf } from "../core/issue.js";
import type { CustomerCode } from "./ids.js";

/**
 * What a customer agreed to: who, when, to what, for what in return, and until when it holds.
 *
 * **Source:** mission 9.14, 8.3; definition B6
 */
export interface Consent {
  /** Customer who agrees. */
  readonly customerCode: CustomerCode;
  /** What is agreed to: the id of a proposal, or the number of an order. */
  readonly subject: string;
  /** Person who said so. */
  readonly agreedBy: string;
  /** When. */
  readonly agreedAt: Instant;
  /** Where it can be looked up: a letter, a mail, a call. */
  readonly reference: string;
  /** What the customer gets for it. */
  readonly compensation?: {
    /** Money in the currency of the customer's order. */
    readonly amount?: Decimal;
    /** Anything else. */
    readonly note?: string;
  };
  /** From then on it no longer holds. */
  readonly expiresAt?: Instant;
}

/** Why a decision is not covered by consent. */
export type ConsentIssue = IssueOf<{
  "consent.given_later": {
    readonly customerCode: CustomerCode;
    readonly reference: string;
    readonly agreedAt: Instant;
  };
  "consent.missing": { readonly customerCode: CustomerCode; readonly subject: string };
  "consent.expired": { readonly customerCode: CustomerCode; readonly reference: string; readonly expiresAt: Instant };
  "consent.foreign": { readonly customerCode: CustomerCode; readonly subject: string; readonly reference: string };
}>;

/**
 * Finds the consent of a customer to something, or says why there is none: one that is given after the decision does not
 * cover it, nor does one that has expired.
 *
 * @param consents all that were given, in any order
 * @param need customer, what is to be agreed to, and the instant of the decision
 * @returns the first that holds; else one issue for each that does not, or that it is missing
 */
export function consentFor(
  consents: readonly Consent[],
  need: { readonly customerCode: CustomerCode; readonly subject: string; readonly at: Instant },
): { readonly consent?: Consent; readonly issues: readonly ConsentIssue[] } {
  const { customerCode, subject, at } = need;
  const own = consents.filter((one) => one.customerCode === customerCode && one.subject === subject);
  const consent = own.find(({ agreedAt, expiresAt }) => agreedAt <= at && (expiresAt === undefined || expiresAt > at));
  if (consent !== undefined) return { consent, issues: [] };
  const issues = own.map(({ reference, agreedAt, expiresAt }): ConsentIssue => {
    if (expiresAt !== undefined && expiresAt <= at)
      return issue("consent.expired", ["consents"], { customerCode, reference, expiresAt });
    return issue("consent.given_later", ["consents"], { customerCode, reference, agreedAt });
  });
  return { issues: issues.length > 0 ? issues : [issue("consent.missing", ["consents"], { customerCode, subject })] };
}

/** Consents that belong to nobody who is asked: of another customer, or to something else. */
export function foreignConsents(
  consents: readonly Consent[],
  customerCodes: ReadonlySet<CustomerCode>,
  subject: string,
): ConsentIssue[] {
  return consents
    .filter((one) => one.subject !== subject || !customerCodes.has(one.customerCode))
    .map(({ customerCode, subject: other, reference }) =>
      issue("consent.foreign", ["consents"], { customerCode, subject: other, reference }),
    );
}
