import { expect, test } from "vitest";
import { isIdNumber } from "./idNumber";

test.each([
  ["11010519491231002X", true],
  [" 11010519491231002x ", true],
  ["110105194912310021", false],
  ["110105194902300020", false],
  ["一二三四五六七八九十一二三四五六七八", false],
  ["11010519491231002", false],
  ["", false],
])("%j: %s", (text, good) => {
  expect(isIdNumber(text)).toBe(good);
});
