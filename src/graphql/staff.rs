//! What admins have before them.

mod audit;
mod figures;

pub use audit::{AuditEntry, AuditQuery};
pub use figures::FiguresQuery;

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::kinds;

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
    scalars::DateTime,
};
use crate::{
    kernel::{claim::Claimed, policy},
    staff::{self, QueueState},
};

/// What waits for admins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::QueueKind")]
pub enum QueueKind {
    /// Listings under review: `reviewQueue`.
    Listings,
    /// Real names: `identityQueue`.
    Verifications,
    /// Large withdrawals: `withdrawalQueue`.
    Withdrawals,
    /// Differences between the bank's book and ours: `bankDifferences`.
    BankDifferences,
    /// Decisions about money that need a second admin: `moneyDecisionQueue`.
    MoneyDecisions,
    /// Cases about orders in which an administrator has to look or rule: `caseQueue`.
    Cases,
    /// Reports, by users and by the platform: `reportQueue`.
    Reports,
}

/// Which of what waits. A claim counts for 4 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum QueueClaim {
    /// What you have claimed.
    Mine,
    /// What nobody has claimed.
    Unclaimed,
    /// What somebody has claimed, you or another admin.
    Claimed,
}

/// Which things of a queue.
#[derive(Debug, Clone, Default, InputObject)]
pub struct QueueFilterInput {
    /// By who has claimed them; without it all.
    pub claim: Option<QueueClaim>,
}

/// The filter as the domains know it.
pub fn claimed(filter: Option<QueueFilterInput>) -> Option<Claimed> {
    Some(match filter?.claim? {
        QueueClaim::Mine => Claimed::Mine,
        QueueClaim::Unclaimed => Claimed::Unclaimed,
        QueueClaim::Claimed => Claimed::Claimed,
    })
}

/// How a queue stands. The counts end at 1,000: that many means that many or more.
#[derive(Debug, Clone, Copy)]
pub struct Queue(pub QueueState);

/// How a queue stands. The counts end at 1,000: that many means that many or more.
#[Object(serial)]
impl Queue {
    /// Which queue.
    async fn kind(&self) -> QueueKind {
        self.0.kind.into()
    }
    /// How many things wait.
    async fn waiting_count(&self) -> i32 {
        counted(self.0.waiting)
    }
    /// How many of them an admin has claimed.
    async fn claimed_count(&self) -> i32 {
        counted(self.0.claimed)
    }
    /// How many of them you have claimed.
    async fn mine_count(&self) -> i32 {
        counted(self.0.mine)
    }
    /// Since when the oldest waits. Null: nothing waits.
    async fn oldest_at(&self) -> Option<DateTime> {
        self.0.oldest_at.map(DateTime)
    }
}

fn counted(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Queries about what admins have before them.
#[derive(Default)]
pub struct QueueQuery;

#[Object]
impl QueueQuery {
    /// How the queues of the admins stand. `staffEvents` tells when one changes.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn queues(&self, ctx: &Context<'_>) -> Result<Option<Vec<Queue>>> {
        let admin = policy::admin(ctx.actor())?;
        let states = staff::queues(ctx.env(), admin).await?;
        Ok(Some(states.into_iter().map(Queue).collect()))
    }
}
