import { fenOf } from "../../lib/amount";
import type { Money } from "../../lib/money";

/** How an amount would be divided: the seller's part rounded down to the fen, the rest to the buyer, as the API does it. */
export function divide({ amount, currency }: Money, sellerShare: number): { sellerShare: number; toSeller: Money; toBuyer: Money } {
  const whole = fenOf(amount) ?? 0n;
  const seller = (whole * BigInt(sellerShare)) / 100n;
  return { sellerShare, toSeller: moneyOf(seller, currency), toBuyer: moneyOf(whole - seller, currency) };
}

function moneyOf(fen: bigint, currency: string): Money {
  const digits = fen.toString().padStart(3, "0");
  return { amount: `${digits.slice(0, -2)}.${digits.slice(-2)}`, currency };
}
