/* Generated from schema.graphql by `npm run codegen`. */
/** Which types an interface or union stands for; the cache matches fragments by it. */
export const possibleTypes: Record<string, string[]> = {
  "ChatLine": [
    "Message",
    "SystemLine"
  ],
  "Node": [
    "Conversation",
    "Deposit",
    "Game",
    "GameServer",
    "Image",
    "Listing",
    "Message",
    "Order",
    "PayoutAccount",
    "Session",
    "SystemLine",
    "User",
    "Withdrawal"
  ],
  "WalletSubject": [
    "Deposit",
    "Withdrawal",
    "Order"
  ]
};
