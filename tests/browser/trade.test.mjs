// An account is listed, approved, paid for at the bank, bought, handed over and confirmed: all of it in a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { idNumber } from "../clients/id-number.mjs";
import { confirmed, sell } from "./deals.mjs";
import { password, Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
  const made = stage.server.commandWith(`${password}\n`, "admin", "create", "keeper", "keeper@example.com");
  assert.equal(made.status, 0, "an administrator is made");
});
after(() => stage?.close());

test("a trade from listing to confirmation", { timeout: 600_000 }, async () => {
  const sam = await stage.person("sam");
  await sam.signUp();
  await sam.verify("王小明", idNumber("11010519900101123"));
  await sell(sam);

  const keeper = await stage.person("keeper", { keys: true });
  await keeper.signIn();
  await keeper.goto("/admin/review");
  await keeper.press("Approve");
  await keeper.page.getByText("Nothing waits for review.").waitFor();

  const bea = await stage.person("bea");
  await bea.signUp();
  await bea.verify("李小红", idNumber("11010519920202223"));
  await deposit(bea, "500.00");
  await ask(bea);
  await answer(sam);
  await bea.page.getByRole("log").getByText("Yes, at once after payment.", { exact: true }).waitFor();
  await buy(bea);

  await handOver(sam);
  await confirm(bea);
  await sam.page.getByText("Your proceeds are on their way to your wallet.").waitFor();
  for (const person of [sam, bea, keeper]) assert.deepEqual(person.complaints, []);
});

async function deposit(bea, amount) {
  await bea.goto("/wallet");
  await bea.button("Deposit").click();
  await bea.field("Amount").fill(amount);
  await bea.button("To the bank").click();
  await bea.page.locator("button.pay").click();
  await bea.page.waitForURL(/\/wallet/);
  await bea.page.getByTestId("available").filter({ hasText: "¥500.00" }).waitFor();
}

/** The buyer asks in the chat, from the listing's page. */
async function ask(bea) {
  await bea.goto("/");
  await bea.page.getByRole("link", { name: /Level 60/ }).click();
  await bea.page.getByRole("link", { name: "Write to the seller" }).click();
  await bea.field("Write a message").fill("Can you hand it over tonight?");
  await bea.page.keyboard.press("Enter");
  await bea.page.getByRole("log").getByText("Can you hand it over tonight?", { exact: true }).waitFor();
}

/** The seller is told while he is elsewhere, goes there and answers. */
async function answer(sam) {
  await sam.page.getByRole("alert").filter({ hasText: "Can you hand it over tonight?" }).click();
  await sam.page.waitForURL(/\/chat\//);
  await sam.page.getByRole("log").getByRole("link", { name: /Level 60/ }).waitFor();
  await sam.field("Write a message").fill("Yes, at once after payment.");
  await sam.page.keyboard.press("Enter");
}

async function buy(bea) {
  await bea.goto("/");
  await bea.page.getByRole("link", { name: /Level 60/ }).click();
  await bea.button("Buy").click();
  await bea.button("Pay ¥128.00").click();
  await bea.page.waitForURL(/\/orders\//);
  await bea.page.getByText("The seller hands the account over").waitFor();
}

async function handOver(sam) {
  await sam.goto("/orders/sold");
  await sam.page.getByRole("link", { name: /Level 60/ }).click();
  await sam.field("Login name").fill("traveller60");
  await sam.page.getByRole("textbox", { name: "Password" }).fill("Moon-Tiger-88");
  await sam.button("Hand over").click();
  await sam.page.getByText("The buyer has not opened the credentials yet.").waitFor();
}

async function confirm(bea) {
  await bea.goto("/orders/bought");
  await bea.page.getByRole("link", { name: /Level 60/ }).click();
  await bea.button("Show the credentials").click();
  await bea.page.getByText("Moon-Tiger-88").waitFor();
  await confirmed(bea);
  await bea.page.getByText("The account is yours and the seller is paid.").waitFor();
}
