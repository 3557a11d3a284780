//! The rows of images, and where their files lie.

use entity::{
    image::{Column, Entity, Model},
    standing,
    value::{ImageId, Time, UserId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use crate::kernel::{Fault, Tx};

/// Where the thumbnail of a file lies.
#[must_use]
pub fn thumb_key(file_key: &str) -> String {
    format!("{file_key}.thumb")
}

/// When `owner` may upload again, if `most` images that he uploaded in the 24 hours before `now` are still there.
pub async fn full_until<C: ConnectionTrait>(db: &C, owner: UserId, now: Time, most: u64) -> Result<Option<Time>, Fault> {
    let counted = Entity::find()
        .filter(Column::OwnerId.eq(owner))
        .filter(Column::CreatedAt.gt(now.plus_hours(-24)))
        .order_by_desc(Column::CreatedAt);
    // The oldest of those that fill the limit makes room first.
    let first_to_go = counted.offset(most - 1).limit(1).one(db).await?;
    Ok(first_to_go.map(|image| image.created_at.plus_hours(24)))
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
