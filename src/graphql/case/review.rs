//! A case, as the admins who decide on it see it.

use async_graphql::{Context, Object, Result};
use entity::value::CaseId;

use super::{ruling::CaseRuling, view::Case};
use crate::{
    dispute::{CaseCard, ruling},
    graphql::{context::Ask, errors::Failure, scalars::DateTime, user::User},
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
#[Object]
impl CaseReview {
    /// The case.
    async fn case(&self) -> &Case {
        &self.0
    }
    /// The rulings that waited for a second admin, or wait, oldest first.
    async fn rulings(&self, ctx: &Context<'_>) -> Result<Vec<CaseRuling>> {
        let env = ctx.env();
        let admin = policy::admin(ctx.actor())?;
        let load = |ids: Vec<CaseId>| async move { ruling::of(env, admin, &ids).await };
        let cards = self.0.page.rulings.get(self.0.row().id, load).await?.unwrap_or_default();
        Ok(cards.into_iter().map(CaseRuling).collect())
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
}
