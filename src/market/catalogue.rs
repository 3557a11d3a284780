//! The games that are traded here, and their servers.

use std::collections::HashMap;

use entity::{
    game, game_server,
    value::{GameId, ServerId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};

use crate::kernel::{Env, Fault, Tx, policy::System};

/// A game with its servers in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GameWithServers {
    /// The game.
    pub game: game::Model,
    /// Its servers.
    pub servers: Vec<game_server::Model>,
}

/// The games that are switched on, in their order.
pub async fn games(env: &Env) -> Result<Vec<GameWithServers>, Fault> {
    let games = game::Entity::find()
        .filter(game::Column::Enabled.eq(true))
        .order_by_asc(game::Column::Position)
        .order_by_asc(game::Column::Slug)
        .all(env.db())
        .await?;
    let mut servers = HashMap::<GameId, Vec<game_server::Model>>::new();
    for server in servers_of(env, &games).await? {
        servers.entry(server.game_id).or_default().push(server);
    }
    let with_servers = |game: game::Model| GameWithServers {
        servers: servers.remove(&game.id).unwrap_or_default(),
        game,
    };
    Ok(games.into_iter().map(with_servers).collect())
}

/// The servers of one game, in their order.
pub async fn servers_of(env: &Env, games: &[game::Model]) -> Result<Vec<game_server::Model>, Fault> {
    let servers = game_server::Entity::find()
        .filter(game_server::Column::GameId.is_in(games.iter().map(|game| game.id)))
        .order_by_asc(game_server::Column::Position)
        .order_by_asc(game_server::Column::Id);
    Ok(servers.all(env.db()).await?)
}

/// A game to begin with.
#[derive(Debug, Clone, Copy)]
pub struct GameSeed {
    /// Its name in addresses, for good.
    pub slug: &'static str,
    /// Its English name.
    pub name_en: &'static str,
    /// Its Chinese name.
    pub name_zh: &'static str,
    /// The fee on a sale, in 1/10,000 of the price.
    pub fee_basis_points: i32,
    /// Its place in the list.
    pub position: i32,
    /// Its servers: English and Chinese name.
    pub servers: &'static [(&'static str, &'static str)],
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
        slug: Set(seed.slug.to_owned()),
        name_en: Set(seed.name_en.to_owned()),
        name_zh: Set(seed.name_zh.to_owned()),
        fee_basis_points: Set(seed.fee_basis_points),
        enabled: Set(true),
        position: Set(seed.position),
    };
    // The plain form minds the id alone, which is new each time.
    let there = OnConflict::column(game::Column::Slug).do_nothing().to_owned();
    if game::Entity::insert(row).on_conflict(there).exec_without_returning(tx.db()).await? == 1 {
        insert_servers(tx, id, seed).await?;
        return Ok(id);
    }
    let found = game::Entity::find().filter(game::Column::Slug.eq(seed.slug)).one(tx.db()).await?;
    Ok(found.ok_or_else(|| Fault::internal("a game that is there has no row"))?.id)
}

async fn insert_servers(tx: &Tx, game: GameId, seed: &GameSeed) -> Result<(), Fault> {
    let rows = (0..)
        .zip(seed.servers)
        .map(|(position, (name_en, name_zh))| game_server::ActiveModel {
            id: Set(ServerId::new()),
            game_id: Set(game),
            name_en: Set((*name_en).to_owned()),
            name_zh: Set((*name_zh).to_owned()),
            position: Set(position),
        });
    game_server::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}
