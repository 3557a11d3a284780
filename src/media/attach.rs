//! Gives uploaded images to the thing they were uploaded for.

use std::collections::BTreeSet;

use entity::{
    image::{Column, Entity},
    kinds::ImagePurpose,
    value::{ImageId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use crate::kernel::{Fault, Tx};

/// Why images were not taken. Nothing of the transaction may be kept then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    /// The owner has no such image.
    #[error("there is no such image")]
    NotFound,
    /// One is named twice, was uploaded for something else, or is in use.
    #[error("an image cannot be used")]
    NotUsable,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes `owner`'s images, all of them or none.
pub async fn attach(tx: &Tx, owner: UserId, ids: &[ImageId], purpose: ImagePurpose) -> Result<(), AttachError> {
    let different: BTreeSet<ImageId> = ids.iter().copied().collect();
    if different.len() != ids.len() {
        return Err(AttachError::NotUsable);
    }
    let update = Entity::update_many()
        .col_expr(Column::AttachedAt, Expr::value(tx.now()))
        .filter(Column::Id.is_in(different))
        .filter(Column::OwnerId.eq(owner))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::AttachedAt.is_null());
    let taken = update.exec(tx.db()).await.map_err(Fault::from)?.rows_affected;
    if usize::try_from(taken) == Ok(ids.len()) {
        return Ok(());
    }
    let his = Entity::find()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::OwnerId.eq(owner));
    let his = his.count(tx.db()).await.map_err(Fault::from)?;
    if usize::try_from(his) == Ok(ids.len()) {
        Err(AttachError::NotUsable)
    } else {
        Err(AttachError::NotFound)
    }
}

/// Gives up an image that something had taken: it is swept like one that nothing took.
pub async fn detach(tx: &Tx, id: ImageId) -> Result<(), Fault> {
    let update = Entity::update_many().col_expr(Column::AttachedAt, Expr::value(None::<entity::value::Time>));
    update.filter(Column::Id.eq(id)).exec(tx.db()).await?;
    Ok(())
}
