//! An order, as an admin who decides about it sees it.

use async_graphql::{Context, Object, Result};
use entity::value::OrderId;

use super::{
    bought::BoughtListing,
    kinds::OrderState,
    view::{CredentialsVersion, Order, OrderChecklistStep, OrderStep},
};
use crate::graphql::{
    errors::Failure,
    giving_back::HandBack,
    scalars::{DateTime, Money},
};

/// An order, as an admin who decides about it sees it. What was handed over is not part of it.
#[derive(Debug, Clone)]
pub struct ReviewedOrder(Order);

impl ReviewedOrder {
    /// The order, for an admin.
    pub async fn find(ctx: &Context<'_>, id: OrderId) -> Result<Self, Failure> {
        Ok(Self(Order::for_admin(ctx, id).await?))
    }
}

/// An order, as an admin who decides about it sees it. What was handed over is not part of it.
#[Object(serial)]
impl ReviewedOrder {
    /// What was bought, as it was then.
    async fn listing(&self) -> BoughtListing {
        self.0.bought()
    }
    /// Where it stands.
    async fn state(&self) -> OrderState {
        self.0.card.order.state.into()
    }
    /// What the buyer paid.
    async fn price(&self) -> Money {
        self.0.card.order.price.into()
    }
    /// What the platform takes, or took, from the proceeds.
    async fn fee(&self) -> Money {
        self.0.card.order.fee.into()
    }
    /// When it was bought and paid, or an offer for it was accepted.
    async fn placed_at(&self) -> DateTime {
        DateTime(self.0.card.order.placed_at)
    }
    /// When the seller first delivered.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.0.card.order.delivered_at.map(DateTime)
    }
    /// When the buyer first read the credentials.
    async fn revealed_at(&self) -> Option<DateTime> {
        self.0.card.order.revealed_at.map(DateTime)
    }
    /// When it completed, was returned, or was cancelled.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.card.order.ended_at.map(DateTime)
    }
    /// When the proceeds become available to the seller. Null before completion, after settling, and when they were taken.
    async fn settles_at(&self) -> Option<DateTime> {
        self.0.card.order.settles_at.map(DateTime)
    }
    /// Why the buyer asked for a return. Null: he did not.
    async fn return_reason(&self) -> Option<&str> {
        self.0.card.order.return_reason.as_deref()
    }
    /// How the buyer gave the account back. Null: he did not.
    async fn hand_back(&self, ctx: &Context<'_>) -> Result<Option<HandBack>> {
        self.0.given_back(ctx).await
    }
    /// What happened, the first step first.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<OrderStep>> {
        self.0.steps(ctx).await
    }
    /// The versions of the credentials that were handed over, the first first, without what they say.
    async fn credentials_versions(&self, ctx: &Context<'_>) -> Result<Vec<CredentialsVersion>> {
        self.0.versions(ctx).await
    }
    /// What the buyer had to bind anew so that nobody takes the account back, and what of it he has done.
    async fn checklist(&self, ctx: &Context<'_>) -> Result<Vec<OrderChecklistStep>> {
        self.0.ticked(ctx).await
    }
}
