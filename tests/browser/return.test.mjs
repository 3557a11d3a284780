// An account goes back: handed back with what it has now, and the seller agrees, or refuses with evidence.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askBack, refused, traded } from "./deals.mjs";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("a return with hand-back, agreed to by the seller, by keys alone", { timeout: 600_000 }, async () => {
  const { bea, seller: lin } = await traded(stage, "林夏", "lin_xia", { keys: true });
  await askBack(bea);
  await bea.write(bea.page.getByRole("textbox", { name: "Login name" }), "traveller60");
  await bea.write(bea.page.getByRole("textbox", { name: "Password" }), "Sun-Heron-21");
  await bea.press("Hand back");
  await bea.page.getByText("The seller has not opened the credentials yet.").waitFor();

  await lin.press("Show the credentials");
  await lin.page.getByText("Sun-Heron-21").waitFor();
  await bea.page.reload();
  await bea.page.getByText(/The seller opened the credentials on/).waitFor();
  await lin.decide("Agree to the return");
  await lin.page.getByText("The buyer has his money back, and the account is yours again.").waitFor();
  await bea.page.getByText("You have your money back.").waitFor();
  // What was delivered is destroyed with the refund.
  assert.equal(await bea.button("Show the credentials").count(), 0);
  assert.equal(stage.server.command("ledger", "verify").status, 0);
  assert.deepEqual([...bea.complaints, ...lin.complaints], []);
});

test("a return is refused with evidence, and both see it", { timeout: 600_000 }, async () => {
  const { bea, seller: sam } = await traded(stage, "Sam Trades", "sam");
  await refused(bea, sam);

  for (const { page } of [bea, sam]) {
    await page.getByText("In dispute", { exact: true }).first().waitFor();
    await page.getByText("Two skins were sold while he had it.").first().waitFor();
    await page.getByRole("link", { name: "Picture 1" }).first().waitFor();
  }
  assert.deepEqual([...bea.complaints, ...sam.complaints], []);
});
