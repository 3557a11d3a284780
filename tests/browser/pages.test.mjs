// Every page stands, on a phone and at a desk, in both languages, light and dark: no overflow, nothing serious for axe, and a light first load.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";
import * as places from "./places.mjs";

const FIRST_LOAD_BYTES = 250 * 1024;
let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

// Who looks at every page: each of them on a phone, dark, in Chinese, and at a desk, light, in English.
const looks = {
  "a phone, dark, in Chinese": { viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "zh-CN" },
  "a desk, light, in English": { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
};
const seen = new Set();

for (const [device, options] of Object.entries(looks)) {
  test(`every page stands on ${device}`, { timeout: 300_000 }, async () => {
    const stranger = await stage.person("stranger", options);
    const fox = await stage.demoPerson("old_fox", options);
    const newcomer = await stage.demoPerson("newcomer", options);
    const ada = await stage.demoAdmin("ada", options);
    const wrong = await Promise.all([
      faults(stranger, async () => [...places.stranger, ...(await places.strangersFinds(stranger))]),
      faults(fox, async () => [...places.trader, ...(await places.tradersFinds(fox))]),
      faults(newcomer, async () => places.newcomer),
      faults(ada, async () => places.admin),
    ]);
    assert.deepEqual(wrong.flat(), []);
    for (const { complaints, page } of [stranger, fox, newcomer, ada]) {
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
  });
}

test("no page is left out", () => {
  const router = readFileSync(resolve(import.meta.dirname, "../../web/src/router.tsx"), "utf8");
  const paths = [...router.matchAll(/lazy\("([^"*]+)"/g)].map(([, path]) => `/${path}`);
  assert.ok(paths.length > 20, "the router's pages are found");
  const pattern = (path) => new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`);
  const unseen = paths.filter((path) => ![...seen].some((one) => pattern(path).test(one)));
  assert.deepEqual(unseen, [], "add them to places.mjs");
});

/** What is wrong with the pages a person finds: findings of axe, and being wider than the window. */
async function faults(person, find) {
  const wrong = [];
  for (const path of await find()) {
    await person.look(path);
    seen.add(path.split("?")[0]);
    const wider = await person.overflow();
    const found = await person.findings();
    if (wider > 0) found.push(`${wider} pixels too wide`);
    wrong.push(...found.map((fault) => `${path}: ${fault}`));
  }
  return wrong;
}

test("the market's first load has at most 250 KB of compressed script", async () => {
  const stranger = await stage.person("stranger");
  const { page } = stranger;
  let bytes = 0;
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const scripts = new Set();
  client.on("Network.responseReceived", ({ requestId, type }) => type === "Script" && scripts.add(requestId));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await stranger.look("/");
  assert.ok(scripts.size > 0 && bytes <= FIRST_LOAD_BYTES, `${Math.round(bytes / 1024)} KB in ${scripts.size} files`);
});
