import { createBrowserRouter, type RouteObject } from "react-router";
import { Shell } from "./ui/Shell";
import { Broken } from "./ui/Broken";
import { Market } from "./pages/Market";
import { adminWords, wholeWords } from "./lib/words";
import { Members } from "./features/account/Members";

type Page = Promise<{ Component: () => React.JSX.Element }>;

/** Fetches a page, with all its words. */
const worded = (page: () => Page) => async () => {
  const [{ Component }] = await Promise.all([page(), wholeWords()]);
  return { Component };
};

/** Fetches a page of the console, with its words. */
const staffed = (page: () => Page) => async () => {
  const [{ Component }] = await Promise.all([page(), adminWords()]);
  return { Component };
};

/** A page that is fetched when somebody goes there. */
const lazy = (path: string, page: () => Page): RouteObject => ({ path, lazy: worded(page) });

/** The chat's page itself looks at which conversation is open, so that the list beside it stays. */
const Nothing = () => null;

const chat = worded(() => import("./pages/Chat"));

const open: RouteObject[] = [
  { index: true, Component: Market },
  lazy("listings/:id", () => import("./pages/Listing")),
  lazy("sellers/:id", () => import("./pages/Seller")),
  lazy("how-it-works", () => import("./pages/HowItWorks")),
  lazy("sign-in", () => import("./pages/SignIn")),
  lazy("forgot-password", () => import("./pages/ForgotPassword")),
  lazy("sign-up", () => import("./pages/SignUp")),
];

/** What admins work with; fetched with its words by nobody else. */
const CONSOLE: readonly [string, () => Page][] = [
  ["cases", () => import("./pages/admin/Cases")],
  ["cases/:id", () => import("./pages/admin/Case")],
  ["reports", () => import("./pages/admin/Reports")],
  ["review", () => import("./pages/admin/Review")],
  ["identities", () => import("./pages/admin/Identities")],
  ["withdrawals", () => import("./pages/admin/Withdrawals")],
  ["bank", () => import("./pages/admin/Bank")],
  ["money", () => import("./pages/admin/Money")],
  ["debts", () => import("./pages/admin/Debts")],
  ["users", () => import("./pages/admin/Users")],
  ["users/:id", () => import("./pages/admin/User")],
  ["catalogue", () => import("./pages/admin/Catalogue")],
  ["catalogue/:id", () => import("./pages/admin/Game")],
  ["announcements", () => import("./pages/admin/Announcements")],
  ["audit", () => import("./pages/admin/Audit")],
];

/** Pages for whoever is signed in; others are asked to sign in and come back. */
const members: RouteObject[] = [
  lazy("sell", () => import("./pages/Sell")),
  lazy("sell/:id", () => import("./pages/ChangeListing")),
  lazy("favourites", () => import("./pages/Favourites")),
  lazy("me", () => import("./pages/Me")),
  lazy("me/profile", () => import("./pages/Profile")),
  lazy("me/verification", () => import("./pages/Verification")),
  lazy("me/security", () => import("./pages/Security")),
  lazy("me/preferences", () => import("./pages/Preferences")),
  lazy("me/blocked", () => import("./pages/Blocked")),
  lazy("my/listings", () => import("./pages/MyListings")),
  {
    path: "chat",
    lazy: chat,
    children: [
      { index: true, Component: Nothing },
      { path: ":id", Component: Nothing },
      { path: "with/:userId", Component: Nothing },
    ],
  },
  lazy("notices", () => import("./pages/Notices")),
  lazy("wallet", () => import("./pages/Wallet")),
  lazy("offers/made", () => import("./pages/Offers")),
  lazy("offers/received", () => import("./pages/Offers")),
  lazy("offers/:id", () => import("./pages/Offer")),
  lazy("orders/bought", () => import("./pages/Bought")),
  lazy("orders/sold", () => import("./pages/Sold")),
  lazy("orders/:id", () => import("./pages/Order")),
  lazy("cases", () => import("./pages/Cases")),
  lazy("cases/:id", () => import("./pages/Case")),
  lazy("reports", () => import("./pages/Reports")),
  {
    path: "admin",
    lazy: staffed(() => import("./pages/admin/Console")),
    children: [
      { index: true, lazy: staffed(() => import("./pages/admin/Overview")) },
      ...CONSOLE.map(([path, page]) => ({ path, lazy: staffed(page) })),
    ],
  },
];

/** All pages. The server answers each of these addresses with the same file. */
export const router = createBrowserRouter([
  {
    Component: Shell,
    ErrorBoundary: Broken,
    children: [
      // What is around a page stays when the page breaks.
      {
        ErrorBoundary: Broken,
        children: [...open, { Component: Members, children: members }, lazy("*", () => import("./pages/NotFound"))],
      },
    ],
  },
]);
