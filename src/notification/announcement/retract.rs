//! An admin takes an announcement back.

use entity::{
    announcement::{Column, Entity},
    kinds::SubjectKind,
    value::AnnouncementId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;

use super::list::{Card, read};
use crate::kernel::{Env, Event, Fault, event::ForMany, policy::Admin};

/// Why nothing was taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RetractError {
    /// There is no such announcement.
    #[error("no such announcement")]
    NotFound,
    /// Somebody has taken it back already.
    #[error("taken back already")]
    AlreadyDecided {
        /// Who.
        by: Option<String>,
    },
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes an announcement back, his own or another admin's: nobody sees it any more.
pub async fn retract(env: &Env, admin: Admin, id: AnnouncementId) -> Result<Card, RetractError> {
    let tx = env.begin().await?;
    let update = Entity::update_many()
        .col_expr(Column::RetractedBy, Expr::value(admin.id()))
        .col_expr(Column::RetractedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::RetractedAt.is_null());
    let done = update.exec(tx.db()).await.map_err(Fault::from)?.rows_affected == 1;
    let card = read(tx.db(), id).await?.ok_or(RetractError::NotFound)?;
    if !done {
        let by = card.retracted_by.map(|face| face.name(admin));
        return Err(RetractError::AlreadyDecided { by });
    }
    tx.emit(Event::ForMany(ForMany::AnnouncementRetracted { announcement: id }));
    tx.audit(admin.id().0, "announcement_retract", (SubjectKind::Announcement, id.0), &json!({}))
        .await?;
    tx.commit().await?;
    tracing::info!(announcement = %id, admin = %admin.id(), "an announcement was taken back");
    Ok(card)
}
