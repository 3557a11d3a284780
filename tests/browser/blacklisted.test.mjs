// A blacklisted user is told so at once, and is left with his money, his notices and his account.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Stage } from "./people.mjs";

const reason = "Took an account back after the sale.";
let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("what is left to a blacklisted user, and why", { timeout: 600_000 }, async () => {
  const peng = await stage.demoPerson("da_peng");
  const { page } = peng;
  await peng.goto("/orders/bought");
  assert.equal(stage.server.command("admin", "blacklist", "da_peng", reason).status, 0);

  // Nothing is pressed: the open page hears of it.
  await page.getByText(`Reason: ${reason}`).first().waitFor();
  const ways = page.getByRole("navigation", { name: "Main" }).getByRole("link");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Wallet" }).waitFor();
  assert.deepEqual((await ways.allTextContents()).sort(), ["Me", "Notices", "Wallet"]);

  await peng.goto("/wallet");
  await peng.button("Withdraw").waitFor();
  await peng.goto("/notices");
  await page.getByRole("main").getByText(reason).first().waitFor();
  for (const path of ["/", "/chat", "/orders/bought"]) {
    await page.goto(path);
    await page.getByRole("main").getByText(/limited to deposit, withdrawal and system messages/).first().waitFor();
  }
  await peng.goto("/me");
  await page.getByRole("main").getByRole("link", { name: /Security/ }).waitFor();

  const bea = await stage.demoPerson("bea");
  await bea.goto("/orders/bought");
  assert.equal(await bea.page.getByText("大鹏展翅").count(), 0);
  assert.deepEqual([...peng.complaints, ...bea.complaints], []);
});
