/** What lines may take from warehouses at most. */
export interface Quota {
  /** Units that a line may still take from a warehouse. */
  readonly left: (line: number, warehouse: number) => number;
  /** Notes that a line took units from a warehouse; below zero when they went back. */
  readonly use: (line: number, warehouse: number, units: number) => void;
}
