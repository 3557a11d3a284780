use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, Error, ObjectStoreExt, RetryConfig};

use super::checked;
use crate::kernel::port::{Storage, StorageError};

/// How long one request may take, and how long all tries of it together.
const PATIENCE: Duration = Duration::from_secs(10);
const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// Further tries after the first. A page waits for its pictures, so there are few.
const TRIES: usize = 2;

/// Where files lie in S3.
pub struct S3Place<'a> {
    /// The bucket.
    pub bucket: &'a str,
    /// Put before every key, with a slash in between; empty: nothing.
    pub prefix: &'a str,
    /// An S3 that is not Amazon's, as `http://127.0.0.1:9000`.
    pub endpoint: Option<&'a str>,
    /// The bucket's region.
    pub region: &'a str,
    /// The key's id and secret; none: the machine's own role.
    pub key: Option<(&'a str, &'a str)>,
}

/// Keeps each file under its key in a bucket of S3, or of something that speaks like it.
pub struct S3Storage {
    bucket: Arc<AmazonS3>,
    prefix: String,
}

impl S3Storage {
    /// Files in this place. Does not connect yet, so a server can start while S3 is away.
    ///
    /// # Errors
    /// When the place is malformed.
    pub fn new(place: &S3Place<'_>) -> anyhow::Result<Self> {
        // The HTTP client takes whatever TLS the process has; somebody else may have said so before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let options = ClientOptions::new().with_timeout(PATIENCE).with_connect_timeout(CONNECT_WITHIN);
        let retry = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: TRIES,
            retry_timeout: PATIENCE,
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(place.bucket)
            .with_region(place.region)
            .with_client_options(options)
            .with_retry(retry);
        if let Some(endpoint) = place.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some((id, secret)) = place.key {
            builder = builder.with_access_key_id(id).with_secret_access_key(secret);
        }
        Ok(Self {
            bucket: Arc::new(builder.build().context("the file store's settings do not make an S3 client")?),
            prefix: place.prefix.to_owned(),
        })
    }

    fn path(&self, key: &str) -> Result<Path, StorageError> {
        let key = checked(key)?;
        let whole = if self.prefix.is_empty() {
            key.to_owned()
        } else {
            format!("{}/{key}", self.prefix)
        };
        Path::parse(whole).map_err(failed)
    }
}

#[async_trait]
impl Storage for S3Storage {
    async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), StorageError> {
        self.bucket.put(&self.path(key)?, bytes.into()).await.map(|_| ()).map_err(failed)
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match self.bucket.get(&self.path(key)?).await {
            Ok(file) => Ok(Some(file.bytes().await.map_err(failed)?.to_vec())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    async fn delete(&self, key: &str) -> Result<(), StorageError> {
        match self.bucket.delete(&self.path(key)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

fn failed(error: impl std::fmt::Display) -> StorageError {
    StorageError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(endpoint: &str) -> S3Place<'_> {
        S3Place {
            bucket: "files",
            prefix: "handover/media",
            endpoint: Some(endpoint),
            region: "us-east-1",
            key: Some(("id", "secret")),
        }
    }

    #[test]
    fn keys_lie_under_the_prefix_and_none_leads_out_of_it() {
        let mut storage = S3Storage::new(&place("http://127.0.0.1:1")).unwrap();
        assert_eq!(storage.path("a/b.webp").unwrap().as_ref(), "handover/media/a/b.webp");
        for key in ["", "../a", "a/../b", "/a", "a//b", ".a"] {
            assert!(storage.path(key).is_err(), "{key}");
        }
        storage.prefix = String::new();
        assert_eq!(storage.path("a/b.webp").unwrap().as_ref(), "a/b.webp");
    }
}
