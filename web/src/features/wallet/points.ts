/** A line of the statement, as far as a chart needs it. */
export interface Line {
  at: string;
  amount: { amount: string };
  balance: { amount: string };
}

/** A balance from a moment (milliseconds of the epoch) on. For drawing only: the number may round. */
export interface Point {
  at: number;
  balance: number;
}

/**
 * How a balance went from `from` until `now`, by the lines in between, newest first as the API gives them.
 *
 * It begins with what was there before the oldest line; without lines there is nothing to draw.
 */
export function pointsOf(lines: readonly Line[], from: number, now: number): Point[] {
  const oldest = lines.at(-1);
  const newest = lines[0];
  if (!oldest || !newest) return [];
  const steps = lines.map(({ at, balance }) => ({ at: Date.parse(at), balance: Number(balance.amount) })).reverse();
  const before = Math.round(Number(oldest.balance.amount) * 100 - Number(oldest.amount.amount) * 100) / 100;
  const begin = Math.min(from, Date.parse(oldest.at));
  const end = Math.max(now, Date.parse(newest.at));
  return [{ at: begin, balance: before }, ...steps, { at: end, balance: Number(newest.balance.amount) }];
}

/** Midnight, here, of a day as a date input says it; nothing if it says none. With `later`, of the day so many days after. */
export function midnight(day: string, later = 0): string | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!found) return undefined;
  const date = new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3]) + later);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
