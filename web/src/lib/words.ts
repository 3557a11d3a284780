import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { RestWords, Words } from "../words/en";
import type { AdminWords } from "../words/admin/en";
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
  await add(currentLocale(), "rest", loadRest);
}

// Whoever was in the console speaks of it in every language he chooses.
let administers = false;

/** Has the words of the console as well; asked for by its pages. */
export async function adminWords(): Promise<void> {
  administers = true;
  await started;
  await Promise.all([wholeWords(), add(currentLocale(), "admin", loadAdmin)]);
}

const listeners = new Set<() => void>();
const channel = new BroadcastChannel("handover.locale");

channel.onmessage = ({ data }: MessageEvent<Locale>) => void speak(data).catch(() => undefined);

/** Speaks another language from now on, and remembers it. Other tabs follow. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await load(locale);
  keepLocale(locale);
  channel.postMessage(locale);
  await speak(locale);
}

/** Hears when another language is spoken, until told to stop. */
export function onSpoken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function speak(locale: Locale): Promise<void> {
  await Promise.all([started, load(locale)]);
  if (currentLocale() === locale) return;
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  for (const listener of listeners) listener();
}

async function load(locale: Locale): Promise<void> {
  await Promise.all([add(locale, "rest", loadRest), ...(administers ? [add(locale, "admin", loadAdmin)] : [])]);
}

const added = new Set<string>();

async function add(locale: Locale, part: "rest" | "admin", load: (locale: Locale) => Promise<object>): Promise<void> {
  const words = await load(locale);
  const name = `${locale} ${part}`;
  if (added.has(name)) return;
  added.add(name);
  for (const [feature, texts] of Object.entries(words)) i18next.addResourceBundle(locale, feature, texts);
}

/** The language spoken at present; before the first word, the one that will be. What is asked of the API is asked in it as well. */
export function currentLocale(): Locale {
  if (!i18next.isInitialized) return readLocale();
  return i18next.language === "zh-CN" ? "zh-CN" : "en";
}
