//! The images of messages, and who may see them.

use std::collections::HashMap;

use entity::{
    image,
    kinds::ImagePurpose,
    message_image,
    value::{ImageId, MessageId},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryResult};

use crate::{
    kernel::{Env, Fault, Tx, policy::Trader, sql},
    media::{self, AttachError},
};

/// Takes the sender's images for a message of his, in their order.
pub(super) async fn attach(tx: &Tx, sender: Trader, message: MessageId, images: &[ImageId]) -> Result<(), AttachError> {
    if images.is_empty() {
        return Ok(());
    }
    media::attach(tx, sender.id(), images, ImagePurpose::Chat).await?;
    let rows = (0..).zip(images).map(|(position, image)| message_image::ActiveModel {
        message_id: Set(message),
        position: Set(position),
        image_id: Set(*image),
    });
    let insert = message_image::Entity::insert_many(rows).exec_without_returning(tx.db());
    insert.await.map_err(Fault::from)?;
    Ok(())
}

struct Row {
    message: MessageId,
    image: image::Model,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            message: row.try_get("", "message_id")?,
            image: image::Model::from_query_result(row, "i_")?,
        })
    }
}

/// The images of some messages, in their order, in one statement.
pub(super) async fn of<C: ConnectionTrait>(db: &C, messages: &[MessageId]) -> Result<HashMap<MessageId, Vec<image::Model>>, Fault> {
    let mut images = HashMap::<MessageId, Vec<image::Model>>::new();
    if messages.is_empty() {
        return Ok(images);
    }
    let select = format!(
        "SELECT mi.message_id, {} FROM message_images mi JOIN images i ON i.id = mi.image_id WHERE mi.message_id IN ({}) ORDER BY mi.position",
        sql::columns::<image::Column>("i"),
        sql::places(1, messages.len())
    );
    let rows: Vec<Row> = sql::all(db, &select, messages.iter().map(|id| (*id).into()).collect()).await?;
    for Row { message, image } in rows {
        images.entry(message).or_default().push(image);
    }
    Ok(images)
}

/// A chat image by its key, if `viewer` may see it: its uploader until he sends it, then the members of the conversation unless it was taken back.
pub async fn image(env: &Env, viewer: Trader, file_key: &str) -> Result<Option<image::Model>, Fault> {
    let select = format!(
        "SELECT {} FROM images i WHERE i.file_key = $1 AND i.purpose = '{}' AND ((i.attached_at IS NULL AND i.owner_id = $2) OR EXISTS (\
         SELECT 1 FROM message_images mi JOIN messages m ON m.id = mi.message_id JOIN conversations c ON c.id = m.conversation_id \
         WHERE mi.image_id = i.id AND m.recalled_at IS NULL AND m.removed_at IS NULL AND (c.low_id = $2 OR c.high_id = $2)))",
        sql::columns::<image::Column>("i"),
        ImagePurpose::Chat.as_str()
    );
    let row = sql::one(env.db(), &select, vec![file_key.into(), viewer.id().into()]).await?;
    Ok(row.map(|row| image::Model::from_query_result(&row, "i_")).transpose()?)
}
