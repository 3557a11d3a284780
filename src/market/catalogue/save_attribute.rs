//! An admin adds something that a game asks, or changes it. What listings say stays what it is.

use std::collections::BTreeSet;

use entity::{
    game_attribute::{ActiveModel, Column, Entity, Model},
    kinds::AttributeKind,
    listing_attribute,
    value::{AttributeId, GameId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

use super::edit::{self, CatalogueError, is_key};
use crate::{
    kernel::{Env, Fault, Tx, policy::Admin, text::clean_line},
    market::{
        attribute::{self, Choice, MOST_CHOICES},
        search,
    },
};

/// What an admin says of an attribute. What is none stays as it is.
#[derive(Debug, Clone, Default)]
pub struct AttributeChange {
    /// Its English name.
    pub en: Option<String>,
    /// Its Chinese name.
    pub zh: Option<String>,
    /// Whether each new listing must say it.
    pub required: Option<bool>,
    /// The unit of a number, in English; may be empty.
    pub unit_en: Option<String>,
    /// The unit of a number, in Chinese; may be empty.
    pub unit_zh: Option<String>,
    /// The least number.
    pub least: Option<i32>,
    /// The most number.
    pub most: Option<i32>,
    /// What can be chosen, all of it.
    pub choices: Option<Vec<Choice>>,
    /// Its place among the game's.
    pub position: Option<i32>,
    /// Asked of no new listing any more.
    pub retired: Option<bool>,
}

/// Adds an attribute to a game. Its key and kind are for good.
pub async fn create_attribute(
    env: &Env,
    admin: Admin,
    (game, key): (GameId, &str),
    kind: AttributeKind,
    change: &AttributeChange,
) -> Result<Model, CatalogueError> {
    if !is_key(key) {
        return Err(CatalogueError::Key);
    }
    let blank = Model {
        id: AttributeId::new(),
        game_id: game,
        key: key.to_owned(),
        name_en: String::new(),
        name_zh: String::new(),
        kind,
        required: false,
        unit_en: String::new(),
        unit_zh: String::new(),
        least: None,
        most: None,
        choices: "[]".to_owned(),
        position: 0,
        retired: false,
    };
    let made = changed(&blank, change)?;
    let tx = env.begin().await?;
    edit::hold(&tx, game).await?;
    if find(&tx, game, key).await?.is_some() {
        return Err(CatalogueError::Key);
    }
    let insert = Entity::insert(made.clone().into_active_model());
    insert.exec_without_returning(tx.db()).await.map_err(Fault::from)?;
    edit::record(&tx, admin, "attribute_create", game, &told(&made)).await?;
    tx.commit().await?;
    Ok(made)
}

/// Changes an attribute. A choice that listings have made cannot go, and a range that they fill only becomes wider.
pub async fn update_attribute(
    env: &Env,
    admin: Admin,
    (game, key): (GameId, &str),
    change: &AttributeChange,
) -> Result<Model, CatalogueError> {
    let tx = env.begin().await?;
    edit::hold(&tx, game).await?;
    let before = find(&tx, game, key).await?.ok_or(CatalogueError::NotFound)?;
    let after = changed(&before, change)?;
    for gone in gone(&before, &after)? {
        if is_said(&tx, before.id, Some(&gone)).await? {
            return Err(CatalogueError::InUse(gone));
        }
    }
    if narrower(&before, &after) && is_said(&tx, before.id, None).await? {
        return Err(CatalogueError::InUse(before.key));
    }
    let row = ActiveModel {
        id: Set(after.id),
        name_en: Set(after.name_en.clone()),
        name_zh: Set(after.name_zh.clone()),
        required: Set(after.required),
        unit_en: Set(after.unit_en.clone()),
        unit_zh: Set(after.unit_zh.clone()),
        least: Set(after.least),
        most: Set(after.most),
        choices: Set(after.choices.clone()),
        position: Set(after.position),
        retired: Set(after.retired),
        ..Default::default()
    };
    row.update(tx.db()).await.map_err(Fault::from)?;
    if before.choices != after.choices {
        search::restart(&tx).await?;
    }
    let detail = json!({ "before": told(&before), "after": told(&after) });
    edit::record(&tx, admin, "attribute_update", game, &detail).await?;
    tx.commit().await?;
    Ok(after)
}

/// What cannot be a key is looked for nowhere: PostgreSQL takes no text with a NUL in it.
async fn find(tx: &Tx, game: GameId, key: &str) -> Result<Option<Model>, Fault> {
    if !is_key(key) {
        return Ok(None);
    }
    let one = Entity::find().filter(Column::GameId.eq(game)).filter(Column::Key.eq(key));
    Ok(one.one(tx.db()).await?)
}

/// Whether a listing says something of the attribute, or has made this choice.
async fn is_said(tx: &Tx, id: AttributeId, choice: Option<&str>) -> Result<bool, Fault> {
    let mut said = listing_attribute::Entity::find().filter(listing_attribute::Column::AttributeId.eq(id));
    if let Some(choice) = choice {
        said = said.filter(listing_attribute::Column::Choice.eq(choice));
    }
    Ok(said.one(tx.db()).await?.is_some())
}

/// The keys of choices that would not be there any more.
fn gone(before: &Model, after: &Model) -> Result<Vec<String>, Fault> {
    let kept: BTreeSet<String> = attribute::choices(after)?.into_iter().map(|choice| choice.key).collect();
    let before = attribute::choices(before)?.into_iter().map(|choice| choice.key);
    Ok(before.filter(|key| !kept.contains(key)).collect())
}

fn narrower(before: &Model, after: &Model) -> bool {
    after.least > before.least || after.most < before.most
}

fn changed(before: &Model, change: &AttributeChange) -> Result<Model, CatalogueError> {
    let mut after = before.clone();
    if let Some(choices) = &change.choices {
        after.choices = serde_json::to_string(choices).map_err(Fault::internal)?;
    }
    after.name_en = edit::name(change.en.as_ref().unwrap_or(&before.name_en))?;
    after.name_zh = edit::name(change.zh.as_ref().unwrap_or(&before.name_zh))?;
    after.unit_en = unit(change.unit_en.as_ref().unwrap_or(&before.unit_en))?;
    after.unit_zh = unit(change.unit_zh.as_ref().unwrap_or(&before.unit_zh))?;
    after.position = edit::position(change.position.unwrap_or(before.position))?;
    after.required = change.required.unwrap_or(before.required);
    after.retired = change.retired.unwrap_or(before.retired);
    after.least = change.least.or(before.least);
    after.most = change.most.or(before.most);
    fits(&after)?;
    Ok(after)
}

fn unit(raw: &str) -> Result<String, CatalogueError> {
    clean_line(raw, 0..=20).map_err(|_| CatalogueError::Unit)
}

/// Whether an attribute has what its kind asks, and nothing else.
fn fits(attribute: &Model) -> Result<(), CatalogueError> {
    let choices = attribute::choices(attribute)?;
    let keys: BTreeSet<&String> = choices.iter().map(|choice| &choice.key).collect();
    let named = |choice: &Choice| is_key(&choice.key) && edit::name(&choice.en).is_ok() && edit::name(&choice.zh).is_ok();
    let chooses = matches!(attribute.kind, AttributeKind::Choice | AttributeKind::ManyChoice);
    let good = if chooses {
        (2..=MOST_CHOICES).contains(&choices.len()) && keys.len() == choices.len() && choices.iter().all(named)
    } else {
        choices.is_empty()
    };
    if !good {
        return Err(CatalogueError::Choices);
    }
    let counts = attribute.kind == AttributeKind::Number;
    let ranged = match (attribute.least, attribute.most) {
        (Some(least), Some(most)) => counts && least < most,
        (None, None) => !counts,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if !ranged {
        return Err(CatalogueError::Range);
    }
    if !counts && !(attribute.unit_en.is_empty() && attribute.unit_zh.is_empty()) {
        return Err(CatalogueError::Unit);
    }
    Ok(())
}

fn told(attribute: &Model) -> serde_json::Value {
    json!({
        "key": attribute.key, "en": attribute.name_en, "zh": attribute.name_zh, "required": attribute.required,
        "least": attribute.least, "most": attribute.most, "choices": attribute.choices, "retired": attribute.retired,
    })
}
