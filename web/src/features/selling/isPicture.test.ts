import { expect, test } from "vitest";
import { isPicture } from "./usePictureCheck";

const MB = 1024 * 1024;

test("a picture is PNG, JPEG or WebP of 10 MB at most", () => {
  expect(isPicture({ type: "image/png", size: 10 * MB })).toBe(true);
  expect(isPicture({ type: "image/webp", size: 10 * MB + 1 })).toBe(false);
  expect(isPicture({ type: "image/gif", size: 20 })).toBe(false);
  expect(isPicture({ type: "", size: 20 })).toBe(false);
});
