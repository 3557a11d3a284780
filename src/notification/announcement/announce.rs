//! An admin announces something to everybody.

use std::ops::RangeInclusive;

use entity::{
    announcement::{Column, Entity, Model},
    kinds::SubjectKind,
    value::{AnnouncementId, Time},
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::list::{Card, get};
use crate::kernel::{
    Claim, Env, Event, Fault, Tx,
    event::ForMany,
    policy::Admin,
    text::{TextError, clean_line, clean_text},
};

/// Characters of a heading.
pub const TITLE: RangeInclusive<usize> = 2..=60;
/// Characters of what it says.
pub const TEXT: RangeInclusive<usize> = 2..=2_000;
/// How many all admins together may make in 24 hours.
pub const A_DAY: u64 = 50;

/// What to announce, in both languages.
#[derive(Debug, Clone, Serialize)]
pub struct Announce {
    /// The heading in English, 2 to 60 characters.
    pub title_en: String,
    /// What it says in English, 2 to 2,000 characters.
    pub text_en: String,
    /// The heading in Chinese, 2 to 60 characters.
    pub title_zh: String,
    /// What it says in Chinese, 2 to 2,000 characters.
    pub text_zh: String,
    /// The admin's idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Why nothing was announced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnnounceError {
    /// A heading or a text is not taken.
    #[error("{field}: {why}")]
    Words {
        /// Which.
        field: &'static str,
        /// Why.
        why: TextError,
    },
    /// So many were made in the last 24 hours.
    #[error("too many in 24 hours")]
    TooMany {
        /// When there may be another.
        again: Time,
    },
    /// The key was used for something else.
    #[error("the key was used for other input")]
    KeyReused,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Announces something to everybody who is here, the blacklisted included. Asking again with the same key answers the same announcement.
pub async fn announce(env: &Env, admin: Admin, ask: &Announce) -> Result<Card, AnnounceError> {
    let said = check(ask)?;
    let tx = env.begin().await?;
    let id = match tx.claim(admin.id(), "announcementCreate", ask.key, ask).await? {
        Claim::First(id) => AnnouncementId(id),
        Claim::Repeat(id) => return Ok(get(&tx, AnnouncementId(id)).await?),
        Claim::UsedForOther => return Err(AnnounceError::KeyReused),
    };
    within_limit(&tx).await?;
    let row = Model {
        id,
        title_en: said.title_en,
        text_en: said.text_en,
        title_zh: said.title_zh,
        text_zh: said.text_zh,
        created_by: admin.id(),
        created_at: tx.now(),
        retracted_by: None,
        retracted_at: None,
    };
    let detail = json!({ "title_en": row.title_en, "title_zh": row.title_zh });
    Entity::insert(row.into_active_model())
        .exec_without_returning(tx.db())
        .await
        .map_err(Fault::from)?;
    tx.emit(Event::ForMany(ForMany::AnnouncementMade { announcement: id }));
    tx.audit(admin.id().0, "announcement_create", (SubjectKind::Announcement, id.0), &detail)
        .await?;
    let card = get(&tx, id).await?;
    tx.commit().await?;
    tracing::info!(announcement = %id, admin = %admin.id(), "announced");
    Ok(card)
}

fn check(ask: &Announce) -> Result<Announce, AnnounceError> {
    let refused = |field| move |why| AnnounceError::Words { field, why };
    Ok(Announce {
        title_en: clean_line(&ask.title_en, TITLE).map_err(refused("titleEn"))?,
        text_en: clean_text(&ask.text_en, TEXT).map_err(refused("textEn"))?,
        title_zh: clean_line(&ask.title_zh, TITLE).map_err(refused("titleZh"))?,
        text_zh: clean_text(&ask.text_zh, TEXT).map_err(refused("textZh"))?,
        key: ask.key,
    })
}

async fn within_limit(tx: &Tx) -> Result<(), AnnounceError> {
    let day = Entity::find()
        .select_only()
        .column(Column::CreatedAt)
        .filter(Column::CreatedAt.gt(tx.now().plus_hours(-24)))
        .order_by_asc(Column::CreatedAt)
        .limit(A_DAY);
    let day: Vec<Time> = day.into_tuple().all(tx.db()).await.map_err(Fault::from)?;
    match day.first() {
        Some(first) if day.len() as u64 >= A_DAY => Err(AnnounceError::TooMany {
            again: first.plus_hours(24),
        }),
        _ => Ok(()),
    }
}
