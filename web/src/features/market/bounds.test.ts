import { expect, test } from "vitest";
import { fenOf } from "../../lib/amount";
import { problemOf } from "./Bounds";

test.each([
  [["", ""], null],
  [["10", ""], null],
  [["10", "9.99"], "turned"],
  [["10", "10"], null],
  [["ten", ""], "wrong"],
  [["1", "2.345"], "wrong"],
])("%j: %s", (bounds, problem) => {
  expect(problemOf(bounds, fenOf)).toBe(problem);
});
