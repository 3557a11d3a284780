/** An amount as typed, in fen; nothing if the API would refuse its form: up to 12 digits, then none to two after the point. */
export function fenOf(text: string): bigint | undefined {
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!found) return undefined;
  return BigInt(found[1] ?? "0") * 100n + BigInt((found[2] ?? "").padEnd(2, "0"));
}

/** So many fen as an amount that the API takes. */
export function amountOf(fen: bigint): string {
  return `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;
}

/** Whether an amount as typed is within both limits (in yuan). */
export function isWithin(text: string, least: number, most: number): boolean {
  return isBetween(text, String(least), String(most));
}

/** Whether an amount as typed is within two others, as the API tells them. */
export function isBetween(text: string, least: string, most: string): boolean {
  const fen = fenOf(text);
  const from = fenOf(least);
  const to = fenOf(most);
  return fen !== undefined && from !== undefined && to !== undefined && fen >= from && fen <= to;
}
