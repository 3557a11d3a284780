// Writes every page at two widths, light and dark, in both languages, to `web/screenshots/`, from the demonstration's data.
// With words, only the pages whose names have one of them; `LOOKS=390-light-zh,1440-dark-en` narrows the looks.
import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { Stage } from "./people.mjs";
import * as places from "./places.mjs";

const into = resolve(import.meta.dirname, "../../web/screenshots");
const only = process.argv.slice(2);
const looks = [390, 1440].flatMap((width) =>
  ["light", "dark"].flatMap((scheme) => ["zh-CN", "en"].map((locale) => ({ name: `${width}-${scheme}-${locale.slice(0, 2)}`, width, scheme, locale }))),
);
const wantedLooks = looks.filter(({ name }) => !process.env.LOOKS || process.env.LOOKS.split(",").includes(name));

/** What is seen only when something is pressed: its name, and the button in Chinese and in English. */
const pressed = {
  wallet: [
    ["deposit", "充值", "Deposit"],
    ["withdraw", "提现", "Withdraw"],
  ],
  listing: [
    ["buy", "购买", "Buy"],
    ["offer", "出价", "Make an offer"],
  ],
};

const begun = Date.now();
let count = 0;
const stage = await Stage.open({ demo: true });
rmSync(into, { recursive: true, force: true });
mkdirSync(into, { recursive: true });
try {
  const stranger = await stage.person("stranger");
  const [fox, atOrders] = await Promise.all([stage.demoPerson("old_fox"), stage.demoPerson("old_fox")]);
  const newcomer = await stage.demoPerson("newcomer");
  const ada = await stage.demoAdmin("ada");
  const [found, own] = await Promise.all([places.strangersFinds(stranger), places.tradersFinds(fox)]);
  const others = await stage.listing(({ seller, negotiable }) => seller.nickname !== "Old Fox" && negotiable);
  await Promise.all([
    shoot(stranger, [...places.stranger, ...found]).then(() => shoot(newcomer, places.newcomer)),
    shoot(atOrders, own, 40).then(() => shoot(ada, places.admin)),
    shoot(fox, [...places.trader, `/listings/${others.id}`]),
  ]);
  const peng = await stage.demoPerson("da_peng");
  stage.server.command("admin", "blacklist", "da_peng", "Took an account back after the sale.");
  await shoot(peng, places.blacklisted);
} finally {
  await stage.close();
}
console.log(`${count} pictures in ${((Date.now() - begun) / 60_000).toFixed(1)} minutes: ${into}`);

/** Every look of each page. Long pages are shown whole. */
async function shoot(person, paths, from = 0) {
  const { page, name: who } = person;
  const named = paths.map((path, index) => ({ path, file: `${who}-${String(index + from).padStart(2, "0")}-${label(path)}` }));
  const wanted = named.filter(({ file }) => only.length === 0 || only.some((part) => file.includes(part)));
  for (const { name, width, scheme, locale } of wantedLooks) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.goto("/livez");
    await page.evaluate(
      ([language, colours]) => {
        localStorage.setItem("handover.locale", language);
        localStorage.setItem("handover.scheme", colours);
      },
      [locale, scheme],
    );
    for (const { path, file } of wanted) {
      await person.look(path);
      await page.screenshot({ path: `${into}/${file}-${name}.png`, fullPage: !path.startsWith("/chat"), animations: "disabled" });
      count += 1;
      const kind = path === "/wallet" ? "wallet" : path.startsWith("/listings/") && who === "old_fox" && from === 0 ? "listing" : "";
      for (const [what, ...words] of pressed[kind] ?? []) {
        await page.getByRole("button", { name: words[locale === "en" ? 1 : 0], exact: true }).first().click();
        await page.getByRole("dialog").waitFor();
        await page.screenshot({ path: `${into}/${file}-${what}-${name}.png`, animations: "disabled" });
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "hidden" });
        count += 1;
      }
    }
  }
}

function label(path) {
  return path === "/" ? "market" : path.slice(1).replaceAll(/[/?=]/g, "-").slice(0, 28);
}
