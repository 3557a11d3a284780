use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::checked;
use crate::kernel::port::{Storage, StorageError};

/// Keeps each file under its key in one folder.
pub struct FolderStorage {
    root: PathBuf,
}

impl FolderStorage {
    /// Files in `root`, which is made if needed.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(root: impl Into<PathBuf>) -> anyhow::Result<Self> {
        let root = root.into();
        fs::create_dir_all(&root)?;
        Ok(Self { root })
    }

    fn path(&self, key: &str) -> Result<PathBuf, StorageError> {
        Ok(self.root.join(checked(key)?))
    }
}

#[async_trait]
impl Storage for FolderStorage {
    async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), StorageError> {
        let path = self.path(key)?;
        off_thread(move || write(&path, &bytes)).await
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let path = self.path(key)?;
        off_thread(move || none_if_missing(fs::read(path))).await
    }

    async fn delete(&self, key: &str) -> Result<(), StorageError> {
        let path = self.path(key)?;
        off_thread(move || none_if_missing(fs::remove_file(path))).await.map(|_| ())
    }
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, StorageError> {
    let done = spawn_blocking(work).await.map_err(|error| StorageError(error.to_string()))?;
    done.map_err(|error| StorageError(error.to_string()))
}

fn none_if_missing<T>(result: std::io::Result<T>) -> std::io::Result<Option<T>> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

/// Nobody sees half a file, and once this returns a power cut does not undo it.
pub(in crate::infra) fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let draft = folder.join(format!(".{}.tmp", Uuid::new_v4()));
    let written = write_draft(&draft, bytes).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&draft);
    }
    written?;
    File::open(folder)?.sync_all()
}

fn write_draft(draft: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create_new(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_stored_read_replaced_and_removed() {
        let dir = tempfile::tempdir().unwrap();
        let storage = FolderStorage::new(dir.path().join("media")).unwrap();
        assert_eq!(storage.get("a/b.webp").await.unwrap(), None);
        storage.put("a/b.webp", b"one".to_vec()).await.unwrap();
        storage.put("a/b.webp", b"two".to_vec()).await.unwrap();
        assert_eq!(storage.get("a/b.webp").await.unwrap(), Some(b"two".to_vec()));
        assert_eq!(fs::read_dir(dir.path().join("media/a")).unwrap().count(), 1, "no drafts are left");
        storage.delete("a/b.webp").await.unwrap();
        storage.delete("a/b.webp").await.unwrap();
        assert_eq!(storage.get("a/b.webp").await.unwrap(), None);
    }
}
