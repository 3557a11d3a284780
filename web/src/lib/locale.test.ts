import { expect, test } from "vitest";
import { pickLocale } from "./locale";

test.each([
  [["zh-Hant-TW", "en"], "zh-CN"],
  [["en-GB", "zh-CN"], "en"],
  [["fr", "zh"], "zh-CN"],
  [["fr", "de"], "en"],
  [["", "zh-CN"], "zh-CN"],
  [[], "en"],
])("a reader of %j reads %s", (wanted, locale) => {
  expect(pickLocale(wanted)).toBe(locale);
});
