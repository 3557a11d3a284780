// A price is named, answered with another one, agreed on and paid, with buyer and seller side by side.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("an offer is countered, accepted and paid, by keys alone", { timeout: 600_000 }, async () => {
  const phone = { viewport: { width: 390, height: 844 } };
  const [bea, lin] = await Promise.all([stage.demoPerson("bea", { keys: true }), stage.demoPerson("lin_xia", { keys: true, ...phone })]);
  const { id, title, price } = await stage.listing(({ seller, negotiable, price: { amount } }) => seller.nickname === "林夏" && negotiable && amount < 1000);
  const asked = Number(price.amount);
  await lin.goto("/offers/received");

  await bea.goto(`/listings/${id}`);
  await bea.press("Make an offer");
  await bea.write(bea.dialog.getByLabel("Your price"), asked.toFixed(2));
  await bea.press(bea.dialog.getByRole("button", { name: "Send the offer" }));
  await bea.dialog.getByText(/below the asking price/).waitFor();
  await bea.write(bea.dialog.getByLabel("Your price"), (asked / 2).toFixed(2));
  await bea.write(bea.dialog.getByLabel("Note"), "I can pay at once.");
  await bea.press(bea.dialog.getByRole("button", { name: "Send the offer" }));
  await bea.page.waitForURL("/offers/made");

  // Nothing is pressed: the seller's open page hears of it.
  const received = offers(lin, title).filter({ hasText: yuan(asked / 2) });
  await received.getByText("I can pay at once.").waitFor();
  await lin.press(received.getByRole("button", { name: "Name another price" }));
  await lin.write(lin.dialog.getByLabel("Your price"), (asked * 0.8).toFixed(2));
  await lin.write(lin.dialog.getByLabel("Note"), "Meet me there.");
  await lin.press(lin.dialog.getByRole("button", { name: "Send" }));
  await lin.dialog.waitFor({ state: "hidden" });

  const made = offers(bea, title).filter({ hasText: "Meet me there." });
  const accept = `Accept ${yuan(asked * 0.8)}`;
  await bea.press(made.getByRole("button", { name: accept }));
  await bea.press(bea.dialog.getByRole("button", { name: accept }));
  await lin.page.getByRole("alert").filter({ hasText: title }).first().waitFor();
  await bea.dialog.waitFor({ state: "hidden" });

  await bea.hands.check(bea.page.getByRole("radio", { name: "All", exact: true }));
  await bea.press(offers(bea, title).getByRole("link", { name: "Pay the order" }).first());
  await bea.press(`Pay ${yuan(asked * 0.8)}`);
  await bea.press(bea.dialog.getByRole("button", { name: /^Pay / }));
  await bea.page.getByText("The seller hands the account over").waitFor();
  assert.equal(stage.server.command("ledger", "verify").status, 0);
  assert.deepEqual([...bea.complaints, ...lin.complaints], []);
});

test("an offer is withdrawn, another one declined", { timeout: 600_000 }, async () => {
  const [yuki, mei] = await Promise.all([stage.demoPerson("yuki"), stage.demoPerson("mei")]);
  const { id, title, price } = await stage.listing(({ seller, negotiable }) => seller.nickname === "小梅子" && negotiable);
  await mei.goto("/offers/received");
  await offer(yuki, id, Number(price.amount) * 0.6);
  await offers(mei, title).filter({ hasText: yuan(price.amount * 0.6) }).waitFor();
  const first = offers(yuki, title).filter({ hasText: yuan(price.amount * 0.6) });
  await first.getByRole("button", { name: "Withdraw" }).click();
  await yuki.page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await offers(mei, title).filter({ hasText: yuan(price.amount * 0.6) }).waitFor({ state: "hidden" });

  await offer(yuki, id, price.amount * 0.7);
  const second = offers(mei, title).filter({ hasText: yuan(price.amount * 0.7) });
  await second.getByRole("button", { name: "Decline" }).click();
  await mei.page.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
  await yuki.page.getByRole("alert").filter({ hasText: title }).first().waitFor();
  await offers(yuki, title).filter({ hasText: yuan(price.amount * 0.7) }).waitFor({ state: "hidden" });
  assert.deepEqual([...yuki.complaints, ...mei.complaints], []);
});

/** The offers for a listing on a person's page. */
function offers({ page }, title) {
  return page.getByRole("article", { name: title });
}

async function offer(person, id, price) {
  await person.goto(`/listings/${id}`);
  await person.button("Make an offer").click();
  const dialog = person.page.getByRole("dialog");
  await dialog.getByLabel("Your price").fill(price.toFixed(2));
  await dialog.getByRole("button", { name: "Send the offer" }).click();
  await person.page.waitForURL("/offers/made");
}

function yuan(amount) {
  return new Intl.NumberFormat("en", { style: "currency", currency: "CNY", currencyDisplay: "narrowSymbol" }).format(Number(amount).toFixed(2));
}
