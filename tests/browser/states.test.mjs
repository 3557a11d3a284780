// What somebody sees when there is nothing to see: no such page, the house being looked after, no network; and how he hears of things elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("what is not there is said to be not there", { timeout: 600_000 }, async () => {
  const bea = await stage.demoPerson("bea");
  const { page } = bea;
  await bea.goto("/nowhere/at/all");
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "To the market" }).waitFor();
  for (const path of ["/listings/none", "/orders/none", "/sellers/none", "/chat/none"]) {
    await page.goto(path);
    await page.getByRole("main").getByText(/There is no such thing|asks for something impossible/).first().waitFor();
  }
  await page.goto("/?game=no-such-game");
  await page.getByText("This game is not traded here.").waitFor();
  assert.deepEqual(bea.complaints, []);
});

test("while the house is looked after the page says so, and goes on when it is asked again", { timeout: 600_000 }, async () => {
  const stranger = await stage.person("stranger");
  const { page } = stranger;
  await page.route("**/graphql", (route) => route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }));
  await page.goto("/");
  const told = page.getByRole("main").getByRole("alert").filter({ hasText: "is being looked after" });
  await told.waitFor();
  await page.unroute("**/graphql");
  await told.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("list", { name: "On sale" }).getByRole("listitem").first().waitFor();
  assert.deepEqual(stranger.complaints, []);
});

test("without a network the page says so, also a page not seen before, and goes on by itself", { timeout: 600_000 }, async () => {
  const bea = await stage.demoPerson("bea");
  const { page } = bea;
  await bea.look("/");
  await page.context().setOffline(true);
  await page.getByRole("status").getByText("No connection to Handover.").waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Me", exact: true }).click();
  await page.getByRole("heading", { name: "This page could not be shown" }).waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Market" }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole("heading", { name: "Personal centre" }).waitFor();
});

test("who looks elsewhere is told by the browser, and by the title of the tab", { timeout: 600_000 }, async () => {
  const [sam, bea] = await Promise.all([stage.demoPerson("sam"), stage.demoPerson("bea")]);
  const { page } = sam;
  await page.context().grantPermissions(["notifications"]);
  // No window of a test is ever hidden, and what the system shows cannot be read.
  await page.addInitScript(() => {
    Object.defineProperty(document, "visibilityState", { get: () => (globalThis.away ? "hidden" : "visible") });
    globalThis.shown = [];
    globalThis.Notification = class {
      static permission = "granted";
      constructor(title, { body, tag }) {
        globalThis.shown.push({ title, body, tag });
        globalThis.press = () => this.onclick();
      }
    };
  });
  await sam.look("/wallet");
  await page.evaluate(() => {
    globalThis.away = true;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const { id } = await stage.listing(({ seller }) => seller.nickname === "Sam Trades");
  await bea.goto(`/listings/${id}`);
  await bea.page.getByRole("link", { name: "Write to the seller" }).click();
  await bea.field("Write a message").fill("Are you there?");
  await bea.page.keyboard.press("Enter");
  await page.waitForFunction(() => globalThis.shown.length > 0);
  const [{ title, body }] = await page.evaluate(() => globalThis.shown);
  assert.deepEqual([title, body], ["Bea", "Are you there?"]);
  await page.waitForFunction(() => /^\(\d+\) /.test(document.title));
  await page.evaluate(() => globalThis.press());
  await page.waitForURL(/\/chat\//);
  assert.deepEqual([...sam.complaints, ...bea.complaints], []);
});
