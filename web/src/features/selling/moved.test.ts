import { expect, test } from "vitest";
import { moved } from "./useUploads";

const all = ["a", "b", "c"].map((key) => ({ key }));
const order = (key: string, to: number) =>
  moved(all, key, to)
    .map((one) => one.key)
    .join("");

test("a picture moves to its new place and the others close up", () => {
  expect(order("a", 2)).toBe("bca");
  expect(order("c", 0)).toBe("cab");
  expect(order("b", 1)).toBe("abc");
});

test("beyond the ends is at the ends, and what is not there moves nothing", () => {
  expect(order("a", 9)).toBe("bca");
  expect(order("c", -4)).toBe("cab");
  expect(order("x", 1)).toBe("abc");
});
