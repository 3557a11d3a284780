/* Generated from schema.graphql by `npm run codegen`. */
/** Which types an interface or union stands for; the cache matches fragments by it. */
export const possibleTypes: Record<string, string[]> = {
  "ChatEvent": [
    "ChatLineWritten",
    "ChatMessageRecalled",
    "ChatRead",
    "ChatTyping"
  ],
  "ChatLine": [
    "Message",
    "SystemLine"
  ],
  "Node": [
    "Announcement",
    "AuditEntry",
    "BankDifference",
    "Case",
    "CaseRuling",
    "Conversation",
    "Debt",
    "Deposit",
    "Game",
    "GameServer",
    "Image",
    "Listing",
    "Message",
    "MoneyDecision",
    "Notice",
    "Offer",
    "Order",
    "PayoutAccount",
    "Report",
    "ReportReview",
    "Session",
    "SystemLine",
    "User",
    "Withdrawal"
  ],
  "NoticeEvent": [
    "NoticeCreated",
    "NoticesRead",
    "NoticeWithdrawn"
  ],
  "OrderEvent": [
    "OrderChanged",
    "OfferChanged",
    "CaseChanged"
  ],
  "StaffEvent": [
    "QueueChanged",
    "CaseReviewChanged"
  ],
  "WalletSubject": [
    "Deposit",
    "Withdrawal",
    "Order",
    "Debt",
    "Case"
  ]
};
