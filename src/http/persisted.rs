//! Automatic persisted queries: a client sends a document once and its hash from then on, in the form that Apollo's clients speak.

use std::time::Duration;

use async_graphql::{Request, ServerError, Value};
use sha2::{Digest, Sha256};

use super::{payer::Payer, read::PERSISTED};
use crate::{
    graphql::{limits::rates::Rates, said::Said},
    kernel::port::Cache,
};

/// How long a document is kept after it was last sent whole.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// The document of this hash is not known: send it along.
pub const NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
/// Clients look for these very words.
const MISS: &str = "PersistedQueryNotFound";

/// A document to be kept, under its hash, if it is worth it.
#[derive(Debug, PartialEq, Eq)]
pub struct Keep(String);

/// Fills in the document that a request names by its hash. What a request sends whole is to be kept.
///
/// # Errors
/// The hash is none, is not the document's, or its document is not known.
pub async fn complete(cache: &dyn Cache, request: &mut Request) -> Result<Option<Keep>, ServerError> {
    let Some(asked) = request.extensions.get(PERSISTED) else {
        return Ok(None);
    };
    let hash = hash_in(asked).ok_or_else(|| Said::new("request-persisted-malformed").refusal("BAD_REQUEST"))?;
    let key = format!("document:{hash}");
    if !request.query.is_empty() {
        return if hash == hash_of(&request.query) {
            Ok(Some(Keep(key)))
        } else {
            Err(Said::new("request-persisted-mismatch").refusal("BAD_REQUEST"))
        };
    }
    // A cache that is away has nothing; the client then sends all, and it goes on.
    let known = cache
        .get(&key)
        .await
        .unwrap_or_default()
        .and_then(|text| String::from_utf8(text).ok());
    match known.filter(|text| hash_of(text) == hash) {
        Some(text) => {
            request.query = text;
            Ok(None)
        }
        None => Err(miss()),
    }
}

fn miss() -> ServerError {
    let mut error = ServerError::new(MISS, None);
    error.extensions.get_or_insert_default().set("code", NOT_FOUND);
    error
}

/// Keeps a document that passed the limits, unless its sender, or all together, sent too many new ones. Then it runs all the same.
pub async fn keep(cache: &dyn Cache, Keep(key): Keep, text: &str, payer: Payer, rates: Rates) {
    let buckets = [
        (format!("documents:{payer}"), rates.documents()),
        ("documents:all".to_owned(), rates.all_documents()),
    ];
    for (name, bucket) in buckets {
        if !cache.pour(&name, bucket, 1).await.is_ok_and(|poured| poured.wait.is_none()) {
            return;
        }
    }
    if let Err(error) = cache.set(&key, text.as_bytes(), KEPT).await {
        tracing::warn!(%error, "a document was not kept");
    }
}

/// The hash in the extension, in lower case. The one version there is, is 1.
fn hash_in(asked: &Value) -> Option<String> {
    let Value::Object(asked) = asked else { return None };
    let version = matches!(asked.get("version"), Some(Value::Number(version)) if version.as_u64() == Some(1));
    match asked.get("sha256Hash") {
        Some(Value::String(hash)) if version && hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Some(hash.to_ascii_lowercase())
        }
        _ => None,
    }
}

fn hash_of(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text).iter().fold(String::new(), |mut hash, byte| {
        // Writing to a string does not fail.
        let _ = write!(hash, "{byte:02x}");
        hash
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    #[test]
    fn a_hash_is_sixty_four_hexadecimal_digits_of_version_1() {
        let hash = hash_of("{a}");
        assert_eq!(
            hash_in(&value!({"version": 1, "sha256Hash": hash.to_uppercase()})),
            Some(hash.clone())
        );
        for bad in [
            value!(null),
            value!("x"),
            value!({ "sha256Hash": hash }),
            value!({ "version": 2, "sha256Hash": hash }),
            value!({ "version": 1, "sha256Hash": "abc" }),
            value!({ "version": 1, "sha256Hash": 7 }),
            value!({ "version": 1, "sha256Hash": ("z".repeat(64)) }),
        ] {
            assert_eq!(hash_in(&bad), None, "{bad}");
        }
    }
}
