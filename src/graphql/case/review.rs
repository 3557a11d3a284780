//! A case, as the admins who decide on it see it.

use async_graphql::{Context, Object, Result};
use entity::value::CaseId;

use super::{ruled::CaseRuling, view::Case};
use crate::{
    dispute::{CaseCard, ruling},
    graphql::{context::Ask, errors::Failure, order::ReviewedOrder, scalars::DateTime, user::User},
    kernel::policy,
};

/// A case with what only admins see of it.
#[derive(Debug, Clone)]
pub struct CaseReview(Case);

impl CaseReview {
    /// The cases of a page, for an admin.
    pub fn of_page(ctx: &Context<'_>, cards: Vec<CaseCard>) -> Result<Vec<Self>, Failure> {
        policy::admin(ctx.actor())?;
        Ok(Case::of_page(ctx, cards)?.into_iter().map(Self).collect())
    }

    /// The case, for an admin.
    pub async fn find(ctx: &Context<'_>, id: CaseId) -> Result<Self, Failure> {
        policy::admin(ctx.actor())?;
        Ok(Self(Case::find(ctx, id).await?))
    }
}

/// A case with what only admins see of it.
#[Object(serial)]
impl CaseReview {
    /// The case.
    async fn case(&self) -> &Case {
        &self.0
    }
    /// The admin who looks at it. Null: nobody does, or his claim has lapsed.
    async fn claimed_by(&self, ctx: &Context<'_>) -> Option<User> {
        let claimer = self.0.card.claimer(ctx.env().now())?;
        Some(User::new(ctx, claimer.clone()))
    }
    /// Since when, counted from his last step. Null: nobody looks at it.
    async fn claimed_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        self.0.card.claimer(ctx.env().now())?;
        self.0.row().claimed_at.map(DateTime)
    }
    /// The order that it is about.
    async fn order(&self, ctx: &Context<'_>) -> Result<ReviewedOrder> {
        Ok(ReviewedOrder::find(ctx, self.0.row().order_id).await?)
    }
    /// The rulings that need, or needed, a second admin, oldest first.
    async fn rulings(&self, ctx: &Context<'_>) -> Result<Vec<CaseRuling>> {
        let id = self.0.row().id;
        let rows = ruling::of(ctx.env(), &[id]).await?.remove(&id).unwrap_or_default();
        Ok(CaseRuling::all(ctx, rows).await?)
    }
}
