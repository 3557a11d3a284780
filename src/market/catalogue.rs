//! The games that are traded here, and their servers.

use std::collections::HashMap;

use entity::{
    game, game_server,
    value::{GameId, ServerId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::kernel::{Env, Fault};

pub mod seed;

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

/// Some games by their ids, switched on or not.
pub async fn games_by_id(env: &Env, ids: &[GameId]) -> Result<HashMap<GameId, game::Model>, Fault> {
    let rows = game::Entity::find()
        .filter(game::Column::Id.is_in(ids.iter().copied()))
        .all(env.db())
        .await?;
    Ok(rows.into_iter().map(|game| (game.id, game)).collect())
}

/// Some servers by their ids.
pub async fn servers_by_id(env: &Env, ids: &[ServerId]) -> Result<HashMap<ServerId, game_server::Model>, Fault> {
    let some = game_server::Entity::find().filter(game_server::Column::Id.is_in(ids.iter().copied()));
    Ok(some.all(env.db()).await?.into_iter().map(|server| (server.id, server)).collect())
}

/// The servers of one game, in their order.
pub async fn servers_of(env: &Env, games: &[game::Model]) -> Result<Vec<game_server::Model>, Fault> {
    let servers = game_server::Entity::find()
        .filter(game_server::Column::GameId.is_in(games.iter().map(|game| game.id)))
        .order_by_asc(game_server::Column::Position)
        .order_by_asc(game_server::Column::Id);
    Ok(servers.all(env.db()).await?)
}
