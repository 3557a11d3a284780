//! Reads an image's file by its unguessable key.

use entity::{image, kinds::ImagePurpose};

use super::{sealed, store};
use crate::kernel::{Env, Fault};

/// Which of the two files of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The image itself.
    Whole,
    /// Its thumbnail.
    Thumbnail,
}

/// A file to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its media type.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The file of an image that everybody may see: one for a listing, an avatar, or a game's icon. Whoever uploaded it needs it before it is attached.
pub async fn read(env: &Env, file_key: &str, part: Part) -> Result<Option<File>, Fault> {
    if !is_key(file_key) {
        return Ok(None);
    }
    let Some(image) = store::by_key(env.db(), file_key).await? else {
        return Ok(None);
    };
    if !is_public(image.purpose) {
        return Ok(None);
    }
    file(env, image, part).await
}

/// The file of an image, for whom somebody else has found that he may see it.
pub async fn file(env: &Env, image: image::Model, part: Part) -> Result<Option<File>, Fault> {
    let key = match part {
        Part::Whole => image.file_key.clone(),
        Part::Thumbnail => store::thumb_key(&image.file_key),
    };
    let Some(bytes) = env.storage().get(&key).await? else {
        return Ok(None);
    };
    let opened = sealed::open(env, &image, part, bytes).await?;
    Ok(opened.map(|bytes| File { mime: image.mime, bytes }))
}

/// Spares the database what can be no key.
fn is_key(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether everybody who knows its address may see an image of this purpose.
#[must_use]
pub const fn is_public(purpose: ImagePurpose) -> bool {
    match purpose {
        ImagePurpose::Listing | ImagePurpose::Avatar | ImagePurpose::GameIcon => true,
        ImagePurpose::Chat | ImagePurpose::Evidence | ImagePurpose::IdentityCard | ImagePurpose::IdentityPerson => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_key;

    #[test]
    fn only_what_we_would_make_is_a_key() {
        assert!(is_key("0123456789abcdef0123456789abcdef"));
        for text in ["", "0123", "../../etc/passwd0123456789abcdef0", "0123456789ABCDEF0123456789ABCDEF"] {
            assert!(!is_key(text), "{text}");
        }
    }
}
