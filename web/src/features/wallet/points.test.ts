import { expect, test } from "vitest";
import { midnight, pointsOf } from "./points";

const line = (at: string, amount: string, balance: string) => ({ at, amount: { amount }, balance: { amount: balance } });

test("a balance begins with what was there before and goes on until now", () => {
  const lines = [line("2026-03-03T00:00:00.000Z", "-20.10", "80.20"), line("2026-03-02T00:00:00.000Z", "100.30", "100.30")];
  const from = Date.parse("2026-03-01T00:00:00Z");
  const now = Date.parse("2026-03-04T00:00:00Z");
  expect(pointsOf(lines, from, now).map(({ balance }) => balance)).toEqual([0, 100.3, 80.2, 80.2]);
  expect(pointsOf(lines, from, now).map(({ at }) => at)).toEqual([...new Set([from, ...[2, 3].map((day) => Date.UTC(2026, 2, day)), now])]);
});

test("nothing moved: nothing to draw", () => {
  expect(pointsOf([], 0, 1)).toEqual([]);
});

test("a day begins at its midnight here, and an impossible one is none", () => {
  expect(midnight("2026-02-28")).toBe(new Date(2026, 1, 28).toISOString());
  expect(midnight("2026-02-28", 1)).toBe(new Date(2026, 2, 1).toISOString());
  expect(midnight("")).toBeUndefined();
  expect(midnight("28.2.2026")).toBeUndefined();
});
