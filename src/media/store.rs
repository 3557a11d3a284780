//! The rows of images, and where their files lie.

use entity::{
    image::{Column, Entity, Model},
    standing,
    value::{ImageId, Time, UserId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::kernel::{Fault, Tx};

/// Where the thumbnail of a file lies.
#[must_use]
pub fn thumb_key(file_key: &str) -> String {
    format!("{file_key}.thumb")
}

/// How many images `owner` has uploaded since `since` that are still there.
pub async fn uploaded_since<C: ConnectionTrait>(db: &C, owner: UserId, since: Time) -> Result<u64, Fault> {
    let images = Entity::find().filter(Column::OwnerId.eq(owner)).filter(Column::CreatedAt.gt(since));
    Ok(images.count(db).await?)
}

/// Makes the uploads of one user wait for each other, so that two at once cannot pass the limit.
pub async fn hold_uploader(tx: &Tx, uploader: UserId) -> Result<(), Fault> {
    standing::Entity::find_by_id(uploader).lock_exclusive().one(tx.db()).await?;
    Ok(())
}

/// Writes a new image.
pub async fn insert(tx: &Tx, image: &Model) -> Result<(), Fault> {
    Entity::insert(image.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Reads an image by its key.
pub async fn by_key<C: ConnectionTrait>(db: &C, file_key: &str) -> Result<Option<Model>, Fault> {
    Ok(Entity::find().filter(Column::FileKey.eq(file_key)).one(db).await?)
}

/// Images uploaded before `before` that nothing has taken, oldest first, at most `limit`.
pub async fn unattached<C: ConnectionTrait>(db: &C, before: Time, limit: u64) -> Result<Vec<Model>, Fault> {
    let images = Entity::find()
        .filter(Column::AttachedAt.is_null())
        .filter(Column::CreatedAt.lt(before))
        .order_by_asc(Column::CreatedAt)
        .limit(limit);
    Ok(images.all(db).await?)
}

/// Removes an image that nothing has taken. `false`: something took it meanwhile, or it is gone.
pub async fn remove_unattached(tx: &Tx, image: ImageId) -> Result<bool, Fault> {
    let delete = Entity::delete_many()
        .filter(Column::Id.eq(image))
        .filter(Column::AttachedAt.is_null());
    Ok(delete.exec(tx.db()).await?.rows_affected == 1)
}
