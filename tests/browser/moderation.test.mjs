// Reports and the blacklist: somebody reports, an admin decides, everybody concerned sees it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("a listing is reported, and its seller is warned", { timeout: 300_000 }, async () => {
  const bea = await stage.demoPerson("bea");
  const { id } = await stage.listing(({ seller }) => seller.nickname === "Sam Trades");
  await bea.goto(`/listings/${id}`);
  await bea.button("Report").click();
  const dialog = bea.page.getByRole("dialog");
  await dialog.getByLabel("What is the matter").selectOption({ label: "Not as described" });
  await dialog.getByLabel("What happened").fill("The pictures are of another account.");
  await dialog.getByRole("button", { name: "Report" }).click();
  await dialog.waitFor({ state: "hidden" });

  const ada = await stage.demoAdmin("ada");
  await ada.goto("/admin/reports");
  const report = ada.page.getByRole("article", { name: "Sam Trades" });
  await report.getByText("The pictures are of another account.").waitFor();
  await report.getByRole("button", { name: "Take it" }).click();
  await report.getByRole("button", { name: "Warn" }).click();
  await ada.page.getByRole("dialog").getByLabel("Reason").fill("Show pictures of the account itself.");
  await ada.page.getByRole("dialog").getByRole("button", { name: "Warn" }).click();
  await ada.page.getByText("No report waits.").waitFor();

  await bea.goto("/reports");
  await bea.page.getByText("Warned").waitFor();
  await bea.page.getByText("The administrator says: Show pictures of the account itself.").waitFor();
  const sam = await stage.demoPerson("sam");
  await sam.goto("/notices");
  await sam.page.getByText("Show pictures of the account itself.").first().waitFor();
  assert.equal(await sam.page.getByText("Bea", { exact: true }).count(), 0);
  assert.deepEqual([...bea.complaints, ...ada.complaints, ...sam.complaints], []);
});

test("an admin looks a user up, blacklists him and lets him back", { timeout: 300_000 }, async () => {
  const peng = await stage.demoPerson("da_peng");
  await peng.goto("/me");
  const boris = await stage.demoAdmin("boris");
  await boris.goto("/admin/users");
  await boris.field("Search users").fill("da_p");
  await boris.page.getByRole("article", { name: "大鹏展翅" }).getByRole("link").click();
  await decide(boris, "Blacklist", "Sold the same account twice.");
  await boris.page.getByRole("alert").getByText("Sold the same account twice.").waitFor();
  await peng.page.getByText("Reason: Sold the same account twice.").first().waitFor();

  await decide(boris, "Reinstate", "The other account was his brother’s.");
  await boris.page.getByText("He may trade.").waitFor();
  await peng.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Market" }).waitFor();
  assert.deepEqual([...peng.complaints, ...boris.complaints], []);
});

async function decide(admin, what, reason) {
  await admin.button(what).click();
  const dialog = admin.page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: what }).click();
  await dialog.waitFor({ state: "hidden" });
}
