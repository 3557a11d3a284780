import type { ListingState } from "../../gql/schema";
import { fenOf, isWithin } from "../../lib/amount";
import { PRICE } from "../../lib/limits";

/** The price that the API keeps for a draft without one. */
const NONE = "1.00";

/** Whether its seller has not named a price yet. */
export function isUnpriced({ state, price }: { state: ListingState; price: { amount: string } }): boolean {
  return state === "DRAFT" && fenOf(price.amount) === fenOf(NONE);
}

/** The price to keep with what is not finished yet, by what is in the form; nothing leaves the one there is. */
export function priceToKeep(text: string, state: ListingState): { price?: string } {
  if (isWithin(text, ...PRICE)) return { price: text.trim() };
  return state === "DRAFT" && text.trim() === "" ? { price: NONE } : {};
}
