// Somebody signs up without a mouse, forgets his password, and ends a session that is not his.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { captchaAnswer } from "../clients/server.mjs";
import { walk } from "./keys.mjs";
import { mailedCode, password, Stage } from "./people.mjs";

let stage;
before(async () => {
  stage = await Stage.open({ demo: true });
});
after(() => stage?.close());

test("signing up by keyboard, with a picture and a mail misread once", { timeout: 600_000 }, async () => {
  const ann = await stage.person("ann");
  const { page } = ann;
  const { keyboard } = page;
  await ann.goto("/sign-up");
  await page.locator("input[type=email]:focus").waitFor();
  await keyboard.type(ann.email);
  const picture = page.getByAltText("Five characters to read");
  const first = await picture.getAttribute("src");
  await keyboard.press("Tab");
  await keyboard.type("WRONG");
  await keyboard.press("Enter");
  await page.getByText(/The captcha was answered wrongly/).waitFor();
  await page.waitForFunction((src) => document.querySelector("form img").getAttribute("src") !== src, first);
  await ann.field("Characters in the picture").focus();
  await keyboard.type(captchaAnswer);
  await keyboard.press("Enter");

  await page.locator("input[aria-label='Digit 1']:focus").waitFor();
  const code = mailedCode(stage.server, ann.email);
  await keyboard.type(code === "000000" ? "111111" : "000000");
  await walk(page, (one) => one.autocomplete === "username");
  await keyboard.type("ann");
  await walk(page, (one) => one.autocomplete === "new-password");
  await keyboard.type(password);
  await keyboard.press("Enter");
  await page.getByText(/The code is wrong/).waitFor();
  await ann.field("Digit 6").focus();
  for (let digit = 0; digit < 6; digit += 1) await keyboard.press("Backspace");
  await ann.field("Digit 1").focus();
  await keyboard.type(code);
  await walk(page, /^Sign up$/);
  await keyboard.press("Enter");
  await page.waitForURL("/");
  await page.getByRole("button", { name: "Your account" }).waitFor();
  assert.deepEqual(ann.complaints, []);
});

test("a forgotten password is replaced by a code from the mail", { timeout: 600_000 }, async () => {
  const mei = await stage.person("mei", { keys: true });
  mei.email = "mei@demo.example";
  const { page } = mei;
  await mei.goto("/sign-in");
  await mei.press(page.getByRole("link", { name: "Forgotten your password?" }));
  await mei.requestCode();
  await mei.field("Digit 1").pressSequentially(mailedCode(stage.server, mei.email));
  await mei.write(page.locator("input[autocomplete=new-password]"), "another horse 8 staple");
  await mei.press(page.locator("form button[type=submit]"));
  await page.getByText("Your password is new. Sign in with it.").waitFor();
  await mei.signIn("another horse 8 staple");
  assert.deepEqual(mei.complaints, []);
});

test("a session elsewhere is seen, and ended at once", { timeout: 600_000 }, async () => {
  const [here, elsewhere] = await Promise.all([stage.demoPerson("bea", { keys: true }), stage.demoPerson("bea")]);
  await elsewhere.goto("/me");
  await here.goto("/me/security");
  await here.page.getByText("This one", { exact: true }).waitFor();
  await here.press("End all others");
  await here.button("End all others").waitFor({ state: "hidden" });
  // The other device is told: it asks to sign in.
  await elsewhere.page.waitForURL(/sign-in/);
  assert.deepEqual([...here.complaints, ...elsewhere.complaints], []);
});
