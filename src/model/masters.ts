import type { Customer } from "./customer.js";
import type { CustomerCode, DeliveryWaveId, ItemCode, WarehouseId } from "./ids.js";
import type { Item, PriceEntry } from "./item.js";
import type { DeliveryWave, Warehouse } from "./stock.js";

/**
 * The master files, indexed by their codes. Decisions look things up here and never change it.
 *
 * **Source:** mission 4.3, 5.3, 5.9, 3.6
 */
export interface Masters {
  /** Customers by code. */
  readonly customers: ReadonlyMap<CustomerCode, Customer>;
  /** Items by code. */
  readonly items: ReadonlyMap<ItemCode, Item>;
  /** Prices by item. */
  readonly prices: ReadonlyMap<ItemCode, readonly PriceEntry[]>;
  /** Warehouses by id. */
  readonly warehouses: ReadonlyMap<WarehouseId, Warehouse>;
  /** Delivery waves by id. */
  readonly deliveryWaves: ReadonlyMap<DeliveryWaveId, DeliveryWave>;
}

/** The master files as lists. */
export interface MasterLists {
  /** Customers, each code once. */
  readonly customers?: readonly Customer[];
  /** Items, each code once. */
  readonly items?: readonly Item[];
  /** Prices of all items. */
  readonly prices?: readonly PriceEntry[];
  /** Warehouses, each id once. */
  readonly warehouses?: readonly Warehouse[];
  /** Delivery waves, each id once. */
  readonly deliveryWaves?: readonly DeliveryWave[];
}

/**
 * Indexes the master files by their codes; built once, used by every decision.
 *
 * @returns the index
 * @throws RangeError when a code is listed twice
 * @example
 * ```ts
 * import { indexMasters } from "ordercycle";
 * import { anyCustomer } from "ordercycle/testing";
 * const masters = indexMasters({ customers: [anyCustomer({ customerCode: "C-7", name: "Harbour Café" })] });
 * masters.customers.get("C-7")?.name; // => "Harbour Café"
 * ```
 */
export function indexMasters(lists: MasterLists): Masters {
  const prices = new Map<ItemCode, PriceEntry[]>();
  for (const price of lists.prices ?? []) {
    const ofItem = prices.get(price.itemCode);
    if (ofItem === undefined) prices.set(price.itemCode, [price]);
    else ofItem.push(price);
  }
  return {
    customers: byCode(lists.customers ?? [], ({ customerCode }) => customerCode),
    items: byCode(lists.items ?? [], ({ itemCode }) => itemCode),
    prices,
    warehouses: byCode(lists.warehouses ?? [], ({ warehouseId }) => warehouseId),
    deliveryWaves: byCode(lists.deliveryWaves ?? [], ({ deliveryWaveId }) => deliveryWaveId),
  };
}

function byCode<Code extends string, Entry>(
  entries: readonly Entry[],
  codeOf: (entry: Entry) => Code,
): Map<Code, Entry> {
  const index = new Map<Code, Entry>();
  for (const entry of entries) {
    const code = codeOf(entry);
    if (index.has(code)) throw new RangeError(`${code} is listed twice.`);
    index.set(code, entry);
  }
  return index;
}
