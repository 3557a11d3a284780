import { useFormat } from "../../lib/format";

/** The words for a count that the API stops at a thousand: `1,000+`. */
export function useCounted(): (count: { count: number; more: boolean }) => string {
  const { locale } = useFormat();
  const number = new Intl.NumberFormat(locale);
  return ({ count, more }) => number.format(count) + (more ? "+" : "");
}
