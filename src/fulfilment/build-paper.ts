import { isPositive, type Decimal } from "../core/decimal.js";
import type { ItemCode, LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { Reprint } from "../model/request.js";
import { stockSource, type StockSource } from "../model/stock.js";

/** A paper that goes with goods: the picker's list, what the packer puts in, what the customer signs. */
export type PaperDocument = Reprint["document"];

/** A line of a paper: a quantity of an order line from one place. */
export interface PaperLine {
  /** Line of the order. */
  readonly lineId: LineId;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Place that the goods come from. */
  readonly source: StockSource;
  /** Quantity in the base unit, positive. */
  readonly quantity: Decimal;
}

/** A paper as it is printed. The host keeps it, so that it can be told later whether it still holds. */
export interface Paper {
  /** Which paper. */
  readonly document: PaperDocument;
  /** Order. */
  readonly orderNo: OrderNo;
  /** Version of the paper, from 1. */
  readonly version: number;
  /** Version of the order that it was built from. */
  readonly orderVersion: number;
  /** What it lists, by line and place. */
  readonly lines: readonly PaperLine[];
}

/**
 * Builds the paper for goods of an order as they stand now.
 *
 * **Rules**
 * 1. A pick list names what is allocated, a packing list and a delivery note what is picked, by line and place.
 * 2. Lines stand in their order, and the places of a line in the order in which they were reserved.
 *
 * @param document which paper
 * @param version of the paper; 1 for the first
 * @returns the paper; without lines when there is nothing to print
 *
 * **Source:** mission 14.5, 14.6; definition B17
 * @example
 * ```ts
 * import { buildPaper } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "4", picked: "6" } }] });
 * buildPaper(order, "pick_list").lines.map(({ lineId, quantity }) => [lineId, quantity]); // => [["SO-1-1", "4"]]
 * buildPaper(order, "delivery_note").lines.map(({ quantity }) => quantity); // => ["6"]
 * ```
 */
export function buildPaper(order: Order, document: PaperDocument, version = 1): Paper {
  const bucket = document === "pick_list" ? "allocated" : "picked";
  const lines = order.lines.flatMap(({ lineId, itemCode, reservations }) =>
    reservations.flatMap((reservation): PaperLine[] => {
      const quantity = reservation.quantities[bucket];
      if (quantity === undefined || !isPositive(quantity)) return [];
      return [{ lineId, itemCode, source: stockSource(reservation), quantity }];
    }),
  );
  return { document, orderNo: order.orderNo, version, orderVersion: order.version, lines };
}
