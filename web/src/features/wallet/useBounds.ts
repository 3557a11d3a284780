import type { WalletQuery } from "../../gql/wallet";
import { useFormat } from "../../lib/format";

/** What may be paid in and out, as the API says it. */
export type Limits = NonNullable<WalletQuery["wallet"]>["limits"];

/** The limits for the words of the forms. */
export function useBounds({ depositLeast, depositMost, withdrawalLeast, withdrawalDay, reviewAbove }: Limits) {
  const { money } = useFormat();
  return {
    deposit: { least: money(depositLeast), most: money(depositMost) },
    withdrawal: { least: money(withdrawalLeast), most: money(withdrawalDay), review: money(reviewAbove) },
  };
}
