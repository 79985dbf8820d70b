/** A postal address. **Source:** mission 4.2, 5.1 */
export interface Address {
  /** Name of the place or the person, as it goes on the label. */
  readonly name?: string;
  /** Street and house number. */
  readonly street: string;
  /** Town or city. */
  readonly city: string;
  /** State, province or county. */
  readonly region?: string;
  /** Post code, as text. */
  readonly postalCode?: string;
  /** Country: an ISO 3166-1 alpha-2 code or the site's own name. */
  readonly country: string;
}
