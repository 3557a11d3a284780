import type { NoticeRowFragment } from "../../gql/notice";

/** The page that a notice is about. */
export function noticePath({ kind, subjectKind, subjectId }: Pick<NoticeRowFragment, "kind" | "subjectKind" | "subjectId">): string {
  switch (kind) {
    case "IDENTITY_APPROVED":
    case "IDENTITY_REJECTED":
      return "/me/verification";
    case "SIGNED_IN_ANEW":
    case "PASSWORD_CHANGED":
    case "EMAIL_CHANGED":
      return "/me/security";
    case "QUEUE_OVERDUE":
      return "/admin/review";
    case "ANNOUNCEMENT":
      return "/notices";
    default:
      return subjectPath(subjectKind, subjectId);
  }
}

function subjectPath(subjectKind: NoticeRowFragment["subjectKind"], subjectId: string): string {
  switch (subjectKind) {
    case "LISTING":
      return `/listings/${subjectId}`;
    case "ORDER":
      return `/orders/${subjectId}`;
    case "CASE":
      return `/cases/${subjectId}`;
    case "OFFER":
      return `/offers/${subjectId}`;
    case "DEPOSIT":
    case "WITHDRAWAL":
      return "/wallet";
    case "DEBT":
      return "/wallet?tab=debts";
    case "MONEY_DECISION":
      return "/admin/money";
    case "BANK_DIFFERENCE":
      return "/admin/bank";
    case "REPORT":
      return "/admin/reports";
    case "COMPLAINT":
      return "/reports";
    case "USER":
      return "/me";
    case "ANNOUNCEMENT":
      return "/notices";
    case "GAME":
      return "/";
  }
}

/** The queries on screen that a notice makes stale, by name. */
export function staleQueries({ subjectKind }: Pick<NoticeRowFragment, "subjectKind">): readonly string[] {
  switch (subjectKind) {
    case "LISTING":
      return ["MyListings", "MyListingCounts", "Listing", "Favourites"];
    case "OFFER":
      return ["MadeOffers", "ReceivedOffers", "OfferCounts", "Listing"];
    case "ORDER":
      return ["Order", "OrderReviews", "BoughtOrders", "SoldOrders", "Wallet", "WalletStatement", "Listing"];
    case "CASE":
      return ["Case", "MyCases", "OrderCases", "Order", "Wallet", "WalletStatement"];
    case "DEPOSIT":
    case "WITHDRAWAL":
      return ["Wallet", "WalletStatement", "Deposits", "Withdrawals"];
    case "DEBT":
      return ["Wallet", "WalletStatement", "MyDebts"];
    case "MONEY_DECISION":
      return ["MoneyDecisionQueue", "MoneyDecisions", "PlatformMoney"];
    case "BANK_DIFFERENCE":
      return ["BankDifferences"];
    case "REPORT":
      return ["ReportQueue"];
    case "COMPLAINT":
      return ["MyReports"];
    case "ANNOUNCEMENT":
      return ["Announcements"];
    case "USER":
      return ["Me", "MyIdentity", "ClosingObstacles"];
    case "GAME":
      return ["Games"];
  }
}
