import { expect, test } from "vitest";
import { split } from "./countdown";

test.each([
  [0, [0, 0, 0, 0]],
  [-5, [0, 0, 0, 0]],
  [59.9, [0, 0, 0, 59]],
  [3_600, [0, 1, 0, 0]],
  [90_061, [1, 1, 1, 1]],
])("%d seconds are %j", (seconds, parts) => {
  expect(Object.values(split(seconds))).toEqual(parts);
});
