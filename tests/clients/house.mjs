// What journeys about cases share: a server whose clock they move, two administrators, and traders of whom every answer is kept, so that all of it
// can be searched in the end.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { idNumber } from "./id-number.mjs";
import { password, Person, until } from "./people.mjs";
import { png } from "./png.mjs";
import { Server } from "./server.mjs";

export const DAY = 24;
const HOUR_MS = 3_600_000;
const NOTICE =
  "... on NoticeCreated { cursor notice { id kind title text subjectId } } ... on NoticesRead { cursor } ... on NoticeWithdrawn { cursor }";
/** The face of whoever is banned. */
export const MASK = /Banned user|已封禁用户/;

export const once = () => ({ idempotencyKey: randomUUID() });
/** The first code of what a mutation refused; `ok` if it did not. */
export const code = ({ userErrors }) => userErrors[0]?.code ?? "ok";

/** The code with which a field failed; `ok` if it did not. */
export const failure = (asking) => asking.then(() => "ok", ({ errors }) => errors[0].extensions.code);

/** Somebody who trades. His name is in his nickname and nowhere else. */
export class Trader extends Person {
  constructor(house, name) {
    super(house.server, name);
    this.house = house;
  }

  reads(bytes) {
    this.house.said.push({ to: this, bytes });
  }

  /** A house that is too busy says so, and the same is sent again: a question, or what has a key and so cannot happen twice. */
  fetches(...request) {
    const body = String(request[1]?.body);
    if (body.includes('"query":"mutation') && !body.includes('"idempotencyKey":')) return super.fetches(...request);
    return until("the house had time", async () => {
      const response = await super.fetches(...request);
      return !(await response.clone().text()).includes('"code":"UNAVAILABLE"') && response;
    });
  }

  /** Signs up, verifies his name and listens to what he is told. */
  async arrives(digits) {
    this.number = idNumber(digits);
    await this.signsUp();
    await this.does("profileUpdate", { nickname: `Unseen ${this.name}` }, "viewer { nickname }");
    this.ear = await this.listens("noticeEvents", NOTICE);
    await this.does("identityVerify", { name: "王小明", number: this.number }, "viewer { verified }");
    return this;
  }

  proves() {
    return this.does("sessionProve", { password }, "provenUntil");
  }

  /** Available, settling and owed. */
  async purse() {
    const fields = ["available", "settling", "owed"];
    const { wallet } = await this.asks(`query Wallet { wallet { ${fields.map((field) => `${field} { amount }`).join(" ")} } }`);
    return fields.map((field) => wallet[field].amount);
  }

  async paysIn(amount) {
    const { deposit } = await this.does("depositCreate", { amount, ...once() }, "deposit { id checkoutUrl }");
    const form = { method: "POST", body: new URLSearchParams({ decision: "pay" }), redirect: "manual" };
    assert.equal((await fetch(deposit.checkoutUrl, form)).status, 303);
    await this.hears("DEPOSIT_CREDITED", deposit.id);
  }

  async sells(price) {
    const image = await this.uploads("LISTING", png(64, 48));
    const { game } = this.house;
    const input = { gameId: game.id, serverId: game.servers[0].id, title: "Level 60", description: "No penalties.", price };
    const more = { attributes: game.attributes.map(answerTo), imageIds: [image.id], ...once() };
    const { listing } = await this.does("listingCreate", { ...input, ...more }, "listing { id version }");
    await this.house.approves(listing);
    return { ...listing, price };
  }

  triesToBuy({ id, version, price }) {
    const input = { listingId: id, seenVersion: version, seenPrice: price, ...once() };
    return this.tries("orderPlace", input, "order { id } userErrors { code }");
  }

  async buys(listing) {
    const placed = await this.triesToBuy(listing);
    assert.equal(code(placed), "ok");
    return placed.order.id;
  }

  async triesToWithdraw(amount) {
    this.account ??= await this.does("payoutAccountAdd", { number: "6222020011234567", ...once() }, "payoutAccount { id }");
    const input = { amount, payoutAccountId: this.account.payoutAccount.id, ...once() };
    return this.tries("withdrawalRequest", input, "withdrawal { id state } userErrors { code }");
  }

  /** The first notice of this kind about this thing, or about anything. */
  hears(kind, subject) {
    return this.ear.hears(kind, ({ notice }) => notice?.kind === kind && (subject === undefined || notice.subjectId === subject));
  }

  /** All that he was told, in its order, heard live and listed alike. Of a new client he is told after everything before it. */
  async told() {
    const agent = `the last look of ${randomUUID()}`;
    const kinds = (kind) => this.ear.heard.filter(({ notice }) => notice?.kind === kind).length;
    const before = kinds("SIGNED_IN_ANEW");
    const query = "mutation SignIn($input: UserSignInInput!) { userSignIn(input: $input) { userErrors { code } } }";
    const body = JSON.stringify({ query, variables: { input: { login: this.name, password } } });
    const headers = { "content-type": "application/json", "user-agent": agent };
    const response = await this.fetches(`http://${this.server.listen}/graphql`, { method: "POST", headers, body });
    assert.deepEqual((await response.json()).data.userSignIn.userErrors, []);
    await until(`${this.name} heard of his last look`, () => kinds("SIGNED_IN_ANEW") > before);
    const heard = this.ear.heard.flatMap(({ notice }) => notice ?? []);
    const { notices } = await this.asks("query Notices { notices(first: 100) { nodes { id } } }");
    assert.deepEqual(heard.map(({ id }) => id), notices.nodes.map(({ id }) => id).reverse(), `${this.name} heard each notice once`);
    return heard.map(({ kind }) => kind).filter((kind) => kind !== "SIGNED_IN_ANEW");
  }

  /** What a notice of this kind says. */
  async words(kind) {
    const { notice } = await this.hears(kind);
    return notice.text;
  }
}

/** Something that an attribute can be. */
function answerTo({ key, kind, least, choices }) {
  if (kind === "CHOICE" || kind === "MANY_CHOICE") return { key, choices: [choices[0].key] };
  if (kind === "NUMBER") return { key, number: least };
  return kind === "YES_NO" ? { key, yes: true } : { key, text: "As shown" };
}

export class House {
  /** All that anybody was answered: to whom, and the bytes. */
  said = [];
  #people = 0;
  #offset = 0;
  #traders = [];
  #banned = [];

  constructor() {
    this.server = new Server();
    this.clock = join(this.server.folder, "clock-offset");
    Object.assign(this.server.environment, {
      HANDOVER_CLOCK__OFFSET_FILE: this.clock,
      HANDOVER_WORKER__TICK_MS: "100",
      HANDOVER_BANK__PAYOUT_DELAY_MS: "50",
      HANDOVER_LIMITS__SCALE: "1000",
      HANDOVER_ACCOUNT__ARGON2_MEMORY_KIB: "64",
      HANDOVER_ACCOUNT__ARGON2_PASSES: "1",
    });
    this.passer = new Trader(this, "passer");
  }

  async opens() {
    writeFileSync(this.clock, "0");
    await this.server.start();
    [this.ada, this.abe] = await Promise.all(["ada", "abe"].map((name) => this.#admin(name)));
    const { games } = await this.ada.asks(
      "query Games { games { id servers { id } checklist { key } attributes { key kind required least choices { key } } } }",
    );
    this.game = games[0];
    this.eve = await this.trader("eve");
    await this.goHome();
  }

  async closes() {
    await this.goHome();
    await this.server.close();
  }

  /** A journey is over: those who took part listen no longer. Their sessions end while others move the clock. */
  async goHome() {
    await Promise.allSettled(this.#traders.splice(0).map(({ ear }) => ear?.close()));
  }

  async #admin(name) {
    const admin = new Trader(this, name);
    assert.equal(this.server.commandWith(`${password}\n`, "admin", "create", name, admin.email).status, 0);
    return admin.signsIn();
  }

  async trader(name) {
    const trader = new Trader(this, name);
    this.#traders.push(trader);
    return trader.arrives(`11010519900101${String(++this.#people).padStart(3, "0")}`);
  }

  async approves({ id, version }) {
    await this.ada.does("listingReviewClaim", { id }, "listing { id }");
    await this.ada.does("listingApprove", { id, version }, "listing { state }");
  }

  /** So many hours later. Those of the house and these people have new tokens then, and the administrators have proved who they are. */
  async later(hours, ...people) {
    this.#offset += hours * HOUR_MS;
    writeFileSync(this.clock, String(this.#offset));
    const due = Date.now() + this.#offset;
    await until("the clock has moved", async () => Date.parse((await this.passer.asks("query Now { now }")).now) >= due);
    await Promise.all([this.ada, this.abe, this.eve, ...people].map((person) => person.refreshes()));
    await Promise.all([this.ada.proves(), this.abe.proves()]);
  }

  /** Who did what to a thing, by the audit log, the oldest first. */
  async record(kind, id) {
    const query = "query Log($filter: AuditFilterInput!) { auditLog(filter: $filter, first: 100) { nodes { action actor { nickname } } } }";
    const { auditLog } = await this.abe.asks(query, { filter: { subject: { kind, id } } });
    return auditLog.nodes.map(({ action, actor }) => `${actor?.nickname ?? "-"} ${action}`).reverse();
  }

  /** The platform's fees and compensation. */
  async platform() {
    const { platformMoney } = await this.ada.asks("query Money { platformMoney { fees { amount } compensation { amount } } }");
    return [platformMoney.fees.amount, platformMoney.compensation.amount];
  }

  /** Why a user is blacklisted, as administrators see it; null if he is not. */
  async banOf(trader) {
    const query = "query User($userId: ID!) { staffUser(userId: $userId) { blacklisted blacklistReason user { nickname } } }";
    const { staffUser } = await this.ada.asks(query, { userId: trader.id });
    assert.equal(staffUser.user.nickname, `Unseen ${trader.name}`, "administrators see his name all the while");
    return staffUser.blacklisted ? staffUser.blacklistReason : null;
  }

  /** From here on nobody is told the name of whoever was banned just now. */
  async bans(trader) {
    this.#banned.push({ trader, from: this.said.length });
    await trader.refreshes();
  }

  /** What others than himself and the administrators were told since then: all of it that can be read. */
  #heardByOthers(trader, from) {
    const knowing = [trader, this.ada, this.abe];
    const others = this.said.slice(from).filter(({ to }) => !knowing.includes(to));
    return others.flatMap(({ to, bytes }) => textsOf(bytes).map((text) => ({ to: to.name, text })));
  }

  /** How many answers since then name somebody to others. */
  naming(trader, from) {
    return this.#heardByOthers(trader, from).filter(({ text }) => text.includes(trader.name)).length;
  }

  /** Holds all that was said after each ban against the banned one's name: there is his mask instead. Answers how many were banned. */
  nobodyNamesTheBanned() {
    for (const { trader, from } of this.#banned) {
      const texts = this.#heardByOthers(trader, from);
      assert.deepEqual(texts.filter(({ text }) => text.includes(trader.name)), [], trader.name);
      assert.ok(texts.filter(({ text }) => MASK.test(text)).length > 10, `${trader.name}'s mask is seen instead`);
      assert.deepEqual(this.#mails().filter((mail) => mail.includes(trader.name) && !mail.includes(`To: ${trader.email}`)), []);
    }
    return this.#banned.length;
  }

  #mails() {
    const folder = join(this.server.folder, "mail");
    return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  }

  /** The end of each journey: the operator's commands find nothing wrong, and no escrow or hold of a case keeps anything. */
  async booksAreRight() {
    const { figures } = await this.ada.asks("query Figures { figures { money { kind total { amount } } } }");
    const kept = figures.money.filter(({ kind }) => kind === "ESCROW" || kind === "CASE_HOLD").map(({ total }) => total.amount);
    assert.ok(kept.every((amount) => amount === "0.00"), kept);
    const ledger = this.server.command("ledger", "verify");
    assert.equal(ledger.status, 0, ledger.stdout);
    assert.match(ledger.stdout, /, 0 problems\n$/);
    const chain = "query Chain { auditChain { waitingCount } }";
    await until("every audit row is chained", async () => (await this.ada.asks(chain)).auditChain.waitingCount === 0);
    const audit = this.server.command("audit", "verify");
    assert.equal(audit.status, 0, audit.stdout);
    assert.match(audit.stdout, /^[1-9]\d* rows hold, 0 are not chained yet$/m);
    await this.goHome();
  }
}

/** What can be read in an answer: its text, or those of the files of a ZIP. */
function textsOf(bytes) {
  if (bytes.subarray(0, 4).toString("latin1") !== "PK\u0003\u0004") return [bytes.toString()];
  const texts = [];
  // The central directory has a record for each file: how it is packed, how long it is, and where it lies.
  for (let at = bytes.readUInt32LE(bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1") + 16); bytes.readUInt32LE(at) === 0x02014b50; ) {
    const [method, size, begin] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    const data = begin + 30 + bytes.readUInt16LE(begin + 26) + bytes.readUInt16LE(begin + 28);
    const packed = bytes.subarray(data, data + size);
    texts.push((method === 8 ? inflateRawSync(packed) : packed).toString());
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  assert.ok(texts.length > 1);
  return texts;
}
