//! Images by their ids, for those who were told the ids by something they may see.

use std::collections::HashMap;

use entity::{
    image::{Column, Entity, Model},
    value::{ImageId, UserId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::kernel::{Env, Fault};

/// Whether an image is `owner`'s.
pub async fn is_own<C: ConnectionTrait>(db: &C, id: ImageId, owner: UserId) -> Result<bool, Fault> {
    let image = Entity::find_by_id(id).one(db).await?;
    Ok(image.is_some_and(|image| image.owner_id == owner))
}

/// The images of these ids. Those that do not exist are missing.
pub async fn find(env: &Env, ids: impl IntoIterator<Item = ImageId>) -> Result<HashMap<ImageId, Model>, Fault> {
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(env.db()).await?;
    Ok(rows.into_iter().map(|image| (image.id, image)).collect())
}
