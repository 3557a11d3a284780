// Language and colours are the reader's choice: at once, after a reload, and in his other tabs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

test("the language is the browser's, then the one that was chosen", { timeout: 300_000 }, async () => {
  const reader = await stage.person("reader", { locale: "zh-CN" });
  const { page } = reader;
  await reader.goto("/");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "市场" }).waitFor();
  await page.getByRole("button", { name: "Switch to English" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Market" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.reload();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Market" }).waitFor();
  assert.deepEqual(reader.complaints, []);
});

test("the colours are the device's, then the ones that were chosen, in every tab", { timeout: 300_000 }, async () => {
  const reader = await stage.person("reader", { colorScheme: "dark" });
  const { page } = reader;
  const other = await page.context().newPage();
  await reader.goto("/");
  await other.goto("/how-it-works");
  const scheme = (one, name) => one.locator(`html[data-mantine-color-scheme=${name}]`).waitFor();
  await scheme(page, "dark");
  await page.getByRole("button", { name: "Light colours" }).click();
  await scheme(page, "light");
  await scheme(other, "light");
  await page.reload();
  await scheme(page, "light");
  assert.deepEqual(reader.complaints, []);
});

test("who signs out in one tab is signed out in the others", { timeout: 300_000 }, async () => {
  const reader = await stage.person("reader");
  await reader.signUp();
  const other = await reader.page.context().newPage();
  await other.goto("/me");
  await other.getByRole("heading", { name: "Personal centre" }).waitFor();
  await reader.button("Your account").click();
  await reader.page.getByRole("menuitem", { name: "Sign out" }).click();
  await other.waitForURL(/sign-in/);
  assert.deepEqual(reader.complaints, []);
});
