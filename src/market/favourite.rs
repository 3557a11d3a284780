//! Listings that somebody keeps an eye on.

use std::collections::BTreeSet;

use entity::{
    favourite::{ActiveModel, Column, Entity, Model},
    kinds::ListingState,
    value::{ListingId, Money, Time, UserId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryResult,
    sea_query::{Expr, OnConflict},
};

use super::{
    card::{self, Card},
    find, store,
};
use crate::kernel::{
    Env, Fault, Tx,
    page::{Ask, Keyset, Page},
    policy::{Actor, Trader},
    sql,
};

/// How many favourites somebody may have.
pub const MOST: u64 = 1_000;

/// Why a favourite was not added or taken off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FavouriteError {
    /// There is no such listing for him.
    #[error("no such listing")]
    NotFound,
    /// It is his own.
    #[error("his own listing")]
    Own,
    /// [`MOST`] favourites are there.
    #[error("too many favourites")]
    LimitReached,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Keeps an eye on a listing. Doing it again changes nothing.
pub async fn add(env: &Env, owner: Trader, id: ListingId) -> Result<Card, FavouriteError> {
    let tx = env.begin().await?;
    let card = card::one(tx.db(), id).await?;
    let card = card
        .filter(|card| find::is_public(card.listing.state) || card.listing.seller_id == owner.id())
        .ok_or(FavouriteError::NotFound)?;
    if card.listing.seller_id == owner.id() {
        return Err(FavouriteError::Own);
    }
    // Two at once cannot pass the limit together.
    store::hold_standing(&tx, owner.id()).await?;
    let his = Entity::find().filter(Column::UserId.eq(owner.id()));
    let there = Entity::find_by_id((owner.id(), id)).one(tx.db()).await.map_err(Fault::from)?;
    if there.is_none() && his.count(tx.db()).await.map_err(Fault::from)? >= MOST {
        return Err(FavouriteError::LimitReached);
    }
    insert(&tx, owner.id(), &card).await?;
    tx.commit().await?;
    Ok(card)
}

async fn insert(tx: &Tx, owner: UserId, card: &Card) -> Result<(), Fault> {
    let row = ActiveModel {
        user_id: Set(owner),
        listing_id: Set(card.listing.id),
        price: Set(card.listing.price),
        created_at: Set(tx.now()),
    };
    let once = OnConflict::columns([Column::UserId, Column::ListingId]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Takes a listing off one's favourites. One that he may see and does not have changes nothing.
pub async fn remove(env: &Env, actor: &Actor, owner: Trader, id: ListingId) -> Result<ListingId, FavouriteError> {
    let tx = env.begin().await?;
    let deleted = Entity::delete_by_id((owner.id(), id)).exec(tx.db()).await.map_err(Fault::from)?;
    if deleted.rows_affected == 0 && find::find_visible(env, actor, id).await?.is_none() {
        return Err(FavouriteError::NotFound);
    }
    tx.commit().await?;
    Ok(id)
}

/// A favourite with its listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Favourite {
    /// The listing.
    pub card: Card,
    /// Since when it is one.
    pub since: Time,
}

impl FromQueryResult for Favourite {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            card: Card::from_query_result(row, prefix)?,
            since: row.try_get("", "f_created_at")?,
        })
    }
}

impl Favourite {
    /// Its place among its owner's.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.since,
            id: self.card.listing.id.0,
        }
    }
}

/// One's favourites that everybody may see, the newest first; only those that can be bought if `on_sale`.
pub async fn list(env: &Env, owner: Trader, on_sale: bool, ask: &Ask) -> Result<Page<Favourite>, Fault> {
    let states = if on_sale {
        "('ON_SALE')"
    } else {
        "('ON_SALE', 'RESERVED', 'SOLD')"
    };
    let mut condition = format!("f.user_id = $1 AND l.state IN {states}");
    let mut values = vec![owner.id().into()];
    if let Some(after) = ask.after {
        condition.push_str(" AND (f.created_at, f.listing_id) < ($2, $3)");
        values.extend([after.at.into(), after.id.into()]);
    }
    let statement = format!(
        "{} WHERE {condition} ORDER BY f.created_at DESC, f.listing_id DESC LIMIT {}",
        card::select_with(
            "f.created_at AS f_created_at",
            "favourites f JOIN listings l ON l.id = f.listing_id"
        ),
        ask.limit()
    );
    Ok(ask.cut(sql::all(env.db(), &statement, values).await?))
}

/// How many favourites somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Counts {
    /// All that everybody may see.
    pub total: i64,
    /// Those that can be bought now.
    pub on_sale: i64,
}

/// Counts one's favourites as [`list`] shows them.
pub async fn counts(env: &Env, owner: Trader) -> Result<Counts, Fault> {
    let statement = "SELECT count(*) AS total, count(CASE WHEN l.state = 'ON_SALE' THEN 1 END) AS on_sale \
                     FROM favourites f JOIN listings l ON l.id = f.listing_id \
                     WHERE f.user_id = $1 AND l.state IN ('ON_SALE', 'RESERVED', 'SOLD')";
    let rows: Vec<Counts> = sql::all(env.db(), statement, vec![owner.id().into()]).await?;
    rows.into_iter().next().ok_or_else(|| Fault::internal("a count gave no row"))
}

/// Which of some listings are among his favourites.
pub async fn among(env: &Env, owner: UserId, listings: &[ListingId]) -> Result<BTreeSet<ListingId>, Fault> {
    let his = Entity::find()
        .filter(Column::UserId.eq(owner))
        .filter(Column::ListingId.is_in(listings.iter().copied()));
    Ok(his.all(env.db()).await?.into_iter().map(|row| row.listing_id).collect())
}

/// Whom to tell that a listing on sale costs less than he knows. From now on he knows.
pub async fn cheaper(tx: &Tx, listing: ListingId) -> Result<Vec<UserId>, Fault> {
    let Some(found) = store::get(tx.db(), listing).await? else {
        return Ok(Vec::new());
    };
    if found.state != ListingState::OnSale {
        return Ok(Vec::new());
    }
    let above = Entity::find()
        .filter(Column::ListingId.eq(listing))
        .filter(Column::Price.gt(found.price));
    let above: Vec<Model> = above.all(tx.db()).await?;
    know(tx, listing, found.price).await?;
    Ok(above.into_iter().map(|row| row.user_id).collect())
}

async fn know(tx: &Tx, listing: ListingId, price: Money) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::Price, Expr::value(price))
        .filter(Column::ListingId.eq(listing));
    update.exec(tx.db()).await?;
    Ok(())
}

/// Whose favourite a listing is.
pub async fn owners(tx: &Tx, listing: ListingId) -> Result<Vec<UserId>, Fault> {
    let rows = Entity::find().filter(Column::ListingId.eq(listing)).all(tx.db()).await?;
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}
