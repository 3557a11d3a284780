// Without a mouse: signing in, finding, buying, writing, handing over, selling, all by keys, with the focus to be seen. Other journeys by keys alone
// are beside the same ones with a mouse: offers, returns, money, cases, reports.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { confirmed, sell, traded } from "./deals.mjs";
import { walk } from "./keys.mjs";
import { demoPassword, Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("a purchase by keyboard alone", { timeout: 600_000 }, async () => {
  const bea = await stage.person("bea");
  const { page } = bea;
  const { keyboard } = page;
  await page.goto("/");
  await page.getByRole("heading").first().waitFor();

  await keyboard.press("Tab");
  await focused(page, /Skip to the content/);
  await walk(page, /^Sign in$/);
  await keyboard.press("Enter");
  await page.waitForURL(/sign-in/);
  await page.locator("input[autocomplete=username]:focus").waitFor();
  await keyboard.type("bea");
  await keyboard.press("Tab");
  await keyboard.type(demoPassword);
  await keyboard.press("Enter");
  await page.waitForURL("/");

  await page.getByRole("main").locator("a[href^='/listings/']").first().waitFor();
  const href = await affordable(page);
  await walk(page, (one) => one.href === href);
  await keyboard.press("Enter");
  await page.waitForURL(/\/listings\//);
  await page.getByRole("button", { name: "Buy" }).waitFor();
  await walk(page, /^Buy$/);
  await keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await walk(page, /^Pay /);
  assert.ok(await page.evaluate(() => document.activeElement.closest("[role=dialog]") !== null), "the focus stays in the dialog");
  await keyboard.press("Enter");
  await page.waitForURL(/\/orders\//);
  await page.getByText("The seller hands the account over").waitFor();

  await walk(page, /Write to the seller/);
  await keyboard.press("Enter");
  await page.waitForURL(/\/chat\//);
  await page.getByLabel("Write a message").waitFor();
  await walk(page, (one) => one.label === "Write a message");
  await keyboard.type("Bought by keyboard");
  await keyboard.press("Enter");
  await page.getByRole("log").getByText("Bought by keyboard", { exact: true }).waitFor();
  assert.deepEqual(bea.complaints, []);
});

test("an account is offered by keyboard alone", { timeout: 600_000 }, async () => {
  const mei = await stage.demoPerson("mei", { keys: true });
  await sell(mei);
  assert.deepEqual(mei.complaints, []);
});

test("an account is handed over, its checklist ticked and its receipt confirmed by keyboard alone", { timeout: 600_000 }, async () => {
  const { bea, seller: sam } = await traded(stage, "Sam Trades", "sam", { keys: true });
  const steps = bea.page.getByRole("main").getByRole("checkbox");
  await steps.first().waitFor();
  for (const step of await steps.all()) await bea.hands.check(step);
  await confirmed(bea);
  for (const { page } of [bea, sam]) await page.getByText("Completed", { exact: true }).first().waitFor();
  assert.deepEqual([...bea.complaints, ...sam.complaints], []);
});

/** Where a listing of somebody else is that costs little. */
async function affordable(page) {
  const tiles = await page
    .getByRole("main")
    .locator("a[href^='/listings/']")
    .evaluateAll((all) => all.map((tile) => ({ href: tile.getAttribute("href"), text: tile.textContent })));
  const fits = ({ text }) => /¥\d{1,3}\.\d\d/.test(text) && !/Bea/.test(text);
  const found = tiles.find(fits);
  assert.ok(found, "something on the first page costs less than ¥1,000");
  return found.href;
}

async function focused(page, name) {
  assert.match(await page.evaluate(() => document.activeElement.textContent), name);
}
