//! What belongs to a case about a refused return.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{
    case, case_message, case_proposal, kinds,
    value::{self, CaseId},
};

use super::{
    kinds::{CaseFinding, CaseRole},
    view::Case,
};
use crate::{
    dispute::refusal::{proposals, room},
    graphql::{
        connection::{Connection, ask, connection},
        context::Ask,
        scalars::{DateTime, Money},
    },
    kernel::page::{Keyset, Page},
    order::Share,
};

/// What belongs to a case about a refused return. The money waits until it ends.
#[derive(Debug, Clone)]
pub struct CaseRefusal(Case);

/// A settlement that somebody proposed. The newest version is the one that can be accepted.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct CaseProposal {
    /// Its number in the case, from 1.
    pub version: i32,
    /// Who proposed it.
    pub by: CaseRole,
    /// What the seller would get, in whole percent, 0 to 100.
    pub seller_share: i32,
    /// What that is, rounded down to the fen.
    pub to_seller: Money,
    /// What the buyer would get back: the rest.
    pub to_buyer: Money,
    /// When it was proposed.
    pub made_at: DateTime,
    /// When the buyer accepted it. Null: he has not.
    pub buyer_accepted_at: Option<DateTime>,
    /// When the seller accepted it. Null: he has not.
    pub seller_accepted_at: Option<DateTime>,
    /// When another took its place, or the case ended. Null: it can be accepted.
    pub ended_at: Option<DateTime>,
}

/// A message in the room of a mediation.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct CaseMessage {
    /// Who wrote it.
    pub by: CaseRole,
    /// What he wrote.
    pub text: String,
    /// When.
    pub sent_at: DateTime,
}

/// How the money of a case is divided.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct CaseDivision {
    /// What the seller gets, in whole percent.
    pub seller_share: i32,
    /// What that is, rounded down to the fen.
    pub to_seller: Money,
    /// What the buyer gets back: the rest.
    pub to_buyer: Money,
}

impl CaseDivision {
    /// So many percent of an amount for the seller.
    pub(super) fn of(amount: value::Money, percent: i32) -> Option<Self> {
        let (to_seller, to_buyer) = Share::percent(percent)?.divide(amount);
        Some(Self {
            seller_share: percent,
            to_seller: to_seller.into(),
            to_buyer: to_buyer.into(),
        })
    }
}

impl CaseRefusal {
    pub(super) fn of(case: &Case) -> Option<Self> {
        (case.row().kind == kinds::CaseKind::Return).then(|| Self(case.clone()))
    }

    const fn row(&self) -> &case::Model {
        self.0.row()
    }

    fn proposal(&self, row: case_proposal::Model) -> Option<CaseProposal> {
        let division = CaseDivision::of(self.row().amount, row.seller_share)?;
        Some(CaseProposal {
            version: row.version,
            by: self.0.role(row.by_id),
            seller_share: row.seller_share,
            to_seller: division.to_seller,
            to_buyer: division.to_buyer,
            made_at: DateTime(row.made_at),
            buyer_accepted_at: row.buyer_accepted_at.map(DateTime),
            seller_accepted_at: row.seller_accepted_at.map(DateTime),
            ended_at: row.ended_at.map(DateTime),
        })
    }
}

/// What belongs to a case about a refused return. The money waits until it ends.
#[Object(serial)]
impl CaseRefusal {
    /// When the seller refused the return.
    async fn refused_at(&self) -> Option<DateTime> {
        self.row().refused_at.map(DateTime)
    }
    /// What was found. Null: nothing yet.
    async fn finding(&self) -> Option<CaseFinding> {
        self.row().finding.map(CaseFinding::from)
    }
    /// How the money is divided by the finding, if it takes effect. Null: nothing was found yet.
    async fn by_finding(&self) -> Option<CaseDivision> {
        CaseDivision::of(self.row().amount, self.row().finding_share?)
    }
    /// Why, in the admin's words. Null: nothing was found yet, or nobody found anything in time and the account counts as intact.
    async fn finding_reason(&self) -> Option<&str> {
        self.row().finding_reason.as_deref()
    }
    /// When it was found.
    async fn found_at(&self) -> Option<DateTime> {
        self.row().found_at.map(DateTime)
    }
    /// When the buyer consented to the finding. Null: he has not.
    async fn buyer_consented_at(&self) -> Option<DateTime> {
        self.row().buyer_consented_at.map(DateTime)
    }
    /// When the seller consented to the finding. Null: he has not.
    async fn seller_consented_at(&self) -> Option<DateTime> {
        self.row().seller_consented_at.map(DateTime)
    }
    /// When the mediation began. Null: there was none.
    async fn mediation_began_at(&self) -> Option<DateTime> {
        self.row().mediation_began_at.map(DateTime)
    }
    /// The settlements that were proposed, the first first.
    async fn proposals(&self, ctx: &Context<'_>) -> Result<Vec<CaseProposal>> {
        let env = ctx.env();
        let load = |ids: Vec<CaseId>| async move { proposals::of(env, &ids).await };
        let rows = self.0.page.proposals.get(self.row().id, load).await?.unwrap_or_default();
        Ok(rows.into_iter().filter_map(|row| self.proposal(row)).collect())
    }
    /// What was written in the room of the mediation, newest first. Empty for an admin who has not claimed the case.
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connection<CaseMessage>> {
        let ask = ask(first, after.as_deref())?;
        let page = if self.0.sees_all(ctx) {
            room::messages(ctx.env(), self.row().id, &ask).await?
        } else {
            Page {
                rows: Vec::new(),
                more: false,
            }
        };
        let place = |row: &case_message::Model| Keyset {
            at: row.created_at,
            id: row.id.0,
        };
        let message = |row: case_message::Model| CaseMessage {
            by: self.0.role(row.author_id),
            text: row.body,
            sent_at: DateTime(row.created_at),
        };
        Ok(connection(page, after.is_some(), place, message))
    }
    /// How the money was divided in the end. Null: the case is open.
    async fn division(&self) -> Option<CaseDivision> {
        CaseDivision::of(self.row().amount, self.row().seller_share?)
    }
}
