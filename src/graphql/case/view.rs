//! A case, as a party or an admin sees it.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::{
    case, case_proposal, case_step, kinds,
    value::{CaseId, OrderId, UserId},
};

use super::{
    kinds::{CaseKind, CaseRole, CaseState, CaseStepKind},
    recovery::CaseRecovery,
    refusal::CaseRefusal,
};
use crate::{
    dispute::{self, CaseCard, claim::holder},
    graphql::{
        batch::Batch,
        connection::{Connection, ask, connection},
        context::Ask,
        errors::{Failure, FieldCode},
        giving_back::Evidence,
        id,
        order::{Order, OrderSide},
        scalars::{DateTime, Money},
        user::User,
    },
    kernel::{
        Env, Fault,
        page::Page as Rows,
        policy::{self, Denied, Trader},
    },
    order::{self, Side, evidence::Piece},
};

/// Which of your cases.
#[derive(InputObject, Default)]
pub struct CaseFilterInput {
    /// Only those that are open.
    #[graphql(default)]
    pub open: bool,
}

/// A step in a case's timeline.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct CaseStep {
    /// What happened.
    pub kind: CaseStepKind,
    /// Who did it. Null: it came by itself.
    pub by: Option<CaseRole>,
    /// When.
    pub at: DateTime,
}

/// What belongs to the cases of one page.
#[derive(Debug)]
pub(super) struct Page {
    steps: Batch<CaseId, Vec<case_step::Model>>,
    evidence: Batch<OrderId, Vec<Piece>>,
    orders: Batch<OrderId, Order>,
    pub(super) proposals: Batch<CaseId, Vec<case_proposal::Model>>,
}

impl Page {
    fn of<'a>(cards: impl Iterator<Item = &'a CaseCard> + Clone) -> Arc<Self> {
        let ids = || cards.clone().map(|card| card.case.id);
        let orders = || cards.clone().map(|card| card.case.order_id);
        Arc::new(Self {
            steps: Batch::new(ids()),
            evidence: Batch::new(orders()),
            orders: Batch::new(orders()),
            proposals: Batch::new(ids()),
        })
    }
}

/// A dispute about an order, on which an admin decides.
#[derive(Debug, Clone)]
pub struct Case {
    pub(super) card: CaseCard,
    /// None: he looks at it as an admin.
    side: Option<Side>,
    pub(super) page: Arc<Page>,
}

/// The caller, and whether he is an admin.
fn reader(ctx: &Context<'_>) -> Result<(Trader, bool), Denied> {
    Ok((policy::trader(ctx.actor())?, policy::admin(ctx.actor()).is_ok()))
}

impl Case {
    /// The cases of a page, which the caller may see.
    pub fn of_page(ctx: &Context<'_>, cards: Vec<CaseCard>) -> Result<Vec<Self>, Failure> {
        let (who, _) = reader(ctx)?;
        let page = Page::of(cards.iter());
        Ok(cards.into_iter().map(|card| Self::on(&page, who, card)).collect())
    }

    /// The cases about some orders, oldest first. Whoever looks has a part in the orders. They share what is fetched for them.
    pub async fn of_orders(env: &Env, who: Trader, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<Self>>, Fault> {
        let cards = dispute::list::of_orders(env, orders).await?;
        let page = Page::of(cards.values().flatten());
        let cases = |cards: Vec<CaseCard>| cards.into_iter().map(|card| Self::on(&page, who, card)).collect::<Vec<_>>();
        Ok(cards.into_iter().map(|(order, cards)| (order, cases(cards))).collect())
    }

    fn on(page: &Arc<Page>, who: Trader, card: CaseCard) -> Self {
        Self {
            side: card.side(who.id()),
            card,
            page: Arc::clone(page),
        }
    }

    /// Whether the buyer looks at it.
    fn is_bought(&self) -> bool {
        self.side == Some(Side::Bought)
    }

    /// Whether the reader is shown a step: of the seller's freeze the buyer hears nothing.
    fn may_see(&self, kind: kinds::CaseStep) -> bool {
        use kinds::CaseStep as Step;
        let is_of_the_freeze = matches!(kind, Step::FreezeKept | Step::FreezeNarrowed | Step::FreezeEnded);
        self.side.is_none() || (kind.is_for_parties() && !(self.is_bought() && is_of_the_freeze))
    }

    /// The case, if the caller is one of its parties or an admin; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: CaseId) -> Result<Self, Failure> {
        let (who, is_admin) = reader(ctx)?;
        let card = dispute::list::find(ctx.env(), who, is_admin, id).await?;
        let found = Self::of_page(ctx, card.into_iter().collect())?;
        found.into_iter().next().ok_or(Failure::Field(FieldCode::NotFound))
    }

    /// Those of some cases that the caller may see. Nobody has a part in anything before he signs in.
    pub async fn find_all(ctx: &Context<'_>, ids: &[CaseId]) -> Result<HashMap<CaseId, Self>, Failure> {
        let (who, is_admin) = match reader(ctx) {
            Err(Denied::Unauthenticated) => return Ok(HashMap::new()),
            reader => reader?,
        };
        let cards = dispute::list::find_all(ctx.env(), who, is_admin, ids).await?;
        let cases = Self::of_page(ctx, cards)?;
        Ok(cases.into_iter().map(|case| (case.card.case.id, case)).collect())
    }

    /// The caller's own cases, newest first.
    pub async fn own(
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        filter: Option<CaseFilterInput>,
    ) -> Result<Connection<Self>, Failure> {
        let who = policy::trader(ctx.actor())?;
        let open = filter.unwrap_or_default().open;
        let page = dispute::list::of(ctx.env(), who, open, &ask(first, after.as_deref())?).await?;
        let places: Vec<_> = page.rows.iter().map(CaseCard::place).collect();
        let cases = Self::of_page(ctx, page.rows)?;
        let page = Rows {
            rows: places.into_iter().zip(cases).collect(),
            more: page.more,
        };
        Ok(connection(page, after.is_some(), |(place, _)| *place, |(_, case)| case))
    }

    /// What somebody who took a step is in the case.
    pub(super) fn role(&self, actor: UserId) -> CaseRole {
        match self.card.side(actor) {
            Some(Side::Bought) => CaseRole::Buyer,
            Some(Side::Sold) => CaseRole::Seller,
            None => CaseRole::Admin,
        }
    }

    /// The row.
    pub(super) const fn row(&self) -> &case::Model {
        &self.card.case
    }

    /// Whether the caller may look at what the parties brought and wrote: a party, or the admin who has taken the case.
    pub(super) fn sees_all(&self, ctx: &Context<'_>) -> bool {
        let holder = holder(self.row(), ctx.env().now());
        self.side.is_some() || holder.is_some_and(|holder| ctx.actor().user() == Some(holder))
    }
}

/// A dispute about an order, on which an admin decides. Only its buyer, its seller and admins can see it.
#[Object(serial)]
impl Case {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.row().id)
    }
    /// What it is about.
    async fn kind(&self) -> CaseKind {
        self.row().kind.into()
    }
    /// Where it stands.
    async fn state(&self) -> CaseState {
        self.row().state.into()
    }
    /// The order. Null if you see the case as an admin.
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        if self.side.is_none() {
            return Ok(None);
        }
        let party = policy::trader(ctx.actor())?;
        let load = |ids: Vec<OrderId>| async move { Order::of_party(ctx.env(), party, &ids).await };
        Ok(self.page.orders.get(self.row().order_id, load).await?)
    }
    /// What was bought, as it was called then.
    async fn title(&self) -> &str {
        &self.card.title
    }
    /// Who bought.
    async fn buyer(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.buyer.clone())
    }
    /// Who sold.
    async fn seller(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.seller.clone())
    }
    /// On which side you are. Null: on none; you see it as an admin.
    async fn my_side(&self) -> Option<OrderSide> {
        self.side.map(OrderSide::from)
    }
    /// What the buyer paid.
    async fn amount(&self) -> Money {
        self.row().amount.into()
    }
    /// When it was opened.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.row().opened_at)
    }
    /// When the next thing happens by itself. Null: nothing does.
    async fn due_at(&self) -> Option<DateTime> {
        let row = self.row();
        // How long the seller's wallet stays frozen is not the buyer's to know.
        let is_of_the_freeze = row.kind == kinds::CaseKind::Recovery && row.state != kinds::CaseState::AwaitingAnswer;
        row.due_at.filter(|_| !(self.is_bought() && is_of_the_freeze)).map(DateTime)
    }
    /// When it ended. Null: it is open.
    async fn closed_at(&self) -> Option<DateTime> {
        self.row().closed_at.map(DateTime)
    }
    /// Why it was decided as it was, in the admin's words. Null: no ruling has ended it.
    async fn reason(&self) -> Option<&str> {
        self.row().reason.as_deref()
    }
    /// What happened, the first step first.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<CaseStep>> {
        let env = ctx.env();
        let load = |ids: Vec<CaseId>| async move { dispute::timeline::of(env, &ids).await };
        let steps = self.page.steps.get(self.row().id, load).await?.unwrap_or_default();
        let shown = steps.into_iter().filter(|step| self.may_see(step.kind));
        let step = |step: case_step::Model| CaseStep {
            kind: step.kind.into(),
            by: step.actor_id.map(|actor| self.role(actor)),
            at: DateTime(step.at),
        };
        Ok(shown.map(step).collect())
    }
    /// What the parties have said and shown to prove something about the order, oldest first. Null for an admin who has not claimed the case.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Option<Vec<Evidence>>> {
        if !self.sees_all(ctx) {
            return Ok(None);
        }
        let env = ctx.env();
        let load = |ids: Vec<OrderId>| async move { order::evidence::of(env, &ids).await };
        let pieces = self.page.evidence.get(self.row().order_id, load).await?.unwrap_or_default();
        let shown = |piece: Piece| self.card.side(piece.evidence.author_id).map(|by| Evidence::of(ctx, by, piece));
        Ok(Some(pieces.into_iter().filter_map(shown).collect()))
    }
    /// What belongs to a refused return. Null: it is a recovery.
    async fn refusal(&self) -> Option<CaseRefusal> {
        CaseRefusal::of(self)
    }
    /// What is special about a claim that a seller took a sold account back. Null: the case is of another kind.
    async fn recovery(&self) -> Option<CaseRecovery> {
        CaseRecovery::of(&self.card, self.side)
    }
    /// When the buyer said that he has nothing to add. Null: he has not.
    async fn buyer_done_at(&self) -> Option<DateTime> {
        self.row().buyer_done_at.map(DateTime)
    }
    /// When the seller said that he has nothing to add. Null: he has not.
    async fn seller_done_at(&self) -> Option<DateTime> {
        self.row().seller_done_at.map(DateTime)
    }
}
