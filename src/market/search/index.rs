//! Which listings have which words.

use std::collections::BTreeSet;

use entity::{kinds::ListingState, listing, listing_term, meta, value::ListingId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict};
use uuid::Uuid;

use super::cut::words_of_text;
use crate::{
    kernel::{Env, Fault, Tx, policy::System, sql},
    market::{
        attribute,
        card::{self, Card},
        store,
    },
};

/// How words are cut and what is cut. Raised with any change of either: then the worker writes all words anew.
const VERSION: u32 = 1;
/// Where the worker stands, in the house's own notes.
const NOTE: &str = "search_words";
/// How many listings one transaction of the worker takes.
const BATCH: u64 = 100;

/// Writes the words of a listing that goes on sale.
pub async fn index(tx: &Tx, id: ListingId) -> Result<(), Fault> {
    let card = card::one(tx.db(), id).await?;
    let card = card.ok_or_else(|| Fault::internal("a listing that is held has no row"))?;
    let words = words(tx, &card).await?;
    forget(tx, id).await?;
    let rows = words.into_iter().map(|term| listing_term::ActiveModel {
        term: Set(term),
        listing_id: Set(id),
    });
    let there = OnConflict::columns([listing_term::Column::Term, listing_term::Column::ListingId])
        .do_nothing()
        .to_owned();
    listing_term::Entity::insert_many(rows)
        .on_conflict(there)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Deletes the words of a listing that is not on sale any more.
pub async fn forget(tx: &Tx, id: ListingId) -> Result<(), Fault> {
    let its = listing_term::Entity::delete_many().filter(listing_term::Column::ListingId.eq(id));
    its.exec(tx.db()).await?;
    Ok(())
}

/// Deletes the words of listings that are not on sale any more.
pub async fn forget_all(tx: &Tx, ids: Vec<ListingId>) -> Result<(), Fault> {
    let theirs = listing_term::Entity::delete_many().filter(listing_term::Column::ListingId.is_in(ids));
    theirs.exec(tx.db()).await?;
    Ok(())
}

async fn words(tx: &Tx, card: &Card) -> Result<BTreeSet<String>, Fault> {
    let Card { listing, game, server, .. } = card;
    let aliases: Vec<String> = serde_json::from_str(&game.aliases).map_err(Fault::internal)?;
    let mut texts = vec![
        listing.title.clone(),
        game.name_en.clone(),
        game.name_zh.clone(),
        server.name_en.clone(),
        server.name_zh.clone(),
    ];
    texts.extend(aliases);
    for said in attribute::of_listing(tx, listing.id).await? {
        texts.extend(said.choices.into_iter().flat_map(|choice| [choice.en, choice.zh]));
        texts.extend(said.text);
    }
    Ok(texts.iter().flat_map(|text| words_of_text(text)).collect())
}

/// Writes the words of all listings anew, from the first: the catalogue's names have changed.
pub async fn restart(tx: &Tx) -> Result<(), Fault> {
    note(tx, &at(Uuid::nil())).await
}

/// Writes the words of listings that have none of this version, some at a time; answers of how many. Once all are done it is one small read.
pub async fn catch_up(env: &Env, _right: System) -> Result<u64, Fault> {
    let mut done = 0;
    loop {
        let known = meta::Entity::find_by_id(NOTE.to_owned()).one(env.db()).await?;
        if known.is_some_and(|known| known.value == finished()) {
            return Ok(done);
        }
        match batch(env).await? {
            Some(some) => done += some,
            None => return Ok(done),
        }
    }
}

/// The next batch. None: another worker is at it.
async fn batch(env: &Env) -> Result<Option<u64>, Fault> {
    let tx = env.begin().await?;
    if !sql::take_turn(tx.db(), i64::from(VERSION) + 0x7e_2a_00).await? {
        return Ok(None);
    }
    let known = meta::Entity::find_by_id(NOTE.to_owned()).one(tx.db()).await?;
    let after = known.and_then(|known| place(&known.value)).unwrap_or_default();
    let some = listing::Entity::find()
        .filter(listing::Column::Id.gt(after))
        .filter(listing::Column::State.is_in([ListingState::OnSale, ListingState::Reserved]))
        .order_by_asc(listing::Column::Id)
        .limit(BATCH)
        .all(tx.db())
        .await?;
    for listing in &some {
        // Held, so that what is taken off at the same moment leaves no words behind.
        let held = store::lock(&tx, listing.id).await?;
        if held.is_some_and(|held| matches!(held.state, ListingState::OnSale | ListingState::Reserved)) {
            index(&tx, listing.id).await?;
        }
    }
    let last = some.last().map(|listing| listing.id.0);
    note(&tx, &last.map_or_else(finished, at)).await?;
    tx.commit().await?;
    Ok(Some(some.len() as u64))
}

async fn note(tx: &Tx, value: &str) -> Result<(), Fault> {
    let statement = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2";
    sql::run(tx.db(), statement, vec![NOTE.into(), value.into()]).await?;
    Ok(())
}

fn at(place: Uuid) -> String {
    format!("{VERSION} {place}")
}

fn finished() -> String {
    format!("{VERSION} all")
}

/// Up to where the words of this version are written.
fn place(note: &str) -> Option<Uuid> {
    let (version, place) = note.split_once(' ')?;
    if version.parse() == Ok(VERSION) { place.parse().ok() } else { None }
}
