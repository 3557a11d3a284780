//! Settings of Redis, for cache and wake-ups.

use serde::{Deserialize, Serialize};

use super::{Address, Findings};

/// Settings of Redis, for cache and wake-ups.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Redis {
    /// `redis://…`. `HANDOVER_REDIS__URL`, default none: cache and wake-ups in process.
    pub url: Option<Address>,
    /// Put before every key and channel, so that several installations can share a server. `HANDOVER_REDIS__PREFIX`, default empty.
    pub prefix: String,
    /// Whether `/readyz` fails while Redis is away. Without it only sign-in, sign-up and codes do not work, so the rest goes on being served.
    /// `HANDOVER_REDIS__ESSENTIAL`, default false.
    pub essential: bool,
}

impl Redis {
    pub(super) fn check(&self, found: &mut Findings) {
        if self.url.as_ref().is_some_and(|url| url.scheme() != "redis") {
            found.refuse(
                "HANDOVER_REDIS__URL",
                "must begin with `redis://`; for TLS put a tunnel or a private network in between",
            );
        }
    }
}
