import { amountOf, fenOf } from "../../lib/amount";

/** What a price band holds, as the bounds of a search; empty: no bound. */
export interface Band {
  from: string;
  to: string;
}

/** The bounds of a band. The API counts up to below its end and takes bounds as the least and the most, so that it ends one fen earlier. */
export function bandOf({ from, below }: { from: Amount; below: Amount }): Band {
  const end = below === null ? undefined : fenOf(below.amount);
  return { from: from?.amount ?? "", to: end === undefined ? "" : amountOf(end - 1n) };
}

type Amount = { amount: string } | null;
