//! Settings of the file store.

use serde::{Deserialize, Serialize};

use super::{Findings, Secret};

/// Settings of the file store.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Storage {
    /// `s3://BUCKET` or `s3://BUCKET/PREFIX`. `HANDOVER_STORAGE__URL`, default none: the folder `files` in the data folder.
    pub url: Option<String>,
    /// Where an S3 that is not Amazon's is reached, as `https://minio.example:9000`. `HANDOVER_STORAGE__ENDPOINT`, default Amazon's.
    pub endpoint: Option<String>,
    /// The bucket's region. `HANDOVER_STORAGE__REGION`, default us-east-1.
    pub region: String,
    /// The id of the key that we show. `HANDOVER_STORAGE__ACCESS_KEY`, default none: the machine's own role.
    pub access_key: Option<String>,
    /// Its secret. `HANDOVER_STORAGE__SECRET_KEY`, default none: the machine's own role.
    pub secret_key: Option<Secret>,
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            url: None,
            endpoint: None,
            region: "us-east-1".to_owned(),
            access_key: None,
            secret_key: None,
        }
    }
}

impl Storage {
    /// The bucket, and the prefix of all keys in it, if files lie in S3.
    #[must_use]
    pub fn bucket(&self) -> Option<(&str, &str)> {
        let place = self.url.as_deref()?.strip_prefix("s3://")?;
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        Some((bucket, prefix.trim_end_matches('/')))
    }

    pub(super) fn check(&self, found: &mut Findings) {
        if self.url.is_some() && self.bucket().is_none_or(|(bucket, _)| bucket.is_empty()) {
            found.refuse("HANDOVER_STORAGE__URL", "must be `s3://BUCKET` or `s3://BUCKET/PREFIX`");
        }
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if self.endpoint.as_ref().is_some_and(|url| !web(url)) {
            found.refuse("HANDOVER_STORAGE__ENDPOINT", "must begin with `https://` or `http://`");
        }
        if self.access_key.is_some() != self.secret_key.is_some() {
            found.refuse(
                "HANDOVER_STORAGE__ACCESS_KEY",
                "and HANDOVER_STORAGE__SECRET_KEY are set together or not at all",
            );
        }
    }
}
