import type { NoticeRowFragment } from "../../gql/notice";

/** The page that a notice is about. */
export function subjectPath({ subjectKind, subjectId }: Pick<NoticeRowFragment, "subjectKind" | "subjectId">): string {
  switch (subjectKind) {
    case "LISTING":
      return `/listings/${subjectId}`;
    case "ORDER":
      return `/orders/${subjectId}`;
    case "DEPOSIT":
    case "WITHDRAWAL":
      return "/wallet";
    case "USER":
      return "/me";
  }
}

/** The queries on screen that a notice makes stale, by name. */
export function staleQueries({ subjectKind }: Pick<NoticeRowFragment, "subjectKind">): readonly string[] {
  switch (subjectKind) {
    case "LISTING":
      return ["MyListings", "Listing"];
    case "ORDER":
      return ["Order", "BoughtOrders", "SoldOrders", "Wallet", "WalletStatement", "Listing"];
    case "DEPOSIT":
    case "WITHDRAWAL":
      return ["Wallet", "WalletStatement", "Deposits", "Withdrawals"];
    case "USER":
      return ["Me", "MyIdentity"];
  }
}
