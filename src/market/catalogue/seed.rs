//! Games to begin with.

use entity::{
    game, game_attribute, game_server,
    kinds::AttributeKind,
    value::{AttributeId, GameId, ServerId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::OnConflict};
use serde::Deserialize;

use crate::{
    kernel::{Env, Fault, Tx, policy::System},
    market::{attribute::Choice, checklist::ChecklistStep},
};

/// The games that every new market begins with.
const GAMES: &str = include_str!("games.json");

/// A game to begin with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GameSeed {
    /// Its name in addresses, for good.
    pub slug: String,
    /// Its English name.
    pub en: String,
    /// Its Chinese name.
    pub zh: String,
    /// Other names that people know it by.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The fee on a sale, in 1/10,000 of the price.
    #[serde(default = "five_percent")]
    pub fee_basis_points: i32,
    /// Its place in the list.
    #[serde(default)]
    pub position: i32,
    /// Its servers: English and Chinese name.
    pub servers: Vec<(String, String)>,
    /// What a new owner has to bind anew.
    pub checklist: Vec<ChecklistStep>,
    /// What it asks of its listings.
    #[serde(default)]
    pub attributes: Vec<AttributeSeed>,
}

const fn five_percent() -> i32 {
    500
}

/// An attribute to begin with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeSeed {
    /// Its name for programs.
    pub key: String,
    /// Its English name.
    pub en: String,
    /// Its Chinese name.
    pub zh: String,
    /// What it is.
    pub kind: AttributeKind,
    /// Whether each listing must have it.
    pub required: bool,
    /// The unit of a number, in English.
    #[serde(default)]
    pub unit_en: String,
    /// The unit of a number, in Chinese.
    #[serde(default)]
    pub unit_zh: String,
    /// The least number.
    pub least: Option<i32>,
    /// The most number.
    pub most: Option<i32>,
    /// What can be chosen.
    #[serde(default)]
    pub choices: Vec<Choice>,
}

/// Fills an empty catalogue with the games to begin with; one that has any game is left alone. Answers how many were added.
pub async fn seed_catalogue(env: &Env, _right: System) -> Result<usize, Fault> {
    if game::Entity::find().count(env.db()).await? > 0 {
        return Ok(0);
    }
    let seeds = games_to_begin_with()?;
    let tx = env.begin().await?;
    for seed in &seeds {
        insert_game(&tx, seed).await?;
    }
    tx.commit().await?;
    Ok(seeds.len())
}

fn games_to_begin_with() -> Result<Vec<GameSeed>, Fault> {
    serde_json::from_str(GAMES).map_err(|error| Fault::internal(format!("games.json: {error}")))
}

/// Adds a game with all that belongs to it, unless its slug is there; answers its id.
pub async fn seed_game(env: &Env, _right: System, seed: &GameSeed) -> Result<GameId, Fault> {
    let tx = env.begin().await?;
    let id = insert_game(&tx, seed).await?;
    tx.commit().await?;
    Ok(id)
}

async fn insert_game(tx: &Tx, seed: &GameSeed) -> Result<GameId, Fault> {
    let id = GameId::new();
    let row = game::ActiveModel {
        id: Set(id),
        slug: Set(seed.slug.clone()),
        name_en: Set(seed.en.clone()),
        name_zh: Set(seed.zh.clone()),
        fee_basis_points: Set(seed.fee_basis_points),
        enabled: Set(true),
        position: Set(seed.position),
        checklist: Set(serde_json::to_string(&seed.checklist).map_err(Fault::internal)?),
        aliases: Set(serde_json::to_string(&seed.aliases).map_err(Fault::internal)?),
        icon_id: Set(None),
    };
    // The plain form minds the id alone, which is new each time.
    let there = OnConflict::column(game::Column::Slug).do_nothing().to_owned();
    if game::Entity::insert(row).on_conflict(there).exec_without_returning(tx.db()).await? == 1 {
        insert_servers(tx, id, seed).await?;
        insert_attributes(tx, id, seed).await?;
        return Ok(id);
    }
    let found = game::Entity::find().filter(game::Column::Slug.eq(&seed.slug)).one(tx.db()).await?;
    Ok(found.ok_or_else(|| Fault::internal("a game that is there has no row"))?.id)
}

async fn insert_servers(tx: &Tx, game: GameId, seed: &GameSeed) -> Result<(), Fault> {
    let rows = (0..).zip(&seed.servers).map(|(position, (en, zh))| game_server::ActiveModel {
        id: Set(ServerId::new()),
        game_id: Set(game),
        name_en: Set(en.clone()),
        name_zh: Set(zh.clone()),
        position: Set(position),
    });
    game_server::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}

async fn insert_attributes(tx: &Tx, game: GameId, seed: &GameSeed) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for (position, attribute) in (0..).zip(&seed.attributes) {
        rows.push(game_attribute::ActiveModel {
            id: Set(AttributeId::new()),
            game_id: Set(game),
            key: Set(attribute.key.clone()),
            name_en: Set(attribute.en.clone()),
            name_zh: Set(attribute.zh.clone()),
            kind: Set(attribute.kind),
            required: Set(attribute.required),
            unit_en: Set(attribute.unit_en.clone()),
            unit_zh: Set(attribute.unit_zh.clone()),
            least: Set(attribute.least),
            most: Set(attribute.most),
            choices: Set(serde_json::to_string(&attribute.choices).map_err(Fault::internal)?),
            position: Set(position),
            retired: Set(false),
        });
    }
    if !rows.is_empty() {
        game_attribute::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all_different<'a>(keys: impl Iterator<Item = &'a str>) -> bool {
        let mut seen = BTreeSet::new();
        let mut keys = keys;
        keys.all(|key| !key.is_empty() && seen.insert(key))
    }

    #[test]
    fn the_games_to_begin_with_are_whole() {
        let games = games_to_begin_with().unwrap();
        assert!(games.len() >= 12);
        assert!(all_different(games.iter().map(|game| game.slug.as_str())));
        for game in &games {
            let slug = &game.slug;
            assert!(!game.servers.is_empty() && game.checklist.len() >= 4, "{slug}");
            assert!(all_different(game.checklist.iter().map(|step| step.key.as_str())), "{slug}");
            assert!(
                all_different(game.attributes.iter().map(|attribute| attribute.key.as_str())),
                "{slug}"
            );
            for attribute in &game.attributes {
                let chooses = matches!(attribute.kind, AttributeKind::Choice | AttributeKind::ManyChoice);
                assert_eq!(chooses, attribute.choices.len() > 1, "{slug}: {}", attribute.key);
                assert!(all_different(attribute.choices.iter().map(|choice| choice.key.as_str())), "{slug}");
                let ranged = attribute.least.zip(attribute.most).is_some_and(|(least, most)| least < most);
                assert_eq!(attribute.kind == AttributeKind::Number, ranged, "{slug}: {}", attribute.key);
            }
        }
    }
}
