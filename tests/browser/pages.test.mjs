// Every page stands, on a phone and at a desk, in both languages, light and dark: no overflow, nothing serious for axe, and a light first load.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";

const open = ["/", "/how-it-works", "/sign-in", "/sign-up", "/forgot-password", "/nowhere"];
const members = [
  "/sell",
  "/my/listings",
  "/offers/made",
  "/offers/received",
  "/notices",
  "/wallet",
  "/wallet?tab=debts",
  "/me",
  "/me/profile",
  "/me/verification",
  "/me/security",
  "/me/preferences",
  "/me/blocked",
];
const admins = [
  "/admin",
  "/admin/review",
  "/admin/identities",
  "/admin/withdrawals",
  "/admin/money",
  "/admin/bank",
  "/admin/debts",
  "/admin/catalogue",
];

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

for (const [device, options] of [
  ["a phone, dark, in Chinese", { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "zh-CN" }],
  ["a desk, light, in English", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
]) {
  test(`every page stands on ${device}`, { timeout: 240_000 }, async () => {
    const wrong = [];
    const stranger = await stage.person("stranger", options);
    for (const path of open) wrong.push(...(await faults(stranger, path)));
    const [listing] = await links(stranger, "/", "/listings/");
    wrong.push(...(await faults(stranger, listing)));
    const [seller] = await links(stranger, listing, "/sellers/");
    wrong.push(...(await faults(stranger, seller)));

    const fox = await stage.demoPerson("old_fox", options);
    for (const path of members) wrong.push(...(await faults(fox, path)));
    wrong.push(...(await faults(fox, "/orders/bought")));
    const orders = await links(fox, "/orders/bought", "/orders/");
    wrong.push(...(await faults(fox, "/orders/sold")));
    orders.push(...(await links(fox, "/orders/sold", "/orders/")));
    wrong.push(...(await faults(fox, "/chat")));
    orders.push((await links(fox, "/chat", "/chat/")).at(-1));
    for (const path of orders) wrong.push(...(await faults(fox, path)));

    const ada = await stage.demoAdmin("ada", options);
    for (const path of admins) wrong.push(...(await faults(ada, path)));
    assert.deepEqual(wrong, []);
    assert.deepEqual([...stranger.complaints, ...fox.complaints, ...ada.complaints], []);
  });
}

/** What is wrong with a page: findings of axe, and being wider than its window. */
async function faults(person, path) {
  await person.goto(path);
  await person.page.waitForLoadState("networkidle");
  const wider = await person.overflow();
  const found = await person.findings();
  return [...found, ...(wider > 0 ? [`${wider} pixels too wide`] : [])].map((fault) => `${path}: ${fault}`);
}

/** The addresses that begin so in what a page shows. */
async function links({ page }, path, begin) {
  await page.goto(path);
  const all = page.getByRole("main").locator(`a[href^="${begin}"]`);
  await all.first().waitFor();
  const found = await all.evaluateAll((ways) => ways.map((way) => way.getAttribute("href")));
  return [...new Set(found)];
}

test("the market's first load has at most 250 KB of compressed script", async () => {
  const { page } = await stage.person("stranger");
  let bytes = 0;
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const scripts = new Set();
  client.on("Network.responseReceived", ({ requestId, type }) => type === "Script" && scripts.add(requestId));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  assert.ok(scripts.size > 0 && bytes <= 250 * 1024, `${Math.round(bytes / 1024)} KB in ${scripts.size} files`);
});
