// What becomes of disputes: a claim upheld, a claim rejected, a finding that both accept, a settlement in mediation; each by its parties and an
// admin, in a browser. The first and the last of them are played by keys alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { confirmed, refused, traded } from "./deals.mjs";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("a seller takes the account back, and the claim is upheld", { timeout: 600_000 }, async () => {
  const { bea, seller: sam, path } = await claimed("Sam Trades", "sam", { keys: true });
  await bea.page.getByText("The seller’s wallet is frozen.").first().waitFor();
  await sam.page.getByText("It is frozen: money comes in, but you can neither buy nor withdraw.").waitFor();
  await sam.write("What happened", "I only wanted to look at my old friends.");
  await sam.press("Answer");
  await sam.page.getByText("An administrator examines it").first().waitFor();

  const ada = await stage.demoAdmin("ada", { keys: true });
  await take(ada, path);
  await ada.page.getByText("I only wanted to look at my old friends.").waitFor();
  await ada.decide("Uphold", async (dialog) => {
    // What it does to the money is to be seen before it is done.
    await dialog.getByText("To the buyer at once").waitFor();
    await ada.write(dialog.getByLabel("Reason"), "The change of the password came from the seller’s address.");
  });
  await ada.page.getByText("Claim upheld").first().waitFor();

  await bea.page.getByText("was paid at once.").waitFor();
  await sam.page.getByText(/limited to deposit, withdrawal and system messages/).first().waitFor();
  await proper(bea, sam, ada);
});

test("a claim that nothing proves is rejected, and the seller’s wallet is free again", { timeout: 600_000 }, async () => {
  const { bea, seller: fox, path } = await claimed("Old Fox", "old_fox");
  await fox.page.getByText("It is frozen: money comes in, but you can neither buy nor withdraw.").waitFor();
  await fox.write("What happened", "He changed the password himself; here is his message about it.");
  await fox.press("Answer");

  const boris = await stage.demoAdmin("boris");
  await take(boris, path);
  const why = "Nothing shows that anybody but the buyer signed in.";
  await boris.decide("Reject", (dialog) => boris.write(dialog.getByLabel("Reason"), why));
  for (const { page } of [bea, fox, boris]) await page.getByText("Claim rejected").first().waitFor();
  for (const { page } of [bea, fox]) {
    await page.getByText("Nothing of the seller’s is frozen any more.").first().waitFor();
    await page.getByText(`Why: ${why}`).waitFor();
  }
  await fox.goto("/wallet");
  await fox.button("Withdraw").waitFor();
  assert.equal(await fox.page.getByText(/is frozen/).count(), 0);
  await proper(bea, fox, boris);
});

test("a returned account is found damaged, and both consent", { timeout: 600_000 }, async () => {
  const { bea, seller: mei, ada, path } = await examined("小梅子", "mei", "30");
  for (const person of [bea, mei]) {
    await person.page.getByText("30 % to the seller, 70 % to the buyer").waitFor();
    await person.decide("Consent");
  }
  for (const { page } of [bea, mei, ada]) await page.getByText(/^30 % to the seller: /).first().waitFor();
  await bea.goto(path);
  await bea.press(bea.page.getByRole("link", { name: "To the order" }));
  await bea.page.getByText("Divided", { exact: true }).first().waitFor();
  await proper(bea, mei, ada);
});

test("a finding is refused, and the parties settle in mediation", { timeout: 600_000 }, async () => {
  const { bea, seller: yuki, ada } = await examined("雪山飞狐", "yuki", "20", { keys: true });
  await yuki.decide("Ask for mediation");
  for (const { page } of [bea, yuki, ada]) await page.getByText("Nothing was written yet.").waitFor();

  await say(ada, "What would both of you accept?");
  for (const { page } of [bea, yuki]) await page.getByRole("log").getByText("What would both of you accept?").waitFor();
  await say(yuki, "Half of it, then I fix the skins myself.");
  await bea.page.getByRole("log").getByText("Half of it, then I fix the skins myself.").waitFor();
  await yuki.decide("Propose");
  await bea.page.getByRole("article", { name: "Proposal 1" }).getByText("Seller accepts").waitFor();
  await bea.decide("Accept");
  for (const { page } of [bea, yuki, ada]) await page.getByText(/^50 % to the seller: /).first().waitFor();
  await proper(bea, yuki, ada);
});

/** Bea has confirmed and claims that the seller took the account back. Both look at the case. */
async function claimed(nickname, name, options) {
  const { bea, seller } = await traded(stage, nickname, name, options);
  await confirmed(bea);
  await bea.press("The seller took it back");
  await bea.write(bea.dialog.getByLabel("What happened"), "The password was changed two days after I had confirmed.");
  await bea.press(bea.dialog.getByRole("button", { name: "The seller took it back" }));
  await bea.page.waitForURL(/\/cases\//);
  const path = new URL(bea.page.url()).pathname;
  await seller.goto(path);
  return { bea, seller, path };
}

/** The return is refused, neither side has more to show, and an admin finds the account damaged by so much. All look at the case. */
async function examined(nickname, name, share, options) {
  const { bea, seller } = await traded(stage, nickname, name, options);
  await refused(bea, seller);
  await bea.press(bea.page.getByRole("main").locator("a[href^='/cases/']").first());
  await bea.page.waitForURL(/\/cases\//);
  const path = new URL(bea.page.url()).pathname;
  await seller.goto(path);
  for (const person of [bea, seller]) await person.decide("That is all");

  const ada = await stage.demoAdmin("ada", options);
  await take(ada, path);
  await ada.press("Read the credentials");
  await ada.write(ada.dialog.getByLabel("Reason"), "To sign in and count the skins.");
  await ada.press(ada.dialog.getByRole("button", { name: "Read the credentials" }));
  await ada.page.getByText("Moon-Tiger-88").waitFor();
  await ada.decide("Say what you found", async (dialog) => {
    await ada.hands.check(dialog.getByRole("radio", { name: /damaged/ }));
    await ada.write(dialog.getByRole("textbox", { name: "Seller’s share in percent" }), share);
    await dialog.getByText("with consent, or after 48 hours without an objection").waitFor();
    await ada.write(dialog.getByLabel("Reason"), "Two of nine skins are gone.");
  });
  return { bea, seller, ada, path };
}

/** An admin takes a case from the queue. */
async function take(admin, path) {
  await admin.goto("/admin/cases");
  await admin.press(admin.page.locator(`a[href='/admin${path}']`));
  await admin.press("Take it");
  await admin.page.getByText("It is yours until 4 hours after your last step.").waitFor();
}

async function say(person, text) {
  await person.write("Write to everybody in the room", text);
  await person.page.keyboard.press("Enter");
}

/** The books agree, and no page complained. */
async function proper(...people) {
  assert.equal(stage.server.command("ledger", "verify").status, 0);
  for (const person of people) assert.deepEqual(person.complaints, []);
  await Promise.all(people.map(({ page }) => page.context().close()));
}
