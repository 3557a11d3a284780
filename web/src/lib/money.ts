import type { Locale } from "./locale";

/** An amount as the API tells it: a decimal string, never a float. */
export interface Money {
  amount: string;
  currency: string;
}

/** The amount in the reader's notation, every digit kept: `¥1,280.00`. */
export function formatMoney({ amount, currency }: Money, locale: Locale): string {
  const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  return new Intl.NumberFormat(locale, style).format(amount as Intl.StringNumericLiteral);
}
