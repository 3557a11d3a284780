//! Images whose files lie sealed, each under a key of its own: destroying the key destroys the picture, in every copy of the files.

use entity::{
    image, image_key,
    kinds::ImagePurpose,
    value::{ImageId, Time},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::Part;
use crate::kernel::{Env, Fault, Tx, port::Sealed, rewrap::SealedColumn};

/// What lies sealed here: the keys. The files under them need nothing when the server's keys change.
pub const SEALED: [SealedColumn; 1] = [SealedColumn {
    table: "image_keys",
    column: "wrapped",
    keys: ["image_id", "image_id"],
    place: |image, _| key_place(ImageId(image)),
}];

/// Whether the files of images of this purpose lie sealed.
#[must_use]
pub const fn is_sealed(purpose: ImagePurpose) -> bool {
    match purpose {
        ImagePurpose::IdentityCard | ImagePurpose::IdentityPerson => true,
        ImagePurpose::Listing | ImagePurpose::Chat | ImagePurpose::Avatar | ImagePurpose::Evidence | ImagePurpose::GameIcon => false,
    }
}

fn key_place(image: ImageId) -> String {
    format!("image_keys:wrapped:{image}")
}

fn file_place(image: &image::Model, part: Part) -> String {
    let part = match part {
        Part::Whole => "file",
        Part::Thumbnail => "thumbnail",
    };
    format!("images:{part}:{}:{}", image.id, image.owner_id)
}

/// A fresh key for an image that lies sealed; none for the others.
pub(super) fn key_for(env: &Env, image: &image::Model) -> Option<Sealed> {
    is_sealed(image.purpose).then(|| env.seal().new_key(&key_place(image.id)))
}

/// A file as it is stored.
pub(super) fn close(env: &Env, image: &image::Model, key: Option<&Sealed>, part: Part, bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let Some(key) = key else { return Ok(bytes) };
    Ok(env.seal().seal_under(&key_place(image.id), key, &file_place(image, part), &bytes)?)
}

/// A stored file as it was. `None`: its key is destroyed.
pub(super) async fn open(env: &Env, image: &image::Model, part: Part, bytes: Vec<u8>) -> Result<Option<Vec<u8>>, Fault> {
    if !is_sealed(image.purpose) {
        return Ok(Some(bytes));
    }
    let Some(row) = image_key::Entity::find_by_id(image.id).one(env.db()).await? else {
        return Ok(None);
    };
    let opened = env
        .seal()
        .open_under(&key_place(image.id), &row.wrapped, &file_place(image, part), &bytes)?;
    Ok(Some(opened))
}

/// Keeps the key of a new image.
pub(super) async fn keep(tx: &Tx, image: ImageId, key: Option<Sealed>) -> Result<(), Fault> {
    let Some(wrapped) = key else { return Ok(()) };
    let row = image_key::ActiveModel {
        image_id: Set(image),
        wrapped: Set(wrapped),
    };
    image_key::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Whether a sealed image can still be opened. One without its key is as good as gone.
pub async fn has_key(tx: &Tx, image: ImageId) -> Result<bool, Fault> {
    Ok(image_key::Entity::find_by_id(image).one(tx.db()).await?.is_some())
}

/// Destroys sealed images: unreadable from the commit on, whoever has a copy of the files; what is left of them is swept.
pub async fn destroy(tx: &Tx, images: &[ImageId]) -> Result<(), Fault> {
    if images.is_empty() {
        return Ok(());
    }
    let keys = image_key::Entity::delete_many().filter(image_key::Column::ImageId.is_in(images.iter().copied()));
    keys.exec(tx.db()).await?;
    // As old as can be, so that the next sweep takes them.
    let update = image::Entity::update_many()
        .col_expr(image::Column::AttachedAt, Expr::value(None::<Time>))
        .col_expr(image::Column::CreatedAt, Expr::value(Time(0)));
    update.filter(image::Column::Id.is_in(images.iter().copied())).exec(tx.db()).await?;
    Ok(())
}
