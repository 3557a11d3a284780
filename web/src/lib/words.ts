import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { RestWords, Words } from "../words/en";
import { words as en, type FirstWords } from "../words/first/en";
import { words as zhCn } from "../words/first/zh-CN";
import type { Translated } from "../words/translated";
import { keepLocale, readLocale, type Locale } from "./locale";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Words;
  }
}

/** What the market and the frame of the pages say. Both languages are small, and the first page waits for no other file. */
const FIRST: Record<Locale, Translated<FirstWords>> = { en, "zh-CN": zhCn };

/** What all other pages say. */
async function loadRest(locale: Locale): Promise<Translated<RestWords>> {
  const { words } = locale === "zh-CN" ? await import("../words/zh-CN") : await import("../words/en");
  return words;
}

// The first page may ask for its words before any language is spoken.
let spoken: () => void = () => undefined;
const started = new Promise<void>((done) => {
  spoken = done;
});

/** Speaks this language from the first page on. */
export async function startWords(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    resources: FIRST,
    defaultNS: "common",
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = locale;
  spoken();
}

/** Has every word of the language spoken; asked for by each page but the market. */
export async function wholeWords(): Promise<void> {
  // They come while the first ones do.
  void loadRest(readLocale());
  await started;
  await addRest(currentLocale());
}

/** Speaks another language from now on, and remembers it. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await addRest(locale);
  keepLocale(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}

const added = new Set<Locale>();

async function addRest(locale: Locale): Promise<void> {
  const rest = await loadRest(locale);
  if (added.has(locale)) return;
  added.add(locale);
  for (const [feature, texts] of Object.entries(rest)) i18next.addResourceBundle(locale, feature, texts);
}

/** The language spoken at present. */
export function currentLocale(): Locale {
  return i18next.language === "zh-CN" ? "zh-CN" : "en";
}
