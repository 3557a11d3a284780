// Two people write to each other: live on both sides, through a lost network, and over several tabs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line } from "./line.mjs";
import { Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("the network is lost and comes back, and no message is missing", { timeout: 600_000 }, async (t) => {
  const line = await Line.to(stage.server.listen);
  t.after(() => line.cut());
  const bea = await stage.demoPerson("bea", { baseURL: `http://${line.listen}` });
  const lin = await stage.demoPerson("lin_xia");
  await openThread(bea, "林夏");
  await openThread(lin, "Bea");

  await write(lin, "Before the cut");
  await says(bea, "Before the cut");

  await line.cut();
  await bea.page.getByText("The connection is away").waitFor();
  for (const text of ["While away 1", "While away 2", "While away 3"]) await write(lin, text);
  await write(bea, "Written without a network");
  await bea.page.getByText("No connection. It is sent when that is back.").waitFor();

  await line.mend();
  await says(lin, "Written without a network");
  for (const text of ["While away 1", "While away 2", "While away 3"]) await says(bea, text);
  const spoken = await texts(bea, /cut|away|network/);
  assert.deepEqual(spoken, ["Before the cut", "While away 1", "While away 2", "While away 3", "Written without a network"]);
  assert.deepEqual(await texts(lin, /cut|away|network/), spoken);
  assert.deepEqual([...bea.complaints, ...lin.complaints], []);
});

test("typing, reading, searching and taking back are seen on the other side", { timeout: 600_000 }, async () => {
  const mei = await stage.demoPerson("mei", { keys: true });
  const fox = await stage.demoPerson("old_fox");
  await openThread(fox, "小梅子");
  await openThread(mei, "Old Fox");

  await mei.field("Write a message").pressSequentially("Is 12");
  await fox.page.getByRole("status").getByText("typing…").waitFor();
  await mei.field("Write a message").fill("Is the second one still there?");
  await mei.page.keyboard.press("Enter");
  await says(fox, "Is the second one still there?");
  await fox.page.getByRole("status").getByText("typing…").waitFor({ state: "hidden" });
  await mei.page.getByText("Read", { exact: true }).waitFor();

  await fox.field("Search in messages").fill("second one");
  await fox.page.getByRole("link", { name: /Is the second one/ }).waitFor();
  await fox.field("Search in messages").fill("");

  await mei.press("Take back");
  await fox.page.getByRole("log").getByText("A message was taken back.").waitFor();

  await write(mei, "My WeChat is wx_trader_88, let us talk there");
  await mei.page.getByRole("alert").getByText(/outside|contact/i).waitFor();
});

test("tabs share what happens, whichever of them is closed", { timeout: 600_000 }, async () => {
  const sam = await stage.demoPerson("sam");
  const first = sam.page;
  await sam.goto("/wallet");
  const second = await first.context().newPage();
  await second.goto("/chat");
  await second.getByRole("navigation", { name: "Messages" }).waitFor();
  const bea = await stage.demoPerson("bea");
  const { id } = await stage.listing(({ seller }) => seller.nickname === "Sam Trades");
  await bea.goto(`/listings/${id}`);
  await bea.page.getByRole("link", { name: "Write to the seller" }).click();
  await write(bea, "Heard in both tabs");
  await second.getByRole("navigation", { name: "Messages" }).getByText("Heard in both tabs").waitFor();
  await first.waitForFunction(() => /^\(\d+\)/.test(document.title));

  await first.close();
  await write(bea, "Heard in the tab that is left");
  await second.getByRole("navigation", { name: "Messages" }).getByText("Heard in the tab that is left").waitFor();
});

async function openThread(person, name) {
  await person.goto("/chat");
  await person.press(person.page.getByRole("navigation", { name: "Messages" }).getByRole("link", { name: new RegExp(name) }));
  await person.field("Write a message").waitFor();
}

async function write(person, text) {
  await person.write("Write a message", text);
  await person.page.keyboard.press("Enter");
}

/** Waits until a thread shows a message. */
async function says(person, text) {
  await person.page.getByRole("log").getByText(text, { exact: true }).waitFor();
}

/** The messages on screen that match, in their order. */
async function texts(person, pattern) {
  const all = await person.page.getByRole("log").getByRole("article").locator(".written").allTextContents();
  return all.filter((text) => pattern.test(text));
}
