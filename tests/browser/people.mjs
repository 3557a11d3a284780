// People in a browser: each has a context of his own, as on a device of his own.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
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

// A busy machine is slow; what never comes is wrong.
const PATIENCE_MS = 90_000;

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
    context.setDefaultTimeout(PATIENCE_MS);
    return new Person(this, name, await context.newPage());
  }

  /** The first listing on sale that is wanted. */
  async listing(wanted) {
    const stranger = await this.person("stranger");
    const { listings } = await stranger.asks("{ listings(first: 50) { nodes { id title version negotiable price { amount } seller { nickname } } } }");
    await stranger.page.context().close();
    const found = listings.nodes.find(wanted);
    if (!found) throw new Error("nothing of the kind is on sale");
    return found;
  }

  /** A trader of the demonstration, signed in. */
  async demoPerson(name, options) {
    const person = await this.person(name, options);
    await person.arrive(demoPassword);
    return person;
  }

  /** An administrator of the demonstration, signed in with his second factor. */
  async demoAdmin(name, options) {
    const person = await this.person(name, options);
    await person.arrive(demoPassword, this.server.command("admin", "totp", name).stdout.trim());
    return person;
  }
}

/** Gives a server the demonstration's data. They are made once for a run of the tests and copied for each server. */
function furnish(server) {
  const kept = join(tmpdir(), `handover-demo-${statSync(server.binary).mtimeMs}`);
  const making = `${kept}.making`;
  const stale = existsSync(kept) && Date.now() - statSync(kept).mtimeMs > 30 * 60_000;
  if (stale) rmSync(kept, { recursive: true, force: true });
  while (!existsSync(kept)) {
    // Another file's tests may be making them already.
    if (!taken(making)) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    try {
      make(kept);
    } finally {
      rmSync(making, { recursive: true });
    }
  }
  cpSync(kept, server.folder, { recursive: true });
}

/** Whether it is ours to make them. Who died over it has lost his turn. */
function taken(making) {
  if (existsSync(making) && Date.now() - statSync(making).mtimeMs > 5 * 60_000) rmSync(making, { recursive: true, force: true });
  try {
    mkdirSync(making);
    return true;
  } catch {
    return false;
  }
}

function make(kept) {
  if (existsSync(kept)) return;
  const maker = new Server();
  const { status } = maker.command("demo");
  if (status !== 0) throw new Error("the demonstration's data could not be made");
  const copy = mkdtempSync(join(tmpdir(), "handover-demo-"));
  cpSync(maker.folder, copy, { recursive: true });
  rmSync(maker.folder, { recursive: true });
  renameSync(copy, kept);
}

/** The code in the newest mail to an address. */
export function mailedCode(server, address) {
  const body = server
    .mail(address)
    .split(/\r?\n\r?\n/)
    .slice(1)
    .join("\n");
  return /\b\d{6}\b/.exec(body)[0];
}

/** What a person does on the pages, by what he sees there. */
export class Person {
  /** What went wrong in his page: none expected. */
  complaints = [];
  #underWay = new Set();

  constructor(stage, name, page) {
    this.stage = stage;
    this.name = name;
    this.page = page;
    this.email = `${name}@example.com`;
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("request", (request) => this.#underWay.add(request));
    for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => this.#underWay.delete(request));
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

  /** Opens an address and waits until all of it is there: nothing is being fetched, and nothing stands in for what comes. */
  async look(path) {
    await this.goto(path);
    let quiet = 0;
    for (let tries = 0; quiet < 3 && tries < 200; tries += 1) {
      await this.page.waitForTimeout(40);
      const waits = this.#underWay.size > 0 || (await this.page.locator(".mantine-Skeleton-root").count()) > 0;
      quiet = waits ? 0 : quiet + 1;
    }
  }

  /** The first step of signing up and of a new password: an address and the captcha. */
  async requestCode() {
    await this.field("E-mail").fill(this.email);
    await this.page.getByAltText("Five characters to read").waitFor();
    await this.field("Characters in the picture").fill(captchaAnswer);
    await this.button("Mail me a code").click();
    await this.field("Digit 1").waitFor();
  }

  async signUp() {
    await this.goto("/sign-up");
    await this.requestCode();
    await this.field("Digit 1").pressSequentially(mailedCode(this.stage.server, this.email));
    await this.field("Username").fill(this.name);
    await this.field("Password").fill(password);
    await this.button("Sign up").click();
    await this.page.waitForURL("/");
    await this.page.getByRole("button", { name: "Your account" }).waitFor();
  }

  /** Asks the API, as whoever he is signed in as here. */
  async asks(query, variables = {}) {
    const token = this.token ? { authorization: `Bearer ${this.token}` } : {};
    const answer = await this.page.request.post("/graphql", { data: { query, variables }, headers: { accept: "application/json", ...token } });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Is signed in as if he had been here before, without the form. */
  async arrive(secret = password, secondFactor) {
    const SIGN_IN = "mutation ($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken } userErrors { code } } }";
    const input = { login: this.name, password: secret, secondFactor };
    const { tokens, userErrors } = (await this.#patiently(() => this.asks(SIGN_IN, { input }))).userSignIn;
    if (userErrors.length > 0) throw new Error(`${this.name} cannot sign in: ${JSON.stringify(userErrors)}`);
    this.token = tokens.accessToken;
    await this.page.goto("/livez");
    await this.page.evaluate(() => localStorage.setItem("handover.session", "in"));
  }

  /** Asks again when the server has too many passwords to look at, as it says of itself. */
  async #patiently(ask) {
    for (const end = Date.now() + PATIENCE_MS; ; ) {
      try {
        return await ask();
      } catch (error) {
        if (!error.message.includes("UNAVAILABLE") || Date.now() > end) throw error;
        await this.page.waitForTimeout(500);
      }
    }
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
