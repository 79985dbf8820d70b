/**
 * Text that names one kind of thing: plain text goes in, but an item code is not accepted where a customer code is
 * expected.
 */
export type Flavoured<Name extends string> = string & { readonly __flavour?: Name };

/** Business number of an order; unique in the host's system. */
export type OrderNo = Flavoured<"OrderNo">;
/** Id of an order line: the order number, a dash and the line's counter (`SO-1-3`). */
export type LineId = Flavoured<"LineId">;
/** Code of an item in the item master. */
export type ItemCode = Flavoured<"ItemCode">;
/** Code of a customer in the customer master. */
export type CustomerCode = Flavoured<"CustomerCode">;
/** Code of a salesperson. */
export type SalespersonCode = Flavoured<"SalespersonCode">;
/** Id of a warehouse. */
export type WarehouseId = Flavoured<"WarehouseId">;
/** Id of a bin (storage location) inside a warehouse. */
export type BinId = Flavoured<"BinId">;
/** Number of a lot (batch) of an item. */
export type LotNo = Flavoured<"LotNo">;
/** Id of a delivery wave in the wave master. */
export type DeliveryWaveId = Flavoured<"DeliveryWaveId">;
/** Unit of measure: a UN/ECE Recommendation 20 code (`EA`, `CS`, `KGM`) or the site's own. */
export type Uom = Flavoured<"Uom">;
/** ISO 4217 currency code. */
export type Currency = Flavoured<"Currency">;
/** Number of an invoice. */
export type InvoiceNo = Flavoured<"InvoiceNo">;
