// Writes every page at two widths, light and dark, in both languages, to `web/screenshots/`, from the demonstration's data.
import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { Stage } from "./people.mjs";

const into = resolve(import.meta.dirname, "../../web/screenshots");
const only = process.argv.slice(2);
const looks = [
  { name: "390-light-zh", width: 390, scheme: "light", locale: "zh-CN" },
  { name: "390-dark-en", width: 390, scheme: "dark", locale: "en" },
  { name: "390-dark-zh", width: 390, scheme: "dark", locale: "zh-CN" },
  { name: "390-light-en", width: 390, scheme: "light", locale: "en" },
  { name: "1440-light-en", width: 1440, scheme: "light", locale: "en" },
  { name: "1440-dark-zh", width: 1440, scheme: "dark", locale: "zh-CN" },
  { name: "1440-light-zh", width: 1440, scheme: "light", locale: "zh-CN" },
  { name: "1440-dark-en", width: 1440, scheme: "dark", locale: "en" },
];
const looksWanted = looks.filter(({ name }) => !process.env.LOOKS || process.env.LOOKS.split(",").includes(name));

const open = ["/", "/how-it-works", "/sign-in", "/sign-up", "/forgot-password", "/nowhere"];
const own = [
  "/sell",
  "/my/listings",
  "/orders/bought",
  "/orders/sold",
  "/notices",
  "/wallet",
  "/chat",
  "/me",
  "/me/profile",
  "/me/verification",
  "/me/security",
  "/me/blocked",
];
const admin = ["/admin", "/admin/review", "/admin/withdrawals", "/admin/identities", "/admin/money", "/admin/bank", "/admin/debts", "/admin/catalogue"];

const stage = await Stage.open({ demo: true });
rmSync(into, { recursive: true, force: true });
mkdirSync(into, { recursive: true });
try {
  const stranger = await stage.person("stranger");
  await shoot(stranger, "stranger", [...open, ...(await links(stranger, "/", "/listings/")).slice(0, 1)]);
  const fox = await stage.demoPerson("old_fox");
  const orders = [
    ...(await links(fox, "/orders/bought", "/orders/")),
    ...(await links(fox, "/orders/sold", "/orders/")),
  ].filter((path) => !/bought|sold/.test(path));
  const chats = (await links(fox, "/chat", "/chat/")).slice(0, 2);
  const listings = (await links(fox, "/my/listings", "/listings/")).slice(0, 1);
  await shoot(fox, "trader", [...own, ...orders, ...chats, ...listings]);
  const ada = await stage.demoAdmin("ada");
  await shoot(ada, "admin", admin);
  const newcomer = await stage.demoPerson("newcomer");
  await shoot(newcomer, "newcomer", ["/orders/bought", "/orders/sold", "/my/listings", "/chat", "/notices", "/wallet", "/sell"]);
  const peng = await stage.demoPerson("da_peng");
  stage.server.command("admin", "blacklist", "da_peng", "Took an account back after the sale.");
  await shoot(peng, "blacklisted", ["/", "/me", "/wallet", "/notices"]);
} finally {
  await stage.close();
}

/** The addresses on a page that begin so. */
async function links({ page }, path, begin) {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  const found = await page.locator(`main a[href^="${begin}"]`).evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  return [...new Set(found)];
}

/** Every look of each page. Long pages are shown whole. */
async function shoot({ page }, who, paths) {
  const wanted = paths.filter((path) => only.length === 0 || only.some((part) => `${who}${path}`.includes(part)));
  for (const { name, width, scheme, locale } of looksWanted) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.evaluate(
      ([language, colours]) => {
        localStorage.setItem("handover.locale", language);
        localStorage.setItem("handover.scheme", colours);
      },
      [locale, scheme],
    );
    for (const [index, path] of wanted.entries()) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      const label = path === "/" ? "market" : path.slice(1).replaceAll("/", "-").slice(0, 24);
      await page.screenshot({ path: `${into}/${who}-${String(index).padStart(2, "0")}-${label}-${name}.png`, fullPage: !path.startsWith("/chat") });
    }
  }
}
