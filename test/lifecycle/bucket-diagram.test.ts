import { describe, expect, it } from "vitest";
import { bucketDiagram, bucketDiagramSvg } from "../../src/lifecycle/bucket-diagram.js";
import { BUCKET_EDGES, BUCKETS } from "../../src/model/bucket.js";

const BOX = { width: 170, height: 40 };

/** The boxes and arrows of the picture, read back from its text. */
function readBack(svg: string) {
  const number = (text: string | undefined): number => Number(text);
  const boxes = [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="170".*?<text[^>]*>([a-z]+)<\/text>/gu)].map(
    ([whole, x, y, name]) => ({ name, x: number(x), y: number(y), frames: whole.split("<rect").length - 1 }),
  );
  const arrows = [...svg.matchAll(/<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"/gu)].map(
    ([, x1, y1, x2, y2]) => ({ x1: number(x1), y1: number(y1), x2: number(x2), y2: number(y2) }),
  );
  return { boxes, arrows };
}

describe("bucketDiagram (mission 11.1, 11.3)", () => {
  it("rules 1 and 2: names every bucket, and draws every move of the table with what it costs", () => {
    const rows = bucketDiagram().split("\n");
    expect(rows[0]).toBe("flowchart LR");
    expect(rows.slice(1, 11)).toEqual(BUCKETS.map((bucket) => `  ${bucket}`));
    expect(rows.slice(11)).toEqual(
      BUCKET_EDGES.map(({ from, to, movement }) =>
        movement === null ? `  ${from} --> ${to}` : `  ${from} -->|${movement.split("_").join(" ")}| ${to}`,
      ),
    );
    expect(rows).toContain("  shipped -->|hand over| delivered");
  });
});

describe("bucketDiagramSvg (mission 11.1, 11.3)", () => {
  const svg = bucketDiagramSvg();
  const { boxes, arrows } = readBack(svg);

  it("rule 2: draws each bucket once, those that nothing leaves with a double frame", () => {
    expect(boxes.map(({ name }) => name)).toEqual(BUCKETS);
    expect(boxes.filter(({ frames }) => frames === 2).map(({ name }) => name)).toEqual([
      "returned",
      "merged",
      "cancelled",
    ]);
  });

  it("draws one arrow for each move, from the one bucket to the other, with its label", () => {
    expect(arrows).toHaveLength(BUCKET_EDGES.length);
    const isNear = (name: string, x: number, y: number): boolean => {
      const box = boxes.find((each) => each.name === name)!;
      const reach = 14;
      const isAcross = x >= box.x - reach && x <= box.x + BOX.width + reach;
      return isAcross && y >= box.y - reach && y <= box.y + BOX.height + reach;
    };
    for (const [place, { from, to }] of BUCKET_EDGES.entries()) {
      const { x1, y1, x2, y2 } = arrows[place]!;
      expect([from, to, isNear(from, x1, y1), isNear(to, x2, y2)]).toEqual([from, to, true, true]);
    }
    const labels = [...svg.matchAll(/fill="#334155">([^<]+)<\/text>/gu)].map(([, label]) => label);
    const costs = BUCKET_EDGES.flatMap(({ movement }) => (movement === null ? [] : [movement.split("_").join(" ")]));
    expect(labels).toEqual(costs);
  });

  it("rule 1: no arrow runs through a third bucket, and all stands within the picture", () => {
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/u.exec(svg)!.map(Number);
    for (const { x, y } of boxes) {
      expect([x >= 0, y >= 0, x + BOX.width <= width!, y + BOX.height <= height!]).toEqual([true, true, true, true]);
    }
    for (const [place, { from, to }] of BUCKET_EDGES.entries()) {
      const { x1, y1, x2, y2 } = arrows[place]!;
      const through = boxes.filter(({ name, x, y }) =>
        name === from || name === to
          ? false
          : Array.from({ length: 101 }, (_none, step) => step / 100).some((share) => {
              const [px, py] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
              return px > x && px < x + BOX.width && py > y && py < y + BOX.height;
            }),
      );
      expect([from, to, through.map(({ name }) => name)]).toEqual([from, to, []]);
    }
  });

  it("rule 3: is the same at every call", () => {
    expect(bucketDiagramSvg()).toBe(svg);
  });
});
