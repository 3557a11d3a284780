//! What games ask of their listings: rank, level, skins. Each is typed, so that it can be compared.

use std::collections::HashMap;

use entity::{
    game_attribute::{Column, Entity, Model},
    kinds::AttributeKind,
    listing_attribute,
    value::{AttributeId, GameId, ListingId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use crate::kernel::{Env, Fault, Tx};

pub mod check;

pub use check::{AttributeError, Given, Value};

/// How many choices an attribute may have.
pub const MOST_CHOICES: usize = 60;

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name for programs, unique within the attribute.
    pub key: String,
    /// Its English name.
    pub en: String,
    /// Its Chinese name.
    pub zh: String,
}

/// An attribute with a listing's value, able to stand alone: an order keeps it like this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The attribute's name for programs.
    pub key: String,
    /// Its English name.
    pub en: String,
    /// Its Chinese name.
    pub zh: String,
    /// What it is.
    pub kind: AttributeKind,
    /// The unit of a number, in English.
    pub unit_en: String,
    /// The unit of a number, in Chinese.
    pub unit_zh: String,
    /// What was chosen.
    pub choices: Vec<Choice>,
    /// The number.
    pub number: Option<i32>,
    /// Yes or no.
    pub yes: Option<bool>,
    /// The words.
    pub text: Option<String>,
}

/// What can be chosen for an attribute.
pub fn choices(attribute: &Model) -> Result<Vec<Choice>, Fault> {
    serde_json::from_str(&attribute.choices).map_err(|error| Fault::internal(format!("choices: {error}")))
}

/// What some games ask, in their order.
pub async fn of_games<C: ConnectionTrait>(db: &C, games: &[GameId]) -> Result<HashMap<GameId, Vec<Model>>, Fault> {
    let rows = Entity::find()
        .filter(Column::GameId.is_in(games.iter().copied()))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Key)
        .all(db)
        .await?;
    let mut attributes = HashMap::<GameId, Vec<Model>>::new();
    for row in rows {
        attributes.entry(row.game_id).or_default().push(row);
    }
    Ok(attributes)
}

/// What a game asks of a new listing, in its order.
pub async fn asked_of_game<C: ConnectionTrait>(db: &C, game: GameId) -> Result<Vec<Model>, Fault> {
    let mut asked = of_games(db, &[game]).await?.remove(&game).unwrap_or_default();
    asked.retain(|attribute| !attribute.retired);
    Ok(asked)
}

/// What some listings say, in the order of their games' attributes. Two statements.
pub async fn of_listings(env: &Env, listings: &[ListingId]) -> Result<HashMap<ListingId, Vec<Shown>>, Fault> {
    shown(env.db(), listings).await
}

/// What one listing says, within a transaction.
pub async fn of_listing(tx: &Tx, listing: ListingId) -> Result<Vec<Shown>, Fault> {
    Ok(shown(tx.db(), &[listing]).await?.remove(&listing).unwrap_or_default())
}

async fn shown<C: ConnectionTrait>(db: &C, listings: &[ListingId]) -> Result<HashMap<ListingId, Vec<Shown>>, Fault> {
    let rows = listing_attribute::Entity::find()
        .filter(listing_attribute::Column::ListingId.is_in(listings.iter().copied()))
        .order_by_asc(listing_attribute::Column::Position)
        .all(db)
        .await?;
    let ids: Vec<AttributeId> = rows.iter().map(|row| row.attribute_id).collect();
    let mut attributes = Entity::find()
        .filter(Column::Id.is_in(ids))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Key)
        .all(db)
        .await?;
    attributes.sort_by(|one, other| (one.position, &one.key).cmp(&(other.position, &other.key)));
    let mut by_both = HashMap::<(ListingId, AttributeId), Vec<listing_attribute::Model>>::new();
    for row in rows {
        by_both.entry((row.listing_id, row.attribute_id)).or_default().push(row);
    }
    let mut all = HashMap::<ListingId, Vec<Shown>>::new();
    for attribute in &attributes {
        for listing in listings {
            if let Some(rows) = by_both.get(&(*listing, attribute.id)) {
                all.entry(*listing).or_default().push(one(attribute, rows)?);
            }
        }
    }
    Ok(all)
}

fn one(attribute: &Model, rows: &[listing_attribute::Model]) -> Result<Shown, Fault> {
    let mut chosen = choices(attribute)?;
    chosen.retain(|choice| rows.iter().any(|row| row.choice.as_ref() == Some(&choice.key)));
    let first = rows.first();
    Ok(Shown {
        key: attribute.key.clone(),
        en: attribute.name_en.clone(),
        zh: attribute.name_zh.clone(),
        kind: attribute.kind,
        unit_en: attribute.unit_en.clone(),
        unit_zh: attribute.unit_zh.clone(),
        choices: chosen,
        number: first.and_then(|row| row.number),
        yes: first.and_then(|row| row.flag),
        text: first.and_then(|row| row.words.clone()),
    })
}

/// Writes what a new listing says.
pub(super) async fn write(tx: &Tx, listing: ListingId, values: Vec<(AttributeId, Value)>) -> Result<(), Fault> {
    let rows: Vec<_> = values
        .into_iter()
        .flat_map(|(attribute, value)| rows(listing, attribute, value))
        .collect();
    if !rows.is_empty() {
        listing_attribute::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Writes what a listing says from now on.
pub(super) async fn rewrite(tx: &Tx, listing: ListingId, values: Vec<(AttributeId, Value)>) -> Result<(), Fault> {
    let before = listing_attribute::Entity::delete_many().filter(listing_attribute::Column::ListingId.eq(listing));
    before.exec(tx.db()).await?;
    write(tx, listing, values).await
}

fn rows(listing: ListingId, attribute: AttributeId, value: Value) -> Vec<listing_attribute::ActiveModel> {
    let row = |position| listing_attribute::ActiveModel {
        listing_id: Set(listing),
        attribute_id: Set(attribute),
        position: Set(position),
        choice: Set(None),
        number: Set(None),
        flag: Set(None),
        words: Set(None),
    };
    let first = row(0);
    match value {
        Value::Choices(keys) => (0..)
            .zip(keys)
            .map(|(position, key)| listing_attribute::ActiveModel {
                choice: Set(Some(key)),
                ..row(position)
            })
            .collect(),
        Value::Number(number) => vec![listing_attribute::ActiveModel {
            number: Set(Some(number)),
            ..first
        }],
        Value::YesNo(yes) => vec![listing_attribute::ActiveModel {
            flag: Set(Some(yes)),
            ..first
        }],
        Value::Text(text) => vec![listing_attribute::ActiveModel {
            words: Set(Some(text)),
            ..first
        }],
    }
}
