// Language and colours are the reader's choice: at once, after a reload, and in his other tabs. He has no mouse.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

test("the language is the browser's, then the one that was chosen", { timeout: 600_000 }, async () => {
  const reader = await stage.person("reader", { locale: "zh-CN", keys: true });
  const { page } = reader;
  await reader.goto("/");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "市场" }).waitFor();
  await reader.press("Switch to English");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Market" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.reload();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Market" }).waitFor();
  assert.deepEqual(reader.complaints, []);
});

test("the colours are the device's, then the ones that were chosen, in every tab", { timeout: 600_000 }, async () => {
  const reader = await stage.person("reader", { colorScheme: "dark", keys: true });
  const { page } = reader;
  const other = await page.context().newPage();
  await reader.goto("/");
  await other.goto("/how-it-works");
  const scheme = (one, name) => one.locator(`html[data-mantine-color-scheme=${name}]`).waitFor();
  await scheme(page, "dark");
  await reader.press("Light colours");
  await scheme(page, "light");
  await scheme(other, "light");
  await page.reload();
  await scheme(page, "light");
  assert.deepEqual(reader.complaints, []);
});

test("who signs out in one tab is signed out in the others", { timeout: 600_000 }, async () => {
  const reader = await stage.person("reader", { keys: true });
  await reader.signUp();
  const other = await reader.page.context().newPage();
  await other.goto("/me");
  await other.getByRole("heading", { name: "Personal centre" }).waitFor();
  await reader.press("Your account");
  await reader.press(reader.page.getByRole("menuitem", { name: "Sign out" }));
  await other.waitForURL(/sign-in/);
  assert.deepEqual(reader.complaints, []);
});
