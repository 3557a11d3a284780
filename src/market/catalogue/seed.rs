//! Games to begin with.

use entity::{
    game, game_server,
    value::{GameId, ServerId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde::Deserialize;

use crate::{
    kernel::{Env, Fault, Tx, policy::System},
    market::checklist::ChecklistStep,
};

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
}

const fn five_percent() -> i32 {
    500
}

/// Adds a game and its servers, unless its slug is there; answers its id.
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
    };
    // The plain form minds the id alone, which is new each time.
    let there = OnConflict::column(game::Column::Slug).do_nothing().to_owned();
    if game::Entity::insert(row).on_conflict(there).exec_without_returning(tx.db()).await? == 1 {
        insert_servers(tx, id, seed).await?;
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
