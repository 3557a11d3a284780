import { expect, test } from "vitest";
import { dayOf, relative } from "./format";

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

test("a day is told in words where it has some, by the reader's midnight", () => {
  const at = (day: number, hour: number) => new Date(2026, 4, day, hour).getTime();
  const told = (day: number, hour: number) => dayOf(new Date(2026, 4, day, hour).toISOString(), at(10, 1));
  expect([told(10, 0), told(9, 23), told(8, 23)]).toEqual(["today", "yesterday", undefined]);
});
