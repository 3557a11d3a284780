import { expect, test } from "vitest";
import { relative } from "./format";

const now = Date.parse("2026-03-10T12:00:00.000Z");

test.each([
  ["2026-03-10T11:59:30.000Z", "en", "now"],
  ["2026-03-10T11:58:00.000Z", "en", "2 minutes ago"],
  ["2026-03-10T09:30:00.000Z", "zh-CN", "2小时前"],
  ["2026-03-11T13:00:00.000Z", "en", "tomorrow"],
  ["2026-01-01T12:00:00.000Z", "en", "Jan 1, 2026"],
] as const)("%s in %s is %s", (at, locale, words) => {
  expect(relative(at, now, locale)).toBe(words);
});
