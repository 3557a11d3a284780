// Claims that a seller took a sold account back, by real clients against the real binary: how each of them ends, for the money, the parties, the record
// and the name of whoever is banned.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { acts, argues, caseComesTo, claims, completed, decides, everybodyLooksAt, pair, rules, seesCase, SOLD, stateOf, steps, takes } from "./cases.mjs";
import { code, DAY, failure, House, MASK, once, Trader } from "./house.mjs";

const house = new House();
before(() => house.opens());
after(() => house.closes());

const PREVIEW = `query Preview($caseId: ID!, $advance: Decimal) { casePreview(caseId: $caseId, advance: $advance) {
  wallet { amount } toBuyer { amount } rest { amount } advance { amount } cancelledOrders needsSecond } }`;

const CHANGES =
  "... on CaseChanged { cursor case { state seller { nickname } } } ... on OrderChanged { cursor order { seller { nickname } } } ... on OfferChanged { cursor }";

/** What upholding a claim would do, as the administrator who has it sees it. */
async function preview(caseId, advance) {
  const { casePreview } = await house.ada.asks(PREVIEW, { caseId, advance });
  const { wallet, toBuyer, rest, ...more } = casePreview;
  return [wallet.amount, toBuyer.amount, rest.amount, more.advance.amount, more.cancelledOrders, more.needsSecond];
}

/** What the seller is told of a claim. */
const FROZEN = ["WALLET_FROZEN", "CASE_OPENED"];
const upholds = (id, more = {}) => rules(house.ada, "caseUphold", id, { reason: "The log shows it.", ...more });
const frozen = async (person) => (await person.asks("query Frozen { wallet { frozenSinceAt } }")).wallet.frozenSinceAt !== null;
const remaining = async (person, side) => {
  const { myDebts } = await person.asks("query Debts($side: DebtSide!) { myDebts(side: $side) { nodes { remaining { amount } } } }", { side });
  return myDebts.nodes.map((debt) => debt.remaining.amount).reverse();
};
const listingState = async (id) => (await house.ada.asks("query Listing($id: ID!) { listing(id: $id) { state } }", { id })).listing?.state;

/** Sam sold Bea an account, has more on sale, of which Tom has paid one, and wants to take 20.00 out, which waits a day. */
async function trades() {
  const { sam, bea } = await pair(house, "enough", "200.00");
  const tom = await house.trader("tom_enough");
  await Promise.all([sam.paysIn("50.00"), tom.paysIn("30.00")]);
  const { order } = await completed(sam, bea, "128.00");
  const undelivered = await tom.buys(await sam.sells("30.00"));
  const shelf = await sam.sells("7.00");
  const { withdrawal } = await sam.triesToWithdraw("20.00");
  assert.equal(withdrawal.state, "APPROVED");
  await sam.does("chatMessageSend", { to: bea.id, clientId: once().idempotencyKey, text: "hello" }, "message { id }");
  assert.deepEqual(await sam.purse(), ["30.00", "121.60", "0.00"]);
  return { sam, bea, tom, order, undelivered, shelf };
}

test("A upheld with enough: the buyer has what he paid, and the seller is banned", async () => {
  const { sam, bea, tom, order, undelivered, shelf } = await trades();
  const id = await claims(bea, order);
  assert.deepEqual([await frozen(sam), await sam.purse()], [true, ["50.00", "121.60", "0.00"]], "at once, and what was not sent is back");
  assert.equal(code(await sam.triesToWithdraw("20.00")), "WALLET_FROZEN");
  assert.equal(code(await tom.triesToBuy(shelf)), "LISTING_NOT_AVAILABLE");
  assert.equal(code(await upholds(id)), "WRONG_STATE", "nobody has taken it");
  await takes(house.ada, id);
  assert.equal(code(await upholds(id)), "WRONG_STATE", "the seller is heard first");
  assert.equal(await acts(sam, "caseAnswer", id, { text: "I did no such thing." }), "IN_REVIEW");
  assert.deepEqual(await preview(id), ["171.60", "128.00", "0.00", "0.00", 1, false]);
  const live = await bea.listens("orderEvents", CHANGES);
  const before = house.said.length;
  await everybodyLooksAt(house, sam, bea, { order, id });
  assert.ok(house.naming(sam, before) > 10, "he is to be seen everywhere before");
  assert.equal((await upholds(id)).review.case.state, "UPHELD");
  await house.bans(sam);

  assert.deepEqual([await sam.purse(), await bea.purse(), await tom.purse()], [["43.60", "0.00", "0.00"], ["200.00", "0.00", "0.00"], ["30.00", "0.00", "0.00"]]);
  assert.deepEqual(await house.platform(), ["6.40", "0.00"], "the platform keeps its fee");
  assert.deepEqual([await stateOf(bea, order), await stateOf(tom, undelivered), await listingState(shelf.id)], ["COMPLETED", "CANCELLED", "OFF_SHELF"]);
  assert.deepEqual([await house.banOf(sam), await house.banOf(bea), await frozen(sam)], ["The log shows it.", null, false]);
  const seen = await seesCase(bea, id);
  assert.deepEqual(steps(seen), ["OPENED BUYER", "ANSWERED SELLER", "UPHELD ADMIN"]);
  assert.deepEqual([seen.recovery.recovered.amount, seen.reason, seen.order.recoveredAt !== null], ["128.00", "The log shows it.", true]);
  await everybodyLooksAt(house, sam, bea, { order, id });
  const told = await live.hears("of the end", (event) => event.case?.state === "UPHELD");
  assert.match(told.case.seller.nickname, MASK, "live as well");
  await live.close();
  assert.equal(await failure(seesCase(sam, id)), "BLACKLISTED", "he has his wallet and his notices, and no case any more");
  assert.equal(code(await sam.triesToWithdraw("43.60")), "ok", "what is left is his to take out");

  const more = ["IDENTITY_APPROVED", "DEPOSIT_CREDITED", "LISTING_APPROVED", "ORDER_PAID", "ORDER_COMPLETED", "LISTING_APPROVED", "ORDER_PAID", "LISTING_APPROVED"];
  assert.match(await sam.words("BLACKLISTED"), /The log shows it\.[\s\S]*appeals@localhost/);
  assert.match(await bea.words("CASE_UPHELD_FOR_YOU"), /128\.00.*128\.00.* 0\.00.*The log shows it\./);
  const claimed = ["WITHDRAWAL_REQUESTED", "WITHDRAWAL_GIVEN_BACK", ...FROZEN];
  const lost = ["BLACKLISTED", "ORDER_CANCELLED", "WALLET_THAWED", "CASE_UPHELD_AGAINST_YOU"];
  assert.deepEqual(await sam.told(), [...more, ...claimed, ...lost, "WITHDRAWAL_REQUESTED"]);
  assert.deepEqual(await bea.told(), [...SOLD.bea, "CASE_ANSWERED", "CASE_UPHELD_FOR_YOU"]);
  assert.deepEqual(await tom.told(), ["IDENTITY_APPROVED", "DEPOSIT_CREDITED", "ORDER_PLACED", "ORDER_CANCELLED"]);
  assert.deepEqual(await house.record("CASE", id), ["ada case_claim", "ada case_rule"]);
  assert.deepEqual(await house.record("USER", sam.id), ["ada user.blacklist"]);
  await house.booksAreRight();
});

/** Sam, who sold Bea an account at 1,000.00 and has taken out all but 5.00 of it when she claims; he says nothing for 48 hours, and Ada takes the case. */
async function nearlyGone() {
  const { sam, bea } = await pair(house, "little", "1000.00");
  const { order } = await completed(sam, bea, "1000.00");
  await house.later(7 * DAY, sam, bea);
  await sam.hears("PROCEEDS_SETTLED", order);
  await sam.proves();
  const { withdrawal } = await sam.triesToWithdraw("945.00");
  await house.later(DAY, sam, bea);
  await sam.hears("WITHDRAWAL_PAID", withdrawal.id);
  const id = await claims(bea, order);
  await house.later(2 * DAY, sam, bea);
  await caseComesTo(bea, id, ({ state }) => state === "IN_REVIEW");
  await takes(house.ada, id);
  return { sam, bea, order, id };
}

/** Whoever owes does not come back under another account: his number is known, and nothing with money goes without it. */
async function comesBack(sam) {
  const again = await new Trader(house, "another_face").signsUp();
  assert.equal(code(await again.tries("identityVerify", { name: "王小明", number: sam.number }, "userErrors { code }")), "IDENTITY_TAKEN");
  assert.equal(code(await again.tries("depositCreate", { amount: "10.00", ...once() }, "userErrors { code }")), "VERIFICATION_REQUIRED");
}

/** Two administrators put some of what the platform earned aside. */
async function fund(amount) {
  const { decision } = await house.abe.does("compensationFund", { amount, reason: "For what others owe.", ...once() }, "decision { id }");
  await house.ada.does("moneyDecisionApprove", { id: decision.id, ...once() }, "decision { state }");
  return decision.id;
}

test("A upheld with too little: the rest is a debt, advanced in part, and paid off by deposits", async () => {
  const { sam, bea, order, id } = await nearlyGone();
  const funded = await fund("30.00");
  assert.deepEqual([await house.platform(), await sam.purse(), await bea.purse()], [["26.40", "30.00"], ["5.00", "0.00", "0.00"], ["0.00", "0.00", "0.00"]]);
  assert.deepEqual(await preview(id, "30.00"), ["5.00", "5.00", "995.00", "30.00", 0, false]);
  assert.equal(code(await upholds(id, { advance: "30.01" })), "INSUFFICIENT_FUNDS");
  const { recovery } = (await upholds(id, { advance: "30.00" })).review.case;
  await house.bans(sam);
  assert.deepEqual([recovery.recovered.amount, recovery.advanced.amount], ["5.00", "30.00"]);
  assert.deepEqual([await sam.purse(), await bea.purse()], [["0.00", "0.00", "995.00"], ["35.00", "0.00", "0.00"]]);
  assert.deepEqual([await remaining(sam, "DEBTOR"), await remaining(bea, "CREDITOR")], [["965.00", "30.00"], ["965.00"]]);
  await sam.proves();
  assert.equal(code(await sam.triesToWithdraw("10.00")), "DEBT_OPEN");
  await everybodyLooksAt(house, sam, bea, { order, id });
  await comesBack(sam);

  await sam.paysIn("500.00");
  assert.deepEqual([await remaining(sam, "DEBTOR"), await bea.purse()], [["465.00", "30.00"], ["535.00", "0.00", "0.00"]]);
  await sam.paysIn("500.00");
  assert.deepEqual([await remaining(sam, "DEBTOR"), await remaining(bea, "CREDITOR")], [["0.00", "0.00"], ["0.00"]]);
  assert.deepEqual([await sam.purse(), await bea.purse()], [["5.00", "0.00", "0.00"], ["1000.00", "0.00", "0.00"]]);
  assert.deepEqual(await house.platform(), ["26.40", "30.00"], "what was advanced is there again");
  assert.equal(await house.banOf(sam), "The log shows it.", "who paid is banned all the same");

  assert.match(await bea.words("CASE_UPHELD_FOR_YOU"), /1000\.00.* 35\.00.* 965\.00/);
  const paidOff = ["DEBT_PAID", "DEPOSIT_CREDITED", "DEBT_PAID", "DEBT_PAID", "DEPOSIT_CREDITED"];
  const lost = ["BLACKLISTED", "DEBT_OPENED", "DEBT_OPENED", "WALLET_THAWED", "CASE_UPHELD_AGAINST_YOU", ...paidOff];
  const out = ["PROCEEDS_SETTLED", "WITHDRAWAL_REQUESTED", "WITHDRAWAL_SENT", "WITHDRAWAL_PAID"];
  assert.deepEqual(await sam.told(), [...SOLD.sam, ...out, ...FROZEN, ...lost]);
  assert.deepEqual(await bea.told(), [...SOLD.bea, "DEBT_CLAIMED", "CASE_UPHELD_FOR_YOU", "DEBT_RECEIVED", "DEBT_RECEIVED"]);
  assert.deepEqual(steps(await seesCase(bea, id)), ["OPENED BUYER", "REVIEW_BEGAN", "UPHELD ADMIN"]);
  assert.deepEqual(await house.record("CASE", id), ["ada case_claim", "ada case_rule"]);
  assert.deepEqual(await house.record("MONEY_DECISION", funded), ["abe money_propose", "ada money_approve"]);
  await house.booksAreRight();
});

test("A rejected: the seller is as he was, and sells on", async () => {
  const { sam, bea } = await pair(house, "rejected", "20.00");
  const { order } = await completed(sam, bea, "20.00");
  const id = await claims(bea, order);
  assert.equal(await acts(sam, "caseAnswer", id, { text: "Here is the log." }), "IN_REVIEW");
  await takes(house.ada, id);
  assert.equal(await decides(house.ada, "caseReject", id, { reason: "Nothing proves it." }), "REJECTED");
  assert.deepEqual([await sam.purse(), await bea.purse(), await frozen(sam)], [["0.00", "19.00", "0.00"], ["0.00", "0.00", "0.00"], false]);
  assert.deepEqual([await house.banOf(sam), await house.banOf(bea)], [null, null]);
  const seen = await seesCase(bea, id);
  assert.deepEqual(steps(seen), ["OPENED BUYER", "ANSWERED SELLER", "REJECTED ADMIN"]);
  assert.deepEqual([seen.order.recoveredAt, seen.seller.nickname], [null, `Unseen ${sam.name}`]);
  assert.match(await bea.words("CASE_REJECTED"), /Nothing proves it\./);
  await house.later(7 * DAY, sam, bea);
  await sam.hears("PROCEEDS_SETTLED", order);
  assert.deepEqual(await sam.purse(), ["19.00", "0.00", "0.00"]);
  assert.deepEqual(await sam.told(), [...SOLD.sam, ...FROZEN, "WALLET_THAWED", "CASE_DISMISSED", "PROCEEDS_SETTLED"]);
  assert.deepEqual(await bea.told(), [...SOLD.bea, "CASE_ANSWERED", "CASE_REJECTED"]);
  assert.deepEqual(await house.record("CASE", id), ["ada case_claim", "ada case_rule"]);
  assert.deepEqual(await house.record("USER", sam.id), []);
  await house.booksAreRight();
});

test("A narrowed and lapsed by the timers, and withdrawn by its buyer", async () => {
  const { sam, bea } = await pair(house, "lapsed", "20.00");
  await sam.paysIn("100.00");
  const { order } = await completed(sam, bea, "20.00");
  const id = await claims(bea, order);
  await house.later(71, sam, bea);
  const stages = async () => [await frozen(sam), await sam.purse(), (await seesCase(sam, id)).recovery.held.amount];
  assert.deepEqual(await stages(), [true, ["100.00", "19.00", "0.00"], "0.00"], "nothing early");
  await house.later(1, sam, bea);
  await caseComesTo(sam, id, ({ recovery }) => recovery.freezeStage === "NARROWED");
  assert.deepEqual(await stages(), [false, ["99.00", "0.00", "0.00"], "20.00"], "its own proceeds and one yuan more");
  await house.later(11 * DAY, sam, bea);
  const open = await caseComesTo(sam, id, ({ recovery }) => recovery.freezeStage === "ENDED");
  assert.deepEqual(await stages(), [false, ["119.00", "0.00", "0.00"], "0.00"], "it would have settled by now");
  assert.deepEqual([open.state, open.dueAt], ["IN_REVIEW", null], "the claim itself stays open");
  assert.equal(await failure(argues(sam, "caseWithdraw", id)), "NOT_FOUND", "the buyer's alone");
  assert.equal(await acts(bea, "caseWithdraw", id), "WITHDRAWN");
  assert.deepEqual(steps(await seesCase(sam, id)), ["OPENED BUYER", "REVIEW_BEGAN", "FREEZE_NARROWED", "FREEZE_ENDED", "WITHDRAWN BUYER"]);
  assert.deepEqual(steps(await seesCase(bea, id)), ["OPENED BUYER", "REVIEW_BEGAN", "WITHDRAWN BUYER"], "his wallet is not hers to watch");
  assert.deepEqual([await sam.purse(), await house.banOf(sam)], [["119.00", "0.00", "0.00"], null]);
  assert.match(await sam.words("CASE_FREEZE_NARROWED"), /20\.00/);
  const [verified, ...sold] = SOLD.sam;
  const lapsed = ["WALLET_THAWED", "CASE_FREEZE_NARROWED", "CASE_FREEZE_ENDED", "CASE_WITHDRAWN"];
  assert.deepEqual(await sam.told(), [verified, "DEPOSIT_CREDITED", ...sold, ...FROZEN, ...lapsed]);
  assert.deepEqual(await bea.told(), SOLD.bea);
  assert.deepEqual(await house.record("CASE", id), [], "no administrator did anything");
  await house.booksAreRight();
});

test("A: after a ban no answer of the whole run names the banned", () => {
  assert.equal(house.nobodyNamesTheBanned(), 2);
});
