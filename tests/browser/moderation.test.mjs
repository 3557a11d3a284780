// Reports and the blacklist: somebody reports, an admin decides, everybody concerned sees it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("a listing is reported, and its seller is warned, all by keys alone", { timeout: 600_000 }, async () => {
  const bea = await stage.demoPerson("bea", { keys: true });
  const { id } = await stage.listing(({ seller }) => seller.nickname === "Sam Trades");
  await report(bea, `/listings/${id}`, "Not as described", "The pictures are of another account.");

  const ada = await stage.demoAdmin("ada", { keys: true });
  await decide(ada, "Sam Trades", "The pictures are of another account.", "Warn", "Show pictures of the account itself.");
  await bea.goto("/reports");
  await bea.page.getByText("Warned").waitFor();
  await bea.page.getByText("The administrator says: Show pictures of the account itself.").waitFor();
  const sam = await stage.demoPerson("sam");
  await sam.goto("/notices");
  await sam.page.getByText("Show pictures of the account itself.").first().waitFor();
  assert.equal(await sam.page.getByText("Bea", { exact: true }).count(), 0);
  assert.deepEqual([...bea.complaints, ...ada.complaints, ...sam.complaints], []);
});

test("a report ends with the blacklist: the listings are gone, and both sides are told", { timeout: 600_000 }, async () => {
  const yuki = await stage.demoPerson("yuki");
  await yuki.goto("/my/listings");
  const bea = await stage.demoPerson("bea");
  const { id } = await stage.listing(({ seller }) => seller.nickname === "雪山飞狐");
  await report(bea, `/listings/${id}`, "A fraud, or not his account", "It is my brother’s account, he never sold it.");

  const ada = await stage.demoAdmin("ada");
  await decide(ada, "雪山飞狐", "It is my brother’s account, he never sold it.", "Blacklist", "Offered an account that is not his.");
  await yuki.page.getByText("Reason: Offered an account that is not his.").first().waitFor();
  await bea.goto("/reports");
  await bea.page.getByText("Banned", { exact: true }).waitFor();
  await bea.page.goto(`/listings/${id}`);
  await bea.page.getByRole("main").getByText("There is no such thing").first().waitFor();
  assert.equal(await bea.page.getByText("雪山飞狐").count(), 0, "his name is shown to nobody any more");
  assert.deepEqual([...yuki.complaints, ...bea.complaints, ...ada.complaints], []);
});

test("an admin looks a user up, blacklists him and lets him back", { timeout: 600_000 }, async () => {
  const peng = await stage.demoPerson("da_peng");
  await peng.goto("/me");
  const boris = await stage.demoAdmin("boris", { keys: true });
  await boris.goto("/admin/users");
  await boris.write("Search users", "da_p");
  await boris.press(boris.page.getByRole("article", { name: "大鹏展翅" }).getByRole("link"));
  await boris.decide("Blacklist", (dialog) => boris.write(dialog.getByLabel("Reason"), "Sold the same account twice."));
  await boris.page.getByRole("alert").getByText("Sold the same account twice.").waitFor();
  await peng.page.getByText("Reason: Sold the same account twice.").first().waitFor();

  await boris.decide("Reinstate", (dialog) => boris.write(dialog.getByLabel("Reason"), "The other account was his brother’s."));
  await boris.page.getByText("He may trade.").waitFor();
  await peng.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Market" }).waitFor();
  assert.deepEqual([...peng.complaints, ...boris.complaints], []);
});

/** Somebody reports what an address shows. */
async function report(person, path, reason, text) {
  await person.goto(path);
  await person.decide("Report", async (dialog) => {
    await person.hands.choose(dialog.getByLabel("What is the matter"), reason);
    await person.write(dialog.getByLabel("What happened"), text);
  });
}

/** An admin takes the report of somebody and decides on it. */
async function decide(admin, about, said, outcome, reason) {
  await admin.goto("/admin/reports");
  const card = admin.page.getByRole("article", { name: about });
  await card.getByText(said).waitFor();
  await admin.press(card.getByRole("button", { name: "Take it" }));
  await admin.press(card.getByRole("button", { name: outcome }));
  await admin.write(admin.dialog.getByLabel("Reason"), reason);
  await admin.press(admin.dialog.getByRole("button", { name: outcome }));
  await card.waitFor({ state: "hidden" });
}
