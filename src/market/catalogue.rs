//! The games that are traded here, and their servers.

use std::collections::HashMap;

use entity::{
    game, game_server,
    value::{GameId, ServerId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::kernel::{Env, Fault, policy::Admin};

pub mod edit;
pub mod save_attribute;
pub mod save_game;
pub mod save_server;
pub mod seed;

/// All games, switched on or not, in their order.
pub async fn all_games(env: &Env, _right: Admin) -> Result<Vec<game::Model>, Fault> {
    every_game(env).await
}

/// The same for the market's own use: what is on sale of a game that was switched off since stays on sale.
pub(super) async fn every_game(env: &Env) -> Result<Vec<game::Model>, Fault> {
    let games = game::Entity::find()
        .order_by_asc(game::Column::Position)
        .order_by_asc(game::Column::Slug);
    Ok(games.all(env.db()).await?)
}

/// The games that are switched on, in their order.
pub async fn games(env: &Env) -> Result<Vec<game::Model>, Fault> {
    let games = game::Entity::find()
        .filter(game::Column::Enabled.eq(true))
        .order_by_asc(game::Column::Position)
        .order_by_asc(game::Column::Slug);
    Ok(games.all(env.db()).await?)
}

/// Some games by their ids, switched on or not.
pub async fn games_by_id(env: &Env, ids: &[GameId]) -> Result<HashMap<GameId, game::Model>, Fault> {
    let some = game::Entity::find().filter(game::Column::Id.is_in(ids.iter().copied()));
    Ok(some.all(env.db()).await?.into_iter().map(|game| (game.id, game)).collect())
}

/// Some servers by their ids.
pub async fn servers_by_id(env: &Env, ids: &[ServerId]) -> Result<HashMap<ServerId, game_server::Model>, Fault> {
    let some = game_server::Entity::find().filter(game_server::Column::Id.is_in(ids.iter().copied()));
    Ok(some.all(env.db()).await?.into_iter().map(|server| (server.id, server)).collect())
}

/// The servers of some games, in their order.
pub async fn servers_of(env: &Env, games: &[GameId]) -> Result<HashMap<GameId, Vec<game_server::Model>>, Fault> {
    let rows = game_server::Entity::find()
        .filter(game_server::Column::GameId.is_in(games.iter().copied()))
        .order_by_asc(game_server::Column::Position)
        .order_by_asc(game_server::Column::Id)
        .all(env.db())
        .await?;
    let mut servers = HashMap::<GameId, Vec<game_server::Model>>::new();
    for row in rows {
        servers.entry(row.game_id).or_default().push(row);
    }
    Ok(servers)
}
