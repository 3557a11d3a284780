// What the demonstration lacks and pages are about: cases wherever they can stand, a lively conversation, reports, queues with something in them.
// Made over the API by the demonstration's people, so that it takes seconds.
import { randomUUID } from "node:crypto";
import { png } from "../clients/png.mjs";

/** What a server needs for all of the scenes: admins decide on names, and the bank errs by a fen in what it says. */
export const settings = () => ({
  HANDOVER_ACCOUNT__IDENTITY: "manual",
  HANDOVER_BANK__FAULTS__WRONG_AMOUNT_PERCENT: "100",
});

const key = () => randomUUID();
const GOODS = "{ listings(first: 100) { nodes { id version warrantyDays price { amount } cover { url } seller { id nickname } } } }";

/** The demonstration's people and what they do with each other; each trade is of another listing. */
export class Scenes {
  #people = new Map();
  #goods = [];

  constructor(stage) {
    this.stage = stage;
  }

  /** Plays all of it; answers where cases are, by how they stand. */
  async play() {
    const bea = await this.#person("bea");
    this.#goods = (await bea.asks(GOODS)).listings.nodes;
    const ada = await this.#admin("ada");
    const boris = await this.#admin("boris");
    await this.#fund(ada, boris);
    const talk = await this.#talk();
    const returns = await this.#returns(ada);
    const claims = await this.#claims(ada);
    await this.#reports();
    await this.#queues(ada);
    return { ...returns, ...claims, talk };
  }

  /** Somebody of the demonstration, signed in once. */
  async #person(name) {
    if (!this.#people.has(name)) this.#people.set(name, await this.stage.demoPerson(name));
    return this.#people.get(name);
  }

  async #admin(name) {
    if (!this.#people.has(name)) this.#people.set(name, await this.stage.demoAdmin(name));
    return this.#people.get(name);
  }

  /** The people again, for whoever takes their pictures. */
  get people() {
    return this.#people;
  }

  /** The dearest listing of a seller up to a price; it is not taken twice. */
  #take(nickname, most, warranty = false) {
    const fits = this.#goods.filter(
      ({ seller, price, warrantyDays }) => seller.nickname === nickname && Number(price.amount) <= most && (!warranty || warrantyDays > 0),
    );
    const found = fits.sort((one, other) => Number(other.price.amount) - Number(one.price.amount))[0];
    if (!found) throw new Error(`${nickname} sells nothing up to ${most}`);
    this.#goods = this.#goods.filter(({ id }) => id !== found.id);
    return found;
  }

  /** A listing bought, handed over and revealed; answers the order. */
  async #bought(buyer, seller, { id: listingId, version, price }) {
    const input = { listingId, seenVersion: version, seenPrice: price.amount, idempotencyKey: key() };
    const { order } = await buyer.does("orderPlace", input, "order { id }");
    await seller.does("orderDeliver", { id: order.id, login: "traveller60", password: "Moon-Tiger-88", notes: "先换绑邮箱，再改密码。" });
    await buyer.does("orderReveal", { id: order.id });
    return order.id;
  }

  /** Pictures of a listing as evidence of somebody. */
  async #evidence(person, of) {
    const shown = await person.page.request.get(of.cover.url);
    const bytes = shown.ok() ? await shown.body() : png(64, 48);
    return [await person.uploads("EVIDENCE", bytes), await person.uploads("EVIDENCE", png(640, 400, [40, 90, 120]))];
  }

  /** A return that the seller refuses; answers the case. */
  async #refused(buyer, seller, nickname, most) {
    const what = this.#take(nickname, most);
    const id = await this.#bought(buyer, seller, what);
    await buyer.does("orderReturnRequest", { id, reason: "The rank is lower than the listing says, and two skins are missing." });
    await buyer.does("orderHandBack", { id, kind: "AS_DELIVERED" });
    const said = {
      id,
      text: "Two skins were sold while he had it: the log of the game shows both sales at 03:12.",
      imageIds: await this.#evidence(seller, what),
    };
    await seller.does("orderReturnRefuse", said);
    return this.#case(seller, id);
  }

  /** The case of an order, which is opened a moment later. */
  async #case(person, id) {
    for (let tries = 0; tries < 200; tries += 1) {
      const { order } = await person.asks("query O($id: ID!) { order(id: $id) { cases { id } } }", { id });
      if (order.cases.length > 0) return order.cases[0].id;
      await person.page.waitForTimeout(100);
    }
    throw new Error("no case was opened for a refused return");
  }

  /** Both sides have said all, and an admin has found something. */
  async #examined(buyer, seller, ada, id, found) {
    for (const person of [buyer, seller]) await person.does("caseEvidenceDone", { id });
    await ada.does("caseClaim", { id });
    if (found) await ada.does("caseFind", { id, ...found, idempotencyKey: key() });
  }

  async #returns(ada) {
    const [bea, fox, sam, lin] = [await this.#person("bea"), await this.#person("old_fox"), await this.#person("sam"), await this.#person("lin_xia")];
    const gathering = await this.#refused(bea, sam, "Sam Trades", 1_500);
    const text = "The skins were gone when I signed in for the first time; this is the list I saw then.";
    await bea.does("caseEvidenceAdd", { id: gathering, text, idempotencyKey: key() });

    const inReview = await this.#refused(fox, lin, "林夏", 3_000);
    await this.#examined(fox, lin, ada, inReview);

    const damaged = { finding: "DAMAGED", sellerShare: 30, reason: "Two of nine skins are gone; the rank is as it was." };
    const consent = await this.#refused(sam, lin, "林夏", 900);
    await this.#examined(sam, lin, ada, consent, damaged);

    const mediation = await this.#refused(bea, lin, "林夏", 2_000);
    await this.#examined(bea, lin, ada, mediation, { ...damaged, sellerShare: 20 });
    await lin.does("caseObject", { id: mediation, idempotencyKey: key() });
    await this.#mediate(mediation, bea, lin, ada);

    const closed = await this.#refused(fox, sam, "Sam Trades", 800);
    await this.#examined(fox, sam, ada, closed, { ...damaged, sellerShare: 50 });
    for (const person of [fox, sam]) await person.does("caseConsent", { id: closed, idempotencyKey: key() });
    return { gathering, inReview, consent, mediation, closed };
  }

  async #mediate(id, buyer, seller, admin) {
    const say = (person, text) => person.does("caseMessageSend", { id, text, idempotencyKey: key() });
    await say(admin, "Good evening, both. What would each of you accept?");
    await say(seller, "两个皮肤当时买来就花了不少钱，我希望至少拿回一半。");
    await say(buyer, "One of the two was never in the listing. I can agree to a third.");
    await seller.does("caseProposalMake", { id, sellerShare: 50, idempotencyKey: key() });
    await say(admin, "The listing names nine skins, seven are left. A third and a half are not far from each other.");
    await buyer.does("caseProposalMake", { id, sellerShare: 40, idempotencyKey: key() });
  }

  /** An order that is over, and that its buyer claims to have lost again. */
  async #claimed(buyer, seller, what) {
    const orderId = await this.#bought(buyer, seller, what);
    await buyer.does("orderConfirm", { id: orderId, acknowledgeOpenSteps: true });
    const imageIds = await this.#evidence(buyer, what);
    const text = "The password was changed two days after I had confirmed, and the game names his old phone again.";
    const input = { orderId, text, imageIds, idempotencyKey: key() };
    return (await buyer.does("caseOpen", input, "case { id }")).case.id;
  }

  async #answered(seller, id) {
    const text = "I only asked the game for my old pictures. I did not know that it gives the whole account back.";
    await seller.does("caseAnswer", { id, text, idempotencyKey: key() });
  }

  async #claims(ada) {
    const [bea, fox, sam] = [await this.#person("bea"), await this.#person("old_fox"), await this.#person("sam")];
    const [lin, peng, yuki, mei] = [await this.#person("lin_xia"), await this.#person("da_peng"), await this.#person("yuki"), await this.#person("mei")];
    // What he has goes elsewhere first, so that he cannot pay it back.
    const spent = await this.#bought(peng, lin, this.#take("林夏", 2_500));
    await peng.does("orderConfirm", { id: spent, acknowledgeOpenSteps: true });
    const upheld = await this.#claimed(bea, peng, this.#take("大鹏展翅", 9_000, true));
    await this.#answered(peng, upheld);
    await ada.does("caseClaim", { id: upheld });
    const reason = "The change of the password came from the seller’s own address.";
    const { casePreview } = await ada.asks("query P($id: ID!) { casePreview(caseId: $id) { rest { amount } } }", { id: upheld });
    const rest = Number(casePreview.rest.amount);
    const advance = Math.min(100, Math.floor(rest / 3));
    await ada.does("caseUphold", { id: upheld, reason, advance: `${advance}.00`, idempotencyKey: key() });

    const claim = await this.#claimed(sam, yuki, this.#take("雪山飞狐", 1_500, true));
    await this.#answered(yuki, claim);
    await ada.does("caseClaim", { id: claim });
    const awaiting = await this.#claimed(fox, mei, this.#take("小梅子", 6_000, true));
    return { upheld, claim, awaiting };
  }

  /** What buyer and seller write to each other about a listing, and on. */
  async #talk() {
    const [bea, mei] = [await this.#person("bea"), await this.#person("mei")];
    const what = this.#take("小梅子", 3_000);
    const send = async (person, to, text, more = {}) =>
      (await person.does("chatMessageSend", { to, clientId: key(), text, ...more }, "message { id conversation { id } sender { id } }")).message;
    const { me } = await bea.asks("{ me { user { id } } }");
    const seller = what.seller.id;
    const first = await send(bea, seller, "Hi! Is this one still for sale?", { listingId: what.id });
    await send(mei, me.user.id, "在的，昨天刚过审 😊 图里的角色和皮肤都在。");
    await send(bea, seller, "Great. Was it ever verified under somebody else’s name?");
    await send(mei, me.user.id, "没有，一直是我自己的号。这是今天登录的截图：", { imageIds: [await mei.uploads("CHAT", await this.#cover(mei, what))] });
    await send(bea, seller, "Looks just like the listing. How long does rebinding take?");
    await send(mei, me.user.id, "十分钟左右，我在线配合你换绑邮箱和手机。");
    await send(bea, seller, "Then I buy it tonight. Thank you!");
    return first.conversation?.id;
  }

  async #cover(person, { cover }) {
    return (await person.page.request.get(cover.url)).body();
  }

  /** What users and the platform itself report. */
  async #reports() {
    const [bea, fox, mei, sam] = [await this.#person("bea"), await this.#person("old_fox"), await this.#person("mei"), await this.#person("sam")];
    const report = (person, about, reason, text) => person.does("reportCreate", { ...about, reason, text, idempotencyKey: key() });
    const of = (nickname) => this.#goods.find(({ seller }) => seller.nickname === nickname);
    await report(bea, { listingId: of("Sam Trades").id }, "MISLEADING", "The pictures are of another account: the server in them is not the one in the text.");
    await report(fox, { listingId: of("Sam Trades").id }, "MISLEADING", "区服和截图对不上。");
    await report(sam, { userId: of("雪山飞狐").seller.id }, "ABUSE", "He insults everybody who asks for a lower price.");
    const { me } = await fox.asks("{ me { user { id } } }");
    const input = { to: me.user.id, clientId: key(), text: "加我微信 wx_trader_88，线下便宜一百。" };
    const { message } = await mei.does("chatMessageSend", input, "message { id }");
    await report(fox, { messageId: message.id }, "OUTSIDE", "He wants to be paid outside.");
  }

  /** Something in every queue of the console. */
  async #queues(ada) {
    const [fox, mei, newcomer] = [await this.#person("old_fox"), await this.#person("mei"), await this.#person("newcomer")];
    const photo = async (part, colour) => newcomer.handsIn(part, png(640, 400, colour));
    const photos = { cardPhotoId: await photo("CARD", [70, 110, 150]), personPhotoId: await photo("PERSON", [150, 120, 90]) };
    await newcomer.does("identityVerify", { name: "周新", number: "110101199003074514", ...photos });

    const { payoutAccounts } = await fox.asks("{ payoutAccounts { id } }");
    await fox.does("withdrawalRequest", { amount: "5600.00", payoutAccountId: payoutAccounts[0].id, idempotencyKey: key() });

    const { deposit } = await mei.does("depositCreate", { amount: "188.00", idempotencyKey: key() }, "deposit { checkoutUrl }");
    await mei.page.request.post(deposit.checkoutUrl, { form: { decision: "pay" }, maxRedirects: 0 });

    await ada.does("compensationFund", { amount: "40.00", reason: "For the claims of this month.", idempotencyKey: key() });
    const news = {
      titleEn: "Quiet hours on Sunday night",
      textEn: "From 02:00 to 04:00 the bank is looked after. Deposits and withdrawals wait until then; trades and chats go on.",
      titleZh: "周日凌晨银行维护",
      textZh: "02:00 至 04:00 银行系统维护，充值和提现顺延处理，交易与聊天不受影响。",
    };
    await ada.does("announcementCreate", { ...news, idempotencyKey: key() });
  }

  /** The platform has something to advance from: one admin asks, another agrees. */
  async #fund(ada, boris) {
    const { decision } = await ada.does("compensationFund", { amount: "60.00", reason: "For small claims.", idempotencyKey: key() }, "decision { id }");
    await boris.does("moneyDecisionApprove", { id: decision.id, idempotencyKey: key() });
  }
}
