import { fixedScramble } from "./fixed-scramble.js";
import {
  giveBack,
  restoreTakes,
  shipmentBoard,
  takeFrom,
  type ServedOrder,
  type ShipmentBoard,
} from "./shipment-board.js";
import { fewestWarehouses, leastWarehouses, warehouseSets } from "./warehouse-sets.js";

/** From where orders are served. */
export interface ShipmentPlan {
  /** What each order takes: its line l from warehouse w at `l × warehouses + w`. */
  readonly takes: readonly Float64Array[];
  /** Number of warehouses of each order. */
  readonly shipments: Int32Array;
  /** Looks at sets of warehouses and at rivals. */
  readonly steps: number;
}

/**
 * Serves orders from as few warehouses each as can be found: large orders choose first, then orders that are split try to
 * get all from fewer, where others make room and move elsewhere.
 *
 * @param orders whose needs the stock of all warehouses together can meet
 * @param stock units of item i in warehouse w at `i × warehouses + w`
 */
export function fewestShipments(
  orders: readonly ServedOrder[],
  stock: Float64Array,
  warehouses: number,
  budget: number,
): ShipmentPlan {
  const board = shipmentBoard(orders, stock, warehouses);
  const sets = warehouseSets(warehouses);
  const bySize = [...orders.keys()].sort((a, b) => sizeOf(orders[b]!) - sizeOf(orders[a]!) || a - b);
  let steps = 0;
  for (const order of bySize) steps += place(board, order, sets);
  const least = orders.map((order) => leastWarehouses(order, stock, warehouses, sets));
  const scramble = fixedScramble();
  while (steps < budget) {
    const split = [...orders.keys()].filter((order) => board.shipments[order]! > least[order]!);
    if (split.length === 0) break;
    // The list itself is a look at all orders, though a short one.
    steps += Math.floor(orders.length / LOOKS_OF_A_STEP);
    // A round of attempts before the list is made anew.
    for (let attempt = 0; attempt < split.length && steps < budget; attempt++) {
      const order = split[Math.floor(scramble() * split.length)]!;
      if (board.shipments[order]! > least[order]!) steps += 1 + regroup(board, order, sets, scramble);
    }
  }
  return { takes: board.takes, shipments: board.shipments, steps };
}

/** Orders that are looked over in the time of one attempt. */
const LOOKS_OF_A_STEP = 64;

const sizeOf = ({ items, units }: ServedOrder): number =>
  items.length * 1e6 + units.reduce((total, part) => total + Math.min(part, 1e5) / items.length, 0);

function place(board: ShipmentBoard, order: number, sets: ReturnType<typeof warehouseSets>): number {
  const { sites, looks } = fewestWarehouses(board.orders[order]!, board.left, board.warehouses, sets);
  takeFrom(board, order, sites!);
  return looks;
}

/** Moves an order into fewer warehouses; who stands in its way is placed again. Undone where that makes more shipments. */
function regroup(
  board: ShipmentBoard,
  order: number,
  sets: ReturnType<typeof warehouseSets>,
  scramble: () => number,
): number {
  const { orders, takes, shipments } = board;
  const before = new Map<number, Float64Array>();
  let [old, steps] = [0, 0];
  const withdraw = (one: number): void => {
    before.set(one, takes[one]!.slice());
    old += shipments[one]!;
    giveBack(board, one);
  };
  const sites = someSites(board, shipments[order]! - 1, scramble);
  withdraw(order);
  const room = makeRoom(board, order, sites, withdraw, scramble);
  steps += room.looks;
  let isBetter = room.isMade;
  if (isBetter) {
    takeFrom(board, order, sites);
    let now = shipments[order]!;
    const rest = [...before.keys()].filter((one) => one !== order);
    rest.sort((a, b) => sizeOf(orders[b]!) - sizeOf(orders[a]!) || a - b);
    for (const one of rest) {
      steps += place(board, one, sets);
      now += shipments[one]!;
      isBetter &&= now <= old;
    }
  }
  if (isBetter) return steps;
  for (const one of before.keys()) giveBack(board, one);
  for (const [one, own] of before) restoreTakes(board, one, own);
  return steps;
}

/** Some warehouses, so many of them. */
function someSites({ warehouses }: ShipmentBoard, count: number, scramble: () => number): number[] {
  const pool = Array.from({ length: warehouses }, (_, site) => site);
  return Array.from({ length: count }, () => pool.splice(Math.floor(scramble() * pool.length), 1)[0]!).sort(
    (a, b) => a - b,
  );
}

/** Withdraws orders that take from these warehouses until an order finds all that it needs there. */
function makeRoom(
  { orders, stock, left, warehouses, takes, usersOf, shipments }: ShipmentBoard,
  order: number,
  sites: readonly number[],
  withdraw: (one: number) => void,
  scramble: () => number,
): { readonly isMade: boolean; readonly looks: number } {
  const { items, units } = orders[order]!;
  const totalIn = (figures: Float64Array, row: number): number => {
    let total = 0;
    for (const site of sites) total += figures[row * warehouses + site]!;
    return total;
  };
  if (items.some((item, line) => totalIn(stock, item) < units[line]!)) return { isMade: false, looks: items.length };
  let looks = items.length;
  for (const [line, item] of items.entries()) {
    const users = usersOf[item]!;
    const first = Math.floor(scramble() * users.length);
    for (let turn = 0; totalIn(left, item) < units[line]!; turn++) {
      const rival = users[(first + turn) % users.length]!;
      looks++;
      if (shipments[rival] === 0) continue;
      if (totalIn(takes[rival]!, orders[rival]!.items.indexOf(item)) > 0) withdraw(rival);
    }
  }
  return { isMade: true, looks };
}
