/**
 * A batch in columns: whole units, positions instead of names. For hosts that hold their data in columns already, and
 * the inside of `allocateBatch`.
 */
export interface AllocationColumns {
  /** Number of items; item columns hold 0 … items − 1. */
  readonly items: number;
  /** Number of warehouses. */
  readonly warehouses: number;
  /** Positions of lines in the order of service. */
  readonly sequence: Int32Array;
  /** Item of each line; -1 for an item without any lot. */
  readonly lineItem: Int32Array;
  /** Wanted units of each line: safe integers. */
  readonly lineUnits: Float64Array | Int32Array;
  /** Area of each line: a row of `nearness`. */
  readonly lineArea: Int32Array;
  /** Day number on which a lot for the line must at the earliest expire; 0 for any. Absent: any lot will do. */
  readonly lineExpiry?: Int32Array;
  /** Smallest deliverable step of each line in units; 0 for none. */
  readonly lineQuantum?: Float64Array;
  /** 1 for a line that is served in full or not at all. */
  readonly lineAllOrNothing?: Uint8Array;
  /** Item of each lot. */
  readonly lotItem: Int32Array;
  /** Warehouse of each lot. */
  readonly lotWarehouse: Int32Array;
  /** Free units of each lot: safe integers, and those of all lots of an item together. */
  readonly lotUnits: Float64Array | Int32Array;
  /** Place of each lot in the queue of its item and warehouse, smaller first; equal places by position. */
  readonly lotQueue: Float64Array | Int32Array;
  /** Day number of expiry of each lot, above 0; needed when lines have one. */
  readonly lotExpiry?: Int32Array;
  /**
   * How near each warehouse is to each area, `area × warehouses + warehouse`: 0 nearest, -1 not asked; equally near ones
   * are asked in the order of their numbers.
   */
  readonly nearness: Int32Array;
}

/** What the columns gave: `count` takes, in the order in which they were made. */
export interface AllocationTakes {
  /** Number of takes. */
  readonly count: number;
  /** Position of the line of each take. */
  readonly line: Int32Array;
  /** Position of the lot of each take. */
  readonly lot: Int32Array;
  /** Units of each take. */
  readonly units: Float64Array | Int32Array;
  /** Units that each line got. */
  readonly lineTaken: Float64Array | Int32Array;
  /** Units that were free for each line when its turn came, up to what it wanted; the same column where each got that. */
  readonly lineOffered: Float64Array | Int32Array;
}
