//! What fixes a text and its images for good.

use std::collections::HashMap;

use entity::{
    image::{Column, Entity, Model},
    value::ImageId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};

use crate::kernel::{Fault, Tx};

/// SHA-256 over a text and the hashes of its images as they are stored, in their order.
pub async fn digest(tx: &Tx, text: &str, images: &[ImageId]) -> Result<Vec<u8>, Fault> {
    let rows = Entity::find().filter(Column::Id.is_in(images.iter().copied()));
    let rows: HashMap<ImageId, Model> = rows.all(tx.db()).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut hash = Sha256::new();
    hash.update(Sha256::digest(text));
    for id in images {
        let print = rows.get(id).and_then(|row| row.sha256.as_ref());
        hash.update(print.ok_or_else(|| Fault::internal("evidence without a hash"))?);
    }
    Ok(hash.finalize().to_vec())
}
