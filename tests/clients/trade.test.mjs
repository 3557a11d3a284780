// A whole trade with Apollo Client: two people and an admin, from signing up to money in the bank, all of it told live; and a kill of the server in
// mid-conversation.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { idNumber } from "./id-number.mjs";
import { password, Person, until } from "./people.mjs";
import { png } from "./png.mjs";
import { Server } from "./server.mjs";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOTICE = "... on NoticeCreated { cursor unreadCount notice { id kind title text subjectKind subjectId } } ... on NoticesRead { cursor unreadCount }";
const LINE = `line {
  __typename
  ... on Message { id seq text sender { id } images { id url } }
  ... on SystemLine { id seq step text }
}`;
const CHAT = `... on ChatLineWritten { cursor unreadCount ${LINE} } ... on ChatMessageRecalled { cursor } ... on ChatRead { cursor unreadCount } ... on ChatTyping { conversationId until }`;
const ORDER = "order { id state mySide waitsFor checklist { step { key } done } settlesAt }";

const server = new Server();
const clock = join(server.folder, "clock-offset");
Object.assign(server.environment, { HANDOVER_CLOCK__OFFSET_FILE: clock, HANDOVER_WORKER__TICK_MS: "100", HANDOVER_BANK__PAYOUT_DELAY_MS: "100" });
const [sam, bea, keeper] = ["sam", "bea", "keeper"].map((name) => new Person(server, name));
const ears = {};
let listing;
let order;

before(async () => {
  writeFileSync(clock, "0");
  await server.start();
});
after(async () => {
  await Promise.all(Object.values(ears).map((ear) => ear.close()));
  await server.close();
});

/** Moves the server's clock to so many milliseconds after the true time. */
async function moveClock(offset) {
  writeFileSync(clock, String(offset));
  // Halfway is far enough: the true time runs on meanwhile.
  await until("the clock has moved", async () => Date.parse((await new Person(server).asks("query Now { now }")).now) > Date.now() + offset - MINUTE);
}

const told = (person, kind, subject) =>
  ears[`${person.name}Notices`].hears(kind, ({ notice }) => notice?.kind === kind && (subject === undefined || notice.subjectId === subject));
const reads = (person, what, fits) => ears[`${person.name}Chat`].hears(what, ({ line }) => line && fits(line));
const says = (person, to, text, more = {}) =>
  person.does("chatMessageSend", { to: to.id, clientId: randomUUID(), text, ...more }, "message { id seq text conversation { id } } warning { kind }");

test("two people sign up, listen, and verify their names", async () => {
  for (const person of [sam, bea]) {
    await person.signsUp();
    ears[`${person.name}Notices`] = await person.listens("noticeEvents", NOTICE);
    ears[`${person.name}Chat`] = await person.listens("chatEvents", CHAT);
  }
  await sam.does("identityVerify", { name: "王小明", number: idNumber("11010519900101123") }, "viewer { verified }");
  await bea.does("identityVerify", { name: "李小红", number: idNumber("11010519920202223") }, "viewer { verified }");
  await Promise.all([told(sam, "IDENTITY_APPROVED"), told(bea, "IDENTITY_APPROVED")]);
});

test("one offers an account as its game asks, with a picture, and an admin approves it", async () => {
  const made = server.commandWith(`${password}\n`, "admin", "create", keeper.name, keeper.email);
  assert.equal(made.status, 0, "an administrator is made");
  await keeper.signsIn();
  const { games } = await sam.asks(
    "query Games { games { id servers { id } checklist { key } attributes { key kind required least choices { key } } } }",
  );
  const game = games.find(({ attributes, checklist }) => attributes.length > 0 && checklist.length > 0);
  const image = await sam.uploads("LISTING", png(640, 360));
  assert.deepEqual([image.width, image.height], [640, 360]);
  const input = {
    gameId: game.id,
    serverId: game.servers[0].id,
    title: "Level 60 with 23 five-stars",
    description: "Played since the first season. No penalties.",
    price: "128.00",
    attributes: game.attributes.map(answerTo),
    bindings: [game.checklist[0].key],
    imageIds: [image.id],
    idempotencyKey: randomUUID(),
  };
  ({ listing } = await sam.does("listingCreate", input, "listing { id version state }"));
  assert.equal(listing.state, "IN_REVIEW");

  const { reviewQueue } = await keeper.asks("query Queue { reviewQueue { nodes { id version } } }");
  assert.deepEqual(reviewQueue.nodes.map(({ id }) => id), [listing.id]);
  await keeper.does("listingReviewClaim", { id: listing.id }, "listing { reviewClaim { by { id } } }");
  await keeper.does("listingApprove", { id: listing.id, version: listing.version }, "listing { state }");
  await told(sam, "LISTING_APPROVED", listing.id);
  const cover = await fetch(`http://${server.listen}${image.url}`);
  assert.match(cover.headers.get("content-type"), /^image\/(jpeg|webp)$/);
});

/** Something that an attribute can be. */
function answerTo({ key, kind, least, choices }) {
  if (kind === "CHOICE" || kind === "MANY_CHOICE") return { key, choices: [choices[0].key] };
  if (kind === "NUMBER") return { key, number: least };
  return kind === "YES_NO" ? { key, yes: true } : { key, text: "As shown" };
}

test("the other pays at the bank and buys", async () => {
  const { deposit } = await bea.does("depositCreate", { amount: "500.00", idempotencyKey: randomUUID() }, "deposit { id state checkoutUrl }");
  assert.equal(deposit.state, "OPEN");
  const form = { method: "POST", body: new URLSearchParams({ decision: "pay" }), redirect: "manual" };
  assert.equal((await fetch(deposit.checkoutUrl, form)).status, 303);
  await told(bea, "DEPOSIT_CREDITED", deposit.id);
  assert.equal((await bea.asks("query Wallet { wallet { available { amount } } }")).wallet.available.amount, "500.00");

  const seen = (await bea.asks("query Listing($id: ID!) { listing(id: $id) { version price { amount } } }", { id: listing.id })).listing;
  const input = { listingId: listing.id, seenVersion: seen.version, seenPrice: seen.price.amount, idempotencyKey: randomUUID() };
  ({ order } = await bea.does("orderPlace", input, ORDER));
  assert.deepEqual([order.state, order.mySide, order.waitsFor], ["PAID", "BUYER", "SELLER"]);
  await Promise.all([told(bea, "ORDER_PLACED", order.id), told(sam, "ORDER_PAID", order.id)]);
  await Promise.all([sam, bea].map((person) => reads(person, "of the purchase", ({ step }) => step === "ORDER_PLACED")));
});

test("they talk, in words and pictures, and both hear all of it", async () => {
  await says(bea, sam, "Hello, when can I have it?");
  await reads(sam, "the question", ({ text, sender }) => text === "Hello, when can I have it?" && sender.id === bea.id);
  await says(sam, bea, "In a minute.");
  await reads(bea, "the answer", ({ text, sender }) => text === "In a minute." && sender.id === sam.id);
  const image = await sam.uploads("CHAT", png(320, 200, [20, 120, 90]));
  await says(sam, bea, "", { imageIds: [image.id] });
  const { line } = await reads(bea, "the picture", ({ images }) => images?.length === 1);
  const picture = await fetch(`http://${server.listen}${line.images[0].url}`, { headers: { authorization: `Bearer ${bea.token}` } });
  assert.equal(picture.status, 200);
  const stranger = await fetch(`http://${server.listen}${line.images[0].url}`, { headers: { authorization: `Bearer ${keeper.token}` } });
  assert.notEqual(stranger.status, 200);
});

test("the account is handed over, read with a fresh proof, and confirmed", async () => {
  const secret = { login: "traveller60", password: "Moon-Tiger-88", contacts: "", notes: "Change it at once." };
  await sam.does("orderDeliver", { id: order.id, ...secret }, ORDER);
  await told(bea, "ORDER_DELIVERED", order.id);

  // What she proved by signing up counts for five minutes.
  await moveClock(6 * MINUTE);
  const reveal = () => bea.tries("orderReveal", { id: order.id }, "credentials { version login password notes } userErrors { code }");
  assert.deepEqual((await reveal()).userErrors.map(({ code }) => code), ["FRESH_PROOF_REQUIRED"]);
  await bea.does("sessionProve", { password }, "provenUntil");
  const { credentials } = await reveal();
  assert.deepEqual([credentials.login, credentials.password], [secret.login, secret.password]);

  const early = await bea.tries("orderConfirm", { id: order.id }, "userErrors { code }");
  assert.deepEqual(early.userErrors.map(({ code }) => code), ["OPEN_STEPS"]);
  const [{ step }] = order.checklist;
  const ticked = await bea.does("orderChecklistTick", { id: order.id, key: step.key, done: true }, ORDER);
  assert.equal(ticked.order.checklist[0].done, true);
  await bea.does("orderConfirm", { id: order.id, acknowledgeOpenSteps: true }, ORDER);
  await Promise.all([sam, bea].map((person) => told(person, "ORDER_COMPLETED", order.id)));
  await Promise.all([sam, bea].map((person) => reads(person, "of the end", ({ step: what }) => what === "ORDER_COMPLETED")));
});

test("the proceeds settle and go to the seller's bank", async () => {
  const { payoutAccount } = await sam.does("payoutAccountAdd", { number: "6222 0200 1123 4567", idempotencyKey: randomUUID() }, "payoutAccount { id lastFour }");
  assert.equal(payoutAccount.lastFour, "4567");
  await moveClock(8 * DAY);
  await told(sam, "PROCEEDS_SETTLED", order.id);
  await Promise.all([sam.refreshes(), bea.refreshes()]);

  const { available } = (await sam.asks("query Wallet { wallet { available { amount } settling { amount } } }")).wallet;
  const ask = { amount: available.amount, payoutAccountId: payoutAccount.id, idempotencyKey: randomUUID() };
  const early = await sam.tries("withdrawalRequest", ask, "userErrors { code }");
  assert.deepEqual(early.userErrors.map(({ code }) => code), ["FRESH_PROOF_REQUIRED"]);
  await sam.does("sessionProve", { password }, "provenUntil");
  const { withdrawal } = await sam.does("withdrawalRequest", ask, "withdrawal { id state }");
  for (const kind of ["WITHDRAWAL_REQUESTED", "WITHDRAWAL_SENT", "WITHDRAWAL_PAID"]) await told(sam, kind, withdrawal.id);
  const { state } = (await sam.asks("query Withdrawal($id: ID!) { withdrawal(id: $id) { state } }", { id: withdrawal.id })).withdrawal;
  assert.equal(state, "PAID");
});

test("a kill in mid-conversation loses nothing and repeats nothing", async () => {
  const texts = Array.from({ length: 24 }, (_, number) => `Line ${number} of many`);
  const messages = texts.map((text, number) => ({ from: number % 2 ? sam : bea, to: number % 2 ? bea : sam, text, clientId: randomUUID() }));
  const send = ({ from, to, text, clientId }) => from.does("chatMessageSend", { to: to.id, clientId, text }, "message { id }");
  await Promise.all(messages.slice(0, 12).map(send));
  await Promise.all([sam, bea].map((person) => reads(person, texts[11], ({ text }) => text === texts[11])));
  // The rest is under way when the power goes, and the first of it has arrived; so are notices of new clients, in their own stream.
  const rest = messages.slice(12).map(send);
  const arrivals = [sam, bea].flatMap((person) => ["one", "two", "three"].map((client) => signsInWith(client, person)));
  const settled = Promise.allSettled([...rest, ...arrivals]);
  await Promise.any(rest);
  await Promise.any(arrivals);
  await server.kill();
  const signedIn = (await Promise.allSettled(arrivals)).filter(({ status }) => status === "fulfilled").length;
  await settled;
  await server.start();
  // Nobody knows which of them arrived, so all are sent again, under the ids they had.
  await Promise.all(messages.map(send));
  for (const text of texts) await Promise.all([sam, bea].map((person) => reads(person, text, (line) => line.text === text)));

  const { conversationWith } = await bea.asks("query With($id: ID!) { conversationWith(userId: $id) { lastSeq } }", { id: sam.id });
  const all = Array.from({ length: conversationWith.lastSeq }, (_, index) => index + 1);
  for (const person of [sam, bea]) {
    const seqs = ears[`${person.name}Chat`].heard.filter(({ line }) => line).map(({ line }) => line.seq);
    assert.deepEqual(seqs, all, `${person.name} heard each line once and in order`);
  }

  // Whoever was told that he is signed in left a notice; those who were told nothing may have.
  const notices = async (person) => (await person.asks("query Notices { notices(first: 100) { nodes { id kind } } }")).notices.nodes;
  const heard = (person) => ears[`${person.name}Notices`].heard.map(({ notice }) => notice?.id);
  await until("all notices of new clients were made", async () => {
    const made = (await Promise.all([sam, bea].map(notices))).flat().filter(({ kind }) => kind === "SIGNED_IN_ANEW");
    return made.length >= signedIn;
  });
  for (const person of [sam, bea]) {
    await until("every notice was heard", async () => heard(person).length >= (await notices(person)).length);
    const there = (await notices(person)).map(({ id }) => id);
    assert.deepEqual(heard(person).sort(), there.sort(), `${person.name} heard each notice once`);
  }
});

/** Signs in with a client that was not used before, which its owner is told. */
async function signsInWith(client, person) {
  const query = "mutation SignIn($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken } userErrors { code } } }";
  const response = await fetch(`http://${server.listen}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": `client ${client}` },
    body: JSON.stringify({ query, variables: { input: { login: person.name, password } } }),
  });
  const { data } = await response.json();
  assert.ok(data.userSignIn.tokens, JSON.stringify(data));
}

test("each was told of each step once, and the books are right", () => {
  // How many new clients got through to a dying server is not known before.
  const kinds = (person) => ears[`${person.name}Notices`].heard.map(({ notice }) => notice?.kind).filter((kind) => kind !== "SIGNED_IN_ANEW");
  const withdrawal = ["WITHDRAWAL_REQUESTED", "WITHDRAWAL_SENT", "WITHDRAWAL_PAID"];
  assert.deepEqual(kinds(sam), ["IDENTITY_APPROVED", "LISTING_APPROVED", "ORDER_PAID", "ORDER_COMPLETED", "PROCEEDS_SETTLED", ...withdrawal]);
  assert.deepEqual(kinds(bea), ["IDENTITY_APPROVED", "DEPOSIT_CREDITED", "ORDER_PLACED", "ORDER_DELIVERED", "ORDER_COMPLETED"]);
  const { status, stdout } = server.command("ledger", "verify");
  assert.equal(status, 0, stdout);
  assert.match(stdout, /, 0 problems\n$/);
});
