use async_trait::async_trait;

/// Why a password was not hashed or compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Too many are waiting already; try again in a moment.
    #[error("too many passwords are being checked")]
    Busy,
    /// The hash is not one, or hashing failed.
    #[error("hashing failed: {0}")]
    Failed(String),
}

/// Hashes passwords with Argon2id, off the async threads and a few at a time.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// A hash in PHC form.
    async fn hash(&self, password: &str) -> Result<String, HashError>;
    /// Compares. Without a hash it does the same work and says no, so that nobody can tell whether there was one.
    async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, HashError>;
}
