import { expect, test } from "vitest";
import { columnsFor, rowsIn } from "./rows";

test("only rows near the window are there", () => {
  expect(rowsIn(1_000, 300, 200, 900)).toEqual({ first: 0, end: 6 });
  expect(rowsIn(1_000, 300, -30_000, 900)).toEqual({ first: 97, end: 106 });
  expect(rowsIn(1_000, 300, -299_500, 900)).toEqual({ first: 995, end: 1_000 });
  expect(rowsIn(2, 300, 200, 900)).toEqual({ first: 0, end: 2 });
  expect(rowsIn(0, 300, 200, 900)).toEqual({ first: 0, end: 0 });
});

test("whatever is in the window is among them", () => {
  for (let top = 400; top > -9_000; top -= 37) {
    const { first, end } = rowsIn(40, 250, top, 844);
    for (let row = 0; row < 40; row += 1) {
      const seen = top + row * 250 < 844 && top + (row + 1) * 250 > 0;
      if (seen) expect(row >= first && row < end, `row ${row} at ${top}`).toBe(true);
    }
  }
});

test("tiles stay wide enough to read", () => {
  expect([0, 358, 600, 800, 1_000, 4_000].map(columnsFor)).toEqual([2, 2, 3, 3, 4, 5]);
});
