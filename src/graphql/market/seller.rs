//! A seller, as everybody may see him.

use async_graphql::{Context, ID, Object, Result};
use entity::value::UserId;

use super::{
    Listing, ListingSortInput,
    listing::{page, texts},
};
use crate::{
    account::face::{self, FaceRow},
    graphql::{
        auth::Open,
        connection::{Connection, ask},
        context::Ask,
        errors::{Failure, FieldCode},
        id,
        review::SellerRecord,
        user::User,
    },
    market::{self, Browse, Filter},
    order::record,
};

/// A seller's public page.
pub struct Seller(FaceRow);

/// A seller's public page.
#[Object(serial)]
impl Seller {
    /// Who, and since when he is here.
    async fn user(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.0.clone())
    }
    /// What his sales say of him: level, rating, completed orders.
    async fn record(&self, ctx: &Context<'_>) -> Result<SellerRecord> {
        let mut records = record::of_sellers(ctx.env(), &[self.0.id]).await?;
        Ok(records.remove(&self.0.id).unwrap_or_default().into())
    }
    /// What he has on sale, the newest first unless you say otherwise.
    async fn listings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "In which order; newest first unless said.")] sort: Option<ListingSortInput>,
    ) -> Result<Connection<Listing>> {
        let filter = Filter {
            seller: Some(self.0.id),
            ..Filter::default()
        };
        let sort = sort.map(|sort| sort.by.into()).unwrap_or_default();
        let wanted = Browse {
            filter,
            sort,
            texts: texts(ctx),
        };
        let rows = market::browse(ctx.env(), &wanted, &ask(first, after.as_deref())?).await;
        let rows = rows.map_err(Failure::from)?;
        Ok(page(rows, after.is_some(), |card| wanted.sort.place(card)))
    }
}

/// Queries about sellers.
#[derive(Default)]
pub struct SellerQuery;

#[Object]
impl SellerQuery {
    /// A user as a seller, by his id.
    #[graphql(guard = "Open")]
    async fn seller(&self, ctx: &Context<'_>, #[graphql(desc = "The user's id.")] id: ID) -> Result<Option<Seller>> {
        let user: UserId = id::decode(&id)?;
        let face = face::read(ctx.env().db(), user).await?;
        Ok(Some(Seller(face.ok_or(Failure::Field(FieldCode::NotFound))?)))
    }
}
