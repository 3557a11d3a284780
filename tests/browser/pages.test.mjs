// Every page stands, on a phone and at a desk, in both languages, light and dark: no overflow, nothing serious for axe, and a light first load.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";
import { Scenes, settings } from "./scenes.mjs";
import { all } from "./shots.mjs";

const FIRST_LOAD_BYTES = 250 * 1024;
let stage;
let people;
let shown;
before(async () => {
  stage = await Stage.open({ demo: true, settings });
  const scenes = new Scenes(stage);
  const cases = await scenes.play();
  const stranger = await stage.person("stranger");
  people = new Map([...scenes.people, ["stranger", stranger]]);
  shown = Object.entries(await all({ people, stranger, cases }));
});
after(() => stage?.close());

const looks = {
  "a phone, dark, in Chinese": { width: 390, scheme: "dark", locale: "zh-CN" },
  "a desk, light, in English": { width: 1440, scheme: "light", locale: "en" },
};

for (const [device, look] of Object.entries(looks)) {
  test(`every page stands on ${device}`, { timeout: 600_000 }, async () => {
    const wrong = await Promise.all(shown.map(([who, pages]) => faults(people.get(who), pages, look)));
    assert.deepEqual(wrong.flat(), []);
  });
}

test("no page is left out", () => {
  const router = readFileSync(resolve(import.meta.dirname, "../../web/src/router.tsx"), "utf8");
  const pages = [...router.matchAll(/lazy\("([^"*]+)"/g)].map(([, path]) => `/${path}`);
  const ofConsole = [...router.matchAll(/\["([^"]+)", \(\) => import\("\.\/pages\/admin/g)].map(([, path]) => `/admin/${path}`);
  assert.ok(pages.length > 20 && ofConsole.length > 10, "the router's pages are found");
  const pattern = (path) => new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`);
  const seen = shown.flatMap(([, all]) => all.map(({ path }) => path.split("?")[0]));
  const unseen = [...pages, ...ofConsole].filter((path) => !seen.some((one) => pattern(path).test(one)));
  assert.deepEqual(unseen, [], "add them to places.mjs or shots.mjs");
});

/** What is wrong with pages, and with the dialogs that open in them: findings of axe, being wider than the window, and what the browser complains of. */
async function faults(person, pages, look) {
  const wrong = [];
  await person.wears(look);
  for (const { path, presses, trouble } of pages) {
    if (trouble) continue;
    await person.look(path);
    for (const words of presses) {
      const button = person.page.getByRole("button", { name: words[look.locale === "en" ? 1 : 0], exact: true }).first();
      // Some are for phones alone.
      if (!(await button.isVisible())) continue;
      await person.press(button);
      await person.dialog.waitFor();
    }
    const wider = await person.overflow();
    const found = await person.findings();
    if (wider > 0) found.push(`${wider} pixels too wide`);
    wrong.push(...found.map((fault) => `${path} ${presses.flat().join(" ")}: ${fault}`));
  }
  return [...wrong, ...person.complaints.splice(0).map((complaint) => `${person.name}: ${complaint}`)];
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
