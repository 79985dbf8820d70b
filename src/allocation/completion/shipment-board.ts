/** An order that is served in full: what it needs, item by item. */
export interface ServedOrder {
  /** Items, by their numbers. */
  readonly items: readonly number[];
  /** Units of each. */
  readonly units: readonly number[];
}

/** Orders and the stock that they take from, warehouse by warehouse. */
export interface ShipmentBoard {
  /** Orders. */
  readonly orders: readonly ServedOrder[];
  /** Number of warehouses. */
  readonly warehouses: number;
  /** Units at first: item i in warehouse w at `i × warehouses + w`. */
  readonly stock: Float64Array;
  /** Units left, in the same places. */
  readonly left: Float64Array;
  /** What each order takes: its line l from warehouse w at `l × warehouses + w`. */
  readonly takes: readonly Float64Array[];
  /** Number of warehouses that each order takes from; 0 while it takes nothing. */
  readonly shipments: Int32Array;
  /** Orders that need each item. */
  readonly usersOf: readonly number[][];
}

/** Sets the board up, with nothing taken. */
export function shipmentBoard(orders: readonly ServedOrder[], stock: Float64Array, warehouses: number): ShipmentBoard {
  const usersOf = Array.from({ length: stock.length / warehouses }, (): number[] => []);
  for (const [order, { items }] of orders.entries()) for (const item of items) usersOf[item]!.push(order);
  return {
    orders,
    warehouses,
    stock,
    left: stock.slice(),
    takes: orders.map(({ items }) => new Float64Array(items.length * warehouses)),
    shipments: new Int32Array(orders.length),
    usersOf,
  };
}

/** Takes what an order needs from these warehouses, of each item first where most is left. */
export function takeFrom(board: ShipmentBoard, order: number, sites: readonly number[]): void {
  const { orders, left, warehouses, takes, shipments } = board;
  const { items, units } = orders[order]!;
  const own = takes[order]!;
  for (const [line, item] of items.entries()) {
    let need = units[line]!;
    const row = item * warehouses;
    const fullest = sites.length === 1 ? sites : [...sites].sort((a, b) => left[row + b]! - left[row + a]! || a - b);
    for (const site of fullest) {
      const part = Math.min(need, left[row + site]!);
      own[line * warehouses + site] = part;
      left[row + site]! -= part;
      need -= part;
    }
  }
  shipments[order] = countUsed(own, warehouses);
}

/** Gives back what an order took. */
export function giveBack(board: ShipmentBoard, order: number): void {
  restoreTakes(board, order, new Float64Array(board.takes[order]!.length));
}

/** Gives an order these takes instead of those that it has. */
export function restoreTakes(
  { orders, left, warehouses, takes, shipments }: ShipmentBoard,
  order: number,
  wanted: Float64Array,
): void {
  const own = takes[order]!;
  for (const [line, item] of orders[order]!.items.entries()) {
    for (let site = 0; site < warehouses; site++) {
      const place = line * warehouses + site;
      left[item * warehouses + site]! += own[place]! - wanted[place]!;
      own[place] = wanted[place]!;
    }
  }
  shipments[order] = countUsed(own, warehouses);
}

function countUsed(takes: Float64Array, warehouses: number): number {
  let count = 0;
  for (let site = 0; site < warehouses; site++) {
    let place = site;
    while (place < takes.length && takes[place] === 0) place += warehouses;
    if (place < takes.length) count++;
  }
  return count;
}
