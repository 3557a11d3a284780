//! Files: in a folder, or in S3.

mod folder;
mod s3;

pub use folder::FolderStorage;
pub(super) use folder::write;
pub use s3::{S3Place, S3Storage};

use crate::kernel::port::StorageError;

/// Longest key, in bytes.
const LONGEST_KEY: usize = 200;

/// The key, if it is one that we would make.
fn checked(key: &str) -> Result<&str, StorageError> {
    if is_key(key) {
        Ok(key)
    } else {
        Err(StorageError("a key that we would not make".into()))
    }
}

/// Parts of letters, digits, `-` and `.`, none empty or beginning with a dot: no key leads out of the folder or to a draft.
fn is_key(key: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
    };
    key.len() <= LONGEST_KEY && key.split('/').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::port::Storage;

    #[tokio::test]
    async fn no_key_leads_out_of_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let storage = FolderStorage::new(dir.path()).unwrap();
        let long = "a".repeat(LONGEST_KEY + 1);
        for key in [
            "",
            "/",
            "/etc/passwd",
            "../a",
            "a/../b",
            "a//b",
            "a/",
            ".a",
            "a/.b",
            "a\\b",
            "a\0b",
            "a b",
            "图",
            &long,
        ] {
            assert!(storage.put(key, vec![1]).await.is_err(), "{key:?}");
            assert!(storage.get(key).await.is_err(), "{key:?}");
            assert!(storage.delete(key).await.is_err(), "{key:?}");
        }
        assert!(is_key("media/0198-ab/thumb.webp"));
    }
}
