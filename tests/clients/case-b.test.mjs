// Returns that the seller agrees to, does not answer, or refuses, by real clients against the real binary: how each of them ends, for the money, the
// parties, the record and the name of whoever is banned.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  acts, argues, ASKED_BACK, askedBack, bothAreDone, caseComesTo, decides, everybodyLooksAt, finds, handedBack, pair, REFUSED, refused, rules, seesCase,
  stateOf, steps, takes,
} from "./cases.mjs";
import { code, DAY, House, once } from "./house.mjs";
import { until } from "./people.mjs";

const house = new House();
before(() => house.opens());
after(() => house.closes());

const ORDER = "order { id state }";
const listingState = async (id) => (await house.ada.asks("query Listing($id: ID!) { listing(id: $id) { state } }", { id })).listing?.state;
const available = async (person) => (await person.purse())[0];
const isClosed = ({ state }) => state === "CLOSED";
const BANNED_FOR = {
  WORTHLESS: /worth nothing any more, or was not handed back/,
  TAKEN_BACK: /took back an account while its order ran/,
};

test("B agreed: a return without a case, at the seller's word", async () => {
  const { sam, bea } = await pair(house, "agreed", "20.03");
  const { order, listing } = await askedBack(sam, bea, "20.03");
  await sam.does("orderReturnAgree", { id: order }, ORDER);
  await endsRefunded({ sam, bea, order, listing });
  assert.deepEqual(await sam.told(), [...ASKED_BACK.sam, "REFUNDED_TO_BUYER"]);
  assert.deepEqual(await bea.told(), [...ASKED_BACK.bea, "REFUNDED_TO_YOU"]);
  await house.booksAreRight();
});

test("B silent: a seller who says nothing to what was handed back for 48 hours has agreed", async () => {
  const { sam, bea } = await pair(house, "silent", "20.03");
  const { order, listing } = await handedBack(sam, bea, "20.03");
  await house.later(2 * DAY, sam, bea);
  await until("the return was granted by itself", async () => (await stateOf(bea, order)) === "REFUNDED");
  await endsRefunded({ sam, bea, order, listing });
  assert.deepEqual(await sam.told(), [...ASKED_BACK.sam, "HANDED_BACK", "REFUNDED_TO_BUYER"]);
  assert.deepEqual(await bea.told(), [...ASKED_BACK.bea, "REFUNDED_TO_YOU"]);
  await house.booksAreRight();
});

/** What was delivered is unreadable from the end on. */
async function readsNothing(bea, order) {
  await bea.proves();
  assert.equal(code(await bea.tries("orderReveal", { id: order }, "credentials { password } userErrors { code }")), "WRONG_STATE");
}

/** Without a case the buyer has everything back, and nobody is banned. */
async function endsRefunded({ sam, bea, order, listing }) {
  assert.deepEqual([await stateOf(bea, order), await listingState(listing.id)], ["REFUNDED", "DRAFT"]);
  assert.deepEqual([await available(sam), await available(bea)], ["0.00", "20.03"]);
  assert.deepEqual([await house.banOf(sam), await house.banOf(bea)], [null, null]);
  assert.deepEqual((await bea.asks("query Cases($id: ID!) { order(id: $id) { cases { id } } }", { id: order })).order.cases, []);
  assert.deepEqual(await house.record("ORDER", order), []);
  await readsNothing(bea, order);
}

/** Both are done, Ada finds the account damaged, and the seller has his case mediated. */
async function mediated(dispute, finding, share) {
  await bothAreDone(dispute);
  assert.equal(await finds(house.ada, dispute.id, finding, share), "AWAITING_CONSENT");
  assert.equal(await acts(dispute.sam, "caseObject", dispute.id), "MEDIATION");
}

/** The room of a mediation: three speak, and a proposal is accepted in the version that both saw. */
async function settles({ sam, bea, id }) {
  for (const [person, text] of [[sam, "The skins are gone."], [bea, "They were never there."], [house.ada, "Meet in the middle."]]) {
    await acts(person, "caseMessageSend", id, { text });
  }
  const { messages } = (await seesCase(bea, id)).refusal;
  assert.deepEqual(messages.nodes.map(({ by }) => by), ["ADMIN", "BUYER", "SELLER"], "the newest first");
  await acts(sam, "caseProposalMake", id, { sellerShare: 50 });
  await acts(house.ada, "caseProposalMake", id, { sellerShare: 33 });
  assert.equal(code(await argues(bea, "caseProposalAccept", id, { version: 1 })), "PRICE_CHANGED", "it changed under her consent");
  assert.equal(await acts(sam, "caseProposalAccept", id, { version: 2 }), "MEDIATION");
  assert.equal(await acts(bea, "caseProposalAccept", id, { version: 2 }), "CLOSED");
}

/** The mediation of a refused finding came to nothing in seven days. */
async function unsettled(dispute, finding, share) {
  const { sam, bea, id } = dispute;
  await mediated(dispute, finding, share);
  await house.later(7 * DAY, sam, bea);
  await caseComesTo(bea, id, ({ state }) => state === "FINAL_RULING");
}

const FOUND_DAMAGED = { sam: ["CASE_FOUND_DAMAGED"], bea: ["CASE_FOUND_DAMAGED"] };
const SPLIT = ["ORDER_SPLIT"];
const DONE = ["OPENED SELLER", "EVIDENCE_DONE BUYER", "EVIDENCE_DONE SELLER", "REVIEW_BEGAN"];
const ADA = ["ada case_claim", "ada case_rule"];

/** Each road from a refused return to its end: what happens, and what it leaves. */
const ROADS = [
  {
    title: "B damaged and consented: divided by the damage when both have consented",
    name: "consented",
    price: "1047.29",
    async road({ sam, bea, id, ...dispute }) {
      await bothAreDone({ sam, bea, id, ...dispute });
      assert.equal(await finds(house.ada, id, "DAMAGED", 37), "AWAITING_CONSENT");
      assert.equal(await acts(sam, "caseConsent", id), "AWAITING_CONSENT", "she may still object");
      assert.equal(await acts(bea, "caseConsent", id), "CLOSED");
    },
    ends: { order: "SPLIT", finding: "DAMAGED", share: 37, sam: "387.49", bea: "659.80" },
    told: { sam: [...FOUND_DAMAGED.sam, ...SPLIT], bea: [...FOUND_DAMAGED.bea, ...SPLIT] },
    record: ADA,
    steps: [...DONE, "FOUND_DAMAGED ADMIN", "CONSENTED SELLER", "CONSENTED BUYER", "CLOSED"],
  },
  {
    title: "B above 20,000.00: a second administrator has to agree before anybody is asked",
    name: "large",
    price: "20000.01",
    async road(dispute) {
      const { sam, bea, id } = dispute;
      await bothAreDone(dispute);
      assert.equal(await finds(house.ada, id, "DAMAGED", 50), "IN_REVIEW");
      const { caseReview } = await house.abe.asks("query Rulings($id: ID!) { caseReview(id: $id) { rulings { id state } } }", { id });
      const [ruling] = caseReview.rulings;
      const second = (admin) => admin.tries("caseRulingDecide", { rulingId: ruling.id, approve: true, ...once() }, "userErrors { code }");
      assert.deepEqual([ruling.state, code(await second(house.ada)), code(await second(house.abe))], ["PENDING", "OWN_MATTER", "ok"]);
      assert.equal(await acts(bea, "caseConsent", id), "AWAITING_CONSENT");
      assert.equal(await acts(sam, "caseConsent", id), "CLOSED");
    },
    ends: { order: "SPLIT", finding: "DAMAGED", share: 50, sam: "10000.00", bea: "10000.01" },
    told: { sam: [...FOUND_DAMAGED.sam, ...SPLIT], bea: [...FOUND_DAMAGED.bea, ...SPLIT] },
    record: ["ada case_claim", "ada case_rule_propose", "abe case_ruling_approve"],
    steps: [...DONE, "FOUND_DAMAGED ADMIN", "CONSENTED BUYER", "CONSENTED SELLER", "CLOSED"],
  },
  {
    title: "B damaged and silent: 48 hours without a word are consent",
    name: "unanswered",
    price: "1.01",
    async road(dispute) {
      const { sam, bea, id } = dispute;
      await bothAreDone(dispute);
      await finds(house.ada, id, "DAMAGED", 49);
      await house.later(2 * DAY, sam, bea);
      await caseComesTo(bea, id, isClosed);
    },
    ends: { order: "SPLIT", finding: "DAMAGED", share: 49, sam: "0.49", bea: "0.52" },
    told: { sam: [...FOUND_DAMAGED.sam, ...SPLIT], bea: [...FOUND_DAMAGED.bea, ...SPLIT] },
    record: ADA,
    steps: [...DONE, "FOUND_DAMAGED ADMIN", "CLOSED"],
  },
  {
    title: "B damaged, refused and mediated: divided by the settlement that both accepted",
    name: "mediated",
    price: "20.03",
    async road(dispute) {
      await mediated(dispute, "DAMAGED", 30);
      await settles(dispute);
    },
    ends: { order: "SPLIT", finding: "DAMAGED", share: 33, sam: "6.60", bea: "13.43" },
    told: {
      sam: ["CASE_FOUND_DAMAGED", "CASE_PROPOSAL_MADE", "CASE_PROPOSAL_ACCEPTED", "ORDER_SPLIT"],
      bea: ["CASE_FOUND_DAMAGED", "CASE_MEDIATION_BEGAN", "CASE_PROPOSAL_MADE", "CASE_PROPOSAL_MADE", "CASE_PROPOSAL_ACCEPTED", "ORDER_SPLIT"],
    },
    record: [...ADA, "ada case_message", "ada case_propose"],
    steps: [
      ...DONE, "FOUND_DAMAGED ADMIN", "MEDIATION_BEGAN SELLER", "MESSAGE_SENT SELLER", "MESSAGE_SENT BUYER", "MESSAGE_SENT ADMIN", "PROPOSAL_MADE SELLER",
      "PROPOSAL_MADE ADMIN", "PROPOSAL_ACCEPTED SELLER", "PROPOSAL_ACCEPTED BUYER", "CLOSED",
    ],
  },
  {
    title: "B worthless: everything goes to the seller, and the buyer is banned",
    name: "worthless",
    price: "20.03",
    async road(dispute) {
      await bothAreDone(dispute);
      assert.equal(await finds(house.ada, dispute.id, "WORTHLESS"), "CLOSED");
    },
    ends: { order: "SPLIT", finding: "WORTHLESS", share: 100, sam: "20.03", bea: "0.00", banned: "bea" },
    told: { sam: ["CASE_FOUND_WORTHLESS", "ORDER_SPLIT"], bea: ["CASE_FOUND_WORTHLESS", "BLACKLISTED", "ORDER_SPLIT"] },
    record: ADA,
    steps: [...DONE, "FOUND_WORTHLESS ADMIN", "CLOSED ADMIN"],
  },
  {
    title: "B intact and consented: everything goes back at the seller's word",
    name: "intact",
    price: "20.03",
    async road(dispute) {
      const { sam, bea, id } = dispute;
      await bothAreDone(dispute);
      assert.equal(await finds(house.ada, id, "INTACT"), "AWAITING_CONSENT");
      assert.equal(code(await argues(bea, "caseObject", id)), "WRONG_STATE", "she gets everything");
      assert.equal(await acts(sam, "caseConsent", id), "CLOSED");
    },
    ends: { order: "REFUNDED", finding: "INTACT", share: 0, sam: "0.00", bea: "20.03" },
    told: { sam: ["CASE_FOUND_INTACT", "REFUNDED_TO_BUYER"], bea: ["CASE_FOUND_FOR_YOU", "REFUNDED_TO_YOU"] },
    record: ADA,
    steps: [...DONE, "FOUND_INTACT ADMIN", "CONSENTED SELLER", "CLOSED"],
  },
  {
    title: "B intact, refused and ruled: divided by an administrator who did not make the finding",
    name: "ruled",
    price: "20.03",
    async road(dispute) {
      await unsettled(dispute, "INTACT");
      const { ada, abe } = house;
      const own = await ada.tries("caseClaim", { id: dispute.id }, "userErrors { code }");
      assert.equal(code(own), "OWN_MATTER", "she made the finding");
      await takes(abe, dispute.id);
      assert.equal(code(await rules(abe, "caseRule", dispute.id, { sellerShare: 101, reason: "Both have a point." })), "INVALID_INPUT");
      assert.equal(await decides(abe, "caseRule", dispute.id, { sellerShare: 25, reason: "Both have a point." }), "CLOSED");
    },
    ends: { order: "SPLIT", finding: "INTACT", share: 25, sam: "5.00", bea: "15.03", reason: "Both have a point." },
    told: {
      sam: ["CASE_FOUND_INTACT", "CASE_FINAL_RULING_BEGAN", "CASE_RULED", "ORDER_SPLIT"],
      bea: ["CASE_FOUND_FOR_YOU", "CASE_MEDIATION_BEGAN", "CASE_FINAL_RULING_BEGAN", "CASE_RULED", "ORDER_SPLIT"],
    },
    record: [...ADA, "abe case_claim", "abe case_rule"],
    steps: [...DONE, "FOUND_INTACT ADMIN", "MEDIATION_BEGAN SELLER", "FINAL_RULING_BEGAN", "RULED ADMIN", "CLOSED ADMIN"],
  },
  {
    title: "B taken back: everything goes to the buyer at once, and the seller is banned",
    name: "taken",
    price: "20.03",
    async road(dispute) {
      await bothAreDone(dispute);
      assert.equal(await finds(house.ada, dispute.id, "TAKEN_BACK"), "CLOSED");
    },
    ends: { order: "REFUNDED", listing: "OFF_SHELF", finding: "TAKEN_BACK", share: 0, sam: "0.00", bea: "20.03", banned: "sam" },
    told: { sam: ["CASE_FOUND_TAKEN_BACK", "BLACKLISTED", "REFUNDED_TO_BUYER"], bea: ["CASE_FOUND_TAKEN_BACK", "REFUNDED_TO_YOU"] },
    record: ADA,
    steps: [...DONE, "FOUND_TAKEN_BACK ADMIN", "CLOSED ADMIN"],
  },
  {
    title: "B with silent administrators: after seven days the account counts as intact, and nobody has to come",
    name: "forgotten",
    price: "20.03",
    async road({ sam, bea, id }) {
      await house.later(2 * DAY, sam, bea);
      await caseComesTo(sam, id, ({ state }) => state === "IN_REVIEW");
      await house.later(5 * DAY, sam, bea);
      await caseComesTo(sam, id, ({ state }) => state === "AWAITING_CONSENT");
      await house.later(2 * DAY, sam, bea);
      await caseComesTo(sam, id, isClosed);
    },
    ends: { order: "REFUNDED", finding: "INTACT", share: 0, sam: "0.00", bea: "20.03" },
    told: { sam: ["CASE_FOUND_INTACT", "REFUNDED_TO_BUYER"], bea: ["CASE_FOUND_FOR_YOU", "REFUNDED_TO_YOU"] },
    record: [],
    steps: ["OPENED SELLER", "REVIEW_BEGAN", "FOUND_INTACT", "CLOSED"],
  },
  {
    title: "B without a final ruling: seven days after the mediation the refused finding takes effect",
    name: "unruled",
    price: "20.03",
    async road(dispute) {
      await unsettled(dispute, "DAMAGED", 30);
      await house.later(7 * DAY, dispute.sam, dispute.bea);
      await caseComesTo(dispute.bea, dispute.id, isClosed);
    },
    ends: { order: "SPLIT", finding: "DAMAGED", share: 30, sam: "6.00", bea: "14.03" },
    told: {
      sam: ["CASE_FOUND_DAMAGED", "CASE_FINAL_RULING_BEGAN", "ORDER_SPLIT"],
      bea: ["CASE_FOUND_DAMAGED", "CASE_MEDIATION_BEGAN", "CASE_FINAL_RULING_BEGAN", "ORDER_SPLIT"],
    },
    record: ADA,
    steps: [...DONE, "FOUND_DAMAGED ADMIN", "MEDIATION_BEGAN SELLER", "FINAL_RULING_BEGAN", "CLOSED"],
  },
];

for (const row of ROADS) {
  test(row.title, async () => {
    const { sam, bea } = await pair(house, row.name, row.price);
    const dispute = { sam, bea, ...(await refused(sam, bea, row.price)) };
    const banned = dispute[row.ends.banned];
    const before = house.said.length;
    if (banned) await everybodyLooksAt(house, banned, banned === sam ? bea : sam, dispute);
    if (banned) assert.ok(house.naming(banned, before) > 8, "to be seen everywhere before");
    await row.road(dispute);
    if (banned) await house.bans(banned);
    await endsAs(row, dispute);
    await house.booksAreRight();
  });
}

/** Holds what a road has left against its row: the money, the states, who is banned, who was told what, and the record. */
async function endsAs({ ends, told, record, ...row }, { sam, bea, order, listing, id }) {
  const banned = { sam, bea }[ends.banned];
  const free = banned === bea ? sam : bea;
  assert.deepEqual([await sam.purse(), await bea.purse()], [[ends.sam, "0.00", "0.00"], [ends.bea, "0.00", "0.00"]]);
  assert.deepEqual([await stateOf(free, order), await listingState(listing.id)], [ends.order, ends.listing ?? "DRAFT"]);
  const seen = await seesCase(free, id);
  const { finding, division } = seen.refusal;
  assert.deepEqual([seen.state, seen.dueAt, finding, division.sellerShare], ["CLOSED", null, ends.finding, ends.share]);
  assert.deepEqual([division.toSeller.amount, division.toBuyer.amount], [ends.sam, ends.bea]);
  if (ends.reason) assert.equal(seen.reason, ends.reason);
  assert.deepEqual(steps(seen), row.steps);
  for (const person of [sam, bea]) {
    const why = await house.banOf(person);
    if (person === banned) assert.match(why, BANNED_FOR[ends.finding]);
    else assert.equal(why, null);
  }
  if (banned !== bea) await readsNothing(bea, order);
  if (banned) await everybodyLooksAt(house, banned, free, { order, id });
  assert.deepEqual(await sam.told(), [...REFUSED.sam, ...told.sam]);
  assert.deepEqual(await bea.told(), [...REFUSED.bea, ...told.bea]);
  assert.deepEqual(await house.record("CASE", id), record);
  assert.deepEqual(await house.record("USER", banned?.id ?? sam.id), banned ? ["ada user.blacklist"] : []);
}

test("B: after a ban no answer of the whole run names the banned", () => {
  assert.equal(house.nobodyNamesTheBanned(), 2);
});
