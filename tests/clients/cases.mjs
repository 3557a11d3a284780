// How people come to have a case, what they do in it, and what of it is seen by whom.
import assert from "node:assert/strict";
import { until } from "./people.mjs";
import { once } from "./house.mjs";
import { png } from "./png.mjs";

/** What the parties were told until a sold account was confirmed. */
export const SOLD = {
  sam: ["IDENTITY_APPROVED", "LISTING_APPROVED", "ORDER_PAID", "ORDER_COMPLETED"],
  bea: ["IDENTITY_APPROVED", "DEPOSIT_CREDITED", "ORDER_PLACED", "ORDER_DELIVERED", "ORDER_COMPLETED"],
};
/** What they were told until a return was asked for. */
export const ASKED_BACK = {
  sam: ["IDENTITY_APPROVED", "LISTING_APPROVED", "ORDER_PAID", "RETURN_REQUESTED"],
  bea: ["IDENTITY_APPROVED", "DEPOSIT_CREDITED", "ORDER_PLACED", "ORDER_DELIVERED"],
};
/** And until it was refused. */
export const REFUSED = { sam: [...ASKED_BACK.sam, "HANDED_BACK"], bea: [...ASKED_BACK.bea, "RETURN_REFUSED"] };

const CASE = `id kind state dueAt reason amount { amount } timeline { kind by } seller { nickname } buyer { nickname }
  order { state recoveredAt sellerShare }
  recovery { freezeStage held { amount } recovered { amount } advanced { amount } }
  refusal { finding division { sellerShare toSeller { amount } toBuyer { amount } } proposals { version by } messages { nodes { by text } } }`;
const ORDER = "order { id state }";

/** Does something in a case as a party; answers the whole payload. */
export function argues(person, mutation, id, more = {}) {
  const key = mutation === "caseEvidenceDone" ? {} : once();
  return person.tries(mutation, { id, ...key, ...more }, `case { ${CASE} } userErrors { code }`);
}

/** The same, which must be done; answers where the case stands then. */
export async function acts(person, mutation, id, more) {
  const { case: seen, userErrors } = await argues(person, mutation, id, more);
  assert.deepEqual(userErrors, [], `${person.name}: ${mutation}`);
  return seen.state;
}

/** Decides in a case as an administrator; answers the whole payload. */
export function rules(admin, mutation, id, more) {
  return admin.tries(mutation, { id, ...once(), ...more }, `review { case { ${CASE} } } userErrors { code }`);
}

/** The same, which must be done; answers where the case stands then. */
export async function decides(admin, mutation, id, more) {
  const { review, userErrors } = await rules(admin, mutation, id, more);
  assert.deepEqual(userErrors, [], `${admin.name}: ${mutation}`);
  return review.case.state;
}

export const takes = (admin, id) => admin.does("caseClaim", { id }, "review { claimedBy { nickname } }");

/** Takes a case and says what was found. */
export async function finds(admin, id, finding, sellerShare) {
  await takes(admin, id);
  return decides(admin, "caseFind", id, { finding, sellerShare, reason: "Looked at it." });
}

export const seesCase = async (person, id) => (await person.asks(`query Case($id: ID!) { case(id: $id) { ${CASE} } }`, { id })).case;
export const stateOf = async (person, order) => (await person.asks("query Order($id: ID!) { order(id: $id) { state } }", { id: order })).order.state;
export const steps = ({ timeline }) => timeline.map(({ kind, by }) => (by ? `${kind} ${by}` : kind));

/** Waits until the server's own timer has moved a case. */
export const caseComesTo = (person, id, fits) => until(`the case of ${person.name} moved by itself`, async () => {
  const seen = await seesCase(person, id);
  return fits(seen) && seen;
});

/** A seller, and a buyer who has paid in what the account costs. */
export async function pair(house, name, price) {
  const [sam, bea] = await Promise.all([house.trader(`sam_${name}`), house.trader(`bea_${name}`)]);
  await bea.paysIn(price);
  return { sam, bea };
}

/** An order of this price that was delivered. */
export async function delivered(sam, bea, price) {
  const listing = await sam.sells(price);
  const order = await bea.buys(listing);
  await sam.does("orderDeliver", { id: order, login: "hero", password: "Moon-Tiger-88" }, ORDER);
  return { order, listing };
}

/** An order of this price that was delivered and confirmed, and is under warranty. */
export async function completed(sam, bea, price) {
  const sold = await delivered(sam, bea, price);
  await bea.does("orderConfirm", { id: sold.order, acknowledgeOpenSteps: true }, ORDER);
  return sold;
}

/** An order whose buyer asked for a return. */
export async function askedBack(sam, bea, price) {
  const sold = await delivered(sam, bea, price);
  await bea.does("orderReturnRequest", { id: sold.order, reason: "It is another rank." }, ORDER);
  return sold;
}

/** The same, with the account handed back. */
export async function handedBack(sam, bea, price) {
  const sold = await askedBack(sam, bea, price);
  await bea.does("orderHandBack", { id: sold.order, kind: "CREDENTIALS", credentials: { login: "hero", password: "Sun-Tiger-99" } }, ORDER);
  return sold;
}

/** The same, with the return refused: a case, in which both may bring evidence. */
export async function refused(sam, bea, price) {
  const sold = await handedBack(sam, bea, price);
  const image = await sam.uploads("EVIDENCE", png(40, 30));
  await sam.does("orderReturnRefuse", { id: sold.order, text: "The skins are gone.", imageIds: [image.id] }, ORDER);
  const cases = async () => (await bea.asks("query Cases($id: ID!) { order(id: $id) { cases { id } } }", { id: sold.order })).order.cases;
  const [{ id }] = await until("the refusal is a case", async () => ((await cases()).length ? cases() : undefined));
  return { ...sold, id };
}

/** Both say that they have brought everything. */
export async function bothAreDone({ sam, bea, id }) {
  assert.equal(await acts(bea, "caseEvidenceDone", id), "GATHERING");
  assert.equal(await acts(sam, "caseEvidenceDone", id), "IN_REVIEW");
}

/** Says that the seller took the account back; answers the case's id. */
export async function claims(bea, order) {
  const image = await bea.uploads("EVIDENCE", png(40, 30));
  const input = { orderId: order, text: "The password does not work any more.", imageIds: [image.id], ...once() };
  const opened = await bea.does("caseOpen", input, "case { id state }");
  assert.equal(opened.case.state, "AWAITING_ANSWER");
  return opened.case.id;
}

const OPEN = [
  "query Seller($id: ID!) { seller(id: $id) { user { nickname bio banned avatarUrl } } }",
  "query Said($id: ID!) { userReviews(userId: $id) { nodes { text by { nickname } } } }",
  "query User($id: ID!) { node(id: $id) { ... on User { nickname banned } } }",
  "query Market { listings(first: 100) { nodes { title seller { nickname } } } }",
];
const OWN = [
  "query Chats { conversations(first: 5) { nodes { other { nickname } lines(first: 5) { nodes { ... on Message { text sender { nickname } } ... on SystemLine { text } } } } } }",
  "query Found { chatSearch(words: \"hello\") { nodes { text sender { nickname } } } }",
  "query Cases { me { cases { nodes { title seller { nickname } buyer { nickname } } } } }",
  "query Bought { boughtOrders { nodes { seller { nickname } buyer { nickname } } } }",
  "query Sold { soldOrders { nodes { seller { nickname } buyer { nickname } } } }",
  "query Debts { owed: myDebts(side: CREDITOR) { nodes { debtor { nickname } creditor { nickname } } } }",
  "query Money { walletStatement { nodes { subject { __typename ... on Order { seller { nickname } } ... on Case { seller { nickname } } } } } }",
  "query Notices { notices(first: 100) { nodes { title text } } }",
];

/** The other party, a stranger and a passer-by look at whoever may be banned wherever he may be seen; the party reads the file of the case as well. */
export async function everybodyLooksAt(house, banned, party, { order, id }) {
  for (const person of [party, house.eve, house.passer]) {
    for (const query of OPEN) await person.asks(query, query.includes("$id") ? { id: banned.id } : {});
  }
  for (const query of OWN) await party.asks(query);
  await seesCase(party, id);
  await party.asks("query Order($id: ID!) { order(id: $id) { seller { nickname } buyer { nickname } } }", { id: order });
  await party.asks("query Reviews($id: ID!) { orderReviews(orderId: $id) { otherText } }", { id: order });
  const { url } = await party.does("caseFileCreate", { id }, "url");
  const file = await party.fetches(`http://${house.server.listen}${url}`, { headers: { authorization: `Bearer ${party.token}` } });
  assert.equal(file.status, 200);
}
