//! Takes an image in.

use std::io::Read;

use entity::{
    image,
    kinds::ImagePurpose,
    value::{ImageId, Time, UserId},
};
use sha2::{Digest, Sha256};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{
    Part,
    sanitise::{Clean, MAX_BYTES, Refused, sanitise},
    sealed, store,
};
use crate::kernel::{
    Env, Fault,
    policy::{Member, Trader},
    port::Sealed,
};

/// How many images a user may upload in 24 hours.
pub const A_DAY: u64 = 300;
/// How many images are worked on at once: each may take [`super::sanitise::MAX_MEMORY`] and its file.
static WORK: Semaphore = Semaphore::const_new(2);

/// What is uploaded.
pub struct Upload {
    /// What for.
    pub purpose: ImagePurpose,
    /// The file as it came. It is read when its turn has come, so that files that wait take no memory.
    pub file: Box<dyn Read + Send>,
}

/// Which photograph of a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityPhoto {
    /// The card.
    Card,
    /// The person with the card.
    Person,
}

impl IdentityPhoto {
    /// What its image is for.
    #[must_use]
    pub const fn purpose(self) -> ImagePurpose {
        match self {
            Self::Card => ImagePurpose::IdentityCard,
            Self::Person => ImagePurpose::IdentityPerson,
        }
    }
}

/// Why an image was not taken.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// It is no image that we take.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// [`A_DAY`] were uploaded in the last 24 hours.
    #[error("too many uploads in a day")]
    LimitReached {
        /// When there is room for another.
        again: Time,
    },
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Cleans and stores an image. It belongs to its uploader, and is swept after 24 hours unless something takes it.
pub async fn upload(env: &Env, uploader: Trader, upload: Upload) -> Result<image::Model, UploadError> {
    take_in(env, uploader.id(), upload).await
}

/// The same for what a blacklisted user may upload too: the photographs of his verification.
pub async fn upload_photo(
    env: &Env,
    uploader: Member,
    part: IdentityPhoto,
    file: Box<dyn Read + Send>,
) -> Result<image::Model, UploadError> {
    let purpose = part.purpose();
    take_in(env, uploader.id(), Upload { purpose, file }).await
}

async fn take_in(env: &Env, uploader: UserId, upload: Upload) -> Result<image::Model, UploadError> {
    if let Some(again) = store::full_until(env.db(), uploader, env.now(), A_DAY).await? {
        return Err(UploadError::LimitReached { again });
    }
    let clean = clean(upload.file).await?;
    let image = draft(&clean, uploader, upload.purpose);
    let key = sealed::key_for(env, &image);
    let thumb = sealed::close(env, &image, key.as_ref(), Part::Thumbnail, clean.thumb)?;
    let whole = sealed::close(env, &image, key.as_ref(), Part::Whole, clean.bytes)?;
    // A row first would name files that are not there yet.
    env.storage()
        .put(&store::thumb_key(&image.file_key), thumb)
        .await
        .map_err(Fault::from)?;
    env.storage().put(&image.file_key, whole).await.map_err(Fault::from)?;
    match record(env, image.clone(), key).await {
        Ok(image) => Ok(image),
        Err(error) => {
            forget_files(env, &image.file_key).await;
            Err(error)
        }
    }
}

async fn clean(file: Box<dyn Read + Send>) -> Result<Clean, UploadError> {
    let _turn = WORK.acquire().await.map_err(Fault::internal)?;
    let work = spawn_blocking(move || {
        let mut bytes = Vec::new();
        // One byte more than is allowed is enough to refuse it.
        let read = file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
        read.map(|_| sanitise(&bytes)).map_err(Fault::internal)
    });
    Ok(work.await.map_err(Fault::internal)???)
}

fn draft(clean: &Clean, uploader: UserId, purpose: ImagePurpose) -> image::Model {
    let side = |pixels: u32| i32::try_from(pixels).expect("sides are bounded far below i32");
    image::Model {
        id: ImageId::new(),
        owner_id: uploader,
        purpose,
        file_key: new_key(),
        mime: clean.mime.to_owned(),
        width: side(clean.width),
        height: side(clean.height),
        bytes: i64::try_from(clean.bytes.len()).expect("sizes are bounded far below i64"),
        created_at: Time(0),
        attached_at: None,
        sha256: Some(Sha256::digest(&clean.bytes).to_vec()),
    }
}

/// 32 random hexadecimal characters: nobody guesses a file's address.
fn new_key() -> String {
    format!("{:032x}", rand::random::<u128>())
}

async fn record(env: &Env, mut image: image::Model, key: Option<Sealed>) -> Result<image::Model, UploadError> {
    let tx = env.begin().await?;
    image.created_at = tx.now();
    store::hold_uploader(&tx, image.owner_id).await?;
    if let Some(again) = store::full_until(tx.db(), image.owner_id, tx.now(), A_DAY).await? {
        return Err(UploadError::LimitReached { again });
    }
    store::insert(&tx, &image).await?;
    sealed::keep(&tx, image.id, key).await?;
    tx.commit().await?;
    Ok(image)
}

/// Files without a row are only lost room, so a failure is told and no more.
pub(super) async fn forget_files(env: &Env, file_key: &str) {
    for key in [file_key.to_owned(), store::thumb_key(file_key)] {
        if let Err(error) = env.storage().delete(&key).await {
            tracing::warn!(%error, "a file was not removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_32_hexadecimal_characters_and_never_the_same() {
        let (one, other) = (new_key(), new_key());
        assert_ne!(one, other);
        assert!(one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_hexdigit()), "{one}");
    }
}
