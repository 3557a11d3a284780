//! Anything by its id, with the rights of the field that gives it otherwise.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::Hash,
    sync::Arc,
};

use async_graphql::{Context, ID, Interface, Object, Result};
use entity::value::{
    AnnouncementId, AuditId, BankDifferenceId, CaseId, CaseRulingId, ComplaintId, ConversationId, DebtId, DepositId, GameId, ImageId,
    ListingId, MessageId, MoneyDecisionId, NoticeId, OfferId, OrderId, PayoutAccountId, ReportId, ServerId, SessionId, UserId,
    WithdrawalId,
};
use uuid::Uuid;

use super::{
    account::session::Session,
    announcement::Announcement,
    case::{Case, CaseRuling},
    chat::{ChatLine, Conversation, Message, SystemLine},
    context::Ask,
    deposit::Deposit,
    errors::{Failure, FieldCode, Refusal, UserErrorCode},
    id::{self, Global},
    market::{Game, GameServer, Games, Listing},
    media::Image,
    moderation::{report::Report, report_review::ReportReview},
    notification::Notice,
    offer::Offer,
    order::Order,
    payout_account::PayoutAccount,
    staff::AuditEntry,
    user::User,
    wallet::{debt::Debt, decision::MoneyDecision, difference::BankDifference},
    withdrawal::Withdrawal,
};
use crate::{
    account::face,
    kernel::{
        Env, Fault,
        policy::{self, Member},
    },
    market, wallet,
};

/// How many ids one request may name.
const MOST: usize = 100;

/// Anything that has an id of its own. It declares the id and nothing else; ask for the rest by its type.
#[derive(Clone, Interface)]
#[allow(
    clippy::large_enum_variant,
    reason = "a page of them is short-lived, and boxes cost more than the room they save"
)]
#[graphql(field(name = "id", ty = "ID", desc = "Its id, the same wherever it appears."))]
pub enum Node {
    /// A user.
    User(User),
    /// A game.
    Game(Game),
    /// A server of a game.
    GameServer(GameServer),
    /// A listing.
    Listing(Listing),
    /// An image.
    Image(Image),
    /// An order.
    Order(Order),
    /// A session of yours that has not ended.
    Session(Session),
    /// A conversation of yours.
    Conversation(Conversation),
    /// A message in a conversation of yours.
    Message(Message),
    /// The platform's word in a conversation of yours.
    SystemLine(SystemLine),
    /// A notice of yours.
    Notice(Notice),
    /// A deposit of yours.
    Deposit(Deposit),
    /// A withdrawal of yours.
    Withdrawal(Withdrawal),
    /// A payout account of yours.
    PayoutAccount(PayoutAccount),
    /// An offer that you made or received.
    Offer(Offer),
    /// A debt of yours, on either side.
    Debt(Debt),
    /// Something that you reported.
    Report(Report),
    /// Something that was reported, for admins.
    ReportReview(ReportReview),
    /// A decision about money, for admins.
    MoneyDecision(MoneyDecision),
    /// A difference between the bank's book and ours, for admins.
    BankDifference(BankDifference),
    /// An announcement to everybody, for admins.
    Announcement(Announcement),
    /// An entry of the audit log, for admins.
    AuditEntry(AuditEntry),
    /// A case in which you have a part, or any for admins.
    Case(Case),
    /// A ruling that needs, or needed, a second admin, for admins.
    CaseRuling(CaseRuling),
}

/// Queries by id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything by its id. What you may not see by its own field is `NOT_FOUND` here as well.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Node>> {
        let found = find(ctx, &[id]).await?.pop().flatten();
        Ok(Some(found.ok_or(Failure::Field(FieldCode::NotFound))?))
    }

    /// Some things by their ids, in the order of the ids. Null stands for what there is not for you.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their ids: at most 100.")] ids: Vec<ID>,
    ) -> Result<Option<Vec<Option<Node>>>> {
        if ids.len() > MOST {
            let refusal = Refusal::new(UserErrorCode::InvalidInput, "error-nodes")
                .at(&["ids"])
                .with("most", MOST);
            return Err(Failure::Request(refusal).into());
        }
        Ok(Some(find(ctx, &ids).await?))
    }
}

/// What the caller may see of these ids, kind by kind. A text that is no id of ours is as good as an id of nothing.
async fn find(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Option<Node>>, Failure> {
    let opened: Vec<Option<(u8, Uuid)>> = ids.iter().map(id::open).collect();
    let mut kinds = BTreeMap::<u8, BTreeSet<Uuid>>::new();
    for (kind, bare) in opened.iter().flatten() {
        kinds.entry(*kind).or_default().insert(*bare);
    }
    let mut found = HashMap::new();
    for (kind, bare) in kinds {
        let nodes = of_kind(ctx, kind, bare.into_iter().collect()).await?;
        found.extend(nodes.into_iter().map(|(bare, node)| ((kind, bare), node)));
    }
    Ok(opened.into_iter().map(|id| found.get(&id?).cloned()).collect())
}

const USER: u8 = UserId::TAG;
const GAME: u8 = GameId::TAG;
const SERVER: u8 = ServerId::TAG;
const LISTING: u8 = ListingId::TAG;
const IMAGE: u8 = ImageId::TAG;
const ORDER: u8 = OrderId::TAG;
const CONVERSATION: u8 = ConversationId::TAG;
const MESSAGE: u8 = MessageId::TAG;
const SESSION: u8 = SessionId::TAG;
const NOTICE: u8 = NoticeId::TAG;
const DEPOSIT: u8 = DepositId::TAG;
const WITHDRAWAL: u8 = WithdrawalId::TAG;
const PAYOUT_ACCOUNT: u8 = PayoutAccountId::TAG;
const OFFER: u8 = OfferId::TAG;
const DEBT: u8 = DebtId::TAG;
const MONEY_DECISION: u8 = MoneyDecisionId::TAG;
const REPORT: u8 = ComplaintId::TAG;
const REPORT_REVIEW: u8 = ReportId::TAG;
const CASE_RULING: u8 = CaseRulingId::TAG;
const CASE: u8 = CaseId::TAG;
const BANK_DIFFERENCE: u8 = BankDifferenceId::TAG;
const ANNOUNCEMENT: u8 = AnnouncementId::TAG;
const AUDIT_ENTRY: u8 = AuditId::TAG;

/// The things of one kind. A kind without an arm here, in [`of_own_kind`] or in [`of_admins_kind`] has no nodes.
async fn of_kind(ctx: &Context<'_>, kind: u8, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Node>, Failure> {
    if [USER, GAME, SERVER, LISTING, IMAGE].contains(&kind) {
        policy::visitor(ctx.actor())?;
    }
    let env = ctx.env();
    Ok(match kind {
        USER => {
            let rows = face::read_all(env.db(), &of(ids)).await?;
            let user = |(id, row): (UserId, _)| (id.0, Node::User(User::new(ctx, row)));
            rows.into_iter().map(user).collect()
        }
        GAME => {
            let games = market::catalogue::games_by_id(env, &of(ids)).await?;
            let page = Games::new(games.values());
            let game = |(id, game): (GameId, _)| (id.0, Node::Game(Game::of_page(game, Arc::clone(&page))));
            games.into_iter().map(game).collect()
        }
        SERVER => keyed(market::catalogue::servers_by_id(env, &of(ids)).await?, Node::GameServer),
        LISTING => {
            let listings = Listing::find_all(ctx, &of(ids)).await?;
            listings.into_iter().map(|(id, listing)| (id.0, Node::Listing(listing))).collect()
        }
        IMAGE => {
            let rows = market::find::images_visible(env, ctx.actor(), &of(ids)).await?;
            let image = |(id, row): (ImageId, _)| (id.0, Node::Image(Image::for_caller(ctx, row)));
            rows.into_iter().map(image).collect()
        }
        kind => of_own_kind(ctx, kind, ids).await?,
    })
}

/// The things of a kind that has an owner, or two.
async fn of_own_kind(ctx: &Context<'_>, kind: u8, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Node>, Failure> {
    Ok(match kind {
        ORDER => {
            let orders = Order::find_all(ctx, &of(ids)).await?;
            orders.into_iter().map(|(id, order)| (id.0, Node::Order(order))).collect()
        }
        SESSION => one_by_one(ids, |id| async move { Session::find(ctx, SessionId(id)).await.map(Node::Session) }).await?,
        CONVERSATION => {
            let find = |id| async move { Conversation::find(ctx, ConversationId(id)).await.map(Node::Conversation) };
            one_by_one(ids, find).await?
        }
        MESSAGE => {
            let find = |id| async move {
                Ok(match ChatLine::find(ctx, MessageId(id)).await? {
                    ChatLine::Message(message) => Node::Message(message),
                    ChatLine::SystemLine(line) => Node::SystemLine(line),
                })
            };
            one_by_one(ids, find).await?
        }
        NOTICE => one_by_one(ids, |id| async move { Notice::find(ctx, NoticeId(id)).await.map(Node::Notice) }).await?,
        DEPOSIT => own(ctx, ids, wallet::deposit::of_ids, Node::Deposit).await?,
        WITHDRAWAL => own(ctx, ids, wallet::withdrawal::of_ids, Node::Withdrawal).await?,
        PAYOUT_ACCOUNT => own(ctx, ids, wallet::payout_account::of_ids, Node::PayoutAccount).await?,
        OFFER => {
            let offers = Offer::find_all(ctx, &of(ids)).await?;
            offers.into_iter().map(|(id, offer)| (id.0, Node::Offer(offer))).collect()
        }
        DEBT => {
            let debts = Debt::find_all(ctx, &of(ids)).await?;
            debts.into_iter().map(|(id, debt)| (id.0, Node::Debt(debt))).collect()
        }
        REPORT => one_by_one(ids, |id| async move { Report::find(ctx, ComplaintId(id)).await.map(Node::Report) }).await?,
        REPORT_REVIEW => {
            let find = |id| async move { ReportReview::find(ctx, ReportId(id)).await.map(Node::ReportReview) };
            one_by_one(ids, find).await?
        }
        CASE => {
            let cases = Case::find_all(ctx, &of(ids)).await?;
            cases.into_iter().map(|(id, case)| (id.0, Node::Case(case))).collect()
        }
        CASE_RULING => {
            let find = |id| async move { CaseRuling::find(ctx, CaseRulingId(id)).await.map(Node::CaseRuling) };
            one_by_one(ids, find).await?
        }
        kind => of_admins_kind(ctx, kind, ids).await?,
    })
}

/// The things of a kind that only admins see.
async fn of_admins_kind(ctx: &Context<'_>, kind: u8, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Node>, Failure> {
    Ok(match kind {
        BANK_DIFFERENCE => {
            let find = |id| async move { BankDifference::find(ctx, BankDifferenceId(id)).await.map(Node::BankDifference) };
            one_by_one(ids, find).await?
        }
        AUDIT_ENTRY => {
            let find = |id| async move { AuditEntry::find(ctx, AuditId(id)).await.map(Node::AuditEntry) };
            one_by_one(ids, find).await?
        }
        ANNOUNCEMENT => {
            let find = |id| async move { Announcement::find(ctx, AnnouncementId(id)).await.map(Node::Announcement) };
            one_by_one(ids, find).await?
        }
        MONEY_DECISION => {
            let find = |id| async move { MoneyDecision::find(ctx, MoneyDecisionId(id)).await.map(Node::MoneyDecision) };
            one_by_one(ids, find).await?
        }
        _ => HashMap::new(),
    })
}

/// Things of a kind that is rarely asked for by the hundred. What is not there for the caller is left out, and so is everything that asks him
/// to sign in first.
async fn one_by_one<F>(ids: Vec<Uuid>, find: impl Fn(Uuid) -> F) -> Result<HashMap<Uuid, Node>, Failure>
where
    F: Future<Output = Result<Node, Failure>>,
{
    let mut found = HashMap::new();
    for id in ids {
        match find(id).await {
            Ok(node) => drop(found.insert(id, node)),
            Err(Failure::Field(FieldCode::NotFound | FieldCode::Unauthenticated)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(found)
}

/// What of these is the caller's own, in one statement. Nobody owns anything before he signs in.
async fn own<K: Global + Eq + Hash, R, T: From<R>>(
    ctx: &Context<'_>,
    ids: Vec<Uuid>,
    read: impl AsyncFnOnce(&Env, Member, &[K]) -> Result<HashMap<K, R>, Fault>,
    node: impl Fn(T) -> Node,
) -> Result<HashMap<Uuid, Node>, Failure> {
    match policy::member(ctx.actor()) {
        Ok(member) => Ok(keyed(read(ctx.env(), member, &of(ids)).await?, node)),
        Err(_) => Ok(HashMap::new()),
    }
}

fn of<T: Global>(ids: Vec<Uuid>) -> Vec<T> {
    ids.into_iter().map(T::of).collect()
}

fn keyed<K: Global, R, T: From<R>>(rows: HashMap<K, R>, node: impl Fn(T) -> Node) -> HashMap<Uuid, Node> {
    rows.into_iter().map(|(id, row)| (id.uuid(), node(row.into()))).collect()
}
