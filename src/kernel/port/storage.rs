use async_trait::async_trait;

/// A file could not be stored or read.
#[derive(Debug, thiserror::Error)]
#[error("the file store failed: {0}")]
pub struct StorageError(pub String);

/// Keeps files under keys that we make (letters, digits, `-`, `/`, `.`).
#[async_trait]
pub trait Storage: Send + Sync {
    /// Stores a file, durable when it returns.
    async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), StorageError>;
    /// Reads a file; `None` if there is none.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StorageError>;
    /// Removes a file; removing none is fine.
    async fn delete(&self, key: &str) -> Result<(), StorageError>;
}
