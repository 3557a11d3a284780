//! Takes an image in.

use std::io::Read;

use entity::{
    image,
    kinds::ImagePurpose,
    value::{ImageId, Time},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{
    sanitise::{Clean, MAX_BYTES, Refused, sanitise},
    store,
};
use crate::kernel::{Env, Fault, policy::Trader};

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
    if let Some(again) = store::full_until(env.db(), uploader.id(), env.now(), A_DAY).await? {
        return Err(UploadError::LimitReached { again });
    }
    let clean = clean(upload.file).await?;
    let image = draft(&clean, uploader, upload.purpose);
    // A row first would name files that are not there yet.
    env.storage()
        .put(&store::thumb_key(&image.file_key), clean.thumb)
        .await
        .map_err(Fault::from)?;
    env.storage().put(&image.file_key, clean.bytes).await.map_err(Fault::from)?;
    match record(env, image.clone()).await {
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

fn draft(clean: &Clean, uploader: Trader, purpose: ImagePurpose) -> image::Model {
    let side = |pixels: u32| i32::try_from(pixels).expect("sides are bounded far below i32");
    image::Model {
        id: ImageId::new(),
        owner_id: uploader.id(),
        purpose,
        file_key: new_key(),
        mime: clean.mime.to_owned(),
        width: side(clean.width),
        height: side(clean.height),
        bytes: i64::try_from(clean.bytes.len()).expect("sizes are bounded far below i64"),
        created_at: Time(0),
        attached_at: None,
    }
}

/// 32 random hexadecimal characters: nobody guesses a file's address.
fn new_key() -> String {
    format!("{:032x}", rand::random::<u128>())
}

async fn record(env: &Env, mut image: image::Model) -> Result<image::Model, UploadError> {
    let tx = env.begin().await?;
    image.created_at = tx.now();
    store::hold_uploader(&tx, image.owner_id).await?;
    if let Some(again) = store::full_until(tx.db(), image.owner_id, tx.now(), A_DAY).await? {
        return Err(UploadError::LimitReached { again });
    }
    store::insert(&tx, &image).await?;
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
