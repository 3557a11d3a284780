/* Generated from schema.graphql by `npm run codegen`. */
/** Which types an interface or union stands for; the cache matches fragments by it. */
export const possibleTypes: Record<string, string[]> = {
  "ChatLine": [
    "Message",
    "SystemLine"
  ],
  "Node": [
    "Conversation",
    "Game",
    "GameServer",
    "Image",
    "Listing",
    "Message",
    "Order",
    "Session",
    "SystemLine",
    "User"
  ]
};
