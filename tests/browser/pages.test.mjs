// Every page stands, on a phone and at a desk, in both languages, light and dark: no overflow, nothing serious for axe, and a light first load.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { password, Stage } from "./people.mjs";

const open = ["/", "/how-it-works", "/sign-in", "/sign-up", "/forgot-password", "/nowhere"];
const members = [
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
  "/admin/review",
  "/admin/withdrawals",
];

let stage;
before(async () => {
  stage = await Stage.open();
  const made = stage.server.commandWith(`${password}\n`, "admin", "create", "keeper", "keeper@example.com");
  assert.equal(made.status, 0, "an administrator is made");
});
after(() => stage?.close());

for (const [device, options] of [
  ["a phone, dark, in Chinese", { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "zh-CN" }],
  ["a desk, light, in English", { viewport: { width: 1440, height: 900 }, colorScheme: "light" }],
]) {
  test(`every page stands on ${device}`, { timeout: 180_000 }, async () => {
    const stranger = await stage.person("stranger", options);
    const wrong = [];
    for (const path of open) wrong.push(...(await faults(stranger, path)));
    const keeper = await stage.person("keeper", options);
    await keeper.goto("/sign-in");
    await keeper.page.locator("input[autocomplete=username]").fill("keeper");
    await keeper.page.locator("input[type=password]").fill(password);
    await keeper.page.locator("form button[type=submit]").click();
    await keeper.page.waitForURL("/");
    for (const path of members) wrong.push(...(await faults(keeper, path)));
    assert.deepEqual(wrong, []);
    assert.deepEqual([...stranger.complaints, ...keeper.complaints], []);
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
