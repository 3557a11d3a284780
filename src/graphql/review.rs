//! Reviews, and what a seller's sales say of him.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use entity::value::{OrderId, UserId};

use super::{
    auth::{Auth, Need, Open, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, FieldCode, payload},
    id,
    scalars::DateTime,
    user::User,
};
use crate::{
    account::face,
    kernel::policy,
    order::{
        record::{self, Record},
        review::{self, ReviewCard, Said},
    },
    payload_type,
};

/// What somebody says of whom he traded with.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct Review {
    /// Who says it.
    pub by: User,
    /// Whether of him as a seller.
    pub as_seller: bool,
    /// Stars, 1 to 5.
    pub stars: i32,
    /// In words; may be empty.
    pub text: String,
    /// When it was written.
    pub written_at: DateTime,
}

/// What was said of an order. Yours is shown to the other when both of you have written, or when the time to write is over.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct OrderReviews {
    /// Your stars, 1 to 5. Null: you have not written.
    pub my_stars: Option<i32>,
    /// What you wrote. Null: you have not written.
    pub my_text: Option<String>,
    /// The other's stars, 1 to 5. Null: not written, or not yet shown.
    pub other_stars: Option<i32>,
    /// What the other wrote. Null: not written, or not yet shown.
    pub other_text: Option<String>,
    /// Until when you can write yours: 7 days from completion. Null: you cannot, or you have.
    pub writable_until_at: Option<DateTime>,
}

impl From<Said> for OrderReviews {
    fn from(said: Said) -> Self {
        let (my_stars, my_text) = said.mine.map(|mine| (mine.stars, mine.body)).unzip();
        let (other_stars, other_text) = said.other.map(|other| (other.stars, other.body)).unzip();
        Self {
            my_stars,
            my_text,
            other_stars,
            other_text,
            writable_until_at: said.until.map(DateTime),
        }
    }
}

/// What a seller's sales say of him.
#[derive(Debug, Clone, Copy, SimpleObject)]
#[graphql(serial)]
pub struct SellerRecord {
    /// From 0 to 3, by his sales of the last 30 days: 1 from 5 completed orders, 2 from 20, 3 from 80, each with at least 95 % delivered on time
    /// and at most 3 % lost cases.
    pub level: i32,
    /// The mean of the stars that buyers gave him, 1 to 5. Null: nobody has.
    pub rating: Option<f64>,
    /// How many buyers gave him stars.
    pub review_count: i32,
    /// How many orders he has completed.
    pub completed_orders: i32,
}

impl From<Record> for SellerRecord {
    fn from(record: Record) -> Self {
        let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            level: i32::from(record.level),
            rating: record.rating(),
            review_count: number(record.reviews),
            completed_orders: number(record.completed),
        }
    }
}

/// A review to be written.
#[derive(InputObject)]
pub struct OrderReviewInput {
    /// Of which order.
    pub id: ID,
    /// Stars for the other party, 1 to 5.
    pub stars: i32,
    /// What you say of him: up to 500 characters.
    #[graphql(default)]
    pub text: String,
}

payload_type! {
    /// What `orderReview` answers.
    OrderReviewPayload {
        /// What was said of the order.
        reviews: OrderReviews
    }
}

/// Queries about reviews.
#[derive(Default)]
pub struct ReviewQuery;

#[Object]
impl ReviewQuery {
    /// What was said of an order of yours; any other is `NOT_FOUND`.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_reviews(&self, ctx: &Context<'_>, #[graphql(desc = "The order's id.")] order_id: ID) -> Result<Option<OrderReviews>> {
        Ok(Some(said(ctx, id::decode(&order_id)?).await?))
    }

    /// What others say of a user, the last shown first.
    #[graphql(guard = "Open")]
    async fn user_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of whom.")] user_id: ID,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Review>>> {
        let user = known(ctx, &user_id).await?;
        let page = review::of_user(ctx.env(), user, &ask(first, after.as_deref())?).await?;
        let node = |card: ReviewCard| Review {
            by: User::new(ctx, card.author),
            as_seller: card.review.as_seller,
            stars: card.review.stars,
            text: card.review.body,
            written_at: DateTime(card.review.created_at),
        };
        Ok(Some(connection(page, after.is_some(), ReviewCard::place, node)))
    }

    /// What a user's sales say of him.
    #[graphql(guard = "Open")]
    async fn seller_record(&self, ctx: &Context<'_>, #[graphql(desc = "Of whom.")] user_id: ID) -> Result<Option<SellerRecord>> {
        let user = known(ctx, &user_id).await?;
        let record = record::of_sellers(ctx.env(), &[user]).await?.remove(&user).unwrap_or_default();
        Ok(Some(record.into()))
    }
}

/// A user who exists; else `NOT_FOUND`.
async fn known(ctx: &Context<'_>, user: &ID) -> Result<UserId, Failure> {
    let user: UserId = id::decode(user)?;
    match face::read(ctx.env().db(), user).await? {
        Some(_) => Ok(user),
        None => Err(Failure::Field(FieldCode::NotFound)),
    }
}

async fn said(ctx: &Context<'_>, order: OrderId) -> Result<OrderReviews, Failure> {
    let party = policy::trader(ctx.actor())?;
    let said = review::of_order(ctx.env(), party, order).await?;
    said.map(OrderReviews::from).ok_or(Failure::Field(FieldCode::NotFound))
}

/// Mutations of reviews.
#[derive(Default)]
pub struct ReviewMutation;

#[Object]
impl ReviewMutation {
    /// Says what the other party of a completed order was like: once, within 7 days. It is shown when both have written, or after that time.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn order_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order, the stars and the text.")] input: OrderReviewInput,
    ) -> Result<Option<OrderReviewPayload>> {
        payload(ctx, write(ctx, &input).await)
    }
}

async fn write(ctx: &Context<'_>, input: &OrderReviewInput) -> Result<OrderReviews, Failure> {
    let party = policy::trader(ctx.actor())?;
    let order = review::review(ctx.env(), party, id::decode(&input.id)?, input.stars, &input.text).await?;
    said(ctx, order).await
}
