// People in a browser: each has a context of his own, as on a device of his own.
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { captchaAnswer, Server } from "../clients/server.mjs";

/** The password of everybody in the demonstration. */
export const demoPassword = "handover-demo";
export const password = "correct horse 7 staple";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A server, a browser, and the people who sit before it. */
export class Stage {
  /** An empty house, or with `demo` the demonstration's. `settings` are made for a server from what it is. */
  static async open({ demo = false, settings } = {}) {
    const server = new Server();
    Object.assign(server.environment, settings?.(server));
    if (demo) furnish(server);
    await server.start();
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    const browser = await chromium.launch({ executablePath, args: flags });
    return new Stage(server, browser);
  }

  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
  }

  async close() {
    await this.browser.close();
    await this.server.close();
  }

  /** Somebody with a device: English and 1440 pixels wide unless said otherwise. */
  async person(name, options = {}) {
    const context = await this.browser.newContext({
      baseURL: `http://${this.server.listen}`,
      viewport: { width: 1440, height: 900 },
      locale: "en",
      ...options,
    });
    const page = await context.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    return new Person(this, name, page, complaints);
  }

  /** A trader of the demonstration, signed in. */
  async demoPerson(name, options) {
    const person = await this.person(name, options);
    await person.signIn(demoPassword);
    return person;
  }

  /** An administrator of the demonstration, signed in with his second factor. */
  async demoAdmin(name, options) {
    const person = await this.person(name, options);
    await person.signIn(demoPassword, () => this.server.command("admin", "totp", name).stdout.trim());
    return person;
  }
}

/** Gives a server the demonstration's data. They are made once for a run of the tests and copied for each server. */
function furnish(server) {
  const kept = join(tmpdir(), `handover-demo-${statSync(server.binary).mtimeMs}`);
  const stale = existsSync(kept) && Date.now() - statSync(kept).mtimeMs > 30 * 60_000;
  if (stale) rmSync(kept, { recursive: true });
  if (!existsSync(kept)) {
    const maker = new Server();
    const { status } = maker.command("demo");
    if (status !== 0) throw new Error("the demonstration's data could not be made");
    const copy = mkdtempSync(join(tmpdir(), "handover-demo-"));
    cpSync(maker.folder, copy, { recursive: true });
    rmSync(maker.folder, { recursive: true });
    renameSync(copy, kept);
  }
  cpSync(kept, server.folder, { recursive: true });
}

/** What a person does on the pages, by what he sees there. */
export class Person {
  constructor(stage, name, page, complaints) {
    this.stage = stage;
    this.name = name;
    this.page = page;
    this.complaints = complaints;
    this.email = `${name}@example.com`;
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  field(label) {
    return this.page.getByLabel(label).first();
  }

  /** Opens an address and waits until it has a heading. */
  async goto(path) {
    await this.page.goto(path);
    await this.page.getByRole("heading").first().waitFor();
  }

  async signUp() {
    await this.goto("/sign-up");
    await this.field("E-mail").fill(this.email);
    await this.page.getByAltText("Five characters to read").waitFor();
    await this.field("Characters in the picture").fill(captchaAnswer);
    await this.button("Mail me a code").click();
    await this.field("Digit 1").waitFor();
    const body = this.stage.server
      .mail(this.email)
      .split(/\r?\n\r?\n/)
      .slice(1)
      .join("\n");
    await this.field("Digit 1").pressSequentially(/\b\d{6}\b/.exec(body)[0]);
    await this.field("Username").fill(this.name);
    await this.field("Password").fill(password);
    await this.button("Sign up").click();
    await this.page.waitForURL("/");
    await this.page.getByRole("button", { name: "Your account" }).waitFor();
  }

  async signIn(secret = password, secondFactor) {
    const { page } = this;
    await this.goto("/sign-in");
    await page.locator("input[autocomplete=username]").fill(this.name);
    await page.locator("input[type=password]").fill(secret);
    await page.locator("form button[type=submit]").click();
    const code = page.locator("input[autocomplete=one-time-code]").first();
    const arrived = page.locator("header [aria-haspopup=menu]");
    await arrived.or(code).first().waitFor();
    if (secondFactor && (await code.count()) > 0) {
      await code.fill(secondFactor());
      await page.locator("form button[type=submit]").click();
    }
    await page.waitForURL("/");
    await arrived.waitFor();
  }

  async verify(name, number) {
    await this.goto("/me/verification");
    await this.field("Name as on your identity card").fill(name);
    await this.field("ID number").fill(number);
    await this.button("Verify").click();
    await this.page.getByText("Your real name is verified.").waitFor();
  }

  /** Serious findings of axe on the page as it is: none expected. */
  async findings() {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }

  /** Pixels by which the page is wider than its window: none expected. */
  overflow() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
}
