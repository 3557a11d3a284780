// What becomes of disputes: a claim upheld, a finding that both accept, a settlement in mediation; each by its parties and an admin, in a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { confirmed, refused, traded } from "./deals.mjs";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("a seller takes the account back, and the claim is upheld", { timeout: 300_000 }, async () => {
  const { bea, seller: sam } = await traded(stage, "Sam Trades", "sam");
  await confirmed(bea);
  await bea.button("The seller took it back").click();
  const dialog = bea.page.getByRole("dialog");
  await dialog.getByLabel("What happened").fill("The password was changed two days after I had confirmed.");
  await dialog.getByRole("button", { name: "The seller took it back" }).click();
  await bea.page.waitForURL(/\/cases\//);
  const path = new URL(bea.page.url()).pathname;
  await bea.page.getByText("The seller’s wallet is frozen.").first().waitFor();

  await sam.goto(path);
  await sam.page.getByText("It is frozen: money comes in, but you can neither buy nor withdraw.").waitFor();
  await sam.field("What happened").fill("I only wanted to look at my old friends.");
  await sam.button("Answer").click();
  await sam.page.getByText("An administrator examines it").first().waitFor();

  const ada = await stage.demoAdmin("ada");
  await take(ada, path);
  await ada.page.getByText("I only wanted to look at my old friends.").waitFor();
  await ada.button("Uphold").click();
  const ruling = ada.page.getByRole("dialog");
  await ruling.getByText("To the buyer at once").waitFor();
  await ruling.getByLabel("Reason").fill("The change of the password came from the seller’s address.");
  await ruling.getByRole("button", { name: "Uphold" }).click();
  await ada.page.getByText("Claim upheld").first().waitFor();

  await bea.page.getByText("was paid at once.").waitFor();
  await sam.page.getByText(/limited to deposit, withdrawal and system messages/).first().waitFor();
  await proper(bea, sam, ada);
});

test("a returned account is found damaged, and both consent", { timeout: 300_000 }, async () => {
  const { bea, seller: mei } = await traded(stage, "小梅子", "mei");
  const { path, ada } = await examined(bea, mei, "30");
  for (const person of [bea, mei]) {
    await person.page.getByText("30 % to the seller, 70 % to the buyer").waitFor();
    await person.button("Consent").click();
    await person.page.getByRole("dialog").getByRole("button", { name: "Consent" }).click();
    await person.page.getByRole("dialog").waitFor({ state: "hidden" });
  }
  for (const { page } of [bea, mei, ada]) await page.getByText(/^30 % to the seller: /).first().waitFor();
  await bea.goto(path);
  await bea.page.getByRole("link", { name: "To the order" }).click();
  await bea.page.getByText("Divided", { exact: true }).first().waitFor();
  await proper(bea, mei, ada);
});

test("a finding is refused, and the parties settle in mediation", { timeout: 300_000 }, async () => {
  const { bea, seller: yuki } = await traded(stage, "雪山飞狐", "yuki");
  const { ada } = await examined(bea, yuki, "20");
  await yuki.button("Ask for mediation").click();
  await yuki.page.getByRole("dialog").getByRole("button", { name: "Ask for mediation" }).click();
  for (const { page } of [bea, yuki, ada]) await page.getByText("Nothing was written yet.").waitFor();

  await say(ada, "What would both of you accept?");
  for (const { page } of [bea, yuki]) await page.getByRole("log").getByText("What would both of you accept?").waitFor();
  await say(yuki, "Half of it, then I fix the skins myself.");
  await bea.page.getByRole("log").getByText("Half of it, then I fix the skins myself.").waitFor();
  await yuki.button("Propose").click();
  await yuki.page.getByRole("dialog").getByRole("button", { name: "Propose" }).click();
  await bea.page.getByRole("article", { name: "Proposal 1" }).getByText("Seller accepts").waitFor();
  await bea.button("Accept").click();
  await bea.page.getByRole("dialog").getByRole("button", { name: "Accept" }).click();
  for (const { page } of [bea, yuki, ada]) await page.getByText(/^50 % to the seller: /).first().waitFor();
  await proper(bea, yuki, ada);
});

/** The return is refused, neither side has more to show, and an admin finds the account damaged by so much. All look at the case. */
async function examined(bea, seller, share) {
  await refused(bea, seller);
  await bea.page.getByRole("main").locator("a[href^='/cases/']").first().click();
  await bea.page.waitForURL(/\/cases\//);
  const path = new URL(bea.page.url()).pathname;
  await seller.goto(path);
  for (const person of [bea, seller]) {
    await person.button("That is all").click();
    await person.page.getByRole("dialog").getByRole("button", { name: "That is all" }).click();
    await person.page.getByRole("dialog").waitFor({ state: "hidden" });
  }
  const ada = await stage.demoAdmin("ada");
  await take(ada, path);
  await ada.button("Read the credentials").click();
  await ada.page.getByRole("dialog").getByLabel("Reason").fill("To sign in and count the skins.");
  await ada.page.getByRole("dialog").getByRole("button", { name: "Read the credentials" }).click();
  await ada.page.getByText("Moon-Tiger-88").waitFor();
  await ada.button("Say what you found").click();
  const dialog = ada.page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /damaged/ }).check();
  await dialog.getByRole("textbox", { name: "Seller’s share in percent" }).fill(share);
  await dialog.getByText("with consent, or after 48 hours without an objection").waitFor();
  await dialog.getByLabel("Reason").fill("Two of nine skins are gone.");
  await dialog.getByRole("button", { name: "Say what you found" }).click();
  await dialog.waitFor({ state: "hidden" });
  return { path, ada };
}

/** An admin takes a case from the queue. */
async function take(ada, path) {
  await ada.goto("/admin/cases");
  await ada.page.locator(`a[href='/admin${path}']`).click();
  await ada.button("Take it").click();
  await ada.page.getByText("It is yours until 4 hours after your last step.").waitFor();
}

async function say(person, text) {
  await person.field("Write to everybody in the room").fill(text);
  await person.page.keyboard.press("Enter");
}

/** The books agree, and no page complained. */
async function proper(...people) {
  assert.equal(stage.server.command("ledger", "verify").status, 0);
  for (const person of people) assert.deepEqual(person.complaints, []);
  await Promise.all(people.map(({ page }) => page.context().close()));
}
