import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Words } from "../words/en";
import type { Translated } from "../words/translated";
import { keepLocale, type Locale } from "./locale";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Words;
  }
}

/** One language is one file for the browser; the other is fetched when somebody chooses it. */
async function load(locale: Locale): Promise<Translated<Words>> {
  const { words } = locale === "zh-CN" ? await import("../words/zh-CN") : await import("../words/en");
  return words;
}

/** Speaks this language from the first page on. */
export async function startWords(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    resources: { [locale]: await load(locale) },
    defaultNS: "common",
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = locale;
}

/** Speaks another language from now on, and remembers it. */
export async function chooseLocale(locale: Locale): Promise<void> {
  const words = await load(locale);
  for (const [feature, texts] of Object.entries(words)) i18next.addResourceBundle(locale, feature, texts);
  keepLocale(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}

/** The language spoken at present. */
export function currentLocale(): Locale {
  return i18next.language === "zh-CN" ? "zh-CN" : "en";
}
