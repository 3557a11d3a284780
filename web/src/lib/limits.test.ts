import { expect, test } from "vitest";
import { fits, lengthOf } from "./limits";

test("characters are counted as the API counts them: trimmed, composed, whole", () => {
  expect(lengthOf("  王者荣耀 ")).toBe(4);
  expect(lengthOf("e\u0301")).toBe(1);
  expect(lengthOf("😀😀")).toBe(2);
});

test("both ends of a range fit", () => {
  expect(["abc", "abcd", "a".repeat(80), "a".repeat(81)].map((text) => fits(text, [4, 80]))).toEqual([false, true, true, false]);
});
