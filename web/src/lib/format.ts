import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "./clock";
import type { Locale } from "./locale";
import { formatMoney, type Money } from "./money";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** How long ago, or until when, in the largest unit that fits: `3 hours ago`. Beyond thirty days, the date. */
export function relative(at: string, now: number, locale: Locale): string {
  const distance = Date.parse(at) - now;
  if (Math.abs(distance) > 30 * 86_400_000) return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(at));
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(distance) >= size) return words.format(Math.trunc(distance / size), unit);
  }
  return words.format(0, "second");
}

/** The day of a moment where the reader is, in words where there are some: `today`, `yesterday`, else the date. */
export function dayOf(at: string, now: number): "today" | "yesterday" | undefined {
  const midnight = (moment: Date) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  const days = Math.round((midnight(new Date(now)) - midnight(new Date(at))) / 86_400_000);
  return days === 0 ? "today" : days === 1 ? "yesterday" : undefined;
}

/** Amounts and times in the reader's notation. */
export function useFormat() {
  const { t, i18n } = useTranslation();
  const locale: Locale = i18n.language === "zh-CN" ? "zh-CN" : "en";
  return useMemo(() => {
    const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
    const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
    return {
      locale,
      money: (amount: Money) => formatMoney(amount, locale),
      moment: (at: string) => moment.format(new Date(at)),
      time: (at: string) => time.format(new Date(at)),
      day: (at: string) => day.format(new Date(at)),
      dayInWords: (at: string) => {
        const word = dayOf(at, serverNow());
        return word === undefined ? day.format(new Date(at)) : t(word);
      },
      ago: (at: string) => relative(at, serverNow(), locale),
    };
  }, [locale, t]);
}
