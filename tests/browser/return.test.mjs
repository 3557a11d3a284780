// An account goes back: handed back with what it has now, and the seller agrees, or refuses with evidence.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { png } from "../clients/png.mjs";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("a return with hand-back, agreed to by the seller", { timeout: 300_000 }, async () => {
  const { bea, seller: lin } = await traded("林夏", "lin_xia");
  await askBack(bea);
  await bea.page.getByRole("textbox", { name: "Login name" }).fill("traveller60");
  await bea.page.getByRole("textbox", { name: "Password" }).fill("Sun-Heron-21");
  await bea.button("Hand back").click();
  await bea.page.getByText("The seller has not opened the credentials yet.").waitFor();

  await lin.button("Show the credentials").click();
  await lin.page.getByText("Sun-Heron-21").waitFor();
  await bea.page.reload();
  await bea.page.getByText(/The seller opened the credentials on/).waitFor();
  await lin.button("Agree to the return").click();
  await lin.page.getByRole("dialog").getByRole("button", { name: "Agree to the return" }).click();
  await lin.page.getByText("The buyer has his money back, and the account is yours again.").waitFor();
  await bea.page.getByText("You have your money back.").waitFor();
  // What was delivered is destroyed with the refund.
  assert.equal(await bea.button("Show the credentials").count(), 0);
  assert.equal(stage.server.command("ledger", "verify").status, 0);
  assert.deepEqual([...bea.complaints, ...lin.complaints], []);
});

test("a return is refused with evidence, and both see it", { timeout: 300_000 }, async () => {
  const { bea, seller: sam } = await traded("Sam Trades", "sam");
  await askBack(bea);
  await bea.page.getByRole("radio", { name: /I changed nothing/ }).check();
  await bea.button("Hand back").click();
  await sam.button("Refuse the return").click();
  const dialog = sam.page.getByRole("dialog");
  await dialog.getByLabel("What is wrong with it").fill("Two skins were sold while he had it.");
  await dialog.locator("input[type=file]").setInputFiles({ name: "gone.png", mimeType: "image/png", buffer: png(64, 48) });
  await dialog.getByRole("img", { name: "gone.png" }).waitFor();
  await dialog.getByRole("button", { name: "Refuse the return" }).click();
  await dialog.waitFor({ state: "hidden" });

  for (const { page } of [bea, sam]) {
    await page.getByText("In dispute", { exact: true }).first().waitFor();
    await page.getByText("Two skins were sold while he had it.").first().waitFor();
    await page.getByRole("link", { name: "Picture 1" }).first().waitFor();
  }
  assert.deepEqual([...bea.complaints, ...sam.complaints], []);
});

/** Bea has bought something of a seller, who has handed it over; both look at the order. */
async function traded(nickname, name) {
  const [bea, seller] = await Promise.all([stage.demoPerson("bea"), stage.demoPerson(name)]);
  const { id } = await stage.listing(({ seller: of, price }) => of.nickname === nickname && price.amount < 1500);
  await bea.goto(`/listings/${id}`);
  await bea.button("Buy").click();
  await bea.page.getByRole("dialog").getByRole("button", { name: /^Pay / }).click();
  await bea.page.waitForURL(/\/orders\//);
  await seller.goto(new URL(bea.page.url()).pathname);
  await seller.field("Login name").fill("traveller60");
  await seller.page.getByRole("textbox", { name: "Password" }).fill("Moon-Tiger-88");
  await seller.button("Hand over").click();
  await bea.button("Show the credentials").click();
  await bea.page.getByText("Moon-Tiger-88").waitFor();
  return { bea, seller };
}

async function askBack(bea) {
  await bea.button("Ask for a return").click();
  const dialog = bea.page.getByRole("dialog");
  await dialog.getByLabel("Why the buyer wants to return it").fill("The rank is lower than it says.");
  await dialog.getByRole("button", { name: "Ask for a return" }).click();
  await dialog.waitFor({ state: "hidden" });
}
