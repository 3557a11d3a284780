import type { CasePartsFragment } from "../../gql/case";
import { amountOf, fenOf } from "../../lib/amount";

/** How an amount would be divided: the seller's part rounded down to the fen, the rest to the buyer, as the API does it. */
export function divide({ amount, currency }: CasePartsFragment["toSeller"], sellerShare: number): CasePartsFragment {
  const whole = fenOf(amount) ?? 0n;
  const seller = (whole * BigInt(sellerShare)) / 100n;
  return { sellerShare, toSeller: { amount: amountOf(seller), currency }, toBuyer: { amount: amountOf(whole - seller), currency } };
}
