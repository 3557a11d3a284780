import { expect, test } from "vitest";
import { amountOf, fenOf, isBetween, isWithin } from "./amount";

test.each([
  ["1", 100n],
  ["1.5", 150n],
  [" 0012.34 ", 1234n],
  ["999999999999.99", 99_999_999_999_999n],
  ["", undefined],
  ["1.", undefined],
  [".5", undefined],
  ["1.234", undefined],
  ["-1", undefined],
  ["1e3", undefined],
  ["1,000", undefined],
  ["1234567890123", undefined],
])("%j is %s fen", (text, fen) => {
  expect(fenOf(text)).toBe(fen);
});

test.each(["0.00", "0.09", "1.50", "999999999999.99"])("%s is the same as an amount again", (text) => {
  expect(amountOf(fenOf(text) ?? -1n)).toBe(text);
});

test("both limits are allowed, one fen beyond is not", () => {
  expect(["0.99", "1.00", "200000.00", "200000.01"].map((text) => isWithin(text, 1, 200_000))).toEqual([false, true, true, false]);
});

test("an amount may be bounded by another one", () => {
  expect(["0.00", "0.01", "12.30", "12.31", "x"].map((text) => isBetween(text, "0.01", "12.30"))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
});
