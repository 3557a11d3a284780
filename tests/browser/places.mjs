// Every page, by who looks at it. `pages.test.mjs` and `screenshots.mjs` go through all of them.

export const stranger = ["/", "/?q=nothing-has-these-words", "/how-it-works", "/sign-in", "/sign-up", "/forgot-password", "/nowhere"];

export const trader = [
  "/",
  "/sell",
  "/my/listings",
  "/favourites",
  "/offers/made",
  "/offers/received",
  "/orders/bought",
  "/orders/sold",
  "/notices",
  "/wallet",
  "/wallet?tab=deposits",
  "/wallet?tab=withdrawals",
  "/wallet?tab=accounts",
  "/wallet?tab=debts",
  "/chat",
  "/cases",
  "/reports",
  "/me",
  "/me/profile",
  "/me/verification",
  "/me/security",
  "/me/preferences",
  "/me/blocked",
];

/** Where everything is empty. */
export const newcomer = ["/sell", "/my/listings", "/favourites", "/offers/made", "/orders/bought", "/notices", "/wallet", "/chat"];

export const admin = [
  "/admin",
  "/admin/cases",
  "/admin/reports",
  "/admin/review",
  "/admin/identities",
  "/admin/withdrawals",
  "/admin/money",
  "/admin/bank",
  "/admin/users",
  "/admin/debts",
  "/admin/catalogue",
  "/admin/announcements",
  "/admin/audit",
];

export const blacklisted = ["/", "/me", "/wallet", "/notices"];

/** A listing and its seller, as a stranger finds them. */
export async function strangersFinds(person) {
  const [listing] = await links(person, "/", "/listings/");
  const [seller] = await links(person, listing, "/sellers/");
  return [listing, seller];
}

/** A trader's orders, two conversations, a listing of his own, and where he changes one. */
export async function tradersFinds(person) {
  const orders = [...(await links(person, "/orders/bought", "/orders/")), ...(await links(person, "/orders/sold", "/orders/"))];
  const chats = await links(person, "/chat", "/chat/");
  const [own] = await links(person, "/my/listings", "/listings/");
  const [change] = await links(person, "/my/listings", "/sell/");
  return [...orders.filter((path) => !/\/(bought|sold)/.test(path)), ...chats.slice(-2), own, change];
}

/** The addresses that begin so in what a page shows. */
export async function links({ page }, path, begin) {
  await page.goto(path);
  const all = page.getByRole("main").locator(`a[href^="${begin}"]`);
  await all.first().waitFor();
  const found = await all.evaluateAll((ways) => ways.map((way) => way.getAttribute("href")));
  return [...new Set(found)];
}
