import { describe, expect, it } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { applyChanges } from "../../src/model/apply-changes.js";
import { applyMovements, indexStock, type StockIndex } from "../../src/model/apply-movements.js";
import type { Change } from "../../src/model/change.js";
import type { StockMovement } from "../../src/model/movement.js";
import type { OrderLine } from "../../src/model/order-line.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyOrder, anyStock } from "../../src/testing/index.js";

const at = instant("2026-03-05T09:00:00.000Z");
const source = { warehouseId: "NORTH" };

describe("size (mission 11.1, 5.11)", () => {
  it("writes 10,000 changes into an order of 10,000 lines with work that grows with their sum, not their product", () => {
    const size = 10_000;
    const order = anyOrder({ stage: "confirmed", lines: Array.from({ length: size }, () => ({})) });
    let reads = 0;
    const lines = order.lines.map((line): OrderLine => {
      const { lineId } = line;
      return Object.defineProperty({ ...line }, "lineId", {
        enumerable: true,
        get: () => {
          reads += 1;
          return lineId;
        },
      });
    });
    // Changes from the last line to the first, so that a search from the front would have to go far.
    const changes = order.lines.toReversed().map(({ lineId }, place): Change => ({
      kind: "quantity_moved",
      lineId,
      from: "open",
      to: "allocated",
      quantity: decimal((place % 10) + 1),
      source,
    }));
    const after = applyChanges({ ...order, lines }, changes);
    expect(reads).toBeLessThan(10 * (size + changes.length));
    expect(after.lines.map(({ quantities }) => quantities.allocated)).toEqual(
      order.lines.map((_line, place) => String(((size - 1 - place) % 10) + 1)),
    );
    expect(after.status).toBe("confirmed");
  });

  it("posts 1,000 movements to a stock of 1,000,000 positions with one look-up each", () => {
    const size = 1_000_000;
    const [position] = anyStock({ onHand: "50" }) as [StockPosition];
    const stock = Array.from({ length: size }, (_none, place) => ({ ...position, itemCode: `I-${place}` }));
    const index = indexStock(stock);
    let looks = 0;
    const counted = {
      size: index.size,
      get: (key: string) => {
        looks += 1;
        return index.get(key);
      },
    } as StockIndex;
    const movements = Array.from({ length: 1_000 }, (_none, place): StockMovement => ({
      kind: "reserve",
      itemCode: `I-${size - 1 - place * 997}`,
      ...source,
      quantity: decimal(7),
      at,
    }));
    const after = applyMovements(stock, movements, counted);
    expect(looks).toBe(movements.length);
    expect(after.filter(({ reserved }) => reserved === "7")).toHaveLength(1_000);
    expect(after.filter((each, place) => each !== stock[place])).toHaveLength(1_000);
    expect([after[size - 1]?.reserved, after[size - 2]?.reserved, after[size - 998]?.reserved]).toEqual([
      "7",
      "0",
      "7",
    ]);
  });
});
