//! An admin adds a game, or changes one.

use std::collections::BTreeSet;

use entity::{
    game::{ActiveModel, Column, Entity, Model},
    listing,
    value::{GameId, ImageId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use serde_json::json;

use super::edit::{self, CatalogueError};
use crate::{
    kernel::{Env, Fault, Tx, policy::Admin},
    market::{
        checklist::{self, ChecklistStep},
        search,
    },
};

/// What an admin says of a game. What is none stays as it is.
#[derive(Debug, Clone, Default)]
pub struct GameChange {
    /// Its English name.
    pub en: Option<String>,
    /// Its Chinese name.
    pub zh: Option<String>,
    /// Other names that people know it by.
    pub aliases: Option<Vec<String>>,
    /// The fee on a sale, in 1/10,000 of the price, for orders from now on.
    pub fee_basis_points: Option<i32>,
    /// Its place in the list.
    pub position: Option<i32>,
    /// Whether it takes new listings and is shown.
    pub enabled: Option<bool>,
    /// What a new owner has to bind anew.
    pub checklist: Option<Vec<ChecklistStep>>,
    /// Its icon, or that it has none.
    pub icon: Option<Option<ImageId>>,
}

/// Adds a game that is switched off until it has what it needs.
pub async fn create_game(env: &Env, admin: Admin, slug: &str, change: &GameChange) -> Result<Model, CatalogueError> {
    let blank = Model {
        id: GameId::new(),
        slug: edit::slug(slug)?,
        name_en: String::new(),
        name_zh: String::new(),
        fee_basis_points: 500,
        enabled: false,
        position: 0,
        checklist: "[]".to_owned(),
        aliases: "[]".to_owned(),
        icon_id: None,
    };
    let game = changed(&blank, change)?;
    edit::name(&game.name_en)?;
    edit::name(&game.name_zh)?;
    let tx = env.begin().await?;
    edit::swap_icon(&tx, admin, None, game.icon_id).await?;
    let there = OnConflict::column(Column::Slug).do_nothing().to_owned();
    let insert = Entity::insert(game.clone().into_active_model()).on_conflict(there);
    if insert.exec_without_returning(tx.db()).await.map_err(Fault::from)? == 0 {
        return Err(CatalogueError::Slug);
    }
    edit::record(&tx, admin, "game_create", game.id, &json!({ "slug": game.slug })).await?;
    tx.commit().await?;
    Ok(game)
}

/// Changes a game. A step of the checklist that listings name cannot go.
pub async fn update_game(env: &Env, admin: Admin, id: GameId, change: &GameChange) -> Result<Model, CatalogueError> {
    let tx = env.begin().await?;
    let before = edit::hold(&tx, id).await?;
    let after = changed(&before, change)?;
    if after == before {
        return Ok(before);
    }
    let (old, new) = (checklist::parse(&before.checklist)?, checklist::parse(&after.checklist)?);
    let kept: BTreeSet<&String> = new.iter().map(|step| &step.key).collect();
    for gone in old.iter().filter(|step| !kept.contains(&step.key)) {
        if is_bound(&tx, id, &gone.key).await? {
            return Err(CatalogueError::InUse(gone.key.clone()));
        }
    }
    edit::swap_icon(&tx, admin, before.icon_id, after.icon_id).await?;
    write(&tx, &after).await?;
    if (&before.name_en, &before.name_zh, &before.aliases) != (&after.name_en, &after.name_zh, &after.aliases) {
        search::restart(&tx).await?;
    }
    let detail = json!({ "before": told(&before), "after": told(&after) });
    edit::record(&tx, admin, "game_update", id, &detail).await?;
    tx.commit().await?;
    Ok(after)
}

fn changed(before: &Model, change: &GameChange) -> Result<Model, CatalogueError> {
    let mut after = before.clone();
    if let Some(en) = &change.en {
        after.name_en = edit::name(en)?;
    }
    if let Some(zh) = &change.zh {
        after.name_zh = edit::name(zh)?;
    }
    if let Some(aliases) = &change.aliases {
        after.aliases = serde_json::to_string(&edit::aliases(aliases)?).map_err(Fault::internal)?;
    }
    if let Some(fee) = change.fee_basis_points {
        after.fee_basis_points = edit::fee(fee)?;
    }
    if let Some(position) = change.position {
        after.position = edit::position(position)?;
    }
    if let Some(enabled) = change.enabled {
        after.enabled = enabled;
    }
    if let Some(steps) = &change.checklist {
        after.checklist = serde_json::to_string(&edit::checklist(steps)?).map_err(Fault::internal)?;
    }
    if let Some(icon) = change.icon {
        after.icon_id = icon;
    }
    Ok(after)
}

/// Whether a listing of the game names this step as bound. Keys have no letters that a pattern would take for its own but `_`, which only finds more.
async fn is_bound(tx: &Tx, game: GameId, key: &str) -> Result<bool, Fault> {
    let named = listing::Entity::find()
        .filter(listing::Column::GameId.eq(game))
        .filter(listing::Column::Bindings.like(format!("%\"{key}\"%")));
    Ok(named.one(tx.db()).await?.is_some())
}

async fn write(tx: &Tx, game: &Model) -> Result<(), Fault> {
    let Model {
        id,
        name_en,
        name_zh,
        fee_basis_points,
        enabled,
        position,
        checklist,
        aliases,
        icon_id,
        ..
    } = game.clone();
    let row = ActiveModel {
        id: Set(id),
        name_en: Set(name_en),
        name_zh: Set(name_zh),
        fee_basis_points: Set(fee_basis_points),
        enabled: Set(enabled),
        position: Set(position),
        checklist: Set(checklist),
        aliases: Set(aliases),
        icon_id: Set(icon_id),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(())
}

fn told(game: &Model) -> serde_json::Value {
    json!({
        "en": game.name_en, "zh": game.name_zh, "aliases": game.aliases, "fee": game.fee_basis_points, "enabled": game.enabled,
        "position": game.position, "checklist": game.checklist, "icon": game.icon_id,
    })
}
