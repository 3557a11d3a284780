import { storage } from "./storage";

/** The languages every page speaks. */
export type Locale = "en" | "zh-CN";

const KEY = "handover.locale";

/** The first language of the reader that we speak; English when there is none. */
export function pickLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split("-")[0];
    if (language === "zh") return "zh-CN";
    if (language === "en") return "en";
  }
  return "en";
}

/** The language the reader chose here before, else the browser's. */
export function readLocale(): Locale {
  return pickLocale([storage()?.getItem(KEY) ?? "", ...navigator.languages]);
}

/** Remembers the reader's choice in this browser. */
export function keepLocale(locale: Locale): void {
  storage()?.setItem(KEY, locale);
}
