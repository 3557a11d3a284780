//! What a trader has done: strikes, and what others say of him.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use entity::{kinds, strike};

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
    scalars::DateTime,
};
use crate::{
    kernel::policy,
    order::strike::{barred, mine},
};

/// What a trader did that trade suffers from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::StrikeKind")]
pub enum StrikeKind {
    /// As a buyer you left an accepted offer unpaid.
    LeftUnpaid,
    /// As a buyer you cancelled a paid order.
    BuyerCancelled,
    /// As a seller you cancelled a paid order.
    SellerCancelled,
    /// As a seller you missed your promise to deliver.
    PromiseMissed,
}

/// A strike of yours. It counts for 30 days.
#[derive(Debug, Clone, Copy, SimpleObject)]
#[graphql(serial)]
pub struct Strike {
    /// What you did.
    pub kind: StrikeKind,
    /// When.
    pub at: DateTime,
    /// Until when it counts.
    pub until: DateTime,
}

impl From<strike::Model> for Strike {
    fn from(row: strike::Model) -> Self {
        Self {
            kind: row.kind.into(),
            at: DateTime(row.at),
            until: DateTime(row.at.plus_days(crate::order::strike::DAYS)),
        }
    }
}

/// Your strikes.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct Strikes {
    /// Those that count, the oldest first.
    pub strikes: Vec<Strike>,
    /// Until when you make no offers, after three as a buyer. Null: you may.
    pub no_offers_until_at: Option<DateTime>,
}

/// Queries about what traders have done.
#[derive(Default)]
pub struct RecordQuery;

#[Object]
impl RecordQuery {
    /// Your strikes: purchases that you left unpaid or cancelled after payment, sales that you cancelled or did not deliver in time.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn my_strikes(&self, ctx: &Context<'_>) -> Result<Option<Strikes>> {
        let trader = policy::trader(ctx.actor())?;
        let strikes = mine(ctx.env(), trader).await?;
        Ok(Some(Strikes {
            strikes: strikes.into_iter().map(Strike::from).collect(),
            no_offers_until_at: barred(ctx.env(), trader).await?.map(DateTime),
        }))
    }
}
