//! What a party of an order says and shows to prove something: hashed when it is brought, and never changed.

use std::collections::HashMap;

use entity::{
    evidence::{self, ActiveModel, Column, Entity},
    evidence_image, image,
    kinds::ImagePurpose,
    value::{EvidenceId, ImageId, OrderId, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};

use crate::{
    kernel::{
        Env, Fault, Tx,
        policy::Trader,
        sql,
        text::{self, TextError},
    },
    media::{self, AttachError},
};

/// How many images a piece of evidence has at most.
pub const IMAGES: usize = 20;
/// How long its text is.
pub const TEXT: std::ops::RangeInclusive<usize> = 2..=2_000;

/// Why a piece of evidence was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// The text is too long, empty, or has forbidden characters.
    #[error("text: {0}")]
    Text(TextError),
    /// There are too many images.
    #[error("too many images")]
    ImageCount,
    /// There is no such image.
    #[error("no such image")]
    NoSuchImage,
    /// An image is named twice, not his, for something else, or in use.
    #[error("an image cannot be used")]
    ImageNotUsable,
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<AttachError> for EvidenceError {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::NotFound => Self::NoSuchImage,
            AttachError::NotUsable => Self::ImageNotUsable,
            AttachError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// A piece of evidence that is to be brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    text: String,
    images: Vec<ImageId>,
}

impl Evidence {
    /// The text cleaned, if nothing is wrong with it by itself.
    pub fn checked(raw: &str, images: Vec<ImageId>) -> Result<Self, EvidenceError> {
        let text = text::clean_text(raw, TEXT).map_err(EvidenceError::Text)?;
        if images.len() > IMAGES {
            return Err(EvidenceError::ImageCount);
        }
        Ok(Self { text, images })
    }
}

/// Adds a piece of evidence to an order, with the author's own unused images. Whoever calls has seen that the author is a party of it, and that
/// something is in dispute.
pub async fn add(tx: &Tx, author: UserId, order: OrderId, evidence: &Evidence) -> Result<EvidenceId, EvidenceError> {
    if !evidence.images.is_empty() {
        media::attach(tx, author, &evidence.images, ImagePurpose::Evidence).await?;
    }
    let id = EvidenceId::new();
    let row = ActiveModel {
        id: Set(id),
        order_id: Set(order),
        author_id: Set(author),
        body: Set(evidence.text.clone()),
        digest: Set(media::digest(tx, &evidence.text, &evidence.images).await?),
        created_at: Set(tx.now()),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await.map_err(Fault::from)?;
    let rows: Vec<evidence_image::ActiveModel> = (0..)
        .zip(&evidence.images)
        .map(|(position, image)| evidence_image::ActiveModel {
            evidence_id: Set(id),
            position: Set(position),
            image_id: Set(*image),
        })
        .collect();
    if !rows.is_empty() {
        let insert = evidence_image::Entity::insert_many(rows).exec_without_returning(tx.db());
        insert.await.map_err(Fault::from)?;
    }
    Ok(id)
}

/// A piece of evidence with its images in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What was brought.
    pub evidence: evidence::Model,
    /// Its images.
    pub images: Vec<image::Model>,
}

/// The evidence of some orders, oldest first.
pub async fn of(env: &Env, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<Piece>>, Fault> {
    let rows = Entity::find()
        .filter(Column::OrderId.is_in(orders.iter().copied()))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(env.db())
        .await?;
    let mut images = images_of(env, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let mut pieces = HashMap::<OrderId, Vec<Piece>>::new();
    for evidence in rows {
        let images = images.remove(&evidence.id).unwrap_or_default();
        pieces.entry(evidence.order_id).or_default().push(Piece { evidence, images });
    }
    Ok(pieces)
}

async fn images_of(env: &Env, pieces: &[EvidenceId]) -> Result<HashMap<EvidenceId, Vec<image::Model>>, Fault> {
    let rows = evidence_image::Entity::find()
        .filter(evidence_image::Column::EvidenceId.is_in(pieces.iter().copied()))
        .order_by_asc(evidence_image::Column::Position)
        .all(env.db())
        .await?;
    let found = media::find(env, rows.iter().map(|row| row.image_id)).await?;
    let mut images = HashMap::<EvidenceId, Vec<image::Model>>::new();
    for row in rows {
        images.entry(row.evidence_id).or_default().extend(found.get(&row.image_id).cloned());
    }
    Ok(images)
}

/// An image of evidence by its key, if `viewer` may see it: its uploader until he brings it, then the parties of the order.
pub async fn image(env: &Env, viewer: Trader, file_key: &str) -> Result<Option<image::Model>, Fault> {
    let select = format!(
        "SELECT {} FROM images i WHERE i.file_key = $1 AND i.purpose = '{}' AND ((i.attached_at IS NULL AND i.owner_id = $2) OR EXISTS (\
         SELECT 1 FROM evidence_images ei JOIN evidence e ON e.id = ei.evidence_id JOIN orders o ON o.id = e.order_id \
         WHERE ei.image_id = i.id AND (o.buyer_id = $2 OR o.seller_id = $2)))",
        sql::columns::<image::Column>("i"),
        ImagePurpose::Evidence.as_str()
    );
    let row = sql::one(env.db(), &select, vec![file_key.into(), viewer.id().into()]).await?;
    Ok(row.map(|row| image::Model::from_query_result(&row, "i_")).transpose()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_says_something_and_shows_twenty_images_at_most() {
        let images = |count| (0..count).map(|_| ImageId::new()).collect::<Vec<_>>();
        assert!(Evidence::checked("The skins are gone.", images(20)).is_ok());
        assert!(matches!(
            Evidence::checked("The skins are gone.", images(21)),
            Err(EvidenceError::ImageCount)
        ));
        assert!(matches!(Evidence::checked(" ", images(1)), Err(EvidenceError::Text(_))));
    }
}
