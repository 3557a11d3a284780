import type { OrderSide } from "../../gql/schema";

/** The list in which one finds an offer: by one's side, and by whether it has ended. */
export function offerPlace({ mySide, endedAt }: { mySide: OrderSide; endedAt: string | null }): string {
  const list = mySide === "BUYER" ? "/offers/made" : "/offers/received";
  return endedAt === null ? list : `${list}?which=ended`;
}
