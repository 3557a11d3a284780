// People in a browser: each has a context of his own, as on a device of his own.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright-core";
import { captchaAnswer, Server } from "../clients/server.mjs";
import { Keys, Mouse } from "./hands.mjs";

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

// The first of them needs the least of a machine.
const browsers = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
// A busy machine is slow; what never comes is wrong.
const PATIENCE_MS = 90_000;
// How long a code of an authenticator is good.
const CODE_MS = 30_000;

/** A server, a browser, and the people who sit before it. */
export class Stage {
  #codes = new Map();

  /** An empty house, or with `demo` the demonstration's. `settings` are made for a server from what it is. */
  static async open({ demo = false, settings } = {}) {
    const server = new Server();
    Object.assign(server.environment, settings?.(server));
    if (demo) furnish(server);
    await server.start();
    const executablePath = process.env.CHROMIUM ?? browsers.find(existsSync);
    if (!executablePath) throw new Error(`no browser: none of ${browsers.join(", ")}, and CHROMIUM names none`);
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

  /** Somebody with a device: English, 1440 pixels wide and with a mouse unless said otherwise. */
  async person(name, { keys = false, ...options } = {}) {
    const context = await this.browser.newContext({
      baseURL: `http://${this.server.listen}`,
      viewport: { width: 1440, height: 900 },
      locale: "en",
      // What fades and slides costs a busy machine most, and shows nothing more.
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return new Person(this, name, await context.newPage(), keys ? Keys : Mouse);
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
    await person.arrive(demoPassword, await this.#code(name));
    return person;
  }

  /** The code of an administrator's authenticator. Each opens once, so that who comes again within its half minute waits for the next. */
  async #code(name) {
    const step = () => Math.floor(Date.now() / CODE_MS);
    while (this.#codes.get(name) === step()) await setTimeout(CODE_MS - (Date.now() % CODE_MS));
    const code = this.server.command("admin", "totp", name).stdout.trim();
    this.#codes.set(name, step());
    return code;
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
      rmSync(making);
    }
  }
  cpSync(kept, server.folder, { recursive: true });
}

/** Whether it is ours to make them. Who died over it has lost his turn. */
function taken(making) {
  try {
    if (!lives(Number(readFileSync(making, "utf8")))) rmSync(making, { force: true });
  } catch {
    // Nobody makes them.
  }
  try {
    writeFileSync(making, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

function lives(process_) {
  try {
    return process.kill(process_, 0);
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

  constructor(stage, name, page, Hands) {
    this.stage = stage;
    this.name = name;
    this.page = page;
    this.hands = new Hands(page);
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

  get dialog() {
    return this.page.getByRole("dialog").first();
  }

  /** Presses a button, by its name, or whatever else can be pressed. */
  press(what) {
    return this.hands.press(typeof what === "string" ? this.button(what) : what);
  }

  /** Writes into a field, by its label. */
  write(field, text) {
    return this.hands.write(typeof field === "string" ? this.field(field) : field, text);
  }

  /** Presses a button, says in the dialog what is to be said there, presses the button of the same name, and sees the dialog go. */
  async decide(what, say = () => undefined) {
    await this.press(what);
    await say(this.dialog);
    await this.press(this.dialog.getByRole("button", { name: what, exact: true }));
    await this.dialog.waitFor({ state: "hidden" });
  }

  /** Changes the width of his window, his colours and his language. */
  async wears({ width, scheme, locale }) {
    await this.page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await this.page.goto("/livez");
    await this.page.evaluate(
      ([language, colours]) => {
        localStorage.setItem("handover.locale", language);
        localStorage.setItem("handover.scheme", colours);
      },
      [locale, scheme],
    );
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
    await this.write("E-mail", this.email);
    await this.page.getByAltText("Five characters to read").waitFor();
    await this.write("Characters in the picture", captchaAnswer);
    await this.press("Mail me a code");
    await this.field("Digit 1").waitFor();
  }

  async signUp() {
    await this.goto("/sign-up");
    await this.requestCode();
    await this.field("Digit 1").pressSequentially(mailedCode(this.stage.server, this.email));
    await this.write("Username", this.name);
    await this.write("Password", password);
    await this.press("Sign up");
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

  /** Calls a mutation that must be done. */
  async does(mutation, input, fields = "__typename") {
    const kind = `${mutation[0].toUpperCase()}${mutation.slice(1)}`;
    const query = `mutation ${kind}($input: ${kind}Input!) { ${mutation}(input: $input) { ${fields} userErrors { code field message } } }`;
    const payload = (await this.asks(query, { input }))[mutation];
    if (payload.userErrors.length > 0) throw new Error(`${this.name}: ${mutation}: ${JSON.stringify(payload.userErrors)}`);
    return payload;
  }

  /** Uploads a picture; answers its id. */
  async uploads(purpose, bytes) {
    return (await this.#sends("imageUpload", { purpose }, bytes, "image { id }")).image.id;
  }

  /** Hands in a photograph for his real name; answers its id. */
  async handsIn(part, bytes) {
    return (await this.#sends("identityPhotoUpload", { part }, bytes, "photoId")).photoId;
  }

  /** A mutation with a file, as a multipart request. */
  async #sends(mutation, input, bytes, fields) {
    const kind = `${mutation[0].toUpperCase()}${mutation.slice(1)}`;
    const query = `mutation ${kind}($input: ${kind}Input!) { ${mutation}(input: $input) { ${fields} userErrors { code message } } }`;
    const multipart = {
      operations: JSON.stringify({ query, variables: { input: { ...input, file: null } } }),
      map: JSON.stringify({ file: ["variables.input.file"] }),
      file: { name: "picture.png", mimeType: "image/png", buffer: bytes },
    };
    const headers = { authorization: `Bearer ${this.token}`, "x-handover-preflight": "1" };
    const answer = await this.page.request.post("/graphql", { multipart, headers });
    const { data, errors } = await answer.json();
    if (errors || data[mutation].userErrors.length > 0) throw new Error(`${this.name}: ${mutation}: ${JSON.stringify(errors ?? data)}`);
    return data[mutation];
  }

  /** Is signed in as if he had been here before, without the form. */
  async arrive(secret = password, secondFactor) {
    const input = { login: this.name, password: secret, secondFactor };
    const { tokens } = await this.#patiently(() => this.does("userSignIn", input, "tokens { accessToken }"));
    this.token = tokens.accessToken;
    await this.page.goto("/livez");
    await this.page.evaluate(() => localStorage.setItem("handover.session", "in"));
    this.#proves(secret).catch(() => undefined);
  }

  /** Says his password again whenever it is asked for, as it is of whoever signed in long ago: on a busy machine that comes soon. Until he leaves. */
  async #proves(secret) {
    const asked = this.page.getByRole("dialog").locator("input[autocomplete=current-password]");
    for (;;) {
      await asked.waitFor({ timeout: 0 });
      await asked.fill(secret);
      await asked.press("Enter");
      await asked.waitFor({ state: "hidden", timeout: 0 });
    }
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
    // What is still fading in has no colours of its own yet.
    await this.page.evaluate(() => {
      const moving = document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime));
      return Promise.allSettled(moving.map(({ finished }) => finished));
    });
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
