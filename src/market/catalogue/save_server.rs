//! An admin adds a server to a game, or changes one.

use entity::{
    game_server::{ActiveModel, Entity, Model},
    value::{GameId, ServerId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde_json::json;

use super::edit::{self, CatalogueError};
use crate::{
    kernel::{Env, Fault, policy::Admin},
    market::search,
};

/// What an admin says of a server. What is none stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ServerChange {
    /// Its English name.
    pub en: Option<String>,
    /// Its Chinese name.
    pub zh: Option<String>,
    /// Its place in the list.
    pub position: Option<i32>,
}

/// Adds a server to a game.
pub async fn create_server(env: &Env, admin: Admin, game: GameId, change: &ServerChange) -> Result<Model, CatalogueError> {
    let blank = Model {
        id: ServerId::new(),
        game_id: game,
        name_en: String::new(),
        name_zh: String::new(),
        position: 0,
    };
    let server = changed(&blank, change)?;
    edit::name(&server.name_en)?;
    edit::name(&server.name_zh)?;
    let tx = env.begin().await?;
    edit::hold(&tx, game).await?;
    let insert = Entity::insert(server.clone().into_active_model());
    insert.exec_without_returning(tx.db()).await.map_err(Fault::from)?;
    edit::record(&tx, admin, "server_create", game, &told(&server)).await?;
    tx.commit().await?;
    Ok(server)
}

/// Changes a server.
pub async fn update_server(env: &Env, admin: Admin, id: ServerId, change: &ServerChange) -> Result<Model, CatalogueError> {
    let tx = env.begin().await?;
    let found = Entity::find_by_id(id).one(tx.db()).await.map_err(Fault::from)?;
    let game = found.ok_or(CatalogueError::NotFound)?.game_id;
    edit::hold(&tx, game).await?;
    // Read again: only now it is held with its game.
    let before = Entity::find_by_id(id).one(tx.db()).await.map_err(Fault::from)?;
    let before = before.ok_or(CatalogueError::NotFound)?;
    let after = changed(&before, change)?;
    let row = ActiveModel {
        id: Set(id),
        name_en: Set(after.name_en.clone()),
        name_zh: Set(after.name_zh.clone()),
        position: Set(after.position),
        ..Default::default()
    };
    row.update(tx.db()).await.map_err(Fault::from)?;
    if (&before.name_en, &before.name_zh) != (&after.name_en, &after.name_zh) {
        search::restart(&tx).await?;
    }
    let detail = json!({ "before": told(&before), "after": told(&after) });
    edit::record(&tx, admin, "server_update", game, &detail).await?;
    tx.commit().await?;
    Ok(after)
}

fn changed(before: &Model, change: &ServerChange) -> Result<Model, CatalogueError> {
    let mut after = before.clone();
    if let Some(en) = &change.en {
        after.name_en = edit::name(en)?;
    }
    if let Some(zh) = &change.zh {
        after.name_zh = edit::name(zh)?;
    }
    if let Some(position) = change.position {
        after.position = edit::position(position)?;
    }
    Ok(after)
}

fn told(server: &Model) -> serde_json::Value {
    json!({ "server": server.id, "en": server.name_en, "zh": server.name_zh, "position": server.position })
}
