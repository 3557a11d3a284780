import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { RestWords, Words } from "../words/en";
import type { AdminWords } from "../words/admin/en";
import type { FirstWords } from "../words/first/en";
import type { Translated } from "../words/translated";
import { keepLocale, readLocale, type Locale } from "./locale";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Words;
  }
}

/** What the market and the frame of the pages say; one language is one file for the browser. */
async function loadFirst(locale: Locale): Promise<Translated<FirstWords>> {
  const { words } = locale === "zh-CN" ? await import("../words/first/zh-CN") : await import("../words/first/en");
  return words;
}

/** What all other pages say. */
async function loadRest(locale: Locale): Promise<Translated<RestWords>> {
  const { words } = locale === "zh-CN" ? await import("../words/zh-CN") : await import("../words/en");
  return words;
}

/** What the console of admins says. */
async function loadAdmin(locale: Locale): Promise<Translated<AdminWords>> {
  const { words } = locale === "zh-CN" ? await import("../words/admin/zh-CN") : await import("../words/admin/en");
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
    resources: { [locale]: await loadFirst(locale) },
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
  await add(currentLocale(), loadRest);
}

// Whoever was in the console speaks of it in every language he chooses.
let administers = false;

/** Has the words of the console as well; asked for by its pages. */
export async function adminWords(): Promise<void> {
  administers = true;
  await started;
  await Promise.all([wholeWords(), add(currentLocale(), loadAdmin)]);
}

/** Speaks another language from now on, and remembers it. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await Promise.all([add(locale, loadFirst), add(locale, loadRest), ...(administers ? [add(locale, loadAdmin)] : [])]);
  keepLocale(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}

const added = new Set<string>();

async function add(locale: Locale, load: (locale: Locale) => Promise<object>): Promise<void> {
  for (const [feature, texts] of Object.entries(await load(locale))) {
    const name = `${locale} ${feature}`;
    if (!added.has(name)) i18next.addResourceBundle(locale, feature, texts);
    added.add(name);
  }
}

/** The language spoken at present. */
export function currentLocale(): Locale {
  return i18next.language === "zh-CN" ? "zh-CN" : "en";
}
