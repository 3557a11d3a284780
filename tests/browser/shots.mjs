// Every page there is a picture of: who looks, where, and what he presses. Names of buttons are in Chinese and in English.
import * as places from "./places.mjs";

/** What stands between a page and its data, for a picture of how that looks. */
export const troubles = {
  loading: (page) => page.route("**/graphql", () => undefined),
  maintenance: (page) => page.route("**/graphql", (route) => route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" })),
};

const page = (name, path, ...presses) => ({ name, path, presses });
const named = (paths) => paths.map((path) => page(label(path), path));

function label(path) {
  return path === "/" ? "market" : path.slice(1).replaceAll(/[/?=]/g, "-").slice(0, 40);
}

/** Finds the addresses that only the data know, and answers all pictures by who takes them. */
export async function all({ people, stranger, cases }) {
  const fox = people.get("old_fox");
  const [listing, seller] = await places.strangersFinds(stranger);
  const own = await places.tradersFinds(fox);
  const [users] = await places.links(people.get("ada"), "/admin/users?q=da_peng", "/admin/users/");
  const [game] = await places.links(people.get("ada"), "/admin/catalogue", "/admin/catalogue/");
  return {
    stranger: strangers(listing, seller),
    old_fox: [...named(places.trader), ...own.map((path, at) => page(`own-${at}-${label(path)}`, path)), ...foxes(listing, cases)],
    newcomer: [...named(places.newcomer), page("verification", "/me/verification")],
    da_peng: [...named(places.blacklisted), page("case-upheld", `/cases/${cases.upheld}`), page("debts", "/wallet?tab=debts")],
    ...parties(cases),
    ada: consoles(cases, users, game),
    boris: [page("money-second", "/admin/money"), page("case-claimed-by-other", `/admin/cases/${cases.claim}`)],
  };
}

function strangers(listing, seller) {
  return [
    ...named(places.stranger),
    page("listing", listing),
    page("seller", seller),
    page("market-drawer", "/?sort=CHEAPEST", ["筛选", "Filter"]),
    { ...page("market-loading", "/"), trouble: "loading" },
    { ...page("market-maintenance", "/"), trouble: "maintenance" },
    { ...page("listing-loading", listing), trouble: "loading" },
  ];
}

function foxes(listing, cases) {
  return [
    page("wallet-deposit", "/wallet", ["充值", "Deposit"]),
    page("wallet-withdraw", "/wallet", ["提现", "Withdraw"]),
    page("listing-buy", listing, ["购买", "Buy"]),
    page("listing-report", listing, ["举报", "Report"]),
    page("offer-gone", "/offers/nowhere"),
    page("case-in-review", `/cases/${cases.inReview}`),
    page("case-closed", `/cases/${cases.closed}`),
    page("case-awaiting-buyer", `/cases/${cases.awaiting}`),
    page("case-withdraw", `/cases/${cases.awaiting}`, ["撤回申请", "Take the claim back"]),
    { ...page("cases-loading", "/cases"), trouble: "loading" },
    { ...page("cases-maintenance", "/cases"), trouble: "maintenance" },
  ];
}

function parties(cases) {
  return {
    bea: [
      page("chat-talk", cases.talk ? `/chat/${cases.talk}` : "/chat"),
      page("cases", "/cases"),
      page("cases-all", "/cases?all=1"),
      page("case-gathering-buyer", `/cases/${cases.gathering}`),
      page("case-mediation-buyer", `/cases/${cases.mediation}`),
      page("case-mediation-propose", `/cases/${cases.mediation}`, ["提出方案", "Propose"]),
      page("case-upheld-buyer", `/cases/${cases.upheld}`),
      page("reports", "/reports"),
      page("debts", "/wallet?tab=debts"),
      page("notices", "/notices"),
      page("orders", "/orders/bought"),
    ],
    sam: [page("case-consent-buyer", `/cases/${cases.consent}`), page("case-claim-buyer", `/cases/${cases.claim}`)],
    lin_xia: [
      page("case-mediation-seller", `/cases/${cases.mediation}`),
      page("case-consent-seller", `/cases/${cases.consent}`),
      page("notices", "/notices"),
      page("sold", "/orders/sold"),
    ],
    mei: [page("case-awaiting-seller", `/cases/${cases.awaiting}`), page("wallet-frozen", "/wallet"), page("me", "/me")],
  };
}

function consoles(cases, user, game) {
  return [
    ...named(places.admin),
    page("reports-decided", "/admin/reports?decided=1"),
    page("announce", "/admin/announcements", ["发布公告", "Announce"]),
    page("fund", "/admin/money", ["注入补偿金", "Fund compensation"]),
    page("user", user),
    page("game", game),
    ...["servers", "attributes", "checklist"].map((tab) => page(`game-${tab}`, `${game}?tab=${tab}`)),
    ...["gathering", "inReview", "consent", "mediation", "closed", "awaiting", "claim", "upheld"].map((stand) =>
      page(`case-${stand}`, `/admin/cases/${cases[stand]}`),
    ),
    page("case-uphold", `/admin/cases/${cases.claim}`, ["情况属实", "Uphold"]),
    page("case-find", `/admin/cases/${cases.inReview}`, ["作出认定", "Say what you found"]),
    { ...page("loading", "/admin/cases"), trouble: "loading" },
    { ...page("maintenance", "/admin"), trouble: "maintenance" },
  ];
}
